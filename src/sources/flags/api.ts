/** Requests to the REST interfaces of flag providers: what a status means for reading a flag, and for changing one. */
import type { GenericSchema, InferOutput } from 'valibot';
import * as v from 'valibot';
import { serverWords } from '../../net/errors.js';
import type { HttpRequest, HttpResponse } from '../../net/http.js';
import { parseJson, refuseDenied } from '../../net/json.js';
import { NotMeasured, type SourceContext } from '../source.js';
import { Refused, type RefusedCode } from './control.js';

export interface Call {
  readonly url: string;
  /** Lower-case names, with the credential. */
  readonly headers: Readonly<Record<string, string>>;
  /** The permission to name, e.g. `the role App Configuration Data Reader`. */
  readonly needs: string;
}

/**
 * Reads. What a 404 means only the provider's file knows: the flag, its environment, its project, or an address that is wrong.
 *
 * @returns undefined on 404
 * @throws {NotMeasured} for everything that is no answer
 */
export async function read(
  context: SourceContext,
  { url, headers, needs }: Call,
  signal: AbortSignal,
): Promise<HttpResponse | undefined> {
  const sent = { accept: 'application/json', ...headers };
  const response = await context.http.send({ url, headers: sent, signal });
  const { origin } = new URL(url);
  if (response.status === 404) return undefined;
  refuseDenied(response, origin, needs, sent);
  if (response.status >= 400) {
    const message = `${origin} refuses the question (${response.status})${serverWords(response.text, sent)}`;
    throw new NotMeasured('bad-query', message, { permanent: true });
  }
  return response;
}

/**
 * The JSON of an answer in the shape that the provider publishes.
 *
 * @throws {NotMeasured} `bad-answer`
 */
export function shaped<S extends GenericSchema>(schema: S, response: HttpResponse, url: string): InferOutput<S> {
  const { origin } = new URL(url);
  const parsed = v.safeParse(schema, parseJson(response, origin));
  if (parsed.success) return parsed.output;
  const at = v.getDotPath(parsed.issues[0]);
  const where = at === null ? '' : ` (at ${at})`;
  throw new NotMeasured(
    'bad-answer',
    `${origin} answered in a shape that its API does not have${where}: is the URL right?`,
  );
}

/** Reads an answer in the shape that the provider publishes. See `read` and `shaped`. */
export async function readAs<S extends GenericSchema>(
  context: SourceContext,
  schema: S,
  call: Call,
  signal: AbortSignal,
): Promise<InferOutput<S> | undefined> {
  const response = await read(context, call, signal);
  return response && shaped(schema, response, call.url);
}

export interface Change extends Call {
  readonly method: NonNullable<HttpRequest['method']>;
  /** JSON unless it is a text, which is sent as it is. */
  readonly body?: unknown;
  /** See `HttpRequest`. */
  readonly once?: boolean;
  /** What the provider's own statuses and words mean; undefined: the usual. */
  readonly refusal?: (response: HttpResponse) => Refused | undefined;
}

/**
 * Changes.
 *
 * @returns the answer, with a status below 400
 * @throws {Refused} when the provider does not take it {NotMeasured} when it is not known whether it did
 */
export async function change(context: SourceContext, request: Change, signal: AbortSignal): Promise<HttpResponse> {
  const { url, method, headers, body, needs, once = false, refusal } = request;
  const sent = {
    accept: 'application/json',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...headers,
  };
  const text = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const response = await context.http.send({ url, method, headers: sent, ...text, once, signal });
  if (response.status < 400) return response;
  const { origin } = new URL(url);
  const own = refusal?.(response);
  if (own) throw own;
  const said = serverWords(response.text, sent);
  const { code, what, next } = usual(response.status, needs);
  throw new Refused(code, `${origin} ${what} (${response.status})${said}`, next);
}

function usual(status: number, needs: string): { code: RefusedCode; what: string; next: string } {
  switch (status) {
    case 401:
      return {
        code: 'permission',
        what: 'does not accept the credential',
        next: 'give this source a credential that is valid',
      };
    case 403:
      return { code: 'permission', what: 'does not allow the change', next: `give its credential ${needs}` };
    case 404:
      return { code: 'unknown-flag', what: 'knows no such flag to change', next: 'check its name and environment' };
    case 409:
    case 412:
      return {
        code: 'changed-in-between',
        what: 'holds another version of the flag than the one that was read',
        next: 'see who changes it at the same time, then run this again',
      };
    case 423:
      return { code: 'locked', what: 'has locked the flag', next: 'unlock it' };
    default:
      return {
        code: 'refused',
        what: 'does not take the change',
        next: "see the provider's words, and change it by hand",
      };
  }
}
