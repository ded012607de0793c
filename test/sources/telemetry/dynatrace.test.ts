import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Alerts, Samples } from '../../../src/record/evidence.js';
import type { TelemetryQuestion } from '../../../src/sources/source.js';
import { operandsOf } from '../../../src/sources/telemetry/dynatrace/selector.js';
import { dynatraceSource } from '../../../src/sources/telemetry/dynatrace.js';
import { sourceContext } from '../../support/context.js';
import { type Received, reply, type StandIn, standIn } from '../../support/server.js';

const to = Date.parse('2026-11-23T10:00:00Z');
const minute = 60_000;

const question = (query: string, change: Partial<TelemetryQuestion> = {}): TelemetryQuestion => ({
  family: 'telemetry',
  query,
  window: { from: to - 5 * minute, to },
  ...change,
});

const open = (url: string, config = {}) =>
  dynatraceSource.open(v.parse(dynatraceSource.schema, { url, token: 'dt0c01.A.B', ...config }), sourceContext());

const ask = async (server: StandIn, query: string, change: Partial<TelemetryQuestion> = {}, config = {}) =>
  (await open(server.url, config).telemetry(question(query, change), AbortSignal.timeout(5000))) as Omit<
    Samples,
    'source'
  >;

const parametersOf = ({ path }: Received) => Object.fromEntries(new URL(path, 'http://d').searchParams);

type Points = readonly (readonly [minutesBefore: number, value: number | null])[];
const answer = (series: readonly (readonly [Record<string, string>, Points])[], more = {}) => ({
  totalCount: series.length,
  nextPageKey: null,
  result: [
    {
      metricId: 'm',
      data: series.map(([dimensionMap, points]) => ({
        dimensions: Object.values(dimensionMap),
        dimensionMap,
        timestamps: points.map(([before]) => to - before * minute),
        values: points.map(([, value]) => value),
      })),
    },
  ],
  ...more,
});

/** @param raw points by the minute of each metric, by a part of its key */
const dynatrace = (main: unknown, raw: Record<string, Points>) =>
  standIn((request, response) => {
    const { metricSelector = '', resolution } = parametersOf(request);
    const behind = Object.entries(raw).find(([part]) => metricSelector.startsWith(part));
    reply(
      response,
      200,
      resolution === '1m' && metricSelector.endsWith(':splitBy()') ? answer([[{}, behind?.[1] ?? []]]) : main,
    );
  });

describe('metric selectors', () => {
  it.each<[string, [string, boolean][]]>([
    ['builtin:service.response.time', [['builtin:service.response.time', false]]],
    [
      'builtin:service.response.time:splitBy("dt.entity.service"):percentile(95)',
      [['builtin:service.response.time', false]],
    ],
    [
      'calc:service.x:filter(and(eq("a","b~"):limit(1)"),gt("c",1))):splitBy():sum:default(0)',
      [['calc:service.x:filter(and(eq("a","b~"):limit(1)"),gt("c",1)))', true]],
    ],
    [
      '(100)*(builtin:a.errors.count:splitBy():default(0)) / (my-metric.total:parents:filter(in("x",entitySelector("type(~"HOST~")"))):fold(sum)) - 1.5',
      [
        ['builtin:a.errors.count', true],
        ['my-metric.total:parents:filter(in("x",entitySelector("type(~"HOST~")")))', false],
      ],
    ],
  ])('reads the metrics of %s', (selector, operands) => {
    expect(operandsOf(selector).map(({ raw, maySilence }) => [raw, maySilence])).toEqual(operands);
  });

  it.each([
    ['', /names no metric/],
    ['100', /names no metric/],
    ['a,b', /several metrics/],
    ['a:timeshift(-1d)', /:timeshift/],
    ['a:splitBy():limit(3)', /:limit/],
    ['a:last', /:last/],
    ['a:rollup(avg,1h)', /:rollup/],
    ['(a/b):default(0)', /as a whole/],
    ['a:', /expected a name/],
    ['a:splitBy(', /parenthesis open/],
    ['(a', /parenthesis open/],
    ['a)', /cannot read/],
    ['a ? b', /cannot read/],
    ['"a"', /cannot read/],
  ])('refuses %j', (selector, words) => {
    expect(() => operandsOf(selector)).toThrow(words);
    expect(dynatraceSource.lint?.(question(selector), { warmupMs: 0 })).toEqual([expect.stringMatching(words)]);
  });

  it('advises against a selector that is never silent', () => {
    expect(dynatraceSource.lint?.(question('a:default(0)'), { warmupMs: 0 })?.join()).toContain(':default');
    expect(dynatraceSource.lint?.(question('a:default(0)/b'), { warmupMs: 0 })).toEqual([]);
  });
});

describe('dynatrace metrics', () => {
  it('asks for the value in one piece, and for what is behind it by the minute', async () => {
    const server = await dynatrace(answer([[{ 'dt.entity.service': 'SERVICE-1' }, [[0, 4.2]]]]), {
      a: [
        [1, 1],
        [0, null],
      ],
      b: [[3, 7]],
    });
    const entity = 'type("SERVICE"),tag("a+b")';
    const m = await ask(
      server,
      'a:sum / b:sum',
      { window: { from: to - 5 * minute - 1, to: to + 30_000 } },
      { entity },
    );
    expect(server.received.map(parametersOf)).toEqual(
      expect.arrayContaining([
        {
          metricSelector: 'a:sum / b:sum',
          resolution: 'Inf',
          from: String(to - 5 * minute),
          to: String(to),
          entitySelector: entity,
        },
        {
          metricSelector: 'a:splitBy()',
          resolution: '1m',
          from: String(to - 5 * minute),
          to: String(to),
          entitySelector: entity,
        },
        {
          metricSelector: 'b:splitBy()',
          resolution: '1m',
          from: String(to - 5 * minute),
          to: String(to),
          entitySelector: entity,
        },
      ]),
    );
    expect(server.received).toHaveLength(3);
    for (const { headers, path } of server.received) {
      expect(headers.authorization).toBe('Api-Token dt0c01.A.B');
      expect(path).toMatch(/^\/api\/v2\/metrics\/query\?/);
    }
    expect(m).toMatchObject({
      series: [{ labels: { 'dt.entity.service': 'SERVICE-1' }, value: 4.2, points: 1 }],
      seen: 1,
      // As the one that is furthest behind.
      newest: '2026-11-23T09:57:00.000Z',
      partial: false,
      window: { from: '2026-11-23T09:55:00.000Z', to: '2026-11-23T10:00:00.000Z' },
      link: `${server.url}/ui/data-explorer`,
    });
    expect(JSON.stringify(m)).not.toContain('dt0c01');
  });

  it('lets only those metrics be silent that have a default', async () => {
    const main = answer([[{}, [[0, 0]]]]);
    expect(await ask(await dynatrace(main, { b: [[0, 9]] }), 'a:default(0) / b')).toMatchObject({
      seen: 1,
      newest: '2026-11-23T10:00:00.000Z',
      notes: ['a has no data'],
    });
    expect(await ask(await dynatrace(main, { a: [[0, 9]] }), 'a:default(0) / b')).toMatchObject({
      seen: 0,
      newest: null,
    });
    expect(await ask(await dynatrace(main, {}), 'a:default(0)')).toMatchObject({ seen: 0, newest: null });
    expect(await ask(await dynatrace(main, { b: [[2, 1]] }), 'a:default(0) + b:default(0)')).toMatchObject({
      seen: 1,
      newest: '2026-11-23T09:58:00.000Z',
    });
  });

  it('does not take points outside of the window for new', async () => {
    const server = await dynatrace(answer([[{}, [[0, 1]]]]), {
      a: [
        [-3, 1],
        [9, 1],
      ],
    });
    expect(await ask(server, 'a')).toMatchObject({ seen: 0, newest: null });
  });

  it('reduces along the window when told to', async () => {
    const server = await dynatrace(
      answer([
        [
          {},
          [
            [4, 1],
            [2, null],
            [0, 3],
          ],
        ],
        [{ a: 'b' }, [[0, null]]],
      ]),
      { a: [[0, 1]] },
    );
    const range = { everyMs: 2 * minute, reduce: 'avg' } as const;
    expect((await ask(server, 'a', { range })).series).toEqual([{ labels: {}, value: 2, points: 2 }]);
    expect(server.received.map((r) => parametersOf(r).resolution).sort()).toEqual(['1m', '2m']);
    await expect(ask(server, 'a', { range: { everyMs: 90_000, reduce: 'max' } })).rejects.toThrow(/whole minutes/);
  });

  it('asks nothing while the window holds no whole minute', async () => {
    const server = await dynatrace(answer([]), {});
    expect(await ask(server, 'a', { window: { from: to + 1, to: to + 50_000 } })).toMatchObject({
      seen: 0,
      newest: null,
      series: [],
    });
    expect(server.received).toEqual([]);
  });

  it('refuses more series than a policy can mean, and several metrics', async () => {
    const many = Array.from({ length: 101 }, (_, i) => [{ i: String(i) }, [[0, 1]]] as const);
    await expect(ask(await dynatrace(answer(many), {}), 'a')).rejects.toMatchObject({
      code: 'too-many-series',
      permanent: true,
    });
    const two = { result: [1, 2].map((i) => ({ metricId: `m${i}`, data: [] })) };
    await expect(ask(await dynatrace(answer([], two), {}), 'a')).rejects.toMatchObject({ code: 'bad-query' });
  });

  it.each([
    [400, { error: { code: 400, message: 'the selector is malformed' } }, 'bad-query', true, /malformed/],
    [404, { error: { code: 404, message: 'Metric key a not found' } }, 'not-found', true, /key a not found/],
    [404, '', 'not-found', true, /is the URL right/],
    [
      403,
      { error: { code: 403, message: 'Token is missing required scope' } },
      'forbidden',
      false,
      /metrics\.read.*missing required scope/,
    ],
    [401, { error: { code: 401, message: 'bad token dt0c01.A.B' } }, 'unauthorized', false, /\(401\)$/],
    [200, { result: 'x' }, 'bad-answer', false, /Dynatrace's API/],
  ])('says what went wrong at %i', async (status, body, code, permanent, message) => {
    const server = await standIn((_, response) => reply(response, status, body));
    await expect(ask(server, 'a')).rejects.toMatchObject({ code, permanent, message: expect.stringMatching(message) });
  });
});

describe('dynatrace problems', () => {
  const problem = (i: number, change = {}) => ({
    problemId: `-${i}_V2`,
    title: `problem ${i}`,
    status: 'OPEN',
    severityLevel: 'ERROR',
    startTime: to - i * minute,
    affectedEntities: ['a', 'b', 'c', 'd'].map((name) => ({ entityId: { id: name, type: 'SERVICE' }, name })),
    ...change,
  });
  const alerts = async (url: string, match?: string, config = {}) =>
    (await open(url, config).alerts(
      { family: 'alerts', deployedAt: to, ...(match === undefined ? {} : { match }) },
      AbortSignal.timeout(5000),
    )) as Omit<Alerts, 'source'>;
  const environment = (problems: readonly object[], entities: unknown = { totalCount: 3, entities: [{}] }) =>
    standIn((request, response) => {
      if (request.path.startsWith('/api/v2/entities')) reply(response, 200, entities);
      else if (request.path.includes('underMaintenance')) reply(response, 200, { problems: [problem(2)] });
      else reply(response, 200, { totalCount: problems.length, problems });
    });

  it('lists what is open, and what is in maintenance as muted', async () => {
    const server = await environment([problem(1, { status: 'CLOSED' }), problem(2), problem(9), problem(3)]);
    const m = await alerts(server.url, 'type("SERVICE")', { entity: 'type("HOST")' });
    expect(m).toMatchObject({ rules: 3, seen: 3, partial: false, counts: { firing: 2, muted: 1, unknown: 0 } });
    expect(m.alerts.map(({ name, state }) => [name, state])).toEqual([
      ['problem 3', 'firing'],
      ['problem 9', 'firing'],
      ['problem 2', 'muted'],
    ]);
    expect(m.alerts[0]).toEqual({
      name: 'problem 3',
      state: 'firing',
      severity: 'ERROR',
      since: '2026-11-23T09:57:00.000Z',
      subject: 'a, b, c, …',
      link: `${server.url}/#problems/problemdetails;pid=-3_V2`,
    });
    for (const request of server.received) expect(parametersOf(request).entitySelector).toBe('type("SERVICE")');
  });

  it('wants to know which entities', async () => {
    const server = await environment([]);
    await expect(alerts(server.url)).rejects.toMatchObject({ code: 'bad-query', permanent: true });
    expect(server.received).toEqual([]);
    expect(await alerts(server.url, undefined, { entity: 'type("HOST")' })).toMatchObject({ rules: 3 });
  });

  it.each([
    { totalCount: 0, entities: [] },
    { totalCount: 5, entities: [] },
  ])('has seen nothing at %j', async (entities) => {
    expect(await alerts((await environment([], entities)).url, 'type("HOST")')).toMatchObject({ rules: 0, seen: 0 });
  });

  it('does not read pages for ever', async () => {
    const server = await standIn((request, response) => {
      if (request.path.startsWith('/api/v2/entities')) reply(response, 200, { totalCount: 1, entities: [{}] });
      else reply(response, 200, { problems: [], nextPageKey: 'again' });
    });
    expect(await alerts(server.url, 'type("HOST")')).toMatchObject({ partial: true });
    expect(server.received.length).toBeLessThan(50);
  });
});
