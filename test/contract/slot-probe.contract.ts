/**
 * The idle side is the release itself, so that it does not answer well is evidence. Both sides are one stand-in, which tells them apart by
 * what leads to them; what happens to both at once is nobody's fault but the probe's, and must not be blamed.
 */
import { expect } from 'vitest';
import type { Received } from '../support/server.js';
import { type Answer, type Contract, fromPage, type Responder } from './harness.js';

/** Address of the stand-in in the place of both of the page's. */
function pair(gate: string, keys: readonly ('idle' | 'live')[] = ['idle', 'live']): Pick<Contract, 'source' | 'gate'> {
  const { source, gate: rest } = fromPage('slot-probe', gate);
  return {
    gate: { ...rest, requests: 40, 'min-requests': 40 },
    source(url) {
      const config = source(url) as Record<string, object>;
      const sides = Object.fromEntries(keys.map((key) => [key, { ...config[key], url: `${url}/${key}` }]));
      const { url: _, ...own } = config;
      return { ...own, ...sides };
    },
  };
}

type Side = (request: Received, path: string) => Answer;

const sides =
  (idle: Side, live: Side): Responder =>
  (request) => {
    const [, side, path = ''] = /^\/(idle|live)(\/.*)$/.exec(request.path) ?? [];
    expect(side, request.path).toBeDefined();
    return (side === 'idle' ? idle : live)(request, path);
  };

const slot =
  (version: string, change: Partial<Answer> = {}, only?: RegExp): Side =>
  (request, path) => {
    expect(request).toMatchObject({ method: 'GET', body: '' });
    expect(['/health', '/api/prices?sku=4711']).toContain(path);
    const well = { headers: { 'x-version': version }, body: { status: 'ok' } };
    return only === undefined || only.test(path) ? { ...well, ...change } : well;
  };
const newOne = '1.2.3';
const live = slot('1.2.2');
const good = sides(slot(newOne), live);

const behindOne =
  (change: { readonly staging?: Partial<Answer>; readonly self?: Partial<Answer> }): Responder =>
  (request) => {
    const [, routed = ''] = /^x-ms-routing-name=(staging|self)$/.exec(request.headers.cookie ?? '') ?? [];
    expect(request.headers.authorization).toBe('Bearer a-secret-PROBE_TOKEN');
    expect(request.path.startsWith(routed === 'self' ? '/live/' : '/idle/'), routed).toBe(true);
    const answer = change[routed as 'self'];
    if (request.method === 'GET') {
      expect(request.path).toMatch(/\/health$/);
      return { body: {}, ...answer };
    }
    expect(request).toMatchObject({ method: 'POST', headers: { 'content-type': 'application/json' } });
    expect(JSON.parse(request.body)).toEqual({ sku: '4711', 'dry-run': true });
    return { status: 201, body: { total: 9.5 }, ...answer };
  };

const alone =
  (answer: Partial<Answer>): Responder =>
  (request) => {
    expect(request).toMatchObject({ path: '/idle/health', headers: { 'x-functions-key': 'a-secret-GREEN_KEY' } });
    return { body: {}, ...answer };
  };

const nothing = {
  impossible: 'a request always comes to something: an answer, a failure, or an error of ours',
} as const;
const now = { impossible: 'it sees nothing but now' } as const;
const served = 'a visitor of the release would have been answered like that';

export const contracts: readonly Contract[] = [
  {
    what: 'two slots',
    ...pair('idle slot beside the live one'),
    good,
    bad: {
      'a 500': sides(slot(newOne, { status: 500 }), live),
      'a 404 of one endpoint': sides(slot(newOne, { status: 404 }, /prices/), live),
      'not ready': sides(slot(newOne, { body: { status: 'starting' } }), live),
      'a page in place of JSON': sides(slot(newOne, { body: '<html>' }), live),
      'a redirect to a login': sides(slot(newOne, { status: 302, headers: { location: '/login' } }), live),
      '401 on the idle side alone': sides(slot(newOne, { status: 401 }), live),
      '429 on the idle side alone': sides(slot(newOne, { status: 429 }), live),
    },
    empty: nothing,
    partial: {
      'the other side answers': sides(slot('1.2.2'), live),
      'the other side answers now and then': (() => {
        let n = 0;
        return sides((request, path) => slot(++n % 4 === 0 ? '1.2.2' : newOne)(request, path), live);
      })(),
      'both fail, in everything': sides(slot(newOne, { status: 500 }), slot('1.2.2', { status: 500 })),
      'the live side fails in everything': sides(slot(newOne), slot('1.2.2', { status: 503 })),
    },
    stale: now,
  },
  {
    what: 'slots behind one address',
    ...pair('staging behind the same address'),
    good: behindOne({}),
    bad: {
      'a 500': behindOne({ staging: { status: 500 } }),
      'another status': behindOne({ staging: { status: 200 } }),
    },
    empty: nothing,
    partial: { impossible: 'see the two slots' },
    stale: now,
  },
  {
    what: 'nothing to compare with',
    ...pair('green answers', ['idle']),
    good: alone({}),
    bad: { 'a 500': alone({ status: 500 }), 'a 404': alone({ status: 404 }) },
    empty: nothing,
    partial: { impossible: 'see the two slots' },
    stale: now,
    blames: { 'cut-off': served, throttled: served, unauthorised: served },
  },
];
