/**
 * How bad a result is, from what it says of itself. Neither a score nor a level is enough alone: CodeQL writes no level, OSV-Scanner one for
 * everything, Trivy and Grype `0.0` for "unknown". What cannot be told is `unknown`, never low.
 */
import type { Severity } from '../../../record/scans.js';
import type { Triage } from '../question.js';
import type { Ranked, Rating, Result } from '../result.js';

/** Least first. */
export const steps: readonly Ranked[] = ['low', 'medium', 'high', 'critical'];

/** Worst first. Unknown stands behind high since it may be that, and before medium so that it is not cut off. */
const worstFirst: readonly Severity[] = ['critical', 'high', 'unknown', 'medium', 'low'];
export const bySeverity = (a: Severity, b: Severity): number => worstFirst.indexOf(a) - worstFirst.indexOf(b);

/** What the severity is treated as where it must rank. */
export const rankOf = (
  severity: Severity,
  { 'unknown-severity': unknown }: Pick<Triage, 'unknown-severity'>,
): Ranked => (severity === 'unknown' ? unknown : severity);

/** Whether `a` is as bad as `b` or worse. */
export const atLeast = (a: Ranked, b: Ranked): boolean => steps.indexOf(a) >= steps.indexOf(b);

export interface Judged extends Rating {
  /** What the other measure says, when they are two steps apart or more. */
  readonly conflict?: string;
}

type Telling = Rating & { readonly severity: Ranked };
const tells = (rating: Rating | undefined): Telling | undefined =>
  rating === undefined || rating.severity === 'unknown' ? undefined : (rating as Telling);

/** The severity that holds, and which measure it comes from. */
export function severityOf({ score, level, secret }: Result, from: Triage['severity-from']): Judged {
  const [byScore, byLevel] = [tells(score), tells(level)];
  if (byScore && byLevel) {
    const higher = atLeast(byScore.severity, byLevel.severity) ? byScore : byLevel;
    // One of them must be wrong, and nobody knows which.
    const apart = Math.abs(steps.indexOf(byScore.severity) - steps.indexOf(byLevel.severity)) >= 2;
    const chosen = apart || from === 'strictest' ? higher : from === 'score' ? byScore : byLevel;
    const other = chosen === byScore ? byLevel : byScore;
    return apart ? { ...chosen, conflict: `${other.why} says ${other.severity}` } : chosen;
  }
  const only = byScore ?? byLevel;
  if (only) return only;
  if (secret) return { severity: 'critical', why: 'a secret' };
  const silent = score ?? level;
  return { severity: 'unknown', why: silent === undefined ? 'the scan does not say how bad it is' : silent.why };
}
