/** Shapes as in `elastic.contract.ts`; DATE_TRUNC names a bin by its begin, and there is no row without a document. */
import { expect } from 'vitest';
import { type BinsContract, type BinTimes, byVersion, minute, onPage } from './bins.js';
import type { Answer } from './harness.js';

const table = (columns: Readonly<Record<string, string>>, values: readonly (readonly unknown[])[]): Answer => ({
  body: {
    took: 1,
    is_partial: false,
    columns: Object.entries(columns).map(([name, type]) => ({ name, type })),
    values,
  },
});

const columns = { n: 'long', bin: 'date', version: 'keyword' };

const answered =
  (rows: (failures: boolean) => readonly (readonly [n: number, minutes: number, version: string])[], own = columns) =>
  ({ body }: { readonly body: string }, { from, to }: BinTimes): Answer => {
    const { query } = JSON.parse(body) as { query: string };
    if (query.includes('signalbox_time')) {
      return table({ newest: 'date', events: 'long' }, [[new Date(to - 2000).toISOString(), 340]]);
    }
    expect(query).toContain('DATE_TRUNC(60 seconds, @timestamp)');
    const values = rows(query.includes('CASE')).map(([n, m, version]) => [
      n,
      new Date(from + m * minute).toISOString(),
      version,
    ]);
    return table(own, values);
  };

export const bins: readonly BinsContract[] = [
  {
    ...onPage('elastic', 'checkout errors, canary against stable'),
    answer: answered((failures) =>
      failures
        ? [
            [1, 0, '2.4.0'],
            [5, 1, '2.3.1'],
            [4, 0, '2.3.1'],
            [0, 2, '2.4.0'],
          ]
        : [
            [10, 0, '2.4.0'],
            [200, 1, '2.3.1'],
            [100, 0, '2.3.1'],
            [30, 2, '2.4.0'],
          ],
    ),
    expected: byVersion,
    wrong: {
      'times of documents': answered(() => [
        [1, 0.2, '2.4.0'],
        [1, 0.3, '2.3.1'],
      ]),
      'no times': answered(() => [[1, 0, '2.4.0']], { ...columns, bin: 'keyword' }),
    },
  },
];
