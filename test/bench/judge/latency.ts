/** Durations: lognormal requests in two concurrent arms, judged from bucket counts, beside Kayenta and Argo on the p95 of each minute. */

import { ArgoStyle, kayentaHigh, percentile } from './opponents.js';
import { type OurLatency, oursLatency } from './ours-latency.js';
import { Random } from './random.js';
import { minutes } from './scenarios.js';

/** Milliseconds. */
export const bounds = [5, 10, 25, 50, 75, 100, 150, 200, 250, 300, 400, 500, 750, 1000, 1500, 2500, 5000, 10_000];

export const slowings = ['none', '+10 %', '+50 %', '10 % of requests ×3'] as const;
export type Slowing = (typeof slowings)[number];

export interface LatencyCell {
  readonly id: number;
  readonly share: number;
  readonly rate: number;
  readonly slowing: Slowing;
  /** Of the common load: the sd of the logarithm of both medians. */
  readonly swing: number;
  /** Of each arm by itself. */
  readonly drift: number;
}

export interface LatencyMinute {
  readonly nc: number;
  readonly nb: number;
  /** Requests slower than each of `bounds`. */
  readonly overC: Float64Array;
  readonly overB: Float64Array;
  readonly p95c: number;
  readonly p95b: number;
}

export interface LatencyRun {
  /** Four hours of the old version in both arms. */
  readonly history: readonly LatencyMinute[];
  readonly window: readonly LatencyMinute[];
}

const sigma = 0.6;
const median = 100;
const logBounds = Float64Array.from(bounds, (bound) => Math.log(bound / median));
/** Of the baseline, without swing and drift. */
const trueP95 = median * Math.exp(1.6448536269514722 * sigma);

export const latencyCells: readonly LatencyCell[] = [
  ...[0, 0.15].flatMap((swing) =>
    [0.5, 0.05].flatMap((share) =>
      [100, 1000].flatMap((rate) => slowings.map((slowing) => ({ share, rate, slowing, swing, drift: 0 }))),
    ),
  ),
  ...(['none', '+10 %'] as const).map((slowing) => ({ share: 0.05, rate: 10_000, slowing, swing: 0, drift: 0 })),
  ...[0.03, 0.1].flatMap((drift) =>
    [0.5, 0.05].flatMap((share) =>
      (['none', '+10 %', '+50 %'] as const).map((slowing) => ({ share, rate: 1000, slowing, swing: 0, drift })),
    ),
  ),
].map((cell, i) => ({ id: i + 1, ...cell }));

interface Arm {
  readonly n: number;
  readonly over: Float64Array;
  readonly p95: number;
}

function arm(n: number, shift: number, slowing: Slowing, random: Random): Arm {
  const add = slowing === '+10 %' ? Math.log(1.1) : slowing === '+50 %' ? Math.log(1.5) : 0;
  const some = slowing === '10 % of requests ×3';
  const values = new Float64Array(n);
  const below = new Float64Array(bounds.length + 1);
  for (let i = 0; i < n; i += 1) {
    const x = sigma * random.normal() + shift + add + (some && random.uniform() < 0.1 ? Math.log(3) : 0);
    values[i] = x;
    let k = 0;
    while (k < bounds.length && x > (logBounds[k] as number)) k += 1;
    below[k] = (below[k] as number) + 1;
  }
  values.sort();
  const over = new Float64Array(bounds.length);
  let slower = n;
  for (let k = 0; k < bounds.length; k += 1) {
    slower -= below[k] as number;
    over[k] = slower;
  }
  return { n, over, p95: n === 0 ? Number.NaN : median * Math.exp(percentile(values, 0.95)) };
}

const before = 240;

export function simulateLatency(cell: LatencyCell, random: Random): LatencyRun {
  let [zs, zc, zb] = [random.normal(), random.normal(), random.normal()];
  const next = (z: number) => 0.9 * z + Math.sqrt(0.19) * random.normal();
  const all = Array.from({ length: before + minutes }, (_, t): LatencyMinute => {
    [zs, zc, zb] = [next(zs), next(zc), next(zb)];
    const n = random.poisson(cell.rate);
    const nc = random.binomial(n, cell.share);
    const c = arm(nc, cell.swing * zs + cell.drift * zc, t < before ? 'none' : cell.slowing, random);
    const b = arm(n - nc, cell.swing * zs + cell.drift * zb, 'none', random);
    return { nc, nb: n - nc, overC: c.over, overB: b.over, p95c: c.p95, p95b: b.p95 };
  });
  return { history: all.slice(0, before), window: all.slice(before) };
}

export const latencyPeers = ['Kayenta p95 at 60', 'Kayenta p95 from 10', 'Argo p95 > 1.25×base'] as const;

function peersOn({ window }: LatencyRun): number[] {
  const never = Number.POSITIVE_INFINITY;
  const argo = new ArgoStyle(3);
  let [stopArgo, from10] = [never, never];
  const control: number[] = [];
  const experiment: number[] = [];
  window.forEach(({ p95c, p95b }, t) => {
    if (!Number.isNaN(p95c)) experiment.push(p95c);
    if (!Number.isNaN(p95b)) control.push(p95b);
    if (argo.check(p95c > 1.25 * trueP95)) stopArgo = Math.min(stopArgo, t + 1);
    if (t + 1 >= 10 && from10 === never && kayentaHigh(control, experiment)) from10 = t + 1;
  });
  return [kayentaHigh(control, experiment) ? minutes : never, from10, stopArgo];
}

export interface LatencyResult {
  readonly cell: LatencyCell;
  readonly runs: number;
  readonly outcomes: readonly { readonly judge: string; readonly stopped: number; readonly median: number }[];
}

export function measureLatency(cell: LatencyCell, runs: number, own: OurLatency = oursLatency): LatencyResult {
  const names = [...own.names, ...latencyPeers];
  const stops = names.map((): number[] => []);
  for (let i = 0; i < runs; i += 1) {
    const run = simulateLatency(cell, new Random((cell.id + 1000) * 1_000_003 + i * 7919 + 17));
    [...own.stops(run), ...peersOn(run)].forEach((stop, k) => {
      stops[k]?.push(stop);
    });
  }
  return {
    cell,
    runs,
    outcomes: names.map((judge, k) => {
      const sorted = (stops[k] ?? []).toSorted((x, y) => x - y);
      return {
        judge,
        stopped: sorted.filter(Number.isFinite).length / runs,
        median: sorted[Math.floor((runs - 1) / 2)] ?? Number.POSITIVE_INFINITY,
      };
    }),
  };
}
