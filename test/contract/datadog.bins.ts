/** Shapes as in `datadog.contract.ts`; a point is named by the begin of its interval, and there is none where nothing happened. */
import { expect } from 'vitest';
import { type BinsContract, type BinTimes, byVersion, minute, onPage } from './bins.js';
import type { Answer } from './harness.js';

interface Body {
  readonly data: {
    readonly attributes: {
      readonly from: number;
      readonly to: number;
      readonly interval: number;
      readonly queries: readonly { readonly query: string }[];
    };
  };
}

const answered =
  (
    times: readonly number[],
    canary: (hits: boolean) => readonly (number | null)[],
    baseline: (hits: boolean) => readonly (number | null)[],
  ) =>
  ({ body }: { readonly body: string }, { from, to }: BinTimes): Answer => {
    const { attributes } = (JSON.parse(body) as Body).data;
    expect(attributes).toMatchObject({ from, to, interval: 60_000 });
    const query = attributes.queries[0]?.query ?? '';
    expect(query).not.toContain('beside');
    const hits = query.includes('.hits');
    return {
      body: {
        data: {
          type: 'timeseries_response',
          attributes: {
            series: [{ group_tags: ['version:2.4.0'] }, { group_tags: ['version:2.3.1'] }],
            times: times.map((m) => from + m * minute),
            values: [canary(hits), baseline(hits)],
          },
        },
      },
    };
  };

export const bins: readonly BinsContract[] = [
  {
    ...onPage('datadog', 'checkout errors, canary against stable'),
    answer: answered(
      [-1, 0, 1, 2, 3],
      (hits) => (hits ? [9, 10, null, 30, 9] : [9, 1, null, null, 9]),
      (hits) => (hits ? [9, 100, 200, null, 9] : [9, 4, 5, null, 9]),
    ),
    expected: byVersion,
    wrong: {
      'finer points': answered(
        [0, 0.5, 1, 1.5],
        () => [1, 2, 3, 4],
        () => [1, 2, 3, 4],
      ),
      'points between the edges': answered(
        [0.25, 1.25, 2.25],
        () => [1, 2, 3],
        () => [1, 2, 3],
      ),
    },
  },
];
