import { describe, expect, it } from 'vitest';
import type { Evaluation } from '../../src/policy/schema.js';
import { type Stage, stagesOf } from '../../src/policy/stages.js';
import type { Traffic, TrafficChange } from '../../src/record/deployments.js';
import type { Walk } from '../../src/record/record.js';
import { planBack } from '../../src/train/back.js';
import { trafficElsewhere } from '../../src/train/where.js';

const at = '2026-11-23T10:00:00.000Z';
const common = { bake: 0, warmup: 0, deadline: 60_000, gates: [], without: [] };
const stagesFrom = (...moves: readonly (Record<string, unknown> | null)[]): Stage[] =>
  stagesOf({
    evaluation: {} as Evaluation,
    stages: moves.map((move, i) => ({ ...common, name: `s${i + 1}`, ...(move ? { move: move as never } : {}) })),
  });

const blue: Traffic = { weights: { blue: 100, green: 0 } };
const change = (before: Traffic | null, after: Traffic | null, outcome: TrafficChange['outcome'] = 'changed') =>
  ({ source: 'lb', traffic: 'checkout', wanted: 'w', outcome, at, detail: 'd', before, after }) satisfies TrafficChange;
const walked = (step: number, moved: TrafficChange | null, more: object = {}): Walk['walked'][number] => ({
  step,
  name: `s${step}`,
  began: at,
  ended: at,
  moved,
  decision: null,
  ...more,
});

const weights = (green: number, rest?: string) => ({ source: 'lb', traffic: { green }, ...(rest ? { rest } : {}) });
const five: Traffic = { weights: { blue: 95, green: 5 } };
const all: Traffic = { weights: { blue: 0, green: 100 } };

describe('what goes back', () => {
  it('is nothing where nothing was moved, or the policy lets it stay', () => {
    const stages = stagesFrom(null, weights(0.05));
    expect(planBack('back', stages, [walked(1, null)])).toEqual([]);
    expect(planBack('stay', stages, [walked(2, change(blue, five))])).toEqual([]);
    expect(planBack('back', stages, [walked(2, change(blue, null, 'refused'))])).toEqual([]);
  });

  it('leaves the new side nothing, and gives all to who had most before the walk', () => {
    const stages = stagesFrom(weights(0.05), weights(1));
    const was: Traffic = { weights: { blue: 70, old: 30, green: 0 } };
    const plan = planBack('back', stages, [walked(1, change(was, five)), walked(2, change(five, all))]);
    expect(plan).toMatchObject([{ to: { kind: 'weights', weights: { green: 0 }, rest: 'blue' }, all: true }]);
    const named = planBack('back', stagesFrom(weights(0.05, 'old')), [walked(1, change(was, five))]);
    expect(named).toMatchObject([{ to: { weights: { green: 0 }, rest: 'old' } }]);
  });

  it('is to the last good stage exactly what was there before the last move', () => {
    const stages = stagesFrom(weights(0.05), weights(1));
    const both = [walked(1, change(blue, five)), walked(2, change(five, all))];
    expect(planBack('last-good', stages, both)).toMatchObject([{ to: { kind: 'restore', was: five }, all: false }]);
    // The stage that stopped moved nothing.
    const idle = stagesFrom(weights(0.05), null);
    expect(planBack('last-good', idle, [walked(1, change(blue, five)), walked(2, null)])).toEqual([]);
  });

  it('takes back what other runs moved at the stages before', () => {
    const flag = { source: 'flags', flag: 'f', rollout: 0.5 };
    const stages = stagesFrom(flag, weights(0.05), weights(0.25));
    const quarter: Traffic = { weights: { blue: 75, green: 25 } };
    expect(planBack('back', stages, [walked(3, change(five, quarter))]).map(({ to }) => to)).toEqual([
      { kind: 'weights', weights: { green: 0 }, rest: 'blue' },
      { kind: 'flag', percent: 0 },
    ]);
    expect(planBack('last-good', stages, [walked(3, change(five, quarter))])).toMatchObject([{ to: { was: five } }]);
  });

  it('undoes the last move first, a swap by a swap, and what may have been moved when a job was cut off', () => {
    const swap = { source: 'lb', swap: 'green', with: 'blue' };
    const flag = { source: 'flags', flag: 'f', rollout: 0.5 };
    const stages = stagesFrom(flag, weights(0.05), swap);
    const before: Traffic = { ...blue, swapped: null };
    const after: Traffic = { ...blue, swapped: { at, from: 'green', to: 'blue' } };
    const moved = [walked(1, null), walked(2, change(blue, five)), walked(3, change(before, after))];
    expect(planBack('back', stages, moved).map(({ to }) => to)).toEqual([
      { kind: 'swap-back', before, after },
      { kind: 'weights', weights: { green: 0 }, rest: 'blue' },
      { kind: 'flag', percent: 0 },
    ]);
    const cutOff = [walked(3, null, { before })];
    expect(planBack('back', stages, cutOff)[0]).toMatchObject({ to: { kind: 'swap-back', before, after: null } });
  });
});

describe('where the traffic must stand before it is moved', () => {
  const stages = stagesFrom(weights(0.05), weights(0.25));
  const speaks = (index: number, now: Traffic, resuming = false) =>
    trafficElsewhere({ stages, index, resuming })(now) !== undefined;

  it('is the old side before the first stage, and where the stage before left it after that', () => {
    expect(speaks(0, blue)).toBe(false);
    expect(speaks(0, five)).toBe(false);
    expect(speaks(0, { weights: { blue: 90, green: 10 } })).toBe(true);
    expect(speaks(1, five)).toBe(false);
    expect(speaks(1, blue)).toBe(true);
    expect(speaks(1, { weights: { blue: 75, green: 25 } })).toBe(true);
  });

  it('may be there already after a job that was cut off', () => {
    expect(speaks(1, { weights: { blue: 75, green: 25 } }, true)).toBe(false);
    expect(speaks(1, five, true)).toBe(false);
    expect(speaks(1, { weights: { blue: 50, green: 50 } }, true)).toBe(true);
  });
});
