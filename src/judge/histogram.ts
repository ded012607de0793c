/** Histograms of durations of two arms, as how many requests took longer than each bound. */
import type { Minute } from './count-test.js';

/** Cumulative counts by upper bound as the source writes it, `+Inf` among them. */
export type Cumulative = ReadonlyMap<string, number>;

/** A histogram, or why there is none in the counts. */
export type Checked =
  | { readonly ok: true; readonly histogram: Cumulative }
  | { readonly ok: false; readonly problem: string };

const lastBound = '+Inf';
const infinite = Number.POSITIVE_INFINITY;

/** How many requests there were; undefined without the last bound. */
export const totalOf = (histogram: Cumulative): number | undefined => histogram.get(lastBound);

/** Counts that are weighed or extrapolated may fall short by a little. */
const rounding = 1e-6;

const isCount = (n: number): boolean => n >= 0 && Number.isFinite(n);

/**
 * Whether the counts can be those of a histogram: none falls from one bound to a higher one, and the last bound is there. What is not
 * would be clipped to a share like any other, "no request is slow" among them.
 *
 * @returns the histogram with its bounds written in one way: instances may write `1` and `1.0`, and what they count is then added up
 */
export function checked(counts: Cumulative): Checked {
  if (!counts.has(lastBound)) return { ok: false, problem: `no count up to ${lastBound}` };
  const byBound = new Map<number, number>();
  for (const [name, count] of counts) {
    const bound = name === lastBound ? infinite : Number(name);
    if (Number.isNaN(bound) || (bound === infinite && name !== lastBound) || name.trim() === '')
      return { ok: false, problem: `"${name}" is no bound` };
    if (!isCount(count)) return { ok: false, problem: `${count} is no count (up to ${name})` };
    byBound.set(bound, (byBound.get(bound) ?? 0) + count);
  }
  const histogram = new Map<string, number>();
  let below = 0;
  for (const [bound, count] of [...byBound].toSorted(([x], [y]) => x - y)) {
    const name = bound === infinite ? lastBound : String(bound);
    if (count < below * (1 - rounding)) return { ok: false, problem: `up to ${name} fewer than up to a lower bound` };
    below = Math.max(below, count);
    histogram.set(name, count);
  }
  return { ok: true, histogram };
}

/**
 * Several instances together, at the bounds that all of them have: of a bound that one lacks nobody knows how many of its requests were
 * faster. One without requests lacks none.
 *
 * @param all as `checked` gives them
 */
export function summed(all: readonly Cumulative[]): Cumulative {
  const some = all.filter((histogram) => totalOf(histogram) !== 0);
  const bounds = [...((some[0] ?? all[0])?.keys() ?? [])].filter((bound) => some.every((other) => other.has(bound)));
  return new Map(bounds.map((bound) => [bound, some.reduce((sum, other) => sum + (other.get(bound) ?? 0), 0)]));
}

/** Of one minute. */
export interface Arms {
  readonly canary: Cumulative;
  readonly baseline: Cumulative;
}

/** Both arms, see `checked`; or why one of them is no histogram. */
export function checkedArms({ canary, baseline }: Arms): Arms | string {
  const [c, b] = [checked(canary), checked(baseline)];
  if (!c.ok) return `canary: ${c.problem}`;
  return b.ok ? { canary: c.histogram, baseline: b.histogram } : `baseline: ${b.problem}`;
}

/** More bounds make the test slower, and say little that their neighbours do not. */
const mostBounds = 20;

/** A bound of the baseline, and that of the canary that is held against it. */
export interface BoundPair {
  readonly baseline: string;
  readonly canary: string;
}

/**
 * The finite bounds that both arms have in most of the minutes, in order, thinned out evenly where there are many: without a look at the
 * counts.
 *
 * @param buckets by how many the canary's bound is higher, 0 or 1
 */
export function commonBounds(minutes: readonly Arms[], buckets: 0 | 1 = 0): readonly BoundPair[] {
  const times = new Map<string, number>();
  for (const { canary, baseline } of minutes) {
    for (const bound of canary.keys()) {
      if (bound !== lastBound && baseline.has(bound)) times.set(bound, (times.get(bound) ?? 0) + 1);
    }
  }
  const both = [...times].flatMap(([bound, n]) => (2 * n > minutes.length ? [bound] : []));
  const sorted = both.toSorted((a, b) => Number(a) - Number(b));
  const pairs = sorted.flatMap((baseline, i) => {
    const canary = sorted[i + buckets];
    return canary === undefined ? [] : [{ baseline, canary }];
  });
  const step = Math.max(1, Math.ceil(pairs.length / mostBounds));
  return pairs.filter((_, i) => i % step === 0);
}

export const sameBound = ({ baseline }: BoundPair): BoundPair => ({ baseline, canary: baseline });

/** How many requests of both arms took longer than their bound; undefined where one arm does not say. */
export function exceeding({ canary, baseline }: Arms, bound: BoundPair): Minute | undefined {
  const [c, nc, b, nb] = [canary.get(bound.canary), totalOf(canary), baseline.get(bound.baseline), totalOf(baseline)];
  if (c === undefined || nc === undefined || b === undefined || nb === undefined) return undefined;
  return { c: Math.max(0, nc - c), nc, b: Math.max(0, nb - b), nb };
}

/** The bucket that a quantile lies in, in the unit of the bounds: more is not known. `to` is Infinity above the last bound. */
export interface QuantileRange {
  readonly from: number;
  readonly to: number;
}

/** Of one arm; undefined without a bound. */
export interface Quantiles {
  readonly p50: QuantileRange | undefined;
  readonly p95: QuantileRange | undefined;
}

/** @param slower share of the requests that took longer than each bound, the bounds rising */
export function quantilesOf(slower: readonly { readonly bound: number; readonly share: number }[]): Quantiles {
  const range = (level: number): QuantileRange | undefined => {
    if (slower.length === 0) return undefined;
    const found = slower.findIndex(({ share }) => share <= 1 - level);
    const at = found === -1 ? slower.length : found;
    return { from: slower[at - 1]?.bound ?? 0, to: slower[at]?.bound ?? infinite };
  };
  return { p50: range(0.5), p95: range(0.95) };
}
