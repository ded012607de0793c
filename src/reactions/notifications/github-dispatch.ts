/** Notification `github-dispatch`: starts the workflows that wait for the event. https://docs.github.com/rest/repos/repos#create-a-repository-dispatch-event */
import * as v from 'valibot';
import { described, filled } from '../../policy/fields.js';
import { githubApi, githubFields } from '../github.js';
import { defineAnnotation } from '../reaction.js';
import { messageOf, within } from './message.js';
import { whenField } from './notification.js';

const permission = 'contents: write';

/** GitHub takes less than 64 KB. */
const mostBytes = 60_000;

const schema = v.strictObject({
  ...githubFields(permission),
  event: described(
    v.optional(v.pipe(filled, v.maxLength(100))),
    'Type of the event. Default: `signalbox-stop`, `signalbox-continue`, …, by the decision.',
  ),
  when: whenField(['stop']),
});

export const githubDispatchNotification = defineAnnotation<typeof schema, undefined>({
  type: 'github-dispatch',
  schema,
  open(config, _connection, context) {
    const api = githubApi(config, context, permission);
    return {
      target: config.repository ?? api.host,
      async end(event, decision, signal) {
        const repository = api.repositoryOf(event);
        const type = config.event ?? `signalbox-${decision.reason === 'observed' ? 'observed' : decision.decision}`;
        // One property: GitHub takes ten at most.
        const body = { event_type: type, client_payload: { signalbox: within(messageOf(event, decision), mostBytes) } };
        await api.call(`/repos/${repository}/dispatches`, `repository ${repository}`, signal, { body });
        return `event ${type} to ${repository}`;
      },
    };
  },
});
