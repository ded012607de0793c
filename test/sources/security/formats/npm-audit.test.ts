import { describe, expect, it } from 'vitest';
import { npmAuditFormat } from '../../../../src/sources/security/formats/npm-audit.js';
import { reading } from './support.js';

type Json = Record<string, unknown>;
const via = (more: Json = {}): Json => ({
  source: 1106913,
  name: 'lodash',
  dependency: 'lodash',
  title: 'Command Injection in lodash',
  url: 'https://github.com/advisories/GHSA-35jh-r3h4-6jhm',
  severity: 'high',
  cwe: ['CWE-77', 'CWE-94'],
  cvss: { score: 7.2, vectorString: 'CVSS:3.1/AV:N' },
  range: '<4.17.21',
  ...more,
});
const entry = (name: string, more: Json = {}): Json => ({
  name,
  severity: 'high',
  isDirect: true,
  via: [via()],
  effects: [],
  range: '<=4.17.20',
  nodes: [`node_modules/${name}`],
  fixAvailable: true,
  ...more,
});
const report = (vulnerabilities: Json, more: Json = {}): Json => ({
  auditReportVersion: 2,
  vulnerabilities,
  metadata: {
    vulnerabilities: { info: 0, low: 0, moderate: 0, high: 0, critical: 0, total: Object.keys(vulnerabilities).length },
    dependencies: { prod: 10, dev: 20, optional: 0, peer: 0, peerOptional: 0, total: 30 },
  },
  ...more,
});
const read = (content: unknown) => reading(npmAuditFormat, content);

describe('what npm audit found', () => {
  it('is one result for each advisory, not for what depends on it', async () => {
    const { results, run } = await read(
      report({ lodash: entry('lodash'), webpack: entry('webpack', { via: ['lodash'], fixAvailable: false }) }),
    );
    expect(results).toEqual([
      expect.objectContaining({
        rule: 'GHSA-35jh-r3h4-6jhm',
        message: 'lodash <4.17.21: Command Injection in lodash',
        score: { severity: 'high', why: 'severity high by the advisory' },
        file: 'node_modules/lodash',
        ids: ['GHSA-35JH-R3H4-6JHM'],
        cwes: ['CWE-77', 'CWE-94'],
        purl: 'pkg:npm/lodash',
        fix: 'upgrade to what `npm audit fix` installs',
      }),
    ]);
    expect(run).toMatchObject({ tool: 'npm audit', execution: 'unknown', categories: ['sca'] });
  });

  it.each([
    [false, ''],
    [{ name: 'webpack', version: '5.0.0', isSemVerMajor: true }, 'upgrade to webpack 5.0.0'],
    [undefined, undefined],
  ])('with the fix %j is mended by %j', async (fixAvailable, fix) => {
    expect((await read(report({ lodash: entry('lodash', { fixAvailable }) }))).results[0]?.fix).toBe(fix);
  });

  it.each([
    ['moderate', 'medium'],
    ['critical', 'critical'],
    ['info', 'low'],
    ['odd', 'unknown'],
  ])('of severity %s is %s', async (severity, expected) => {
    expect(
      (await read(report({ lodash: entry('lodash', { via: [via({ severity })] }) }))).results[0]?.score?.severity,
    ).toBe(expected);
  });
});

describe('a report of npm audit', () => {
  it('that is clean has no results', async () => {
    expect(await read(report({}))).toMatchObject({ codes: [], run: { results: 0 } });
  });

  it.each([
    ['SCAN_FAILED', { error: { code: 'ENOLOCK', summary: 'This command requires an existing lockfile.' } }],
    ['SCAN_FAILED', { message: 'request to the registry failed' }],
    ['RESULTS_MISSING', { advisories: {}, metadata: {} }],
    ['NOT_A_REPORT', { advisories: [], metadata: {} }],
    ['NOT_A_REPORT', { auditReportVersion: 3, vulnerabilities: {}, metadata: {} }],
    ['SCAN_FAILED', { message: 'x', error: { summary: '', detail: '' } }],
    ['NOT_A_REPORT', { version: '2.1.0', runs: [] }],
    ['NOT_A_REPORT', {}],
    ['RESULTS_MISSING', report({}, { metadata: { vulnerabilities: { total: 0 }, dependencies: { total: 0 } } })],
    ['RESULTS_MISSING', report({}, { metadata: { vulnerabilities: { total: 0 } } })],
    ['UNREADABLE', 'npm ERR! code ENOLOCK'],
  ])('is no evidence (%s): %j', async (code, content) => {
    const { codes, runs } = await read(content);
    expect(codes).toEqual([code]);
    expect(runs).toEqual([]);
  });

  it('that lists fewer than it counts was cut', async () => {
    const cut = report({ lodash: entry('lodash') });
    (cut.metadata as { vulnerabilities: Json }).vulnerabilities.total = 7;
    expect((await read(cut)).codes).toEqual(['TRUNCATED']);
  });

  it('with entries that nobody understands says so', async () => {
    const { run } = await read(report({ a: 7, b: { via: 'x' }, c: entry('c', { via: [7] }) }));
    expect(run?.tally).toEqual([{ fate: 'malformed', reason: 'MALFORMED', severity: 'unknown', count: 3 }]);
  });
});
