/** What no judge may be made from, as it could never stop; and estimates that must hold for uneven arms and with slack. */
import { describe, expect, it } from 'vitest';
import { CountTest } from '../../src/judge/count-test.js';
import { phiOf, RunningPhi } from '../../src/judge/dispersion.js';
import { spread, worse } from '../../src/judge/mixture.js';
import { RateTest, rateBounds } from '../../src/judge/proportion.js';
import type { RateJudgeOptions } from '../../src/judge/rate-judge.js';
import { RateRatio } from '../../src/judge/rate-ratio.js';
import { evenDispersion } from '../../src/judge/stop-test.js';
import { judgeWith } from './support/rollout.js';

describe('a judge that could not judge', () => {
  it.each<[string, Partial<RateJudgeOptions>]>([
    ...[Number.NaN, Number.POSITIVE_INFINITY, 0.5, -3].map((phi): [string, object] => [
      `phi ${phi}`,
      { dispersion: evenDispersion(phi) },
    ]),
    ...[Number.NaN, 0, -1, 1, 2].map((alpha): [string, object] => [`alpha ${alpha}`, { alpha }]),
    ...[Number.NaN, Number.POSITIVE_INFINITY, 0, -1].map((margin): [string, object] => [
      `margin ${margin}`,
      { margin },
    ]),
    ...[Number.NaN, -0.1, 1].map((slack): [string, object] => [`slack ${slack}`, { slack }]),
    ...[Number.NaN, Number.POSITIVE_INFINITY, 0, -5].map((minutes): [string, object] => [
      `window ${minutes}`,
      { window: minutes },
    ]),
    ['accepting a ratio of 1', { accept: { ratio: 1, alpha: 0.05 } }],
    ['accepting a ratio that is none', { accept: { ratio: Number.NaN, alpha: 0.05 } }],
    ['accepting without risk', { accept: { ratio: 2, alpha: 0 } }],
  ])('is refused: %s', (_, options) => {
    expect(() => judgeWith(options)).toThrow(RangeError);
  });

  it('is refused in its parts too', () => {
    const history = Array.from({ length: 60 }, () => ({ c: 5, nc: 500, b: 5, nb: 500 }));
    expect(() => phiOf([...history, { c: Number.NaN, nc: 500, b: 5, nb: 500 }])).toThrow(RangeError);
    expect(() => phiOf([...history, { c: -5, nc: 500, b: 5, nb: 500 }])).toThrow(RangeError);
    expect(() => new RunningPhi(Number.NaN)).toThrow(RangeError);
    expect(() => new CountTest(worse, Number.NaN)).toThrow(RangeError);
    expect(() => rateBounds(200, 100, 0.05)).toThrow(RangeError);
    expect(() => rateBounds(5, 100, 0)).toThrow(RangeError);
    expect(() => new RateTest(spread, 0.001).add(Number.NaN, 1000)).toThrow(RangeError);
  });
});

describe('the most likely ratio', () => {
  it.each([
    [{ c: 50, nc: 500, b: 50, nb: 9500 }, 19],
    [{ c: 50, nc: 9500, b: 50, nb: 500 }, 1 / 19],
    [{ c: 500, nc: 500, b: 500, nb: 99_500 }, 199],
    [{ c: 5, nc: 50, b: 1, nb: 950 }, 95],
    [{ c: 1, nc: 950, b: 5, nb: 50 }, 1 / 95],
  ])('of %o is %d, and within its bounds', (minute, wanted) => {
    const arms = new RateRatio();
    arms.add(minute);
    const { ratio, lower, upper } = arms.bounds(0.05);
    expect((ratio ?? Number.NaN) / wanted).toBeCloseTo(1, 9);
    expect(ratio).toBeGreaterThan(lower);
    expect(ratio).toBeLessThan(upper);
  });
});

describe('slack', () => {
  it('is not promised to be seen', () => {
    const judge = judgeWith({ slack: 0.0005 });
    for (let t = 0; t < 30; t += 1) judge.add({ c: 5, nc: 5000, b: 5, nb: 5000 });
    // 0.05 points on 0.1 % are what is allowed: half as much again is no harm.
    expect(judge.minutesToSee(1.5)).toBeUndefined();
    expect(judge.seeable(60)).toBeGreaterThan(1.5);
  });
});

describe('the traffic to come', () => {
  it('is that of the last minutes', () => {
    const [risen, steady] = [judgeWith(), judgeWith()];
    for (let t = 0; t < 12; t += 1) risen.add({ c: 0.1, nc: 10, b: 9.9, nb: 990 });
    for (let t = 0; t < 12; t += 1) steady.add({ c: 0.1, nc: 10, b: 9.9, nb: 990 });
    for (let t = 0; t < 3; t += 1) risen.add({ c: 1, nc: 100, b: 1, nb: 100 });
    for (let t = 0; t < 3; t += 1) steady.add({ c: 0.1, nc: 10, b: 9.9, nb: 990 });
    const left = [risen, steady].map((judge) => judge.minutesLeft(600, { minutes: 0, requests: 0 }) ?? 600);
    expect(left[0]).toBeLessThan((left[1] ?? 0) / 3);
  });
});
