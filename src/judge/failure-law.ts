/**
 * How many failures a canary that is no worse may have: the law that `SpendingTest` spends α by, carried on by one convolution a minute.
 */
import type { Minute } from './count-test.js';

/** Mass that is not worth carrying further: at the bottom, where it is moved up, and at the top, where it counts as spent. */
const littleBelow = 1e-6;
const littleAbove = 1e-9;

/** Slices of one minute by their number of units: the tests that begin at different times need the same ones. */
export type Slices = Map<number, Slice>;

/** With more points than this the law is kept at every second one. */
const mostPoints = 256;

/**
 * The law of the canary's failures, in units of so many, among the canaries that have not been stopped.
 *
 * It is exact as long as it is narrow, which for ten failures a minute is an hour and more. Then it is kept at every 2nd, 4th, 8th… point,
 * what lies between dealt to both neighbours so that the mean stays: the law becomes wider by less than a hundredth, the bounds with it.
 */
export class FailureLaw {
  readonly unit: number;
  spent = 0;
  #mass: Float64Array = Float64Array.of(1);
  #lowest = 0;
  #step = 1;
  #failures = 0;
  #units = 0;

  constructor(unit: number) {
    this.unit = unit;
  }

  /** @param slices of this minute so far */
  add({ c, nc, b, nb }: Minute, margin: number, slices: Slices): void {
    this.#failures += c + b;
    // Rounded up over the whole time, not in every minute.
    const units = Math.ceil(this.#failures / this.unit - 1e-9) - this.#units;
    if (units === 0) return;
    this.#units += units;
    const whole = [c + b, nc, nb].every(Number.isInteger);
    const exact = this.unit === 1 && margin === 1 && whole && c + b <= nc + nb;
    const theta = (margin * nc) / (margin * nc + nb);
    const key = exact ? -units : units;
    const found = slices.get(key) ?? (exact ? hypergeometric(units, nc, nb) : binomial(units, theta));
    slices.set(key, found);
    while (this.#mass.length > mostPoints) this.#coarsen();
    this.#convolve(this.#step === 1 ? found : onLattice(found, this.#step));
  }

  /** Keeps every second point. */
  #coarsen(): void {
    const { from, mass } = onLattice({ from: this.#lowest, mass: this.#mass }, 2);
    this.#lowest = from;
    this.#mass = mass;
    this.#step *= 2;
  }

  #convolve({ from, mass: step }: Slice): void {
    const before = this.#mass;
    const after = new Float64Array(before.length + step.length - 1);
    for (let j = 0; j < step.length; j += 1) {
      const p = step[j] as number;
      for (let i = 0; i < before.length; i += 1) after[i + j] = (after[i + j] as number) + p * (before[i] as number);
    }
    let [low, below] = [0, 0];
    while (low < after.length - 1 && below + (after[low] as number) < littleBelow) {
      below += after[low] as number;
      low += 1;
    }
    after[low] = (after[low] as number) + below;
    let [high, over] = [after.length, 0];
    while (high > low + 1 && over + (after[high - 1] as number) < littleAbove) {
      high -= 1;
      over += after[high] as number;
    }
    this.spent += over;
    this.#mass = after.subarray(low, high);
    this.#lowest += from + low;
  }

  /** Spends up to `budget` in all. @returns the failures from which on the canary is stopped */
  bound(budget: number): number {
    const left = budget - this.spent;
    let [at, tail] = [this.#mass.length, 0];
    while (at > 1 && tail + (this.#mass[at - 1] as number) <= left) {
      at -= 1;
      tail += this.#mass[at] as number;
    }
    if (at < this.#mass.length) {
      this.spent += tail;
      this.#mass = this.#mass.subarray(0, at);
    }
    return (this.#lowest + at) * this.#step * this.unit;
  }
}

/** Probabilities of consecutive numbers; those below 1e-9 of the greatest are left out. */
export interface Slice {
  readonly from: number;
  readonly mass: Float64Array;
}

/** The same at every so many numbers: what lies between is dealt to both neighbours, so that the mean stays. */
function onLattice({ from, mass }: Slice, step: number): Slice {
  const first = Math.floor(from / step);
  const last = Math.floor((from + mass.length - 1) / step) + 1;
  const dealt = new Float64Array(last - first + 1);
  for (let i = 0; i < mass.length; i += 1) {
    const place = (from + i) / step - first;
    const low = Math.floor(place);
    const p = mass[i] as number;
    dealt[low] = (dealt[low] as number) + p * (low + 1 - place);
    if (place > low) dealt[low + 1] = (dealt[low + 1] as number) + p * (place - low);
  }
  return { from: first, mass: dealt };
}

/** Of n failures, how many are in the canary. */
const binomial = (n: number, theta: number): Slice => {
  const odds = theta / (1 - theta);
  return slice(Math.floor((n + 1) * theta), 0, n, (k) => (odds * (n - k)) / (k + 1));
};

/** The same, where nc and nb requests fail with the same probability: no request fails twice. */
const hypergeometric = (n: number, nc: number, nb: number): Slice =>
  slice(
    Math.floor(((n + 1) * (nc + 1)) / (nc + nb + 2)),
    Math.max(0, n - nb),
    Math.min(n, nc),
    (k) => ((nc - k) * (n - k)) / ((k + 1) * (nb - n + k + 1)),
  );

/** From the ratio of each probability to the one before it. */
function slice(near: number, least: number, most: number, ratio: (k: number) => number): Slice {
  const mode = Math.min(most, Math.max(least, near));
  const up: number[] = [];
  const down: number[] = [];
  for (let [k, p] = [mode, 1]; k < most && p > 1e-9; k += 1) {
    p *= ratio(k);
    up.push(p);
  }
  for (let [k, p] = [mode, 1]; k > least && p > 1e-9; k -= 1) {
    p /= ratio(k - 1);
    down.push(p);
  }
  const mass = Float64Array.from([...down.toReversed(), 1, ...up]);
  const sum = mass.reduce((total, p) => total + p, 0);
  return { from: mode - down.length, mass: mass.map((p) => p / sum) };
}
