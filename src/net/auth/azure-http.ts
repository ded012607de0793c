/** @azure/identity over the one HTTP client, so that proxies, certificates, retries and the words about them are the same. */
import type { TokenCredentialOptions } from '@azure/identity';
import { NotMeasured } from '../../sources/source.js';
import type { Http } from '../http.js';

type Client = NonNullable<TokenCredentialOptions['httpClient']>;
type Answer = Awaited<ReturnType<Client['sendRequest']>>;

/** What a sign-in met on its way. The library forgets it: of a broken connection as of a wrong tenant it tells only that there was an error. */
export interface Met {
  /** The client's own word on a request that got no answer. */
  failure?: NotMeasured;
  /** Entra's description of the last error that it answered with. */
  refusal?: string;
}

/** @param met is told what goes wrong */
export function clientFor(http: Http, signal: AbortSignal, met: Met): Client {
  return {
    async sendRequest(request): Promise<Answer> {
      // Its own wish for compression would stand against what the client can read.
      const { 'accept-encoding': _, ...headers } = request.headers.toJSON();
      const method = request.method === 'POST' ? 'POST' : 'GET';
      const body = typeof request.body === 'string' ? { body: request.body } : {};
      try {
        const got = await http.send({ url: request.url, method, headers, ...body, signal });
        if (got.status >= 400) met.refusal = descriptionIn(got.text);
        return { request, status: got.status, headers: caseless(got.headers), bodyAsText: got.text };
      } catch (error) {
        if (error instanceof NotMeasured) met.failure = error;
        throw error;
      }
    },
  };
}

/** `error_description` of an OAuth error (RFC 6749, 5.2). */
function descriptionIn(body: string): string {
  try {
    const { error_description: description } = JSON.parse(body) as Record<string, unknown>;
    return typeof description === 'string' ? description : '';
  } catch {
    return '';
  }
}

/** @param headers lower-case names */
function caseless(headers: Readonly<Record<string, string | undefined>>): Answer['headers'] {
  const kept = new Map(Object.entries(headers).map(([name, value]) => [name, value ?? '']));
  return {
    get: (name) => kept.get(name.toLowerCase()),
    has: (name) => kept.has(name.toLowerCase()),
    set: (name, value) => void kept.set(name.toLowerCase(), String(value)),
    delete: (name) => void kept.delete(name.toLowerCase()),
    toJSON: () => Object.fromEntries(kept),
    [Symbol.iterator]: () => kept.entries(),
  };
}
