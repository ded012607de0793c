/** Several series to one number. */
import type { Reported, Samples } from '../record/evidence.js';

export const reducers = ['max', 'min', 'sum', 'avg', 'all', 'any'] as const;
export type Reducer = (typeof reducers)[number];

export type Finite = { readonly ok: true; readonly values: readonly number[] };
export type NotFinite = { readonly ok: false; readonly bad: Reported; readonly labels: string };

/** All values of a measurement, or the first that is no finite number. One bad series spoils the whole: it could be the one that matters. */
export function finiteValues(measurement: Samples): Finite | NotFinite {
  const values: number[] = [];
  for (const { value, labels } of measurement.series) {
    if (typeof value !== 'number' || !Number.isFinite(value))
      return { ok: false, bad: value, labels: labelText(labels) };
    values.push(value);
  }
  return { ok: true, values };
}

/** `{code="500",pod="a"}`, or an empty text for a series without labels. */
export function labelText(labels: Readonly<Record<string, string>>): string {
  const entries = Object.entries(labels);
  return entries.length === 0 ? '' : `{${entries.map(([k, x]) => `${k}=${JSON.stringify(x)}`).join(',')}}`;
}

/**
 * @param values at least one; `all` and `any` are not numbers but ways to compare, see the telemetry gate
 */
export function reduce(values: readonly number[], reducer: Exclude<Reducer, 'all' | 'any'>): number {
  const sum = values.reduce((a, b) => a + b, 0);
  switch (reducer) {
    case 'max':
      return values.reduce((a, b) => Math.max(a, b));
    case 'min':
      return values.reduce((a, b) => Math.min(a, b));
    case 'sum':
      return sum;
    case 'avg':
      return sum / values.length;
  }
}
