/** Reports that real scanners write of a project with known weaknesses, judged by the bundle that a pipeline runs. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scans } from '../../src/record/evidence.js';
import { recordSchema } from '../../src/record/record.js';
import { cleanUp, runStep } from '../e2e/support/step.js';
import {
  author,
  type Checkout,
  checkOut,
  fakeSecret,
  remove,
  type Scanner,
  scan,
  scanners,
  writeDatabases,
} from './support/scanners.js';

const someOtherCommit = '0123456789abcdef0123456789abcdef01234567';

beforeAll(writeDatabases);

type Fields = Readonly<Record<string, unknown>>;

/** Lets the step judge the scanner's report in the checkout, by a gate with these fields besides. */
async function judge({ source, report, block }: Scanner, { folder }: Checkout, more: Fields = {}) {
  const fields = Object.entries({ block, ...more }).map(([key, value]) => `    ${key}: ${JSON.stringify(value)}\n`);
  const policy = `version: 1
evaluation: { warmup: 0s, every: 1s, steady: 0s, deadline: 5s }
gates:
  - name: scans
    type: security
    source: { type: ${source}, files: ${report} }
${fields.join('')}`;
  const own = mkdtempSync(join(tmpdir(), 'signalbox-judged-'));
  const [recordFile, summaryFile] = [join(own, 'record.json'), join(own, 'summary.md')];
  const args = ['run', '--policy', policy, '--record', recordFile, '--summary', summaryFile];
  const out = await runStep({ platform: 'terminal', args, cwd: folder });
  cleanUp(out);
  expect([0, 1], `${out.stdout}${out.stderr}`).toContain(out.code);
  const [recorded, summary] = [readFileSync(recordFile, 'utf8'), readFileSync(summaryFile, 'utf8')];
  rmSync(own, { recursive: true });
  const record = v.parse(recordSchema, JSON.parse(recorded));
  expect(out.code).toBe(record.decision.decision === 'continue' ? 0 : 1);
  const gate = record.rounds.at(-1)?.gates[0];
  const answer = gate?.answers[0];
  const scans = answer && 'measurement' in answer ? (answer.measurement as Scans) : undefined;
  return {
    decision: record.decision,
    reading: gate?.reading,
    scans,
    summary,
    all: [out.stdout, out.stderr, recorded, summary],
  };
}

/** As a pipeline does that knows which commit it let the scanner scan. */
function stamped(report: string, revisionId: string): string {
  const log = JSON.parse(report) as { runs: Record<string, unknown>[] };
  const versionControlProvenance = [{ repositoryUri: 'https://example.com/sample', revisionId }];
  return JSON.stringify({ ...log, runs: log.runs.map((run) => ({ ...run, versionControlProvenance })) });
}

describe.each(scanners.map((scanner) => [scanner.report, scanner] as const))('%s', (_, scanner) => {
  let sample: Checkout;
  let clean: Checkout;
  let reports: { readonly sample: string; readonly clean: string };

  const of = async (checkout: Checkout, exitCode: number): Promise<string> => {
    const { code, report } = await scan(scanner, checkout);
    expect(code).toBe(exitCode);
    return report ?? '';
  };

  beforeAll(async () => {
    [sample, clean] = [checkOut('sample'), checkOut('clean')];
    reports = { sample: await of(sample, scanner.exitCode), clean: await of(clean, 0) };
  });
  afterAll(() => [sample, clean].forEach(remove));

  /** Of a report in place of the one that the scanner wrote; undefined: of no report at all. */
  async function judged(checkout: Checkout, text: string | undefined, more: Fields = {}) {
    const report = `results/${randomUUID()}${extname(scanner.report)}`;
    if (text !== undefined) writeFileSync(join(checkout.folder, report), text);
    return await judge({ ...scanner, report }, checkout, { require: scanner.tool, ...more });
  }

  it('stops the train with what it finds', async () => {
    const { decision, reading, scans, summary } = await judged(sample, reports.sample);
    expect(decision).toMatchObject({ decision: 'stop', reason: 'unhealthy' });
    expect(reading).toMatchObject({ state: 'unhealthy', code: 'findings', conclusive: true });
    const found = scans?.findings.map(({ severity, rule, file }) => [severity, rule, file]);
    expect(found).toEqual(expect.arrayContaining(scanner.finds.map((one) => [...one])));
    expect(scans?.runs).toMatchObject([{ tool: scanner.tool }]);
    const [[, rule, file] = []] = scanner.finds;
    expect(summary).toContain(rule);
    expect(summary).toContain(file);
  });

  it('lets the clean twin go', async () => {
    const { decision, reading, scans } = await judged(clean, reports.clean);
    expect(decision).toMatchObject({ decision: 'continue', reason: 'healthy' });
    expect(reading).toMatchObject({ state: 'healthy', code: 'no-findings' });
    expect(scans?.runs).toMatchObject([{ tool: scanner.tool, results: 0 }]);
  });

  it('never goes on with a report that was cut off, is empty or is not there', async () => {
    const whole = reports.clean.trimEnd();
    const ends = [0, 1, whole.length / 3, whole.length / 2, (whole.length * 9) / 10, whole.length - 1].map(Math.floor);
    const texts = [undefined, ...ends.map((end) => whole.slice(0, end))];
    for (const { decision, reading } of await Promise.all(texts.map((text) => judged(clean, text)))) {
      expect(decision).toMatchObject({ decision: 'stop', reason: 'not-measured' });
      expect(reading?.state).toBe('error');
    }
  });

  it.each([10, 100, 400])('never goes on when the scanner is killed after %i ms', async (ms) => {
    const checkout = checkOut('sample');
    try {
      await scan(scanner, checkout, ms);
      const { decision } = await judge(scanner, checkout);
      expect(decision.decision).toBe('stop');
    } finally {
      remove(checkout);
    }
  });

  const canNameCommit = scanner.source === 'sarif' || scanner.namesCommit;
  it.runIf(canNameCommit)('is of the commit that was scanned, and of no other', async () => {
    const report = (which: 'sample' | 'clean', commit: string) =>
      scanner.source === 'sarif' ? stamped(reports[which], commit) : reports[which];
    const of = (which: 'sample' | 'clean', commit: string, said: string) =>
      judged(which === 'sample' ? sample : clean, report(which, said), { commit, 'commit-required': true });
    expect((await of('clean', clean.commit, clean.commit)).decision.decision).toBe('continue');
    expect((await of('sample', sample.commit, sample.commit)).reading?.code).toBe('findings');
    for (const which of ['sample', 'clean'] as const) {
      const { decision, reading } = await of(which, someOtherCommit, clean.commit);
      expect(decision).toMatchObject({ decision: 'stop', reason: 'insufficient-evidence' });
      expect(reading).toMatchObject({ state: 'insufficient', code: 'wrong-commit' });
    }
  });

  it.skipIf(scanner.namesCommit)('names no commit of itself, so it is none where one is required', async () => {
    const { decision, reading } = await judged(clean, reports.clean, { commit: clean.commit, 'commit-required': true });
    expect(decision.decision).toBe('stop');
    expect(reading).toMatchObject({ state: 'insufficient', code: 'commit-unknown' });
  });

  it.runIf(scanner.source === 'sarif')(
    'does not say that it ran to its end, so it is none where that is required',
    async () => {
      const { decision, reading } = await judged(clean, reports.clean, { 'execution-required': true });
      expect(decision.decision).toBe('stop');
      expect(reading).toMatchObject({ state: 'insufficient', code: 'execution-unknown' });
    },
  );

  it('shows neither a secret nor who committed it', async () => {
    if (scanner.tellsSecrets) {
      expect(reports.sample).toContain(fakeSecret);
      expect(reports.sample).toContain(author.email);
    }
    const { all, decision } = await judged(sample, reports.sample);
    expect(decision.decision).toBe('stop');
    for (const text of all) {
      for (const hidden of [fakeSecret, ...Object.values(author)]) expect(text).not.toContain(hidden);
    }
  });
});

const named = (tool: string): Scanner => {
  const scanner = scanners.find((one) => one.tool === tool);
  if (!scanner) throw new Error(`${tool} is no scanner of these tests`);
  return scanner;
};

describe('a comment in the code', () => {
  const md5 = `package main

import (
	"crypto/md5" // #nosec G501 -- a checksum
	"fmt"
)

func main() { fmt.Printf("%x", md5.Sum([]byte("backup"))) } // #nosec G401 -- a checksum
`;
  const regex = `// eslint-disable-next-line security/detect-unsafe-regex -- of our own text
exports.pattern = /^(a+)+$/;
`;

  it.each([
    ['gosec', 'backup.go', md5, 'a checksum'],
    ['ESLint', 'upload.js', regex, 'of our own text'],
  ])('of %s suppresses as far as the policy lets it', async (tool, file, code, told) => {
    const scanner = named(tool);
    const checkout = checkOut('clean');
    try {
      writeFileSync(join(checkout.folder, file), code);
      expect((await scan(scanner, checkout)).code).toBe(0);
      const [lets, forbids] = await Promise.all([
        judge(scanner, checkout, { block: 'low' }),
        judge(scanner, checkout, { block: 'low', suppressions: { allow: [] } }),
      ]);
      expect(lets.decision.decision).toBe('continue');
      expect(lets.scans?.findings[0]).toMatchObject({ fate: 'suppressed', reason: 'IN_SOURCE', told });
      expect(forbids.reading).toMatchObject({ state: 'unhealthy', code: 'findings' });
    } finally {
      remove(checkout);
    }
  });
});

it('ESLint says that it failed at a file that it cannot parse, so nothing is measured', async () => {
  const checkout = checkOut('clean');
  try {
    writeFileSync(join(checkout.folder, 'broken.js'), 'const broken = (;\n');
    expect((await scan(named('ESLint'), checkout)).code).toBe(1);
    const { decision, reading } = await judge(named('ESLint'), checkout);
    expect(decision).toMatchObject({ decision: 'stop', reason: 'not-measured' });
    expect(reading).toMatchObject({ state: 'error', code: 'scan-failed' });
  } finally {
    remove(checkout);
  }
});

/** Nothing in these reports tells them from those of a clean scan. A pipeline has to look at the exit code, and Gitleaks has none either. */
describe('a scan of nothing', () => {
  const withoutDatabase = { OSV_SCALIBR_LOCAL_DB_CACHE_DIRECTORY: 'no-database' };

  it.each<[string, string, Partial<Scanner>, number, (folder: string) => void]>([
    [
      'gosec',
      'code that does not compile',
      {},
      1,
      (folder) => writeFileSync(join(folder, 'backup.go'), 'package main\n!'),
    ],
    [
      'gitleaks',
      'a folder that is no repository',
      {},
      0,
      (folder) => rmSync(join(folder, '.git'), { recursive: true }),
    ],
    ['osv-scanner', 'no vulnerability database', { env: withoutDatabase }, 127, () => undefined],
  ])('by %s, with %s, is no evidence where scans must say that they ran to their end', async (...args) => {
    const [tool, , change, exitCode, spoil] = args;
    const scanner = { ...named(tool), ...change };
    const checkout = checkOut('sample');
    try {
      spoil(checkout.folder);
      const { code, report } = await scan(scanner, checkout);
      expect(code).toBe(exitCode);
      expect(JSON.parse(report ?? '')).toMatchObject({ runs: [{ results: [] }] });
      const { decision, reading } = await judge(scanner, checkout, { 'execution-required': true });
      expect(decision).toMatchObject({ decision: 'stop', reason: 'insufficient-evidence' });
      expect(reading?.code).toBe('execution-unknown');
    } finally {
      remove(checkout);
    }
  });
});
