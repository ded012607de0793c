/** What a sign-in gets and what lives for a while: got once for all who ask, kept, and renewed before it ends. */
import { setMaxListeners } from 'node:events';
import type { NotMeasured, SourceContext } from '../../sources/source.js';
import type { Clock } from '../../train/clock.js';

/** Something with an end, milliseconds since the epoch. */
export interface Lasting<T> {
  readonly value: T;
  readonly ends: number;
}

/** With less life left than this it is renewed, milliseconds. */
const renewBeforeMs = 5 * 60_000;

/** An exchange that is under way. */
interface Running<T> {
  readonly value: Promise<T>;
  readonly stop: AbortController;
  waiting: number;
}

/** One credential. */
export class Kept<T> {
  readonly #clock: Clock;
  readonly #renew: (signal: AbortSignal) => Promise<Lasting<T>>;
  readonly #late: () => NotMeasured;
  #kept: Lasting<T> | undefined;
  #running: Running<T> | undefined;

  /**
   * @param renew gets a new one; its signal aborts when nobody waits for it any longer
   * @param late says that one who waited lost patience
   */
  constructor(clock: Clock, renew: (signal: AbortSignal) => Promise<Lasting<T>>, late: () => NotMeasured) {
    this.#clock = clock;
    this.#renew = renew;
    this.#late = late;
  }

  /** @throws {NotMeasured} `late` when the signal aborts; else what getting a new one throws */
  async get(signal: AbortSignal): Promise<T> {
    const kept = this.#kept;
    if (kept && kept.ends - this.#clock.now() > renewBeforeMs) return kept.value;
    try {
      return await this.#renewed(signal);
    } catch (error) {
      // The old one is good for some minutes yet, unless it was refused in the meantime; the next round tries again.
      if (kept && kept === this.#kept && kept.ends > this.#clock.now()) return kept.value;
      throw error;
    }
  }

  /**
   * Forgets one that was refused.
   *
   * @param refused only if it is this one: of several requests that meet its end together, the first gets a new one for all
   */
  forget(refused: T): void {
    if (this.#kept?.value === refused) this.#kept = undefined;
  }

  /** One exchange for all who ask together. Each waits as long as it likes; the exchange ends when nobody waits for it. */
  async #renewed(signal: AbortSignal): Promise<T> {
    this.#running ??= this.#start();
    const running = this.#running;
    running.waiting += 1;
    try {
      return await untilAborted(running.value, this.#late, signal);
    } finally {
      running.waiting -= 1;
      if (running.waiting === 0) {
        running.stop.abort();
        if (this.#running === running) this.#running = undefined;
      }
    }
  }

  #start(): Running<T> {
    const stop = new AbortController();
    const value = this.#renew(stop.signal).then((got) => {
      // What nobody waited for may be older than what is kept.
      if (!stop.signal.aborted) this.#kept = got;
      return got.value;
    });
    return { value, stop, waiting: 0 };
  }
}

/** What `promise` gives, or the end of patience, since not all ways to sign in heed a signal. */
function untilAborted<T>(promise: Promise<T>, late: () => NotMeasured, signal: AbortSignal): Promise<T> {
  // One signal ends all the waiting of a round; Node 20 takes more than ten for a leak and says so on stderr.
  setMaxListeners(0, signal);
  return new Promise((resolve, reject) => {
    const end = (): void => reject(late());
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}

/**
 * What `make` makes of a sign-in: the same for equal sign-ins of one run, so that a role is assumed, and a token got, once.
 *
 * @param fields the fields of the sign-in; what else the config holds makes no difference
 */
export function oncePerRun<C extends object, T>(
  fields: Readonly<Record<string, unknown>>,
  make: (config: C, context: SourceContext) => T,
): (config: C, context: SourceContext) => T {
  const made = new WeakMap<SourceContext, Map<string, T>>();
  return (config, context) => {
    const ofRun = made.get(context) ?? new Map<string, T>();
    made.set(context, ofRun);
    const key = JSON.stringify(Object.keys(fields).map((name) => config[name as keyof C] ?? null));
    const found = ofRun.get(key) ?? make(config, context);
    ofRun.set(key, found);
    return found;
  };
}
