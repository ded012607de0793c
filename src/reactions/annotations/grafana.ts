/** Annotation `grafana`: one region on the dashboards, from the deployment to the decision. */
import * as v from 'valibot';
import { type AuthConfig, authorization } from '../../net/auth/basic.js';
import { described, filled, whole } from '../../policy/fields.js';
import { defineAnnotation, outcomeOf, type ReleaseEvent } from '../reaction.js';
import { strange, write } from '../write.js';

const schema = v.strictObject({
  tags: described(
    v.optional(v.array(filled), []),
    'Tags beside `signalbox`, the service, the environment and the decision; dashboards choose annotations by them.',
  ),
  dashboard: described(
    v.optional(filled),
    'UID of a dashboard. Default: an annotation of the organization, which every dashboard can show by its tags.',
  ),
  panel: described(v.optional(whole(1)), 'Id of a panel of the dashboard.'),
});

interface Connection extends AuthConfig {
  readonly url: string;
}

/** https://grafana.com/docs/grafana/latest/developers/http_api/annotations/#create-annotation */
const created = v.object({ id: v.number() });

const needs = 'a service account with the permissions annotations:create and annotations:write (role Editor)';

/** Grafana shows the text as HTML. */
const html = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const textOf = ({ words, run }: ReleaseEvent): string =>
  run === undefined ? html(words) : `${html(words)} <a href="${html(run).replaceAll('"', '&quot;')}">run</a>`;

export const grafanaAnnotation = defineAnnotation<typeof schema, Connection>({
  type: 'grafana',
  sourceType: 'grafana',
  schema,
  open(config, connection, context) {
    const { origin } = new URL(connection.url);
    const headers = authorization(connection);
    let id: number | undefined;
    const tags = ({ service, environment }: ReleaseEvent, ...more: string[]): string[] => [
      ...new Set(['signalbox', service, environment, ...more, ...config.tags].filter((tag) => tag !== undefined)),
    ];
    const create = async (fields: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<number> => {
      const place = {
        ...(config.dashboard === undefined ? {} : { dashboardUID: config.dashboard }),
        ...(config.panel === undefined ? {} : { panelId: config.panel }),
      };
      const url = `${connection.url}/api/annotations`;
      const body = { ...place, ...fields };
      const answer = await write(context, { url, method: 'POST', headers, body, once: true, needs }, signal);
      const parsed = v.safeParse(created, answer);
      if (!parsed.success) throw strange(origin);
      return parsed.output.id;
    };
    return {
      target: origin,
      async begin(event, signal) {
        const fields = { time: Date.parse(event.deployedAt), tags: tags(event), text: textOf(event) };
        id = await create(fields, signal);
        return `annotation ${id}`;
      },
      async end(event, decision, signal) {
        const said = outcomeOf(decision) === 'observed' ? 'observed' : decision.decision;
        const fields = { timeEnd: Date.parse(event.at), tags: tags(event, said), text: textOf(event) };
        if (id === undefined) {
          id = await create({ time: Date.parse(event.deployedAt), ...fields }, signal);
        } else {
          const url = `${connection.url}/api/annotations/${id}`;
          await write(context, { url, method: 'PATCH', headers, body: fields, needs }, signal);
        }
        return `annotation ${id}`;
      },
    };
  },
});
