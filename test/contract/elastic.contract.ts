/**
 * Response shapes: https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-esql-query and, of clusters,
 * https://www.elastic.co/docs/reference/query-languages/esql/esql-cross-clusters.
 */
import { expect } from 'vitest';
import type { Received } from '../support/server.js';
import { type Answer, type Contract, fromPage, type Responder, type Times } from './harness.js';

const minute = 60_000;

const basic = `Basic ${Buffer.from('signalbox:a-secret-ES_PASSWORD').toString('base64')}`;

/** Checks a request and gives its query. */
function queryOf(
  request: Received,
  { now }: Times,
  source: { key?: boolean; field?: string; settle?: number },
): string {
  const { key = true, field = '@timestamp', settle = minute } = source;
  expect(`${request.method} ${request.path}`).toBe('POST /_query?allow_partial_results=false');
  expect(request.headers.authorization).toBe(key ? 'ApiKey a-secret-ES_API_KEY' : basic);
  expect(request.headers['content-type']).toBe('application/json');
  const body = JSON.parse(request.body) as { query: string; filter: { range: Record<string, object> } };
  expect(body.filter.range).toEqual({
    [field]: {
      gte: new Date(now - settle - 5 * minute).toISOString(),
      lt: new Date(now - settle).toISOString(),
      format: 'strict_date_optional_time',
    },
  });
  return body.query;
}

const table = (
  columns: Readonly<Record<string, string>>,
  values: readonly (readonly unknown[])[],
  more: object = {},
) => ({
  took: 28,
  is_partial: false,
  documents_found: 100,
  values_loaded: 100,
  columns: Object.entries(columns).map(([name, type]) => ({ name, type })),
  values,
  ...more,
});

const ago = ({ now }: Times, seconds: number) => new Date(now - seconds * 1000).toISOString();

/** What the query without a column `newest` is followed by. */
const evidence = (times: Times, events: number, seconds: number) =>
  table({ newest: 'date', events: 'long' }, [[events === 0 ? null : ago(times, seconds), events]]);

const limit = {
  warning: '299 Elasticsearch-9.1.0-0cdc3a4 "No limit defined, adding default limit of [1000]"',
};

interface Rate {
  readonly rate?: unknown;
  readonly events?: unknown;
  readonly age?: number | null;
  readonly more?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly type?: string;
}

const rate =
  ({ rate: value = 0.002, events = 900, age = 62, more = {}, headers = limit, type = 'double' }: Rate): Responder =>
  (request, times) => {
    expect(queryOf(request, times, {})).toContain('newest = MAX(@timestamp), events = COUNT(*)');
    const newest = age === null ? null : ago(times, age);
    return { headers, body: table({ rate: type, newest: 'date', events: 'long' }, [[value, newest, events]], more) };
  };

interface Ratio {
  readonly failures?: unknown;
  readonly total?: unknown;
  readonly events?: number;
  readonly age?: number;
  readonly more?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

const ratio =
  ({ failures = 1, total = 1000, events = 1000, age = 62, more = {}, headers = limit }: Ratio): Responder =>
  (request, times) => {
    const query = queryOf(request, times, {});
    if (query.includes('MAX(signalbox_time)')) {
      expect(query).toBe(
        'FROM logs-checkout-* | EVAL signalbox_time = @timestamp | STATS newest = MAX(signalbox_time), events = COUNT(*)',
      );
      return { body: evidence(times, events, age) };
    }
    return { headers, body: table({ n: 'long' }, [[query.includes('CASE') ? failures : total]], more) };
  };

const slowest =
  (values: readonly (readonly unknown[])[], events = 500, age = 62): Responder =>
  (request, times) => {
    const query = queryOf(request, times, {});
    if (!query.includes('MAX(signalbox_time)')) {
      return { headers: limit, body: table({ p95: 'double', 'transaction.name': 'keyword' }, values) };
    }
    expect(query).toContain('| WHERE service.name == "checkout"');
    expect(query).not.toContain('transaction.name');
    return { body: evidence(times, events, age) };
  };

const queue =
  (rows: (times: Times) => readonly (readonly unknown[])[], age = 40): Responder =>
  (request, times) => {
    const query = queryOf(request, times, { key: false, field: 'event.created', settle: 30_000 });
    if (query.includes('newest')) {
      expect(query).toContain('EVAL signalbox_time = event.created');
      return { body: evidence(times, 60, age) };
    }
    return { headers: limit, body: table({ depth: 'double', minute: 'date' }, rows(times)) };
  };
const minutes =
  (...depths: unknown[]) =>
  (times: Times) =>
    depths.map((depth, i) => [depth, ago(times, 60 * (5 - i))]);

const refused = (status: number, type: string, reason: string): Answer => ({
  status,
  body: { error: { root_cause: [{ type, reason }], type, reason }, status },
});

const cluster = (state: string) => ({
  is_partial: true,
  _clusters: {
    total: 2,
    successful: 1,
    [state]: 1,
    details: {
      '(local)': {
        status: 'successful',
        indices: 'traces-apm*',
        took: 20,
        _shards: { total: 2, successful: 2, skipped: 0, failed: 0 },
      },
      other: {
        status: state,
        indices: 'traces-apm*',
        took: 0,
        _shards: { total: 2, successful: 0, skipped: 0, failed: 2 },
      },
    },
  },
});

const unauthorised = {
  '401': () => refused(401, 'security_exception', 'unable to authenticate with provided credentials'),
  '403': () => refused(403, 'security_exception', 'action [indices:data/read/esql] is unauthorized for API key'),
  'an index that cannot be seen': () => refused(400, 'verification_exception', 'Unknown index [traces-apm*]'),
  'a login page': () => ({ headers: { 'content-type': 'text/html' }, body: '<html>log in</html>' }),
};

export const contracts: readonly Contract[] = [
  {
    what: 'rate with its own newest and events',
    ...fromPage('elastic', 'failure rate'),
    good: rate({}),
    bad: rate({ rate: 0.2 }),
    empty: {
      nulls: rate({ rate: null, age: null, events: 0 }),
      'a number of nothing': rate({ rate: 0, age: null, events: 0 }),
      'too few events': rate({ events: 10 }),
      'no rows': (request, times) => {
        rate({})(request, times);
        return { body: table({ rate: 'double', newest: 'date', events: 'long' }, []) };
      },
      NaN: rate({ rate: 'NaN' }),
      'a column in which nothing is': rate({ rate: null, type: 'null' }),
    },
    partial: {
      is_partial: rate({ more: { is_partial: true } }),
      'a cluster was skipped': rate({ more: cluster('skipped') }),
      'a cluster gave a part': rate({ more: { ...cluster('partial'), is_partial: false } }),
      'a cluster failed': rate({ more: cluster('failed') }),
      'a warning': rate({
        headers: {
          warning:
            '299 Elasticsearch-9.1.0-0cdc3a4 "No limit defined, adding default limit of [1000]", 299 Elasticsearch-9.1.0-0cdc3a4 "Line 1:9: evaluation of [a / b] failed, treating result as null. Only first 20 failures recorded."',
        },
      }),
      'several values in a cell': rate({ rate: [0.001, 0.9] }),
      'no time of the newest': rate({ age: null }),
      'events that are null': rate({ events: null }),
      'a text in place of the number': rate({ rate: '0.001', type: 'keyword' }),
      'a failing shard': () => refused(500, 'illegal_state_exception', 'shard failed'),
    },
    stale: rate({ age: 361 }),
    unauthorised,
  },
  {
    what: 'failures and total',
    ...fromPage('elastic', 'errors in the log'),
    good: ratio({ failures: 0 }),
    bad: ratio({ failures: 100 }),
    empty: {
      'no documents, and so no failures': ratio({ failures: 0, total: 0, events: 0 }),
      'no documents, yet counts': ratio({ failures: 0, events: 0 }),
      nulls: ratio({ failures: null, total: null }),
    },
    partial: {
      is_partial: ratio({ more: { is_partial: true } }),
      'the evidence is partial': (request, times) => {
        const answer = ratio({})(request, times);
        const body = answer.body as { columns: { name: string }[] };
        return body.columns[0]?.name === 'newest' ? { body: { ...body, is_partial: true } } : answer;
      },
    },
    stale: { impossible: 'a window of five minutes holds nothing older than max-age' },
    unauthorised,
  },
  {
    what: 'rows by name',
    source: fromPage('elastic', 'slowest operation').source,
    gate: { ...fromPage('elastic', 'slowest operation').gate, 'max-age': '2m' },
    good: slowest([
      [120_000, 'pay'],
      [90_000.5, 'cart'],
    ]),
    bad: slowest([
      [120_000, 'pay'],
      [900_000, 'cart'],
    ]),
    empty: {
      'no rows': slowest([], 0),
      'one null': slowest([
        [120_000, 'pay'],
        [null, 'cart'],
      ]),
    },
    partial: {
      'as many rows as there may be': slowest(Array.from({ length: 1000 }, (_, i) => [1, `op ${i}`])),
      'several names in one cell': slowest([[120_000, ['pay', 'cart']]]),
      'one name twice': slowest([
        [120_000, 'pay'],
        [1, 'pay'],
      ]),
    },
    stale: slowest([[120_000, 'pay']], 500, 190),
    unauthorised,
  },
  {
    what: 'along the window',
    ...fromPage('elastic', 'queue'),
    good: queue(minutes(10, 900, 20)),
    bad: queue(minutes(10, 1900, 20)),
    empty: queue(minutes()),
    partial: {
      'one null': queue(minutes(10, null, 20)),
      'a bucket without a time': queue(() => [[10, null]]),
    },
    stale: { impossible: 'a window of five minutes holds nothing older than max-age' },
    unauthorised,
  },
];
