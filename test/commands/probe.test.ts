/** A train that probes two real servers, from the policy to the record: what it decides, what it shows, that it follows again. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { bindGates } from '../../src/commands/bind.js';
import { run } from '../../src/commands/run.js';
import { loadPolicy } from '../../src/policy/load.js';
import { recordSchema } from '../../src/record/record.js';
import { runRound } from '../../src/train/round.js';
import { requestsInFlight, SimulatedClock } from '../support/clock.js';
import { sourceContext } from '../support/context.js';
import { FakeHost } from '../support/host.js';
import { type Handler, reply, standIn } from '../support/server.js';

async function step(idle: Handler, live: Handler | undefined) {
  const one = await standIn(idle);
  const other = live && (await standIn(live));
  const policy = {
    version: 1,
    service: 'checkout',
    sources: {
      slots: {
        type: 'slot-probe',
        idle: { url: one.url, token: `\${env.TOKEN}` },
        ...(other ? { live: { url: other.url } } : {}),
        endpoints: [{ path: '/health?key=private' }, { path: '/prices' }],
      },
    },
    evaluation: { every: '30s', deadline: '10m' },
    gates: [{ name: 'idle slot', type: 'probe', source: 'slots', latency: { 'slower-by': 'bucket' } }],
  };
  // It follows from its record again: see FakeHost.
  const host = new FakeHost({ policy: JSON.stringify(policy, null, 1) });
  const decision = await run(host, {
    env: { TOKEN: 'very-private' },
    version: '1.2.3',
    clock: new SimulatedClock(undefined, 20, requestsInFlight),
    random: () => 0.5,
    cancel: new AbortController().signal,
  });
  const text = readFileSync(host.outputs.record ?? '', 'utf8');
  const summary = readFileSync(host.shown ?? '', 'utf8');
  expect(`${text}${summary}`).not.toContain('very-private');
  return { decision, record: v.parse(recordSchema, JSON.parse(text)), summary };
}

const well: Handler = (_, response) => reply(response, 200, {});
const bad: Handler = (_, response) => reply(response, 500, {});

describe('a train that probes', () => {
  it('continues after as many requests as it takes, and shows what was asked', async () => {
    const { decision, record, summary } = await step(well, well);
    expect(decision).toMatchObject({ decision: 'continue' });
    // And the final check.
    expect(record.rounds).toHaveLength(6);
    expect(record.rounds[4]?.gates[0]?.reading).toMatchObject({ code: 'no-harm-seen', events: 100 });
    expect(summary).toContain('idle side 0 of 20 requests failed, live side 0 of 20');
    expect(summary).toMatch(/GET \/prices.* on the live side: 0 of 10 requests failed, half within \d+ ms/);
    const measurements = record.rounds.flatMap(({ gates }) => gates.flatMap(({ answers }) => answers));
    expect(JSON.stringify(measurements)).not.toContain('private');
  });

  it('stops for an idle side that fails, in the first round', async () => {
    const { decision, record } = await step(bad, well);
    expect(decision).toMatchObject({ decision: 'stop', reason: 'unhealthy' });
    expect(record.rounds).toHaveLength(1);
  });

  it('is not measured where both fail, and blames nobody', async () => {
    const { decision, record } = await step(bad, bad);
    expect(decision).toMatchObject({ decision: 'stop', reason: 'not-measured' });
    expect(record.rounds.at(-1)?.gates[0]?.reading).toMatchObject({ state: 'error', code: 'live-failed' });
  });

  it('goes by the limit where there is nothing to compare with', async () => {
    expect((await step(well, undefined)).decision).toMatchObject({ decision: 'continue' });
    expect((await step(bad, undefined)).decision).toMatchObject({ decision: 'stop', reason: 'unhealthy' });
  });
});

it('counts what a round that was cut off has proven', async () => {
  const hanging = await standIn(() => {});
  const live = await standIn(well);
  const source = {
    type: 'slot-probe',
    idle: { url: hanging.url },
    live: { url: live.url },
    endpoints: [{ path: '/', within: '300ms' }],
    concurrency: 20,
  };
  const gates = [{ name: 'idle slot', type: 'probe', source, requests: 100, 'warm-up': 0 }];
  const text = JSON.stringify({ version: 1, gates });
  const { policy, problems } = await loadPolicy({ text, overrides: [], facts: {}, env: {}, observe: false });
  if (!policy) throw new Error(JSON.stringify(problems));
  const context = sourceContext();
  const now = context.clock.now();
  const [outcome] = await runRound(
    bindGates(policy, context),
    { now, deployedAt: now, settledAt: now },
    { timeoutMs: 1300, cancel: new AbortController().signal },
    context.clock,
  );
  expect(outcome?.reading).toMatchObject({ state: 'unhealthy', code: 'over-max-failures' });
  expect(outcome?.answers).toMatchObject([{ measurement: { partial: false } }]);
  const [answer] = outcome?.answers ?? [];
  const unsent =
    answer && 'measurement' in answer && answer.measurement.kind === 'probes' ? answer.measurement.unsent : 0;
  expect(unsent).toBeGreaterThan(0);
});
