/** The decision record as a reader needs it: sorted by what it means for the decision. Every form of the report is made from it. */
import { formatThreshold, parseThreshold } from '../judge/threshold.js';
import type { Evaluation, WaitOrStop } from '../policy/schema.js';
import type { Answer } from '../record/evidence.js';
import type { Decision, DecisionRecord, Enforce } from '../record/record.js';
import { type FindingsView, findingsOf } from './findings.js';
import { type GateHistory, historyOf } from './history.js';
import { safeLink } from './plain.js';

export interface GateView extends GateHistory {
  readonly name: string;
  readonly type: string;
  readonly source: string;
  readonly enforce: Enforce;
  /** Stands among the reasons for which the gates say stop. */
  readonly blamed: boolean;
  /** Has poor evidence that the policy says to ignore. */
  readonly ignored: boolean;
  /** What the policy asks of the value, as the report writes thresholds; a reading may name its hard limit in place of it. */
  readonly threshold?: string;
  /** What a measured gate has not seen all the same (a scan that crashed beside a finding), each as one text. */
  readonly gaps: readonly string[];
  /** What scanners found; absent: it did not ask any. */
  readonly findings?: FindingsView;
  /** Where a person can look at the evidence. */
  readonly link?: string;
  /** Age of the newest raw sample when it was asked for, milliseconds; with several answers the greatest. */
  readonly newestAgeMs?: number;
}

export interface View {
  readonly record: DecisionRecord;
  /** What the gates said. */
  readonly verdict: Decision;
  /** The train went although the gates say stop. */
  readonly observedStop: boolean;
  /** It went because somebody answers for it; else the policy only observes. */
  readonly overridden: boolean;
  readonly gates: readonly GateView[];
  /** The reasons, worst knowledge first as the decision names them. */
  readonly blamed: readonly GateView[];
  /** Blocking gates that are unhealthy too, without being among the reasons. */
  readonly alsoSick: readonly GateView[];
  /** Gates that are not well but let the train go: those that only warn, and poor evidence that is ignored. */
  readonly warnings: readonly GateView[];
  /** Healthy by statistics: what that proves, and what it leaves open, is said beside it. */
  readonly byStatistics: readonly GateView[];
  /** Gates of any kind without a measurement in the last round. */
  readonly unmeasured: readonly GateView[];
  /** The times of the policy, milliseconds; absent when the policy is not valid. */
  readonly evaluation: Partial<Evaluation>;
}

/** Codes of healthy readings that leave something open. */
const statistical: ReadonlySet<string> = new Set(['no-worse', 'no-harm-seen', 'as-usual']);

/** Reasons that name gates one by one; the others are about the train as a whole. */
const gateReasons: ReadonlySet<string> = new Set(['unhealthy', 'insufficient-evidence', 'not-measured']);

export function viewOf(record: DecisionRecord): View {
  const { verdict, rounds } = record;
  const policy = policyOf(record);
  const stops = verdict.decision === 'stop' && gateReasons.has(verdict.reason);
  const gates = record.gates.map((gate): GateView => {
    const history = historyOf(gate.name, rounds);
    const rule = policy.gates.get(gate.name);
    const threshold = typeof rule?.threshold === 'string' ? parseThreshold(rule.threshold) : undefined;
    const findings = findingsOf(history, rule);
    const poor = history.state === 'insufficient' ? 'on-missing' : history.state === 'error' ? 'on-error' : undefined;
    return {
      ...gate,
      ...history,
      blamed: stops && verdict.gates.includes(gate.name),
      ignored: gate.enforce === 'block' && poor !== undefined && rule?.[poor] === 'ignore' && !history.reading?.pending,
      ...(threshold ? { threshold: formatThreshold(threshold) } : {}),
      gaps:
        history.state === 'healthy' || history.state === 'unhealthy'
          ? [...history.answers.flatMap(gapsOf), ...(findings?.gaps ?? [])]
          : [],
      ...(findings && { findings }),
      ...evidenceOf(history),
    };
  });
  const blamed = gates.filter((gate) => gate.blamed);
  return {
    record,
    verdict,
    observedStop: record.decision.decision === 'continue' && verdict.decision === 'stop',
    overridden: record.decision.reason === 'overridden',
    gates,
    blamed,
    alsoSick: gates.filter((gate) => gate.enforce === 'block' && gate.state === 'unhealthy' && !gate.blamed),
    warnings: gates.filter((gate) => gate.state !== 'healthy' && (gate.enforce === 'warn' || gate.ignored)),
    byStatistics: gates.filter(({ state, reading }) => state === 'healthy' && statistical.has(reading?.code ?? '')),
    unmeasured: gates.filter((gate) => gate.state !== 'healthy' && gate.state !== 'unhealthy'),
    evaluation: policy.evaluation,
  };
}

function evidenceOf({ answers, answeredAt }: GateHistory): Pick<GateView, 'link' | 'newestAgeMs'> {
  const measurements = answers.flatMap((answer) => ('measurement' in answer ? [answer.measurement] : []));
  const link = measurements.map((m) => safeLink(m.link)).find((href) => href !== undefined);
  const ages = measurements.flatMap((m) =>
    m.kind === 'samples' && m.newest !== null && answeredAt !== null
      ? [Date.parse(answeredAt) - Date.parse(m.newest)]
      : [],
  );
  return {
    ...(link === undefined ? {} : { link }),
    ...(ages.length === 0 ? {} : { newestAgeMs: Math.max(0, ...ages) }),
  };
}

/** What any kind of answer can leave out. The judge says the worst of it among the reasons, cut short. */
function gapsOf(answer: Answer): string[] {
  if ('failure' in answer) return [`${answer.role}: ${answer.failure.message}`];
  const { measurement: m } = answer;
  return m.partial ? [`${answer.role}: the answer is incomplete`] : [];
}

interface PoorRule {
  readonly threshold?: unknown;
  readonly 'on-missing'?: WaitOrStop;
  readonly 'on-error'?: WaitOrStop;
}

/** What the report needs of the policy. The record types it as unknown, since a record may come from another version. */
function policyOf(record: DecisionRecord): { gates: ReadonlyMap<string, PoorRule>; evaluation: Partial<Evaluation> } {
  const effective = isObject(record.policy.effective) ? record.policy.effective : {};
  const rules = Array.isArray(effective.gates) ? effective.gates.filter(isObject) : [];
  const times = isObject(effective.evaluation) ? Object.entries(effective.evaluation) : [];
  return {
    gates: new Map(rules.map((rule) => [String(rule.name), rule as PoorRule])),
    evaluation: Object.fromEntries(times.filter(([, ms]) => typeof ms === 'number')),
  };
}

const isObject = (x: unknown): x is Record<string, unknown> => typeof x === 'object' && x !== null;
