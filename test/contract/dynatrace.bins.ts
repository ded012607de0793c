/** Shapes as in `dynatrace.contract.ts`; a slot is named by its end (https://docs.dynatrace.com/docs/dynatrace-api/environment-api/metric-v2/metric-faq). */
import { expect } from 'vitest';
import { apart, type BinsContract, type BinTimes, minute, onPage } from './bins.js';
import type { Answer } from './harness.js';

const answered =
  (change: object = {}, shift = 0) =>
  ({ path }: { readonly path: string }, { from, to }: BinTimes): Answer => {
    const query = Object.fromEntries(new URL(path, 'http://dynatrace').searchParams);
    expect(query).toMatchObject({ from: String(from), to: String(to), resolution: '1m' });
    const selector = query.metricSelector ?? '';
    const failures = selector.includes('errors');
    const canary = selector.includes('SERVICE-2A4C2CF4D2E1B9A7');
    const values = canary ? (failures ? [1, null, 0] : [10, null, 30]) : failures ? [4, 5, null] : [100, 200, null];
    const timestamps = values.map((_, i) => from + (i + 1) * minute + shift);
    const data = [{ dimensions: [], dimensionMap: {}, timestamps, values }];
    return {
      body: { totalCount: 1, nextPageKey: null, resolution: '1m', result: [{ metricId: selector, data }], ...change },
    };
  };

export const bins: readonly BinsContract[] = [
  {
    ...onPage('dynatrace', 'errors, canary against stable'),
    answer: answered(),
    expected: apart,
    wrong: { 'another resolution': answered({ resolution: '5m' }), 'times between the edges': answered({}, 20_000) },
  },
];
