import { describe, expect, it } from 'vitest';
import { AcceptTest } from '../../src/judge/accept-test.js';
import { CountTest } from '../../src/judge/count-test.js';
import { noWorse } from '../../src/judge/mixture.js';
import { Random } from './support/random.js';

describe('proof of being no worse', () => {
  it('is that of the ratio alone without slack', () => {
    const [one, other] = [new AcceptTest(2, 0), new CountTest(noWorse, 2)];
    for (const minute of [
      { c: 3, nc: 500, b: 5, nb: 700 },
      { c: 9, nc: 400, b: 2, nb: 900 },
    ]) {
      one.add(minute, 1.5);
      other.add(minute, 1.5);
    }
    expect(one.logE).toBe(other.logE);
  });

  it('comes where neither arm fails at all, once the requests are enough for the slack', () => {
    const test = new AcceptTest(2, 0.0005);
    const minutes = Array.from({ length: 60 }, () => {
      test.add({ c: 0, nc: 1000, b: 0, nb: 1000 }, 1);
      return test.logE;
    });
    const first = minutes.findIndex((logE) => logE >= Math.log(20)) + 1;
    expect(first).toBeGreaterThan(6);
    expect(first).toBeLessThan(15);
  });

  it('says the same of minutes to come as of those that came', () => {
    const [told, came] = [new AcceptTest(2, 0.0005), new AcceptTest(2, 0.0005)];
    const minute = { c: 2, nc: 900, b: 3, nb: 1100 };
    for (let i = 0; i < 7; i += 1) came.add(minute, 1.3);
    expect(told.ahead(minute, 1.3, 7)).toBeCloseTo(came.logE, 10);
  });

  it('is wrong no oftener than it may be, for a canary that fails twice as often and at least the slack', () => {
    const random = new Random(7);
    const runs = 2000;
    let wrong = 0;
    for (let run = 0; run < runs; run += 1) {
      const test = new AcceptTest(2, 0.0005);
      for (let t = 0; t < 60; t += 1) {
        const c = random.binomial(1000, 0.0006);
        test.add({ c, nc: 1000, b: random.binomial(1000, 0.0003), nb: 1000 }, 1);
        if (test.logE >= Math.log(20)) {
          wrong += 1;
          break;
        }
      }
    }
    // Three standard errors of the simulation.
    expect(wrong / runs).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / runs));
  });
});
