/** The shapes are the author's own: what counts is what becomes of an answer that is not as the expression wants it. */
import { expect } from 'vitest';
import { type Contract, fromPage, type Responder } from './harness.js';

const stats =
  (body: unknown, status = 200): Responder =>
  (request) => {
    expect(request).toMatchObject({ method: 'GET', path: '/' });
    expect(request.headers.authorization).toBe('Bearer a-secret-STATS_TOKEN');
    return { status, body };
  };

const points =
  (make: (times: { now: number; deployedAt: number }) => unknown): Responder =>
  (request, times) => {
    expect(request.headers['x-metrics-key']).toBe('a-secret-METRICS_KEY');
    expect(request.path).toBe(`/series/backlog?from=${times.now - 300_000}&to=${times.now}`);
    return { body: make(times) };
  };
const at = (value: unknown, ms: number) => ({ at: new Date(ms).toISOString(), value });

/** An error that is JSON too, as good to read as the answer. */
const refusing = (body: unknown) => ({ '401': stats(body, 401), '403': stats(body, 403) });

const backlog = fromPage('http-json', 'backlog');

export const contracts: readonly Contract[] = [
  {
    what: 'share of two numbers',
    ...fromPage('http-json', 'failed orders'),
    good: stats({ orders: { failed: 2, all: 1000 } }),
    bad: stats({ orders: { failed: 20, all: 1000 } }),
    empty: {
      'no key': stats({}),
      'a null': stats({ orders: { failed: null, all: 1000 } }),
      'no traffic': stats({ orders: { failed: 0, all: 0 } }),
      'few events': stats({ orders: { failed: 0, all: 199 } }),
      'an empty body': stats(''),
    },
    partial: {
      'an error inside 200': stats({ error: 'database is down', orders: null }),
      'an error beside the numbers': stats({ error: 'database is down', orders: { failed: 'n/a', all: 1000 } }),
      'half of the numbers': stats({ orders: { all: 1000 } }),
      'a page in place of JSON': stats('<html>log in</html>'),
      'a text for a number': stats({ orders: { failed: '0', all: '1000' } }),
    },
    stale: { impossible: 'without `time` the answer is of now, as the page says' },
    unauthorised: refusing({ orders: { failed: 0, all: 1000 } }),
  },
  {
    what: 'condition',
    ...fromPage('http-json', 'all checks pass'),
    good: stats({ checks: [{ state: 'pass' }, { state: 'pass' }] }),
    bad: stats({ checks: [{ state: 'pass' }, { state: 'fail' }] }),
    empty: { 'no check': stats({ checks: [] }), 'no key': stats({}), 'a null': stats({ checks: null }) },
    partial: { 'a check without a state': stats({ checks: [{ state: 'pass' }, {}] }) },
    stale: { impossible: 'without `time` the answer is of now, as the page says' },
    unauthorised: refusing({ checks: [{ state: 'pass' }] }),
  },
  {
    what: 'history',
    ...backlog,
    source: (url) => ({
      ...backlog.source(url),
      url: `${url}/series/backlog?from=$__from_ms&to=$__to_ms`,
    }),
    good: points(({ now }) => ({ points: [at(499, now - 120_000), at(3, now - 60_000)] })),
    bad: points(({ now }) => ({ points: [at(501, now - 120_000), at(3, now - 60_000)] })),
    empty: {
      'no points': points(() => ({ points: [] })),
      'a null point': points(({ now }) => ({ points: [at(null, now - 60_000)] })),
    },
    partial: {
      'a point without a value': points(({ now }) => ({ points: [{ at: now }, at(3, now)] })),
      'the newest without a time': points(({ now }) => ({ points: [at(3, now), { value: 3 }] })),
    },
    stale: {
      'old points': points(({ now }) => ({ points: [at(3, now - 301_000)] })),
      'from before the deployment': points(({ deployedAt }) => ({ points: [at(3, deployedAt - 1000)] })),
    },
  },
];
