/** Stage 1: one run of one tool. Whether it ran to its end, what it scanned and when; then its results. */
import type { Scans } from '../../../record/evidence.js';
import { oneLine } from '../../text.js';
import type { Problem } from './files.js';
import { dispose, type Finding, type Note, noteTexts } from './result.js';
import { type Book, lookUp, openBook } from './rules.js';
import { bySeverity, type Overrides } from './severity.js';
import { asArray, asObject, asText, isAbsent, type Obj } from './shape.js';

export type Run = Scans['runs'][number];

/** Findings that one run hands on; the record keeps no more. */
export const mostFindings = 50;

/** The file that a run stands in. */
export interface Origin {
  readonly file: string;
  readonly sha256: string;
}

/** What one entry of `runs` gave. `run` is absent when it cannot be read at all, which is a problem then. */
export interface RunReport {
  readonly run?: Run;
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
  readonly notes: readonly string[];
}

/**
 * Reads one run; never throws, whatever it is.
 *
 * @param log the log that it stands in, since some tools and external files put a run's parts there
 * @param now milliseconds since the epoch, for suppressions that expire
 */
export function readRun(log: Obj, raw: unknown, origin: Origin, now: number): RunReport {
  const run = asObject(raw);
  const tool = asObject(run?.tool);
  const driver = asObject(tool?.driver);
  const name = oneLine(asText(driver?.name) ?? '', 100);
  const bad = (code: string, message: string): Problem => ({
    code,
    message: `${name || 'a run'} in ${origin.file} ${message}`,
    file: origin.file,
    ...(name ? { tool: name } : {}),
  });
  const none = (problem: Problem): RunReport => ({ findings: [], problems: [problem], notes: [] });
  if (!run || !tool || !driver || !name) return none(bad('NO_TOOL', 'does not name its tool, so it proves nothing'));

  const problems: Problem[] = [];
  const elsewhere = external(log, run);
  if (elsewhere) {
    problems.push(bad('EXTERNAL_RESULTS', `keeps its ${elsewhere} outside the run, which is not read: write one file`));
  }
  const results = asArray(run.results);
  if (!results) {
    if (elsewhere) return none(...(problems as [Problem]));
    return none(bad('RESULTS_MISSING', 'has no list of results: it never began its analysis'));
  }
  const invocations = invocationsOf(log, run);
  const failed = failure(invocations, openBook(tool, 'notifications'));
  if (failed) problems.push(bad('SCAN_FAILED', `did not finish its scan: ${failed}`));

  const rules = openBook(tool, 'rules');
  const overrides = invocations.map((x) => overridesOf(asObject(x), 'ruleConfigurationOverrides', rules));
  const tally = count(results, { tool: name, rules, overrides, now });
  if (tally.malformed > 0) {
    const of = `${tally.malformed} of ${results.length} results`;
    problems.push(bad('MALFORMED_RESULT', `has ${of} that are no objects, so nobody knows what they are`));
  }
  const version = asText(driver.semanticVersion) ?? asText(driver.version);
  return {
    run: {
      tool: name,
      ...(version === undefined ? {} : { toolVersion: oneLine(version, 60) }),
      ...origin,
      revision: revisionOf(run),
      ended: endOf(invocations),
      execution: failed ? 'failed' : succeeded(invocations) ? 'succeeded' : 'unknown',
      counted: tally.counted,
      review: tally.review,
      suppressed: tally.suppressed,
      ignored: tally.ignored,
    },
    findings: tally.findings,
    problems,
    notes: [...tally.notes].map(([note, n]) => `${name} in ${origin.file}: ${n} results ${noteTexts[note]}`),
  };
}

function count(results: readonly unknown[], context: Parameters<typeof dispose>[1]) {
  const counted = { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 };
  const tally = { malformed: 0, review: 0, suppressed: 0, ignored: 0 };
  const notes = new Map<Note, number>();
  let findings: Finding[] = [];
  for (const result of results) {
    const disposition = dispose(result, context);
    if (disposition.as === 'malformed') {
      tally.malformed += 1;
      continue;
    }
    for (const note of disposition.notes) notes.set(note, (notes.get(note) ?? 0) + 1);
    if (disposition.as !== 'counted') {
      tally[disposition.as] += 1;
      continue;
    }
    counted[disposition.finding.severity] += 1;
    findings.push(disposition.finding);
    // A report may hold a million results; only the worst are kept.
    if (findings.length >= mostFindings * 20) findings = worst(findings);
  }
  return { counted, ...tally, notes, findings: worst(findings) };
}

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

/** The worst findings in an order that depends on nothing but themselves. */
export function worst(findings: readonly Finding[]): Finding[] {
  return [...findings]
    .sort(
      (a, b) =>
        bySeverity(a.severity, b.severity) ||
        compare(a.tool, b.tool) ||
        compare(a.rule, b.rule) ||
        compare(a.file ?? '', b.file ?? '') ||
        compare(a.line ?? 0, b.line ?? 0) ||
        compare(a.message, b.message) ||
        compare(a.why, b.why) ||
        compare(a.run ?? 0, b.run ?? 0),
    )
    .slice(0, mostFindings);
}

const telling = ['results', 'invocations', 'driver', 'extensions'];

/** Parts of the run that stand in other files or at the end of the log. A reader that passes over them sees a clean scan. */
function external(log: Obj, run: Obj): string | undefined {
  const references = asObject(run.externalPropertyFileReferences);
  const found = telling.find((key) => !isAbsent(references?.[key]) && asArray(references?.[key])?.length !== 0);
  if (found) return found;
  const inline = (asArray(log.inlineExternalProperties) ?? []).map(asObject);
  return telling.find((key) => inline.some((x) => !isAbsent(x?.[key])));
}

/** Semgrep 0.43 wrote its invocations beside `runs`. What is no list counts as one invocation that says nothing good. */
function invocationsOf(log: Obj, run: Obj): readonly unknown[] {
  return [run.invocations, log.invocations].flatMap((x) => (isAbsent(x) ? [] : (asArray(x) ?? [x])));
}

const succeeded = (invocations: readonly unknown[]): boolean =>
  invocations.length > 0 && invocations.every((x) => asObject(x)?.executionSuccessful === true);

/** Why the scan failed (section 3.20: `executionSuccessful`, notifications at level error); undefined when it did not say so. */
function failure(invocations: readonly unknown[], book: Book): string | undefined {
  for (const raw of invocations) {
    const invocation = asObject(raw);
    if (!invocation) return 'its invocations cannot be understood';
    const loud = errors(invocation, book);
    const said = loud === undefined ? '' : ` (${loud})`;
    const success = invocation.executionSuccessful;
    if (!isAbsent(success) && success !== true) {
      const exit = invocation.exitCode;
      const code = typeof exit === 'number' ? `, exit code ${exit}` : '';
      return `executionSuccessful is ${success === false ? 'false' : 'not true'}${code}${said}`;
    }
    if (loud !== undefined) return `it reports an error${said}`;
  }
  return undefined;
}

/** The first notification whose effective level is error, or is none that SARIF knows. */
function errors(invocation: Obj, book: Book): string | undefined {
  const overrides = overridesOf(invocation, 'notificationConfigurationOverrides', book);
  for (const key of ['toolExecutionNotifications', 'toolConfigurationNotifications']) {
    const list = invocation[key];
    for (const raw of isAbsent(list) ? [] : (asArray(list) ?? [list])) {
      const notification = asObject(raw);
      if (!notification) return 'a notification that cannot be understood';
      const reference = asObject(notification.descriptor);
      const descriptors = reference ? lookUp(book, refer(reference)) : [];
      const level =
        notification.level ??
        descriptors.map((d) => overrides.get(d)).find((x) => !isAbsent(x)) ??
        descriptors.map((d) => asObject(d.defaultConfiguration)?.level).find((x) => !isAbsent(x)) ??
        'warning';
      if (level === 'none' || level === 'note' || level === 'warning') continue;
      const text = asText(asObject(notification.message)?.text) ?? asText(reference?.id);
      return oneLine(text ?? 'a notification without a text');
    }
  }
  return undefined;
}

const refer = (reference: Obj) => ({
  id: reference.id,
  index: reference.index,
  guid: reference.guid,
  component: reference.toolComponent,
});

function overridesOf(invocation: Obj | undefined, key: string, book: Book): Overrides {
  const overrides = new Map<Obj, unknown>();
  for (const raw of asArray(invocation?.[key]) ?? []) {
    const entry = asObject(raw);
    const descriptor = asObject(entry?.descriptor);
    const level = asObject(entry?.configuration)?.level;
    if (!descriptor || isAbsent(level)) continue;
    for (const meant of lookUp(book, refer(descriptor))) overrides.set(meant, level);
  }
  return overrides;
}

/** All commits that the run names, since several repositories may have been scanned at once. */
function revisionOf(run: Obj): string | null {
  const ids = (asArray(run.versionControlProvenance) ?? []).flatMap((x) => {
    const id = asText(asObject(x)?.revisionId)?.trim();
    return id === undefined ? [] : [oneLine(id, 100).replaceAll(' ', '_')];
  });
  return ids.length === 0 ? null : [...new Set(ids)].join(' ');
}

const instantForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/i;

/** The latest instant that the invocations name. The file's own time is no evidence: a checkout or a download sets it anew. */
function endOf(invocations: readonly unknown[]): string | null {
  let latest = Number.NEGATIVE_INFINITY;
  for (const invocation of invocations.map(asObject)) {
    for (const key of ['startTimeUtc', 'endTimeUtc']) {
      const text = invocation?.[key];
      const at = typeof text === 'string' && instantForm.test(text) ? Date.parse(text) : Number.NaN;
      if (at > latest) latest = at;
    }
  }
  return Number.isFinite(latest) ? new Date(latest).toISOString() : null;
}
