/**
 * Azure Resource Manager's part for one app of Container Apps, in its published shapes, keeping state: revisions that come up, fail and go,
 * replicas, weights and labels, changes that take their time (https://learn.microsoft.com/rest/api/containerapps). It checks whatever it is
 * sent.
 */
import { expect } from 'vitest';
import { type Received, reply, type StandIn, standIn } from '../support/server.js';

const group = '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/shop/providers';
export const resource = `${group}/Microsoft.App/containerApps/checkout`;
const operations =
  '/subscriptions/11111111-2222-3333-4444-555555555555/providers/Microsoft.App/locations/westeurope/containerappOperationResults';

export interface Entry {
  revisionName?: string;
  latestRevision?: boolean;
  weight?: number;
  label?: string;
  [more: string]: unknown;
}

export interface Replica {
  createdTime?: string | null;
  runningState?: string;
  ready?: (boolean | undefined)[];
}

export interface Revision {
  image: string;
  /** Over `image`: all of its containers. */
  containers?: { name?: string; image?: string }[];
  createdTime: string;
  active: boolean | null;
  healthState: string | null;
  provisioningState: string | null;
  provisioningError?: string;
  runningState: string | null;
  minReplicas: number | null;
  replicas: Replica[];
}

/** What goes wrong; each once. `lost…`: the connection breaks; `taken…`: the change was made all the same. */
export type Trouble =
  | 'lost'
  | 'taken-lost'
  | 'taken-500'
  | '400'
  | '403'
  | '409'
  | '429'
  | '500'
  /** Taken, and it fails in the end. */
  | 'fails'
  | 'fails-status'
  /** Taken and made, and something after that fails. */
  | 'fails-late'
  /** Taken, and of its outcome nothing is told. */
  | 'outcome-403'
  | 'outcome-elsewhere'
  | 'outcome-silent';

interface Change {
  readonly id: string;
  readonly traffic: Entry[];
  readonly ends: number;
  readonly trouble: Trouble | undefined;
}

interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

const refusal = (status: number, code: string, message: string): Answer => ({
  status,
  body: { error: { code, message } },
});

export const replica = (createdTime = '2026-11-23T09:10:00+00:00', change: Partial<Replica> = {}): Replica => ({
  createdTime,
  runningState: 'Running',
  ready: [true],
  ...change,
});

export const revision = (change: Partial<Revision> = {}): Revision => ({
  image: 'shop.azurecr.io/checkout:1.2.2',
  createdTime: '2026-11-23T09:00:00+00:00',
  active: true,
  healthState: 'Healthy',
  provisioningState: 'Provisioned',
  runningState: 'Running',
  minReplicas: 2,
  replicas: [replica(), replica()],
  ...change,
});

export class ContainerAppsServer {
  /** In the order in which they were made. */
  revisions: Record<string, Revision> = {
    'checkout--a1': revision(),
    'checkout--b2': revision({ image: 'shop.azurecr.io/checkout:1.2.3', runningState: 'RunningAtMaxScale' }),
  };
  traffic: Entry[] | null = [
    { revisionName: 'checkout--a1', weight: 100, label: 'blue' },
    { revisionName: 'checkout--b2', weight: 0, label: 'green' },
  ];
  mode: string | null = 'Multiple';
  ingress = true;
  /** Over what Azure says of the app otherwise. */
  more: Record<string, unknown> = {};
  latestReady: string | null = 'checkout--b2';
  latest: string | null = 'checkout--b2';
  /** How long a change takes, milliseconds; 0: it is there with the answer. */
  changeMs = 15_000;
  /** What meets the next change. */
  trouble: Trouble | undefined;
  /** Lists that were taken. */
  readonly changes: (readonly Entry[])[] = [];
  readonly #now: () => number;
  #changing: Change | undefined;
  readonly #outcomes = new Map<string, Answer>();
  #count = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  async start(): Promise<StandIn> {
    return standIn((request, response) => {
      const answer = this.respond(request);
      if (answer === undefined) response.destroy();
      else reply(response, answer.status ?? 200, answer.body ?? '', { ...answer.headers });
    });
  }

  /** @returns undefined: the connection breaks */
  respond(request: Received): Answer | undefined {
    const { method, path, headers, body } = request;
    expect(headers.authorization).toBe('Bearer a-secret-ARM_TOKEN');
    const url = new URL(path, 'http://azure');
    expect(Object.fromEntries(url.searchParams)).toEqual({ 'api-version': '2025-01-01' });
    this.#settle();
    const full = decodeURIComponent(url.pathname);
    if (full.startsWith(`${operations}/`)) return this.#outcome(full.slice(operations.length + 1));
    expect(full.startsWith(resource)).toBe(true);
    const rest = full.slice(resource.length);
    if (method === 'PATCH') {
      expect(rest).toBe('');
      expect(headers['content-type']).toBe('application/json');
      return this.#changed(JSON.parse(body) as Record<string, unknown>, headers.host ?? '');
    }
    expect(method).toBe('GET');
    expect(body).toBe('');
    if (rest === '') return { body: this.#app() };
    if (rest === '/revisions') {
      const names = Object.keys(this.revisions);
      return { body: { value: names.map((name) => this.#revision(name)), nextLink: null } };
    }
    const [, name = ''] = /^\/revisions\/([^/]+)\/replicas$/.exec(rest) ?? [];
    const found = this.revisions[name];
    if (!found) return refusal(404, 'RevisionNotFound', `Revision '${name}' was not found.`);
    return { body: { value: found.replicas.map(replicaBody) } };
  }

  /** Weights by revision, as a user of the app sees them. */
  get weights(): Record<string, number> {
    const weights: Record<string, number> = {};
    for (const { revisionName, latestRevision, weight = 0 } of this.traffic ?? []) {
      const name = latestRevision ? (this.latestReady ?? this.latest ?? '') : (revisionName ?? '');
      if (weight > 0) weights[name] = (weights[name] ?? 0) + weight;
    }
    return weights;
  }

  #changed(change: Record<string, unknown>, host: string): Answer | undefined {
    const { properties } = change as { properties: { configuration: { ingress: { traffic: Entry[] } } } };
    const { traffic } = properties.configuration.ingress;
    expect(change).toEqual({ properties: { configuration: { ingress: { traffic } } } });
    const { trouble } = this;
    this.trouble = undefined;
    switch (trouble) {
      case 'lost':
        return undefined;
      case '400':
        return refusal(400, 'InvalidParameterValueInTraffic', 'the weights are wrong');
      case '403':
        return refusal(403, 'AuthorizationFailed', 'no authorization for it');
      case '409':
        return refusal(
          409,
          'ContainerAppOperationInProgress',
          "Cannot modify a container app 'checkout' because there is an active provisioning operation",
        );
      case '429':
        return { ...refusal(429, 'TooManyRequests', 'slow down'), headers: { 'retry-after': '60' } };
      case '500':
        return refusal(500, 'InternalServerError', 'There was an unexpected error.');
      case 'taken-lost':
        this.#take(traffic, host, undefined);
        return undefined;
      case 'taken-500':
        this.#take(traffic, host, undefined);
        return refusal(500, 'InternalServerError', 'There was an unexpected error.');
      default:
        return this.#take(traffic, host, trouble);
    }
  }

  #take(traffic: Entry[], host: string, trouble: Trouble | undefined): Answer {
    this.#check(traffic);
    if (this.#changing) return refusal(409, 'ContainerAppOperationInProgress', 'another operation is in progress');
    this.#count += 1;
    const id = `op-${this.#count}`;
    this.changes.push(traffic);
    this.#changing = { id, traffic, ends: this.#now() + this.changeMs, trouble };
    if (this.changeMs === 0) {
      this.#settle();
      return { body: this.#app() };
    }
    if (trouble === 'outcome-silent') return { status: 202 };
    const origin = trouble === 'outcome-elsewhere' ? 'https://elsewhere.example' : `http://${host}`;
    const location = `${origin}${operations}/${id}?api-version=2025-01-01`;
    return { status: 202, headers: { location, 'retry-after': '5' } };
  }

  /** What Azure would not take. */
  #check(traffic: Entry[]): void {
    expect(this.mode).toBe('Multiple');
    let sum = 0;
    for (const { revisionName, latestRevision, weight, label } of traffic) {
      expect(latestRevision).toBeUndefined();
      expect(Number.isInteger(weight)).toBe(true);
      expect(Object.keys(this.revisions)).toContain(revisionName);
      if ((weight ?? 0) > 0) expect(this.revisions[revisionName ?? '']?.active).toBe(true);
      if (label === undefined) expect(weight).toBeGreaterThan(0);
      sum += weight ?? 0;
    }
    expect(sum).toBe(100);
    const labels = traffic.flatMap(({ label }) => label ?? []);
    expect(new Set(labels).size).toBe(labels.length);
    // Labels are not ours to take away.
    expect(labels.toSorted()).toEqual((this.traffic ?? []).flatMap(({ label }) => label ?? []).toSorted());
  }

  #outcome(id: string): Answer {
    const changing = this.#changing;
    if (changing?.trouble === 'outcome-403') {
      return refusal(403, 'AuthorizationFailed', 'does not have authorization to read operation results');
    }
    if (changing?.id === id) return { status: 202, headers: { 'retry-after': '5' } };
    return this.#outcomes.get(id) ?? refusal(404, 'NotFound', id);
  }

  /** Ends the change whose time has come. */
  #settle(): void {
    const changing = this.#changing;
    if (!changing || this.#now() < changing.ends) return;
    const { id, traffic, trouble } = changing;
    this.#changing = undefined;
    const why = "Revision 'checkout--b2' is not ready to take traffic.";
    if (trouble === 'fails') this.#outcomes.set(id, refusal(400, 'ContainerAppOperationError', why));
    if (trouble === 'fails-status') {
      this.#outcomes.set(id, {
        body: { id, status: 'Failed', error: { code: 'ContainerAppOperationError', message: why } },
      });
    }
    if (trouble === 'fails' || trouble === 'fails-status') return;
    this.traffic = traffic;
    this.#outcomes.set(id, trouble === 'fails-late' ? refusal(400, 'BadRequest', 'late') : { body: this.#app() });
  }

  #app(): object {
    const { mode, latest, latestReady, traffic, ingress, more } = this;
    return {
      id: resource,
      name: 'checkout',
      type: 'Microsoft.App/containerApps',
      location: 'West Europe',
      systemData: { lastModifiedAt: '2026-11-23T09:00:00' },
      properties: {
        provisioningState: this.#changing ? 'InProgress' : 'Succeeded',
        runningStatus: 'Running',
        latestRevisionName: latest,
        latestReadyRevisionName: latestReady,
        configuration: {
          secrets: [{ name: 'db' }],
          activeRevisionsMode: mode,
          ingress: ingress ? { fqdn: 'checkout.example', external: true, targetPort: 8080, traffic } : null,
        },
        ...more,
      },
    };
  }

  #revision(name: string): object {
    const { image, containers, minReplicas, replicas, ...properties } = this.revisions[name] as Revision;
    return {
      id: `${resource}/revisions/${name}`,
      name,
      type: 'Microsoft.App/containerApps/revisions',
      properties: {
        ...properties,
        fqdn: `${name}.example`,
        replicas: replicas.length,
        trafficWeight: this.weights[name] ?? 0,
        template: {
          containers: containers ?? [
            { name: 'checkout', image, env: [{ name: 'KEY', value: 'a-secret-in-a-template' }] },
          ],
          scale: { minReplicas, maxReplicas: 10 },
        },
      },
    };
  }
}

const replicaBody = ({ ready = [], ...properties }: Replica): object => ({
  name: 'checkout-6d5f',
  type: 'Microsoft.App/containerApps/revisions/replicas',
  properties: {
    ...properties,
    containers: ready.map((one, i) => ({
      name: `c${i}`,
      started: true,
      restartCount: 0,
      ...(one === undefined ? {} : { ready: one }),
    })),
  },
});
