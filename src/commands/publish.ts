/** The end of every run, good or bad: record, summary, annotations, outputs, result. Nothing is lost: each part is tried whatever became of the others. */
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Host, Result } from '../host/host.js';
import { sha256 } from '../record/hash.js';
import { recordJson } from '../record/json.js';
import type { Decision, DecisionRecord } from '../record/record.js';
import type { Redactor } from '../record/redact.js';
import { sealed } from '../record/seal.js';
import { statementOf } from '../record/statement.js';
import { text } from '../report/text.js';
import type { Settings } from './settings.js';

export interface Destination {
  /** As given; absent: in the host's folder. */
  readonly record?: string;
  readonly summary?: string;
  readonly report?: string;
  /** Sign the decision. */
  readonly attest?: Settings['attest'];
  /** Enters the run into the ledger. @param sha256 of the record's file; null: it could not be written */
  readonly enter?: (record: DecisionRecord, sha256: string | null) => Promise<void>;
}

export const exitCodes = { continue: 0, stop: 1, usage: 2, hold: 3, internal: 70 } as const;

/** GitHub drops a summary over 1 MiB whole, and a job may hold several. */
export const summaryBytes = 512 * 1024;

/** A `continue` that could not be checked afterwards, as was asked for, is none. */
const unproven = (sentence: string): Decision => ({ decision: 'stop', reason: 'internal-error', gates: [], sentence });
const unrecorded = (reason: string): Decision => unproven(`the decision record could not be written: ${reason}`);

/**
 * @param exitCode for a decision that stops
 * @returns the decision that counts in the end
 */
export async function publish(
  host: Host,
  redactor: Redactor,
  raw: DecisionRecord,
  to: Destination,
  exitCode: number,
): Promise<Decision> {
  let record = sealed(redactor.data(raw));
  const recordPath = resolve(to.record ?? join(host.outputFolder, 'record.json'));
  const summaryPath = resolve(to.summary ?? join(host.outputFolder, 'summary.md'));
  const reportPath = resolve(to.report ?? join(host.outputFolder, 'report.html'));
  const attempt = async (what: string, act: () => Promise<void>): Promise<string | undefined> => {
    try {
      await act();
      return undefined;
    } catch (error) {
      const reason = redactor.text((error as Error).message);
      host.annotate({ level: 'warning', title: 'Signalbox', message: `${what} failed: ${reason}` });
      return reason;
    }
  };

  let json = recordJson(record);
  const lost = await attempt('writing the decision record', () => write(recordPath, json));
  if (lost !== undefined && record.decision.decision === 'continue') {
    record = { ...record, decision: unrecorded(lost), verdict: unrecorded(lost) };
  }
  const enter = () =>
    attempt('entering the run into the ledger', async () =>
      to.enter?.(record, lost === undefined ? sha256(json) : null),
    );
  const revoke = async (sentence: string): Promise<void> => {
    record = sealed({ ...record, decision: unproven(sentence), verdict: unproven(sentence) });
    json = recordJson(record);
    await attempt('writing the decision record', () => write(recordPath, json));
  };
  const unentered = await enter();
  // The next train would not know of it, nor of what was lifted for it.
  if (unentered !== undefined && record.decision.decision === 'continue') {
    await revoke(`the run could not be entered into the ledger: ${unentered}`);
  }
  const unsigned = await attempt('signing the decision', async () => {
    const { attest } = to;
    // What nothing was asked for, and what is wrong, vouches for nothing.
    if (!attest || record.decision.reason === 'policy-error' || record.decision.decision === 'hold') return;
    const file = { name: basename(recordPath), digest: { sha256: sha256(json) } };
    const where = await host.attest?.(statementOf(record, [file, ...attest.subjects]), attest.token);
    host.log(`Attestation: ${where}`);
  });
  if (unsigned !== undefined && record.decision.decision === 'continue') {
    await revoke(`the decision could not be signed: ${unsigned}`);
    // Behind the entry that says continue.
    await enter();
  }
  const { decision } = record;
  await attempt('the report', async () => host.log(text(record, { width: host.columns, colour: host.colour })));
  await attempt('the annotations', async () => {
    // On a terminal the report itself is all there is to read.
    if (host.kind === 'terminal') return;
    const { annotations } = await import('../report/annotations.js');
    for (const annotation of annotations(record)) host.annotate(annotation);
  });
  await attempt('the full report', async () => {
    const { html } = await import('../report/html/page.js');
    await write(reportPath, await html(record, (page) => redactor.text(page)));
    host.log(`Report: ${reportPath}`);
  });
  await attempt('the summary', async () => {
    const { summary } = await import('../report/summary.js');
    const markdown = await summary(record, {
      flavour: host.summaryFlavour,
      maxBytes: summaryBytes,
      recordFile: basename(recordPath),
      reportFile: basename(reportPath),
    });
    await write(summaryPath, redactor.text(markdown));
    await host.summary(summaryPath);
  });
  await attempt('the outputs', async () => {
    await host.output('decision', decision.decision);
    await host.output('reason', decision.reason);
    await host.output('record', recordPath);
    await host.output('record-sha256', sha256(json));
    await host.output('summary', summaryPath);
    await host.output('report', reportPath);
  });
  host.log(`Record: ${recordPath} (SHA-256 ${sha256(json)})`);
  const code = decision.reason === 'internal-error' ? exitCodes.internal : exitCode;
  await host.finish(resultOf(record), outcome(decision), decision.decision === 'continue' ? exitCodes.continue : code);
  return decision;
}

/** One short line; the report has said the rest. */
const outcome = ({ decision, reason, gates }: Decision): string =>
  `${decision} (${reason})${gates.length === 0 || decision === 'continue' ? '' : `: ${gates.join(', ')}`}`;

/** Amber: the train goes, but someone should look. */
function resultOf({ decision, verdict, rounds, gates, standing }: DecisionRecord): Result {
  if (decision.decision !== 'continue') return 'failure';
  const last = rounds.at(-1)?.gates ?? [];
  const uneasy = last.some(({ gate, reading }) => {
    const enforce = gates.find((g) => g.name === gate)?.enforce;
    return enforce !== 'observe' && reading?.state !== 'healthy';
  });
  return uneasy || verdict.decision !== 'continue' || standing?.used.length ? 'warning' : 'success';
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
