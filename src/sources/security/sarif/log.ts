/** Stage 0: from a file to the runs of a SARIF 2.1.0 log, or the reason why it is no evidence. */
import { plural } from '../../../judge/number.js';
import { oneLine } from '../../text.js';
import { Refused, type Report } from '../bytes.js';
import type { Problem, RunSink, ScanSink } from '../result.js';
import { asArray, asObject, asText, isAbsent, type Obj } from '../shape.js';
import { type Document, type Owner, readDocument, readResults } from './document.js';
import { Elsewhere, type External, type Holder, type Joined } from './external.js';
import { openRun, type SarifRun } from './run.js';

/** Problems that one file may put into the record; the rest is counted. */
const mostProblems = 20;

/** Runs that one file may put into the record. */
const mostRuns = 1000;

/** What a log is read with. */
export interface LogContext {
  /** How the record names it. */
  readonly name: string;
  /** Opens a file that the log points at; absent: there are no files. */
  readonly external?: External;
  /** The folder that the repository lies in, absolute; absent: unknown. */
  readonly workspace?: string;
}

/** Where results go. */
interface Target {
  readonly run: SarifRun;
  readonly sink: RunSink;
}

/**
 * Reads a whole log into `sink`.
 *
 * @throws {Refused} when it is no evidence at all, also after some of its results were handed on; when `signal` aborts, its reason
 */
export async function readLog(report: Report, context: LogContext, sink: ScanSink, signal: AbortSignal): Promise<void> {
  const document = await readDocument(report, signal);
  const { log, runs } = checked(document);
  for (const note of report.notes) sink.note(`${context.name} ${note}`);
  const elsewhere = new Elsewhere(report, document, context.external, signal);
  try {
    const { problems, shelves } = await openRuns({ report, document, log, runs, elsewhere, context, sink });
    for (const note of elsewhere.notes()) sink.note(`${context.name} ${note}`);
    tell(problems, context.name, sink);
    for (const { of, targets } of shelves) {
      const owners = [...targets.keys()];
      await readResults(of.report, of.document, owners, signal, (owner, result) => {
        for (const { run, sink: to } of targets.get(owner) ?? []) to.add(run.read(result));
      });
    }
    await elsewhere.unchanged();
  } finally {
    await elsewhere.close();
  }
}

/** The log and its runs, if it has any. */
function checked({ skeleton }: Document): { log: Obj; runs: readonly unknown[] } {
  const log = asObject(skeleton);
  if (!log || (!('version' in log) && !('runs' in log))) {
    throw new Refused('NOT_SARIF', 'is no SARIF log: tell the scanner to write SARIF 2.1.0');
  }
  const { version } = log;
  if (version !== '2.1.0') throw new Refused('UNSUPPORTED_VERSION', wrongVersion(version));
  const runs = asArray(log.runs);
  if (!runs) {
    const found = isAbsent(log.runs) ? 'has no runs' : 'has runs that are no list';
    throw new Refused('PRODUCER_FAILED', `${found}: the scanner failed before it had anything to report`);
  }
  if (runs.length === 0) throw new Refused('NO_RUNS', 'has an empty list of runs: nothing was scanned');
  if (runs.length > mostRuns) throw new Refused('TOO_LARGE', `has more than ${mostRuns} runs: split it by tool`);
  return { log, runs };
}

function wrongVersion(version: unknown): string {
  const text = asText(version);
  if (text === undefined) return 'does not say that its version is 2.1.0: update the scanner';
  const found = `has version ${oneLine(text, 20)}, expected 2.1.0`;
  // What comes after 2.1.0 cannot be converted back.
  return /^(?:[01]|2\.[01])\b/.test(text)
    ? `${found}: update the scanner, or convert it with \`sarif-multitool rewrite\``
    : `${found}: tell the scanner to write SARIF 2.1.0`;
}

interface Opening {
  readonly report: Report;
  readonly document: Document;
  readonly log: Obj;
  readonly runs: readonly unknown[];
  readonly elsewhere: Elsewhere;
  readonly context: LogContext;
  readonly sink: ScanSink;
}

/** Begins all runs. @returns what is wrong with them, and by file who gets which results */
async function openRuns({ report, document, log, runs, elsewhere, context, sink }: Opening) {
  const { name } = context;
  const problems: Problem[] = [];
  const shelves = new Map<Report, { of: Pick<Holder, 'report' | 'document'>; targets: Map<Owner, Target[]> }>();
  const send = (of: Pick<Holder, 'report' | 'document'>, owner: Owner, target: Target): void => {
    const shelf = shelves.get(of.report) ?? { of, targets: new Map<Owner, Target[]>() };
    shelves.set(of.report, shelf);
    shelf.targets.set(owner, [...(shelf.targets.get(owner) ?? []), target]);
  };
  const origin = { file: name, sha256: report.sha256() };
  for (const [i, raw] of runs.entries()) {
    const owner: Owner = `runs/${i}`;
    const joined = await elsewhere.join(raw);
    problems.push(...joined.missing.map((what) => outside(raw, name, what)));
    const hasResults = document.results.has(owner) || joined.results.length > 0;
    // That a part is missing says it better than that there are no results.
    if (!hasResults && joined.missing.length > 0) continue;
    const artifacts = [...(document.artifacts.get(owner) ?? []), ...joined.artifacts];
    const run = openRun(log, joined.run, { origin, artifacts, workspace: context.workspace, hasResults });
    if ('problem' in run) {
      problems.push(run.problem);
      continue;
    }
    problems.push(...run.problems);
    const target = { run, sink: sink.begin(run.facts) };
    send({ report, document }, owner, target);
    for (const holder of joined.results) send(holder, holder.owner, target);
  }
  // What belongs to nobody may be anybody's.
  const unclaimed = elsewhere.unclaimed().join(', ');
  if (unclaimed !== '')
    problems.push(...runs.map((raw) => outside(raw, name, `${unclaimed} in a place that names no run`)));
  return { problems, shelves: shelves.values() };
}

function outside(raw: unknown, file: string, what: Joined['missing'][number]): Problem {
  const name = asText(asObject(asObject(asObject(raw)?.tool)?.driver)?.name);
  const tool = oneLine(name ?? '', 100);
  const message = `${tool || 'a run'} in ${file} keeps ${what}: write one file`;
  return { code: 'EXTERNAL_RESULTS', message, file, ...(tool ? { tool } : {}) };
}

function tell(problems: readonly Problem[], file: string, sink: ScanSink): void {
  for (const problem of problems.slice(0, mostProblems)) sink.problem(problem);
  const more = problems.length - mostProblems;
  if (more > 0) {
    sink.problem({ code: 'MORE_PROBLEMS', message: `${file} has ${plural(more, 'further problem')}`, file });
  }
}
