/** Alerts as Advanced Security writes them, with what differs. */
import type { Target } from '../../../../src/sources/security/azure-devops/target.js';
import type { Problem, Result, RunFacts, ScanSink } from '../../../../src/sources/security/result.js';

export type Json = Record<string, unknown>;

export const target: Target = {
  organization: 'acme',
  project: 'web shop',
  repository: 'checkout',
  ref: 'refs/heads/main',
  name: 'acme/web shop/checkout refs/heads/main',
};

const rules = {
  code: {
    opaqueId: 'js/sql-injection',
    friendlyName: 'js/sql-injection',
    description: 'Building a query from what a user sends lets the user say what is asked.',
    resources:
      '\n* OWASP: [SQL injection](https://owasp.org/sql).\n* [CWE-564](https://cwe.mitre.org/data/definitions/564.html).',
    helpMessage: '# SQL\n'.repeat(500),
    tags: ['security', 'external/cwe/cwe-089'],
    additionalProperties: {},
  },
  dependency: {
    opaqueId: 'DEP1001_GHSA-rv95-896h-c2vc',
    friendlyName: 'GHSA-rv95-896h-c2vc',
    description:
      "'package-lock.json' has a reference to the insecure Npm package 'express 4.17.1'.  Recommendation: Upgrade express from 4.17.1 to 4.19.2 to fix the vulnerability.",
    resources: 'https://github.com/advisories/GHSA-rv95-896h-c2vc',
    tags: null,
    additionalProperties: { cveId: 'CVE-2024-29041', advisoryId: 'GHSA-rv95-896h-c2vc' },
  },
  secret: {
    opaqueId: 'SEC101/102',
    friendlyName: 'AdoPat',
    description: 'Look for plain-text secrets in what is versioned.',
    resources: '',
    tags: null,
    additionalProperties: {},
  },
};

const tools = {
  code: 'CodeQL',
  dependency: 'Advanced Security Dependency Scanning',
  secret: 'Advanced Security Secrets Scanning',
};

export const alert = (type: keyof typeof tools, change: Json = {}): Json => ({
  alertId: 739,
  severity: 'high',
  title: 'SQL query built from user-controlled sources (js/sql-injection)',
  tools: [{ name: tools[type], rules: [rules[type]] }],
  dismissal: null,
  repositoryUrl: 'https://dev.azure.com/acme/1/_git/2',
  gitRef: type === 'secret' ? null : 'refs/heads/main',
  alertType: type,
  firstSeenDate: '2026-10-16T01:38:11.8554121Z',
  lastSeenDate: '2026-11-23T02:08:50.6903065Z',
  fixedDate: null,
  introducedDate: '2026-10-01T01:35:47Z',
  state: 'active',
  physicalLocations: [
    {
      versionControl: {
        commitHash: '15da62ab'.repeat(5),
        itemUrl: 'https://dev.azure.com:443/acme/1/_git/2?path=%2Fsrc%2Fdb%20one.js&version=GC15da62ab&line=19',
      },
      filePath: 'src/db one.js',
      region: { lineStart: 19, lineEnd: 0, columnStart: 60, columnEnd: 65 },
    },
  ],
  logicalLocations: [],
  ...change,
});

export const list = (value: readonly unknown[]): Json => ({ count: value.length, value });

/** Takes everything that a reader hands on. */
export class Collected implements ScanSink {
  readonly runs: { readonly facts: RunFacts; readonly results: (Result | undefined)[] }[] = [];
  readonly problems: Problem[] = [];
  readonly notes: string[] = [];

  begin(facts: RunFacts) {
    const results: (Result | undefined)[] = [];
    this.runs.push({ facts, results });
    return { add: (result: Result | undefined) => void results.push(result) };
  }

  problem(problem: Problem): void {
    this.problems.push(problem);
  }

  note(text: string): void {
    this.notes.push(text);
  }
}
