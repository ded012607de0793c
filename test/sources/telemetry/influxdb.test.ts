import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { influxdbSource } from '../../../src/sources/telemetry/influxdb/index.js';
import { clausesOf, pipesOf } from '../../../src/sources/telemetry/influxdb/reads.js';
import { sourceContext } from '../../support/context.js';
import { reply, standIn } from '../../support/server.js';

const to = Date.parse('2026-11-23T10:00:00Z');
const question = { family: 'telemetry' as const, window: { from: to - 300_000, to } };

async function ask(config: Record<string, unknown>, query: string, bodies: readonly unknown[]) {
  const server = await standIn((_, response, count) => reply(response, 200, bodies[count - 1] ?? ''));
  const source = influxdbSource.open(v.parse(influxdbSource.schema, { url: server.url, ...config }), sourceContext());
  return source.telemetry({ ...question, query }, AbortSignal.timeout(5000));
}

describe('what a query reads', () => {
  it.each<[string, string[]]>([
    ['SELECT mean(a) FROM b WHERE c = 1 GROUP BY d', ['FROM b WHERE c = 1']],
    ['select x from "a b" where f = \'from z\' order by time', ['from "a b" where f = \'from z\'']],
    ['SELECT mean(s) FROM (SELECT a / b AS s FROM c WHERE t) WHERE s > 0', ['FROM c WHERE t']],
    ['SELECT a FROM b, c WHERE (d = 1 OR (e = 2)) LIMIT 3', ['FROM b, c WHERE (d = 1 OR (e = 2))']],
    ['SELECT a FROM b; SELECT a FROM c', ['FROM b', 'FROM c']],
    ['SELECT 1', []],
    ['SHOW MEASUREMENTS', []],
  ])('%s', (query, parts) => expect(clausesOf(query)).toEqual(parts));

  it.each<[string, string[]]>([
    [
      'from(bucket: "a") |> range(start: 1) |> filter(fn: (r) => (r.x == ")")) |> mean()',
      ['from(bucket: "a") |> range(start: 1) |> filter(fn: (r) => (r.x == ")"))'],
    ],
    [
      'a = from(bucket: "a")\n |> range(start: 1)\njoin(tables: {a, b: from(bucket: "b") |> range(start: 1) |> last()})',
      ['from(bucket: "a")\n |> range(start: 1)', 'from(bucket: "b") |> range(start: 1)'],
    ],
    ['from(bucket: "a") |> last()', []],
    ['import "csv"\ncsv.from(url: "x") |> range(start: 1)', ['from(url: "x") |> range(start: 1)']],
  ])('%s', (query, parts) => expect(pipesOf(query)).toEqual(parts));
});

describe('influxdb', () => {
  it('takes each number of a row in InfluxQL for a series, by tags and column', async () => {
    const rows = {
      name: 'm',
      tags: { host: 'h' },
      columns: ['time', 'a', 'b', 'c'],
      values: [
        [to - 2000, 1, 2, 'x'],
        [to - 1000, 3, null, 'y'],
      ],
    };
    const answer = { results: [{ series: [rows] }] };
    const got = await ask({ language: 'influxql', database: 'd' }, 'SELECT a, b FROM m WHERE $__timeFilter', [
      answer,
      answer,
    ]);
    expect(got).toMatchObject({
      newest: '2026-11-23T09:59:59.000Z',
      seen: 2,
      series: [
        { labels: { host: 'h', field: 'a' }, value: 3, points: 2 },
        { labels: { host: 'h', field: 'b' }, value: 2, points: 1 },
      ],
    });
  });

  it('is as new as the part that is furthest behind', async () => {
    const at = (time: number) => ({
      results: [{ series: [{ name: 'm', columns: ['time', 'a'], values: [[time, 1]] }] }],
    });
    const query = 'SELECT a FROM m WHERE $__timeFilter; SELECT a FROM n WHERE $__timeFilter';
    const got = await ask({ language: 'influxql', database: 'd' }, query, [at(to), at(to - 1000), at(to - 9000)]);
    expect(got).toMatchObject({ newest: '2026-11-23T09:59:51.000Z' });
  });

  it('reads several tables of Flux, told apart by their tags', async () => {
    const csv = [
      '#datatype,string,long,dateTime:RFC3339,double,string,string',
      '#group,false,false,false,false,true,false',
      ',result,table,_time,_value,host,note',
      ',_result,0,2026-11-23T09:59:00Z,1.5,h0,x',
      ',_result,0,2026-11-23T09:59:30Z,2.5,h0,y',
      '',
      '#datatype,string,long,dateTime:RFC3339,long,string,string',
      '#group,false,false,false,false,true,false',
      ',result,table,_time,_value,host,note',
      ',_result,1,2026-11-23T09:58:00Z,7,h1,"a, ""b"""',
    ].join('\r\n');
    const query = 'from(bucket: "b") |> range(start: $__from, stop: $__to)';
    const got = await ask({ language: 'flux', org: 'o' }, query, [csv, csv]);
    expect(got).toMatchObject({
      newest: '2026-11-23T09:59:30.000Z',
      query: 'from(bucket: "b") |> range(start: 2026-11-23T09:55:00.000Z, stop: 2026-11-23T10:00:00.000Z)',
      series: [
        { labels: { host: 'h0' }, value: 2.5, points: 2 },
        { labels: { host: 'h1' }, value: 7, points: 1 },
      ],
    });
  });

  it.each([
    [{ language: 'influxql', database: 'd' }, 'SELECT a FROM m'],
    [{ language: 'flux', org: 'o' }, 'from(bucket: "b") |> range(start: -5m)'],
    [{ language: 'flux', org: 'o' }, 'from(bucket: "b") |> filter(fn: $__timeFilter)'],
  ])('refuses a query without the window: %j %s', async (config, query) => {
    await expect(ask(config, query, [])).rejects.toMatchObject({ code: 'bad-query', permanent: true });
  });

  it.each<[Record<string, unknown>, string]>([
    [{ language: 'flux' }, '`org`'],
    [{ language: 'sql' }, '`database`'],
    [{ language: 'influxql', database: 'd', token: 't', username: 'u', password: 'p' }, 'either `token`'],
  ])('refuses the config %j', (config, expected) => {
    const result = v.safeParse(influxdbSource.schema, { url: 'https://i', ...config });
    expect(result.issues?.map((i) => i.message).join()).toContain(expected);
  });
});
