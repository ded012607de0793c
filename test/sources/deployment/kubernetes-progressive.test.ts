import { describe, expect, it } from 'vitest';
import { type Cluster, condition, type Json, putCanary, putRollout } from '../../deployment/kubernetes.provider.js';
import { failure, open } from './kubernetes.support.js';

const promoted = {
  phase: 'Healthy',
  message: '',
  controllerPause: false,
  pauseConditions: [],
  stableRS: 'new',
  conditions: [condition('Completed', 'True', 'RolloutCompleted')],
};
const weights = (canary: number, stable: number, more: object = {}) => ({
  canary: {
    weights: {
      canary: { weight: canary, podTemplateHash: 'new' },
      stable: { weight: stable, podTemplateHash: 'old' },
      ...more,
    },
  },
});

describe('an Argo Rollout', () => {
  it('in a pause at 25 %: what is new, what is stable, and the whole', async () => {
    const { ask } = await open((cluster) => putRollout(cluster));
    const { targets } = await ask('rollout/checkout', 'rollout/checkout:canary', 'rollout/checkout:stable');
    const side = {
      exists: true,
      state: 'running',
      health: 'healthy',
      ready: true,
      since: '2026-11-23T09:10:00.000Z',
      reasons: [],
    };
    expect(targets).toEqual([
      {
        name: 'rollout/checkout',
        exists: true,
        version: '1.2.3',
        state: 'deploying',
        health: 'unknown',
        ready: false,
        instances: { wanted: 3, ready: 1 },
        traffic: null,
        since: null,
        reasons: ['Paused: CanaryPauseStep', '1 of 3 instances are ready'],
      },
      { name: 'rollout/checkout:canary', version: '1.2.3', instances: { wanted: 1, ready: 1 }, traffic: 25, ...side },
      { name: 'rollout/checkout:stable', version: '1.2.2', instances: { wanted: 3, ready: 3 }, traffic: 75, ...side },
    ]);
  });

  it('promoted: there is no canary any more', async () => {
    const { ask } = await open((cluster) => {
      putRollout(cluster, { status: promoted });
      const rs = cluster.find('replicasets', 'checkout-new');
      rs.spec = { ...(rs.spec as object), replicas: 3 };
      rs.status = { readyReplicas: 3 };
    });
    const [whole, canary, stable] = (
      await ask('rollout/checkout', 'rollout/checkout:canary', 'rollout/checkout:stable')
    ).targets;
    expect(whole).toMatchObject({
      state: 'running',
      ready: true,
      health: 'healthy',
      version: '1.2.3',
      since: '2026-11-23T08:00:00.000Z',
      reasons: [],
    });
    expect(canary).toMatchObject({ exists: false, ready: null, reasons: ['the rollout has no canary right now'] });
    expect(stable).toMatchObject({ exists: true, version: '1.2.3', ready: true });
  });

  it.each<[string, Parameters<typeof putRollout>[1], string, object]>([
    [
      'not taken up',
      { status: { observedGeneration: '4' } },
      'rollout/checkout:canary',
      { exists: true, state: 'deploying', ready: false, traffic: null },
    ],
    [
      'taken up nobody knows when',
      { status: { observedGeneration: 'f7c9b' } },
      'rollout/checkout',
      { state: 'deploying', ready: false },
    ],
    [
      'whose workload was not taken up',
      {
        metadata: { annotations: { 'rollout.argoproj.io/workload-generation': '3' } },
        status: { ...promoted, workloadObservedGeneration: '2' },
      },
      'rollout/checkout',
      { state: 'deploying', ready: false },
    ],
    [
      'about to go on',
      { status: { pauseConditions: [] } },
      'rollout/checkout',
      { state: 'deploying', reasons: ['it is about to go on after a pause'] },
    ],
    [
      'aborted',
      { status: { phase: 'Degraded', abort: true, message: 'RolloutAborted: metric failed' } },
      'rollout/checkout:canary',
      { state: 'failed', health: 'unhealthy', reasons: ['Degraded: RolloutAborted: metric failed'] },
    ],
    [
      'aborted, the other side',
      { status: { phase: 'Degraded', abort: true } },
      'rollout/checkout:stable',
      { state: 'running', ready: true },
    ],
    [
      'degraded',
      { status: { phase: 'Degraded' } },
      'rollout/checkout',
      { state: 'failed', health: 'unhealthy', ready: false },
    ],
    ['without a phase', { status: { phase: undefined } }, 'rollout/checkout', { state: 'unknown', ready: false }],
    [
      'healthy, yet not promoted',
      { status: { ...promoted, stableRS: 'old' } },
      'rollout/checkout',
      { ready: false, since: null },
    ],
    [
      'whose canary is not up',
      { canaryReady: 0 },
      'rollout/checkout:canary',
      { state: 'deploying', ready: false, since: null },
    ],
    [
      'with an experiment',
      { status: weights(20, 60, { additional: [{ weight: 20, podTemplateHash: 'x' }] }) },
      'rollout/checkout:canary',
      { traffic: 20 },
    ],
    ['with weights of more than 100', { status: weights(50, 950) }, 'rollout/checkout:canary', { traffic: 5 }],
    [
      'with weights that are not verified',
      { status: weights(25, 75, { verified: false }) },
      'rollout/checkout:canary',
      { traffic: null },
    ],
    ['with weights of nothing', { status: weights(0, 0) }, 'rollout/checkout:canary', { traffic: null }],
    [
      'with weights of another revision',
      { status: { currentPodHash: 'old', stableRS: 'new' } },
      'rollout/checkout:canary',
      { traffic: null },
    ],
    ['without traffic routing', { status: { canary: {} } }, 'rollout/checkout:canary', { traffic: null }],
    [
      'promoted without traffic routing',
      { status: { ...promoted, canary: {} } },
      'rollout/checkout:stable',
      { traffic: 100 },
    ],
    [
      'still promoting without traffic routing',
      { status: { ...promoted, phase: 'Progressing', canary: {} } },
      'rollout/checkout:stable',
      { traffic: null },
    ],
    [
      'whose ReplicaSet is gone',
      { status: { currentPodHash: 'other' } },
      'rollout/checkout:canary',
      { exists: true, version: null, ready: null, instances: null, traffic: null },
    ],
    [
      'with a hash that is none',
      { status: { currentPodHash: 'a,b in (c)' } },
      'rollout/checkout',
      { version: null, ready: null },
    ],
  ])('%s', async (_, given, target, expected) => {
    const { one } = await open((cluster) => putRollout(cluster, given));
    expect(await one(target)).toMatchObject(expected);
  });

  it('by blue-green: the active side gets everything', async () => {
    const given = {
      strategy: { blueGreen: {} },
      status: { canary: {}, blueGreen: { activeSelector: 'old', previewSelector: 'new' } },
    };
    const { ask, one } = await open((cluster) => putRollout(cluster, given));
    const { targets } = await ask('rollout/checkout:active', 'rollout/checkout:preview');
    expect(targets.map(({ version, traffic, ready }) => [version, traffic, ready])).toEqual([
      ['1.2.2', 100, true],
      ['1.2.3', 0, true],
    ]);
    expect(await failure(one('rollout/checkout:canary'))).toMatchObject({
      code: 'bad-query',
      message: expect.stringContaining('active and preview'),
    });
  });

  it('by blue-green, once it has been switched', async () => {
    const given = {
      strategy: { blueGreen: {} },
      status: { canary: {}, blueGreen: { activeSelector: 'new', previewSelector: 'new' } },
    };
    const { ask } = await open((cluster) => putRollout(cluster, given));
    const { targets } = await ask('rollout/checkout:active', 'rollout/checkout:preview');
    expect(targets.map(({ exists, version }) => [exists, version])).toEqual([
      [true, '1.2.3'],
      [false, null],
    ]);
  });
});

describe("Flagger's canary", () => {
  it('at 10 %', async () => {
    const { ask } = await open((cluster) => putCanary(cluster));
    const [whole, canary, primary] = (await ask('canary/checkout', 'canary/checkout:canary', 'canary/checkout:primary'))
      .targets;
    expect(whole).toMatchObject({ version: '1.2.2', state: 'deploying', ready: false, since: null, traffic: null });
    expect(canary).toMatchObject({ version: '1.2.3', state: 'running', ready: true, traffic: 10 });
    expect(primary).toMatchObject({ version: '1.2.2', state: 'running', ready: true, traffic: 90 });
  });

  it('promoted', async () => {
    const { ask } = await open((cluster) => putCanary(cluster, { phase: 'Succeeded', canaryWeight: 0 }));
    const [whole, canary, primary] = (await ask('canary/checkout', 'canary/checkout:canary', 'canary/checkout:primary'))
      .targets;
    expect(whole).toMatchObject({ state: 'running', ready: true, health: 'healthy', reasons: [] });
    expect([canary?.traffic, primary?.traffic]).toEqual([0, 100]);
  });

  it.each<[string, Json, Json, string, object]>([
    [
      'failed',
      {
        phase: 'Failed',
        failedChecks: 5,
        conditions: [condition('Promoted', 'False', 'Failed', { message: 'Canary analysis failed' })],
      },
      {},
      'canary/checkout',
      {
        state: 'failed',
        health: 'unhealthy',
        ready: false,
        reasons: ['Failed, 5 failed checks', 'Failed: Canary analysis failed'],
      },
    ],
    [
      'failed: all go to the primary',
      { phase: 'Failed' },
      {},
      'canary/checkout:primary',
      { traffic: 100, ready: true },
    ],
    ['initializing', { phase: 'Initializing' }, {}, 'canary/checkout:primary', { traffic: null }],
    ['without a status', { phase: '', conditions: null }, {}, 'canary/checkout', { state: 'deploying', ready: false }],
    ['terminated', { phase: 'Terminated' }, {}, 'canary/checkout', { state: 'stopped', ready: false }],
    ['waiting', { phase: 'WaitingPromotion', canaryWeight: 50 }, {}, 'canary/checkout:canary', { traffic: 50 }],
    [
      'by rules',
      {},
      { analysis: { match: [{ headers: {} }], iterations: 10 } },
      'canary/checkout:canary',
      { traffic: null },
    ],
    [
      'by iterations',
      { canaryWeight: 0 },
      { analysis: { iterations: 10 } },
      'canary/checkout:canary',
      { traffic: null },
    ],
    [
      'by iterations, promoted',
      { phase: 'Succeeded' },
      { analysis: { iterations: 10 } },
      'canary/checkout:canary',
      { traffic: 0 },
    ],
    ['with a weight that is none', { canaryWeight: 120 }, {}, 'canary/checkout:canary', { traffic: null }],
  ])('%s', async (_, status, spec, target, expected) => {
    const { one } = await open((cluster) => putCanary(cluster, status, spec));
    expect(await one(target)).toMatchObject(expected);
  });

  it('without its primary is not ready', async () => {
    const set = (cluster: Cluster) => {
      putCanary(cluster, { phase: 'Succeeded' });
      cluster.objects.delete('deployments/checkout-primary');
    };
    const { ask } = await open(set);
    const [whole, primary] = (await ask('canary/checkout', 'canary/checkout:primary')).targets;
    expect(whole).toMatchObject({ exists: true, ready: null, state: 'unknown', reasons: ['its primary is not there'] });
    expect(primary).toMatchObject({ exists: false, traffic: null });
  });

  it('of a Service has no workload to look at', async () => {
    const { one } = await open((cluster) =>
      putCanary(cluster, {}, { targetRef: { kind: 'Service', name: 'checkout' } }),
    );
    expect(await failure(one('canary/checkout'))).toMatchObject({ code: 'bad-query', permanent: true });
  });
});
