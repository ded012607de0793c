/** A real InfluxDB 1, asked in InfluxQL: good, bad, absent, old, refused. */
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { influxdbSource } from '../../src/sources/telemetry/influxdb/index.js';
import { sourceContext } from '../support/context.js';
import { type InfluxDb, startInfluxDb } from './support/influxdb.js';
import { readTelemetry } from './support/read.js';

let influx: InfluxDb;
let now: number;

beforeAll(async () => {
  influx = await startInfluxDb(['shop', 'empty']);
  now = Math.floor(Date.now() / 1000);
  const along = (measurement: string, fields: string, from = 120, to = 1) =>
    Array.from({ length: from - to + 1 }, (_, i) => `${measurement},host=h${i % 2} ${fields} ${now - from + i}`);
  await influx.write('shop', [
    ...along('good', 'failed=1i,count=1000i'),
    ...along('bad', 'failed=50i,count=1000i'),
    ...along('old', 'failed=1i,count=1000i', 120, 60),
    ...along('words', 'text="x"'),
  ]);
});

afterAll(() => influx.kill());

function read(query: string, change: Record<string, unknown> = {}, gate: Record<string, unknown> = {}) {
  const config = { url: influx.url, language: 'influxql', database: 'shop', ...influx.user, ...change };
  const source = influxdbSource.open(v.parse(influxdbSource.schema, config), sourceContext());
  return readTelemetry(source, { query, 'max-age': '30s', ...gate }, now * 1000);
}

const ratio = (from: string) => `SELECT sum("failed") / sum("count") FROM "${from}" WHERE $__timeFilter`;

describe('a real InfluxDB 1', () => {
  it('shows a healthy service', async () => {
    expect(await read(ratio('good'))).toMatchObject({ state: 'healthy', shown: '0.1 %' });
  });

  it('shows a failing one', async () => {
    expect(await read(ratio('bad'))).toMatchObject({ state: 'unhealthy', shown: '5 %' });
  });

  it('gives one series for each tag, and reduces along the window', async () => {
    const query = 'SELECT max("failed") FROM good WHERE $__timeFilter GROUP BY host, time(10s) fill(none)';
    const gate = { threshold: '< 2', reduce: 'all', range: { every: '10s', reduce: 'max' } };
    expect(await read(query, {}, gate)).toMatchObject({ state: 'healthy', shown: '1' });
    expect(await read(query, {}, { threshold: '< 2' })).toMatchObject({ state: 'error', code: 'many-series' });
  });

  it('knows how new the rows below a subquery are', async () => {
    const query = 'SELECT mean(share) FROM (SELECT failed / count AS share FROM good WHERE $__timeFilter)';
    expect(await read(query)).toMatchObject({ state: 'healthy' });
    expect(await read(query.replace('FROM good', 'FROM old'))).toMatchObject({ state: 'insufficient', code: 'stale' });
  });

  it.each<[string, string, Record<string, unknown>, string, string]>([
    ['no such measurement', ratio('none'), {}, 'insufficient', 'no-data'],
    ['no such field', 'SELECT sum(nope) FROM good WHERE $__timeFilter', {}, 'insufficient', 'no-data'],
    ['a filter that matches nothing', `${ratio('good')} AND host = 'h9'`, {}, 'insufficient', 'no-data'],
    ['a database without data', ratio('good'), { database: 'empty' }, 'insufficient', 'no-data'],
    ['texts in place of numbers', 'SELECT text FROM words WHERE $__timeFilter', {}, 'insufficient', 'no-data'],
    ['rows that ended a minute ago', ratio('old'), {}, 'insufficient', 'stale'],
    [
      'a count of zero that is filled in',
      `SELECT count(failed) FROM none WHERE $__timeFilter GROUP BY time(10s) fill(0)`,
      {},
      'insufficient',
      'no-data',
    ],
    ['a database that is not there', ratio('good'), { database: 'nope' }, 'error', 'query-failed'],
    ['a query that does not parse', 'SELEC x WHERE $__timeFilter', {}, 'error', 'bad-query'],
    ['a query without the window', 'SELECT sum(failed) FROM good', {}, 'error', 'bad-query'],
    ['a wrong password', ratio('good'), { password: 'wrong' }, 'error', 'unauthorized'],
  ])('proves nothing with %s', async (_, query, change, state, code) => {
    const reading = await read(query, change);
    expect(reading).toMatchObject({ state, code });
    expect(JSON.stringify(reading)).not.toMatch(/a-real-password|wrong"/);
  });

  it('is an error when it is gone', async () => {
    await influx.kill();
    expect(await read(ratio('good'))).toMatchObject({ state: 'error', code: 'refused' });
  });
});
