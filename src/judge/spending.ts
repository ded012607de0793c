/**
 * Stops a canary as soon as it has more failures than an equal one would have, in a window whose length is known: the chance of a
 * false stop in the whole window is spent minute by minute, and what is spent is computed exactly instead of being bounded.
 *
 * Given how many failures D both arms had in a minute, and their requests n_c and n_b, the canary's share c of them is
 * hypergeometric when all requests fail independently with the same probability, whatever that is and however it changes from minute
 * to minute; with p_c < p_b it is stochastically smaller. So the law of C_t = Σ c among the canaries that have not been stopped is
 * known without knowing p, and one convolution a minute carries it on. The bound of minute t is the lowest B for which
 *
 *     P(C_t ≥ B, not stopped before | all D) + (what has been spent) ≤ α·g(t),      g(t) = ln(1 + t/3)/ln(1 + W/3)
 *
 * (an error-spending rule in the sense of Lan & DeMets, Biometrika 1983). The crossing mass is taken out and counted as spent.
 *
 * Why the guarantee holds. B depends on D, n_c, n_b and t only. "C_s ≥ B_s for an s ≤ W" can only become true, never false, when a c
 * grows, so that its chance is greatest where p_c = p_b in every minute, and there it is what was spent, at most α·g(W) = α.
 * Rounding goes the safe way: mass that is trimmed at the top counts as spent, mass trimmed at the bottom is moved up. Conditions:
 * requests independent of each other; the traffic, its split and the failure rate of the old version do not react to which arm
 * failed before. With a margin r0 > 1 the law is the binomial with θ = r0·n_c/(r0·n_c + n_b), exact for Poisson counts.
 *
 * With a slack a the baseline is given a·n_b/r0 more failures than it had, which makes "p_c ≤ r0·p_b + a" the same as "p_c ≤
 * r0·p̃_b". What is given does not vary as failures do, so the law takes the arms to vary more than they do: measured, not proved
 * (docs/judge.md).
 *
 * Where arms differ by more than chance (φ > 1), the same law is also computed in units of φ failures: exact for incidents of φ
 * failures each, measured for other noise (docs/judge.md). A stop needs both bounds, so it is never easier than the one above. φ
 * depends on the length of time, as slow drift shows only in long sums: φ of up to 1, 5, 15, 30 minutes, and beyond. If the minutes
 * of the release are clearly noisier than those of the history, the excess C − Σ D·θ is reckoned smaller in proportion to the square
 * root, which again only makes stops rarer.
 */
import { comparesArms, type Minute, refuseNoCounts } from './count-test.js';
import { RunningPhi } from './dispersion.js';
import type { Start } from './restarts.js';
import { type SpanPhi, spanAt, spanLengths } from './span-dispersion.js';

export interface SpendingOptions {
  /** Chance that a canary which is no worse is stopped in the window. */
  readonly alpha: number;
  /** Minutes. What comes later is not judged. */
  readonly window: number;
  /** How many times as often the canary may fail. */
  readonly margin: number;
  /** And how much more, as a share of its requests. */
  readonly slack: number;
  readonly phi: SpanPhi;
  /** Shares of alpha for tests that begin later, so that late harm is not hidden by the good minutes before it. They sum to 1. */
  readonly starts: readonly Start[];
}

/** g: how much of alpha is spent after so many minutes of the window, 0 to 1. */
export const shareSpent = (minutes: number, window: number): number => Math.log1p(minutes / 3) / Math.log1p(window / 3);

/** Most of alpha from the beginning, the rest at the sixths of the window. @param window minutes */
export const usualSpending = (window: number): readonly Start[] => [
  { at: 0, weight: 0.9 },
  ...[1, 2, 3, 4, 5].map((k) => ({ at: Math.round((k * window) / 6), weight: 0.02 })),
];

/** Where the test stands that has stopped, or else the one from the beginning. */
export interface SpendingState {
  /** Minutes after which the canary was stopped; undefined: it was not. What comes later does not take it back. */
  readonly stoppedAfter: number | undefined;
  /** The minutes before this one are left out of the next three. */
  readonly since: number;
  /** Failures of the canary. */
  readonly failures: number;
  /** Those of a canary at the margin, on average. */
  readonly expected: number;
  /** Those at which it is stopped. */
  readonly bound: number;
  /** How much of the way to its bound the test has gone that is nearest to it now; 1 where the canary was stopped. */
  readonly harm: number;
  /** What has been spent of alpha, in all tests. */
  readonly spent: number;
}

/** Of a canary with fewer requests than this nothing is said, whatever became of them. */
const fewestRequests = 20;

/** So many times noisier than its history is a release by chance: two standard errors after an hour. */
const chance = 1.2;

export class SpendingTest {
  readonly #options: SpendingOptions;
  readonly #parts: readonly Part[];
  readonly #phi: RunningPhi;
  #minutes = 0;
  #requests = 0;
  #stoppedAfter: number | undefined;
  #stopper: Part;

  constructor(options: SpendingOptions) {
    this.#options = options;
    this.#parts = options.starts.map((start) => new Part(start, options));
    this.#phi = new RunningPhi(options.phi[0]);
    const first = this.#parts[0];
    if (first === undefined) throw new RangeError('no start');
    this.#stopper = first;
  }

  /** @throws {RangeError} for what is no count */
  add(minute: Minute): void {
    refuseNoCounts(minute);
    if (!comparesArms(minute)) return;
    if (this.#minutes >= this.#options.window) return;
    const noisier = Math.max(1, this.#phi.value / (chance * this.#options.phi[0]));
    this.#phi.add(minute);
    this.#requests += minute.nc;
    const slices: Slices = new Map();
    for (const part of this.#parts) {
      if (part.at > this.#minutes) continue;
      const crossed = part.add(minute, noisier, slices);
      if (!crossed || this.#stoppedAfter !== undefined || this.#requests < fewestRequests) continue;
      this.#stoppedAfter = this.#minutes + 1;
      this.#stopper = part;
    }
    this.#minutes += 1;
  }

  get state(): SpendingState {
    const { at, failures, expected, bound } = this.#stopper;
    const spent = this.#parts.reduce((sum, part) => sum + part.spent, 0);
    const harm = this.#stoppedAfter === undefined ? Math.max(...this.#parts.map((part) => part.harm)) : 1;
    return { stoppedAfter: this.#stoppedAfter, since: at, failures, expected, bound, harm, spent };
  }
}

/** The test that begins after `at` minutes. */
class Part {
  readonly at: number;
  readonly #alpha: number;
  readonly #window: number;
  readonly #margin: number;
  readonly #slack: number;
  readonly #phi: SpanPhi;
  /** By unit: of one failure, and of each φ. */
  readonly #laws: Map<number, Law>;
  #minutes = 0;
  #crossed = false;
  failures = 0;
  expected = 0;
  bound = Number.POSITIVE_INFINITY;

  constructor({ at, weight }: Start, { alpha, window, margin, slack, phi }: SpendingOptions) {
    this.at = at;
    this.#alpha = alpha * weight;
    this.#window = window - at;
    this.#margin = margin;
    this.#slack = slack;
    this.#phi = phi;
    this.#laws = new Map([1, ...unitsFrom(phi, 1, this.#window)].map((unit) => [unit, new Law(unit)]));
  }

  get harm(): number {
    const excess = this.failures - this.expected;
    return excess <= 0 ? 0 : Math.min(1, excess / Math.max(excess, this.bound - this.expected));
  }

  /** What the law of independent requests has spent. */
  get spent(): number {
    return this.#laws.get(1)?.spent ?? 0;
  }

  /** @param noisier how much more the arms differ than in the history, at least 1 @returns whether the canary is stopped */
  add(minute: Minute, noisier: number, slices: Slices): boolean {
    const { c, nc, nb } = minute;
    const b = minute.b + (nb * this.#slack) / this.#margin;
    this.#minutes += 1;
    this.failures += c;
    this.expected += ((c + b) * this.#margin * nc) / (this.#margin * nc + nb);
    const budget = this.#alpha * shareSpent(this.#minutes, this.#window);
    const phi = spanAt(this.#phi, this.#minutes);
    const units = unitsFrom(this.#phi, this.#minutes, this.#window);
    let bound = 0;
    for (const law of this.#laws.values()) {
      if (law.unit !== 1 && !units.includes(law.unit)) {
        this.#laws.delete(law.unit);
        continue;
      }
      law.add({ c, nc, b, nb }, this.#margin, slices);
      const own = law.bound(budget);
      if (law.unit === 1 || law.unit === phi) bound = Math.max(bound, own);
    }
    this.bound = bound + Math.max(0, bound - this.expected) * (Math.sqrt(noisier) - 1);
    this.#crossed = this.failures > this.expected && this.failures >= this.bound - 1e-9;
    return this.#crossed;
  }
}

/** The units that sums over `minutes` to `window` minutes are reckoned in; of shorter sums nothing is asked any more. */
const unitsFrom = (phi: SpanPhi, minutes: number, window: number): number[] =>
  [minutes, ...spanLengths.filter((length) => length > minutes && length < window), window].map((length) =>
    spanAt(phi, length),
  );

/** Mass that is not worth carrying further: at the bottom, where it is moved up, and at the top, where it counts as spent. */
const littleBelow = 1e-6;
const littleAbove = 1e-9;

/** Slices of one minute by their number of units: the tests that begin at different times need the same ones. */
type Slices = Map<number, Slice>;

/** With more points than this the law is kept at every second one. */
const mostPoints = 256;

/**
 * The law of the canary's failures, in units of so many, among the canaries that have not been stopped.
 *
 * It is exact as long as it is narrow, which for ten failures a minute is an hour and more. Then it is kept at every 2nd, 4th, 8th… point,
 * what lies between dealt to both neighbours so that the mean stays: the law becomes wider by less than a hundredth, the bounds with it.
 */
class Law {
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
interface Slice {
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
