/**
 * Reading from a Kubernetes API server (https://kubernetes.io/docs/reference/using-api/api-concepts/).
 *
 * A 404 has two meanings: with a `Status` that names the object it is a positive "not found"; anything else means that the server does
 * not know the kind of object, or is no API server, and says nothing about the object.
 */
import * as v from 'valibot';
import { serverWords } from '../../../net/errors.js';
import type { HttpResponse } from '../../../net/http.js';
import { parseJson, refuseDenied } from '../../../net/json.js';
import { NotMeasured, type SourceContext } from '../../source.js';
import { type ConnectConfig, type Connection, connect } from './connect.js';
import { listForm, statusForm } from './objects.js';

/** A kind of object. */
export interface Kind {
  /** Empty: the core group. */
  readonly group: string;
  /** The newest first; the next is tried where the cluster does not serve one. */
  readonly versions: readonly [string, ...string[]];
  readonly plural: string;
}

export const kinds = {
  namespaces: { group: '', versions: ['v1'], plural: 'namespaces' },
  pods: { group: '', versions: ['v1'], plural: 'pods' },
  services: { group: '', versions: ['v1'], plural: 'services' },
  deployments: { group: 'apps', versions: ['v1'], plural: 'deployments' },
  replicaSets: { group: 'apps', versions: ['v1'], plural: 'replicasets' },
  statefulSets: { group: 'apps', versions: ['v1'], plural: 'statefulsets' },
  daemonSets: { group: 'apps', versions: ['v1'], plural: 'daemonsets' },
  rollouts: { group: 'argoproj.io', versions: ['v1alpha1'], plural: 'rollouts' },
  canaries: { group: 'flagger.app', versions: ['v1beta1'], plural: 'canaries' },
  httpRoutes: { group: 'gateway.networking.k8s.io', versions: ['v1', 'v1beta1'], plural: 'httproutes' },
  virtualServices: { group: 'networking.istio.io', versions: ['v1', 'v1beta1'], plural: 'virtualservices' },
} as const satisfies Record<string, Kind>;

export interface Listed {
  readonly items: readonly unknown[];
  /** The list goes on, but nobody reads so much. */
  readonly cut: boolean;
}

/** What is asked within one question: each object once. */
export interface Reader {
  readonly namespace: string;
  /**
   * @returns undefined on a positive "not found"
   * @throws {NotMeasured}
   */
  get<S extends v.GenericSchema>(kind: Kind, name: string, form: S): Promise<v.InferOutput<S> | undefined>;
  /** All pages. @param selector labels, as the API writes them */
  list(kind: Kind, selector: string): Promise<Listed>;
}

export interface Patch {
  /** As the object names it: `gateway.networking.k8s.io/v1`. */
  readonly apiVersion: string;
  readonly kind: Kind;
  readonly name: string;
  /** JSON Patch (RFC 6902). */
  readonly operations: readonly object[];
}

export interface Client {
  reader(signal: AbortSignal): Promise<Reader>;
  /** @returns whatever status below 500 came */
  patch(patch: Patch, signal: AbortSignal): Promise<Answer & { readonly namespace: string; readonly origin: string }>;
}

interface Answer {
  readonly response: HttpResponse;
  /** The headers of the request. */
  readonly sent: Readonly<Record<string, string>>;
}

const pageSize = '500';
/** More pages of one list than this are not read. */
const maxPages = 40;

/** @param folder of the pod's service account, see `connect` */
export function openClient(config: ConnectConfig, context: SourceContext, folder?: string): Client {
  const told = new Set<string>();
  const identity: SourceContext['identity'] = {
    ...context.identity,
    secret(value) {
      // The token is read before each request, and each word of it is a line in the log.
      if (!told.has(value)) context.identity.secret(value);
      told.add(value);
    },
  };
  const { workspace } = context;
  const send = async (
    connection: Connection,
    path: string,
    signal: AbortSignal,
    patch?: { readonly body: string },
  ): Promise<Answer> => {
    const headers = {
      accept: 'application/json',
      authorization: `Bearer ${await connection.token()}`,
      ...(patch && { 'content-type': 'application/json-patch+json' }),
    };
    const { server, ca } = connection;
    const more = patch ? ({ method: 'PATCH', body: patch.body, once: true } as const) : {};
    const trust = ca === undefined ? {} : { ca };
    return {
      sent: headers,
      response: await context.http.send({ url: `${server}${path}`, headers, ...more, ...trust, signal }),
    };
  };
  return {
    async reader(signal) {
      const connection = await connect(config, { identity, workspace }, folder);
      return readerOf(connection, (path) => send(connection, path, signal));
    },
    async patch({ apiVersion, kind, name, operations }, signal) {
      const connection = await connect(config, { identity, workspace }, folder);
      const path = `/apis/${apiVersion}/namespaces/${connection.namespace}/${kind.plural}/${encodeURIComponent(name)}?fieldManager=signalbox`;
      const answer = await send(connection, path, signal, { body: JSON.stringify(operations) });
      return { ...answer, namespace: connection.namespace, origin: new URL(connection.server).origin };
    },
  };
}

function readerOf(
  { server, namespace }: Connection & { readonly namespace: string },
  send: (path: string) => Promise<Answer>,
): Reader {
  const { origin } = new URL(server);
  const asked = new Map<string, Promise<unknown>>();
  const once = <T>(key: string, ask: () => Promise<T>): Promise<T> => {
    const known = asked.get(key) ?? ask();
    asked.set(key, known);
    return known as Promise<T>;
  };

  /** The answer in the newest version that the cluster serves; undefined on a positive "not found". */
  async function answer(kind: Kind, verb: Verb, rest: string, name?: string): Promise<HttpResponse | undefined> {
    for (const version of kind.versions) {
      const { response, sent } = await send(`${pathOf(kind, version, namespace)}${rest}`);
      if (response.status !== 404) {
        refuse({ response, sent }, kind, verb);
        return response;
      }
      if (name !== undefined && saysNotFound(response, name)) return undefined;
    }
    throw unknownKind(kind, origin);
  }

  function refuse({ response, sent }: Answer, kind: Kind, verb: Verb): void {
    if (response.status < 400) return;
    refuseDenied(response, origin, needs(kind, verb, namespace), sent);
    if (response.status === 410) throw new Expired();
    const message = `${origin} refuses the request (${response.status})${serverWords(response.text, sent)}`;
    throw new NotMeasured(response.status === 400 ? 'bad-query' : 'query-failed', message);
  }

  async function pages(kind: Kind, selector: string): Promise<Listed> {
    const items: unknown[] = [];
    let from: string | undefined;
    for (let page = 0; page < maxPages; page++) {
      const query = new URLSearchParams({ labelSelector: selector, limit: pageSize, ...(from && { continue: from }) });
      // A plus sign is a space for forms only.
      const response = await answer(kind, 'list', `?${query.toString().replaceAll('+', '%20')}`);
      const parsed = v.safeParse(listForm, response && parseJson(response, origin));
      if (!parsed.success) throw foreign(origin);
      items.push(...parsed.output.items);
      const next = parsed.output.metadata?.continue || undefined;
      if (next === undefined) return { items, cut: false };
      if (next === from) throw new NotMeasured('bad-answer', `${origin} gives the same page again`);
      from = next;
    }
    return { items, cut: true };
  }

  return {
    namespace,
    async get(kind, name, form) {
      const response = await once(`${kind.group} ${kind.plural} ${name}`, () =>
        answer(kind, 'get', kind === kinds.namespaces ? '' : `/${encodeURIComponent(name)}`, name),
      );
      if (!response) return undefined;
      const json = parseJson(response, origin);
      const parsed = v.safeParse(form, json);
      if (!parsed.success) throw foreign(origin, v.getDotPath(parsed.issues[0]));
      if (!v.is(v.object({ metadata: v.object({ name: v.literal(name) }) }), json))
        throw foreign(origin, 'metadata.name');
      return parsed.output;
    },
    list: (kind, selector) =>
      once(`list ${kind.group} ${kind.plural} ${selector}`, async () => {
        try {
          return await pages(kind, selector);
        } catch (error) {
          // What the pages went on from is too old by now: a list is read anew from its beginning, once.
          if (error instanceof Expired) return pages(kind, selector);
          throw error;
        }
      }),
  };
}

type Verb = 'get' | 'list';

/** 410: the place in the list, or the version, is no longer kept. */
class Expired extends NotMeasured {
  constructor() {
    super(
      'query-failed',
      'the list changed faster than it could be read (410): it is asked for again in the next round',
    );
  }
}

function pathOf({ group, plural }: Kind, version: string, namespace: string): string {
  const base = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  return plural === 'namespaces' ? `${base}/namespaces/${namespace}` : `${base}/namespaces/${namespace}/${plural}`;
}

export const needs = ({ group, plural }: Kind, verb: string, namespace: string): string =>
  `a role that allows to ${verb} ${group === '' ? plural : `${plural}.${group}`} in the namespace ${namespace}`;

function saysNotFound(response: HttpResponse, name: string): boolean {
  try {
    const parsed = v.safeParse(statusForm, JSON.parse(response.text));
    return parsed.success && parsed.output.reason === 'NotFound' && parsed.output.details?.name === name;
  } catch {
    return false;
  }
}

function unknownKind({ group, versions, plural }: Kind, origin: string): NotMeasured {
  const builtIn = group === '' || group === 'apps';
  const hint = builtIn
    ? 'is `server` the API server?'
    : `is the custom resource definition ${plural}.${group} installed there?`;
  const asked = versions.map((version) => (group === '' ? version : `${group}/${version}`)).join(' and ');
  return new NotMeasured('not-found', `${origin} knows no ${plural} of ${asked} (404): ${hint}`, { permanent: true });
}

const foreign = (origin: string, at: string | null = null): NotMeasured =>
  new NotMeasured(
    'bad-answer',
    `${origin} answered with something that is not Kubernetes' API${at === null ? '' : ` (at ${at})`}: is \`server\` right?`,
  );
