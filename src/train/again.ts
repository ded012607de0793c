/**
 * Rounds gone through again: the gates judge the same answers, and the fold comes to the same state. So a train goes on where it was parked
 * or cut off, and a record is replayed. Pure; nothing is asked.
 */
import type { Reading } from '../judge/reading.js';
import type { Evaluation } from '../policy/schema.js';
import type { Decision, Round } from '../record/record.js';
import { advance, decide, initialState, type TrainState } from './decide.js';
import { type BoundGate, judgeRound } from './round.js';
import { cancelled, phaseOf } from './times.js';

export interface Past {
  readonly gates: readonly Pick<BoundGate, 'config' | 'gate' | 'settleMs'>[];
  readonly evaluation: Evaluation;
  /** Milliseconds since the epoch. */
  readonly deployedAt: number;
  readonly rounds: readonly Round[];
}

export interface Again {
  readonly state: TrainState;
  /** What each gate keeps of the last round, by its name. */
  readonly memories: ReadonlyMap<string, unknown>;
  /** Undefined: there was no round. */
  readonly decision: Decision | undefined;
}

/** What came of one round this time. */
export interface AgainRound {
  readonly phase: Round['phase'];
  readonly readings: ReadonlyMap<string, Reading | null>;
  /** Of the round before. */
  readonly before: Decision | undefined;
  readonly decision: Decision;
}

/** @param onRound told of every round, with what came of it this time */
export function again(
  { gates, evaluation, deployedAt, rounds }: Past,
  onRound?: (round: Round, now: AgainRound) => void,
): Again {
  const rules = gates.map(({ config }) => config);
  const settledAt = deployedAt + evaluation.warmup;
  const deadline = Date.parse(rounds[0]?.began ?? '') + evaluation.deadline;
  const memories = new Map<string, unknown>();
  let state: TrainState = initialState;
  let decision: Decision | undefined;
  for (const [index, round] of rounds.entries()) {
    const now = Date.parse(round.began);
    const phase = phaseOf(decision?.reason === 'final-check', now, settledAt);
    const readings = new Map(
      gates.map((one) => {
        const { name } = one.config;
        const recorded = round.gates.find(({ gate }) => gate === name);
        const moment = { now, deployedAt, settledAt, completeTo: now - one.settleMs };
        const { reading, memory } = judgeRound(one, recorded?.answers ?? [], moment, memories.get(name));
        memories.set(name, memory);
        return [name, reading];
      }),
    );
    state = advance(state, { at: now, phase, readings }, rules, evaluation);
    const cut = round.decision.reason === 'cancelled' && index === rounds.length - 1;
    const before = decision;
    decision = cut
      ? cancelled(round.number)
      : decide(state, rules, evaluation, { now: Date.parse(round.ended), deadline });
    onRound?.(round, { phase, readings, before, decision });
  }
  return { state, memories, decision };
}
