/** Histograms of durations of two arms, as how many requests took longer than each bound. */
import type { Minute } from './count-test.js';

/** Cumulative counts by upper bound as the source writes it, `+Inf` among them. */
export type Cumulative = ReadonlyMap<string, number>;

const lastBound = '+Inf';

/** How many requests there were; undefined without the last bound. */
export const totalOf = (histogram: Cumulative): number | undefined => histogram.get(lastBound);

/** Counts that are weighed or extrapolated may fall short by a little. */
const rounding = 1e-6;

/** Whether the counts can be those of a histogram: none falls from one bound to a higher one. */
export function isCumulative(histogram: Cumulative): boolean {
  const total = totalOf(histogram);
  if (total === undefined) return false;
  const counts = [...histogram]
    .map(([bound, count]) => ({ bound: bound === lastBound ? Number.POSITIVE_INFINITY : Number(bound), count }))
    .toSorted((a, b) => a.bound - b.bound);
  return counts.every(
    ({ bound, count }, i) =>
      !Number.isNaN(bound) && count >= 0 && count >= (counts[i - 1]?.count ?? 0) * (1 - rounding),
  );
}

/** More bounds make the test slower, and say little that their neighbours do not. */
const mostBounds = 20;

/** The finite bounds that both have, in order, thinned out evenly where there are many: without a look at the counts. */
export function commonBounds(canary: Cumulative, baseline: Cumulative): readonly string[] {
  const both = [...canary.keys()].filter((bound) => bound !== lastBound && baseline.has(bound));
  const sorted = both.toSorted((a, b) => Number(a) - Number(b));
  const step = Math.ceil(sorted.length / mostBounds);
  return sorted.filter((_, i) => i % Math.max(1, step) === 0);
}

/** How many requests of both arms took longer than the bound; undefined where one arm does not say. */
export function exceeding(canary: Cumulative, baseline: Cumulative, bound: string): Minute | undefined {
  const [c, nc, b, nb] = [canary.get(bound), totalOf(canary), baseline.get(bound), totalOf(baseline)];
  if (c === undefined || nc === undefined || b === undefined || nb === undefined) return undefined;
  return { c: Math.max(0, nc - c), nc, b: Math.max(0, nb - b), nb };
}
