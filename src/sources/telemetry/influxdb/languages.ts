/** The three ways to ask InfluxDB: how the window is written, what is sent, and how the answer is read. */
import * as v from 'valibot';
import type { HttpResponse } from '../../../net/http.js';
import { parseJson } from '../../../net/json.js';
import { iso } from '../../../train/clock.js';
import { NotMeasured, type Window } from '../../source.js';
import { oneLine } from '../../text.js';
import type { Stamp } from '../series.js';
import { clausesOf, pipesOf } from './reads.js';
import type { Answer, Row } from './rows.js';

export interface Place {
  readonly url: string;
  readonly database?: string | undefined;
  readonly org?: string | undefined;
}

export interface Language {
  /** What stands for the window in a query, by macro. */
  window(window: Window): Readonly<Record<string, string>>;
  /** The word before the token in `Authorization`. */
  readonly scheme: 'Token' | 'Bearer';
  request(place: Place, query: string): { url: string; body: string; headers: Readonly<Record<string, string>> };
  /** @throws {NotMeasured} for an error inside a 200, and for what is not this API */
  read(response: HttpResponse, origin: string): Promise<Answer>;
  /** So many seconds, as they stand for `$__interval`. */
  interval(seconds: number): string;
  /** How a query gives one value for each bin. */
  readonly perBin: string;
  /** What the time of a row of such a query is. */
  stamp(query: string): Stamp;
  /** @throws {NotMeasured} `bad-query` for a query that gives values for bins in which nothing was measured, or times that cannot be told */
  refuseFilled(query: string): void;
  /** The parts of a query that read raw rows. */
  reads(query: string): readonly string[];
  /** Asks for the time of the newest raw row of one part. */
  newest(part: string): string;
}

const failed = (message: string): NotMeasured =>
  new NotMeasured('query-failed', `InfluxDB could not run the query: ${oneLine(message, 300)}`);

const foreign = (origin: string, status: number): NotMeasured =>
  new NotMeasured(
    'bad-answer',
    `${origin} answered ${status} with something that is not InfluxDB's API: is the URL right?`,
  );

const badQuery = (message: string): NotMeasured => new NotMeasured('bad-query', message, { permanent: true });

const isNumber = (cell: unknown): boolean => cell === null || typeof cell === 'number';

/** Values that are no number and no time tell rows apart. */
const label = (cell: unknown): string =>
  typeof cell === 'string' || typeof cell === 'boolean' ? oneLine(String(cell), 120) : '';

const latest = (times: readonly unknown[]): number | undefined =>
  times.reduce<number | undefined>(
    (best, at) => (typeof at === 'number' && at > (best ?? Number.NEGATIVE_INFINITY) ? at : best),
    undefined,
  );

const influxqlAnswer = v.object({
  results: v.array(
    v.object({
      error: v.optional(v.string()),
      partial: v.optional(v.boolean(), false),
      messages: v.optional(v.array(v.object({ text: v.string() })), []),
      series: v.optional(
        v.array(
          v.object({
            name: v.optional(v.string(), ''),
            tags: v.optional(v.record(v.string(), v.string()), {}),
            columns: v.array(v.string()),
            values: v.array(v.array(v.unknown())),
            partial: v.optional(v.boolean(), false),
          }),
        ),
        [],
      ),
    }),
  ),
});

/** https://docs.influxdata.com/influxdb/v1/tools/api/#query-http-endpoint; InfluxDB 2 and 3 have it too. */
const influxql: Language = {
  scheme: 'Token',
  window: ({ from, to }) => ({
    $__timeFilter: `time >= ${from}ms AND time < ${to}ms`,
    $__from: `'${iso(from)}'`,
    $__to: `'${iso(to)}'`,
  }),
  request: ({ url, database }, query) => ({
    url: `${url}/query`,
    // In the body, since a GET could write and an address is logged.
    body: new URLSearchParams({
      ...(database === undefined ? {} : { db: database }),
      q: query,
      epoch: 'ms',
    }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
  }),
  async read(response, origin) {
    const parsed = v.safeParse(influxqlAnswer, parseJson(response, origin));
    if (!parsed.success) throw foreign(origin, response.status);
    const { results } = parsed.output;
    const error = results.find((r) => r.error !== undefined)?.error;
    if (error !== undefined) throw failed(error);
    const rows = results.flatMap(({ series }) =>
      series.flatMap(({ tags, columns, values }) => {
        const time = columns.indexOf('time');
        const fields = columns.flatMap((name, i) => (i === time ? [] : [{ name, i }]));
        return values.flatMap((cells): Row[] =>
          fields
            .filter(({ i }) => isNumber(cells[i]))
            .map(({ name, i }) => ({
              labels: { ...tags, ...(fields.length > 1 ? { field: name } : {}) },
              at: typeof cells[time] === 'number' ? cells[time] : undefined,
              value: cells[i],
            })),
        );
      }),
    );
    const cut = results.some((r) => r.partial || r.series.some((s) => s.partial));
    const missing = cut ? ['the server cut the result off at its row limit'] : [];
    const times = results.flatMap(({ series }) =>
      series.flatMap(({ columns, values }) => values.map((cells) => cells[columns.indexOf('time')])),
    );
    return {
      rows,
      newest: latest(times),
      missing: [...missing, ...results.flatMap((r) => r.messages.map((m) => oneLine(m.text)))],
    };
  },
  interval: (seconds) => `${seconds}s`,
  perBin: 'GROUP BY time($__interval) fill(none)',
  stamp: () => 'begin',
  refuseFilled(query) {
    // COUNT() is 0 where there is no row, which is no measurement.
    if (!/\bfill\s*\(\s*none\s*\)/i.test(query))
      throw badQuery('write `fill(none)`: bins without a row are not measured');
  },
  reads: clausesOf,
  // A number of each row, whatever its fields are of: the time is what counts.
  newest: (part) => `SELECT *::field ${part} ORDER BY time DESC LIMIT 1`,
};

const sqlAnswer = v.array(v.record(v.string(), v.unknown()));

/** https://docs.influxdata.com/influxdb3/core/api/v3/#operation/PostExecuteQuerySQL */
const sql: Language = {
  scheme: 'Bearer',
  window: ({ from, to }) => ({
    $__timeFilter: `time >= '${iso(from)}' AND time < '${iso(to)}'`,
    $__from: `'${iso(from)}'`,
    $__to: `'${iso(to)}'`,
  }),
  request: ({ url, database }, query) => ({
    url: `${url}/api/v3/query_sql`,
    body: JSON.stringify({ db: database, q: query, format: 'json' }),
    headers: { 'content-type': 'application/json', accept: 'application/json' },
  }),
  async read(response, origin) {
    const parsed = v.safeParse(sqlAnswer, parseJson(response, origin));
    if (!parsed.success) throw foreign(origin, response.status);
    const rows = parsed.output.flatMap((row): Row[] => {
      const { time, ...cells } = row;
      const fields = Object.entries(cells).filter(([, cell]) => isNumber(cell));
      const labels = Object.entries(cells).filter(([, cell]) => !isNumber(cell));
      return fields.map(([name, value]) => ({
        labels: {
          ...Object.fromEntries(labels.map(([key, cell]) => [key, label(cell)])),
          ...(fields.length > 1 ? { field: name } : {}),
        },
        at: timeOf(time),
        value,
      }));
    });
    return { rows, newest: latest(parsed.output.map(({ time }) => timeOf(time))), missing: [] };
  },
  interval: (seconds) => `${seconds} seconds`,
  perBin: "date_bin(INTERVAL '$__interval', time) AS time",
  stamp: () => 'begin',
  refuseFilled(query) {
    if (/\bdate_bin_gapfill\b/i.test(query)) throw badQuery('write `date_bin()`: bins without a row are not measured');
  },
  reads: clausesOf,
  newest: (part) => `SELECT time, 1 AS found ${part} ORDER BY time DESC LIMIT 1`,
};

/** Times without a zone are in UTC. */
function timeOf(cell: unknown): number | undefined {
  if (typeof cell !== 'string') return undefined;
  const at = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(cell) ? cell : `${cell}Z`);
  return Number.isNaN(at) ? undefined : at;
}

/** https://docs.influxdata.com/influxdb/v2/api/#operation/PostQuery */
const flux: Language = {
  scheme: 'Token',
  window: ({ from, to }) => ({ $__from: iso(from), $__to: iso(to) }),
  request: ({ url, org }, query) => ({
    url: `${url}/api/v2/query?${new URLSearchParams({ org: org ?? '' }).toString()}`,
    body: JSON.stringify({ query, type: 'flux', dialect: { annotations: ['datatype', 'group'], header: true } }),
    headers: { 'content-type': 'application/json', accept: 'application/csv' },
  }),
  async read(response, origin) {
    const { parse } = await import('csv-parse/sync');
    let lines: string[][];
    try {
      lines = parse(response.text, { relax_column_count: true, skip_empty_lines: true });
    } catch {
      throw foreign(origin, response.status);
    }
    const rows = tablesOf(lines, origin, response.status);
    return { rows, newest: latest(rows.map(({ at }) => at)), missing: [] };
  },
  interval: (seconds) => `${seconds}s`,
  perBin: 'aggregateWindow(every: $__interval, fn: sum, createEmpty: false)',
  stamp: (query) => (/\btimeSrc\s*:\s*"_start"/.test(query) ? 'begin' : 'end'),
  refuseFilled(query) {
    if (
      !/\baggregateWindow\s*\(/.test(query) ||
      /\b(?:timeDst|timedMovingAverage|timeShift|truncateTimeColumn)\b/.test(query)
    ) {
      throw badQuery(
        'write `aggregateWindow(every: $__interval, …)` and nothing that changes its times: it says whether they begin or end a bin',
      );
    }
    const empty = query.replaceAll(/\bcreateEmpty\s*:\s*false\b/g, '').match(/\bcreateEmpty\b/);
    const each = query.match(/\baggregateWindow\s*\(/g)?.length ?? 0;
    const without = query.match(/\bcreateEmpty\s*:\s*false\b/g)?.length ?? 0;
    if (empty || without < each) throw badQuery('write `createEmpty: false`: bins without a row are not measured');
  },
  reads: pipesOf,
  newest: (part) =>
    `${part} |> keep(columns: ["_time"]) |> group() |> max(column: "_time") |> map(fn: (r) => ({ r with _value: 1 }))`,
};

/** Annotated CSV: tables one after the other, each with its annotations and header; an error is a table of its own. */
function tablesOf(lines: readonly (readonly string[])[], origin: string, status: number): Row[] {
  const rows: Row[] = [];
  let types: readonly string[] = [];
  let groups: readonly string[] = [];
  let header: readonly string[] | undefined;
  for (const line of lines) {
    const [first = ''] = line;
    if (first === '#datatype') {
      types = line;
      header = undefined;
    } else if (first === '#group') groups = line;
    else if (first.startsWith('#')) continue;
    else if (header === undefined) {
      header = line;
      const known = line.includes('error') || line.includes('_value');
      if (!known && line.includes('result')) {
        throw badQuery('the Flux query gives no column `_value`: keep it, or rename to it');
      }
      if (!known) throw foreign(origin, status);
    } else {
      const cell = (name: string): string | undefined => line[header?.indexOf(name) ?? -1];
      if (header.includes('error')) throw failed(cell('error') ?? 'it does not say why');
      const tags = header.flatMap((name, i): [string, string][] =>
        groups[i] === 'true' && types[i] === 'string' ? [[name, oneLine(line[i] ?? '', 120)]] : [],
      );
      const at = Date.parse(cell('_time') ?? '');
      rows.push({ labels: Object.fromEntries(tags), at: Number.isNaN(at) ? undefined : at, value: cell('_value') });
    }
  }
  return rows;
}

export const languages = { influxql, flux, sql } as const;
export const languageNames = Object.keys(languages) as (keyof typeof languages)[];
