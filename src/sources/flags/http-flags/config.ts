/** What a policy says of a flag service that has no source of its own here. */
import * as v from 'valibot';
import { described, filled } from '../../../policy/fields.js';
import { address, credentialFields, headersWithout, oneWayToSignInSomehow, signsInSomehow } from '../../request.js';

export const macro = /\$__(flag|percent|enabled|version|note)\b/g;

/** A request that the policy writes. */
const requestFields = (methods: readonly [string, ...string[]]) => ({
  url: described(address, 'Its address. `$__flag` stands for the name of the flag.'),
  method: described(v.optional(v.picklist(methods), methods[0]), 'How it is sent.'),
  headers: described(headersWithout(['if-match']), 'Headers to send beside those that sign in.'),
  body: described(v.optional(filled), 'Sent as it is, JSON unless `headers` say otherwise.'),
});

const change = v.strictObject(requestFields(['POST', 'PUT', 'PATCH', 'DELETE']));
export type ChangeRequest = v.InferOutput<typeof change>;

const fields = v.strictObject({
  ...requestFields(['GET', 'POST']),
  ...credentialFields,
  enabled: described(
    filled,
    'CEL expression over the answer: true while the flag is switched on. `status`, `body`, `headers` and `now` can be read.',
  ),
  percent: described(
    v.optional(filled),
    'CEL expression: percent of all users, 0 to 100, that get the new code while it is switched on. Default: all.',
  ),
  rules: described(
    v.optional(filled),
    'CEL expression: how many rules decide beside the percentage. With any, nobody knows how many users get it. Default: none, which is for you to know.',
  ),
  missing: described(
    v.optional(filled, 'status == 404'),
    'CEL expression: true where the answer says that there is no such flag.',
  ),
  archived: described(v.optional(filled), 'CEL expression: true where the flag is archived.'),
  'when-off': described(
    v.optional(v.picklist(['off', 'on', 'code-default']), 'off'),
    'What is served while it is switched off: the old code, unless this says otherwise.',
  ),
  version: described(
    v.optional(filled),
    'CEL expression: what changes with every change of the flag. Default: the header `ETag`, where there is one.',
  ),
  changed: described(
    v.optional(filled),
    'CEL expression: when it was last changed; ISO 8601 with a time zone, or seconds or milliseconds since 1970.',
  ),
  evaluated: described(v.optional(filled), 'CEL expression: when an application last asked for it, as `changed`.'),
  owner: described(v.optional(filled), 'CEL expression: who owns it.'),
  list: described(
    v.optional(
      v.strictObject({
        ...requestFields(['GET', 'POST']),
        names: described(filled, 'CEL expression over its answer: a list of all names.'),
      }),
    ),
    'The request that lists all flags, for patterns of names.',
  ),
  kill: described(
    v.optional(change),
    'The request that switches the flag off. `$__flag`, `$__version` and `$__note` (why) stand for values.',
  ),
  rollout: described(v.optional(change), 'The request that switches it on for `$__percent` of all users, 0 to 100.'),
  restore: described(
    v.optional(change),
    'The request that puts back what was there: `$__enabled` (true or false) and `$__percent`.',
  ),
});
export type Config = v.InferOutput<typeof fields>;

const textsOf = ({ url, body, headers }: { url: string; body?: string | undefined; headers: object }) => [
  url,
  body ?? '',
  ...Object.values(headers).map(String),
];

/** The requests with the macros that each may use. */
const requestsOf = (c: Config) =>
  [
    [c, ['flag']],
    [c.list, []],
    [c.kill, ['flag', 'version', 'note']],
    [c.rollout, ['flag', 'version', 'note', 'percent']],
    [c.restore, ['flag', 'version', 'note', 'percent', 'enabled']],
  ] as const;

export const schema = v.pipe(
  fields,
  v.check((c) => signsInSomehow(c), oneWayToSignInSomehow),
  v.check((c) => c.method === 'POST' || c.body === undefined, '`body` only with `method: POST`'),
  v.check(
    (c) =>
      requestsOf(c).every(([request, allowed]) =>
        (request ? textsOf(request) : []).every((text) =>
          [...text.matchAll(/\$__(\w*)/g)].every(([, name = '']) => (allowed as readonly string[]).includes(name)),
        ),
      ),
    'no macro but `$__flag`; `$__version` and `$__note` in changes, `$__percent` in `rollout` and `restore`, `$__enabled` in `restore`',
  ),
  v.check(
    (c) => [c, c.kill, c.rollout, c.restore].every((r) => r === undefined || textsOf(r).join(' ').includes('$__flag')),
    '`$__flag` in the address or the body of each request, so that it is about one flag',
  ),
  v.check(
    (c) => c.rollout === undefined || (c.percent !== undefined && textsOf(c.rollout).join(' ').includes('$__percent')),
    '`rollout` with `$__percent` in it, beside `percent`, by which it is read back',
  ),
);
