/** What a policy can ask of scans beyond a severity and a commit: numbers, categories, images, data, tolerance. */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { securityGate } from '../../src/gates/security.js';
import type { Scans } from '../../src/record/evidence.js';
import type { ScanRun } from '../../src/record/scans.js';
import { readingOf } from '../support/evidence.js';
import { type Fates, scanRun, scansNow, scansOf } from '../support/scans.js';

const moment = { now: scansNow, deployedAt: scansNow, settledAt: scansNow, completeTo: scansNow };
const parsed = (written: Record<string, unknown>) => v.parse(securityGate.schema, written);
const judge = (scans: Scans, written: Record<string, unknown> = {}) =>
  readingOf(securityGate.bind(parsed(written)).judge([{ role: 'scans', measurement: scans }], moment));
const withFates = (fates: Fates, written: Record<string, unknown> = {}) =>
  judge(scansOf([scanRun({ fates })]), written);
const withRun = (run: Partial<ScanRun>, written: Record<string, unknown> = {}) =>
  judge(scansOf([scanRun(run)]), written);

describe('numbers of findings', () => {
  it('are allowed by severity', () => {
    expect(withFates({ counted: { high: 2 } }, { most: { high: 2 } })).toMatchObject({
      state: 'healthy',
      reason: expect.stringContaining('no more findings than allowed (0 of high or worse but at most 2 high)'),
    });
    expect(withFates({ counted: { high: 3 } }, { most: { high: 2 } })).toMatchObject({
      state: 'unhealthy',
      value: 3,
      threshold: '0 of high or worse but at most 2 high',
      reason: '3 findings more than allowed: 3 high; allowed: 0 of high or worse but at most 2 high',
    });
    expect(withFates({ counted: { critical: 1, high: 2 } }, { most: { high: 2 } })).toMatchObject({ value: 1 });
  });

  it('are limited below the bar too', () => {
    expect(withFates({ counted: { low: 10 } }, { most: { low: 10 } }).state).toBe('healthy');
    expect(withFates({ counted: { low: 11 } }, { most: { low: 10 } })).toMatchObject({ state: 'unhealthy', value: 11 });
  });

  it('are limited in all', () => {
    expect(withFates({ counted: { low: 3, medium: 2 } }, { most: { total: 5 } }).state).toBe('healthy');
    expect(withFates({ counted: { low: 4, medium: 2 } }, { most: { total: 5 } })).toMatchObject({ value: 6 });
  });

  it('of unknown severity share those of what they count as', () => {
    expect(withFates({ counted: { high: 1, unknown: 1 } }, { most: { high: 2 } }).state).toBe('healthy');
    expect(withFates({ counted: { high: 2, unknown: 1 } }, { most: { high: 2 } }).state).toBe('unhealthy');
  });

  it('are told as a warning without stopping the train', () => {
    expect(withFates({ counted: { medium: 2, low: 3 } }, { warn: 'medium' })).toMatchObject({
      state: 'healthy',
      reason: expect.stringContaining('2 of medium or worse to look at; 3 lower'),
    });
  });
});

it('counts nothing that does not count', () => {
  expect(withFates({ waived: { critical: 1 }, suppressed: 1, deferred: 1, warned: 1, ignored: 1 }).state).toBe(
    'healthy',
  );
});

it('takes a scan with results that nobody understands for no evidence, and its findings for findings', () => {
  expect(withFates({ malformed: 1 })).toMatchObject({ state: 'error', code: 'malformed-result' });
  expect(withFates({ malformed: 1, counted: { high: 1 } })).toMatchObject({ state: 'unhealthy', value: 1 });
});

describe('what must have run', () => {
  it('is a category, as far as it is known what a tool looks for', () => {
    const require = [{ category: 'secrets' }];
    expect(withRun({}, { require })).toMatchObject({
      state: 'insufficient',
      code: 'category-missing',
      reason: 'there is no sound scan for secrets (found: CodeQL)',
    });
    expect(withRun({ categories: ['secrets'] }, { require }).state).toBe('healthy');
    expect(withRun({ tool: 'Own' }, { require, categories: { own: ['secrets', 'iac'] } }).state).toBe('healthy');
    expect(withRun({ categories: ['secrets'] }, { require, categories: { CodeQL: 'sast' } }).state).toBe(
      'insufficient',
    );
  });

  it('is not proven by a scan that is no evidence', () => {
    const old = scanRun({ categories: ['secrets'], ended: '2026-01-01T00:00:00Z' });
    const young = scanRun({ ended: new Date(scansNow).toISOString() });
    const { reason } = judge(scansOf([old, young]), { require: [{ category: 'secrets' }], 'max-age': '1d' });
    expect(reason).toContain('no sound scan for secrets');
  });

  it('brings enough rules', () => {
    const require = [{ tool: 'codeql', rules: 50 }];
    expect(withRun({ rules: 50 }, { require }).state).toBe('healthy');
    expect(withRun({ rules: 0 }, { require })).toMatchObject({
      state: 'insufficient',
      code: 'too-few-rules',
      reason: 'codeql brings 0 rules, fewer than 50',
    });
    expect(withRun({ rules: null }, { require }).code).toBe('too-few-rules');
  });
});

describe('the image', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  it.each([
    [[`ghcr.io/shop/cart@${digest}`, 'ghcr.io/shop/cart:1.2'], 'healthy'],
    [['ghcr.io/shop/cart:1.2', digest], 'healthy'],
    [[`ghcr.io/shop/cart@sha256:${'b'.repeat(64)}`], 'wrong-image'],
  ])('is compared by its digest: %j is %s', (image, word) => {
    const { state, code } = withRun({ image }, { image: digest });
    expect([state, code]).toContain(word);
  });

  it('is missed in a scan of an image that does not name it, and not in others', () => {
    expect(withRun({ categories: ['container'] }, { image: digest }).code).toBe('image-unknown');
    expect(withRun({}, { image: digest })).toMatchObject({
      state: 'healthy',
      reason: expect.stringContaining('not said which image was scanned: CodeQL'),
    });
  });
});

describe('the vulnerability data', () => {
  const of = (run: Partial<ScanRun>) => withRun({ categories: ['sca'], ...run }, { 'database-max-age': '2d' });
  it('are young enough, or the scan proves nothing', () => {
    expect(of({ database: '2026-11-22T10:00:00Z' }).state).toBe('healthy');
    expect(of({ database: '2026-11-21T09:59:59Z' })).toMatchObject({ state: 'insufficient', code: 'database-stale' });
    expect(of({})).toMatchObject({ state: 'insufficient', code: 'database-age-unknown' });
    expect(of({ categories: ['sast'] }).state).toBe('healthy');
  });
});

it('can ask for scans that say that they ran to their end', () => {
  expect(withRun({ execution: 'unknown' }).state).toBe('healthy');
  expect(withRun({ execution: 'unknown' }, { 'execution-required': true })).toMatchObject({
    state: 'insufficient',
    code: 'execution-unknown',
  });
});

describe('a scanner that reports a failure', () => {
  const failed = (about?: string) =>
    scansOf([scanRun({ tool: 'SpotBugs', file: 's.sarif', execution: 'failed' })], {
      problems: [
        { code: 'SCAN_FAILED', message: 'failed', file: 's.sarif', tool: 'SpotBugs', ...(about && { about }) },
      ],
    });
  const tolerate = (more: Record<string, unknown> = {}) => ({
    tolerate: [{ tool: 'spotbugs', reason: 'exits with 1 when it finds something', until: '2026-11-23', ...more }],
  });

  it('is tolerated by name, for a time', () => {
    expect(judge(failed()).state).toBe('error');
    expect(judge(failed(), tolerate()).state).toBe('healthy');
    expect(judge(failed(), tolerate({ until: '2026-11-22' })).state).toBe('error');
    expect(judge(failed(), tolerate({ tool: 'CodeQL' })).state).toBe('error');
  });

  it('is tolerated for the failure that the policy names, and no other', () => {
    expect(judge(failed('missing-class'), tolerate()).state).toBe('error');
    expect(judge(failed('missing-class'), tolerate({ notification: 'missing-class' })).state).toBe('healthy');
    expect(judge(failed('crash'), tolerate({ notification: 'missing-class' })).state).toBe('error');
    expect(judge(failed(), tolerate({ notification: 'missing-class' })).state).toBe('error');
    const two = failed('missing-class');
    two.problems.push({ ...(two.problems[0] as (typeof two.problems)[number]), about: 'crash' });
    expect(judge(two, tolerate({ notification: 'missing-class' })).state).toBe('error');
  });

  it('stops with what it found', () => {
    const scans = failed();
    const found = {
      ...scans,
      runs: [{ ...(scans.runs[0] as ScanRun), ...scanRun({ fates: { counted: { high: 1 } } }) }],
    };
    expect(judge(found, tolerate()).state).toBe('unhealthy');
  });
});

it('waits for an analysis that is not there yet', () => {
  const waiting = scansOf([], { problems: [{ code: 'NOT_ANALYSED', message: 'CodeQL has not analysed it yet' }] });
  const reading = judge(waiting);
  expect(reading).toMatchObject({
    state: 'insufficient',
    code: 'not-analysed',
    reason: 'CodeQL has not analysed it yet',
  });
  expect(reading.permanent).toBeUndefined();
});

describe('the question', () => {
  const asked = (written: Record<string, unknown>) => [
    ...securityGate.bind(parsed(written)).questions(moment).values(),
  ];

  it('says how results are sorted, with all that is not said', () => {
    expect(asked({})).toEqual([
      {
        family: 'security',
        triage: {
          'severity-from': 'score',
          'unknown-severity': 'high',
          rules: [],
          'fixable-only': false,
          'fix-within': {},
          exploited: { 'epss-at-least': 0.1 },
          suppressions: { allow: ['in-source', 'external'], 'up-to': 'high', 'reason-required': false },
        },
      },
    ]);
  });

  it.each([
    ['scanner', {}],
    ['old/*.sarif', { files: ['old/*.sarif'] }],
    [['a.sarif', 'b.sarif'], { files: ['a.sarif', 'b.sarif'] }],
    [{ ref: 'main' }, { ref: 'main' }],
  ])('baseline: %j', (baseline, expected) => {
    expect(asked({ baseline })).toMatchObject([{ triage: { baseline: expected } }]);
  });

  it('gives waivers their limits, and rules their names', () => {
    const day = 86_400_000;
    expect(asked({ waivers: 'w.yml', rules: [{ paths: 'test/**', do: 'warn' }] })).toMatchObject([
      {
        triage: {
          waivers: { files: ['w.yml'], longest: 180 * day, 'remind-before': 14 * day },
          rules: [{ name: 'rule 1', paths: ['test/**'], do: 'warn' }],
        },
      },
    ]);
    expect(asked({ waivers: { files: 'w.yml', longest: '30d' } })).toMatchObject([
      { triage: { waivers: { files: ['w.yml'], longest: 30 * day, 'remind-before': 14 * day } } },
    ]);
  });

  it.each([
    [{ rules: [{ do: 'ignore' }] }, 'at least one of'],
    [{ rules: [{ tools: 'x', do: 'warn', as: 'low' }] }, '`do: count` beside `as`'],
    [{ tolerate: [{ tool: 'x', reason: 'y', until: '2026-13-01' }] }, 'a day such as'],
  ])('is refused for %j', (written, message) => {
    expect(v.safeParse(securityGate.schema, written).issues?.[0].message).toContain(message);
  });
});
