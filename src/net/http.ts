/**
 * The one HTTP client. It rides on `node:http`, since the first global `fetch()` costs 45 ms (Node 24) to 115 ms
 * (Node 20) of start-up.
 */
import { setMaxListeners } from 'node:events';
import http from 'node:http';
import type https from 'node:https';
import pRetry from 'p-retry';
import { NotMeasured } from '../sources/source.js';
import type { Clock } from '../train/clock.js';
import { decode } from './body.js';
import { failureOf, isLoopback, retryAfterMs, secretHeaders, serverWords } from './errors.js';
import { type Detour, proxyFor, refusedByProxy } from './proxy.js';

export interface HttpRequest {
  readonly url: string;
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Lower-case names. A credential is never sent over plain http except to this machine. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Sending it twice does it twice: sent again only when it cannot have been taken (refused, unknown name, 429). */
  readonly once?: boolean;
  /** One attempt, and whatever status comes is the answer, 3xx and 5xx too: for a probe of the server itself. */
  readonly single?: boolean;
  /** Bytes of the answer's body, where it may be more than the client allows otherwise. */
  readonly maxBytes?: number;
  /** PEM of the certificate authorities to trust for this server, in place of those that this machine trusts. */
  readonly ca?: string;
  readonly signal: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The whole body, decoded as UTF-8. */
  readonly text: string;
}

export interface Http {
  /**
   * Sends, retrying what may heal (429 and 503 as `Retry-After` says, 408, 5xx, broken connections) until `signal`
   * aborts. Redirects are not followed: for an API they mean a login page or a wrong URL.
   *
   * @returns any answer with a status below 500 other than 3xx, 408 and 429; with `single` any answer
   * @throws {NotMeasured} `refused`, `dns`, `tls`, `timeout`, `connection`, `throttled`, `server-error`, `redirect`, `too-large`,
   *   `bad-answer`, `insecure`, `bad-credential`, `proxy`, with what to do about it
   */
  send(request: HttpRequest): Promise<HttpResponse>;
}

export interface HttpOptions {
  readonly clock: Clock;
  /** Tells whether there are proxies at all; default: the process's, which names them. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Bytes of an answer's body, before and after decompression; default 16 MiB. */
  readonly maxBytes?: number;
  /** Milliseconds before the first retry, triples from one to the next; default 250. */
  readonly firstRetryMs?: number;
}

const retries = 3;

/** A server that asks for more patience than this is asked again in the next round instead. */
const longestRetryAfterMs = 10_000;

/** A connection that lay idle from one round to the next may be dead by now, and without a retry that would count against the server. */
const briefly = { keepAlive: true, timeout: 3000 };

const mayHeal: ReadonlySet<string> = new Set(['refused', 'dns', 'connection', 'throttled', 'server-error', 'proxy']);
const notTaken: ReadonlySet<string> = new Set(['refused', 'dns', 'throttled', 'proxy']);

/** `node:https` loads TLS with it, which is 10 ms of start-up that plain http does not need. */
const transport = ({ protocol }: URL): typeof http | typeof https =>
  protocol === 'https:' ? process.getBuiltinModule('node:https') : http;

/** The client. Connections are kept open between requests; they do not keep the process alive. */
export function createHttp(options: HttpOptions): Http {
  const { clock, env = process.env, maxBytes = 16 * 2 ** 20, firstRetryMs = 250 } = options;
  const agents = new Map<string, http.Agent>();

  return {
    async send(request) {
      const url = new URL(request.url);
      refuseInsecure(url, request.headers ?? {});
      // One signal ends all the requests of a round; Node 20 takes more than ten of them for a leak and says so on stderr.
      setMaxListeners(0, request.signal);
      const proxy = await proxyFor(url, request.signal, env);
      const kept = request.single ? `${url.protocol} single` : url.protocol;
      const direct = agents.get(kept) ?? new (transport(url).Agent)(request.single ? briefly : { keepAlive: true });
      agents.set(kept, direct);
      if (request.single) return once(url, request, proxy ?? direct, maxBytes);
      const attempt = async (): Promise<HttpResponse> => {
        const got = await once(url, request, proxy ?? direct, maxBytes);
        refuseStatus(got, url, request.headers, clock.now());
        return got;
      };
      let last: NotMeasured | undefined;
      try {
        return await pRetry(attempt, {
          retries,
          minTimeout: firstRetryMs,
          factor: 3,
          randomize: true,
          signal: request.signal,
          shouldRetry: ({ error }) =>
            error instanceof NotMeasured && (request.once ? notTaken : mayHeal).has(error.code) && !error.permanent,
          async onFailedAttempt({ error, retriesLeft }) {
            if (error instanceof NotMeasured && error.code !== 'timeout') last = error;
            const wait = error instanceof Throttled ? error.retryAfterMs : 0;
            if (wait > longestRetryAfterMs) throw error;
            if (wait > 0 && retriesLeft > 0) await clock.sleep(wait, request.signal);
          },
        });
      } catch (error) {
        // Out of time while waiting for the next attempt: what the last one met says more than that.
        if (request.signal.aborted && last) throw last;
        throw failureOf(error, url, request.signal, proxy?.name);
      }
    },
  };
}

/** 429 or 503 with the server's word on when to come back. */
class Throttled extends NotMeasured {
  readonly retryAfterMs: number;

  constructor(code: string, message: string, retryAfter: number) {
    super(code, message);
    this.retryAfterMs = retryAfter;
  }
}

function refuseInsecure(url: URL, headers: Readonly<Record<string, string>>): void {
  if (url.protocol === 'https:' || isLoopback(url.hostname)) return;
  if (!Object.keys(headers).some((name) => secretHeaders.has(name.toLowerCase()))) return;
  const message = `${url.origin} is plain http: a credential is sent only over https, or to this machine`;
  throw new NotMeasured('insecure', message, { permanent: true });
}

/** One attempt, whatever its status. */
function once(url: URL, request: HttpRequest, way: http.Agent | Detour, maxBytes: number): Promise<HttpResponse> {
  const { method = 'GET', body, ca, signal } = request;
  const proxy = 'name' in way ? way : undefined;
  return new Promise((resolve, reject) => {
    let through = proxy === undefined;
    const fail = (error: unknown): void => {
      const failure = failureOf(error, url, signal, proxy?.name);
      // Nobody has heard of the server yet, so a probe of it has nothing to say.
      const ours = request.single && !through && failure.code !== 'dns';
      reject(ours ? new NotMeasured('proxy', failure.message, { permanent: failure.permanent }) : failure);
    };
    const headers = {
      'user-agent': 'signalbox',
      'accept-encoding': 'identity',
      ...request.headers,
      ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
    };
    const send = transport(url).request;
    let outgoing: http.ClientRequest;
    try {
      const agent = 'name' in way ? way.agent : way;
      const options = { method, headers, agent, signal, ...(ca === undefined ? {} : { ca }) };
      outgoing = send(url, options, (incoming) => {
        receive(incoming, url, request.maxBytes ?? maxBytes).then(resolve, fail);
      });
    } catch (error) {
      fail(error);
      return;
    }
    outgoing.on('error', fail);
    // While the tunnel is not there yet, the request would not hear of it.
    if (proxy) signal.addEventListener('abort', fail, { once: true });
    outgoing.on('proxyConnect', ({ statusCode }: { statusCode: number }) => {
      const refused = proxy && refusedByProxy(statusCode, proxy.name, url);
      if (refused) outgoing.destroy(refused);
      else through = true;
    });
    outgoing.end(body);
  });
}

async function receive(incoming: http.IncomingMessage, url: URL, maxBytes: number): Promise<HttpResponse> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(url, maxBytes);
    chunks.push(chunk);
  }
  if (!incoming.complete) {
    throw new NotMeasured('connection', `${url.origin} broke the connection in the middle of its answer`);
  }
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
  const status = incoming.statusCode ?? 0;
  const text = await decode(Buffer.concat(chunks), headers['content-encoding'], maxBytes).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(url, maxBytes);
    // The status of a refusal says enough without its body.
    if (status >= 300) return '';
    throw new NotMeasured('bad-answer', `${url.origin} answered with a body that cannot be decoded`);
  });
  return { status, headers, text };
}

function tooLarge(url: URL, maxBytes: number): NotMeasured {
  const message = `${url.origin} answered with more than ${maxBytes / 2 ** 20} MiB: ask for less`;
  return new NotMeasured('too-large', message, { permanent: true });
}

/** Throws for what is no answer. */
function refuseStatus(
  { status, headers, text }: HttpResponse,
  url: URL,
  sent: HttpRequest['headers'],
  now: number,
): void {
  // Datadog says it in a header of its own, in seconds from now; others give a date in it.
  const reset = headers['x-ratelimit-reset'];
  const retryAfter = retryAfterMs(headers['retry-after'] ?? (/^\d{1,6}$/.test(reset ?? '') ? reset : undefined), now);
  if (status === 429) {
    const wish = retryAfter > 0 ? ` and asks to wait ${Math.ceil(retryAfter / 1000)} s` : '';
    throw new Throttled('throttled', `${url.origin} throttles the requests (429)${wish}`, retryAfter);
  }
  if (status >= 500 || status === 408) {
    const message = `${url.origin} failed (${status})${serverWords(text, sent)}`;
    throw new Throttled('server-error', message, status === 503 ? retryAfter : 0);
  }
  if (status >= 300 && status < 400) {
    const where = URL.canParse(headers.location ?? '', url.href) ? ` to ${pageOf(headers.location ?? '', url)}` : '';
    const message = `${url.origin} redirects (${status})${where}: is the URL right, and the credential?`;
    throw new NotMeasured('redirect', message, { permanent: true });
  }
}

/** Without the query, which may hold a session. */
function pageOf(location: string, base: URL): string {
  const { protocol, host, pathname } = new URL(location, base.href);
  return `${protocol}//${host}${pathname}`;
}
