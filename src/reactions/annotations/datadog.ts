/** Annotation `datadog`: events that belong together, and if wanted a deployment for the DORA metrics. */
import * as v from 'valibot';
import { described, filled, httpUrl } from '../../policy/fields.js';
import { oneLine } from '../../sources/text.js';
import { defineAnnotation, type Outcome, outcomeOf, type ReleaseEvent } from '../reaction.js';
import { strange, write } from '../write.js';

const schema = v.strictObject({
  tags: described(v.optional(v.array(filled), []), 'Tags such as `team:shop`, beside `service`, `env` and `version`.'),
  dora: described(
    v.optional(v.boolean(), false),
    'On `continue` also report the deployment to the DORA metrics; needs `service`.',
  ),
  'repository-url': described(
    v.optional(httpUrl),
    'The repository, for the DORA metrics. Default: on GitHub the one of the run; elsewhere the commit is not reported.',
  ),
});

interface Connection {
  readonly site?: string | undefined;
  readonly url?: string | undefined;
  readonly 'api-key': string;
}

/** https://docs.datadoghq.com/api/latest/events/#post-an-event-v1 */
const eventAnswer = v.object({
  status: v.literal('ok'),
  // The number in `id` is beyond what a double can hold.
  event: v.optional(v.object({ id_str: v.optional(v.string()) })),
});
/** https://docs.datadoghq.com/api/latest/dora-metrics/#send-a-deployment-event */
const doraAnswer = v.object({ data: v.object({ id: v.string() }) });

const needs = 'a valid API key of the organization at this site';

const alertTypes = { continued: 'success', observed: 'warning', faulty: 'error', undecided: 'warning' } as const;
type AlertType = 'info' | (typeof alertTypes)[Outcome];

const seconds = (iso: string): number => Math.floor(Date.parse(iso) / 1000);
/** Exact to less than a microsecond: what a double can hold. */
const nanoseconds = (iso: string): number => Date.parse(iso) * 1e6;

/** `https://github.com/o/r/actions/runs/1` → `https://github.com/o/r`. */
const repositoryOfRun = ({ run }: ReleaseEvent): string | undefined =>
  /^(https?:.+)\/actions\/runs\//.exec(run ?? '')?.[1];

export const datadogAnnotation = defineAnnotation<typeof schema, Connection>({
  type: 'datadog',
  sourceType: 'datadog',
  schema,
  open(config, connection, context) {
    const base = connection.url ?? `https://api.${connection.site ?? 'datadoghq.com'}`;
    const { origin } = new URL(base);
    const headers = { 'dd-api-key': connection['api-key'] };
    const post = async (event: ReleaseEvent, alertType: AlertType, signal: AbortSignal): Promise<string> => {
      const tagged = { service: event.service, env: event.environment, version: event.version };
      const tags = Object.entries(tagged).flatMap(([key, value]) => (value === undefined ? [] : [`${key}:${value}`]));
      const body = {
        title: oneLine(event.words, 100),
        text: oneLine([event.words, event.run].filter((part) => part !== undefined).join(' '), 4000),
        date_happened: seconds(event.at),
        alert_type: alertType,
        // At most 100 characters; what has the same key is shown as one.
        aggregation_key: oneLine(`signalbox ${event.began} ${event.subject}`, 100),
        tags: ['tool:signalbox', ...tags, ...config.tags],
      };
      const url = `${base}/api/v1/events`;
      const answer = await write(context, { url, method: 'POST', headers, body, once: true, needs }, signal);
      const parsed = v.safeParse(eventAnswer, answer);
      if (!parsed.success) throw strange(origin);
      return `event ${parsed.output.event?.id_str ?? ''}`.trim();
    };
    const deployment = async (event: ReleaseEvent, signal: AbortSignal): Promise<string> => {
      if (event.service === undefined) throw new Error('expected `service` in the policy: DORA metrics are by service');
      const repository = config['repository-url'] ?? repositoryOfRun(event);
      const attributes = {
        service: event.service,
        ...(event.environment === undefined ? {} : { env: event.environment }),
        ...(event.version === undefined ? {} : { version: event.version }),
        started_at: nanoseconds(event.deployedAt),
        finished_at: nanoseconds(event.at),
        ...(event.sha === undefined || repository === undefined
          ? {}
          : { git: { commit_sha: event.sha, repository_url: repository } }),
      };
      const url = `${base}/api/v2/dora/deployment`;
      const body = { data: { attributes } };
      const answer = await write(context, { url, method: 'POST', headers, body, once: true, needs }, signal);
      const parsed = v.safeParse(doraAnswer, answer);
      if (!parsed.success) throw strange(origin);
      return `DORA deployment ${parsed.output.data.id}`;
    };
    return {
      target: origin,
      begin: (event, signal) => post(event, 'info', signal),
      async end(event, decision, signal) {
        const outcome = outcomeOf(decision);
        const dora = config.dora && decision.decision === 'continue';
        // Side by side; what was written is said even if the other was not.
        const done = await Promise.allSettled([
          post(event, alertTypes[outcome], signal),
          ...(dora ? [deployment(event, signal)] : []),
        ]);
        const said = done.map((one) =>
          one.status === 'fulfilled' ? one.value : `not written: ${(one.reason as Error).message}`,
        );
        if (done.some(({ status }) => status === 'rejected')) throw new Error(said.join('; '));
        return said.join(', ');
      },
    };
  },
});
