import * as v from 'valibot';
import { describe, expect, it, onTestFinished } from 'vitest';
import { changeTraffic } from '../../../src/reactions/traffic/change.js';
import { kubernetesSource } from '../../../src/sources/deployment/kubernetes/index.js';
import { serviceOf } from '../../../src/sources/deployment/kubernetes/routes.js';
import { systemClock } from '../../../src/train/clock.js';
import {
  accepted,
  type Cluster,
  type Json,
  putDeployment,
  putHttpRoute,
  putPod,
  putRollout,
  putVirtualService,
} from '../../deployment/kubernetes.provider.js';
import { failure, forever, open } from './kubernetes.support.js';

const backends = { checkout: 'deployment/checkout', 'checkout-canary': 'deployment/checkout-canary' };
const byHttpRoute = { traffic: { route: 'httproute/checkout', backends } };
const subsets = { 'checkout:v1': 'checkout', 'checkout:v2': 'checkout-canary' };
const byVirtualService = { traffic: { route: 'virtualservice/checkout', backends: subsets } };
const to = (subset: string, weight?: number) => ({
  destination: { host: 'checkout.shop.svc.cluster.local', subset },
  ...(weight === undefined ? {} : { weight }),
});

const workloads = (cluster: Cluster): void => {
  putDeployment(cluster, 'checkout');
  putDeployment(cluster, 'checkout-canary', { version: '1.3.0' });
};

async function shares(set: (cluster: Cluster) => void, config: object) {
  const { ask } = await open((cluster) => {
    workloads(cluster);
    set(cluster);
  }, config);
  const { targets, notes } = await ask('checkout', 'checkout-canary');
  return {
    percent: targets.map(({ traffic }) => traffic),
    reasons: targets.map(({ reasons }) => reasons.join('; ')),
    notes,
  };
}

describe('an HTTPRoute', () => {
  it.each<[string, Record<string, number | undefined>, (number | null)[]]>([
    ['in percent', { checkout: 95, 'checkout-canary': 5 }, [95, 5]],
    ['relative to each other', { checkout: 2, 'checkout-canary': 1 }, [66.666667, 33.333333]],
    ['that are not written are 1', { checkout: undefined, 'checkout-canary': undefined }, [50, 50]],
    ['of others count too', { checkout: 50, 'checkout-canary': 25, other: 25 }, [50, 25]],
    ['of 0', { checkout: 1, 'checkout-canary': 0 }, [100, 0]],
    ['that are all 0', { checkout: 0, 'checkout-canary': 0 }, [null, null]],
    ['without one of the backends', { checkout: 1 }, [100, null]],
    ['without any of them', { other: 1 }, [null, null]],
  ])('weights %s', async (_, weights, percent) => {
    expect((await shares((cluster) => putHttpRoute(cluster, weights), byHttpRoute)).percent).toEqual(percent);
  });

  const ref = (name: string, weight: number, more: object = {}) => ({ name, port: 80, weight, ...more });
  const both = [ref('checkout', 95), ref('checkout-canary', 5)];
  const rules = (...listed: object[]) => ({ spec: { rules: listed } });

  it.each<[string, Json, (number | null)[]]>([
    ['that agree', rules({ matches: [{ path: {} }], backendRefs: both }, { backendRefs: both }), [95, 5]],
    [
      'that do not agree',
      rules({ matches: [{ headers: [{}] }], backendRefs: [ref('checkout-canary', 1)] }, { backendRefs: both }),
      [null, null],
    ],
    ['that leave some requests to others', rules({ backendRefs: [ref('static', 1)] }, { backendRefs: both }), [95, 5]],
    [
      'that redirect',
      rules({ filters: [{ type: 'RequestRedirect' }], backendRefs: [ref('checkout', 1)] }, { backendRefs: both }),
      [95, 5],
    ],
    [
      'to the same name in another namespace',
      rules({ backendRefs: [ref('checkout', 50, { namespace: 'other' }), ref('checkout-canary', 50)] }),
      [null, 50],
    ],
    [
      'to what is no Service',
      rules({ backendRefs: [ref('checkout', 50, { kind: 'ServiceImport' }), ref('checkout-canary', 50)] }),
      [null, 50],
    ],
    ['of which there are none', { spec: {} }, [null, null]],
  ])('rules %s', async (_, more, percent) => {
    expect((await shares((cluster) => putHttpRoute(cluster, {}, more), byHttpRoute)).percent).toEqual(percent);
  });

  it('notes what is left out', async () => {
    const more = rules({ backendRefs: [ref('static', 1)] }, { backendRefs: both });
    const { notes } = await shares((cluster) => putHttpRoute(cluster, {}, more), byHttpRoute);
    expect(notes).toEqual(['httproute/checkout sends the requests of rule 1 elsewhere: they are not counted']);
  });

  it.each<[string, object | undefined]>([
    ['nobody has accepted', { parents: [] }],
    ['has no status', undefined],
    ['no gateway has taken up', { parents: [accepted(7), accepted(6)] }],
    ['is not accepted', { parents: [accepted(7, { Accepted: 'False' })] }],
    ['has backends that are not there', { parents: [accepted(7, { ResolvedRefs: 'False' })] }],
    ['nobody has looked at', { parents: [{ conditions: [] }] }],
    [
      'is valid in parts',
      {
        parents: [
          { conditions: [...(accepted(7).conditions as object[]), { type: 'PartiallyInvalid', status: 'True' }] },
        ],
      },
    ],
  ])('that %s says nothing', async (_, status) => {
    const weights = { checkout: 100, 'checkout-canary': 0 };
    const { percent, reasons } = await shares((cluster) => putHttpRoute(cluster, weights, { status }), byHttpRoute);
    expect(percent).toEqual([null, null]);
    expect(reasons[0]).toContain('httproute/checkout: ');
  });

  it('in an older version of its definition', async () => {
    const set = (cluster: Cluster) => {
      putHttpRoute(cluster, { checkout: 95, 'checkout-canary': 5 });
      cluster.versions.httproutes = 'gateway.networking.k8s.io/v1beta1';
    };
    expect((await shares(set, byHttpRoute)).percent).toEqual([95, 5]);
  });

  it('that is not there, or whose definition is not', async () => {
    expect(await failure(shares(() => undefined, byHttpRoute))).toMatchObject({ code: 'not-found', permanent: true });
    const missing = failure(shares((cluster) => cluster.missing.add('httproutes'), byHttpRoute));
    expect((await missing).message).toContain('httproutes.gateway.networking.k8s.io installed');
    const denied = await failure(shares((cluster) => cluster.denied.add('get httproutes'), byHttpRoute));
    expect(denied).toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('get httproutes.gateway.networking.k8s.io'),
    });
  });

  it('is not asked for workloads that are not behind it', async () => {
    const { ask, cluster } = await open((c) => putDeployment(c, 'other'), byHttpRoute);
    await ask('other');
    expect(cluster.asked).not.toContain('get httproutes/checkout');
  });

  it('goes before what a Rollout says of itself', async () => {
    const config = {
      traffic: {
        route: 'httproute/checkout',
        backends: { a: 'rollout/checkout:stable', b: 'rollout/checkout:canary' },
      },
    };
    const { ask } = await open((cluster) => {
      putRollout(cluster);
      putHttpRoute(cluster, { a: 60, b: 40 });
    }, config);
    const { targets } = await ask('rollout/checkout:canary', 'rollout/checkout:stable');
    expect(targets.map(({ traffic }) => traffic)).toEqual([40, 60]);
  });
});

describe('a VirtualService', () => {
  it.each<[string, object[], (number | null)[]]>([
    ['by subsets', [{ route: [to('v1', 90), to('v2', 10)] }], [90, 10]],
    ['that do not come to 100', [{ route: [to('v1', 1), to('v2', 3)] }], [25, 75]],
    ['of which one is not written', [{ route: [to('v1', 100), to('v2')] }], [100, 0]],
    ['with one destination', [{ route: [to('v1', 0)] }], [100, null]],
    [
      'with a rule for testers',
      [{ match: [{ headers: {} }], route: [to('v2')] }, { route: [to('v1', 90), to('v2', 10)] }],
      [null, null],
    ],
    ['with a delegate', [{ delegate: { name: 'x' } }, { route: [to('v1', 90), to('v2', 10)] }], [null, null]],
    ['with a redirect', [{ redirect: { uri: '/' } }, { route: [to('v1', 90), to('v2', 10)] }], [90, 10]],
  ])('%s', async (_, http, percent) => {
    const set = (cluster: Cluster) => putVirtualService(cluster, http as Record<string, unknown>[]);
    expect((await shares(set, byVirtualService)).percent).toEqual(percent);
  });

  it.each([
    ['checkout', 'checkout'],
    ['checkout.shop', 'checkout'],
    ['checkout.shop.svc', 'checkout'],
    ['checkout.shop.svc.cluster.local', 'checkout'],
    ['checkout.other.svc.cluster.local', 'checkout.other'],
    ['api.example.com', 'api.example.com'],
  ])('the host %s is the service %s', (host, service) => expect(serviceOf(host, 'shop')).toBe(service));
});

describe('a Service that is switched', () => {
  const byService = { traffic: { service: 'checkout' } };
  const service = (selector: object) => (cluster: Cluster) => {
    cluster.put('services', { metadata: { name: 'checkout' }, spec: { selector } });
  };

  it('gives everything to the workload that it selects', async () => {
    expect((await shares(service({ app: 'checkout' }), byService)).percent).toEqual([100, 0]);
  });

  it('knows only the targets that are there', async () => {
    const { ask } = await open((cluster) => {
      putDeployment(cluster, 'checkout');
      service({ app: 'checkout' })(cluster);
    }, byService);
    const { targets } = await ask('checkout', 'checkout-canary', 'rollout/x');
    expect(targets.map(({ traffic }) => traffic)).toEqual([100, null, null]);
  });

  it.each<[string, (cluster: Cluster) => void, (number | null)[]]>([
    [
      'pods of several workloads',
      (cluster) => {
        for (const app of ['checkout', 'checkout-canary']) putPod(cluster, `${app}-x`, { app, team: 'a' });
        service({ team: 'a' })(cluster);
      },
      [null, null],
    ],
    [
      'pods of others too',
      (cluster) => {
        putPod(cluster, 'x', { app: 'checkout', team: 'a' });
        putPod(cluster, 'y', { app: 'other', team: 'a' });
        service({ team: 'a' })(cluster);
      },
      [null, 0],
    ],
    ['no pod', service({ app: 'other' }), [null, null]],
    ['by hand', service({}), [null, null]],
    [
      'pods that nobody may list',
      (cluster) => {
        service({ app: 'checkout' })(cluster);
        cluster.denied.add('list pods');
      },
      [null, null],
    ],
  ])('%s', async (_, set, percent) => {
    expect((await shares(set, byService)).percent).toEqual(percent);
  });

  it('that is not there', async () => {
    expect(await failure(shares(() => undefined, byService))).toMatchObject({ code: 'not-found', permanent: true });
  });

  it('cannot be written', async () => {
    expect((await open(undefined, byService)).source.traffic).toBeUndefined();
  });
});

describe('moving the traffic', () => {
  const opened = (set: (cluster: Cluster) => void, config: object = byHttpRoute) => open(set, config);
  const route = (cluster: Cluster) => putHttpRoute(cluster, { checkout: 100, 'checkout-canary': 0 });
  const weightsAt = (cluster: Cluster) =>
    (cluster.find('httproutes', 'checkout').spec as { rules: { backendRefs: { weight: number }[] }[] }).rules.map(
      ({ backendRefs }) => backendRefs.map(({ weight }) => weight),
    );

  it('reads, writes and reads back; until the gateway has it, it is busy', async () => {
    const { cluster, control } = await opened(route);
    const moves = control();
    const before = await moves.read(forever);
    expect(before).toMatchObject({ weights: { 'deployment/checkout': 100, 'deployment/checkout-canary': 0 } });
    expect(before.busy).toBeUndefined();
    await moves.write({ 'deployment/checkout': 95, 'checkout-canary': 5 }, before, 'why', forever);
    expect(weightsAt(cluster)).toEqual([[95, 5]]);
    const after = await moves.read(forever);
    expect(after).toMatchObject({
      weights: { 'deployment/checkout': 95, 'deployment/checkout-canary': 5 },
      busy: 'a gateway has not taken up its last change yet',
    });
    expect(after.lock).not.toBe(before.lock);
  });

  it('in parts of a percent, and in all rules', async () => {
    const refs = [
      { name: 'checkout', weight: 1 },
      { name: 'checkout-canary', weight: 0 },
    ];
    const spec = { rules: [{ backendRefs: refs }, { backendRefs: [{ name: 'static' }] }, { backendRefs: refs }] };
    const { cluster, control } = await opened((c) => putHttpRoute(c, {}, { spec: structuredClone(spec) }));
    const moves = control();
    await moves.write({ checkout: 99.5, 'checkout-canary': 0.5 }, await moves.read(forever), '', forever);
    expect(weightsAt(cluster)).toEqual([[99_500, 500], [undefined], [99_500, 500]]);
    expect((await moves.read(forever)).weights).toEqual({
      'deployment/checkout': 99.5,
      'deployment/checkout-canary': 0.5,
    });
  });

  it('of a VirtualService, in whole percents', async () => {
    const { control } = await opened(
      (cluster) => putVirtualService(cluster, [{ route: [to('v1', 100), to('v2', 0)] }]),
      byVirtualService,
    );
    const moves = control();
    const before = await moves.read(forever);
    await moves.write({ checkout: 75, 'checkout-canary': 25 }, before, '', forever);
    expect(await moves.read(forever)).toMatchObject({ weights: { checkout: 75, 'checkout-canary': 25 } });
    const half = moves.write({ checkout: 99.5, 'checkout-canary': 0.5 }, await moves.read(forever), '', forever);
    expect(await failure(half)).toMatchObject({ name: 'Refused', code: 'too-complex' });
  });

  it('not over what somebody else has changed', async () => {
    const { cluster, control } = await opened(route);
    const moves = control();
    const before = await moves.read(forever);
    route(cluster);
    const write = () => moves.write({ checkout: 95, 'checkout-canary': 5 }, before, '', forever);
    expect(await failure(write())).toMatchObject({ name: 'Refused', code: 'changed-in-between' });
    expect(weightsAt(cluster)).toEqual([[100, 0]]);
  });

  it('not when it is changed between the last look and the write', async () => {
    const { cluster, control } = await opened(route);
    const moves = control();
    const before = await moves.read(forever);
    cluster.instead.push(
      () => undefined,
      () => {
        route(cluster);
        return undefined;
      },
    );
    const write = moves.write({ checkout: 95, 'checkout-canary': 5 }, before, '', forever);
    expect(await failure(write)).toMatchObject({ name: 'Refused', code: 'changed-in-between' });
    expect(weightsAt(cluster)).toEqual([[100, 0]]);
  });

  it.each<[string, (cluster: Cluster) => void, Record<string, number>, string]>([
    [
      'somebody without the right',
      (c) => c.denied.add('patch httproutes'),
      { checkout: 95, 'checkout-canary': 5 },
      'permission',
    ],
    [
      'what Flagger writes',
      (c) =>
        (c.find('httproutes', 'checkout').metadata.ownerReferences = [
          { kind: 'Canary', name: 'checkout', controller: true },
        ]),
      { checkout: 95, 'checkout-canary': 5 },
      'managed',
    ],
    ['to what is no backend', () => undefined, { checkout: 95, other: 5 }, 'too-complex'],
    [
      'to a backend that a rule does not have',
      (c) => putHttpRoute(c, { checkout: 1 }),
      { checkout: 95, 'checkout-canary': 5 },
      'too-complex',
    ],
    [
      'what the server does not take',
      (c) =>
        c.instead.push(
          () => undefined,
          () => ({
            status: 422,
            body: {
              kind: 'Status',
              reason: 'Invalid',
              message: 'weight: Invalid value',
              details: { name: 'checkout' },
            },
          }),
        ),
      { checkout: 95, 'checkout-canary': 5 },
      'refused',
    ],
  ])('not by %s', async (_, set, weights, code) => {
    const { cluster, control } = await opened(route);
    set(cluster);
    const moves = control();
    const { resourceVersion: lock } = cluster.find('httproutes', 'checkout').metadata;
    const before = { weights: {}, lock };
    expect(await failure(moves.write(weights, before, '', forever))).toMatchObject({ name: 'Refused', code });
  });

  it.each<[string, (cluster: Cluster) => void]>([
    ['to others too', (c) => putHttpRoute(c, { checkout: 50, other: 50 })],
    ['to nobody', (c) => putHttpRoute(c, { checkout: 0, 'checkout-canary': 0 })],
    ['as nobody has accepted', (c) => putHttpRoute(c, { checkout: 1 }, { status: { parents: [] } })],
  ])('no weights are made up where the requests go %s', async (_, set) => {
    const { control } = await opened(set);
    expect(await failure(control().read(forever))).toMatchObject({ code: 'bad-answer' });
  });

  it('a write whose answer is lost is not sent twice', async () => {
    const { cluster, control } = await opened(route);
    const moves = control();
    const before = await moves.read(forever);
    cluster.instead.push(
      () => undefined,
      (request) => {
        cluster.answer(request);
        return { status: 504, body: '' };
      },
    );
    const write = moves.write({ checkout: 95, 'checkout-canary': 5 }, before, '', forever);
    expect(await failure(write)).toMatchObject({ name: 'NotMeasured', code: 'server-error' });
    expect(weightsAt(cluster)).toEqual([[95, 5]]);
    expect(cluster.asked.filter((asked) => asked.startsWith('patch'))).toHaveLength(1);
  });
});

describe('a move of a stage', () => {
  const move = async (takenUp: boolean, set: (cluster: Cluster) => void = () => undefined) => {
    const { cluster, source } = await open(
      (c) => putHttpRoute(c, { checkout: 100, 'checkout-canary': 0 }),
      byHttpRoute,
    );
    set(cluster);
    const gateway = setInterval(() => {
      const { metadata, status } = cluster.find('httproutes', 'checkout');
      if (takenUp) Object.assign(status as object, { parents: [accepted(Number(metadata.generation))] });
    }, 100);
    onTestFinished(() => clearInterval(gateway));
    const change = await changeTraffic({
      sourceName: 'cluster',
      source,
      wanted: { to: 'weights', weights: { 'deployment/checkout-canary': 5 } },
      note: 'stage canary-5',
      verifyMs: takenUp ? 5000 : 700,
      clock: systemClock,
      signal: forever,
    });
    return { change, cluster };
  };

  it('is done when the gateway has taken it up, and the rest stays with the others', async () => {
    const { change, cluster } = await move(true);
    expect(change).toMatchObject({ outcome: 'changed', traffic: 'httproute checkout' });
    expect(change.after?.weights).toEqual({ 'deployment/checkout': 95, 'deployment/checkout-canary': 5 });
    expect(cluster.asked.filter((asked) => asked.startsWith('patch'))).toHaveLength(1);
  });

  it('is not verified while no gateway has', async () => {
    expect((await move(false)).change).toMatchObject({ outcome: 'not-verified' });
  });

  it('is refused without the right to it', async () => {
    const { change } = await move(true, (cluster) => cluster.denied.add('patch httproutes'));
    expect(change).toMatchObject({
      outcome: 'refused',
      code: 'permission',
      next: expect.stringContaining('patch httproutes'),
    });
  });
});

describe('the field traffic', () => {
  const valid = (traffic: object) =>
    v.safeParse(kubernetesSource.schema, { kubeconfig: 'kubeconfig', traffic }).success;

  it.each([
    [{ route: 'httproute/checkout', backends }, true],
    [{ service: 'checkout' }, true],
    [{ route: 'httproute/checkout' }, false],
    [{ route: 'httproute/checkout', backends: {} }, false],
    [{ route: 'ingress/checkout', backends }, false],
    [{ route: 'httproute/checkout', backends: { a: 'pod/x' } }, false],
    [{ route: 'httproute/checkout', backends, service: 'checkout' }, false],
    [{ service: '../x' }, false],
  ])('%j: %s', (traffic, expected) => expect(valid(traffic)).toBe(expected));
});
