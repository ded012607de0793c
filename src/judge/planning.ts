/** What can be seen at this traffic, and about when. Estimates: nothing is decided by them. */
import { above, CountTest, type Minute } from './count-test.js';
import { worse } from './mixture.js';

/** Both arms in an average minute, and how often the baseline fails: what the estimates are made from. */
export interface Traffic {
  /** Requests a minute of the canary, and of the baseline. */
  readonly nc: number;
  readonly nb: number;
  /** Share of the baseline's requests that fail. */
  readonly failing: number;
  /** See `RunningPhi`. */
  readonly phi: number;
}

/** Beyond the threshold itself, for the weight of the alternative and what is overshot. */
const overhead = 1.5;

/** What is no harm: `ratio` times as often, and `slack` more as a share of the requests. */
export interface Allowed {
  readonly ratio: number;
  readonly slack: number;
}

/**
 * About how many minutes until a canary is stopped that fails `ratio` times as often: (ln(1/α) + 1.5)/I, I what an average minute adds to
 * the alternative that it adds most to. Without slack that is D·KL(θ_r‖θ_r0)/φ but for the grid, D the failures of both arms.
 *
 * @returns Infinity where there is nothing to see
 */
export function minutesToStop(ratio: number, allowed: Allowed, alpha: number, traffic: Traffic): number {
  const { nc, nb, failing, phi } = traffic;
  if (!(ratio > allowed.ratio) || !(failing > 0) || !(nc > 0) || !(nb > 0)) return Number.POSITIVE_INFINITY;
  const test = new CountTest(above(worse, allowed.ratio), allowed.ratio, allowed.slack);
  const gain = test.bestGain(minuteAt(ratio, traffic)) / phi;
  return gain > 0 ? (Math.log(1 / alpha) + overhead) / gain : Number.POSITIVE_INFINITY;
}

/** More than this is no regression but a dead service. */
const mostRatio = 1000;

/** The least ratio that is expected to be seen within so many minutes; undefined: none. */
export const leastSeeable = (minutes: number, allowed: Allowed, alpha: number, traffic: Traffic): number | undefined =>
  leastRatio(allowed.ratio, (ratio) => minutesToStop(ratio, allowed, alpha, traffic) <= minutes);

/** The least ratio above `from` that is seen, if all greater ones are; undefined: none. */
export function leastRatio(from: number, seen: (ratio: number) => boolean): number | undefined {
  if (!seen(mostRatio)) return undefined;
  let [unseen, least] = [from, mostRatio];
  while (least / unseen > 1.001) {
    const middle = Math.sqrt(least * unseen);
    if (seen(middle)) least = middle;
    else unseen = middle;
  }
  return least;
}

/** A minute at this traffic in which the canary fails `ratio` times as often. */
export const minuteAt = (ratio: number, { nc, nb, failing }: Pick<Traffic, 'nc' | 'nb' | 'failing'>): Minute => ({
  c: Math.min(1, ratio * failing) * nc,
  nc,
  b: failing * nb,
  nb,
});

/** Failures that are taken as seen before the first, so that a few minutes do not make a ratio. */
const assumed = 4;

/**
 * The minutes to come: the traffic of the last ones, as a rollout moves it, failing as often as all minutes so far, the rates drawn
 * together where there are few failures.
 *
 * @param sum of all minutes
 * @param recent an average minute of the last few
 */
export function expectedMinute(sum: Minute, recent: Pick<Minute, 'nc' | 'nb'>): Minute {
  const all = sum.nc + sum.nb;
  const failures = sum.c + sum.b;
  const drawn = failures / (failures + assumed);
  const c = ((sum.c + (assumed * sum.nc) / all) * drawn) / sum.nc;
  const b = ((sum.b + (assumed * sum.nb) / all) * drawn) / sum.nb;
  return { c: c * recent.nc, nc: recent.nc, b: b * recent.nb, nb: recent.nb };
}

/** The least number from 1 to `most` of which this holds, if it holds of all greater ones too; undefined: of none. */
export function firstOf(most: number, holds: (n: number) => boolean): number | undefined {
  if (most < 1 || !holds(most)) return undefined;
  let [no, yes] = [0, most];
  while (yes - no > 1) {
    const middle = Math.floor((no + yes) / 2);
    if (holds(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}
