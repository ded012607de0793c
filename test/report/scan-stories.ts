/** Decision records of releases that scanners have something to say about. What the gate says of them is said by the gate itself. */
import * as v from 'valibot';
import { securityGate } from '../../src/gates/security.js';
import type { Scans } from '../../src/record/evidence.js';
import type { Decision, DecisionRecord } from '../../src/record/record.js';
import { type Fate, fates, severities } from '../../src/record/scans.js';
import { duration, flagsOff, type GateStory, minute, ratio, recordOf, scan, scanRun } from './stories.js';

export type Finding = Scans['findings'][number];

export const finding = (change: Partial<Finding> = {}): Finding => ({
  run: 0,
  fate: 'counted',
  reason: 'STANDS',
  tool: 'CodeQL',
  rule: 'js/sql-injection',
  severity: 'high',
  why: 'security-severity 8.8 of the rule',
  message: 'This query string depends on a user-provided value.',
  file: 'src/orders/search.ts',
  line: 41,
  identity: '4b1de2c09aa84b7f95d2f0c3e7716a80',
  ...change,
});

/** A gate as the policy would have it, and its reading by the gate itself. */
export function securityStory(
  name: string,
  measurement: Scans,
  policy: Readonly<Record<string, unknown>> = {},
  change: Partial<GateStory> = {},
): GateStory {
  const config = v.parse(securityGate.schema, policy);
  const answers = [{ role: 'scans', measurement }];
  const at = Date.parse(minute(1));
  const judged = securityGate.bind(config).judge(answers, { now: at, deployedAt: at, settledAt: at, completeTo: at });
  return {
    name,
    type: 'security',
    source: 'sarif',
    rule: config as Record<string, unknown>,
    readings: ['reading' in judged ? judged.reading : judged],
    answers: () => answers,
    ...change,
  };
}

const verdictOf = (gates: readonly GateStory[]): Decision => {
  const [bad] = (['unhealthy', 'error', 'insufficient'] as const)
    .map((state) =>
      gates.filter(({ enforce = 'block', readings }) => enforce === 'block' && readings[0]?.state === state),
    )
    .filter((found) => found.length > 0);
  if (!bad) return { decision: 'continue', reason: 'healthy', gates: [], sentence: 'all gates healthy' };
  const reason = { unhealthy: 'unhealthy', error: 'not-measured', insufficient: 'insufficient-evidence' } as const;
  const state = bad[0]?.readings[0]?.state;
  return {
    decision: 'stop',
    reason: state === undefined || state === 'healthy' ? 'unhealthy' : reason[state],
    gates: bad.map((gate) => gate.name),
    sentence: bad[0]?.readings[0]?.reason ?? '',
  };
};

export const releaseOf = (...gates: readonly GateStory[]): DecisionRecord =>
  recordOf({ gates, verdict: verdictOf(gates) });

export const onAzure = (record: DecisionRecord): DecisionRecord => ({
  ...record,
  host: {
    ...record.host,
    kind: 'azure',
    repository: 'check out',
    run: 'https://dev.azure.com/acme/shop/_build/results?buildId=4711',
  },
});

const well = [ratio('error rate', [0.4]), duration([212]), flagsOff];

/** What CodeQL, Semgrep and Gitleaks find in the code. */
export const codeScans = scan({
  subject: '3 files of results/*.sarif',
  seen: 3,
  runs: [
    scanRun(
      'CodeQL',
      '2.23.1',
      [
        'counted STANDS high 1',
        'counted SUPPRESSION_TOO_SEVERE critical 1',
        'counted STANDS medium 4',
        'ignored BASELINE medium 6',
      ],
      { categories: ['sast'] },
    ),
    scanRun(
      'Semgrep OSS',
      '1.142.0',
      ['counted STANDS medium 3', 'counted STANDS low 5', 'suppressed IN_SOURCE medium 2', 'ignored RULE low 3'],
      { categories: ['sast'], revision: null },
    ),
    scanRun('Gitleaks', '8.30.0', ['counted STANDS critical 1', 'waived WAIVER critical 1'], {
      categories: ['secrets'],
      revision: null,
    }),
  ],
  references: [
    {
      kind: 'waivers',
      file: 'security-waivers.yml',
      sha256: 'c0ffee11d5b2cc0c9a70b3f5f1e2d3c4b5a69788c0ffee11d5b2cc0c9a70b3f5',
    },
    {
      kind: 'baseline',
      file: 'last-release/codeql.sarif',
      sha256: 'a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90',
    },
  ],
  remarks: [
    {
      code: 'WAIVER_ENDS_SOON',
      message: 'security-waivers.yml: the waiver `old-test-key` of ana ends on 2026-11-30, in 7 days',
    },
    {
      code: 'WAIVER_UNUSED',
      message: 'security-waivers.yml: the waiver `struts` of bo was not needed: nothing matches it',
    },
  ],
  findings: [
    finding({
      run: 2,
      tool: 'Gitleaks',
      rule: 'aws-access-token',
      severity: 'critical',
      why: 'a secret',
      message: 'Identified a pattern that may indicate AWS credentials, risking unauthorized cloud resource access.',
      file: 'deploy/terraform.tfvars',
      line: 3,
      owner: '@acme/platform',
      identity: '91aa0c4c9be14f6e8d5b1a3370c2e4f7',
    }),
    finding({
      severity: 'critical',
      reason: 'SUPPRESSION_TOO_SEVERE',
      told: 'lena: false alarm, the input is checked',
      rule: 'js/command-line-injection',
      why: 'security-severity 9.8 of the rule',
      conflict: 'level note says low',
      message: 'This command line depends on a user-provided value.',
      file: 'src/labels/print.ts',
      line: 118,
      help: 'https://codeql.github.com/codeql-query-help/javascript/js-command-line-injection/',
      link: 'https://github.com/acme/checkout/security/code-scanning/57',
      owner: '@acme/warehouse',
      since: minute(-60 * 24 * 53),
      identity: 'd00dfeed0aa84b7f95d2f0c3e7716a80',
    }),
    finding({
      owner: '@acme/orders',
      help: 'https://codeql.github.com/codeql-query-help/javascript/js-sql-injection/',
    }),
    finding({
      run: 1,
      tool: 'Semgrep OSS',
      rule: 'javascript.express.xss',
      severity: 'medium',
      why: 'level warning of the rule',
      message: 'Text of a request is written into a page.',
      file: 'src/pages/error.ts',
      line: 12,
    }),
    finding({
      run: 2,
      fate: 'waived',
      reason: 'WAIVER',
      told: '`old-test-key` of ana until 2026-11-30: the key is revoked',
      tool: 'Gitleaks',
      rule: 'private-key',
      severity: 'critical',
      why: 'a secret',
      message: 'Identified a private key.',
      file: 'test/fixtures/key.pem',
      line: 1,
      identity: '77aa0c4c9be14f6e8d5b1a3370c2e4f7',
    }),
    finding({
      run: 1,
      fate: 'suppressed',
      reason: 'IN_SOURCE',
      told: 'only our own texts reach this',
      tool: 'Semgrep OSS',
      rule: 'javascript.lang.eval',
      severity: 'medium',
      why: 'level warning',
      message: 'Text is run as code.',
      file: 'src/expressions.ts',
      line: 7,
    }),
    finding({
      run: 0,
      fate: 'ignored',
      reason: 'BASELINE',
      severity: 'medium',
      rule: 'js/regex-injection',
      message: 'This regular expression is constructed from a user-provided value.',
      file: 'src/orders/filter.ts',
      line: 70,
    }),
    finding({
      run: 1,
      fate: 'ignored',
      reason: 'RULE',
      told: 'test code',
      tool: 'Semgrep OSS',
      rule: 'javascript.lang.random',
      severity: 'low',
      message: 'Random numbers that can be guessed.',
      file: 'test/orders.ts',
      line: 5,
    }),
  ],
});

const lodash = {
  tool: 'Trivy',
  package: 'pkg:npm/lodash@4.17.20',
  file: 'package-lock.json',
  line: 812,
  fix: '4.17.21 and later',
} as const;

/** What Trivy finds in packages. */
export const packageScans = scan({
  source: 'trivy',
  subject: 'results/trivy.json',
  seen: 1,
  runs: [
    scanRun(
      'Trivy',
      '0.68.0',
      [
        'counted STANDS critical 1',
        'counted WAIVER_EXPIRED high 1',
        'counted STANDS low 12',
        'deferred GRACE high 2',
        'deferred NO_FIX high 1',
        'suppressed VEX_NOT_AFFECTED high 1',
      ],
      { categories: ['sca'], file: 'results/trivy.json', revision: null, database: minute(-600), rules: null },
    ),
  ],
  references: [
    {
      kind: 'kev',
      file: 'known_exploited_vulnerabilities.json',
      sha256: '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff',
    },
  ],
  findings: [
    finding({
      ...lodash,
      severity: 'critical',
      rule: 'CVE-2021-23337',
      ids: ['CVE-2021-23337', 'GHSA-35JH-R3H4-6JHM'],
      exploited: 'CVE-2021-23337 is in the KEV catalog since 2024-05-01, used for ransomware',
      why: 'CVE-2021-23337 is in the KEV catalog since 2024-05-01, used for ransomware',
      message: 'lodash: command injection via template',
      help: 'https://avd.aquasec.com/nvd/cve-2021-23337',
      since: minute(-60 * 24 * 200),
      identity: 'abcdef0123456789abcdef0123456789',
    }),
    finding({
      ...lodash,
      reason: 'WAIVER_EXPIRED',
      told: '`redos` of bo, until 2026-11-01',
      rule: 'CVE-2020-28500',
      ids: ['CVE-2020-28500'],
      why: 'CVSS 7.5 of nvd',
      message: 'lodash: ReDoS in toNumber, trim and trimEnd',
      help: 'https://avd.aquasec.com/nvd/cve-2020-28500',
      identity: '1234560123456789abcdef0123456789',
    }),
    finding({
      ...lodash,
      fate: 'deferred',
      reason: 'GRACE',
      told: 'until 2026-12-01',
      rule: 'CVE-2026-11111',
      why: 'CVSS 8.1',
      message: 'undici: request smuggling',
      package: 'pkg:npm/undici@7.1.0',
      since: minute(-60 * 24 * 6),
    }),
    finding({
      tool: 'Trivy',
      fate: 'deferred',
      reason: 'NO_FIX',
      rule: 'CVE-2026-22222',
      why: 'CVSS 7.1',
      message: 'libxml2: out of bounds read',
      package: 'pkg:deb/debian/libxml2@2.9.14',
    }),
    finding({
      tool: 'Trivy',
      fate: 'suppressed',
      reason: 'VEX_NOT_AFFECTED',
      told: 'vex/checkout.openvex.json: vulnerable_code_not_in_execute_path',
      rule: 'CVE-2026-33333',
      why: 'CVSS 7.9',
      message: 'sharp: heap overflow in TIFF',
    }),
  ].map((one) => ({ ...one, run: 0 })),
});

const crashed = {
  code: 'SCAN_FAILED',
  message: 'Semgrep OSS in results/semgrep.sarif did not finish its scan: executionSuccessful is false, exit code 2',
  file: 'results/semgrep-oss.sarif',
  tool: 'Semgrep OSS',
};

/** A thousand findings and more, with long texts: the record keeps 50 of each fate. */
export function thousands(length = 2000): Scans {
  const long = 'a very long text of a scanner | with `marks` and more of it, '.repeat(Math.ceil(length / 60));
  const counts = fates.flatMap((fate) => severities.map((severity) => `${fate} REASON_${fate} ${severity} 1000`));
  const of = (fate: Fate): Finding[] =>
    Array.from({ length: 50 }, (_, i) =>
      finding({
        fate,
        rule: `rule-${i}-${long}`,
        severity: i < 25 ? 'critical' : 'high',
        message: `${i}: ${long}`,
        told: long,
        why: long,
        conflict: long,
        file: `src/${'deep/'.repeat(30)}file-${i}.ts`,
        line: i + 1,
        ids: Array.from({ length: 20 }, (_, n) => `CVE-2026-${10_000 + n}`),
        package: `pkg:npm/${long}`,
        fix: long,
        help: `https://help.example.com/${'x'.repeat(length)}`,
        link: `https://alerts.example.com/${'x'.repeat(length)}`,
        owner: long,
        since: minute(-100_000),
        exploited: long,
        identity: `${i}`.padStart(32, 'f'),
      }),
    );
  return scan({
    runs: [scanRun('CodeQL', '2.23.1', counts)],
    remarks: Array.from({ length: 300 }, (_, i) => ({ code: 'WAIVER_UNUSED', message: `${i}: ${long}` })),
    findings: fates.flatMap(of),
  });
}

export const scanStories = {
  /** Two gates with findings, of all kinds. */
  findings: releaseOf(
    ...well,
    securityStory('code', codeScans, {
      warn: 'medium',
      baseline: 'last-release/*.sarif',
      waivers: 'security-waivers.yml',
    }),
    securityStory('packages', packageScans, { 'fixable-only': true, 'fix-within': { high: '14d' } }),
  ),
  /** A finding stands, one scanner crashed, one scanned another commit. */
  besides: releaseOf(
    ...well,
    securityStory(
      'scans',
      scan({
        runs: [
          scanRun('CodeQL', '2.23.1', ['counted STANDS high 1']),
          scanRun('Semgrep OSS', '1.142.0', ['counted STANDS critical 2'], { execution: 'failed' }),
          scanRun('Trivy', '0.68.0', ['counted STANDS high 3'], { revision: 'e'.repeat(40) }),
        ],
        problems: [crashed],
        findings: [
          finding(),
          finding({ run: 2, tool: 'Trivy', rule: 'CVE-2026-1', file: 'package-lock.json', line: 1 }),
        ],
      }),
      { commit: '4f2a91c07d5be3a8f6c2d91e0b7a45c88d13e6f0', require: ['CodeQL', 'Gitleaks'] },
    ),
  ),
  /** Nothing stands; much was waived, suppressed, put off. */
  waived: releaseOf(
    ...well,
    securityStory(
      'code',
      scan({
        ...codeScans,
        runs: codeScans.runs.map((run) => {
          const tally = run.tally.filter(({ fate, severity }) => fate !== 'counted' || severity === 'medium');
          return { ...run, tally, results: tally.reduce((sum, { count }) => sum + count, 0) };
        }),
        findings: codeScans.findings.filter(({ fate, severity }) => fate !== 'counted' || severity === 'medium'),
      }),
    ),
  ),
  /** Nothing proves anything. */
  noEvidence: releaseOf(
    ...well,
    securityStory(
      'scans',
      scan({
        runs: [],
        seen: 0,
        problems: [
          { code: 'NO_REPORT', message: 'no file matches results/codeql.sarif', file: 'results/codeql.sarif' },
        ],
      }),
    ),
    securityStory('packages', packageScans, { 'max-age': '5m' }),
  ),
  thousands: releaseOf(
    securityStory('scans', thousands()),
    securityStory('more scans', thousands(), { most: { total: 10 } }),
  ),
} satisfies Record<string, DecisionRecord>;
