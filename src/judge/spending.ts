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
import { FailureLaw, type Slices } from './failure-law.js';
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
  readonly #laws: Map<number, FailureLaw>;
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
    this.#laws = new Map([1, ...unitsFrom(phi, 1, this.#window)].map((unit) => [unit, new FailureLaw(unit)]));
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
