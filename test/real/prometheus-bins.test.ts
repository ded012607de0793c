/** What a canary asks of a real Prometheus: evaluations of each bin, the growth of raw counters, and native histograms. */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Samples, samples } from '../../src/record/evidence.js';
import type { TelemetryQuestion } from '../../src/sources/source.js';
import { prometheusSource } from '../../src/sources/telemetry/prometheus/index.js';
import { sourceContext } from '../support/context.js';
import { end, freePort, start, until } from './support/process.js';

const everyMs = 2000;

/** Protocol buffers of io.prometheus.client.MetricFamily, as much of it as is needed: only so does Prometheus read native histograms. */
const varint = (n: number): number[] => (n < 128 ? [n] : [(n % 128) + 128, ...varint(Math.floor(n / 128))]);
const field = (number: number, bytes: readonly number[]): number[] => [
  ...varint(number * 8 + 2),
  ...varint(bytes.length),
  ...bytes,
];
const whole = (number: number, n: number): number[] => [...varint(number * 8), ...varint(n)];
const zigzag = (n: number): number => (n < 0 ? -2 * n - 1 : 2 * n);
const double = (number: number, x: number): number[] => [
  ...varint(number * 8 + 1),
  ...new Uint8Array(new Float64Array([x]).buffer),
];
const text = (number: number, words: string): number[] => field(number, [...Buffer.from(words)]);

interface Native {
  readonly version: string;
  readonly schema: number;
  /** Observations of zero. */
  readonly zero: number;
  /** By k: those in (2^((k-1)/2^schema), 2^(k/2^schema)], without gaps. */
  readonly buckets: readonly (readonly [k: number, count: number])[];
}

function nativeFamily(name: string, histograms: readonly Native[]): Buffer {
  const metrics = histograms.flatMap(({ version, schema, zero, buckets }) => {
    const counts = buckets.map(([, count]) => count);
    const deltas = counts.map((count, i) => count - (counts[i - 1] ?? 0));
    const histogram = [
      ...whole(1, zero + counts.reduce((a, b) => a + b, 0)),
      ...double(2, 1),
      ...whole(5, zigzag(schema)),
      ...double(6, 1e-9),
      ...whole(7, zero),
      ...field(12, [...whole(1, zigzag(buckets[0]?.[0] ?? 0)), ...whole(2, counts.length)]),
      ...field(
        13,
        deltas.flatMap((delta) => varint(zigzag(delta))),
      ),
    ];
    return field(4, [...field(1, [...text(1, 'version'), ...text(2, version)]), ...field(7, histogram)]);
  });
  const family = [...text(1, name), ...whole(3, 4), ...metrics];
  return Buffer.from([...varint(family.length), ...family]);
}

/** Something to scrape, whose counters say what the test wants. */
class Target {
  counters: Readonly<Record<string, number>> = {};
  native: readonly Native[] = [];
  readonly #server: Server = createServer((_, response) => {
    if (this.native.length > 0) {
      const form = 'application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited';
      response.setHeader('content-type', form);
      response.end(nativeFamily('request_duration_seconds', this.native));
      return;
    }
    response.setHeader('content-type', 'text/plain; version=0.0.4');
    response.end(['# TYPE x_total counter', ...Object.entries(this.counters).map((c) => c.join(' ')), ''].join('\n'));
  });

  port = 0;

  async up(): Promise<void> {
    this.#server.listen(this.port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.port = (this.#server.address() as AddressInfo).port;
  }

  async down(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

const target = new Target();
const histograms = new Target();
let url: string;
let folder: string;
let server: ReturnType<typeof start>;

async function valuesOf(query: string, ms = Date.now()): Promise<number[]> {
  const response = await fetch(
    `${url}/api/v1/query?${new URLSearchParams({ query, time: `${ms / 1000}` }).toString()}`,
  );
  const { data } = (await response.json()) as { data: { result: { value?: [number, string] }[] } };
  return data.result.map(({ value }) => Number(value?.[1]));
}
const holds = (query: string, accept: (x: number) => boolean) =>
  until(query, async () => (await valuesOf(query)).some(accept));

beforeAll(async () => {
  target.counters = { 'x_total{code="200"}': 1000 };
  histograms.native = [{ version: 'a', schema: 3, zero: 0, buckets: [[0, 1]] }];
  await Promise.all([target.up(), histograms.up()]);
  folder = mkdtempSync(join(tmpdir(), 'signalbox-prometheus-'));
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const jobs = [target, histograms].map(
    (t, i) => `  - { job_name: job${i}, static_configs: [{ targets: ["127.0.0.1:${t.port}"] }] }`,
  );
  writeFileSync(join(folder, 'p.yml'), `global: { scrape_interval: 500ms }\nscrape_configs:\n${jobs.join('\n')}\n`);
  server = start('prometheus', [
    `--config.file=${join(folder, 'p.yml')}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--enable-feature=native-histograms',
    '--log.level=error',
  ]);
  // Longer than the look-back of five bins, so that what appears later is known to be new.
  await holds('min(count_over_time(up[30s]))', (n) => n >= 24);
});

afterAll(async () => {
  await end(server);
  rmSync(folder, { recursive: true, force: true });
  await Promise.all([target.down(), histograms.down()]);
});

/** Over whole bins, the last of which is scraped to its end. */
async function ask(query: string, reduce: 'each' | 'increase', count: number): Promise<Samples> {
  const to = Math.floor((Date.now() - 200) / everyMs) * everyMs;
  const window = { from: to - count * everyMs, to };
  const question: TelemetryQuestion = { family: 'telemetry', query, window, range: { everyMs, reduce } };
  const source = prometheusSource.open(v.parse(prometheusSource.schema, { url }), sourceContext());
  const measured = await source.telemetry(question, AbortSignal.timeout(10_000));
  return v.parse(samples, { ...measured, source: 'prometheus' });
}

const sumOf = ({ series }: Samples): number =>
  series.flatMap(({ bins }) => bins ?? []).reduce<number>((sum, x) => sum + (typeof x === 'number' ? x : 0), 0);

const ok = 'x_total{code="200"}';

describe('a real Prometheus in bins', () => {
  it('evaluates a query at the end of each bin, over its length', async () => {
    for (let i = 0; i < 12; i += 1) {
      target.counters = { [ok]: (target.counters[ok] ?? 0) + 7 };
      await delay(500);
    }
    const m = await ask(`sum(increase(${ok}[$__range]))`, 'each', 4);
    const from = Date.parse(m.window.from);
    const expected = await Promise.all(
      [1, 2, 3, 4].map((i) => valuesOf(`sum(increase(${ok}[2s]))`, from + i * everyMs)),
    );
    expect(m.series.map(({ bins }) => bins)).toEqual([expected.flat()]);
    // The last bin lies within the six seconds of growth whatever the phase: it ends at most 2.2 s ago.
    expect(m.series[0]?.bins?.at(-1)).toBeGreaterThan(0);
    expect(m).toMatchObject({ seen: 1, partial: false });
    // As a canary asks in most rounds.
    const one = await ask(`sum(increase(${ok}[$__range]))`, 'each', 1);
    expect(one).toMatchObject({ seen: 1, partial: false, series: [{ bins: [expect.any(Number)] }] });
  });

  it('takes the growth of counters exactly, and after a restart from 0', async () => {
    const before = target.counters[ok] ?? 0;
    await delay(3 * everyMs);
    // Each is seen at the edge of a bin.
    for (const grown of [before + 5, before + 35, 4, 9]) {
      target.counters = { [ok]: grown };
      await delay(everyMs + 600);
    }
    await delay(everyMs + 500);
    // 5 + 30 until the restart, 9 after it.
    const m = await ask(ok, 'increase', 7);
    expect(sumOf(m)).toBe(44);
    expect(m.series).toHaveLength(1);
    expect(m.series[0]?.bins).not.toContain(null);
  });

  it('counts the first failures of a process that had none, which increase() cannot see', async () => {
    target.counters = { ...target.counters, 'x_total{code="500"}': 3 };
    await holds('x_total{code="500"}', (x) => x === 3);
    await delay(everyMs + 700);
    expect(sumOf(await ask('x_total{code="500"}', 'increase', 3))).toBe(3);
    expect(sumOf(await ask('sum(increase(x_total{code="500"}[$__range]))', 'each', 3))).toBe(0);
    const none = await ask(`x_total{code="503"} or 0 * ${ok}`, 'increase', 3);
    expect(none.series.map(({ bins }) => bins)).toEqual([[0, 0, 0]]);
  });

  it('does not count what a process had before it was first scraped', async () => {
    const old = new Target();
    old.counters = { 'y_total{code="500"}': 1_000_000 };
    // In the place of the other one: so Prometheus knows its address, and nothing of its counters.
    await target.down();
    await holds('up{job="job0"}', (x) => x === 0);
    await delay(everyMs);
    old.port = target.port;
    await old.up();
    try {
      await holds('y_total', (x) => x === 1_000_000);
      await delay(everyMs);
      old.counters = { 'y_total{code="500"}': 1_000_002 };
      await holds('y_total', (x) => x === 1_000_002);
      await delay(everyMs + 700);
      expect(sumOf(await ask('y_total', 'increase', 4))).toBe(2);
      // Bins in which the target was down say nothing.
      const away = await ask(ok, 'increase', 5);
      expect(away.series.flatMap(({ bins }) => bins?.slice(-2) ?? [])).not.toContainEqual(expect.any(Number));
      expect(away).toMatchObject({ seen: 0, newest: null });
    } finally {
      await old.down();
      await target.up();
    }
  });

  it('gives native histograms as cumulative counts by upper bound', async () => {
    const grow = (n: number) => {
      histograms.native = [
        // Bounds 2^(k/8), and in the other version 2^(k/4).
        { version: 'a', schema: 3, zero: n, buckets: Array.from({ length: 41 }, (_, i) => [i - 20, n]) },
        {
          version: 'b',
          schema: 2,
          zero: 0,
          buckets: [
            [-1, 2 * n],
            [0, 0],
            [1, n],
          ],
        },
      ];
    };
    // In steps, since `increase()` does not see what grows from the last sample of one bin to the first of the next.
    for (const n of [10, 20, 30, 40, 50, 60, 70, 80]) {
      grow(n);
      await delay(700);
    }
    await delay(700);
    const m = await ask('sum by (version) (increase(request_duration_seconds[$__range]))', 'each', 4);
    const of = (version: string) => m.series.filter(({ labels }) => labels.version === version);
    const at = (version: string, le: string) => of(version).find(({ labels }) => labels.le === le)?.bins ?? [];
    expect(of('a').map(({ labels }) => labels.le)).toEqual(of('b').map(({ labels }) => labels.le));
    expect(of('a').length).toBeLessThanOrEqual(41);
    // Where it grew: 21 of 41 buckets and the zero bucket are at most 1, 29 and that one at most 2.
    const bin = at('a', '+Inf').findLastIndex((x) => typeof x === 'number' && x > 100);
    const [all, one, two] = ['+Inf', '1', '2'].map((le) => Number(at('a', le)[bin]));
    expect((one ?? 0) / (all ?? 1)).toBeCloseTo(22 / 42, 6);
    expect((two ?? 0) / (all ?? 1)).toBeCloseTo(30 / 42, 6);
    const other = at('b', '+Inf').findLastIndex((x) => typeof x === 'number' && x > 10);
    expect(Number(at('b', '1')[other]) / Number(at('b', '+Inf')[other])).toBeCloseTo(2 / 3, 6);
    expect(m).toMatchObject({ partial: false });
  });
});
