/**
 * Signing a request as Standard Webhooks do, so that whoever has the key can tell who sent it, when, and that nothing was changed on the
 * way: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
import * as v from 'valibot';
import { secret } from '../../policy/fields.js';

/** The key, as the policy gives it. */
export const webhookSecret = v.pipe(secret, v.regex(/^whsec_[A-Za-z0-9+/=]{16,}$/, '`whsec_` and the key in base64'));

/** `v1,` and the HMAC-SHA256 in base64. */
export function signature(key: string, id: string, timestamp: string, body: string): string {
  const bytes = Buffer.from(key.replace(/^whsec_/, ''), 'base64');
  const { createHmac } = process.getBuiltinModule('node:crypto');
  return `v1,${createHmac('sha256', bytes).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/**
 * The headers that go with a body; without a key they name it and its time, and sign nothing.
 *
 * @param now milliseconds since the epoch
 */
export function webhookHeaders(
  key: string | undefined,
  { id, now, body }: { readonly id: string; readonly now: number; readonly body: string },
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(now / 1000));
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    ...(key === undefined ? {} : { 'webhook-signature': signature(key, id, timestamp, body) }),
  };
}
