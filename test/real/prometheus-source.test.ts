/** The source alone against a real Prometheus: what it measures, and that it measures nothing where there is nothing. */
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Samples, samples } from '../../src/record/evidence.js';
import type { TelemetryQuestion } from '../../src/sources/source.js';
import { prometheusSource } from '../../src/sources/telemetry/prometheus/index.js';
import { sourceContext } from '../support/context.js';
import { type Prometheus, startPrometheus } from './support/prometheus.js';
import { Service } from './support/service.js';

let service: Service;
let prometheus: Prometheus;

beforeAll(async () => {
  service = new Service();
  service.good = 100;
  service.bad = 5;
  await service.up();
  prometheus = await startPrometheus(service.port);
  await prometheus.until('min(count_over_time(http_requests_total[10s]))', (n) => n >= 5);
});

afterAll(async () => {
  await prometheus.kill();
  await service.stop();
});

async function ask(query: string, change: Partial<TelemetryQuestion> = {}, windowMs = 10_000): Promise<Samples> {
  const source = prometheusSource.open(v.parse(prometheusSource.schema, { url: prometheus.url }), sourceContext());
  const to = Date.now();
  const question = { family: 'telemetry' as const, query, window: { from: to - windowMs, to }, ...change };
  const measured = await source.telemetry(question, AbortSignal.timeout(10_000));
  return v.parse(samples, { ...measured, source: 'prometheus' });
}

/** Asks until the answer is as hoped for: a scrape takes a second to be seen. */
async function soon(query: string, hoped: (m: Samples) => boolean): Promise<Samples> {
  for (let i = 0; i < 40; i += 1) {
    const m = await ask(query);
    if (hoped(m)) return m;
    await delay(100);
  }
  return ask(query);
}

const errors = 'sum(rate(http_requests_total{code="500"}[$__range]))';
const all = 'sum(rate(http_requests_total[$__range]))';
const age = (m: Samples): number => Date.now() - Date.parse(m.newest ?? '');

describe('a real Prometheus', () => {
  it('gives a value, how many series stand behind it, and how new they are', async () => {
    const m = await ask(`${errors} / ${all}`);
    expect(m).toMatchObject({ seen: 2, partial: false, notes: [], series: [{ labels: {}, points: 1 }] });
    expect(m.series[0]?.value).toBeCloseTo(5 / 105, 2);
    expect(m.subject).toBe(
      `2 live series of http_requests_total{code="500"}, http_requests_total on ${prometheus.url}`,
    );
    expect(age(m)).toBeLessThan(3000);
    expect((await fetch(m.link ?? '')).status).toBe(200);
  });

  it('gives labels, scalars and ranges', async () => {
    const each = await ask('http_requests_total');
    expect(each.series.map((s) => s.labels.code).sort()).toEqual(['200', '500']);
    expect(each.series[0]?.labels.__name__).toBe('http_requests_total');
    expect((await ask(`scalar(${all})`)).series[0]?.value).toBeGreaterThan(20);
    const ranged = await ask(all.replace('$__range', '2s'), { range: { everyMs: 1000, reduce: 'min' } }, 3000);
    expect(ranged.series).toMatchObject([{ points: expect.toSatisfy((n: number) => n >= 3) }]);
  });

  it('sees nothing of a metric that is not there, whatever is written around it', async () => {
    for (const query of ['no_such', 'sum(rate(no_such[5m])) or vector(0)', 'absent(no_such)', 'scalar(no_such)', '1']) {
      expect(await ask(query)).toMatchObject({ seen: 0, newest: null });
    }
  });

  it('does not take another time for now', async () => {
    for (const query of ['up offset 1s', 'up @ start()', 'max_over_time(up[2s:1s] offset 1s)']) {
      expect(await ask(query)).toMatchObject({ seen: 0, newest: null, series: [{ value: 1 }] });
    }
    expect(await ask('http_requests_total - http_requests_total offset 1s')).toMatchObject({ seen: 2, partial: false });
  });

  it('gives NaN and infinity as words', async () => {
    const idle = 'sum(rate(idle_requests_total{code="500"}[5s])) / sum(rate(idle_requests_total[5s]))';
    expect((await ask(idle)).series).toMatchObject([{ value: 'NaN' }]);
    expect((await ask('odd{kind="infinite"}')).series).toMatchObject([{ value: '+Inf' }]);
  });

  it('refuses what gives no number, in the words of the server', async () => {
    const bad = { code: 'bad-query', permanent: true };
    await expect(ask('sum(rate(')).rejects.toMatchObject({ ...bad, message: expect.stringContaining('parse error') });
    await expect(ask('rate(http_requests_total)')).rejects.toMatchObject({
      ...bad,
      message: expect.stringContaining('expected type range vector'),
    });
    await expect(ask('http_requests_total[5s]')).rejects.toMatchObject(bad);
    await expect(ask('"text"')).rejects.toMatchObject(bad);
    await expect(ask('up + on() http_requests_total')).rejects.toMatchObject({
      code: 'query-failed',
      permanent: false,
    });
  });

  it('takes failures that have no series any more for none, while there is traffic', async () => {
    service.failuresShown = false;
    try {
      const ratio = '(sum(rate(http_requests_total{code="500"}[2s])) or 0 * sum(rate(http_requests_total[2s])))';
      const m = await soon(ratio, (x) => x.series[0]?.value === 0);
      expect(m).toMatchObject({ seen: 1, partial: false, series: [{ value: 0 }] });
      expect(m.notes).toEqual(['`http_requests_total{code="500"}` has no series']);
      const empty = await ask(ratio.replace(/ or.*$/, ')'));
      expect(empty).toMatchObject({ seen: 0, newest: null, series: [] });
    } finally {
      service.failuresShown = true;
    }
  });

  it('notices within two scrapes that the target is down, though the range goes on answering', async () => {
    await service.down();
    try {
      const query = all.replace('$__range', '1m');
      const m = await soon(query, (x) => x.seen === 0);
      expect(m).toMatchObject({ seen: 0, newest: null, series: [{ labels: {} }] });
      expect(m.series[0]?.value).toBeGreaterThan(0);
      expect(m.notes).toEqual([expect.stringContaining('gone silent')]);
      // What Prometheus itself writes goes on, so half of this query is alive.
      expect(await ask(`${query} / count(up)`)).toMatchObject({ seen: 1, partial: true });
    } finally {
      await service.up();
      await prometheus.until('min_over_time(up[3s])', (x) => x === 1);
    }
  });

  it('names the server when it is gone', async () => {
    await prometheus.kill();
    await expect(ask('up')).rejects.toMatchObject({ code: 'refused', message: `nothing listens at ${prometheus.url}` });
  });
});
