/** Alerts of Dependabot, and when there being none is an answer. */
import { describe, expect, it } from 'vitest';
import { dependabotSource } from '../../../../src/sources/security/github/dependabot.js';
import { failureOf } from '../../../support/entra.js';
import { type Answers, ask, type Json, measured, talliesOf } from './support.js';

const alert = (change: Json = {}, advisory: Json = {}, vulnerability: Json = {}): Json => ({
  number: 2,
  state: 'open',
  dependency: {
    package: { ecosystem: 'npm', name: '@acme/pad' },
    manifest_path: 'web/package-lock.json',
    scope: 'runtime',
  },
  security_advisory: {
    ghsa_id: 'GHSA-35jh-r3h4-6jhm',
    cve_id: 'CVE-2021-23337',
    summary: 'Command injection in pad',
    severity: 'high',
    identifiers: [
      { type: 'GHSA', value: 'GHSA-35jh-r3h4-6jhm' },
      { type: 'CVE', value: 'CVE-2021-23337' },
    ],
    cvss: { vector_string: null, score: 0 },
    cvss_severities: { cvss_v3: { score: 0 }, cvss_v4: { score: 0 } },
    epss: { percentage: 0.02, percentile: '0.83' },
    cwes: [{ cwe_id: 'CWE-94', name: 'Code Injection' }],
    ...advisory,
  },
  security_vulnerability: {
    package: { ecosystem: 'npm', name: '@acme/pad' },
    severity: 'high',
    vulnerable_version_range: '< 4.17.21',
    first_patched_version: { identifier: '4.17.21' },
    ...vulnerability,
  },
  html_url: 'https://github.com/acme/checkout/security/dependabot/2',
  created_at: '2026-11-01T00:00:00Z',
  dismissed_by: null,
  dismissed_reason: null,
  dismissed_comment: null,
  ...change,
});

const answers =
  (alerts: readonly unknown[], graph: ReturnType<Answers> = { body: { sbom: { packages: [{}, {}] } } }): Answers =>
  (path) =>
    path === '/dependabot/alerts' ? { body: alerts } : path === '/dependency-graph/sbom' ? graph : undefined;
const found = (alerts: readonly unknown[], more: Parameters<typeof ask>[2] = {}) =>
  measured(dependabotSource, answers(alerts), more);

describe('an alert', () => {
  it('is a vulnerability of a package', async () => {
    const { findings, runs } = await found([alert()]);
    expect(findings).toMatchObject([
      {
        fate: 'counted',
        tool: 'Dependabot',
        rule: 'GHSA-35jh-r3h4-6jhm',
        severity: 'high',
        message: '@acme/pad < 4.17.21: Command injection in pad',
        file: 'web/package-lock.json',
        ids: ['GHSA-35JH-R3H4-6JHM', 'CVE-2021-23337'],
        package: 'pkg:npm/%40acme/pad',
        fix: 'upgrade to 4.17.21',
        help: 'https://github.com/advisories/GHSA-35jh-r3h4-6jhm',
        link: 'https://github.com/acme/checkout/security/dependabot/2',
        since: '2026-11-01T00:00:00.000Z',
      },
    ]);
    expect(runs).toMatchObject([{ categories: ['sca'], revision: null, ended: null, execution: 'unknown' }]);
  });

  it('in two manifests is two', async () => {
    const other = alert({
      dependency: { package: { ecosystem: 'npm', name: '@acme/pad' }, manifest_path: 'package-lock.json' },
    });
    expect(talliesOf(await found([alert(), other]))).toEqual(['2 counted STANDS high']);
  });

  it.each([
    ['npm', 'left-pad', 'pkg:npm/left-pad'],
    ['pip', 'Django', 'pkg:pypi/Django'],
    ['maven', 'org.apache.logging.log4j:log4j-core', 'pkg:maven/org.apache.logging.log4j/log4j-core'],
    ['go', 'golang.org/x/net', 'pkg:golang/golang.org/x/net'],
    ['composer', 'symfony/http-kernel', 'pkg:composer/symfony/http-kernel'],
    ['nuget', 'Newtonsoft.Json', 'pkg:nuget/Newtonsoft.Json'],
    ['rubygems', 'rails', 'pkg:gem/rails'],
    ['rust', 'openssl', 'pkg:cargo/openssl'],
    ['pub', 'http', 'pkg:pub/http'],
    ['erlang', 'cowboy', 'pkg:hex/cowboy'],
    ['swift', 'github.com/apple/swift-nio', 'pkg:swift/github.com/apple/swift-nio'],
    ['actions', 'tj-actions/changed-files', 'pkg:github/tj-actions/changed-files'],
    ['something-new', 'x', undefined],
  ])('of a package of %s names it', async (ecosystem, name, purl) => {
    const { findings } = await found([alert({ dependency: { package: { ecosystem, name } } })]);
    expect(findings[0]?.package).toBe(purl);
  });

  it.each([
    ['the vulnerability', {}, { severity: 'critical' }, 'critical'],
    ['the advisory', { severity: 'low' }, { severity: undefined }, 'low'],
    [
      'CVSS 4 without either',
      { severity: null, cvss_severities: { cvss_v4: { score: 9.3 }, cvss_v3: { score: 5 } } },
      { severity: null },
      'critical',
    ],
    [
      'CVSS 3 where CVSS 4 says nothing',
      { severity: null, cvss_severities: { cvss_v4: { score: 0 }, cvss_v3: { score: 9.8 } } },
      { severity: null },
      'critical',
    ],
    ['the old CVSS', { severity: null, cvss_severities: null, cvss: { score: 4.5 } }, { severity: null }, 'medium'],
    ['nothing', { severity: null }, { severity: 'odd' }, 'unknown'],
  ])('is as bad as %s says', async (_, advisory, vulnerability, severity) => {
    expect((await found([alert({}, advisory, vulnerability)])).findings[0]?.severity).toBe(severity);
  });

  it('counts as exploited by its EPSS', async () => {
    const [finding] = (await found([alert({}, { epss: { percentage: 0.93 } })])).findings;
    expect(finding).toMatchObject({ severity: 'critical', exploited: expect.stringContaining('EPSS') });
  });

  it('without a fix is put off where the policy says so', async () => {
    const only = { triage: { 'fixable-only': true } };
    expect(talliesOf(await found([alert({}, {}, { first_patched_version: null })], only))).toEqual([
      '1 deferred NO_FIX high',
    ]);
    expect(talliesOf(await found([alert({}, {}, { first_patched_version: undefined })], only))).toEqual([
      '1 counted STANDS high',
    ]);
  });

  it('of malware is never put off for want of a fix: the package has to go', async () => {
    const malware = alert({}, { classification: 'malware' }, { severity: 'critical', first_patched_version: null });
    const { findings } = await found([malware], { triage: { 'fixable-only': true } });
    expect(findings).toMatchObject([
      { fate: 'counted', severity: 'critical', fix: 'remove the package: it is malware' },
    ]);
  });

  it.each([
    ['open', {}, '1 counted STANDS high'],
    ['of a state that nobody knows', { state: 'snoozed' }, '1 counted STANDS high'],
    ['without a state', { state: undefined }, '1 counted STANDS high'],
    ['dismissed', { state: 'dismissed', dismissed_reason: 'tolerable_risk' }, '1 suppressed EXTERNAL high'],
    ['dismissed by a rule', { state: 'auto_dismissed' }, '1 suppressed EXTERNAL high'],
    [
      'dismissed once, and open again',
      { dismissed_reason: 'no_bandwidth', dismissed_at: 'x' },
      '1 counted STANDS high',
    ],
    ['fixed', { state: 'fixed' }, '1 ignored FIXED high'],
  ])('that is %s', async (_, change, tally) => {
    expect(talliesOf(await found([alert(change)]))).toEqual([tally]);
  });

  it('tells who dismissed it and why, without any secret', async () => {
    const change = {
      state: 'dismissed',
      dismissed_by: { login: 'ana' },
      dismissed_reason: 'inaccurate',
      dismissed_comment: `see\nghp_${'a1'.repeat(18)}`,
    };
    expect((await found([alert(change)])).findings[0]?.told).toBe('ana: inaccurate: see ***');
  });

  it.each([
    ['development', 'runtime', '1 ignored DEVELOPMENT high'],
    ['development', 'all', '1 counted STANDS high'],
    ['runtime', 'runtime', '1 counted STANDS high'],
    [null, 'runtime', '1 counted STANDS high'],
  ])('of scope %s, asked for %s', async (scope, wanted, tally) => {
    const dependency = { package: { ecosystem: 'npm', name: 'x' }, scope };
    expect(talliesOf(await found([alert({ dependency })], { config: { scope: wanted } }))).toEqual([tally]);
  });

  it('that is none is malformed', async () => {
    expect(talliesOf(await found([null, 'x', []]))).toEqual(['3 malformed MALFORMED unknown']);
  });
});

describe('no alert at all', () => {
  it('is an answer where GitHub knows dependencies', async () => {
    const { problems, runs } = await found([]);
    expect(problems).toEqual([]);
    expect(runs).toHaveLength(1);
  });

  it.each([
    ['none but the repository itself', { sbom: { packages: [{}] } }],
    ['nothing', {}],
    ['something else', []],
  ])('is none where it knows %s', async (_, body) => {
    const { problems } = await measured(dependabotSource, answers([], { body }));
    expect(problems).toMatchObject([{ code: 'RESULTS_MISSING' }]);
  });

  it('is none where it does not let us see them, and says what is needed', async () => {
    const { measurement } = await ask(
      dependabotSource,
      answers([], { status: 403, body: { message: 'Resource not accessible by integration' } }),
    );
    const error = await failureOf(measurement);
    expect(error).toMatchObject({ code: 'forbidden' });
    expect(error.message).toContain('refuses the dependency graph (403): the token needs `contents: read`');
  });

  it('is none where alerts are off', async () => {
    const { measurement } = await ask(dependabotSource, (path) =>
      path === '/dependabot/alerts'
        ? { status: 403, body: { message: 'Dependabot alerts are disabled for this repository.' } }
        : undefined,
    );
    expect(await failureOf(measurement)).toMatchObject({ code: 'not-enabled', permanent: true });
  });
});

it('is asked without any filter, by cursor', async () => {
  const { received } = await found([alert()]);
  expect(received.map(({ path }) => path.replace(/^.*\/dependabot/, ''))).toEqual([
    '/alerts?sort=created&direction=asc&per_page=100',
  ]);
});
