/** The length of the window in a query, as Grafana writes it. */
import { formatDuration, parseDuration } from '../../policy/fields.js';
import { NotMeasured, type TelemetryQuestion, type Window } from '../source.js';
import { isInBins } from './series.js';

/** At least 1. */
export const rangeSeconds = ({ from, to }: Window): number => Math.max(1, Math.round((to - from) / 1000));

/**
 * How far back a series counts as one that fell silent: over the window, but in bins a round may ask for a single one, and a history for
 * half a day of them, which is too much to look through beside.
 */
export function silenceSeconds({ window, range }: Pick<TelemetryQuestion, 'window' | 'range'>): number {
  const seconds = rangeSeconds(window);
  return isInBins(range?.reduce) ? Math.min(3600, Math.max(300, seconds)) : seconds;
}

/** The span that a query's own macros are about: the window, or one bin of it. */
export function spanOf({ window, range }: Pick<TelemetryQuestion, 'window' | 'range'>): Window {
  return range && isInBins(range.reduce) ? { from: window.to - range.everyMs, to: window.to } : window;
}

/** Puts the length of the window in the place of `$__range` (a duration of PromQL and LogQL), `$__range_s` and `$__range_ms`. */
export function expandRange(query: string, window: Window): string {
  const s = rangeSeconds(window);
  return query.replace(/\$__range(_s|_ms)?\b/g, (_, unit?: string) =>
    unit === '_s' ? `${s}` : unit === '_ms' ? `${s * 1000}` : `${s}s`,
  );
}

/**
 * Puts the distance of the points in the place of `$__interval`; without a `range` it is the length of the window.
 *
 * @param write of whole seconds, in the query's language
 * @param example how a query gives one value for each bin
 * @throws {NotMeasured} `bad-query` for one in bins without it: its own distance would be another
 */
export function expandInterval(
  query: string,
  question: Pick<TelemetryQuestion, 'window' | 'range'>,
  write: (seconds: number) => string,
  example: string,
): string {
  const { window, range } = question;
  if (range && isInBins(range.reduce) && !/\$__interval\b/.test(query)) {
    throw new NotMeasured('bad-query', `expected one value for each bin, as with \`${example}\``, { permanent: true });
  }
  const seconds = range ? Math.max(1, Math.round(range.everyMs / 1000)) : rangeSeconds(window);
  return query.replaceAll(/\$__interval\b/g, () => write(seconds));
}

/** Advice on a query of PromQL or LogQL in bins. */
export function binAdvice(query: string, { range }: Pick<TelemetryQuestion, 'range'>): string[] {
  if (range?.reduce !== 'each') return [];
  const ranges = [...query.matchAll(/\[(\w+)[:\]]/g)].flatMap(([, text]) => parseDuration(text ?? '') ?? []);
  const other = ranges.find((ms) => ms !== range.everyMs);
  const advice: string[] = [];
  if (other !== undefined) {
    advice.push(
      `looks back ${formatDuration(other)} at the end of each bin of ${formatDuration(range.everyMs)}: what it counts is counted several times, or not at all; write \`[$__range]\``,
    );
  }
  if (!query.includes('[') && /_(?:total|bucket|count)\b/.test(query)) {
    advice.push(
      'counters never fall, so each bin would hold all that ever was: write `increase(…[$__range])`, or `counters: true`',
    );
  }
  return advice;
}

/** @throws {NotMeasured} `bad-query` for a query whose bins would not hold what happened in them; see `binAdvice` */
export function refuseOtherBins(query: string, question: Pick<TelemetryQuestion, 'range'>): void {
  const [wrong] = binAdvice(query, question);
  if (wrong !== undefined) throw new NotMeasured('bad-query', `the query ${wrong}`, { permanent: true });
}

/** Advice on a query of PromQL or LogQL. @param what is looked at */
export function lookBackAdvice(query: string, warmupMs: number, what: string): string[] {
  const ranges = [...query.matchAll(/\[(\w+)[:\]]/g)].flatMap(([, text]) => parseDuration(text ?? '') ?? []);
  const longest = Math.max(0, ...ranges);
  if (longest <= warmupMs) return [];
  return [
    `looks back ${formatDuration(longest)}, longer than the warm-up of ${formatDuration(warmupMs)}: the first rounds see ${what} from before the deployment; write \`[$__range]\`, the window of the question`,
  ];
}
