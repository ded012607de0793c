/** Whole runs over stages in this process, on a simulated clock: what moves, what is proven, and what goes back. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { type RunContext, run } from '../../src/commands/run.js';
import { type JournalEntry, lineOf } from '../../src/record/journal.js';
import { type Decision, type DecisionRecord, recordSchema } from '../../src/record/record.js';
import { requestsInFlight, SimulatedClock } from '../support/clock.js';
import { FakeHost } from '../support/host.js';
import { Router, stagesPolicy } from '../support/router.js';
import { type Received, reply, standIn } from '../support/server.js';

async function serve(
  router: Router,
  obstacle?: (request: Received, count: number) => 'lost' | 'throttled' | 'conflict' | undefined,
) {
  let writes = 0;
  const { url } = await standIn((request, response) => {
    if (request.method === 'PUT') writes += 1;
    const trouble = request.method === 'PUT' ? obstacle?.(request, writes) : undefined;
    if (trouble === 'throttled') return reply(response, 429, {}, { 'retry-after': '0' });
    if (trouble === 'conflict') return reply(response, 409, {});
    const { status, body, headers } = router.respond(request);
    // Taken, and nobody hears of it.
    if (trouble === 'lost') return void response.destroy();
    return reply(response, status, body, headers);
  });
  return url;
}

async function step(
  policy: string,
  inputs: ConstructorParameters<typeof FakeHost>[0] = {},
  context: Partial<RunContext> & { readonly at?: number } = {},
) {
  const host = new FakeHost({ policy, ...inputs });
  const clock = new SimulatedClock(context.at, 60, requestsInFlight);
  const decision = await run(host, {
    env: {},
    version: '1.2.3',
    clock,
    random: () => 0.5,
    cancel: new AbortController().signal,
    ...context,
  });
  const record: DecisionRecord = v.parse(recordSchema, JSON.parse(readFileSync(host.outputs.record ?? '', 'utf8')));
  expect(host.annotations.filter(({ message }) => / failed: /.test(message))).toEqual([]);
  return { host, decision, record, clock, summary: readFileSync(host.shown ?? '', 'utf8') };
}

const walkedOf = ({ walk }: DecisionRecord) => walk?.walked.map(({ name, decision }) => [name, decision?.reason]);
const kept = (): string => join(mkdtempSync(join(tmpdir(), 'signalbox-state-')), 'state');

describe('a walk over stages', () => {
  it('moves the traffic step by step, each proven anew', async () => {
    const router = new Router();
    const { decision, record, summary } = await step(stagesPolicy(await serve(router)));
    expect(decision).toMatchObject({ decision: 'continue', reason: 'healthy' });
    expect(router.written.map(({ green }) => green)).toEqual([5, 25, 100]);
    expect(walkedOf(record)).toEqual([
      ['canary-5', 'healthy'],
      ['canary-25', 'healthy'],
      ['production', 'healthy'],
    ]);
    expect(new Set(record.rounds.map(({ step: at }) => at))).toEqual(new Set([1, 2, 3]));
    expect(record.gates.map(({ name }) => name)).toEqual(['error rate', 'the traffic of lb stands where it was put']);
    expect(summary).toContain('100 % to green, after 3 stages that were each proven healthy');
    expect(summary).toContain('traffic of checkout: 100 % to green');
  });

  it('stops at the first bad stage, with the traffic back on the old side', async () => {
    const router = new Router({ failing: 0.2 });
    const { decision, record, summary, host } = await step(stagesPolicy(await serve(router)));
    // At 5 % of the traffic 1.1 % of all fail.
    expect(decision).toMatchObject({ decision: 'stop', reason: 'unhealthy', gates: ['error rate'] });
    expect(router.weights).toEqual({ blue: 100, green: 0 });
    expect(router.written.map(({ green }) => green)).toEqual([5, 0]);
    expect(record.walk?.end).toMatchObject([{ outcome: 'changed', traffic: 'checkout' }]);
    expect(summary.split('\n')[0]).toContain('traffic of checkout: 100 % to blue');
    expect(host.finished).toMatchObject({ exitCode: 1 });
  });

  it('goes back to the last good stage, or stays, where the policy says so', async () => {
    for (const [where, green] of [
      ['last-good', 5],
      ['stay', 25],
    ] as const) {
      const router = new Router({ failing: 0.08 });
      const policy = stagesPolicy(await serve(router)).replace('moves: {', `moves: { on-stop: ${where},`);
      const { decision } = await step(policy);
      expect(decision.reason).toBe('unhealthy');
      expect(router.weights.green).toBe(green);
    }
  });

  it('proves one stage alone, from where the stage before left it, and nowhere else', async () => {
    const router = new Router({ green: 5 });
    const url = await serve(router);
    const { decision, record, summary } = await step(stagesPolicy(url), { stage: 'canary-25' });
    expect(decision.decision).toBe('continue');
    expect(router.weights.green).toBe(25);
    expect(record.walk).toMatchObject({ from: 2, to: 2 });
    expect(summary).toContain('not part of this run');
    const again = await step(stagesPolicy(url), { stage: 'canary-25' });
    expect(again.decision).toMatchObject({ decision: 'stop', reason: 'not-moved' });
    expect(again.decision.sentence).toContain('green gets 25 % of the traffic, expected 5 %');
    expect(router.weights.green).toBe(25);
    const wrong = await step(stagesPolicy(url), { stage: 'canary25' });
    expect(wrong.decision.reason).toBe('policy-error');
    expect(wrong.host.lines.join('\n')).toContain('did you mean `canary-25`?');
  });

  it('does not take the traffic away from the side that has it', async () => {
    const router = new Router({ green: 100 });
    const { decision } = await step(stagesPolicy(await serve(router)));
    expect(decision).toMatchObject({ decision: 'stop', reason: 'not-moved' });
    expect(decision.sentence).toContain('is it the live side');
    expect(router.written).toEqual([]);
  });

  it('moves nothing where the policy only observes', async () => {
    const router = new Router({ failing: 1 });
    const { decision } = await step(stagesPolicy(await serve(router)), { observe: 'true' });
    expect(decision.decision).toBe('continue');
    expect(router.written).toEqual([]);
  });

  it('is stopped by somebody who moves the traffic meanwhile, and takes it back', async () => {
    const router = new Router();
    let reads = 0;
    const { url } = await standIn((request, response) => {
      if (router.written.length > 0 && request.method === 'GET' && request.path === '/traffic') reads += 1;
      if (reads === 2 && router.weights.green === 5) {
        router.weights = { blue: 30, green: 70 };
        router.version += 1;
      }
      const { status, body, headers } = router.respond(request);
      reply(response, status, body, headers);
    });
    const { decision } = await step(stagesPolicy(url));
    expect(decision).toMatchObject({ decision: 'stop', gates: ['the traffic of lb stands where it was put'] });
    expect(router.weights).toEqual({ blue: 100, green: 0 });
  });

  it.each(['lost', 'throttled', 'conflict'] as const)(
    'leaves the traffic on a known side when a write is %s',
    async (trouble) => {
      for (const at of [1, 3]) {
        const router = new Router();
        const url = await serve(router, (_, count) => (count === at ? trouble : undefined));
        const { decision } = await step(stagesPolicy(url));
        expect(decision.decision).toBe('continue');
        expect(router.weights.green).toBe(100);
      }
      const never = new Router();
      const { decision } = await step(
        stagesPolicy(await serve(never, (_, count) => (count > 1 && count < 6 ? trouble : undefined))),
      );
      // A write that is lost each time was taken each time; after the others it is where the last good stage, or the retreat, put it.
      const known = { lost: [['continue', 100]], throttled: [['stop', 0]], conflict: [['stop', 5]] }[trouble];
      expect(known).toContainEqual([decision.decision, never.weights.green]);
    },
  );

  it('asks the gates of each stage, and only those', async () => {
    const router = new Router();
    const url = await serve(router);
    const stages = `stages:
  - name: canary
    move: { source: lb, traffic: { green: 5% } }
    without: [error rate]
    gates: [{ name: green alone, type: telemetry, source: { type: http-json, url: "${url}/rate" }, query: body.green, unit: ratio, threshold: "< 1%" }]
  - { name: production, move: { source: lb, traffic: { green: 100% } } }`;
    const { decision, record, summary } = await step(stagesPolicy(url, '', stages));
    expect(decision.decision).toBe('continue');
    const asked = (at: number) => record.rounds.find((round) => round.step === at)?.gates.map(({ gate }) => gate);
    expect(asked(1)).toEqual(['green alone', 'the traffic of lb stands where it was put']);
    expect(asked(2)).toEqual(['error rate', 'the traffic of lb stands where it was put']);
    expect(summary).toContain('green alone');
  });

  it.each([
    ['a gate of no name', 'without: [errors rate]', 'there is no gate `errors rate`; did you mean `error rate`?'],
    ['a source that moves nothing', 'move: { source: file, traffic: { green: 5% } }', 'cannot move traffic'],
    [
      'no source',
      'move: { source: lp, traffic: { green: 5% } }',
      'there is no source `lp` under `sources`; did you mean `lb`?',
    ],
    ['a swap where there is none', 'move: { source: lb, swap: green }', 'cannot let two targets change places'],
    [
      'two moves in one',
      'move: { source: lb, swap: green, traffic: { green: 5% } }',
      'one of `traffic`, `swap` and `flag`',
    ],
    ['more than all', 'move: { source: lb, traffic: { green: 60%, blue: 50% } }', 'at most 100% together'],
    ['nothing to prove it', 'without: [error rate]', 'no gate blocks at this stage'],
    ['a deadline that is too short', 'deadline: 1m', 'expected more than warm-up and bake time together (2m)'],
  ])('is refused with %s', async (_, stage, words) => {
    const url = await serve(new Router());
    const stages = `stages:\n  - { name: one, ${stage} }`;
    const policy = stagesPolicy(url, '', stages).replace(
      'sources:',
      'sources:\n  file: { type: flagd, file: flags.json }',
    );
    const { decision, host } = await step(policy);
    expect(decision.reason).toBe('policy-error');
    expect(host.lines.join('\n').replaceAll(/\s+/g, ' ')).toContain(words);
  });
});

describe('a walk that is cut off between its stages', () => {
  it('by a freeze stays where it is, and goes on from its record once that is over', async () => {
    const router = new Router();
    const url = await serve(router);
    const at = Date.parse('2026-11-23T10:00:00Z');
    const freeze = 'freezes: [{ name: noon, zone: UTC, from: 2026-11-23 10:02, to: 2026-11-23 12:00 }]';
    const policy = stagesPolicy(url, freeze);
    const frozen = await step(policy, {}, { at });
    expect(frozen.decision).toMatchObject({ decision: 'stop', reason: 'frozen' });
    expect(router.weights.green).toBe(5);
    const resume = frozen.host.outputs.record ?? '';
    const later = await step(policy, { resume }, { at: at + 3 * 3_600_000 });
    expect(later.decision).toMatchObject({ decision: 'continue', reason: 'healthy' });
    expect(walkedOf(later.record)?.map(([name]) => name)).toEqual(['canary-25', 'production']);
    expect(router.weights.green).toBe(100);
  });
});

describe('a run that is kept', () => {
  const parking = (url: string) =>
    stagesPolicy(url).replace('deadline: 30m', 'deadline: 30m, on-hold: park, park-after: 0s');

  /** Jobs one after another, each a minute after the last, as a schedule starts them. */
  async function jobs(policy: string, state: string, most = 40) {
    let at = Date.parse('2026-11-23T10:00:00Z');
    for (let count = 1; count <= most; count += 1) {
      const ran = await step(policy, { state }, { at });
      if (ran.decision.decision !== 'hold') return { ...ran, count };
      expect(ran.decision.reason).toBe('parked');
      expect(ran.host.finished).toMatchObject({ exitCode: 3 });
      expect(ran.summary).toMatch(/^## Hold: /);
      at = Math.max(ran.clock.now(), at + 60_000);
    }
    throw new Error('it never arrived');
  }

  it('parks, and arrives in another job', async () => {
    const router = new Router();
    const { decision, record, count } = await jobs(parking(await serve(router)), kept());
    expect(decision).toMatchObject({ decision: 'continue', reason: 'healthy' });
    expect(count).toBeGreaterThan(6);
    expect(router.written.map(({ green }) => green)).toEqual([5, 25, 100]);
    expect(record.runs?.length).toBe(count - 1);
    expect(record.rounds.map(({ number }) => number)).toEqual(record.rounds.map((_, i) => i + 1));
  });

  it('parks, and stops in another job with the traffic back', async () => {
    const router = new Router({ failing: 0.08 });
    const { decision, record } = await jobs(parking(await serve(router)), kept());
    expect(decision).toMatchObject({ decision: 'stop', reason: 'unhealthy' });
    expect(walkedOf(record)).toEqual([
      ['canary-5', 'healthy'],
      ['canary-25', 'unhealthy'],
    ]);
    expect(router.weights).toEqual({ blue: 100, green: 0 });
  });

  it('begins anew once it has ended', async () => {
    const state = kept();
    const router = new Router();
    const url = await serve(router);
    await jobs(parking(url), state);
    const again = await step(parking(url), { state });
    expect(again.decision).toMatchObject({ reason: 'not-moved' });
  });

  it('wants a place to be kept in', async () => {
    const { decision, host } = await step(parking(await serve(new Router())));
    expect(decision.reason).toBe('policy-error');
    expect(host.lines.join('\n')).toContain('expected the input `state`');
  });

  it('is not gone on with by another release, nor when the state was changed', async () => {
    const state = kept();
    const url = await serve(new Router());
    await step(parking(url), { state });
    const other = await step(parking(url), { state, commit: 'f00d'.repeat(10) });
    expect(other.decision.reason).toBe('policy-error');
    expect(other.host.lines.join('\n').replaceAll(/\s+/g, ' ')).toContain(
      'holds an unfinished run that moved something',
    );
    const changed = await step(parking(url).replace('< 1%', '< 2%'), { state });
    expect(changed.host.lines.join('\n').replaceAll(/\s+/g, ' ')).toContain('with another policy');
    writeFileSync(state, readFileSync(state, 'utf8').replace('"healthy"', '"unhealthy"'));
    const forged = await step(parking(url), { state });
    expect(forged.decision.reason).toBe('policy-error');
    expect(forged.host.lines.join('\n')).toContain('is not as it was written');
  });

  it('takes no stage for proven that its rounds do not prove', async () => {
    const state = kept();
    const router = new Router({ failing: 0.08 });
    const policy = parking(await serve(router));
    await step(policy, { state });
    // Whoever can write the file can make its hashes too.
    let hash = '';
    const forged = readFileSync(state, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => {
        const entry = JSON.parse(line.slice(line.indexOf(' ') + 1)) as JournalEntry;
        if (entry.kind === 'walk') {
          const proven: Decision = { decision: 'continue', reason: 'healthy', gates: ['error rate'], sentence: 'well' };
          entry.walk.walked = entry.walk.walked.map((one) => ({ ...one, decision: proven }));
        }
        const made = lineOf(hash, entry);
        hash = made.hash;
        return made.line;
      });
    writeFileSync(state, forged.join(''));
    const { decision, host } = await step(policy, { state });
    expect(decision).toMatchObject({ decision: 'stop', reason: 'policy-error' });
    expect(host.lines.join('\n').replaceAll(/\s+/g, ' ')).toContain('stage canary-5 is not what its rounds come to');
    expect(router.weights.green).toBe(5);
  });

  it('goes on after a torn line', async () => {
    const state = kept();
    const router = new Router();
    const url = await serve(router);
    await step(parking(url), { state });
    writeFileSync(state, `${readFileSync(state, 'utf8')}3f2a {"kind":"rou`);
    const { decision } = await jobs(parking(url), state);
    expect(decision.decision).toBe('continue');
  });

  it('goes on after a cancellation, and the round that was cut off is asked again', async () => {
    const state = kept();
    const router = new Router();
    const url = await serve(router);
    const controller = new AbortController();
    const policy = stagesPolicy(url);
    const host = new FakeHost({ policy, state });
    const clock = new SimulatedClock(undefined, 60, requestsInFlight);
    const log = host.log.bind(host);
    host.log = (text) => {
      log(text);
      if (text.includes('round 5')) controller.abort(143);
    };
    const cut = await run(host, { env: {}, version: '1', clock, random: () => 0.5, cancel: controller.signal });
    expect(cut.reason).toBe('cancelled');
    expect(router.weights.green).toBeGreaterThan(0);
    const { decision, record } = await step(policy, { state }, { at: clock.now() + 60_000 });
    expect(decision.decision).toBe('continue');
    expect(record.rounds.every((round) => round.decision.reason !== 'cancelled')).toBe(true);
    expect(router.weights.green).toBe(100);
  });
});
