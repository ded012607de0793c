/** When the certificate of a server ends. */
import { isIP } from 'node:net';
import type { ConnectionOptions, DetailedPeerCertificate, TLSSocket } from 'node:tls';
import { failureOf } from '../../../net/errors.js';
import { NotMeasured } from '../../source.js';

/**
 * Connects and looks, sends nothing. The certificate must be one that this machine trusts for that name, but it may have ended.
 *
 * @returns when the first of the certificate and those above it ends, milliseconds since the epoch
 * @throws {NotMeasured} `tls`, `refused`, `dns`, `connection`, `timeout`
 */
export async function certificateEnd(
  url: URL,
  timeoutMs: number,
  signal: AbortSignal,
  trust: Pick<ConnectionOptions, 'ca'> = {},
): Promise<number> {
  const { connect } = await import('node:tls');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const own = new AbortController();
  return new Promise((resolve, reject) => {
    const socket = connect({
      ...trust,
      host,
      port: Number(url.port || 443),
      ...(isIP(host) === 0 ? { servername: host } : {}),
      // To read one that has ended; what else is wrong with it is refused below.
      rejectUnauthorized: false,
    });
    const end = (): void => {
      own.abort();
      socket.destroy(new Error('out of time'));
    };
    const timer = setTimeout(end, timeoutMs);
    signal.addEventListener('abort', end, { once: true });
    socket.once('close', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
    });
    socket.once('error', (error) => reject(failureOf(error, url, own.signal)));
    socket.once('secureConnect', () => {
      try {
        resolve(endOf(socket, url));
      } catch (error) {
        reject(error as Error);
      }
      socket.destroy();
    });
    if (signal.aborted) end();
  });
}

function endOf(socket: TLSSocket, url: URL): number {
  const wrong = String(socket.authorizationError ?? '');
  if (!socket.authorized && wrong !== 'CERT_HAS_EXPIRED') {
    const message = `${url.origin} has no certificate that this machine trusts for it (${wrong}): does NODE_EXTRA_CA_CERTS name its authority?`;
    throw new NotMeasured('tls', message, { permanent: true });
  }
  const ends: number[] = [];
  let next: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  while (next?.valid_to !== undefined && ends.length < 10) {
    ends.push(Date.parse(next.valid_to));
    next = next.issuerCertificate === next ? undefined : next.issuerCertificate;
  }
  const first = ends.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  if (Number.isFinite(first)) return first;
  throw new NotMeasured('tls', `${url.origin} does not say when its certificate ends`);
}
