/** One service of a train, from its run to the record that is kept of it. */
import type { Annotation, Host } from '../host/host.js';
import { hostOfService, type ServiceHost } from '../host/of-service.js';
import { sha256 } from '../record/hash.js';
import type { DecisionRecord } from '../record/record.js';
import { brokenSeal } from '../record/seal.js';
import type { ServiceDecision } from '../record/train-record.js';
import type { Clock } from '../train/clock.js';
import { readRecord } from './record-file.js';
import { type RunContext, run } from './run.js';
import type { ServiceReady } from './train-load.js';

/** What became of a service that was begun. Times in milliseconds since the epoch. */
export interface Ran {
  readonly began: number;
  readonly ended: number;
  readonly decision: ServiceDecision;
  /** Absent: it was lost. */
  readonly kept?: Kept;
  readonly end: ServiceHost['end'];
  /** It continued in an earlier job of this train. */
  readonly carried?: true;
}

/** The record as it stands on the disk. */
export interface Kept {
  readonly record: DecisionRecord;
  /** Of the file. */
  readonly sha256: string;
}

export interface Running {
  readonly context: RunContext & { readonly clock: Clock };
  readonly onProgress: (percent: number, text: string) => void;
  readonly onAnnotation: (annotation: Annotation) => void;
}

export async function runService(host: Host, { config, inputs }: ServiceReady, running: Running): Promise<Ran> {
  const { context, onProgress, onAnnotation } = running;
  const own = hostOfService(host, { name: config.name, inputs, onAnnotation, onProgress });
  const began = context.clock.now();
  const said = await run(own, context);
  const ended = context.clock.now();
  const kept = await keptRecord(own);
  if (!('lost' in kept) && JSON.stringify(kept.record.decision) === JSON.stringify(said)) {
    return { began, ended, decision: said, kept, end: own.end };
  }
  const why = 'lost' in kept ? kept.lost : 'it says something else than the run did';
  // What let a service go must be there to be checked afterwards.
  const decision = said.decision === 'stop' ? said : neverProven(why);
  return { began, ended, decision, end: own.end };
}

const neverProven = (why: string): ServiceDecision => ({
  decision: 'stop',
  reason: 'internal-error',
  gates: [],
  sentence: `its decision record is lost: ${why}`,
});

async function keptRecord(own: ServiceHost): Promise<Kept | { readonly lost: string }> {
  const file = own.outputs.get('record');
  if (file === undefined) return { lost: 'none was written' };
  const kept = await soundRecord(file);
  if ('lost' in kept || kept.sha256 === own.outputs.get('record-sha256')) return kept;
  return { lost: 'the file is not the one that the run wrote' };
}

/** A record that is as it was written. */
export async function soundRecord(file: string): Promise<Kept | { readonly lost: string }> {
  const read = await readRecord(file);
  if ('wrong' in read) return { lost: read.wrong };
  const broken = brokenSeal(read.text, read.record);
  return broken === undefined ? { record: read.record, sha256: sha256(read.text) } : { lost: broken };
}
