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
