/** What went wrong on the way to a server, in words. */
import { NotMeasured } from '../sources/source.js';

export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);

/**
 * `Retry-After` in milliseconds (RFC 9110, 10.2.3): a number of seconds or a date; 0 when there is none, or it is no such thing.
 */
export function retryAfterMs(header: string | undefined, now = Date.now()): number {
  if (header === undefined) return 0;
  const text = header.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}

const certificate = /^(?:CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|EPROTO$|HOSTNAME_MISMATCH)/;

/** Turns what `node:http` threw into a `NotMeasured`; one that is none already. Names the origin only, since a query may hold secrets. */
export function failureOf(error: unknown, url: URL, signal: AbortSignal): NotMeasured {
  if (error instanceof NotMeasured) return error;
  if (signal.aborted) return new NotMeasured('timeout', `${url.origin} did not answer in time`);
  const code = String((error as NodeJS.ErrnoException).code ?? '');
  if (code === 'ECONNREFUSED') return new NotMeasured('refused', `nothing listens at ${url.origin}`);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new NotMeasured('dns', `the name ${url.hostname} cannot be resolved: is it right, and reachable from here?`);
  }
  if (certificate.test(code)) {
    const hint = 'trust its authority by NODE_EXTRA_CA_CERTS';
    return new NotMeasured('tls', `no secure connection to ${url.origin} (${code}): ${hint}`, { permanent: true });
  }
  return new NotMeasured('connection', `the connection to ${url.origin} broke (${code || (error as Error).name})`);
}
