/** The probed service is the release itself, so that it does not answer well is evidence: see `blames`. */
import { expect } from 'vitest';
import { type Contract, fromPage, type Responder } from './harness.js';

const answer =
  (body: unknown, status = 200): Responder =>
  (request) => {
    expect(request).toMatchObject({ method: 'GET', headers: { cookie: 'x-ms-routing-name=staging' } });
    return { status, body };
  };
const good = answer({ status: 'ok' });

const served = 'a visitor of the release would have been answered like that';
const slot = fromPage('http-probe', 'slot answers');
const impatient = { timeout: '50ms', requests: 4, 'warm-up': 1 };

const common = {
  good,
  empty: { impossible: 'a request always comes to something: an answer, a failure, or an error of ours' },
  partial: { impossible: 'all requests of a round are sent, or the source says partial itself' },
  stale: { impossible: 'it sees nothing but now' },
} as const;

const every = { slow: served, 'cut-off': served, throttled: served, unauthorised: served } as const;

export const contracts: readonly Contract[] = [
  {
    what: 'failures',
    ...slot,
    ...common,
    bad: {
      'a 500': answer({ status: 'ok' }, 500),
      'a 404': answer({ status: 'ok' }, 404),
      'not ready': answer({ status: 'starting' }),
      'a page in place of JSON': answer('<html>', 200),
      'an empty answer': answer(''),
      'no status in the body': answer({}),
    },
    blames: every,
  },
  {
    what: 'failures, a short timeout',
    ...slot,
    source: (url) => ({ ...slot.source(url), ...impatient }),
    ...common,
    bad: answer({}, 503),
    blames: every,
  },
  {
    what: 'durations',
    ...fromPage('http-probe', 'slot is quick'),
    source: (url) => ({ ...slot.source(url), timeout: '550ms', requests: 1, 'warm-up': 0 }),
    ...common,
    bad: (request, times) => {
      const began = performance.now();
      while (performance.now() - began < 420);
      return good(request, times);
    },
    blames: { slow: served },
  },
];
