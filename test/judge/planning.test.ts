/** What the judge says about the time that is left, against what then happens. */
import { describe, expect, it } from 'vitest';
import { independent, judgeWith, randomOf, window } from './support/rollout.js';

const median = (xs: readonly number[]): number => xs.toSorted((a, b) => a - b)[Math.floor(xs.length / 2)] ?? Number.NaN;

interface Scene {
  readonly requests: number;
  readonly share: number;
  readonly base: number;
  readonly ratio: number;
}

const simulate = (run: number, { requests, share, base, ratio }: Scene) => {
  const random = randomOf(run);
  return () => independent(random, requests, share, base * ratio, base);
};

/** The fewest minutes and requests that an accepted canary has had, by default. */
const accepting = { minutes: 10, requests: 2000 };

describe('the minutes that are left', () => {
  it.each([2, 5, 8])('are those that an equal canary then takes, told after minute %s', (at) => {
    const ratios: number[] = [];
    for (let run = 0; run < 300; run += 1) {
      const draw = simulate(run, { requests: 1000, share: 0.5, base: 0.01, ratio: 1 });
      const judge = judgeWith();
      let told: number | undefined;
      for (let t = 1; t <= window; t += 1) {
        judge.add(draw());
        const { stoppedAfter, accepted, minutes, sum } = judge.state;
        if (stoppedAfter !== undefined || (accepted && minutes >= 10 && sum.nc >= 2000)) {
          if (told !== undefined) ratios.push((t - at) / told);
          break;
        }
        if (t === at) told = judge.minutesLeft(window - at, accepting);
      }
    }
    expect(ratios.length).toBeGreaterThan(250);
    expect(median(ratios)).toBeGreaterThan(0.6);
    expect(median(ratios)).toBeLessThan(1.6);
  });

  it('are not told where there will be no word within the window', () => {
    let [told, came] = [0, 0];
    for (let run = 0; run < 200; run += 1) {
      const draw = simulate(run, { requests: 20, share: 0.5, base: 0.001, ratio: 1 });
      const judge = judgeWith();
      for (let t = 1; t <= window; t += 1) {
        judge.add(draw());
        if (t === 5 && judge.minutesLeft(window - t, accepting) !== undefined) told += 1;
      }
      if (judge.state.stoppedAfter !== undefined || judge.state.accepted) came += 1;
    }
    expect(told).toBeLessThan(10);
    expect(came).toBeLessThan(10);
  });

  it('are not told before the first minute', () => {
    expect(judgeWith().minutesLeft(window, accepting)).toBeUndefined();
  });
});

describe('what can be seen', () => {
  const longest = 240;

  it.each<[string, Scene]>([
    ['a doubling', { requests: 1000, share: 0.5, base: 0.01, ratio: 2 }],
    ['half as much again', { requests: 1000, share: 0.5, base: 0.01, ratio: 1.5 }],
    ['a doubling in a twentieth of the traffic', { requests: 1000, share: 0.05, base: 0.01, ratio: 2 }],
    ['five times as many of few', { requests: 1000, share: 0.05, base: 0.001, ratio: 5 }],
  ])('%s, about when it is told', (_, scene) => {
    const found: number[] = [];
    const told: number[] = [];
    for (let run = 0; run < 150; run += 1) {
      const well = simulate(run, { ...scene, ratio: 1 });
      const healthy = judgeWith({ window: longest });
      for (let t = 0; t < 30; t += 1) healthy.add(well());
      told.push(healthy.minutesToSee(scene.ratio) ?? longest);
      const draw = simulate(run, scene);
      const judge = judgeWith({ window: longest });
      let t = 0;
      while (judge.state.stoppedAfter === undefined && t < longest) {
        judge.add(draw());
        t += 1;
      }
      found.push(t);
    }
    const ratio = median(found) / median(told);
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(1.6);
  });

  it('is never what is allowed, and less the longer it is watched', () => {
    const judge = judgeWith({ margin: 1.25 });
    for (let t = 0; t < 10; t += 1) judge.add({ c: 10, nc: 500, b: 10, nb: 500 });
    expect(judge.minutesToSee(1.25)).toBeUndefined();
    const seeable = [1, 10, 60].map((minutes) => judge.seeable(minutes) ?? Number.POSITIVE_INFINITY);
    expect(seeable).toEqual(seeable.toSorted((a, b) => b - a));
    expect(seeable.at(-1)).toBeGreaterThan(1.25);
  });

  it('is nothing where nothing fails', () => {
    const judge = judgeWith();
    for (let t = 0; t < 10; t += 1) judge.add({ c: 0, nc: 500, b: 0, nb: 500 });
    expect(judge.minutesToSee(2)).toBeUndefined();
    expect(judge.seeable(60)).toBeUndefined();
  });
});
