/**
 * A record gone through again: from its policy and the answers in it every reading, every round's decision and the verdict are made anew
 * and held against what stands there. Pure; nothing is asked. What nobody can make again is taken as it stands: that somebody
 * cancelled, that Signalbox itself failed, what became of a flag that was moved. Each of these stops the train, or is followed by rounds
 * that are gone through.
 */
import { gateTypeOf } from '../gates/index.js';
import { stageOf } from '../policy/preparation.js';
import type { Policy } from '../policy/schema.js';
import type { RolloutConfig } from '../reactions/flags/fields.js';
import { decisionFor } from '../record/build.js';
import type { FlagChange } from '../record/flags.js';
import type { Decision, DecisionRecord, Round } from '../record/record.js';
import { advance, decide, initialState, type TrainState } from './decide.js';
import { type Walk, walk } from './rollout.js';
import { judgeRound } from './round.js';
import { cancelled, phaseOf } from './run.js';

/** Something that does not come out as it stands in the record. */
export interface Difference {
  /** `round 3, error rate`, `verdict`. */
  readonly where: string;
  readonly recorded: string;
  readonly replayed: string;
}

export interface Replay {
  readonly rounds: number;
  readonly readings: number;
  /** What the gates come to; undefined: the record has no evidence to come to anything by. */
  readonly verdict: Decision | undefined;
  readonly differences: readonly Difference[];
}

/** A stop for which no evidence is needed: nothing was measured, or what was measured did not decide it. */
const external: ReadonlySet<string> = new Set(['cancelled', 'policy-error', 'internal-error', 'not-moved']);

/** @throws {Error} when the record holds no policy that gates can be made from */
export async function replay(record: DecisionRecord): Promise<Replay> {
  const differences: Difference[] = [];
  const expect = (where: string, recorded: unknown, replayed: unknown): void => {
    const [a, b] = [stable(recorded), stable(replayed)];
    if (a !== b) differences.push({ where, recorded: a, replayed: b });
  };
  const { rounds, verdict, rollout } = record;
  let outcome: Decision | undefined;
  if (rounds.length > 0 || rollout) {
    const policy = policyOf(record);
    const deployedAt = Date.parse(record.release.deployedAt ?? '');
    outcome =
      rollout && policy.rollout
        ? await replayRollout(record, policy, policy.rollout, expect)
        : train({ record, policy, rounds, deployedAt, before: 0 }, expect);
  }
  if (verdict.decision === 'continue' && outcome === undefined) {
    expect('verdict', verdict, 'no evidence to continue by');
  } else if (outcome && !(verdict.decision === 'stop' && external.has(verdict.reason))) {
    expect('verdict', verdict, outcome);
  }
  if (verdict.decision === 'hold') expect('verdict', verdict, 'a record ends with continue or stop');
  expect('decision', record.decision, decisionFor(verdict, record.observe));
  const readings = rounds.reduce((sum, round) => sum + round.gates.length, 0);
  return { rounds: rounds.length, readings, verdict: outcome, differences };
}

type Expect = (where: string, recorded: unknown, replayed: unknown) => void;

/** Values that JSON writes alike are alike, whatever the order of their keys. */
const stable = (value: unknown): string =>
  JSON.stringify(value, (_, x: unknown) =>
    typeof x === 'object' && x !== null && !Array.isArray(x)
      ? Object.fromEntries(Object.entries(x).sort(([a], [b]) => (a < b ? -1 : 1)))
      : x,
  ) ?? 'nothing';

/** The record types it as unknown, since it may come from another version. */
function policyOf({ policy: { effective } }: DecisionRecord): Policy {
  const policy = effective as Partial<Policy> | null;
  if (!policy || !Array.isArray(policy.gates) || typeof policy.evaluation !== 'object') {
    throw new Error('it holds no policy to judge by');
  }
  return policy as Policy;
}

interface Stage {
  readonly record: Pick<DecisionRecord, 'gates'>;
  readonly policy: Policy;
  readonly rounds: readonly Round[];
  readonly deployedAt: number;
  /** Rounds of earlier steps. */
  readonly before: number;
}

/** One train. @returns what it comes to; the rounds that hold are cut off by a cancellation */
function train({ record, policy, rounds, deployedAt, before }: Stage, expect: Expect): Decision {
  const { gates: rules, evaluation } = policy;
  const bound = rules.map((config) => {
    const type = gateTypeOf(config.type);
    if (!type) throw new Error(`there is no gate of type ${config.type}`);
    const settle = record.gates.find(({ name }) => name === config.name)?.settle ?? 0;
    return { config, gate: type.bind(config), settle };
  });
  const settledAt = deployedAt + evaluation.warmup;
  const deadline = Date.parse(rounds[0]?.began ?? '') + evaluation.deadline;
  const memories = new Map<string, unknown>();
  let state: TrainState = initialState;
  let decision: Decision | undefined;
  for (const [index, round] of rounds.entries()) {
    const where = `round ${round.number}`;
    if (decision && decision.decision !== 'hold') expect(where, 'a round', `none: ${decision.decision} before it`);
    const now = Date.parse(round.began);
    expect(`${where}, number`, round.number, before + index + 1);
    const phase = phaseOf(decision?.reason === 'final-check', now, settledAt);
    expect(`${where}, phase`, round.phase, phase);
    expect(
      `${where}, gates`,
      round.gates.map(({ gate }) => gate),
      rules.map(({ name }) => name),
    );
    const readings = new Map(
      bound.map((one) => {
        const { name } = one.config;
        const recorded = round.gates.find(({ gate }) => gate === name);
        const moment = { now, deployedAt, settledAt, completeTo: now - one.settle };
        const { reading, memory } = judgeRound(one, recorded?.answers ?? [], moment, memories.get(name));
        memories.set(name, memory);
        expect(`${where}, ${name}`, recorded?.reading, reading);
        return [name, reading];
      }),
    );
    state = advance(state, { at: now, phase, readings }, rules, evaluation);
    const cut = round.decision.reason === 'cancelled' && index === rounds.length - 1;
    decision = cut
      ? cancelled(round.number)
      : decide(state, rules, evaluation, { now: Date.parse(round.ended), deadline });
    expect(`${where}, decision`, round.decision, decision);
  }
  return decision && decision.decision !== 'hold' ? decision : cancelled(before + rounds.length);
}

/** The walk again: the flag goes as the record says that it went, and each step is what its rounds come to. */
async function replayRollout(
  record: DecisionRecord,
  policy: Policy,
  config: RolloutConfig,
  expect: Expect,
): Promise<Decision | undefined> {
  const { rollout } = record;
  if (!rollout) return undefined;
  const { walked, resumed, end } = rollout;
  // The walk ended where nothing more was written down, and came to nothing.
  const cut = new Error('cut off');
  let moves = 0;
  let rounds = 0;
  const moved = async (): Promise<FlagChange> => {
    const found = walked[moves]?.moved;
    moves += 1;
    if (!found) throw cut;
    return found;
  };
  const bake = async (step: number, percent: number): Promise<Decision> => {
    const one = walked.find((entry) => entry.step === step);
    if (!one?.decision) throw cut;
    const own = record.rounds.filter((round) => round.step === step);
    const before = rounds;
    rounds += own.length;
    // A crash within the step: what it was is in no answer.
    if (one.decision.reason === 'internal-error') return one.decision;
    const deployedAt = Date.parse(one.since ?? '');
    const stage = stageOf(policy, config, percent);
    const decision = train({ record, policy: stage, rounds: own, deployedAt, before }, expect);
    expect(`step ${step}`, one.decision, decision);
    return decision;
  };
  const options: Walk = {
    config,
    clock: { now: () => 0, sleep: () => Promise.resolve() },
    cancel: new AbortController().signal,
    resumed,
    move: moved,
    retreat: async () => end ?? (walked.at(-1)?.moved as FlagChange),
    bake,
    onProgress: () => undefined,
  };
  const done = await walk(options).catch((error: unknown) => {
    if (error !== cut) throw error;
    return undefined;
  });
  expect('rounds of the steps', record.rounds.length, rounds);
  return done?.decision;
}
