/** Shapes: https://docs.github.com/rest/code-scanning/code-scanning */
import { expect } from 'vitest';
import { type Answer, type Contract, fromPage, type Responder, type Times } from './harness.js';

const iso = (ms: number): string => new Date(ms).toISOString();
export const sha = 'c0ffee'.repeat(7).slice(0, 40);
const otherSha = 'ab'.repeat(20);

type Json = Record<string, unknown>;

const analysis = ({ now }: Times, change: Json = {}): Json => ({
  ref: 'refs/heads/main',
  commit_sha: sha,
  analysis_key: '.github/workflows/codeql.yml:analyze',
  environment: '{"language":"javascript"}',
  category: '/language:javascript',
  error: '',
  warning: '',
  created_at: iso(now - 600_000),
  results_count: 1,
  rules_count: 90,
  id: 201,
  sarif_id: '6c81cd8e-b078-4ac3-a3be-1dad7dbd0b53',
  tool: { name: 'CodeQL', guid: null, version: '2.19.3' },
  deletable: true,
  ...change,
});

const result = (level: string): Json => ({
  ruleId: 'js/sql-injection',
  level,
  message: { text: 'This query depends on a user-provided value.' },
  locations: [{ physicalLocation: { artifactLocation: { uri: 'src/db.ts' }, region: { startLine: 41 } } }],
  properties: {
    'github/alertNumber': 7,
    'github/alertUrl': 'ALERTS/7',
  },
});
const sarif = (results: readonly Json[], more: Json = {}): Json => ({
  version: '2.1.0',
  runs: [
    {
      tool: { driver: { name: 'CodeQL', semanticVersion: '2.19.3', rules: [{ id: 'js/sql-injection' }] } },
      results,
      ...more,
    },
  ],
});
const alert = ({ now }: Times, change: Json = {}): Json => ({
  number: 7,
  created_at: iso(now - 86_400_000),
  state: 'open',
  html_url: 'https://github.com/acme/checkout/security/code-scanning/7',
  rule: { id: 'js/sql-injection', severity: 'error', security_severity_level: 'high' },
  dismissed_by: null,
  dismissed_reason: null,
  dismissed_comment: null,
  ...change,
});
const dismissed = (times: Times, change: Json = {}): Json =>
  alert(times, {
    state: 'dismissed',
    dismissed_by: { login: 'alice' },
    dismissed_reason: 'false positive',
    dismissed_comment: 'escaped before',
    ...change,
  });

const longCategory = `.github/workflows/scan.yml:analyze/package:${'services/payments/'.repeat(8)}`;

interface Given {
  readonly analyses?: (times: Times) => readonly Json[];
  readonly log?: unknown;
  /** Of analysis 202, where there is one. */
  readonly second?: unknown;
  readonly alerts?: (times: Times) => readonly Json[];
  /** In place of the answer to a path. */
  readonly instead?: Readonly<Record<string, Answer>>;
}

const answers =
  ({
    analyses = (t) => [analysis(t)],
    log = sarif([result('error')]),
    second,
    alerts = () => [],
    instead = {},
  }: Given): Responder =>
  ({ method, path, headers }, times) => {
    expect(method).toBe('GET');
    expect(headers.authorization).toBe('Bearer a-secret-GITHUB_TOKEN');
    expect(headers['x-github-api-version']).toBe('2022-11-28');
    const { pathname, searchParams: q } = new URL(path, 'http://x');
    const below = pathname.replace('/repos/acme/checkout/code-scanning', '');
    const other = instead[below];
    if (other) {
      const { link, ...rest } = other.headers ?? {};
      const itself = link?.replace('<itself>', `<http://${headers.host}${path}>`);
      return { ...other, headers: { ...rest, ...(itself && { link: itself }) } };
    }
    if (below === '/analyses/201' || (second !== undefined && below === '/analyses/202')) {
      expect(headers.accept).toBe('application/sarif+json');
      const alertsUrl = `http://${headers.host}/repos/acme/checkout/code-scanning/alerts`;
      const body = JSON.stringify(below.endsWith('2') ? second : log).replaceAll('ALERTS', alertsUrl);
      return { headers: { 'content-type': 'application/sarif+json' }, body };
    }
    expect(headers.accept).toBe('application/vnd.github+json');
    expect(q.get('ref')).toBe('refs/heads/main');
    expect(['100', '99']).toContain(q.get('per_page'));
    if (below === '/analyses') return { body: analyses(times) };
    expect(below).toBe('/alerts');
    return { body: alerts(times).filter(({ state }) => state === q.get('state')) };
  };

export const contracts: readonly Contract[] = [
  {
    what: 'analyses of the commit',
    ...fromPage('github-code-scanning', 'code scanning'),
    good: answers({
      log: sarif([result('note'), result('error')]),
      analyses: (t) => [analysis(t, { results_count: 2 })],
      alerts: (t) => [dismissed(t)],
    }),
    bad: {
      'a finding': answers({}),
      'dismissed without a word': answers({
        alerts: (t) => [dismissed(t, { dismissed_reason: null, dismissed_comment: null })],
      }),
      'an older clean analysis listed first': answers({
        analyses: (t) => [analysis(t, { id: 200, created_at: iso(t.now - 9e6), results_count: 0 }), analysis(t)],
      }),
      'beside a clean analysis whose category ends differently': answers({
        analyses: (t) => [
          analysis(t, { id: 202, category: `${longCategory}-b`, results_count: 0 }),
          analysis(t, { category: `${longCategory}-a` }),
        ],
        second: sarif([]),
      }),
      'the dismissal of another alert, by an address of its own': answers({
        log: sarif([
          { ...result('error'), properties: {}, hostedViewerUri: 'https://elsewhere.example/code-scanning/7' },
          { ...result('error'), properties: { 'github/alertUrl': 'https://elsewhere.example/code-scanning/alerts/7' } },
        ]),
        analyses: (t) => [analysis(t, { results_count: 2 })],
        alerts: (t) => [dismissed(t)],
      }),
      'critical, though dismissed': answers({
        log: sarif([
          { ...result('error'), properties: { ...(result('error').properties as Json), 'security-severity': '9.8' } },
        ]),
        alerts: (t) => [dismissed(t)],
      }),
    },
    empty: {
      'no analysis': answers({ analyses: () => [] }),
      'no results list': answers({ log: sarif([], { results: null }) }),
      'no runs': answers({ log: { version: '2.1.0', runs: [] } }),
    },
    partial: {
      'an error': answers({ analyses: (t) => [analysis(t, { error: 'bad upload' })] }),
      'an error that is no text': answers({ analyses: (t) => [analysis(t, { error: { message: 'bad upload' } })] }),
      'a warning': answers({
        log: sarif([]),
        analyses: (t) => [analysis(t, { warning: 'results were dropped', results_count: 0 })],
      }),
      'fewer results than counted': answers({ log: sarif([]) }),
      'another tool of the commits before is missing': answers({
        log: sarif([result('note')]),
        // A later commit that only one tool has analysed so far.
        analyses: (t) => [
          analysis(t, { id: 203, commit_sha: 'cd'.repeat(20), created_at: iso(t.now - 60_000) }),
          analysis(t),
          analysis(t, { id: 199, commit_sha: otherSha, tool: { name: 'Trivy' }, created_at: iso(t.now - 9e6) }),
        ],
      }),
      'another category is missing': answers({
        log: sarif([result('note')]),
        analyses: (t) => [analysis(t), analysis(t, { id: 199, commit_sha: otherSha, category: '/language:python' })],
      }),
      'a failed scan': answers({ log: sarif([result('note')], { invocations: [{ executionSuccessful: false }] }) }),
      'not its shape': answers({ analyses: () => [{}] }),
      'no list': answers({ instead: { '/analyses': { body: { message: 'x' } } } }),
      'a full page without its header': answers({
        instead: { '/alerts': { body: Array.from({ length: 100 }, (_, i) => ({ number: i + 1, state: 'open' })) } },
      }),
      'a next page that cannot be read': answers({
        instead: { '/alerts': { headers: { link: 'rel=next' }, body: [] } },
      }),
      'an alerts list that does not end': answers({
        instead: { '/alerts': { headers: { link: '<itself>; rel="next"' }, body: [] } },
      }),
      'a next page elsewhere': answers({
        instead: { '/alerts': { headers: { link: '<https://elsewhere.example/x>; rel="next"' }, body: [] } },
      }),
      'no SARIF': answers({ log: 'gone' }),
    },
    stale: { 'of another commit': answers({ analyses: (t) => [analysis(t, { commit_sha: otherSha })] }) },
    unauthorised: {
      '401': () => ({ status: 401, body: { message: 'Bad credentials' } }),
      '403': () => ({ status: 403, body: { message: 'Resource not accessible by integration' } }),
      '403 not enabled': () => ({ status: 403, body: { message: 'Code scanning is not enabled for this repository' } }),
      '404': () => ({ status: 404, body: { message: 'no analysis found' } }),
      '409': () => ({ status: 409, body: { message: 'conflict' } }),
      '204': () => ({ status: 204, body: '' }),
    },
    throttled: {
      '429': () => ({ status: 429, headers: { 'retry-after': '1' }, body: {} }),
      '403': () => ({
        status: 403,
        headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1795428000' },
        body: {},
      }),
    },
  },
];
