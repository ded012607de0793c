/** Points of a series as one value. */
import type { Reported, Samples } from '../../record/evidence.js';
import { type InBins, NotMeasured, type OverTime, type TelemetryQuestion } from '../source.js';

export interface Point {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly value: Reported;
}

/** Reduces a series over time. One point that is no finite number spoils it; no point gives null. */
export function overTime(points: readonly Point[], how: OverTime): Reported {
  const values: number[] = [];
  for (const { value } of points) {
    if (typeof value !== 'number') return value;
    values.push(value);
  }
  const last = values.at(-1);
  if (last === undefined) return null;
  switch (how) {
    case 'last':
      return last;
    case 'max':
      return values.reduce((a, b) => Math.max(a, b));
    case 'min':
      return values.reduce((a, b) => Math.min(a, b));
    case 'avg':
      return values.reduce((a, b) => a + b) / values.length;
  }
}

export const isInBins = (how: OverTime | InBins | undefined): how is InBins => how === 'each' || how === 'increase';

/** Whether the time of a point is the beginning or the end of what it stands for. */
export type Stamp = 'begin' | 'end';

/**
 * Points as the bins of a window, the first beginning with it. A bin without a point is null, and so is one with several: a system
 * that gives finer points than it was asked for does not say how to make one of them.
 */
export function inBins(
  points: readonly Point[],
  { from, to }: TelemetryQuestion['window'],
  everyMs: number,
  stamp: Stamp,
): Reported[] {
  const bins = new Array<Reported>(Math.round((to - from) / everyMs)).fill(null);
  const twice = new Set<number>();
  const filled = new Set<number>();
  for (const { at, value } of points) {
    const place = (stamp === 'end' ? at - everyMs - from : at - from) / everyMs;
    const bin = stamp === 'end' ? Math.ceil(place) : Math.floor(place);
    if (bin < 0 || bin >= bins.length) continue;
    if (filled.has(bin)) twice.add(bin);
    filled.add(bin);
    bins[bin] = value;
  }
  for (const bin of twice) bins[bin] = null;
  return bins;
}

/** What a series of an answer holds beside its labels: one value, and the bins where the question is asked in bins. */
export function seriesOver(
  points: readonly Point[],
  { window, range }: Pick<TelemetryQuestion, 'window' | 'range'>,
  stamp: Stamp,
  usual: OverTime = 'last',
): Omit<Samples['series'][number], 'labels'> {
  const how = range?.reduce ?? usual;
  if (!isInBins(how)) return { value: overTime(points, how), points: points.length };
  const bins = inBins(points, window, range?.everyMs ?? window.to - window.from, stamp);
  return { value: bins.at(-1) ?? null, points: points.length, bins };
}

/** @throws {NotMeasured} `too-many-series`: a policy judges a number or a handful; more is a query that forgot to aggregate */
export function refuseMany(count: number, most: number): void {
  if (count <= most) return;
  const message = `the query gave ${count} series, more than ${most}: aggregate in the query`;
  throw new NotMeasured('too-many-series', message, { permanent: true });
}
