/** What would have become of a train if one gate had only been observed: the same readings, folded again. Pure. */
import type { Policy } from '../policy/schema.js';
import type { Decision, DecisionRecord } from '../record/record.js';
import { advance, decide, initialState, type Rule } from './decide.js';

/**
 * @returns the decision at which it would have ended, or the last one that held it; undefined: the record has no rounds, or no policy
 */
export function without(record: DecisionRecord, gate: string): Decision | undefined {
  const { gates, evaluation } = (record.policy.effective ?? {}) as Partial<Policy>;
  const step = record.rounds.at(-1)?.step;
  // Of a rollout the last step, where it ended: each begins anew.
  const rounds = record.rounds.filter((round) => round.step === step);
  const [first] = rounds;
  if (!first || !Array.isArray(gates) || !evaluation) return undefined;
  const steady = record.rollout ? (record.policy.effective as Policy).rollout?.bake : undefined;
  const times = { ...evaluation, ...(steady === undefined ? {} : { steady }) };
  const rules = record.gates.map(({ name }): Rule => {
    const written = gates.find((g) => g.name === name) as Rule | undefined;
    const rule = written ?? { ...preparation, name };
    return name === gate ? { ...rule, enforce: 'observe' } : rule;
  });
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

/** The gate that watches where a rollout put its flag stands in no policy. */
const preparation: Omit<Rule, 'name'> = {
  enforce: 'block',
  'on-missing': 'hold',
  'on-error': 'hold',
  'unhealthy-after': 2,
  preparation: true,
};
