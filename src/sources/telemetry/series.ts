/** Points of a series as one value. */
import type { Reported } from '../../record/evidence.js';
import { NotMeasured, type OverTime } from '../source.js';

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

/** @throws {NotMeasured} `too-many-series`: a policy judges a number or a handful; more is a query that forgot to aggregate */
export function refuseMany(count: number, most: number): void {
  if (count <= most) return;
  const message = `the query gave ${count} series, more than ${most}: aggregate in the query`;
  throw new NotMeasured('too-many-series', message, { permanent: true });
}
