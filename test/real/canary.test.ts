/** The whole step, as the bundle that a pipeline runs: a real Prometheus scrapes two versions of a service that serve at the same time. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DecisionRecord, recordSchema } from '../../src/record/record.js';
import { runStep } from '../e2e/support/step.js';
import { type Prometheus, startPrometheus } from './support/prometheus.js';
import { type Behaviour, Version } from './support/versions.js';

/** By version. The baseline of all is `stable`; `idle` is up and scraped, and nobody asks it anything. */
const behaviours: Readonly<Record<string, Behaviour>> = {
  stable: { perSecond: 200, failing: 0.02 },
  worse: { perSecond: 200, failing: 0.06 },
  equal: { perSecond: 200, failing: 0.02 },
  idle: { perSecond: 0, failing: 0 },
};

let versions: Version[];
let prometheus: Prometheus;

beforeAll(async () => {
  versions = Object.entries(behaviours).map(([name, behaviour]) => new Version(name, behaviour));
  prometheus = await startPrometheus(await Promise.all(versions.map((version) => version.up())));
  await prometheus.until('sum(rate(http_requests_total{version="stable"}[3s]))', (x) => x > 100);
});

afterAll(async () => {
  await prometheus.kill();
  await Promise.all(versions.map((version) => version.stop()));
});

const countersByArm = `    counters: true
    failures: http_requests_total{code=~"5.."}
    total: http_requests_total`;

const increases = `    failures: sum by (version) (increase(http_requests_total{code=~"5.."}[$__range]))
    total: sum by (version) (increase(http_requests_total[$__range]))`;

interface Train {
  readonly canary: string;
  readonly measure?: string;
  readonly deadline: string;
  readonly more?: string;
}

async function train({ canary, measure = countersByArm, deadline, more = '' }: Train) {
  const policy = `version: 1
service: checkout
sources:
  prometheus: { type: prometheus, url: "${prometheus.url}" }
evaluation: { warmup: 0s, every: 5s, steady: 0s, deadline: ${deadline} }
gates:
  - name: canary against stable
    type: canary
    source: prometheus
${measure}
    arms: { by: version, canary: ${canary}, baseline: stable }
    bin: 5s
    window: 60s
    min-events: 500
    accept: never
${more}`;
  const folder = join('out', 'real', String(Math.random()).slice(2));
  const [recordFile, summary] = [join(folder, 'record.json'), join(folder, 'summary.md')];
  const args = ['run', '--policy', policy, '--record', recordFile, '--summary', summary];
  const out = await runStep({ platform: 'terminal', args, limitMs: 85_000 });
  const record = v.parse(recordSchema, JSON.parse(readFileSync(recordFile, 'utf8')));
  expect(out.code).toBe(record.decision.decision === 'continue' ? 0 : 1);
  return { record, summary: readFileSync(summary, 'utf8') };
}

const readingsOf = ({ rounds }: DecisionRecord) => rounds.map((r) => r.gates[0]?.reading);
const lastOf = (record: DecisionRecord) => readingsOf(record).at(-1);
const lasted = ({ began, ended }: DecisionRecord): number => Date.parse(ended) - Date.parse(began);

describe('a canary beside the stable version, in a real Prometheus', () => {
  it.concurrent.each([
    ['counters', countersByArm],
    ['increase()', increases],
  ])('stops one that fails three times as often long before its window is over (%s)', async (_, measure) => {
    const { record, summary } = await train({ canary: 'worse', measure, deadline: '2m' });
    expect(record.decision).toMatchObject({ decision: 'stop', reason: 'unhealthy' });
    expect(lastOf(record)).toMatchObject({ state: 'unhealthy', code: 'worse-than-baseline', conclusive: true });
    expect(record.decision.sentence).toMatch(
      /the canary fails \d(?:\.\d+)? times as often as the baseline \((?:at least \d(?:\.\d+)? times|more than allowed), 95 % sure at every look\); [\d,]+ of [\d,]+ \(\d(\.\d+)? %\) failed, of the baseline [\d,]+ of [\d,]+ \(\d(\.\d+)? %\); stopped after \d+s/,
    );
    expect(lasted(record)).toBeLessThan(45_000);
    const { ratio, lower } = lastOf(record)?.standing ?? { ratio: null, lower: 0 };
    expect(ratio).toBeGreaterThan(1.8);
    expect(ratio).toBeLessThan(5);
    expect(lower).toBeGreaterThan(0.5);
    expect(summary).toContain('times as often as the baseline');
  });

  it.concurrent('lets one go that is the same, after the whole window and not before', async () => {
    const { record } = await train({ canary: 'equal', deadline: '2m' });
    expect(record.decision).toMatchObject({ decision: 'continue', reason: 'healthy' });
    expect(lastOf(record)).toMatchObject({ state: 'healthy', code: 'no-harm-seen' });
    expect(lastOf(record)?.reason).toMatch(/no harm seen in 1m: .* times as many failures cannot be excluded/);
    expect(lasted(record)).toBeGreaterThan(60_000);
    const waiting = readingsOf(record).slice(0, -2);
    expect(new Set(waiting.map((r) => r?.state))).toEqual(new Set(['insufficient']));
    expect(waiting.at(-2)?.reason).toMatch(/^cannot tell yet: /);
    // What charts are drawn from.
    const bins = readingsOf(record).flatMap((r) => r?.standing?.bins ?? []);
    expect(bins.at(-1)).toBeGreaterThanOrEqual(11);
    expect(bins).toEqual(bins.toSorted((a, b) => a - b));
  });

  it.concurrent('holds one that gets no traffic, and stops it as insufficient', async () => {
    const { record } = await train({ canary: 'idle', deadline: '65s' });
    expect(record.decision).toMatchObject({ decision: 'stop', reason: 'insufficient-evidence' });
    expect(record.rounds.slice(0, -1).every((r) => r.decision.decision === 'hold')).toBe(true);
    expect(lastOf(record)?.state).toBe('insufficient');
    expect(record.decision.sentence).toMatch(/had no events at the same time in the last .*stable/);
  });

  it.concurrent('judges durations by the buckets of a histogram', async () => {
    const { record } = await train({
      canary: 'equal',
      measure: '    counters: true\n    buckets: http_request_duration_seconds_bucket',
      deadline: '2m',
    });
    expect(record.decision).toMatchObject({ decision: 'continue', reason: 'healthy' });
    expect(lastOf(record)).toMatchObject({ code: 'no-harm-seen', standing: { bound: expect.any(String) } });
  });
});
