/** Puts a record together. Pure. */
import type { Host } from '../host/host.js';
import { sourceName } from '../policy/relate.js';
import type { GateConfig, Policy } from '../policy/schema.js';
import { allGates } from '../policy/stages.js';
import { lettingGo } from '../train/clearance.js';
import { iso } from '../train/clock.js';
import type { Decision, DecisionRecord, Problem, Reaction, Round, Walk } from './record.js';
import type { Override, Standing } from './standing.js';

export interface Facts {
  readonly tool: { readonly name: string; readonly version: string };
  readonly host: Pick<Host, 'kind' | 'facts'>;
  readonly policyFile: string | undefined;
  /** Of the policy as it was written. */
  readonly policySha256: string;
  /** Absent when the policy is not valid. */
  readonly policy: Policy | undefined;
  /** Of the gates, by their names; absent: there is nothing to say of them. */
  readonly gates?: ReadonlyMap<string, Pick<DecisionRecord['gates'][number], 'settle' | 'place'>>;
  readonly observe: boolean;
  /** Milliseconds since the epoch, as are the other times. */
  readonly began: number;
  readonly deployedAt: number | undefined;
  /** Absent: nothing stood when the train began, or nobody looked. */
  readonly standing?: Standing | undefined;
}

export interface Outcome {
  readonly rounds: readonly Round[];
  readonly verdict: Decision;
  readonly problems: readonly Problem[];
  readonly ended: number;
  readonly reactions?: readonly Reaction[];
  readonly walk?: Walk | undefined;
  readonly runs?: DecisionRecord['runs'];
}

/**
 * What the step does: what the gates say, unless the policy only observes, or somebody answers for it. Being cut off or misused is not theirs
 * to say.
 *
 * @param override see `lettingGo`
 */
export function decisionFor(verdict: Decision, observe: boolean, override?: Override): Decision {
  if (verdict.decision === 'continue') return verdict;
  if (['cancelled', 'policy-error', 'internal-error'].includes(verdict.reason)) return verdict;
  if (override && !observe) {
    const { by, reason, expires } = override;
    const sentence = `${by} lets it go until ${expires} (${reason}); the gates say ${verdict.decision}: ${verdict.sentence}`;
    return { ...verdict, decision: 'continue', reason: 'overridden', sentence };
  }
  if (!observe) return verdict;
  return {
    ...verdict,
    decision: 'continue',
    reason: 'observed',
    sentence: `observed only; the gates say ${verdict.decision}: ${verdict.sentence}`,
  };
}

export function buildRecord(facts: Facts, outcome: Outcome): DecisionRecord {
  const { policy, host, standing } = facts;
  const override = facts.observe ? undefined : overrideOf(facts, outcome);
  return {
    signalbox: 1,
    tool: { ...facts.tool },
    ...releaseIn(facts),
    host: {
      kind: host.kind,
      repository: host.facts.repository ?? null,
      ref: host.facts.ref ?? null,
      actor: host.facts.actor ?? null,
      run: host.facts.run ?? null,
    },
    policy: { file: facts.policyFile ?? null, sha256: facts.policySha256, effective: policy ?? null },
    observe: facts.observe,
    began: iso(facts.began),
    ended: iso(outcome.ended),
    gates: gatesIn(facts, outcome).map((gate) => ({
      name: gate.name,
      type: gate.type,
      source: sourceName(gate),
      enforce: gate.enforce,
      ...facts.gates?.get(gate.name),
    })),
    rounds: [...outcome.rounds],
    decision: decisionFor(outcome.verdict, facts.observe, override),
    verdict: outcome.verdict,
    problems: [...outcome.problems],
    ...(outcome.reactions?.length ? { reactions: [...outcome.reactions] } : {}),
    ...(outcome.walk === undefined ? {} : { walk: outcome.walk }),
    ...(outcome.runs?.length ? { runs: [...outcome.runs] } : {}),
    ...(standing === undefined
      ? {}
      : { standing: override ? { ...standing, used: [...standing.used, override] } : standing }),
  };
}

const releaseIn = ({ policy, host, deployedAt }: Facts): Pick<DecisionRecord, 'service' | 'release'> => ({
  service: policy?.service ?? null,
  release: {
    sha: policy?.release.sha ?? host.facts.sha ?? null,
    version: policy?.release.version ?? null,
    environment: policy?.release.environment ?? host.facts.environment ?? null,
    deployedAt: deployedAt === undefined ? null : iso(deployedAt),
  },
});

/** The override by which the train goes although its gates stop it. */
export const overrideOf = (facts: Facts, outcome: Pick<Outcome, 'rounds' | 'verdict' | 'walk'>): Override | undefined =>
  lettingGo({ ...releaseIn(facts), ...outcome, rounds: [...outcome.rounds], standing: facts.standing });

/** Those of stages that were walked, too. */
function gatesIn({ policy }: Facts, { walk, rounds }: Outcome): readonly GateConfig[] {
  if (!policy) return [];
  if (!walk) return policy.gates;
  const asked = new Set(rounds.flatMap((round) => round.gates.map(({ gate }) => gate)));
  const ofPolicy = new Set(policy.gates);
  return allGates(policy).filter((gate) => ofPolicy.has(gate) || asked.has(gate.name));
}
