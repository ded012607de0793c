import type { Cumulative } from '../../../src/judge/histogram.js';
import { type Histograms, LatencyJudge as Product } from '../../../src/judge/latency-judge.js';
import { bounds, type LatencyMinute, type LatencyRun } from './latency.js';

export interface OurLatency {
  readonly names: readonly string[];
  stops(run: LatencyRun): readonly number[];
}

const cumulative = (n: number, over: Float64Array): Cumulative =>
  new Map([...bounds.map((bound, k) => [String(bound), n - (over[k] as number)] as const), ['+Inf', n] as const]);

const histograms = ({ nc, nb, overC, overB }: LatencyMinute): Histograms => ({
  canary: cumulative(nc, overC),
  baseline: cumulative(nb, overB),
});

function stop(window: readonly Histograms[], history: readonly Histograms[], alpha: number, margin: number): number {
  const judge = new Product({ alpha, margin, history });
  for (const minute of window) {
    judge.add(minute);
    const { stoppedAfter } = judge.state;
    if (stoppedAfter !== undefined) return stoppedAfter;
  }
  return Number.POSITIVE_INFINITY;
}

export const oursLatency: OurLatency = {
  names: ['ours 1 %', 'ours 5 %', 'ours, margin 1.25, 1 %'],
  stops({ history, window }) {
    const past = history.map(histograms);
    const looks = window.map(histograms);
    return [stop(looks, past, 0.01, 1), stop(looks, past, 0.05, 1), stop(looks, past, 0.01, 1.25)];
  },
};
