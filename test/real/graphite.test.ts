/** A real Graphite: what it gives for good, bad, absent, hidden, old and refused data. */
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { graphiteSource } from '../../src/sources/telemetry/graphite.js';
import { sourceContext } from '../support/context.js';
import { type Graphite, startGraphite } from './support/graphite.js';
import { readTelemetry } from './support/read.js';

let graphite: Graphite;
/** The last whole second when the points were written. */
let now: number;

beforeAll(async () => {
  graphite = await startGraphite();
  now = Math.floor(Date.now() / 1000);
  const along = (value: number, from = 120, to = 1) =>
    Array.from({ length: from - to + 1 }, (_, i): [number, number] => [now - from + i, value]);
  await graphite.write('good.failed', along(1));
  await graphite.write('good.all', along(1000));
  await graphite.write('bad.failed', along(50));
  await graphite.write('bad.all', along(1000));
  await graphite.write('old.failed', along(1, 120, 60));
  await graphite.write('old.all', along(1000, 120, 60));
});

afterAll(() => graphite.kill());

function read(query: string) {
  const source = graphiteSource.open(v.parse(graphiteSource.schema, { url: graphite.url }), sourceContext());
  return readTelemetry(source, { query, 'max-age': '30s', range: { every: '1s', reduce: 'avg' } }, now * 1000);
}

const ratio = (name: string) => `divideSeries(${name}.failed, ${name}.all)`;

describe('a real Graphite', () => {
  it('shows a healthy service', async () => {
    expect(await read(ratio('good'))).toMatchObject({ state: 'healthy', shown: '0.1 %' });
  });

  it('shows a failing one', async () => {
    expect(await read(ratio('bad'))).toMatchObject({ state: 'unhealthy', shown: '5 %' });
  });

  it.each([
    ['no such series', 'divideSeries(none.failed, none.all)', 'insufficient', 'no-data'],
    ['a path that is silent behind a function', 'transformNull(none.failed, 0)', 'insufficient', 'no-data'],
    ['no path at all', 'constantLine(0)', 'insufficient', 'no-data'],
    ['a target that does not parse', 'divideSeries(good.failed', 'insufficient', 'no-data'],
    ['an unknown function', 'nofunc(good.failed)', 'error', 'bad-query'],
    ['points that ended a minute ago', ratio('old'), 'insufficient', 'stale'],
    ['the same, kept alive by a function', `keepLastValue(${ratio('old')})`, 'insufficient', 'stale'],
    ['several series', 'good.*', 'error', 'many-series'],
  ])('proves nothing with %s', async (_, query, state, code) => {
    expect(await read(query)).toMatchObject({ state, code });
  });

  it('is an error when it is gone', async () => {
    await graphite.kill();
    expect(await read(ratio('good'))).toMatchObject({ state: 'error', code: 'refused' });
  });
});
