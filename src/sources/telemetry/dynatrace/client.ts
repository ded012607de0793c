/** Reading from Dynatrace's environment API v2. */
import { serverWords } from '../../../net/errors.js';
import { parseJson, refuseDenied } from '../../../net/json.js';
import { NotMeasured, type SourceContext } from '../../source.js';

export interface Client {
  /** Base URL of the environment. */
  readonly url: string;
  /** One GET of `/api/v2/<path>`. */
  get(path: string, query: Readonly<Record<string, string>>, scope: string, signal: AbortSignal): Promise<unknown>;
  /** What was answered is not what the API gives. */
  foreign(): NotMeasured;
}

export function openClient(config: { readonly url: string; readonly token: string }, context: SourceContext): Client {
  const { origin } = new URL(config.url);
  const headers = { accept: 'application/json', authorization: `Api-Token ${config.token}` };
  return {
    url: config.url,
    async get(path, query, scope, signal) {
      // A plus sign is a space for forms only.
      const search = new URLSearchParams(query).toString().replaceAll('+', '%20');
      const response = await context.http.send({ url: `${config.url}/api/v2/${path}?${search}`, headers, signal });
      if (response.status < 400) return parseJson(response, origin);
      const said = serverWords(response.text, headers);
      // A metric that does not exist gives 404 as well, and then the server says so.
      if (response.status === 404 && said !== '') {
        throw new NotMeasured('not-found', `Dynatrace does not find it (404)${said}`, { permanent: true });
      }
      refuseDenied(response, origin, `a token with the scope ${scope}`, headers);
      const permanent = response.status === 400 || response.status === 422;
      const message = `Dynatrace refuses the request (${response.status})${said}`;
      throw new NotMeasured(permanent ? 'bad-query' : 'query-failed', message, { permanent });
    },
    foreign: () =>
      new NotMeasured('bad-answer', `${origin} answered with something that is not Dynatrace's API: is \`url\` right?`),
  };
}
