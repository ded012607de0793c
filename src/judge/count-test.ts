/**
 * Failures of two arms that serve at the same time: evidence against "the canary fails at most `margin` times as often as the
 * baseline, and `slack` more", which may be looked at after every minute.
 *
 * For minute t with c failures of n_c requests in the canary and b of n_b in the baseline, D = c + b, margin r0, slack a, and each
 * alternative r_k > r0:
 *
 *     ln e[k,t] = c·ln(r_k/r0) + D·ln((r0·n_c + n_b)/(r_k·n_c + n_b)) − a·n_c·((r_k/r0)·(r0·n_c + n_b)/(r_k·n_c + n_b) − 1)
 *     ln E_t    = ln Σ_k w_k·exp(Σ_{s≤t} ln e[k,s]/φ_s)
 *
 * It generalises the Bernoulli and Poisson cases of Lindon & Malek, "Anytime-valid inference for multinomial count data" (NeurIPS
 * 2022, arXiv:2011.03567), to splits that change every minute. Under the hypothesis E[e] ≤ exp(n_c·(p_c − r0·p_b − a)·(θ_k/θ_0 − 1))
 * ≤ 1 with θ(r) = r·n_c/(r·n_c + n_b), as each factor 1 + p·x is at most exp(p·x); so E is at most 1 on average whenever one stops
 * looking, and ever reaches 1/α with a chance of at most α (Ville 1939). The failure rates may change every minute. Dividing by a
 * predictable φ ≥ 1 keeps that, since E[e^(1/φ)] ≤ (E[e])^(1/φ) (Jensen).
 *
 * With alternatives below the margin and no slack it is evidence against "at least `margin` times as often": proof of being no worse.
 */
import { logSumExp, type Mixture } from './mixture.js';

/** What both arms did in one minute, or another span of time. Not always whole: systems extrapolate and weigh. All finite, not below 0. */
export interface Minute {
  /** Failures of the canary. */
  readonly c: number;
  /** Requests of the canary. */
  readonly nc: number;
  /** Failures of the baseline. */
  readonly b: number;
  /** Requests of the baseline. */
  readonly nb: number;
}

/** Both arms had requests; a minute in which one had none compares nothing. */
export const comparesArms = ({ nc, nb }: Minute): boolean => nc > 0 && nb > 0;

/** @throws {RangeError} for what is no count: a statistic of it would be a number like any other */
export function refuseNoCounts({ c, nc, b, nb }: Minute): void {
  if (!(c >= 0 && nc >= 0 && b >= 0 && nb >= 0 && Number.isFinite(c + nc + b + nb))) {
    throw new RangeError(`no counts: ${c} of ${nc}, ${b} of ${nb}`);
  }
}

export class CountTest {
  readonly #mixture: Mixture;
  readonly #margin: number;
  readonly #slack: number;
  readonly #gains: Float64Array;
  readonly #sums: Float64Array;

  /**
   * @param mixture the alternatives, as ratios of both failure rates
   * @param margin r0, above 0
   * @param slack a, a share of the canary's requests; only with alternatives above the margin
   * @throws {RangeError} for what would make a test that can never stop
   */
  constructor(mixture: Mixture, margin: number, slack = 0) {
    if (!(margin > 0 && Number.isFinite(margin))) throw new RangeError(`no margin: ${margin}`);
    if (!(slack >= 0 && slack < 1)) throw new RangeError(`no slack: ${slack}`);
    this.#mixture = mixture;
    this.#margin = margin;
    this.#slack = slack;
    this.#gains = Float64Array.from(mixture.ratios, (r) => Math.log(r / margin));
    this.#sums = Float64Array.from(mixture.logWeights);
  }

  /** @param phi how much more than by chance the arms differ, at least 1, known before this minute */
  add(minute: Minute, phi = 1): void {
    this.#advance(this.#sums, minute, 1 / phi);
  }

  /** ln E, 0 before the first minute. */
  get logE(): number {
    return logSumExp(this.#sums);
  }

  /** ln E after so many more minutes that are all like this one. */
  ahead(minute: Minute, phi: number, times: number): number {
    const sums = this.#sums.slice();
    this.#advance(sums, minute, times / phi);
    return logSumExp(sums);
  }

  /** The most that such a minute adds to ln E of an alternative; for estimates. */
  bestGain(minute: Minute): number {
    const gains = new Float64Array(this.#sums.length);
    this.#advance(gains, minute, 1);
    return Math.max(...gains);
  }

  /** @param part how much of the minute counts */
  #advance(sums: Float64Array, { c, nc, b, nb }: Minute, part: number): void {
    if (nc <= 0 || nb <= 0) return;
    const d = c + b;
    const held = this.#margin * nc + nb;
    for (let k = 0; k < sums.length; k += 1) {
      const ratio = this.#mixture.ratios[k] as number;
      const share = held / (ratio * nc + nb);
      const allowed = this.#slack === 0 ? 0 : this.#slack * nc * ((ratio / this.#margin) * share - 1);
      const gain = c * (this.#gains[k] as number) + d * Math.log(share) - allowed;
      sums[k] = (sums[k] as number) + gain * part;
    }
  }
}

/** Both alternatives and margin are ratios of failure rates; those of `mixture` are given as multiples of the margin. */
export const above = (mixture: Mixture, margin: number): Mixture => ({
  ...mixture,
  ratios: mixture.ratios.map((r) => r * margin),
});
