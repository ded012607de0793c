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

  /** @param idleMs how long, in real milliseconds, real files and servers are given before it jumps */
  constructor(start = Date.parse('2026-11-23T10:00:00Z'), idleMs = 0) {
    this.#now = start;
    this.#idleMs = idleMs;
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
    const jump = (): void => {
      this.#pumping = false;
      const [next] = this.#timers.sort((a, b) => a.at - b.at || a.order - b.order);
      if (!next) return;
      this.#now = Math.max(this.#now, next.at);
      next.fire();
      if (this.#timers.length > 0) this.#pump();
    };
    if (this.#idleMs > 0) setTimeout(jump, this.#idleMs);
    else setImmediate(jump);
  }
}
