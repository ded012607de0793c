/** The whole verdict over scans, as a pipeline runs it: everything that can keep a finding from counting, at once. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Platform, runStep } from './support/step.js';

const day = 86_400_000;
const onDay = (days: number): string => new Date(Date.now() + days * day).toISOString().slice(0, 10);

const rule = (id: string, score: string) => ({
  id,
  helpUri: `https://example.com/rules/${id}`,
  properties: { 'security-severity': score, tags: ['security', 'external/cwe/cwe-089'] },
});
const result = (ruleId: string, uri: string, more: object = {}) => ({
  ruleId,
  message: { text: `${ruleId} | found <b>here</b>\n::error::in ${uri}` },
  locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine: 7 } } }],
  ...more,
});
const log = (
  results: readonly object[],
  invocations = [{ executionSuccessful: true, endTimeUtc: new Date().toISOString() }],
) =>
  JSON.stringify({
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'CodeQL',
            version: '2.19.3',
            rules: [rule('js/sql', '8.8'), rule('js/eval', '9.3'), rule('js/odd', '5.0')],
          },
        },
        invocations,
        versionControlProvenance: [
          { repositoryUri: 'https://github.com/acme/checkout', revisionId: '5f2c1e0d9b8a7f6e5d4c3b2a1908f7e6d5c4b3a2' },
        ],
        results,
      },
    ],
  });
const trivy = (vulnerabilities: readonly object[]) =>
  JSON.stringify({
    SchemaVersion: 2,
    ArtifactName: '.',
    ArtifactType: 'filesystem',
    CreatedAt: new Date().toISOString(),
    Results: [{ Target: 'package-lock.json', Class: 'lang-pkgs', Type: 'npm', Vulnerabilities: vulnerabilities }],
  });
const vulnerability = (id: string, more: object = {}) => ({
  VulnerabilityID: id,
  PkgName: 'lodash',
  InstalledVersion: '4.17.20',
  PkgIdentifier: { PURL: 'pkg:npm/lodash@4.17.20' },
  FixedVersion: '4.17.21',
  Severity: 'HIGH',
  Title: 'command injection',
  ...more,
});

const files = {
  'results/codeql.sarif': log([
    result('js/sql', 'src/legacy/db.ts'),
    result('js/sql', 'test/db.test.ts'),
    result('js/eval', 'src/odd.ts', { suppressions: [{ kind: 'inSource', justification: 'only in the tests' }] }),
    result('js/sql', 'src/known.ts'),
    result('js/odd', 'src/odd.ts'),
  ]),
  'last/codeql.sarif': log([result('js/sql', 'src/known.ts')]),
  'results/trivy.json': trivy([
    vulnerability('CVE-2021-23337'),
    vulnerability('CVE-2020-8203', { FixedVersion: '', Status: 'affected' }),
  ]),
  'waivers.yml': `version: 1
waivers:
  - id: legacy
    finding: { rule: js/sql, path: "src/legacy/**" }
    reason: Goes with the next release.
    owner: team-checkout
    expires: ${onDay(60)}
`,
  'product.openvex.json': JSON.stringify({
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': 'https://example.com/vex/1',
    author: 'Acme',
    timestamp: new Date(Date.now() - day).toISOString(),
    version: 1,
    statements: [
      {
        vulnerability: { name: 'CVE-2021-23337' },
        products: [{ '@id': 'pkg:npm/checkout', subcomponents: [{ '@id': 'pkg:npm/lodash@4.17.20' }] }],
        status: 'not_affected',
        justification: 'vulnerable_code_not_in_execute_path',
      },
    ],
  }),
  CODEOWNERS: 'src/ @acme/checkout\n',
  'signalbox.yml': `version: 1
service: checkout
evaluation: { every: 1s, deadline: 10s }
gates:
  - name: code
    type: security
    source: { type: sarif, files: results/codeql.sarif }
    require: [CodeQL, { category: sast }]
    commit: "\${release.sha}"
    max-age: 1h
    baseline: last/*.sarif
    rules: [{ name: test code, paths: "test/**", do: warn }]
    suppressions: { up-to: critical, reason-required: true }
    waivers: waivers.yml
  - name: packages
    type: security
    source: { type: trivy, files: results/trivy.json }
    fixable-only: true
    vex: { files: product.openvex.json, products: "pkg:npm/checkout" }
`,
} as const;

type File = keyof typeof files;

/** Runs the step in a workspace of its own, with files changed or taken away. */
async function run(platform: Platform, change: Partial<Record<File, string | null>> = {}) {
  const cwd = mkdtempSync(join(tmpdir(), 'security-'));
  for (const [name, content] of Object.entries({ ...files, ...change })) {
    if (content === null) continue;
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), content);
  }
  const record = join(cwd, 'out/record.json');
  const inputs = {
    policy: 'signalbox.yml',
    record,
    summary: join(cwd, 'out/summary.md'),
    commit: '5f2c1e0d9b8a7f6e5d4c3b2a1908f7e6d5c4b3a2',
  };
  const args = ['run', ...Object.entries(inputs).flatMap(([name, value]) => [`--${name}`, value])];
  const out = await runStep({ platform, inputs, args, cwd });
  return { ...out, summary: readFileSync(inputs.summary, 'utf8'), record: readFileSync(record, 'utf8') };
}

describe.each(['github', 'azure', 'terminal'] as const)('the verdict over scans on %s', (platform) => {
  it('lets the train go, and counts all that does not count', async () => {
    const out = await run(platform);
    expect(out.code, out.stdout).toBe(0);
    for (const words of [
      '1 waived',
      '1 suppressed',
      'team-checkout',
      'Goes with the next release',
      'only in the tests',
    ]) {
      expect(out.summary, words).toContain(words);
    }
    const flat = out.summary.replace(/\s+/g, ' ');
    expect(flat).toMatch(/5 results read = 1 counted \+ .*1 waived/);
    expect(flat).toMatch(/2 results read = 1 put off \+ 1 suppressed/);
    // Text of a scanner is text, whatever it looks like.
    expect(out.summary).not.toContain('<b>here</b>');
    expect(out.stdout).not.toMatch(/^::error::in /m);
  });

  it.each<[string, Partial<Record<File, string | null>>, RegExp]>([
    ['without its waivers', { 'waivers.yml': 'version: 1\nwaivers: []\n' }, /finding/],
    ['when a waiver has expired', { 'waivers.yml': files['waivers.yml'].replace(onDay(60), onDay(-1)) }, /finding/],
    ['when nobody owns a waiver', { 'waivers.yml': files['waivers.yml'].replace(/ +owner.*\n/, '') }, /finding/],
    [
      'when the VEX is about another product',
      { 'product.openvex.json': files['product.openvex.json'].replace('pkg:npm/checkout', 'pkg:npm/other') },
      /finding/,
    ],
    ['when the baseline is gone', { 'last/codeql.sarif': null }, /finding/],
    ['when the waivers cannot be read', { 'waivers.yml': 'version: 1\nwaiver: []\n' }, /waivers\.yml:2:1/],
    ['when the waivers are gone', { 'waivers.yml': null }, /waivers\.yml/],
    ['when a scan is gone', { 'results/trivy.json': null }, /no file matches/],
    ['when a scan is empty', { 'results/codeql.sarif': '' }, /is empty/],
    [
      'when a scan was cut off',
      { 'results/codeql.sarif': files['results/codeql.sarif'].slice(0, -20) },
      /ends too early|no valid JSON/,
    ],
    [
      'when a scanner failed',
      { 'results/codeql.sarif': log([], [{ executionSuccessful: false, endTimeUtc: new Date().toISOString() }]) },
      /did not finish/,
    ],
    [
      'when a scan is of another commit',
      { 'results/codeql.sarif': files['results/codeql.sarif'].replace('5f2c1e0d9b8a', 'ffffffffffff') },
      /scanned commit ffff/,
    ],
    [
      'when a scan is too old',
      {
        'results/codeql.sarif': log(
          [],
          [{ executionSuccessful: true, endTimeUtc: new Date(Date.now() - day).toISOString() }],
        ),
      },
      /ended 1d/,
    ],
    [
      'when nothing was scanned',
      { 'results/trivy.json': trivy([]).replace(/"Results":.*/s, '"Results":null}') },
      /names nothing that was scanned/,
    ],
  ])('stops it %s', async (_, change, words) => {
    const out = await run(platform, change);
    // An agent of Azure goes by the command, not by the exit code.
    if (platform === 'azure') expect(out.stdout).toMatch(/##vso\[task\.complete result=Failed/);
    else expect(out.code, out.stdout).toBe(1);
    expect(out.summary.replace(/\\/g, '')).toMatch(words);
    expect(JSON.parse(out.record)).toMatchObject({ decision: { decision: 'stop' } });
  });
});

it('explains every result from the command line', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'security-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), content);
  }
  const args = ['security', 'explain', 'results/codeql.sarif', '--policy', 'signalbox.yml'];
  const out = await runStep({ platform: 'terminal', args, cwd });
  expect(out.code, out.stderr).toBe(0);
  expect(out.stdout).toContain('sorted by gate `code`');
  expect(out.stdout).toContain('waived, WAIVER, legacy (team-checkout');
  expect(out.stdout).toContain('ignored, BASELINE');
  expect(out.stdout).toContain('CodeQL: 5 results = 1 counted + 1 warned + 1 waived + 1 suppressed + 1 ignored');
});
