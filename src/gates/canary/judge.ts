/** The statistics behind a canary gate: failures or durations, over bins of both arms. */
import type { Minute } from '../../judge/count-test.js';
import type { Cumulative } from '../../judge/histogram.js';
import { type Histograms, LatencyJudge, type LatencyState } from '../../judge/latency-judge.js';
import { RateJudge } from '../../judge/rate-judge.js';
import { dispersionOf } from '../../judge/stop-test.js';
import { formatDuration } from '../../policy/fields.js';
import type { Standing } from '../../record/evidence.js';
import type { Bin, Counted, Instance } from './arms.js';
import { type CanaryConfig, judgesDurations } from './fields.js';
import { dealt, eventsOf, type Pretended } from './history.js';

/** Where all bins so far have led. */
export interface Verdict {
  readonly standing: Standing;
  /** Proven to be worse than allowed, now or at an earlier look. */
  readonly stopped: boolean;
  /** After so many bins. */
  readonly stoppedAfter?: number;
  /** Proven to be no worse than `accept` says, now or at an earlier look. */
  readonly accepted: boolean;
  /** All durations lie between two neighbouring bounds, so that nothing tells the arms apart. */
  readonly blind: boolean;
  /** Of durations. */
  readonly quantiles?: LatencyState['quantiles'];
  /** Bins until there will be a word, if all goes on as it did so far; undefined: not within the window. */
  readonly left?: number;
  /** Bins in which a canary that is twice as bad would be stopped; undefined: not within the window. */
  readonly doubling?: number;
  /** At the end of the window: the least ratio that could have been seen at this traffic; undefined: none. */
  readonly seeable?: number;
  /** Why it is not calibrated; undefined: it is. */
  readonly because?: string;
}

/** A difference of less than this is no harm where the policy names no margin: 0.05 percentage points. */
const usualSlack = 0.0005;

/** The old version before the deployment, or why it is not known. */
export type Past = { readonly instances: readonly Instance[] } | { readonly because: string };

/** Of all bins, so many may be left out because nothing says how many failed in them. */
export const tolerated = 0.05;

const hourMs = 3_600_000;
/** Of the history, so much must have been measured in both pretended arms. */
const enoughMs = 8 * hourMs;

export class ArmsJudge {
  readonly #config: CanaryConfig;
  readonly #judge: RateJudge | LatencyJudge;
  readonly #because: string | undefined;

  /**
   * @param past the old version
   * @param share of the events that is the canary's, 0 to 1
   */
  constructor(config: CanaryConfig, past: Past, share: number) {
    this.#config = config;
    const { bin, window } = config;
    const margin = config['no-worse-than'];
    const accept =
      config.accept === 'never' ? undefined : { ratio: 1 + config.accept['no-worse-than'], alpha: config.accept.risk };
    const common = { alpha: alphaOf(config), margin: 1 + margin, accept };
    const usable = 'because' in past ? past.because : usableOf(config, past.instances, share);
    const history = typeof usable === 'string' ? undefined : usable;
    this.#because = typeof usable === 'string' ? usable : undefined;
    this.#judge = judgesDurations(config)
      ? new LatencyJudge({ ...common, history: history?.map(histogramsOf), slowerBy: config['slower-by'] })
      : new RateJudge({
          ...common,
          slack: slackOf(config),
          dispersion: history && dispersionOf(history.map(minuteOf)),
          window: Math.ceil(window / bin),
        });
  }

  /** @returns why the bin is no evidence; undefined: it was judged */
  add({ canary, baseline }: Bin): string | undefined {
    if (canary === undefined || baseline === undefined) return undefined;
    const bin = { canary, baseline };
    if (this.#judge instanceof LatencyJudge) return this.#judge.add(histogramsOf(bin));
    this.#judge.add(minuteOf(bin));
    return undefined;
  }

  /** @param left bins until the end of the window */
  verdict(left: number): Verdict {
    const { accept, bin } = this.#config;
    const state = this.#judge.state;
    const { ratio, lower, upper } = this.#judge.bounds();
    const { sum, minutes, logAccept, acceptAt, stoppedAfter, accepted } = state;
    const most = Math.max(0, Math.floor(left));
    const until =
      accept === 'never'
        ? { minutes: Number.POSITIVE_INFINITY, requests: 0 }
        : { minutes: accept.after / bin, requests: accept['min-events'] };
    const doubling = this.#judge.minutesToSee(2 * (1 + this.#config['no-worse-than']));
    return {
      stopped: stoppedAfter !== undefined,
      accepted,
      blind: 'dividing' in state && state.dividing === 0,
      ...('quantiles' in state ? { quantiles: state.quantiles } : {}),
      ...defined({
        because: this.#because,
        stoppedAfter,
        left: this.#judge.minutesLeft(most, until),
        doubling: doubling !== undefined && doubling <= minutes + most ? doubling : undefined,
        // Said at the end of the window alone.
        seeable: left > 0 ? undefined : this.#judge.seeable(minutes),
      }),
      standing: {
        bins: minutes,
        canary: { events: sum.nc, bad: sum.c },
        baseline: { events: sum.nb, bad: sum.b },
        ...('bound' in state && state.bound !== undefined ? { bound: state.bound } : {}),
        ratio,
        lower,
        upper: Number.isFinite(upper) ? upper : null,
        sure: 1 - alphaOf(this.#config),
        harm: state.harm,
        wellness: logAccept === undefined ? null : Math.max(0, logAccept / acceptAt),
        dispersion: state.phi,
        calibrated: state.calibrated,
      },
    };
  }
}

/** What is no harm yet, as a share of all events. */
export function slackOf(config: CanaryConfig): number {
  if (judgesDurations(config)) return 0;
  return config['at-least'] ?? (config['no-worse-than'] > 0 ? 0 : usualSlack);
}

/** Every loaded policy has it; a gate that is bound by itself has the whole of what a train may err. */
const alphaOf = (config: CanaryConfig): number => config['false-stop-rate'] ?? 0.05;

/** Without the properties that are undefined. */
function defined<T extends object>(all: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as never;
}

const minuteOf = ({ canary, baseline }: Pretended): Minute => ({
  c: failuresOf(canary),
  nc: eventsOf(canary),
  b: failuresOf(baseline),
  nb: eventsOf(baseline),
});

const failuresOf = (counted: Counted): number => ('total' in counted ? counted.failures : 0);

const none: Cumulative = new Map();

const histogramsOf = ({ canary, baseline }: Pretended): Histograms => ({
  canary: 'byBound' in canary ? canary.byBound : none,
  baseline: 'byBound' in baseline ? baseline.byBound : none,
});

/** The pretended arms of the history, in order of time; a text: why it is of no use. */
function usableOf(config: CanaryConfig, instances: readonly Instance[], share: number): Pretended[] | string {
  const bins = instances.reduce((sum, instance) => sum + instance.bins.filter((counted) => counted).length, 0);
  const unfair = instances.reduce((sum, instance) => sum + instance.unfair, 0);
  if (unfair > tolerated * (bins + unfair)) {
    return `in ${unfair} bins of the history nothing says how many events failed: its query must give 0 where none did`;
  }
  const all = dealt(instances, share);
  if (all === undefined) return 'the history has fewer than two instances with events';
  const both = all.filter(({ canary, baseline }) => eventsOf(canary) > 0 && eventsOf(baseline) > 0);
  const ms = both.length * config.bin;
  return ms < enoughMs
    ? `the history has ${formatDuration(ms)} of the ${formatDuration(enoughMs)} that it takes`
    : both;
}
