/** Shapes: https://docs.github.com/rest/dependabot/alerts */
import { expect } from 'vitest';
import { type Contract, fromPage, type Responder, type Times } from './harness.js';

type Json = Record<string, unknown>;
const iso = (ms: number): string => new Date(ms).toISOString();

const alert = ({ now }: Times, change: Json = {}, advisory: Json = {}): Json => ({
  number: 2,
  state: 'open',
  dependency: { package: { ecosystem: 'npm', name: 'lodash' }, manifest_path: 'package-lock.json', scope: 'runtime' },
  security_advisory: {
    ghsa_id: 'GHSA-35jh-r3h4-6jhm',
    cve_id: 'CVE-2021-23337',
    summary: 'Command Injection in lodash',
    severity: 'high',
    identifiers: [{ type: 'CVE', value: 'CVE-2021-23337' }],
    cvss: { vector_string: null, score: 0 },
    epss: { percentage: 0.0204, percentile: '0.83' },
    cwes: [{ cwe_id: 'CWE-94', name: 'Code Injection' }],
    ...advisory,
  },
  security_vulnerability: {
    package: { ecosystem: 'npm', name: 'lodash' },
    severity: advisory.severity ?? 'high',
    vulnerable_version_range: '< 4.17.21',
    first_patched_version: { identifier: '4.17.21' },
  },
  html_url: 'https://github.com/acme/checkout/security/dependabot/2',
  created_at: iso(now - 30 * 86_400_000),
  dismissed_by: null,
  dismissed_reason: null,
  dismissed_comment: null,
  ...change,
});

const answers =
  (pages: (times: Times) => readonly (readonly unknown[])[], graph: unknown = {}): Responder =>
  ({ method, path, headers }, times) => {
    if (path === '/repos/acme/checkout/dependency-graph/sbom') return { body: graph };
    expect(`${method} ${path.split('?')[0]}`).toBe('GET /repos/acme/checkout/dependabot/alerts');
    expect(headers.authorization).toBe('Bearer a-secret-GITHUB_TOKEN');
    const q = new URL(path, 'http://x').searchParams;
    expect(q.get('per_page')).toBe('100');
    const all = pages(times);
    const page = Number(q.get('after') ?? 0);
    const next =
      page + 1 < all.length
        ? { link: `<http://${headers.host}${path.split('?')[0]}?per_page=100&after=${page + 1}>; rel="next"` }
        : {};
    return { headers: next, body: all[page] };
  };

export const contracts: readonly Contract[] = [
  {
    what: 'alerts',
    ...fromPage('dependabot', 'dependencies'),
    good: answers((t) => [
      [alert(t, { state: 'fixed' }), alert(t, {}, { severity: 'medium' })],
      [
        alert(t, { dependency: { package: { ecosystem: 'npm', name: 'x' }, scope: 'development' } }),
        alert(t, { created_at: iso(t.now - 3 * 86_400_000) }),
        alert(t, { state: 'dismissed', dismissed_by: { login: 'alice' }, dismissed_reason: 'tolerable_risk' }),
      ],
    ]),
    bad: {
      'older than its grace': answers((t) => [[alert(t)]]),
      'on the second page': answers((t) => [[alert(t, { state: 'fixed' })], [alert(t)]]),
      'critical, though dismissed': answers((t) => [[alert(t, { state: 'dismissed' }, { severity: 'critical' })]]),
      'malware, though there is no version without it': answers((t) => [
        [
          alert(
            t,
            { security_vulnerability: { severity: 'critical', first_patched_version: null } },
            { severity: 'critical', classification: 'malware' },
          ),
        ],
      ]),
      'of a severity that nobody knows': answers((t) => [[alert(t, {}, { severity: 'odd' })]]),
      'of an age that nobody knows': answers((t) => [[alert(t, { created_at: null })]]),
    },
    empty: {
      'no dependency at all': answers(() => [[]], { sbom: { packages: [{ name: 'com.github.acme/checkout' }] } }),
      'no dependency graph': answers(() => [[]]),
    },
    partial: {
      'entries that are none': answers(() => [[7, null]]),
      'no list': () => ({ body: { message: 'x' } }),
      'a list that does not end': ({ headers, path }) => ({
        headers: { link: `<http://${headers.host}${path}>; rel="next"` },
        body: [],
      }),
    },
    stale: { impossible: 'the alerts are what GitHub knows now' },
    unauthorised: {
      '401': () => ({ status: 401, body: { message: 'Bad credentials' } }),
      '403': () => ({ status: 403, body: { message: 'Resource not accessible by integration' } }),
      '403 disabled': () => ({ status: 403, body: { message: 'Dependabot alerts are disabled for this repository.' } }),
      '404': () => ({ status: 404, body: { message: 'Not Found' } }),
      '409': () => ({ status: 409, body: { message: 'conflict' } }),
    },
  },
];
