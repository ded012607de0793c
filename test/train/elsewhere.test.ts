/** A gate that asks a second source: who is asked what, once, and under which name it is recorded. */
import { describe, expect, it } from 'vitest';
import { flagsGate } from '../../src/gates/flags.js';
import type { GateConfig } from '../../src/policy/schema.js';
import { type AnySource, type FlagQuestion, NotMeasured } from '../../src/sources/source.js';
import type { BoundGate } from '../../src/train/round.js';
import { runRound } from '../../src/train/round.js';
import { SimulatedClock } from '../support/clock.js';
import { bindGate } from '../support/flag-gate.js';
import { FakeFlags } from '../support/flags.js';

const never = new AbortController().signal;
const limits = { timeoutMs: 30_000, cancel: never };
const config = (name: string): GateConfig => ({
  type: 'flags',
  name,
  source: 'production',
  enforce: 'block',
  'on-missing': 'hold',
  'on-error': 'hold',
  'unhealthy-after': 2,
});

/** Records what it is asked. */
function listening(source: FakeFlags): { source: AnySource; asked: FlagQuestion[] } {
  const asked: FlagQuestion[] = [];
  const flags = (question: FlagQuestion) => {
    asked.push(question);
    return source.flags(question);
  };
  return { source: { flags }, asked };
}

const setUp = (clock: SimulatedClock, percent: number) => new FakeFlags(clock, { x: { enabled: true, percent } });
const compares = { expect: { x: 'exists' }, parity: { with: 'staging', rule: 'not-ahead-of' } };

function world(here: number, there: number) {
  const clock = new SimulatedClock();
  const [production, staging] = [setUp(clock, here), setUp(clock, there)];
  const [own, other] = [listening(production), listening(staging)];
  const bound = (name: string, gate: Record<string, unknown>, change: Partial<BoundGate> = {}): BoundGate => ({
    config: config(name),
    gate: bindGate(flagsGate, gate),
    sourceName: 'production',
    source: own.source,
    others: new Map([['staging', other.source]]),
    settleMs: 0,
    ...change,
  });
  const now = clock.now();
  const round = (...gates: BoundGate[]) => runRound(gates, { now, deployedAt: now, settledAt: now }, limits, clock);
  return { production, staging, own, other, bound, round };
}

describe('a second source', () => {
  it('answers under its own name', async () => {
    const { bound, round } = world(5, 25);
    const [outcome] = await round(bound('parity', compares));
    expect(outcome?.reading).toMatchObject({
      state: 'healthy',
      reason: 'x is there, is on for 5 % here and on for 25 % in staging',
    });
    expect(outcome?.answers.map((a) => [a.role, 'measurement' in a && a.measurement.source])).toEqual([
      ['x', 'production'],
      ['x in staging', 'staging'],
    ]);
    const ahead = world(50, 25);
    expect((await ahead.round(ahead.bound('parity', compares)))[0]?.reading?.state).toBe('unhealthy');
  });

  it('is asked as if it were the own one of another gate, and only once', async () => {
    const { own, other, bound, round } = world(5, 5);
    await round(
      bound('parity', compares),
      bound('staging', { expect: { x: 'partial' } }, { source: other.source, sourceName: 'staging' }),
    );
    expect(own.asked).toHaveLength(1);
    expect(other.asked).toEqual([{ family: 'flags', ask: 'states', of: { flag: 'x' }, meaning: expect.anything() }]);
  });

  it('fails under its own name, and is never taken for the own one', async () => {
    const { staging, bound, round } = world(5, 5);
    staging.flags = () => Promise.reject(new NotMeasured('unauthorized', 'no'));
    const [outcome] = await round(bound('parity', compares));
    expect(outcome?.reading).toMatchObject({ state: 'error', code: 'unauthorized' });
    expect(outcome?.answers[1]).toMatchObject({ role: 'x in staging', source: 'staging' });
    const [without] = await round(bound('parity', compares, { others: new Map() }));
    expect(without?.reading?.state).toBe('error');
    expect(without?.answers[1]).toMatchObject({ source: 'staging', failure: { code: 'internal' } });
  });

  it('that is late is named too', async () => {
    const { staging, bound, round } = world(5, 5);
    staging.flags = () => new Promise(() => undefined);
    const [outcome] = await round(bound('parity', compares));
    expect(outcome?.answers[1]).toMatchObject({ source: 'staging', failure: { code: 'timeout' } });
  });
});
