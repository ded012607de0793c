/** Shapes: https://learn.microsoft.com/rest/api/containerapps. */
import {
  ContainerAppsServer,
  type Entry,
  type Revision,
  replica,
  revision,
} from '../deployment/container-apps.provider.js';
import { type Contract, fromPage, type Responder } from './harness.js';

/** @param set what is otherwise than well: green runs 1.2.3 and gets nothing */
const app =
  (set: (green: Revision, app: ContainerAppsServer) => void = () => undefined): Responder =>
  (request, { now }) => {
    const server = new ContainerAppsServer(() => now);
    set(server.revisions['checkout--b2'] as Revision, server);
    const answer = server.respond(request);
    if (!answer) throw new Error('a read is always answered');
    return { ...answer, body: answer.body };
  };

const change = (of: Partial<Revision>): Responder => app((green) => void Object.assign(green, of));
const where = (of: Partial<ContainerAppsServer>): Responder => app((_, server) => void Object.assign(server, of));
const changeBlue = (of: Partial<Revision>): Responder =>
  app((_, { revisions }) => void Object.assign(revisions['checkout--a1'] as Revision, of));
const traffic = (...entries: Entry[]): Responder => where({ traffic: entries });
const replicas = (...given: Parameters<typeof replica>[1][]): Responder =>
  change({ replicas: given.map((one) => replica(undefined, one)) });

const green = { revisionName: 'checkout--b2', label: 'green' };
const blue = { revisionName: 'checkout--a1', label: 'blue' };

const instead =
  (end: string, answer: { status?: number; body: unknown }): Responder =>
  (request, times) =>
    new URL(request.path, 'http://azure').pathname.endsWith(end) ? answer : app()(request, times);
const refused = { status: 403, body: { error: { code: 'AuthorizationFailed', message: 'no' } } };

const never = { impossible: 'Azure tells how it is now, not how it was' };

export const contracts: readonly Contract[] = [
  {
    what: 'a revision before the flip',
    ...fromPage('container-apps', 'green is up, and gets nobody yet', 'management'),
    good: app(),
    bad: {
      'another version': change({ image: 'shop.azurecr.io/checkout:1.2.2' }),
      'not active': change({ active: false }),
      unhealthy: change({ healthState: 'Unhealthy' }),
      'not provisioned': change({ provisioningState: 'Failed', provisioningError: 'no such image' }),
      'failed to start': change({ runningState: 'ActivationFailed' }),
      degraded: change({ runningState: 'Degraded' }),
      'the app is stopped': where({ more: { runningStatus: 'Stopped' } }),
      'a replica is not ready': replicas({}, {}, { ready: [false] }),
      'a replica does not run': replicas({}, {}, { runningState: 'NotRunning' }),
      'too few replicas': change({ minReplicas: 1, replicas: [replica()] }),
      'scaled to zero': change({ runningState: 'ScaledToZero', minReplicas: 0, replicas: [] }),
      'gets traffic': traffic({ ...blue, weight: 99 }, { ...green, weight: 1 }),
      'gets traffic as the latest': traffic(
        { ...blue, weight: 99 },
        { latestRevision: true, label: 'green', weight: 1 },
      ),
      'not there': app((_, server) => {
        delete server.revisions['checkout--b2'];
      }),
      'no such label': traffic({ ...blue, weight: 100 }),
    },
    empty: {
      'no health': change({ healthState: 'None' }),
      'no version': change({ image: 'shop.azurecr.io/checkout:latest' }),
      'no containers': change({ containers: [] }),
      'nothing in the answers': () => ({ body: {} }),
    },
    partial: {
      'comes up': change({ provisioningState: 'Provisioning' }),
      'is activated': change({ runningState: 'Activating' }),
      'in a state that is new': change({ runningState: 'Fabulous' }),
      'in no state': change({ runningState: null }),
      'perhaps active': change({ active: null }),
      'the state of a replica is not known': replicas({}, {}, { runningState: 'Unknown' }),
      'the state of a container is not known': replicas({}, {}, { ready: [undefined] }),
      'weights that are not all': traffic({ ...blue, weight: 90 }, { ...green, weight: 0 }),
      'weights that are more than all': traffic({ ...blue, weight: 190 }, { ...green, weight: 0 }),
      'a weight to nobody': traffic({ ...blue, weight: 90 }, { weight: 10 }, { ...green, weight: 0 }),
      'a mode that is new': where({ mode: 'Labels' }),
      'it follows the latest, and comes next': where({
        latestReady: 'checkout--a1',
        traffic: [
          { latestRevision: true, weight: 100 },
          { ...green, weight: 0 },
        ],
      }),
      'two revisions have the label': traffic({ ...blue, label: 'green', weight: 100 }, { ...green, weight: 0 }),
      'the label is a suffix too': app(
        (_, { revisions }) => void Object.assign(revisions, { 'checkout--green': revision() }),
      ),
      'replicas may not be listed': instead('/replicas', refused),
      'revisions may not be listed': instead('/revisions', refused),
      'the app may not be read': instead('/checkout', refused),
      'replicas without a shape': instead('/replicas', { body: { value: [{}] } }),
      'revisions without a shape': instead('/revisions', { body: { value: [{}] } }),
      'the app without a shape': instead('/checkout', { body: { name: 'checkout' } }),
      'no app': instead('/checkout', { status: 404, body: { error: { code: 'ResourceNotFound', message: 'no' } } }),
      'a page of revisions elsewhere': instead('/revisions', { body: { value: [], nextLink: 'https://elsewhere/x' } }),
    },
    stale: never,
  },
  {
    what: 'the other side',
    ...fromPage('container-apps', 'blue is there', 'management'),
    good: app(),
    bad: changeBlue({ active: false }),
    empty: changeBlue({ minReplicas: null, replicas: [] }),
    partial: changeBlue({ runningState: 'Unknown' }),
    stale: never,
  },
  {
    what: 'both sides',
    ...fromPage('container-apps', 'both are ready', 'management'),
    good: app(),
    bad: replicas({}, { ready: [false] }),
    empty: change({ minReplicas: null, replicas: [] }),
    partial: replicas({}, { ready: [undefined] }),
    stale: never,
  },
];
