/** Reading from Azure Resource Manager, and changing what it manages. */
import * as v from 'valibot';
import { type AzureCloud, type AzureConfig, azureClouds, azureTokens, sendToAzure } from '../../../net/auth/azure.js';
import { serverWords } from '../../../net/errors.js';
import type { HttpRequest, HttpResponse } from '../../../net/http.js';
import { parseJson, refuseDenied } from '../../../net/json.js';
import { NotMeasured, type SourceContext } from '../../source.js';

/** `/subscriptions/…/resourceGroups/…/providers/…`: a resource. */
export const resourceIdForm =
  /^\/subscriptions\/[\w-]+\/resourceGroups\/[^/?#%&\s]+\/providers\/[\w.]+(?:\/\w+\/[^/?#%&]+)+$/i;
/** A resource, a resource group or a subscription. */
export const scopeIdForm =
  /^\/subscriptions\/[\w-]+(?:\/resourceGroups\/[^/?#%&\s]+(?:\/providers\/[\w.]+(?:\/\w+\/[^/?#%&]+)+)?)?$/i;

/** Without the differences that mean nothing to Azure: case, slashes at the ends. */
export const normalId = (id: string): string => `/${id.replace(/^\/+|\/+$/g, '').toLowerCase()}`;

/** Whether `id` is `scope` or lies in it; both as `normalId` gives them. */
export const within = (id: string, scope: string): boolean => id === scope || id.startsWith(`${scope}/`);

export const subscriptionOf = (id: string): string => id.split('/')[2] ?? '';

/** `microsoft.insights/components` of a resource's id; undefined for a group or a subscription. */
export function typeOf(id: string): string | undefined {
  const [, provider, rest] = /\/providers\/([^/]+)\/(.+)$/i.exec(id) ?? [];
  if (provider === undefined || rest === undefined) return undefined;
  const types = rest.split('/').filter((_, i) => i % 2 === 0);
  return [provider, ...types].join('/').toLowerCase();
}

export const lastSegment = (id: string): string => id.slice(id.lastIndexOf('/') + 1);

/** More pages of one list than this are not read. */
const maxPages = 40;

const page = v.object({ value: v.array(v.unknown()), nextLink: v.optional(v.nullable(v.string())) });

export interface Listed {
  readonly items: readonly unknown[];
  /** The list goes on, but nobody reads so much. */
  readonly cut: boolean;
}

/** An answer, whatever its status below 500. */
export interface ArmAnswer extends HttpResponse {
  /** What Azure says of a refusal, as `: …`; empty where it says nothing. */
  readonly said: string;
}

export interface Arm {
  /**
   * One GET.
   *
   * @param path starts with `/`; its parts are escaped
   * @param needs the permission to name when it is refused
   */
  get(path: string, query: Readonly<Record<string, string>>, needs: string, signal: AbortSignal): Promise<unknown>;
  /** The same for what Azure tells only on a POST, such as settings; it changes nothing. */
  post(path: string, query: Readonly<Record<string, string>>, needs: string, signal: AbortSignal): Promise<unknown>;
  /** All pages of a list. */
  list(path: string, query: Readonly<Record<string, string>>, needs: string, signal: AbortSignal): Promise<Listed>;
  /**
   * One change, sent once; what a refusal means is the caller's business.
   *
   * @param body JSON
   * @throws {NotMeasured} as `Http.send` does; `throttled`, `refused`, `dns` and `proxy`: it was not taken, else it may have been
   */
  change(
    method: 'POST' | 'PUT' | 'PATCH',
    path: string,
    query: Readonly<Record<string, string>>,
    body: unknown,
    signal: AbortSignal,
    headers?: Readonly<Record<string, string>>,
  ): Promise<ArmAnswer>;
  /**
   * How a change stands that takes a while.
   *
   * @param url from `Azure-AsyncOperation` or `Location` of its answer
   * @throws {NotMeasured} `bad-answer` where that is not on this origin
   */
  progress(url: string, signal: AbortSignal): Promise<ArmAnswer>;
  readonly origin: string;
}

/** @param base without a slash at its end */
export function openArm(config: AzureConfig, base: string, context: SourceContext): Arm {
  const tokens = azureTokens(config, context);
  const scope = scopeOf(config.cloud);
  const { origin } = new URL(base);

  async function answerTo(request: HttpRequest): Promise<ArmAnswer> {
    const { headers, signal } = request;
    const sent = { ...request, headers: { accept: 'application/json', ...headers } };
    const response = await sendToAzure(context, tokens, scope, sent);
    // A token that was refused is forgotten by now, so what repeats it could not be told.
    const quotable = response.status >= 400 && response.status !== 401;
    const said = quotable
      ? serverWords(response.text, { authorization: `Bearer ${await tokens.token(scope, signal)}` })
      : '';
    return { ...response, said };
  }

  async function send(method: 'GET' | 'POST', url: string, needs: string, signal: AbortSignal): Promise<unknown> {
    const answer = await answerTo({ url, method, signal });
    const { status, said } = answer;
    if (status >= 400) {
      if (status === 404) {
        throw new NotMeasured('not-found', `${origin} knows no such resource (404)${said}`, { permanent: true });
      }
      if (status === 403) {
        throw new NotMeasured('forbidden', `${origin} refuses the request (403), it needs ${needs}${said}`);
      }
      refuseDenied(answer, origin, needs);
      const permanent = status === 400 || status === 422;
      throw new NotMeasured(permanent ? 'bad-query' : 'query-failed', `Azure refuses the request (${status})${said}`, {
        permanent,
      });
    }
    return parseJson(answer, origin);
  }

  const first = (path: string, query: Readonly<Record<string, string>>): string => {
    const escaped = path.split('/').map(encodeURIComponent).join('/');
    // A plus sign is a space for forms only.
    return `${base}${escaped}?${new URLSearchParams(query).toString().replaceAll('+', '%20')}`;
  };

  return {
    origin,
    get: (path, query, needs, signal) => send('GET', first(path, query), needs, signal),
    post: (path, query, needs, signal) => send('POST', first(path, query), needs, signal),
    change: (method, path, query, body, signal, headers = {}) =>
      answerTo({
        url: first(path, query),
        method,
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
        once: true,
        signal,
      }),
    async progress(url, signal) {
      const there = here(url);
      if (there === undefined) {
        throw new NotMeasured('bad-answer', `how the change stands is told elsewhere than on ${origin}`);
      }
      return answerTo({ url: there, signal });
    },
    async list(path, query, needs, signal) {
      const items: unknown[] = [];
      const seen = new Set<string>();
      for (let url: string | undefined = first(path, query); url !== undefined; ) {
        if (seen.size === maxPages) return { items, cut: true };
        seen.add(url);
        const parsed = v.safeParse(page, await send('GET', url, needs, signal));
        if (!parsed.success) throw notArm(origin);
        items.push(...parsed.output.value);
        url = next(parsed.output.nextLink);
        if (url !== undefined && seen.has(url))
          throw new NotMeasured('bad-answer', `${origin} gives the same page again`);
      }
      return { items, cut: false };
    },
  };

  function next(link: string | null | undefined): string | undefined {
    if (link === undefined || link === null || link === '') return undefined;
    const there = here(link);
    if (there === undefined) {
      throw new NotMeasured('bad-answer', `the next page of the answer is not on ${origin}: is \`management\` right?`);
    }
    return there;
  }

  /** The token goes nowhere else. */
  function here(link: string): string | undefined {
    return URL.canParse(link) && new URL(link).origin === origin ? new URL(link).href : undefined;
  }
}

const scopeOf = (cloud: AzureCloud): string => `${azureClouds[cloud].resourceManager}/.default`;

export const notArm = (origin: string): NotMeasured =>
  new NotMeasured(
    'bad-answer',
    `${origin} answered with something that is not Azure Resource Manager's API: is \`management\` right?`,
  );
