/** Simulated releases with two arms, and how sure a simulation is of what it counted. */
import type { Minute } from '../../../src/judge/count-test.js';
import { RateJudge, type RateJudgeOptions } from '../../../src/judge/rate-judge.js';
import { evenDispersion } from '../../../src/judge/stop-test.js';
import { logFactorial, Random } from './random.js';

/** Minutes that a release is watched, and looked at after each. */
export const window = 60;

export const usual: RateJudgeOptions = {
  alpha: 0.05,
  margin: 1,
  slack: 0,
  dispersion: evenDispersion(1),
  window,
  accept: { ratio: 2, alpha: 0.05 },
};

export const judgeWith = (options: Partial<RateJudgeOptions> = {}): RateJudge =>
  new RateJudge({ ...usual, ...options });

/** Requests of one minute, dealt to the arms by chance. */
export function traffic(random: Random, requests: number, share: number): { readonly nc: number; readonly nb: number } {
  const n = random.poisson(requests);
  const nc = random.binomial(n, share);
  return { nc, nb: n - nc };
}

/** Requests that fail independently of each other, with chances `pc` and `pb`. */
export function independent(random: Random, requests: number, share: number, pc: number, pb: number): Minute {
  const { nc, nb } = traffic(random, requests, share);
  return { c: random.binomial(nc, pc), nc, b: random.binomial(nb, pb), nb };
}

/** The canary's share in minute `t` of a rollout by steps. */
export const ramp = (t: number): number => (t < 10 ? 0.01 : t < 20 ? 0.05 : t < 35 ? 0.25 : 0.5);

/** One seed for each run, the same in every scenario, so that a red test says the judge has changed. */
export const randomOf = (run: number): Random => new Random(run * 7919 + 17);

/** P(X ≤ x) of a binomial. */
function atMost(x: number, n: number, p: number): number {
  let sum = 0;
  for (let k = 0; k <= x; k += 1) {
    const ways = logFactorial(n) - logFactorial(k) - logFactorial(n - k);
    sum += Math.exp(ways + k * Math.log(p) + (n - k) * Math.log1p(-p));
  }
  return sum;
}

/**
 * Whether `found` of `runs` shows that the true rate is below `rate`: one at `rate` would give so few in less than 1 of 1000
 * simulations (one-sided, exact binomial).
 */
export const provenBelow = (rate: number, found: number, runs: number): boolean => atMost(found, runs, rate) < 0.001;

/**
 * Whether `found` of `runs` is in accord with a true rate of at most `rate`: one at `rate` would give so many or more in at least 1 of
 * 1000 simulations. For a test that spends the whole of its rate, which nothing can prove to lie below it.
 */
export const withinRate = (rate: number, found: number, runs: number): boolean =>
  found === 0 || 1 - atMost(found - 1, runs, rate) >= 0.001;
