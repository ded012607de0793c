/**
 * A record gone through again: from its policy and the answers in it every reading, every round's decision and the verdict are made anew
 * and held against what stands there. Pure; nothing is asked. What nobody can make again is taken as it stands: that somebody
 * cancelled, that Signalbox itself failed, what became of a flag, or of traffic, that was moved. Each of these stops the train, or is followed by rounds
 * that are gone through.
 */
import { gateTypeOf } from '../gates/index.js';
import type { Policy } from '../policy/schema.js';
import { movesOf, stagePolicy, stagesOf } from '../policy/stages.js';
import { decisionFor } from '../record/build.js';
import type { Decision, DecisionRecord, Round } from '../record/record.js';
import type { Override } from '../record/standing.js';
import { again } from './again.js';
import { judge, lettingGo } from './clearance.js';
import { cancelled, parked } from './times.js';
import { walk } from './walk.js';

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
const external: ReadonlySet<string> = new Set([
  'cancelled',
  'policy-error',
  'internal-error',
  'not-moved',
  'open-stop',
  'frozen',
]);

/** @throws {Error} when the record holds no policy that gates can be made from */
export async function replay(record: DecisionRecord): Promise<Replay> {
  const differences: Difference[] = [];
  const expect = (where: string, recorded: unknown, replayed: unknown): void => {
    const [a, b] = [stable(recorded), stable(replayed)];
    if (a !== b) differences.push({ where, recorded: a, replayed: b });
  };
  const { rounds, verdict } = record;
  let outcome: Decision | undefined;
  if (rounds.length > 0 || record.walk) {
    const policy = policyOf(record);
    const deployedAt = Date.parse(record.release.deployedAt ?? '');
    outcome =
      record.walk && stagesOf(policy).length > 0
        ? await replayWalk(record, policy, expect)
        : train({ record, policy, rounds, deployedAt, before: 0 }, expect);
  }
  if (verdict.decision === 'continue' && outcome === undefined) {
    expect('verdict', verdict, 'no evidence to continue by');
  } else if (outcome && !(verdict.decision === 'stop' && external.has(verdict.reason))) {
    expect('verdict', verdict, outcome);
  }
  if (verdict.decision === 'hold' && (verdict.reason !== 'parked' || outcome === undefined)) {
    expect('verdict', verdict, 'a record ends with continue, stop or parked');
  }
  const override = record.observe ? undefined : lettingGo(record);
  expect('decision', record.decision, decisionFor(verdict, record.observe, override));
  replayStanding(record, override, expect);
  const readings = rounds.reduce((sum, round) => sum + round.gates.length, 0);
  return { rounds: rounds.length, readings, verdict: outcome, differences };
}

type Expect = (where: string, recorded: unknown, replayed: unknown) => void;

/** Whether the train could set out at all, and what was lifted for it. A run that goes on with an earlier one had set out before. */
function replayStanding(record: DecisionRecord, override: Override | undefined, expect: Expect): void {
  const { standing, verdict, service, release, observe, runs = [] } = record;
  if (!standing) {
    if (['open-stop', 'frozen'].includes(verdict.reason)) expect('verdict', verdict, 'nothing that would have kept it');
    return;
  }
  const { stop, used } = judge(standing, { ...release, service });
  // Nobody looked when it was cut off before, or crashed.
  const cutOff = ['cancelled', 'policy-error', 'internal-error'].includes(verdict.reason);
  const unasked = record.rounds.length === 0 && verdict.reason === 'not-measured';
  const kept = !observe && runs.length === 0 && !cutOff && !unasked;
  if (stop && kept) expect('verdict', verdict, stop);
  if (!stop && verdict.reason === 'open-stop') expect('verdict', verdict, 'no stop is open');
  const lifted = observe ? [] : [...used, ...(override ? [override] : [])];
  for (const one of lifted) {
    if (!standing.used.some((other) => stable(other) === stable(one))) expect('overrides', standing.used, lifted);
  }
}

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

interface Part {
  readonly record: Pick<DecisionRecord, 'gates' | 'verdict'>;
  readonly policy: Policy;
  readonly rounds: readonly Round[];
  readonly deployedAt: number;
  /** Rounds of earlier stages. */
  readonly before: number;
}

/** One train. @returns what it comes to; the rounds that hold are cut off by a cancellation, or by parking */
function train({ record, policy, rounds, deployedAt, before }: Part, expect: Expect): Decision {
  const { gates: rules, evaluation } = policy;
  const gates = rules.map((config) => {
    const type = gateTypeOf(config.type);
    if (!type) throw new Error(`there is no gate of type ${config.type}`);
    const settleMs = record.gates.find(({ name }) => name === config.name)?.settle ?? 0;
    return { config, gate: type.bind(config), settleMs };
  });
  let number = before;
  const { decision } = again({ gates, evaluation, deployedAt, rounds }, (round, now) => {
    const where = `round ${round.number}`;
    number += 1;
    if (now.before && now.before.decision !== 'hold')
      expect(where, 'a round', `none: ${now.before.decision} before it`);
    expect(`${where}, number`, round.number, number);
    expect(`${where}, phase`, round.phase, now.phase);
    const [found, wanted] = [round.gates.map(({ gate }) => gate), rules.map(({ name }) => name)];
    expect(`${where}, gates`, found, wanted);
    for (const [name, reading] of now.readings) {
      expect(`${where}, ${name}`, round.gates.find(({ gate }) => gate === name)?.reading, reading);
    }
    expect(`${where}, decision`, round.decision, now.decision);
  });
  if (decision && decision.decision !== 'hold') return decision;
  const parks = decision !== undefined && record.verdict.reason === 'parked';
  return parks ? parked(decision) : cancelled(before + rounds.length);
}

/** The walk again: everything goes as the record says that it went, and each stage is what its rounds come to. */
async function replayWalk(record: DecisionRecord, policy: Policy, expect: Expect): Promise<Decision | undefined> {
  const { walk: recorded } = record;
  if (!recorded) return undefined;
  const { walked, resumed, end, from, to } = recorded;
  // The walk ended where nothing more was written down, and came to nothing.
  const cut = new Error('cut off');
  let rounds = 0;
  const bake = async (step: number): Promise<Decision> => {
    const one = walked.find((entry) => entry.step === step);
    if (!one?.decision) throw cut;
    const own = record.rounds.filter((round) => round.step === step);
    const before = rounds;
    rounds += own.length;
    // A crash within the stage: what it was is in no answer.
    if (one.decision.reason === 'internal-error') return one.decision;
    const stage = {
      record,
      policy: stagePolicy(policy, step - 1),
      rounds: own,
      deployedAt: Date.parse(one.since ?? ''),
      before,
    };
    const decision = train(stage, expect);
    expect(`stage ${one.name}`, one.decision, decision);
    return decision;
  };
  const stages = stagesOf(policy);
  expect(
    'stages',
    recorded.stages.map(({ name }) => name),
    stages.map(({ name }) => name),
  );
  let retreats = 0;
  const done = await walk({
    stages,
    from,
    to,
    moves: movesOf(policy),
    clock: { now: () => 0, sleep: () => Promise.resolve() },
    cancel: new AbortController().signal,
    deployedAt: Date.parse(record.release.deployedAt ?? '') || 0,
    resumed,
    move: async (step) => {
      const found = walked.find((entry) => entry.step === step)?.moved;
      if (!found) throw cut;
      return found;
    },
    retreat: async () => {
      const found = end[retreats];
      retreats += 1;
      if (!found) throw cut;
      return found;
    },
    bake: (step) => bake(step),
    onProgress: () => undefined,
  }).catch((error: unknown) => {
    if (error !== cut) throw error;
    return undefined;
  });
  expect('rounds of the stages', record.rounds.length, rounds);
  return done?.decision;
}
