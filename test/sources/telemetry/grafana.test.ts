import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Alerts, Samples } from '../../../src/record/evidence.js';
import type { TelemetryQuestion } from '../../../src/sources/source.js';
import { grafanaSource } from '../../../src/sources/telemetry/grafana/index.js';
import { modelOf } from '../../../src/sources/telemetry/grafana/metrics.js';
import { sourceContext } from '../../support/context.js';
import { type Handler, reply, standIn } from '../../support/server.js';

const to = Date.parse('2026-11-23T10:00:00Z');
const token = 'glsa_secret';

const question = (query: string, change: Partial<TelemetryQuestion> = {}): TelemetryQuestion => ({
  family: 'telemetry',
  query,
  window: { from: to - 300_000, to },
  ...change,
});

const open = (url: string, config = {}) =>
  grafanaSource.open(v.parse(grafanaSource.schema, { url, token, datasource: 'uid1', ...config }), sourceContext());

async function ask(handler: Handler, query: string, change: Partial<TelemetryQuestion> = {}, config = {}) {
  const server = await standIn(handler);
  const asked = open(`${server.url}/grafana`, config).telemetry(question(query, change), AbortSignal.timeout(5000));
  return { got: (await asked) as Omit<Samples, 'source'>, server };
}

async function alerts(groups: unknown, match?: string) {
  const server = await standIn((_, response) => reply(response, 200, { status: 'success', data: { groups } }));
  const asked = { family: 'alerts' as const, deployedAt: to, ...(match === undefined ? {} : { match }) };
  return (await open(server.url).alerts(asked, AbortSignal.timeout(5000))) as Omit<Alerts, 'source'>;
}

type Field = readonly [name: string, type: string, values: readonly unknown[], more?: object];

const frame = (...fields: Field[]) => ({
  schema: { fields: fields.map(([name, type, , more]) => ({ name, type, ...more })) },
  data: { values: fields.map(([, , values]) => values) },
});

const answer =
  (...frames: object[]): Handler =>
  (_, response) =>
    reply(response, 200, { results: { A: { status: 200, frames } } });

const sql = '{"rawSql": "SELECT 1", "format": "table"}';
const s = (seconds: number) => to - seconds * 1000;

describe('the query of a policy', () => {
  it('is PromQL unless it is a JSON object', () => {
    expect(modelOf('{job="a"}')).toBeUndefined();
    expect(modelOf('{"my.metric", job="a"}')).toBeUndefined();
    expect(modelOf(' {"target": "a.b"} ')).toEqual({ target: 'a.b' });
  });

  it.each([
    ['{"rawSql": "SELECT 1",}', 'no'],
    ['{"rawSql": "SELECT 1", "datasource": {"uid": "other"}}', 'datasource'],
    ['{"rawSql": "SELECT 1", "timeRange": {"from": "1", "to": "2"}}', 'timeRange'],
    ['{"rawSql": "SELECT 1", "hide": true}', 'hide'],
    ['{"expr": "up", "instant": true}', 'instant'],
  ])('refuses %s', (query, word) => {
    expect(() => modelOf(query)).toThrow(word === 'no' ? /JSON object and is none/ : word);
  });
});

describe('grafana', () => {
  it('asks for PromQL and the raw series behind it in one request', async () => {
    const row = (tag: string, x: number) =>
      frame(['Time', 'time', [to]], ['Value', 'number', [x], { labels: { signalbox: tag } }]);
    const B = { frames: [row('live 0', 2), row('recent 0', 2), row('newest 0', s(12) / 1000)] };
    const A = { frames: [frame(['Time', 'time', [to]], ['Value', 'number', [0.5], { labels: { job: 'a' } }])] };
    const { got, server } = await ask(
      (_, response) => reply(response, 200, { results: { A, B } }),
      'rate(x[$__range])',
    );
    expect(got).toMatchObject({
      seen: 2,
      newest: '2026-11-23T09:59:48.000Z',
      query: 'rate(x[300s])',
      partial: false,
      notes: [],
      window: { from: '2026-11-23T09:55:00.000Z', to: '2026-11-23T10:00:00.000Z' },
      series: [{ labels: { job: 'a' }, value: 0.5, points: 1 }],
    });
    expect(server.received).toHaveLength(1);
    const [request] = server.received;
    expect(request).toMatchObject({ path: '/grafana/api/ds/query', headers: { authorization: `Bearer ${token}` } });
    expect(JSON.stringify(got)).not.toContain(token);
    const link = new URL(got.link ?? '');
    expect(`${link.origin}${link.pathname}`).toBe(`${server.url}/grafana/explore`);
    expect(JSON.parse(link.searchParams.get('panes') ?? '')).toMatchObject({
      a: {
        datasource: 'uid1',
        queries: [{ expr: 'rate(x[300s])' }],
        range: { from: String(to - 300_000), to: String(to) },
      },
    });
  });

  it('leaves out a series that ended inside the window when the last value counts', async () => {
    const series = (name: string, times: number[]) =>
      frame(['Time', 'time', times], ['Value', 'number', times.map(() => 1), { labels: { name } }]);
    const A = { frames: [series('old', [s(120), s(60)]), series('new', [s(60), s(30)])] };
    const range = { everyMs: 30_000, reduce: 'last' as const };
    const { got } = await ask((_, response) => reply(response, 200, { results: { A, B: {} } }), 'x', { range });
    expect(got.series).toEqual([{ labels: { name: 'new' }, value: 1, points: 2 }]);
  });

  it('sees through PromQL in a JSON object too', async () => {
    const A = { frames: [frame(['Time', 'time', [to]], ['Value', 'number', [0]])] };
    const { got } = await ask(
      (_, response) => reply(response, 200, { results: { A, B: { frames: [] } } }),
      '{"expr": "sum(rate(x[5m])) or vector(0)", "legendFormat": "a"}',
    );
    expect(got).toMatchObject({ seen: 0, newest: null });
  });

  it('takes nothing from a query that names no series', async () => {
    const { got, server } = await ask(answer(frame(['Time', 'time', [to]], ['Value', 'number', [1]])), 'vector(1)');
    expect(got).toMatchObject({ seen: 0, newest: null });
    expect((JSON.parse(server.received[0]?.body ?? '') as { queries: unknown[] }).queries).toHaveLength(1);
  });

  it('tells series apart by texts and by columns', async () => {
    const { got } = await ask(
      answer(
        frame(
          ['time', 'time', [s(40), s(20), s(30)]],
          ['slot', 'string', ['blue', 'blue', 'green']],
          ['p50', 'number', [1, 2, 3]],
          ['p95', 'number', [4, null, 6]],
        ),
      ),
      sql,
    );
    expect(got.series).toEqual([
      { labels: { field: 'p50', slot: 'blue' }, value: 2, points: 2 },
      { labels: { field: 'p50', slot: 'green' }, value: 3, points: 1 },
      { labels: { field: 'p95', slot: 'blue' }, value: 4, points: 1 },
      { labels: { field: 'p95', slot: 'green' }, value: 6, points: 1 },
    ]);
    // The last value of the blue p95 is 40 s old.
    expect(got.newest).toBe('2026-11-23T09:59:20.000Z');
  });

  it('takes no point from outside the window', async () => {
    const { got } = await ask(answer(frame(['t', 'time', [s(301), to + 1]], ['x', 'number', [1, 2]])), sql);
    expect(got).toMatchObject({ series: [], seen: 0, newest: null });
  });

  it('reduces along the window', async () => {
    const { got } = await ask(answer(frame(['t', 'time', [s(9), s(3), s(6)]], ['x', 'number', [1, 5, 3]])), sql, {
      range: { everyMs: 3000, reduce: 'avg' },
    });
    expect(got.series).toEqual([{ labels: {}, value: 3, points: 3 }]);
  });

  it('says how to tell the age of a table without times', async () => {
    const { got } = await ask(answer(frame(['x', 'number', [1]])), sql);
    expect(got).toMatchObject({ newest: null, seen: 1, series: [{ value: 1 }] });
    expect(got.notes.join()).toContain('select the time');
  });

  it.each([
    ['in a table', frame(['x', 'number', [1, 2]])],
    ['of one time', frame(['t', 'time', [s(1), s(1)]], ['x', 'number', [1, 2]])],
  ])('refuses rows %s that nothing tells apart', async (_, rows) => {
    await expect(ask(answer(rows), sql)).rejects.toMatchObject({ code: 'bad-query', permanent: true });
  });

  it.each([
    ['sum(rate({app="a"} |= `[1h]` [1m]))', '2026-11-23T09:58:50.000Z'],
    ['sum(rate({app="a"}[1m])) / sum(rate({app="b"}[2m]))', '2026-11-23T09:57:50.000Z'],
    ['sum(rate({app="a"}[$__auto]))', null],
    ['sum(rate({app="a"}[1m])) / sum(rate({app="a"}[$__auto]))', null],
    ['{app="a"}', null],
  ])('takes the range of LogQL off its times: %s', async (expr, newest) => {
    const rows = frame(['Time', 'time', [s(10)]], ['Value', 'number', [1]]);
    const { got } = await ask(answer(rows), JSON.stringify({ expr }));
    expect(got.newest).toBe(newest);
  });

  it('leaves exemplars out', async () => {
    const exemplar = frame(['Time', 'time', [s(1)]], ['Value', 'number', [9]]);
    const marked = { ...exemplar, schema: { ...exemplar.schema, meta: { dataTopic: 'annotations' } } };
    const { got } = await ask(answer(marked), sql);
    expect(got.series).toEqual([]);
  });

  it('refuses more series than can be judged, and more points than are sent', async () => {
    const many = Array.from({ length: 201 }, (_, i) =>
      frame(['t', 'time', [s(1)]], ['x', 'number', [1], { labels: { i: `${i}` } }]),
    );
    await expect(ask(answer(...many), sql)).rejects.toMatchObject({ code: 'too-many-series' });
    const range = { everyMs: 10, reduce: 'max' as const };
    await expect(ask(answer(), sql, { range })).rejects.toMatchObject({ code: 'bad-query' });
  });

  it.each([
    [400, 'bad-query', true],
    [502, 'query-failed', false],
    [undefined, 'query-failed', false],
  ])('says what the data source says (%s)', async (status, code, permanent) => {
    const A = { error: 'pq: column "x"\ndoes not exist', ...(status === undefined ? {} : { status }) };
    const asked = ask((_, response) => reply(response, 400, { results: { A } }), sql);
    await expect(asked).rejects.toMatchObject({ code, permanent });
    await expect(asked).rejects.toThrow('column "x" does not exist');
  });

  it('needs a data source for queries', async () => {
    await expect(ask(answer(), sql, {}, { datasource: undefined })).rejects.toThrow('expected `datasource`');
  });

  it('warns of queries that invent', () => {
    const lint = (query: string) => grafanaSource.lint?.(question(query), { warmupMs: 0 }).join(' ') ?? '';
    expect(lint('{"rawSql": "SELECT now() AS time, 1"}')).toContain('time of asking');
    expect(lint('sum(x) or vector(0)')).toContain('nothing was measured');
    expect(lint('sum(rate(x[5m]))')).toBe('');
  });
});

describe('alerts of grafana', () => {
  const base = { name: 'r', type: 'alerting', health: 'ok', lastEvaluation: '2026-11-23T09:59:00Z', state: 'inactive' };
  const group = (...rules: object[]) => [{ name: 'g', file: 'Shop', rules }];

  it('gives what fires with what it is about', async () => {
    const got = await alerts(
      group({
        ...base,
        uid: 'u/1',
        state: 'firing',
        labels: { severity: 'page' },
        alerts: [
          {
            labels: { alertname: 'r', grafana_folder: 'Shop', severity: 'page', pod: 'a', __contacts__: 'x' },
            state: 'Alerting',
            activeAt: '2026-11-23T09:50:00+01:00',
          },
          { labels: { severity: 'page', pod: 'b' }, state: 'Normal', activeAt: '2026-11-23T09:00:00Z' },
          { labels: { severity: 'page', pod: 'c' }, state: 'Alerting (MissingSeries)', activeAt: null },
        ],
      }),
    );
    expect(got).toMatchObject({
      rules: 1,
      seen: 1,
      newest: '2026-11-23T09:59:00.000Z',
      counts: { firing: 2, unknown: 0, muted: 0 },
      alerts: [
        { name: 'r', state: 'firing', severity: 'page', since: '2026-11-23T08:50:00.000Z', subject: 'pod=a' },
        { subject: 'pod=c', since: null },
      ],
    });
    expect(got.alerts[0]?.link).toMatch(/\/alerting\/grafana\/u%2F1\/view$/);
  });

  it.each([
    ['grafana_folder="Shop"', 1],
    ['rule_group="g", alertname=~"r|s"', 1],
    ['pod="a"', 1],
    ['pod="z"', 0],
    ['grafana_folder!="Shop"', 0],
  ])('finds rules by %s', async (match, rules) => {
    const got = await alerts(group({ ...base, alerts: [{ labels: { pod: 'a' }, state: 'Normal' }] }), match);
    expect(got.rules).toBe(rules);
  });

  it('counts a series without data though its labels are gone', async () => {
    const instances = [
      { labels: { pod: 'a' }, state: 'Normal' },
      { labels: { datasource_uid: 'x', ref_id: 'A' }, state: 'NoData' },
    ];
    const got = await alerts(group({ ...base, alerts: instances }), 'pod="a"');
    expect(got.counts).toEqual({ firing: 0, unknown: 1, muted: 0 });
  });

  it('lists at most 50 alerts, the firing ones first, and counts all', async () => {
    const instances = Array.from({ length: 120 }, (_, i) => ({
      labels: { i: `${i}` },
      state: i < 100 ? 'Error' : 'Alerting',
    }));
    const got = await alerts(group({ ...base, state: 'firing', alerts: instances }));
    expect(got.counts).toEqual({ firing: 20, unknown: 100, muted: 0 });
    expect(got.alerts).toHaveLength(50);
    expect(got.alerts.slice(0, 20).every(({ state }) => state === 'firing')).toBe(true);
  });

  it('refuses what is no list of matchers', async () => {
    await expect(alerts(group(base), 'severity page')).rejects.toMatchObject({ code: 'bad-query', permanent: true });
  });
});
