import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { above, CountTest, type Minute } from '../../src/judge/count-test.js';
import { RunningPhi } from '../../src/judge/dispersion.js';
import { worse } from '../../src/judge/mixture.js';
import { RestartingTest, type Start, usualStarts } from '../../src/judge/restarts.js';
import { independent, judgeWith, randomOf, window } from './support/rollout.js';

const equal: Minute = { c: 5, nc: 500, b: 5, nb: 500 };
const bad: Minute = { c: 50, nc: 500, b: 5, nb: 500 };

const arm = fc
  .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 1, max: 5000, noNaN: true }))
  .map(([share, n]) => ({ failed: share * n, n }));
/** Counts need not be whole. */
const minute = fc
  .tuple(arm, arm)
  .map(([canary, baseline]): Minute => ({ c: canary.failed, nc: canary.n, b: baseline.failed, nb: baseline.n }));
const minutes = fc.array(minute, { minLength: 1, maxLength: 40 });

describe('the rate judge', () => {
  const badCounts = [Number.NaN, Number.POSITIVE_INFINITY, -1].flatMap((n) =>
    (['c', 'nc', 'b', 'nb'] as const).map((key) => [key, n] as const),
  );
  it.each(badCounts)('refuses %s = %s, and is as it was', (key, n) => {
    const judge = judgeWith();
    judge.add(equal);
    const before = judge.state;
    expect(() => judge.add({ ...equal, [key]: n })).toThrow(RangeError);
    expect(judge.state).toEqual(before);
  });

  it('never takes a stop back, and its evidence never falls', () => {
    fc.assert(
      fc.property(minutes, minutes, (one, other) => {
        const judge = judgeWith();
        let most = 0;
        let after: number | undefined;
        for (const m of [...one, ...Array<Minute>(20).fill(bad), ...other, ...Array<Minute>(20).fill(equal)]) {
          judge.add(m);
          const { harm, stoppedAfter } = judge.state;
          expect(harm).toBeGreaterThanOrEqual(most);
          if (after !== undefined) expect(stoppedAfter).toBe(after);
          most = harm;
          after = stoppedAfter;
        }
      }),
    );
  });

  it('never takes an acceptance back', () => {
    const judge = judgeWith();
    for (let i = 0; i < 60; i += 1) judge.add(equal);
    expect(judge.state.accepted).toBe(true);
    for (let i = 0; i < 5; i += 1) judge.add(bad);
    expect(judge.state).toMatchObject({ accepted: true });
    expect(judge.state.stoppedAfter).toBeDefined();
  });

  it('skips minutes in which one arm had no requests', () => {
    const judge = judgeWith();
    judge.add(equal);
    const before = judge.state;
    judge.add({ c: 0, nc: 0, b: 500, nb: 500 });
    judge.add({ c: 500, nc: 500, b: 0, nb: 0 });
    expect(judge.state).toEqual(before);
  });

  it('says nothing of a canary with fewer than 20 requests, and does not forget them', () => {
    const judge = judgeWith();
    judge.add({ c: 19, nc: 19, b: 0, nb: 2000 });
    expect(judge.state).toMatchObject({ stoppedAfter: undefined, harm: 0 });
    judge.add({ c: 1, nc: 1, b: 0, nb: 2000 });
    expect(judge.state.stoppedAfter).toBe(2);
  });

  it('is more careful without a history', () => {
    const [known, unknown] = [judgeWith(), judgeWith({ dispersion: undefined })];
    for (const judge of [known, unknown]) judge.add(bad);
    expect(known.state).toMatchObject({ calibrated: true });
    expect(unknown.state).toMatchObject({ calibrated: false });
    expect(unknown.state.phi).toBeGreaterThan(2.9);
    expect(unknown.state.harm).toBeLessThan(known.state.harm);
  });

  it('goes on judging after the window', () => {
    const judge = judgeWith();
    for (let t = 0; t < window; t += 1) judge.add(equal);
    for (let t = 0; t < 10; t += 1) judge.add(bad);
    expect(judge.state.stoppedAfter).toBeGreaterThan(window);
  });

  it('gives finite evidence and ordered bounds for any counts', () => {
    fc.assert(
      fc.property(minutes, (all) => {
        const judge = judgeWith({ margin: 1.1, slack: 0.0005 });
        for (const m of all) judge.add(m);
        const { harm, logAccept, phi } = judge.state;
        expect(Number.isFinite(harm) && Number.isFinite(logAccept) && Number.isFinite(phi)).toBe(true);
        const { lower, upper } = judge.bounds();
        expect(lower).toBeGreaterThanOrEqual(0);
        expect(upper).toBeGreaterThan(lower);
      }),
    );
  });

  it('has no bound where an arm has no failure', () => {
    const judge = judgeWith();
    judge.add({ c: 0, nc: 500, b: 8, nb: 500 });
    expect(judge.bounds()).toMatchObject({ ratio: null, lower: 0 });
    const other = judgeWith();
    other.add({ c: 8, nc: 500, b: 0, nb: 500 });
    expect(other.bounds()).toMatchObject({ ratio: null, upper: Number.POSITIVE_INFINITY });
  });
});

describe('the restarting test', () => {
  it('finds harm that comes late sooner than one that does not restart', () => {
    const stoppedAfter = (starts: readonly Start[]): number => {
      const random = randomOf(1);
      const test = new RestartingTest(worse, { margin: 1, slack: 0, phi: 1, starts });
      for (let t = 0; t < window; t += 1) {
        test.add(independent(random, 1000, 0.5, t < 30 ? 0.01 : 0.03, 0.01));
        if (test.logE >= Math.log(20)) return t + 1;
      }
      return Number.POSITIVE_INFINITY;
    };
    const restarting = stoppedAfter(usualStarts(window));
    expect(restarting).toBeGreaterThan(30);
    expect(restarting).toBeLessThan(stoppedAfter([{ at: 0, weight: 1 }]));
  });
});

describe('the count test', () => {
  it('learns nothing from minutes without failures, unless there is slack', () => {
    const [plain, slack] = [0, 0.001].map((a) => new CountTest(above(worse, 1), 1, a));
    for (const test of [plain, slack]) test?.add({ c: 0, nc: 500, b: 0, nb: 500 });
    expect(plain?.logE).toBeCloseTo(0, 12);
    expect(slack?.logE).toBeLessThan(0);
  });
});

describe('the running dispersion', () => {
  it('is known before the minute that it tempers, and at least 1', () => {
    fc.assert(
      fc.property(minutes, minute, (past, next) => {
        const [one, other] = [new RunningPhi(1), new RunningPhi(1)];
        for (const m of past) for (const phi of [one, other]) phi.add(m);
        const before = one.value;
        one.add(next);
        expect(other.value).toBe(before);
        expect(one.value).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});
