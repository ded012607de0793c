/** What each scanner really writes, with its quirks: the fixtures are in the shapes that the scanners publish. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportOf } from '../../../../src/sources/security/bytes.js';
import type { Problem, Result, RunFacts } from '../../../../src/sources/security/result.js';
import { readLog } from '../../../../src/sources/security/sarif/log.js';

const folder = join(import.meta.dirname, '../../../fixtures/sarif');

async function handedOn(text: string) {
  const facts: RunFacts[] = [];
  const results: Result[] = [];
  const problems: Problem[] = [];
  const sink = {
    begin(run: RunFacts) {
      facts.push(run);
      return { add: (result: Result | undefined) => void (result && results.push(result)) };
    },
    problem: (problem: Problem) => void problems.push(problem),
    note: () => undefined,
  };
  await readLog(reportOf(text), { name: 'r.sarif' }, sink, new AbortController().signal);
  return { facts, results, problems };
}
const fixture = (scanner: string): string => readFileSync(join(folder, `${scanner}.sarif`), 'utf8');

/** What a result comes to, in one line: rule, score and level, suppressions, place, names. */
function line(r: Result): string {
  const suppressions = r.suppressions.map((s) => [s.kind, s.status, s.reason].filter((part) => part).join(' '));
  return [
    r.rule,
    `${r.score?.severity ?? '–'}/${r.level?.severity ?? '–'}`,
    [r.noFailure?.reason, ...suppressions].filter((part) => part).join(', '),
    [r.file, r.line].filter((part) => part !== undefined).join(':'),
    [...r.ids, ...r.cwes, r.purl, r.fix === '' ? 'no fix' : r.fix].filter((part) => part !== undefined).join(' '),
  ].join(' | ');
}

/** By scanner: its runs (tool, categories, execution), and its results. */
const table: Readonly<Record<string, { readonly runs: readonly string[]; readonly results: readonly string[] }>> = {
  // Rules in the driver, no level in the results.
  codeql: {
    runs: ['CodeQL sast succeeded'],
    results: [
      'js/sql-injection | high/high |  | src/orders/search.ts:41 | CWE-89 CWE-90',
      'js/unused-local-variable | –/low | in-source accepted | src/cart/total.ts:18 | ',
    ],
  },
  // Rules in extensions.
  'codeql-extensions': {
    runs: ['CodeQL sast unknown'],
    results: ['py/code-injection | critical/high |  | app.py:7 | CWE-94'],
  },
  // 0.0 beside level note means that nobody rated it; the fix stands in the message.
  'trivy-fs': {
    runs: ['Trivy sca unknown'],
    results: [
      'CVE-2021-23337 | high/high |  | package-lock.json:1 | CVE-2021-23337 upgrade to 4.17.21',
      'CVE-2025-11111 | unknown/unknown |  | package-lock.json:1 | CVE-2025-11111 no fix',
    ],
  },
  'trivy-image': {
    runs: ['Trivy container,sca unknown'],
    results: ['CVE-2024-2961 | critical/high |  | library/cart:1 | CVE-2024-2961 upgrade to 2.36-9+deb12u7'],
  },
  // "Low", level note and a score of 8.2; 9.0 means critical.
  grype: {
    runs: ['Grype sca unknown'],
    results: [
      'CVE-2023-45853-zlib1g | high/low |  | usr/lib:1 | CVE-2023-45853 pkg:deb/debian/zlib1g@1.2.13?arch=amd64',
      'GHSA-35jh-r3h4-6jhm-lodash | critical/high |  | package-lock.json:1 | GHSA-35JH-R3H4-6JHM',
    ],
  },
  // One level for everything; no score without CVSS.
  'osv-scanner': {
    runs: ['osv-scanner sca unknown'],
    results: [
      'CVE-2021-23337 | high/unknown |  | package-lock.json | CVE-2021-23337 GHSA-35JH-R3H4-6JHM',
      'MAL-2024-1 | –/unknown |  | package-lock.json | MAL-2024-1',
    ],
  },
  // No level at all; the snippet is the secret, the fingerprints are personal data.
  gitleaks: {
    runs: ['gitleaks secrets unknown'],
    results: ['generic-api-key | –/unknown |  | config/dev.env:3 | '],
  },
  // The level of MEDIUM is error; the severity stands in the rule's tags.
  gosec: {
    runs: ['gosec sast unknown'],
    results: [
      'G401 | medium/high |  | hash.go:12 | CWE-328',
      'G104 | low/medium | in-source accepted closing a reader | main.go:5 | ',
    ],
  },
  // "No comment provided" is no reason.
  checkov: {
    runs: ['Checkov iac unknown'],
    results: [
      'CKV_AWS_20 | –/high |  | infra/s3.tf:4 | ',
      'CKV_AWS_20 | –/high | in-source accepted | infra/old.tf:9 | ',
    ],
  },
  semgrep: {
    runs: ['Semgrep OSS sast succeeded'],
    results: [
      'javascript.express.security.audit.xss | –/medium |  | web/view.js:22 | CWE-79',
      'javascript.express.security.audit.xss | –/medium | in-source accepted | web/old.js:3 | CWE-79',
    ],
  },
  'snyk-open-source': {
    runs: ['Snyk Open Source sca unknown'],
    results: [
      'SNYK-JS-LODASH-1040724 | high/high |  | package-lock.json:1 | SNYK-JS-LODASH-1040724 CWE-78 the scanner has an automatic fix',
    ],
  },
  // A suppression under review.
  'snyk-code': {
    runs: ['SnykCode sast unknown'],
    results: ['javascript/sqli | –/high | external under-review looked at | src/db.ts:41 | CWE-89'],
  },
  // A check, not a vulnerability.
  scorecard: {
    runs: ['Scorecard  unknown'],
    results: ['BranchProtectionID | high/high |  | no file associated with this alert:1 | '],
  },
  // Level error for everything, no rules; the severity stands in the result.
  'dependency-check': {
    runs: ['dependency-check sca unknown'],
    results: [
      'CVE-2021-44228 | critical/unknown |  | lib/log4j-core-2.14.1.jar | CVE-2021-44228',
      'CVE-2020-9488 | low/unknown |  | lib/log4j-core-2.14.1.jar | CVE-2020-9488',
    ],
  },
  // A score that is a number, not a text.
  cppcheck: {
    runs: ['Cppcheck sast unknown'],
    results: ['bufferAccessOutOfBounds | critical/high |  | src/a.c:9 | CWE-788'],
  },
  // Says that it failed because classes were missing.
  spotbugs: {
    runs: ['SpotBugs sast failed'],
    results: ['SQL_INJECTION_JDBC | –/medium |  | Shop.java:30 | '],
  },
  // Taxonomies stand in another file, which is harmless.
  flawfinder: {
    runs: ['Flawfinder sast unknown'],
    results: ['FF1001 | –/high |  | src/a.c:3 | CWE-120'],
  },
  // Several tools in one file, one of which failed.
  msdo: {
    runs: ['antimalware  succeeded', 'bandit sast succeeded', 'templateanalyzer iac failed'],
    results: ['B105 | low/low |  | app.py:3 | '],
  },
  eslint: {
    runs: ['ESLint sast unknown'],
    results: ['security/detect-eval-with-expression | –/medium | in-source accepted checked by hand | src/a.js:2 | '],
  },
  bandit: {
    runs: ['Bandit sast unknown'],
    results: ['B602 | high/high |  | run.py:4 | CWE-78', 'B602 | medium/low |  | run.py:9 | CWE-78'],
  },
  kics: {
    runs: ['KICS iac unknown'],
    results: ['a88baa34-e2ad-44ea-ad6f-8cac87bc7c71 | –/high |  | deploy.yaml:7 | '],
  },
  // The address of a request holds a password and a token.
  zap: {
    runs: ['ZAP dast unknown'],
    results: ['40012 | –/high |  | https://shop.example.com/search:1 | CWE-79'],
  },
  // The component of the rule is given by its name only.
  monokle: {
    runs: ['Monokle iac unknown'],
    results: ['KSV001 | –/high |  | pod.yaml:9 | '],
  },
  // Every result points at rule 0.
  dalfox: {
    runs: ['dalfox dast unknown'],
    results: ['dalfox/stored | high/high |  | https://shop.example.com/x:1 | '],
  },
  // A component that is not named, a place without a file, and a kind that is no failure.
  psrule: {
    runs: ['PSRule iac unknown'],
    results: ['Azure.Storage.MinTLS | –/high |  |  | ', 'Azure.Storage.MinTLS | –/unknown | KIND_PASS |  | '],
  },
};

describe('scanners', () => {
  it('all have a fixture, and all fixtures a row', () => {
    expect(Object.keys(table).sort()).toEqual(
      readdirSync(folder)
        .map((file) => file.replace('.sarif', ''))
        .sort(),
    );
  });

  it.each(Object.entries(table))('%s', async (scanner, { runs, results }) => {
    const found = await handedOn(fixture(scanner));
    expect(found.facts.map((f) => `${f.tool} ${f.categories.join()} ${f.execution}`)).toEqual(runs);
    expect(found.results.map(line)).toEqual(results);
  });

  it('name the commit or the image where they do', async () => {
    const [codeql] = (await handedOn(fixture('codeql'))).facts;
    expect(codeql).toMatchObject({ revision: 'c0ffee'.repeat(7).slice(0, 40), ended: '2026-11-23T09:00:00.000Z' });
    const [trivy] = (await handedOn(fixture('trivy-image'))).facts;
    expect(trivy?.image).toEqual([
      `ghcr.io/acme/cart@sha256:${'a'.repeat(64)}`,
      `sha256:${'b'.repeat(64)}`,
      'ghcr.io/acme/cart:1.2',
    ]);
  });

  it('that failed say so, by the notification that a policy can tolerate', async () => {
    expect((await handedOn(fixture('spotbugs'))).problems).toMatchObject([
      { code: 'SCAN_FAILED', tool: 'SpotBugs', about: 'spotbugs-missing-classes' },
    ]);
    expect((await handedOn(fixture('msdo'))).problems).toMatchObject([
      { code: 'SCAN_FAILED', tool: 'templateanalyzer' },
    ]);
  });

  it('give nothing away that is secret or personal', async () => {
    for (const [scanner, words] of [
      ['gitleaks', ['s3cr3tV4lue', 'dev@example.com', 'Dev Eloper', 'oops']],
      ['zap', ['hunter2', 'token=abc', 'user:']],
    ] as const) {
      const all = JSON.stringify(await handedOn(fixture(scanner)));
      for (const word of words) expect(all, `${scanner}: ${word}`).not.toContain(word);
    }
  });

  it.each(Object.keys(table))('of %s find the same again when lines move', async (scanner) => {
    const text = fixture(scanner);
    const moved = text.replace(
      /"(startLine|endLine)": (\d+)/g,
      (_, key: string, n: string) => `"${key}": ${Number(n) + 7}`,
    );
    const identities = async (of: string) => (await handedOn(of)).results.map(({ identity }) => identity);
    const first = await identities(text);
    expect(await identities(moved)).toEqual(first);
    expect(first.every((identity) => /^[0-9a-f]{32}$/.test(identity))).toBe(true);
  });
});
