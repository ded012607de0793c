/** Prometheus asked in bins: evaluations along the window, what raw counters have grown by, and native histograms. */
import { parser } from '@prometheus-io/lezer-promql';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { samples } from '../../../src/record/evidence.js';
import type { TelemetryQuestion } from '../../../src/sources/source.js';
import { type Counter, grown, scrapedBy, spoilsCounters } from '../../../src/sources/telemetry/prometheus/counters.js';
import { prometheusSource } from '../../../src/sources/telemetry/prometheus/index.js';
import { sourceContext } from '../../support/context.js';
import { type Received, reply, standIn } from '../../support/server.js';

const everyMs = 60_000;
const from = Date.parse('2026-11-23T10:00:00Z');
const window = { from, to: from + 3 * everyMs };

const asked = (query: string, reduce: 'each' | 'increase'): TelemetryQuestion => ({
  family: 'telemetry',
  query,
  window,
  range: { everyMs, reduce },
});

const formOf = (request: Received): Record<string, string> => Object.fromEntries(new URLSearchParams(request.body));
const matrix = (...result: object[]) => ({ status: 'success', data: { resultType: 'matrix', result } });
/** Values at minutes from the begin of the window. */
const valuesAt = (values: Readonly<Record<number, string>>): [number, string][] =>
  Object.entries(values)
    .map(([minutes, value]): [number, string] => [(from + Number(minutes) * everyMs) / 1000, value])
    .toSorted(([a], [b]) => a - b);
const line = (metric: object, values: Readonly<Record<number, string>>) => ({ metric, values: valuesAt(values) });

const alive = {
  status: 'success',
  data: {
    resultType: 'vector',
    result: [
      { metric: { signalbox: 'live 0' }, value: [window.to / 1000, '2'] },
      { metric: { signalbox: 'newest 0' }, value: [window.to / 1000, String(window.to / 1000 - 5)] },
    ],
  },
};

const prometheus = (main: unknown, up: unknown = matrix()) =>
  standIn((request, response) => {
    const { query = '' } = formOf(request);
    reply(response, 200, query.includes('label_replace(count') ? alive : query.startsWith('up{') ? up : main);
  });

const open = (url: string) => prometheusSource.open(v.parse(prometheusSource.schema, { url }), sourceContext());
const ask = async (url: string, question: TelemetryQuestion, source = open(url)) =>
  v.parse(samples, { ...(await source.telemetry(question, AbortSignal.timeout(5000))), source: 'prometheus' });

describe('a query in bins', () => {
  it('is evaluated at the end of each, over its length', async () => {
    const server = await prometheus(
      matrix(line({ version: 'a' }, { 1: '5', 3: 'NaN' }), line({ version: 'b' }, { 1: '0', 2: '1', 3: '2' })),
    );
    const m = await ask(server.url, asked('sum by (version) (increase(x_total[$__range]))', 'each'));
    expect(m.series.map(({ bins }) => bins)).toEqual([
      [5, null, 'NaN'],
      [0, 1, 2],
    ]);
    expect(m).toMatchObject({ seen: 2, query: 'sum by (version) (increase(x_total[60s]))' });
    expect(server.received.map(formOf)).toContainEqual({
      query: 'sum by (version) (increase(x_total[60s]))',
      start: `${String((from + everyMs) / 1000)}.000`,
      end: `${String(window.to / 1000)}.000`,
      step: '60.000',
    });
  });

  it('looks for series that fell silent within the last minutes, however short its window is', async () => {
    const server = await prometheus(matrix());
    await ask(server.url, { ...asked('x', 'each'), window: { from: window.to - everyMs, to: window.to } });
    await ask(server.url, { ...asked('x', 'each'), window: { from: window.to - 720 * everyMs, to: window.to } });
    const evidence = server.received.map(formOf).filter(({ step }) => step === undefined);
    expect(evidence.map(({ query }) => /present_over_time\(x\[(\w+)\]/.exec(query ?? '')?.[1])).toEqual([
      '300s',
      '3600s',
    ]);
  });
});

describe('what counters have grown by', () => {
  const up = (values: Readonly<Record<number, string>>, labels = {}) =>
    line({ __name__: 'up', job: 'app', instance: 'a:1', ...labels }, values);
  const series = (values: Readonly<Record<number, string>>, labels = {}) =>
    line({ __name__: 'x_total', job: 'app', instance: 'a:1', ...labels }, values);
  const binsOf = async (main: object[], targets: object[] = []) => {
    const server = await prometheus(matrix(...main), matrix(...targets));
    const m = await ask(server.url, asked('x_total', 'increase'));
    return { bins: m.series.map((s) => s.bins), received: server.received.map(formOf) };
  };

  it('is the difference of the values at its ends, exactly', async () => {
    const { bins, received } = await binsOf([series({ '-5': '1', 0: '10', 1: '12', 2: '12', 3: '112' })]);
    expect(bins).toEqual([[2, 0, 100]]);
    expect(received).toHaveLength(2);
    expect(received).toContainEqual({
      query: 'x_total',
      start: `${String((from - 5 * everyMs) / 1000)}.000`,
      end: `${String(window.to / 1000)}.000`,
      step: '60.000',
    });
  });

  it('is the new value after a fall: it began anew', async () => {
    expect((await binsOf([series({ 0: '10', 1: '3', 2: '4', 3: '0' })])).bins).toEqual([[3, 1, 0]]);
  });

  it('is all of a series that appears while its target was scraped: the first failure', async () => {
    const targets = [up({ 0: '1', 1: '1', 2: '1', 3: '1' })];
    const { bins, received } = await binsOf([series({ 2: '4', 3: '5' })], targets);
    expect(bins).toEqual([[null, 4, 1]]);
    expect(received.at(-1)?.query).toBe('up{instance=~"a:1"}');
  });

  it.each<[string, object[]]>([
    ['is not known', []],
    ['was down', [up({ 0: '1', 1: '0', 2: '1' })]],
    ['was not there', [up({ 2: '1' })]],
    ['is another one', [up({ 0: '1', 1: '1', 2: '1' }, { instance: 'b:1' })]],
    [
      'is down in one of the places that it could be',
      [up({ 1: '1' }, { cluster: 'a' }), up({ 1: '0' }, { cluster: 'b' })],
    ],
  ])('is not known for a series that appears while its target %s: it may have grown for years', async (_, targets) => {
    expect((await binsOf([series({ 2: '1000000', 3: '1000001' })], targets)).bins).toEqual([[null, null, 1]]);
  });

  it('is not known for a series that a gateway or a collector passes on', async () => {
    const passedOn = series({ 2: '1000000', 3: '1000001' }, { exported_instance: 'pod-7' });
    expect((await binsOf([passedOn], [up({ 1: '1', 2: '1' })])).bins).toEqual([[null, null, 1]]);
  });

  it('tells targets of one name apart by the labels that they have in common', async () => {
    const targets = [up({ 1: '1' }, { cluster: 'eu' }), up({ 1: '0' }, { cluster: 'us' })];
    const main = [series({ 2: '4' }, { cluster: 'eu' }), series({ 2: '4' }, { cluster: 'us' })];
    // The second has grown by nothing that is known, so that it is left out.
    expect((await binsOf(main, targets)).bins).toEqual([[null, 4, null]]);
  });

  it('of a gap belongs to the bin in which the series is back', async () => {
    expect((await binsOf([series({ 0: '10', 1: '11', 3: '15' })])).bins).toEqual([[1, null, 4]]);
    // Absent at the begin of the window only.
    expect((await binsOf([series({ '-2': '10', 2: '15', 3: '15' })])).bins).toEqual([[null, 5, 0]]);
  });

  it('has no series for those that ended before the window', async () => {
    expect((await binsOf([series({ '-3': '7', '-2': '9' }), series({ 0: '1', 1: '1' })])).bins).toEqual([
      [0, null, null],
    ]);
  });

  it('passes on what is no number', async () => {
    expect((await binsOf([series({ 0: '1', 1: 'NaN', 2: '3' })])).bins).toEqual([['NaN', 2, null]]);
  });

  it('refuses, before it asks, queries after which there is no counter left', async () => {
    const server = await prometheus(matrix());
    for (const query of ['rate(x_total[1m])', 'sum by (version) (x_total)', 'a + b', '-x', 'x[5m]']) {
      await expect(ask(server.url, asked(query, 'increase')), query).rejects.toMatchObject({
        code: 'bad-query',
        permanent: true,
        message: expect.stringContaining('expected bare counters'),
      });
    }
    expect(server.received).toEqual([]);
    const histogram = { metric: {}, histograms: [[from / 1000, { count: '1', sum: '1' }]] };
    const native = await prometheus(matrix(histogram));
    await expect(ask(native.url, asked('x', 'increase'))).rejects.toMatchObject({ code: 'bad-query' });
  });

  it.each([
    'x_total{code=~"5..", path!="/rate("}',
    'x_total{code=~"5.."} or 0 * x_total',
    '(x_total) * on (pod) group_left (version) kube_pod_labels',
    'label_replace(x_total, "version", "$1", "pod", "(.*)-.*")',
    'x_total unless on (pod) terminating',
    '{"x.total"}',
    'sum(',
  ])('takes %s: each series stays by itself, and what does not parse the server refuses', (query) => {
    expect(query === 'sum(' ? undefined : spoilsCounters(query, parser)).toBeUndefined();
  });

  it('adds up to the growth of the counter, whatever was read when', () => {
    const steps = fc.array(fc.record({ more: fc.nat(9), anew: fc.boolean(), gap: fc.boolean() }), {
      minLength: 9,
      maxLength: 9,
    });
    fc.assert(
      fc.property(steps, (given) => {
        let value = 50;
        let sum = 0;
        const points = given.flatMap(({ more, anew, gap }, i) => {
          const at = from + (i - 5) * everyMs;
          // A fall can be seen only where the counter began anew and is lower than it was.
          const fall = anew && more < value;
          if (gap) return [];
          if (i > 0) {
            value = fall ? more : value + more;
            if (i > 5) sum += more;
            else sum = 0;
          }
          return [{ at, value }];
        });
        const bins = grown({ labels: {}, points }, { ...window, everyMs }, () => false);
        const total = bins.reduce<number>((n, x) => n + (typeof x === 'number' ? x : 0), 0);
        const known = points.some(({ at }) => at <= from);
        expect(total).toBeLessThanOrEqual(sum);
        if (known) expect(total).toBe(sum);
      }),
    );
  });

  it('knows of no target where a counter names none', () => {
    const counter: Counter = { labels: { pod: 'a' }, points: [] };
    expect(scrapedBy([{ labels: { job: 'x' }, points: [{ at: 1, value: 1 }] }])(counter)(1)).toBe(false);
  });
});
