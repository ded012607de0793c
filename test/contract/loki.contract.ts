/** Shapes: https://grafana.com/docs/loki/latest/reference/loki-http-api/ */
import { expect } from 'vitest';
import { type Answer, type Contract, fromPage, type Responder } from './harness.js';

const minute = 60_000;
const settle = 30_000;

const vector = (value: string | undefined, at: number, more: object = {}): Answer => ({
  body: {
    status: 'success',
    data: {
      resultType: 'vector',
      result: value === undefined ? [] : [{ metric: {}, value: [at / 1000, value] }],
      stats: { summary: { bytesProcessedPerSecond: 0, totalLinesProcessed: 100 } },
    },
    ...more,
  },
});

const matrix = (values: readonly (readonly [number, string])[], more: object = {}): Answer => ({
  body: {
    status: 'success',
    data: {
      resultType: 'matrix',
      result: values.length === 0 ? [] : [{ metric: { app: 'checkout' }, values }],
      stats: {},
    },
    ...more,
  },
});

const lines = (ages: readonly number[], now: number, more: object = {}): Answer => ({
  body: {
    status: 'success',
    data: {
      resultType: 'streams',
      result: ages.map((age) => ({
        stream: { app: 'checkout' },
        values: [[`${now - age}123456`, 'card=4111 secret line', { trace: 'x' }]],
      })),
      stats: {},
    },
    ...more,
  },
});

interface Given {
  readonly value?: string | undefined;
  readonly events?: string;
  /** By the minute, for a range. */
  readonly values?: readonly string[];
  /** Age of the newest line by selector, milliseconds; undefined: none. */
  readonly age?: (selector: string) => number | undefined;
  readonly more?: object;
  readonly evidence?: object;
}

const fresh = (): number => settle + 1000;

const loki =
  ({ value, events = '500', values, age = fresh, more = {}, evidence = {} }: Given): Responder =>
  ({ method, path, headers, body }, { now }) => {
    expect(method).toBe('POST');
    expect(headers.authorization).toBe(`Basic ${Buffer.from('123456:a-secret-LOKI_TOKEN').toString('base64')}`);
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
    const form = Object.fromEntries(new URLSearchParams(body));
    const query = form.query ?? '';
    expect(query).not.toContain('$__range');
    const end = now - settle;
    const span = { start: `${end - 5 * minute}000000`, end: `${end}000000` };
    if (path === '/loki/api/v1/query') {
      expect(form).toEqual({ query, time: `${end}000000` });
      return query.startsWith('sum(count_over_time({app="checkout"}[')
        ? vector(events, end, more)
        : vector(value, end, more);
    }
    expect(path).toBe('/loki/api/v1/query_range');
    if (form.step !== undefined) {
      expect(form).toEqual({ query, ...span, step: '60' });
      return matrix((values ?? []).map((x, i) => [(end - i * minute) / 1000, x] as const).reverse(), more);
    }
    expect(form).toEqual({ query, ...span, limit: '1', direction: 'backward' });
    expect(query).toMatch(/^\{[^|]*\}$/);
    const found = age(query);
    return lines(found === undefined ? [] : [found], now, evidence);
  };

const old = () => 5 * minute + settle - 1000;
const warnings = { warnings: ['maximum number of series (500) reached for a single query; returning partial results'] };

const traps = (good: Given): Pick<Contract, 'partial' | 'stale'> => ({
  partial: {
    warnings: loki({ ...good, more: warnings }),
    'warnings of the evidence': loki({ ...good, evidence: warnings }),
    'log lines in place of a number': (_, { now }) => lines([1000], now),
    'an error inside': () => ({ body: { status: 'error', errorType: 'timeout', error: 'context canceled' } }),
    'a pipeline error': () => ({ status: 400, body: "pipeline error: 'JSONParserErr' for series: '{card=4111}'." }),
  },
  stale: { 'an old line': loki({ ...good, age: old }) },
});

const page = (name: string): Pick<Contract, 'source' | 'gate'> => {
  const { source, gate } = fromPage('loki', name);
  return { source, gate: { ...gate, 'max-age': '2m' } };
};

export const contracts: readonly Contract[] = [
  {
    what: 'a count',
    ...page('errors in the log'),
    good: loki({ value: '3' }),
    bad: loki({ value: '40' }),
    empty: {
      'no stream, yet a number': loki({ value: '0', age: () => undefined }),
      'no series': loki({}),
      'too few lines': loki({ value: '0', events: '5' }),
    },
    ...traps({ value: '3' }),
  },
  {
    what: 'a ratio',
    ...page('failed payments'),
    // No error at all is fine, as long as the app writes.
    good: loki({ value: '0', age: (selector) => (selector.includes('level') ? undefined : fresh()) }),
    bad: loki({ value: '0.2' }),
    empty: {
      'no stream': loki({ value: '0', age: () => undefined }),
      NaN: loki({ value: 'NaN' }),
      'only the narrower one': loki({
        value: '0',
        age: (selector) => (selector.includes('level') ? fresh() : undefined),
      }),
    },
    ...traps({ value: '0' }),
  },
  {
    what: 'along the window',
    ...page('slowest minute'),
    good: loki({ values: ['0.2', '0.3', '0.4'] }),
    bad: loki({ values: ['0.2', '1.3', '0.4'] }),
    empty: { 'no stream': loki({ values: ['0.2'], age: () => undefined }), 'no series': loki({}) },
    ...traps({ values: ['0.2'] }),
  },
];
