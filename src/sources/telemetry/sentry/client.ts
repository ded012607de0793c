/** The way to Sentry, its own or one that is hosted by oneself. */
import { serverWords } from '../../../net/errors.js';
import type { HttpResponse } from '../../../net/http.js';
import { parseJson, refuseDenied } from '../../../net/json.js';
import { NotMeasured, type SourceContext } from '../../source.js';

export interface ClientConfig {
  readonly url: string;
  readonly organization: string;
  readonly project: string;
  readonly 'project-id'?: number | undefined;
  readonly environment?: string | undefined;
  readonly token: string;
}

export interface Answer {
  readonly json: unknown;
  readonly headers: HttpResponse['headers'];
}

export class Client {
  readonly config: ClientConfig;
  readonly origin: string;
  readonly #context: SourceContext;

  constructor(config: ClientConfig, context: SourceContext) {
    this.config = config;
    this.origin = new URL(config.url).origin;
    this.#context = context;
  }

  now(): number {
    return this.#context.clock.now();
  }

  /**
   * @param path parts below `/api/0/`, not yet escaped
   * @param maybe a 404 is an answer
   * @returns undefined for a 404 where `maybe` allows one
   * @throws {NotMeasured}
   */
  async get(
    path: readonly string[],
    query: readonly (readonly [string, string])[],
    signal: AbortSignal,
    maybe = false,
  ): Promise<Answer | undefined> {
    const search = new URLSearchParams(query.map(([name, value]): [string, string] => [name, value])).toString();
    const url = `${this.config.url}/api/0/${path.map(encodeURIComponent).join('/')}/${search === '' ? '' : `?${search}`}`;
    const headers = { accept: 'application/json', authorization: `Bearer ${this.config.token}` };
    const response = await this.#context.http.send({ url, headers, signal });
    if (response.status === 404 && maybe) return undefined;
    refuseDenied(response, this.origin, 'the scopes org:read, project:releases and event:read', headers);
    if (response.status >= 400) {
      const message = `Sentry refuses the request (${response.status})${serverWords(response.text, headers)}`;
      throw new NotMeasured('bad-query', message, { permanent: true });
    }
    return { json: parseJson(response, this.origin), headers: response.headers };
  }

  /** For an answer that is not what the API documents. */
  strange(what: string): NotMeasured {
    return new NotMeasured(
      'bad-answer',
      `${this.origin} answered with something that is no ${what}: is the URL right?`,
    );
  }
}
