/** The statistics behind a `probe` gate, over all rounds so far. */
import { divideFalseStops } from '../../judge/alpha.js';
import { type Cumulative, exceeding } from '../../judge/histogram.js';
import { type Histograms, LatencyJudge, type LatencyState } from '../../judge/latency-judge.js';
import { LimitTest } from '../../judge/limit-test.js';
import { logSumExp } from '../../judge/mixture.js';
import { RateJudge, type RateState } from '../../judge/rate-judge.js';
import type { RatioBounds } from '../../judge/rate-ratio.js';
import { usualStarts } from '../../judge/restarts.js';
import { chanceOf } from '../../judge/single-look.js';
import type { Probes, Standing } from '../../record/evidence.js';
import type { ProbedSide } from '../../record/probes.js';
import type { ProbeConfig } from './fields.js';

export interface Sum {
  readonly sent: number;
  readonly failed: number;
}

/** Against the live side. */
export interface Compared {
  readonly stopped: boolean;
  /** After so many rounds. */
  readonly stoppedAfter: number | undefined;
  /** It looks worse, by what a single look tells: no proof, and no time to say that nothing was seen. */
  readonly suspect: boolean;
  readonly standing: Standing;
  /** Of durations, milliseconds. */
  readonly quantiles?: LatencyState['quantiles'];
}

/** Where all rounds so far have led. */
export interface Stand {
  readonly rounds: number;
  readonly idle: Sum;
  /** undefined: there is nothing to compare with. */
  readonly live: Sum | undefined;
  /** What is furthest above the limit, by what was counted: an endpoint by its name, or all of them, so far or in the last rounds. */
  readonly worst: Sum & { readonly what: string };
  /** Endpoints that no request counted of, by their names. */
  readonly unasked: readonly string[];
  /** The idle side is proven to fail more than it may, after so many rounds. */
  readonly overLimit: number | undefined;
  readonly failures: Compared | undefined;
  readonly durations: Compared | undefined;
  /** What each of the tests may err. */
  readonly alpha: number;
}

/** Chance of a single look at which two sides are under suspicion; for durations at one of the bounds, of which there are many. */
const suspicious = { failures: 0.05, durations: 0.01 };

/**
 * How much more than by chance failures come together, where one side alone is held against its limit: requests of one place in a short
 * time fail in clumps, and those of three on average, of any size, come to five.
 */
export const togetherness = 5;

/** What is looked at on its own, so that many good rounds do not hide that it fails now. */
export const recentRounds = 3;

const plus = (a: Sum, { sent, failed }: Sum): Sum => ({ sent: a.sent + sent, failed: a.failed + failed });
const none: Sum = { sent: 0, failed: 0 };
const share = ({ sent, failed }: Sum): number => (sent > 0 ? failed / sent : 0);

const idleOf = ({ endpoints }: Probes): Sum => endpoints.map(({ idle }) => idle).reduce(plus, none);
const liveSides = ({ endpoints }: Probes): ProbedSide[] => endpoints.flatMap(({ live }) => live ?? []);
/** Of all endpoints in one round; undefined: there is no live side. */
export const liveOf = (round: Probes): Sum | undefined => {
  const sides = liveSides(round);
  return sides.length === 0 ? undefined : sides.reduce(plus, none);
};

/** Every loaded policy has it; a gate that is bound by itself has the whole of what a train may err. */
const alphaOf = (config: ProbeConfig): number => config['false-stop-rate'] ?? 0.05;

/**
 * The rounds that count so far, and the tests that went through them. Handed from round to round and never seen to change: whoever goes
 * on from the same rounds again gets tests of their own.
 */
export interface Memory {
  readonly rounds: readonly Probes[];
  readonly tests: Tests;
}

/** Takes one round in. */
export function remember(config: ProbeConfig, past: Memory | undefined, round: Probes): Memory {
  const before = past?.rounds ?? [];
  const rounds = [...before, round];
  const goesOn = past !== undefined && past.tests.rounds === before.length;
  const tests = goesOn ? past.tests : new Tests(config, round);
  for (const one of goesOn ? [round] : rounds) tests.add(one);
  return { rounds, tests };
}

/** Where they stand. */
export function standOf({ rounds: all, tests }: Memory): Stand {
  const idle = all.map(idleOf).reduce(plus, none);
  const lives = all.flatMap((round) => liveOf(round) ?? []);
  return {
    rounds: all.length,
    idle,
    live: lives.length === 0 ? undefined : lives.reduce(plus, none),
    worst: worstOf(all, idle),
    unasked: endpointSums(all).flatMap(([name, { sent }]) => (sent === 0 ? [name] : [])),
    overLimit: tests.overLimit,
    failures: tests.failures,
    durations: tests.durations(all),
    alpha: tests.alpha,
  };
}

function worstOf(all: readonly Probes[], idle: Sum): Stand['worst'] {
  const recent = all.slice(-recentRounds).map(idleOf).reduce(plus, none);
  const found = [
    { ...idle, what: 'all' },
    { ...recent, what: `all in the last ${recentRounds} rounds` },
    ...endpointSums(all).map(([name, sum]) => ({ ...sum, what: name })),
  ];
  return found.reduce((worst, next) => (share(next) > share(worst) ? next : worst));
}

function endpointSums(all: readonly Probes[]): [string, Sum][] {
  const sums = new Map<string, Sum>();
  for (const { endpoints } of all)
    for (const { name, idle } of endpoints) sums.set(name, plus(sums.get(name) ?? none, idle));
  return [...sums];
}

/** All that is tested, round by round. What it may err is divided among the tests. */
export class Tests {
  readonly alpha: number;
  readonly #config: ProbeConfig;
  readonly #failures: RateJudge | undefined;
  readonly #durations: LatencyJudge | undefined;
  /** Of all endpoints together, and of each alone: the average of their evidence is valid however they hang together. */
  readonly #whole: LimitTest;
  readonly #single: ReadonlyMap<string, LimitTest>;
  #rounds = 0;
  #overLimit: number | undefined;

  /** @param like a round: which endpoints there are, and whether there is a live side */
  constructor(config: ProbeConfig, like: Probes) {
    this.#config = config;
    const { latency, rounds: window } = config;
    const compares = liveOf(like) !== undefined;
    const tests = 1 + (compares ? 1 : 0) + (compares && latency ? 1 : 0);
    const [alpha = 0] = divideFalseStops(alphaOf(config), Array<undefined>(tests).fill(undefined));
    this.alpha = alpha;
    // Nobody knows how much two sides that are the same differ, so the judges are the more careful.
    const margin = marginOf(config);
    this.#failures = compares ? new RateJudge({ alpha, margin, slack: 0, dispersion: undefined, window }) : undefined;
    this.#durations =
      compares && latency
        ? new LatencyJudge({ alpha, margin: marginOf(latency), history: undefined, slowerBy: latency['slower-by'] })
        : undefined;
    const limit = (): LimitTest =>
      new LimitTest(config['max-failures'], { phi: togetherness, starts: usualStarts(window) });
    this.#whole = limit();
    this.#single = new Map(like.endpoints.map(({ name }) => [name, limit()]));
  }

  get rounds(): number {
    return this.#rounds;
  }

  /** After so many rounds the idle side was proven to fail more than it may. */
  get overLimit(): number | undefined {
    return this.#overLimit;
  }

  add(round: Probes): void {
    this.#rounds += 1;
    const idle = idleOf(round);
    const live = liveOf(round) ?? none;
    this.#failures?.add({ c: idle.failed, nc: idle.sent, b: live.failed, nb: live.sent });
    this.#durations?.add(histogramsOf([round]));
    this.#whole.add(idle.failed, idle.sent);
    for (const [name, test] of this.#single) {
      const own = round.endpoints.find((endpoint) => endpoint.name === name)?.idle ?? none;
      test.add(own.failed, own.sent);
    }
    const all = [this.#whole, ...this.#single.values()].map(({ logE }) => logE);
    if (logSumExp(all) - Math.log(all.length) >= Math.log(1 / this.alpha)) this.#overLimit ??= this.#rounds;
  }

  get failures(): Compared | undefined {
    const judge = this.#failures;
    if (judge === undefined) return undefined;
    const { state } = judge;
    const suspect = chanceOf(state.sum, marginOf(this.#config)) < suspicious.failures;
    return comparedBy(state, judge.bounds(), this.alpha, { suspect });
  }

  /** @param all the rounds */
  durations(all: readonly Probes[]): Compared | undefined {
    const { latency } = this.#config;
    const judge = this.#durations;
    if (judge === undefined || latency === undefined) return undefined;
    const { state } = judge;
    const { bound, quantiles } = state;
    return {
      ...comparedBy(state, judge.bounds(), this.alpha, { suspect: seemsSlower(latency, all), bound }),
      quantiles,
    };
  }
}

const marginOf = (by: { readonly 'no-worse-than': number }): number => 1 + by['no-worse-than'];

function seemsSlower(latency: NonNullable<ProbeConfig['latency']>, all: readonly Probes[]): boolean {
  const arms = histogramsOf(all);
  const bounds = [...arms.baseline.keys()];
  return bounds.some((bound, i) => {
    const own = latency['slower-by'] === 'bucket' ? bounds[i + 1] : bound;
    const pair = own === undefined ? undefined : exceeding(arms, { baseline: bound, canary: own });
    return pair !== undefined && chanceOf(pair, marginOf(latency)) < suspicious.durations;
  });
}

const histogramsOf = (rounds: readonly Probes[]): Histograms => ({
  canary: histogramOf(rounds, ({ endpoints }) => endpoints.map(({ idle }) => idle)),
  baseline: histogramOf(rounds, liveSides),
});

/** A broken service is often quick, so what failed took longer than every bound. */
function histogramOf(rounds: readonly Probes[], of: (round: Probes) => readonly ProbedSide[]): Cumulative {
  const sides = rounds.flatMap(of);
  const bounds = rounds[0]?.bounds ?? [];
  let below = 0;
  const cumulative = bounds.map((bound, i) => {
    below += sides.reduce((sum, { durations }) => sum + (durations[i] ?? 0), 0);
    return [String(bound), below] as const;
  });
  return new Map([...cumulative, ['+Inf', sides.reduce((sum, { sent }) => sum + sent, 0)]]);
}

function comparedBy(
  state: RateState,
  { ratio, lower, upper }: RatioBounds,
  alpha: number,
  { suspect, bound }: { readonly suspect: boolean; readonly bound?: string | undefined },
): Compared {
  const { minutes, sum, phi, calibrated, harm, stoppedAfter } = state;
  return {
    stopped: stoppedAfter !== undefined,
    stoppedAfter,
    suspect,
    standing: {
      names: { canary: 'idle side', baseline: 'live side' },
      bins: minutes,
      canary: { events: sum.nc, bad: sum.c },
      baseline: { events: sum.nb, bad: sum.b },
      ...(bound === undefined ? {} : { bound: `${bound} ms` }),
      ratio,
      lower,
      upper: Number.isFinite(upper) ? upper : null,
      sure: 1 - alpha,
      harm,
      wellness: null,
      dispersion: phi,
      calibrated,
    },
  };
}
