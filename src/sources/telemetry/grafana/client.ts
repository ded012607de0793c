/** Grafana's HTTP API: what is the same for every request. */
import { authorization } from '../../../net/auth/basic.js';
import { serverWords } from '../../../net/errors.js';
import type { Http, HttpResponse } from '../../../net/http.js';
import { parseJson, refuseDenied } from '../../../net/json.js';
import { NotMeasured } from '../../source.js';

export interface Connection {
  readonly url: string;
  readonly token?: string | undefined;
}

export interface Client {
  readonly url: string;
  readonly origin: string;
  /**
   * Posts `body` where there is one, else gets.
   *
   * @param needs the permission to name
   * @returns the parsed body of an answer with a status of 200, 207 or 400; the last two hold errors, each beside its query
   * @throws {NotMeasured} `not-found`, `unauthorized`, `forbidden`, `bad-query`, `bad-answer`
   */
  json(path: string, needs: string, signal: AbortSignal, body?: object): Promise<unknown>;
  /** Something answered that is not this API. */
  foreign(): NotMeasured;
}

export function clientOf({ url, token }: Connection, http: Http): Client {
  const { origin } = new URL(url);
  const foreign = (status = 200): NotMeasured =>
    new NotMeasured(
      'bad-answer',
      `${origin} answered ${status} with something that is not Grafana's API: is the URL right?`,
    );
  return {
    url,
    origin,
    foreign,
    async json(path, needs, signal, body) {
      const headers = {
        accept: 'application/json',
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...authorization({ token }),
      };
      const sent = body ? { method: 'POST' as const, body: JSON.stringify(body) } : {};
      const response = await http.send({ url: `${url}${path}`, headers, signal, ...sent });
      if (response.status === 404 && /data source/i.test(response.text)) {
        const message = 'Grafana knows no data source with this uid, or the token may not see it (404)';
        throw new NotMeasured('not-found', message, { permanent: true });
      }
      refuseDenied(response, origin, needs, headers);
      const json = parseJson(response, origin);
      if (response.status === 200 || (holdsResults(json) && response.status < 500)) return json;
      throw refusal(response, headers) ?? foreign(response.status);
    },
  };
}

const holdsResults = (json: unknown): boolean => typeof json === 'object' && json !== null && 'results' in json;

function refusal(response: HttpResponse, headers: Readonly<Record<string, string>>): NotMeasured | undefined {
  if (response.status !== 400 && response.status !== 422) return undefined;
  const message = `Grafana refuses the request (${response.status})${serverWords(response.text, headers)}`;
  return new NotMeasured('bad-query', message, { permanent: true });
}
