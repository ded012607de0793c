/**
 * Whether a series changed when the release came, more than it does at the same time of other days: a test by placebo days, each
 * treated as if the release had come on it.
 *
 *     S[d,w] = ln((mean of the w bins after + ½)/(mean of the bins before + ½))
 *     z[d,w] = ±(S[d,w] − median_{e≠d} S[e,w])/(1.4826·MAD_{e≠d} + 0.01)        rises: +, falls: −
 *     M[d,w] = max_{v≤w} z[d,v]
 *     p_w    = (1 + #{d ≥ 1 : M[d,W] ≥ M[0,w]})/(K + 1)
 *
 * with d = 0 the release, d = 1..K the placebo days, MAD the median absolute deviation about that median, and W the whole window.
 * Today's maximum so far is held against the maximum of whole windows, so that it may be looked at all the time, and the noise may
 * depend on itself. Where the days are exchangeable, p_W is at most α with a chance of at most α (a conformal permutation test; V. Vovk
 * et al., "Algorithmic Learning in a Random World", 2005), and an earlier p_w nearly so: it only lacks the release among the others in the
 * bins to come, which makes 0.1 points in simulations at 5 %. p is never less than 1/(K + 1).
 */

export type Change = 'rise' | 'fall';

/** One day: bins before and after the time of the day at which the release came; undefined: not measured. Finite, not below 0. */
export interface Day {
  readonly before: readonly (number | undefined)[];
  /** Of the release's own day as many as there are yet. */
  readonly after: readonly (number | undefined)[];
}

/** S[d,w] of one day; undefined before the first bin that was measured. */
export type Changes = readonly (number | undefined)[];

const mean = (xs: readonly number[]): number => xs.reduce((sum, x) => sum + x, 0) / xs.length;

/** NaN of none. Sorts by insertion: there are some dozens. */
function median(xs: readonly number[]): number {
  const sorted = new Float64Array(xs.length);
  for (const [n, x] of xs.entries()) {
    let i = n;
    for (; i > 0 && (sorted[i - 1] as number) > x; i -= 1) sorted[i] = sorted[i - 1] as number;
    sorted[i] = x;
  }
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? Number.NaN) + upper) / 2 : upper;
}

/**
 * S of one day, for each number of bins after; bins that were not measured are left out of the means.
 *
 * @param floor what keeps the logarithm finite: ½ for counts, little against the values for others
 * @throws {RangeError} for a negative value, which has no logarithm, and where nothing was measured before
 */
export function changesOf({ before, after }: Day, floor = 0.5): Changes {
  const measured = before.filter((x) => x !== undefined);
  if ([...measured, ...after].some((x) => x !== undefined && !(x >= 0 && Number.isFinite(x)))) {
    throw new RangeError('a bin is no number of at least 0');
  }
  if (measured.length === 0) throw new RangeError('no bin before');
  const base = Math.log(mean(measured) + floor);
  let [sum, n] = [0, 0];
  return after.map((x) => {
    if (x !== undefined) {
      sum += x;
      n += 1;
    }
    return n === 0 ? undefined : Math.log(sum / n + floor) - base;
  });
}

/**
 * An earlier day without the bins that were not measured on the release's day. A mean of other bins is another mean where the day has a
 * tide, so that days are exchangeable only if the same bins are missing on all.
 */
export function measuredLike(day: Day, release: Day): Day {
  return {
    before: day.before.map((x, i) => (release.before[i] === undefined ? undefined : x)),
    after: day.after.map((x, i) => (i < release.after.length && release.after[i] === undefined ? undefined : x)),
  };
}

/** Of the release's day at each look. */
export interface PlaceboLook {
  /** The most extreme so far, in robust standard deviations. */
  readonly extreme: number;
  readonly p: number;
}

/** M[d,w] of each day among the others. */
function coursesOf(days: readonly Changes[], change: Change): readonly (readonly number[])[] {
  const sign = change === 'rise' ? 1 : -1;
  return days.map((day, d) => {
    let most = Number.NEGATIVE_INFINITY;
    return day.map((own, w) => {
      if (own === undefined) return most;
      const others: number[] = [];
      for (const [e, other] of days.entries()) {
        const x = other[w];
        if (e !== d && x !== undefined) others.push(x);
      }
      const { middle, spread } = usualOf(others);
      most = Math.max(most, (sign * (own - middle)) / spread);
      return most;
    });
  });
}

/** Median and robust standard deviation, with 0.01 so that no spread is 0. */
function usualOf(xs: readonly number[]): { readonly middle: number; readonly spread: number } {
  const middle = median(xs);
  return { middle, spread: 1.4826 * median(xs.map((x) => Math.abs(x - middle))) + 0.01 };
}

/**
 * @param release S of the release's day, so far
 * @param placebos S of the other days, over the whole window
 */
export function placeboLooks(release: Changes, placebos: readonly Changes[], change: Change): readonly PlaceboLook[] {
  const [own = [], ...others] = coursesOf([release, ...placebos], change);
  const whole = others.map((course) => course.at(-1) ?? Number.NaN);
  return own.map((extreme) => {
    const asExtreme = whole.filter((m) => !(m < extreme)).length;
    return { extreme, p: (1 + asExtreme) / (placebos.length + 1) };
  });
}

/** How many placebo days it takes before so small a p can be reached at all. */
export const daysFor = (alpha: number): number => Math.ceil(1 / alpha - 1e-9) - 1;

/**
 * The change of the whole window's mean, as a share of the usual one with the floor, from which on a day would stand out among these days:
 * what could have been seen. Negative for falls.
 *
 * @param alpha how few days may be as extreme; by default none
 */
export function seeableChange(placebos: readonly Changes[], change: Change, alpha = 0): number {
  const sign = change === 'rise' ? 1 : -1;
  const { spread } = usualOf(placebos.flatMap((day) => day.at(-1) ?? []));
  const most = coursesOf(placebos, change)
    .map((course) => course.at(-1) ?? 0)
    .toSorted((x, y) => y - x);
  const allowed = Math.max(0, Math.floor(alpha * (placebos.length + 1) + 1e-9) - 1);
  return Math.exp(sign * Math.max(0, most[allowed] ?? 0) * spread) - 1;
}

/** How the whole window's mean changed against what it usually does at that time, as a share: −0.2 for 20 % less. */
export function changeAgainst(placebos: readonly Changes[], release: Changes): number {
  const w = release.findLastIndex((x) => x !== undefined);
  return Math.exp((release[w] ?? 0) - median(placebos.flatMap((day) => day[w] ?? []))) - 1;
}
