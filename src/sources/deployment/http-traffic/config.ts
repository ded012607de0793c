/** What a policy says of an interface by which traffic is moved, and that has no source of its own here. */
import * as v from 'valibot';
import { webhookSecret } from '../../../net/auth/webhook-signature.js';
import { described, filled } from '../../../policy/fields.js';
import { address, credentialFields, headersWithout, oneWayToSignInSomehow, signsInSomehow } from '../../request.js';

/** `$__weight{green}` is the weight of one target, `$__weights` is all of them as JSON. */
export const macro = /\$__(?:weight\{([^{}]+)\}|(weights|note|lock)\b)/g;

/** An expression that gives a map of targets, or one for each of them. */
const byTarget = v.union([filled, v.record(filled, filled)], 'an expression, or a map of them by target');
export type ByTarget = v.InferOutput<typeof byTarget>;

const read = v.strictObject({
  url: described(address, 'Address that answers with JSON how the traffic is shared out.'),
  headers: described(headersWithout(), 'Headers to send beside those that sign in.'),
  weights: described(
    v.optional(byTarget, 'body.weights'),
    'CEL expression over the answer that gives a map: percent, 0 to 100, by target; or a map of expressions by target. `status`, `body`, `headers` and `now` can be read. Together they are 100. Default: `body.weights`.',
  ),
  version: described(v.optional(byTarget), 'The same for what runs there: a text. Default: not known.'),
  running: described(v.optional(byTarget), 'The same for whether it runs: true or false. Default: where it is ready.'),
  ready: described(
    v.optional(byTarget),
    'The same for whether all that should serve does: true or false. Default: not known.',
  ),
  busy: described(
    v.optional(filled),
    'CEL expression: true, or a text that says what, while something is being changed. Default: nothing ever is.',
  ),
  lock: described(
    v.optional(filled),
    'CEL expression: what changes with every change, for the field `lock` of the write and `$__lock`. Beside it the header `ETag`, where there is one, comes back as `If-Match`.',
  ),
});

const write = v.strictObject({
  url: described(v.optional(address), 'Address that takes the weights. Default: that of `read`.'),
  method: described(v.optional(v.picklist(['PUT', 'POST', 'PATCH']), 'PUT'), 'How they are sent.'),
  headers: described(headersWithout(['if-match']), 'Headers to send beside those that sign in.'),
  body: described(
    v.optional(filled),
    'Sent in place of `{"weights": {…}, "note": "…", "lock": …}`. `$__weights` (a JSON object), `$__weight{green}` (a number), `$__note` and `$__lock` stand for values. JSON unless `headers` say otherwise.',
  ),
});
export type WriteConfig = v.InferOutput<typeof write>;

const fields = v.strictObject({
  read: described(read, 'How the traffic is read.'),
  write: described(v.optional(write), 'How it is moved. Default: it can only be read.'),
  ...credentialFields,
  secret: described(
    v.optional(webhookSecret),
    'Signs what is written: the headers `webhook-id`, `webhook-timestamp`, `webhook-signature` of Standard Webhooks.',
  ),
  subject: described(v.optional(filled), 'Whose traffic it is, in words. Default: the address.'),
  rest: described(v.optional(filled), 'The target that gets what a move names no target for. Default: who has it now.'),
});
export type Config = v.InferOutput<typeof fields>;

const textsOf = ({ url = '', body = '', headers }: WriteConfig): string[] => [url, body, ...Object.values(headers)];
const targetsIn = ({ read: { weights } }: Config): readonly string[] | undefined =>
  typeof weights === 'string' ? undefined : Object.keys(weights);

export const schema = v.pipe(
  fields,
  v.check((c) => signsInSomehow(c), oneWayToSignInSomehow),
  v.check((c) => targetsIn(c)?.length !== 0, 'at least one target in `weights`'),
  v.check(
    (c) => [c.read.url, ...Object.values(c.read.headers)].every((text) => !text.includes('$__')),
    'no macro in `read`',
  ),
  v.check(
    (c) => (c.write ? textsOf(c.write) : []).every((text) => !text.replace(macro, '').includes('$__')),
    'no macro but `$__weights`, `$__weight{…}`, `$__note` and `$__lock`',
  ),
  v.check(
    (c) => c.write?.body === undefined || textsOf(c.write).some((text) => text.includes('$__weight')),
    '`$__weights` or `$__weight{…}` in `write`, so that it says what is wanted',
  ),
  v.check((c) => {
    const known = targetsIn(c);
    const texts = c.write ? textsOf(c.write) : [];
    const named = texts.flatMap((text) => [...text.matchAll(macro)].flatMap(([, name]) => name ?? []));
    return known === undefined || [...named, ...(c.rest === undefined ? [] : [c.rest])].every((n) => known.includes(n));
  }, 'only targets that `weights` names, in `rest` and `$__weight{…}`'),
);
