import { lnGamma } from '../../../src/judge/proportion.js';

/**
 * Whether counts are dealt as `split` says, for a split that does not change: ln O of the Dirichlet-multinomial against the
 * multinomial, α_i = k·split_i (Lindon & Malek, NeurIPS 2022, arXiv:2011.03567). Tells an uneven split of the traffic.
 */
export function logOddsOfSplit(counts: readonly number[], split: readonly number[], k: number): number {
  const sum = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0);
  const alphas = split.map((share) => k * share);
  const parts = counts.map((n, i) => {
    const alpha = alphas[i] ?? 0;
    return lnGamma(alpha + n) - lnGamma(alpha) - n * Math.log(split[i] ?? 0);
  });
  return lnGamma(sum(alphas)) - lnGamma(sum(alphas) + sum(counts)) + sum(parts);
}

/**
 * Half the width of a band around the share of requests up to any duration, at all durations and all looks at once: 0.85·√((ln ln(e·n) +
 * 0.8·ln(1612/α))/n), n ≥ 1 (Howard & Ramdas, "Sequential estimation of quantiles", arXiv:1906.09712). For pictures: the tests see more.
 */
export function ecdfRadius(n: number, alpha: number): number {
  if (!(n >= 1 && Number.isFinite(n) && alpha > 0 && alpha < 1)) throw new RangeError(`no band: ${n}, ${alpha}`);
  return 0.85 * Math.sqrt((Math.log(1 + Math.log(n)) + 0.8 * Math.log(1612 / alpha)) / n);
}
