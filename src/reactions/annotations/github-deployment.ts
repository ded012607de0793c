/** Annotation `github-deployment`: the status of a deployment on GitHub. */
import * as v from 'valibot';
import { described, httpUrl } from '../../policy/fields.js';
import { oneLine } from '../../sources/text.js';
import { githubApi, githubFields } from '../github.js';
import { defineAnnotation, type Outcome, outcomeOf, type ReleaseEvent } from '../reaction.js';
import { strange } from '../write.js';

const deploymentId = v.pipe(
  v.union([v.string(), v.number()]),
  v.transform(String),
  v.regex(/^\d+$/, 'the number of a deployment'),
);

const permission = 'deployments: write';

const schema = v.strictObject({
  ...githubFields(permission),
  deployment: described(
    v.optional(deploymentId),
    'Id of the deployment. Default: the newest one of the commit to the environment.',
  ),
  'environment-url': described(
    v.optional(httpUrl),
    'Where the environment can be looked at; GitHub shows that of the newest status only.',
  ),
});

/** https://docs.github.com/rest/deployments/deployments#list-deployments, newest first */
const listShape = v.array(v.object({ id: v.number() }));
/** https://docs.github.com/rest/deployments/statuses#create-a-deployment-status */
const answerShape = v.object({ id: v.number() });

/** What only observed lets the train go. */
const states = { continued: 'success', observed: 'success', faulty: 'failure', undecided: 'error' } as const;
type State = 'in_progress' | (typeof states)[Outcome];

export const githubDeploymentAnnotation = defineAnnotation<typeof schema, undefined>({
  type: 'github-deployment',
  schema,
  open(config, _connection, context) {
    const api = githubApi(config, context, permission);
    let found = config.deployment;
    const lookUp = async (event: ReleaseEvent, repository: string, signal: AbortSignal): Promise<string> => {
      const { sha, environment } = event;
      if (sha === undefined || environment === undefined) {
        throw new Error('expected `deployment` in the annotation, or the inputs `sha` and `environment` to find it by');
      }
      const page = new URLSearchParams({ sha, environment, per_page: '1' });
      const path = `/repos/${repository}/deployments?${page.toString()}`;
      const parsed = v.safeParse(listShape, await api.call(path, `repository ${repository}`, signal));
      if (!parsed.success) throw strange(api.origin);
      const [newest] = parsed.output;
      if (newest === undefined) {
        const commit = sha.slice(0, 10);
        throw new Error(`${repository} has no deployment of ${commit} to ${environment}; name one by \`deployment\``);
      }
      return String(newest.id);
    };
    const status = async (event: ReleaseEvent, state: State, signal: AbortSignal): Promise<string> => {
      const repository = api.repositoryOf(event);
      found ??= await lookUp(event, repository, signal);
      const body = {
        state,
        description: oneLine(event.words, 140),
        ...(event.run === undefined ? {} : { log_url: event.run }),
        ...(config['environment-url'] === undefined ? {} : { environment_url: config['environment-url'] }),
      };
      const path = `/repos/${repository}/deployments/${found}/statuses`;
      const answer = await api.call(path, `deployment ${found} of ${repository}`, signal, { body });
      if (!v.is(answerShape, answer)) throw strange(api.origin);
      return `${state} on deployment ${found} of ${repository}`;
    };
    return {
      target: config.repository ?? api.host,
      begin: (event, signal) => status(event, 'in_progress', signal),
      end: (event, decision, signal) => status(event, states[outcomeOf(decision)], signal),
    };
  },
});
