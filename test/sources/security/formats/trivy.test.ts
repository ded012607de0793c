import { describe, expect, it } from 'vitest';
import { trivyFormat } from '../../../../src/sources/security/formats/trivy.js';
import { reading } from './support.js';

type Json = Record<string, unknown>;
const report = (results: unknown, more: Json = {}): Json => ({
  SchemaVersion: 2,
  Trivy: { Version: '0.70.1' },
  CreatedAt: '2026-11-23T09:14:28.123456789+01:00',
  ArtifactName: '.',
  ArtifactType: 'filesystem',
  Results: results,
  ...more,
});
const target = (more: Json): Json => ({ Target: 'package-lock.json', Class: 'lang-pkgs', Type: 'npm', ...more });
const vulnerability = (more: Json = {}): Json => ({
  VulnerabilityID: 'CVE-2021-23337',
  VendorIDs: ['GHSA-35jh-r3h4-6jhm'],
  PkgID: 'lodash@4.17.20',
  PkgName: 'lodash',
  PkgIdentifier: { PURL: 'pkg:npm/lodash@4.17.20', UID: 'f4b1' },
  InstalledVersion: '4.17.20',
  FixedVersion: '4.17.21',
  Status: 'fixed',
  SeveritySource: 'ghsa',
  PrimaryURL: 'https://avd.aquasec.com/nvd/cve-2021-23337',
  Title: 'nodejs-lodash: command injection via template',
  Severity: 'HIGH',
  CweIDs: ['CWE-94'],
  CVSS: { nvd: { V3Score: 7.2 } },
  ...more,
});
const read = (...args: Parameters<typeof report>) => reading(trivyFormat, report(...args));

describe('what Trivy found', () => {
  it('says what mends it', async () => {
    const { results, run } = await read([target({ Vulnerabilities: [vulnerability()] })]);
    expect(results).toEqual([
      expect.objectContaining({
        rule: 'CVE-2021-23337',
        message: 'lodash 4.17.20: nodejs-lodash: command injection via template',
        score: { severity: 'high', why: 'severity HIGH by ghsa' },
        file: 'package-lock.json',
        ids: ['CVE-2021-23337', 'GHSA-35JH-R3H4-6JHM'],
        cwes: ['CWE-94'],
        purl: 'pkg:npm/lodash@4.17.20',
        fix: 'upgrade to 4.17.21',
        help: 'https://avd.aquasec.com/nvd/cve-2021-23337',
      }),
    ]);
    expect(run).toMatchObject({
      tool: 'Trivy',
      toolVersion: '0.70.1',
      categories: ['sca'],
      ended: '2026-11-23T08:14:28.123Z',
      revision: null,
      results: 1,
    });
  });

  it.each([
    [{ FixedVersion: '1.2.3, 2.0.1' }, 'upgrade to 1.2.3 or 2.0.1'],
    [{ FixedVersion: '', Status: 'affected' }, ''],
    [{ FixedVersion: undefined, Status: 'will_not_fix' }, ''],
    [{ FixedVersion: undefined, Status: 'under_investigation' }, undefined],
    [{ FixedVersion: undefined, Status: undefined }, undefined],
  ])('%j is mended by %j', async (more, fix) => {
    const { results } = await read([target({ Vulnerabilities: [vulnerability(more)] })]);
    expect(results[0]?.fix).toBe(fix);
  });

  it('keeps what nobody rated unknown', async () => {
    const { results } = await read([target({ Vulnerabilities: [vulnerability({ Severity: 'UNKNOWN' })] })]);
    expect(results[0]?.score).toMatchObject({ severity: 'unknown' });
  });

  it('is the same from version to version', async () => {
    const of = async (version: string) => {
      const PkgIdentifier = { PURL: `pkg:npm/lodash@${version}` };
      const { results } = await read([
        target({ Vulnerabilities: [vulnerability({ InstalledVersion: version, PkgIdentifier })] }),
      ]);
      return results[0]?.identity;
    };
    expect(await of('4.17.20')).toBe(await of('4.17.19'));
  });

  it('counts misconfigurations that failed, and secrets without showing them', async () => {
    const { results, run } = await read([
      {
        Target: 'Dockerfile',
        Class: 'config',
        Misconfigurations: [
          {
            ID: 'DS-0002',
            Title: 'no USER',
            Message: 'Specify a user',
            Resolution: 'Add USER',
            Severity: 'HIGH',
            Status: 'FAIL',
            CauseMetadata: { StartLine: 3 },
            PrimaryURL: 'https://avd.aquasec.com/misconfig/ds002',
          },
          { ID: 'DS-0001', Severity: 'MEDIUM', Status: 'PASS' },
        ],
      },
      {
        Target: 'backup.env',
        Class: 'secret',
        Secrets: [
          {
            RuleID: 'aws-access-key-id',
            Title: 'AWS Access Key ID',
            Severity: 'CRITICAL',
            StartLine: 2,
            Match: 'KEY=hunter2hunter2',
          },
        ],
      },
    ]);
    expect(results).toMatchObject([
      { rule: 'DS-0002', message: 'Specify a user', fix: 'Add USER', file: 'Dockerfile', line: 3 },
      { rule: 'DS-0001', noFailure: { reason: 'KIND_PASS' } },
      { rule: 'aws-access-key-id', secret: true, file: 'backup.env', line: 2 },
    ]);
    expect(JSON.stringify(results)).not.toContain('hunter2');
    expect(run?.categories).toEqual(['iac', 'secrets']);
  });

  it('that an ignore file took out is suppressed, not gone', async () => {
    const { run, findings } = await read([
      target({
        ExperimentalModifiedFindings: [
          {
            Type: 'vulnerability',
            Status: 'ignored',
            Source: '.trivyignore.yaml',
            Statement: 'not reachable',
            Finding: vulnerability(),
          },
        ],
      }),
    ]);
    expect(run?.tally).toEqual([{ fate: 'suppressed', reason: 'EXTERNAL', severity: 'high', count: 1 }]);
    expect(findings[0]?.told).toBe('.trivyignore.yaml: not reachable');
  });

  it('names the image and its digest', async () => {
    const digest = `ghcr.io/shop/cart@sha256:${'a'.repeat(64)}`;
    const { run } = await read([{ Target: 'cart (alpine 3.22)', Class: 'os-pkgs' }], {
      ArtifactType: 'container_image',
      ArtifactName: 'ghcr.io/shop/cart:1.2',
      Metadata: { ImageID: 'sha256:b', RepoTags: ['ghcr.io/shop/cart:1.2'], RepoDigests: [digest] },
    });
    expect(run).toMatchObject({
      categories: ['container', 'sca'],
      image: [digest, 'sha256:b', 'ghcr.io/shop/cart:1.2'],
    });
  });
});

describe('a report of Trivy', () => {
  it('of a clean scan names what it scanned', async () => {
    const { codes, run } = await read([target({})]);
    expect(codes).toEqual([]);
    expect(run).toMatchObject({ results: 0, tally: [] });
  });

  it.each([[undefined], [null], [[]]])('that names nothing scanned is no evidence: %j', async (results) => {
    const { codes, runs } = await read(results);
    expect(codes).toEqual(['RESULTS_MISSING']);
    expect(runs).toEqual([]);
  });

  it.each([
    ['NOT_A_REPORT', { version: '2.1.0', runs: [] }],
    ['NOT_A_REPORT', { SchemaVersion: 1, ArtifactName: 'x' }],
    ['NOT_A_REPORT', []],
    ['NOT_A_REPORT', {}],
    ['UNREADABLE', '{"SchemaVersion":2,'],
    ['EMPTY_FILE', ''],
    ['RESULTS_MISSING', { SchemaVersion: 2, ArtifactName: 'x', Results: 'x' }],
  ])('is no evidence (%s): %j', async (code, content) => {
    expect((await reading(trivyFormat, content)).codes).toEqual([code]);
  });

  it('with entries that nobody understands says so', async () => {
    const { run } = await read([target({ Vulnerabilities: [7, null] }), 'x']);
    expect(run?.tally).toEqual([{ fate: 'malformed', reason: 'MALFORMED', severity: 'unknown', count: 3 }]);
  });
});
