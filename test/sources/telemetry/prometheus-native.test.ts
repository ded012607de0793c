/** Native histograms of Prometheus in bins: as cumulative counts by upper bound, which is the form that classic ones have. */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { type Reported, samples } from '../../../src/record/evidence.js';
import type { TelemetryQuestion } from '../../../src/sources/source.js';
import { prometheusSource } from '../../../src/sources/telemetry/prometheus/index.js';
import { sourceContext } from '../../support/context.js';
import { type Received, reply, standIn } from '../../support/server.js';

const everyMs = 60_000;
const from = Date.parse('2026-11-23T10:00:00Z');
const window = { from, to: from + 3 * everyMs };

const asked = (query: string): TelemetryQuestion => ({
  family: 'telemetry',
  query,
  window,
  range: { everyMs, reduce: 'each' },
});

const isLiveness = ({ body }: Received) =>
  new URLSearchParams(body).get('query')?.includes('label_replace(count') ?? false;
const matrix = (...result: object[]) => ({ status: 'success', data: { resultType: 'matrix', result } });
const alive = { status: 'success', data: { resultType: 'vector', result: [] } };

const prometheus = (main: () => unknown) =>
  standIn((request, response) => reply(response, 200, isLiveness(request) ? alive : main()));

const open = (url: string) => prometheusSource.open(v.parse(prometheusSource.schema, { url }), sourceContext());
const ask = async (url: string, question: TelemetryQuestion, source = open(url)) =>
  v.parse(samples, { ...(await source.telemetry(question, AbortSignal.timeout(5000))), source: 'prometheus' });

describe('native histograms in bins', () => {
  type Buckets = readonly (readonly [rule: number, from: string, to: string, count: string])[];
  const at = (minutes: number, buckets: Buckets): [number, object] => [
    (from + minutes * everyMs) / 1000,
    { count: String(buckets.reduce((n, [, , , count]) => n + Number(count), 0)), sum: '1', buckets },
  ];
  const histogram = (labels: object, ...histograms: [number, object][]) => ({ metric: labels, histograms });
  const query = 'sum by (version) (increase(d_seconds[$__range]))';
  const measure = async (...result: object[]) => {
    const server = await prometheus(() => matrix(...result));
    return (await ask(server.url, asked(query))).series;
  };
  const byBound = (series: readonly { labels: Record<string, string>; bins?: Reported[] | undefined }[]) =>
    Object.fromEntries(series.map(({ labels, bins }) => [labels.le, bins]));

  it('are cumulative counts by upper bound, as classic ones are', async () => {
    const series = await measure(
      histogram(
        { version: 'a' },
        at(1, [
          [0, '0.5', '1', '3'],
          [0, '1', '2', '1'],
        ]),
        at(3, [
          [0, '0.25', '0.5', '2'],
          [0, '2', '4', '0.5'],
        ]),
      ),
    );
    expect(series.every(({ labels }) => labels.version === 'a')).toBe(true);
    expect(byBound(series)).toEqual({
      '0.5': [0, null, 2],
      '1': [3, null, 2],
      '2': [4, null, 2],
      '4': [4, null, 2.5],
      '+Inf': [4, null, 2.5],
    });
  });

  it('have the zero bucket and the negative ones below all bounds', async () => {
    const series = await measure(
      histogram(
        {},
        at(1, [
          [1, '-2', '-1', '4'],
          [3, '-0.001', '0.001', '7'],
          [0, '1', '2', '1'],
        ]),
      ),
    );
    expect(byBound(series)).toEqual({ '2': [12, null, null], '+Inf': [12, null, null] });
    const zeroOnly = await measure(histogram({}, at(1, [[3, '-0.001', '0.001', '7']])));
    expect(byBound(zeroOnly)).toEqual({ '+Inf': [7, null, null] });
  });

  it('are not interpolated: of a bound inside a bucket nothing is known', async () => {
    const series = await measure(
      histogram({ version: 'a' }, at(1, [[0, '1', '1.4142135623730951', '3']]), at(2, [[0, '1', '2', '3']])),
      histogram({ version: 'b' }, at(1, [[0, '1', '1.4142135623730951', '3']])),
    );
    const known = series.filter(({ labels }) => labels.version === 'a');
    // As coarse as the coarsest sample of the first answer.
    expect(byBound(known)).toEqual({ '2': [3, 3, null], '+Inf': [3, 3, null] });
    const wideZero = await measure(histogram({}, at(1, [[0, '0.5', '1', '3']]), at(2, [[3, '-2', '2', '3']])));
    expect(byBound(wideZero)).toEqual({ '1': [3, null, null], '+Inf': [3, 3, null] });
  });

  it('are merged down to some 40 bounds that all arms have, by a rule that no count changes', async () => {
    const fine = (first: number, last: number, count: (k: number) => number): Buckets =>
      Array.from({ length: last - first + 1 }, (_, i) => {
        const k = first + i;
        // As a server writes it: the last place may differ.
        return [0, String(2 ** ((k - 1) / 8)), String(2 ** (k / 8) * (1 + 1e-15)), String(count(k))] as const;
      });
    const one = histogram(
      { version: 'a' },
      at(
        1,
        fine(-60, 60, () => 1),
      ),
    );
    const series = await measure(
      one,
      histogram(
        { version: 'b' },
        at(
          1,
          fine(-10, 90, (k) => k + 20),
        ),
      ),
    );
    const [a, b] = ['a', 'b'].map((version) => series.filter(({ labels }) => labels.version === version));
    expect(a?.map(({ labels }) => labels.le)).toEqual(b?.map(({ labels }) => labels.le));
    expect(a?.length).toBeGreaterThan(20);
    expect(a?.length).toBeLessThanOrEqual(41);
    expect(byBound(a ?? [])).toMatchObject({ '1': [61, null, null], '2': [69, null, null], '2048': [121, null, null] });
    expect(byBound(b ?? [])['0.0078125']).toEqual([0, null, null]);
    // Other counts, same bounds.
    const other = await measure(
      histogram(
        { version: 'a' },
        at(
          1,
          fine(-60, 60, (k) => k * k),
        ),
      ),
      histogram(
        { version: 'b' },
        at(
          1,
          fine(-10, 90, () => 3),
        ),
      ),
    );
    expect(other.map(({ labels }) => labels.le)).toEqual(series.map(({ labels }) => labels.le));
  });

  it('keep the bounds that were given before, whichever buckets have counts now', async () => {
    const rounds = [
      matrix(
        histogram(
          {},
          at(1, [
            [0, '0.5', '1', '3'],
            [0, '4', '8', '1'],
          ]),
        ),
      ),
      matrix(histogram({}, at(1, [[0, '1', '2', '3']]))),
      matrix(histogram({}, at(1, [[0, '8', '16', '3']]))),
    ];
    let round = 0;
    const server = await prometheus(() => rounds[round]);
    const source = open(server.url);
    const bounds = [];
    for (; round < rounds.length; round += 1) {
      const m = await ask(server.url, asked(query), source);
      bounds.push(m.series.map(({ labels }) => labels.le).join());
    }
    expect(bounds).toEqual(['1,2,4,8,+Inf', '1,2,4,8,+Inf', '1,2,4,8,16,+Inf']);
  });

  it('with bounds of their own keep them', async () => {
    const series = await measure(
      histogram(
        {},
        at(1, [
          [0, '-Inf', '0.005', '1'],
          [0, '0.005', '0.01', '2'],
          [0, '0.1', '+Inf', '4'],
        ]),
      ),
    );
    expect(byBound(series)).toEqual({
      '0.005': [1, null, null],
      '0.01': [3, null, null],
      '+Inf': [7, null, null],
    });
  });

  it('are refused where they cannot be read, and along a window that is not in bins', async () => {
    const server = await prometheus(() => matrix({ metric: {}, histograms: [[1, { sum: '1' }]] }));
    await expect(ask(server.url, asked(query))).rejects.toMatchObject({ code: 'bad-query' });
    const along = { ...asked(query), range: { everyMs, reduce: 'max' as const } };
    await expect(ask(server.url, along)).rejects.toMatchObject({
      code: 'bad-query',
      message: expect.stringContaining('histogram_quantile'),
    });
  });
});
