/** The way to what GitHub knows of a repository (https://docs.github.com/rest), by Octokit on top of the one HTTP client. */
import * as v from 'valibot';
import { serverWords } from '../../../net/errors.js';
import type { HttpResponse } from '../../../net/http.js';
import { parseJson } from '../../../net/json.js';
import { described, httpUrl, secret } from '../../../policy/fields.js';
import { iso } from '../../../train/clock.js';
import { NotMeasured, type SourceContext } from '../../source.js';
import { oneLine } from '../../text.js';
import { instantOf } from '../formats/json.js';
import { maskSecrets } from '../masks.js';
import type { Result } from '../result.js';

/** Fields that all of GitHub's sources have. */
export const connectionFields = {
  token: described(v.optional(secret), 'A token that may read the alerts, mostly `"${env.GITHUB_TOKEN}"`.'),
  repository: described(
    v.optional(
      v.pipe(v.string(), v.trim(), v.regex(/^[\w.-]+\/[\w.-]+$/, 'an owner and a repository such as octocat/shop')),
    ),
    "`owner/repository`. Default: the run's.",
  ),
  url: described(v.optional(httpUrl), 'Base URL of the API. Default: `GITHUB_API_URL`, or `https://api.github.com`.'),
};

export interface ConnectionConfig {
  readonly token?: string | undefined;
  readonly repository?: string | undefined;
  readonly url?: string | undefined;
}

/** One kind of alerts, or what else is asked for. */
export interface Kind {
  /** `code scanning`. */
  readonly name: string;
  /** What is refused or not known, in words. Default: its alerts. */
  readonly what?: string;
  /** The permission to name when it is missing. */
  readonly needs: string;
}

/** What the API answers with status 200. */
export interface Answer {
  readonly data: unknown;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** Alerts of a repository come a hundred at a time; a list that does not end is no list. */
const mostPages = 1000;
export const perPage = 100;

/** A SARIF of an analysis. */
const largestSarif = 256 * 2 ** 20;

/** Octokit would say on its own that an address is on its way out, in words of the server and past all logging. */
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export class Client {
  /** `owner/repository`. */
  readonly repository: string;
  readonly origin: string;
  readonly #base: string;
  /** Where people look at it. */
  readonly #pages: string;
  readonly #token: string | undefined;
  readonly #kind: Kind;
  readonly #context: SourceContext;

  /** @throws {NotMeasured} when nobody says which repository */
  constructor(config: ConnectionConfig, kind: Kind, context: SourceContext) {
    const { env } = context.identity;
    const repository = config.repository ?? env.GITHUB_REPOSITORY ?? '';
    if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) {
      throw new NotMeasured('bad-query', 'expected `repository: owner/name` in the source', { permanent: true });
    }
    this.repository = repository;
    this.#base = config.url ?? (env.GITHUB_API_URL || 'https://api.github.com').replace(/\/+$/, '');
    const { origin, pathname } = new URL(this.#base);
    this.origin = origin;
    // Only GitHub Enterprise Server has its API below a path; elsewhere it has a host of its own.
    this.#pages = pathname === '/' ? origin.replace('://api.', '://') : origin;
    this.#token = config.token;
    this.#kind = kind;
    this.#context = context;
  }

  now(): number {
    return this.#context.clock.now();
  }

  /** The number of an alert of this repository, from the address that GitHub puts beside a result; NaN: it is none. */
  alertOf(address: string | undefined): number {
    const api = `${this.#base}/repos/${this.repository}/code-scanning/alerts/`;
    // GitHub writes names as they were given first, and knows them in upper and lower case.
    const given = address?.toLowerCase();
    const found = [api, `${this.page('code-scanning')}/`].find((front) => given?.startsWith(front.toLowerCase()));
    const number = found === undefined ? '' : (given?.slice(found.length) ?? '');
    return /^\d{1,12}$/.test(number) ? Number(number) : Number.NaN;
  }

  /** The page of the repository's alerts for people. */
  page(path: string): string {
    return this.pageOf(`security/${path}`);
  }

  /** A page of the repository for people. */
  pageOf(path: string): string {
    return `${this.#pages}/${this.repository}/${path}`;
  }

  /**
   * @param path below the repository, with a slash in front
   * @param query values that are undefined are left out
   * @param kind what a refusal is about, where it is not the alerts
   * @throws {NotMeasured}
   */
  async get(path: string, query: Query, signal: AbortSignal, kind?: Kind): Promise<Answer> {
    return this.#request(`${this.#base}/repos/${this.repository}${path}`, query, signal, kind);
  }

  /**
   * All entries of a list, from its first page to its last. Octokit's own pagination takes some refusals for an empty page.
   *
   * @param enough whether nothing is needed of what comes after a page, and how many there were with it; default: all is needed
   * @throws {NotMeasured} also when the list does not end, or goes on at another server
   */
  async all(path: string, query: Query, signal: AbortSignal, enough?: Enough): Promise<readonly unknown[]> {
    const found: unknown[] = [];
    const seen = new Set<string>();
    let answer = await this.get(path, { ...query, per_page: perPage }, signal);
    for (;;) {
      if (!Array.isArray(answer.data)) throw this.strange(`list of ${this.#kind.what ?? 'alerts'}`);
      const page = answer.data as unknown[];
      found.push(...page);
      const next = this.#nextOf(answer.headers.link);
      if (next === undefined && found.length === perPage) await this.#proveWhole(path, query, signal);
      if (next === undefined || enough?.(page, seen.size + 1)) return found;
      if (seen.has(next) || seen.size >= mostPages) {
        throw new NotMeasured('bad-answer', `${this.origin} gives a list that does not end`);
      }
      seen.add(next);
      answer = await this.#request(sameQuestion(next, query), {}, signal);
    }
  }

  /** The address of the next page, from the header `link`; undefined: this was the last. */
  #nextOf(link: string | undefined): string | undefined {
    // A branch or a repository may be called `next`, and stands in the addresses.
    if (link === undefined || !/next/i.test(link.replace(/<[^<>]*>/g, ''))) return undefined;
    const [, url = ''] = /<([^<>]{1,8000})>\s*;[^,<>]{0,200}\brel="?next\b/i.exec(link) ?? [];
    if (URL.canParse(url) && new URL(url).origin === this.origin) return url;
    throw new NotMeasured('bad-answer', `${this.origin} names a next page that cannot be followed`);
  }

  /** A full page without a next one: either there are just so many, or something on the way took the header. */
  async #proveWhole(path: string, query: Query, signal: AbortSignal): Promise<void> {
    const less = await this.get(path, { ...query, per_page: perPage - 1 }, signal);
    if (this.#nextOf(less.headers.link) !== undefined) return;
    const message = `${this.origin} gives lists without the header \`link\`, so nobody knows what follows: does a proxy take it away?`;
    throw new NotMeasured('bad-answer', message);
  }

  /** The SARIF of an analysis, as text. @throws {NotMeasured} */
  async sarif(id: number, signal: AbortSignal): Promise<string> {
    const url = `${this.#base}/repos/${this.repository}/code-scanning/analyses/${id}`;
    const headers = this.#headers('application/sarif+json');
    const response = await this.#context.http.send({ url, headers, signal, maxBytes: largestSarif });
    this.#refuse(response);
    return response.text;
  }

  strange(what: string): NotMeasured {
    return new NotMeasured(
      'bad-answer',
      `${this.origin} answered with something that is no ${what}: is the URL right?`,
    );
  }

  #headers(accept: string): Record<string, string> {
    return {
      accept,
      'x-github-api-version': '2022-11-28',
      ...(this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` }),
    };
  }

  async #request(url: string, query: Query, signal: AbortSignal, kind?: Kind): Promise<Answer> {
    const { request } = await import('@octokit/request');
    const given = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
    const fetch = (to: string, init: { readonly headers: Readonly<Record<string, string>> }) =>
      this.#fetch(to, init.headers, signal, kind);
    try {
      // Octokit hands a refusal on as an error; it never comes here without having been looked at.
      const { status, headers, data } = await request(`GET ${url}`, {
        ...given,
        headers: this.#headers('application/vnd.github+json'),
        // Octokit would make big numbers of some texts, and is slow at it on Node 20.
        request: { fetch, log: silent, parseSuccessResponseBody: false },
      });
      const found = headers as Answer['headers'];
      return { data: parseJson({ status, headers: found, text: data as string }, this.origin), headers: found };
    } catch (error) {
      const { cause } = error as Error;
      if (error instanceof NotMeasured) throw error;
      if (cause instanceof NotMeasured) throw cause;
      throw this.strange('answer of GitHub');
    }
  }

  /** As much of an answer as Octokit looks at. The global one would load half of undici. */
  async #fetch(url: string, headers: Readonly<Record<string, string>>, signal: AbortSignal, kind?: Kind) {
    const response = await this.#context.http.send({ url, headers, signal });
    this.#refuse(response, kind);
    return { status: response.status, url, headers: Object.entries(response.headers), body: response.text };
  }

  #refuse(response: HttpResponse, { name, needs, what = `${name} alerts` }: Kind = this.#kind): void {
    const { status, headers } = response;
    if (status === 200) return;
    const said = serverWords(response.text, this.#headers(''));
    if (status === 401) {
      const wants = this.#token === undefined ? 'wants a token (`token`)' : 'does not accept the token';
      throw new NotMeasured('unauthorized', `${this.origin} ${wants} (401)${said}`);
    }
    if (status === 403 && headers['x-ratelimit-remaining'] === '0') {
      const reset = headers['x-ratelimit-reset'] ?? '';
      const until = /^\d{10}$/.test(reset) ? ` until ${iso(Number(reset) * 1000).slice(11, 16)} UTC` : '';
      throw new NotMeasured('throttled', `${this.origin} takes no more requests of this token${until}`);
    }
    if (status === 403 && /secondary rate|abuse/i.test(said)) {
      throw new NotMeasured('throttled', `${this.origin} throttles the requests (403)${said}`);
    }
    if (status === 403 && /not enabled|disabled|must be enabled/i.test(said)) {
      throw new NotMeasured('not-enabled', `${name} is not enabled for ${this.repository}${said}`, { permanent: true });
    }
    if (status === 403) {
      throw new NotMeasured('forbidden', `${this.origin} refuses ${what} (403): the token needs ${needs}${said}`);
    }
    if (status === 404 && /no analysis found/i.test(said)) {
      throw new NotMeasured('not-analysed', `GitHub holds no analysis of ${this.repository} there yet`);
    }
    if (status === 404) {
      const message = `${this.origin} knows no ${what} of ${this.repository} (404): is it enabled, and does the token have ${needs}?${said === '' ? '' : ` It says${said}`}`;
      throw new NotMeasured('not-found', message, { permanent: true });
    }
    throw new NotMeasured('bad-answer', `${this.origin} answered with ${status}${said}`);
  }
}

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;
type Enough = (page: readonly unknown[], pages: number) => boolean;

/** What was asked for stays asked for, whatever the server makes of its own address. */
function sameQuestion(next: string, query: Query): string {
  const url = new URL(next);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  // Octokit would take them for places to fill in.
  url.search = url.search.replace(/[:{}]/g, encodeURIComponent);
  return url.href;
}

/** When GitHub saw it first, where that is a time. */
export function sinceOf(raw: unknown): Pick<Result, 'since'> {
  const at = instantOf(raw);
  return at === undefined ? {} : { since: Date.parse(at) };
}

/** Why an alert was dismissed, in words. People paste secrets there too. */
export const dismissal = (parts: readonly unknown[]): string => {
  const said = parts.filter((part) => typeof part === 'string' && part.trim() !== '').join(': ');
  return oneLine(maskSecrets(said.slice(0, 4000)), 300);
};
