/** Annotation `dynatrace`: a deployment event, and one for the decision. */
import * as v from 'valibot';
import { described, filled } from '../../policy/fields.js';
import { oneLine } from '../../sources/text.js';
import { defineAnnotation, type ReleaseEvent } from '../reaction.js';
import { strange, write } from '../write.js';

const schema = v.strictObject({
  entity: described(
    v.optional(filled),
    'Entity selector such as `type("SERVICE"),tag("checkout")`; entities must have been active in the last 24 hours. Default: that of the source, or else the environment.',
  ),
});

interface Connection {
  readonly url: string;
  readonly token: string;
  readonly entity?: string | undefined;
}

/** https://docs.dynatrace.com/docs/dynatrace-api/environment-api/events-v2/post-event */
const answerShape = v.object({
  reportCount: v.number(),
  eventIngestResults: v.optional(v.array(v.object({ correlationId: v.optional(v.string()), status: v.string() })), []),
});

const needs = 'an access token with the scope events.ingest';

/** Texts only, each of at most 4096 characters. */
const propertiesOf = (event: ReleaseEvent, more: Readonly<Record<string, string>>): Record<string, string> => {
  const all = {
    ...more,
    'dt.event.deployment.name': event.subject,
    'dt.event.deployment.version': event.version,
    'dt.event.deployment.project': event.service,
    'dt.event.deployment.release_stage': event.environment,
    'dt.event.deployment.ci_back_link': event.run,
    commit: event.sha,
    actor: event.actor,
    message: event.words,
  };
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(given.map(([key, value]) => [key, oneLine(value, 4000)]));
};

type EventType = 'CUSTOM_DEPLOYMENT' | 'CUSTOM_INFO';

export const dynatraceAnnotation = defineAnnotation<typeof schema, Connection>({
  type: 'dynatrace',
  sourceType: 'dynatrace',
  schema,
  open(config, connection, context) {
    const { origin } = new URL(connection.url);
    const selector = config.entity ?? connection.entity;
    let marked = false;
    const send = async (
      event: ReleaseEvent,
      eventType: EventType,
      more: Readonly<Record<string, string>>,
      signal: AbortSignal,
    ): Promise<string> => {
      const at = Date.parse(event.at);
      const body = {
        eventType,
        title: oneLine(event.words, 500),
        startTime: eventType === 'CUSTOM_DEPLOYMENT' ? Date.parse(event.deployedAt) : at,
        endTime: at,
        ...(selector === undefined ? {} : { entitySelector: selector }),
        properties: propertiesOf(event, more),
      };
      const headers = { authorization: `Api-Token ${connection.token}` };
      const url = `${connection.url}/api/v2/events/ingest`;
      const answer = await write(context, { url, method: 'POST', headers, body, once: true, needs }, signal);
      const parsed = v.safeParse(answerShape, answer);
      if (!parsed.success) throw strange(origin);
      const { reportCount, eventIngestResults: results } = parsed.output;
      if (reportCount === 0) throw new Error(`${origin} found no entity by \`${selector ?? ''}\``);
      const refused = results.filter(({ status }) => status !== 'OK');
      if (refused.length > 0) {
        throw new Error(
          `${origin} does not take it for ${refused.length} of ${results.length} entities: ${oneLine([...new Set(refused.map(({ status }) => status))].join(', '))}`,
        );
      }
      marked = true;
      return `event ${results[0]?.correlationId ?? ''} on ${reportCount} ${reportCount === 1 ? 'entity' : 'entities'}`;
    };
    return {
      target: origin,
      begin: (event, signal) => send(event, 'CUSTOM_DEPLOYMENT', {}, signal),
      end: (event, { decision, reason }, signal) => {
        // One deployment on the chart for each release, however many events tell of it.
        const type = marked || decision === 'stop' ? 'CUSTOM_INFO' : 'CUSTOM_DEPLOYMENT';
        return send(event, type, { decision, reason }, signal);
      },
    };
  },
});
