/**
 * Judges durations of two arms that serve at the same time, by how many requests took longer than each bound of a histogram. Each bound
 * is a test of its own, sharp where its share is: `SharesTest` up to about the 90th percentile, `CountTest` in the tail, or wherever a
 * margin is allowed. The average of their E is again one, whatever depends on what.
 */
import { above, CountTest, type Minute } from './count-test.js';
import { unknownPhi } from './dispersion.js';
import {
  type Arms,
  type BoundPair,
  checkedArms,
  commonBounds,
  exceeding,
  type Quantiles,
  quantilesOf,
  sameBound,
  totalOf,
} from './histogram.js';
import { logSumExp, noWorse, worse } from './mixture.js';
import { expectedMinute, firstOf, leastSeeable, minutesToStop, type Traffic } from './planning.js';
import {
  fewestRequests,
  type RateJudgeOptions,
  type RateState,
  recentMinutes,
  uncalibratedMargin,
} from './rate-judge.js';
import { RateRatio, type RatioBounds } from './rate-ratio.js';
import { RunningSharesPhi, sharesPhiOf } from './shares-dispersion.js';
import { type ArmTest, SharesTest } from './turner-grunwald.js';

export type { Arms as Histograms } from './histogram.js';

export interface LatencyJudgeOptions extends Pick<RateJudgeOptions, 'alpha' | 'margin' | 'accept'> {
  /** Of the old version dealt into two arms, in order of time; undefined: uncalibrated, see `RateJudgeOptions.phi`. */
  readonly history: readonly Arms[] | undefined;
  /**
   * `bucket`: the canary may be slower by one bucket, so that its share above each bound is held against the baseline's share above the
   * bound before. A margin in milliseconds, as fine as the bounds.
   */
  readonly slowerBy?: 'bucket' | undefined;
}

/** As of failures, at the bound that says most. */
export interface LatencyState extends RateState {
  /** Of the canary; undefined before the first minute. */
  readonly bound: string | undefined;
  /** The same, unless the canary may be slower by a bucket. */
  readonly boundOfBaseline: string | undefined;
  readonly quantiles: { readonly canary: Quantiles; readonly baseline: Quantiles };
  /** Minutes that were left out: their counts are those of no histogram, or too few of the bounds are among them. */
  readonly unfit: number;
  /**
   * Bounds with requests on either side. 0: all requests of both arms lie between two neighbouring bounds, and as long as the canary stays
   * there nothing tells it from the baseline, however slow it is. undefined: nothing was judged yet.
   */
  readonly dividing: number | undefined;
}

/** Below this share of slower requests a bound lies in the tail. */
const tail = 0.1;

/** Requests of the baseline that show where its tail begins. */
const enoughToPlace = 200;

/** What is judged at one bound. */
interface Bound {
  readonly pair: BoundPair;
  /** Of the baseline's requests those that took longer, before the release. */
  readonly usual: number;
  readonly test: ArmTest;
  readonly phi: RunningSharesPhi;
  /** Minutes so far, and their sum. */
  readonly minutes: (Minute & { readonly phi: number })[];
  sum: Minute;
}

const nothing: Minute = { c: 0, nc: 0, b: 0, nb: 0 };

const plus = (x: Minute, y: Minute): Minute => ({ c: x.c + y.c, nc: x.nc + y.nc, b: x.b + y.b, nb: x.nb + y.nb });

const total = (minutes: readonly Minute[]): Minute => minutes.reduce(plus, nothing);

const average = (minutes: readonly Minute[]): Pick<Minute, 'nc' | 'nb'> => ({
  nc: total(minutes).nc / minutes.length,
  nb: total(minutes).nb / minutes.length,
});

/** Of a bound from the 90th percentile. */
const distance = (share: number): number => Math.abs(Math.log(Math.max(share, 1e-9) / tail));

/** Less than the threshold by so much, a bound counts for nothing in an estimate. */
const farBelow = 5;

const noRequests = 'no requests of both arms';
const unlike = 'no bound of both arms is one that is judged, or too few are';

const shareOf = ({ b, nb }: Minute): number => (nb > 0 ? b / nb : 0);

export class LatencyJudge {
  readonly #options: LatencyJudgeOptions;
  readonly #margin: number;
  readonly #calibrated: boolean;
  #bounds: readonly Bound[] | undefined;
  #accept: { readonly bound: Bound; readonly test: CountTest } | undefined;
  #minutes = 0;
  #unfit = 0;
  #most = 0;
  #mostAccept = Number.NEGATIVE_INFINITY;
  #stoppedAfter: number | undefined;
  /** Of the bound that was shown last, so many of its minutes. */
  #ratio: { readonly of: Bound | undefined; readonly sum: RateRatio; minutes: number } | undefined;

  /** @throws {RangeError} for what would make a judge that can never stop, or accept anything */
  constructor(options: LatencyJudgeOptions) {
    const { alpha, margin, accept, history } = options;
    const rates = [alpha, accept?.alpha ?? alpha];
    if (!rates.every((rate) => rate > 0 && rate < 1)) throw new RangeError(`no rates of errors: ${rates.join(', ')}`);
    if (!(margin >= 1 && Number.isFinite(margin))) throw new RangeError(`no margin: ${margin}`);
    if (accept && !(accept.ratio > 1)) throw new RangeError(`${accept.ratio} times is no proof of being well`);
    this.#options = options;
    const past = (history ?? []).map(checkedArms).filter((both) => typeof both !== 'string');
    this.#calibrated = this.#pairs(past).length > 0;
    this.#margin = this.#calibrated ? margin : Math.max(margin, uncalibratedMargin);
    if (this.#calibrated) this.#begin(past);
  }

  /**
   * Chooses the bounds and the test of each by what came before: the history, or the first minute, which is then no evidence itself.
   */
  #begin(past: readonly Arms[]): void {
    const placed = this.#pairs(past).map((pair) => {
      const minutes = past.flatMap((both) => exceeding(both, sameBound(pair)) ?? []);
      return { pair, minutes, share: shareOf(total(minutes)) };
    });
    this.#bounds = placed.map(({ pair, minutes, share }) => ({
      pair,
      usual: share,
      test:
        this.#margin > 1 || share < tail ? new CountTest(above(worse, this.#margin), this.#margin) : new SharesTest(),
      phi: new RunningSharesPhi(this.#calibrated ? sharesPhiOf(minutes) : unknownPhi),
      minutes: [],
      sum: nothing,
    }));
  }

  #pairs(minutes: readonly Arms[]): readonly BoundPair[] {
    return commonBounds(minutes, this.#options.slowerBy === 'bucket' ? 1 : 0);
  }

  /** Fixed before the first minute that counts for it, at the bound next to the 90th percentile. */
  #placeAccept(bounds: readonly Bound[], share: (bound: Bound) => number): void {
    const { accept } = this.#options;
    const [bound] = bounds.toSorted((x, y) => distance(share(x)) - distance(share(y)));
    if (accept && bound) this.#accept = { bound, test: new CountTest(noWorse, accept.ratio) };
  }

  /**
   * Takes one minute in. One whose counts are those of no histogram, that has less than half of the bounds that are judged, or no requests
   * of one arm, is left out.
   *
   * @returns why it was left out; undefined: it was not
   */
  add(both: Arms): string | undefined {
    const arms = checkedArms(both);
    if (typeof arms === 'string') return this.#leaveOut(arms);
    if (!(totalOf(arms.canary) && totalOf(arms.baseline))) return noRequests;
    if (this.#bounds === undefined) {
      if (this.#pairs([arms]).length === 0) return this.#leaveOut(unlike);
      this.#begin([arms]);
      this.#minutes += 1;
      return undefined;
    }
    const seen = this.#bounds.flatMap((bound) => {
      const minute = exceeding(arms, bound.pair);
      const unshifted = this.#options.slowerBy ? exceeding(arms, sameBound(bound.pair)) : minute;
      return minute && unshifted ? [{ bound, minute, unshifted }] : [];
    });
    if (seen.length === 0 || (this.#minutes > 0 && 2 * seen.length < this.#bounds.length))
      return this.#leaveOut(unlike);
    if (this.#minutes === 0) this.#keep(seen.map(({ bound }) => bound));
    const accept = this.#accept;
    for (const { bound, minute, unshifted } of seen) {
      const phi = bound.phi.value;
      bound.test.add(minute, phi);
      if (accept?.bound === bound) accept.test.add(unshifted, phi);
      bound.phi.add(unshifted);
      bound.minutes.push({ ...minute, phi });
      bound.sum = plus(bound.sum, minute);
    }
    this.#minutes += 1;
    this.#look();
    return undefined;
  }

  #leaveOut(why: string): string {
    this.#unfit += 1;
    return why;
  }

  /** The new version may have other bounds than the history: those that its first minute lacks would only water the average down. */
  #keep(bounds: readonly Bound[]): void {
    this.#bounds = bounds;
    this.#placeAccept(bounds, ({ usual }) => usual);
  }

  #look(): void {
    const bounds = this.#bounds ?? [];
    if (this.#accept) this.#mostAccept = Math.max(this.#mostAccept, this.#accept.test.logE);
    // Without a history: as soon as the baseline had enough requests to say where its 90th percentile lies.
    else if (bounds.some(({ sum }) => sum.nb >= enoughToPlace)) this.#placeAccept(bounds, ({ sum }) => shareOf(sum));
    if (this.#requests < fewestRequests) return;
    this.#most = Math.max(
      this.#most,
      averaged(bounds, ({ test }) => test.logE),
    );
    if (this.#most >= this.#stopAt) this.#stoppedAfter ??= this.#minutes;
  }

  get #requests(): number {
    return Math.max(0, ...(this.#bounds ?? []).map(({ sum }) => sum.nc));
  }

  get #stopAt(): number {
    return Math.log(1 / this.#options.alpha);
  }

  /** The bound at which there is most evidence of harm; where there is none, that at which it is accepted. */
  get #shown(): Bound | undefined {
    let [most, evidence]: [Bound | undefined, number] = [undefined, Number.NEGATIVE_INFINITY];
    for (const bound of this.#bounds ?? []) {
      const { logE } = bound.test;
      if (most === undefined || logE > evidence) [most, evidence] = [bound, logE];
    }
    return evidence > 0 ? most : (this.#accept?.bound ?? most);
  }

  get state(): LatencyState {
    const { accept } = this.#options;
    const shown = this.#shown;
    const acceptAt = Math.log(1 / (accept?.alpha ?? 0));
    return {
      bound: shown?.pair.canary,
      boundOfBaseline: shown?.pair.baseline,
      quantiles: { canary: this.#quantiles('canary'), baseline: this.#quantiles('baseline') },
      unfit: this.#unfit,
      dividing: this.#dividing,
      minutes: this.#minutes,
      sum: shown?.sum ?? nothing,
      phi: shown?.phi.value ?? unknownPhi,
      calibrated: this.#calibrated,
      harm: this.#most / this.#stopAt,
      stoppedAfter: this.#stoppedAfter,
      logAccept: accept && this.#mostAccept,
      acceptAt,
      accepted: accept !== undefined && this.#mostAccept >= acceptAt,
    };
  }

  get #dividing(): number | undefined {
    if (this.#requests === 0) return undefined;
    return (this.#bounds ?? []).filter(({ sum: { c, nc, b, nb } }) => c + b > 0 && c + b < nc + nb).length;
  }

  #quantiles(arm: 'canary' | 'baseline'): Quantiles {
    return quantilesOf(
      (this.#bounds ?? []).flatMap(({ pair, sum: { c, nc, b, nb } }) => {
        const share = arm === 'canary' ? c / nc : b / nb;
        return nc > 0 && nb > 0 ? [{ bound: Number(pair[arm]), share }] : [];
      }),
    );
  }

  /** How many times as often the canary exceeds the bound that is shown. As it is the worst of all bounds, each has its part of α. */
  bounds(): RatioBounds {
    const shown = this.#shown;
    if (this.#ratio === undefined || this.#ratio.of !== shown)
      this.#ratio = { of: shown, sum: new RateRatio(), minutes: 0 };
    const ratio = this.#ratio;
    for (const minute of shown?.minutes.slice(ratio.minutes) ?? []) ratio.sum.add(minute, minute.phi);
    ratio.minutes = shown?.minutes.length ?? 0;
    return ratio.sum.bounds(this.#share);
  }

  /** See `RateJudge.minutesLeft`. */
  minutesLeft(most: number, accepting: { readonly minutes: number; readonly requests: number }): number | undefined {
    const bounds = (this.#bounds ?? []).filter(({ minutes }) => minutes.length > 0);
    if (bounds.length === 0) return undefined;
    const expected = new Map(
      bounds.map((b) => [b, expectedMinute(b.sum, average(b.minutes.slice(-recentMinutes)))] as const),
    );
    const ahead = (bound: Bound, test: ArmTest, n: number): number => {
      const minute = expected.get(bound);
      return minute ? test.ahead(minute, bound.phi.value, n) : test.logE;
    };
    // ln E ahead is convex: what is far below the threshold now and at the end stays so between.
    const near = bounds.filter((b) => Math.max(b.test.logE, ahead(b, b.test, most)) > this.#stopAt - farBelow);
    const needs = this.#stopAt + Math.log(this.#bounds?.length ?? 1);
    const stop = firstOf(most, (n) => logSumExp(near.map((b) => ahead(b, b.test, n))) >= needs);
    const { accept } = this.#options;
    const proof = this.#accept;
    if (accept === undefined || proof === undefined) return stop;
    const needed = Math.log(1 / accept.alpha);
    const told = this.#mostAccept >= needed;
    const requests = this.#requests;
    const ready = (n: number): boolean =>
      this.#minutes + n >= accepting.minutes && requests * (1 + n / this.#minutes) >= accepting.requests;
    const well = firstOf(most, (n) => ready(n) && (told || ahead(proof.bound, proof.test, n) >= needed));
    return stop === undefined || well === undefined ? (stop ?? well) : Math.min(stop, well);
  }

  /** See `RateJudge.minutesToSee`; of the share of requests that exceed the bound that is shown. */
  minutesToSee(ratio: number): number {
    return minutesToStop(ratio, { ratio: this.#margin, slack: 0 }, this.#share, this.#traffic);
  }

  seeable(minutes: number): number | undefined {
    return leastSeeable(minutes, { ratio: this.#margin, slack: 0 }, this.#share, this.#traffic);
  }

  /** One bound of all must come up for the average. */
  get #share(): number {
    return this.#options.alpha / Math.max(1, this.#bounds?.length ?? 1);
  }

  get #traffic(): Traffic {
    const bound = this.#accept?.bound ?? this.#shown;
    const { c, nc, b, nb } = bound?.sum ?? nothing;
    const n = Math.max(1, bound?.minutes.length ?? 1);
    return {
      nc: nc / n,
      nb: nb / n,
      failing: nc + nb > 0 ? (b + c) / (nb + nc) : 0,
      phi: bound?.phi.value ?? unknownPhi,
    };
  }
}

const averaged = (bounds: readonly Bound[], logE: (bound: Bound) => number): number =>
  logSumExp(bounds.map(logE)) - Math.log(bounds.length);
