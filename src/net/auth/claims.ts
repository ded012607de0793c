/** What the ID token of a run says of itself. */
import { oneLine } from '../../sources/text.js';

export interface Claims {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
}

/**
 * Reads a token without proving it. No secret: it is what the trust in a run must be made of, for a person to enter.
 *
 * @returns undefined for what is no token
 */
export function claimsOf(token: string | undefined): Claims | undefined {
  try {
    const payload = Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString('utf8');
    const { iss, sub, aud } = JSON.parse(payload) as Record<string, unknown>;
    return { issuer: oneLine(String(iss)), subject: oneLine(String(sub)), audience: oneLine(String(aud)) };
  } catch {
    return undefined;
  }
}
