/** The wording of findings that all forms of the report share. Pure; every text may still hold what came from outside. */
import { amount, plural } from '../judge/number.js';
import type { DecisionRecord } from '../record/record.js';
import { type Fate, type ScanRun, type Severity, severities } from '../record/scans.js';
import { type Finding, type FindingsView, fatesOf } from './findings.js';
import { type Counts, totalOf } from './findings-standing.js';

/** Fates behind a number: `2 waived`. */
const fateWords: Readonly<Record<Fate, string>> = {
  counted: 'counted',
  warned: 'only warned of',
  review: 'to review',
  deferred: 'put off',
  waived: 'waived',
  suppressed: 'suppressed',
  ignored: 'ignored',
  malformed: 'not understood',
};

export const fateWord = (fate: Fate): string => fateWords[fate];

/** Why a result does not count. */
const excuses: Readonly<Record<string, string>> = {
  DEVELOPMENT: 'only development depends on it',
  KIND_PASS: 'the check passed',
  KIND_NOT_APPLICABLE: 'the check does not apply',
  KIND_INFORMATIONAL: 'only information',
  KIND_OPEN: 'the tool could not tell; a person has to look',
  KIND_REVIEW: 'the tool asks a person to look',
  ABSENT: 'no longer in the code',
  FIXED: 'fixed',
  BASELINE: 'was there before, in the baseline',
  DUPLICATE: 'the same as one that is counted',
  RULE: 'by a rule of the policy',
  IN_SOURCE: 'by a comment in the code',
  EXTERNAL: 'at the scanner or its platform',
  VEX_NOT_AFFECTED: 'by a VEX document: not affected',
  VEX_FIXED: 'by a VEX document: fixed',
  VEX_FALSE_POSITIVE: 'by a VEX document: a false positive',
  WAIVER: 'by a waiver',
  GRACE: 'still within the time to fix it',
  NO_FIX: 'no fix yet',
  MALFORMED: 'cannot be understood',
};

/** Why a result counts although somebody tried to excuse it. */
const refusals: Readonly<Record<string, string>> = {
  SUPPRESSION_REJECTED: 'its suppression was rejected',
  SUPPRESSION_UNDER_REVIEW: 'its suppression is still under review',
  SUPPRESSION_EXPIRED: 'its suppression is over',
  SUPPRESSION_NOT_ALLOWED: 'the policy does not allow such a suppression',
  SUPPRESSION_WITHOUT_REASON: 'its suppression gives no reason',
  SUPPRESSION_TOO_SEVERE: 'it is too severe to be suppressed',
  WAIVER_EXPIRED: 'its waiver is over',
};

/** A code that is not known is shown as it is. */
export const reasonWords = (code: string): string => excuses[code] ?? refusals[code] ?? `\`${code}\``;

/** `its waiver is over (ana, until 2026-11-01)`; empty: nobody tried to excuse it. */
export function excuseWords({ fate, reason, told }: Finding): string {
  if (fate === 'counted' && reason === 'STANDS') return '';
  return `${reasonWords(reason)}${told === undefined ? '' : ` (${told})`}`;
}

/** `1 critical, 2 high`, the worst first. */
export function countsWords(counts: Counts, unknownAs?: Severity): string {
  return severities
    .filter((severity) => counts[severity] > 0)
    .map((severity) => {
      const n = amount(counts[severity]);
      if (severity !== 'unknown') return `${n} ${severity}`;
      return `${n} of unknown severity${unknownAs === undefined ? '' : ` (counted as ${unknownAs})`}`;
    })
    .join(', ');
}

/** `1 critical, 2 high`, and what a person has to review. */
const againstParts = ({ against, toReview, unknownAs }: FindingsView): string =>
  [countsWords(against, unknownAs), toReview > 0 ? `${amount(toReview)} that a person has to review` : '']
    .filter((part) => part !== '')
    .join(', ');

const nothing = 'no finding stands against the policy';

/** `3 findings stand against the policy: 1 critical, 2 high`. Of scans that prove nothing it is not said that there are none. */
export function againstWords(view: FindingsView): string {
  const { againstAll: n } = view;
  if (n === 0) return view.judged ? nothing : `not enough evidence to say that ${nothing}`;
  return `${amount(n)} ${n === 1 ? 'finding stands' : 'findings stand'} against the policy: ${againstParts(view)}`;
}

/** Behind the name of a gate: ` has 3 findings against the policy (1 critical, 2 high)`. */
export const foundWords = (view: FindingsView): string =>
  ` has ${amount(view.againstAll)} ${view.againstAll === 1 ? 'finding' : 'findings'} against the policy (${againstParts(view)})`;

/** What counts besides: `allowed: 12 medium, 2 low (12 to be looked at)`. Empty: nothing. */
export function besidesWords({ allowed, warned, unproven, unknownAs }: FindingsView): string {
  const look = warned === 0 ? '' : ` (${amount(warned)} to be looked at)`;
  return [
    totalOf(allowed) === 0 ? '' : `allowed: ${countsWords(allowed, unknownAs)}${look}`,
    totalOf(unproven) === 0 ? '' : `in scans that are no evidence: ${countsWords(unproven, unknownAs)}`,
  ]
    .filter((part) => part !== '')
    .join('; ');
}

/** `37 results read = 3 counted + 2 waived + 32 ignored`. */
export function totalsWords({ results, fates }: Pick<FindingsView, 'results' | 'fates'>): string {
  const sum = fates.reduce((all, [, n]) => all + n, 0);
  // A record that somebody has changed must not look as if it added up.
  const sign = sum === results ? '=' : '≠';
  const parts = fates.map(([fate, n]) => `${amount(n)} ${fateWords[fate]}`).join(' + ');
  return `${amount(results)} ${results === 1 ? 'result' : 'results'} read ${sign} ${parts === '' ? '0' : parts}`;
}

/** The same of one run. */
export const runWords = (run: ScanRun): string => totalsWords({ results: run.results, fates: fatesOf([run]) });

/** `2 waived, 14 ignored`: what is there and does not count. Empty: all counts. */
export const excusedWords = ({ fates }: Pick<FindingsView, 'fates'>): string =>
  fates
    .filter(([fate]) => fate !== 'counted')
    .map(([fate, n]) => `${amount(n)} ${fateWords[fate]}`)
    .join(', ');

/** Behind a gate: `3 scans, 37 results, 2 waived, 14 ignored`. */
export const scansWords = (view: FindingsView): string =>
  [
    plural(view.runs, 'scan'),
    `${amount(view.results)} ${view.results === 1 ? 'result' : 'results'}`,
    excusedWords(view),
  ]
    .filter((part) => part !== '')
    .join(', ');

/** `critical, exploited`. */
export const gravity = ({ fate, severity, exploited }: Finding): string =>
  [
    severity === 'unknown' ? 'unknown severity' : severity,
    fate === 'review' ? 'to review' : '',
    exploited === undefined ? '' : 'exploited',
  ]
    .filter((part) => part !== '')
    .join(', ');

/** The rule's words where others follow. */
export const messageOf = ({ message }: Finding): string => message.replace(/\.\s*$/, '');

/** `Trivy CVE-2021-23337 GHSA-35jh-r3h4-6jhm`: the tool, the rule and the names of the vulnerability that the rule does not say. */
export const nameOf = ({ tool, rule, ids = [] }: Finding): string =>
  [tool, rule, ...ids.filter((id) => !rule.toUpperCase().includes(id.toUpperCase())).slice(0, 3)].join(' ');

/** `src/db.ts:41`; undefined: it is nowhere. */
export const placeOf = ({ file, line }: Finding): string | undefined =>
  file === undefined ? undefined : `${file}${line === undefined ? '' : `:${line}`}`;

/** How it is mended; empty: nobody says. */
export const fixWords = ({ fix }: Finding): string => (fix === undefined ? '' : `fix: ${fix}`);

const dayMs = 86_400_000;

/** `since 2026-10-01 (53 days)`. */
export function ageWords({ since }: Finding, { ended }: DecisionRecord): string {
  if (since === undefined) return '';
  const days = Math.floor((Date.parse(ended) - Date.parse(since)) / dayMs);
  return `since ${since.slice(0, 10)}${days > 0 ? ` (${plural(days, 'day')})` : ''}`;
}

/** Where the severity comes from, and what says otherwise. */
export function whyWords({ why, conflict, exploited }: Finding): string {
  const reasons = exploited === undefined || exploited === why ? [why] : [exploited, why];
  return [reasons.join('; '), conflict === undefined ? '' : `but ${conflict}`].filter((part) => part !== '').join(', ');
}

/** So much of an identity names a finding in a waiver. */
export const shortIdentity = (identity: string): string => identity.slice(0, 12);
