import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Target } from '../../../src/record/deployments.js';
import { containerAppsSource } from '../../../src/sources/deployment/container-apps/index.js';
import {
  type ContainerAppsServer,
  type Entry,
  type Replica,
  type Revision,
  replica,
  resource,
  revision,
} from '../../deployment/container-apps.provider.js';
import { failureOf } from '../../support/entra.js';
import { open } from './container-apps.support.js';

/** Green, where Azure says something else of it, or of the app. */
async function green(
  change: Partial<Revision> = {},
  ofApp: (app: ContainerAppsServer) => void = () => undefined,
  config = {},
): Promise<Target> {
  const { ask } = await open((app) => {
    Object.assign(app.revisions['checkout--b2'] as Revision, change);
    ofApp(app);
  }, config);
  return (await ask('green')).targets[0] as Target;
}

describe('a revision', () => {
  it('is read with its image, replicas and share, by its label, suffix or name', async () => {
    const { ask } = await open();
    const { targets, ...rest } = await ask('green', 'a1', 'checkout--b2');
    expect(rest).toEqual({
      kind: 'deployments',
      subject: 'revisions of app checkout',
      query: `${resource}: green, a1, checkout--b2`,
      link: `https://portal.azure.com/#resource${resource}/revisionManagement`,
      at: '2026-11-23T10:00:00.000Z',
      seen: 3,
      notes: [],
      partial: false,
    });
    expect(targets).toEqual([
      {
        name: 'green',
        exists: true,
        version: '1.2.3',
        state: 'running',
        health: 'healthy',
        ready: true,
        instances: { wanted: 2, ready: 2 },
        traffic: 0,
        since: '2026-11-23T09:10:00.000Z',
        reasons: [],
        link: rest.link,
      },
      expect.objectContaining({ name: 'a1', version: '1.2.2', traffic: 100 }),
      expect.objectContaining({ name: 'checkout--b2', version: '1.2.3', traffic: 0 }),
    ]);
    expect(JSON.stringify(targets)).not.toContain('a-secret');
  });

  it('that is not there is said to be so, and the others are answered', async () => {
    const { ask } = await open();
    const { targets, seen } = await ask('c3', 'green');
    expect(seen).toBe(1);
    expect(targets[0]).toMatchObject({ name: 'c3', exists: false, ready: null, traffic: null });
  });

  it('is not there where its label is left of it', async () => {
    const target = await green({}, (app) => {
      delete app.revisions['checkout--b2'];
      app.latest = app.latestReady = 'checkout--a1';
    });
    expect(target).toMatchObject({ exists: false });
  });

  it('is not guessed at where a name may mean one or another', async () => {
    const { ask } = await open((app) => {
      app.revisions['checkout--green'] = revision();
    });
    expect(await failureOf(ask('green'))).toMatchObject({
      code: 'bad-query',
      permanent: true,
      message:
        'green may be the suffix of checkout--green, or the label of checkout--b2: use the full name of the revision',
    });
    expect((await ask('checkout--green')).targets[0]?.exists).toBe(true);
  });

  it('is not guessed at where two have its label', async () => {
    const { ask } = await open((app) => {
      for (const entry of app.traffic ?? []) entry.label = 'same';
    });
    expect(await failureOf(ask('same'))).toMatchObject({ code: 'bad-query' });
  });

  it('of an app that is not there is not measured', async () => {
    const { ask } = await open(() => undefined, { resource: `${resource}x` });
    expect(await failureOf(ask('green'))).toMatchObject({ code: 'not-found', permanent: true });
  });
});

describe('its state', () => {
  it.each<[string, Partial<Revision>, Partial<Target>]>([
    ['not active', { active: false }, { state: 'stopped', ready: false }],
    ['perhaps active', { active: null }, { state: 'unknown', ready: null }],
    ['coming up', { provisioningState: 'Provisioning' }, { state: 'deploying', ready: null }],
    ['going', { provisioningState: 'Deprovisioning' }, { state: 'deploying' }],
    ['gone', { provisioningState: 'Deprovisioned' }, { state: 'stopped' }],
    ['not provisioned', { provisioningState: 'Failed' }, { state: 'failed', ready: false }],
    ['in no provisioning state', { provisioningState: null }, { state: 'unknown' }],
    ['in a new provisioning state', { provisioningState: 'Dreaming' }, { state: 'unknown' }],
    ['processing', { runningState: 'Processing' }, { state: 'deploying', since: null }],
    ['activating', { runningState: 'Activating' }, { state: 'deploying' }],
    ['stopped', { runningState: 'Stopped' }, { state: 'stopped' }],
    ['failed', { runningState: 'Failed' }, { state: 'failed' }],
    ['not to be activated', { runningState: 'ActivationFailed' }, { state: 'failed' }],
    ['degraded', { runningState: 'Degraded' }, { state: 'running', ready: false }],
    [
      'scaled to zero',
      { runningState: 'ScaledToZero', minReplicas: null, replicas: [] },
      { state: 'running', ready: null },
    ],
    ['unknown to Azure', { runningState: 'Unknown' }, { state: 'unknown' }],
    ['in no state', { runningState: null }, { state: 'unknown' }],
    ['named like a method', { runningState: 'constructor' }, { state: 'unknown' }],
  ])('%s', async (_, change, expected) => {
    const target = await green(change);
    expect(target).toMatchObject(expected);
    expect(target.reasons).not.toEqual([]);
  });

  it.each([
    ['Stopped', 'stopped'],
    ['Progressing', 'deploying'],
  ])('of an app that is %s', async (runningStatus, state) => {
    expect(await green({}, (app) => void Object.assign(app, { more: { runningStatus } }))).toMatchObject({ state });
  });

  it('has the reason that Azure gives', async () => {
    const { reasons } = await green({ provisioningState: 'Failed', provisioningError: 'the image\ncannot be pulled' });
    expect(reasons).toContain('the image cannot be pulled');
  });

  it.each([
    ['Healthy', 'healthy'],
    ['Unhealthy', 'unhealthy'],
    ['None', 'unknown'],
    [null, 'unknown'],
  ])('with the health %s', async (healthState, health) => {
    const target = await green({ healthState });
    expect(target.health).toBe(health);
    expect(target.reasons.length).toBe(health === 'healthy' ? 0 : 1);
  });
});

describe('whether it is ready', () => {
  const of = (...changes: Partial<Replica>[]): Replica[] => changes.map((change) => replica(undefined, change));

  it.each<[string, Replica[], number | null, boolean | null, Target['instances']]>([
    ['all are', of({}, {}), 2, true, { wanted: 2, ready: 2 }],
    ['more than the least are', of({}, {}, {}), 1, true, { wanted: 3, ready: 3 }],
    ['fewer than the least are there', of({}), 2, false, { wanted: 2, ready: 1 }],
    ['none is there yet', [], 1, false, { wanted: 1, ready: 0 }],
    ['one is not', of({}, { ready: [false] }), 1, false, { wanted: 2, ready: 1 }],
    ['one container of two is not', of({ ready: [true, false] }), 1, false, { wanted: 1, ready: 0 }],
    ['one does not run', of({}, { runningState: 'NotRunning' }), 1, false, { wanted: 2, ready: 1 }],
    ['one is in an unknown state', of({}, { runningState: 'Unknown' }), 1, null, { wanted: 2, ready: 1 }],
    ['of a container it is not said', of({ ready: [true, undefined] }), 1, null, { wanted: 1, ready: 0 }],
    ['of containers nothing is said', of({ ready: [] }), 1, null, { wanted: 1, ready: 0 }],
    ['there is to be none', [], null, null, { wanted: 0, ready: 0 }],
  ])('%s', async (_, replicas, minReplicas, ready, instances) => {
    const target = await green({ replicas, minReplicas });
    expect(target).toMatchObject({ ready, instances });
    expect(target.reasons.length).toBe(ready === true ? 0 : 1);
  });
});

describe('since when it is there', () => {
  const made = '2026-11-23T09:00:00+00:00';
  it.each<[string, (string | null)[], string, string | null]>([
    ['its oldest replica', ['2026-11-23T09:30:00Z', '2026-11-23T09:20:00Z'], made, '2026-11-23T09:20:00.000Z'],
    ['itself, where clocks disagree', ['2026-11-23T08:59:59Z'], made, '2026-11-23T09:00:00.000Z'],
    ['nothing, where there is no replica', [], made, null],
    ['nothing, where of one it is not told', ['2026-11-23T09:30:00Z', null], made, null],
    ['nothing, where of itself it is not told', ['2026-11-23T09:30:00Z'], '', null],
  ])('%s', async (_, times, createdTime, since) => {
    const target = await green({ createdTime, replicas: times.map((time) => replica('', { createdTime: time })) });
    expect(target.since).toBe(since);
  });
});

describe('its version', () => {
  it.each<[string, { name?: string; image?: string }[], object, string | null]>([
    ['the only container', [{ name: 'x', image: 'r/x:2' }], {}, '2'],
    [
      'the container that is called as the app',
      [
        { name: 'proxy', image: 'envoy:1' },
        { name: 'checkout', image: 'c:7' },
      ],
      {},
      '7',
    ],
    [
      'the container that the policy names',
      [
        { name: 'proxy', image: 'envoy:1' },
        { name: 'main', image: 'c:7' },
      ],
      { container: 'main' },
      '7',
    ],
    [
      'none of several',
      [
        { name: 'proxy', image: 'envoy:1' },
        { name: 'main', image: 'c:7' },
      ],
      {},
      null,
    ],
    ['none of that name', [{ name: 'main', image: 'c:7' }], { container: 'app' }, null],
    ['no container', [], {}, null],
    ['no image', [{ name: 'main' }], {}, null],
    ['a moving tag', [{ name: 'main', image: 'r/c:latest' }], {}, null],
    ['a digest', [{ name: 'main', image: 'r/c@sha256:ab12' }], {}, 'sha256:ab12'],
  ])('%s', async (_, containers, config, version) => {
    const target = await green({ containers }, undefined, config);
    expect(target.version).toBe(version);
    expect(target.reasons.length).toBe(version === null ? 1 : 0);
  });
});

describe('its share', () => {
  it.each<[string, Entry[] | null, number | null]>([
    [
      'by its name',
      [
        { revisionName: 'checkout--a1', weight: 95 },
        { revisionName: 'checkout--b2', weight: 5, label: 'green' },
      ],
      5,
    ],
    [
      'as the latest',
      [
        { revisionName: 'checkout--a1', weight: 90 },
        { latestRevision: true, weight: 10, label: 'green' },
      ],
      10,
    ],
    [
      'both ways together',
      [
        { revisionName: 'checkout--b2', weight: 30, label: 'green' },
        { latestRevision: true, weight: 70 },
      ],
      100,
    ],
    [
      'nothing without a weight',
      [
        { latestRevision: false, revisionName: 'checkout--a1', weight: 100 },
        { revisionName: 'checkout--b2', label: 'green' },
      ],
      0,
    ],
    [
      'not 100 together',
      [
        { revisionName: 'checkout--a1', weight: 90 },
        { revisionName: 'checkout--b2', weight: 5, label: 'green' },
      ],
      null,
    ],
    [
      'a weight that is none',
      [
        { revisionName: 'checkout--a1', weight: 120 },
        { revisionName: 'checkout--b2', weight: -20, label: 'green' },
      ],
      null,
    ],
    ['to nobody', [{ weight: 100 }, { revisionName: 'checkout--b2', weight: 0, label: 'green' }], null],
  ])('%s', async (_, traffic, share) => {
    const target = await green({}, (app) => void Object.assign(app, { traffic: traffic }));
    expect(target.traffic).toBe(share);
    expect(target.reasons.length).toBe(share === null ? 1 : 0);
  });

  it('is not known without an ingress, or in a mode that nobody knows', async () => {
    for (const change of [{ ingress: false }, { mode: 'Labels' }, { traffic: null }]) {
      const { ask } = await open((app) => void Object.assign(app, change));
      expect((await ask('b2')).targets[0]).toMatchObject({ exists: true, traffic: null });
    }
  });

  it.each(['Single', null])('in mode %s is all or nothing', async (mode) => {
    const { ask } = await open((app) => {
      app.mode = mode;
      app.traffic = [{ latestRevision: true, weight: 100 }];
    });
    expect((await ask('a1', 'b2')).targets.map(({ traffic }) => traffic)).toEqual([0, 100]);
  });

  it('is not known of whom a new revision takes it from, nor of that', async () => {
    const shares = async (change: Partial<Revision>) => {
      const { ask } = await open((app) => {
        app.revisions['checkout--c3'] = revision({ provisioningState: 'Provisioning', ...change });
        app.latest = 'checkout--c3';
        app.traffic = [
          { revisionName: 'checkout--a1', weight: 60 },
          { latestRevision: true, weight: 40 },
        ];
      });
      return (await ask('a1', 'b2', 'c3')).targets.map(({ traffic }) => traffic);
    };
    expect(await shares({})).toEqual([60, null, null]);
    expect(await shares({ provisioningState: 'Failed' })).toEqual([60, 40, 0]);
    expect(await shares({ active: false })).toEqual([60, 40, 0]);
  });

  it('of the latest is that of the latest that is named, before any was ready', async () => {
    const target = await green({ runningState: 'Activating' }, (app) => {
      app.latestReady = null;
      app.traffic = [{ latestRevision: true, weight: 100, label: 'green' }];
    });
    expect(target).toMatchObject({ state: 'deploying', traffic: null });
  });
});

describe('its config', () => {
  it.each([
    '',
    '/subscriptions/1/resourceGroups/shop',
    `${resource}/revisions/a1`,
    resource.replace('containerApps', 'jobs'),
  ])('takes no %j', (id) => {
    expect(v.safeParse(containerAppsSource.schema, { resource: id }).success).toBe(false);
  });

  it('takes an id with a slash at its end', () => {
    expect(v.parse(containerAppsSource.schema, { resource: `${resource}/` })).toMatchObject({ resource });
  });
});
