import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Target } from '../../../src/record/deployments.js';
import type { Deployments } from '../../../src/record/evidence.js';
import { azureDevopsEnvironmentsSource } from '../../../src/sources/deployment/azure-devops-environments/index.js';
import type { Source, Unnamed } from '../../../src/sources/source.js';
import { stillClock } from '../../contract/harness.js';
import { AzureDevopsServer, commit, type Job } from '../../deployment/azure-devops.provider.js';
import { sourceContext } from '../../support/context.js';
import { failureOf } from '../../support/entra.js';

const now = stillClock.now();
const at = (minutes: number): string => new Date(now - minutes * 60_000).toISOString();

async function ask(
  set: (devops: AzureDevopsServer) => void,
  targets: readonly string[] = ['production'],
  config: object = { organization: 'acme', project: 'web shop' },
  env: Readonly<Record<string, string>> = {},
): Promise<Unnamed<Deployments> & { requests: readonly string[] }> {
  const devops = new AzureDevopsServer(() => now);
  set(devops);
  const server = await devops.start();
  const fields = v.parse(azureDevopsEnvironmentsSource.schema, {
    token: 'a-secret-DEVOPS_TOKEN',
    url: server.url,
    ...config,
  });
  const context = sourceContext({ clock: stillClock, identity: { env, secret: () => {} } });
  const source = azureDevopsEnvironmentsSource.open(fields, context) as Source<'deployment'>;
  const answer = await source.deployment({ family: 'deployment', targets }, AbortSignal.timeout(20_000));
  return { ...answer, requests: server.received.map(({ path }) => path.slice('/acme/web%20shop/_apis/'.length)) };
}

const production = async (set: (devops: AzureDevopsServer) => void, more: object = {}): Promise<Target> =>
  (await ask(set, ['production'], { organization: 'acme', project: 'web shop', ...more })).targets[0] as Target;

describe('an environment', () => {
  it('runs what was deployed to it last, as the run', async () => {
    const { targets, requests, ...rest } = await ask((devops) => {
      devops.succeed(41, 60);
      devops.succeed(42, 10);
    });
    expect(targets).toEqual([
      {
        name: 'production',
        exists: true,
        version: '20261123.42',
        state: 'running',
        health: 'unknown',
        ready: null,
        instances: null,
        traffic: null,
        since: at(10),
        reasons: [],
        link: expect.stringMatching(/\/acme\/web%20shop\/_environments\/23\?view=deployments$/),
      },
    ]);
    expect(rest).toMatchObject({
      kind: 'deployments',
      subject: 'environments of acme/web shop',
      query: 'environmentdeploymentrecords of production',
      seen: 1,
      partial: false,
      notes: ['production: run 20261123.42 of payments (Production/Deploy)'],
    });
    expect(requests).toEqual([
      'distributedtask/environments?name=production&api-version=7.1',
      'distributedtask/environments/23/environmentdeploymentrecords?top=200&api-version=7.1',
    ]);
  });

  it('runs by the commit, where the policy wants that', async () => {
    const set = (devops: AzureDevopsServer): void => devops.succeed(42, 10);
    expect(await production(set, { version: 'commit' })).toMatchObject({ state: 'running', version: commit(42) });
    const none = await production(
      (devops) => {
        set(devops);
        devops.commits.set(42, null);
      },
      { version: 'commit' },
    );
    expect(none).toMatchObject({ state: 'running', version: null, reasons: [expect.stringContaining('which commit')] });
    const release = await production((devops) => devops.succeed(42, 10, { planType: 'Release' }), {
      version: 'commit',
    });
    expect(release).toMatchObject({ state: 'running', version: null });
  });

  it('is asked about in the order of the targets, by names in any case', async () => {
    const { targets } = await ask(
      (devops) => {
        devops.succeed(42, 10);
        devops.run(43, [{ started: 9, finished: 8, result: 'failed' }], { environmentId: 24 });
      },
      ['Staging', 'production'],
    );
    expect(targets.map(({ name, state }) => [name, state])).toEqual([
      ['Staging', 'failed'],
      ['production', 'running'],
    ]);
  });

  it('that is not listed may be hidden, and is never said not to be there', async () => {
    const failure = await failureOf(ask((devops) => void devops.environments.delete('production')));
    expect(failure).toMatchObject({ code: 'not-found', permanent: true });
    expect(failure.message).toContain('acme/web shop has no environment production that this sign-in may see');
  });

  it('to which nothing was deployed is there', async () => {
    expect(await production(() => undefined)).toMatchObject({
      exists: true,
      state: 'unknown',
      reasons: ['nothing was ever deployed to it'],
    });
  });
});

describe('where it looks', () => {
  it('is where the pipeline is', async () => {
    const env = { SYSTEM_COLLECTIONURI: 'https://dev.azure.com/acme/', SYSTEM_TEAMPROJECT: 'web shop' };
    const { subject } = await ask((devops) => devops.succeed(42, 10), ['production'], {}, env);
    expect(subject).toBe('environments of acme/web shop');
  });

  it('must be named elsewhere', async () => {
    const unnamed = (config: object) => failureOf(ask(() => undefined, ['production'], config));
    expect(await unnamed({ project: 'x' })).toMatchObject({ code: 'bad-query', permanent: true });
    expect(await unnamed({ organization: 'acme' })).toMatchObject({ code: 'bad-query', permanent: true });
    expect(v.safeParse(azureDevopsEnvironmentsSource.schema, { organization: 'https://tfs.example/x' }).success).toBe(
      false,
    );
  });
});

describe('its state', () => {
  const done: Job = { started: 60, finished: 58, result: 'succeeded' };
  const over = (result: string | number | null, more: Job = {}): Job => ({ started: 7, finished: 5, result, ...more });
  type Runs = readonly (readonly Job[])[];

  it.each<[string, Runs, Target['state'], number | null]>([
    // The oldest run first. The number: which of them runs there.
    ['one in the queue', [[done], [{ queued: 5 }]], 'deploying', null],
    ['one under way', [[done], [{ started: 5 }]], 'deploying', null],
    ['one of which a job is under way', [[done], [over('succeeded'), { job: 'db', started: 5 }]], 'deploying', null],
    ['an older one under way', [[{ started: 50 }], [over('succeeded')]], 'deploying', null],
    ['an older one in the queue', [[{ queued: 90 }], [over('succeeded')]], 'running', 1],
    [
      'an older one that came later',
      [[{ started: 4, finished: 2, result: 'succeeded' }], [over('succeeded')]],
      'running',
      0,
    ],
    ['one with issues', [[done], [over('succeededWithIssues')]], 'running', 1],
    ['one by number', [[done], [over(0)]], 'running', 1],
    ['a failed one', [[done], [over('failed')]], 'failed', null],
    ['a failed one by number', [[done], [over(2)]], 'failed', null],
    ['one of which a job failed', [[done], [over('failed', { job: 'db' }), over('succeeded')]], 'failed', null],
    [
      'one of which a machine failed',
      [[done], [over('failed', { resourceId: 1 }), over('succeeded', { resourceId: 2 })]],
      'failed',
      null,
    ],
    ['one that was tried again', [[done], [over('failed'), over('succeeded', { jobAttempt: 2 })]], 'running', 1],
    [
      'one whose stage was tried again',
      [[done], [over('failed', { jobAttempt: 3 }), over('succeeded', { stageAttempt: 2 })]],
      'running',
      1,
    ],
    [
      'one that failed when it was tried again',
      [[done], [over('succeeded'), over('failed', { stageAttempt: 2 })]],
      'failed',
      null,
    ],
    ['a failed one that was mended since', [[{ ...done, result: 'failed' }], [over('succeeded')]], 'running', 1],
    ['a skipped one', [[done], [over('skipped')]], 'running', 0],
    ['one that was called off', [[done], [{ finished: 5, result: 'canceled' }]], 'running', 0],
    ['one that was broken off', [[done], [over('canceled')]], 'unknown', null],
    ['one that was lost', [[done], [over('abandoned')]], 'unknown', null],
    ['one with a word that is new', [[done], [over('paused')]], 'unknown', null],
    ['one without an end', [[done], [{ started: 5, result: 'succeeded' }]], 'unknown', null],
    ['nothing but what was skipped', [[over('skipped')]], 'unknown', null],
  ])('after %s', async (_, runs, state, which) => {
    const target = await production((devops) => {
      for (const [i, jobs] of runs.entries()) devops.run(40 + i, jobs);
    });
    expect(target).toMatchObject({ state, version: which === null ? null : `20261123.${40 + which}` });
    expect(target.reasons.length).toBe(which === null ? 1 : 0);
    expect(target.since === null).toBe(which === null);
  });

  it('is that of an older run that was deployed once more', async () => {
    const target = await production((devops) => {
      devops.succeed(41, 60);
      devops.succeed(42, 30);
      devops.run(41, [over('succeeded', { stageAttempt: 2 })]);
    });
    expect(target).toMatchObject({ state: 'running', version: '20261123.41', since: at(5) });
  });

  it('names the stages and jobs', async () => {
    const { reasons } = await production((devops) => {
      devops.run(42, [over('failed', { stage: 'EU', job: 'web' }), over('succeeded', { stage: 'US', job: 'web' })]);
    });
    expect(reasons).toEqual(['run 20261123.42 of payments (US/web, EU/web) failed']);
  });
});

describe('where several pipelines deploy', () => {
  const both = (devops: AzureDevopsServer): void => {
    devops.succeed(41, 60);
    devops.succeed(42, 10, { pipeline: 'mail' });
  };

  it('nobody knows which is meant', async () => {
    expect(await failureOf(production(both))).toMatchObject({
      code: 'bad-query',
      permanent: true,
      message: expect.stringContaining('(mail, payments)'),
    });
  });

  it.each(['payments', 'Payments', '7'])('%s is', async (pipeline) => {
    expect(await production(both, { pipeline })).toMatchObject({ state: 'running', version: '20261123.41' });
  });

  it('one that never did has nothing there', async () => {
    expect(await production(both, { pipeline: 'cart' })).toMatchObject({
      exists: true,
      state: 'unknown',
      version: null,
    });
  });
});

describe('a long history', () => {
  const many = (devops: AzureDevopsServer): void => {
    for (let i = 0; i < 300; i += 1) devops.succeed(i, 1000 - i);
  };

  it('is read from its newest page', async () => {
    expect(await production(many)).toMatchObject({ state: 'running', version: '20261123.299' });
  });

  it('that is not in order says nothing', async () => {
    const failure = await failureOf(
      production((devops) => {
        many(devops);
        devops.records.reverse();
      }),
    );
    expect(failure).toMatchObject({ code: 'bad-answer' });
  });

  it('of which not all of the run is read says nothing of it', async () => {
    const target = await production((devops) => {
      devops.run(
        42,
        Array.from({ length: 9 }, (_, i) => ({ job: `j${i}`, started: 9, finished: 8, result: 'succeeded' })),
      );
      devops.mostAtOnce = 8;
    });
    expect(target).toMatchObject({ state: 'unknown', version: null, reasons: [expect.stringContaining('more jobs')] });
  });

  it('without anything in its newest page says so', async () => {
    const target = await production((devops) => {
      for (let i = 0; i < 9; i += 1) devops.run(i, [{ finished: 9, result: 'skipped' }]);
      devops.mostAtOnce = 8;
    });
    expect(target.reasons).toEqual(['none of its newest deployments came to anything']);
  });
});

describe('the list of environments', () => {
  it('is read on', async () => {
    const { requests } = await ask((devops) => {
      devops.succeed(42, 10);
      const pages = [
        { headers: { 'x-ms-continuationtoken': 'b' }, body: { count: 1, value: [{ id: 1, name: 'production-eu' }] } },
        { body: { count: 1, value: [{ id: 23, name: 'production' }] } },
      ];
      Object.defineProperty(devops.instead, 'get', {
        value: (path: string) => (path === 'distributedtask/environments' ? pages.shift() : undefined),
      });
    });
    expect(requests[1]).toBe('distributedtask/environments?name=production&continuationToken=b&api-version=7.1');
  });

  it('that does not end is none', async () => {
    const again = { headers: { 'x-ms-continuationtoken': 'b' }, body: { count: 0, value: [] } };
    const failure = ask((devops) => void devops.instead.set('distributedtask/environments', again));
    expect(await failureOf(failure)).toMatchObject({ code: 'bad-answer', permanent: false });
  });
});
