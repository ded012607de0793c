/** The failure rate of one arm: bounds that hold at every look, and evidence against a rate that is promised. */
import { logSumExp, type Mixture } from './mixture.js';

/** ln Γ(x) for x > 0: Stirling's series, from 15 on exact to the last digits (Abramowitz & Stegun 6.1.41), and downwards by Γ(x+1) = xΓ(x). */
export function lnGamma(x: number): number {
  let shifted = x;
  let below = 0;
  for (; shifted < 15; shifted += 1) below += Math.log(shifted);
  const s = 1 / (shifted * shifted);
  const series = (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s / 1680))) / shifted;
  return (shifted - 0.5) * Math.log(shifted) - shifted + 0.5 * Math.log(2 * Math.PI) + series - below;
}

const lnBeta = (a: number, b: number): number => lnGamma(a) + lnGamma(b) - lnGamma(a + b);

/**
 * { p : ln B(½+S, ½+n−S) − ln B(½, ½) − S·ln p − (n−S)·ln(1−p) < ln(1/α) }: Robbins' mixture over all rates, Beta(½, ½), against each
 * single one, for requests that all fail with the same chance (H. Robbins, Ann. Math. Statist. 41, 1970).
 *
 * @param failures S, of `requests` n
 * @param alpha chance that the rate is ever outside
 */
export function rateBounds(
  failures: number,
  requests: number,
  alpha: number,
): { readonly lower: number; readonly upper: number } {
  if (!(failures >= 0 && failures <= requests && Number.isFinite(requests))) {
    throw new RangeError(`no counts: ${failures} of ${requests}`);
  }
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`no rate of errors: ${alpha}`);
  if (!(requests > 0)) return { lower: 0, upper: 1 };
  const good = requests - failures;
  const level = lnBeta(0.5 + failures, 0.5 + good) - lnBeta(0.5, 0.5) - Math.log(1 / alpha);
  const term = (n: number, x: number): number => (n === 0 ? 0 : n * Math.log(x));
  const outside = (p: number): boolean => level >= term(failures, p) + term(good, 1 - p);
  const edge = (out: number, within: number): number => {
    let [no, yes] = [out, within];
    for (let i = 0; i < 200 && Math.abs(yes - no) > 1e-16 * Math.abs(yes); i += 1) {
      const middle = (no + yes) / 2;
      if (outside(middle)) no = middle;
      else yes = middle;
    }
    return yes;
  };
  const rate = failures / requests;
  return { lower: failures === 0 ? 0 : edge(0, rate), upper: good === 0 ? 1 : edge(1, rate) };
}

/**
 * Evidence against "at most a share `promised` of the requests fails, in every minute": ln e_k = c·ln r_k − n·a·(r_k − 1), a mixture
 * over ratios r_k > 1. With ratios below 1 it is evidence against "at least": proof that fewer fail. The rate may change all the time.
 */
export class RateTest {
  readonly #mixture: Mixture;
  readonly #promised: number;
  #failures = 0;
  #requests = 0;

  constructor(mixture: Mixture, promised: number) {
    this.#mixture = mixture;
    if (!(promised > 0 && promised < 1)) throw new RangeError(`no promised rate: ${promised}`);
    this.#promised = promised;
  }

  add(failures: number, requests: number): void {
    if (!(failures >= 0 && requests >= 0 && Number.isFinite(failures + requests))) {
      throw new RangeError(`no counts: ${failures} of ${requests}`);
    }
    this.#failures += failures;
    this.#requests += requests;
  }

  get logE(): number {
    return this.ahead(0, 0);
  }

  /** ln E after so many more failures and requests. */
  ahead(failures: number, requests: number): number {
    const { ratios, logWeights } = this.#mixture;
    const allowed = this.#promised * (this.#requests + requests);
    return logSumExp(
      ratios.map((r, k) => (logWeights[k] ?? 0) + (this.#failures + failures) * Math.log(r) - allowed * (r - 1)),
    );
  }
}
