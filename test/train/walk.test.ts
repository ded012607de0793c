import { describe, expect, it } from 'vitest';
import type { Evaluation } from '../../src/policy/schema.js';
import { movesOf, stagesOf } from '../../src/policy/stages.js';
import { changeFlag } from '../../src/reactions/flags/change.js';
import type { RolloutConfig } from '../../src/reactions/flags/fields.js';
import type { Decision, Walk as WalkRecord } from '../../src/record/record.js';
import { type WalkDone, walk } from '../../src/train/walk.js';
import { standsElsewhere } from '../../src/train/where.js';
import { SimulatedClock } from '../support/clock.js';
import { type Document, FakeFlags, meaning } from '../support/flags.js';

const goes: Decision = { decision: 'continue', reason: 'healthy', gates: ['g'], sentence: 'all well' };
const stops: Decision = { decision: 'stop', reason: 'unhealthy', gates: ['g'], sentence: 'g: too many errors' };
const cancelled: Decision = { decision: 'stop', reason: 'cancelled', gates: [], sentence: 'cancelled' };

const config: RolloutConfig = {
  source: 'flags',
  flag: 'f',
  steps: [0.01, 0.05, 0.25, 1],
  from: 0,
  bake: 60_000,
  'on-stop': 'off',
  'on-cancel': 'stay',
  'verify-within': 60_000,
  'pre-flight': 'block',
  'on-values': [true],
  'off-values': [false],
};

interface Case {
  readonly document?: Document;
  readonly change?: Partial<RolloutConfig>;
  readonly bake?: (step: number, flags: FakeFlags) => Decision;
  readonly resumed?: WalkRecord['resumed'];
  readonly cancel?: AbortSignal;
}

interface Ran extends WalkDone {
  readonly flags: FakeFlags;
  /** Percentages that were baked, as the provider showed them. */
  readonly baked: readonly number[];
  readonly progress: readonly WalkRecord[];
}

async function run(c: Case): Promise<Ran> {
  const clock = new SimulatedClock();
  const flags = new FakeFlags(clock, { f: c.document ?? { enabled: false, percent: 0 } });
  const baked: number[] = [];
  const progress: WalkRecord[] = [];
  const common = { sourceName: 'flags', source: flags, flag: 'f', meaning, note: 'n', verifyMs: 60_000, clock };
  const signal = new AbortController().signal;
  const rollout = { ...config, ...c.change };
  const evaluation = { warmup: 0, deadline: 600_000 } as Evaluation;
  const stages = stagesOf({ rollout, evaluation });
  const done = await walk({
    stages,
    from: c.resumed?.step ?? 1,
    to: stages.length,
    moves: movesOf({ rollout }),
    clock,
    cancel: c.cancel ?? signal,
    deployedAt: clock.now(),
    resumed: c.resumed ?? null,
    move: async (step, { move }, { resuming }) => {
      if (move?.kind !== 'flag') throw new Error('no flag');
      const unless = standsElsewhere({ stages, index: step - 1, resuming });
      return changeFlag({ ...common, wanted: { to: 'rollout', percent: move.percent }, unless, signal });
    },
    retreat: async ({ to }) => {
      const percent = to.kind === 'flag' ? to.percent : 0;
      return changeFlag({ ...common, wanted: percent === 0 ? { to: 'off' } : { to: 'rollout', percent }, signal });
    },
    onProgress: (soFar) => progress.push(soFar),
    bake: async (step) => {
      baked.push(flags.state('f').exposure.lo);
      return await Promise.resolve((c.bake ?? (() => goes))(step, flags));
    },
  });
  return { ...done, flags, baked, progress };
}

describe('a rollout', () => {
  it('begins where it is told to, and nowhere else', async () => {
    const change: Partial<RolloutConfig> = { from: 0.5, steps: [0.75, 1], 'on-stop': 'last-good' };
    const half = { enabled: true, percent: 50 };
    expect((await run({ document: half, change })).baked).toEqual([75, 100]);

    const off = await run({ change });
    expect(off.decision).toMatchObject({ reason: 'not-moved' });
    expect(off.decision.sentence).toContain('expected on for 50 %');
    expect(off.flags.written).toEqual([]);

    const stopped = await run({ document: half, change, bake: () => stops });
    expect(stopped.decision).toMatchObject({ reason: 'unhealthy' });
    expect(stopped.flags.documents.get('f')).toEqual(half);
  });

  it('walks all steps, and lets the train prove each', async () => {
    const { walk: made, decision, baked, flags, progress } = await run({});
    expect(baked).toEqual([1, 5, 25, 100]);
    expect(decision).toMatchObject({ decision: 'continue', reason: 'healthy' });
    expect(decision.sentence).toContain('f at 100 %, after 4 stages');
    expect(made.walked.map(({ step, name, decision: d }) => [step, name, d?.decision])).toEqual([
      [1, '1 %', 'continue'],
      [2, '5 %', 'continue'],
      [3, '25 %', 'continue'],
      [4, '100 %', 'continue'],
    ]);
    expect(made.end).toEqual([]);
    expect(flags.state('f').reach).toBe('everyone');
    // A crash between two of these would lose nothing.
    expect(progress).toHaveLength(12);
    expect(progress[3]?.walked).toMatchObject([{ step: 1 }, { step: 2, moved: null, decision: null }]);
    expect(progress[4]?.walked).toMatchObject([
      { step: 1 },
      { step: 2, moved: { outcome: 'changed' }, decision: null },
    ]);
  });

  const atThird = (step: number): Decision => (step === 3 ? stops : goes);

  it('stops in the middle, and the flag is off afterwards', async () => {
    const { walk: made, decision, flags } = await run({ bake: atThird });
    expect(decision).toBe(stops);
    expect(made.end).toMatchObject([{ outcome: 'changed', wanted: 'off', before: { exposure: { lo: 25 } } }]);
    expect(flags.state('f').reach).toBe('nobody');
  });

  it('or back at the last good step, where the policy says so; before the first that is off', async () => {
    const back = await run({ bake: atThird, change: { 'on-stop': 'last-good' } });
    expect(back.walk.end).toMatchObject([{ outcome: 'changed', after: { exposure: { lo: 5, hi: 5 } } }]);
    const first = await run({ bake: () => stops, change: { 'on-stop': 'last-good' } });
    expect(first.flags.state('f').reach).toBe('nobody');
  });

  it('stays, goes off or back when it is cancelled, as the policy says', async () => {
    const cancel = (step: number): Decision => (step === 3 ? cancelled : goes);
    const stays = await run({ bake: cancel });
    expect(stays.walk.end).toEqual([]);
    expect(stays.flags.state('f').exposure).toEqual({ lo: 25, hi: 25 });
    const off = await run({ bake: cancel, change: { 'on-cancel': 'off' } });
    expect(off.flags.state('f').reach).toBe('nobody');
    const good = await run({ bake: cancel, change: { 'on-cancel': 'last-good' } });
    expect(good.flags.state('f').exposure).toEqual({ lo: 5, hi: 5 });
  });

  it('moves nothing once it is cancelled', async () => {
    const before = await run({ cancel: AbortSignal.abort() });
    expect(before.decision).toMatchObject({ reason: 'cancelled' });
    expect(before.flags.written).toEqual([]);
    const controller = new AbortController();
    const between = await run({
      cancel: controller.signal,
      bake: (step) => {
        if (step === 2) controller.abort();
        return goes;
      },
    });
    expect(between.decision).toMatchObject({ reason: 'cancelled' });
    expect(between.flags.state('f').exposure).toEqual({ lo: 5, hi: 5 });
  });

  it('begins only where the flag is off: else somebody else moves it', async () => {
    const { decision, flags, baked } = await run({ document: { enabled: true, percent: 5 } });
    expect(decision).toMatchObject({ decision: 'stop', reason: 'not-moved' });
    expect(decision.sentence).toContain('f is on for 5 %, expected off');
    expect(flags.written).toEqual([]);
    expect(baked).toEqual([]);
  });

  it.each([
    ['wider', { enabled: true, percent: 50 }],
    ['off', { enabled: false, percent: 5 }],
  ] as const)('fights nobody who has made it %s in between', async (_, document) => {
    const {
      decision,
      flags,
      walk: made,
    } = await run({
      bake: (step, at) => {
        if (step === 2) at.documents.set('f', document);
        return goes;
      },
    });
    expect(decision).toMatchObject({ reason: 'not-moved' });
    expect(decision.sentence).toContain('expected on for 5 %');
    expect(made.end).toEqual([]);
    expect(flags.documents.get('f')).toEqual(document);
  });

  it('goes on where a cancelled run left it, and bakes that step anew', async () => {
    const resumed = { step: 3, run: null, began: '2026-11-23T09:00:00.000Z' };
    const { decision, baked, walk: made } = await run({ document: { enabled: true, percent: 25 }, resumed });
    expect(decision.decision).toBe('continue');
    expect(baked).toEqual([25, 100]);
    expect(made.walked[0]?.moved?.outcome).toBe('already');
    const moved = await run({ document: { enabled: true, percent: 60 }, resumed });
    expect(moved.decision).toMatchObject({ reason: 'not-moved' });
    expect(moved.decision.sentence).toContain('the run that is resumed did not leave it so');
    const stopped = await run({
      document: { enabled: true, percent: 25 },
      resumed,
      change: { 'on-stop': 'last-good' },
      bake: () => stops,
    });
    expect(stopped.flags.state('f').exposure).toEqual({ lo: 5, hi: 5 });
  });

  it('goes off when a move was not seen to arrive', async () => {
    const clock = { takes: 0 };
    const ran = await run({
      bake: (_, flags) => {
        flags.takes = (wanted, was) => (wanted.percent === 5 && clock.takes++ === 0 ? was : wanted);
        return goes;
      },
    });
    expect(ran.decision).toMatchObject({ reason: 'not-moved' });
    expect(ran.walk.walked.at(-1)?.moved?.outcome).toBe('not-verified');
    expect(ran.flags.state('f').reach).toBe('nobody');
  });

  it('takes the flag back when Signalbox itself fails', async () => {
    const { decision, flags } = await run({
      bake: (step) => {
        if (step === 2) throw new Error('a bug');
        return goes;
      },
    });
    expect(decision).toMatchObject({ decision: 'stop', reason: 'internal-error' });
    expect(flags.state('f').reach).toBe('nobody');
  });
});
