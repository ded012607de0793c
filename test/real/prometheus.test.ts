/** The whole step, as the bundle that a pipeline runs, against a real Prometheus that scrapes a real service. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DecisionRecord, recordSchema } from '../../src/record/record.js';
import { runStep, type StepOptions } from '../e2e/support/step.js';
import { type Prometheus, startPrometheus } from './support/prometheus.js';
import { Service } from './support/service.js';

let service: Service;
let prometheus: Prometheus;

beforeAll(async () => {
  service = new Service();
  service.good = 100;
  await service.up();
  prometheus = await startPrometheus(service.port);
});

afterAll(async () => {
  await prometheus.kill();
  await service.stop();
});

const ratio = (metric: string) => `sum(rate(${metric}{code="500"}[3s])) / sum(rate(${metric}[3s]))`;

interface Train {
  readonly query: string;
  readonly threshold?: string;
  readonly deadline?: string;
  readonly more?: string;
}

async function train(
  { query, threshold = '< 1%', deadline = '12s', more = '' }: Train,
  options: Partial<StepOptions> = {},
): Promise<DecisionRecord> {
  const policy = `version: 1
release: { deployed-at: 5s ago }
sources:
  prometheus: { type: prometheus, url: "${prometheus.url}" }
evaluation: { warmup: 0s, every: 1s, steady: 3s, deadline: ${deadline}, error-budget: ${deadline} }
gates:
  - name: error rate
    type: telemetry
    source: prometheus
    query: ${JSON.stringify(query)}
    threshold: "${threshold}"
${more}`;
  const folder = join('out', 'real', String(Math.random()).slice(2));
  const args = [
    'run',
    '--policy',
    policy,
    '--record',
    join(folder, 'record.json'),
    '--summary',
    join(folder, 'summary.md'),
  ];
  const out = await runStep({ platform: 'terminal', args, ...options });
  const record = v.parse(recordSchema, JSON.parse(readFileSync(join(folder, 'record.json'), 'utf8')));
  expect(out.code).toBe(record.decision.decision === 'continue' ? 0 : 1);
  return record;
}

const readings = (record: DecisionRecord) => record.rounds.map((r) => r.gates[0]?.reading);
const reasonsOf = (record: DecisionRecord) => [...new Set(readings(record).map((r) => `${r?.state} ${r?.code}`))];

describe('the step against a real Prometheus', () => {
  it('continues on healthy traffic, with the evidence in the record', async () => {
    await prometheus.until('sum(rate(http_requests_total[3s]))', (x) => x > 50);
    const record = await train({
      query: ratio('http_requests_total'),
      more: '    events: sum(increase(http_requests_total[3s]))\n    min-events: 50\n',
    });
    expect(record.decision).toMatchObject({ decision: 'continue', reason: 'healthy' });
    const answer = record.rounds.at(-1)?.gates[0]?.answers[0];
    expect(answer).toMatchObject({ measurement: { kind: 'samples', seen: 2, partial: false, series: [{ value: 0 }] } });
    const newest =
      answer && 'measurement' in answer && answer.measurement.kind === 'samples' ? answer.measurement.newest : null;
    expect(Date.parse(record.ended) - Date.parse(newest ?? '')).toBeLessThan(4000);
  });

  it('stops within two rounds when the error rate is over the threshold', async () => {
    service.bad = 10;
    try {
      await prometheus.until(ratio('http_requests_total'), (x) => x > 0.05);
      const record = await train({ query: ratio('http_requests_total') });
      expect(record.decision).toMatchObject({ decision: 'stop', reason: 'unhealthy', gates: ['error rate'] });
      expect(record.rounds).toHaveLength(2);
      expect(record.decision.sentence).toMatch(/error rate: \d+(\.\d+)? % does not satisfy < 1 %/);
    } finally {
      service.bad = 0;
      await prometheus.until(ratio('http_requests_total'), (x) => x === 0);
    }
  });

  it('never continues on a metric that is not there', async () => {
    const record = await train({ query: ratio('no_such_requests_total') });
    expect(record.decision).toMatchObject({ decision: 'stop', reason: 'insufficient-evidence' });
    expect(reasonsOf(record)).toEqual(['insufficient no-data']);
    expect(record.decision.sentence).toMatch(/nothing was found: 0 live series of no_such_requests_total/);
  });

  it('never continues on NaN from 0/0, nor on a gauge that is NaN or infinite, whichever way the condition is written', async () => {
    for (const query of [ratio('idle_requests_total'), 'odd{kind="nan"}', 'odd{kind="infinite"}']) {
      for (const threshold of ['< 1%', '>= 1%']) {
        const record = await train({ query, threshold, deadline: '4s' });
        expect(record.decision).toMatchObject({ decision: 'stop', reason: 'insufficient-evidence' });
        expect(reasonsOf(record)).toEqual(['insufficient not-a-number']);
      }
    }
  });

  it('stops for a query that does not parse without waiting for the deadline', async () => {
    const record = await train({ query: 'sum(rate(', deadline: '60s' });
    expect(record.decision).toMatchObject({ decision: 'stop', reason: 'not-measured' });
    expect(record.decision.sentence).toMatch(/Prometheus refuses the query/);
  });

  it('never continues when the target goes down, though the ranges go on answering', async () => {
    await service.down();
    try {
      await prometheus.until('up', (x) => x === 0);
      // A range of a minute still has samples of the time before.
      const query = 'sum(rate(http_requests_total{code="500"}[1m])) / sum(rate(http_requests_total[1m]))';
      const record = await train({ query, deadline: '6s' });
      expect(record.decision).toMatchObject({ decision: 'stop', reason: 'insufficient-evidence' });
      expect(readings(record).every((r) => r?.state === 'insufficient')).toBe(true);
      expect(record.decision.sentence).toMatch(/gone silent: its targets are down|0 live series/);
    } finally {
      await service.up();
      await prometheus.until('min_over_time(up[3s])', (x) => x === 1);
    }
  });

  it('never continues when the target goes down in the middle', async () => {
    let seen = 0;
    const record = await train(
      {
        query: 'sum(rate(http_requests_total{code="500"}[1m])) / sum(rate(http_requests_total[1m]))',
        deadline: '15s',
        more: '    window: 1m\n',
      },
      { when: { line: /round 2/, act: () => void service.down().then(() => (seen += 1)) } },
    );
    expect(seen).toBe(1);
    await service.up();
    await prometheus.until('min_over_time(up[3s])', (x) => x === 1);
    expect(record.decision).toMatchObject({ decision: 'stop', reason: 'insufficient-evidence' });
    expect(record.decision.sentence).toMatch(/gone silent: its targets are down/);
  });

  it('never continues when Prometheus is killed in the middle, and says that nothing was measured', async () => {
    await delay(1000);
    const record = await train(
      { query: ratio('http_requests_total'), deadline: '10s' },
      { when: { line: /round 2/, act: () => void prometheus.kill() } },
    );
    expect(readings(record)[0]?.state).toBe('healthy');
    expect(record.decision).toMatchObject({ decision: 'stop', reason: 'not-measured' });
    expect(record.decision.sentence).toMatch(/nothing listens at|connection .* broke/);
  });
});
