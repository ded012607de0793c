/** Shapes: https://kubernetes.io/docs/reference/kubernetes-api/, and the published types of Argo Rollouts, Flagger, Gateway API and Istio. */
import {
  accepted,
  Cluster,
  completeConditions,
  condition,
  putCanary,
  putDeployment,
  putHttpRoute,
  putPod,
  putRollout,
  putVirtualService,
  template,
} from '../deployment/kubernetes.provider.js';
import { type Contract, fromPage, type Responder } from './harness.js';

const cluster =
  (...sets: ((cluster: Cluster) => void)[]): Responder =>
  (request) => {
    const one = new Cluster();
    for (const set of sets) set(one);
    return one.answer(request);
  };

type Given = Parameters<typeof putDeployment>[2];

/** Stable and canary behind an HTTPRoute. */
const pair =
  (given: Given = {}, weights: Parameters<typeof putHttpRoute>[1] = { checkout: 95, 'checkout-canary': 5 }) =>
  (one: Cluster): void => {
    putDeployment(one, 'checkout', { version: '1.2.2' });
    putDeployment(one, 'checkout-canary', given);
    putHttpRoute(one, weights);
  };
const route = (more: Record<string, unknown>) => (one: Cluster) =>
  putHttpRoute(one, { checkout: 95, 'checkout-canary': 5 }, more);
const denied = (what: string) => (one: Cluster) => void one.denied.add(what);
const without = (key: string) => (one: Cluster) => void one.objects.delete(key);
const two = (a: number, b: number) => [
  { name: 'checkout', weight: a },
  { name: 'checkout-canary', weight: b },
];

const blueGreen =
  (selected: string, given: Given = {}) =>
  (one: Cluster): void => {
    putDeployment(one, 'checkout-blue', { version: '1.2.2' });
    putDeployment(one, 'checkout-green', given);
    one.put('services', { metadata: { name: 'checkout' }, spec: { selector: { app: selected } } });
  };

const cart =
  (status: object = {}, since = '2026-11-23T09:00:00Z', replicas = 1) =>
  (one: Cluster): void => {
    one.put('statefulsets', {
      metadata: { name: 'cart', uid: 'uid-cart', generation: 3 },
      spec: { replicas, selector: { matchLabels: { app: 'cart' } }, template: template('cart', 'cart:7') },
      status: {
        observedGeneration: 3,
        replicas: 1,
        readyReplicas: 1,
        updatedReplicas: 1,
        updateRevision: 'cart-7',
        ...status,
      },
    });
    putPod(one, 'cart-0', { app: 'cart', 'controller-revision-hash': 'cart-7' }, true, undefined, since);
  };

const mesh = (...http: Record<string, unknown>[]) => cluster(pair(), (one) => putVirtualService(one, http));
const to = (subset: string, weight: number) => ({ destination: { host: 'checkout', subset }, weight });

const never = { impossible: 'the API server tells how it is now, not how it was' };
const notTakenUp = { status: { observedGeneration: 3 } };

export const contracts: readonly Contract[] = [
  {
    what: 'a Deployment and its share by an HTTPRoute',
    ...fromPage('kubernetes', 'the canary has users', 'server'),
    good: cluster(pair()),
    bad: {
      'not there': cluster(pair(), without('deployments/checkout-canary')),
      'another version': cluster(pair({ version: '1.2.2' })),
      'one instance broke': cluster(pair({ ready: 2 })),
      'scaled to 0': cluster(pair({ replicas: 0 })),
      'too few': cluster(pair({ replicas: 1 })),
      unhealthy: cluster(pair({ conditions: [condition('Available', 'False', 'X'), ...completeConditions.slice(1)] })),
      'too late': cluster(
        pair({ ready: 0, conditions: [condition('Progressing', 'False', 'ProgressDeadlineExceeded')] }),
      ),
      'less traffic': cluster(pair({}, { checkout: 96, 'checkout-canary': 4 })),
      'no traffic': cluster(pair({}, { checkout: 1, 'checkout-canary': 0 })),
      'the other side broke': cluster(pair(), (one) => putDeployment(one, 'checkout', { ready: 0 })),
    },
    empty: {
      'no ReplicaSet': cluster(pair(), without('replicasets/checkout-canary-hash2')),
      'no version': cluster(pair({ version: 'latest' })),
      'no conditions': cluster(pair({ conditions: [] })),
      'no namespace': cluster((one) => one.namespaces.clear()),
      'no definition of routes': cluster(pair(), (one) => void one.missing.add('httproutes')),
      'no such API': cluster(pair(), (one) => void one.missing.add('deployments')),
      'no route': cluster(pair(), without('httproutes/checkout')),
      'no status of the route': cluster(pair(), route({ status: undefined })),
      'a route that does not name it': cluster(pair({}, { checkout: 1 })),
      'a route without weights': cluster(pair({}, { checkout: 0, 'checkout-canary': 0 })),
    },
    partial: {
      'a change that is not taken up': cluster(pair(notTakenUp)),
      'a rollout under way': cluster(pair({ status: { updatedReplicas: 1 } })),
      'old instances left': cluster(pair({ status: { replicas: 4 } })),
      'a route that is not taken up': cluster(pair(), route({ status: { parents: [accepted(6)] } })),
      'a route that is not accepted': cluster(
        pair(),
        route({ status: { parents: [accepted(7, { Accepted: 'False' })] } }),
      ),
      'rules that differ': cluster(
        pair(),
        route({ spec: { rules: [{ backendRefs: two(95, 5) }, { backendRefs: two(1, 1) }] } }),
      ),
      'ReplicaSets may not be listed': cluster(pair(), denied('list replicasets')),
      'the route may not be read': cluster(pair(), denied('get httproutes')),
      'the namespace may not be read': cluster(pair(), without('deployments/checkout'), denied('get namespaces')),
      'pages that are always too old': cluster(pair(), (one) => {
        one.page = 1;
        one.expired = 9;
      }),
      'another shape': (request, times) =>
        request.path.includes('/deployments/') ? { body: { kind: 'Status' } } : cluster(pair())(request, times),
    },
    stale: cluster(
      pair({
        conditions: [
          completeConditions[0] ?? {},
          condition('Progressing', 'True', 'NewReplicaSetAvailable', { lastUpdateTime: '2026-11-23T09:59:00Z' }),
        ],
      }),
    ),
  },
  {
    what: 'subsets of a VirtualService',
    ...fromPage('kubernetes', 'the canary by subsets', 'server'),
    good: mesh({ route: [to('v1', 90), to('v2', 10)] }),
    bad: { more: mesh({ route: [to('v1', 80), to('v2', 20)] }), less: mesh({ route: [to('v1', 96), to('v2', 4)] }) },
    empty: { 'no rules': mesh(), 'another subset': mesh({ route: [to('v1', 90), to('v3', 10)] }) },
    partial: {
      'a rule for some': mesh({ match: [{}], route: [to('v2', 1)] }, { route: [to('v1', 90), to('v2', 10)] }),
      'a delegate': mesh({ delegate: { name: 'other' } }, { route: [to('v1', 90), to('v2', 10)] }),
    },
    stale: never,
  },
  {
    what: 'blue-green by a Service',
    ...fromPage('kubernetes', 'green before the switch', 'server'),
    good: cluster(blueGreen('checkout-blue')),
    bad: {
      'switched already': cluster(blueGreen('checkout-green')),
      'green is not ready': cluster(blueGreen('checkout-blue', { ready: 2 })),
      'blue is gone': cluster(blueGreen('checkout-blue'), without('deployments/checkout-blue')),
    },
    empty: {
      'nobody is selected': cluster(blueGreen('other')),
      'no Service': cluster(blueGreen('other'), without('services/checkout')),
    },
    partial: { 'pods may not be listed': cluster(blueGreen('checkout-blue'), denied('list pods')) },
    stale: never,
  },
  {
    what: 'sides of an Argo Rollout',
    ...fromPage('kubernetes', 'the side of a rollout', 'server'),
    good: cluster((one) => putRollout(one)),
    bad: {
      aborted: cluster((one) => putRollout(one, { status: { phase: 'Degraded', abort: true } })),
      promoted: cluster((one) => putRollout(one, { status: { stableRS: 'new' } })),
      'not there': cluster((one) => putRollout(one), without('rollouts/checkout')),
    },
    empty: {
      'no definition': cluster((one) => void one.missing.add('rollouts')),
      'no weights': cluster((one) => putRollout(one, { status: { canary: {} } })),
      'no ReplicaSet': cluster((one) => putRollout(one), without('replicasets/checkout-new')),
    },
    partial: {
      'not taken up': cluster((one) => putRollout(one, { status: { observedGeneration: '4' } })),
      'not up yet': cluster((one) => putRollout(one, { canaryReady: 0 })),
    },
    stale: never,
  },
  {
    what: "sides of Flagger's canary",
    ...fromPage('kubernetes', 'the side of a canary', 'server'),
    good: cluster((one) => putCanary(one)),
    bad: {
      failed: cluster((one) => putCanary(one, { phase: 'Failed', canaryWeight: 0 })),
      'the primary broke': cluster((one) => {
        putCanary(one);
        putDeployment(one, 'checkout-primary', { ready: 1 });
      }),
    },
    empty: { 'no definition': cluster((one) => void one.missing.add('canaries')) },
    partial: {
      initializing: cluster((one) => putCanary(one, { phase: 'Initializing' })),
      'by rules': cluster((one) => putCanary(one, {}, { analysis: { match: [{}] } })),
    },
    stale: never,
  },
  {
    what: 'a service that this one needs',
    source: fromPage('kubernetes', 'the cart that this service needs', 'server').source,
    // With `wait` nothing is blamed on the release.
    gate: { ...fromPage('kubernetes', 'the cart that this service needs', 'server').gate, wait: false },
    good: cluster(cart()),
    bad: {
      'not there': cluster(),
      'not ready': cluster(cart({ readyReplicas: 0 })),
      'scaled to 0': cluster(cart({}, undefined, 0)),
    },
    empty: { 'no such API': cluster(cart(), (one) => void one.missing.add('statefulsets')) },
    partial: {
      'pods may not be listed': cluster(cart(), denied('list pods')),
      'not taken up': cluster(cart({ observedGeneration: 2 })),
    },
    stale: cluster(cart({}, '2026-11-23T09:58:00Z')),
  },
];
