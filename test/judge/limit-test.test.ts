import { describe, expect, it } from 'vitest';
import { LimitTest } from '../../src/judge/limit-test.js';
import { spread } from '../../src/judge/mixture.js';
import { RateTest } from '../../src/judge/proportion.js';
import { usualStarts } from '../../src/judge/restarts.js';
import { chanceOf } from '../../src/judge/single-look.js';
import { randomOf, withinRate } from './support/rollout.js';

const once = [{ at: 0, weight: 1 }];

describe('one arm against its limit', () => {
  it('is the test of one rate where it begins once, and tempered by dividing the counts', () => {
    const [test, rate] = [new LimitTest(0.05, { phi: 2, starts: once }), new RateTest(spread, 0.05)];
    expect(test.logE).toBeCloseTo(0, 12);
    for (const [failures, requests] of [
      [3, 20],
      [0, 20],
      [9, 40],
    ] as const) {
      test.add(failures, requests);
      rate.add(failures / 2, requests / 2);
    }
    expect(test.logE).toBe(rate.logE);
  });

  it('sees late harm sooner where it begins anew', () => {
    const [whole, anew] = [once, usualStarts(30)].map((starts) => new LimitTest(0.05, { phi: 1, starts }));
    for (let round = 0; round < 28; round += 1) for (const test of [whole, anew]) test?.add(round < 25 ? 0 : 10, 20);
    expect(anew?.logE).toBeGreaterThan(Math.log(20));
    expect(whole?.logE).toBeLessThan(Math.log(20));
  });

  it('takes the first failure for proof where none is promised', () => {
    const test = new LimitTest(0, { phi: 5, starts: once });
    test.add(0, 1000);
    expect(test.logE).toBe(0);
    test.add(1, 20);
    expect(test.logE).toBe(Number.POSITIVE_INFINITY);
  });

  it('stops one at its limit no oftener than it may, with a look after each round', () => {
    const runs = 2000;
    let stopped = 0;
    for (let run = 0; run < runs; run += 1) {
      const random = randomOf(run);
      const test = new LimitTest(0.05, { phi: 1, starts: usualStarts(30) });
      let most = 0;
      for (let round = 0; round < 30; round += 1) {
        test.add(random.binomial(20, 0.05), 20);
        most = Math.max(most, test.logE);
      }
      if (most >= Math.log(20)) stopped += 1;
    }
    expect(withinRate(0.05, stopped, runs), `${stopped} of ${runs}`).toBe(true);
    expect(stopped).toBeGreaterThan(0);
  });

  it.each([
    [1, 1],
    [-0.1, 1],
    [Number.NaN, 1],
    [0.1, 0.5],
    [0.1, Number.POSITIVE_INFINITY],
  ])('refuses a limit of %d at a dispersion of %d', (promised, phi) => {
    expect(() => new LimitTest(promised, { phi, starts: once })).toThrow(RangeError);
  });
});

describe('a single look', () => {
  it('is the binomial tail of the failures of both arms', () => {
    // Of 3, each in the canary with 1/2: all 3.
    expect(chanceOf({ c: 3, nc: 100, b: 0, nb: 100 }, 1)).toBeCloseTo(1 / 8, 12);
    expect(chanceOf({ c: 2, nc: 100, b: 1, nb: 100 }, 1)).toBeCloseTo(1 / 2, 12);
    expect(chanceOf({ c: 1, nc: 100, b: 0, nb: 300 }, 1)).toBeCloseTo(1 / 4, 12);
    expect(chanceOf({ c: 2, nc: 100, b: 0, nb: 100 }, 3)).toBeCloseTo((3 / 4) ** 2, 12);
  });

  it('suspects nobody who did not fail, or who cannot be compared', () => {
    expect(chanceOf({ c: 0, nc: 100, b: 50, nb: 100 }, 1)).toBe(1);
    expect(chanceOf({ c: 5, nc: 100, b: 0, nb: 0 }, 1)).toBe(1);
  });

  it('bears many failures', () => {
    expect(chanceOf({ c: 60_000, nc: 1e6, b: 40_000, nb: 1e6 }, 1)).toBeLessThan(1e-9);
    expect(chanceOf({ c: 40_000, nc: 1e6, b: 60_000, nb: 1e6 }, 1)).toBeCloseTo(1, 9);
  });
});
