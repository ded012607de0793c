/** Response shapes: https://prometheus.io/docs/prometheus/latest/querying/api/ and those of a real 2.42. */
import { expect } from 'vitest';
import type { Received } from '../support/server.js';
import { type Answer, type Contract, fromPage, type Responder, type Times } from './harness.js';

const seconds = (ms: number): number => ms / 1000;
const iso = (ms: number): string => new Date(ms).toISOString();

const success = (result: readonly unknown[], beside: object = {}): Answer => ({
  body: { status: 'success', data: { resultType: 'vector', result }, ...beside },
});

/** Checks one query and says whether it is the one for the raw series, the one for the events, or the gate's own. */
function kindOf({ method, path, headers, body }: Received, times: Times): 'evidence' | 'events' | 'own' {
  expect(`${method} ${path}`).toBe('POST /api/v1/query');
  expect(headers.authorization).toBe('Bearer a-secret-PROM_TOKEN');
  expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
  const form = new URLSearchParams(body);
  expect(form.get('time')).toBe(seconds(times.now).toFixed(3));
  const query = form.get('query') ?? '';
  expect(query).not.toContain('$__range');
  if (query.includes('signalbox')) return 'evidence';
  return query.startsWith('sum(increase(') && !query.includes('/') ? 'events' : 'own';
}

interface Found {
  readonly ratio?: string;
  readonly beside?: object;
  /** Seconds since the newest raw sample; null: there is no raw series. */
  readonly age?: number | null;
  readonly none?: boolean;
  /** Its targets are down: no series is alive, though some were inside the window, and rates still answer. */
  readonly silent?: boolean;
}

/** The evidence query counts live series and their newest sample, by selector: its labels are our own, so the answer repeats them. */
const answers =
  ({ ratio = '0.001', beside = {}, age = 5, none = false, silent = false }: Found): Responder =>
  (request, times) => {
    const kind = kindOf(request, times);
    const at = seconds(times.now);
    if (kind === 'events') return success(none ? [] : [{ metric: {}, value: [at, '1000'] }], beside);
    if (kind === 'own') return success(none ? [] : [{ metric: {}, value: [at, ratio] }], beside);
    return success(age === null ? [] : evidence(request, times, age, silent), beside);
  };

/** `live <n>`, `recent <n>` and `newest <n>` for the selector of each number that the query names. */
function evidence({ body }: Received, { now }: Times, age: number, silent: boolean): unknown[] {
  const query = new URLSearchParams(body).get('query') ?? '';
  const [, label = ''] = /label_replace\([\s\S]*?"(signalbox\w*)"/.exec(query) ?? [];
  const tags = [...new Set([...query.matchAll(/"((?:live|recent|newest) \d+)"/g)].map(([, tag = '']) => tag))];
  expect(tags.length).toBeGreaterThan(0);
  const answered = silent ? tags.filter((tag) => tag.startsWith('recent')) : tags;
  return answered.map((tag) => ({
    metric: { [label]: tag },
    value: [seconds(now), String(tag.startsWith('newest') ? seconds(now) - age : 2)],
  }));
}

const rule = (change: object = {}) => ({
  name: 'TooManyErrors',
  type: 'alerting',
  query: 'errors > 5',
  duration: 60,
  state: 'inactive',
  health: 'ok',
  labels: { service: 'checkout', severity: 'page' },
  annotations: {},
  alerts: [],
  evaluationTime: 0.001,
  ...change,
});

const rules =
  (make: (times: Times) => readonly object[], beside: object = {}): Responder =>
  ({ method, path, headers }, times) => {
    expect(`${method} ${path}`).toBe('GET /api/v1/rules?type=alert');
    expect(headers.authorization).toBe(
      `Basic ${Buffer.from('123456:a-secret-GRAFANA_CLOUD_TOKEN').toString('base64')}`,
    );
    const evaluated = { lastEvaluation: iso(times.now - 10_000) };
    const groups = [{ name: 'g', file: 'f', interval: 15, rules: make(times).map((r) => ({ ...evaluated, ...r })) }];
    return { body: { status: 'success', data: { groups }, ...beside } };
  };

const firing = (at: number) =>
  rule({
    state: 'firing',
    alerts: [
      {
        labels: { alertname: 'TooManyErrors', service: 'checkout', severity: 'page' },
        annotations: {},
        state: 'firing',
        activeAt: iso(at),
        value: '7e+00',
      },
    ],
  });

export const contracts: readonly Contract[] = [
  {
    what: 'query',
    ...fromPage('prometheus', 'error rate'),
    good: answers({}),
    bad: answers({ ratio: '0.05' }),
    empty: {
      'an empty vector': answers({ none: true }),
      'a value without series behind it': answers({ age: null }),
      'targets that went down': answers({ silent: true }),
    },
    partial: {
      'a warning': answers({ beside: { warnings: ['store gateway unavailable'] } }),
      NaN: answers({ ratio: 'NaN' }),
      infinity: answers({ ratio: '+Inf' }),
      'an error inside a 200': (request, times) => {
        kindOf(request, times);
        return { body: { status: 'error', errorType: 'timeout', error: 'query timed out' } };
      },
      'native histograms': (request, times) =>
        kindOf(request, times) === 'evidence'
          ? answers({})(request, times)
          : success([{ metric: {}, histogram: [seconds(times.now), { count: '1', sum: '1', buckets: [] }] }]),
    },
    stale: {
      'older than max-age': answers({ age: 301 }),
      'older than the deployment': answers({ age: 31 * 60 }),
    },
    unauthorised: {
      '401': () => ({ status: 401, body: 'Unauthorized' }),
      '403': () => ({ status: 403, body: { status: 'error', errorType: 'forbidden', error: 'no' } }),
      'a login page': () => ({ headers: { 'content-type': 'text/html' }, body: '<html></html>' }),
    },
  },
  {
    what: 'alert rules',
    ...fromPage('prometheus', 'no alerts'),
    good: rules(() => [rule(), rule({ name: 'Other', labels: { service: 'search' }, health: 'err' })]),
    bad: {
      firing: rules(({ now }) => [firing(now - 60_000)]),
      'firing without its alerts': rules(() => [rule({ state: 'firing' })]),
      'labels that only the alert has': rules(({ now }) => [
        rule(),
        { ...firing(now - 60_000), labels: { severity: '{{ $labels.level }}' } },
      ]),
    },
    empty: {
      'no groups': rules(() => []),
      'rules of another service': rules(() => [rule({ labels: { service: 'search', severity: 'page' } })]),
      'recording rules': rules(() => [{ ...rule(), type: 'recording' }]),
    },
    partial: {
      'a warning': rules(() => [rule()], { warnings: ['ruler 3 did not answer'] }),
      'a rule that fails': rules(() => [rule(), rule({ name: 'B', health: 'err', lastError: 'many-to-many' })]),
      'a rule that was never evaluated': rules(() => [
        rule({ health: 'unknown', lastEvaluation: '0001-01-01T00:00:00Z' }),
      ]),
      'fired since before the deployment': rules(({ deployedAt }) => [firing(deployedAt - 1)]),
      'a state that is not known yet': rules(() => [rule({ state: 'unknown' })]),
      'an error inside a 200': (request, times) => {
        rules(() => [])(request, times);
        return { body: { status: 'error', errorType: 'internal', error: 'the ruler is starting' } };
      },
    },
    stale: {
      'a group that is no longer evaluated': rules(({ now }) => [
        rule(),
        rule({ name: 'B', lastEvaluation: iso(now - 301_000) }),
      ]),
    },
  },
];
