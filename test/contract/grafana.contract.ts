/**
 * Response shapes: https://grafana.com/docs/grafana/latest/developer-resources/api-reference/http-api/data_source/ for queries, and
 * for the rules the models of Grafana's published API description (RuleResponse, AlertingRule, Alert).
 */
import { expect } from 'vitest';
import type { Received } from '../support/server.js';
import { type Answer, type Contract, fromPage, type Responder, type Times } from './harness.js';

const minute = 60_000;

type Labels = Readonly<Record<string, string>>;
type Row = readonly [at: number, value: number | null];

/** A frame of one series; NaN and infinities as Grafana writes them. */
const frame = (labels: Labels, rows: readonly Row[], meta: object = {}) => {
  const rowsWhere = (test: (x: number) => boolean) => rows.flatMap(([, x], i) => (x !== null && test(x) ? [i] : []));
  const nan = rowsWhere(Number.isNaN);
  const inf = rowsWhere((x) => x === Number.POSITIVE_INFINITY);
  const odd = { ...(nan.length > 0 ? { NaN: nan } : {}), ...(inf.length > 0 ? { Inf: inf } : {}) };
  return {
    schema: {
      refId: 'A',
      meta: { type: 'timeseries-multi', typeVersion: [0, 1], custom: { resultType: 'matrix' }, ...meta },
      fields: [
        { name: 'Time', type: 'time', typeInfo: { frame: 'time.Time' }, config: { interval: 15000 } },
        { name: 'Value', type: 'number', typeInfo: { frame: 'float64' }, labels, config: {} },
      ],
    },
    data: {
      values: [rows.map(([at]) => at), rows.map(([, x]) => (Number.isFinite(x) ? x : null))],
      ...(nan.length + inf.length > 0 ? { entities: [null, odd] } : {}),
    },
  };
};

const signedIn = ({ headers }: Received) => expect(headers.authorization).toBe('Bearer a-secret-GRAFANA_TOKEN');

interface Query {
  readonly refId: string;
  readonly expr?: string;
  readonly instant?: boolean;
  readonly range?: boolean;
  readonly rawSql?: string;
  readonly intervalMs?: number;
  readonly maxDataPoints?: number;
  readonly datasource?: { readonly uid?: string };
}

/** Checks what is the same for all queries. */
function queriesOf(request: Received, { now }: Times, uid: string): readonly Query[] {
  signedIn(request);
  expect(`${request.method} ${request.path}`).toBe('POST /api/ds/query');
  expect(request.headers['content-type']).toBe('application/json');
  const body = JSON.parse(request.body) as { from: string; to: string; queries: Query[] };
  expect([body.from, body.to]).toEqual([String(now - 5 * minute), String(now)]);
  for (const query of body.queries) {
    expect(query.datasource).toEqual({ uid });
    expect(query.intervalMs).toBeGreaterThan(0);
    expect(query.maxDataPoints).toBeGreaterThan(0);
  }
  return body.queries;
}

interface Prom {
  readonly frames?: (times: Times) => object[];
  /** Live and recent series and the age of the newest sample in seconds, of each selector. */
  readonly behind?: readonly (readonly [live: number, recent: number, age: number])[];
  readonly result?: object;
  readonly evidence?: object;
  readonly status?: number;
}

const prom =
  (ranged: boolean, { frames, behind = [[3, 3, 10]], result = {}, evidence = {}, status = 200 }: Prom): Responder =>
  (request, times) => {
    const [main, raw, ...more] = queriesOf(request, times, 'PBFA97CFB590B2093');
    expect(more).toEqual([]);
    expect(main).toMatchObject({ refId: 'A', instant: !ranged, range: ranged });
    expect(main?.expr).not.toContain('$__range');
    if (ranged) expect(main).toMatchObject({ intervalMs: 30_000, interval: '30s' });
    expect(raw).toMatchObject({ refId: 'B', instant: true, range: false });
    expect(raw?.expr).toContain('label_replace(count(http_request');
    const row = (tag: string, x: number) => frame({ signalbox: tag }, [[times.now, x]]);
    const liveness = behind.flatMap(([live, recent, age], i) => [
      ...(live > 0 ? [row(`live ${i}`, live), row(`newest ${i}`, times.now / 1000 - age)] : []),
      ...(recent > 0 ? [row(`recent ${i}`, recent)] : []),
    ]);
    const A = { status: 200, frames: frames?.(times) ?? [frame({}, [[times.now, 0.001]])], ...result };
    return { status, body: { results: { A, B: { status: 200, frames: liveness, ...evidence } } } };
  };

const at = (value: number) => (times: Times) => [frame({}, [[times.now, value]])];
const two = (a: [number, number, number], b: [number, number, number]) => ({ behind: [a, b] });

/** One row of SQL: the time of the newest order, and the share of failed ones. */
const row = (time: number | null, failed: number | null, more: object = {}) => ({
  schema: {
    refId: 'A',
    meta: { typeVersion: [0, 0], executedQueryString: 'SELECT …', ...more },
    fields: [
      { name: 'time', type: 'time', typeInfo: { frame: 'time.Time', nullable: true } },
      { name: 'failed', type: 'number', typeInfo: { frame: 'float64', nullable: true } },
    ],
  },
  data: { values: [[time], [failed]] },
});

const sql =
  (frames: (times: Times) => object[], result: object = {}, status = 200): Responder =>
  (request, times) => {
    const queries = queriesOf(request, times, 'P44368ADAD746BC27');
    expect(queries).toHaveLength(1);
    expect(queries[0]).toMatchObject({ refId: 'A', format: 'table' });
    expect(queries[0]?.rawSql).toContain('$__timeFilter(created_at)');
    return { status, body: { results: { A: { status: 200, frames: frames(times), ...result } } } };
  };
const ago = (seconds: number, failed: number | null, more?: object) => (times: Times) => [
  row(times.now - seconds * 1000, failed, more),
];
const timeless = () => [
  {
    schema: { refId: 'A', fields: [{ name: 'failed', type: 'number', typeInfo: { frame: 'float64' } }] },
    data: { values: [[0.001]] },
  },
];

const instance = (state: string, change: object = {}) => ({
  labels: { alertname: 'Checkout burns', grafana_folder: 'Shop', service: 'checkout', severity: 'page', pod: 'a' },
  annotations: {},
  state,
  activeAt: '2026-11-23T09:50:00Z',
  value: '1e+00',
  ...change,
});

const rule = (change: object = {}) => ({
  state: 'inactive',
  name: 'Checkout burns',
  query: 'up',
  duration: 60,
  annotations: {},
  alerts: [instance('Normal')],
  totals: { normal: 1 },
  uid: 'cIBgcSjkk',
  folderUid: 'shop',
  labels: { service: 'checkout', severity: 'page' },
  health: 'ok',
  type: 'alerting',
  isPaused: false,
  lastEvaluation: '2026-11-23T09:59:30Z',
  evaluationTime: 0.01,
  ...change,
});

const firing = (change: object = {}, of: object = {}) =>
  rule({ state: 'firing', alerts: [instance('Alerting', change)], totals: { alerting: 1 }, ...of });

const page = (given: readonly object[], more: object = {}) => ({
  status: 'success',
  data: {
    groups: [{ name: 'checkout', file: 'Shop', folderUid: 'shop', rules: given, totals: {}, interval: 60 }],
    ...more,
  },
});

const rules =
  (given: readonly object[], body: object = page(given)): Responder =>
  (request) => {
    signedIn(request);
    expect(`${request.method} ${request.path}`).toBe('GET /api/prometheus/grafana/api/v1/rules');
    return { body };
  };

const other = rule({ labels: { service: 'search', severity: 'page' }, alerts: [] });

/** Two pages, the second by the token of the first. */
const pages =
  (second: Answer): Responder =>
  (request) => {
    signedIn(request);
    const { pathname, searchParams } = new URL(request.path, 'http://g');
    expect(pathname).toBe('/api/prometheus/grafana/api/v1/rules');
    const token = searchParams.get('group_next_token');
    if (token === null) return { body: page([rule()], { groupNextToken: 'bmV4dA==' }) };
    expect(token).toBe('bmV4dA==');
    return second;
  };

export const contracts: readonly Contract[] = [
  {
    what: 'PromQL',
    ...fromPage('grafana', 'error rate'),
    good: prom(false, two([3, 3, 10], [9, 9, 12])),
    bad: prom(false, { frames: at(0.2), ...two([3, 3, 10], [9, 9, 12]) }),
    empty: {
      'no frames': prom(false, { frames: () => [] }),
      'a frame without fields': prom(false, {
        frames: () => [{ schema: { refId: 'A', fields: [] }, data: { values: [] } }],
      }),
      'a frame without rows': prom(false, { frames: () => [frame({}, [])] }),
      'a null': prom(false, { frames: ({ now }) => [frame({}, [[now, null]])] }),
      'NaN, marked beside the values': prom(false, { frames: at(Number.NaN) }),
      'Inf, marked beside the values': prom(false, { frames: at(Number.POSITIVE_INFINITY) }),
      'a value without a live series behind it': prom(false, { frames: at(0), ...two([0, 3, 0], [0, 9, 0]) }),
      'no evidence': prom(false, { evidence: { frames: [] } }),
    },
    partial: {
      'an error beside its query': prom(false, {
        frames: () => [],
        result: { error: 'context deadline exceeded', errorSource: 'downstream', status: 504 },
      }),
      'an error and frames': prom(false, { result: { error: 'bad response from a shard', status: 200 } }),
      'only a status': prom(false, { result: { status: 502 } }),
      'an error beside the evidence': prom(false, { evidence: { frames: [], error: 'no', status: 500 } }),
      'no answer to the evidence': (request, times) => {
        const { body } = prom(false, {})(request, times);
        const { A } = (body as { results: { A: object } }).results;
        return { body: { results: { A } } };
      },
      'a warning': prom(false, {
        frames: ({ now }) => [
          frame({}, [[now, 0.001]], { notices: [{ severity: 'warning', text: 'results may be incomplete' }] }),
        ],
      }),
      'a warning of the evidence': prom(false, {
        evidence: { frames: [frame({}, [], { notices: [{ severity: 'error', text: 'a store is down' }] })] },
      }),
      'one metric fell silent': prom(false, two([3, 3, 10], [0, 9, 0])),
      'a status of several (207)': prom(false, {
        status: 207,
        frames: () => [],
        result: { error: 'bad_data: parse error', status: 400 },
      }),
      'the error of a query (400)': prom(false, {
        status: 400,
        frames: () => [],
        result: { error: 'bad_data: parse error', status: 400 },
      }),
    },
    stale: prom(false, { frames: at(0), ...two([3, 3, 301], [9, 9, 10]) }),
    unauthorised: {
      '401': () => ({
        status: 401,
        body: { message: 'Invalid API key', messageId: 'api-key.invalid', statusCode: 401 },
      }),
      '403': () => ({
        status: 403,
        body: {
          message: "You'll need additional permissions to perform this action. Permissions needed: datasources:query",
        },
      }),
      'no such data source': () => ({ status: 404, body: { message: 'data source not found' } }),
      'a login page': () => ({
        headers: { 'content-type': 'text/html' },
        body: '<!DOCTYPE html><title>Grafana</title>',
      }),
    },
  },
  {
    what: 'PromQL along the window',
    ...fromPage('grafana', 'slowest minute'),
    good: prom(true, {
      frames: ({ now }) => [
        frame({}, [
          [now - minute, 0.2],
          [now, 0.3],
        ]),
      ],
    }),
    bad: prom(true, {
      frames: ({ now }) => [
        frame({}, [
          [now - minute, 0.9],
          [now, 0.3],
        ]),
      ],
    }),
    empty: {
      'no frames': prom(true, { frames: () => [] }),
      'points of before the window': prom(true, { frames: ({ now }) => [frame({}, [[now - 6 * minute, 0.1]])] }),
    },
    partial: {
      'one NaN': prom(true, {
        frames: ({ now }) => [
          frame({}, [
            [now - minute, Number.NaN],
            [now, 0.3],
          ]),
        ],
      }),
    },
    stale: prom(true, { behind: [[3, 3, 400]] }),
  },
  {
    what: 'SQL',
    ...fromPage('grafana', 'failed orders'),
    good: sql(ago(20, 0.001)),
    bad: sql(ago(20, 0.02)),
    empty: {
      'a row of nulls': sql(() => [row(null, null)]),
      'a time without a value': sql(ago(20, null)),
      'a value without a time': sql(() => [row(null, 0)]),
      'no rows': sql(() => [{ ...row(null, null), data: { values: [[], []] } }]),
      'null in place of columns': sql(() => [{ ...row(null, null), data: { values: null } }]),
    },
    partial: {
      'no column of times': sql(timeless),
      'a notice of the row limit': sql(
        ago(20, 0.001, { notices: [{ severity: 'warning', text: 'Results have been limited to 1000000' }] }),
      ),
      'a text where a number should be': sql(({ now }) => {
        const { data, schema } = row(now - 20_000, null);
        const [time] = schema.fields;
        return [
          {
            data: { values: [data.values[0], ['0.001']] },
            schema: { fields: [time, { name: 'failed', type: 'string' }] },
          },
        ];
      }),
      'an error in the data source': sql(() => [], { status: 500, error: 'db query error: connection refused' }),
    },
    stale: sql(ago(300.5, 0.001)),
  },
  {
    what: 'alerts',
    ...fromPage('grafana', 'no alerts'),
    // A pending one is not firing yet, and one of another service or a paused one is none of ours.
    good: rules([
      rule(),
      rule({ state: 'pending', alerts: [instance('Pending')] }),
      firing({ labels: { service: 'search', severity: 'page' } }, { labels: { service: 'search', severity: 'page' } }),
      firing({}, { isPaused: true }),
      { name: 'a:recorded', query: 'x', type: 'recording', health: 'ok', lastEvaluation: '2026-11-23T09:59:30Z' },
    ]),
    bad: {
      firing: rules([firing()]),
      recovering: rules([rule({ state: 'recovering', alerts: [instance('Recovering')] })]),
      'since nobody knows when': rules([firing({ activeAt: '0001-01-01T00:00:00Z' })]),
      'a rule that fires and lists nothing': rules([rule({ state: 'firing', alerts: [] })]),
      'a rule of all services, on ours': rules([
        firing({ labels: { service: 'checkout', severity: 'page' } }, { labels: { severity: 'page' } }),
      ]),
      'on the second page': pages({ body: page([firing()]) }),
    },
    empty: {
      'no groups': rules([], { status: 'success', data: { groups: [] } }),
      'no rule that matches': rules([other]),
      'only paused ones': rules([rule({ isPaused: true })]),
      'only recording rules': rules([rule({ type: 'recording' })]),
    },
    partial: {
      'an error in the answer': rules([], {
        status: 'error',
        errorType: 'server_error',
        error: 'failure getting rules',
      }),
      'no data': rules([rule({ health: 'nodata', alerts: [instance('NoData')] })]),
      'an error of the rule': rules([rule({ health: 'error', lastError: 'timeout', alerts: [instance('Error')] })]),
      'an error that is set to be normal': rules([rule({ alerts: [instance('Normal (Error)')] })]),
      'no data, set to be normal': rules([rule({ alerts: [instance('Normal (NoData)')] })]),
      'no data, set to alert': rules([rule({ state: 'firing', alerts: [instance('Alerting (NoData)')] })]),
      'an error, kept as it was': rules([rule({ alerts: [instance('Normal (Error, KeepLast)')] })]),
      'unhealthy without a series': rules([rule({ health: 'error', alerts: [] })]),
      'a state that nobody knows': rules([rule({ alerts: [instance('Dreaming')] })]),
      'never evaluated': rules([rule({ lastEvaluation: '0001-01-01T00:00:00Z', alerts: null })]),
      'a second page that never comes': pages({ body: page([rule()], { groupNextToken: 'bmV4dA==' }) }),
      'a second page that fails': pages({ status: 400, body: { message: 'bad token' } }),
    },
    stale: {
      'all rules': rules([rule({ lastEvaluation: '2026-11-23T09:54:00Z' })]),
      'one of two': rules([rule(), rule({ lastEvaluation: '2026-11-23T09:54:00Z' })]),
    },
  },
];
