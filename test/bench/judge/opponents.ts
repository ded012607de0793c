/**
 * The judges that others use, as yardsticks for the benchmark. Each is written from its described behaviour; Kayenta's is checked
 * against outputs of its own judge (test/judge/opponents.test.ts).
 */

// ---------------------------------------------------------------------------------------------------------------- Kayenta

export interface KayentaConfig {
  readonly direction: 'increase' | 'decrease' | 'either';
  readonly critical: boolean;
  readonly measure: 'meanRatio' | 'cles';
  readonly allowedIncrease: number;
  readonly allowedDecrease: number;
  readonly criticalIncrease: number;
  readonly criticalDecrease: number;
  readonly nanStrategy: 'remove' | 'replace';
  readonly outliers: 'keep' | 'remove';
  readonly outlierFactor: number;
  readonly mustHaveData: boolean;
}

export const kayentaDefaults: KayentaConfig = {
  direction: 'either',
  critical: false,
  measure: 'meanRatio',
  allowedIncrease: 1,
  allowedDecrease: 1,
  criticalIncrease: 1,
  criticalDecrease: 1,
  nanStrategy: 'remove',
  outliers: 'keep',
  outlierFactor: 3,
  mustHaveData: false,
};

export interface KayentaResult {
  readonly label: 'Pass' | 'High' | 'Low' | 'Nodata' | 'NodataFailMetric';
  readonly critical: boolean;
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly estimate: number;
}

/** Fixed in Kayenta's judge, whatever its configuration says: a share of the estimated shift, and the quantile of 98 % confidence. */
const tolerance = 0.25;
const quantile98 = 2.326347874040841;

/** One metric: does the canary (`experiment`) differ from the baseline (`control`)? Values are one per minute, NaN where there is none. */
export function kayenta(
  control: readonly number[],
  experiment: readonly number[],
  config: KayentaConfig = kayentaDefaults,
): KayentaResult {
  const points = Math.max(control.length, experiment.length);
  const x = prepared(experiment, points, config);
  const y = prepared(control, points, config);
  const nothing = { ratio: Number.NaN, low: Number.NaN, high: Number.NaN, estimate: Number.NaN };
  if (x.length === 0 || y.length === 0) {
    if (config.nanStrategy === 'replace') return { ...nothing, label: 'Pass', critical: false };
    const fails = config.mustHaveData && !config.critical;
    return { ...nothing, label: fails ? 'NodataFailMetric' : 'Nodata', critical: config.critical };
  }
  const ratio = mean(x) / mean(y);
  const same = x.length === y.length && x.every((value, i) => value === y[i]);
  if (same || (x[0] === x.at(-1) && y[0] === y.at(-1) && x[0] === y[0])) {
    return { label: 'Pass', critical: false, ratio, low: 0, high: 0, estimate: 0 };
  }
  // Kayenta blurs constant sides by random noise of this size, only so that its ranks are not all tied.
  const [a, b] = x[0] === x.at(-1) && y[0] === y.at(-1) ? [blurred(x), blurred(y)] : [x, y];
  const { low, high, estimate } = mannWhitneyInterval(a, b);
  const bounds = tolerance * Math.abs(estimate);
  const effect =
    config.measure === 'cles'
      ? commonLanguageEffect(a, b)
      : mean(a) === 0 || mean(b) === 0
        ? Number.NaN
        : mean(a) / mean(b);
  const unknown = Number.isNaN(effect);
  const isHigh = config.direction !== 'decrease' && low > bounds && (unknown || effect >= config.allowedIncrease);
  const isLow = config.direction !== 'increase' && high < -bounds && (unknown || effect <= config.allowedDecrease);
  const label = isHigh ? 'High' : isLow ? 'Low' : 'Pass';
  const beyond = isHigh ? effect >= config.criticalIncrease : effect <= config.criticalDecrease;
  return { label, critical: config.critical && label !== 'Pass' && (unknown || beyond), ratio, low, high, estimate };
}

function prepared(series: readonly number[], points: number, config: KayentaConfig): number[] {
  const replace = config.nanStrategy === 'replace' && series.length > 0;
  const padded = [...series, ...Array<number>(points - series.length).fill(Number.NaN)];
  const values = replace ? padded.map((v) => (Number.isNaN(v) ? 0 : v)) : padded.filter((v) => !Number.isNaN(v));
  values.sort((a, b) => a - b);
  if (config.outliers === 'keep' || values.length === 0) return values;
  const [q1, q3] = [percentile(values, 0.25), percentile(values, 0.75)];
  const reach = config.outlierFactor * (q3 - q1);
  const lower = Math.min(percentile(values, 0.01), q1 - reach);
  const upper = Math.max(percentile(values, 0.99), q3 + reach);
  return values.filter((v) => v >= lower && v <= upper);
}

/** Of sorted values, by linear interpolation (R's type 7). */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below] ?? Number.NaN;
  return low + (at - below) * ((sorted[below + 1] ?? low) - low);
}

const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;

const blurred = (values: readonly number[]) =>
  values.map((v, i) => v + 1e-5 * v * Math.sin(12.9898 * (i + 1))).sort((a, b) => a - b);

function commonLanguageEffect(x: readonly number[], y: readonly number[]): number {
  let wins = 0;
  for (const a of x) for (const b of y) wins += a > b ? 1 : a === b ? 0.5 : 0;
  return wins / (x.length * y.length);
}

/** The 98 % interval and the estimate of the shift x - y. Both sorted. */
function mannWhitneyInterval(x: readonly number[], y: readonly number[]) {
  const from = (x[0] ?? 0) - (y.at(-1) ?? 0);
  const to = (x.at(-1) ?? 0) - (y[0] ?? 0);
  const distance = (level: number) => (shift: number) => mannWhitney(x, y, shift) - level;
  const low = distance(quantile98)(from) <= 0 ? from : root(distance(quantile98), from, to);
  const high = distance(-quantile98)(to) >= 0 ? to : root(distance(-quantile98), from, to);
  return { low, high, estimate: root(distance(0), from, to) };
}

/** The z of x - shift against y, with the correction for continuity and for ties. Both sorted; it never rises with the shift. */
export function mannWhitney(x: readonly number[], y: readonly number[], shift: number): number {
  const m = x.length;
  const n = y.length;
  let [i, j, rank, ranks, ties] = [0, 0, 0, 0, 0];
  while (i < m || j < n) {
    const a = i < m ? (x[i] as number) - shift : Number.POSITIVE_INFINITY;
    const b = j < n ? (y[j] as number) : Number.POSITIVE_INFINITY;
    const value = Math.min(a, b);
    const [i0, j0] = [i, j];
    while (i < m && (x[i] as number) - shift === value) i += 1;
    while (j < n && y[j] === value) j += 1;
    const size = i - i0 + j - j0;
    ranks += (i - i0) * (rank + (size + 1) / 2);
    ties += size ** 3 - size;
    rank += size;
  }
  const w = ranks - (m * (m + 1)) / 2 - (m * n) / 2;
  const variance = ((m * n) / 12) * (m + n + 1 - ties / ((m + n) * (m + n - 1)));
  return (w - 0.5 * Math.sign(w)) / Math.sqrt(variance);
}

/** Brent's method, to 1e-4 in absolute terms: a coarse solver, and on the flat stretches of z part of Kayenta's behaviour. */
function root(f: (at: number) => number, from: number, to: number): number {
  const [fFrom, fTo] = [f(from), f(to)];
  if (fFrom === 0 || from === to) return from;
  if (fTo === 0) return to;
  return fFrom * fTo < 0 ? brent(f, from, to, fFrom, fTo) : Number.NaN;
}

function brent(f: (at: number) => number, from: number, to: number, fFrom: number, fTo: number): number {
  // best: the newest and nearest point; last: the one before; across: the end with the other sign.
  let [last, fLast, best, fBest, across, fAcross] = [from, fFrom, to, fTo, from, fFrom];
  for (let round = 0; round < 1000; round += 1) {
    const moved = best - last;
    if (Math.abs(fAcross) < Math.abs(fBest)) {
      [last, best, across] = [best, across, best];
      [fLast, fBest, fAcross] = [fBest, fAcross, fBest];
    }
    const near = 2 * Number.EPSILON * Math.abs(best) + 0.5e-4;
    const gap = across - best;
    if (Math.abs(gap / 2) <= near || fBest === 0) return best;
    let step = gap / 2;
    if (Math.abs(moved) >= near && Math.abs(fLast) > Math.abs(fBest)) {
      const s = fBest / fLast;
      let p = gap * s;
      let q = 1 - s;
      if (last !== across) {
        const [u, r] = [fLast / fAcross, fBest / fAcross];
        p = s * (gap * u * (u - r) - (best - last) * (r - 1));
        q = (u - 1) * (r - 1) * (s - 1);
      }
      if (p > 0) q = -q;
      else p = -p;
      if (p < 0.75 * gap * q - Math.abs(near * q) / 2 && p < Math.abs((moved * q) / 2)) step = p / q;
    }
    if (Math.abs(step) < near) step = step > 0 ? near : -near;
    [last, fLast] = [best, fBest];
    best += step;
    fBest = f(best);
    if (fBest * fAcross > 0) [across, fAcross] = [last, fLast];
  }
  return best;
}

/**
 * Whether Kayenta would say High for a metric where more is worse. The same answer as `kayenta(...)` with `direction: increase`, but
 * most quiet minutes are answered by one rank sum: an interval that holds 0, with room for the solver, is never High.
 */
export function kayentaHigh(control: readonly number[], experiment: readonly number[]): boolean {
  if (control.length === 0 || experiment.length === 0) return false;
  const x = experiment.toSorted((a, b) => a - b);
  const y = control.toSorted((a, b) => a - b);
  if (mean(x) < mean(y)) return false;
  const constant = x[0] === x.at(-1) && y[0] === y.at(-1);
  if (!constant && mannWhitney(x, y, -0.001) < quantile98 && (x[0] ?? 0) - (y.at(-1) ?? 0) <= 0) return false;
  return kayenta(control, experiment, { ...kayentaDefaults, direction: 'increase', critical: true }).label === 'High';
}

// ------------------------------------------------------------------------------------------------------ Argo Rollouts, Flagger

/** Argo Rollouts: a check of each minute; the run fails when more than `failureLimit` checks failed, consecutive or not. */
export class ArgoStyle {
  private failed = 0;
  private readonly failureLimit: number;
  constructor(failureLimit = 3) {
    this.failureLimit = failureLimit;
  }
  /** @returns true when the rollout is aborted */
  check(bad: boolean): boolean {
    if (bad) this.failed += 1;
    return this.failed > this.failureLimit;
  }
}

/** Flagger: rolls back as soon as `threshold` checks failed, consecutive or not. */
export class FlaggerStyle {
  private failed = 0;
  private readonly threshold: number;
  constructor(threshold = 5) {
    this.threshold = threshold;
  }
  check(bad: boolean): boolean {
    if (bad) this.failed += 1;
    return this.failed >= this.threshold;
  }
}

// ------------------------------------------------------------------------------------------------------------------- plain z

/** One-sided two-proportion z of all counts so far: the textbook test, made for being looked at once. */
export function twoProportionZ(c: number, nc: number, b: number, nb: number): number {
  if (nc === 0 || nb === 0) return Number.NEGATIVE_INFINITY;
  const p = (c + b) / (nc + nb);
  if (p === 0 || p === 1) return Number.NEGATIVE_INFINITY;
  return (c / nc - b / nb) / Math.sqrt(p * (1 - p) * (1 / nc + 1 / nb));
}
