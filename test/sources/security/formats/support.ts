import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Scans } from '../../../../src/record/evidence.js';
import type { Format } from '../../../../src/sources/security/file-source.js';
import { fileFormats } from '../../../../src/sources/security/index.js';
import type { Result } from '../../../../src/sources/security/result.js';
import { Gathered } from '../../../../src/sources/security/scans.js';
import { openTriage } from '../../../../src/sources/security/triage/triage.js';
import { now, references, triagePolicy } from '../support.js';

const workspace = mkdtempSync(path.join(tmpdir(), 'formats-'));
let files = 0;

/** A report, read by its format. */
export async function reading(format: Format, content: unknown) {
  files += 1;
  const name = `${files}.json`;
  const absolute = path.join(workspace, name);
  writeFileSync(absolute, typeof content === 'string' ? content : JSON.stringify(content));
  const results: (Result | undefined)[] = [];
  const watch = (_: unknown, result: Result | undefined): void => void results.push(result);
  const gathered = new Gathered(openTriage(triagePolicy(), references(), now), references(), watch);
  await format.read({ absolute, name }, gathered, { workspace, now }, new AbortController().signal);
  const scans = gathered.measurement({ subject: 's', query: 'q', settled: true }, now);
  return { ...scans, results, codes: scans.problems.map(({ code }) => code), run: scans.runs[0] };
}

/** The format of a source's type. */
export async function formatOf(type: string): Promise<Format> {
  const entry = fileFormats.find((one) => one.type === type);
  if (!entry) throw new Error(`there is no format ${type}`);
  return await entry.load();
}

export type Scanned = Omit<Scans, 'source'>;
