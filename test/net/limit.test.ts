import { describe, expect, it } from 'vitest';
import { createLimit } from '../../src/net/limit.js';
import { SimulatedClock } from '../support/clock.js';

const never = new AbortController().signal;

describe('createLimit', () => {
  it('begins no more than so many at once, and no more than so many within the time', async () => {
    const clock = new SimulatedClock();
    const limit = createLimit({ concurrent: 3, starts: 10, perMs: 30_000 }, clock);
    const began: number[] = [];
    let running = 0;
    let most = 0;
    const task = async (): Promise<void> => {
      began.push(clock.now());
      most = Math.max(most, ++running);
      await clock.sleep(100);
      running--;
    };
    await Promise.all(Array.from({ length: 35 }, () => limit(task, never)));
    expect(most).toBe(3);
    expect(began).toHaveLength(35);
    for (const start of began) {
      expect(began.filter((at) => at >= start && at < start + 30_000).length).toBeLessThanOrEqual(10);
    }
    expect((began.at(-1) ?? 0) - (began[0] ?? 0)).toBeLessThan(100_000);
  });

  it('hands on what the task gives or throws, and goes on after it', async () => {
    const limit = createLimit({ concurrent: 1, starts: 100, perMs: 1000 }, new SimulatedClock());
    const failing = limit(() => Promise.reject(new Error('no')), never);
    const next = limit(() => Promise.resolve(7), never);
    await expect(failing).rejects.toThrow('no');
    await expect(next).resolves.toBe(7);
  });

  it('never begins what was given up while it waited', async () => {
    const clock = new SimulatedClock();
    const limit = createLimit({ concurrent: 1, starts: 1, perMs: 30_000 }, clock);
    await limit(() => Promise.resolve(), never);
    const over = new AbortController();
    let begun = false;
    const waiting = limit(async () => {
      begun = true;
    }, over.signal);
    over.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'timeout' });
    expect(begun).toBe(false);
    await expect(limit(() => Promise.resolve(1), never)).resolves.toBe(1);
  });
});
