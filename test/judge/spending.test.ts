import { describe, expect, it } from 'vitest';
import type { Minute } from '../../src/judge/count-test.js';
import { evenPhi, type SpanPhi, spanAt, spanPhiOf } from '../../src/judge/span-dispersion.js';
import { SpendingTest, usualSpending } from '../../src/judge/spending.js';
import { Random } from './support/random.js';

const once = [{ at: 0, weight: 1 }];
const independent = evenPhi(1);

const run = (minutes: readonly Minute[], options: Partial<ConstructorParameters<typeof SpendingTest>[0]> = {}) => {
  const test = new SpendingTest({
    alpha: 0.05,
    window: 60,
    margin: 1,
    slack: 0,
    phi: independent,
    starts: once,
    ...options,
  });
  const bounds: number[] = [];
  for (const minute of minutes) {
    test.add(minute);
    bounds.push(test.state.bound);
  }
  return { state: test.state, bounds };
};

const choose = (n: number, k: number): number => {
  let product = k < 0 || k > n ? 0 : 1;
  for (let i = 0; i < k; i += 1) product *= (n - i) / (i + 1);
  return product;
};

/** Chance that C ever reaches its bound, over every way in which the failures can fall on the arms. */
function crossing(
  totals: readonly { d: number; nc: number; nb: number }[],
  bounds: readonly number[],
  chance: (c: number, minute: { d: number; nc: number; nb: number }) => number,
): number {
  const from = (t: number, sum: number): number => {
    const minute = totals[t];
    if (minute === undefined) return 0;
    let total = 0;
    for (let c = 0; c <= minute.d; c += 1) {
      const p = chance(c, minute);
      if (p > 0) total += p * (sum + c >= (bounds[t] as number) - 1e-9 ? 1 : from(t + 1, sum + c));
    }
    return total;
  };
  return from(0, 0);
}

describe('what is spent', () => {
  const totals = [
    { d: 3, nc: 8, nb: 12 },
    { d: 0, nc: 10, nb: 10 },
    { d: 4, nc: 2, nb: 30 },
    { d: 2, nc: 10, nb: 10 },
    { d: 5, nc: 30, nb: 9 },
    { d: 3, nc: 10, nb: 10 },
  ];
  // All failures in the baseline: never stopped, so that every bound is seen.
  const calm = totals.map(({ d, nc, nb }) => ({ c: Math.max(0, d - nb), nc, b: Math.min(d, nb), nb }));

  it.each([0.01, 0.05, 0.3])('is the chance of a false stop, for independent requests, at alpha %f', (alpha) => {
    const { bounds, state } = run(calm, { alpha, window: 6 });
    const fair = crossing(
      totals,
      bounds,
      (c, { d, nc, nb }) => (choose(nc, c) * choose(nb, d - c)) / choose(nc + nb, d),
    );
    expect(fair).toBeLessThanOrEqual(alpha);
    expect(state.spent).toBeGreaterThanOrEqual(fair - 1e-8);
    expect(state.spent).toBeLessThan(fair + 1e-5);
  });

  it('is the chance of a false stop at a margin, for Poisson counts', () => {
    const margin = 1.5;
    const { bounds, state } = run(calm, { alpha: 0.1, window: 6, margin });
    const fair = crossing(totals, bounds, (c, { d, nc, nb }) => {
      const theta = (margin * nc) / (margin * nc + nb);
      return choose(d, c) * theta ** c * (1 - theta) ** (d - c);
    });
    expect(state.spent).toBeGreaterThanOrEqual(fair - 1e-8);
    expect(state.spent).toBeLessThan(fair + 1e-5);
  });

  it('never is more than alpha', () => {
    const random = new Random(3);
    for (let i = 0; i < 20; i += 1) {
      const minutes = Array.from({ length: 40 }, () => {
        const nc = random.poisson(200);
        const nb = random.poisson(900);
        return { c: random.binomial(nc, 0.02), nc, b: random.binomial(nb, 0.02), nb };
      });
      const { state } = run(minutes, { alpha: 0.02, window: 40, starts: usualSpending(40) });
      expect(state.spent).toBeLessThanOrEqual(0.02);
      expect(state.spent).toBeGreaterThan(0.01);
    }
  });
});

describe('the spending test', () => {
  const minute = (c: number, b: number): Minute => ({ c, nc: 500, b, nb: 500 });
  const repeated = (n: number, m: Minute) => Array.from({ length: n }, () => m);

  it('stops a canary that fails five times as often in the first minute', () => {
    expect(run([minute(25, 5)], { alpha: 0.01 }).state).toMatchObject({ stoppedAfter: 1, failures: 25, expected: 15 });
  });

  it('does not take a stop back', () => {
    const { state } = run([minute(25, 5), ...repeated(30, minute(0, 20))]);
    expect(state.stoppedAfter).toBe(1);
  });

  it('never stops one that fails as often or less', () => {
    expect(run(repeated(60, minute(10, 10))).state.stoppedAfter).toBeUndefined();
    expect(run(repeated(60, minute(2, 10))).state.stoppedAfter).toBeUndefined();
    expect(run(repeated(60, minute(0, 0))).state.stoppedAfter).toBeUndefined();
  });

  it('needs more at a margin, and more where the arms differ by nature', () => {
    const worse = repeated(60, minute(15, 10));
    const plain = run(worse).state.stoppedAfter ?? Number.POSITIVE_INFINITY;
    const margin = run(worse, { margin: 1.25 }).state.stoppedAfter ?? Number.POSITIVE_INFINITY;
    const noisy = run(worse, { phi: evenPhi(3) }).state.stoppedAfter ?? Number.POSITIVE_INFINITY;
    expect(plain).toBeLessThan(20);
    expect(margin).toBeGreaterThan(plain);
    expect(noisy).toBeGreaterThan(plain);
  });

  it('needs more with a slack, and what it allows is expected', () => {
    const worse = repeated(60, minute(15, 10));
    const plain = run(worse).state.stoppedAfter ?? Number.POSITIVE_INFINITY;
    expect(run(worse, { slack: 0.004 }).state.stoppedAfter ?? Number.POSITIVE_INFINITY).toBeGreaterThan(plain);
    const { state } = run(repeated(60, minute(15, 10)), { slack: 0.01 });
    expect(state.stoppedAfter).toBeUndefined();
    expect(state.expected).toBeCloseTo(60 * 15, 6);
  });

  it('is never easier with any φ than without', () => {
    const random = new Random(11);
    for (let i = 0; i < 60; i += 1) {
      const minutes = Array.from({ length: 30 }, () => minute(random.poisson(9), random.poisson(5)));
      const phi: SpanPhi = [1 + random.uniform(), 2, 2.5, 3, 3.5];
      const plain = run(minutes).state.stoppedAfter ?? Number.POSITIVE_INFINITY;
      const tempered = run(minutes, { phi }).state.stoppedAfter ?? Number.POSITIVE_INFINITY;
      expect(tempered).toBeGreaterThanOrEqual(plain);
    }
  });

  it('says how near it is', () => {
    expect(run([]).state.harm).toBe(0);
    expect(run(repeated(9, minute(5, 9))).state.harm).toBe(0);
    const near = run(repeated(9, minute(12, 10))).state;
    expect(near.harm).toBeCloseTo((near.failures - near.expected) / (near.bound - near.expected), 12);
    expect(near.harm).toBeLessThan(1);
    expect(run([minute(25, 5), ...repeated(30, minute(0, 20))]).state.harm).toBe(1);
  });

  it('sees late harm sooner with restarts', () => {
    const late = [...repeated(30, minute(8, 12)), ...repeated(30, minute(20, 10))];
    const from = (starts: ReturnType<typeof usualSpending>) => run(late, { alpha: 0.01, starts }).state;
    const with_ = from(usualSpending(60));
    expect(with_.stoppedAfter).toBeLessThan(from(once).stoppedAfter ?? Number.POSITIVE_INFINITY);
    expect(with_.since).toBe(30);
  });

  it('leaves out minutes in which an arm had no requests, and what comes after the window', () => {
    const empty: Minute = { c: 20, nc: 20, b: 0, nb: 0 };
    expect(run(repeated(60, empty)).state).toMatchObject({ failures: 0, spent: 0 });
    const late = run([...repeated(10, minute(5, 5)), ...repeated(20, minute(50, 5))], { window: 10 });
    expect(late.state).toMatchObject({ stoppedAfter: undefined, failures: 50 });
  });

  it('says nothing of a canary with fewer than 20 requests', () => {
    const few: Minute = { c: 3, nc: 3, b: 1, nb: 500 };
    expect(run([few, few, few]).state.stoppedAfter).toBeUndefined();
    expect(run(repeated(7, few)).state.stoppedAfter).toBe(7);
  });

  it('takes counts that are not whole, and refuses what is no count', () => {
    expect(run(repeated(5, { c: 24.4, nc: 499.7, b: 5.3, nb: 501.2 })).state.stoppedAfter).toBe(1);
    expect(() => run([{ c: -1, nc: 5, b: 0, nb: 5 }])).toThrow(RangeError);
    expect(() => run([{ c: Number.NaN, nc: 5, b: 0, nb: 5 }])).toThrow(RangeError);
    expect(() => run([], { starts: [] })).toThrow(RangeError);
  });

  it('takes very many failures', () => {
    const many: Minute = { c: 300_000, nc: 10_000_000, b: 300_000, nb: 10_000_000 };
    const { state } = run(repeated(3, many));
    expect(state.stoppedAfter).toBeUndefined();
    expect(run([{ ...many, c: 310_000 }]).state.stoppedAfter).toBe(1);
  });

  it('reckons an excess smaller when the release is noisier than the history', () => {
    const calm = repeated(20, minute(10, 10));
    const wild = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? minute(20, 0) : minute(0, 20)));
    const last = (minutes: readonly Minute[]) => run([...minutes, minute(10, 10)], { alpha: 1e-6 }).state.bound;
    expect(last(wild) - 210).toBeGreaterThan(1.5 * (last(calm) - 210));
  });
});

describe('φ by length of time', () => {
  const history = (random: Random, minute: (random: Random) => [number, number], length = 480) =>
    Array.from({ length }, (): Minute => {
      const [pc, pb] = minute(random);
      return { c: random.binomial(5000, pc), nc: 5000, b: random.binomial(5000, pb), nb: 5000 };
    });

  it('is near 1 for independent requests', () => {
    const random = new Random(1);
    const longest = Array.from({ length: 40 }, () => spanPhiOf(history(random, () => [0.01, 0.01]))[4]);
    longest.sort((a, b) => a - b);
    expect(longest[20]).toBeLessThan(1.15);
    expect(longest[0]).toBeGreaterThanOrEqual(1);
  });

  it('is the same at all lengths for noise that is new every minute, and grows where an arm drifts', () => {
    const random = new Random(2);
    const bursts = spanPhiOf(history(random, (r) => [(0.01 * r.gamma(4)) / 4, (0.01 * r.gamma(4)) / 4]));
    // Of D = 100 a minute: 1 + 100/4 · 2 · 0.25 = 13.5.
    expect(bursts[0]).toBeGreaterThan(11);
    expect(bursts[4]).toBeLessThan(2.2 * bursts[0]);
    let z = 0;
    const drift = spanPhiOf(
      history(random, (r) => {
        z = 0.9 * z + Math.sqrt(0.19) * r.normal();
        return [0.01 * Math.exp(0.3 * z), 0.01];
      }),
    );
    expect(drift[3]).toBeGreaterThan(3 * drift[0]);
    expect([...drift].every((phi, i) => i === 0 || phi >= (drift[i - 1] as number))).toBe(true);
  });

  it('sees clumps among few failures', () => {
    const random = new Random(4);
    const clumps = Array.from({ length: 480 }, (): Minute => {
      const arm = () => (random.uniform() < 0.02 ? 5 : 0);
      return { c: arm(), nc: 50, b: arm(), nb: 50 };
    });
    expect(spanPhiOf(clumps)[0]).toBeGreaterThan(3);
  });

  it('is 1 where nothing is known', () => {
    expect(spanPhiOf([])).toEqual(evenPhi(1));
    expect(spanPhiOf(Array(480).fill({ c: 0, nc: 50, b: 0, nb: 50 }))).toEqual(evenPhi(1));
    expect(spanPhiOf([{ c: 1, nc: 5, b: 0, nb: 0 }])).toEqual(evenPhi(1));
  });

  it('is read by length', () => {
    const phi: SpanPhi = [1, 2, 3, 4, 5];
    expect([1, 2, 5, 6, 15, 30, 31, 60].map((t) => spanAt(phi, t))).toEqual([1, 2, 2, 3, 3, 4, 5, 5]);
  });
});
