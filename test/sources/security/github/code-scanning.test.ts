import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { securityGate } from '../../../../src/gates/security.js';
import type { ReadingData, Scans } from '../../../../src/record/evidence.js';
import { githubCodeScanningSource } from '../../../../src/sources/security/github/code-scanning.js';
import type { SecurityQuestion, Source } from '../../../../src/sources/source.js';
import { sourceContext } from '../../../support/context.js';
import { readingOf } from '../../../support/evidence.js';
import { reply, standIn } from '../../../support/server.js';

const sha = 'c0ffee'.repeat(7).slice(0, 40);
const base = 'ab'.repeat(20);
const moment = { now: Date.now(), deployedAt: 0, settledAt: 0, completeTo: 0 };

type Json = Record<string, unknown>;
const analysis = (id: number, change: Json = {}): Json => ({
  id,
  commit_sha: sha,
  category: '',
  error: '',
  warning: '',
  created_at: new Date().toISOString(),
  results_count: 1,
  tool: { name: 'CodeQL' },
  ...change,
});
const log = {
  version: '2.1.0',
  runs: [
    {
      tool: { driver: { name: 'CodeQL' } },
      results: [
        {
          ruleId: 'js/sql',
          level: 'error',
          message: { text: 'm' },
          partialFingerprints: { primaryLocationLineHash: 'a:1' },
        },
      ],
    },
  ],
};

/** What the gate says of a repository with these analyses by ref. */
async function judged(byRef: Readonly<Record<string, readonly Json[]>>, source: Json = {}, gate: Json = {}) {
  const server = await standIn(({ path }, response) => {
    const { pathname, searchParams } = new URL(path, 'http://x');
    if (pathname.endsWith('/alerts')) reply(response, 200, []);
    else if (/analyses\/\d+$/.test(pathname)) reply(response, 200, log);
    else reply(response, 200, byRef[searchParams.get('ref') ?? ''] ?? []);
  });
  const config = v.parse(githubCodeScanningSource.schema, {
    repository: 'acme/checkout',
    ref: 'main',
    url: server.url,
    ...source,
  });
  const open = githubCodeScanningSource.open(config, sourceContext()) as Source<'security'>;
  const bound = securityGate.bind(v.parse(securityGate.schema, { commit: sha, ...gate }));
  const [question] = [...bound.questions(moment).values()] as SecurityQuestion[];
  const measurement = {
    ...(await open.security(question as SecurityQuestion, new AbortController().signal)),
    source: 's',
  } as Scans;
  const reading: ReadingData = readingOf(bound.judge([{ role: 'scans', measurement }], moment));
  return { reading, measurement };
}

const main = 'refs/heads/main';

describe('the tools that are asked for', () => {
  it('are needed for this commit, whatever they did for others', async () => {
    const analyses = { [main]: [analysis(1), analysis(2, { commit_sha: base, tool: { name: 'Trivy' } })] };
    const { measurement } = await judged(analyses, { tools: ['CodeQL', 'Trivy'] });
    expect(measurement.problems.map(({ code, tool }) => `${code} ${tool}`)).toContain('NOT_ANALYSED Trivy');
    expect((await judged(analyses, { tools: ['CodeQL'] })).measurement.problems).toEqual([]);
  });
});

describe('the baseline', () => {
  it('is the analyses of another branch', async () => {
    const analyses = { [main]: [analysis(1)], 'refs/heads/release': [analysis(7, { commit_sha: base })] };
    expect((await judged(analyses)).reading.state).toBe('unhealthy');
    expect((await judged(analyses, {}, { baseline: { ref: 'release' } })).reading.state).toBe('healthy');
  });

  it('is never what is released', async () => {
    const same = await judged({ [main]: [analysis(1)] }, {}, { baseline: { ref: 'main' } });
    expect(same.reading.state).toBe('unhealthy');
    expect(same.measurement.remarks).toMatchObject([{ code: 'BASELINE_UNREADABLE' }]);
    const pushed = await judged(
      { [main]: [analysis(1)], 'refs/heads/copy': [analysis(1)] },
      {},
      { baseline: { ref: 'copy' } },
    );
    expect(pushed.reading.state).toBe('unhealthy');
  });
});

it('waits where GitHub has nothing of the ref yet', async () => {
  expect((await judged({})).reading).toMatchObject({ state: 'insufficient', code: 'not-analysed' });
});
