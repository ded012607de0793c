/** What stands in sound scans, against what the policy allows. */
import { countsOf, type ScanRun, type Severity, severities } from '../../record/scans.js';
import { type Config, ranked } from './fields.js';

type Ranked = (typeof ranked)[number];

/** What of the policy it rests on. */
export type Limits = Pick<Config, 'block' | 'unknown-severity'> & Partial<Pick<Config, 'warn' | 'most'>>;

export interface Standing {
  /** By severity as the scan gives it. */
  readonly counts: Readonly<Record<Severity, number>>;
  /** Severities with more findings than are allowed. */
  readonly over: readonly Severity[];
  /** Findings that stop the train. */
  readonly blocking: number;
  /** The rest of those at or over `warn`. */
  readonly warned: number;
}

export const sum = (numbers: Iterable<number>): number => [...numbers].reduce((a, b) => a + b, 0);

const rankOf = (severity: Severity, limits: Limits): Ranked =>
  severity === 'unknown' ? limits['unknown-severity'] : severity;

const reaches = (severity: Severity, bar: Ranked | undefined, limits: Limits): boolean =>
  bar !== undefined && ranked.indexOf(rankOf(severity, limits)) <= ranked.indexOf(bar);

/** @param sound runs whose findings stand */
export function stand(sound: Iterable<ScanRun>, limits: Limits): Standing {
  const counts = countsOf(sound, 'counted');
  const of = (rank: Ranked) => sum(severities.filter((s) => rankOf(s, limits) === rank).map((s) => counts[s]));
  const allowed = (rank: Ranked): number =>
    limits.most?.[rank] ?? (reaches(rank, limits.block, limits) ? 0 : Number.POSITIVE_INFINITY);
  const tooMany = sum(Object.values(counts)) > (limits.most?.total ?? Number.POSITIVE_INFINITY);
  const over = severities.filter(
    (s) => counts[s] > 0 && (tooMany || of(rankOf(s, limits)) > allowed(rankOf(s, limits))),
  );
  const looked = severities.filter((s) => !over.includes(s) && reaches(s, limits.warn, limits));
  return {
    counts,
    over,
    blocking: sum(over.map((s) => counts[s])),
    warned: sum(looked.map((s) => counts[s])),
  };
}
