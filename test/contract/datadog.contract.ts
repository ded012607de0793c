/** Response shapes: https://docs.datadoghq.com/api/latest/metrics/ and …/monitors/. */
import { expect } from 'vitest';
import type { Received } from '../support/server.js';
import { type Answer, type Contract, fromPage, type Responder, type Times } from './harness.js';

function keys({ headers }: Received): void {
  expect(headers['dd-api-key']).toBe('a-secret-DD_API_KEY');
  expect(headers['dd-application-key']).toBe('a-secret-DD_APP_KEY');
}

/** Checks a query and gives its text. */
function queryOf(request: Received, { now }: Times): string {
  keys(request);
  expect(`${request.method} ${request.path}`).toBe('POST /api/v2/query/timeseries');
  const { data } = JSON.parse(request.body) as {
    data: {
      type: string;
      attributes: {
        from: number;
        to: number;
        queries: { data_source: string; name: string; query: string }[];
        formulas: unknown;
      };
    };
  };
  expect(data.type).toBe('timeseries_request');
  // The newest minute has not arrived in full.
  expect([data.attributes.from, data.attributes.to]).toEqual([now - 360_000, now - 60_000]);
  expect(data.attributes.formulas).toEqual([{ formula: 'a' }]);
  const [query] = data.attributes.queries;
  expect(query).toMatchObject({ name: 'a', data_source: 'metrics' });
  return query?.query ?? '';
}

type Values = readonly (number | string | null)[];

/** A point each 20 s, the last one `age` seconds before the window's end. */
const series = (values: Values, { now }: Times, age = 20): Answer => ({
  body: {
    data: {
      type: 'timeseries_response',
      attributes: {
        series: [{ group_tags: [], query_index: 0, unit: null }],
        times: values.map((_, i) => now - 60_000 - age * 1000 - 20_000 * (values.length - 1 - i)),
        values: [values],
      },
    },
  },
});

const ratio =
  (failures: Values, age?: number): Responder =>
  (request, times) =>
    series(queryOf(request, times).includes('errors') ? failures : [500, 500], times, age);
const duration =
  (values: Values, age?: number): Responder =>
  (request, times) => {
    expect(queryOf(request, times)).toBe('p95:trace.http.request{service:checkout,env:production}');
    return series(values, times, age);
  };
const always =
  (body: unknown): Responder =>
  (request, times) => {
    queryOf(request, times);
    return { body };
  };
const noSeries = { data: { type: 'timeseries_response', attributes: { series: [], times: [], values: [] } } };

const monitor = (id: number, status: string, { now }: Times, change: object = {}) => ({
  id,
  name: `monitor ${id}`,
  status,
  type: 'query alert',
  tags: ['service:checkout'],
  scopes: ['service:checkout'],
  last_triggered_ts: status === 'OK' ? null : now / 1000 - 60,
  ...change,
});

type Monitors = (times: Times) => readonly ReturnType<typeof monitor>[];

const monitors =
  (make: Monitors, details: object = {}, metadata: object = {}): Responder =>
  (request, times) => {
    keys(request);
    const url = new URL(request.path, 'http://x');
    const all = make(times);
    const [, id] = /^\/api\/v1\/monitor\/(\d+)$/.exec(url.pathname) ?? [];
    if (id !== undefined) {
      expect(url.searchParams.get('with_downtimes')).toBe('true');
      const found = all.find((m) => m.id === Number(id));
      return {
        body: { ...found, overall_state: found?.status, matching_downtimes: [], options: { silenced: {} }, ...details },
      };
    }
    expect(`${request.method} ${url.pathname}`).toBe('GET /api/v1/monitor/search');
    expect(url.searchParams.get('query')).toBe('tag:"service:checkout" env:production');
    return {
      body: {
        monitors: all,
        metadata: { page: 0, page_count: 1, per_page: 100, total_count: all.length, ...metadata },
        counts: {},
      },
    };
  };

export const contracts: readonly Contract[] = [
  {
    what: 'failures of all',
    ...fromPage('datadog', 'error rate'),
    good: ratio([1, 2]),
    bad: ratio([30, 40]),
    empty: {
      'no series': always(noSeries),
      'only nulls': ratio([null, null]),
      'too few events': (request, times) => series(queryOf(request, times) === '' ? [] : [1], times),
    },
    partial: {
      'an error inside a 200': always({ ...noSeries, errors: 'Rate limit' }),
      'not its shape': always({ status: 'ok', series: [] }),
    },
    stale: { 'older than max-age': ratio([1], 301), 'older than the deployment': ratio([1], 1800) },
    throttled: {
      '429': () => ({
        status: 429,
        headers: { 'x-ratelimit-reset': '30' },
        body: { errors: ['Rate limit of 10 requests'] },
      }),
    },
    unauthorised: {
      '401': () => ({ status: 401, body: { errors: ['Unauthorized'] } }),
      '403': () => ({ status: 403, body: { errors: ['Forbidden'] } }),
    },
  },
  {
    what: 'a duration',
    ...fromPage('datadog', 'duration'),
    good: duration([0.1, 0.2]),
    bad: duration([0.7, 0.8]),
    empty: { 'no series': always(noSeries) },
    partial: { NaN: duration([0.1, 'NaN']) },
    stale: { 'older than max-age': duration([0.1], 301) },
  },
  {
    what: 'monitors',
    ...fromPage('datadog', 'no alerts'),
    good: monitors((t) => [monitor(1, 'OK', t), monitor(2, 'OK', t)]),
    bad: {
      alert: monitors((t) => [monitor(1, 'OK', t), monitor(2, 'Alert', t)]),
      warn: monitors((t) => [monitor(1, 'Warn', t)]),
      'since nobody knows when': monitors((t) => [monitor(1, 'Alert', t, { last_triggered_ts: null })]),
    },
    empty: { 'no monitor matches': monitors(() => []) },
    partial: {
      'no data': monitors((t) => [monitor(1, 'OK', t), monitor(2, 'No Data', t)]),
      ignored: monitors((t) => [monitor(1, 'Ignored', t)]),
      'no status': monitors((t) => [monitor(1, 'OK', t, { status: null })], { overall_state: null }),
      'in a downtime': monitors((t) => [monitor(1, 'Alert', t)], {
        multi: false,
        matching_downtimes: [{ id: 1, scope: ['service:checkout'] }],
      }),
      muted: monitors((t) => [monitor(1, 'Alert', t)], { options: { silenced: { '*': null } } }),
      'fired before the deployment': monitors((t) => [
        monitor(1, 'Alert', t, { last_triggered_ts: t.deployedAt / 1000 - 1 }),
      ]),
      'fewer than there are': monitors((t) => [monitor(1, 'OK', t)], {}, { total_count: 2 }),
    },
    stale: { impossible: 'Datadog does not say when a monitor was evaluated last; one without data says so' },
  },
];
