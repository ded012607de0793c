/** Finite mixtures: an e-process that spreads its bet over several alternatives, each with a fixed weight, is an e-process again. */

/** Alternatives and the logarithms of their weights, which sum to 1. */
export interface Mixture {
  /** Ratios of the rates of both arms. */
  readonly ratios: readonly number[];
  readonly logWeights: readonly number[];
}

/** ln Σ exp(xᵢ), without overflow; −Infinity for an empty list. */
export function logSumExp(xs: ArrayLike<number>): number {
  let greatest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < xs.length; i += 1) greatest = Math.max(greatest, xs[i] as number);
  if (!Number.isFinite(greatest)) return greatest;
  let sum = 0;
  for (let i = 0; i < xs.length; i += 1) sum += Math.exp((xs[i] as number) - greatest);
  return greatest + Math.log(sum);
}

const mixture = (ratios: readonly number[], weights: readonly number[]): Mixture => ({
  ratios,
  logWeights: weights.map((w) => Math.log(w)),
});

const evenly = (ratios: readonly number[]): Mixture => mixture(ratios, Array(ratios.length).fill(1 / ratios.length));

/** Times the margin: where a canary that is worse is looked for. Half of the weight lies on +40 % and less than a doubling. */
export const worse: Mixture = mixture([1.4, 1.8, 2.5, 4, 8, 20], [0.35, 0.25, 0.15, 0.1, 0.1, 0.05]);

/** Twelve ratios from 1.25 to 16, on a logarithmic scale: where a rate above a fixed one is looked for. */
export const spread: Mixture = evenly(Array.from({ length: 12 }, (_, k) => 1.25 * 12.8 ** (k / 11)));

/** Ratios from 0.5 to 1: what a canary that is no worse may be. */
export const noWorse: Mixture = evenly(Array.from({ length: 8 }, (_, k) => 0.5 * 2 ** (k / 7)));

/** Parts of a rate that is promised: where a canary that hardly fails at all is looked for. */
export const far: Mixture = evenly([0.05, 0.2, 0.5]);
