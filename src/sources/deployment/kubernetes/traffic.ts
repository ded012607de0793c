/** How the users' requests are shared out among workloads: by the weights of a route, or by what a Service selects. */
import * as v from 'valibot';
import { described } from '../../../policy/fields.js';
import { adviceOn, NotMeasured } from '../../source.js';
import { kinds, type Reader } from './client.js';
import { type Asking, selects } from './common.js';
import { serviceForm } from './objects.js';
import { isReady, podsOf } from './pods.js';
import { type Route, readRoute, routeForm } from './routes.js';
import { keyOf, type Named, targetOf } from './target.js';
import { selectorOf } from './workloads.js';

const target = v.pipe(
  v.string(),
  v.check((text) => adviceOn(() => targetOf(text)).length === 0, 'a target such as deployment/checkout'),
);
const nameForm = /^[a-z0-9](?:[-.a-z0-9]{0,251}[a-z0-9])?$/;

const byRoute = v.strictObject({
  route: described(
    v.pipe(v.string(), v.regex(routeForm, '`httproute/NAME` or `virtualservice/NAME`')),
    'The Gateway API HTTPRoute or Istio VirtualService whose weights share out the requests.',
  ),
  backends: described(
    v.pipe(
      v.record(v.string(), target),
      v.check((map) => Object.keys(map).length > 0, 'at least one backend'),
    ),
    'Which workload stands behind each backend: a Service as the route names it, with Istio also `SERVICE:SUBSET`, and a target.',
  ),
});
const byService = v.strictObject({
  service: described(
    v.pipe(v.string(), v.regex(nameForm, 'the name of a Service')),
    'The Service whose selector is switched from one workload to the other (blue-green).',
  ),
});

export const trafficField = described(
  v.optional(v.union([byRoute, byService])),
  'Where it stands who gets the requests: `route` with its `backends`, or `service`. Without it only Rollouts and Canaries say.',
);
export type TrafficConfig = v.InferOutput<typeof byRoute> | v.InferOutput<typeof byService>;
export type RouteConfig = v.InferOutput<typeof byRoute>;

export interface Shares {
  /** Percent by `keyOf` the target; null: not known. A target that is not in it: nothing is said about it here. */
  readonly percent: ReadonlyMap<string, number | null>;
  /** Why it is not known, by the same. */
  readonly why: ReadonlyMap<string, string>;
  /** What else is to be known of the shares. */
  readonly notes: readonly string[];
}

/** @throws {NotMeasured} when it cannot be read */
export async function sharesOf(asking: Asking, config: TrafficConfig, asked: readonly Named[]): Promise<Shares> {
  if ('service' in config) return bySelector(asking, config.service, asked);
  const mapped = new Set(Object.values(config.backends).map((name) => keyOf(targetOf(name))));
  if (!asked.some((named) => mapped.has(keyOf(named)))) return { percent: new Map(), why: new Map(), notes: [] };
  const route = await routeOf(asking.reader, config);
  const unknown = route.idle ?? route.busy;
  const shared = unknown === undefined ? backendShares(route, config) : { unknown: `${config.route}: ${unknown}` };
  const percent = new Map<string, number | null>();
  const why = new Map<string, string>();
  for (const [backend, name] of Object.entries(config.backends)) {
    const key = keyOf(targetOf(name));
    const share = 'unknown' in shared ? undefined : shared.percent.get(backend);
    const before = percent.get(key);
    if (share === undefined || before === null) {
      percent.set(key, null);
      why.set(key, 'unknown' in shared ? shared.unknown : `${config.route} does not name the backend ${backend}`);
    } else percent.set(key, tidy((before ?? 0) + share));
  }
  return { percent, why, notes: 'unknown' in shared ? [] : shared.notes };
}

/** @throws {NotMeasured} also when the route is not there */
export async function routeOf(reader: Reader, config: RouteConfig): Promise<Route> {
  const route = await readRoute(reader, config.route);
  if (route) return route;
  const message = `there is no ${config.route} in the namespace ${reader.namespace}: is \`traffic\` right?`;
  throw new NotMeasured('not-found', message, { permanent: true });
}

/** 33.333333333333336 is no share that anybody set. */
export const tidy = (percent: number): number => Number(percent.toFixed(6));

/** Percent by backend over all rules that have one of the backends: they must say the same. */
export function backendShares(
  { rules }: Route,
  { route, backends }: RouteConfig,
): { readonly percent: ReadonlyMap<string, number>; readonly notes: readonly string[] } | { readonly unknown: string } {
  const ours = rules.filter((rule) => rule.backends.some(({ key }) => Object.hasOwn(backends, key)));
  const others = rules.filter((rule) => !ours.includes(rule)).map(({ number }) => number);
  let agreed: Map<string, number> | undefined;
  for (const { number, backends: listed } of ours) {
    const total = listed.reduce((sum, { weight }) => sum + weight, 0);
    if (!(total > 0)) return { unknown: `all weights of rule ${number} of ${route} are 0: nobody gets its requests` };
    const shares = new Map<string, number>();
    for (const { key, weight } of listed) shares.set(key, (shares.get(key) ?? 0) + (weight * 100) / total);
    if (agreed && !isSame(agreed, shares)) {
      return { unknown: `the rules of ${route} share out their requests differently, so some users are sent by rules` };
    }
    agreed = shares;
  }
  if (!agreed) return { unknown: `no rule of ${route} has one of the backends` };
  const notes =
    others.length === 0
      ? []
      : [`${route} sends the requests of rule ${others.join(', ')} elsewhere: they are not counted`];
  return { percent: agreed, notes };
}

const isSame = (a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean =>
  [...new Set([...a.keys(), ...b.keys()])].every((key) => Math.abs((a.get(key) ?? 0) - (b.get(key) ?? 0)) < 1e-6);

/** Whose pods serve behind a Service: all of them one workload's, or nobody can tell the shares. */
async function bySelector(asking: Asking, name: string, asked: readonly Named[]): Promise<Shares> {
  const { reader } = asking;
  const service = await reader.get(kinds.services, name, serviceForm);
  if (!service) {
    const message = `there is no Service ${name} in the namespace ${reader.namespace}: is \`traffic\` right?`;
    throw new NotMeasured('not-found', message, { permanent: true });
  }
  const labels = Object.entries(service.spec.selector ?? {});
  const named = asked.filter(({ kind }) => kind === 'deployment' || kind === 'statefulset' || kind === 'daemonset');
  const unknown = (why: string): Shares => ({
    percent: new Map(named.map((one) => [keyOf(one), null])),
    why: new Map(named.map((one) => [keyOf(one), why])),
    notes: [],
  });
  if (labels.length === 0) return unknown(`the Service ${name} has no selector`);
  const found = await podsOf(reader, labels.map(([key, value]) => `${key}=${value}`).join(','));
  if (!found.whole) return unknown(`who stands behind the Service ${name} is not known: ${found.why.join(', ')}`);
  const serving = found.pods.filter(isReady);
  if (serving.length === 0) return unknown(`no pod that the Service ${name} selects is ready`);
  const percent = new Map<string, number | null>();
  const why = new Map<string, string>();
  for (const one of named) {
    const selector = await selectorOf(asking, one.kind, one.name);
    const mine = selector && serving.filter(({ metadata }) => selects(selector, metadata.labels ?? {})).length;
    if (mine === undefined) continue;
    percent.set(keyOf(one), mine === 0 ? 0 : mine === serving.length ? 100 : null);
    if (mine > 0 && mine < serving.length) {
      why.set(
        keyOf(one),
        `the Service ${name} selects pods of several workloads (${mine} of ${serving.length} are its own), and has no weights`,
      );
    }
  }
  return { percent, why, notes: [] };
}
