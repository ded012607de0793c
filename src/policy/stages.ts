/**
 * The stages by which a train moves: rings, shares of the traffic, slots. Each moves something (or nothing), and is then proven by gates
 * that begin anew. A `rollout` is the same with a flag at each stage.
 */
import * as v from 'valibot';
import { percentOfShare, percentsOf } from '../reactions/flags/fields.js';
import { percentWords } from '../record/flag-words.js';
import { flagValues, type MeaningConfig, meaningFields } from '../sources/flags/meaning.js';
import { described, duration, filled, percentage } from './fields.js';
import { withStands } from './preparation.js';
import type { GateConfig, Policy } from './schema.js';

const share = percentage((x) => x >= 0 && x <= 1, 'a percentage from 0% to 100% such as `5%`');

const targets = v.pipe(
  v.unknown(),
  v.check(
    (x) => typeof x === 'object' && x !== null && !Array.isArray(x) && Object.keys(x).length > 0,
    'a map of targets, such as `green: 5%`',
  ),
  v.check(
    (x) => !['__proto__', 'constructor', 'prototype'].some((key) => Object.hasOwn(x as object, key)),
    'names of targets other than __proto__, constructor, prototype',
  ),
  v.record(v.string(), share),
  v.check(
    (x) => Object.values(x).reduce((sum, one) => sum + one, 0) <= 1 + 1e-9,
    'percentages of at most 100% together',
  ),
);

const moveFields = {
  source: described(filled, 'Name of an entry of `sources` of a type that can move traffic, or change flags.'),
  traffic: described(
    v.optional(targets),
    'Where the new version runs, and what each of these gets of the requests: `{ green: 5% }`. The rest goes to the others.',
  ),
  rest: described(
    v.optional(filled),
    'Beside `traffic`: who gets the rest. Default: the production slot, where the system has one, else those that have it now, as they share it now.',
  ),
  swap: described(
    v.optional(filled),
    'The target that changes places with the one that has the traffic: `swap: staging`.',
  ),
  with: described(v.optional(filled), 'Beside `swap`: that other one. Default: `production`.'),
  flag: described(v.optional(filled), 'A flag that is rolled out.'),
  rollout: described(v.optional(share), 'Beside `flag`: to how much of everybody. `0%` is off.'),
  'on-values': described(v.optional(flagValues), 'Beside `flag`: see [flags](flags.md).'),
  'off-values': described(v.optional(flagValues), 'Beside `flag`: see [flags](flags.md).'),
  'code-default': described(v.optional(v.picklist(['on', 'off'])), 'Beside `flag`: see [flags](flags.md).'),
};

const kinds = ['traffic', 'swap', 'flag'] as const;
/** What stands only beside what. */
const beside = {
  rest: 'traffic',
  with: 'swap',
  rollout: 'flag',
  'on-values': 'flag',
  'off-values': 'flag',
  'code-default': 'flag',
} as const;

const move = v.pipe(
  v.strictObject(moveFields),
  v.check((m) => kinds.filter((key) => m[key] !== undefined).length === 1, 'one of `traffic`, `swap` and `flag`'),
  v.check((m) => (m.flag === undefined) === (m.rollout === undefined), '`flag` and `rollout` together'),
  v.check(
    (m) =>
      Object.entries(beside).every(([key, of]) => m[key as keyof typeof beside] === undefined || m[of] !== undefined),
    '`rest` only beside `traffic`, `with` beside `swap`, and what is about flags beside `flag`',
  ),
);

/** @param gate the schema of any gate */
export const stagesSchema = <G extends v.GenericSchema>(gate: G) =>
  v.pipe(
    v.array(
      v.strictObject({
        name: described(filled, 'What people call it: `canary-5`; unique. The input `stage` names it.'),
        move: described(v.optional(move), 'What is moved before the stage is proven. Default: nothing.'),
        bake: described(
          v.optional(duration),
          'How long all blocking gates must be healthy together. Default: `steady` of `evaluation`.',
        ),
        warmup: described(v.optional(duration), 'As in `evaluation`, from the move on. Default: that of `evaluation`.'),
        deadline: described(v.optional(duration), 'Longest time of this stage. Default: that of `evaluation`.'),
        gates: described(v.optional(v.array(gate), []), 'Gates of this stage alone, beside those of the policy.'),
        without: described(
          v.optional(v.array(filled), []),
          'Names of gates of the policy that are not asked at this stage.',
        ),
      }),
    ),
    v.minLength(1, 'at least one stage'),
  );

export const movesSchema = v.strictObject({
  'on-stop': described(
    v.optional(v.picklist(['back', 'last-good', 'stay']), 'back'),
    'Where what was moved goes when the train stops: `back` to the old version, to the `last-good` stage, or nowhere (`stay`).',
  ),
  'on-cancel': described(
    v.optional(v.picklist(['stay', 'back', 'last-good']), 'stay'),
    'The same when the run is cancelled. From `stay` the inputs `state` and `resume` go on.',
  ),
  'verify-within': described(
    v.optional(duration, '1m'),
    'How long each move is read back until it is as wanted; what is not seen by then counts as not done.',
  ),
});

export type WhereTo = 'back' | 'last-good' | 'stay';

/** Times in milliseconds. */
export interface MovesConfig {
  readonly 'on-stop': WhereTo;
  readonly 'on-cancel': WhereTo;
  readonly 'verify-within': number;
}

/** As the policy writes a move, defaults filled in where it is about a flag. Shares, 0 to 1. */
export interface MoveConfig extends Partial<MeaningConfig> {
  readonly source: string;
  readonly traffic?: Readonly<Record<string, number>>;
  readonly rest?: string;
  readonly swap?: string;
  readonly with?: string;
  readonly flag?: string;
  readonly rollout?: number;
}

/** A valid stage, defaults filled in; times in milliseconds. */
export interface StageConfig {
  readonly name: string;
  readonly move?: MoveConfig;
  readonly bake: number;
  readonly warmup: number;
  readonly deadline: number;
  readonly gates: readonly GateConfig[];
  readonly without: readonly string[];
}

interface FlagMove extends MeaningConfig {
  readonly kind: 'flag';
  readonly source: string;
  readonly flag: string;
  /** Percent. */
  readonly percent: number;
  /** Where it stands before the first move, percent; absent: it is off. */
  readonly from?: number;
}
interface WeightsMove {
  readonly kind: 'weights';
  readonly source: string;
  /** Percent by target. */
  readonly weights: Readonly<Record<string, number>>;
  readonly rest?: string;
}
interface SwapMove {
  readonly kind: 'swap';
  readonly source: string;
  readonly from: string;
  readonly with: string;
}
/** One step of what is moved. */
export type Move = FlagMove | WeightsMove | SwapMove;

export interface Stage extends Omit<StageConfig, 'move'> {
  readonly move?: Move;
}

const meaningDefaults = v.strictObject(meaningFields);

function moveOf(config: MoveConfig): Move {
  const { source, traffic, rest, swap, flag } = config;
  if (traffic !== undefined) {
    const weights = Object.fromEntries(Object.entries(traffic).map(([name, x]) => [name, percentOfShare(x)]));
    return { kind: 'weights', source, weights, ...(rest === undefined ? {} : { rest }) };
  }
  if (swap !== undefined) return { kind: 'swap', source, from: swap, with: config.with ?? 'production' };
  const meaning = v.parse(meaningDefaults, {
    'on-values': config['on-values'],
    'off-values': config['off-values'],
    'code-default': config['code-default'],
  });
  return { kind: 'flag', source, flag: flag ?? '', percent: percentOfShare(config.rollout ?? 0), ...meaning };
}

/** The stages of a policy in their order, those that its `rollout` stands for too; empty: it moves nothing. */
export function stagesOf({ stages, rollout, evaluation }: Pick<Policy, 'stages' | 'rollout' | 'evaluation'>): Stage[] {
  if (stages) {
    return stages.map(({ move: written, ...stage }) => ({
      ...stage,
      ...(written === undefined ? {} : { move: moveOf(written) }),
    }));
  }
  if (!rollout) return [];
  const { warmup, deadline } = evaluation;
  return percentsOf(rollout).map((percent) => ({
    name: percentWords(percent),
    move: {
      kind: 'flag',
      source: rollout.source,
      flag: rollout.flag,
      percent,
      ...(rollout.from === 0 ? {} : { from: percentOfShare(rollout.from) }),
      'on-values': rollout['on-values'],
      'off-values': rollout['off-values'],
      'code-default': rollout['code-default'],
    },
    bake: rollout.bake,
    warmup,
    deadline,
    gates: [],
    without: [],
  }));
}

const flagWhereTo = { off: 'back', stay: 'stay', 'last-good': 'last-good' } as const;

/** What becomes of the moves when the train does not arrive. */
export function movesOf({ moves, rollout }: Pick<Policy, 'moves' | 'rollout'>): MovesConfig {
  if (moves) return moves;
  if (!rollout) return { 'on-stop': 'back', 'on-cancel': 'stay', 'verify-within': 60_000 };
  const { 'on-stop': stop, 'on-cancel': cancel, 'verify-within': verify } = rollout;
  return { 'on-stop': flagWhereTo[stop], 'on-cancel': flagWhereTo[cancel], 'verify-within': verify };
}

/** What is moved: the same for all moves that come after one another. */
export const subjectOf = (move: Move): string =>
  move.kind === 'flag' ? `flag ${move.flag} in ${move.source}` : `traffic of ${move.source}`;

/** Every gate that the policy writes, and where. */
export function writtenGates({
  gates,
  stages = [],
}: Pick<Policy, 'gates' | 'stages'>): { gate: GateConfig; path: (string | number)[] }[] {
  return [
    ...gates.map((gate, index) => ({ gate, path: ['gates', index] })),
    ...stages.flatMap((stage, at) =>
      stage.gates.map((gate, index) => ({ gate, path: ['stages', at, 'gates', index] })),
    ),
  ];
}

/**
 * What must hold at one stage: a policy of its own.
 *
 * @param index 0 is the first
 */
export function stagePolicy(policy: Policy, index: number): Policy {
  const stages = stagesOf(policy);
  const stage = stages[index];
  if (!stage) throw new Error(`there is no stage ${index + 1}`);
  const asked = (gate: GateConfig): number => stages.filter(({ without }) => !without.includes(gate.name)).length;
  const kept = policy.gates.filter(({ name }) => !stage.without.includes(name));
  // Each stage is judged anew, and the chances of a false stop add up over them.
  const shared = kept.map((gate): GateConfig => {
    const rate = gate['false-stop-rate'];
    return rate === undefined ? gate : { ...gate, 'false-stop-rate': rate / Math.max(1, asked(gate)) };
  });
  const { bake, warmup, deadline } = stage;
  const evaluation = { ...policy.evaluation, steady: bake, warmup, deadline };
  return withStands({ ...policy, gates: [...shared, ...stage.gates], evaluation }, stages.slice(0, index + 1));
}

/** Names of all gates that stand in rounds, in the order of the report. */
export function allGates(policy: Policy): GateConfig[] {
  const found = new Map(policy.gates.map((gate) => [gate.name, gate]));
  for (const index of stagesOf(policy).keys()) {
    for (const gate of stagePolicy(policy, index).gates) if (!found.has(gate.name)) found.set(gate.name, gate);
  }
  return [...found.values()];
}
