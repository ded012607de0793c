/** A train that is parked after each round, and gone on with by another job from the rounds alone, is the same train. */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { canaryGate } from '../../src/gates/canary.js';
import type { Evaluation, GateConfig } from '../../src/policy/schema.js';
import type { Round } from '../../src/record/record.js';
import type { AnySource, TelemetryQuestion } from '../../src/sources/source.js';
import { signalText } from '../../src/sources/telemetry/signals.js';
import { type Clock, iso } from '../../src/train/clock.js';
import type { BoundGate } from '../../src/train/round.js';
import { runTrain } from '../../src/train/run.js';
import { Random } from '../judge/support/random.js';
import { SimulatedClock } from '../support/clock.js';
import { start } from '../support/evidence.js';

const minute = 60_000;
const evaluation: Evaluation = {
  warmup: 0,
  every: minute,
  steady: 2 * minute,
  deadline: 240 * minute,
  'error-budget': 30 * minute,
  'round-timeout': 30_000,
  'false-stop-rate': 0.05,
};

/** A service whose canary fails `times` as often, the same in every job. */
function serviceOf(clock: Clock, times: number, seed: number): AnySource {
  const count = (version: string, bin: number): number => {
    const random = new Random(seed * 7919 + bin * 2 + (version === 'new' ? 1 : 0));
    const rate = 0.01 * (version === 'new' ? times : 1);
    return random.binomial(400, rate);
  };
  return {
    telemetry: async ({ query, window, range }: TelemetryQuestion) => {
      await Promise.resolve();
      const every = range?.everyMs ?? minute;
      const bins = Math.round((window.to - window.from) / every);
      const text = signalText(query);
      const series = ['new', 'old'].map((version) => {
        const values = Array.from({ length: bins }, (_, i) =>
          text.includes('failures') ? count(version, Math.round((window.from - start) / every) + i) : 400,
        );
        return { labels: { version }, value: values.at(-1) ?? null, points: bins, bins: values };
      });
      return {
        kind: 'samples' as const,
        subject: 'requests',
        query: text,
        at: iso(clock.now()),
        seen: 2,
        notes: [],
        partial: false,
        window: { from: iso(window.from), to: iso(window.to) },
        newest: iso(window.to - 1000),
        series,
      };
    },
  };
}

function gateOn(source: AnySource): BoundGate {
  const fields = v.parse(canaryGate.schema, {
    failures: 'sum by (version) (failures)',
    total: 'sum by (version) (total)',
    arms: { by: 'version', canary: 'new', baseline: 'old' },
    history: 'none',
    'false-stop-rate': '1%',
    window: '1h',
  }) as object;
  const config = {
    ...fields,
    type: 'canary',
    name: 'canary',
    source: 's',
    enforce: 'block',
    'on-missing': 'hold',
    'on-error': 'hold',
    'unhealthy-after': 2,
  } as GateConfig;
  return { config, gate: canaryGate.bind(config as never), sourceName: 's', source, settleMs: 0 };
}

async function undisturbed(times: number, seed: number) {
  const clock = new SimulatedClock(start);
  const rounds: Round[] = [];
  const { decision } = await runTrain({
    gates: [gateOn(serviceOf(clock, times, seed))],
    evaluation,
    deployedAt: start,
    clock,
    random: () => 0.5,
    cancel: new AbortController().signal,
    onRound: (round) => rounds.push(round),
  });
  return { rounds, decision };
}

/** Every job begins when the last one's next round was due, knows nothing but its rounds, and parks at once. */
async function parkedEachRound(times: number, seed: number) {
  let rounds: Round[] = [];
  let due = start;
  for (let jobs = 1; ; jobs += 1) {
    const clock = new SimulatedClock(due);
    const parked = await runTrain({
      gates: [gateOn(serviceOf(clock, times, seed))],
      evaluation,
      deployedAt: start,
      clock,
      random: () => 0.5,
      cancel: new AbortController().signal,
      earlier: structuredClone(rounds),
      parkAt: due,
      onRound: (round) => {
        rounds = [...rounds, JSON.parse(JSON.stringify(round)) as Round];
      },
    });
    if (parked.decision.reason !== 'parked') return { rounds, decision: parked.decision, jobs };
    due = Date.parse(rounds.at(-1)?.began ?? '') + evaluation.every;
  }
}

describe('a train of many jobs', () => {
  it.each([
    ['a good canary', 1, 'continue'],
    ['one that fails three times as often', 3, 'stop'],
    ['one that fails somewhat more often', 1.5, 'continue'],
  ] as const)('comes to the same, round by round, for %s', async (_, times, expected) => {
    const alone = await undisturbed(times, 11);
    const many = await parkedEachRound(times, 11);
    expect(alone.decision.decision).toBe(expected);
    expect(many.decision).toEqual(alone.decision);
    expect(many.rounds).toEqual(JSON.parse(JSON.stringify(alone.rounds)));
    expect(many.jobs).toBeGreaterThan(2);
  });

  it('does not outlive its deadline, however late the next job comes', async () => {
    const first = new SimulatedClock(start);
    const rounds: Round[] = [];
    const common = { evaluation, deployedAt: start, random: () => 0.5, cancel: new AbortController().signal };
    const onRound = (round: Round) => rounds.push(round);
    const gates = (clock: Clock) => [gateOn(serviceOf(clock, 1, 5))];
    const parked = await runTrain({ ...common, gates: gates(first), clock: first, onRound, parkAt: start });
    expect(parked.decision).toMatchObject({ decision: 'hold', reason: 'parked' });
    const late = new SimulatedClock(start + evaluation.deadline + minute);
    const went = await runTrain({
      ...common,
      gates: gates(late),
      clock: late,
      onRound,
      earlier: [...rounds],
      parkAt: 0,
    });
    expect(went.decision.decision).toBe('stop');
  });

  it('proves nothing of the time in which nobody looked', async () => {
    const rounds: Round[] = [];
    const healthy = { ...evaluation, steady: 30 * minute };
    for (const at of [70, 100, 130]) {
      const clock = new SimulatedClock(start + at * minute);
      const gates = [gateOn(serviceOf(clock, 1, 5))];
      const { decision } = await runTrain({
        gates,
        evaluation: healthy,
        deployedAt: start,
        clock,
        random: () => 0.5,
        cancel: new AbortController().signal,
        earlier: [...rounds],
        parkAt: clock.now(),
        onRound: (round) => rounds.push(round),
      });
      // An hour has passed, of which two intervals at a time were looked at.
      expect(decision).toMatchObject({ decision: 'hold', reason: 'parked' });
    }
  });
});
