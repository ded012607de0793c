/** Fields of the sources that ask an address of the policy's author instead of a known API. */
import * as v from 'valibot';
import { type AuthConfig, authFields, authorization, signsInOneWay } from '../net/auth/basic.js';
import { isLoopback, secretHeaders } from '../net/errors.js';
import { described, httpUrl, secret } from '../policy/fields.js';
import { NotMeasured } from './source.js';
import { oneLine } from './text.js';

/** As it is written: a slash at its end may lead elsewhere. */
export const address = v.pipe(
  v.string(),
  v.check((text) => v.is(httpUrl, text), 'an http or https URL without a user name or password in it'),
);

export const headerName = v.pipe(v.string(), v.regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'the name of a header'));

const signing = /(?:^|-)(?:auth|authorization|token|secret|password|cookie|api-?key|session)(?:$|-)/;

/**
 * Headers of the author's, none of which signs in: what they hold is shown in the record, and would be sent over plain http.
 *
 * @param allowed lower-case names that may be there all the same
 */
export const headersWithout = (allowed: readonly string[] = []) =>
  v.optional(
    v.record(
      v.pipe(
        headerName,
        v.check((written) => {
          const name = written.toLowerCase();
          return allowed.includes(name) || !(secretHeaders.has(name) || signing.test(name));
        }, 'no header that signs in: the source has fields for credentials'),
      ),
      v.string(),
    ),
    {},
  );

export const lowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** Inside the quotes of a JSON text; a number or a truth value stands there as it is. */
export const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);
/** No header can hold a line's end. */
export const inHeader = (text: string): string => oneLine(text, 500);

/** Ways to sign in to an address: those of `authFields`, or a key in a header of its own. With the check `signsInSomehow`. */
export const credentialFields = {
  ...authFields,
  'api-key': described(v.optional(secret), 'Sent in the header that `api-key-header` names.'),
  'api-key-header': described(v.optional(headerName, 'x-api-key'), 'Header of the `api-key`.'),
};

export interface Credential extends AuthConfig {
  readonly 'api-key'?: string | undefined;
  readonly 'api-key-header': string;
}

export const signsInSomehow = (c: Credential): boolean =>
  signsInOneWay(c) && (c['api-key'] === undefined || (c.token ?? c.username) === undefined);
/** What `signsInSomehow` expects. */
export const oneWayToSignInSomehow = 'one of `token`, `username` and `password` together, or `api-key`';

/**
 * The headers that sign in to an address.
 *
 * @throws {NotMeasured} `insecure`
 */
export function credentialHeaders(config: Credential, address: string): Readonly<Record<string, string>> {
  const key = config['api-key'];
  if (key === undefined) return authorization(config);
  const { protocol, hostname, origin } = new URL(address);
  // Which header holds the key only the policy knows, so the client cannot tell.
  if (protocol !== 'https:' && !isLoopback(hostname)) {
    const message = `${origin} is plain http: a credential is sent only over https, or to this machine`;
    throw new NotMeasured('insecure', message, { permanent: true });
  }
  return { [config['api-key-header'].toLowerCase()]: key };
}

/** The same under names that are known to hold secrets, for `serverWords`. */
export const credentialOf = (config: Credential): Readonly<Record<string, string>> => ({
  ...authorization(config),
  ...(config['api-key'] === undefined ? {} : { 'x-api-key': config['api-key'] }),
});
