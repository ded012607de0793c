import type { ServerResponse } from 'node:http';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Samples } from '../../../src/record/evidence.js';
import type { TelemetryQuestion } from '../../../src/sources/source.js';
import { prometheusSource } from '../../../src/sources/telemetry/prometheus/index.js';
import { sourceContext } from '../../support/context.js';
import { deadUrl, type Received, reply, standIn } from '../../support/server.js';

const to = Date.parse('2026-11-23T10:00:00Z');
const question = (query: string, change: Partial<TelemetryQuestion> = {}): TelemetryQuestion => ({
  family: 'telemetry',
  query,
  window: { from: to - 300_000, to },
  ...change,
});

const open = (url: string, config: Record<string, unknown> = {}) =>
  prometheusSource.open(v.parse(prometheusSource.schema, { url, ...config }), sourceContext());

const ask = async (url: string, q: TelemetryQuestion, config = {}) =>
  (await open(url, config).telemetry(q, AbortSignal.timeout(5000))) as Omit<Samples, 'source'>;

const vector = (...values: [Record<string, string>, string][]) => ({
  status: 'success',
  data: { resultType: 'vector', result: values.map(([metric, value]) => ({ metric, value: [to / 1000, value] })) },
});

const form = (request: Received) => new URLSearchParams(request.body);
const isLiveness = (request: Received) => form(request).get('query')?.includes('label_replace') ?? false;

/** Liveness as [live, recent, newest in seconds before the end of the window] for each selector. */
const liveness = (...each: [number, number, number][]) =>
  vector(
    ...each.flatMap(([live, recent, age], i): [Record<string, string>, string][] => [
      ...(live > 0
        ? ([
            [{ signalbox: `live ${i}` }, String(live)],
            [{ signalbox: `newest ${i}` }, String(to / 1000 - age)],
          ] as [Record<string, string>, string][])
        : []),
      ...(recent > 0 ? ([[{ signalbox: `recent ${i}` }, String(recent)]] as [Record<string, string>, string][]) : []),
    ]),
  );

const prometheus = (main: unknown, behind: unknown = liveness([1, 1, 5]), status = 200) =>
  standIn((request, response) =>
    reply(response, isLiveness(request) ? 200 : status, isLiveness(request) ? behind : main),
  );

describe('prometheus', () => {
  it('asks at the end of the window and says what it saw', async () => {
    const server = await prometheus(vector([{ job: 'app' }, '0.0476']), liveness([3, 3, 5], [9, 9, 12]));
    const query = 'sum(rate(a{code=~"5.."}[$__range])) / sum(rate(a[$__range]))';
    const m = await ask(server.url, question(query), { token: 'abc', tenant: 'team-a' });
    expect(m).toMatchObject({
      series: [{ labels: { job: 'app' }, value: 0.0476, points: 1 }],
      seen: 9,
      newest: new Date(to - 12_000).toISOString(),
      query: 'sum(rate(a{code=~"5.."}[300s])) / sum(rate(a[300s]))',
      partial: false,
      notes: [],
      window: { from: '2026-11-23T09:55:00.000Z', to: '2026-11-23T10:00:00.000Z' },
    });
    expect(m.link).toMatch(new RegExp(`^${server.url}/graph\\?g0.expr=sum`));
    expect(server.received).toHaveLength(2);
    for (const request of server.received) {
      expect(request).toMatchObject({
        method: 'POST',
        path: '/api/v1/query',
        headers: {
          authorization: 'Bearer abc',
          'x-scope-orgid': 'team-a',
          'content-type': 'application/x-www-form-urlencoded',
        },
      });
      expect(form(request).get('time')).toBe('1795428000.000');
    }
    expect(JSON.stringify(m)).not.toContain('abc');
  });

  it('signs in by name and password', async () => {
    const server = await prometheus(vector([{}, '1']));
    await ask(server.url, question('up'), { username: 'me', password: 'pw' });
    expect(server.received[0]?.headers.authorization).toBe(`Basic ${Buffer.from('me:pw').toString('base64')}`);
    expect(v.safeParse(prometheusSource.schema, { url: 'https://p', username: 'me' }).success).toBe(false);
    expect(
      v.safeParse(prometheusSource.schema, { url: 'https://p', token: 't', username: 'me', password: 'p' }).success,
    ).toBe(false);
  });

  it('samples the window when told to, and reduces each series over time', async () => {
    const values = [
      [to / 1000 - 120, '1'],
      [to / 1000 - 60, '4'],
      [to / 1000, '2'],
    ];
    const main = {
      status: 'success',
      data: {
        resultType: 'matrix',
        result: [
          { metric: {}, values },
          { metric: { a: 'b' }, values: [...values, [to / 1000, 'NaN']] },
        ],
      },
    };
    const server = await prometheus(main);
    const results = [];
    for (const reduce of ['last', 'max', 'min', 'avg'] as const) {
      results.push(
        (await ask(server.url, question('up', { range: { everyMs: 60_000, reduce } }))).series.map((s) => [
          s.value,
          s.points,
        ]),
      );
    }
    expect(results).toEqual([
      [
        [2, 3],
        ['NaN', 4],
      ],
      [
        [4, 3],
        ['NaN', 4],
      ],
      [
        [1, 3],
        ['NaN', 4],
      ],
      [
        [7 / 3, 3],
        ['NaN', 4],
      ],
    ]);
    const ranged = server.received.find((r) => r.path === '/api/v1/query_range');
    expect(Object.fromEntries(form(ranged ?? (server.received[0] as Received)))).toEqual({
      query: 'up',
      start: '1795427700.000',
      end: '1795428000.000',
      step: '60.000',
    });
  });

  it.each([
    ['NaN', 'NaN'],
    ['+Inf', '+Inf'],
    ['-Inf', '-Inf'],
    ['1e3', 1000],
    ['1,5', null],
    ['', null],
  ])('reads the value %j as %j', async (raw, expected) => {
    const server = await prometheus(vector([{}, raw]));
    expect((await ask(server.url, question('up'))).series[0]?.value).toBe(expected);
    const scalar = await prometheus({ status: 'success', data: { resultType: 'scalar', result: [to / 1000, raw] } });
    expect((await ask(scalar.url, question('up'))).series[0]?.value).toBe(expected);
  });

  it('saw nothing when no raw series is alive, whatever the query gives', async () => {
    const absent = await prometheus(vector([{}, '0']), liveness([0, 0, 0]));
    expect(await ask(absent.url, question('up'))).toMatchObject({ seen: 0, newest: null });
    const constant = await prometheus(vector([{}, '1']));
    expect(await ask(constant.url, question('vector(1)'))).toMatchObject({ seen: 0, newest: null });
    expect(constant.received).toHaveLength(1);
  });

  it('knows a target that went down from a series that never was', async () => {
    const query = 'sum(rate(a{code=~"5.."}[5m])) / sum(rate(b[5m]))';
    const down = await prometheus(vector([{}, '0.001']), liveness([0, 2, 0], [0, 2, 0]));
    expect(await ask(down.url, question(query))).toMatchObject({
      seen: 0,
      newest: null,
      notes: [expect.stringMatching(/^`a{code=~"5..".*gone silent/), expect.stringMatching(/^`b` has gone silent/)],
    });
    const half = await prometheus(vector([{}, '0.001']), liveness([0, 2, 0], [4, 4, 1]));
    expect(await ask(half.url, question(query))).toMatchObject({ seen: 4, partial: true });
    const never = await prometheus(vector([{}, '0']), liveness([0, 0, 0], [4, 4, 1]));
    expect(await ask(never.url, question(query))).toMatchObject({
      seen: 4,
      partial: false,
      notes: [expect.stringMatching(/has no series/)],
    });
  });

  it('says how to write a ratio that is empty until the first failure', async () => {
    const empty = await prometheus(vector(), liveness([0, 0, 0], [4, 4, 1]));
    const m = await ask(empty.url, question('sum(rate(a{code=~"5.."}[5m])) / sum(rate(a[5m]))'));
    expect(m).toMatchObject({ series: [], seen: 4, partial: false });
    expect(m.notes.join()).toContain('or 0 * <all>');
  });

  it('remarks that `or vector(0)` hides what is missing', async () => {
    const server = await prometheus(vector([{}, '0']));
    expect((await ask(server.url, question('sum(rate(a[5m])) or vector(0)'))).notes.join()).toContain('or vector');
  });

  it('drops series that ended before the last sample of a range, as an instant query does', async () => {
    const at = (...ages: number[]) => ages.map((age) => [to / 1000 - age, '1']);
    const result = [
      { metric: { pod: 'old' }, values: at(120, 60) },
      { metric: { pod: 'new' }, values: at(60, 59) },
      { metric: { pod: 'edge' }, values: at(119, 59) },
    ];
    const server = await prometheus({ status: 'success', data: { resultType: 'matrix', result } });
    const pods = async (reduce: 'last' | 'max') =>
      (await ask(server.url, question('up', { range: { everyMs: 60_000, reduce } }))).series.map((s) => s.labels.pod);
    expect(await pods('last')).toEqual(['new', 'edge']);
    expect(await pods('max')).toEqual(['old', 'new', 'edge']);
  });

  it('takes warnings for an incomplete answer, infos for remarks', async () => {
    const warned = await prometheus({ ...vector([{}, '1']), warnings: ['one store is down'] });
    expect(await ask(warned.url, question('up'))).toMatchObject({ partial: true, notes: ['one store is down'] });
    const behind = await prometheus(vector([{}, '1']), { ...liveness([1, 1, 1]), warnings: ['a block is missing'] });
    expect(await ask(behind.url, question('up'))).toMatchObject({ partial: true, notes: ['a block is missing'] });
    const informed = await prometheus({ ...vector([{}, '1']), infos: ['metric might not be a counter'] });
    expect(await ask(informed.url, question('up'))).toMatchObject({
      partial: false,
      notes: ['metric might not be a counter'],
    });
  });

  const refusal = (errorType: string, error: string) => ({ status: 'error', errorType, error });

  it.each<[string, number, unknown, string, boolean, RegExp]>([
    [
      'a query that does not parse',
      400,
      refusal('bad_data', 'parse error: unexpected end'),
      'bad-query',
      true,
      /unexpected end/,
    ],
    ['an execution error', 422, refusal('execution', 'too many samples'), 'query-failed', false, /too many samples/],
    ['a missing credential', 401, 'no org id', 'unauthorized', false, /credential.*: no org id$/],
    [
      'a range of samples',
      200,
      { status: 'success', data: { resultType: 'matrix', result: [{ metric: {}, values: [[1, '1']] }] } },
      'bad-query',
      true,
      /expected one value/,
    ],
    [
      'a series without a value',
      200,
      { status: 'success', data: { resultType: 'vector', result: [{ metric: {} }] } },
      'bad-answer',
      false,
      /not Prometheus/,
    ],
    ['a missing permission', 403, 'no', 'forbidden', false, /permission to query/],
    ['a wrong URL', 404, 'no', 'not-found', true, /URL/],
    ['a login page', 200, '<html>', 'bad-answer', false, /not with JSON/],
    ['JSON of another shape', 200, { hello: 1 }, 'bad-answer', false, /not Prometheus/],
    [
      'numbers in place of texts',
      200,
      { status: 'success', data: { resultType: 'vector', result: [{ metric: {}, value: [1, 2] }] } },
      'bad-answer',
      false,
      /not Prometheus/,
    ],
    ['an error inside 200', 200, refusal('internal', 'oops'), 'query-failed', false, /oops/],
    [
      'a text',
      200,
      { status: 'success', data: { resultType: 'string', result: [1, 'x'] } },
      'bad-query',
      false,
      /expected numbers/,
    ],
    [
      'a native histogram',
      200,
      { status: 'success', data: { resultType: 'vector', result: [{ metric: {}, histogram: [1, {}] }] } },
      'bad-query',
      true,
      /histogram_quantile/,
    ],
    [
      'too many series',
      200,
      vector(...Array.from({ length: 201 }, (_, i): [Record<string, string>, string] => [{ i: String(i) }, '1'])),
      'too-many-series',
      true,
      /aggregate/,
    ],
  ])('measures nothing from %s', async (_, status, body, code, permanent, message) => {
    const server = await prometheus(body, liveness([1, 1, 1]), status);
    await expect(ask(server.url, question('up'))).rejects.toMatchObject({
      code,
      permanent: code === 'bad-query' || permanent,
      message: expect.stringMatching(message),
    });
  });

  it('measures nothing when the raw series cannot be asked for', async () => {
    const server = await standIn((request, response: ServerResponse) =>
      reply(response, isLiveness(request) ? 403 : 200, vector([{}, '1'])),
    );
    await expect(ask(server.url, question('up'))).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('measures nothing when nobody is there', async () => {
    await expect(ask(await deadUrl(), question('up'))).rejects.toMatchObject({ code: 'refused' });
  });

  it('refuses more points than Prometheus gives, before it asks', async () => {
    const server = await prometheus(vector([{}, '1']));
    const long = question('vector(1)', {
      window: { from: to - 86_400_000, to },
      range: { everyMs: 1000, reduce: 'max' },
    });
    await expect(ask(server.url, long)).rejects.toMatchObject({ code: 'bad-query', permanent: true });
    expect(server.received).toEqual([]);
  });

  it('advises on queries that hide absence or look back too far', () => {
    const lint = (query: string, warmupMs = 120_000) =>
      prometheusSource.lint?.(question(query), { warmupMs }).join('\n') ?? '';
    expect(lint('sum(rate(a[5m])) or vector(0)')).toMatch(
      /absence can no longer be seen[\s\S]*looks back 5m, longer than the warm-up of 2m/,
    );
    expect(lint('sum(rate(a[$__range])) or 0 * b')).toBe('');
    expect(lint('rate(a[5m])', 300_000)).toBe('');
  });
});
