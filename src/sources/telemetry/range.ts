/** The length of the window in a query, as Grafana writes it. */
import { formatDuration, parseDuration } from '../../policy/fields.js';
import type { TelemetryQuestion, Window } from '../source.js';
import { isInBins } from './series.js';

/** At least 1. */
export const rangeSeconds = ({ from, to }: Window): number => Math.max(1, Math.round((to - from) / 1000));

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

/** Advice on a query of PromQL or LogQL. @param what is looked at */
export function lookBackAdvice(query: string, warmupMs: number, what: string): string[] {
  const ranges = [...query.matchAll(/\[(\w+)[:\]]/g)].flatMap(([, text]) => parseDuration(text ?? '') ?? []);
  const longest = Math.max(0, ...ranges);
  if (longest <= warmupMs) return [];
  return [
    `looks back ${formatDuration(longest)}, longer than the warm-up of ${formatDuration(warmupMs)}: the first rounds see ${what} from before the deployment; write \`[$__range]\`, the window of the question`,
  ];
}
