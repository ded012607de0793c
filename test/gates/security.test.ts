import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { securityGate } from '../../src/gates/security.js';
import type { Answer, Scans } from '../../src/record/evidence.js';
import { countsOf, type ScanRun, type Severity } from '../../src/record/scans.js';
import { readingOf } from '../support/evidence.js';
import { finding, scanRun, scansNow, scansOf } from '../support/scans.js';

const now = scansNow;
const moment = { now, deployedAt: now - 60_000, settledAt: now, completeTo: now };
const sha = 'a1b2c3d4e5f60718293a4b5c6d7e8f9001122334';

const run = scanRun;
const scans = scansOf;
const counted = (counts: Partial<Record<Severity, number>>) => ({ fates: { counted: counts } });
const problem = (code: string, file = 'trivy.sarif', tool?: string, about?: string): Scans['problems'][number] => ({
  code,
  message: `${file} is bad (${code})`,
  file,
  ...(tool ? { tool } : {}),
  ...(about ? { about } : {}),
});
const config = (written: Record<string, unknown> = {}) => v.parse(securityGate.schema, written);
const judgeAnswers = (answers: Answer[], written: Record<string, unknown> = {}) =>
  readingOf(securityGate.bind(config(written)).judge(answers, moment));
const judge = (measurement: Scans, written: Record<string, unknown> = {}) =>
  judgeAnswers([{ role: 'scans', measurement }], written);

describe('findings', () => {
  it('stop the train at once, at or over the bar', () => {
    const findings = [
      finding({ rule: 'js/eval', severity: 'critical' }),
      finding({ rule: 'js/sql', file: 'src/db.ts', line: 41 }),
      finding({ rule: 'js/odd', severity: 'low', file: 'src/x.ts' }),
      finding({ rule: 'js/waived', severity: 'critical', fate: 'waived', reason: 'WAIVER' }),
    ];
    expect(judge(scans([run(counted({ critical: 1, high: 1, low: 1 }))], { findings }))).toEqual({
      state: 'unhealthy',
      code: 'findings',
      reason: '2 findings of high or worse: 1 critical, 1 high (CodeQL js/eval, CodeQL js/sql in src/db.ts:41)',
      value: 2,
      threshold: '0 of high or worse',
      conclusive: true,
    });
  });

  it.each([
    ['critical', 'unhealthy', 'healthy', 'healthy', 'healthy'],
    ['high', 'unhealthy', 'unhealthy', 'healthy', 'healthy'],
    ['medium', 'unhealthy', 'unhealthy', 'unhealthy', 'healthy'],
    ['low', 'unhealthy', 'unhealthy', 'unhealthy', 'unhealthy'],
  ])('block: %s', (block, ...states) => {
    for (const [i, severity] of (['critical', 'high', 'medium', 'low'] as const).entries()) {
      expect(judge(scans([run(counted({ [severity]: 1 }))]), { block }).state).toBe(states[i]);
    }
  });

  it('of unknown severity count as high unless the policy says otherwise', () => {
    const unknown = scans([run(counted({ unknown: 2 }))]);
    expect(judge(unknown)).toMatchObject({
      state: 'unhealthy',
      value: 2,
      reason: expect.stringContaining('2 of unknown severity (counted as high)'),
    });
    expect(judge(unknown, { block: 'critical' }).state).toBe('healthy');
    expect(judge(unknown, { 'unknown-severity': 'low' })).toMatchObject({
      state: 'healthy',
      reason: expect.stringContaining('2 lower'),
    });
    expect(judge(unknown, { block: 'critical', 'unknown-severity': 'critical' }).state).toBe('unhealthy');
  });

  it('to review block, are told or ignored as the policy says', () => {
    const open = scans([run({ fates: { review: 2 } })]);
    expect(judge(open)).toMatchObject({
      state: 'healthy',
      reason: expect.stringContaining('2 results for a person to review'),
    });
    expect(judge(open, { review: 'ignore' }).reason).not.toContain('review');
    expect(judge(open, { review: 'block' })).toMatchObject({ state: 'unhealthy', value: 2, conclusive: true });
  });
});

describe('clean scans', () => {
  it('are named with their versions', () => {
    const two = scans([
      run({ fates: { counted: { low: 3, medium: 1 }, suppressed: 2, waived: 1, deferred: 3, ignored: 9 } }),
      run({ tool: 'Trivy', toolVersion: '0.58' }),
    ]);
    expect(judge(two)).toMatchObject({
      state: 'healthy',
      code: 'no-findings',
      value: 0,
      reason:
        'no finding of high or worse in 2 scans (CodeQL 2.19.3, Trivy 0.58); 4 lower; 3 put off; 1 waived; 2 suppressed',
    });
  });
});

describe('missing evidence', () => {
  it('is an error when a file or a scan is bad, with all that is wrong', () => {
    const bad = scans([run()], { problems: [problem('SCAN_FAILED'), problem('EMPTY_FILE', 'b.sarif')], settled: true });
    expect(judge(bad)).toMatchObject({
      state: 'error',
      code: 'scan-failed',
      permanent: true,
      reason: 'trivy.sarif is bad (SCAN_FAILED); b.sarif is bad (EMPTY_FILE)',
    });
    const many = scans([run()], { problems: Array.from({ length: 9 }, (_, i) => problem('UNREADABLE', `${i}.sarif`)) });
    expect(judge(many).reason).toMatch(/; and 4 more$/);
    expect(judge(many).permanent).toBeUndefined();
  });

  it('is an error when there is no file, and insufficient when there is no scan', () => {
    expect(judge(scans([], { problems: [problem('NO_REPORT')] }))).toMatchObject({ state: 'error', code: 'no-report' });
    expect(judge(scans([]))).toMatchObject({ state: 'insufficient', code: 'no-data' });
    expect(judge(scans([], { seen: 3 }))).toMatchObject({ state: 'insufficient', code: 'no-data' });
    expect(judge(scans([run()], { partial: true }))).toMatchObject({ state: 'insufficient', code: 'partial' });
    expect(judgeAnswers([])).toMatchObject({ state: 'error', code: 'not-answered' });
    const failure = { code: 'timeout', message: 'too slow', permanent: false };
    expect(judgeAnswers([{ role: 'scans', source: 's', failure }])).toMatchObject({ state: 'error', code: 'timeout' });
  });

  it('is an error when a run failed although no problem says so', () => {
    expect(judge(scans([run({ execution: 'failed' })]))).toMatchObject({ state: 'error', code: 'scan-failed' });
  });

  it('does not hide a finding of a sound scan', () => {
    const both = scans([run(counted({ high: 1 }))], { problems: [problem('SCAN_FAILED')] });
    const reading = judge(both, { require: ['Trivy'] });
    expect(reading).toMatchObject({ state: 'unhealthy', value: 1, conclusive: true });
    expect(reading.reason).toContain('besides: trivy.sarif is bad (SCAN_FAILED); there is no scan by Trivy');
  });

  it.each([
    ['failed', run({ execution: 'failed', ...counted({ high: 1 }) }), {}, 'error'],
    [
      'was of another commit',
      run({ revision: 'f'.repeat(40), ...counted({ high: 1 }) }),
      { commit: sha },
      'insufficient',
    ],
    [
      'is too old',
      run({ ended: '2026-11-20T10:00:00Z', ...counted({ high: 1 }) }),
      { 'max-age': '1d' },
      'insufficient',
    ],
  ])('takes no finding from a scan that %s', (_, unsound, written, state) => {
    expect(
      judge(scans([unsound, run({ tool: 'Trivy', revision: sha, ended: new Date(now).toISOString() })]), written).state,
    ).toBe(state);
  });
});

describe('required tools', () => {
  it('are found whatever the case of their letters', () => {
    expect(judge(scans([run()]), { require: 'codeql' }).state).toBe('healthy');
  });

  it('are missed, with the nearest name or all names', () => {
    expect(judge(scans([run({ tool: 'Trivy' })]), { require: ['Trivvy'] })).toMatchObject({
      state: 'insufficient',
      code: 'tool-missing',
      reason: 'there is no scan by Trivvy (did you mean Trivy?)',
    });
    expect(judge(scans([run()]), { require: ['Semgrep'] }).reason).toContain('(found: CodeQL)');
  });
});

describe('the commit', () => {
  const of = (revision: string | null, commit: string, more = {}) =>
    judge(scans([run({ revision })]), { commit, ...more });

  it('is the one that was scanned, in full or by its first digits', () => {
    expect(of(sha, sha).state).toBe('healthy');
    expect(of(sha.toUpperCase(), sha).state).toBe('healthy');
    expect(of(sha, sha.slice(0, 7)).state).toBe('healthy');
    expect(of(`${'f'.repeat(40)} ${sha}`, sha).state).toBe('healthy');
  });

  it('is another one', () => {
    for (const other of ['f'.repeat(40), `${'f'.repeat(40)} ${'e'.repeat(40)}`, sha.slice(1), 'x']) {
      expect(of(other, sha)).toMatchObject({ state: 'insufficient', code: 'wrong-commit' });
    }
    expect(of(sha.slice(0, 7), sha)).toMatchObject({ state: 'insufficient' });
  });

  it('is told to be unknown, or required', () => {
    expect(of(null, sha)).toMatchObject({
      state: 'healthy',
      reason: expect.stringContaining('not said which commit was scanned: CodeQL'),
    });
    expect(of(null, sha, { 'commit-required': true })).toMatchObject({ state: 'insufficient', code: 'commit-unknown' });
  });

  it('must look like one', () => {
    for (const commit of ['main', 'abc123', '', 'a'.repeat(6)])
      expect(v.safeParse(securityGate.schema, { commit }).success).toBe(false);
    expect(v.safeParse(securityGate.schema, { 'commit-required': true }).issues?.[0].message).toContain('`commit`');
  });
});

describe('the age', () => {
  const of = (ended: string | null) => judge(scans([run({ ended })]), { 'max-age': '2h' });

  it.each([
    ['2026-11-23T08:00:00.000Z', 'healthy', 'no-findings'],
    ['2026-11-23T10:05:00.000Z', 'healthy', 'no-findings'],
    ['2026-11-23T07:59:59.999Z', 'insufficient', 'stale'],
    ['2026-11-23T10:05:00.001Z', 'insufficient', 'clock'],
    [null, 'insufficient', 'age-unknown'],
    ['soon', 'insufficient', 'age-unknown'],
  ])('%s is %s (%s)', (ended, state, code) => {
    expect(of(ended)).toMatchObject({ state, code });
  });

  it('does not matter unless the policy says so', () => {
    expect(judge(scans([run({ ended: '2001-01-01T00:00:00Z' })])).state).toBe('healthy');
  });
});

it('is never healthy while anything is wrong', () => {
  // Mostly clean, so that healthy ones are among them.
  const count = fc.constantFrom(0, 0, 0, 0, 1);
  const anyRun = fc.record({
    tool: fc.constantFrom('CodeQL', 'Trivy'),
    revision: fc.constantFrom(null, sha, 'f'.repeat(40)),
    ended: fc.constantFrom(null, new Date(now).toISOString(), '2020-01-01T00:00:00Z', '2030-01-01T00:00:00Z'),
    execution: fc.constantFrom('succeeded', 'failed', 'unknown'),
    counts: fc.record({ critical: count, high: count, medium: count, low: count, unknown: count }),
  });
  const written = fc.record(
    {
      block: fc.constantFrom('critical', 'high', 'medium', 'low'),
      require: fc.constantFrom(['CodeQL'], ['Trivy', 'codeql']),
      commit: fc.constant(sha),
      'max-age': fc.constant('1h'),
    },
    { requiredKeys: [] },
  );
  const problems = fc.array(
    fc.constantFrom('SCAN_FAILED', 'NO_REPORT').map((code) => problem(code)),
    { maxLength: 1 },
  );
  let healthy = 0;
  fc.assert(
    fc.property(fc.array(anyRun, { maxLength: 3 }), problems, written, (runs, bad, w) => {
      const full = runs.map(({ counts, ...r }) => run({ ...(r as Partial<ScanRun>), ...counted(counts) }));
      const { state } = judge(scans(full, { problems: bad }), w);
      if (state !== 'healthy') return;
      healthy += 1;
      expect(full.length).toBeGreaterThan(0);
      expect(bad).toEqual([]);
      for (const r of full) {
        expect(r.execution).not.toBe('failed');
        expect(countsOf([r], 'counted').critical).toBe(0);
        if (w.commit) expect([null, sha]).toContain(r.revision);
        if (w['max-age']) expect(r.ended).toBe(new Date(now).toISOString());
      }
      for (const name of w.require ?? []) expect(full.map((r) => r.tool.toLowerCase())).toContain(name.toLowerCase());
    }),
    { numRuns: 3000 },
  );
  expect(healthy).toBeGreaterThan(0);
});

it('advises to name the tools and the commit', () => {
  expect(securityGate.lint?.(config()).map((l) => l.key)).toEqual(['require', 'commit']);
  expect(securityGate.lint?.(config({ require: 'a', commit: sha }))).toEqual([]);
});
