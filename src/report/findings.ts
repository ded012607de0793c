/** What scanners found, as the report shows it: what stands against the policy, what else counts, and what became of the rest. */
import type { Answer, Scans } from '../record/evidence.js';
import { countsOf, type Fate, fates, type ScanRun, type Severity, severities } from '../record/scans.js';
import { askedOf, type Counts, soundOf, standingOf, totalOf } from './findings-standing.js';
import type { GateHistory } from './history.js';
import type { GateView } from './view.js';

export type Finding = Scans['findings'][number];

/** A finding, and whether its file is one of a container image and not of the repository. */
export interface Found extends Finding {
  readonly inImage: boolean;
}

/** What does not count, for one reason. */
export interface Excused {
  readonly fate: Fate;
  readonly reason: string;
  readonly count: number;
}

export interface FindingsView {
  /** Whether the gate has said anything of the release; where it has not, no finding is no good news. */
  readonly judged: boolean;
  /** Of all runs. */
  readonly runs: number;
  readonly results: number;
  /** See `fatesOf`. */
  readonly fates: readonly (readonly [Fate, number])[];
  /** What counts in sound scans, by tool, the worst first. */
  readonly tools: readonly (readonly [string, Counts])[];
  /** Severities of which there are more than the policy allows. */
  readonly over: readonly Severity[];
  /** What an unknown severity counts as, where the record says so. */
  readonly unknownAs?: Severity;
  /** What stands against the policy, in sound scans. */
  readonly against: Counts;
  /** Results to review, where those stand against the policy too. */
  readonly toReview: number;
  /** Both together. */
  readonly againstAll: number;
  /** What counts and is allowed; of these `warned` are to be looked at. */
  readonly allowed: Counts;
  readonly warned: number;
  /** What counts in scans that are no evidence. */
  readonly unproven: Counts;
  /** The worst of each, as far as the record keeps them. */
  readonly worst: Readonly<Record<'against' | 'allowed' | 'unproven', readonly Found[]>>;
  readonly excused: readonly Excused[];
  /** What does not count and is worth a line of its own, as far as the record keeps it, and how many there are of it. */
  readonly listed: readonly Found[];
  readonly listable: number;
  /** What should be put in order. */
  readonly remarks: readonly string[];
  /** What is missing from the evidence. */
  readonly gaps: readonly string[];
}

/** Reasons to ignore a result that somebody chose, where the others are facts about it. */
const chosen: ReadonlySet<string> = new Set(['RULE', 'BASELINE']);

const isListed = ({ fate, reason }: Pick<Finding, 'fate' | 'reason'>): boolean =>
  fate !== 'counted' && fate !== 'malformed' && (fate !== 'ignored' || chosen.has(reason));

/** The worst `most` of each fate: many of one kind must not push the others out of sight. */
export const fewOf = (found: readonly Found[], most: number): Found[] =>
  fates.flatMap((fate) => found.filter((one) => one.fate === fate).slice(0, most));

/** @returns undefined: the gate has no answer that is about scans */
export function findingsOf(history: GateHistory, rule: unknown): FindingsView | undefined {
  const all = history.answers.flatMap(scansOf);
  if (all.length === 0) return undefined;
  const asked = askedOf(rule);
  const now = Date.parse(history.answeredAt ?? '');
  const weighed = all.map((scans) => ({ scans, ...soundOf(scans, asked, now) }));
  const runs = all.flatMap((scans) => scans.runs);
  const sound = new Set(weighed.flatMap((one) => [...one.sound]));
  const standing = standingOf(sound, asked, history.state === 'unhealthy');
  const byFate = (fate: Fate, of: Iterable<ScanRun> = runs): number => totalOf(countsOf(of, fate));
  const toReview = asked?.review === 'block' ? byFate('review', sound) : 0;

  const excused = excusedOf(runs);

  const found = all.flatMap((scans) => scans.findings.map((finding) => ({ finding, run: scans.runs[finding.run] })));
  const kept = (fits: (finding: Finding, isSound: boolean) => boolean): Found[] =>
    found
      .filter(({ finding, run }) => fits(finding, run !== undefined && sound.has(run)))
      .map(({ finding, run }) => ({ ...finding, inImage: run?.categories.includes('container') ?? false }));
  const isOver = ({ severity }: Finding) => standing.over.includes(severity);
  const counts = ({ fate }: Finding) => fate === 'counted';

  return {
    judged: history.state === 'healthy' || history.state === 'unhealthy',
    runs: runs.length,
    results: runs.reduce((sum, { results }) => sum + results, 0),
    fates: fatesOf(runs),
    tools: toolsOf(sound),
    ...standing,
    ...(asked === undefined ? {} : { unknownAs: asked['unknown-severity'] }),
    toReview,
    againstAll: totalOf(standing.against) + toReview,
    unproven: countsOf(
      runs.filter((run) => !sound.has(run)),
      'counted',
    ),
    worst: {
      against: kept(
        (one, isSound) => isSound && ((counts(one) && isOver(one)) || (toReview > 0 && one.fate === 'review')),
      ),
      allowed: kept((one, isSound) => isSound && counts(one) && !isOver(one)),
      unproven: kept((one, isSound) => !isSound && counts(one)),
    },
    excused,
    listed: kept((one, isSound) => isListed(one) && !(toReview > 0 && isSound && one.fate === 'review')),
    listable: excused.reduce((sum, one) => sum + (isListed(one) ? one.count : 0), 0) - toReview,
    remarks: [...new Set(all.flatMap((scans) => scans.remarks.map(({ message }) => message)))],
    gaps: [...new Set(weighed.flatMap(({ gaps }) => gaps))],
  };
}

const scansOf = (answer: Answer): Scans[] =>
  'measurement' in answer && answer.measurement.kind === 'scans' ? [answer.measurement] : [];

/** How many results have each fate that occurs, in the order of the fates. */
export const fatesOf = (runs: readonly ScanRun[]): [Fate, number][] =>
  fates.map((fate): [Fate, number] => [fate, totalOf(countsOf(runs, fate))]).filter(([, n]) => n > 0);

/** Whether there is more to show than totals: something counts, or somebody chose that it does not. */
const worthShowing = ({ excused, fates: all }: FindingsView): boolean =>
  all.some(([fate]) => fate !== 'ignored') || excused.some(({ reason }) => chosen.has(reason));

export type WithFindings = GateView & { readonly findings: FindingsView };

/** Gates whose findings are shown, what stands in the way first. */
export const gatesWithFindings = (gates: readonly GateView[]): WithFindings[] =>
  gates
    .filter((gate): gate is WithFindings => gate.findings !== undefined && worthShowing(gate.findings))
    .sort((a, b) => Number(b.blamed) - Number(a.blamed) || b.findings.againstAll - a.findings.againstAll);

/** What should be put in order, of all gates. */
export const remarksOf = (gates: readonly GateView[]): string[] => [
  ...new Set(gates.flatMap(({ findings }) => findings?.remarks ?? [])),
];

function toolsOf(runs: Iterable<ScanRun>): [string, Counts][] {
  const byTool = new Map<string, ScanRun[]>();
  for (const run of runs) byTool.set(run.tool, [...(byTool.get(run.tool) ?? []), run]);
  return [...byTool]
    .map(([tool, its]): [string, Counts] => [tool, countsOf(its, 'counted')])
    .filter(([, counts]) => totalOf(counts) > 0)
    .sort(([, a], [, b]) => worse(b, a));
}

/** By the worst severity in which they differ. */
function worse(a: Counts, b: Counts): number {
  const first = severities.find((severity) => a[severity] !== b[severity]);
  return first === undefined ? 0 : a[first] - b[first];
}

function excusedOf(runs: readonly ScanRun[]): Excused[] {
  const byReason = new Map<string, Excused>();
  for (const { fate, reason, count } of runs.flatMap(({ tally }) => tally)) {
    if (fate === 'counted') continue;
    const key = `${fate} ${reason}`;
    byReason.set(key, { fate, reason, count: count + (byReason.get(key)?.count ?? 0) });
  }
  return [...byReason.values()].sort((a, b) => fates.indexOf(a.fate) - fates.indexOf(b.fate) || b.count - a.count);
}
