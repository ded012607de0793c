/**
 * How much more than by chance two arms differ, by the length of time that is summed up. Noise that is new every minute has the same
 * φ at every length; an arm that drifts slowly has one that grows with it.
 *
 * From the history, per length L of 1, 5, 15 and 30 minutes: x = the mean of (C − D·θ)²/max(D·θ·(1−θ), ¼) over blocks of L minutes
 * that overlap (which tells more about long blocks than blocks side by side), with a standard error of about sqrt(2/ν). Starting
 * from 1, φ rises to x·(1 + sqrt(2/ν)), which is an upper estimate, in so far as x lies significantly above the φ of the shorter
 * length: not below 0.75 standard errors, wholly above 1.75. So a noise that is the same at all lengths is known as well as its
 * minutes tell, instead of as badly as its half hours.
 *
 * Everything here was chosen on simulated noise (docs/judge.md); the guarantee for independent requests does not depend on it.
 */
import { comparesArms, type Minute } from './count-test.js';

/** φ of sums over 1, 5, 15 and 30 minutes, and of longer ones. Never falls. */
export type SpanPhi = readonly [number, number, number, number, number];

/** Minutes. */
export const spanLengths = [1, 5, 15, 30] as const;
const fewestBlocks = 8;

/** The failures a minute in all, below which the split does not show how they clump. */
const fewFailures = 5;

/** φ of a sum over so many minutes. */
export const spanAt = (phi: SpanPhi, minutes: number): number => {
  const k = spanLengths.findIndex((length) => minutes <= length);
  return phi[k === -1 ? 4 : k] as number;
};

/** The same φ at every length. */
export const evenPhi = (phi: number): SpanPhi => [phi, phi, phi, phi, phi];

/** 0 up to so many standard errors above `from`, 1 from one more on. */
const significance = (x: number, from: number, error: number, errors: number): number =>
  Math.min(1, Math.max(0, (x / from - 1) / error - errors));

/** @param history minutes of the old version, its instances dealt into two arms as the release deals its traffic, in order of time */
export function spanPhiOf(history: readonly Minute[]): SpanPhi {
  const minutes = history.filter(comparesArms);
  const sums = cumulated(minutes);
  const all = sums.at(-1);
  if (all === undefined || all.c + all.b === 0) return evenPhi(1);
  const ratio = (all.c + 0.5) / all.nc / ((all.b + 0.5) / all.nb);
  const found: number[] = [];
  let phi = 1;
  for (const length of spanLengths) {
    const seen = ofLength(sums, length, ratio);
    if (seen !== undefined) {
      const { x, error } = seen;
      phi += significance(x, phi, error, 0.75) * Math.max(0, x * (1 + error) - phi);
    }
    found.push(phi);
  }
  const [one = 1, five = 1, quarter = 1, half = 1] = found;
  const least = ofFewFailures(minutes, all);
  const canaryAnHour = (60 * all.c) / minutes.length;
  const final = (value: number): number => {
    const known = Math.max(value, least);
    // Incidents are not all of one size: a few of them are more unlike their average than the law in units of φ knows.
    return known * (1 + (0.6 * (1 - 1 / known)) / Math.sqrt(1 + canaryAnHour / known));
  };
  // What drifts goes on growing beyond half an hour, about as much as from a quarter to a half.
  return [final(one), final(five), final(quarter), final(half), final(half + (half - quarter))];
}

/** Sums over the minutes before each, and over all. */
function cumulated(minutes: readonly Minute[]): Minute[] {
  let sum: Minute = { c: 0, nc: 0, b: 0, nb: 0 };
  const sums = [sum];
  for (const m of minutes) {
    sum = { c: sum.c + m.c, nc: sum.nc + m.nc, b: sum.b + m.b, nb: sum.nb + m.nb };
    sums.push(sum);
  }
  return sums;
}

/** @returns undefined for too few blocks */
function ofLength(sums: readonly Minute[], length: number, ratio: number): { x: number; error: number } | undefined {
  const total = sums.length - 1;
  let [x2, blocks] = [0, 0];
  for (let t = 0; t + length <= total; t += Math.max(1, Math.floor(length / 5))) {
    const from = sums[t] as Minute;
    const to = sums[t + length] as Minute;
    const c = to.c - from.c;
    const d = c + to.b - from.b;
    if (d <= 0) continue;
    const canary = ratio * (to.nc - from.nc);
    const theta = canary / (canary + to.nb - from.nb);
    x2 += (c - d * theta) ** 2 / Math.max(d * theta * (1 - theta), 0.25);
    blocks += 1;
  }
  const apart = total / length;
  if (apart < fewestBlocks || blocks < fewestBlocks) return undefined;
  const all = sums[total] as Minute;
  const freedom = Math.max(2, (length === 1 ? 1 : 1.4) * Math.min(apart, all.c + all.b) - 1);
  return { x: ((x2 / blocks) * apart) / (apart - 1), error: Math.sqrt(2 / freedom) };
}

/** The dispersion of the failures of both arms together. */
function ofFewFailures(minutes: readonly Minute[], all: Minute): number {
  const failures = all.c + all.b;
  if (failures / minutes.length >= fewFailures || minutes.length < 2) return 1;
  const rate = failures / (all.nc + all.nb);
  const x2 = minutes.reduce((sum, { c, nc, b, nb }) => {
    const expected = (nc + nb) * rate;
    return sum + (c + b - expected) ** 2 / expected;
  }, 0);
  const x = x2 / (minutes.length - 1);
  return 1 + significance(x, 1, Math.sqrt(2 / (minutes.length - 1)), 1.5) * Math.max(0, x - 1);
}
