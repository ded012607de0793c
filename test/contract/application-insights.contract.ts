/**
 * Response shapes: https://learn.microsoft.com/azure/azure-monitor/logs/api/response-format, …/errors and …/azure-resource-queries.
 */
import { expect } from 'vitest';
import type { Received } from '../support/server.js';
import { type Answer, type Contract, fromPage, type Responder, type Times } from './harness.js';

export const component =
  '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/shop/providers/microsoft.insights/components/shop-insights';

type Columns = readonly (readonly [name: string, type: string])[];

/** A result as the API gives it. */
export const result = (columns: Columns, rows: readonly (readonly unknown[])[], beside: object = {}): Answer => ({
  body: {
    tables: [{ name: 'PrimaryResult', columns: columns.map(([name, type]) => ({ name, type })), rows }],
    ...beside,
  },
});

const before = (times: Times, seconds: number): string =>
  new Date(times.now - seconds * 1000).toISOString().replace('Z', '4567Z');

const signalColumns: Columns = [
  ['value', 'real'],
  ['events', 'long'],
  ['rows', 'long'],
  ['newest', 'datetime'],
];

/** What the query API documents for each of its refusals. */
export const errors = {
  insufficient: {
    status: 403,
    body: {
      error: {
        message: 'The provided credentials have insufficient access to perform the requested operation',
        code: 'InsufficientAccessError',
        innererror: {
          code: 'AuthorizationFailedError',
          message: "User '92eba38a-70da-42b0-ab83-ffe82cce658f' does not have access to read logs for this resource",
        },
      },
    },
  },
  unauthorizedClient: {
    status: 403,
    body: {
      error: {
        message: 'The provided credentials have insufficient access to perform the requested operation',
        code: 'InsufficientAccessError',
        innererror: {
          code: 'UnauthorizedClient',
          message: 'The service principal does not have sufficient permissions to access this resource',
        },
      },
    },
  },
  audience: {
    status: 403,
    body: {
      error: {
        code: 'InvalidAuthenticationTokenAudience',
        message: "The access token has been obtained from wrong audience or resource 'https://api.loganalytics.io'.",
      },
    },
  },
  missing: {
    status: 401,
    body: {
      error: { code: 'AuthenticationFailed', message: "Authentication failed. The 'Authorization' header is missing." },
    },
  },
  notFound: {
    status: 404,
    body: { error: { message: `The resource ${component} was not found`, code: 'ResourceNotFoundError' } },
  },
  syntax: {
    status: 400,
    body: {
      error: {
        message: 'The request had some invalid properties',
        code: 'BadArgumentError',
        innererror: {
          code: 'SyntaxError',
          message: 'A recognition error occurred in the query.',
          innererror: {
            code: 'SYN0002',
            message: "Query could not be parsed at 'x' on line [2,10]",
            line: 2,
            pos: 10,
            token: 'x',
          },
        },
      },
    },
  },
} satisfies Readonly<Record<string, Answer>>;

export const tooLarge = {
  error: {
    code: 'PartialError',
    message: 'There were some errors when processing your query.',
    details: [
      {
        code: 'EngineError',
        message: 'Something went wrong processing your query on the server.',
        innererror: {
          code: '-2133196797',
          message:
            'The results of this query exceed the set limit of 64000000 bytes, so not all records were returned (E_QUERY_RESULT_SET_TOO_LARGE, 0x80DA0003).',
          severity: 2,
          severityName: 'Error',
        },
      },
    ],
  },
};

const workspace = (name: string): string =>
  `/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/shop/providers/Microsoft.OperationalInsights/workspaces/${name}`;

export const denied = (resourceTables: readonly string[], workspaceTables: readonly string[], readable = ['WS1']) => ({
  permissions: {
    resources: [
      {
        resourceId: component,
        ...(resourceTables.length > 0 ? { denyTables: resourceTables } : {}),
        dataSources: [workspace('WS1')],
      },
    ],
    dataSources: readable.map((name) => ({
      resourceId: workspace(name),
      ...(workspaceTables.length > 0 ? { denyTables: workspaceTables } : {}),
    })),
  },
});

/** Where a request must go. */
export interface Way {
  readonly path: string;
  /** Table that the query must read. */
  readonly reads: string;
}

/** Checks what every query must look like. */
export function queryOf({ method, path, headers, body }: Received, way: Way, times: Times, windowMs = 300_000): string {
  expect(method).toBe('POST');
  expect(path).toBe(way.path);
  expect(headers).toMatchObject({
    authorization: 'Bearer a-secret-AZURE_TOKEN',
    'content-type': 'application/json',
    prefer: 'wait=25,include-permissions=true',
  });
  const sent = JSON.parse(body) as { query: string; timespan: string };
  expect(Object.keys(sent)).toEqual(['query', 'timespan']);
  const [from = '', to = ''] = sent.timespan.split('/');
  expect(Date.parse(to)).toBe(times.now - 120_000);
  const asked = sent.query.startsWith('let before') ? windowMs + 86_400_000 : windowMs;
  expect(Date.parse(to) - Date.parse(from)).toBe(asked);
  expect(sent.query).toContain(way.reads);
  expect(sent.query).not.toMatch(/\b(?:ago|now)\s*\(|\$__/);
  return sent.query;
}

/** The conditions of a ready-made signal that are the same for all of them. */
export function signalConditions(
  way: Way,
  value: { readonly good: unknown; readonly bad: unknown; readonly none: unknown },
  needs: readonly RegExp[] = [],
  minEvents = true,
): Omit<Contract, 'what' | 'source' | 'gate'> {
  const row =
    (make: (times: Times) => readonly unknown[], beside: object = {}): Responder =>
    (request, times) => {
      const query = queryOf(request, way, times);
      for (const pattern of needs) expect(query).toMatch(pattern);
      return result(signalColumns, [make(times)], beside);
    };
  const good = (times: Times): unknown[] => [value.good, '2500', 1250, before(times, 125)];
  const answer =
    (given: Answer): Responder =>
    (request, times) => {
      queryOf(request, way, times);
      return given;
    };
  return {
    good: row(good, denied([], ['SecurityEvent'])),
    bad: row((times) => [value.bad, 2500, 1250, before(times, 125)]),
    empty: {
      'one row of zeros': row(() => [value.none, 0, 0, null]),
      'a value although nothing was counted': row(() => [value.good, 0, 0, null]),
      'no row': answer(result(signalColumns, [])),
      'no column': answer(result([], [])),
      '204': answer({ status: 204, body: '' }),
      '200 without a body': answer({ body: '' }),
      'no table': answer({ body: { tables: [] } }),
      'another table': answer({ body: { tables: [{ name: 'Other', columns: [], rows: [] }] } }),
      'no number': row((times) => [null, 2500, 1250, before(times, 125)]),
      NaN: row((times) => ['NaN', 2500, 1250, before(times, 125)]),
      ...(minEvents ? { 'too few events': row((times) => [value.good, 3, 3, before(times, 125)]) } : {}),
    },
    partial: {
      'a table and an error': row(good, tooLarge),
      'an error of another shape': row(good, { error: 'something' }),
      'a table is denied by the resource': row(good, denied([way.reads.replace(/^requests$/, 'AppRequests')], [])),
      'a table is denied by the workspace': row(good, denied([], [way.reads.replace(/^requests$/, 'AppRequests')])),
      'a workspace is left out': row(good, denied([], [], [])),
      'an error alone, in a 200': answer({ body: tooLarge }),
    },
    stale: {
      'older than max-age': row((times) => [value.good, 2500, 1250, before(times, 120 + 301)]),
      'older than the deployment': row((times) => [value.good, 2500, 1250, before(times, 3600)]),
      'of no known time': row(() => [value.good, 2500, 1250, null]),
      'of a time without a zone': row(() => [value.good, 2500, 1250, '2026-11-23T09:57:00']),
    },
    unauthorised: {
      '401': answer(errors.missing),
      'wrong audience': answer(errors.audience),
      'no role': answer(errors.insufficient),
      'no access to the query API': answer(errors.unauthorizedClient),
      'unknown resource': answer(errors.notFound),
      'the query is refused': answer(errors.syntax),
    },
  };
}

const page = (gate: string) => {
  const { source, gate: config } = fromPage('application-insights', gate, 'endpoint');
  return { source: (url: string) => ({ ...source(url), token: '${env.AZURE_TOKEN}' }), gate: config };
};

const direct: Way = { path: `/v1${component}/query`, reads: 'requests' };
const arm: Way = {
  path: `${component}/providers/microsoft.insights/logs?api-version=2018-03-01-preview`,
  reads: 'requests',
};

const isEvidence = (query: string): boolean => query.includes('extend part = ');

type Main = (times: Times, query: string) => Answer;

/** Queries of the policy, each with the second one that proves it. */
function ownConditions(good: Main, bad: Main, windowMs = 300_000): Omit<Contract, 'what' | 'source' | 'gate'> {
  const answers =
    (main: Main, evidence: (times: Times) => Answer): Responder =>
    (request, times) => {
      const query = queryOf(request, direct, times, windowMs);
      return isEvidence(query) ? evidence(times) : main(times, query);
    };
  const counted: Columns = [
    ['rows', 'long'],
    ['newest', 'datetime'],
    ['part', 'long'],
  ];
  const behind = (count: unknown, newest: string | null, beside: object = {}): Answer =>
    result(counted, [[count, newest, 0]], beside);
  const proof = (times: Times): Answer => behind('900', before(times, 130));
  const beside =
    (more: object): Main =>
    (times, query) => ({ body: { ...(good(times, query).body as object), ...more } });
  const nothing = (): Answer => ({ status: 204, body: '' });
  return {
    good: answers(good, proof),
    bad: answers(bad, proof),
    empty: {
      'no row behind the query': answers(good, () => behind(0, null)),
      'no row': answers(
        () => result([['failed', 'long']], []),
        () => behind(0, null),
      ),
      'the second query is refused': answers(good, () => errors.syntax),
      'the second query gives nothing': answers(good, () => result([], [])),
      '204': answers(nothing, nothing),
    },
    partial: {
      'the answer': answers(beside(tooLarge), proof),
      'the proof': answers(good, (times) => behind(900, before(times, 130), tooLarge)),
      'a denied table': answers(beside(denied(['AppRequests'], [])), proof),
    },
    stale: { 'the rows behind it': answers(good, (times) => behind(900, before(times, 120 + 601))) },
  };
}

/** `failed` or `total`, as the query says. */
const counts =
  (failed: number): Main =>
  (_, query) =>
    query.includes('failed') ? result([['failed', 'long']], [[String(failed)]]) : result([['total', 'long']], [[1000]]);

const minutes =
  (p95: number): Main =>
  (times) =>
    result(
      [
        ['timestamp', 'datetime'],
        ['p95', 'real'],
      ],
      [240, 180].map((s) => [before(times, s), String(p95 + s)]),
    );

/** The sum of orders, their number, and the newest of them `age` seconds before now. */
const own =
  (value: number | string | null, age: number | undefined, beside: object = {}): Responder =>
  (request, times) => {
    queryOf(request, { ...direct, reads: 'customEvents' }, times);
    const columns = [
      ['value', 'real'],
      ['events', 'long'],
      ['newest', 'datetime'],
    ] as const;
    return result(
      columns,
      [[value, age === undefined ? 0 : 12, age === undefined ? null : before(times, age)]],
      beside,
    );
  };

/** The slice, its value, and how old its newest row is, seconds. */
const byVersion =
  (...rows: readonly (readonly [string, number | null, number?])[]): Responder =>
  (request, times) => {
    const query = queryOf(request, arm, times);
    expect(query).toMatch(/by slice/);
    const columns = [['slice', 'string'], ...signalColumns] as const;
    return result(
      columns,
      rows.map(([version, value, age = 125]) => [version, value, 2500, 1250, before(times, age)]),
    );
  };

export const contracts: readonly Contract[] = [
  {
    what: 'failure rate',
    ...page('failure rate'),
    ...signalConditions(direct, { good: '0.002', bad: 0.2, none: 'NaN' }, [
      /cloud_RoleName == 'checkout'/,
      /isempty\(operation_SyntheticSource\)/,
      /matches regex '\(\?s\)\^GET \/health\.\*\$'/,
    ]),
  },
  {
    what: 'response time',
    ...page('response time'),
    ...signalConditions(direct, { good: 180.5, bad: '900.25', none: null }),
  },
  {
    what: 'new exceptions',
    ...page('new exceptions'),
    ...signalConditions(direct, { good: 0, bad: 2, none: 0 }, [/datetime\(2026-11-22T09:53:00\.000Z\)/]),
  },
  {
    what: 'slot, through the resource manager',
    ...page('failure rate of the staging slot'),
    ...signalConditions(arm, { good: 0.002, bad: 0.2, none: 'NaN' }, [/customDimensions\['slot'\]\) == 'staging'/]),
  },
  {
    what: 'own query, failures and total',
    ...page('payment errors'),
    ...ownConditions(counts(1), counts(100)),
  },
  {
    what: 'own query that says itself how new it is',
    ...page('orders'),
    good: own(2400, 125),
    bad: own(40, 125),
    empty: { 'no row': own(null, undefined), 'no event': own(0, undefined) },
    partial: { 'a table and an error': own(2400, 125, tooLarge), NaN: own('NaN', 125) },
    stale: { 'older than max-age': own(2400, 120 + 301) },
  },
  {
    what: 'one series for each version',
    ...page('slowest version'),
    good: byVersion(['1.2.3', 180], ['1.2.2', 210]),
    bad: byVersion(['1.2.3', 900], ['1.2.2', 210]),
    empty: { 'no row': byVersion() },
    partial: { 'one of them without a number': byVersion(['1.2.3', null], ['1.2.2', 210]) },
    stale: { 'one of them': byVersion(['1.2.3', 180], ['1.2.2', 210, 120 + 301]) },
  },
  {
    what: 'own query along the window',
    ...page('slow minutes'),
    ...ownConditions(minutes(100), minutes(1000), 600_000),
  },
];
