/** Durations of two arms: the promise by simulation (lognormal, median 100 ms, σ 0.6), and what may never count as evidence. */
import { describe, expect, it } from 'vitest';
import { type Histograms, LatencyJudge, type LatencyJudgeOptions } from '../../src/judge/latency-judge.js';
import type { Random } from './support/random.js';
import { randomOf, withinRate } from './support/rollout.js';

const minutes = 60;
const before = 240;
const bounds = [5, 10, 25, 50, 75, 100, 150, 200, 250, 300, 400, 500, 750, 1000, 1500, 2500, 5000, 10_000];

/** P(X ≤ x) of a standard normal (Abramowitz & Stegun 7.1.26, good to 1e-7). */
function normalBelow(x: number): number {
  const t = 1 / (1 + (0.3275911 * Math.abs(x)) / Math.SQRT2);
  const poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const tail = 0.5 * poly * Math.exp((-x * x) / 2);
  return x < 0 ? tail : 1 - tail;
}

/** @param shift of the logarithm of the median @param some share of the requests that take three times as long */
function arm(random: Random, n: number, shift: number, some = 0): Map<string, number> {
  const below = (bound: number): number => {
    const x = Math.log(bound / 100) - shift;
    return (1 - some) * normalBelow(x / 0.6) + some * normalBelow((x - Math.log(3)) / 0.6);
  };
  const byBound = new Map<string, number>();
  let [left, last, sum] = [n, 0, 0];
  for (const bound of bounds) {
    const share = below(bound);
    const drawn = random.binomial(left, Math.min(1, Math.max(0, (share - last) / Math.max(1 - last, 1e-12))));
    [left, last, sum] = [left - drawn, share, sum + drawn];
    byBound.set(String(bound), sum);
  }
  return byBound.set('+Inf', n);
}

interface Scene {
  readonly slower?: number;
  readonly some?: number;
  /** Sd of the logarithm of both medians, as of a load that both arms share; and of each by itself. */
  readonly swing?: number;
  readonly drift?: number;
  readonly share?: number;
  readonly rate?: number;
}

function* release(random: Random, scene: Scene): Generator<Histograms> {
  const { slower = 1, some = 0, swing = 0, drift = 0, share = 0.5, rate = 1000 } = scene;
  const zs = [random.normal(), random.normal(), random.normal()];
  for (let t = 0; ; t += 1) {
    for (const k of [0, 1, 2]) zs[k] = 0.9 * (zs[k] ?? 0) + Math.sqrt(0.19) * random.normal();
    const [load = 0, c = 0, b = 0] = zs;
    const n = random.poisson(rate);
    const nc = random.binomial(n, share);
    const bad = t >= before;
    yield {
      canary: arm(random, nc, swing * load + drift * c + (bad ? Math.log(slower) : 0), bad ? some : 0),
      baseline: arm(random, n - nc, swing * load + drift * b),
    };
  }
}

const take = (scene: Generator<Histograms>, n: number): Histograms[] =>
  Array.from({ length: n }, () => scene.next().value as Histograms);

/** The minute of each run's stop, Infinity: none. */
function stops(scene: Scene, runs: number, options: Partial<LatencyJudgeOptions> = {}): number[] {
  return Array.from({ length: runs }, (_, run) => {
    const course = release(randomOf(run), scene);
    const history = take(course, before);
    const judge = new LatencyJudge({ alpha: 0.05, margin: 1, accept: undefined, history, ...options });
    for (const minute of take(course, minutes)) judge.add(minute);
    return judge.state.stoppedAfter ?? Number.POSITIVE_INFINITY;
  });
}

const stopped = (found: readonly number[]): number => found.filter(Number.isFinite).length;
const median = (found: readonly number[]): number =>
  found.toSorted((a, b) => a - b)[Math.floor((found.length - 1) / 2)] ?? 0;

describe('equal arms are stopped no oftener than they may be', () => {
  it.each<[string, Scene, Partial<LatencyJudgeOptions>]>([
    ['nothing else', {}, {}],
    ['a small share of the traffic', { share: 0.05 }, {}],
    ['a load that moves both', { swing: 0.15 }, {}],
    ['each arm drifts by 3 %', { drift: 0.03 }, {}],
    ['each arm drifts by 3 %, a small share', { drift: 0.03, share: 0.05 }, {}],
    ['without history', {}, { history: undefined }],
    ['slower by less than the bucket that is allowed', { slower: 1.2 }, { slowerBy: 'bucket' }],
  ])('%s', (_, scene, options) => {
    const runs = 100;
    const found = stopped(stops(scene, runs, options));
    expect(withinRate(0.05, found, runs), `${found} of ${runs} stopped`).toBe(true);
  });

  it('which φ is for: without it a drift of 3 % is a regression', () => {
    const runs = 40;
    const calm = take(release(randomOf(1), {}), before);
    expect(stopped(stops({ drift: 0.03 }, runs, { history: calm }))).toBeGreaterThan(
      stopped(stops({ drift: 0.03 }, runs)) + runs / 10,
    );
  });
});

describe('what is slower is stopped', () => {
  it.each<[string, Scene, number, Partial<LatencyJudgeOptions>]>([
    ['by a half', { slower: 1.5 }, 5, {}],
    ['by a half, a small share', { slower: 1.5, share: 0.05 }, 8, {}],
    ['by a half, with a drift', { slower: 1.5, drift: 0.03 }, 10, {}],
    ['by a half, without history', { slower: 1.5 }, 25, { history: undefined }],
    ['by a tenth', { slower: 1.1 }, 8, {}],
    ['a tenth of the requests, threefold', { some: 0.1 }, 8, {}],
    ['threefold, where a bucket is allowed', { slower: 3 }, 5, { slowerBy: 'bucket' }],
  ])('%s', (_, scene, within, options) => {
    const found = stops(scene, 30, options);
    expect(median(found)).toBeLessThanOrEqual(within);
    expect(stopped(found)).toBe(30);
  });

  it('never takes a stop back, and its evidence never falls', () => {
    const course = release(randomOf(3), { slower: 1.5 });
    const judge = new LatencyJudge({ alpha: 0.05, margin: 1, accept: undefined, history: take(course, before) });
    for (const minute of take(course, 5)) judge.add(minute);
    const { stoppedAfter, harm } = judge.state;
    expect(stoppedAfter).toBeDefined();
    for (const { canary, baseline } of take(course, 60)) judge.add({ canary: baseline, baseline: canary });
    expect(judge.state).toMatchObject({ stoppedAfter });
    expect(judge.state.harm).toBeGreaterThanOrEqual(harm);
  });
});

describe('the proof of being no worse', () => {
  const accept = { ratio: 2, alpha: 0.05 };
  const judgeAfter = (scene: Scene, n: number, options: Partial<LatencyJudgeOptions> = {}): LatencyJudge => {
    const course = release(randomOf(5), scene);
    const judge = new LatencyJudge({ alpha: 0.05, margin: 1, accept, history: take(course, before), ...options });
    for (const minute of take(course, n)) judge.add(minute);
    return judge;
  };

  it('comes for equal arms, at the bound next to the 90th percentile', () => {
    const { accepted, bound, stoppedAfter } = judgeAfter({}, 20).state;
    expect(accepted).toBe(true);
    expect(stoppedAfter).toBeUndefined();
    // 90 % of a lognormal with median 100 and σ 0.6 are below 216.
    expect(['200', '250']).toContain(bound);
  });

  it('does not come for a canary that is at the limit', () => {
    // +47 % brings the share above 200 ms from 12.4 % to 25 %.
    expect(judgeAfter({ slower: 1.47 }, 60).state.accepted).toBe(false);
  });

  it('comes within minutes, and wrongly no oftener than it may', () => {
    const runs = 80;
    const accepted = (scene: Scene): number =>
      Array.from({ length: runs }, (_, run) => {
        const course = release(randomOf(run), { rate: 300, ...scene });
        const judge = new LatencyJudge({ alpha: 0.05, margin: 1, accept, history: take(course, before) });
        for (const minute of take(course, 30)) judge.add(minute);
        return judge.state.accepted;
      }).filter(Boolean).length;
    expect(accepted({})).toBeGreaterThan(0.95 * runs);
    expect(accepted({ share: 0.05, rate: 1000 })).toBeGreaterThan(0.8 * runs);
    // +58 % and +42 % double the shares above 250 ms and 200 ms, of which one is the bound.
    const wrong = accepted({ slower: 1.58 });
    expect(withinRate(accept.alpha, wrong, runs), `${wrong} of ${runs} accepted`).toBe(true);
  });

  it('without a history is made from minutes after those that place its bound', () => {
    const judge = judgeAfter({ rate: 300 }, 3, { history: undefined });
    expect(judge.state.logAccept).toBe(Number.NEGATIVE_INFINITY);
    expect(judgeAfter({}, 60, { history: undefined }).state).toMatchObject({ accepted: true, calibrated: false });
  });
});

describe('the report', () => {
  it('says what decided, and between which bounds the percentiles lie', () => {
    const course = release(randomOf(7), { slower: 1.5 });
    const judge = new LatencyJudge({ alpha: 0.05, margin: 1, accept: undefined, history: take(course, before) });
    for (const minute of take(course, 20)) judge.add(minute);
    const { bound, boundOfBaseline, sum, quantiles, minutes: seen } = judge.state;
    expect(seen).toBe(20);
    expect(boundOfBaseline).toBe(bound);
    expect(sum.c / sum.nc).toBeGreaterThan(1.3 * (sum.b / sum.nb));
    // Medians 100 (on a bound) and 150 (on a bound), 95 % at 268 and 402.
    expect(quantiles.baseline.p95).toEqual({ from: 250, to: 300 });
    expect([quantiles.canary.p95?.from, quantiles.canary.p95?.to]).toContain(400);
    const { lower, upper, ratio } = judge.bounds();
    expect(lower).toBeGreaterThan(1);
    expect(ratio).toBeGreaterThan(lower);
    expect(upper).toBeGreaterThan(ratio ?? 0);
  });
});

it('the ratio that is shown is hardly ever outside its bounds, though it is that of the worst bound', () => {
  const runs = 60;
  let outside = 0;
  for (let run = 0; run < runs; run += 1) {
    const course = release(randomOf(run), { rate: 300 });
    const judge = new LatencyJudge({ alpha: 0.2, margin: 1, accept: undefined, history: take(course, before) });
    const missed = take(course, minutes).some((minute) => {
      judge.add(minute);
      const { lower, upper } = judge.bounds();
      return lower > 1 || upper < 1;
    });
    if (missed) outside += 1;
  }
  expect(withinRate(0.2, outside, runs), `${outside} of ${runs} outside`).toBe(true);
});

describe('what is no histogram', () => {
  const good = (): Histograms => {
    const counts = new Map([
      ['100', 500],
      ['250', 900],
      ['+Inf', 1000],
    ]);
    return { canary: counts, baseline: counts };
  };
  const history = Array.from({ length: before }, good);
  const accept = { ratio: 2, alpha: 0.05 };
  const judge = (options: Partial<LatencyJudgeOptions> = {}) =>
    new LatencyJudge({ alpha: 0.05, margin: 1, accept, history, ...options });

  it.each<[string, Record<string, number>, RegExp]>([
    ['more up to a bound than in all', { '100': 5000, '250': 1200, '+Inf': 1000 }, /canary: up to/],
    ['no last bound', { '100': 500, '250': 900 }, /canary: no count up to/],
    ['a negative count', { '100': -500, '250': 900, '+Inf': 1000 }, /-500 is no count/],
    ['NaN', { '100': Number.NaN, '250': 900, '+Inf': 1000 }, /NaN is no count/],
    ['other bounds', { '99': 500, '249': 900, '+Inf': 1000 }, /no bound/],
    ['no bound but the last', { '+Inf': 1000 }, /no bound/],
    ['no requests', { '100': 0, '250': 0, '+Inf': 0 }, /no requests of both arms/],
    ['nothing', {}, /no count up to/],
  ])('is no evidence, neither of harm nor of being well: %s', (_, canary, why) => {
    for (const options of [{}, { history: undefined }]) {
      const found = judge(options);
      if (options.history === undefined && 'history' in options) found.add(good());
      const began = found.state.minutes;
      for (let t = 0; t < 60; t += 1) {
        expect(found.add({ ...good(), canary: new Map(Object.entries(canary)) })).toMatch(why);
      }
      expect(found.state).toMatchObject({ accepted: false, harm: 0, minutes: began, sum: { nc: 0 } });
      expect(found.state.stoppedAfter).toBeUndefined();
    }
  });

  it('says so when the bounds change midway, and judges no minute by a few of them', () => {
    const wide = ['50', '100', '250', '500'];
    const having = (names: readonly string[]): Histograms => {
      const counts = new Map([...names.map((name, i) => [name, 500 + 100 * i] as const), ['+Inf', 1000] as const]);
      return { canary: counts, baseline: counts };
    };
    for (const past of [undefined, Array.from({ length: before }, () => having(wide))]) {
      const found = judge({ history: past });
      expect(found.add(having(wide))).toBeUndefined();
      expect(found.add(having(['50', '100', '300']))).toBeUndefined();
      expect(found.add(having(['50', '110', '300']))).toMatch(/no bound of both arms/);
      expect(found.add(having(['51', '110', '300']))).toMatch(/no bound of both arms/);
      expect(found.state).toMatchObject({ minutes: 2, unfit: 2 });
    }
  });

  it('judges by the bounds that the new version still has, each with its whole part of the evidence', () => {
    const course = release(randomOf(11), { slower: 1.5 });
    const past = take(course, before);
    const minute = take(course, 1)[0] as Histograms;
    const few = new Map([...minute.canary].filter(([name]) => ['100', '250', '+Inf'].includes(name)));
    const [some, all] = [judge({ history: past }), judge({ history: past })];
    for (let t = 0; t < 5; t += 1) {
      expect(some.add({ ...minute, canary: few })).toBeUndefined();
      all.add(minute);
    }
    expect(some.state).toMatchObject({ calibrated: true, minutes: 5, unfit: 0 });
    expect(some.state.stoppedAfter).toBeDefined();
    expect(some.state.harm).toBeGreaterThan(0.8 * all.state.harm);
  });

  it('tells when no bound lies among the requests, so that nothing but a leap over one would be seen', () => {
    const all = (within: number): Histograms => {
      const counts = new Map([
        ['100', within],
        ['250', within],
        ['+Inf', 1000],
      ]);
      return { canary: counts, baseline: counts };
    };
    for (const within of [0, 1000]) {
      for (const past of [undefined, Array.from({ length: before }, () => all(within))]) {
        const found = judge({ history: past });
        for (let t = 0; t < 60; t += 1) found.add(all(within));
        const { dividing, quantiles, stoppedAfter, minutes: judged } = found.state;
        expect({ dividing, judged, stoppedAfter }).toEqual({ dividing: 0, judged: 60, stoppedAfter: undefined });
        expect(found.seeable(60)).toBeUndefined();
        expect(quantiles.canary.p95).toEqual(
          within === 0 ? { from: 250, to: Number.POSITIVE_INFINITY } : { from: 0, to: 100 },
        );
      }
    }
    const leap = judge({ history: Array.from({ length: before }, () => all(1000)) });
    for (let t = 0; t < 3; t += 1) leap.add({ baseline: all(1000).baseline, canary: all(900).canary });
    expect(leap.state).toMatchObject({ dividing: 2, stoppedAfter: 1 });
    expect(judge().state.dividing).toBeUndefined();
    const first = judge({ history: undefined });
    first.add(good());
    expect(first.state).toMatchObject({ minutes: 1, dividing: undefined });
    const some = judge();
    some.add(good());
    expect(some.state.dividing).toBe(2);
  });

  it('is counted', () => {
    const found = judge();
    found.add({ ...good(), canary: new Map([['100', 1]]) });
    found.add(good());
    expect(found.state).toMatchObject({ unfit: 1, minutes: 1 });
  });

  it('calibrates nothing', () => {
    const wrong = history.map(({ baseline }) => ({ baseline, canary: new Map([['100', 5]]) }));
    for (const past of [[], wrong]) expect(judge({ history: past }).state.calibrated).toBe(false);
    expect(judge().state.calibrated).toBe(true);
  });

  it('is not told from one whose bounds are written otherwise', () => {
    const found = judge();
    found.add({
      ...good(),
      canary: new Map([
        ['100.0', 500],
        ['2.5e2', 900],
        ['+Inf', 1000],
      ]),
    });
    expect(found.state).toMatchObject({ minutes: 1, unfit: 0, sum: { nc: 1000 } });
  });

  it.each<[string, Partial<LatencyJudgeOptions>]>([
    ...[Number.NaN, 0, 1, -1].map((alpha): [string, object] => [`alpha ${alpha}`, { alpha }]),
    ...[Number.NaN, 0.5, Number.POSITIVE_INFINITY].map((margin): [string, object] => [`margin ${margin}`, { margin }]),
    ['accepting a ratio of 1', { accept: { ratio: 1, alpha: 0.05 } }],
    ['accepting without risk', { accept: { ratio: 2, alpha: 0 } }],
  ])('a judge that could not judge is refused: %s', (_, options) => expect(() => judge(options)).toThrow(RangeError));
});
