/** What a canary gate keeps from round to round: which bins were judged, what the history said, and the judge itself. */
import type { Window } from '../../sources/source.js';
import type { Moment } from '../gate.js';
import { type Bin, timesOf } from './arms.js';
import type { CanaryConfig, History } from './fields.js';
import { eventsOf } from './history.js';
import { ArmsJudge, type Past, tolerated } from './judge.js';

/** A bin that is missing is asked for again for so many bins; what comes later is too late. */
const patience = 10;

export class Watch {
  readonly #config: CanaryConfig;
  readonly #judged: Bin[] = [];
  readonly #times = new Set<number>();
  /** End of the newest window that was answered, milliseconds since the epoch. */
  #answeredTo = 0;
  /** Bins in which an arm had events and nothing says how many failed. */
  readonly #unfair = new Set<number>();
  /** Bins that both arms had, and that the judge could not use; and why, of the last one. */
  readonly #unjudged = new Set<number>();
  #unlike: string | undefined;
  #judge: ArmsJudge | undefined;
  #past: Past;
  #open: boolean;

  constructor(config: CanaryConfig) {
    this.#config = config;
    this.#open = historyOf(config) !== undefined;
    this.#past = { because: this.#open ? 'the history could not be asked yet' : 'no history is asked for' };
  }

  /** The judge over all bins so far; undefined before the first. */
  get judge(): ArmsJudge | undefined {
    return this.#judge;
  }

  get wantsHistory(): boolean {
    return this.#open;
  }

  /** So many bins were left out because nothing says how many failed in them: those in which nothing failed, or all that failed. */
  get unfair(): number {
    return this.#unfair.size;
  }

  /** Whether these are too many for what is left to be a fair picture. */
  get isUnfair(): boolean {
    return this.#unfair.size > tolerated * (this.#judged.length + this.#unfair.size);
  }

  /** How many of these were measured, and could be judged. */
  measuredOf(times: readonly number[]): number {
    return times.filter((at) => this.#times.has(at) && !this.#unjudged.has(at)).length;
  }

  /** Why bins of these were measured and could not be judged, if any were. */
  unlikeOf(times: readonly number[]): string | undefined {
    return times.some((at) => this.#unjudged.has(at)) ? this.#unlike : undefined;
  }

  /** From the oldest bin that is missing and not given up, at least the newest one; so that each round proves that the source answers. */
  window(all: readonly number[]): Window | undefined {
    const newest = all.at(-1);
    if (newest === undefined) return undefined;
    const oldest = this.#answeredTo - patience * this.#config.bin;
    const from = all.find((at) => at >= oldest && !this.#times.has(at)) ?? newest;
    return { from: Math.min(from, newest), to: newest + this.#config.bin };
  }

  /** Takes the history in, or why there is none, once. */
  learn(past: Past): void {
    this.#past = past;
    this.#open = false;
    this.#judge = undefined;
  }

  /** Takes the bins of one answer in. A bin that was judged stays as it was: what is corrected later may have been chosen by its look. */
  take(bins: readonly Bin[]): void {
    this.#answeredTo = Math.max(this.#answeredTo, (bins.at(-1)?.at ?? 0) + this.#config.bin);
    for (const bin of bins) {
      if (bin.unfair) this.#unfair.add(bin.at);
      else this.#unfair.delete(bin.at);
      if (this.#times.has(bin.at) || eventsOf(bin.canary) === 0 || eventsOf(bin.baseline) === 0) continue;
      this.#times.add(bin.at);
      this.#judged.push(bin);
      this.#give(this.#judge, bin);
    }
    if (this.#judge === undefined && this.#judged.length > 0) this.#judge = this.#begin();
  }

  #begin(): ArmsJudge {
    const [canary, all] = this.#judged.reduce(
      ([own, both], bin) => [own + eventsOf(bin.canary), both + eventsOf(bin.canary) + eventsOf(bin.baseline)],
      [0, 0],
    );
    const judge = new ArmsJudge(this.#config, this.#past, canary / all);
    this.#unjudged.clear();
    for (const bin of this.#judged) this.#give(judge, bin);
    return judge;
  }

  #give(judge: ArmsJudge | undefined, bin: Bin): void {
    const why = judge?.add(bin);
    if (why === undefined) return;
    this.#unjudged.add(bin.at);
    this.#unlike = why;
  }
}

/** All bins that are complete, from the end of the warm-up. */
export function completeBins({ bin }: CanaryConfig, { settledAt, completeTo }: Moment): number[] {
  const from = Math.ceil(settledAt / bin) * bin;
  const to = Math.floor(completeTo / bin) * bin;
  return to > from ? timesOf({ bin }, { from, to }) : [];
}

/** The history to ask for; undefined: none. Signals know how to ask for it by themselves. */
export function historyOf({ history, signal }: CanaryConfig): History | undefined {
  if (history === 'none') return undefined;
  return history ?? (signal === undefined ? undefined : { for: 24 * 3_600_000 });
}

/** The time before the deployment that the history is of. */
export function historyWindow({ bin }: CanaryConfig, history: History, { deployedAt }: Moment): Window {
  const to = Math.floor(deployedAt / bin) * bin;
  return { from: to - Math.ceil(history.for / bin) * bin, to };
}
