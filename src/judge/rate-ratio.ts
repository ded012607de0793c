/**
 * How many times as often the canary fails as the baseline: bounds that hold at every look.
 *
 * With δ = ln r, θ = e^δ·n_c/(e^δ·n_c + n_b) and ℓ_t(δ) = Σ (c·ln θ + b·ln(1−θ))/φ, concave in δ, the confidence sequence is
 * { e^δ : ln Σ_k w_k·exp(ℓ_t(δ_k)) − ℓ_t(δ) < ln(1/α) } with δ_k = −4 + 0.05·k, k = 0..160, w_k ∝ exp(−δ_k²/2): a mixture over what
 * the ratio may be against each single one (Lindon & Malek, NeurIPS 2022, arXiv:2011.03567; here for splits that change).
 */
import type { Minute } from './count-test.js';
import { logSumExp } from './mixture.js';

const prior = Array.from({ length: 161 }, (_, k) => -4 + 0.05 * k);
const weights = prior.map((delta) => -(delta ** 2) / 2);
const weightSum = logSumExp(weights);
const logWeights = weights.map((w) => w - weightSum);
/** Ratios of the prior, once. */
const priorRatios = prior.map((delta) => Math.exp(delta));

/** Beyond these nobody looks for a bound: ln r. */
const widest = 12;

export interface RatioBounds {
  /** Most likely ratio; null where one of the arms has no failure. */
  readonly ratio: number | null;
  readonly lower: number;
  /** Infinity where the baseline has no failure. */
  readonly upper: number;
}

export class RateRatio {
  readonly #mixed = Float64Array.from(logWeights);
  /** c/φ and b/φ summed up, and of each minute n_c, n_b and (c + b)/φ. */
  #c = 0;
  #b = 0;
  readonly #minutes: { readonly nc: number; readonly nb: number; readonly d: number }[] = [];
  /** Σ (c·ln n_c + b·ln n_b)/φ, which no ratio changes. */
  #constant = 0;

  /** @param phi see `RunningPhi` */
  add({ c, nc, b, nb }: Minute, phi = 1): void {
    if (nc <= 0 || nb <= 0 || c + b === 0) return;
    const d = (c + b) / phi;
    const constant = (c * Math.log(nc) + b * Math.log(nb)) / phi;
    this.#c += c / phi;
    this.#b += b / phi;
    this.#constant += constant;
    this.#minutes.push({ nc, nb, d });
    for (let k = 0; k < this.#mixed.length; k += 1) {
      const likelihood =
        (c / phi) * (prior[k] as number) + constant - d * Math.log((priorRatios[k] as number) * nc + nb);
      this.#mixed[k] = (this.#mixed[k] as number) + likelihood;
    }
  }

  /** @param alpha 1 less how sure the bounds are to hold at all looks together */
  bounds(alpha: number): RatioBounds {
    if (this.#minutes.length === 0) return { ratio: null, lower: 0, upper: Number.POSITIVE_INFINITY };
    const level = logSumExp(this.#mixed) - Math.log(1 / alpha);
    const best = this.#best();
    const excess = (delta: number): number => level - this.#logLikelihood(delta);
    const edge = (from: number): number => this.#root(from, (delta) => [excess(delta), -this.#slope(delta)[0]]);
    return {
      ratio: this.#c > 0 && this.#b > 0 ? Math.exp(best) : null,
      lower: this.#c === 0 || excess(-widest) <= 0 ? 0 : Math.exp(edge(-widest)),
      upper: this.#b === 0 || excess(widest) <= 0 ? Number.POSITIVE_INFINITY : Math.exp(edge(widest)),
    };
  }

  #logLikelihood(delta: number): number {
    const ratio = Math.exp(delta);
    let sum = this.#constant + this.#c * delta;
    for (const { nc, nb, d } of this.#minutes) sum -= d * Math.log(ratio * nc + nb);
    return sum;
  }

  /** First and second derivative of the likelihood. */
  #slope(delta: number): readonly [number, number] {
    const ratio = Math.exp(delta);
    let first = this.#c;
    let second = 0;
    for (const { nc, nb, d } of this.#minutes) {
      const theta = (ratio * nc) / (ratio * nc + nb);
      first -= d * theta;
      second -= d * theta * (1 - theta);
    }
    return [first, second];
  }

  /** The most likely ln r. Newton's steps alone diverge from here where the split or the ratio is very uneven, so they are bracketed. */
  #best(): number {
    let [low, high] = [-widest, widest];
    let delta = 0;
    for (let i = 0; i < 100; i += 1) {
      const [first, second] = this.#slope(delta);
      if (first > 0) low = delta;
      else high = delta;
      const step = delta - first / second;
      const next = step > low && step < high ? step : (low + high) / 2;
      if (Math.abs(next - delta) < 1e-13 * Math.max(1, Math.abs(delta))) break;
      delta = next;
    }
    return delta;
  }

  /** Newton's method, which comes from the outside of a convex function without passing its root. */
  #root(from: number, at: (delta: number) => readonly [number, number]): number {
    let delta = from;
    for (let i = 0; i < 100; i += 1) {
      const [value, slope] = at(delta);
      const step = value / slope;
      const next = Math.min(widest, Math.max(-widest, delta - step));
      if (!Number.isFinite(next) || Math.abs(next - delta) < 1e-13 * Math.max(1, Math.abs(delta))) break;
      delta = next;
    }
    return delta;
  }
}
