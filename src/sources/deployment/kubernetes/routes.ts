/**
 * Weights of a Gateway API HTTPRoute (https://gateway-api.sigs.k8s.io/reference/spec/, types `v1`) and of an Istio VirtualService
 * (https://istio.io/latest/docs/reference/config/networking/virtual-service/). In both a backend gets weight / (sum of the weights of its
 * rule).
 */
import * as v from 'valibot';
import { oneLine } from '../../text.js';
import { type Kind, kinds, type Reader } from './client.js';
import { conditionForm, metadataForm } from './objects.js';

/** One backend of a rule. */
export interface Backend {
  /** `SERVICE`, `SERVICE.NAMESPACE` for one elsewhere, `SERVICE:SUBSET`. */
  readonly key: string;
  readonly weight: number;
  /** Where its weight stands, as a JSON pointer. */
  readonly pointer: string;
}

export interface Rule {
  /** From 1. */
  readonly number: number;
  readonly backends: readonly Backend[];
}

export interface Route {
  readonly kind: Kind;
  readonly name: string;
  readonly apiVersion: string;
  readonly resourceVersion: string;
  readonly rules: readonly Rule[];
  /** Who writes it, where it is not ours to write. */
  readonly owner?: string;
  /** Why the weights are not those that the requests are shared by. */
  readonly idle?: string;
  /** The weights have been changed, and what shares out the requests has not taken that up yet. */
  readonly busy?: string;
}

export const routeForm = /^(httproute|virtualservice)\/([a-z0-9](?:[-.a-z0-9]{0,251}[a-z0-9])?)$/;

const optional = <S extends v.GenericSchema>(schema: S) => v.optional(v.nullable(schema));
const weight = optional(v.pipe(v.number(), v.minValue(0)));
const common = { apiVersion: v.string(), metadata: metadataForm };

const httpRouteForm = v.object({
  ...common,
  spec: v.object({
    rules: optional(
      v.array(
        v.object({
          filters: optional(v.array(v.object({ type: v.string() }))),
          backendRefs: optional(
            v.array(
              v.object({ kind: optional(v.string()), name: v.string(), namespace: optional(v.string()), weight }),
            ),
          ),
        }),
      ),
    ),
  }),
  status: optional(
    v.object({
      parents: optional(
        v.array(
          v.object({
            conditions: optional(
              v.array(v.object({ ...conditionForm.entries, observedGeneration: optional(v.number()) })),
            ),
          }),
        ),
      ),
    }),
  ),
});

const virtualServiceForm = v.object({
  ...common,
  spec: v.object({
    http: optional(
      v.array(
        v.object({
          delegate: optional(v.looseObject({})),
          route: optional(
            v.array(v.object({ destination: v.object({ host: v.string(), subset: optional(v.string()) }), weight })),
          ),
        }),
      ),
    ),
  }),
});

/** @param written as `routeForm` has it. @returns undefined when it is positively not there */
export async function readRoute(reader: Reader, written: string): Promise<Route | undefined> {
  const [, kind, name = ''] = routeForm.exec(written) ?? [];
  return kind === 'httproute' ? readHttpRoute(reader, name) : readVirtualService(reader, name);
}

async function readHttpRoute(reader: Reader, name: string): Promise<Route | undefined> {
  const found = await reader.get(kinds.httpRoutes, name, httpRouteForm);
  if (!found) return undefined;
  const rules = (found.spec.rules ?? []).map(({ filters, backendRefs }, i): Rule => {
    const redirects = (filters ?? []).some(({ type }) => type === 'RequestRedirect');
    const backends = (backendRefs ?? []).map((ref, j): Backend => {
      const { kind, name: service, namespace } = ref;
      const elsewhere = namespace && namespace !== reader.namespace ? `.${namespace}` : '';
      const key = kind && kind !== 'Service' ? `${kind}/${service}` : `${service}${elsewhere}`;
      return { key, weight: ref.weight ?? 1, pointer: `/spec/rules/${i}/backendRefs/${j}/weight` };
    });
    return { number: i + 1, backends: redirects ? [] : backends };
  });
  return { ...identityOf(found, kinds.httpRoutes), rules, ...attachment(found) };
}

/** Whether the gateways share out the requests as the route says now. */
function attachment({ metadata, status }: v.InferOutput<typeof httpRouteForm>): Pick<Route, 'idle' | 'busy'> {
  const parents = status?.parents ?? [];
  if (parents.length === 0) return { idle: 'no gateway has accepted it' };
  for (const { conditions } of parents) {
    for (const type of ['Accepted', 'ResolvedRefs']) {
      const condition = conditions?.find((c) => c.type === type);
      if (!condition) return { busy: `a gateway has not said yet whether it is ${type}` };
      if ((condition.observedGeneration ?? -1) < (metadata.generation ?? 0)) {
        return { busy: 'a gateway has not taken up its last change yet' };
      }
      if (condition.status !== 'True') {
        const said = oneLine(`${condition.reason ?? ''}: ${condition.message ?? ''}`, 160);
        return { idle: `a gateway says that it is not ${type} (${said})` };
      }
    }
    const invalid = conditions?.find((c) => c.type === 'PartiallyInvalid' && c.status === 'True');
    if (invalid) return { idle: `a part of it is not valid (${oneLine(invalid.message ?? '', 160)})` };
  }
  return {};
}

async function readVirtualService(reader: Reader, name: string): Promise<Route | undefined> {
  const found = await reader.get(kinds.virtualServices, name, virtualServiceForm);
  if (!found) return undefined;
  const http = found.spec.http ?? [];
  const rules = http.map(({ route }, i): Rule => {
    const destinations = route ?? [];
    const backends = destinations.map(({ destination: { host, subset }, weight: written }, j): Backend => {
      const key = `${serviceOf(host, reader.namespace)}${subset ? `:${subset}` : ''}`;
      // One destination alone gets everything, whatever its weight.
      const share = destinations.length === 1 ? 1 : (written ?? 0);
      return { key, weight: share, pointer: `/spec/http/${i}/route/${j}/weight` };
    });
    return { number: i + 1, backends };
  });
  const delegated = http.some(({ delegate }) => delegate);
  const idle = delegated ? 'it leaves requests to another VirtualService (delegate)' : undefined;
  return { ...identityOf(found, kinds.virtualServices), rules, ...(idle === undefined ? {} : { idle }) };
}

function identityOf({ apiVersion, metadata }: v.InferOutput<v.ObjectSchema<typeof common, undefined>>, kind: Kind) {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller === true);
  return {
    kind,
    name: metadata.name,
    apiVersion,
    resourceVersion: metadata.resourceVersion ?? '',
    ...(owner ? { owner: `${owner.kind ?? 'an object'} ${owner.name ?? ''}`.trimEnd() } : {}),
  };
}

/** A host of the mesh as a service: without what says the same in more words. */
export function serviceOf(host: string, namespace: string): string {
  const [, service = host, where] = /^([^.]+)(?:\.([^.]+)(?:\.svc(?:\..+)?)?)?$/.exec(host) ?? [];
  return where === undefined || where === namespace ? service : `${service}.${where}`;
}
