/**
 * What stops a canary: nine tenths of α are spent in the window, minute by minute and to the last bit (`SpendingTest`), which is sharpest
 * where the window is known; one tenth is an e-process (`RestartingTest`), which has no end, for all that comes later. Either stops it, and
 * together they err at most as often as α (Boole's inequality).
 */
import { above, comparesArms, type Minute } from './count-test.js';
import { phiOf } from './dispersion.js';
import { worse } from './mixture.js';
import { firstOf } from './planning.js';
import { RestartingTest, usualStarts } from './restarts.js';
import { evenPhi, type SpanPhi, spanAt, spanPhiOf } from './span-dispersion.js';
import { SpendingTest, shareSpent, usualSpending } from './spending.js';

/** How much more than by chance equal arms differ: over all lengths of time at once, and by the length that is summed up. */
export interface Dispersion {
  readonly overall: number;
  readonly spans: SpanPhi;
}

/** The same at every length. */
export const evenDispersion = (phi: number): Dispersion => ({ overall: phi, spans: evenPhi(phi) });

/** @param history minutes of the old version, its instances dealt into two arms as the release deals its traffic, in order of time */
export const dispersionOf = (history: readonly Minute[]): Dispersion => ({
  overall: phiOf(history),
  spans: spanPhiOf(history),
});

export interface StopOptions {
  /** Chance that a canary which is no worse is ever stopped. */
  readonly alpha: number;
  /** Minutes. */
  readonly window: number;
  /** How many times as often the canary may fail, and how much more as a share of its requests. */
  readonly margin: number;
  readonly slack: number;
  readonly dispersion: Dispersion;
}

const inWindow = 0.9;
const ever = 0.1;

export class StopTest {
  readonly #options: StopOptions;
  readonly #spending: SpendingTest;
  readonly #evidence: RestartingTest;
  #minutes = 0;
  /** Of the failures of a canary at the margin, by chance alone. */
  #variance = 0;
  #progress = 0;

  constructor(options: StopOptions) {
    this.#options = options;
    const { alpha, window, margin, slack, dispersion } = options;
    if (!(window >= 1 && Number.isFinite(window))) throw new RangeError(`no window: ${window}`);
    if (!dispersion.spans.every((phi) => phi >= 1 && Number.isFinite(phi))) {
      throw new RangeError(`no dispersion: ${dispersion.spans.join(', ')}`);
    }
    this.#spending = new SpendingTest({
      alpha: alpha * inWindow,
      window,
      margin,
      slack,
      phi: dispersion.spans,
      starts: usualSpending(window),
    });
    this.#evidence = new RestartingTest(above(worse, margin), {
      margin,
      slack,
      phi: dispersion.overall,
      starts: usualStarts(window),
    });
  }

  add(minute: Minute): void {
    if (!comparesArms(minute)) return;
    this.#minutes += 1;
    this.#variance += this.#varianceOf(minute);
    this.#spending.add(minute);
    this.#evidence.add(minute);
    const { stoppedAfter, failures, expected, bound } = this.#spending.state;
    const spent = stoppedAfter === undefined ? Math.min(0.999, (failures - expected) / (bound - expected)) : 1;
    const evidence = this.#evidence.logE / Math.log(1 / (ever * this.#options.alpha));
    this.#progress = Math.max(this.#progress, Number.isFinite(spent) ? spent : 0, evidence);
  }

  /** The most evidence of harm so far, on its way to 1, at which the canary is stopped. */
  get progress(): number {
    return this.#progress;
  }

  /**
   * About how many more minutes until it is stopped, if they are all like this one: until what it fails beyond its share comes up to the
   * bound, which grows as the square root of what was counted.
   *
   * @returns undefined: not within `most`
   */
  minutesLeft(minute: Minute, most: number): number | undefined {
    const { failures, expected } = this.#spending.state;
    return this.#until(minute, most, { minutes: this.#minutes, excess: failures - expected, variance: this.#variance });
  }

  /** The same of a canary that has not begun. */
  minutesInAll(minute: Minute, most: number): number | undefined {
    return this.#until(minute, most, { minutes: 0, excess: 0, variance: 0 });
  }

  #until(
    minute: Minute,
    most: number,
    from: { readonly minutes: number; readonly excess: number; readonly variance: number },
  ): number | undefined {
    const gain = minute.c - this.#expectedOf(minute);
    const variance = this.#varianceOf(minute);
    const stopped = (n: number): boolean =>
      from.excess + n * gain >= this.#boundAfter(from.minutes + n, from.variance + n * variance);
    return gain > 0 ? firstOf(most, stopped) : undefined;
  }

  /** The excess at which it is stopped after so many minutes, where counts are about normal. */
  #boundAfter(minutes: number, variance: number): number {
    const { alpha, window, dispersion } = this.#options;
    const phi = spanAt(dispersion.spans, minutes);
    return excessToStop(alpha * inWindow, minutes, window) * Math.sqrt(phi * variance);
  }

  #expectedOf({ c, nc, b, nb }: Minute): number {
    const { margin, slack } = this.#options;
    const failures = c + b + (nb * slack) / margin;
    return (failures * margin * nc) / (margin * nc + nb);
  }

  #varianceOf(minute: Minute): number {
    return this.#expectedOf(minute) * (minute.nb / (this.#options.margin * minute.nc + minute.nb));
  }
}

/** In standard deviations: where the next bit of α lies, of what is spent by the minute. */
export function excessToStop(alpha: number, minutes: number, window: number): number {
  const within = Math.min(minutes, window);
  const bit = alpha * (shareSpent(within, window) - shareSpent(within - 1, window));
  // Abramowitz & Stegun 26.2.23, good to 0.0005: an estimate of a bound that is computed exactly elsewhere.
  const t = Math.sqrt(-2 * Math.log(bit));
  return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
}
