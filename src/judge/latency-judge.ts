/**
 * Judges durations of two arms that serve at the same time, by how many requests took longer than each bound of a histogram. Each bound
 * is a test of its own, sharp where its share is: `SharesTest` up to about the 90th percentile, `CountTest` in the tail, or wherever a
 * margin is allowed. The average of their E is again one, whatever depends on what.
 */
import { above, CountTest, comparesArms, type Minute, refuseNoCounts } from './count-test.js';
import { unknownPhi } from './dispersion.js';
import {
  type BoundPair,
  type Cumulative,
  checked,
  commonBounds,
  exceeding,
  type QuantileRange,
  quantileRange,
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

export interface Histograms {
  readonly canary: Cumulative;
  readonly baseline: Cumulative;
}

export interface LatencyJudgeOptions extends Pick<RateJudgeOptions, 'alpha' | 'margin' | 'accept'> {
  /** Of the old version dealt into two arms, in order of time; undefined: uncalibrated, see `RateJudgeOptions.phi`. */
  readonly history: readonly Histograms[] | undefined;
  /**
   * `bucket`: the canary may be slower by one bucket, so that its share above each bound is held against the baseline's share above the
   * bound before. A margin in milliseconds, as fine as the bounds.
   */
  readonly slowerBy?: 'bucket' | undefined;
}

/** p50 and p95 of one arm so far, as the buckets that they lie in; undefined before the first minute. */
export interface Quantiles {
  readonly p50: QuantileRange | undefined;
  readonly p95: QuantileRange | undefined;
}

/** As of failures, at the bound that says most. */
export interface LatencyState extends RateState {
  /** Of the canary; undefined before the first minute. */
  readonly bound: string | undefined;
  /** The same, unless the canary may be slower by a bucket. */
  readonly boundOfBaseline: string | undefined;
  readonly quantiles: { readonly canary: Quantiles; readonly baseline: Quantiles };
  /** Minutes whose counts are those of no histogram: left out. */
  readonly unfit: number;
}

/** Below this share of slower requests a bound lies in the tail. */
const tail = 0.1;

/** What is judged at one bound. */
interface Bound {
  readonly pair: BoundPair;
  readonly test: ArmTest;
  readonly phi: RunningSharesPhi;
  /** Minutes so far, for the report: what is not shown need not be summed up twice. */
  readonly minutes: { readonly minute: Minute; readonly phi: number }[];
}

const total = (minutes: readonly { readonly minute: Minute }[]): Minute => {
  const sum = { c: 0, nc: 0, b: 0, nb: 0 };
  for (const { minute } of minutes) {
    sum.c += minute.c;
    sum.nc += minute.nc;
    sum.b += minute.b;
    sum.nb += minute.nb;
  }
  return sum;
};

const average = (minutes: readonly { readonly minute: Minute }[]): Pick<Minute, 'nc' | 'nb'> => {
  const { nc, nb } = total(minutes);
  return { nc: nc / minutes.length, nb: nb / minutes.length };
};

export class LatencyJudge {
  readonly #options: LatencyJudgeOptions;
  readonly #margin: number;
  #bounds: readonly Bound[] | undefined;
  #accept: { readonly bound: Bound; readonly test: CountTest } | undefined;
  #minutes = 0;
  #most = 0;
  #mostAccept = Number.NEGATIVE_INFINITY;
  #stoppedAfter: number | undefined;

  constructor(options: LatencyJudgeOptions) {
    this.#options = options;
    this.#margin = options.history ? options.margin : Math.max(options.margin, uncalibratedMargin);
    if (options.history) this.#begin(options.history);
  }

  /**
   * Chooses the bounds and the test of each by what came before: the history, or the first minute, which is then no evidence itself.
   */
  #begin(past: readonly Histograms[]): void {
    const [first] = past;
    if (first === undefined) return;
    const placed = commonBounds(first.canary, first.baseline).map((name) => {
      const minutes = past.flatMap(({ canary, baseline }) => exceeding(canary, baseline, name) ?? []);
      const { b, nb } = total(minutes.map((minute) => ({ minute })));
      return { name, share: nb > 0 ? b / nb : 0, minutes };
    });
    this.#bounds = placed.map(({ name, share, minutes }) => ({
      name,
      test:
        this.#margin > 1 || share < tail ? new CountTest(above(worse, this.#margin), this.#margin) : new SharesTest(),
      phi: new RunningSharesPhi(this.#options.history ? sharesPhiOf(minutes) : unknownPhi),
      minutes: [],
    }));
    const { accept } = this.#options;
    const distance = (share: number): number => Math.abs(Math.log(Math.max(share, 1e-9) / tail));
    const [nearest] = placed
      .map(({ share }, i) => ({ share, i }))
      .toSorted((x, y) => distance(x.share) - distance(y.share));
    const bound = nearest && this.#bounds[nearest.i];
    if (accept && bound) this.#accept = { bound, test: new CountTest(noWorse, accept.ratio) };
  }

  /** @throws {RangeError} for what are no counts */
  add({ canary, baseline }: Histograms): void {
    if (this.#bounds === undefined) {
      this.#begin([{ canary, baseline }]);
      if (this.#bounds !== undefined) this.#minutes += 1;
      return;
    }
    this.#minutes += 1;
    for (const bound of this.#bounds) {
      const minute = exceeding(canary, baseline, bound.name);
      if (minute === undefined) continue;
      refuseNoCounts(minute);
      if (!comparesArms(minute)) continue;
      const phi = bound.phi.value;
      bound.test.add(minute, phi);
      if (this.#accept?.bound === bound) this.#accept.test.add(minute, phi);
      bound.phi.add(minute);
      bound.minutes.push({ minute, phi });
    }
    if (this.#accept) this.#mostAccept = Math.max(this.#mostAccept, this.#accept.test.logE);
    if (this.#requests < fewestRequests) return;
    this.#most = Math.max(
      this.#most,
      averaged(this.#bounds, ({ test }) => test.logE),
    );
    if (this.#most >= this.#stopAt) this.#stoppedAfter ??= this.#minutes;
  }

  get #requests(): number {
    return Math.max(
      0,
      ...(this.#bounds ?? []).map(({ minutes }) => minutes.reduce((n, { minute }) => n + minute.nc, 0)),
    );
  }

  get #stopAt(): number {
    return Math.log(1 / this.#options.alpha);
  }

  /** The bound at which there is most evidence of harm; where there is none, that at which it is accepted. */
  get #shown(): Bound | undefined {
    const [most] = (this.#bounds ?? []).toSorted((x, y) => y.test.logE - x.test.logE);
    return most === undefined || (most.test.logE <= 0 && this.#accept) ? this.#accept?.bound : most;
  }

  get state(): LatencyState {
    const { accept, history } = this.#options;
    const shown = this.#shown;
    const acceptAt = Math.log(1 / (accept?.alpha ?? 0));
    return {
      bound: shown?.name,
      minutes: this.#minutes,
      sum: total(shown?.minutes ?? []),
      phi: shown?.phi.value ?? unknownPhi,
      calibrated: history !== undefined,
      harm: this.#most / this.#stopAt,
      stoppedAfter: this.#stoppedAfter,
      logAccept: accept && this.#mostAccept,
      acceptAt,
      accepted: accept !== undefined && this.#mostAccept >= acceptAt,
    };
  }

  /** How many times as often the canary exceeds the bound that is shown. */
  bounds(): RatioBounds {
    const ratio = new RateRatio();
    for (const { minute, phi } of this.#shown?.minutes ?? []) ratio.add(minute, phi);
    return ratio.bounds(this.#options.alpha);
  }

  /** See `RateJudge.minutesLeft`. */
  minutesLeft(most: number, accepting: { readonly minutes: number; readonly requests: number }): number | undefined {
    const bounds = (this.#bounds ?? []).filter(({ minutes }) => minutes.length > 0);
    if (bounds.length === 0) return undefined;
    const expected = new Map(
      bounds.map((b) => [b, expectedMinute(total(b.minutes), average(b.minutes.slice(-recentMinutes)))] as const),
    );
    const ahead = (bound: Bound, test: ArmTest, n: number): number => {
      const minute = expected.get(bound);
      return minute ? test.ahead(minute, bound.phi.value, n) : test.logE;
    };
    const stop = firstOf(most, (n) => averaged(bounds, (b) => ahead(b, b.test, n)) >= this.#stopAt);
    const { accept } = this.#options;
    const proof = this.#accept;
    if (accept === undefined || proof === undefined) return stop;
    const needed = Math.log(1 / accept.alpha);
    const told = this.#mostAccept >= needed;
    const requests = this.#requests;
    const well = firstOf(
      most,
      (n) =>
        this.#minutes + n >= accepting.minutes &&
        requests * (1 + n / this.#minutes) >= accepting.requests &&
        (told || ahead(proof.bound, proof.test, n) >= needed),
    );
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
    const { c, nc, b, nb } = total(bound?.minutes ?? []);
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
