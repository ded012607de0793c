import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Scans } from '../../../../src/record/evidence.js';
import { problemOf, Refused, reportOf } from '../../../../src/sources/security/bytes.js';
import type { Result } from '../../../../src/sources/security/result.js';
import { readLog } from '../../../../src/sources/security/sarif/log.js';
import { openRun } from '../../../../src/sources/security/sarif/run.js';
import { Gathered } from '../../../../src/sources/security/scans.js';
import { asArray, asObject } from '../../../../src/sources/security/shape.js';
import { openTriage } from '../../../../src/sources/security/triage/triage.js';
import { now, references, triagePolicy } from '../support.js';

export { now };
export type Json = Record<string, unknown>;

/** An empty workspace. */
export const workspace = async (): Promise<string> => realpath(await mkdtemp(path.join(tmpdir(), 'sarif-')));

/** A clean run of a tool, with what differs. */
export const run = (results: unknown, change: Json = {}, tool: Json = {}): Json => ({
  tool: { driver: { name: 'Scanner', version: '1.0', rules: [] }, ...tool },
  results,
  ...change,
});

export const log = (...runs: unknown[]): Json => ({ version: '2.1.0', runs });

const origin = { file: 'r.sarif', sha256: '0'.repeat(64) };
const about = { subject: 'scan results', query: 'q', settled: true };

/** Every suppression that holds by its own word is allowed. */
const policy = triagePolicy({
  suppressions: { allow: ['in-source', 'external'], 'up-to': 'critical', 'reason-required': false },
});
const sorting = () => new Gathered(openTriage(policy, references(), now), references());

type Read = Pick<Scans, 'problems' | 'notes' | 'findings'> & {
  readonly run?: Scans['runs'][number];
  /** As the reader hands them on. */
  readonly results: readonly (Result | undefined)[];
};

/** One run, read and sorted. */
export function read(raw: unknown, inLog: Json = {}): Read {
  const gathered = sorting();
  const list = asArray(asObject(raw)?.results);
  const skeleton = list ? { ...asObject(raw), results: [] } : raw;
  const opened = openRun(inLog, skeleton, { origin, artifacts: [], hasResults: list !== undefined });
  const results: (Result | undefined)[] = [];
  if ('problem' in opened) gathered.problem(opened.problem);
  else {
    for (const problem of opened.problems) gathered.problem(problem);
    const sink = gathered.begin(opened.facts);
    for (const one of list ?? []) {
      results.push(opened.read(one));
      sink.add(results.at(-1));
    }
  }
  const { runs, problems, notes, findings } = gathered.measurement(about, now);
  const [only] = runs;
  return { ...(only && { run: only }), results, problems, notes, findings };
}

/** A whole log, read and sorted. */
export async function readAll(text: string): Promise<Omit<Scans, 'source'>> {
  const gathered = sorting();
  try {
    await readLog(reportOf(text), { name: 'r.sarif' }, gathered, new AbortController().signal);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    gathered.problem(problemOf({ name: 'r.sarif' }, error));
  }
  return gathered.measurement(about, now) as Omit<Scans, 'source'>;
}

/** What a list of results comes to: counted ones by their severity, others by their fate. */
export function dispositions(results: readonly unknown[], change: Json = {}, tool: Json = {}): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { fate, severity, count } of read(run(results, change, tool)).run?.tally ?? []) {
    const word = fate === 'counted' ? severity : fate;
    counts[word] = (counts[word] ?? 0) + count;
  }
  return counts;
}
