/**
 * Signatures of requests to Azure App Configuration by an access key
 * (https://learn.microsoft.com/azure/azure-app-configuration/rest-api-authentication-hmac).
 */
import { createHash, createHmac } from 'node:crypto';
import type { HttpRequest } from '../../../net/http.js';

export interface AccessKey {
  /** Id of the key. */
  readonly credential: string;
  /** Its value, in Base64. */
  readonly secret: string;
}

const signed = 'x-ms-date;host;x-ms-content-sha256';

/** @param now milliseconds since the epoch; the service takes no more than 15 minutes of difference @returns headers to send along */
export function signatureOf(
  { url, method = 'GET', body = '' }: Pick<HttpRequest, 'url' | 'method' | 'body'>,
  { credential, secret }: AccessKey,
  now: number,
): Readonly<Record<string, string>> {
  const { host, pathname, search } = new URL(url);
  const date = new Date(now).toUTCString();
  const hash = createHash('sha256').update(body, 'utf8').digest('base64');
  const text = `${method}\n${pathname}${search}\n${date};${host};${hash}`;
  const signature = createHmac('sha256', Buffer.from(secret, 'base64')).update(text, 'utf8').digest('base64');
  return {
    'x-ms-date': date,
    'x-ms-content-sha256': hash,
    authorization: `HMAC-SHA256 Credential=${credential}&SignedHeaders=${signed}&Signature=${signature}`,
  };
}
