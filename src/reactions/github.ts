/** What all reactions on GitHub share: address, headers, and what its refusals mean. */
import * as v from 'valibot';
import { described, httpUrl, secret } from '../policy/fields.js';
import type { SourceContext } from '../sources/source.js';
import type { ReleaseEvent } from './reaction.js';
import { type Write, write } from './write.js';

const repositoryForm = /^[\w.-]+\/[\w.-]+$/;

/** @param permission that the token must have, e.g. `issues: write` */
export const githubFields = (permission: string) => ({
  token: described(secret, `A token with the permission \`${permission}\`.`),
  repository: described(
    v.optional(v.pipe(v.string(), v.trim(), v.regex(repositoryForm, 'an owner and a repository such as octocat/shop'))),
    "`owner/repository`. Default: the run's.",
  ),
  url: described(v.optional(httpUrl), 'Base URL of the API. Default: `GITHUB_API_URL`, or `https://api.github.com`.'),
});

interface Config {
  readonly token: string;
  readonly repository?: string | undefined;
  readonly url?: string | undefined;
}

export interface GithubApi {
  readonly host: string;
  readonly origin: string;
  /** `owner/name`. @throws when neither the policy nor the run says which */
  repositoryOf(event: ReleaseEvent): string;
  /**
   * @param path behind the base URL
   * @param what for the message when it is not there: a private repository and a missing permission both look like a wrong address
   */
  call(
    path: string,
    what: string,
    signal: AbortSignal,
    request?: Pick<Write, 'body'> & { method?: Write['method'] },
  ): Promise<unknown>;
}

export function githubApi(config: Config, context: SourceContext, permission: string): GithubApi {
  const base = config.url ?? (context.identity.env.GITHUB_API_URL || 'https://api.github.com').replace(/\/+$/, '');
  const { host, origin } = new URL(base);
  const needs = `a token with the permission ${permission}`;
  const headers = {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${config.token}`,
    'x-github-api-version': '2022-11-28',
  };
  return {
    host,
    origin,
    repositoryOf(event) {
      const name = config.repository ?? event.repository ?? '';
      if (!repositoryForm.test(name)) throw new Error('expected `repository: owner/name` in the policy');
      return name;
    },
    async call(path, what, signal, { method, body } = {}) {
      // A POST that was sent twice would be there twice.
      const request =
        body === undefined
          ? { method: method ?? ('GET' as const) }
          : { method: method ?? ('POST' as const), body, once: (method ?? 'POST') === 'POST' };
      return write(context, { url: `${base}${path}`, headers, needs, ...request }, signal).catch((error: unknown) => {
        if ((error as { code?: unknown }).code !== 'not-found') throw error;
        throw new Error(`${origin} knows no ${what}, or the token may not see it: it needs ${needs}`);
      });
    },
  };
}
