import * as fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Samples } from '../../../src/record/evidence.js';
import type { TelemetryQuestion } from '../../../src/sources/source.js';
import { parseNrql } from '../../../src/sources/telemetry/new-relic/nrql.js';
import { newRelicSource } from '../../../src/sources/telemetry/new-relic.js';
import { sourceContext } from '../../support/context.js';
import { reply, type StandIn, standIn } from '../../support/server.js';

const to = Date.parse('2026-11-23T10:00:00Z');
const window = { from: to - 300_000, to };
const span = `SINCE ${window.from} UNTIL ${to}`;

const question = (query: string, change: Partial<TelemetryQuestion> = {}): TelemetryQuestion => ({
  family: 'telemetry',
  query,
  window,
  ...change,
});

const config = (url: string, change = {}) =>
  v.parse(newRelicSource.schema, { account: 42, 'api-key': 'NRAK-123', url, ...change });

const ask = async (server: StandIn, query: string, change: Partial<TelemetryQuestion> = {}) =>
  (await newRelicSource
    .open(config(server.url), sourceContext())
    .telemetry(question(query, change), AbortSignal.timeout(5000))) as Omit<Samples, 'source'>;

const proof = [{ events: 7, newest: to - 5000 }];
const nerdGraph = (results: unknown, metadata: object | null = null, proofRows: unknown = proof) =>
  standIn((_, response) =>
    reply(response, 200, {
      data: { actor: { account: { value: { results, metadata }, proof: { results: proofRows, metadata: null } } } },
    }),
  );

interface Sent {
  query: string;
  variables: { account: number; value: string; proof?: string };
}
const sent = (server: StandIn) => JSON.parse(server.received.at(-1)?.body ?? '') as Sent;

describe('NRQL', () => {
  it.each([
    ['SELECT count(*) FROM Transaction', `SELECT count(*) FROM Transaction ${span}`, 'FROM Transaction'],
    [
      "from Transaction, TransactionError select average(duration) where name = 'it\\'s SINCE' ;",
      `from Transaction, TransactionError select average(duration) where name = 'it\\'s SINCE' ${span}`,
      "FROM Transaction, TransactionError WHERE name = 'it\\'s SINCE'",
    ],
    [
      'SELECT max(`limit`), filter(count(*), WHERE a IN (1)) FROM `My Event` WHERE x IN (1, 2) FACET a, b ORDER BY c',
      `SELECT max(\`limit\`), filter(count(*), WHERE a IN (1)) FROM \`My Event\` WHERE x IN (1, 2) FACET a, b ORDER BY c LIMIT 101 ${span}`,
      'FROM `My Event` WHERE x IN (1, 2)',
    ],
    [
      "SELECT sum(http.errors) FROM Metric WHERE metricName = 'http.errors'",
      `SELECT sum(http.errors) FROM Metric WHERE metricName = 'http.errors' ${span}`,
      "FROM Metric WHERE metricName = 'http.errors'",
    ],
    [
      'SELECT sum(http.errors) FROM Metric WHERE a = 1',
      `SELECT sum(http.errors) FROM Metric WHERE a = 1 ${span}`,
      undefined,
    ],
    [
      'SELECT max(x) FROM (SELECT count(*) AS x FROM T FACET h)',
      `SELECT max(x) FROM (SELECT count(*) AS x FROM T FACET h) ${span}`,
      undefined,
    ],
    ['SELECT count(*) FROM lookup(t)', `SELECT count(*) FROM lookup(t) ${span}`, undefined],
    [
      'SELECT count(*) FROM A JOIN (FROM B SELECT c) ON d',
      `SELECT count(*) FROM A JOIN (FROM B SELECT c) ON d ${span}`,
      undefined,
    ],
    [
      "SELECT count(*) FROM Log WITH aparse(m, '*') AS z WHERE z = 1",
      `SELECT count(*) FROM Log WITH aparse(m, '*') AS z WHERE z = 1 ${span}`,
      undefined,
    ],
  ])('sets the window of %s, and asks for what is behind it', (query, over, behind) => {
    const nrql = parseNrql(query);
    expect(nrql.over(window)).toBe(over);
    expect(nrql.proof?.(window)).toBe(
      behind === undefined ? undefined : `SELECT count(*) AS 'events', latest(timestamp) AS 'newest' ${behind} ${span}`,
    );
    expect(nrql.cure === '').toBe(behind !== undefined);
  });

  it.each([
    ['SELECT count(*) FROM T SINCE 1 hour ago', /`SINCE`/],
    ['SELECT count(*) FROM T until now', /`UNTIL`/],
    ['SELECT max(x) FROM (SELECT count(*) AS x FROM T since 1 day ago)', /`SINCE`/],
    ['SELECT count(*) FROM T TIMESERIES', /`TIMESERIES`/],
    ['SELECT count(*) FROM T COMPARE WITH 1 week ago', /`COMPARE`/],
    ['SELECT count(*) FROM T FACET a LIMIT 5', /`LIMIT`/],
    ['SELECT count(*) FROM T -- all', /comment/],
    ['SELECT count(*) FROM T // all', /comment/],
    ['SELECT count(*) FROM T /* all', /comment/],
    ["SELECT count(*) FROM T WHERE a = 'b", /quote open/],
    ['SELECT count(* FROM T', /parenthesis open/],
    ['SELECT count(*)) FROM T', /closes a parenthesis/],
    ['SELECT count(*)', /one SELECT and one FROM/],
    ['SHOW EVENT TYPES', /`SHOW`/],
    ['', /one SELECT and one FROM/],
  ])('refuses %s', (query, words) => {
    expect(() => parseNrql(query)).toThrow(words);
    expect(newRelicSource.lint?.(question(query), { warmupMs: 0 })).toEqual([expect.stringMatching(words)]);
  });

  it('never leaves the window to the query', () => {
    const piece = fc.constantFrom(
      "'",
      '"',
      '`',
      '(',
      ')',
      '\\',
      ' ',
      'SINCE 1 day ago',
      'UNTIL now',
      '--',
      '/*',
      'a',
      '=',
      ';',
      'WHERE ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        let over: string;
        try {
          over = parseNrql(`SELECT count(*) FROM T WHERE ${pieces.join('')}`).over(window);
        } catch {
          return;
        }
        // What is outside of quotes holds our window and no other.
        const bare = over.replace(/'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`/g, '""');
        expect(bare.match(/SINCE|UNTIL/g)).toEqual(['SINCE', 'UNTIL']);
        expect(bare.endsWith(span)).toBe(true);
        expect(bare).not.toMatch(/--|\/\*/);
      }),
    );
  });
});

describe('new-relic', () => {
  it('sends the query as a variable and says what it saw', async () => {
    const server = await nerdGraph([{ count: 12 }]);
    const m = await ask(server, "SELECT count(*) FROM Transaction WHERE name = '\") { x }'");
    expect(server.received).toHaveLength(1);
    expect(server.received[0]).toMatchObject({ method: 'POST', headers: { 'api-key': 'NRAK-123' } });
    const { query, variables } = sent(server);
    expect(query).not.toContain('Transaction');
    expect(query).toContain('query($account: Int!, $value: Nrql!, $proof: Nrql!)');
    expect(variables).toEqual({
      account: 42,
      value: `SELECT count(*) FROM Transaction WHERE name = '") { x }' ${span}`,
      proof: `SELECT count(*) AS 'events', latest(timestamp) AS 'newest' FROM Transaction WHERE name = '") { x }' ${span}`,
    });
    expect(m).toMatchObject({
      series: [{ labels: {}, value: 12, points: 1 }],
      seen: 1,
      events: 7,
      newest: '2026-11-23T09:59:55.000Z',
      partial: false,
      notes: [],
      query: variables.value,
      window: { from: '2026-11-23T09:55:00.000Z', to: '2026-11-23T10:00:00.000Z' },
      link: 'https://one.newrelic.com/data-exploration/query-builder?account=42',
    });
    expect(JSON.stringify(m)).not.toContain('NRAK');
  });

  it('reads facets, percentiles and several columns', async () => {
    const rows = [
      { facet: ['web', 200], appName: 'web', code: '200', 'percentile.duration': { '50': 0.1, '95': 0.5 } },
      { facet: ['api', null], appName: 'api', code: null, 'percentile.duration': { '50': 0.2, '95': 'NaN' } },
    ];
    const m = await ask(
      await nerdGraph(rows, { facets: ['appName', 'code'] }),
      'SELECT percentile(duration, 50, 95) FROM Transaction FACET appName, code',
    );
    expect(m.series).toEqual([
      { labels: { appName: 'web', code: '200', column: 'percentile.duration.50' }, value: 0.1, points: 1 },
      { labels: { appName: 'web', code: '200', column: 'percentile.duration.95' }, value: 0.5, points: 1 },
      { labels: { appName: 'api', code: 'null', column: 'percentile.duration.50' }, value: 0.2, points: 1 },
      { labels: { appName: 'api', code: 'null', column: 'percentile.duration.95' }, value: 'NaN', points: 1 },
    ]);
    const one = await ask(
      await nerdGraph([{ facet: 'web', count: 3 }]),
      'SELECT count(*) FROM T FACET CASES (WHERE a = 1)',
    );
    expect(one.series).toEqual([{ labels: { facet: 'web' }, value: 3, points: 1 }]);
  });

  it('has seen nothing without events, whatever the query gives', async () => {
    for (const rows of [[{ events: 0, newest: null }], [], [{ events: null }], [{ events: 'x', newest: 'y' }]])
      expect(await ask(await nerdGraph([{ count: 0 }], null, rows), 'SELECT count(*) FROM T')).toMatchObject({
        seen: 0,
        newest: null,
      });
  });

  it('says why it cannot tell how new the events are', async () => {
    const server = await standIn((_, response) =>
      reply(response, 200, { data: { actor: { account: { value: { results: [{ max: 3 }] } } } } }),
    );
    const m = await ask(server, 'SELECT max(x) FROM (SELECT count(*) AS x FROM T FACET h)');
    expect(m).toMatchObject({ newest: null, seen: 1, notes: [expect.stringMatching(/plain event types/)] });
    expect(sent(server).query).not.toContain('proof');
    expect(newRelicSource.lint?.(question('SELECT max(a) FROM Metric'), { warmupMs: 0 })?.join()).toContain(
      'metricName',
    );
  });

  it('counts no data points of metrics as events', async () => {
    const m = await ask(await nerdGraph([{ sum: 1 }]), "SELECT sum(a) FROM Metric WHERE metricName = 'a'");
    expect(m).toMatchObject({ seen: 1, newest: '2026-11-23T09:59:55.000Z' });
    expect(m.events).toBeUndefined();
  });

  it('notices that another window was looked at', async () => {
    const at = (begin: number) => ({ timeWindow: { begin, end: to } });
    expect(
      await ask(await nerdGraph([{ count: 1 }], at(window.from + 59_000)), 'SELECT count(*) FROM T'),
    ).toMatchObject({ partial: false });
    expect(
      await ask(await nerdGraph([{ count: 1 }], at(window.from - 3_600_000)), 'SELECT count(*) FROM T'),
    ).toMatchObject({
      partial: true,
      notes: [expect.stringMatching(/another window/)],
    });
  });

  it('refuses rows that are not aggregated, and `range`', async () => {
    const server = await nerdGraph([
      { timestamp: 1, duration: 2 },
      { timestamp: 2, duration: 3 },
    ]);
    await expect(ask(server, 'SELECT duration FROM T')).rejects.toMatchObject({ code: 'bad-query', permanent: true });
    const range = { everyMs: 60_000, reduce: 'max' as const };
    await expect(ask(server, 'SELECT count(*) FROM T', { range })).rejects.toThrow(/range/);
  });

  it.each([
    [200, { errors: [{ message: 'no', extensions: { errorClass: 'ACCESS_DENIED' } }] }, 'forbidden', false],
    [
      200,
      { errors: [{ message: 'slow', extensions: { errorCode: 'NRDB:1', code: 'TOO_MANY_REQUESTS' } }] },
      'throttled',
      false,
    ],
    [200, { errors: [{ message: 'NRQL Syntax Error: Error at line 1' }] }, 'bad-query', true],
    [200, { errors: [{}] }, 'query-failed', false],
    [200, { data: null }, 'bad-answer', false],
    [200, { data: { actor: { account: { value: { results: [{ count: 1 }] } } } } }, 'bad-answer', false],
    [200, { x: 1 }, 'bad-answer', false],
    [200, '<html>', 'bad-answer', false],
    [400, { errors: [] }, 'bad-query', true],
  ])('takes %i %j for no answer', async (status, body, code, permanent) => {
    const server = await standIn((_, response) => reply(response, status, body));
    await expect(ask(server, 'SELECT count(*) FROM T')).rejects.toMatchObject({ code, permanent });
  });

  it('does not quote its key', async () => {
    const server = await standIn((_, response) => reply(response, 200, { errors: [{ message: 'bad key NRAK-123' }] }));
    const error = await ask(server, 'SELECT count(*) FROM T').catch((e: unknown) => e);
    expect((error as Error).message).not.toContain('NRAK-123');
  });
});
