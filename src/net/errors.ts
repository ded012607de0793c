/** What went wrong on the way to a server, in words. */
import { NotMeasured } from '../sources/source.js';
import { oneLine } from '../sources/text.js';

export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);

/** Headers whose values are credentials: never in clear over a network, never in a message. */
export const secretHeaders: ReadonlySet<string> = new Set([
  'authorization',
  'api-key',
  'cookie',
  'dd-api-key',
  'dd-application-key',
  'statsig-api-key',
  'x-amz-security-token',
  'x-api-key',
]);

/**
 * `Retry-After` in milliseconds (RFC 9110, 10.2.3): a number of seconds or a date; 0 when there is none, or it is no such thing.
 *
 * @param now milliseconds since the epoch
 */
export function retryAfterMs(header: string | undefined, now: number): number {
  if (header === undefined) return 0;
  const text = header.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}

/**
 * What a server says of its refusal, as `: …` to be put behind our own words: a JSON body's `error`, `message`, `detail` or
 * `title`, or a short plain text. Nothing for a page of HTML. A server that repeats our credential is not quoted.
 *
 * @param sent the request's headers
 */
export function serverWords(body: string, sent: Readonly<Record<string, string>> = {}): string {
  const said = oneLine(wordsOf(body), 300);
  const secrets = Object.entries(sent)
    .filter(([name]) => secretHeaders.has(name.toLowerCase()))
    .map(([, value]) => value.replace(/^(?:bearer|basic|token|api-token|api-?key)\s+/i, ''));
  return said === '' || secrets.some((secret) => body.includes(secret)) ? '' : `: ${said}`;
}

function wordsOf(body: string): string {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return body.length <= 1000 && !/[<{]/.test(body) ? body : '';
  }
  if (typeof json !== 'object' || json === null) return '';
  // Azure App Service writes `Message`.
  const { error, message, Message, detail, title } = json as Record<string, unknown>;
  const nested = typeof error === 'object' && error !== null ? (error as Record<string, unknown>).message : undefined;
  return [error, message, Message, detail, nested, title].find((x) => typeof x === 'string') ?? '';
}

const certificate = /^(?:CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|EPROTO$|HOSTNAME_MISMATCH)/;

/**
 * Turns what `node:http` threw into a `NotMeasured`; one that is none already. Names the origin only, since a query may hold
 * secrets.
 *
 * @param proxy host and port of the proxy that the request went through
 * @returns for `tls` and `connection` with what was thrown as its `cause`
 */
export function failureOf(error: unknown, url: URL, signal: AbortSignal, proxy?: string): NotMeasured {
  if (error instanceof NotMeasured) return error;
  const through = proxy === undefined ? '' : ` through the proxy ${proxy}`;
  if (signal.aborted) return new NotMeasured('timeout', `${url.origin} did not answer in time${through}`);
  const code = String((error as NodeJS.ErrnoException).code ?? '');
  if (code === 'ECONNREFUSED') return new NotMeasured('refused', `nothing listens at ${proxy ?? url.origin}`);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    const name = proxy ?? url.hostname;
    return new NotMeasured('dns', `the name ${name} cannot be resolved: is it right, and known from here?`);
  }
  if (code === 'ERR_INVALID_CHAR') {
    const message = `a header for ${url.origin} cannot be sent: does the credential hold a line break?`;
    return new NotMeasured('bad-credential', message, { permanent: true });
  }
  if (certificate.test(code)) {
    const message = `no secure connection to ${url.origin}${through} (${code}): is it https, and does NODE_EXTRA_CA_CERTS name its authority?`;
    return new NotMeasured('tls', message, { permanent: true, cause: error });
  }
  return new NotMeasured(
    'connection',
    `the connection to ${url.origin}${through} broke (${code || (error as Error).name})`,
    { cause: error },
  );
}
