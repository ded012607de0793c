/** Judges failures of two arms that serve at the same time: stopped, accepted, or not told yet, after every minute. */
import { AcceptTest } from './accept-test.js';
import { comparesArms, type Minute, refuseNoCounts } from './count-test.js';
import { RunningPhi, unknownPhi } from './dispersion.js';
import { expectedMinute, firstOf, leastRatio, minuteAt, type Traffic } from './planning.js';
import { RateRatio, type RatioBounds } from './rate-ratio.js';
import { type Dispersion, evenDispersion, StopTest } from './stop-test.js';

export interface RateJudgeOptions {
  /** Chance that a canary which is no worse is stopped. */
  readonly alpha: number;
  /** How many times as often the canary may fail. */
  readonly margin: number;
  /** And how much more, as a share of its requests. */
  readonly slack: number;
  /** From the history; undefined: uncalibrated, so that it is taken for 3 and the margin is at least 1.25. */
  readonly dispersion: Dispersion | undefined;
  /** Minutes that the canary is watched. It is judged beyond them too, less sharply. */
  readonly window: number;
  /** Accept with proof that the canary fails less than `ratio` times as often, or less than `slack`; wrong with a chance of `alpha`. */
  readonly accept?: { readonly ratio: number; readonly alpha: number } | undefined;
}

/** Where all minutes so far have led. Logarithms are natural. */
export interface RateState {
  /** Minutes in which both arms had requests. */
  readonly minutes: number;
  readonly sum: Minute;
  /** Of the next minute. */
  readonly phi: number;
  readonly calibrated: boolean;
  /** The most evidence of harm so far, on its way to 1, at which the canary is stopped. */
  readonly harm: number;
  /** Minutes after which it was stopped; undefined: it was not. What comes later does not take it back. */
  readonly stoppedAfter: number | undefined;
  /** The same for the proof that it is no worse; undefined where it is not asked for. */
  readonly logAccept: number | undefined;
  readonly acceptAt: number;
  readonly accepted: boolean;
}

/** Of a canary with fewer requests than this nothing is said, whatever became of them. */
export const fewestRequests = 20;

/** The traffic to come is taken to be that of so many minutes. */
export const recentMinutes = 3;

/** The margin of a judge that does not know how much equal arms differ. */
export const uncalibratedMargin = 1.25;

export class RateJudge {
  readonly #options: RateJudgeOptions;
  readonly #margin: number;
  readonly #stop: StopTest;
  readonly #accept: AcceptTest | undefined;
  readonly #phi: RunningPhi;
  readonly #ratio = new RateRatio();
  #minutes = 0;
  #recent: readonly Minute[] = [];
  #sum: Minute = { c: 0, nc: 0, b: 0, nb: 0 };
  #mostAccept = Number.NEGATIVE_INFINITY;
  #stoppedAfter: number | undefined;

  constructor(options: RateJudgeOptions) {
    this.#options = options;
    const { slack, accept } = options;
    for (const rate of [options.alpha, ...(accept ? [accept.alpha] : [])]) {
      if (!(rate > 0 && rate < 1)) throw new RangeError(`no rate of errors: ${rate}`);
    }
    if (!(options.margin >= 1 && Number.isFinite(options.margin))) throw new RangeError(`no margin: ${options.margin}`);
    if (accept && !(accept.ratio > 1))
      throw new RangeError(`no worse than ${accept.ratio} times is no proof of being well`);
    const dispersion = options.dispersion ?? evenDispersion(unknownPhi);
    const margin = options.dispersion === undefined ? Math.max(options.margin, uncalibratedMargin) : options.margin;
    this.#margin = margin;
    this.#stop = new StopTest({ alpha: options.alpha, window: options.window, margin, slack, dispersion });
    this.#accept = accept && new AcceptTest(accept.ratio, slack);
    this.#phi = new RunningPhi(dispersion.overall);
  }

  /** @throws {RangeError} for what is no count */
  add(minute: Minute): void {
    refuseNoCounts(minute);
    if (!comparesArms(minute)) return;
    const phi = this.#phi.value;
    this.#minutes += 1;
    this.#recent = [...this.#recent, minute].slice(-recentMinutes);
    const { c, nc, b, nb } = this.#sum;
    this.#sum = { c: c + minute.c, nc: nc + minute.nc, b: b + minute.b, nb: nb + minute.nb };
    this.#stop.add(minute);
    this.#accept?.add(minute, phi);
    this.#ratio.add(minute, phi);
    this.#phi.add(minute);
    if (this.#accept) this.#mostAccept = Math.max(this.#mostAccept, this.#accept.logE);
    if (this.#sum.nc < fewestRequests) return;
    if (this.#stop.progress >= 1) this.#stoppedAfter ??= this.#minutes;
  }

  get state(): RateState {
    const { accept, dispersion } = this.#options;
    const acceptAt = Math.log(1 / (accept?.alpha ?? 0));
    return {
      minutes: this.#minutes,
      sum: this.#sum,
      phi: this.#phi.value,
      calibrated: dispersion !== undefined,
      harm: this.#sum.nc < fewestRequests ? 0 : this.#stop.progress,
      stoppedAfter: this.#stoppedAfter,
      logAccept: this.#accept && this.#mostAccept,
      acceptAt,
      accepted: this.#accept !== undefined && this.#mostAccept >= acceptAt,
    };
  }

  /**
   * About how many more minutes until it is stopped or accepted, if all goes on as it did so far.
   *
   * @param most minutes that are left
   * @param accepting fewest minutes and requests of the canary that an accepted one must have
   * @returns undefined: not within these
   */
  minutesLeft(most: number, accepting: { readonly minutes: number; readonly requests: number }): number | undefined {
    if (this.#minutes === 0) return undefined;
    const minute = expectedMinute(this.#sum, this.#recentTraffic);
    const stop = this.#stop.minutesLeft(minute, most);
    const { accept } = this.#options;
    const test = this.#accept;
    if (accept === undefined || test === undefined) return stop;
    const needed = Math.log(1 / accept.alpha);
    const told = this.#mostAccept >= needed;
    const ready = (n: number): boolean =>
      this.#minutes + n >= accepting.minutes && this.#sum.nc + n * minute.nc >= accepting.requests;
    const well = firstOf(most, (n) => ready(n) && (told || test.ahead(minute, this.#phi.value, n) >= needed));
    return stop === undefined || well === undefined ? (stop ?? well) : Math.min(stop, well);
  }

  /** About how many minutes a canary needs to be stopped that fails `ratio` times as often, from its beginning; undefined: over a window. */
  minutesToSee(ratio: number): number | undefined {
    return this.#stop.minutesInAll(minuteAt(ratio, this.#traffic), this.#options.window);
  }

  /** The least ratio that so many minutes would have shown at this traffic; undefined: none. */
  seeable(minutes: number): number | undefined {
    const traffic = this.#traffic;
    const most = Math.min(minutes, this.#options.window);
    return leastRatio(this.#margin, (ratio) => this.#stop.minutesInAll(minuteAt(ratio, traffic), most) !== undefined);
  }

  get #recentTraffic(): Pick<Minute, 'nc' | 'nb'> {
    const sum = this.#recent.reduce((a, { nc, nb }) => ({ nc: a.nc + nc, nb: a.nb + nb }), { nc: 0, nb: 0 });
    return { nc: sum.nc / this.#recent.length, nb: sum.nb / this.#recent.length };
  }

  get #traffic(): Pick<Traffic, 'nc' | 'nb' | 'failing'> {
    const { c, nc, b, nb } = this.#sum;
    const n = Math.max(1, this.#minutes);
    // Both arms together where the baseline has too few failures to say how often it fails.
    const failing = b >= 5 ? b / nb : (b + c) / (nb + nc);
    return { nc: nc / n, nb: nb / n, failing };
  }

  /** How many times as often the canary fails, at the level of the stop. Costs some microseconds, so it is for the report. */
  bounds(): RatioBounds {
    return this.#ratio.bounds(this.#options.alpha);
  }
}
