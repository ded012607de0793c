/** Questions in bins that a source has no answer for: refused, and before anything is sent where the query alone tells. */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { sourceEntries } from '../../../src/sources/index.js';
import type { TelemetryQuestion } from '../../../src/sources/source.js';
import { sourceContext } from '../../support/context.js';
import { reply, standIn } from '../../support/server.js';

const to = Date.parse('2026-11-23T10:00:00Z');
const minute = 60_000;

const sources: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'application-insights': {
    resource: '/subscriptions/s/resourceGroups/g/providers/microsoft.insights/components/c',
    endpoint: '',
    token: 't',
  },
  'azure-monitor': {
    resource: '/subscriptions/s/resourceGroups/g/providers/microsoft.insights/components/c',
    management: '',
    token: 't',
  },
  cloudwatch: { region: 'eu-central-1', 'access-key-id': 'a', 'secret-access-key': 'b', endpoint: '' },
  datadog: { url: '', 'api-key': 'a', 'app-key': 'b' },
  dynatrace: { url: '', token: 't' },
  elastic: { url: '' },
  grafana: { url: '', token: 't', datasource: 'x' },
  graphite: { url: '' },
  influxql: { type: 'influxdb', url: '', language: 'influxql', database: 'd' },
  flux: { type: 'influxdb', url: '', language: 'flux', org: 'o' },
  sql: { type: 'influxdb', url: '', language: 'sql', database: 'd' },
};

async function ask(name: string, query: string, everyMs: number, bins = 3) {
  const server = await standIn((_, response) => reply(response, 200, {}));
  const { type = name, ...written } = sources[name] ?? {};
  const config = Object.fromEntries(Object.entries(written).map(([key, x]) => [key, x === '' ? server.url : x]));
  const loaded = await sourceEntries.find((entry) => entry.type === type)?.load();
  const source = loaded?.open(v.parse(loaded.schema, config), sourceContext());
  const window = { from: to - bins * everyMs, to };
  const question: TelemetryQuestion = { family: 'telemetry', query, window, range: { everyMs, reduce: 'each' } };
  const error = await source?.telemetry?.(question, AbortSignal.timeout(5000)).then(
    () => undefined,
    (e: unknown) => e,
  );
  return { error, sent: server.received.length };
}

const flux = 'from(bucket: "b") |> range(start: $__from, stop: $__to)';

describe('in bins', () => {
  it.each<[source: string, query: string, everyMs: number, message: string, bins?: number]>([
    ['application-insights', 'requests | summarize n = sum(itemCount) by bin(timestamp, 1m)', minute, '$__interval'],
    ['azure-monitor', 'requests/count count', 2 * minute, 'Azure has no points every 2m'],
    ['azure-monitor', 'requests/count count', 30_000, 'Azure has no points every 30s'],
    ['cloudwatch', 'AWS/X Y Sum', 90_000, 'not bins of 1m30s'],
    ['cloudwatch', 'AWS/X Y Sum', 30_000, 'not bins of 30s'],
    ['datadog', 'sum:a{x:y}.as_count().rollup(sum, 300)', minute, '`.rollup(sum, 300)` is another length'],
    ['datadog', 'sum:a{x:y}.as_count()', minute, 'more than the 1500 points', 1501],
    ['dynatrace', 'builtin:a:sum', 30_000, 'whole minutes'],
    ['elastic', 'FROM a | STATS n = COUNT(*) BY bin = DATE_TRUNC(1 minute, @timestamp)', minute, '$__interval'],
    ['grafana', '{"expr": "sum(rate({app=\\"x\\"}[1m]))"}', minute, 'in PromQL only'],
    ['grafana', '{"rawSql": "SELECT 1"}', minute, 'in PromQL only'],
    ['graphite', 'sumSeries(a.*)', minute, '$__interval'],
    ['influxql', 'SELECT count("x") FROM "m" WHERE $__timeFilter GROUP BY time(1m) fill(none)', minute, '$__interval'],
    ['influxql', 'SELECT count("x") FROM "m" WHERE $__timeFilter GROUP BY time($__interval)', minute, 'fill(none)'],
    [
      'influxql',
      'SELECT count("x") FROM "m" WHERE $__timeFilter GROUP BY time($__interval) fill(0)',
      minute,
      'fill(none)',
    ],
    ['flux', `${flux} |> aggregateWindow(every: 1m, fn: sum, createEmpty: false)`, minute, '$__interval'],
    ['flux', `${flux} |> aggregateWindow(every: $__interval, fn: sum)`, minute, 'createEmpty: false'],
    [
      'flux',
      `${flux} |> aggregateWindow(every: $__interval, fn: sum, createEmpty: true)`,
      minute,
      'createEmpty: false',
    ],
    ['flux', `${flux} |> window(every: $__interval) |> sum()`, minute, 'aggregateWindow'],
    [
      'flux',
      `${flux} |> aggregateWindow(every: $__interval, fn: sum, createEmpty: false) |> timeShift(duration: 1m)`,
      minute,
      'aggregateWindow',
    ],
    [
      'sql',
      "SELECT date_bin(INTERVAL '1 minute', time) AS time, count(*) AS n FROM m WHERE $__timeFilter",
      minute,
      '$__interval',
    ],
    [
      'sql',
      "SELECT date_bin_gapfill(INTERVAL '$__interval', time) AS time, count(*) AS n FROM m WHERE $__timeFilter",
      minute,
      'date_bin()',
    ],
  ])('%s refuses %s every %d ms', async (source, query, everyMs, message, bins) => {
    const { error, sent } = await ask(source, query, everyMs, bins);
    expect(error).toMatchObject({ code: 'bad-query', permanent: true, message: expect.stringContaining(message) });
    expect(sent).toBe(0);
  });

  it('a source that gives counts does not give what counters have grown by', async () => {
    const server = await standIn((_, response) =>
      reply(response, 200, [
        {
          target: 'x',
          datapoints: [
            [1, to / 1000 - 120],
            [2, to / 1000 - 60],
          ],
        },
      ]),
    );
    const loaded = await sourceEntries.find((entry) => entry.type === 'graphite')?.load();
    const source = loaded?.open(v.parse(loaded.schema, { url: server.url }), sourceContext());
    const question: TelemetryQuestion = {
      family: 'telemetry',
      query: 'summarize(x, "$__interval", "sum")',
      window: { from: to - 2 * minute, to },
      range: { everyMs: minute, reduce: 'increase' },
    };
    await expect(source?.telemetry?.(question, AbortSignal.timeout(5000))).rejects.toMatchObject({
      code: 'bad-query',
      message: expect.stringContaining('counters'),
    });
  });

  it('Datadog knows `beside` only there', async () => {
    const loaded = await sourceEntries.find((entry) => entry.type === 'datadog')?.load();
    const source = loaded?.open(v.parse(loaded.schema, { 'api-key': 'a', 'app-key': 'b' }), sourceContext());
    const question: TelemetryQuestion = {
      family: 'telemetry',
      query: 'sum:a{*}.as_count() beside sum:b{*}.as_count()',
      window: { from: to - minute, to },
    };
    await expect(source?.telemetry?.(question, AbortSignal.timeout(5000))).rejects.toMatchObject({ code: 'bad-query' });
  });
});

describe('the advice on PromQL in bins', () => {
  it('is against ranges that are no bin, and against counters as they are', async () => {
    const loaded = await sourceEntries.find((entry) => entry.type === 'prometheus')?.load();
    const lint = (query: string, reduce: 'each' | 'increase' = 'each') =>
      loaded
        ?.lint?.(
          { family: 'telemetry', query, window: { from: to - minute, to }, range: { everyMs: minute, reduce } },
          { warmupMs: 300_000 },
        )
        .join() ?? '';
    expect(lint('sum(increase(x_total[5m]))')).toContain('looks back 5m at the end of each bin of 1m');
    expect(lint('sum by (version) (x_total)')).toContain('counters: true');
    expect(lint('sum(increase(x_total[$__range])) or 0 * sum(x_total)')).toBe('');
    expect(lint('sum(increase(x_total[1m]))')).toBe('');
    expect(lint('x_total', 'increase')).toBe('');
  });
});
