/** Shapes: https://docs.newrelic.com/docs/apis/nerdgraph/examples/nerdgraph-nrql-tutorial/. */
import { expect } from 'vitest';
import { type Answer, type Contract, fromPage, type Responder, type Times } from './harness.js';

type Row = Record<string, unknown>;

interface Sent {
  readonly query: string;
  readonly variables: { readonly account: number; readonly value: string; readonly proof?: string };
}

const minute = 60_000;
const nrql = (
  results: readonly Row[],
  facets: readonly string[] | null,
  messages: readonly string[],
  { now }: Times,
) => ({
  results,
  metadata: { facets, messages, timeWindow: { begin: now - 6 * minute, end: now - minute } },
});

interface Given {
  readonly rows: (query: string) => readonly Row[];
  /** Number of the events behind the rows, and how many minutes before the end of the window the newest is. */
  readonly events?: number;
  readonly age?: number;
  readonly messages?: readonly string[];
  readonly facets?: readonly string[];
}

const nerdGraph =
  ({ rows, events = 500, age = 0.1, messages = [], facets }: Given): Responder =>
  (request, times) => {
    expect(request).toMatchObject({
      method: 'POST',
      path: '/',
      headers: { 'content-type': 'application/json', 'api-key': 'a-secret-NEW_RELIC_USER_KEY' },
    });
    const { query, variables } = JSON.parse(request.body) as Sent;
    expect(query).toContain('account(id: $account)');
    expect(variables.account).toBe(1_234_567);
    const window = ` SINCE ${times.now - 6 * minute} UNTIL ${times.now - minute}`;
    expect(variables.value.endsWith(window)).toBe(true);
    expect(variables.proof).toBe(
      `SELECT count(*) AS 'events', latest(timestamp) AS 'newest' FROM Transaction WHERE appName = 'checkout'${window}`,
    );
    const newest = events > 0 ? times.now - minute - age * minute : null;
    return {
      body: {
        data: {
          actor: {
            account: {
              value: nrql(rows(variables.value), facets ?? null, messages, times),
              proof: nrql([{ events, newest }], null, [], times),
            },
          },
        },
      },
    };
  };

const failing =
  (message: string, errorClass: string): Responder =>
  () => ({
    body: {
      data: { actor: { account: { value: null, proof: null } } },
      errors: [{ message, path: ['actor', 'account', 'value'], extensions: { errorClass, errorCode: 'NRDB:1102004' } }],
    },
  });

/** Data and an error side by side. */
const half: Responder = (request, times) => {
  const { body } = nerdGraph({ rows: rate(0.1) })(request, times) as Answer & { body: object };
  return { body: { ...body, errors: [{ message: 'one part of the answer is missing', extensions: {} }] } };
};

const rate =
  (percent: number | null) =>
  (query: string): Row[] =>
    query.includes('percentage') ? [{ percentage: percent }] : [{ count: 500 }];

const hosts =
  (...seconds: (number | null)[]) =>
  () =>
    seconds.map((x, i) => ({ facet: `web-${i}`, host: `web-${i}`, 'percentile.duration': { '95': x } }));

export const contracts: readonly Contract[] = [
  {
    what: 'percentage',
    ...fromPage('new-relic', 'error rate'),
    good: nerdGraph({ rows: rate(0.2) }),
    bad: nerdGraph({ rows: rate(4) }),
    empty: {
      'no events': nerdGraph({ rows: rate(null), events: 0 }),
      'no events, yet a number': nerdGraph({ rows: rate(0), events: 0 }),
      'no rows': nerdGraph({ rows: () => [] }),
      null: nerdGraph({ rows: rate(null) }),
      'no account': () => ({ body: { data: { actor: { account: null } } } }),
      'too few events': nerdGraph({ rows: (q) => (q.includes('percentage') ? [{ percentage: 0 }] : [{ count: 3 }]) }),
    },
    partial: {
      'an error inside a 200': failing('the query ran into a limit', 'SERVER_ERROR'),
      'a syntax error': failing("NRQL Syntax Error: Error at line 1 position 8, unexpected 'x'", 'INVALID_INPUT'),
      'timed out': failing('the query took too long', 'TIMEOUT'),
      'access denied': failing('the account is not yours', 'ACCESS_DENIED'),
      'too many queries': failing('slow down', 'TOO_MANY_REQUESTS'),
      'data and an error': half,
      messages: nerdGraph({ rows: rate(0.2), messages: ['the result is incomplete'] }),
    },
    stale: { impossible: 'a window of five minutes holds nothing older than max-age; see the duration' },
  },
  {
    what: 'percentile by host',
    source: fromPage('new-relic', 'duration').source,
    gate: { ...fromPage('new-relic', 'duration').gate, 'max-age': '2m' },
    good: nerdGraph({ rows: hosts(0.2, 0.3), facets: ['host'] }),
    bad: nerdGraph({ rows: hosts(0.2, 0.9), facets: ['host'] }),
    empty: {
      'no rows': nerdGraph({ rows: () => [], facets: ['host'], events: 0 }),
      'a host without a value': nerdGraph({ rows: hosts(0.2, null), facets: ['host'] }),
    },
    partial: {
      'more than can be read': nerdGraph({ rows: hosts(...Array.from({ length: 101 }, () => 0.1)), facets: ['host'] }),
    },
    stale: nerdGraph({ rows: hosts(0.2), facets: ['host'], age: 4 }),
  },
];
