/** What became of pairs of requests, counted. */
import type { ProbedEndpoint, ProbedSide } from '../../../record/probes.js';
import type { Attempt } from '../../probing/attempt.js';
import { NotMeasured } from '../../source.js';
import { oneLine } from '../../text.js';
import type { Target } from './config.js';
import type { Pair } from './send.js';

/** Upper bounds of durations, milliseconds: each longer than the one before by a third to two and a half times. */
export const bounds: readonly number[] = [
  2, 5, 10, 20, 35, 50, 75, 100, 150, 200, 300, 400, 500, 750, 1000, 1500, 2000, 3000, 5000, 10_000,
];

export interface Counted {
  readonly endpoints: readonly ProbedEndpoint[];
  /** Pairs that count, and pairs that say nothing. */
  readonly measured: number;
  readonly unmeasured: number;
  /** Why these say nothing, the most frequent first. */
  readonly why: readonly string[];
}

const mostReasons = 3;

/**
 * @param targets all endpoints: one that no pair was for is there too, with no requests
 * @throws {NotMeasured} why the first pair says nothing, when none says anything
 */
export function counted(targets: readonly Target[], pairs: readonly Pair[]): Counted {
  const told = pairs.map((pair) => ({ pair, error: errorOf(pair) }));
  const measured = told.flatMap(({ pair, error }) => (error === undefined ? [pair] : []));
  const errors = told.flatMap(({ error }) => error ?? []);
  const [first] = errors;
  if (first !== undefined && measured.length === 0) throw first;
  return {
    endpoints: targets.map((target) => {
      const own = measured.filter((pair) => pair.target === target);
      const idle = sideOf(own.map((pair) => pair.idle));
      return { name: target.name, idle, ...(target.live && { live: sideOf(own.flatMap((pair) => pair.live ?? [])) }) };
    }),
    measured: measured.length,
    unmeasured: errors.length,
    why: frequent(errors.map(({ message }) => message)).map(({ why, count }) => `${why} (${count})`),
  };
}

/** Why a pair says nothing, and which of the two it lies at. */
function errorOf({ idle, live }: Pair): NotMeasured | undefined {
  for (const [side, got] of [
    ['idle', idle],
    ['live', live],
  ] as const) {
    if (got?.kind !== 'unmeasured') continue;
    const { code, message, permanent } = got.error;
    return new NotMeasured(code, `${side} side: ${message}`, { permanent });
  }
  return undefined;
}

function sideOf(attempts: readonly Attempt[]): ProbedSide {
  const durations = Array<number>(bounds.length + 1).fill(0);
  const failures: string[] = [];
  for (const got of attempts) {
    if (got.kind === 'ok') {
      const at = bounds.findIndex((bound) => got.ms <= bound);
      const place = at === -1 ? bounds.length : at;
      durations[place] = (durations[place] ?? 0) + 1;
    } else if (got.kind === 'failed') failures.push(got.why);
  }
  return { sent: attempts.length, failed: failures.length, reasons: frequent(failures), durations };
}

/** The most frequent texts. */
function frequent(texts: readonly string[]): { why: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, mostReasons)
    .map(([why, count]) => ({ why: oneLine(why, 200), count }));
}
