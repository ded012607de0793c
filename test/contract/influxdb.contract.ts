/**
 * Response shapes: https://docs.influxdata.com/influxdb/v1/tools/api/ (and a real 1.6.7), …/influxdb/v2/api/ and
 * …/influxdb3/core/api/v3/.
 */
import { expect } from 'vitest';
import type { Received } from '../support/server.js';
import { type Answer, type Contract, fromPage, type Responder, type Times } from './harness.js';

const minutes = (times: Times, before: number): number => times.now - before * 60_000;
const iso = (ms: number): string => new Date(ms).toISOString();

/** What the three languages differ in, for one stand-in. */
interface Tongue {
  /** Checks a request and says whether it asks for the newest row. */
  checked(request: Received, times: Times): boolean;
  /** One number at the beginning of the window. */
  value(number: number | null, times: Times): Answer;
  newest(at: number | undefined): Answer;
  readonly nothing: Answer;
}

function answers(
  tongue: Tongue,
  value: number | null,
  newest: (times: Times) => number | undefined = (t) => t.now - 5000,
): Responder {
  return (request, times) =>
    tongue.checked(request, times) ? tongue.newest(newest(times)) : tongue.value(value, times);
}

/** The same for the value, and the newest row as it should be. */
const with_ =
  (tongue: Tongue, answer: (times: Times) => Answer): Responder =>
  (request, times) =>
    tongue.checked(request, times) ? tongue.newest(times.now - 5000) : answer(times);

const influxql: Tongue = {
  checked({ method, path, headers, body }, times) {
    expect(`${method} ${path}`).toBe('POST /query');
    expect(headers.authorization).toBe(`Basic ${Buffer.from('signalbox:a-secret-INFLUX_PASSWORD').toString('base64')}`);
    const form = new URLSearchParams(body);
    expect([form.get('db'), form.get('epoch')]).toEqual(['shop', 'ms']);
    const q = form.get('q') ?? '';
    const part = `FROM "requests" WHERE "service" = 'checkout' AND time >= ${minutes(times, 5)}ms AND time < ${times.now}ms`;
    expect([
      `SELECT sum("failed") / sum("count") ${part}`,
      `SELECT *::field ${part} ORDER BY time DESC LIMIT 1`,
    ]).toContain(q);
    return q.includes('LIMIT 1');
  },
  value: (number, times) => ({
    body: {
      results: [
        {
          statement_id: 0,
          series: [{ name: 'requests', columns: ['time', 'sum_sum'], values: [[minutes(times, 5), number]] }],
        },
      ],
    },
  }),
  newest: (at) => ({
    body: {
      results: [
        {
          statement_id: 0,
          ...(at === undefined
            ? {}
            : { series: [{ name: 'requests', columns: ['time', 'count', 'failed'], values: [[at, 10, 0]] }] }),
        },
      ],
    },
  }),
  nothing: { body: { results: [{ statement_id: 0 }] } },
};

const table = (type: string, cell: string): Answer => ({
  headers: { 'content-type': 'text/csv; charset=utf-8' },
  body: [
    `#datatype,string,long,dateTime:RFC3339,${type}`,
    '#group,false,false,false,false',
    ',result,table,_time,_value',
    `,_result,0,${cell}`,
    '',
    '',
  ].join('\r\n'),
});

const flux: Tongue = {
  checked({ method, path, headers, body }, times) {
    expect(`${method} ${path}`).toBe('POST /api/v2/query?org=acme');
    expect(headers.authorization).toBe('Token a-secret-INFLUX_TOKEN');
    expect(headers.accept).toBe('application/csv');
    const { query, dialect } = JSON.parse(body) as { query: string; dialect: { annotations: string[] } };
    expect(dialect.annotations).toEqual(['datatype', 'group']);
    expect(query).toContain(`range(start: ${iso(minutes(times, 5))}, stop: ${iso(times.now)})`);
    return query.includes('max(column: "_time")');
  },
  value: (number) => table('double', `,${number ?? ''}`),
  newest: (at) => (at === undefined ? flux.nothing : table('long', `${iso(at)},1`)),
  nothing: { headers: { 'content-type': 'text/csv' }, body: '\r\n' },
};

const sql: Tongue = {
  checked({ method, path, headers, body }, times) {
    expect(`${method} ${path}`).toBe('POST /api/v3/query_sql');
    expect(headers.authorization).toBe('Bearer a-secret-INFLUX_TOKEN');
    const { db, q, format } = JSON.parse(body) as Record<string, string>;
    expect([db, format]).toEqual(['shop', 'json']);
    expect(q).toContain(`FROM requests WHERE time >= '${iso(minutes(times, 5))}' AND time < '${iso(times.now)}'`);
    return q?.includes('LIMIT 1') ?? false;
  },
  value: (number) => ({
    body: [
      { host: 'h0', share: number },
      { host: 'h1', share: number },
    ],
  }),
  newest: (at) => ({ body: at === undefined ? [] : [{ time: iso(at).slice(0, -1), found: 1 }] }),
  nothing: { body: [] },
};

function contract(
  what: string,
  gate: string,
  tongue: Tongue,
  [good, bad]: readonly [number, number],
  partial: Contract['partial'],
): Contract {
  return {
    what,
    ...fromPage('influxdb', gate),
    good: answers(tongue, good),
    bad: answers(tongue, bad),
    empty: {
      nothing: (request, times) => {
        tongue.checked(request, times);
        return tongue.nothing;
      },
      'a null': answers(tongue, null),
      'a value without a row behind it': answers(tongue, good, () => undefined),
    },
    partial,
    stale: {
      'older than max-age': answers(tongue, good, (t) => minutes(t, 6)),
      'older than the deployment': answers(tongue, good, (t) => t.deployedAt - 1),
    },
    unauthorised: {
      '401': () => ({
        status: 401,
        body: { code: 'unauthorized', message: 'unauthorized access', error: 'authorization failed' },
      }),
      '403': () => ({ status: 403, body: { error: 'not authorized' } }),
      'another database': () => ({ status: 404, body: { code: 'not found', message: 'could not find bucket "shop"' } }),
    },
  };
}

const influxqlResult = (result: object): Answer => ({ body: { results: [{ statement_id: 0, ...result }] } });
const one = { name: 'requests', columns: ['time', 'sum'], values: [[0, 0]] };

export const contracts: readonly Contract[] = [
  contract('InfluxQL', 'failure rate', influxql, [0.001, 0.05], {
    'an error inside a 200': with_(influxql, () => influxqlResult({ error: 'database not found: shop' })),
    'cut at the row limit': with_(influxql, () => influxqlResult({ series: [{ ...one, partial: true }] })),
    'a chunk of more': with_(influxql, () => influxqlResult({ series: [one], partial: true })),
    'a warning': with_(influxql, () =>
      influxqlResult({ series: [one], messages: [{ level: 'warning', text: 'shard offline' }] }),
    ),
    'not its shape': with_(influxql, () => ({ body: {} })),
  }),
  contract('Flux', 'duration', flux, [120, 900], {
    'an error table inside a 200': with_(flux, () => ({
      headers: { 'content-type': 'text/csv' },
      body: '#datatype,string,string\r\n#group,true,true\r\n,error,reference\r\n,Failed to parse query,897\r\n',
    })),
    'an error after a table': with_(flux, (times) => ({
      ...flux.value(1, times),
      body: `${String(flux.value(1, times).body)}\r\n#datatype,string,string\r\n#group,true,true\r\n,error,reference\r\n,memory limit,0\r\n`,
    })),
    NaN: with_(flux, () => table('double', ',NaN')),
    'no _value': with_(flux, () => ({
      body: '#datatype,string,long,double\r\n#group,false,false,false\r\n,result,table,x\r\n,_result,0,1\r\n',
    })),
    'not its shape': with_(flux, () => ({ body: '<html></html>' })),
  }),
  contract('SQL', 'failures by host', sql, [0.001, 0.05], {
    'an error inside a 200': with_(sql, () => ({ body: { error: 'query error' } })),
    'one host without a number': with_(sql, () => ({ body: [{ host: 'h0', share: 'NaN' }] })),
  }),
];
