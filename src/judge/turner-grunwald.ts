/**
 * Shares of two arms, at whatever size: evidence against "both arms are the same", whatever that share is and however it changes, which
 * may be looked at after every minute. Sharper than the count test where shares are large, as of requests that take longer than the
 * median; it knows no margin.
 *
 * For each odds ratio OR, with the share p_b of the baseline guessed from the minutes before and p_c = o/(1+o), o = OR·p_b/(1−p_b):
 *
 *     ln e = ll(c, n_c, p_c) + ll(b, n_b, p_b) − ll(c+b, n_c+n_b, p_0),   p_0 = (n_c·p_c + n_b·p_b)/(n_c + n_b)
 *     ll(k, n, p) = k·ln p + (n−k)·ln(1−p)
 *
 * and an even mixture over twelve of them (Turner, Ly & Grünwald, "Generic E-variables for exact sequential k-sample tests",
 * arXiv:2106.02693).
 */
import type { Minute } from './count-test.js';
import { logSumExp } from './mixture.js';

const oddsRatios = [1.1, 1.2, 1.35, 1.5, 1.75, 2, 2.5, 3, 4, 6, 10, 20];
const logWeight = -Math.log(oddsRatios.length);

/** A test of two arms that spends each minute at a dispersion known before it. */
export interface ArmTest {
  /** @param phi see `RunningPhi` */
  add(minute: Minute, phi: number): void;
  readonly logE: number;
  /** ln E after so many more minutes that are all like this one. */
  ahead(minute: Minute, phi: number, times: number): number;
}

const logLikelihood = (k: number, n: number, p: number): number => k * Math.log(p) + (n - k) * Math.log(1 - p);

/** ln e of one minute, for shares that are fixed before it. */
export function logSharesRatio({ c, nc, b, nb }: Minute, pc: number, pb: number): number {
  const p0 = (nc * pc + nb * pb) / (nc + nb);
  return logLikelihood(c, nc, pc) + logLikelihood(b, nb, pb) - logLikelihood(c + b, nc + nb, p0);
}

export class SharesTest implements ArmTest {
  readonly #sums = new Float64Array(oddsRatios.length).fill(logWeight);
  #b = 0;
  #nb = 0;
  /** What the minute that was asked for last would add: estimates ask for it many times. */
  #next: { readonly minute: Minute; readonly gains: Float64Array } | undefined;

  add(minute: Minute, phi = 1): void {
    if (minute.nc <= 0 || minute.nb <= 0) return;
    this.#advance(this.#sums, this.#gains(minute), 1 / phi);
    this.#b += minute.b;
    this.#nb += minute.nb;
    this.#next = undefined;
  }

  get logE(): number {
    return logSumExp(this.#sums);
  }

  ahead(minute: Minute, phi: number, times: number): number {
    if (this.#next?.minute !== minute) this.#next = { minute, gains: this.#gains(minute) };
    const sums = this.#sums.slice();
    this.#advance(sums, this.#next.gains, times / phi);
    return logSumExp(sums);
  }

  #advance(sums: Float64Array, gains: Float64Array, part: number): void {
    for (let i = 0; i < sums.length; i += 1) sums[i] = (sums[i] as number) + (gains[i] as number) * part;
  }

  #gains(minute: Minute): Float64Array {
    const pb = Math.min(0.999, Math.max(0.0005, (0.5 + this.#b) / (1 + this.#nb)));
    const gains = new Float64Array(oddsRatios.length);
    for (let i = 0; i < gains.length; i += 1) {
      const odds = ((oddsRatios[i] as number) * pb) / (1 - pb);
      gains[i] = logSharesRatio(minute, odds / (1 + odds), pb);
    }
    return gains;
  }
}
