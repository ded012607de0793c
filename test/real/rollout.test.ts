/**
 * The whole step, as the bundle that a pipeline runs: a flag of a real Unleash is rolled out while a real Prometheus scrapes an
 * application that serves the new code to as many requests as the flag says.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DecisionRecord, recordSchema } from '../../src/record/record.js';
import { runStep, type StepOptions } from '../e2e/support/step.js';
import { type Prometheus, startPrometheus } from './support/prometheus.js';
import { startUnleash, type Unleash } from './support/unleash.js';
import { Version } from './support/versions.js';

/** An application that asks Unleash twice a second how many requests get its new code, so many of which fail as are said. */
class Application {
  readonly name: string;
  readonly version: Version;
  readonly #timer: NodeJS.Timeout;
  #exposed = 0;

  constructor(unleash: Unleash, name: string, failing: number) {
    this.name = name;
    const share = (): number => this.#exposed * failing;
    this.version = new Version(name, {
      perSecond: 200,
      get failing() {
        return share();
      },
    });
    this.#timer = setInterval(() => void this.#look(unleash), 500);
  }

  async #look(unleash: Unleash): Promise<void> {
    const { enabled, strategies } = await unleash.production(this.name);
    const rollouts = strategies.filter(({ disabled }) => !disabled).map(({ parameters }) => Number(parameters.rollout));
    this.#exposed = enabled ? Math.max(0, ...rollouts) / 100 : 0;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.version.stop();
  }
}

const good = 'good-checkout';
const bad = 'bad-checkout';
let unleash: Unleash;
let prometheus: Prometheus;
let applications: Application[];

beforeAll(async () => {
  unleash = await startUnleash();
  for (const name of [good, bad, 'kept', 'stopped']) await unleash.create(name, { rollout: 100 });
  applications = [new Application(unleash, good, 0), new Application(unleash, bad, 0.6)];
  prometheus = await startPrometheus(await Promise.all(applications.map(({ version }) => version.up())));
  for (const name of [good, bad]) {
    await prometheus.until(`sum(rate(http_requests_total{version="${name}"}[3s]))`, (x) => x > 100);
  }
});

afterAll(async () => {
  await Promise.all(applications.map((application) => application.stop()));
  await prometheus.kill();
  await unleash.stop();
});

interface Run extends Partial<Pick<StepOptions, 'when'>> {
  readonly service: string;
  readonly more: string;
  readonly args?: readonly string[];
  readonly deadline?: string;
}

async function train({ service, more, args = [], deadline = '40s', when }: Run) {
  const requests = `http_requests_total{version="${service}"`;
  const policy = `version: 1
service: ${service}
sources:
  prometheus: { type: prometheus, url: "${prometheus.url}" }
  flags: { type: unleash, url: "${unleash.url}", environment: production, token: "\${env.UNLEASH_TOKEN}" }
evaluation: { warmup: 4s, every: 1s, steady: 3s, deadline: ${deadline} }
gates:
  - name: error rate
    type: telemetry
    source: prometheus
    query: '(sum(rate(${requests},code=~"5.."}[3s])) or vector(0)) / sum(rate(${requests}}[3s]))'
    unit: ratio
    threshold: "< 10%"
${more}
`;
  const folder = join('out', 'real', String(Math.random()).slice(2));
  const [recordFile, summary] = [join(folder, 'record.json'), join(folder, 'summary.md')];
  const out = await runStep({
    platform: 'terminal',
    args: ['run', '--policy', policy, '--record', recordFile, '--summary', summary, ...args],
    env: { UNLEASH_TOKEN: unleash.token },
    limitMs: 85_000,
    ...(when === undefined ? {} : { when }),
  });
  const written = readFileSync(recordFile, 'utf8');
  for (const text of [written, out.stdout, out.stderr, readFileSync(summary, 'utf8')]) {
    expect(text).not.toContain(unleash.token);
  }
  const record = v.parse(recordSchema, JSON.parse(written));
  return { record, recordFile, policy, out, summary: readFileSync(summary, 'utf8') };
}

const rollout = (flag: string, steps: string): string =>
  `rollout: { source: flags, flag: ${flag}, steps: ${steps}, bake: 2s, verify-within: 10s }`;

const walkedOf = ({ walk: made }: DecisionRecord) =>
  made?.walked.map(({ name, decision }) => [name, decision?.decision ?? null]);

describe('a flag of a real Unleash', () => {
  it.concurrent('is walked to everybody while Prometheus shows health', async () => {
    const { record, summary } = await train({ service: good, more: rollout(good, '[5%, 50%, 100%]') });
    expect(record.decision).toMatchObject({ decision: 'continue', reason: 'healthy' });
    expect(walkedOf(record)).toEqual([
      ['5 %', 'continue'],
      ['50 %', 'continue'],
      ['100 %', 'continue'],
    ]);
    expect(new Set(record.rounds.map(({ step }) => step))).toEqual(new Set([1, 2, 3]));
    const { enabled, strategies } = await unleash.production(good);
    expect({ enabled, rollouts: strategies.map((s) => s.parameters.rollout) }).toEqual({
      enabled: true,
      rollouts: ['100'],
    });
    expect(summary).toMatch(/^## Continue: good-checkout at 100 %/);
  });

  it.concurrent('is stopped in the middle by an error rate, and off afterwards', async () => {
    const { record, summary, out } = await train({ service: bad, more: rollout(bad, '[5%, 50%, 100%]') });
    expect(record.decision).toMatchObject({ decision: 'stop', reason: 'unhealthy', gates: ['error rate'] });
    // At 5 % only 3 % of all fail, at 50 % it is 30 %.
    expect(walkedOf(record)).toEqual([
      ['5 %', 'continue'],
      ['50 %', 'stop'],
    ]);
    expect(record.walk?.end).toMatchObject([{ outcome: 'changed', after: { reach: 'nobody' } }]);
    expect((await unleash.production(bad)).enabled).toBe(false);
    expect(out.code).toBe(1);
    expect(summary).toMatch(/^## Stop: error rate is .*; bad-checkout is now off$/m);
  });

  it.concurrent('stays where a cancelled run left it, and the next one goes on from there', async () => {
    const more = rollout('kept', '[5%, 100%]');
    const cancelled = await train({
      service: good,
      more,
      when: { line: /stage 5 %/, act: (child) => setTimeout(() => child.kill('SIGTERM'), 1000) },
    });
    expect(cancelled.out.code).toBe(143);
    expect(cancelled.record).toMatchObject({ decision: { reason: 'cancelled' }, walk: { end: [] } });
    expect((await unleash.production('kept')).strategies[0]?.parameters.rollout).toBe('5');
    // Without the record it is somebody else's.
    const stranger = await train({ service: good, more });
    expect(stranger.record.decision).toMatchObject({ decision: 'stop', reason: 'not-moved' });
    const resumed = await train({ service: good, more, args: ['--resume', cancelled.recordFile] });
    expect(resumed.record.decision).toMatchObject({ decision: 'continue' });
    expect(walkedOf(resumed.record)).toEqual([
      ['5 %', 'continue'],
      ['100 %', 'continue'],
    ]);
  });

  it.concurrent('is switched off when the train stops, and put back from the record', async () => {
    await unleash.admin('POST', 'projects/default/features/stopped/environments/production/on');
    const was = await unleash.production('stopped');
    const more = `  - { name: dark, type: flags, source: flags, expect: { stopped: "off" } }
on-stop:
  - { type: flag-off, source: flags, flag: stopped, verify-within: 10s }`;
    const { record, recordFile, policy, summary } = await train({ service: good, more });
    expect(record.decision).toMatchObject({ decision: 'stop', reason: 'unhealthy', gates: ['dark'] });
    expect(record.reactions).toMatchObject([{ type: 'flag-off', ok: true, flag: { outcome: 'changed' } }]);
    expect(await unleash.production('stopped')).toEqual({ ...was, enabled: false });
    expect(summary).toMatch(/^## Stop: .*; stopped is now off$/m);
    const env = { UNLEASH_TOKEN: unleash.token };
    const restore = ['flags', 'restore', recordFile, '--policy', policy];
    const dry = await runStep({ platform: 'terminal', args: [...restore, '--observe'], env });
    expect(dry).toMatchObject({ code: 0, stdout: expect.stringContaining('would send POST') as unknown });
    expect((await unleash.production('stopped')).enabled).toBe(false);
    const back = await runStep({ platform: 'terminal', args: restore, env });
    expect(back.code).toBe(0);
    expect(await unleash.production('stopped')).toEqual(was);
  });
});
