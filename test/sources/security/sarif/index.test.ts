import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { scans } from '../../../../src/record/evidence.js';
import { countsOf } from '../../../../src/record/scans.js';
import { fileSource } from '../../../../src/sources/security/file-source.js';
import { sarifFormat } from '../../../../src/sources/security/sarif/index.js';
import { NotMeasured, type Source, type SourceContext } from '../../../../src/sources/source.js';
import { SimulatedClock } from '../../../support/clock.js';
import { triagePolicy } from '../support.js';
import { log, run, workspace } from './support.js';

const sarifSource = fileSource(sarifFormat);

let ws: string;
const put = (name: string, content: unknown): Promise<void> =>
  writeFile(path.join(ws, name), typeof content === 'string' ? content : JSON.stringify(content));
const source = (files: string | string[]): Source => {
  const context = { clock: new SimulatedClock(), workspace: ws } as unknown as SourceContext;
  return sarifSource.open(v.parse(sarifSource.schema, { files }), context);
};
async function ask(files: string | string[], signal = new AbortController().signal) {
  const measurement = {
    ...(await source(files).security({ family: 'security', triage: triagePolicy() }, signal)),
    source: 'scans',
  };
  return v.parse(scans, JSON.parse(JSON.stringify(measurement)));
}

beforeEach(async () => {
  ws = await workspace();
});

describe('source sarif', () => {
  it('reads all runs of all files and says from which file they are', async () => {
    await put('a.sarif', log(run([{ level: 'error', ruleId: 'E' }]), run([], {}, { driver: { name: 'Other' } })));
    await put('b.sarif', log(run([{ level: 'note', ruleId: 'N' }])));
    const found = await ask('*.sarif');
    expect(found).toMatchObject({
      seen: 3,
      partial: false,
      settled: true,
      problems: [],
      query: '*.sarif',
      at: '2026-11-23T10:00:00.000Z',
    });
    expect(found.runs.map((r) => [r.tool, r.file])).toEqual([
      ['Scanner', 'a.sarif'],
      ['Other', 'a.sarif'],
      ['Scanner', 'b.sarif'],
    ]);
    const bytes = await readFile(path.join(ws, 'a.sarif'));
    expect(found.runs[0]?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(found.findings.map((f) => [f.rule, f.run])).toEqual([
      ['E', 0],
      ['N', 2],
    ]);
  });

  it('reads on when a file is bad, and says what is wrong with each', async () => {
    await put('1.sarif', '');
    await put('2.sarif', '{"version":');
    await put('3.sarif', log());
    await put('4.sarif', { version: '2.1.0', runs: null });
    await put('5.sarif', log(run(null), run([{ level: 'error' }])));
    const found = await ask(['*.sarif', 'trivy/*.sarif']);
    expect(found.problems.map((p) => [p.code, p.file])).toEqual([
      ['NO_REPORT', 'trivy/*.sarif'],
      ['EMPTY_FILE', '1.sarif'],
      ['UNREADABLE', '2.sarif'],
      ['NO_RUNS', '3.sarif'],
      ['PRODUCER_FAILED', '4.sarif'],
      ['RESULTS_MISSING', '5.sarif'],
    ]);
    expect(found.problems.every((p) => p.message.includes(p.file ?? '?'))).toBe(true);
    expect(found.seen).toBe(1);
    expect(countsOf(found.runs, 'counted').high).toBe(1);
  });

  it('sees nothing where there is nothing', async () => {
    expect(await ask('*.sarif')).toMatchObject({ seen: 0, runs: [], problems: [{ code: 'NO_REPORT' }] });
    await mkdir(path.join(ws, 'results'));
    expect(await ask('results')).toMatchObject({ seen: 0, problems: [{ code: 'NO_REPORT', file: 'results' }] });
  });

  it('keeps the record small when a file is all problems', async () => {
    await put('a.sarif', log(...Array.from({ length: 1000 }, () => ({}))));
    const { problems } = await ask('a.sarif');
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)?.message).toContain('980 further problems');
  });

  it('gives up when the round is over', async () => {
    await put('a.sarif', log(run([])));
    const asked = ask('a.sarif', AbortSignal.abort());
    await expect(asked).rejects.toBeInstanceOf(NotMeasured);
    await expect(asked).rejects.toMatchObject({ code: 'timeout', permanent: false });
  });

  it('refuses patterns that say nothing or what not to read', () => {
    const check = (files: unknown): string[] | undefined =>
      v
        .safeParse(sarifSource.schema, { files })
        .issues?.flatMap((i) => [i.message, ...(i.issues ?? []).map((j) => j.message)]);
    expect(check('results')).toBeUndefined();
    for (const bad of ['', ' ', [], ['a', ''], undefined, 7]) expect(check(bad)).toBeDefined();
    expect(check('!x.sarif')?.join()).toContain('a path or a glob to read');
  });
});
