/** Puts a record together. Pure. */
import type { Host } from '../host/host.js';
import { standsName } from '../policy/preparation.js';
import { sourceName } from '../policy/relate.js';
import type { Policy } from '../policy/schema.js';
import { iso } from '../train/clock.js';
import type { Decision, DecisionRecord, Problem, Reaction, Rollout, Round } from './record.js';

export interface Facts {
  readonly tool: { readonly name: string; readonly version: string };
  readonly host: Pick<Host, 'kind' | 'facts'>;
  readonly policyFile: string | undefined;
  /** Of the policy as it was written. */
  readonly policySha256: string;
  /** Absent when the policy is not valid. */
  readonly policy: Policy | undefined;
  /** Of the policy's gates, in their order; absent: there is nothing to say of them. */
  readonly gates?: readonly Pick<DecisionRecord['gates'][number], 'settle' | 'place'>[];
  readonly observe: boolean;
  /** Milliseconds since the epoch, as are the other times. */
  readonly began: number;
  readonly deployedAt: number | undefined;
}

export interface Outcome {
  readonly rounds: readonly Round[];
  readonly verdict: Decision;
  readonly problems: readonly Problem[];
  readonly ended: number;
  readonly reactions?: readonly Reaction[];
  readonly rollout?: Rollout | undefined;
}

/** What the step does: what the gates say, unless the policy only observes. Being cut off or misused is not theirs to say. */
export function decisionFor(verdict: Decision, observe: boolean): Decision {
  if (!observe || verdict.decision === 'continue') return verdict;
  if (['cancelled', 'policy-error', 'internal-error'].includes(verdict.reason)) return verdict;
  return {
    ...verdict,
    decision: 'continue',
    reason: 'observed',
    sentence: `observed only; the gates say ${verdict.decision}: ${verdict.sentence}`,
  };
}

export function buildRecord(facts: Facts, outcome: Outcome): DecisionRecord {
  const { policy, host } = facts;
  return {
    signalbox: 1,
    tool: { ...facts.tool },
    service: policy?.service ?? null,
    release: {
      sha: policy?.release.sha ?? host.facts.sha ?? null,
      version: policy?.release.version ?? null,
      environment: policy?.release.environment ?? host.facts.environment ?? null,
      deployedAt: facts.deployedAt === undefined ? null : iso(facts.deployedAt),
    },
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
    gates: [
      ...(policy?.gates ?? []).map((gate, index) => ({
        name: gate.name,
        type: gate.type,
        source: sourceName(gate),
        enforce: gate.enforce,
        ...facts.gates?.[index],
      })),
      ...(policy && outcome.rollout && outcome.rollout.walked.length > 0
        ? [{ name: standsName(policy), type: 'flags', source: outcome.rollout.source, enforce: 'block' as const }]
        : []),
    ],
    rounds: [...outcome.rounds],
    decision: decisionFor(outcome.verdict, facts.observe),
    verdict: outcome.verdict,
    problems: [...outcome.problems],
    ...(outcome.reactions?.length ? { reactions: [...outcome.reactions] } : {}),
    ...(outcome.rollout === undefined ? {} : { rollout: outcome.rollout }),
  };
}
