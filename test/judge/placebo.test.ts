import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Change,
  type Changes,
  changeAgainst,
  changesOf,
  type Day,
  daysFor,
  measuredLike,
  placeboLooks,
  seeableChange,
} from '../../src/judge/placebo.js';
import type { Random } from './support/random.js';
import { provenBelow, randomOf, withinRate } from './support/rollout.js';

describe('the change of a day', () => {
  it('is that of the mean so far, against the mean before', () => {
    const day: Day = { before: [9, 10], after: [9.5, 19.5, 4] };
    expect(changesOf(day)).toEqual([
      expect.closeTo(0, 12),
      expect.closeTo(Math.log(15 / 10), 12),
      expect.closeTo(Math.log(11.5 / 10), 12),
    ]);
  });

  it('leaves out what was not measured, and never takes it for 0', () => {
    expect(changesOf({ before: [undefined, 10], after: [undefined, 10, undefined] })).toEqual([
      undefined,
      expect.closeTo(0, 12),
      expect.closeTo(0, 12),
    ]);
    expect(() => changesOf({ before: [undefined], after: [1] })).toThrow(RangeError);
    expect(() => changesOf({ before: [], after: [1] })).toThrow(RangeError);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1])('is refused for %d', (x) => {
    expect(() => changesOf({ before: [1, x], after: [1] })).toThrow(RangeError);
    expect(() => changesOf({ before: [1], after: [1, x] })).toThrow(RangeError);
  });

  it('is finite where all is 0', () => {
    expect(changesOf({ before: [0, 0], after: [0, 0] })).toEqual([0, 0]);
  });
});

describe('how many days it takes', () => {
  it.each([
    [0.05, 19],
    [0.01, 99],
    [0.1, 9],
    [0.03, 33],
    [0.2, 4],
  ])('for %d is %d, and none fewer', (alpha, days) => {
    expect(daysFor(alpha)).toBe(days);
    expect(1 / (days + 1)).toBeLessThanOrEqual(alpha);
    expect(1 / days).toBeGreaterThan(alpha);
  });

  it('is the floor of p', () => {
    const calm = Array.from({ length: 18 }, (_, d): Changes => [0.001 * d, 0.001 * d]);
    const looks = placeboLooks([-9, -9], calm, 'fall');
    expect(looks.map(({ p }) => p)).toEqual([1 / 19, 1 / 19]);
  });
});

describe('looks', () => {
  const calm = Array.from({ length: 20 }, (_, d): Changes => [0.01 * (d % 5), 0.01 * (d % 7)]);

  it('say nothing before the first bin', () => {
    expect(placeboLooks([undefined, 5], calm, 'rise').map(({ p }) => p)).toEqual([1, 1 / 21]);
    expect(placeboLooks([], calm, 'rise')).toEqual([]);
  });

  it('look one way only', () => {
    expect(placeboLooks([-5, -5], calm, 'rise').at(-1)?.p).toBeGreaterThan(0.5);
    expect(placeboLooks([-5, -5], calm, 'fall').at(-1)?.p).toBe(1 / 21);
  });

  it('never take back what was seen', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 1, maxLength: 2 }), (release) => {
        const ps = placeboLooks(release, calm, 'rise').map(({ p }) => p);
        for (const [w, p] of ps.entries()) expect(p).toBeLessThanOrEqual(ps[w - 1] ?? 1);
      }),
    );
  });
});

/** A noisy day: each bin's logarithm an AR(1), so that bins of one day go together, with a tide that all days have. */
function dayOf(random: Random, change = 1): Day {
  let z = random.normal();
  const bins = Array.from({ length: 24 }, (_, i) => {
    z = 0.8 * z + 0.6 * random.normal();
    return random.poisson(200 * Math.exp(0.3 * z + 0.5 * Math.sin(i / 6)) * (i < 12 ? 1 : change));
  });
  return { before: bins.slice(0, 12), after: bins.slice(12) };
}

/** In how many runs the release is found to have changed, when it is looked at after each bin. */
function found(runs: number, { days = 19, alpha = 0.05, change = 1, way = 'fall' as Change } = {}): number {
  let n = 0;
  for (let run = 0; run < runs; run += 1) {
    const random = randomOf(run);
    const placebos = Array.from({ length: days }, () => changesOf(dayOf(random)));
    const release = changesOf(dayOf(random, change));
    const seen = release.some((_, w) => (placeboLooks(release.slice(0, w + 1), placebos, way).at(-1)?.p ?? 1) <= alpha);
    if (seen) n += 1;
  }
  return n;
}

describe('a release that changes nothing, looked at after every bin', () => {
  it.each<[string, Parameters<typeof found>[1]]>([
    ['for falls, with 19 days', {}],
    ['for rises, with 20 days', { days: 20, way: 'rise' }],
    ['at 10 %, with 9 days', { days: 9, alpha: 0.1 }],
  ])('is taken for one that does no oftener than it may be, %s', (_, options) => {
    const runs = 250;
    const n = found(runs, options);
    expect(withinRate(options?.alpha ?? 0.05, n, runs), `${n} of ${runs}`).toBe(true);
  });

  it('nor when the same bins are left out on all days, whatever the tide', () => {
    const runs = 300;
    let n = 0;
    for (let run = 0; run < runs; run += 1) {
      const random = randomOf(run);
      const rising = (): Day => {
        const { before, after } = dayOf(random);
        const tide = (bins: Day['before']) => bins.map((x, i) => (x ?? 0) * Math.exp(i / 4));
        return { before: tide(before), after: tide(after) };
      };
      const whole = rising();
      const gaps = (x: number | undefined, i: number) => (i % 12 > 6 && i % 12 < 11 ? undefined : x);
      const release = { before: whole.before.map(gaps), after: whole.after.map(gaps) };
      const placebos = Array.from({ length: 19 }, () => changesOf(measuredLike(rising(), release)));
      if ((placeboLooks(changesOf(release), placebos, 'fall').at(-1)?.p ?? 1) <= 0.05) n += 1;
    }
    expect(withinRate(0.05, n, runs), `${n} of ${runs}`).toBe(true);
  });

  it('never is with 18 days at 5 %', () => expect(found(20, { days: 18, change: 0.01 })).toBe(0));
});

describe('a release that changes much', () => {
  it('is found', () => {
    expect(found(40, { change: 0.2 })).toBeGreaterThan(32);
    expect(found(40, { change: 5, way: 'rise' })).toBeGreaterThan(32);
    expect(provenBelow(0.05, found(150, { change: 5, way: 'fall' }), 150)).toBe(true);
  });

  it('is as great as was said to be seeable', () => {
    const random = randomOf(1);
    const placebos = Array.from({ length: 20 }, () => changesOf(dayOf(random)));
    for (const way of ['rise', 'fall'] as const) {
      const least = seeableChange(placebos, way);
      expect(Math.sign(least)).toBe(way === 'rise' ? 1 : -1);
      const usual = placebos[0]?.map((__, w) => {
        const sorted = placebos.map((day) => day[w] ?? 0).toSorted((a, b) => a - b);
        return ((sorted[9] ?? 0) + (sorted[10] ?? 0)) / 2;
      });
      const moved = (by: number): Changes => (usual ?? []).map((x) => x + Math.log(by));
      const p = (by: number): number => placeboLooks(moved(by), placebos, way).at(-1)?.p ?? 1;
      expect(p(1 + 1.5 * least > 0 ? (1 + least) ** 1.5 : 0.01)).toBe(1 / 21);
      expect(p((1 + least) ** 0.3)).toBeGreaterThan(0.05);
    }
  });

  it('is seen about half of the time or oftener when it is as great as was said', () => {
    for (const [way, days, alpha] of [
      ['fall', 20, 0.05],
      ['rise', 30, 0.1],
    ] as const) {
      const runs = 120;
      let seen = 0;
      for (let run = 0; run < runs; run += 1) {
        const random = randomOf(run);
        const placebos = Array.from({ length: days }, () => changesOf(dayOf(random)));
        const release = changesOf(dayOf(random, 1 + seeableChange(placebos, way, alpha)));
        if ((placeboLooks(release, placebos, way).at(-1)?.p ?? 1) <= alpha) seen += 1;
      }
      expect(seen / runs, way).toBeGreaterThan(0.45);
      expect(seen / runs, way).toBeLessThan(0.9);
    }
  });

  it('may be the less, the more days may be as extreme', () => {
    const random = randomOf(2);
    const placebos = Array.from({ length: 40 }, () => changesOf(dayOf(random)));
    const least = [0, 0.05, 0.1, 0.2].map((alpha) => seeableChange(placebos, 'rise', alpha));
    expect(least).toEqual(least.toSorted((a, b) => b - a));
    expect(least[3]).toBeLessThan(least[0] ?? 0);
  });

  it('is shown against what is usual', () => {
    const placebos = Array.from({ length: 5 }, (): Changes => [0.1, 0.2]);
    expect(changeAgainst(placebos, [0.1, 0.2 + Math.log(0.8)])).toBeCloseTo(-0.2, 12);
    expect(changeAgainst(placebos, [0.1 + Math.log(2), undefined])).toBeCloseTo(1, 12);
  });
});
