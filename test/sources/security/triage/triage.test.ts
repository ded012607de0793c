import { describe, expect, it } from 'vitest';
import type { Triage } from '../../../../src/sources/security/question.js';
import type { Result } from '../../../../src/sources/security/result.js';
import type { References } from '../../../../src/sources/security/triage/references.js';
import { openTriage } from '../../../../src/sources/security/triage/triage.js';
import { day, now, references, result, scored, suppression, triagePolicy } from '../support.js';

const fate = (one: Partial<Result>, policy: Partial<Triage> = {}, beside: Partial<References> = {}, tool = 'CodeQL') =>
  openTriage(triagePolicy(policy), references(beside), now)(tool, result(one));
const word = (...args: Parameters<typeof fate>) => {
  const { fate: is, reason } = fate(...args);
  return `${is} ${reason}`;
};

describe('severity', () => {
  const low = { severity: 'low', why: 'level note' } as const;
  it('comes from the score, the level, or the worse of them', () => {
    const both = { ...scored('critical'), level: low };
    expect(fate(both)).toMatchObject({ severity: 'critical', conflict: 'level note says low' });
    const near = { ...scored('medium'), level: low };
    expect(fate(near)).toMatchObject({ severity: 'medium' });
    expect(fate(near, { 'severity-from': 'level' })).toMatchObject({ severity: 'low' });
    expect(fate(near, { 'severity-from': 'strictest' }).severity).toBe('medium');
    expect(fate({ ...scored('medium') }, { 'severity-from': 'strictest' }).severity).toBe('high');
  });

  it('is the worse one where they are two steps apart', () => {
    expect(fate({ ...scored('critical') }).conflict).toBeUndefined();
    expect(fate({ ...scored('low') })).toMatchObject({
      severity: 'high',
      conflict: 'security-severity of the rule says low',
    });
    for (const from of ['score', 'level', 'strictest'] as const) {
      expect(fate({ ...scored('low') }, { 'severity-from': from }).severity).toBe('high');
      expect(fate({ ...scored('critical'), level: low }, { 'severity-from': from }).severity).toBe('critical');
    }
  });

  it('comes from the other measure where one says nothing, and is unknown where both do', () => {
    const silent = { severity: 'unknown', why: 'security-severity 0.0 says nothing' } as const;
    expect(fate({ score: silent })).toMatchObject({ severity: 'high', why: 'level error of the rule' });
    expect(fate({ ...scored('low'), level: silent }, { 'severity-from': 'level' }).severity).toBe('low');
    expect(fate({ score: silent, level: silent })).toMatchObject({ severity: 'unknown', why: silent.why });
  });

  it('of a secret that says nothing is critical', () => {
    const silent = { severity: 'unknown', why: 'level warning says nothing' } as const;
    expect(fate({ level: silent, secret: true })).toMatchObject({ severity: 'critical', why: 'a secret' });
  });
});

describe('what is no failure', () => {
  it('is ignored, or for a person to review', () => {
    expect(word({ noFailure: { fate: 'ignored', reason: 'KIND_PASS' } })).toBe('ignored KIND_PASS');
    expect(word({ noFailure: { fate: 'review', reason: 'KIND_OPEN' } })).toBe('review KIND_OPEN');
    expect(word({ noFailure: { fate: 'review', reason: 'KIND_OPEN' }, suppressions: [suppression()] })).toBe(
      'suppressed IN_SOURCE',
    );
  });
});

describe('suppressions', () => {
  const of = (change: Parameters<typeof suppression>[0], policy: Partial<Triage['suppressions']> = {}) =>
    word({ suppressions: [suppression(change)] }, { suppressions: { ...triagePolicy().suppressions, ...policy } });

  it.each([
    [{}, {}, 'suppressed IN_SOURCE'],
    [{ kind: 'external' }, {}, 'suppressed EXTERNAL'],
    [{ status: 'rejected' }, {}, 'counted SUPPRESSION_REJECTED'],
    [{ status: 'under-review' }, {}, 'counted SUPPRESSION_UNDER_REVIEW'],
    [{ expires: now + 1 }, {}, 'suppressed IN_SOURCE'],
    [{ expires: now }, {}, 'counted SUPPRESSION_EXPIRED'],
    [{ expires: Number.NaN }, {}, 'counted SUPPRESSION_EXPIRED'],
    [{}, { allow: ['external'] }, 'counted SUPPRESSION_NOT_ALLOWED'],
    [{}, { allow: [] }, 'counted SUPPRESSION_NOT_ALLOWED'],
    [{}, { by: ['alice'] }, 'counted SUPPRESSION_NOT_ALLOWED'],
    [{ by: 'Alice' }, { by: ['alice'] }, 'suppressed IN_SOURCE'],
    [{}, { 'reason-required': true }, 'counted SUPPRESSION_WITHOUT_REASON'],
    [{ reason: 'a test' }, { 'reason-required': true }, 'suppressed IN_SOURCE'],
    [{}, { 'up-to': 'medium' }, 'counted SUPPRESSION_TOO_SEVERE'],
  ] as const)('%j under %j: %s', (change, policy, expected) => expect(of(change, policy)).toBe(expected));

  it('hold only when all of them do', () => {
    const [good, bad] = [suppression(), suppression({ kind: 'external', status: 'rejected' })];
    for (const suppressions of [
      [good, bad],
      [bad, good],
    ]) {
      expect(word({ suppressions })).toBe('counted SUPPRESSION_REJECTED');
    }
  });

  it('of unknown severity go by what it counts as', () => {
    const silent = { severity: 'unknown', why: '' } as const;
    const one = { level: silent, suppressions: [suppression()] };
    expect(word(one)).toBe('suppressed IN_SOURCE');
    expect(word(one, { 'unknown-severity': 'critical' })).toBe('counted SUPPRESSION_TOO_SEVERE');
  });

  it('say who and why', () => {
    expect(fate({ suppressions: [suppression({ by: 'alice', reason: 'only in tests' })] }).told).toBe(
      'alice: only in tests',
    );
  });
});

describe('the rules of the policy', () => {
  const place = { file: 'test/db.test.ts', rule: 'js/sql', cwes: ['CWE-89'], purl: 'pkg:npm/lodash@4.17.20' };
  it.each([
    [{ tools: ['codeql'] }, true],
    [{ tools: ['Semgrep'] }, false],
    [{ rules: ['js/*'] }, true],
    [{ rules: ['js'] }, false],
    [{ rules: ['cve-2021-*'] }, true],
    [{ paths: ['test/**'] }, true],
    [{ paths: ['src/**'] }, false],
    [{ cwes: ['cwe-89'] }, true],
    [{ cwes: ['CWE-8'] }, false],
    [{ packages: ['pkg:npm/lodash'] }, true],
    [{ packages: ['pkg:npm/lodash@4.17.20'] }, true],
    [{ packages: ['pkg:npm/lodash@4.17.21'] }, false],
    [{ packages: ['pkg:npm/lodas'] }, false],
    [{ 'up-to': 'high' }, true],
    [{ 'up-to': 'medium' }, false],
    [{ paths: ['test/**'], rules: ['js/sql'] }, true],
    [{ paths: ['test/**'], rules: ['js/xss'] }, false],
    [{ paths: ['src/**', 'test/*.ts'] }, true],
  ] as const)('%j fits: %s', (criteria, fits) => {
    const rules = [{ name: 'tests', ...criteria, do: 'ignore' as const }];
    expect(word({ ...place, ids: ['CVE-2021-1'] }, { rules })).toBe(fits ? 'ignored RULE' : 'counted STANDS');
  });

  it('do what they say, the first that fits', () => {
    const rules = [
      { name: 'a', paths: ['test/**'], do: 'warn' as const },
      { name: 'b', rules: ['js/*'], do: 'count' as const, as: 'low' as const },
    ];
    expect(fate(place, { rules })).toMatchObject({ fate: 'warned', reason: 'RULE', told: 'a' });
    expect(fate({ ...place, file: 'src/x.ts' }, { rules })).toMatchObject({
      fate: 'counted',
      severity: 'low',
      why: 'rule `b`',
    });
  });

  it('about paths fit nothing that has none', () => {
    expect(word({}, { rules: [{ name: 'a', paths: ['**'], do: 'ignore' }] })).toBe('counted STANDS');
  });
});

describe('the baseline', () => {
  it('is the word of the scanner', () => {
    for (const [state, expected] of [
      ['new', 'counted STANDS'],
      ['unchanged', 'ignored BASELINE'],
      ['updated', 'ignored BASELINE'],
      ['invalid', 'counted STANDS'],
    ] as const) {
      expect(word({ baselineState: state }, { baseline: {} })).toBe(expected);
      expect(word({ baselineState: state })).toBe('counted STANDS');
    }
    expect(word({}, { baseline: {} })).toBe('counted STANDS');
  });

  it('is that of files when there are some, whatever the scanner says', () => {
    const baseline = { files: ['old.sarif'] };
    expect(word({}, { baseline }, { known: () => true })).toBe('ignored BASELINE');
    expect(word({ baselineState: 'unchanged' }, { baseline }, { known: () => false })).toBe('counted STANDS');
    expect(word({ baselineState: 'unchanged' }, { baseline })).toBe('counted STANDS');
  });
});

describe('what is exploited', () => {
  const exploited = () => 'in the KEV catalog since 2024-05-01';
  it('is critical, and neither put off nor passed over', () => {
    expect(fate(scored('low'), {}, { exploited })).toMatchObject({ severity: 'critical', why: exploited() });
    const since = now - day;
    expect(word({ fix: '', since }, { 'fixable-only': true, 'fix-within': { critical: 9 * day } }, { exploited })).toBe(
      'counted STANDS',
    );
    expect(word({}, { baseline: { files: [] } }, { exploited, known: () => true })).toBe('counted STANDS');
    expect(word({ suppressions: [suppression()] }, {}, { exploited })).toBe('counted SUPPRESSION_TOO_SEVERE');
  });
});

describe('what is put off', () => {
  it('has no fix, by the word of the scan', () => {
    const policy = { 'fixable-only': true };
    expect(word({ fix: '' }, policy)).toBe('deferred NO_FIX');
    expect(word({ fix: 'upgrade to 2' }, policy)).toBe('counted STANDS');
    expect(word({}, policy)).toBe('counted STANDS');
    expect(word({ fix: '' })).toBe('counted STANDS');
  });

  it('is younger than the grace of its severity', () => {
    const policy = { 'fix-within': { high: 30 * day } };
    expect(fate({ since: now - 30 * day + 1 }, policy)).toMatchObject({ fate: 'deferred', reason: 'GRACE' });
    expect(fate({ since: now - 10 * day }, policy).told).toBe('until 2026-12-13');
    expect(word({ since: now - 30 * day }, policy)).toBe('counted STANDS');
    expect(word({}, policy)).toBe('counted STANDS');
    expect(word({ since: now + day }, policy)).toBe('counted STANDS');
    expect(word({ since: Number.NaN }, policy)).toBe('counted STANDS');
    expect(word({ since: now, ...scored('critical') }, policy)).toBe('counted STANDS');
  });
});

describe('waivers and VEX', () => {
  it('excuse what they cover', () => {
    const waivers = { excuse: () => ({ reason: 'WAIVER', told: 'w1' }), remarks: () => [] };
    const vex = { excuse: () => ({ reason: 'VEX_NOT_AFFECTED', told: 'doc' }), remarks: () => [] };
    expect(fate({}, {}, { waivers })).toMatchObject({ fate: 'waived', reason: 'WAIVER', told: 'w1' });
    expect(word({}, {}, { waivers, vex })).toBe('suppressed VEX_NOT_AFFECTED');
    expect(word({ suppressions: [suppression({ status: 'rejected' })] }, {}, { waivers })).toBe('waived WAIVER');
  });

  it('count what an expired waiver covered, and say so', () => {
    const waivers = { excuse: () => ({ expired: 'w1 of team-a' }), remarks: () => [] };
    expect(fate({}, {}, { waivers })).toMatchObject({
      fate: 'counted',
      reason: 'WAIVER_EXPIRED',
      told: 'w1 of team-a',
    });
  });
});
