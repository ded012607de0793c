import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Samples } from '../../../src/record/evidence.js';
import type { TelemetryQuestion } from '../../../src/sources/source.js';
import { httpJsonSource } from '../../../src/sources/telemetry/http-json/index.js';
import { sourceContext } from '../../support/context.js';
import { reply, standIn } from '../../support/server.js';

const to = Date.parse('2026-11-23T10:00:00Z');
const clock = { now: () => to + 1500, sleep: async () => {} };
const question = (query: string, change: Partial<TelemetryQuestion> = {}): TelemetryQuestion => ({
  family: 'telemetry',
  query,
  window: { from: to - 300_000, to },
  ...change,
});

const open = (config: Record<string, unknown>) =>
  httpJsonSource.open(v.parse(httpJsonSource.schema, config), sourceContext({ clock }));
const ask = async (config: Record<string, unknown>, query: string, change: Partial<TelemetryQuestion> = {}) =>
  (await open(config).telemetry(question(query, change), AbortSignal.timeout(5000))) as Omit<Samples, 'source'>;
const serving = (body: unknown, status = 200) => standIn((_, response) => reply(response, status, body));
const refused = (config: Record<string, unknown>) =>
  v
    .safeParse(httpJsonSource.schema, config)
    .issues?.map((i) => i.message)
    .join('\n') ?? '';

describe('http-json', () => {
  it('makes a number of the answer, as of now', async () => {
    const server = await serving({ failed: 3, all: 400 });
    expect(await ask({ url: `${server.url}/stats/?a=b`, token: 'abc' }, 'body.failed / body.all')).toEqual({
      kind: 'samples',
      subject: `the answer of ${server.url}/stats/ (200)`,
      query: 'body.failed / body.all',
      link: `${server.url}/stats/`,
      at: '2026-11-23T10:00:01.500Z',
      seen: 1,
      notes: [],
      partial: false,
      window: { from: '2026-11-23T09:55:00.000Z', to: '2026-11-23T10:00:00.000Z' },
      newest: '2026-11-23T10:00:01.500Z',
      series: [{ labels: {}, value: 0.0075, points: 1 }],
    });
    expect(server.received).toMatchObject([
      { method: 'GET', path: '/stats/?a=b', headers: { authorization: 'Bearer abc', accept: 'application/json' } },
    ]);
  });

  it.each<[string, unknown, unknown]>([
    ['body.ok', { ok: true }, [{ labels: {}, value: 1 }]],
    ['body.ok', { ok: false }, [{ labels: {}, value: 0 }]],
    ['size(body)', [1, 2], [{ labels: {}, value: 2 }]],
    ['uint(7)', {}, [{ labels: {}, value: 7 }]],
    [
      'body.list',
      { list: [1, 2.5] },
      [
        { labels: { index: '0' }, value: 1 },
        { labels: { index: '1' }, value: 2.5 },
      ],
    ],
    ['body.map', { map: { a: 1 } }, [{ labels: { name: 'a' }, value: 1 }]],
    ['{"a": status, "b": body.x}', { x: 2 }, [{ value: 200 }, { labels: { name: 'b' }, value: 2 }]],
    ['body.list', { list: [1, null] }, [{ value: 1 }, { value: null }]],
    ['0.0 / 0.0', {}, [{ value: 'NaN' }]],
    ['body.a / 0.0', { a: 1 }, [{ value: '+Inf' }]],
    ['double(headers["content-length"])', '{}', [{ value: 2 }]],
    ['(window_to - window_from).getSeconds()', {}, [{ value: 300 }]],
  ])('%s becomes series', async (query, body, series) => {
    const server = await standIn((_, response) => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      reply(response, 200, text, { 'content-length': String(text.length) });
    });
    const m = await ask({ url: server.url }, query);
    expect(m.series).toMatchObject(series as object[]);
    expect(m.seen).toBe(m.series.length);
  });

  it.each<[string, unknown]>([
    ['body.a', {}],
    ['body.a', { a: null }],
    ['body.list', { list: [] }],
    ['body.map', { map: {} }],
    ['body.list.all(x, x.ok)', { list: [] }],
    ['body.a.b.c', { a: {} }],
    ['body.a', []],
  ])('%s saw nothing', async (query, body) => {
    const server = await serving(body);
    expect(await ask({ url: server.url }, query)).toMatchObject({ seen: 0, series: [] });
  });

  it.each<[string, unknown, RegExp]>([
    ['body.a', { a: '12' }, /gave a text/],
    ['body.a', { a: [[1]] }, /a list inside a list/],
    ['now', {}, /something else/],
    ['duration("5s")', {}, /something else/],
    ['9007199254740993', {}, /too large to be exact/],
  ])('%s is no number', async (query, body, message) => {
    const server = await serving(body);
    await expect(ask({ url: server.url }, query)).rejects.toMatchObject({
      code: 'bad-answer',
      message: expect.stringMatching(message),
    });
  });

  it('lets only an expression that reads `status` judge a refusal, and none where a credential was sent', async () => {
    const server = await serving({ ok: true }, 403);
    await expect(ask({ url: server.url }, 'body.ok')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(ask({ url: server.url }, 'body.list.all(status, status)')).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect((await ask({ url: server.url }, 'status == 403')).series).toMatchObject([{ value: 1 }]);
    const signedIn = { url: server.url, token: 'abc' };
    await expect(ask(signedIn, 'status == 403')).rejects.toMatchObject({ code: 'forbidden' });
    const odd = await serving({ message: 'abc is wrong' }, 409);
    await expect(ask({ url: odd.url, 'api-key': 'abc' }, 'body.ok')).rejects.toMatchObject({
      code: 'bad-answer',
      message: expect.not.stringContaining('abc'),
    });
    const page = await serving('<html>', 404);
    expect((await ask({ url: page.url }, 'status == 404')).series).toMatchObject([{ value: 1 }]);
    await expect(ask({ url: page.url }, 'status == 404 && body.x')).rejects.toMatchObject({ code: 'bad-answer' });
    // That `time` reads the status is no leave to read the value from a refusal.
    await expect(ask({ url: page.url, time: 'status' }, 'size(headers)')).rejects.toMatchObject({ code: 'not-found' });
  });

  it.each<[unknown, string]>([
    ['2026-11-23T09:58:00Z', '2026-11-23T09:58:00.000Z'],
    ['2026-11-23T10:58:00+01:00', '2026-11-23T09:58:00.000Z'],
    [1795427880, '2026-11-23T09:58:00.000Z'],
    [1795427880500, '2026-11-23T09:58:00.500Z'],
  ])('reads the time %j of the newest datum', async (at, newest) => {
    const server = await serving({ at, x: 1 });
    expect(await ask({ url: server.url, time: 'body.at' }, 'body.x')).toMatchObject({ newest });
  });

  it('does not know the age when the time is not there, and refuses what is none', async () => {
    const time = 'body.at';
    const none = await serving({ x: 1 });
    expect(await ask({ url: none.url, time }, 'body.x')).toMatchObject({
      newest: null,
      notes: [expect.stringMatching(/No such key: at/)],
    });
    for (const at of ['yesterday', '2026-11-23', '2026-11-23T10:00:00', '1795427880', true, -1, 0, 1e300, [1]]) {
      const wrong = await serving({ at, x: 1 });
      await expect(ask({ url: wrong.url, time }, 'body.x'), String(at)).rejects.toMatchObject({ code: 'bad-answer' });
    }
    const future = await serving({ x: 1 });
    expect(await ask({ url: future.url, time: 'timestamp("2026-11-24T10:00:00Z")' }, 'body.x')).toMatchObject({
      newest: '2026-11-24T10:00:00.000Z',
    });
  });

  it('puts the window into the URL and the body', async () => {
    const server = await serving({ at: to, x: 1 });
    const url = `${server.url}/q?from=$__from_s&to=$__to_iso&range=$__range_s`;
    const body = '{"from": $__from_ms, "to": "$__to_iso", "range": $__range_ms}';
    await ask({ url, body, method: 'POST', time: 'body.at' }, 'body.x');
    expect(server.received).toMatchObject([
      {
        method: 'POST',
        path: `/q?from=1795427700&to=2026-11-23T10%3A00%3A00.000Z&range=300`,
        headers: { 'content-type': 'application/json' },
        body: '{"from": 1795427700000, "to": "2026-11-23T10:00:00.000Z", "range": 300000}',
      },
    ]);
  });

  it('asks one address once for all the expressions of a window, and again after a failure', async () => {
    const server = await standIn((_, response, count) =>
      reply(response, count < 2 ? 429 : 200, { a: count }, { 'retry-after': '60' }),
    );
    const source = open({ url: server.url });
    const value = async (query: string, window = question('').window) =>
      ((await source.telemetry(question(query, { window }), AbortSignal.timeout(5000))) as Samples).series[0]?.value;
    await expect(Promise.all([value('body.a'), value('body.a + 1.0')])).rejects.toMatchObject({ code: 'throttled' });
    expect(await Promise.all([value('body.a'), value('body.a + 1.0')])).toEqual([2, 3]);
    expect(await value('body.a', { from: to - 300_000, to: to + 1000 })).toBe(3);
    expect(server.received).toHaveLength(3);
  });

  it('does not take the answer of now for one of the past', async () => {
    const server = await serving({ x: 1 });
    const past = { window: { from: to - 900_000, to: to - 600_000 } };
    await expect(ask({ url: server.url }, 'body.x', past)).rejects.toMatchObject({
      code: 'bad-query',
      permanent: true,
      message: expect.stringMatching(/\$__from_ms/),
    });
    expect(server.received).toEqual([]);
    const range = { range: { everyMs: 1000, reduce: 'max' } } as const;
    await expect(ask({ url: server.url }, 'body.x', range)).rejects.toMatchObject({ code: 'bad-query' });
  });

  it('never sends its key in clear to another machine', async () => {
    const config = { url: 'http://example.com/x', 'api-key': 'k', 'api-key-header': 'X-Mine' };
    await expect(ask(config, 'body.x')).rejects.toMatchObject({ code: 'insecure', permanent: true });
    const server = await serving({ x: 1 });
    await ask({ ...config, url: server.url }, 'body.x');
    expect(server.received[0]?.headers['x-mine']).toBe('k');
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['two credentials', { token: 'a', 'api-key': 'b' }, /one of `token`/],
    ['a body without POST', { body: '{}' }, /`method: POST`/],
    ['a window without a time', { url: 'https://e.com/?f=$__from_ms' }, /`time` beside/],
    ['a macro that does not exist', { url: 'https://e.com/?f=$__form_ms' }, /no macro but/],
    ['a length as a time', { url: 'https://e.com/?f=$__range_iso', time: 'body.x' }, /no macro but/],
    ['a credential among the headers', { headers: { Authorization: 'x' } }, /no header that signs in/],
    ['a token among the headers', { headers: { 'Private-Token': 'x' } }, /no header that signs in/],
    ['a header that is none', { headers: { 'a b': 'x' } }, /name of a header/],
    ['a URL with a password', { url: 'https://a:b@e.com' }, /without a user name/],
  ])('refuses a config with %s', (_, change, message) =>
    expect(refused({ url: 'https://e.com', ...change })).toMatch(message),
  );

  it('is proofread', async () => {
    const advice = async (query: string, time?: string) =>
      (
        await httpJsonSource.proofread?.(
          question(query),
          v.parse(httpJsonSource.schema, { url: 'https://e.com', ...(time === undefined ? {} : { time }) }),
        )
      )?.join('\n');
    expect(await advice('body.a / body.b')).toBe('');
    expect(await advice('body.a +')).toMatch(/line 1, column 9/);
    expect(await advice('boddy.a')).toMatch(/Unknown variable: boddy/);
    expect(await advice('headers["x"]')).toMatch(/gives a string/);
    expect(await advice('has(body.x) ? body.x : 0.0')).toMatch(/absence can no longer be seen/);
    expect(await advice('body.a', 'body.')).toMatch(/^`time`: .*line 1/);
  });
});
