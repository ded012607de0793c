import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type Cumulative,
  checked,
  checkedArms,
  commonBounds,
  exceeding,
  quantilesOf,
  summed,
} from '../../src/judge/histogram.js';
import { ecdfRadius } from './support/closed-form.js';

const counts = (entries: Record<string, number>): Cumulative => new Map(Object.entries(entries));
const arms = (canary: Record<string, number>, baseline = canary) => ({
  canary: counts(canary),
  baseline: counts(baseline),
});

describe('counts by bound', () => {
  it.each<[string, Record<string, number>, RegExp]>([
    ['no last bound', { '0.1': 5, '0.5': 8 }, /no count up to \+Inf/],
    ['nothing at all', {}, /no count up to/],
    ['fewer up to a higher bound', { '0.1': 8, '0.5': 5, '+Inf': 10 }, /up to 0\.5 fewer/],
    ['more up to a bound than in all', { '0.1': 12, '+Inf': 10 }, /up to \+Inf fewer/],
    ['a negative count', { '0.1': -1, '+Inf': 10 }, /-1 is no count/],
    ['NaN', { '0.1': Number.NaN, '+Inf': 10 }, /NaN is no count/],
    ['an infinite count', { '0.1': 1, '+Inf': Number.POSITIVE_INFINITY }, /Infinity is no count/],
    ['a bound that is none', { slow: 1, '+Inf': 10 }, /"slow" is no bound/],
    ['an empty bound', { '': 1, '+Inf': 10 }, /"" is no bound/],
    ['another last bound', { Infinity: 10, '+Inf': 10 }, /"Infinity" is no bound/],
  ])('are no histogram: %s', (_, entries, problem) => {
    const found = checked(counts(entries));
    expect(found.ok ? '' : found.problem).toMatch(problem);
    expect(checkedArms({ canary: counts({ '+Inf': 1 }), baseline: counts(entries) })).toMatch(/^baseline: /);
    expect(checkedArms({ canary: counts(entries), baseline: counts({ '+Inf': 1 }) })).toMatch(/^canary: /);
  });

  it('are one whatever way their bounds are written, and in whatever order they come', () => {
    const found = checked(counts({ '+Inf': 10, '1.0': 9, '5e-1': 5 }));
    expect(found.ok && [...found.histogram]).toEqual([
      ['0.5', 5],
      ['1', 9],
      ['+Inf', 10],
    ]);
  });

  it('of instances that write a bound in two ways are added up', () => {
    const found = checked(counts({ '1': 5, '1.0': 4, '2.0': 5, '2': 4, '+Inf': 10 }));
    expect(found.ok && [...found.histogram]).toEqual([
      ['1', 9],
      ['2', 9],
      ['+Inf', 10],
    ]);
  });

  it('may fall short by what extrapolation leaves', () => {
    expect(checked(counts({ '0.1': 1000.0001, '+Inf': 1000 })).ok).toBe(true);
    expect(checked(counts({ '0.1': 1001, '+Inf': 1000 })).ok).toBe(false);
  });
});

describe('several instances together', () => {
  it('have the bounds that all of them have: what one lacks is not 0', () => {
    const old = counts({ '0.5': 5, '1': 9, '+Inf': 10 });
    const other = counts({ '1': 15, '2': 18, '+Inf': 20 });
    expect([...summed([old, other])]).toEqual([
      ['1', 24],
      ['+Inf', 30],
    ]);
    expect(summed([old, counts({ '0.7': 0, '+Inf': 0 })])).toEqual(old);
    expect([...summed([counts({ '1': 0, '+Inf': 0 })])]).toEqual([
      ['1', 0],
      ['+Inf', 0],
    ]);
    expect([...summed([])]).toEqual([]);
  });
});

describe('bounds of both arms', () => {
  const minute = arms({ '0.1': 1, '0.5': 5, '1': 9, '+Inf': 10 }, { '0.1': 2, '1': 18, '2': 19, '+Inf': 20 });

  it('are those that both have', () => {
    expect(commonBounds([minute])).toEqual([
      { baseline: '0.1', canary: '0.1' },
      { baseline: '1', canary: '1' },
    ]);
    expect(exceeding(minute, { baseline: '1', canary: '1' })).toEqual({ c: 1, nc: 10, b: 2, nb: 20 });
    expect(exceeding(minute, { baseline: '0.5', canary: '0.5' })).toBeUndefined();
  });

  it('are a bucket apart where the canary may be slower by one', () => {
    expect(commonBounds([minute], 1)).toEqual([{ baseline: '0.1', canary: '1' }]);
    expect(exceeding(minute, { baseline: '0.1', canary: '1' })).toEqual({ c: 1, nc: 10, b: 18, nb: 20 });
  });

  it('are those of most minutes', () => {
    const gap = arms({ '0.1': 1, '+Inf': 10 });
    expect(commonBounds([minute, minute, gap])).toHaveLength(2);
    expect(commonBounds([minute, gap, gap])).toEqual([{ baseline: '0.1', canary: '0.1' }]);
  });

  it('are at most 20, by their place alone', () => {
    const many = (count: number) =>
      arms(
        Object.fromEntries([...Array.from({ length: 300 }, (_, i) => [String(2 ** (i / 16)), count]), ['+Inf', count]]),
      );
    const found = commonBounds([many(1)]);
    expect(found.length).toBeGreaterThan(15);
    expect(found.length).toBeLessThanOrEqual(20);
    expect(commonBounds([many(1000)])).toEqual(found);
  });
});

describe('quantiles', () => {
  const slower = [
    { bound: 100, share: 0.8 },
    { bound: 250, share: 0.5 },
    { bound: 400, share: 0.04 },
  ];

  it('are known by the bucket they lie in', () => {
    expect(quantilesOf(slower)).toEqual({ p50: { from: 100, to: 250 }, p95: { from: 250, to: 400 } });
    expect(quantilesOf([{ bound: 100, share: 0.2 }])).toEqual({
      p50: { from: 0, to: 100 },
      p95: { from: 100, to: Number.POSITIVE_INFINITY },
    });
    expect(quantilesOf([])).toEqual({ p50: undefined, p95: undefined });
  });
});

describe('the band around all shares', () => {
  const { H_ecdf_band: band } = JSON.parse(
    readFileSync(new URL('./reference/judge-values.json', import.meta.url), 'utf8'),
  ) as { H_ecdf_band: { cases: { t: number; alpha: number; radius: number }[] } };

  it('agrees with the reference', () => {
    expect(band.cases.length).toBeGreaterThan(10);
    for (const { t, alpha, radius } of band.cases) expect(Math.abs(ecdfRadius(t, alpha) - radius)).toBeLessThan(1e-9);
  });

  it.each([
    [0, 0.05],
    [Number.NaN, 0.05],
    [10, 0],
    [10, 1],
  ])('is refused for %d requests at %d', (n, alpha) => expect(() => ecdfRadius(n, alpha)).toThrow(RangeError));
});
