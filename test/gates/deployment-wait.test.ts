/** A train that waits for what it needs: held until it is there, stopped when it never comes, and never for a fault of its own. */
import { describe, expect, it } from 'vitest';
import { deploymentGate } from '../../src/gates/deployment.js';
import type { GateConfig } from '../../src/policy/schema.js';
import type { Target } from '../../src/record/deployments.js';
import type { Decision } from '../../src/record/record.js';
import type { AnySource } from '../../src/sources/source.js';
import { runTrain } from '../../src/train/run.js';
import { SimulatedClock } from '../support/clock.js';
import { absentTarget, deployments, target } from '../support/deployments.js';
import { bindGate, minute } from '../support/flag-gate.js';

interface Ride {
  readonly decision: Decision;
  readonly minutes: number;
}

/** @param at what is there after so many minutes */
async function ride(at: (minutes: number) => Target, config: Partial<GateConfig> = {}, wait = true): Promise<Ride> {
  const clock = new SimulatedClock();
  const start = clock.now();
  const source: AnySource = {
    deployment: async () => {
      const { source: _, ...measurement } = deployments([at((clock.now() - start) / minute)]);
      return await Promise.resolve(measurement);
    },
  };
  const { decision } = await runTrain({
    gates: [
      {
        config: {
          type: 'deployment',
          name: 'payments has the new interface',
          source: 'slots',
          enforce: 'block',
          'on-missing': 'hold',
          'on-error': 'hold',
          'unhealthy-after': 2,
          ...config,
        },
        gate: bindGate(deploymentGate, { expect: { payments: { version: '1.2.3', ready: true } }, wait }),
        sourceName: 'slots',
        settleMs: 0,
        source,
      },
    ],
    deployedAt: start,
    clock,
    random: () => 0.5,
    cancel: new AbortController().signal,
    onRound: () => undefined,
    evaluation: {
      warmup: 0,
      every: minute,
      steady: 2 * minute,
      deadline: 30 * minute,
      'error-budget': 10 * minute,
      'round-timeout': 30_000,
      'false-stop-rate': 0.05,
    },
  });
  return { decision, minutes: (clock.now() - start) / minute };
}

const well = target('payments');
const story = (minutes: number): Target => {
  if (minutes < 3) return absentTarget('payments');
  if (minutes < 6) return target('payments', { state: 'failed', version: '1.2.2' });
  return minutes < 9 ? target('payments', { state: 'deploying' }) : well;
};

describe('with `wait`', () => {
  it('what is missing, failed, old and on its way is waited for', async () => {
    const { decision, minutes } = await ride(story);
    expect(decision).toMatchObject({ decision: 'continue', reason: 'healthy' });
    expect(minutes).toBe(11);
  });

  it.each(['stop', 'ignore'] as const)('`on-missing: %s` neither stops nor passes what is not so yet', async (word) => {
    expect(await ride(story, { 'on-missing': word })).toMatchObject({
      decision: { decision: 'continue' },
      minutes: 11,
    });
  });

  it.each(['hold', 'stop', 'ignore'] as const)(
    'the deadline ends it, for lack of evidence (`on-missing: %s`)',
    async (word) => {
      const { decision, minutes } = await ride(() => target('payments', { version: '1.2.2' }), { 'on-missing': word });
      expect(decision).toMatchObject({ decision: 'stop', reason: 'insufficient-evidence' });
      expect(decision.sentence).toContain('payments: runs 1.2.2, expected 1.2.3');
      expect(minutes).toBe(30);
    },
  );
});

describe('without', () => {
  it('what is not so stops the train after two rounds, and what failed at once', async () => {
    const old = await ride(() => target('payments', { version: '1.2.2' }), {}, false);
    expect(old).toMatchObject({ decision: { decision: 'stop', reason: 'unhealthy' }, minutes: 1 });
    const broken = await ride(() => target('payments', { state: 'failed' }), {}, false);
    expect(broken).toMatchObject({ decision: { decision: 'stop', reason: 'unhealthy' }, minutes: 0 });
  });

  it('what is being changed is waited for all the same', async () => {
    const { decision, minutes } = await ride(
      (m) => (m < 9 ? target('payments', { state: 'deploying' }) : well),
      {},
      false,
    );
    expect([decision.decision, minutes]).toEqual(['continue', 11]);
  });
});
