/** Annotation `github-deployment`: the status of a deployment on GitHub. */
import * as v from 'valibot';
import { described, httpUrl, secret } from '../../policy/fields.js';
import { oneLine } from '../../sources/text.js';
import { defineAnnotation, type Outcome, outcomeOf, type ReleaseEvent } from '../reaction.js';
import { strange, write } from '../write.js';

const deploymentId = v.pipe(
  v.union([v.string(), v.number()]),
  v.transform(String),
  v.regex(/^\d+$/, 'the number of a deployment'),
);

const schema = v.strictObject({
  token: described(secret, 'A token with the permission `deployments: write`.'),
  deployment: described(
    v.optional(deploymentId),
    'Id of the deployment. Default: the newest one of the commit to the environment.',
  ),
  repository: described(
    v.optional(
      v.pipe(v.string(), v.trim(), v.regex(/^[\w.-]+\/[\w.-]+$/, 'an owner and a repository such as octocat/shop')),
    ),
    "`owner/repository`. Default: the run's.",
  ),
  'environment-url': described(
    v.optional(httpUrl),
    'Where the environment can be looked at; GitHub shows that of the newest status only.',
  ),
  url: described(v.optional(httpUrl), 'Base URL of the API. Default: `GITHUB_API_URL`, or `https://api.github.com`.'),
});

/** https://docs.github.com/rest/deployments/deployments#list-deployments, newest first */
const listShape = v.array(v.object({ id: v.number() }));
/** https://docs.github.com/rest/deployments/statuses#create-a-deployment-status */
const answerShape = v.object({ id: v.number() });

/** What only observed lets the train go. */
const states = { continued: 'success', observed: 'success', faulty: 'failure', undecided: 'error' } as const;
type State = 'in_progress' | (typeof states)[Outcome];

const needs = 'a token with the permission deployments: write';

export const githubDeploymentAnnotation = defineAnnotation<typeof schema, undefined>({
  type: 'github-deployment',
  schema,
  open(config, _connection, context) {
    const base = config.url ?? (context.identity.env.GITHUB_API_URL || 'https://api.github.com').replace(/\/+$/, '');
    const { host, origin } = new URL(base);
    const headers = {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${config.token}`,
      'x-github-api-version': '2022-11-28',
    };
    let found = config.deployment;

    /** A private repository and a missing permission both look like a wrong address. */
    const call = async (url: string, what: string, signal: AbortSignal, body?: unknown): Promise<unknown> => {
      const request = body === undefined ? { method: 'GET' as const } : { method: 'POST' as const, body, once: true };
      return write(context, { url, headers, needs, ...request }, signal).catch((error: unknown) => {
        if ((error as { code?: unknown }).code !== 'not-found') throw error;
        throw new Error(`${origin} knows no ${what}, or the token may not see it: it needs ${needs}`);
      });
    };
    const repositoryOf = (event: ReleaseEvent): string => {
      const name = config.repository ?? event.repository ?? '';
      if (!/^[\w.-]+\/[\w.-]+$/.test(name)) throw new Error('expected `repository: owner/name` in the annotation');
      return name;
    };
    const lookUp = async (event: ReleaseEvent, repository: string, signal: AbortSignal): Promise<string> => {
      const { sha, environment } = event;
      if (sha === undefined || environment === undefined) {
        throw new Error('expected `deployment` in the annotation, or the inputs `sha` and `environment` to find it by');
      }
      const page = new URLSearchParams({ sha, environment, per_page: '1' });
      const answer = await call(
        `${base}/repos/${repository}/deployments?${page.toString()}`,
        `repository ${repository}`,
        signal,
      );
      const parsed = v.safeParse(listShape, answer);
      if (!parsed.success) throw strange(origin);
      const [newest] = parsed.output;
      if (newest === undefined) {
        const commit = sha.slice(0, 10);
        throw new Error(`${repository} has no deployment of ${commit} to ${environment}; name one by \`deployment\``);
      }
      return String(newest.id);
    };
    const status = async (event: ReleaseEvent, state: State, signal: AbortSignal): Promise<string> => {
      const repository = repositoryOf(event);
      found ??= await lookUp(event, repository, signal);
      const body = {
        state,
        description: oneLine(event.words, 140),
        ...(event.run === undefined ? {} : { log_url: event.run }),
        ...(config['environment-url'] === undefined ? {} : { environment_url: config['environment-url'] }),
      };
      const url = `${base}/repos/${repository}/deployments/${found}/statuses`;
      const answer = await call(url, `deployment ${found} of ${repository}`, signal, body);
      if (!v.is(answerShape, answer)) throw strange(origin);
      return `${state} on deployment ${found} of ${repository}`;
    };
    return {
      target: config.repository ?? host,
      begin: (event, signal) => status(event, 'in_progress', signal),
      end: (event, decision, signal) => status(event, states[outcomeOf(decision)], signal),
    };
  },
});
