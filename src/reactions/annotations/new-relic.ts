/** Annotation `new-relic`: events of change tracking, through NerdGraph. */
import * as v from 'valibot';
import { described, filled } from '../../policy/fields.js';
import { oneLine } from '../../sources/text.js';
import { defineAnnotation, type ReleaseEvent } from '../reaction.js';
import { strange, write } from '../write.js';

const schema = v.strictObject({
  entity: described(
    v.optional(filled),
    "Which entity is marked, as an entity search: `name = 'checkout' AND type = 'APPLICATION'`, `id = '<guid>'`. Default: the one with the service's name.",
  ),
});

interface Connection {
  readonly account: number;
  readonly region: string;
  /** Of NerdGraph, path and all. */
  readonly url?: string | undefined;
  readonly 'api-key': string;
}

/** https://docs.newrelic.com/docs/change-tracking/config/nerdgraph/; an error is an answer with status 200. */
const answerShape = v.object({
  errors: v.optional(v.nullable(v.array(v.object({ message: v.string() })))),
  data: v.optional(
    v.nullable(
      v.object({
        changeTrackingCreateEvent: v.nullable(
          v.object({
            changeTrackingEvent: v.nullable(v.object({ changeTrackingId: v.string() })),
            messages: v.optional(v.nullable(v.array(v.string()))),
          }),
        ),
      }),
    ),
  ),
});

const needs = 'a user key (not a license or ingest key) of a user who may see the entity';

/** An event as GraphQL's input literals. A string of JSON is one of GraphQL; `undefined` is left out. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return `{${fields.map(([key, inner]) => `${key}: ${literal(inner)}`).join(', ')}}`;
}

type Kind = 'deployment' | 'decision';

export const newRelicAnnotation = defineAnnotation<typeof schema, Connection>({
  type: 'new-relic',
  sourceType: 'new-relic',
  schema,
  open(config, connection, context) {
    const url = connection.url ?? `https://api.${connection.region === 'eu' ? 'eu.' : ''}newrelic.com/graphql`;
    const { origin } = new URL(url);
    const headers = { 'api-key': connection['api-key'] };
    let marked = false;
    const send = async (
      event: ReleaseEvent,
      kind: Kind,
      attributes: Readonly<Record<string, string>>,
      signal: AbortSignal,
    ): Promise<string> => {
      const { service } = event;
      if (config.entity === undefined && service === undefined) {
        throw new Error(
          'expected `entity` in the annotation, or `service` in the policy: which entity is to be marked?',
        );
      }
      const own = `name = '${(service ?? '').replace(/[\\']/g, '\\$&')}' AND accountId = ${connection.account}`;
      const deployment = { version: event.version ?? event.sha ?? 'unknown', commit: event.sha, deepLink: event.run };
      const input = {
        categoryAndTypeData:
          kind === 'deployment'
            ? { kind: { category: 'deployment', type: 'basic' }, categoryFields: { deployment } }
            : { kind: { category: 'operational', type: 'other' } },
        entitySearch: { query: config.entity ?? own },
        shortDescription: oneLine(event.words, 120),
        description: oneLine([event.words, event.run].filter((part) => part !== undefined).join(' '), 1000),
        user: event.actor,
        groupId: oneLine(`signalbox ${event.began} ${event.subject}`, 100),
        timestamp: Date.parse(event.at),
        customAttributes: { ...attributes, environment: event.environment },
      };
      const query = `mutation { changeTrackingCreateEvent(changeTrackingEvent: ${literal(input)}) { changeTrackingEvent { changeTrackingId } messages } }`;
      const answer = await write(context, { url, method: 'POST', headers, body: { query }, once: true, needs }, signal);
      const parsed = v.safeParse(answerShape, answer);
      if (!parsed.success) throw strange(origin);
      const { errors, data } = parsed.output;
      const result = data?.changeTrackingCreateEvent;
      const said = [...(errors ?? []).map(({ message }) => message), ...(result?.messages ?? [])].join('; ');
      const id = result?.changeTrackingEvent?.changeTrackingId;
      if (id === undefined || (errors ?? []).length > 0) {
        throw new Error(`${origin} does not take it${said === '' ? '' : `: ${oneLine(said, 300)}`}; it needs ${needs}`);
      }
      marked = true;
      return `change event ${id}${said === '' ? '' : `: ${oneLine(said)}`}`;
    };
    return {
      target: origin,
      begin: (event, signal) => send(event, 'deployment', {}, signal),
      end: (event, { decision, reason }, signal) =>
        // One deployment on the chart for each release, however many events tell of it.
        send(event, marked || decision === 'stop' ? 'decision' : 'deployment', { decision, reason }, signal),
    };
  },
});
