import { subscribe } from 'node:diagnostics_channel';
import type { Clock } from '../../src/train/clock.js';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly fire: () => void;
}

/** A clock that jumps to the next timer as soon as nothing else is left to do, so that an hour passes in milliseconds. */
export class SimulatedClock implements Clock {
  #now: number;
  #timers: Timer[] = [];
  #order = 0;
  #pumping = false;

  readonly #idleMs: number;
  readonly #busy: () => boolean;

  /**
   * @param idleMs how long, in real milliseconds, real files and servers are given before it jumps
   * @param busy it does not jump while this holds, however long that takes; see `requestsInFlight`
   */
  constructor(start = Date.parse('2026-11-23T10:00:00Z'), idleMs = 0, busy = () => false) {
    this.#now = start;
    this.#idleMs = idleMs;
    this.#busy = busy;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted || ms <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        this.#timers = this.#timers.filter((t) => t !== timer);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const timer: Timer = { at: this.#now + ms, order: this.#order++, fire: end };
      this.#timers.push(timer);
      signal?.addEventListener('abort', end);
      this.#pump();
    });
  }

  #pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    let turns = this.#idleMs > 0 ? idleTurns : 1;
    const turn = (): void => {
      turns = this.#busy() ? idleTurns : turns - 1;
      if (turns > 0) this.#later(turn);
      else this.#jump();
    };
    this.#later(turn);
  }

  #later(act: () => void): void {
    if (this.#idleMs > 0) setTimeout(act, this.#idleMs / idleTurns);
    else setImmediate(act);
  }

  #jump(): void {
    this.#pumping = false;
    const [next] = this.#timers.sort((a, b) => a.at - b.at || a.order - b.order);
    if (!next) return;
    this.#now = Math.max(this.#now, next.at);
    next.fire();
    if (this.#timers.length > 0) this.#pump();
  }
}

/** Idle is what is idle for so many turns of the event loop: on a machine that is busy elsewhere a stretch of time alone says nothing. */
const idleTurns = 6;

let inFlight = 0;
subscribe('http.client.request.start', () => {
  inFlight += 1;
});
for (const end of ['http.client.response.finish', 'http.client.request.error']) {
  subscribe(end, () => {
    inFlight = Math.max(0, inFlight - 1);
  });
}

/** Whether this process waits for an answer over HTTP. */
export const requestsInFlight = (): boolean => inFlight > 0;
