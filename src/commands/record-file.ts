/** Reads a decision record back. */
import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { guarded } from '../host/guarded.js';
import type { Host } from '../host/host.js';
import { unpack } from '../record/pack.js';
import { type DecisionRecord, recordSchema } from '../record/record.js';
import { Redactor } from '../record/redact.js';
import { brokenSeal } from '../record/seal.js';

export interface ReadRecord {
  readonly record: DecisionRecord;
  /** As it stands in the file. */
  readonly text: string;
}

/** A decision record of this version of the format. Whether it was changed since is another question: see `record/seal.ts`. */
export async function readRecord(file: string): Promise<ReadRecord | { readonly wrong: string }> {
  let text: string;
  let data: unknown;
  try {
    text = await readFile(file, 'utf8');
    const parsed: unknown = JSON.parse(text);
    data = typeof parsed === 'object' && parsed !== null ? unpack(parsed) : parsed;
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (error as Error).message;
    return { wrong: `the record ${file} cannot be read: ${why}` };
  }
  const parsed = v.safeParse(recordSchema, data);
  // As it was written: a schema would put the keys into its own order, and the digest is over them as they stand.
  if (parsed.success) return { record: data as DecisionRecord, text };
  const at = v.getDotPath(parsed.issues[0]);
  return { wrong: `${file} is no decision record${at === null ? '' : ` (at ${at}: ${parsed.issues[0].message})`}` };
}

export interface OpenRecord {
  /** Masks, and keeps what the record says from acting as a command. */
  readonly host: Host;
  readonly record: DecisionRecord;
  /** It is as it was written. Where it is not, that has been said. */
  readonly sound: boolean;
}

/** For the commands about records. @returns undefined when there is none to read, which has been said */
export async function openRecord(rawHost: Host, file: string): Promise<OpenRecord | undefined> {
  const host = guarded(rawHost, new Redactor());
  const say = (message: string) => host.annotate({ level: 'error', title: 'Signalbox', message });
  const read = await readRecord(file);
  if ('wrong' in read) {
    say(read.wrong);
    return undefined;
  }
  const broken = brokenSeal(read.text, read.record);
  if (broken !== undefined) say(`${file}: ${broken}`);
  return { host, record: read.record, sound: broken === undefined };
}
