/** Moving traffic by the weights of a route: one JSON Patch that the API server takes only if nobody changed the route since it was read. */
import * as v from 'valibot';
import { serverWords } from '../../../net/errors.js';
import type { HttpResponse } from '../../../net/http.js';
import { Refused } from '../../flags/control.js';
import { NotMeasured } from '../../source.js';
import type { TrafficControl, TrafficNow } from '../control.js';
import { type Client, needs } from './client.js';
import { statusForm } from './objects.js';
import type { Route } from './routes.js';
import { keyOf, targetOf } from './target.js';
import { backendShares, type RouteConfig, routeOf, tidy } from './traffic.js';

const canonical = (target: string): string => keyOf(targetOf(target));

export function routeControl(client: Client, config: RouteConfig): TrafficControl {
  const subject = config.route.replace('/', ' ');

  /** Percent by target, in the words of the policy. */
  function weightsOf(route: Route): Record<string, number> {
    const shared = backendShares(route, config);
    if ('unknown' in shared) throw new NotMeasured('bad-answer', shared.unknown);
    const weights: Record<string, number> = Object.fromEntries(
      Object.values(config.backends).map((target) => [target, 0]),
    );
    for (const [backend, percent] of shared.percent) {
      const target = Object.hasOwn(config.backends, backend) ? config.backends[backend] : undefined;
      if (target !== undefined) weights[target] = tidy((weights[target] ?? 0) + percent);
      else if (percent > 0) {
        throw new NotMeasured(
          'bad-answer',
          `${config.route} sends requests to ${backend} too, which is not among the \`backends\``,
        );
      }
    }
    return weights;
  }

  return {
    subject,
    async read(signal): Promise<TrafficNow> {
      const route = await routeOf(await client.reader(signal), config);
      if (route.idle !== undefined) throw new NotMeasured('bad-answer', `${config.route}: ${route.idle}`);
      return {
        weights: weightsOf(route),
        lock: route.resourceVersion,
        ...(route.busy === undefined ? {} : { busy: route.busy }),
      };
    },
    async write(weights, before, _note, signal) {
      const route = await routeOf(await client.reader(signal), config);
      if (route.resourceVersion === '' || route.resourceVersion !== before.lock) throw changed(config.route);
      if (route.owner !== undefined) {
        const next = `let it move the traffic, or give Signalbox a route of its own`;
        throw new Refused('managed', `${config.route} is written by ${route.owner}, which would undo the change`, next);
      }
      const operations = [
        { op: 'test', path: '/metadata/resourceVersion', value: route.resourceVersion },
        ...weightOperations(route, config, weights),
      ];
      const { apiVersion, kind, name } = route;
      const { response, sent, origin, namespace } = await client.patch({ apiVersion, kind, name, operations }, signal);
      if (response.status < 400) return;
      const said = serverWords(response.text, sent);
      if (response.status === 409 || (response.status === 422 && !namesObject(response))) throw changed(config.route);
      if (response.status === 401 || response.status === 403) {
        const next = `give its credential ${needs(kind, 'patch', namespace)}`;
        throw new Refused('permission', `${origin} does not allow the change (${response.status})${said}`, next);
      }
      throw new Refused(
        'refused',
        `${origin} does not take the change (${response.status})${said}`,
        "see the server's words, and change it by hand",
      );
    },
  };
}

function weightOperations(route: Route, config: RouteConfig, weights: Readonly<Record<string, number>>): object[] {
  const by = new Map(Object.entries(weights).map(([target, percent]) => [canonical(target), percent]));
  const known = Object.values(config.backends).map(canonical);
  const stranger = [...by.keys()].find((target) => !known.includes(target));
  if (stranger !== undefined || new Set(known).size < known.length) {
    const what =
      stranger === undefined ? 'several backends lead to the same target' : `no backend leads to ${stranger}`;
    throw new Refused(
      'too-complex',
      `${config.route}: ${what}`,
      'name one backend for each target in `traffic.backends`',
    );
  }
  const ours = route.rules.filter(({ backends }) => backends.some(({ key }) => Object.hasOwn(config.backends, key)));
  const whole = [...by.values()].every(Number.isInteger);
  if (!whole && route.kind.plural === 'virtualservices') {
    throw new Refused(
      'too-complex',
      'the weights of a VirtualService are whole percents',
      'choose a whole number of percent',
    );
  }
  return ours.flatMap(({ number, backends }) => {
    const listed = new Set(backends.map(({ key }) => key));
    const missing = Object.entries(config.backends).find(
      ([key, target]) => !listed.has(key) && (by.get(canonical(target)) ?? 0) > 0,
    );
    if (missing || listed.size < backends.length) {
      const what = missing ? `does not have the backend ${missing[0]}` : 'has a backend twice';
      throw new Refused(
        'too-complex',
        `rule ${number} of ${config.route} ${what}`,
        'let each rule name each backend once, with weight 0 where it gets nothing',
      );
    }
    return backends.map(({ key, pointer }) => {
      const target = Object.hasOwn(config.backends, key) ? config.backends[key] : undefined;
      const percent = target === undefined ? 0 : (by.get(canonical(target)) ?? 0);
      // Weights are whole numbers and relative: thousandths where percents are not whole.
      return { op: 'add', path: pointer, value: whole ? percent : Math.round(percent * 1000) };
    });
  });
}

/** A change that is not valid is answered with the object that it would not be valid for; a patch whose test fails is not. */
function namesObject({ text }: HttpResponse): boolean {
  try {
    const parsed = v.safeParse(statusForm, JSON.parse(text));
    return !parsed.success || Boolean(parsed.output.details?.name);
  } catch {
    return true;
  }
}

const changed = (route: string): Refused =>
  new Refused(
    'changed-in-between',
    `${route} was changed between reading and writing`,
    'see who changes it at the same time, then run this again',
  );
