/** The fields of a request that a policy has sent to the service itself. */
import * as v from 'valibot';
import { described, duration, filled } from '../../policy/fields.js';
import { type Expected, expectSchema } from './expect.js';

export const patience = v.pipe(
  duration,
  v.check((ms) => ms > 0, 'longer than nothing'),
);

export const requestFields = {
  method: described(v.optional(v.picklist(['GET', 'HEAD', 'POST']), 'GET'), 'How it is asked.'),
  body: described(v.optional(filled), 'Sent with `method: POST`.'),
  expect: described(v.optional(expectSchema, {}), 'What an answer must be like; otherwise the request has failed.'),
};

interface Request {
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly body?: string | undefined;
  readonly expect: Expected;
}

export const hasBodyOfItsMethod = ({ method, body }: Request): boolean => method === 'POST' || body === undefined;
/** What `hasBodyOfItsMethod` expects. */
export const bodyOfItsMethod = '`body` only with `method: POST`';

export const expectsWhatComes = ({ method, expect }: Request): boolean =>
  method !== 'HEAD' || (expect.body === undefined && expect.contains === undefined);
/** What `expectsWhatComes` expects. */
export const whatComes = 'no `expect.body` and `expect.contains` with `method: HEAD`, which is answered without a body';
