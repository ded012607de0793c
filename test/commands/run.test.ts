/** The step in this process, on a simulated clock; test/e2e runs the bundle as the platforms do. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { type RunContext, run } from '../../src/commands/run.js';
import { recordSchema } from '../../src/record/record.js';
import { SimulatedClock } from '../support/clock.js';
import { FakeHost } from '../support/host.js';

const policy = (change: { query?: string; more?: string } = {}) => `version: 1
service: checkout
release: { deployed-at: 10m ago }
evaluation: { warmup: 2m, every: 1m, steady: 4m, deadline: 20m }
gates:
  - name: error rate
    type: telemetry
    source: { type: samples, file: examples/quickstart/healthy.csv }
    query: ${change.query ?? 'error_rate'}
    max-age: 1h
    threshold: "< 1%"
${change.more ?? ''}`;

async function step(inputs: ConstructorParameters<typeof FakeHost>[0], context: Partial<RunContext> = {}) {
  const host = new FakeHost(inputs);
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-run-'));
  const cancel = new AbortController();
  const decision = await run(host, {
    env: {},
    version: '1.2.3',
    clock: new SimulatedClock(undefined, 150),
    random: () => 0.5,
    cancel: cancel.signal,
    ...context,
  });
  const record = v.parse(recordSchema, JSON.parse(readFileSync(host.outputs.record ?? join(folder, 'none'), 'utf8')));
  return { host, decision, record };
}

describe('run', () => {
  it('waits on its clock and leaves a record of every round', async () => {
    const { host, decision, record } = await step({ policy: policy() });
    expect(decision).toMatchObject({ decision: 'continue', reason: 'healthy' });
    expect(record.rounds).toHaveLength(6);
    expect(Date.parse(record.ended) - Date.parse(record.began)).toBe(4 * 60_000);
    expect(record).toMatchObject({
      tool: { version: '1.2.3' },
      service: 'checkout',
      policy: { file: null },
      release: { sha: host.facts.sha },
    });
    expect(host.finished).toEqual({ result: 'success', message: 'continue (healthy)', exitCode: 0 });
    expect(readFileSync(host.shown ?? '', 'utf8')).toContain('## Continue');
    expect(host.lines.filter((line) => line.startsWith('round '))).toHaveLength(6);
  });

  it('stops at the deadline for what it could not see', async () => {
    const { host, decision } = await step({ policy: policy({ query: 'eror_rate' }) });
    expect(decision).toMatchObject({ decision: 'stop', reason: 'insufficient-evidence' });
    expect(decision.sentence).toContain('did you mean `error_rate`?');
    expect(host.finished).toMatchObject({ result: 'failure', exitCode: 1 });
  });

  it('is amber when a gate that only warns is not healthy, green when one that only observes is not', async () => {
    const gate = (enforce: string) =>
      policy({
        more: `  - { name: other, type: telemetry, enforce: ${enforce}, source: { type: samples, file: examples/quickstart/healthy.csv }, query: none, threshold: "< 1" }\n`,
      });
    expect((await step({ policy: gate('warn') })).host.finished?.result).toBe('warning');
    expect((await step({ policy: gate('observe') })).host.finished?.result).toBe('success');
  });

  it('takes a crash for a reason to stop, and still leaves summary and record', async () => {
    const crashed = new AbortController();
    crashed.abort(new Error('a bug'));
    const { host, decision, record } = await step({ policy: policy() }, { cancel: crashed.signal });
    expect(decision).toMatchObject({ decision: 'stop', reason: 'internal-error' });
    expect(record.decision.sentence).toContain('a bug');
    expect(host.finished).toMatchObject({ result: 'failure', exitCode: 70 });
    expect(host.shown).toBeDefined();
  });

  it('does not let a crash pass even when it only observes', async () => {
    const crashed = new AbortController();
    crashed.abort(new Error('a bug'));
    expect((await step({ policy: policy(), observe: 'true' }, { cancel: crashed.signal })).decision.decision).toBe(
      'stop',
    );
  });

  it('names a wrong time of the deployment', async () => {
    const wrong = async (at: string) =>
      (await step({ policy: policy(), 'deployed-at': at })).record.problems.map((p) => p.message);
    expect(await wrong('2026-11-23T09:00:00')).toEqual([
      expect.stringMatching(/input `deployed-at`: expected an instant with a time zone/),
    ]);
    expect(await wrong('2026-11-23T11:00:00Z')).toEqual([expect.stringMatching(/expected a time in the past/)]);
    expect(await wrong('yesterday')).toEqual([expect.stringMatching(/expected an instant such as/)]);
  });

  it('masks a token before it is used, and in the record', async () => {
    const { host, record } = await step({
      'prometheus-url': 'http://127.0.0.1:9',
      'prometheus-token': 'tok-1234567890',
      query: 'up{x="tok-1234567890"}',
      threshold: '== 1',
      deadline: '10m',
      warmup: '0s',
      steady: '1m',
    });
    expect(host.masked[0]).toBe('tok-1234567890');
    expect(JSON.stringify(record)).not.toContain('tok-1234567890');
    expect(host.lines.join('\n')).not.toContain('tok-1234567890');
    expect(readFileSync(host.shown ?? '', 'utf8')).not.toContain('tok-1234567890');
  });
});
