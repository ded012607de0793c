/** The way to Datadog: site, keys, and answers that are JSON. */
import * as v from 'valibot';
import { serverWords } from '../../../net/errors.js';
import { parseJson, refuseDenied } from '../../../net/json.js';
import { described, httpUrl, secret } from '../../../policy/fields.js';
import { NotMeasured, type SourceContext } from '../../source.js';

/** https://docs.datadoghq.com/getting_started/site/ */
const sites = [
  'datadoghq.com',
  'us3.datadoghq.com',
  'us5.datadoghq.com',
  'datadoghq.eu',
  'ap1.datadoghq.com',
  'ap2.datadoghq.com',
  'uk1.datadoghq.com',
  'ddog-gov.com',
  'us2.ddog-gov.com',
] as const;

/** Fields of a source's schema. */
export const clientFields = {
  site: described(v.optional(v.picklist(sites), 'datadoghq.com'), 'The Datadog site of the organization.'),
  url: described(v.optional(httpUrl), 'Base URL of the API. Default: that of the site, `https://api.<site>`.'),
  'api-key': described(secret, 'API key.'),
  'app-key': described(secret, 'Application key; it can do what its owner can, so take that of a service account.'),
};

export interface ClientConfig {
  readonly site: (typeof sites)[number];
  readonly url?: string | undefined;
  readonly 'api-key': string;
  readonly 'app-key': string;
}

export class Client {
  readonly origin: string;
  /** Base URL of the pages that people look at. */
  readonly app: string;
  readonly #config: ClientConfig;
  readonly #context: SourceContext;
  readonly #url: string;

  constructor(config: ClientConfig, context: SourceContext) {
    this.#url = config.url ?? `https://api.${config.site}`;
    this.origin = new URL(this.#url).origin;
    this.app = `https://${config.site.split('.').length === 2 ? `app.${config.site}` : config.site}`;
    this.#config = config;
    this.#context = context;
  }

  now(): number {
    return this.#context.clock.now();
  }

  /**
   * @param needs the permission that a refusal names
   * @param once sending it twice would do it twice
   * @returns the answer's JSON; undefined for a 404 where `maybe` allows one
   * @throws {NotMeasured}
   */
  async send(
    request: { path: string; body?: unknown; needs: string; once?: boolean; maybe?: boolean },
    signal: AbortSignal,
  ): Promise<unknown> {
    const headers = {
      accept: 'application/json',
      'dd-api-key': this.#config['api-key'],
      'dd-application-key': this.#config['app-key'],
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const response = await this.#context.http.send({
      url: `${this.#url}${request.path}`,
      headers,
      ...(request.body === undefined ? {} : { method: 'POST' as const, body: JSON.stringify(request.body) }),
      ...(request.once ? { once: true } : {}),
      signal,
    });
    if (response.status === 404 && request.maybe) return undefined;
    refuseDenied(response, this.origin, request.needs, headers);
    if (response.status >= 400) {
      const message = `Datadog refuses the request (${response.status})${serverWords(response.text, headers)}`;
      throw new NotMeasured('bad-query', message, { permanent: true });
    }
    return parseJson(response, this.origin);
  }

  /** For an answer that is not what the API documents. */
  strange(what: string): NotMeasured {
    return new NotMeasured(
      'bad-answer',
      `${this.origin} answered with something that is no ${what}: is the URL right?`,
    );
  }
}
