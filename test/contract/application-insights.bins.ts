/** Shapes as in `application-insights.contract.ts`; `bin()` names a bin by its begin, and there is no row where nothing was written. */
import { expect } from 'vitest';
import { durationBounds } from '../../src/sources/telemetry/azure/signal-kql.js';
import { result } from './application-insights.contract.js';
import { arms, type BinsContract, type BinTimes, byVersion, minute, onPage } from './bins.js';
import type { Answer } from './harness.js';

const iso = (ms: number): string => new Date(ms).toISOString();
/** As Azure writes times. */
const long = (ms: number): string => iso(ms).replace('Z', '0000Z');

const queryOf = (body: string): string => (JSON.parse(body) as { query: string }).query;

const rows = [
  ['staging', 0, 1, 10],
  ['production', 1, 5, 200],
  ['production', 0, 4, 100],
  ['staging', 2, 0, 30],
] as const;

const counted = [
  ['events', 'long'],
  ['rows', 'long'],
  ['newest', 'datetime'],
] as const;
const sliced = [
  ['slice', 'string'],
  ['began', 'datetime'],
] as const;

const failures = ({ body }: { readonly body: string }, { from, to }: BinTimes): Answer => {
  const query = queryOf(body);
  expect(query).toContain(`bin_at(timestamp, 60000ms, datetime(${iso(from)}))`);
  const failed = query.includes('sumif(');
  const table = rows.map(([slot, m, bad, all]) => [
    slot,
    long(from + m * minute),
    failed ? bad : `${all}`,
    all,
    all,
    long(to - 2000),
  ]);
  return result([...sliced, ['value', 'long'], ...counted], table);
};

const durations = ({ body }: { readonly body: string }, { from, to }: BinTimes): Answer => {
  const query = queryOf(body);
  for (const bound of durationBounds) expect(query).toContain(`le${bound} = sumif(itemCount, duration <= ${bound})`);
  const columns = durationBounds.map((bound) => [`le${bound}`, 'long'] as const);
  const slowest = durationBounds.map((bound) => (bound < 1000 ? 3 : 8));
  return result(
    [...sliced, ...columns, ...counted],
    [['staging', long(from + minute), ...slowest, 9, 5, long(to - 2000)]],
  );
};

/** The same for a query of the policy's own, with its proof beside it. */
export const ownRows =
  (label: string, time: string, names: Readonly<Record<string, string>>, isFailures: (query: string) => boolean) =>
  ({ body }: { readonly body: string }, { from, to }: BinTimes): Answer => {
    const query = queryOf(body);
    if (query.includes('extend part = ')) {
      const columns = [
        ['part', 'long'],
        ['rows', 'long'],
        ['newest', 'datetime'],
      ] as const;
      return result(columns, [[0, 340, long(to - 2000)]]);
    }
    expect(query).toContain(`bin(${time}, 60000ms)`);
    const table = rows.map(([slot, m, bad, all]) => [
      names[slot],
      long(from + m * minute),
      isFailures(query) ? bad : all,
    ]);
    return result(
      [
        [label, 'string'],
        [time, 'datetime'],
        ['value', 'long'],
      ],
      table,
    );
  };

export const bins: readonly BinsContract[] = [
  {
    ...onPage('application-insights', 'failures, staging against production', 'endpoint'),
    answer: failures,
    expected: arms({ slot: 'staging' }, { slot: 'production' }),
    wrong: {
      'no row': () => result([...sliced, ['value', 'long'], ...counted], []),
      'times between the edges': (_, { from, to }) =>
        result([...sliced, ['value', 'long'], ...counted], [['staging', long(from + 20_000), 1, 1, 1, long(to)]]),
    },
  },
  {
    ...onPage('application-insights', 'durations, staging against production', 'endpoint'),
    answer: durations,
    expected: {
      buckets: [...durationBounds.map(String), '+Inf'].map((le) => ({
        labels: { slot: 'staging', le },
        bins: [null, le === '+Inf' ? 9 : Number(le) < 1000 ? 3 : 8, null],
      })),
    },
  },
  {
    ...onPage('application-insights', 'failed orders, 2.4.0 against 2.3.1', 'endpoint'),
    answer: ownRows('version', 'timestamp', { staging: '2.4.0', production: '2.3.1' }, (query) =>
      query.includes('sumif('),
    ),
    expected: byVersion,
  },
];
