/** The end of every train: its record, summary, remarks, outputs and result. Each part is tried whatever became of the others. */
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Annotation, Host, Result } from '../host/host.js';
import { sha256 } from '../record/hash.js';
import type { DecisionRecord } from '../record/record.js';
import type { Redactor } from '../record/redact.js';
import { sealedTrain, type TrainDecision, type TrainRecord, trainRecordJson } from '../record/train-record.js';
import { trainAnnotations, trainSummary, trainText } from '../report/train.js';
import { exitCodes, summaryBytes } from './publish.js';

export interface TrainEnd {
  readonly record: TrainRecord;
  /** Of the services that were begun, by name. */
  readonly records: ReadonlyMap<string, DecisionRecord>;
  /** Remarks of the services, which come after the train's own. */
  readonly annotations: readonly Annotation[];
  /** Absolute; absent: in the host's folder. */
  readonly paths: { readonly record: string | undefined; readonly summary: string | undefined };
  /** A service goes with a warning. */
  readonly uneasy: boolean;
  /** For a decision that does not continue. */
  readonly exitCode: number;
}

/** @returns the decision that counts in the end */
export async function publishTrain(host: Host, redactor: Redactor, end: TrainEnd): Promise<TrainDecision> {
  let record = sealedTrain(redactor.data(end.record));
  const recordPath = end.paths.record ?? resolve(join(host.outputFolder, 'record.json'));
  const summaryPath = end.paths.summary ?? resolve(join(host.outputFolder, 'summary.md'));
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

  const json = trainRecordJson(record);
  const lost = await attempt('writing the record of the train', () => write(recordPath, json));
  if (lost !== undefined && record.decision.decision !== 'stop') {
    // A `continue` that cannot be checked afterwards is none.
    const sentence = `the record of the train could not be written: ${lost}`;
    record = { ...record, decision: { decision: 'stop', reason: 'internal-error', services: [], sentence } };
  }
  const { decision } = record;
  await attempt('the report', async () => host.log(trainText(record, { width: host.columns, colour: host.colour })));
  await attempt('the annotations', async () => {
    // On a terminal the report itself is all there is to read, and the services have said theirs.
    if (host.kind === 'terminal') return;
    for (const annotation of [...trainAnnotations(record), ...end.annotations]) host.annotate(annotation);
  });
  await attempt('the summary', async () => {
    const markdown = await trainSummary(record, end.records, {
      flavour: host.summaryFlavour,
      maxBytes: summaryBytes,
      recordFile: basename(recordPath),
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
  });
  host.log(`Record: ${recordPath} (SHA-256 ${sha256(json)})`);
  const stopCode = end.exitCode === exitCodes.continue ? exitCodes.stop : end.exitCode;
  const code = decision.decision === 'hold' ? end.exitCode : lost === undefined ? stopCode : exitCodes.internal;
  const goes = decision.decision === 'continue';
  const result: Result = goes ? (end.uneasy ? 'warning' : 'success') : 'failure';
  const about = goes || decision.services.length === 0 ? '' : `: ${decision.services.join(', ')}`;
  await host.finish(result, `${decision.decision} (${decision.reason})${about}`, goes ? exitCodes.continue : code);
  return decision;
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
