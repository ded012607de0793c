import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { graphiteSource, pathsOf } from '../../../src/sources/telemetry/graphite.js';
import { sourceContext } from '../../support/context.js';
import { type Handler, reply, standIn } from '../../support/server.js';

const to = Date.parse('2026-11-23T10:00:00Z');
const question = { family: 'telemetry' as const, query: 'a.*.b', window: { from: to - 60_500, to } };

async function ask(handler: Handler, change = {}) {
  const server = await standIn(handler);
  const source = graphiteSource.open(v.parse(graphiteSource.schema, { url: server.url }), sourceContext());
  return { got: await source.telemetry({ ...question, ...change }, AbortSignal.timeout(5000)), server };
}

const points = (target: string, ...values: (number | null)[]) => ({
  target,
  tags: {},
  datapoints: values.map((value, i) => [value, to / 1000 - values.length + i]),
});

describe('the paths of a target', () => {
  it.each<[string, string[]]>([
    ['a.b.c', ['a.b.c']],
    ['sumSeries(a.*.c, b.{x,y}.z)', ['a.*.c', 'b.{x,y}.z']],
    ["alias(scale(a.b, -0.5), 'x.y')", ['a.b']],
    ['divideSeries(a.b, a.b)', ['a.b']],
    ['summarize(a[12].b, "1min", "sum", true)', ['a[12].b']],
    ["sumSeries(seriesByTag('name=a', 'dc=b'))", ["seriesByTag('name=a', 'dc=b')"]],
    ['constantLine(1e3)', []],
    ['movingAverage(a.b, 5, xFilesFactor=0.5)', ['a.b']],
    ['randomWalk("x")', []],
  ])('%s', (target, paths) => expect(pathsOf(target)).toEqual(paths));
});

describe('graphite', () => {
  it('gives one value for each series, and the names that tell them apart', async () => {
    const { got } = await ask((_, response) =>
      reply(response, 200, [
        points('a.1.b', 1, 2, null),
        points('a.2.b', 3, null, 5),
        points('signalbox-evidence-0', 3, 2, 5),
      ]),
    );
    expect(got).toMatchObject({
      seen: 2,
      newest: '2026-11-23T09:59:59.000Z',
      partial: false,
      series: [
        { labels: { target: 'a.1.b' }, value: 2, points: 2 },
        { labels: { target: 'a.2.b' }, value: 5, points: 2 },
      ],
    });
  });

  it('reduces along the window', async () => {
    const handler: Handler = (_, response) =>
      reply(response, 200, [points('a.1.b', 1, 2, 6), points('signalbox-evidence-0', 1, 2, 6)]);
    const { got } = await ask(handler, { range: { everyMs: 1000, reduce: 'avg' } });
    expect(got.series).toEqual([{ labels: {}, value: 3, points: 3 }]);
  });

  it('takes no point from outside the window, which Graphite widens to its own resolution', async () => {
    const outside = {
      target: 'x',
      tags: {},
      datapoints: [
        [1, to / 1000 - 61],
        [2, to / 1000],
      ],
    };
    const { got } = await ask((_, response) =>
      reply(response, 200, [outside, { ...outside, target: 'signalbox-evidence-0' }]),
    );
    expect(got).toMatchObject({ seen: 0, newest: null, series: [] });
  });

  it('asks for exactly the window', async () => {
    const { server } = await ask((_, response) => reply(response, 200, []));
    const form = new URLSearchParams(server.received[0]?.body);
    // 09:58:59.5 to 10:00:00, the first second left out by Graphite.
    expect([form.get('from'), form.get('until')]).toEqual([String(to / 1000 - 61), String(to / 1000 - 1)]);
  });

  it('says what the server says of the target', async () => {
    const page = 'Invalid parameters (Received request for unknown function: nofunc); targets: "nofunc(a.b)"';
    await expect(ask((_, response) => reply(response, 400, page))).rejects.toMatchObject({
      code: 'bad-query',
      permanent: true,
      message: 'Graphite refuses the target: Received request for unknown function: nofunc',
    });
  });

  it('refuses more series than can be judged', async () => {
    const many = Array.from({ length: 201 }, (_, i) => points(`a.${i}.b`, 1));
    await expect(ask((_, response) => reply(response, 200, many))).rejects.toMatchObject({ code: 'too-many-series' });
  });

  it('warns of functions that hide absence', () => {
    const lint = (query: string) => graphiteSource.lint?.({ ...question, query }, { warmupMs: 0 }).join(' ') ?? '';
    expect(lint('transformNull(a.b, 0)')).toContain('transformNull');
    expect(lint('a.b')).toBe('');
    expect(lint('constantLine(1)')).toContain('no path');
  });
});
