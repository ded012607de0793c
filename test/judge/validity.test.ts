/**
 * The promise itself, by simulation: over 60 looks a canary at the limit of what is allowed is stopped at most as often as α says, and
 * one that is at the limit of what is proven is let go at most as often. Seeded; the simulation's own error is accounted for.
 */
import { describe, expect, it } from 'vitest';
import { divideFalseStops } from '../../src/judge/alpha.js';
import type { Minute } from '../../src/judge/count-test.js';
import type { RateJudge, RateJudgeOptions } from '../../src/judge/rate-judge.js';
import { dispersionOf } from '../../src/judge/stop-test.js';
import { Random } from './support/random.js';
import { independent, judgeWith, provenBelow, ramp, randomOf, traffic, window, withinRate } from './support/rollout.js';

type Draw = (random: Random, t: number) => Minute;

const runs = 1000;
/** Where less lies between what happens and what is promised, it takes so many to tell them apart. */
const manyRuns = 3000;

/** In how many of the runs this was true after some minute. */
function count(
  draw: Draw,
  options: Partial<RateJudgeOptions>,
  happened: (judge: RateJudge) => boolean,
  { history, times = runs }: { readonly history?: Draw; readonly times?: number } = {},
): number {
  let found = 0;
  for (let run = 0; run < times; run += 1) {
    const random = randomOf(run);
    const past = history && Array.from({ length: 480 }, (_, t) => history(random, t));
    const judge = judgeWith(past ? { ...options, dispersion: dispersionOf(past) } : options);
    for (let t = 0; t < window; t += 1) judge.add(draw(random, t));
    if (happened(judge)) found += 1;
  }
  return found;
}

const stopped = (judge: RateJudge): boolean => judge.state.stoppedAfter !== undefined;
const accepted = (judge: RateJudge): boolean => judge.state.accepted;

/** Failure rate of the baseline that swings by a factor of eight. */
const drifting = (t: number): number => 0.01 * (1 + 7 * Math.abs(Math.sin(t / 9)));

/** Each arm has better and worse minutes of its own. */
const bursty: Draw = (random) => {
  const rate = (): number => (0.01 * random.gamma(4)) / 4;
  return independent(random, 1000, 0.5, rate(), rate());
};

/** Failures come in clumps of three on average. */
const clumped: Draw = (random) => {
  const { nc, nb } = traffic(random, 1000, 0.5);
  const failures = (n: number): number => {
    let sum = 0;
    for (let clumps = random.poisson((n * 0.01) / 3); clumps > 0; clumps -= 1) sum += random.geometric(1 / 3);
    return Math.min(sum, n);
  };
  return { c: failures(nc), nc, b: failures(nb), nb };
};

describe('a canary that is no worse than allowed is stopped no oftener than it may be', () => {
  it.each<[string, Partial<RateJudgeOptions>, Draw]>([
    [
      'equal, the split at random in each minute',
      {},
      (random) => independent(random, 1000, 0.01 + 0.98 * random.uniform(), 0.01, 0.01),
    ],
    ['at a margin of 1.25', { margin: 1.25 }, (random) => independent(random, 1000, 0.5, 0.0125, 0.01)],
    [
      'at a margin of 1.25, from 1 % to 50 %, the rates drifting',
      { margin: 1.25 },
      (random, t) => independent(random, 1000, ramp(t), 1.25 * drifting(t), drifting(t)),
    ],
    ['at a slack of 0.2 points', { slack: 0.002 }, (random) => independent(random, 1000, 0.2, 0.007, 0.005)],
    [
      'at margin and slack together, from 1 % to 50 %, the rates drifting',
      { margin: 1.1, slack: 0.001 },
      (random, t) => independent(random, 2000, ramp(t), 0.55 * drifting(t) + 0.001, drifting(t) / 2),
    ],
    ['equal, without history', { dispersion: undefined }, (random) => independent(random, 1000, 0.5, 0.01, 0.01)],
  ])('%s', (_, options, draw) => {
    const found = count(draw, options, stopped);
    expect(withinRate(0.05, found, runs), `${found} of ${runs} stopped`).toBe(true);
  });

  it('at α = 1 %', () => {
    const draw: Draw = (random) => independent(random, 1000, 0.5, 0.01, 0.01);
    const found = count(draw, { alpha: 0.01 }, stopped, { times: manyRuns });
    expect(withinRate(0.01, found, manyRuns), `${found} of ${manyRuns} stopped`).toBe(true);
  });

  it.each<[string, Draw]>([
    ['bursts', bursty],
    ['clumps', clumped],
  ])('with a history that knows its %s', (_, draw) => {
    const found = count(draw, {}, stopped, { history: draw });
    expect(withinRate(0.05, found, runs), `${found} of ${runs} stopped`).toBe(true);
  });

  it('by any of five gates that share α', () => {
    const alphas = divideFalseStops(0.05, [0.01, undefined, undefined, undefined, undefined]);
    let found = 0;
    for (let run = 0; run < runs; run += 1) {
      const random = randomOf(run);
      const judges = alphas.map((alpha) => judgeWith({ alpha }));
      for (let t = 0; t < window; t += 1) {
        for (const judge of judges) judge.add(independent(random, 1000, 0.5, 0.01, 0.01));
      }
      if (judges.some(stopped)) found += 1;
    }
    expect(withinRate(0.05, found, runs), `${found} of ${runs} stopped`).toBe(true);
  });
});

describe('a canary that fails twice as often', () => {
  it('is stopped', () => {
    expect(count((random) => independent(random, 1000, 0.5, 0.02, 0.01), {}, stopped)).toBeGreaterThan(0.99 * runs);
  });

  it.each<[string, (t: number) => number]>([
    ['at 50 %', () => 0.5],
    ['from 1 % to 50 %', ramp],
  ])('is hardly ever proven not to, %s', (_, share) => {
    const found = count((random, t) => independent(random, 1000, share(t), 0.02, 0.01), {}, accepted, {
      times: manyRuns,
    });
    expect(provenBelow(0.05, found, manyRuns), `${found} of ${manyRuns} accepted`).toBe(true);
  });
});

it('the true ratio is hardly ever outside the bounds, at any look', () => {
  let outside = 0;
  for (let run = 0; run < runs; run += 1) {
    const random = randomOf(run);
    const judge = judgeWith();
    let missed = false;
    for (let t = 0; t < window; t += 1) {
      judge.add(independent(random, 1000, ramp(t), 0.015, 0.01));
      const { lower, upper } = judge.bounds();
      missed ||= lower > 1.5 || upper < 1.5;
    }
    if (missed) outside += 1;
  }
  expect(provenBelow(0.05, outside, runs), `${outside} of ${runs} outside`).toBe(true);
});

it('the samplers have the moments of what they sample', () => {
  const random = new Random(1);
  const draws = 40_000;
  const check = (draw: () => number, mean: number, variance: number): void => {
    const xs = Array.from({ length: draws }, draw);
    const found = xs.reduce((sum, x) => sum + x, 0) / draws;
    const spread = xs.reduce((sum, x) => sum + (x - found) ** 2, 0) / draws;
    expect(Math.abs(found - mean)).toBeLessThan(5 * Math.sqrt(variance / draws));
    expect(spread / variance).toBeGreaterThan(0.93);
    expect(spread / variance).toBeLessThan(1.07);
  };
  check(() => random.uniform(), 1 / 2, 1 / 12);
  check(() => random.normal(), 0, 1);
  check(() => random.gamma(4), 4, 4);
  for (const mean of [0.3, 8, 25, 1000]) check(() => random.poisson(mean), mean, mean);
  for (const [n, p] of [
    [20, 0.1],
    [500, 0.01],
    [500, 0.2],
    [1000, 0.7],
  ] as const) {
    check(() => random.binomial(n, p), n * p, n * p * (1 - p));
  }
});
