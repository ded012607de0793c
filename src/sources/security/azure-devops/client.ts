/** The way to Advanced Security (https://learn.microsoft.com/rest/api/azure/devops/advancedsecurity/). */
import type { AzureConfig } from '../../../net/auth/azure.js';
import { azureDevopsCredentials, isUnauthorized, sendToAzureDevops } from '../../../net/auth/azure-devops.js';
import { serverWords } from '../../../net/errors.js';
import type { HttpResponse } from '../../../net/http.js';
import { parseJson } from '../../../net/json.js';
import { createLimit, type Limit } from '../../../net/limit.js';
import { NotMeasured, type SourceContext } from '../../source.js';
import { asArray, asObject, asText } from '../shape.js';
import type { Target } from './target.js';

export interface ClientConfig extends AzureConfig {
  readonly url: string;
}

/** Why there is no answer that a findings list could be made of; a code of the record, and in words. */
export interface Refusal {
  readonly code: 'NO_PERMISSION' | 'NOT_ENABLED' | 'NOT_ANALYSED';
  readonly message: string;
}

export type Got<T> = { readonly got: T } | { readonly refused: Refusal };

/** Pairs, since some names stand there more than once. */
export type Query = readonly (readonly [name: string, value: string])[];

/** What one sign-in asks at once; Azure DevOps slows down who uses much more than others. */
const limits = { concurrent: 4, starts: 200, perMs: 60_000 };

/** Rules bring their help pages with them, some kilobytes for each alert. */
const pageSize = 200;
const mostPages = 500;

const needs =
  'the permission «Advanced Security: read alerts» on the repository (Project settings, Repositories, Security), or a token with the scope Advanced Security (read)';
const buildIdentity =
  'Identities of builds (System.AccessToken) are refused since sprint 269: give the step a service connection with workload identity federation (input `azureSubscription`) whose service principal is a user of the organization, or name `sign-in`, `tenant` and `client`';

export class Client {
  readonly target: Target;
  readonly #config: ClientConfig;
  readonly #context: SourceContext;
  readonly #origin: string;
  readonly #base: string;
  readonly #limit: Limit;

  constructor(config: ClientConfig, target: Target, context: SourceContext) {
    this.target = target;
    this.#config = config;
    this.#context = context;
    this.#origin = new URL(config.url).origin;
    this.#base = [config.url, ...[target.organization, target.project].map(encodeURIComponent), '_apis'].join('/');
    this.#limit = createLimit(limits, context.clock);
  }

  /**
   * One GET.
   *
   * @param path below `_apis`, not yet escaped
   * @throws {NotMeasured} `unauthorized`, `bad-query`, `bad-answer`, those of the HTTP client
   */
  async get(path: readonly string[], query: Query, version: string, signal: AbortSignal): Promise<Got<unknown>> {
    const answer = await this.#send(path, query, version, signal);
    return 'refused' in answer ? answer : { got: parseJson(answer.got, this.#origin) };
  }

  /**
   * All items of a list.
   *
   * @param each takes an item as it comes, since all of them together may be too much to keep
   * @returns when the list began, milliseconds since the epoch by the clock of the service
   * @throws {NotMeasured} as `get`; `bad-answer` when the list is none, is not whole, or never ends
   */
  async list(
    path: readonly string[],
    query: Query,
    version: string,
    signal: AbortSignal,
    each: (item: unknown) => void,
  ): Promise<Got<number>> {
    const seen = new Set<string>();
    let began = this.#context.clock.now();
    for (let token: string | undefined; ; ) {
      const more: Query = token === undefined ? [] : [['continuationToken', token]];
      const answer = await this.#send(path, [['top', String(pageSize)], ...query, ...more], version, signal);
      if ('refused' in answer) {
        // In the midst of a list it is no word on the repository.
        if (token !== undefined) throw this.#broken('refuses to go on in the midst of a list');
        return answer;
      }
      if (token === undefined) began = dateOf(answer.got) ?? began;
      const items = this.#items(parseJson(answer.got, this.#origin));
      for (const item of items) each(item);
      token = answer.got.headers['x-ms-continuationtoken']?.trim() || undefined;
      if (token === undefined) {
        if (items.length >= pageSize) await this.#reallyEnds(path, [...query, ...more], version, signal);
        return { got: began };
      }
      if (seen.has(token)) throw this.#broken('gives the same page again');
      seen.add(token);
      if (seen.size >= mostPages) throw this.#broken(`gives more than ${mostPages} pages of ${pageSize}`);
    }
  }

  /** A full page without a token may be the last one, or a proxy may have taken the header away. */
  async #reallyEnds(path: readonly string[], query: Query, version: string, signal: AbortSignal): Promise<void> {
    const answer = await this.#send(path, [['top', String(pageSize + 1)], ...query], version, signal);
    if ('refused' in answer || this.#items(parseJson(answer.got, this.#origin)).length > pageSize) {
      throw this.#broken('does not say how a list goes on (header x-ms-continuationtoken): does a proxy take it away?');
    }
  }

  #items(json: unknown): readonly unknown[] {
    const items = asArray(json) ?? asArray(asObject(json)?.value);
    if (items === undefined) throw this.#broken('answered with something that is no list: is `url` right?');
    const count = asObject(json)?.count;
    if (typeof count === 'number' && count !== items.length) {
      throw this.#broken(`announced ${count} items and sent ${items.length}`);
    }
    return items;
  }

  #broken(what: string): NotMeasured {
    return new NotMeasured('bad-answer', `${this.#origin} ${what}`);
  }

  async #send(path: readonly string[], query: Query, version: string, signal: AbortSignal): Promise<Got<HttpResponse>> {
    const search = new URLSearchParams(
      [...query, ['api-version', version] as const].map(([name, value]): [string, string] => [name, value]),
    );
    const url = `${this.#base}/${path.map(encodeURIComponent).join('/')}?${search.toString()}`;
    const response = await this.#limit(() => sendToAzureDevops(this.#config, this.#context, url, signal), signal);
    if (response.status === 200) return { got: response };
    const said = serverWords(response.text, await azureDevopsCredentials(this.#config, this.#context, signal));
    if (isUnauthorized(response)) throw this.#unauthorized(response.status, said);
    const refused = this.#refusalOf(response, said);
    if (refused) return { refused };
    if (response.status >= 400) {
      const message = `Azure DevOps refuses the request (${response.status})${said}`;
      throw new NotMeasured('bad-query', message, { permanent: true });
    }
    throw this.#broken(`answered ${response.status}, which means nothing here`);
  }

  #refusalOf({ status, text }: HttpResponse, said: string): Refusal | undefined {
    const { name, ref } = this.target;
    if (status >= 400 && keyIn(text) === 'BranchNotFoundException') {
      const message = `Advanced Security has no analysis of ${ref} (${name}): has a scan run on this branch, and is \`ref\` right?`;
      return { code: 'NOT_ANALYSED', message };
    }
    if (status === 403) {
      return {
        code: 'NO_PERMISSION',
        message: `${this.#origin} refuses the request (403), it needs ${needs}. ${buildIdentity}${said}`,
      };
    }
    if (status === 404) {
      const message = `${this.#origin} knows no Advanced Security for ${name} (404): is it enabled for the repository, are \`organization\`, \`project\` and \`repository\` right, and may the sign-in see them?${said}`;
      return { code: 'NOT_ENABLED', message };
    }
    return undefined;
  }

  #unauthorized(status: number, said: string): NotMeasured {
    const message = `${this.#origin} does not accept the credential (${status}): it needs ${needs}; has the token expired, and is it for the organization ${this.target.organization}?${said}`;
    return new NotMeasured('unauthorized', message);
  }
}

function dateOf({ headers }: HttpResponse): number | undefined {
  const at = Date.parse(headers.date ?? '');
  return Number.isNaN(at) ? undefined : at;
}

/** `typeKey` of an error of Azure DevOps. */
function keyIn(body: string): string | undefined {
  try {
    return asText(asObject(JSON.parse(body))?.typeKey);
  } catch {
    return undefined;
  }
}
