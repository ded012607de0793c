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

export const emptyBins = (length: number): Reported[] => Array.from({ length }, () => null);

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
  const bins = emptyBins(Math.round((to - from) / everyMs));
  const twice = new Set<number>();
  const filled = new Set<number>();
  for (const { at, value } of points) {
    const place = (stamp === 'end' ? at - everyMs - from : at - from) / everyMs;
    const bin = stamp === 'end' ? Math.ceil(place) : Math.floor(place);
    // A time that is none is in no bin either.
    if (!(bin >= 0 && bin < bins.length)) continue;
    if (filled.has(bin)) twice.add(bin);
    filled.add(bin);
    bins[bin] = value;
  }
  for (const bin of twice) bins[bin] = null;
  return bins;
}

type Asked = Pick<TelemetryQuestion, 'window' | 'range'>;

/** Series that are read of an answer in bins: histograms are judged, of which each bound is a series, and instances are told apart. */
export const mostInBins = 1000;

/**
 * Refuses points that do not lie at the edges of the bins asked for: what they stand for is no bin.
 *
 * @param advice how the query is to be written
 * @throws {NotMeasured} `bad-query`
 */
export function refuseAskew(points: readonly Point[], { window, range }: Asked, advice: string): void {
  if (range === undefined || !isInBins(range.reduce)) return;
  const askew = points.find(({ at }) => (at - window.from) % range.everyMs !== 0);
  if (askew === undefined) return;
  const time = Number.isFinite(askew.at) ? new Date(askew.at).toISOString() : 'that is none';
  throw badQuery(`the answer has the time ${time}, which is at no edge of a bin: ${advice}`);
}

/** @throws {NotMeasured} `bad-query` for a question in bins, which this query has no answer for */
export function refuseBins({ range }: Pick<TelemetryQuestion, 'range'>, why: string): void {
  if (isInBins(range?.reduce)) throw badQuery(why);
}

const badQuery = (message: string): NotMeasured => new NotMeasured('bad-query', message, { permanent: true });

/** What a series of an answer holds beside its labels: one value, and the bins where the question is asked in bins. */
export function seriesOver(
  points: readonly Point[],
  { window, range }: Asked,
  stamp: Stamp,
  usual: OverTime = 'last',
): Omit<Samples['series'][number], 'labels'> {
  const how = range?.reduce ?? usual;
  if (!isInBins(how)) return { value: overTime(points, how), points: points.length };
  if (how === 'increase')
    throw badQuery('this source does not give what counters have grown by: write a query that counts');
  const bins = inBins(points, window, range?.everyMs ?? window.to - window.from, stamp);
  return { value: bins.at(-1) ?? null, points: points.length, bins };
}

/** @throws {NotMeasured} `too-many-series`: a policy judges a number or a handful; more is a query that forgot to aggregate */
export function refuseMany(count: number, most: number): void {
  if (count <= most) return;
  const message = `the query gave ${count} series, more than ${most}: aggregate in the query`;
  throw new NotMeasured('too-many-series', message, { permanent: true });
}
