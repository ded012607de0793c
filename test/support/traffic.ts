/** Traffic in memory, with what real systems do to those who move it. */
import type { Traffic } from '../../src/record/deployments.js';
import type { TrafficControl, TrafficNow } from '../../src/sources/deployment/control.js';
import { Refused } from '../../src/sources/flags/control.js';
import { NotMeasured } from '../../src/sources/source.js';
import { type Clock, iso } from '../../src/train/clock.js';

/**
 * What becomes of a write. `lost`: its answer does not arrive; `late`: it takes `lateMs` to show; `wide`: everything goes to the first
 * target that is to get any more than before.
 */
export const faults = [
  'none',
  'lost-before',
  'lost-after',
  'conflict',
  'somebody-else',
  'throttled',
  'refused',
  'late',
  'late-lost',
  'half',
  'never',
  'wide',
  'wide-lost',
  'wide-late',
] as const;
export type Fault = (typeof faults)[number];

type Weights = Readonly<Record<string, number>>;

export class FakeTraffic implements TrafficControl {
  readonly subject = 'app checkout';
  readonly rest?: string;
  weights: Weights;
  swapped: Traffic['swapped'] = null;
  /** What is under way, and until when. */
  busy: { readonly words: string; readonly until: number } | undefined;
  /** Of the writes to come, in order. */
  readonly faults: Fault[] = [];
  /** Of the readings to come, in order: true fails. */
  readonly deaf: boolean[] = [];
  lateMs = 10_000;
  /** What was sent, taken or not. */
  readonly sent: string[] = [];
  readonly notes: string[] = [];
  /** What was answered to those who read. */
  readonly told: TrafficNow[] = [];
  readonly #clock: Clock;
  #version = 1;
  #pending: { readonly at: number; readonly act: () => void }[] = [];

  constructor(clock: Clock, weights: Weights, options: { rest?: string } = {}) {
    this.#clock = clock;
    this.weights = weights;
    if (options.rest !== undefined) this.rest = options.rest;
  }

  read = async (): Promise<TrafficNow> => {
    await Promise.resolve();
    if (this.deaf.shift()) throw new NotMeasured('refused', 'nobody listens');
    this.settle();
    const { weights, swapped, busy } = this;
    const now: TrafficNow = {
      weights,
      ...(swapped === undefined ? {} : { swapped }),
      lock: this.#version,
      ...(busy && busy.until > this.#clock.now() ? { busy: busy.words } : {}),
    };
    this.told.push(now);
    return now;
  };

  write = async (weights: Weights, before: TrafficNow, note: string): Promise<void> => {
    const was = this.weights;
    await this.#take(`weights ${JSON.stringify(weights)}`, before, note, (how) => {
      const more = Object.keys(weights).find((name) => (weights[name] ?? 0) > (was[name] ?? 0)) ?? 'blue';
      if (how === 'wide') this.weights = { [more]: 100 };
      else if (how === 'half') {
        const names = new Set([...Object.keys(was), ...Object.keys(weights)]);
        this.weights = Object.fromEntries([...names].map((n) => [n, ((was[n] ?? 0) + (weights[n] ?? 0)) / 2]));
      } else this.weights = { ...Object.fromEntries(Object.keys(was).map((name) => [name, 0])), ...weights };
    });
  };

  swap = async (from: string, to: string, before: TrafficNow, note: string): Promise<void> => {
    await this.#take(`swap ${from} ${to}`, before, note, (how) => {
      if (how !== 'half') this.swapped = { at: iso(this.#clock.now()), from, to };
    });
  };

  /** What was under way comes about. */
  settle(all = false): void {
    for (const { at, act } of this.#pending.splice(0)) {
      if (all || at <= this.#clock.now()) act();
      else this.#pending.push({ at, act });
    }
  }

  async #take(words: string, before: TrafficNow, note: string, make: (how: 'right' | 'half' | 'wide') => void) {
    await Promise.resolve();
    this.settle();
    this.sent.push(words);
    this.notes.push(note);
    const fault = this.faults.shift() ?? 'none';
    if (fault === 'somebody-else') {
      this.weights = { ...this.weights, red: 1, blue: (this.weights.blue ?? 0) - 1 };
      this.#version += 1;
    }
    if (fault === 'conflict' || before.lock !== this.#version) {
      throw new Refused('changed-in-between', 'another version', 'run this again');
    }
    if (fault === 'refused') throw new Refused('permission', 'you may not', 'grant it');
    if (fault === 'throttled') throw new NotMeasured('throttled', 'too many requests');
    if (fault === 'lost-before') throw new NotMeasured('timeout', 'no answer');
    const how = fault.startsWith('wide') ? 'wide' : fault === 'half' ? 'half' : 'right';
    const act = (): void => {
      make(how);
      this.#version += 1;
    };
    if (fault.includes('late')) this.#pending.push({ at: this.#clock.now() + this.lateMs, act });
    else if (fault !== 'never') act();
    if (fault.includes('lost')) throw new NotMeasured('connection', 'the connection broke');
  }
}
