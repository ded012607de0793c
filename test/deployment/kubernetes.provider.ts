/**
 * A Kubernetes API server as far as Signalbox asks one: one namespace, objects that can be read, listed by labels in pages, and patched, with
 * RBAC. It checks whatever it is sent (https://kubernetes.io/docs/reference/using-api/api-concepts/).
 */
import { expect } from 'vitest';
import { type Received, reply, type StandIn, standIn } from '../support/server.js';

export const token = 'a-secret-KUBE_TOKEN';
export const namespace = 'shop';

export type Json = Record<string, unknown>;
export interface Stored extends Json {
  metadata: { name: string; labels?: Record<string, string>; resourceVersion?: string; [more: string]: unknown };
}

/** `group/version plural`, as the API server serves them. */
const served: Readonly<Record<string, string>> = {
  pods: 'v1',
  services: 'v1',
  deployments: 'apps/v1',
  replicasets: 'apps/v1',
  statefulsets: 'apps/v1',
  daemonsets: 'apps/v1',
  rollouts: 'argoproj.io/v1alpha1',
  canaries: 'flagger.app/v1beta1',
  httproutes: 'gateway.networking.k8s.io/v1',
  virtualservices: 'networking.istio.io/v1',
};

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

const pathForm = /^\/(?:api|apis)\/(.+?)\/namespaces\/([^/]+)(?:\/([a-z]+)(?:\/([^/]+))?)?$/;

export class Cluster {
  readonly objects = new Map<string, Stored>();
  /** `get pods`, `list replicasets`, `patch httproutes`, `get namespaces`: forbidden. */
  readonly denied = new Set<string>();
  /** Kinds whose definition is not installed. */
  readonly missing = new Set<string>();
  /** By plural: served in this version in place of the newest. */
  readonly versions: Record<string, string> = {};
  namespaces = new Set([namespace]);
  /** The most items of a page, whatever is asked for. */
  page = 500;
  /** How many times the next page of a list is too old. */
  expired = 0;
  /** What the next requests are answered with in place of what is right. */
  readonly instead: ((request: Received) => Answer | undefined)[] = [];
  readonly asked: string[] = [];
  #version = 1000;

  put<T extends Stored>(plural: string, object: T): T {
    object.metadata.resourceVersion = String(++this.#version);
    this.objects.set(`${plural}/${object.metadata.name}`, object);
    return object;
  }
  find(plural: string, name: string): Stored {
    const found = this.objects.get(`${plural}/${name}`);
    if (!found) throw new Error(`the test has no ${plural} ${name}`);
    return found;
  }

  start({ tls = false } = {}): Promise<StandIn> {
    return standIn(
      (request, response) => {
        const { status, body, headers } = this.answer(request);
        reply(response, status, body, headers);
      },
      { tls },
    );
  }

  answer(request: Received): Answer {
    const instead = this.instead.shift()?.(request);
    if (instead) return instead;
    expect(request.headers.accept).toBe('application/json');
    if (request.headers.authorization !== `Bearer ${token}`) return this.#status(401, 'Unauthorized', 'Unauthorized');
    const url = new URL(request.path, 'http://kubernetes');
    const [, version = '', where = '', plural = 'namespaces', name] = pathForm.exec(url.pathname) ?? [];
    expect(where, request.path).toBe(namespace);
    const query = Object.fromEntries(url.searchParams);
    const verb = request.method === 'PATCH' ? 'patch' : name !== undefined || plural === 'namespaces' ? 'get' : 'list';
    this.asked.push(`${verb} ${plural}${name === undefined ? '' : `/${name}`}`);
    const right = plural === 'namespaces' ? 'v1' : (this.versions[plural] ?? served[plural]);
    expect(right, `nobody knows ${plural}`).toBeDefined();
    const { pathname } = url;
    expect(pathname.startsWith(version.includes('/') ? '/apis/' : '/api/')).toBe(true);
    if (this.missing.has(plural) || version !== right) {
      return { status: 404, body: '404 page not found\n', headers: { 'content-type': 'text/plain; charset=utf-8' } };
    }
    if (this.denied.has(`${verb} ${plural}`)) return this.#forbidden(verb, plural, version);
    if (verb === 'list') return this.#list(plural, version, query);
    if (plural === 'namespaces') {
      expect(query).toEqual({});
      if (!this.namespaces.has(where)) return this.#notFound('namespaces', where);
      return { status: 200, body: { kind: 'Namespace', apiVersion: 'v1', metadata: { name: where } } };
    }
    const object = this.objects.get(`${plural}/${name ?? ''}`);
    if (!object) return this.#notFound(plural, name ?? '');
    if (verb === 'patch') return this.#patch(plural, object, request, query);
    expect(query).toEqual({});
    return { status: 200, body: { apiVersion: version, ...object } };
  }

  #list(plural: string, version: string, query: Record<string, string>): Answer {
    expect(Object.keys(query).sort()).toEqual([...('continue' in query ? ['continue'] : []), 'labelSelector', 'limit']);
    expect(query.limit).toBe('500');
    const selector = query.labelSelector ?? '';
    const all = [...this.objects]
      .filter(([key]) => key.startsWith(`${plural}/`))
      .map(([, object]) => object)
      .filter(({ metadata }) => matches(selector, metadata.labels ?? {}));
    const from = query.continue === undefined ? 0 : Number(query.continue.replace('after-', ''));
    if (query.continue !== undefined && this.expired > 0) {
      this.expired -= 1;
      return this.#status(410, 'Expired', 'The provided continue parameter is too old');
    }
    const items = all.slice(from, from + this.page);
    const rest = all.length - from - items.length;
    const next = rest > 0 ? { continue: `after-${from + items.length}`, remainingItemCount: rest } : {};
    const kind = plural === 'pods' ? 'PodList' : 'ReplicaSetList';
    return { status: 200, body: { kind, apiVersion: version, metadata: { resourceVersion: '1', ...next }, items } };
  }

  /** JSON Patch: `test`, and `add` of what may be there. */
  #patch(plural: string, object: Stored, request: Received, query: Json): Answer {
    expect(request.headers['content-type']).toBe('application/json-patch+json');
    expect(query).toEqual({ fieldManager: 'signalbox' });
    const copy = structuredClone(object);
    for (const { op, path, value } of JSON.parse(request.body) as { op: string; path: string; value: unknown }[]) {
      const keys = path.split('/').slice(1);
      const last = keys.pop() ?? '';
      const parent = keys.reduce<Json>((at, key) => at[key] as Json, copy);
      expect(parent, path).toBeDefined();
      if (op === 'test') {
        if (parent[last] !== value) {
          // All that the API server says of it.
          return this.#status(422, 'Invalid', 'the server rejected our request due to an error in our request');
        }
        continue;
      }
      expect(op).toBe('add');
      expect(path).toMatch(/\/weight$/);
      if (!Number.isInteger(value) || Number(value) < 0) {
        const details = { name: object.metadata.name, kind: plural };
        return this.#status(
          422,
          'Invalid',
          `${plural} "${object.metadata.name}" is invalid: weight: Invalid value`,
          details,
        );
      }
      parent[last] = value;
    }
    copy.metadata.generation = Number(copy.metadata.generation ?? 1) + 1;
    return { status: 200, body: this.put(plural, copy) };
  }

  #status(code: number, reason: string, message: string, details: Json = {}): Answer {
    const body = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, details, code };
    return { status: code, body };
  }
  #notFound(plural: string, name: string): Answer {
    return this.#status(404, 'NotFound', `${plural} "${name}" not found`, { name, kind: plural });
  }
  #forbidden(verb: string, plural: string, version: string): Answer {
    const [group = ''] = version.includes('/') ? version.split('/') : [];
    const message = `${plural}.${group} is forbidden: User "system:serviceaccount:ci:signalbox" cannot ${verb} resource "${plural}" in API group "${group}" in the namespace "${namespace}"`;
    return this.#status(403, 'Forbidden', message, { kind: plural, group });
  }
}

/** Selectors with `=`, `in`, `notin`, and keys that are or are not there. */
function matches(selector: string, labels: Record<string, string>): boolean {
  expect(selector).not.toBe('');
  return selector.split(/,(?![^(]*\))/).every((term) => {
    const [, key = '', operator, list = ''] = /^(\S+) (in|notin) \((.*)\)$/.exec(term) ?? [];
    if (operator) return list.split(',').includes(labels[key] ?? '') === (operator === 'in');
    if (term.startsWith('!')) return !(term.slice(1) in labels);
    const [name = '', value] = term.split('=');
    return value === undefined ? name in labels : labels[name] === value;
  });
}

export const template = (name: string, image: string, labels: Record<string, string> = {}): Json => ({
  metadata: { labels: { app: name, ...labels } },
  spec: { containers: [{ name, image }] },
});

interface DeploymentGiven {
  readonly version?: string;
  readonly replicas?: number;
  /** Of the newest ReplicaSet. */
  readonly ready?: number;
  readonly labels?: Record<string, string>;
  readonly status?: Json;
  readonly spec?: Json;
  readonly conditions?: readonly Json[];
  /** What waits in the pods that are not ready. */
  readonly waiting?: Json;
}

export const condition = (type: string, status: string, reason: string, more: Json = {}): Json => ({
  type,
  status,
  reason,
  message: `${reason}.`,
  lastUpdateTime: '2026-11-23T09:00:00Z',
  lastTransitionTime: '2026-11-23T08:00:00Z',
  ...more,
});

export const completeConditions = [
  condition('Available', 'True', 'MinimumReplicasAvailable'),
  condition('Progressing', 'True', 'NewReplicaSetAvailable'),
];

/** A Deployment with its ReplicaSets (the one before it is left at 0) and pods. */
export function putDeployment(cluster: Cluster, name: string, given: DeploymentGiven = {}): void {
  const { version = '1.2.3', replicas = 3, ready = replicas, labels = {}, status = {}, spec = {}, waiting } = given;
  const image = `registry.example.com:5000/shop/${name}:${version}`;
  const uid = `uid-${name}`;
  const own = { app: name, ...labels };
  cluster.put('deployments', {
    kind: 'Deployment',
    metadata: { name, uid, generation: 4, annotations: { 'deployment.kubernetes.io/revision': '2' } },
    spec: { replicas, selector: { matchLabels: { app: name } }, template: template(name, image, labels), ...spec },
    status: {
      observedGeneration: 4,
      replicas,
      updatedReplicas: replicas,
      readyReplicas: ready,
      availableReplicas: ready,
      conditions: given.conditions ?? completeConditions,
      ...status,
    },
  });
  for (const revision of ['1', '2']) {
    const hash = `${name}-hash${revision}`;
    const newest = revision === '2';
    putReplicaSet(cluster, {
      name: hash,
      owner: { kind: 'Deployment', uid },
      labels: { ...own, 'pod-template-hash': hash },
      annotations: { 'deployment.kubernetes.io/revision': revision },
      image: newest ? image : `registry.example.com:5000/shop/${name}:1.2.2`,
      replicas: newest ? replicas : 0,
      ready: newest ? ready : 0,
      ...(waiting && { waiting }),
    });
  }
}

interface ReplicaSetGiven {
  readonly name: string;
  readonly owner: { readonly kind: string; readonly uid: string };
  readonly labels: Record<string, string>;
  readonly annotations?: Record<string, string>;
  readonly image: string;
  readonly replicas: number;
  readonly ready?: number;
  readonly waiting?: Json;
}

export function putReplicaSet(cluster: Cluster, given: ReplicaSetGiven): void {
  const { name, owner, labels, annotations = {}, image, replicas, ready = replicas, waiting } = given;
  cluster.put('replicasets', {
    metadata: {
      name,
      uid: `uid-${name}`,
      generation: 1,
      labels,
      annotations,
      creationTimestamp: '2026-11-23T08:30:00Z',
      ownerReferences: [{ ...owner, apiVersion: 'x/v1', name: 'its owner', controller: true }],
    },
    spec: { replicas, template: { metadata: { labels }, spec: { containers: [{ name: 'app', image }] } } },
    status: { replicas, ...(ready === 0 ? {} : { readyReplicas: ready }) },
  });
  for (let i = 0; i < replicas; i++) putPod(cluster, `${name}-${i}`, labels, i < ready, waiting);
}

export function putPod(
  cluster: Cluster,
  name: string,
  labels: Record<string, string>,
  ready = true,
  waiting?: Json,
  since = '2026-11-23T09:10:00Z',
): void {
  cluster.put('pods', {
    metadata: { name, labels },
    status: {
      phase: ready ? 'Running' : 'Pending',
      conditions: [condition('Ready', ready ? 'True' : 'False', '', { lastTransitionTime: since })],
      containerStatuses: [{ name: 'app', ready, state: waiting && !ready ? { waiting } : { running: {} } }],
    },
  });
}

export function putHttpRoute(
  cluster: Cluster,
  weights: Readonly<Record<string, number | undefined>>,
  more: Json = {},
): void {
  const backendRefs = Object.entries(weights).map(([name, weight]) => ({
    group: '',
    kind: 'Service',
    name,
    port: 80,
    ...(weight === undefined ? {} : { weight }),
  }));
  cluster.put('httproutes', {
    kind: 'HTTPRoute',
    metadata: { name: 'checkout', generation: 7 },
    spec: { parentRefs: [{ name: 'gateway' }], rules: [{ backendRefs }] },
    status: { parents: [accepted(7)] },
    ...more,
  });
}

export const accepted = (observedGeneration: number, change: Readonly<Record<string, string>> = {}): Json => ({
  parentRef: { name: 'gateway' },
  controllerName: 'example.com/gateway',
  conditions: ['Accepted', 'ResolvedRefs'].map((type) => ({
    ...condition(type, change[type] ?? 'True', type),
    observedGeneration,
  })),
});

export function putVirtualService(cluster: Cluster, http: readonly Json[], more: Json = {}): void {
  cluster.put('virtualservices', {
    kind: 'VirtualService',
    metadata: { name: 'checkout', generation: 2 },
    spec: { hosts: ['checkout'], http },
    ...more,
  });
}

interface RolloutGiven {
  readonly status?: Json;
  readonly strategy?: Json;
  readonly metadata?: Json;
  readonly canaryReady?: number;
}

/** An Argo Rollout at 25 %: hash `new` beside hash `old`. */
export function putRollout(cluster: Cluster, given: RolloutGiven = {}): void {
  const { status = {}, strategy = { canary: { steps: [] } }, metadata = {}, canaryReady = 1 } = given;
  cluster.put('rollouts', {
    kind: 'Rollout',
    metadata: { name: 'checkout', uid: 'uid-rollout', generation: 5, ...metadata },
    spec: { replicas: 3, selector: { matchLabels: { app: 'checkout' } }, strategy },
    status: {
      observedGeneration: '5',
      phase: 'Paused',
      message: 'CanaryPauseStep',
      controllerPause: true,
      pauseConditions: [{ reason: 'CanaryPauseStep', startTime: '2026-11-23T09:00:00Z' }],
      currentPodHash: 'new',
      stableRS: 'old',
      canary: {
        weights: {
          canary: { weight: 25, podTemplateHash: 'new', serviceName: 'checkout-canary' },
          stable: { weight: 75, podTemplateHash: 'old', serviceName: 'checkout-stable' },
        },
      },
      conditions: [condition('Completed', 'False', 'RolloutNotCompleted')],
      ...status,
    },
  });
  for (const [hash, version, replicas] of [
    ['new', '1.2.3', 1],
    ['old', '1.2.2', 3],
  ] as const) {
    putReplicaSet(cluster, {
      name: `checkout-${hash}`,
      owner: { kind: 'Rollout', uid: 'uid-rollout' },
      labels: { app: 'checkout', 'rollouts-pod-template-hash': hash },
      image: `checkout:${version}`,
      replicas,
      ready: hash === 'new' ? canaryReady : replicas,
    });
  }
}

/** A Flagger canary with its two Deployments. */
export function putCanary(cluster: Cluster, status: Json = {}, spec: Json = {}): void {
  putDeployment(cluster, 'checkout');
  putDeployment(cluster, 'checkout-primary', { version: '1.2.2' });
  cluster.put('canaries', {
    kind: 'Canary',
    metadata: { name: 'checkout', generation: 1 },
    spec: {
      targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'checkout' },
      analysis: { stepWeight: 10 },
      ...spec,
    },
    status: {
      phase: 'Progressing',
      canaryWeight: 10,
      failedChecks: 0,
      iterations: 0,
      conditions: [condition('Promoted', 'Unknown', 'Progressing')],
      ...status,
    },
  });
}
