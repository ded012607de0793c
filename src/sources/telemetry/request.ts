/** Fields of the sources that ask an address of the policy's author instead of a known API. */
import * as v from 'valibot';
import { secretHeaders } from '../../net/errors.js';
import { httpUrl } from '../../policy/fields.js';

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
