/** The ways to sign in that need nothing but what the policy gives. */
import * as v from 'valibot';
import { described, filled, secret } from '../../policy/fields.js';

/** Fields of a source's schema; with the check `oneWayToSignIn`. */
export const authFields = {
  token: described(v.optional(secret), 'Sent as `Authorization: Bearer …`.'),
  username: described(v.optional(filled), 'For basic authentication, with `password`.'),
  password: described(v.optional(secret), 'For basic authentication, with `username`.'),
};

export interface AuthConfig {
  readonly token?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

export const signsInOneWay = (config: AuthConfig): boolean =>
  (config.username === undefined) === (config.password === undefined) &&
  (config.token === undefined || config.username === undefined);

/** What `signsInOneWay` expects. */
export const oneWayToSignIn = 'either `token`, or `username` and `password` together';

/** @returns the headers that sign in, none without a credential */
export function authorization({ token, username, password }: AuthConfig): Readonly<Record<string, string>> {
  if (token !== undefined) return { authorization: `Bearer ${token}` };
  if (username === undefined) return {};
  return { authorization: `Basic ${Buffer.from(`${username}:${password ?? ''}`).toString('base64')}` };
}
