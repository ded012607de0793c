/** Shapes as in `influxdb.contract.ts`: `GROUP BY time()` and `date_bin()` name a bin by its begin, `aggregateWindow()` by its end. */
import { expect } from 'vitest';
import { type BinsContract, type BinTimes, byVersion, minute, onPage } from './bins.js';
import type { Answer } from './harness.js';

const iso = (ms: number): string => new Date(ms).toISOString();

type Rows = readonly (readonly [version: string, minutes: number, value: number])[];
const rowsOf = (failures: boolean): Rows =>
  failures
    ? [
        ['2.4.0', 0, 1],
        ['2.4.0', 2, 0],
        ['2.3.1', 0, 4],
        ['2.3.1', 1, 5],
      ]
    : [
        ['2.4.0', 0, 10],
        ['2.4.0', 2, 30],
        ['2.3.1', 0, 100],
        ['2.3.1', 1, 200],
      ];

type Responder = (request: { readonly body: string }, times: BinTimes) => Answer;

const influxql =
  (shift = 0): Responder =>
  ({ body }, { from, to }) => {
    const q = new URLSearchParams(body).get('q') ?? '';
    const newest = { name: 'requests', columns: ['time', 'count'], values: [[to - 5000, 10]] };
    if (q.includes('LIMIT 1')) return { body: { results: [{ statement_id: 0, series: [newest] }] } };
    expect(q).toContain('GROUP BY time(60s), "version" fill(none)');
    const rows = rowsOf(q.includes('"failed"'));
    const series = ['2.4.0', '2.3.1'].map((version) => ({
      name: 'requests',
      tags: { version },
      columns: ['time', 'sum'],
      values: rows.filter(([v]) => v === version).map(([, m, value]) => [from + m * minute + shift, value]),
    }));
    return { body: { results: [{ statement_id: 0, series }] } };
  };

const csv = (type: string, rows: readonly string[]): Answer => ({
  headers: { 'content-type': 'text/csv; charset=utf-8' },
  body: [
    `#datatype,string,long,dateTime:RFC3339,${type},string`,
    '#group,false,false,false,false,true',
    ',result,table,_time,_value,version',
    ...rows.map((row) => `,_result,0,${row}`),
    '',
    '',
  ].join('\r\n'),
});

const flux =
  (shift = 0): Responder =>
  ({ body }, { from, to }) => {
    const { query } = JSON.parse(body) as { query: string };
    if (query.includes('max(column: "_time")')) return csv('long', [`${iso(to - 5000)},1,`]);
    expect(query).toContain('every: 60s');
    const rows = rowsOf(query.includes('"failed"'));
    return csv(
      'long',
      rows.map(([version, m, value]) => `${iso(from + (m + 1) * minute + shift)},${value},${version}`),
    );
  };

const sql =
  (shift = 0): Responder =>
  ({ body }, { from, to }) => {
    const { q } = JSON.parse(body) as { q: string };
    if (q.includes('LIMIT 1')) return { body: [{ time: iso(to - 5000).slice(0, -1), found: 1 }] };
    expect(q).toContain("INTERVAL '60 seconds'");
    const rows = rowsOf(q.includes('sum(failed)'));
    return { body: rows.map(([version, m, n]) => ({ time: iso(from + m * minute + shift).slice(0, -1), version, n })) };
  };

export const bins: readonly BinsContract[] = [
  ['failures in InfluxQL, canary against stable', influxql] as const,
  ['failures in Flux, canary against stable', flux] as const,
  ['failures in SQL, canary against stable', sql] as const,
].map(([gate, answered]) => ({
  ...onPage('influxdb', gate),
  answer: answered(),
  expected: byVersion,
  wrong: { [`times between the edges (${gate})`]: answered(20_000) },
}));
