/** What the results of security scanners come to: a part of the evidence in the record. */
import * as v from 'valibot';

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const instant = v.pipe(v.string(), v.isoTimestamp());

/** Worst first; `unknown` is what could not be told, never the least. */
export const severities = ['critical', 'high', 'medium', 'low', 'unknown'] as const;
export type Severity = (typeof severities)[number];

/** What a scan looks for. */
export const categories = ['sast', 'sca', 'secrets', 'iac', 'container', 'dast'] as const;
export type Category = (typeof categories)[number];

/** What becomes of a result. Each has exactly one, with exactly one reason. */
export const fates = [
  'counted',
  'warned',
  'review',
  'deferred',
  'waived',
  'suppressed',
  'ignored',
  'malformed',
] as const;
export type Fate = (typeof fates)[number];

const fate = v.pipe(
  v.picklist(fates),
  v.description(
    'counted: stands against the policy. warned: stands, and the policy only wants it told. review: asks a person to look. deferred: stands later (a grace, no fix yet). waived: by an entry of a file of waivers. suppressed: by the scanner, its platform or a VEX document. ignored: no problem, or not in question. malformed: nobody knows what it is',
  ),
);
const reason = v.pipe(text, v.description('the one reason as a fixed word, e.g. KIND_PASS, IN_SOURCE, WAIVER'));

export const run = v.strictObject({
  tool: text,
  toolVersion: v.optional(text),
  categories: v.pipe(v.array(v.picklist(categories)), v.description('what it looked for, as far as that is known')),
  file: v.pipe(text, v.description('where the results were read: a file of the workspace, or what a service calls it')),
  sha256: v.pipe(v.nullable(text), v.description('of the file; null: it was no file')),
  revision: v.pipe(
    v.nullable(text),
    v.description(
      'the commit that the scan says it scanned, several (of several repositories) with spaces between; null: it does not say',
    ),
  ),
  image: v.optional(
    v.pipe(v.array(text), v.description('digests and names of the container image that the scan says it scanned')),
  ),
  ended: v.pipe(v.nullable(instant), v.description('when the scan ended; null: it does not say')),
  database: v.optional(
    v.pipe(instant, v.description('when the vulnerability data that it used were made, where the scan says so')),
  ),
  execution: v.picklist(['succeeded', 'failed', 'unknown']),
  rules: v.pipe(v.nullable(count), v.description('rules that the scan brings with it; null: its format has none')),
  results: v.pipe(count, v.description('all results that were read; the counts of `tally` add up to it')),
  tally: v.array(v.strictObject({ fate, reason, severity: v.picklist(severities), count })),
});

export const finding = v.strictObject({
  run: v.pipe(count, v.description('position in `runs` of the run that it comes from')),
  fate,
  reason,
  told: v.optional(v.pipe(text, v.description('the reason in words: whose waiver, until when, which document'))),
  tool: text,
  rule: text,
  severity: v.picklist(severities),
  why: v.pipe(text, v.description('where the severity comes from')),
  conflict: v.optional(v.pipe(text, v.description('what the other measure says, when score and level are far apart'))),
  message: text,
  file: v.optional(text),
  line: v.optional(count),
  ids: v.optional(v.pipe(v.array(text), v.description('CVE, GHSA and other names of the vulnerability'))),
  package: v.optional(v.pipe(text, v.description('package URL of what is vulnerable'))),
  fix: v.optional(v.pipe(text, v.description('what mends it, in words'))),
  help: v.optional(v.pipe(text, v.description('page about the rule'))),
  link: v.optional(v.pipe(text, v.description('page about this result'))),
  owner: v.optional(v.pipe(text, v.description('who is to mend it'))),
  since: v.optional(v.pipe(instant, v.description('when it was first seen'))),
  exploited: v.optional(v.pipe(text, v.description('why it counts as exploited: KEV, EPSS'))),
  identity: v.pipe(text, v.description('the same from scan to scan: what a waiver or a baseline names it by')),
});

const problem = v.strictObject({
  code: text,
  message: text,
  file: v.optional(text),
  tool: v.optional(text),
  about: v.optional(v.pipe(text, v.description('the id of the notification by which a tool says that it failed'))),
});

const remark = v.strictObject({ code: text, message: text });

const reference = v.strictObject({
  kind: v.picklist(['waivers', 'vex', 'baseline', 'kev', 'epss', 'owners']),
  file: text,
  sha256: text,
});

/** The fields of `scans` beside those that all measurements have. */
export const scansFields = {
  settled: v.optional(
    v.pipe(
      v.boolean(),
      v.description('waiting changes nothing: the results are files that were written before this step began'),
    ),
  ),
  problems: v.pipe(
    v.array(problem),
    v.description(
      'why an input is no evidence: missing, unreadable, crashed…; also a file that the policy names beside the scans',
    ),
  ),
  remarks: v.pipe(
    v.array(remark),
    v.description('what should be put in order: waivers that are expired, unused, too wide or without an owner'),
  ),
  references: v.pipe(v.array(reference), v.description('files beside the scans that took part')),
  runs: v.array(run),
  findings: v.pipe(
    v.array(finding),
    v.description('of each fate the worst, at most 50; the tallies of the runs count all of them'),
  ),
};

export type ScanRun = v.InferOutput<typeof run>;

/** How many results of one fate there are over all runs, by severity. */
export function countsOf(runs: Iterable<ScanRun>, wanted: Fate): Record<Severity, number> {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 };
  for (const { tally } of runs) {
    for (const { fate, severity, count: n } of tally) if (fate === wanted) counts[severity] += n;
  }
  return counts;
}
