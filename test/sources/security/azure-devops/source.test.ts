import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { azureDevopsSecuritySource as type } from '../../../../src/sources/security/azure-devops/index.js';
import type { Source } from '../../../../src/sources/source.js';
import { sourceContext } from '../../../support/context.js';
import { type Received, reply, standIn } from '../../../support/server.js';
import { triagePolicy } from '../support.js';
import { alert, type Json, list } from './support.js';

const commit = 'c0ffee00'.repeat(5);
const older = 'badc0de0'.repeat(5);
const listedAt = Date.parse('2026-11-23T10:00:00Z');
const env = {
  SYSTEM_COLLECTIONURI: 'https://dev.azure.com/acme/',
  SYSTEM_TEAMPROJECT: 'web shop',
  BUILD_REPOSITORY_NAME: 'checkout',
  BUILD_REPOSITORY_PROVIDER: 'TfsGit',
  BUILD_SOURCEBRANCH: 'refs/heads/main',
};

interface World {
  /** By branch. */
  readonly branches?: Readonly<Record<string, readonly Json[]>>;
  readonly secrets?: readonly Json[];
  readonly enabled?: Json;
  /** Which commits an alert names, one for each pipeline. */
  readonly commits?: (id: number) => readonly string[];
  readonly analysed?: readonly string[];
  /** What the analyses say of an alert. */
  readonly state?: string;
}

async function ask(world: World, config: Json = {}, question: Json = { commit }) {
  const answer = ({ path }: Received): unknown => {
    const { pathname, searchParams: query } = new URL(path, 'http://x');
    const id = /alerts\/(\d+)\/instances$/.exec(pathname)?.[1];
    if (id !== undefined) {
      const commits = world.commits?.(Number(id)) ?? [commit];
      return list(
        commits.map((commitId, i) => ({
          analysisConfiguration: {
            analysisConfigurationId: i,
            toolVersion: '2.20',
            analysisConfigurationDetails: { pipelineName: `pipeline ${i}`, pipelineId: 40 + i },
          },
          state: world.state ?? 'fixed',
          recentAnalysisInstance: { commitId, createdDate: `2026-11-23T0${8 - i}:00:00Z` },
        })),
      );
    }
    if (pathname.endsWith('/enablement')) return world.enabled ?? { advSecEnabled: true };
    if (pathname.endsWith('/filters/branches')) {
      const type = query.get('alertType') ?? '';
      return list((world.analysed ?? []).includes(type) ? [{ name: 'refs/heads/other' }, { name: 'main' }] : []);
    }
    if (query.get('criteria.alertType') === 'secret') return list(world.secrets ?? []);
    return list(world.branches?.[query.get('criteria.ref') ?? ''] ?? []);
  };
  const server = await standIn((request, response) =>
    reply(response, 200, answer(request), { date: new Date(listedAt).toUTCString() }),
  );
  const parsed = v.parse(type.schema, { token: 'pat', url: server.url, ...config });
  const source = type.open(parsed, sourceContext({ identity: { env, secret: () => {} } })) as Source<'security'>;
  const scans = await source.security(
    { family: 'security', triage: triagePolicy(), ...question },
    AbortSignal.timeout(20_000),
  );
  const counts = scans.runs.map(({ tool, tally }) => [
    tool,
    Object.fromEntries(tally.map(({ fate, reason, severity, count }) => [`${fate} ${reason} ${severity}`, count])),
  ]);
  return { scans, server, counts, problems: scans.problems.map(({ code, message }) => `${code} ${message}`) };
}

const on = (alerts: readonly Json[], more: World = {}): World => ({ branches: { 'refs/heads/main': alerts }, ...more });
const branchOnly = { alerts: ['code', 'dependency'] };

describe('the alerts of a repository', () => {
  it('are runs by tool, bound to the commit', async () => {
    const { scans, counts, problems, server } = await ask(
      on([
        alert('code', { alertId: 1 }),
        alert('code', { alertId: 2, state: 'fixed' }),
        alert('code', { alertId: 3, tools: [{ name: 'Checkov', rules: [] }], severity: 'warning' }),
        alert('dependency', { alertId: 4, state: 'dismissed', dismissal: { dismissalType: 'acceptedRisk' } }),
      ]),
      branchOnly,
    );
    expect(problems).toEqual([]);
    expect(counts).toEqual([
      ['CodeQL', { 'counted STANDS high': 1, 'ignored FIXED high': 1 }],
      ['Checkov', { 'counted STANDS medium': 1 }],
      ['Advanced Security Dependency Scanning', { 'suppressed EXTERNAL high': 1 }],
    ]);
    expect(scans.runs.map(({ categories }) => categories)).toEqual([['sast'], ['iac'], ['sca']]);
    expect(scans.runs[0]).toMatchObject({
      toolVersion: '2.20',
      file: 'acme/web shop/checkout refs/heads/main',
      sha256: null,
      revision: commit,
      ended: '2026-11-23T08:00:00.000Z',
      execution: 'succeeded',
    });
    expect(scans).toMatchObject({
      subject: 'Advanced Security alerts (code, dependency) of acme/web shop/checkout refs/heads/main',
      link: 'https://dev.azure.com/acme/web%20shop/_git/checkout/alerts?branch=refs%2Fheads%2Fmain',
    });
    expect(scans).not.toHaveProperty('settled');
    expect(server.received.every(({ path }) => path.startsWith('/acme/web%20shop/_apis/'))).toBe(true);
  });

  it('are those of another commit where one pipeline says so', async () => {
    const world = on([alert('code')], { commits: () => [commit, older] });
    const { scans, problems } = await ask(world, { alerts: 'code', unbound: true });
    expect(problems).toEqual([
      `NOT_ANALYSED the scan in pipeline pipeline 1 has last analysed commit ${older} (2026-11-23T07:00:00.000Z) on refs/heads/main, not ${commit}: has its pipeline run for this commit, and ended?`,
    ]);
    expect(scans.runs[0]).toMatchObject({ revision: older, ended: '2026-11-23T07:00:00.000Z' });
    expect(await ask(world, { alerts: 'code', pipelines: ['Pipeline 0'] })).toMatchObject({ problems: [] });
    expect(await ask(world, { alerts: 'code', pipelines: '40' })).toMatchObject({ problems: [] });
    const none = await ask(world, { alerts: 'code', pipelines: 'release' });
    expect(none.problems[0]).toContain('its alerts name no analysis by release');
    expect(none.scans.runs[0]).toMatchObject({ revision: null, ended: null, execution: 'unknown' });
  });

  it('prove nothing where the list and the analyses contradict each other', async () => {
    const fixed = on([alert('code', { state: 'fixed' })]);
    expect(await ask(fixed, { alerts: 'code' })).toMatchObject({ problems: [] });
    const { problems } = await ask({ ...fixed, state: 'active' }, { alerts: 'code' });
    expect(problems[0]).toContain('an alert is fixed, and an analysis still finds it');
  });

  it('count each once, of a secret also where it stands in both lists', async () => {
    const secret = alert('secret', { alertId: 9, severity: 'undefined' });
    const { counts, problems } = await ask(on([secret], { secrets: [secret] }), {
      alerts: 'secret',
      unbound: 'secret',
    });
    expect(problems).toEqual([]);
    expect(counts).toEqual([['Advanced Security Secrets Scanning', { 'counted STANDS critical': 1 }]]);
    const all = await ask(on([secret], { secrets: [secret], analysed: ['code', 'dependency'] }), { unbound: true });
    expect(all.counts.at(-1)).toEqual(counts[0]);
    expect(all.counts).toHaveLength(3);
  });

  it('of types that are not wanted are told of; of those that nobody knows they are always wanted', async () => {
    const { counts, scans } = await ask(
      on([
        alert('code', { alertId: 1 }),
        alert('code', { alertId: 2, alertType: 'license' }),
        alert('dependency', { alertId: 3 }),
        alert('dependency', { alertId: 4, alertType: 'sorcery' }),
        alert('code', { alertId: 5, alertType: 'aiCode' }),
      ]),
      { alerts: 'dependency' },
    );
    expect(scans.notes).toEqual(['3 alerts of other types than dependency are left out']);
    expect(counts).toEqual([
      ['Advanced Security Dependency Scanning', { 'counted STANDS high': 1 }],
      ['Advanced Security Dependency Scanning', { 'counted STANDS high': 1 }],
    ]);
  });

  it('of AI are no proof that code was scanned', async () => {
    const ai = alert('code', { alertType: 'aiCode', state: 'fixed', tools: [{ name: 'AI' }] });
    const { problems, counts } = await ask(on([ai], { analysed: ['code'] }), { alerts: 'code' });
    expect(problems[0]).toContain('there has never been a code alert on refs/heads/main');
    expect(counts).toEqual([['AI', { 'ignored FIXED high': 1 }]]);
  });
});

describe('without any alert', () => {
  const clean = { analysed: ['code', 'dependency'] };

  it('nothing is proven', async () => {
    const { scans, problems } = await ask(clean);
    expect(scans.runs.map(({ tool }) => tool)).toEqual(['Advanced Security Secrets Scanning']);
    expect(problems.map((problem) => problem.slice(0, 60))).toEqual([
      'NOT_ANALYSED there has never been a code alert on refs/heads',
      'NOT_ANALYSED there has never been a dependency alert on refs',
      'NOT_ANALYSED Advanced Security does not say up to which comm',
    ]);
  });

  it('the policy may accept it, of a branch that was scanned and a repository that is', async () => {
    const { scans, problems } = await ask(clean, { unbound: true });
    expect(problems).toEqual([]);
    expect(scans.runs.map(({ tool, results, revision, execution }) => [tool, results, revision, execution])).toEqual([
      ['Advanced Security Code Scanning', 0, null, 'unknown'],
      ['Advanced Security Dependency Scanning', 0, null, 'unknown'],
      ['Advanced Security Secrets Scanning', 0, null, 'unknown'],
    ]);
    const never = await ask({}, { unbound: true });
    expect(never.problems.map((problem) => problem.split(':')[0])).toEqual([
      'NOT_ANALYSED no code scan has ever sent its results for refs/heads/main',
      'NOT_ANALYSED no dependency scan has ever sent its results for refs/heads/main',
    ]);
    const off = await ask({ ...clean, enabled: { advSecEnabled: false } }, { unbound: true });
    expect(off.problems.map((problem) => problem.split(' ')[0])).toEqual(['NOT_ENABLED', 'NOT_ENABLED']);
    const hidden = await ask({ ...clean, enabled: {} }, { unbound: true });
    expect(hidden.problems).toEqual([
      'NOT_ANALYSED nobody knows whether Secret Protection is on for acme/web shop/checkout refs/heads/main',
    ]);
  });

  it('a policy that names no commit needs a scan all the same', async () => {
    expect(await ask(clean, {}, {})).toMatchObject({ problems: [] });
    expect((await ask({}, {}, {})).problems).toHaveLength(2);
    expect((await ask({ ...clean, enabled: {} }, {}, {})).problems).toHaveLength(1);
  });
});

describe('only what is new', () => {
  const both = { alert: alert('code', { alertId: 1 }), fresh: alert('code', { alertId: 2 }) };
  const since = (ref: string) => ({ commit, triage: triagePolicy({ baseline: { ref } }) });
  const world = (base: readonly Json[]): World => ({
    branches: { 'refs/heads/main': [both.alert, both.fresh], 'refs/heads/develop': base },
  });

  it('since another branch', async () => {
    const { counts, scans } = await ask(world([both.alert]), { alerts: 'code' }, since('develop'));
    expect(counts).toEqual([['CodeQL', { 'counted STANDS high': 1, 'ignored BASELINE high': 1 }]]);
    expect(scans.references).toMatchObject([{ kind: 'baseline', file: 'acme/web shop/checkout refs/heads/develop' }]);
  });

  it('but what was fixed or dismissed there was not there', async () => {
    const gone = [alert('code', { alertId: 1, state: 'fixed' }), alert('code', { alertId: 2, state: 'dismissed' })];
    expect((await ask(world(gone), { alerts: 'code' }, since('develop'))).counts).toEqual([
      ['CodeQL', { 'counted STANDS high': 2 }],
    ]);
  });

  it('never since the released branch itself', async () => {
    const { counts, scans } = await ask(world([]), { alerts: 'code' }, since('main'));
    expect(counts).toEqual([['CodeQL', { 'counted STANDS high': 2 }]]);
    expect(scans.remarks).toMatchObject([{ code: 'BASELINE_UNREADABLE' }]);
  });
});

describe('the fields', () => {
  const issues = (config: Json) => v.safeParse(type.schema, config).issues?.map(({ message }) => message);

  it('take an organization by its name or its URL', () => {
    expect(v.parse(type.schema, { organization: 'https://acme.visualstudio.com/' })).toMatchObject({
      organization: 'acme',
    });
    expect(issues({ organization: 'https://tfs.acme.example/x' })).toHaveLength(1);
  });

  it('take types one by one or all', () => {
    expect(issues({ alerts: 'code', unbound: true })).toBeUndefined();
    expect(issues({ alerts: ['code', 'secret'], unbound: ['secret'] })).toBeUndefined();
    expect(issues({ alerts: [] })).toHaveLength(1);
    expect(issues({ alerts: 'license' })).toHaveLength(1);
  });
});
