/** What would have become of a train if one gate had only been observed: the same readings, folded again. Pure. */
import type { Policy } from '../policy/schema.js';
import { stagePolicy } from '../policy/stages.js';
import type { Decision, DecisionRecord } from '../record/record.js';
import { advance, decide, initialState, type Rule } from './decide.js';

/**
 * @returns the decision at which it would have ended, or the last one that held it; undefined: the record has no rounds, or no policy
 */
export function without(record: DecisionRecord, gate: string): Decision | undefined {
  const step = record.rounds.at(-1)?.step;
  // Of a walk the last stage, where it ended: each begins anew.
  const rounds = record.rounds.filter((round) => round.step === step);
  const [first] = rounds;
  const written = (record.policy.effective ?? {}) as Partial<Policy>;
  if (!first || !Array.isArray(written.gates) || !written.evaluation) return undefined;
  const { gates, evaluation: times } =
    step === undefined ? (written as Policy) : stagePolicy(written as Policy, step - 1);
  const rules = gates.map((rule): Rule => (rule.name === gate ? { ...rule, enforce: 'observe' } : rule));
  const deadline = Date.parse(first.began) + times.deadline;
  let state = initialState;
  let decision: Decision | undefined;
  for (const round of rounds) {
    const readings = new Map(round.gates.map((one) => [one.gate, one.reading]));
    state = advance(state, { at: Date.parse(round.began), phase: round.phase, readings }, rules, times);
    decision = decide(state, rules, times, { now: Date.parse(round.ended), deadline });
    if (decision.decision !== 'hold') return decision;
  }
  return decision;
}
