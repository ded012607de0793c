/** Nothing is believed that was not read back: reading until it shows. */
import { NotMeasured } from '../sources/source.js';
import type { Clock } from '../train/clock.js';

export interface Patience {
  /** Longest time until it shows, milliseconds. */
  readonly verifyMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** First wait before it is read once more; doubles. */
const pollMs = 500;
const longestPollMs = 5000;

/**
 * Reads at least once. What cannot be read now is read again.
 *
 * @returns the first state that is enough; undefined: there was none in time
 * @throws what `read` throws and is no `NotMeasured`
 */
export async function readUntil<T>(
  read: () => Promise<T>,
  isEnough: (state: T) => boolean,
  { verifyMs, clock, signal }: Patience,
): Promise<T | undefined> {
  const until = clock.now() + verifyMs;
  for (let wait = pollMs; ; wait = Math.min(2 * wait, longestPollMs)) {
    try {
      const state = await read();
      if (isEnough(state)) return state;
    } catch (error) {
      if (!(error instanceof NotMeasured)) throw error;
    }
    if (signal.aborted || clock.now() + wait > until) return undefined;
    await clock.sleep(wait, signal);
  }
}
