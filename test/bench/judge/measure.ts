/** Runs the judges over a cell and says what each did. */
import { ArgoStyle, FlaggerStyle, kayentaHigh, twoProportionZ } from './opponents.js';
import { type Ours, ours } from './ours.js';
import { Random } from './random.js';
import { type Cell, type Counts, minutes, type Run, seedOf, simulate } from './scenarios.js';

export interface Outcome {
  readonly judge: string;
  readonly runs: number;
  readonly stopped: number;
  /** Over all runs; infinite when less than half of them stopped. */
  readonly median: number;
  /** Canary requests that failed until the stop, or in the whole hour; mean. */
  readonly failed: number;
}

export interface CellResult {
  readonly cell: Cell;
  readonly outcomes: readonly Outcome[];
}

export const never = Number.POSITIVE_INFINITY;

/** The judges that others use. They get what they ask for: counts of each minute, and Argo even the true rate of the old version. */
export const peers = [
  'Kayenta at 60',
  'Kayenta from 10',
  'Kayenta from 2',
  'Argo > 2×base',
  'Argo > 5 %',
  'Flagger 99 %',
  'z peeking 5 %',
  'z peeking 1 %',
  'z once at 60',
] as const;

/** @returns the minute at which each of `peers` stops */
function peersOn(run: Run, base: number, withKayenta: boolean): number[] {
  const { c, nc, b, nb } = run.window;
  const stop = { argo2: never, argo5: never, flagger: never, z5: never, z1: never };
  const argo2 = new ArgoStyle(3);
  const argo5 = new ArgoStyle(3);
  const flagger = new FlaggerStyle(5);
  let [C, NC, B, NB] = [0, 0, 0, 0];
  let z = never;
  for (let t = 0; t < minutes; t += 1) {
    const minute = t + 1;
    const [ct, nct] = [c[t] as number, nc[t] as number];
    const rate = nct > 0 ? ct / nct : 0;
    if (argo2.check(rate > 2 * base)) stop.argo2 = Math.min(stop.argo2, minute);
    if (argo5.check(rate > 0.05)) stop.argo5 = Math.min(stop.argo5, minute);
    if (flagger.check(1 - rate < 0.99)) stop.flagger = Math.min(stop.flagger, minute);
    C += ct;
    NC += nct;
    B += b[t] as number;
    NB += nb[t] as number;
    z = twoProportionZ(C, NC, B, NB);
    if (z >= 1.6449) stop.z5 = Math.min(stop.z5, minute);
    if (z >= 2.3263) stop.z1 = Math.min(stop.z1, minute);
  }
  const [k60, k10, k1] = withKayenta ? kayentaStops(run.window) : [Number.NaN, Number.NaN, Number.NaN];
  return [
    k60,
    k10,
    k1,
    stop.argo2,
    stop.argo5,
    stop.flagger,
    stop.z5,
    stop.z1,
    z >= 1.6449 ? minutes : never,
  ] as number[];
}

/** Kayenta on the failure share per minute in per cent: once at the end, every minute from the tenth, every minute from the second (of one point a side it calls every rise High). */
export function kayentaStops({ c, nc, b, nb }: Counts): [number, number, number] {
  const control: number[] = [];
  const experiment: number[] = [];
  let [from10, from1] = [never, never];
  for (let t = 0; t < minutes; t += 1) {
    if ((nc[t] as number) > 0) experiment.push((100 * (c[t] as number)) / (nc[t] as number));
    if ((nb[t] as number) > 0) control.push((100 * (b[t] as number)) / (nb[t] as number));
    if (t === 0) continue;
    if (from1 !== never && (from10 !== never || t + 1 < 10)) continue;
    if (!kayentaHigh(control, experiment)) continue;
    from1 = Math.min(from1, t + 1);
    if (t + 1 >= 10) from10 = t + 1;
  }
  return [kayentaHigh(control, experiment) ? minutes : never, from10, from1];
}

class Tally {
  private readonly stops: number[] = [];
  private failed = 0;
  add(stop: number, served: Float64Array): void {
    this.stops.push(stop);
    this.failed += served[Math.min(stop, minutes) - 1] as number;
  }
  outcome(judge: string): Outcome {
    const sorted = this.stops.toSorted((x, y) => x - y);
    const runs = sorted.length;
    return {
      judge,
      runs,
      stopped: sorted.filter((stop) => stop !== never).length / runs,
      median: sorted[Math.floor((runs - 1) / 2)] ?? never,
      failed: this.failed / runs,
    };
  }
}

/** Kayenta, the slowest of them, sees the first half of the runs. */
export function measure(cell: Cell, runs: number, judges: readonly Ours[] = ours): CellResult {
  const names = [...judges.flatMap((judge) => judge.names), ...peers];
  const tallies = names.map(() => new Tally());
  const served = new Float64Array(minutes);
  for (let i = 0; i < runs; i += 1) {
    const run = simulate(cell, new Random(seedOf(cell.id, i)));
    let sum = 0;
    for (let t = 0; t < minutes; t += 1) {
      sum += run.window.c[t] as number;
      served[t] = sum;
    }
    const stops = [...judges.flatMap((judge) => judge.stops(run)), ...peersOn(run, cell.base, i < Math.ceil(runs / 2))];
    stops.forEach((stop, k) => {
      if (!Number.isNaN(stop)) tallies[k]?.add(stop, served);
    });
  }
  return { cell, outcomes: names.map((name, k) => (tallies[k] as Tally).outcome(name)) };
}
