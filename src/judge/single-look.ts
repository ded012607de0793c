/**
 * What a single look at two arms would say, with nothing allowed for all the other looks: far too quick to stop anything by, and just
 * right to wait a little longer instead of saying that nothing was seen.
 */
import type { Minute } from './count-test.js';
import { lnGamma } from './proportion.js';

/** What adds less than this part is left out. */
const little = 1e-12;

/**
 * Chance that a canary which fails `margin` times as often as the baseline has so many of the failures of both, or more: those that are
 * its own are then binomial with the canary's share of the requests, weighed by the margin (Przyborowski & Wilenski, Biometrika 31, 1940).
 *
 * @returns 1 for one that has no more than its share
 */
export function chanceOf({ c, nc, b, nb }: Minute, margin: number): number {
  const d = c + b;
  const theta = (margin * nc) / (margin * nc + nb);
  if (nc === 0 || nb === 0 || c <= d * theta) return 1;
  const ways = lnGamma(d + 1) - lnGamma(c + 1) - lnGamma(b + 1);
  let term = Math.exp(ways + c * Math.log(theta) + b * Math.log1p(-theta));
  let sum = 0;
  // Above its share each is less likely than the one before it.
  for (let k = c; k <= d && term > little * sum; k += 1) {
    sum += term;
    term *= ((d - k) / (k + 1)) * (theta / (1 - theta));
  }
  return sum;
}
