/** Shapes: https://learn.microsoft.com/rest/api/azure/devops/advancedsecurity (alerts, instances, analysis, repo enablement). */
import { expect } from 'vitest';
import type { Received } from '../support/server.js';
import { type Answer, type Contract, fromPage, type Responder, type Times } from './harness.js';

const commit = 'c0ffee'.repeat(7).slice(0, 40);
const older = 'badc0de'.repeat(6).slice(0, 40);
const hour = 3_600_000;
const iso = (ms: number): string => new Date(ms).toISOString();

type Json = Record<string, unknown>;

/** What the repository holds. */
interface World {
  readonly branch?: (times: Times) => readonly unknown[];
  readonly secrets?: (times: Times) => readonly unknown[];
  /** Of the instances of an alert, by its id. */
  readonly instance?: (id: number, times: Times) => Json;
  readonly enablement?: Answer;
  readonly branches?: readonly string[];
  /** By the last part of the path. */
  readonly instead?: Readonly<Record<string, Answer | ((request: Received) => Answer | undefined)>>;
}

const codeAlert = (times: Times, change: Json = {}): Json => ({
  alertId: 11,
  severity: 'high',
  title: 'SQL query built from user-controlled sources (js/sql-injection)',
  tools: [
    {
      name: 'CodeQL',
      rules: [
        { opaqueId: 'js/sql-injection', friendlyName: 'js/sql-injection', tags: ['security', 'external/cwe/cwe-089'] },
      ],
    },
  ],
  dismissal: null,
  gitRef: 'refs/heads/main',
  alertType: 'code',
  firstSeenDate: iso(times.now - 300 * hour),
  lastSeenDate: iso(times.now - hour),
  state: 'fixed',
  physicalLocations: [{ filePath: 'src/db.js', region: { lineStart: 19 }, versionControl: { commitHash: commit } }],
  logicalLocations: [],
  ...change,
});

const dependencyAlert = (times: Times, change: Json = {}): Json => ({
  ...codeAlert(times),
  alertId: 12,
  severity: 'medium',
  title: 'Open redirect (CVE-2024-29041)',
  tools: [
    {
      name: 'Advanced Security Dependency Scanning',
      rules: [{ opaqueId: 'DEP1001_GHSA-rv95-896h-c2vc', friendlyName: 'GHSA-rv95-896h-c2vc' }],
    },
  ],
  alertType: 'dependency',
  state: 'active',
  logicalLocations: [{ fullyQualifiedName: 'Npm express 4.17.1', kind: 'component' }],
  ...change,
});

const secretAlert = (times: Times, change: Json = {}): Json => ({
  ...codeAlert(times),
  alertId: 13,
  severity: 'critical',
  title: 'a-secret-in-the-title',
  truncatedSecret: 'a-secret…',
  tools: [{ name: 'Advanced Security Secrets Scanning', rules: [{ opaqueId: 'SEC101/102', friendlyName: 'AdoPat' }] }],
  gitRef: null,
  alertType: 'secret',
  confidence: 'other',
  state: 'active',
  ...change,
});

const instanceOf = (id: number, times: Times, change: Json = {}): Json => ({
  analysisConfiguration: {
    analysisConfigurationId: id,
    toolName: id === 11 ? 'CodeQL' : 'Advanced Security Dependency Scanning',
    toolVersion: '2.20.1',
    analysisConfigurationDetails: { gitRef: 'refs/heads/main', pipelineName: 'ci', pipelineId: 7, phaseName: 'build' },
  },
  recentAnalysisInstance: { commitId: commit, createdDate: iso(times.now - hour) },
  state: id === 11 ? 'fixed' : 'active',
  ...change,
});

const analysed = (commitId: unknown, at: number) => ({ recentAnalysisInstance: { commitId, createdDate: iso(at) } });

const enabled = {
  codeSecurityFeatures: { codeSecurityEnabled: true },
  secretProtectionFeatures: { secretProtectionEnabled: true },
};
const list = (value: readonly unknown[]): Json => ({ count: value.length, value });

const world =
  (what: World): Responder =>
  (request, times) => {
    const { pathname, searchParams: query } = new URL(request.path, 'http://x');
    expect(request.method).toBe('GET');
    expect(request.headers.authorization).toBe(`Basic ${Buffer.from(':a-secret-ADVSEC_TOKEN').toString('base64')}`);
    expect(request.headers['x-tfs-fedauthredirect']).toBe('Suppress');
    const answer = route(what, { request, pathname, query }, times);
    // The service has a clock of its own.
    return { ...answer, headers: { date: new Date(times.now).toUTCString(), ...answer.headers } };
  };

function route(
  what: World,
  { request, pathname, query }: { request: Received; pathname: string; query: URLSearchParams },
  times: Times,
): Answer {
  const other = what.instead?.[pathname.split('/').at(-1) ?? ''];
  const given = typeof other === 'function' ? other(request) : other;
  if (given) return given;
  if (pathname === '/acme/shop/_apis/management/repositories/checkout/enablement') {
    expect(query.get('api-version')).toBe('7.2-preview.3');
    return what.enablement ?? { body: enabled };
  }
  expect(query.get('api-version')).toBe('7.2-preview.1');
  const repository = '/acme/shop/_apis/alert/repositories/checkout';
  const instances = new RegExp(`^${repository}/alerts/(\\d+)/instances$`).exec(pathname)?.[1];
  if (instances !== undefined) {
    expect(query.get('ref')).toBe('refs/heads/main');
    return { body: list([(what.instance ?? instanceOf)(Number(instances), times)]) };
  }
  if (pathname === `${repository}/filters/branches`) {
    expect(['code', 'dependency']).toContain(query.get('alertType'));
    expect([query.get('branchNameContains'), query.get('includePullRequestBranches')]).toEqual(['main', 'true']);
    return { body: list((what.branches ?? ['refs/heads/main']).map((name, i) => ({ branchId: i, name }))) };
  }
  expect(pathname).toBe(`${repository}/alerts`);
  expect(query.getAll('criteria.confidenceLevels')).toEqual(['high', 'other']);
  expect(query.get('criteria.onlyDefaultBranch')).toBe('false');
  expect([query.get('top'), query.get('orderBy'), query.get('criteria.states')]).toEqual(['200', 'id', null]);
  const secret = query.get('criteria.alertType') === 'secret';
  expect(query.get('criteria.ref')).toBe(secret ? null : 'refs/heads/main');
  const all = (secret ? what.secrets : what.branch)?.(times) ?? [];
  // Two pages, where there is more than one alert.
  const token = query.get('continuationToken');
  if (token !== null) return { body: list(all.slice(1)) };
  return { body: list(all.slice(0, 1)), ...(all.length > 1 && { headers: { 'x-ms-continuationtoken': 'page 2/ü' } }) };
}

const both = (times: Times): Json[] => [codeAlert(times), dependencyAlert(times)];
const refused = (status: number, body: unknown = { message: 'no a-secret-ADVSEC_TOKEN', typeKey: 'X' }): Answer => ({
  status,
  body,
});
const noBranch = refused(404, { message: 'The branch does not exist', typeKey: 'BranchNotFoundException' });
const signInPage = { status: 203, headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' };
const everywhere = (answer: Answer): World => ({
  instead: { alerts: answer, enablement: answer, branches: answer, instances: answer },
});

export const contracts: readonly Contract[] = [
  {
    what: 'code and dependencies',
    ...fromPage('azure-devops-security', 'code and dependencies'),
    good: world({ branch: both }),
    bad: {
      'an active alert': world({ branch: (t) => [codeAlert(t, { state: 'active' }), dependencyAlert(t)] }),
      'a severity that says nothing': world({
        branch: (t) => [codeAlert(t, { state: 'active', severity: 'undefined' }), dependencyAlert(t)],
      }),
      'an unknown state': world({ branch: (t) => [codeAlert(t, { state: 'draft' }), dependencyAlert(t)] }),
      'dismissed without a reason': world({
        branch: (t) => [
          codeAlert(t, { state: 'dismissed', dismissal: { dismissalType: 'unknown', message: '' } }),
          dependencyAlert(t),
        ],
      }),
      'a type that nobody knows': world({
        branch: (t) => [...both(t), codeAlert(t, { alertId: 14, alertType: 'sorcery', state: 'active' })],
      }),
    },
    empty: {
      'no alert ever': world({}),
      'no dependency alert ever': world({ branch: (t) => [codeAlert(t)] }),
      'never analysed': world({ branches: [] }),
      'another branch analysed': world({ branches: ['refs/heads/main-2', 'refs/tags/main', 'mains'] }),
      'no such branch': world({ instead: { alerts: noBranch } }),
      'alerts without instances': world({ branch: both, instead: { instances: { body: list([]) } } }),
    },
    partial: {
      'switched off': world({
        branch: both,
        enablement: { body: { codeSecurityFeatures: { codeSecurityEnabled: false } } },
      }),
      'switched off, one product': world({ branch: both, enablement: { body: { advSecEnabled: false } } }),
      'an alert that is none': world({ branch: (t) => [...both(t), 'x'] }),
      'an alert without id': world({ branch: (t) => [...both(t), codeAlert(t, { alertId: null })] }),
      'no permission for the instances': world({
        branch: (t) => [codeAlert(t, { state: 'active' }), dependencyAlert(t)],
        instead: { instances: refused(403) },
      }),
      'no list': world({ instead: { alerts: { body: { message: 'x' } } } }),
      'less than announced': world({
        instead: { alerts: (r) => (r.path.includes('instances') ? undefined : { body: { count: 2, value: [] } }) },
      }),
      'a page for ever': world({
        branch: both,
        instead: { alerts: { body: list([]), headers: { 'x-ms-continuationtoken': 'again' } } },
      }),
      'refused in the midst': world({
        branch: both,
        instead: { alerts: (r) => (r.path.includes('continuationToken') ? refused(404) : undefined) },
      }),
      'instances that are none': world({ branch: both, instance: () => ({}) }),
      'no commit': world({ branch: both, instance: (id, t) => instanceOf(id, t, analysed(null, t.now - hour)) }),
      'one tool without a witness': world({
        branch: both,
        instead: { instances: (r) => (r.path.includes('/11/') ? refused(404) : undefined) },
      }),
      'only just analysed': world({
        branch: both,
        instance: (id, t) => instanceOf(id, t, analysed(commit, t.now - 30_000)),
      }),
      'analysed after the list': world({
        branch: both,
        instance: (id, t) => instanceOf(id, t, analysed(commit, t.now + 30_000)),
      }),
      'of another branch': world({
        branch: both,
        instance: (id, t) =>
          instanceOf(id, t, {
            analysisConfiguration: { analysisConfigurationDetails: { gitRef: 'refs/heads/develop' } },
          }),
      }),
    },
    stale: {
      'another commit': world({ branch: both, instance: (id, t) => instanceOf(id, t, analysed(older, t.now - hour)) }),
      'another commit, with findings': world({
        branch: (t) => [codeAlert(t, { state: 'active' }), dependencyAlert(t, { severity: 'critical' })],
        instance: (id, t) => instanceOf(id, t, analysed(older, t.now - hour)),
      }),
      'another commit by one tool': world({
        branch: both,
        instance: (id, t) => instanceOf(id, t, analysed(id === 11 ? older : commit, t.now - hour)),
      }),
      'two days ago': world({
        branch: both,
        instance: (id, t) => instanceOf(id, t, analysed(commit, t.now - 48 * hour)),
      }),
    },
    unauthorised: {
      '401': world(everywhere(refused(401))),
      '403': world(everywhere(refused(403))),
      '404': world(everywhere(refused(404))),
      'a page to sign in': world(everywhere(signInPage)),
      'a page to sign in, 200': world(everywhere({ ...signInPage, status: 200 })),
      'sent to a page to sign in': world(
        everywhere({
          status: 302,
          headers: { location: 'https://spsprodeus.vssps.visualstudio.com/_signin?x=a-secret' },
          body: '',
        }),
      ),
      '403 for the branches': world({ instead: { branches: refused(403) } }),
    },
  },
  {
    what: 'secrets',
    ...fromPage('azure-devops-security', 'secrets'),
    good: world({
      secrets: (t) => [secretAlert(t, { state: 'dismissed', dismissal: { dismissalType: 'fixed' } })],
    }),
    bad: {
      'an active alert': world({ secrets: (t) => [secretAlert(t)] }),
      'of no known severity': world({ secrets: (t) => [secretAlert(t, { severity: 'undefined' })] }),
      'by numbers': world({ secrets: (t) => [secretAlert(t, { alertType: 2, severity: 0, state: 1 })] }),
      'dismissed without a reason': world({ secrets: (t) => [secretAlert(t, { state: 'dismissed' })] }),
      'and nobody knows whether it is on': world({ secrets: (t) => [secretAlert(t)], enablement: refused(403) }),
    },
    empty: {
      'nobody knows whether it is on': world({ enablement: refused(403) }),
      'nothing said of it': world({ enablement: { body: {} } }),
      'no such version of the API': world({ enablement: refused(400) }),
    },
    partial: {
      'switched off': world({
        enablement: { body: { ...enabled, secretProtectionFeatures: { secretProtectionEnabled: false } } },
      }),
      'an alert that is none': world({ secrets: () => [{}] }),
    },
    stale: { impossible: 'secrets are looked for in pushes; nothing says when' },
    unauthorised: {
      '401': world(everywhere(refused(401))),
      '403': world({ instead: { alerts: refused(403) } }),
      '404': world({ instead: { alerts: refused(404) } }),
    },
  },
];
