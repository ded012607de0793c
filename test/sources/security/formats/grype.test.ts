import { describe, expect, it } from 'vitest';
import { grypeFormat } from '../../../../src/sources/security/formats/grype.js';
import { reading } from './support.js';

type Json = Record<string, unknown>;
const match = (more: Json = {}, vulnerability: Json = {}): Json => ({
  vulnerability: {
    id: 'GHSA-35jh-r3h4-6jhm',
    dataSource: 'https://github.com/advisories/GHSA-35jh-r3h4-6jhm',
    namespace: 'github:language:javascript',
    severity: 'High',
    description: 'Command Injection in lodash',
    cvss: [{ version: '3.1', metrics: { baseScore: 7.2 } }],
    fix: { versions: ['4.17.21'], state: 'fixed' },
    epss: [{ cve: 'CVE-2021-23337', epss: 0.02, percentile: 0.8 }],
    ...vulnerability,
  },
  relatedVulnerabilities: [{ id: 'CVE-2021-23337', cwes: [{ cve: 'CVE-2021-23337', cwe: 'CWE-94' }] }],
  matchDetails: [{ type: 'exact-direct-match' }],
  artifact: {
    name: 'lodash',
    version: '4.17.20',
    type: 'npm',
    purl: 'pkg:npm/lodash@4.17.20',
    locations: [{ path: '/package-lock.json' }],
  },
  ...more,
});
const report = (matches: unknown, more: Json = {}): Json => ({
  matches,
  source: { type: 'directory', target: '.' },
  distro: { name: '', version: '' },
  descriptor: {
    name: 'grype',
    version: '0.104.0',
    timestamp: '2026-11-23T09:01:02.123456789Z',
    db: { status: { schemaVersion: 'v6.1.0', built: '2026-11-22T06:00:00Z', valid: true } },
  },
  ...more,
});
const read = (...args: Parameters<typeof report>) => reading(grypeFormat, report(...args));

describe('what Grype found', () => {
  it('says what mends it, and how old its data are', async () => {
    const { results, run } = await read([match()]);
    expect(results[0]).toMatchObject({
      rule: 'GHSA-35jh-r3h4-6jhm',
      message: 'lodash 4.17.20: Command Injection in lodash',
      score: { severity: 'high', why: 'severity High by github:language:javascript' },
      file: 'package-lock.json',
      ids: ['GHSA-35JH-R3H4-6JHM', 'CVE-2021-23337'],
      cwes: ['CWE-94'],
      purl: 'pkg:npm/lodash@4.17.20',
      fix: 'upgrade to 4.17.21',
      exploited: { epss: 0.02 },
    });
    expect(run).toMatchObject({
      database: '2026-11-22T06:00:00.000Z',
      ended: '2026-11-23T09:01:02.123Z',
      categories: ['sca'],
    });
  });

  it.each([
    [{ versions: [], state: 'not-fixed' }, ''],
    [{ versions: [], state: 'wont-fix' }, ''],
    [{ versions: [], state: 'unknown' }, undefined],
    [undefined, undefined],
  ])('%j is mended by %j', async (fix, expected) => {
    expect((await read([match({}, { fix })])).results[0]?.fix).toBe(expected);
  });

  it.each([
    ['Critical', 'critical'],
    ['Negligible', 'low'],
    ['Unknown', 'unknown'],
    [undefined, 'unknown'],
  ])('severity %s is %s', async (severity, expected) => {
    expect((await read([match({}, { severity })])).results[0]?.score?.severity).toBe(expected);
  });

  it('counts as exploited by the catalog that Grype knows', async () => {
    const { findings } = await read([match({}, { severity: 'Low', knownExploited: [{ cve: 'CVE-2021-23337' }] })]);
    expect(findings).toHaveLength(1);
    expect((await read([match({}, { knownExploited: [{ cve: 'x' }] })])).results[0]?.exploited).toMatchObject({
      kev: true,
    });
  });

  it('that its rules ignore is suppressed, not gone', async () => {
    const rule = { vulnerability: 'GHSA-35jh-r3h4-6jhm', reason: 'not reachable', 'vex-status': 'not_affected' };
    const { run, findings } = await read([], { ignoredMatches: [match({ appliedIgnoreRules: [rule] })] });
    expect(run?.tally).toEqual([{ fate: 'suppressed', reason: 'EXTERNAL', severity: 'high', count: 1 }]);
    expect(findings[0]?.told).toBe('not reachable; not_affected');
  });

  it('names the image', async () => {
    const target = {
      userInput: 'cart:1.2',
      manifestDigest: 'sha256:a',
      repoDigests: ['ghcr.io/shop/cart@sha256:a'],
      tags: ['cart:1.2'],
    };
    const { run } = await read([], { source: { type: 'image', target } });
    expect(run).toMatchObject({
      categories: ['container', 'sca'],
      image: ['ghcr.io/shop/cart@sha256:a', 'sha256:a', 'cart:1.2'],
    });
  });

  it('takes the age of its data where older versions put it', async () => {
    const descriptor = { name: 'grype', version: '0.80.0', db: { built: '2026-11-20T06:00:00Z' } };
    expect((await read([], { descriptor })).run?.database).toBe('2026-11-20T06:00:00.000Z');
    const none = { name: 'grype', db: { built: '0001-01-01T00:00:00Z' } };
    expect((await read([], { descriptor: none })).run?.database).toBeUndefined();
  });
});

describe('a report of Grype', () => {
  it.each([
    ['RESULTS_MISSING', report(undefined)],
    ['RESULTS_MISSING', report(null)],
    ['NOT_A_REPORT', { matches: [] }],
    ['NOT_A_REPORT', { version: '2.1.0', runs: [] }],
    ['UNREADABLE', '{'],
  ])('is no evidence (%s): %j', async (code, content) => {
    const { codes, runs } = await reading(grypeFormat, content);
    expect(codes).toEqual([code]);
    expect(runs).toEqual([]);
  });

  it('whose data were not valid is no evidence', async () => {
    for (const status of [{ valid: false }, { valid: true, error: 'checksum' }]) {
      const { codes } = await read([], { descriptor: { name: 'grype', db: { status } } });
      expect(codes).toEqual(['SCAN_FAILED']);
    }
  });

  it('that is clean has no results', async () => {
    expect(await read([])).toMatchObject({ codes: [], run: { results: 0 } });
  });

  it('with entries that nobody understands says so', async () => {
    expect((await read([1, null], { ignoredMatches: 'x' })).run?.tally).toEqual([
      { fate: 'malformed', reason: 'MALFORMED', severity: 'unknown', count: 3 },
    ]);
  });
});
