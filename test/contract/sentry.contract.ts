/** Response shapes: https://docs.sentry.io/api/releases/ and https://docs.sentry.io/api/events/. */
import { expect } from 'vitest';
import { type Contract, fromPage, type Responder, type Times } from './harness.js';

const iso = (ms: number): string => new Date(ms).toISOString();
const hour = 3_600_000;

interface Sessions {
  readonly rate?: number | null;
  /** By hour, the newest last. */
  readonly counts?: readonly (number | null)[];
}

const statistics = ({ rate = 0.999, counts = [0, 500] }: Sessions, { now }: Times) => ({
  start: iso(now - counts.length * hour),
  end: iso(now),
  intervals: counts.map((_, i) => iso(now - (counts.length - i) * hour)),
  groups:
    counts.length === 0
      ? []
      : [
          {
            by: {},
            totals: {
              'crash_free_rate(session)': rate,
              'sum(session)': counts.reduce<number>((a, n) => a + (n ?? 0), 0),
            },
            series: { 'crash_free_rate(session)': counts.map(() => rate), 'sum(session)': counts },
          },
        ],
});

const sessions =
  (make: Sessions): Responder =>
  ({ method, path, headers }, times) => {
    const url = new URL(path, 'http://x');
    expect(`${method} ${url.pathname}`).toBe('GET /api/0/organizations/acme/sessions/');
    expect(headers.authorization).toBe('Bearer a-secret-SENTRY_TOKEN');
    const { searchParams: q } = url;
    expect(q.getAll('field')).toEqual(['crash_free_rate(session)', 'sum(session)']);
    expect([q.get('project'), q.get('query'), q.get('interval')]).toEqual(['42', 'release:"checkout@1.2.3"', '1h']);
    expect([q.get('start'), q.get('end')]).toEqual(['2026-11-23T09:00:00.000', '2026-11-23T10:00:00.000']);
    return { body: statistics(make, times) };
  };

const issue = ({ now }: Times, change: object = {}) => ({
  id: '1',
  shortId: 'CHECKOUT-1',
  title: 'TypeError: secret@example.com is no number',
  culprit: 'pay(cart)',
  level: 'error',
  status: 'unresolved',
  firstSeen: iso(now - 60_000),
  permalink: 'https://acme.sentry.io/issues/1/',
  metadata: { type: 'TypeError', value: 'secret@example.com is no number' },
  ...change,
});

type Issues = (times: Times) => readonly object[];

const issues =
  (
    list: Issues,
    release: (times: Times) => object | undefined = () => ({ version: 'checkout@1.2.3' }),
    counted: Sessions = {},
  ): Responder =>
  ({ path, headers }, times) => {
    expect(headers.authorization).toBe('Bearer a-secret-SENTRY_TOKEN');
    const url = new URL(path, 'http://x');
    if (url.pathname === '/api/0/projects/acme/checkout/issues/') {
      expect(url.searchParams.get('query')).toBe('is:unresolved firstRelease:checkout@1.2.3');
      return { body: list(times) };
    }
    if (url.pathname === '/api/0/organizations/acme/sessions/') return { body: statistics(counted, times) };
    expect(url.pathname).toBe('/api/0/organizations/acme/releases/checkout%401.2.3/');
    const found = release(times);
    return found === undefined
      ? { status: 404, body: { detail: 'The requested resource does not exist' } }
      : { body: found };
  };

const none: Issues = () => [];
const nothing: Sessions = { counts: [0, 0] };

export const contracts: readonly Contract[] = [
  {
    what: 'sessions',
    ...fromPage('sentry', 'crash-free sessions'),
    good: sessions({}),
    bad: sessions({ rate: 0.9 }),
    empty: {
      'no group': sessions({ counts: [] }),
      'no session': sessions({ rate: null, counts: [0, 0] }),
      'too few': sessions({ counts: [0, 5] }),
    },
    partial: {
      'sessions without a rate': sessions({ rate: null }),
      'not its shape': () => ({ body: { detail: 'x' } }),
    },
    stale: { 'none in the last hours': sessions({ counts: [500, 0, 0] }) },
  },
  {
    what: 'new issues',
    ...fromPage('sentry', 'no new issues'),
    good: issues(none),
    bad: {
      'a new issue': issues((t) => [issue(t)]),
      'since nobody knows when': issues((t) => [issue(t, { firstSeen: null })]),
    },
    empty: {
      'an unknown release': issues(none, () => undefined),
      'nothing has arrived': issues(none, () => ({ version: 'checkout@1.2.3', lastEvent: null }), nothing),
      'only events of before': issues(none, (t) => ({ version: 'x', lastEvent: iso(t.deployedAt - 1) }), nothing),
      'events of another project': issues(
        none,
        (t) => ({ version: 'x', lastEvent: iso(t.now), projects: [{ slug: 'checkout' }, { slug: 'shop' }] }),
        nothing,
      ),
    },
    partial: {
      'an issue of before the deployment': issues((t) => [issue(t, { firstSeen: iso(t.deployedAt - 1) })]),
      'not its shape': issues(() => [{}]),
    },
    stale: { impossible: 'what has arrived must have arrived since the deployment' },
  },
];
