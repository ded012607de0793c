/** Writing to an API that answers with JSON, or with nothing. */
import { serverWords } from '../net/errors.js';
import type { HttpRequest, HttpResponse } from '../net/http.js';
import { parseJson, refuseDenied } from '../net/json.js';
import type { SourceContext } from '../sources/source.js';

export interface Write {
  readonly url: string;
  readonly method: NonNullable<HttpRequest['method']>;
  /** Lower-case names, with the credential. */
  readonly headers: Readonly<Record<string, string>>;
  /** Absent: it only reads. */
  readonly body?: unknown;
  /** See `HttpRequest`. */
  readonly once?: boolean;
  /** The permission to name, e.g. `the scope events.ingest`. */
  readonly needs: string;
}

/**
 * @returns the answer's JSON; undefined when its body is empty
 * @throws when it was refused, with the permission to grant or the server's words
 */
export async function write(context: SourceContext, request: Write, signal: AbortSignal): Promise<unknown> {
  const { url, method, body, once = false, needs } = request;
  const headers = { accept: 'application/json', ...request.headers };
  const response = await context.http.send({
    url,
    method,
    headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    once,
    signal,
  });
  return written(response, new URL(url).origin, needs, headers);
}

/** The same for an answer that is there already. `sent`: see `refuseDenied`. */
export function written(
  response: HttpResponse,
  origin: string,
  needs: string,
  sent: Readonly<Record<string, string>>,
): unknown {
  refuseDenied(response, origin, needs, sent);
  if (response.status >= 400) {
    throw new Error(`${origin} does not take it (${response.status})${serverWords(response.text, sent)}`);
  }
  return response.text.trim() === '' ? undefined : parseJson(response, origin);
}

/** What an answer is that has another shape than its API's description gives it. */
export const strange = (origin: string): Error =>
  new Error(`${origin} answered, but not that it was written; look there whether it was`);
