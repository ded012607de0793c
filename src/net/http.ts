/**
 * The one HTTP client. It rides on `node:http`, since the first global `fetch()` costs 45 ms (Node 24) to 115 ms
 * (Node 20) of start-up.
 */
import http from 'node:http';
import https from 'node:https';
import pRetry from 'p-retry';
import { NotMeasured } from '../sources/source.js';
import type { Clock } from '../train/clock.js';
import { decode } from './body.js';
import { failureOf, isLoopback, retryAfterMs } from './errors.js';

export interface HttpRequest {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  /** Lower-case names. An `authorization` is never sent over plain http except to this machine. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
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
   * @returns any answer with a status below 500 other than 3xx, 408 and 429
   * @throws {NotMeasured} `refused`, `dns`, `tls`, `timeout`, `connection`, `throttled`, `server-error`, `redirect`, `too-large`,
   *   `bad-answer`, `insecure`, with what to do about it
   */
  send(request: HttpRequest): Promise<HttpResponse>;
}

export interface HttpOptions {
  readonly clock: Clock;
  /** For proxies; default: the process's. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Bytes of an answer's body, before and after decompression. */
  readonly maxBytes?: number;
  /** Milliseconds before the first retry; triples. */
  readonly firstRetryMs?: number;
}

const retries = 3;

/** A server that asks for more patience than this is asked again in the next round instead. */
const longestRetryAfterMs = 10_000;

/** Sent in clear they could be read on the way. */
const secretHeaders: ReadonlySet<string> = new Set(['authorization', 'x-api-key', 'api-key', 'cookie']);

const mayHeal: ReadonlySet<string> = new Set(['refused', 'dns', 'connection', 'throttled', 'server-error']);

export function createHttp(options: HttpOptions): Http {
  const agents = { 'http:': new http.Agent({ keepAlive: true }), 'https:': new https.Agent({ keepAlive: true }) };
  const maxBytes = options.maxBytes ?? 16 * 2 ** 20;
  const env = options.env ?? process.env;

  return {
    async send(request) {
      const url = new URL(request.url);
      refuseInsecure(url, request.headers ?? {});
      const agent = (await proxyAgent(url, env)) ?? agents[url.protocol as keyof typeof agents];
      let last: NotMeasured | undefined;
      try {
        return await pRetry(() => once(url, request, agent, maxBytes), {
          retries,
          minTimeout: options.firstRetryMs ?? 250,
          factor: 3,
          randomize: true,
          signal: request.signal,
          shouldRetry: ({ error }) => error instanceof NotMeasured && mayHeal.has(error.code) && !error.permanent,
          async onFailedAttempt({ error, retriesLeft }) {
            if (error instanceof NotMeasured) last = error;
            const wait = error instanceof Throttled ? error.retryAfterMs : 0;
            if (wait > longestRetryAfterMs) throw error;
            if (wait > 0 && retriesLeft > 0) await options.clock.sleep(wait, request.signal);
          },
        });
      } catch (error) {
        // Out of time while waiting for the next attempt: what the last one met says more than that.
        throw error instanceof NotMeasured ? error : (last ?? failureOf(error, url, request.signal));
      }
    },
  };
}

/** 429 or 503 with the server's word on when to come back. */
class Throttled extends NotMeasured {
  readonly retryAfterMs: number;

  constructor(message: string, code: string, retryAfter: number) {
    super(code, message);
    this.retryAfterMs = retryAfter;
  }
}

function refuseInsecure(url: URL, headers: Readonly<Record<string, string>>): void {
  if (url.protocol === 'https:' || isLoopback(url.hostname)) return;
  if (!Object.keys(headers).some((name) => secretHeaders.has(name))) return;
  throw new NotMeasured(
    'insecure',
    `${url.origin} is plain http: a credential is sent only over https, or to this machine`,
    {
      permanent: true,
    },
  );
}

async function proxyAgent(url: URL, env: HttpOptions['env'] & object): Promise<http.Agent | undefined> {
  const named = ['http_proxy', 'https_proxy', 'all_proxy'].some((name) => env[name] ?? env[name.toUpperCase()]);
  if (!named || isLoopback(url.hostname)) return undefined;
  const [{ getProxyForUrl }, { HttpsProxyAgent }] = await Promise.all([
    import('proxy-from-env'),
    import('https-proxy-agent'),
  ]);
  const proxy = getProxyForUrl(url.href);
  return proxy === '' ? undefined : new HttpsProxyAgent(proxy);
}

/** One attempt. */
function once(url: URL, request: HttpRequest, agent: http.Agent, maxBytes: number): Promise<HttpResponse> {
  const { method = 'GET', body, signal } = request;
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => reject(failureOf(error, url, signal));
    const headers = {
      'user-agent': 'signalbox',
      'accept-encoding': 'identity',
      ...request.headers,
      ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
    };
    const send = url.protocol === 'https:' ? https.request : http.request;
    const outgoing = send(url, { method, headers, agent, signal }, (incoming) => {
      receive(incoming, url, maxBytes).then(resolve, fail);
    });
    outgoing.on('error', fail);
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
  if (!incoming.complete)
    throw new NotMeasured('connection', `${url.origin} broke the connection in the middle of its answer`);
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
  const status = incoming.statusCode ?? 0;
  refuseStatus(status, headers, url);
  const text = await decode(Buffer.concat(chunks), headers['content-encoding'], maxBytes).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(url, maxBytes);
    throw new NotMeasured('bad-answer', `${url.origin} answered with a body that cannot be decoded`);
  });
  return { status, headers, text };
}

const tooLarge = (url: URL, maxBytes: number): NotMeasured =>
  new NotMeasured(
    'too-large',
    `${url.origin} answered with more than ${maxBytes / 2 ** 20} MiB: aggregate in the query`,
    {
      permanent: true,
    },
  );

/** Throws for what is no answer. */
function refuseStatus(status: number, headers: HttpResponse['headers'], url: URL): void {
  const retryAfter = retryAfterMs(headers['retry-after']);
  if (status === 429) {
    const wish = retryAfter > 0 ? ` and asks to wait ${Math.ceil(retryAfter / 1000)} s` : '';
    throw new Throttled(`${url.origin} throttles the requests (429)${wish}`, 'throttled', retryAfter);
  }
  if (status >= 500 || status === 408) {
    throw new Throttled(`${url.origin} failed (${status})`, 'server-error', status === 503 ? retryAfter : 0);
  }
  if (status >= 300 && status < 400) {
    const where = URL.canParse(headers.location ?? '', url.href) ? ` to ${pageOf(headers.location ?? '', url)}` : '';
    throw new NotMeasured(
      'redirect',
      `${url.origin} redirects (${status})${where}: is the URL right, and the credential?`,
      {
        permanent: true,
      },
    );
  }
}

/** Without the query, which may hold a session. */
function pageOf(location: string, base: URL): string {
  const { origin, pathname } = new URL(location, base.href);
  return `${origin}${pathname}`;
}
