/** Every result gets exactly one fate, with exactly one reason: the first of these steps that says one. Pure. */
import type { Fate } from '../../../record/scans.js';
import type { Triage } from '../question.js';
import type { Result, Suppression } from '../result.js';
import type { References, Subject } from './references.js';
import { compileRules } from './rules.js';
import { atLeast, type Judged, rankOf, severityOf } from './severity.js';

/** What became of a result, and how. */
export interface Verdict extends Judged {
  readonly fate: Fate;
  readonly reason: string;
  /** The reason in words. */
  readonly told?: string;
  /** Why it counts as exploited. */
  readonly exploited?: string;
}

/** Clocks differ by a few minutes; what was first seen later than this from now was not. */
const futureMs = 5 * 60_000;

type Outcome = Pick<Verdict, 'fate' | 'reason' | 'told'>;
const outcome = (fate: Fate, reason: string, told?: string): Outcome =>
  told === undefined ? { fate, reason } : { fate, reason, told };

/**
 * The policy, ready to be asked of every result.
 *
 * @param now milliseconds since the epoch, for what expires
 */
export function openTriage(policy: Triage, references: References, now: number) {
  const ruleFor = compileRules(policy);

  return (tool: string, result: Result): Verdict => {
    const { noFailure } = result;
    const judged = severityOf(result, policy['severity-from']);
    if (noFailure?.fate === 'ignored') return { ...judged, ...outcome('ignored', noFailure.reason) };
    const exploited = references.exploited(result);
    const lifted: Judged = exploited === undefined ? judged : { ...judged, severity: 'critical', why: exploited };
    const rule = ruleFor({ tool, result, severity: lifted.severity });
    const held: Judged = rule?.as === undefined ? lifted : { severity: rule.as, why: `rule \`${rule.name}\`` };
    const known = exploited === undefined ? {} : { exploited };
    const subject: Subject = { tool, result, severity: held.severity };
    const end = (what: Outcome): Verdict => ({ ...held, ...known, ...what });

    if (rule?.do === 'ignore') return end(outcome('ignored', 'RULE', rule.name));
    if (rule?.do === 'warn') return end(outcome('warned', 'RULE', rule.name));
    // What is exploited is not put off, and not passed over because it was there before.
    if (exploited === undefined && isKnown(subject, policy, references)) return end(outcome('ignored', 'BASELINE'));
    const suppression = suppressed(subject, policy, now);
    if (suppression?.fate === 'suppressed') return end(suppression);
    const vex = references.vex?.excuse(subject);
    if (vex) return end(outcome('suppressed', vex.reason, vex.told));
    const waiver = references.waivers?.excuse(subject);
    if (waiver && 'reason' in waiver) return end(outcome('waived', waiver.reason, waiver.told));
    const later = exploited === undefined ? deferred(subject, policy, now) : undefined;
    if (later) return end(later);
    if (noFailure) return end(outcome('review', noFailure.reason));
    if (waiver) return end(outcome('counted', 'WAIVER_EXPIRED', waiver.expired));
    return end(suppression ?? outcome('counted', 'STANDS'));
  };
}

function isKnown(subject: Subject, { baseline }: Triage, references: References): boolean {
  if (!baseline) return false;
  if (references.known) return references.known(subject);
  if (baseline.files || baseline.ref !== undefined) return false;
  const { baselineState } = subject.result;
  return baselineState === 'unchanged' || baselineState === 'updated';
}

/**
 * The strict rule: one suppression that does not hold, and the result counts.
 *
 * @returns undefined: nobody tried
 */
function suppressed({ result, severity }: Subject, policy: Triage, now: number): Outcome | undefined {
  const { suppressions } = result;
  const [first] = suppressions;
  if (!first) return undefined;
  const rank = rankOf(severity, policy);
  for (const one of suppressions) {
    const wrong = refused(one, policy, now);
    if (wrong !== undefined) return outcome('counted', wrong, wordsOf(one));
  }
  if (!atLeast(policy.suppressions['up-to'], rank)) {
    return outcome('counted', 'SUPPRESSION_TOO_SEVERE', wordsOf(first));
  }
  return outcome('suppressed', first.kind === 'in-source' ? 'IN_SOURCE' : 'EXTERNAL', wordsOf(first));
}

function refused(one: Suppression, { suppressions: rules }: Triage, now: number): string | undefined {
  if (one.status === 'rejected') return 'SUPPRESSION_REJECTED';
  if (one.status === 'under-review') return 'SUPPRESSION_UNDER_REVIEW';
  if (one.expires !== undefined && !(one.expires > now)) return 'SUPPRESSION_EXPIRED';
  if (!rules.allow.includes(one.kind)) return 'SUPPRESSION_NOT_ALLOWED';
  if (rules.by && !rules.by.some((name) => name.toLowerCase() === one.by?.toLowerCase())) {
    return 'SUPPRESSION_NOT_ALLOWED';
  }
  return rules['reason-required'] && !one.reason ? 'SUPPRESSION_WITHOUT_REASON' : undefined;
}

const wordsOf = ({ by, reason }: Suppression): string | undefined =>
  [by, reason].filter((part) => part).join(': ') || undefined;

/** What stands, but not yet: nothing mends it, or there is still time to. */
function deferred({ result, severity }: Subject, policy: Triage, now: number): Outcome | undefined {
  if (policy['fixable-only'] && result.fix === '') return outcome('deferred', 'NO_FIX');
  const grace = policy['fix-within'][rankOf(severity, policy)];
  const { since } = result;
  // Nobody knows how old it is, so it has no grace.
  if (grace === undefined || since === undefined || !(since <= now + futureMs)) return undefined;
  const until = since + grace;
  return now < until ? outcome('deferred', 'GRACE', `until ${new Date(until).toISOString().slice(0, 10)}`) : undefined;
}
