import { describe, expect, it } from 'vitest';
import { versionOfImage } from '../../../src/sources/deployment/image.js';
import { selectorText, selects } from '../../../src/sources/deployment/kubernetes/common.js';
import { kubernetesSource } from '../../../src/sources/deployment/kubernetes/index.js';
import {
  type Cluster,
  completeConditions,
  condition,
  putDeployment,
  putPod,
  putReplicaSet,
  template,
} from '../../deployment/kubernetes.provider.js';
import { failure, open } from './kubernetes.support.js';

const good = {
  name: 'checkout',
  exists: true,
  version: '1.2.3',
  state: 'running',
  health: 'healthy',
  ready: true,
  instances: { wanted: 3, ready: 3 },
  traffic: null,
  since: '2026-11-23T09:00:00.000Z',
  reasons: [],
};

describe('a Deployment', () => {
  it('is rolled out', async () => {
    const { ask } = await open((cluster) => putDeployment(cluster, 'checkout'));
    const answer = await ask('checkout', 'deployment/checkout');
    expect(answer.targets).toEqual([good, { ...good, name: 'deployment/checkout' }]);
    expect(answer).toMatchObject({ seen: 2, partial: false, query: 'deployment/checkout, deployment/checkout' });
  });

  it('asks for each object once', async () => {
    const { ask, cluster } = await open((c) => putDeployment(c, 'checkout'));
    await ask('checkout', 'deployment/checkout');
    expect(cluster.asked).toEqual(['get deployments/checkout', 'list replicasets']);
  });

  it.each<[string, Parameters<typeof putDeployment>[2], object]>([
    [
      'whose change has not been taken up is deploying, however well the old one is',
      { status: { observedGeneration: 3 } },
      { state: 'deploying', ready: false, instances: null, since: null, health: 'unknown' },
    ],
    [
      'whose controller never looked',
      { status: { observedGeneration: undefined } },
      { state: 'deploying', ready: false },
    ],
    [
      'whose new instances are not all there',
      {
        status: { updatedReplicas: 1, replicas: 4 },
        ready: 1,
        conditions: [condition('Progressing', 'True', 'ReplicaSetUpdated')],
      },
      { state: 'deploying', ready: false, instances: { wanted: 3, ready: 1 }, since: null },
    ],
    [
      'whose old instances are not all gone',
      { status: { replicas: 4 } },
      { state: 'deploying', ready: false, reasons: ['3 of 3 new instances are there, 1 old ones are left'] },
    ],
    [
      'that is new and not available yet',
      {
        ready: 0,
        conditions: [
          condition('Available', 'False', 'MinimumReplicasUnavailable'),
          condition('Progressing', 'True', 'ReplicaSetUpdated'),
        ],
      },
      { state: 'deploying', ready: false, health: 'unhealthy', instances: { wanted: 3, ready: 0 } },
    ],
    [
      'that did not get there in time',
      {
        ready: 0,
        conditions: [
          condition('Available', 'False', 'X'),
          condition('Progressing', 'False', 'ProgressDeadlineExceeded'),
        ],
      },
      { state: 'failed', ready: false, health: 'unhealthy', since: null },
    ],
    [
      'of which an instance broke later',
      { ready: 2 },
      {
        state: 'running',
        ready: false,
        health: 'healthy',
        instances: { wanted: 3, ready: 2 },
        reasons: ['2 of 3 instances are ready'],
      },
    ],
    ['that is scaled to 0', { replicas: 0 }, { state: 'stopped', ready: false, instances: { wanted: 0, ready: 0 } }],
    ['that is paused after it was rolled out', { spec: { paused: true } }, { state: 'running', ready: true }],
    [
      'that is paused with a change',
      { spec: { paused: true }, status: { updatedReplicas: 0 } },
      { state: 'deploying', ready: false, instances: { wanted: 3, ready: 0 } },
    ],
    [
      'that may not make pods',
      {
        conditions: [
          ...completeConditions,
          condition('ReplicaFailure', 'True', 'FailedCreate', { message: 'exceeded quota' }),
        ],
      },
      { reasons: ['FailedCreate: exceeded quota'] },
    ],
    [
      'without a word on its health',
      { conditions: [] },
      { health: 'unknown', ready: true, since: '2026-11-23T08:30:00.000Z' },
    ],
    [
      'whose default number of replicas is not written',
      { replicas: 1, spec: { replicas: undefined } },
      { ready: true, instances: { wanted: 1, ready: 1 } },
    ],
  ])('%s', async (_, given, expected) => {
    const { one } = await open((cluster) => putDeployment(cluster, 'checkout', given));
    expect(await one('checkout')).toMatchObject(expected);
  });

  it('says why its new pods do not start', async () => {
    const waiting = { reason: 'ImagePullBackOff', message: 'Back-off pulling image "checkout:1.2.3"' };
    const { one } = await open((cluster) => putDeployment(cluster, 'checkout', { ready: 1, waiting }));
    expect((await one('checkout')).reasons).toContain(
      '2 pods: ImagePullBackOff (app): Back-off pulling image "checkout:1.2.3"',
    );
  });

  it('is not ready by pods that are only on their way', async () => {
    const { one } = await open((cluster) =>
      putDeployment(cluster, 'checkout', { ready: 1, waiting: { reason: 'ContainerCreating' } }),
    );
    expect((await one('checkout')).reasons).toEqual(['1 of 3 instances are ready']);
  });

  it('needs no right to list pods', async () => {
    const { one } = await open((cluster) => {
      putDeployment(cluster, 'checkout', { ready: 1 });
      cluster.denied.add('list pods');
    });
    const { ready, reasons } = await one('checkout');
    expect(ready).toBe(false);
    expect(reasons).toContain('its pods cannot be read: allow to list pods in the namespace shop');
  });

  it('is not known to be ready without its ReplicaSet', async () => {
    const { one } = await open((cluster) => {
      putDeployment(cluster, 'checkout');
      cluster.objects.delete('replicasets/checkout-hash2');
    });
    expect(await one('checkout')).toMatchObject({
      ready: null,
      instances: null,
      reasons: ['no ReplicaSet of its revision 2 was found'],
    });
  });

  it('takes no ReplicaSet of another for its own', async () => {
    const { one } = await open((cluster) => {
      putDeployment(cluster, 'checkout');
      cluster.find('replicasets', 'checkout-hash2').metadata.ownerReferences = [{ uid: 'another', controller: true }];
    });
    expect(await one('checkout')).toMatchObject({ ready: null });
  });

  it('that went back to an old ReplicaSet does not take its age without a word on the rollout', async () => {
    const { one } = await open((cluster) => {
      putDeployment(cluster, 'checkout', { conditions: [] });
      const { metadata } = cluster.find('replicasets', 'checkout-hash2');
      metadata.annotations = {
        'deployment.kubernetes.io/revision': '2',
        'deployment.kubernetes.io/revision-history': '1',
      };
    });
    expect((await one('checkout')).since).toBeNull();
  });

  it('that is being deleted', async () => {
    const { one } = await open((cluster) => {
      putDeployment(cluster, 'checkout');
      cluster.find('deployments', 'checkout').metadata.deletionTimestamp = '2026-11-23T09:30:00Z';
    });
    expect(await one('checkout')).toMatchObject({ state: 'deploying', ready: false, reasons: ['it is being deleted'] });
  });

  it('reads all pages of its ReplicaSets, and starts once more when they got too old', async () => {
    const { one, cluster } = await open((c) => {
      putDeployment(c, 'checkout');
      c.page = 1;
      c.expired = 1;
    });
    expect(await one('checkout')).toMatchObject({ ready: true });
    expect(cluster.asked.filter((x) => x === 'list replicasets')).toHaveLength(4);
  });

  it('gives up a list that is always too old, for this round', async () => {
    const { one } = await open((cluster) => {
      putDeployment(cluster, 'checkout');
      cluster.page = 1;
      cluster.expired = 9;
    });
    expect(await failure(one('checkout'))).toMatchObject({ code: 'query-failed', permanent: false });
  });
});

describe('its version', () => {
  const two = {
    metadata: { labels: { app: 'checkout' } },
    spec: {
      containers: [
        { name: 'proxy', image: 'proxy:9' },
        { name: 'app', image: 'checkout@sha256:abc' },
      ],
    },
  };

  it.each<[string, object, object, string | null]>([
    ['of the container that is named', two, { container: 'proxy' }, '9'],
    ['by digest', two, { container: 'app' }, 'sha256:abc'],
    ['of one of several that nobody named', two, {}, null],
    ['of a tag that moves', template('checkout', 'checkout:latest'), {}, null],
    ['of a container that is not there', two, { container: 'other' }, null],
    [
      'of the default container',
      { ...two, metadata: { annotations: { 'kubectl.kubernetes.io/default-container': 'proxy' } } },
      {},
      '9',
    ],
    [
      'by label',
      template('checkout', 'checkout:9', { 'app.kubernetes.io/version': '1.2.3' }),
      { version: 'label' },
      '1.2.3',
    ],
    ['by a label that is not there', template('checkout', 'checkout:9'), { version: 'label' }, null],
  ])('%s', async (_, written, config, version) => {
    const set = (cluster: Cluster) => putDeployment(cluster, 'checkout', { spec: { template: written } });
    const found = await (await open(set, config)).one('checkout');
    expect(found.version).toBe(version);
    expect(found.reasons).toHaveLength(version === null ? 1 : 0);
  });

  it.each([
    ['registry:5000/shop/checkout', undefined],
    ['checkout:latest', undefined],
    ['checkout:main@sha256:abc', 'sha256:abc'],
    ['checkout@sha256:abc', 'sha256:abc'],
    ['registry:5000/shop/checkout:1.2.3', '1.2.3'],
    ['checkout:1.2.3@sha256:abc', '1.2.3'],
    ['', undefined],
  ])('of %s is %s', (image, tag) => expect(versionOfImage(image)).toBe(tag));
});

describe('StatefulSets and DaemonSets', () => {
  const labels = { app: 'db', 'controller-revision-hash': 'db-2' };
  const statefulSet = (cluster: Cluster, status: object = {}, spec: object = {}, pods = labels) => {
    cluster.put('statefulsets', {
      metadata: { name: 'db', uid: 'uid-db', generation: 2 },
      spec: { replicas: 2, selector: { matchLabels: { app: 'db' } }, template: template('db', 'db:1.2.3'), ...spec },
      status: {
        observedGeneration: 2,
        replicas: 2,
        readyReplicas: 2,
        availableReplicas: 2,
        updatedReplicas: 2,
        updateRevision: 'db-2',
        ...status,
      },
    });
    putPod(cluster, 'db-0', pods);
    putPod(cluster, 'db-1', pods, true, undefined, '2026-11-23T09:20:00Z');
  };
  const daemonSet = (cluster: Cluster, status: object = {}) => {
    cluster.put('daemonsets', {
      metadata: { name: 'agent', uid: 'uid-agent', generation: 2 },
      spec: { selector: { matchLabels: { app: 'agent' } }, template: template('agent', 'agent:1.2.3') },
      status: {
        observedGeneration: 2,
        desiredNumberScheduled: 2,
        updatedNumberScheduled: 2,
        numberReady: 2,
        numberAvailable: 2,
        ...status,
      },
    });
    for (const i of [0, 1]) putPod(cluster, `agent-${i}`, { app: 'agent' });
  };

  it('are there, since the last pod serves', async () => {
    const { ask } = await open((cluster) => {
      statefulSet(cluster);
      daemonSet(cluster);
    });
    const { targets } = await ask('statefulset/db', 'daemonset/agent');
    const same = {
      exists: true,
      version: '1.2.3',
      state: 'running',
      health: 'healthy',
      ready: true,
      instances: { wanted: 2, ready: 2 },
      traffic: null,
      reasons: [],
    };
    expect(targets).toEqual([
      { name: 'statefulset/db', ...same, since: '2026-11-23T09:20:00.000Z' },
      { name: 'daemonset/agent', ...same, since: '2026-11-23T09:10:00.000Z' },
    ]);
  });

  it.each<[string, (cluster: Cluster) => void, string, object]>([
    [
      'not taken up',
      (c) => statefulSet(c, { observedGeneration: 1 }),
      'statefulset/db',
      { state: 'deploying', ready: false, instances: null },
    ],
    [
      'not all new',
      (c) => statefulSet(c, { updatedReplicas: 1 }),
      'statefulset/db',
      { state: 'deploying', ready: false, instances: { wanted: 2, ready: 1 } },
    ],
    [
      'not all ready',
      (c) => statefulSet(c, { readyReplicas: 1 }),
      'statefulset/db',
      { state: 'running', health: 'unhealthy', ready: false, since: null },
    ],
    [
      'ready pods of the old revision',
      (c) => statefulSet(c, {}, {}, { ...labels, 'controller-revision-hash': 'db-1' }),
      'statefulset/db',
      { ready: false, instances: { wanted: 2, ready: 0 } },
    ],
    ['not ready for long enough', (c) => statefulSet(c, { availableReplicas: 1 }), 'statefulset/db', { ready: false }],
    [
      'held by a partition',
      (c) =>
        statefulSet(
          c,
          { updatedReplicas: 1 },
          { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } } },
        ),
      'statefulset/db',
      { reasons: expect.arrayContaining(['its update stops before the first 1 pods (partition)']) },
    ],
    [
      'held by OnDelete',
      (c) => statefulSet(c, { updatedReplicas: 0 }, { updateStrategy: { type: 'OnDelete' } }),
      'statefulset/db',
      { state: 'deploying' },
    ],
    ['scaled to 0', (c) => statefulSet(c, {}, { replicas: 0 }), 'statefulset/db', { state: 'stopped', ready: false }],
    [
      'a node behind',
      (c) => daemonSet(c, { updatedNumberScheduled: 1 }),
      'daemonset/agent',
      { state: 'deploying', ready: false, instances: { wanted: 2, ready: 1 } },
    ],
    [
      'a node not available',
      (c) => daemonSet(c, { numberAvailable: 1 }),
      'daemonset/agent',
      { state: 'running', ready: false, health: 'unhealthy' },
    ],
    [
      'for no node',
      (c) => daemonSet(c, { desiredNumberScheduled: 0 }),
      'daemonset/agent',
      { state: 'stopped', ready: false },
    ],
  ])('%s', async (_, set, target, expected) => {
    expect(await (await open(set)).one(target)).toMatchObject(expected);
  });
});

describe('what is not there', () => {
  it('is a positive answer', async () => {
    const { ask } = await open();
    const answer = await ask(
      'checkout',
      'statefulset/db',
      'daemonset/x',
      'rollout/x',
      'rollout/x:canary',
      'canary/x',
      'canary/x:primary',
    );
    expect(answer.targets.map(({ exists, ready, traffic }) => [exists, ready, traffic])).toEqual(
      Array(7).fill([false, null, null]),
    );
    expect(answer.seen).toBe(0);
  });

  it.each([
    ['deployments', 'checkout', 'knows no deployments of apps/v1 (404): is `server` the API server?'],
    ['rollouts', 'rollout/checkout', 'is the custom resource definition rollouts.argoproj.io installed there?'],
    ['canaries', 'canary/checkout', 'is the custom resource definition canaries.flagger.app installed there?'],
  ])('is none where the cluster does not know %s', async (plural, target, words) => {
    const { one } = await open((cluster) => cluster.missing.add(plural));
    const { code, permanent, message } = await failure(one(target));
    expect({ code, permanent }).toEqual({ code: 'not-found', permanent: true });
    expect(message).toContain(words);
  });

  it.each([
    ['without a name', { details: {} }],
    ['of another object', { details: { name: 'other' } }],
    ['with another reason', { reason: 'Gone', details: { name: 'checkout' } }],
  ])('is none by a 404 %s', async (_, change) => {
    const { one } = await open((cluster) =>
      cluster.instead.push(() => ({ status: 404, body: { kind: 'Status', reason: 'NotFound', ...change } })),
    );
    expect(await failure(one('checkout'))).toMatchObject({ code: 'not-found', permanent: true });
  });

  it('is none in a namespace that is not there, or that nobody may look at', async () => {
    const gone = await open((cluster) => cluster.namespaces.clear());
    expect(await failure(gone.one('checkout'))).toMatchObject({
      code: 'not-found',
      message: 'there is no namespace shop',
      permanent: true,
    });
    const denied = await open((cluster) => cluster.denied.add('get namespaces'));
    expect(await failure(denied.one('checkout'))).toMatchObject({ code: 'forbidden' });
  });
});

describe('refusals', () => {
  it.each([
    ['get deployments', 'a role that allows to get deployments.apps in the namespace shop'],
    ['list replicasets', 'a role that allows to list replicasets.apps in the namespace shop'],
  ])('names what may not be done: %s', async (denied, words) => {
    const { one } = await open((cluster) => {
      putDeployment(cluster, 'checkout');
      cluster.denied.add(denied);
    });
    const { code, message } = await failure(one('checkout'));
    expect(code).toBe('forbidden');
    expect(message).toContain(words);
    expect(message).toContain('system:serviceaccount:ci:signalbox');
  });

  it('names the credential that is not taken, and never shows it', async () => {
    const { one } = await open(undefined, { token: 'wrong' });
    const { code, message } = await failure(one('checkout'));
    expect(code).toBe('unauthorized');
    expect(message).not.toContain('wrong');
  });

  it.each<[string, unknown]>([
    ['a page of HTML', '<html>sign in</html>'],
    ['another shape', { kind: 'Deployment' }],
    [
      'another object',
      { metadata: { name: 'other', generation: 1 }, spec: { selector: { matchLabels: {} }, template: {} }, status: {} },
    ],
    ['a number that is none', { metadata: { name: 'checkout', generation: 'four' }, spec: {} }],
  ])('does not read %s', async (_, body) => {
    const { one } = await open((cluster) => cluster.instead.push(() => ({ status: 200, body })));
    expect(await failure(one('checkout'))).toMatchObject({ code: 'bad-answer' });
  });

  it.each([
    'pod/x',
    'Checkout',
    'deployment/',
    'deployment/a/b',
    'rollout/x:primary',
    'deployment/x:canary',
    '../secrets/x',
    'a?b',
  ])('takes no target %s', async (target) => {
    const { one, cluster } = await open();
    expect(await failure(one(target))).toMatchObject({ code: 'bad-query', permanent: true });
    expect(cluster.asked).toEqual([]);
    expect(kubernetesSource.lint?.({ family: 'deployment', targets: [target] }, { warmupMs: 0 })).toHaveLength(1);
  });
});

describe('selectors', () => {
  const selector = {
    matchLabels: { app: 'checkout' },
    matchExpressions: [
      { key: 'tier', operator: 'In', values: ['web', 'api'] },
      { key: 'env', operator: 'NotIn', values: ['test'] },
      { key: 'team', operator: 'Exists' },
      { key: 'old', operator: 'DoesNotExist' },
    ],
  };

  it('are written as the API reads them', () => {
    expect(selectorText(selector)).toBe('app=checkout,tier in (web,api),env notin (test),team,!old');
  });

  it('with operators that nobody knows, or that select everything, are refused', () => {
    expect(() => selectorText({ matchExpressions: [{ key: 'a', operator: 'Gt', values: ['1'] }] })).toThrow('operator');
    expect(() => selectorText({})).toThrow('selects all pods');
  });

  it('select', () => {
    const labels = { app: 'checkout', tier: 'web', team: 'a' };
    expect(selects(selector, labels)).toBe(true);
    expect(selects(selector, { ...labels, old: '' })).toBe(false);
    expect(selects(selector, { ...labels, env: 'test' })).toBe(false);
    expect(selects(selector, { app: 'checkout', team: 'a' })).toBe(false);
  });

  it('are sent', async () => {
    const { one } = await open((cluster) => {
      putDeployment(cluster, 'checkout', {
        spec: {
          selector: {
            matchLabels: { app: 'checkout' },
            matchExpressions: [{ key: 'app', operator: 'In', values: ['checkout', 'x'] }],
          },
        },
      });
      putReplicaSet(cluster, {
        name: 'x',
        owner: { kind: 'Deployment', uid: 'y' },
        labels: { app: 'y' },
        image: 'x',
        replicas: 1,
      });
    });
    expect(await one('checkout')).toMatchObject({ ready: true });
  });
});
