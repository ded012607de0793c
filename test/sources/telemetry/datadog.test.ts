import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { datadogGatesSource } from '../../../src/sources/telemetry/datadog/gates.js';
import { datadogSource } from '../../../src/sources/telemetry/datadog/index.js';
import { SimulatedClock } from '../../support/clock.js';
import { sourceContext } from '../../support/context.js';
import { type Handler, reply, standIn } from '../../support/server.js';

const to = Date.parse('2026-11-23T10:00:00Z');
const keys = { 'api-key': 'k-1', 'app-key': 'k-2' };
const signal = () => AbortSignal.timeout(5000);
const alerts = (match?: string) => ({
  family: 'alerts' as const,
  deployedAt: 0,
  ...(match === undefined ? {} : { match }),
});

async function metric(attributes: object, query: string, change = {}) {
  const server = await standIn((_, response) => reply(response, 200, { data: { attributes } }));
  const source = datadogSource.open(v.parse(datadogSource.schema, { url: server.url, ...keys }), sourceContext());
  const question = { family: 'telemetry' as const, query, window: { from: to - 300_000, to }, ...change };
  return { got: await source.telemetry(question, signal()), server };
}

describe('metrics', () => {
  const two = {
    times: [to - 20_000, to - 10_000, to],
    series: [{ group_tags: ['env:prod', 'host:a'] }, { group_tags: ['env:prod', 'host:b'] }],
    values: [
      [1, 3, 100],
      [5, null, 100],
    ],
  };

  it('is one series for each group, by the mean, and leaves out what begins after the window', async () => {
    const { got } = await metric(two, 'avg:a{*} by {host}');
    expect(got).toMatchObject({
      newest: '2026-11-23T09:59:40.000Z',
      series: [
        { labels: { env: 'prod', host: 'a' }, value: 2, points: 2 },
        { labels: { env: 'prod', host: 'b' }, value: 5, points: 1 },
      ],
    });
  });

  it('adds up a count, unless the policy says how to reduce it', async () => {
    const query = 'sum:a{*}.as_count()';
    expect((await metric(two, query)).got.series[0]?.value).toBe(4);
    const { got, server } = await metric(two, query, { range: { everyMs: 10_000, reduce: 'max' } });
    expect(got.series[0]?.value).toBe(3);
    expect(server.received[0]?.body).toContain('"interval":10000');
  });

  it('reads the values of each series where they stand in it', async () => {
    const { got } = await metric({ times: [to - 10_000], series: [{ group_tags: [], values: [7] }] }, 'avg:a{*}');
    expect(got.series).toEqual([{ labels: {}, value: 7, points: 1 }]);
  });

  it.each(['default_zero(sum:a{*})', 'sum:a{*}.fill(zero)', 'avg:a{*}.fill(last)'])('refuses %s', async (query) => {
    await expect(metric(two, query)).rejects.toMatchObject({ code: 'bad-query', permanent: true });
    expect(
      datadogSource.lint?.({ family: 'telemetry', query, window: { from: 0, to: 1 } }, { warmupMs: 0 }),
    ).toHaveLength(1);
  });
});

describe('monitors', () => {
  it('are read page after page, and looked at by themselves where the search says that they are not well', async () => {
    const server = await standIn(({ path }, response) => {
      const url = new URL(path, 'http://x');
      const [, id] = /monitor\/(\d+)/.exec(url.pathname) ?? [];
      if (id !== undefined) return reply(response, 200, { overall_state: id === '2' ? 'OK' : 'Alert' });
      const page = Number(url.searchParams.get('page'));
      const monitors = [
        { id: 2 * page + 1, name: 'a', status: 'OK' },
        { id: 2 * page + 2, name: 'b', status: 'Alert', scopes: ['host:x'] },
      ];
      return reply(response, 200, { monitors, metadata: { page_count: 2, total_count: 4 } });
    });
    const source = datadogSource.open(v.parse(datadogSource.schema, { url: server.url, ...keys }), sourceContext());
    expect(await source.alerts(alerts('x'), signal())).toMatchObject({
      rules: 4,
      counts: { firing: 1 },
      alerts: [{ name: 'b', subject: 'host:x', link: 'https://app.datadoghq.com/monitors/4' }],
    });
  });
});

describe('deployment gates', () => {
  async function gates(handler: Handler) {
    const clock = new SimulatedClock(to);
    const server = await standIn(handler);
    const source = datadogGatesSource.open(
      v.parse(datadogGatesSource.schema, { url: server.url, ...keys }),
      sourceContext({ clock }),
    );
    return { clock, server, ask: (match?: string) => source.alerts(alerts(match), signal()) };
  }
  const begun = (n: number) => ({ data: { attributes: { evaluation_id: `e-${n}` } } });
  const result = (status: string) => ({
    data: { attributes: { gate_status: status, rules: [{ name: 'r', status }] } },
  });

  it('begins one evaluation, reads it in later rounds, and begins another when the result is old', async () => {
    let posts = 0;
    let status = 'in_progress';
    const { clock, ask } = await gates(({ method }, response) => {
      if (method === 'POST') posts += 1;
      reply(response, 200, method === 'POST' ? begun(posts) : result(status));
    });
    const match = 'env:production service:checkout';
    expect(await ask(match)).toMatchObject({ partial: true });
    await clock.sleep(10 * 60_000);
    status = 'pass';
    expect(await ask(match)).toMatchObject({ partial: false, rules: 1, newest: '2026-11-23T10:10:00.000Z' });
    await clock.sleep(60_000);
    expect(await ask(match)).toMatchObject({ newest: '2026-11-23T10:10:00.000Z' });
    expect(posts).toBe(1);
    await clock.sleep(60_000);
    await ask(match);
    expect(await ask(match)).toMatchObject({ newest: '2026-11-23T10:12:00.000Z' });
    expect(posts).toBe(2);
  });

  it.each([undefined, 'env:production', 'env:production service:checkout team:x', 'checkout'])(
    'refuses the match %s',
    async (match) => {
      const { ask, server } = await gates((_, response) => reply(response, 200, {}));
      await expect(ask(match)).rejects.toMatchObject({ code: 'bad-query', permanent: true });
      expect(server.received).toEqual([]);
    },
  );
});
