import { describe, expect, it } from 'vitest';
import { osvScannerFormat } from '../../../../src/sources/security/formats/osv-scanner.js';
import { reading } from './support.js';

type Json = Record<string, unknown>;
const advisory = (more: Json = {}): Json => ({
  id: 'GHSA-35jh-r3h4-6jhm',
  aliases: ['CVE-2021-23337'],
  summary: 'Command Injection in lodash',
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H' }],
  database_specific: { severity: 'HIGH', cwe_ids: ['CWE-94'] },
  affected: [
    {
      package: { ecosystem: 'npm', name: 'lodash' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }],
    },
  ],
  ...more,
});
const of = (vulnerabilities: unknown, groups: unknown, more: Json = {}): Json => ({
  results: [
    {
      source: { path: '/work/package-lock.json', type: 'lockfile' },
      packages: [
        { package: { name: 'lodash', version: '4.17.20', ecosystem: 'npm' }, vulnerabilities, groups, ...more },
      ],
    },
  ],
});
const group = (more: Json = {}): Json => ({
  ids: ['GHSA-35jh-r3h4-6jhm'],
  aliases: ['CVE-2021-23337'],
  max_severity: '7.2',
  ...more,
});
const read = (content: unknown) => reading(osvScannerFormat, content);

describe('what OSV-Scanner found', () => {
  it('is one result for each group', async () => {
    const { results } = await read(of([advisory()], [group()]));
    expect(results).toEqual([
      expect.objectContaining({
        rule: 'GHSA-35jh-r3h4-6jhm',
        message: 'lodash 4.17.20: Command Injection in lodash',
        score: { severity: 'high', why: 'CVSS 7.2' },
        file: '/work/package-lock.json',
        ids: ['GHSA-35JH-R3H4-6JHM', 'CVE-2021-23337'],
        cwes: ['CWE-94'],
        purl: 'pkg:npm/lodash@4.17.20',
        fix: 'upgrade to 4.17.21',
      }),
    ]);
    const both = [advisory(), advisory({ id: 'GO-2021-0001', aliases: ['CVE-2021-23337'] })];
    expect((await read(of(both, [group({ ids: ['GHSA-35jh-r3h4-6jhm', 'GO-2021-0001'] })]))).results).toHaveLength(1);
  });

  it('counts what is in no group', async () => {
    expect((await read(of([advisory(), advisory({ id: 'GHSA-2222-3333-4444' })], [group()]))).results).toHaveLength(2);
    expect((await read(of([advisory()], []))).results).toHaveLength(1);
    expect((await read(of([], [group()]))).results).toHaveLength(1);
  });

  it.each([
    ['9.8', 'critical'],
    ['', 'high'],
    [undefined, 'high'],
  ])('of the score %j is %s', async (max_severity, severity) => {
    expect((await read(of([advisory()], [group({ max_severity })]))).results[0]?.score?.severity).toBe(severity);
  });

  it('without any measure is unknown', async () => {
    const { results } = await read(of([advisory({ database_specific: {} })], [group({ max_severity: '' })]));
    expect(results[0]?.score).toEqual({ severity: 'unknown', why: 'the advisory has no severity' });
  });

  it.each([
    [[{ introduced: '0' }], ''],
    [[{ introduced: '0' }, { last_affected: '5' }], undefined],
    [[], undefined],
  ])('with %j is mended by %j', async (events, fix) => {
    const affected = [{ package: { ecosystem: 'npm', name: 'lodash' }, ranges: [{ type: 'SEMVER', events }] }];
    expect((await read(of([advisory({ affected })], [group()]))).results[0]?.fix).toBe(fix);
  });

  it('that is not called counts all the same, and says so', async () => {
    const { results, run } = await read(
      of([advisory()], [group({ experimentalAnalysis: { 'GHSA-35jh-r3h4-6jhm': { called: false } } })]),
    );
    expect(results[0]?.message).toContain('(not called, says the scanner)');
    expect(run?.tally).toMatchObject([{ fate: 'counted' }]);
  });
});

describe('a report of OSV-Scanner', () => {
  it('that lists packages without vulnerabilities is clean', async () => {
    expect(await read(of(undefined, undefined))).toMatchObject({ codes: [], run: { results: 0 } });
  });

  it.each([
    ['RESULTS_MISSING', { results: [] }],
    ['RESULTS_MISSING', { results: null }],
    ['NOT_A_REPORT', { version: '2.1.0', runs: [], results: [] }],
    ['NOT_A_REPORT', {}],
    ['UNREADABLE', '{"results":['],
  ])('is no evidence (%s): %j', async (code, content) => {
    const { codes, runs } = await read(content);
    expect(codes).toEqual([code]);
    expect(runs).toEqual([]);
  });

  it('with entries that nobody understands says so', async () => {
    const { run } = await read({ results: [7, { packages: [null] }, { packages: 'x' }] });
    expect(run?.tally).toEqual([{ fate: 'malformed', reason: 'MALFORMED', severity: 'unknown', count: 3 }]);
  });
});
