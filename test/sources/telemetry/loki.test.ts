import { describe, expect, it } from 'vitest';
import type { Samples } from '../../../src/record/evidence.js';
import type { TelemetryQuestion } from '../../../src/sources/source.js';
import { selectorsOf } from '../../../src/sources/telemetry/logql.js';
import { lokiSource } from '../../../src/sources/telemetry/loki.js';
import { SimulatedClock } from '../../support/clock.js';
import { sourceContext } from '../../support/context.js';
import { reply, type StandIn, standIn } from '../../support/server.js';

const to = Date.parse('2026-11-23T10:00:00Z');
const window = { from: to - 300_000, to };
const minute = 60_000;

type Form = Readonly<Record<string, string>>;

const success = (resultType: string, result: readonly unknown[], more: object = {}) => ({
  status: 'success',
  data: { resultType, result, stats: {} },
  ...more,
});
const line = (age: number) => ({ stream: {}, values: [[`${to - age}999999`, 'alice@example.com paid']] });
const value = (x: string, metric: object = {}) => ({ metric, value: [to / 1000, x] });

type Refuse = () => { readonly status: number; readonly body: unknown };

/** @param own the answer to the query, @param newest age of the newest line by selector, milliseconds */
async function loki(
  own: object | Refuse,
  newest: (selector: string) => number | undefined = () => 1000,
  config: object = {},
): Promise<{
  server: StandIn;
  forms: () => Form[];
  ask: (query: string, change?: Partial<TelemetryQuestion>) => Promise<Samples>;
}> {
  const server = await standIn(({ body }, response) => {
    const form = Object.fromEntries(new URLSearchParams(body));
    const age = newest(form.query ?? '');
    if (form.limit === '1') return reply(response, 200, success('streams', age === undefined ? [] : [line(age)]));
    const { status, body: answer } = typeof own === 'function' ? own() : { status: 200, body: own };
    return reply(response, status, answer);
  });
  const source = lokiSource.open(
    { url: server.url, settle: 0, ...config } as never,
    sourceContext({ clock: new SimulatedClock(to) }),
  ) as unknown as { telemetry: (q: object, s: AbortSignal) => Promise<Samples> };
  return {
    server,
    forms: () => server.received.map(({ body }) => Object.fromEntries(new URLSearchParams(body))),
    ask: (query, change = {}) =>
      source.telemetry({ family: 'telemetry', query, window, ...change }, AbortSignal.timeout(5000)),
  };
}

describe('the selectors of a query', () => {
  it.each([
    ['count_over_time({app="shop"} |= "x" [5m])', ['{app="shop"}']],
    ['rate({ app = "shop" , level=~"a|b" }[1m])', ['{ app = "shop" , level=~"a|b" }']],
    ['a({x="{"}|="}") + b({y=`}{`}[1m])', ['{x="{"}', '{y=`}{`}']],
    ['rate({a="1"} |= "{b=\\"2\\"}" [1m])', ['{a="1"}']],
    ['rate({a="\\"}"}[1m])', ['{a="\\"}"}']],
    ['rate({a="1"}[1m]) / rate({a="1"} | json [1m])', ['{a="1"}']],
    ['rate({a="1", b="2"}[1m]) / rate({b="2",a = "1"}[1m])', ['{b="2",a = "1"}']],
    ['rate({a="1"}[1m] offset 1h) / rate({b="1"}[1m])', ['{b="1"}']],
    ['rate({a="1"} | line_format "offset {{.x}}" [1m])', ['{a="1"}']],
    ['rate({a="1"}[1m]) # {b="2"}\n', ['{a="1"}']],
    ['vector(1)', []],
    ['rate({a="1"[1m])', []],
    ['rate({{a="1"}}[1m])', []],
  ])('%s', (query, texts) => expect(selectorsOf(query).map((s) => s.text)).toEqual(texts));
});

describe('loki', () => {
  it('asks at the end of the window, and for the newest line of each selector over it, in nanoseconds', async () => {
    const { ask, forms, server } = await loki(success('vector', [value('3')]), undefined, {
      tenant: 'a|b',
      token: 'the-token',
    });
    const samples = await ask('sum(count_over_time({app="shop"} |= "error" [$__range])) / $__range_s');
    expect(forms()).toEqual(
      expect.arrayContaining([
        { query: 'sum(count_over_time({app="shop"} |= "error" [300s])) / 300', time: `${to}000000` },
        {
          query: '{app="shop"}',
          start: `${to - 300_000}000000`,
          end: `${to}000000`,
          limit: '1',
          direction: 'backward',
        },
      ]),
    );
    expect(server.received.map((r) => [r.method, r.headers['x-scope-orgid'], r.headers.authorization])).toEqual([
      ['POST', 'a|b', 'Bearer the-token'],
      ['POST', 'a|b', 'Bearer the-token'],
    ]);
    expect(samples).toMatchObject({
      seen: 1,
      partial: false,
      newest: '2026-11-23T09:59:59.000Z',
      window: { from: '2026-11-23T09:55:00.000Z', to: '2026-11-23T10:00:00.000Z' },
      series: [{ labels: {}, value: 3, points: 1 }],
    });
    expect(JSON.stringify(samples)).not.toMatch(/alice|the-token/);
  });

  it('samples along the window', async () => {
    const points = [to - 2 * minute, to - minute, to].map((at, i) => [at / 1000, String(i)]);
    const { ask, forms } = await loki(success('matrix', [{ metric: { app: 'shop' }, values: points }]));
    const samples = await ask('rate({app="shop"}[1m])', { range: { everyMs: 30_000, reduce: 'max' } });
    expect(forms()).toContainEqual({
      query: 'rate({app="shop"}[1m])',
      start: `${to - 300_000}000000`,
      end: `${to}000000`,
      step: '30',
    });
    expect(samples.series).toEqual([{ labels: { app: 'shop' }, value: 2, points: 3 }]);
  });

  const both = 'rate({app="shop", level="error"}[1m]) / rate({app="shop"}[1m])';
  const two = 'rate({app="shop"}[1m]) / rate({app="gate"}[1m])';
  it.each<[string, string, (selector: string) => number | undefined, number, number | undefined]>([
    ['both live', both, (s) => (s.includes('error') ? 9000 : 1000), 2, 1000],
    ['the narrower one is silent', both, (s) => (s.includes('error') ? undefined : 1000), 1, 1000],
    ['the wider one is silent', both, (s) => (s.includes('error') ? 1000 : undefined), 0, undefined],
    ['one of two apps is silent', two, (s) => (s.includes('gate') ? undefined : 1000), 0, undefined],
    ['one of two apps is behind', two, (s) => (s.includes('gate') ? 99_000 : 1000), 2, 99_000],
    ['a line outside the window', two, () => 400_000, 0, undefined],
    ['no selector', 'vector(1)', () => 1000, 0, undefined],
    ['only another time', 'rate({app="shop"}[1m] offset 1h)', () => 1000, 0, undefined],
  ])('goes by the streams: %s', async (_, query, newest, seen, age) => {
    const { ask } = await loki(success('vector', [value('0')]), newest);
    const samples = await ask(query);
    expect(samples.seen).toBe(seen);
    expect(samples.newest).toBe(age === undefined ? null : new Date(to - age).toISOString());
  });

  it('says how to count nothing', async () => {
    const { ask } = await loki(success('vector', []));
    expect((await ask('sum(count_over_time({app="shop"} |= "x" [1m]))')).notes).toEqual([
      expect.stringContaining('or vector(0)'),
    ]);
  });

  it.each([
    ['log lines', success('streams', [line(1)]), 'bad-query', true, /count_over_time/],
    [
      'an instant log query',
      { status: 400, body: 'log queries are not supported as an instant query type, please change your query' },
      'bad-query',
      true,
      /count_over_time/,
    ],
    [
      'a syntax error',
      { status: 400, body: 'parse error at line 1, col 5: syntax error: unexpected IDENTIFIER' },
      'bad-query',
      true,
      /line 1, col 5/,
    ],
    [
      'a line that does not parse',
      { status: 400, body: `pipeline error: 'JSONParserErr' for series: 'user="alice@example.com"'.` },
      'query-failed',
      false,
      /JSONParserErr.*__error__/,
    ],
    [
      'an error inside',
      { status: 'error', errorType: 'timeout', error: 'context canceled' },
      'query-failed',
      false,
      /canceled/,
    ],
    ['something else', { hello: 1 }, 'bad-answer', false, /Loki's API/],
    [
      'many series',
      success(
        'vector',
        Array.from({ length: 201 }, (_, i) => value('1', { i: String(i) })),
      ),
      'too-many-series',
      true,
      /201 series/,
    ],
  ])('%s', async (_, answer, code, permanent, words) => {
    const { ask } = await loki('body' in answer ? () => answer : answer);
    const failed = await ask('rate({app="shop"}[1m])').then(
      () => undefined,
      (e: unknown) => e as { message: string },
    );
    expect(failed).toMatchObject({ code, permanent });
    expect(failed?.message).toMatch(words);
    expect(failed?.message).not.toContain('alice');
  });

  it('advises on ranges that look back too far and on queries without streams', () => {
    const advise = (query: string) =>
      lokiSource.lint?.({ family: 'telemetry', query, window } as never, { warmupMs: 2 * minute });
    expect(advise('rate({a="1"}[$__range])')).toEqual([]);
    expect(advise('rate({a="1"}[5m])')).toEqual([expect.stringContaining('looks back 5m')]);
    expect(advise('vector(1)')).toEqual([expect.stringContaining('no stream selector')]);
  });
});
