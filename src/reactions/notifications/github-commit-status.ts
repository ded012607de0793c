/** Notification `github-commit-status`: a status on the commit that is released. https://docs.github.com/rest/commits/statuses */
import * as v from 'valibot';
import { described, filled } from '../../policy/fields.js';
import { oneLine } from '../../sources/text.js';
import { githubApi, githubFields } from '../github.js';
import { defineAnnotation, type Outcome, outcomeOf, type ReleaseEvent } from '../reaction.js';
import { strange } from '../write.js';
import { whenField } from './notification.js';

const permission = 'statuses: write';

const schema = v.strictObject({
  ...githubFields(permission),
  context: described(
    v.optional(v.pipe(filled, v.maxLength(200))),
    'Name of the status. Default: `signalbox`, and the environment behind a slash.',
  ),
  when: whenField(['stop', 'continue', 'observed', 'cancelled']),
});

const states = { continued: 'success', observed: 'success', faulty: 'failure', undecided: 'error' } as const;
type State = 'pending' | (typeof states)[Outcome];

export const githubCommitStatusNotification = defineAnnotation<typeof schema, undefined>({
  type: 'github-commit-status',
  schema,
  open(config, _connection, context) {
    const api = githubApi(config, context, permission);
    const status = async (event: ReleaseEvent, state: State, signal: AbortSignal): Promise<string> => {
      const repository = api.repositoryOf(event);
      const { sha = '', environment, run, notice } = event;
      if (!/^[0-9a-f]{40}$/i.test(sha)) throw new Error('expected the whole id of the commit in the input `commit`');
      const body = {
        state,
        context: config.context ?? (environment === undefined ? 'signalbox' : oneLine(`signalbox/${environment}`, 200)),
        description: oneLine(notice?.headline ?? event.words, 140),
        ...(run === undefined ? {} : { target_url: run }),
      };
      const answer = await api.call(`/repos/${repository}/statuses/${sha}`, `commit ${sha} in ${repository}`, signal, {
        body,
      });
      if (!v.is(v.object({ id: v.number() }), answer)) throw strange(api.origin);
      return `${state} on ${sha.slice(0, 10)} of ${repository}`;
    };
    return {
      target: config.repository ?? api.host,
      begin: (event, signal) => status(event, 'pending', signal),
      end: (event, decision, signal) => status(event, states[outcomeOf(decision)], signal),
    };
  },
});
