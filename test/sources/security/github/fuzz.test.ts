/** Whatever stands in an answer: a measurement that holds every entry once, or the reason why there is none. */
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { scans } from '../../../../src/record/evidence.js';
import { githubCodeScanningSource } from '../../../../src/sources/security/github/code-scanning.js';
import { dependabotSource } from '../../../../src/sources/security/github/dependabot.js';
import { githubSecretScanningSource } from '../../../../src/sources/security/github/secret-scanning.js';
import { NotMeasured, type SecurityQuestion, type Source, type SourceType } from '../../../../src/sources/source.js';
import { sourceContext } from '../../../support/context.js';
import { day, now, triagePolicy } from '../support.js';
import { type Json, repository, sha } from './support.js';

const policy = triagePolicy({
  'fix-within': { high: 30 * day, critical: day },
  'fixable-only': true,
  suppressions: { allow: ['external'], 'up-to': 'critical', 'reason-required': true, by: ['ana'] },
});

/** Asks without a network: the answer to an address by the words in it. */
async function asked(type: SourceType, body: (path: string) => unknown, config: Json = {}) {
  const http = {
    send: async ({ url }: { url: string }) => ({ status: 200, headers: {}, text: JSON.stringify(body(url)) }),
  };
  const parsed = v.parse(type.schema, { repository, url: 'https://api.example', ...config });
  const clock = { now: () => now, sleep: async () => undefined };
  const source = type.open(parsed, sourceContext({ http, clock })) as Source<'security'>;
  const question: SecurityQuestion = { family: 'security', commit: sha, triage: policy };
  try {
    const measurement = { ...(await source.security(question, new AbortController().signal)), source: 's' };
    return v.parse(scans, measurement);
  } catch (error) {
    if (error instanceof NotMeasured) return error;
    throw error;
  }
}

/** Odd values: those that some code looks for, and any other. */
const odd = fc.oneof(
  {
    arbitrary: fc.constantFrom(
      'open',
      'dismissed',
      'fixed',
      'resolved',
      'revoked',
      'malware',
      '+100000-01-01T00:00:00Z',
      '\ud800',
      '',
      null,
      0,
      -1,
      [],
      {},
    ),
    weight: 2,
  },
  { arbitrary: fc.jsonValue({ maxDepth: 2 }), weight: 1 },
);

/** The value with some of its fields, at any depth, replaced or gone. */
const mutated = (value: unknown): fc.Arbitrary<unknown> => {
  if (typeof value !== 'object' || value === null) return fc.oneof({ arbitrary: fc.constant(value), weight: 9 }, odd);
  if (Array.isArray(value)) {
    const items = value.length === 0 ? fc.constant([]) : fc.tuple(...value.map(mutated));
    return fc.oneof({ arbitrary: items, weight: 9 }, odd);
  }
  const whole = fc.record(Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mutated(one)])), {
    requiredKeys: [],
  });
  return fc.oneof({ arbitrary: whole, weight: 19 }, odd);
};

const listOf = (one: unknown) => fc.array(mutated(one), { maxLength: 4 });

const dependabotAlert = {
  state: 'dismissed',
  dependency: { package: { ecosystem: 'maven', name: 'a:b' }, manifest_path: '../pom.xml', scope: 'runtime' },
  security_advisory: {
    ghsa_id: 'GHSA-35jh-r3h4-6jhm',
    cve_id: 'CVE-2021-23337',
    summary: 'Injection\n::error::x',
    severity: 'high',
    classification: 'general',
    identifiers: [{ value: 'CVE-2021-23337' }],
    cvss_severities: { cvss_v3: { score: 9.8 }, cvss_v4: { score: 0 } },
    epss: { percentage: 0.4 },
    cwes: [{ cwe_id: 'CWE-94' }],
  },
  security_vulnerability: {
    severity: 'high',
    vulnerable_version_range: '< 2',
    first_patched_version: { identifier: '2' },
  },
  html_url: 'https://github.com/x',
  created_at: '2026-11-01T00:00:00Z',
  dismissed_by: { login: 'ana' },
  dismissed_reason: 'inaccurate',
  dismissed_comment: 'said so',
};
const secretAlert = {
  number: 42,
  state: 'resolved',
  resolution: 'revoked',
  resolution_comment: 'x',
  resolved_by: { login: 'ana' },
  secret_type: 'adafruit_io_key',
  secret_type_display_name: 'Adafruit',
  validity: 'active',
  created_at: '2026-11-01T00:00:00Z',
  html_url: 'https://github.com/x',
  first_location_detected: { path: '/a', start_line: 3 },
  has_more_locations: false,
};
const location = { type: 'commit', details: { path: 'a', start_line: 1 } };
const analysis = {
  id: 7,
  commit_sha: sha,
  category: '/language:go',
  error: '',
  warning: '',
  created_at: '2026-11-23T09:00:00Z',
  results_count: 1,
  tool: { name: 'CodeQL' },
};
const codeAlert = {
  number: 7,
  state: 'open',
  created_at: '2026-11-01T00:00:00Z',
  html_url: 'https://github.com/x',
  rule: { security_severity_level: 'high' },
  dismissed_by: { login: 'ana' },
  dismissed_reason: 'x',
};
const sarif = {
  version: '2.1.0',
  runs: [
    {
      tool: { driver: { name: 'CodeQL', rules: [{ id: 'r', properties: { 'security-severity': '9.1' } }] } },
      results: [
        {
          ruleId: 'r',
          level: 'error',
          message: { text: 'm' },
          properties: { 'github/alertUrl': `https://api.example/repos/${repository}/code-scanning/alerts/7` },
        },
      ],
    },
  ],
};

const resultsOf = ({ runs }: { readonly runs: readonly { readonly results: number }[] }) =>
  runs.reduce((sum, { results }) => sum + results, 0);
const cases = { numRuns: 700 };

describe('any answer', () => {
  it('of Dependabot', async () => {
    const test = fc.asyncProperty(
      listOf(dependabotAlert),
      mutated({ sbom: { packages: [{}, {}] } }),
      async (alerts, graph) => {
        const found = await asked(dependabotSource, (path) => (path.includes('/sbom') ? graph : alerts));
        if (found instanceof NotMeasured) throw found;
        expect(resultsOf(found)).toBe(alerts.length);
        if (alerts.length === 0 && found.problems.length === 0)
          expect(graph).toMatchObject({ sbom: { packages: [{}, {}] } });
      },
    );
    await fc.assert(test, cases);
  });

  it('of secret scanning', async () => {
    const test = fc.asyncProperty(
      listOf(secretAlert),
      listOf(secretAlert),
      listOf(location),
      async (usual, generic, places) => {
        const found = await asked(githubSecretScanningSource, (path) =>
          path.includes('/locations') ? places : path.includes('secret_type') ? generic : usual,
        );
        if (found instanceof NotMeasured) throw found;
        const numbers = [...usual, ...generic].map((one) => (one as Json | null)?.number);
        const numbered = numbers.filter((one) => Number.isSafeInteger(one) && (one as number) >= 0);
        expect(resultsOf(found)).toBe(numbers.length - numbered.length + new Set(numbered).size);
      },
    );
    await fc.assert(test, cases);
  });

  it('of code scanning', async () => {
    const test = fc.asyncProperty(
      listOf(analysis),
      listOf(codeAlert),
      mutated(sarif),
      async (analyses, alerts, log) => {
        const found = await asked(
          githubCodeScanningSource,
          (path) => (path.includes('/alerts?') ? alerts : path.includes('/analyses?') ? analyses : log),
          { ref: 'main' },
        );
        // A list that cannot be understood is none.
        if (found instanceof NotMeasured) expect(found.code).toBe('bad-answer');
        else {
          expect(found.runs.every(({ revision }) => revision?.startsWith(sha))).toBe(true);
          if (found.problems.length === 0) expect(found.runs.length).toBeGreaterThanOrEqual(1);
        }
      },
    );
    await fc.assert(test, cases);
  });
});
