import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type RunReport, readRun } from '../../../../src/sources/security/sarif/run.js';

export type Json = Record<string, unknown>;

export const now = Date.parse('2026-11-23T10:00:00Z');

/** An empty workspace. */
export const workspace = async (): Promise<string> => realpath(await mkdtemp(path.join(tmpdir(), 'sarif-')));

/** A clean run of a tool, with what differs. */
export const run = (results: unknown, change: Json = {}, tool: Json = {}): Json => ({
  tool: { driver: { name: 'Scanner', version: '1.0', rules: [] }, ...tool },
  results,
  ...change,
});

export const log = (...runs: unknown[]): Json => ({ version: '2.1.0', runs });

export const read = (raw: unknown, inLog: Json = {}): RunReport =>
  readRun(inLog, raw, { file: 'r.sarif', sha256: '0'.repeat(64) }, now);

/** What a list of results comes to, in one line for each kind that occurs. */
export function dispositions(results: readonly unknown[], change: Json = {}, tool: Json = {}): Record<string, number> {
  const { run: read1 } = read(run(results, change, tool));
  if (!read1) throw new Error('the run was not read');
  const { counted, review, suppressed, ignored } = read1;
  return Object.fromEntries(Object.entries({ ...counted, review, suppressed, ignored }).filter(([, n]) => n > 0));
}
