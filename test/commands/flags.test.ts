/** The step in this process on a simulated clock, with a provider of flags as a stand-in: what it switches off, rolls out and puts back. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { restore } from '../../src/commands/restore.js';
import { type RunContext, run } from '../../src/commands/run.js';
import { type DecisionRecord, recordSchema } from '../../src/record/record.js';
import type { Obstacle, Situation } from '../flags/harness.js';
import { UnleashServer } from '../flags/unleash.provider.js';
import { requestsInFlight, SimulatedClock } from '../support/clock.js';
import { FakeHost } from '../support/host.js';
import { reply, standIn } from '../support/server.js';

const env = { UNLEASH_TOKEN: 'a-secret-UNLEASH_TOKEN' };

async function serve(situation: Situation, obstacle?: Obstacle) {
  const unleash = new UnleashServer(situation, obstacle);
  const complaints: unknown[] = [];
  const { url, received } = await standIn((request, response) => {
    if (request.path === '/healthy') return reply(response, 200, { rate: 0.001 });
    if (request.path === '/failing') return reply(response, 200, { rate: 0.5 });
    try {
      const { status = 200, body } = unleash.respond(request);
      reply(response, status, body ?? '');
    } catch (complaint) {
      complaints.push(complaint);
      reply(response, 418, '');
    }
  });
  const writes = () => received.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);
  return { unleash, url, writes, complaints };
}

interface Policy {
  readonly url: string;
  readonly rate?: 'healthy' | 'failing';
  readonly more: string;
  readonly evaluation?: string;
}

const policyOf = ({
  url,
  rate = 'failing',
  more,
  evaluation = 'steady: 1m, deadline: 10m',
}: Policy): string => `version: 1
service: checkout
release: { deployed-at: 10m ago }
sources:
  flags: { type: unleash, url: "${url}", environment: production, token: "\${env.UNLEASH_TOKEN}" }
evaluation: { warmup: 2m, every: 1m, ${evaluation} }
gates:
  - name: error rate
    type: telemetry
    source: { type: http-json, url: "${url}/${rate}" }
    query: body.rate
    unit: ratio
    threshold: "< 1%"
${more}`;

async function step(
  policy: string,
  inputs: ConstructorParameters<typeof FakeHost>[0] = {},
  context: Partial<RunContext> = {},
) {
  const host = new FakeHost({ policy, ...inputs });
  const decision = await run(host, {
    env,
    version: '1.2.3',
    clock: new SimulatedClock(undefined, 60, requestsInFlight),
    random: () => 0.5,
    cancel: new AbortController().signal,
    ...context,
  });
  const text = readFileSync(host.outputs.record ?? '', 'utf8');
  expect(text).not.toContain('a-secret-');
  const record: DecisionRecord = v.parse(recordSchema, JSON.parse(text));
  return { host, decision, record, summary: readFileSync(host.shown ?? '', 'utf8') };
}

const off = `on-stop: [{ type: flag-off, source: flags, flag: new-checkout, verify-within: 10s }]`;

describe('when the train stops', () => {
  it('a flag goes off, and its kill switch was proven in every round', async () => {
    const { unleash, url, writes, complaints } = await serve('a-quarter');
    const { record, decision, summary } = await step(policyOf({ url, more: off }));
    expect(complaints).toEqual([]);
    expect(decision).toMatchObject({ decision: 'stop', reason: 'unhealthy', gates: ['error rate'] });
    expect(record.gates.map(({ name }) => name)).toEqual(['error rate', 'new-checkout can be switched off']);
    expect(record.rounds[0]?.gates[1]?.reading).toMatchObject({ state: 'healthy' });
    expect(record.reactions).toMatchObject([
      { type: 'flag-off', target: 'new-checkout in flags', ok: true, flag: { outcome: 'changed' } },
    ]);
    expect(writes()).toEqual(['POST /api/admin/projects/default/features/new-checkout/environments/production/off']);
    expect(unleash.production.enabled).toBe(false);
    expect(summary).toMatch(/^## Stop: error rate .*; new-checkout is now off$/m);
  });

  it('that it could not be switched off stops the train as well, before anything moves', async () => {
    const { url, writes } = await serve('missing');
    const { decision, host, record } = await step(policyOf({ url, rate: 'healthy', more: off }));
    expect(decision).toMatchObject({ decision: 'stop', gates: ['new-checkout can be switched off'] });
    expect(decision.reason).not.toBe('healthy');
    expect(record.reactions).toMatchObject([{ ok: false, flag: { outcome: 'refused', code: 'unknown-flag' } }]);
    expect(host.annotations.map(({ message }) => message).join('\n')).toContain('new-checkout is NOT known to be off');
    expect(writes()).toEqual([]);
  });

  it('a flag that the provider does not let go off is an error that says what to do', async () => {
    const { url, unleash } = await serve('on', 'approval');
    const { record, host, summary, decision } = await step(policyOf({ url, more: off }));
    expect(decision.reason).toBe('unhealthy');
    expect(record.reactions).toMatchObject([{ ok: false, flag: { outcome: 'refused', code: 'approval' } }]);
    expect(unleash.production.enabled).toBe(true);
    expect(host.annotations).toContainEqual(
      expect.objectContaining({ level: 'error', message: expect.stringContaining('change request') as unknown }),
    );
    expect(summary).toMatch(/✗ `new-checkout` \*\*was NOT switched off/);
  });

  it.each([
    ['a dry run', `on-stop: [{ type: flag-off, source: flags, flag: new-checkout, dry-run: true }]`, {}],
    ['a policy that only observes', off, { observe: 'true' }],
  ])('nothing is written in %s', async (_, more, inputs) => {
    const { url, writes } = await serve('on');
    const { record, summary } = await step(policyOf({ url, more }), inputs);
    expect(writes()).toEqual([]);
    expect(record.reactions).toMatchObject([{ ok: true, flag: { outcome: 'dry-run' } }]);
    expect(summary).toContain('would have been switched off');
    expect(summary.split('\n')[0]).not.toContain('is off');
  });

  it('for another reason than the policy names, the flag stays', async () => {
    const { url, writes } = await serve('on');
    const more = `on-stop: [{ type: flag-off, source: flags, flag: new-checkout, when: [not-measured] }]`;
    const { record } = await step(policyOf({ url, more }));
    expect(writes()).toEqual([]);
    expect(record.reactions).toBeUndefined();
  });

  it('because somebody cancelled it, the flag goes off only where the policy says so', async () => {
    const cancel = AbortSignal.abort(143);
    const { url, writes } = await serve('on');
    await step(policyOf({ url, more: off }), {}, { cancel });
    expect(writes()).toEqual([]);
    const more = `on-stop: [{ type: flag-off, source: flags, flag: new-checkout, when: [cancelled] }]`;
    await step(policyOf({ url, more }), {}, { cancel });
    expect(writes()).toHaveLength(1);
  });

  it('does not go on because only its kill switch was measured', async () => {
    const { url } = await serve('on');
    const policy = policyOf({ url, more: off }).replace(
      'query: body.rate',
      'query: body.nothing\n    on-missing: ignore',
    );
    const { decision } = await step(policy);
    expect(decision).toMatchObject({ decision: 'stop', reason: 'insufficient-evidence' });
  });

  it('goes on untouched where it goes on', async () => {
    const { url, writes } = await serve('on');
    const { decision, record } = await step(policyOf({ url, rate: 'healthy', more: off }));
    expect(decision.decision).toBe('continue');
    expect(writes()).toEqual([]);
    expect(record.reactions).toBeUndefined();
  });
});

describe('flags restore', () => {
  async function killed() {
    const at = await serve('a-quarter');
    const policy = policyOf({ url: at.url, more: off });
    const { host } = await step(policy);
    return { ...at, policy, file: host.outputs.record ?? '' };
  }
  const back = async (file: string, inputs: ConstructorParameters<typeof FakeHost>[0]) => {
    const host = new FakeHost(inputs);
    const code = await restore(host, file, { env, cancel: new AbortController().signal });
    return { code, said: [...host.lines, ...host.annotations.map(({ message }) => message)].join('\n') };
  };

  it('puts back what was there', async () => {
    const { unleash, policy, file } = await killed();
    expect(await back(file, { policy })).toMatchObject({ code: 0 });
    expect(unleash.production).toMatchObject({ enabled: true, strategies: [{ parameters: { rollout: '25' } }] });
  });

  it('only says so with observe', async () => {
    const { writes, policy, file } = await killed();
    const { code, said } = await back(file, { policy, observe: 'true' });
    expect(code).toBe(0);
    expect(said).toContain('would send POST');
    expect(writes()).toHaveLength(1);
  });

  it('leaves alone what somebody has changed since', async () => {
    const { unleash, writes, policy, file } = await killed();
    Object.assign(unleash.production, { enabled: true });
    Object.assign(unleash.production.strategies[0]?.parameters ?? {}, { rollout: '3' });
    const { code, said } = await back(file, { policy });
    expect(code).toBe(1);
    expect(said).toContain('somebody has changed it since');
    expect(writes()).toHaveLength(1);
  });

  it('wants a record, the policy of that run, and something to put back', async () => {
    const { policy, file, url } = await killed();
    expect(await back('nowhere.json', { policy })).toMatchObject({
      code: 2,
      said: expect.stringContaining('no such file'),
    });
    const other = join(mkdtempSync(join(tmpdir(), 'signalbox-restore-')), 'record.json');
    writeFileSync(other, '{"signalbox": 1}');
    expect(await back(other, { policy })).toMatchObject({
      code: 2,
      said: expect.stringContaining('no decision record'),
    });
    const without = policyOf({ url, more: '' });
    expect(await back(file, { policy: without })).toMatchObject({
      code: 1,
      said: expect.stringContaining('the policy no longer changes new-checkout'),
    });
    const { host } = await step(policyOf({ url, rate: 'healthy', more: '' }));
    expect(await back(host.outputs.record ?? '', { policy })).toMatchObject({
      code: 0,
      said: expect.stringContaining('nothing to put back'),
    });
  });
});

describe('a rollout', () => {
  const steps = `rollout: { source: flags, flag: new-checkout, steps: [5%, 100%], bake: 1m, verify-within: 10s }`;

  it('is walked, every step with gates of its own', async () => {
    const { url, complaints } = await serve('off');
    const policy = policyOf({ url, rate: 'healthy', more: steps });
    const { decision, record, summary } = await step(policy);
    expect(complaints).toEqual([]);
    expect(decision).toMatchObject({ decision: 'continue', reason: 'healthy' });
    expect(record.gates.map(({ name }) => name)).toEqual([
      'error rate',
      'new-checkout can be switched off',
      'new-checkout stands where it was put',
    ]);
    expect(record.rounds.map(({ number }) => number)).toEqual(record.rounds.map((_, i) => i + 1));
    expect(summary).toContain('### Stages\n\nnew-checkout is on for everyone.');
  });

  it('stops when somebody moves the flag meanwhile, and the flag goes off', async () => {
    const { url, unleash } = await serve('off');
    const host = { moved: false };
    const real = unleash.respond.bind(unleash);
    let reads = 0;
    unleash.respond = (request) => {
      const isRead = request.method === 'GET' && request.path.endsWith('/features/new-checkout');
      if (isRead) reads += 1;
      if (isRead && reads === 14) {
        host.moved = true;
        Object.assign(unleash.production.strategies[0]?.parameters ?? {}, { rollout: '60' });
      }
      return real(request);
    };
    const { decision } = await step(
      policyOf({ url, rate: 'healthy', more: steps, evaluation: 'steady: 5m, deadline: 10m' }),
    );
    expect(host.moved).toBe(true);
    expect(decision.decision).toBe('stop');
    expect(unleash.production.enabled).toBe(false);
  });

  it.each([
    ['cannot be switched off again', 'on', 'approval'],
    ['is on already', 'on', undefined],
    ['is not there', 'missing', undefined],
    ['has rules', 'rules', undefined],
  ] as const)('does not begin with a flag that %s', async (_, situation, obstacle) => {
    const { url, unleash } = await serve(situation, obstacle);
    const before = structuredClone(unleash.data.environments);
    const { decision, record } = await step(policyOf({ url, rate: 'healthy', more: steps }));
    expect(decision).toMatchObject({ decision: 'stop', reason: 'not-moved' });
    expect(unleash.data.environments).toEqual(before);
    expect(record.rounds).toEqual([]);
  });

  it('moves nothing where the policy only observes', async () => {
    const { url, writes } = await serve('off');
    const { decision, record } = await step(policyOf({ url, rate: 'healthy', more: steps }), { observe: 'true' });
    expect(decision.decision).toBe('continue');
    expect(record.walk).toBeUndefined();
    expect(writes()).toEqual([]);
  });

  it.each([
    ['is none', '{}', 'no decision record'],
    ['is not there', undefined, 'no such file'],
  ])('is not resumed from a record that %s', async (_, text, words) => {
    const { url, writes } = await serve('off');
    const file = join(mkdtempSync(join(tmpdir(), 'signalbox-resume-')), 'record.json');
    if (text !== undefined) writeFileSync(file, text);
    const { decision, host } = await step(policyOf({ url, rate: 'healthy', more: steps }), { resume: file });
    expect(decision.reason).toBe('policy-error');
    expect(host.lines.join('\n').replace(/\s+/g, ' ')).toContain(words);
    expect(writes()).toEqual([]);
  });

  it('is not resumed from a run that was not cancelled, or of another release', async () => {
    const { url } = await serve('off');
    const policy = policyOf({ url, rate: 'healthy', more: steps });
    const first = await step(policy);
    const again = await step(policy, { resume: first.host.outputs.record ?? '' });
    expect(again.host.lines.join('\n').replace(/\s+/g, ' ')).toContain('was not cancelled');
    const other = await step(policy, { resume: first.host.outputs.record ?? '', commit: 'f00d'.repeat(10) });
    expect(other.host.lines.join('\n').replace(/\s+/g, ' ')).toContain('another release');
  });
});
