/** Keeps within the limits that a service sets on one caller. */
import pLimit from 'p-limit';
import { NotMeasured } from '../sources/source.js';
import type { Clock } from '../train/clock.js';

export interface Limits {
  /** How many may be under way at once. */
  readonly concurrent: number;
  /** How many may begin within any `perMs` milliseconds. */
  readonly starts: number;
  readonly perMs: number;
}

/**
 * Runs the task when its turn comes; a task whose signal aborts before that is never begun.
 *
 * @throws {NotMeasured} `timeout` when the turn did not come in time; else what the task throws
 */
export type Limit = <T>(task: () => Promise<T>, signal: AbortSignal) => Promise<T>;

/** One limit; the tasks that share it wait for each other, first come, first served. */
export function createLimit({ concurrent, starts, perMs }: Limits, clock: Clock): Limit {
  const slots = pLimit(concurrent);
  /** When the last ones began, oldest first, milliseconds since the epoch. */
  const began: number[] = [];

  async function pace(signal: AbortSignal): Promise<void> {
    for (;;) {
      const now = clock.now();
      while (began[0] !== undefined && began[0] + perMs <= now) began.shift();
      const [oldest] = began;
      if (oldest === undefined || began.length < starts || signal.aborted) break;
      await clock.sleep(oldest + perMs - now, signal);
    }
    if (signal.aborted) {
      throw new NotMeasured('timeout', `its turn did not come in time: only ${concurrent} queries are sent at once`);
    }
    began.push(clock.now());
  }

  return (task, signal) =>
    slots(async () => {
      await pace(signal);
      return task();
    });
}
