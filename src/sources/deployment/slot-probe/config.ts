/** The fields of a `slot-probe`, and the requests that they come to. */
import * as v from 'valibot';
import { between, described, filled } from '../../../policy/fields.js';
import type { Shot } from '../../probing/attempt.js';
import { type Judge, judgeOf } from '../../probing/expect.js';
import {
  bodyOfItsMethod,
  expectsWhatComes,
  hasBodyOfItsMethod,
  patience,
  requestFields,
  whatComes,
} from '../../probing/fields.js';
import {
  address,
  credentialFields,
  credentialHeaders,
  headersWithout,
  lowerCase,
  oneWayToSignInSomehow,
  signsInSomehow,
} from '../../request.js';
import { NotMeasured } from '../../source.js';

const side = v.pipe(
  v.strictObject({
    url: described(
      v.pipe(
        address,
        v.check((text) => !/[?#]/.test(text), 'an address without a query: that stands in `path` of an endpoint'),
      ),
      'Where it is asked; the `path` of each endpoint is put behind it.',
    ),
    headers: described(
      headersWithout(['cookie']),
      'Headers to send to this side, e.g. `cookie: x-ms-routing-name=staging` to be sent to a slot.',
    ),
    ...credentialFields,
    'recognised-by': described(
      v.optional(filled),
      'CEL expression over `status`, `body` and `headers` that is true of the good answers of this side alone, e.g. `headers["x-version"] == "2.4.0"`. A good answer without it is no evidence.',
    ),
  }),
  v.check((s) => signsInSomehow(s), oneWayToSignInSomehow),
);
type Side = v.InferOutput<typeof side>;

const endpoint = v.pipe(
  v.strictObject({
    path: described(
      v.pipe(
        filled,
        v.check((text) => /^\/[^#]*$/.test(text), 'a path that begins with `/`'),
      ),
      'Put behind `url` of each side, with its query.',
    ),
    name: described(
      v.optional(filled),
      'What it is called in the record. Default: method and path, without the query.',
    ),
    method: requestFields.method,
    headers: described(headersWithout(), 'Headers to send to both sides.'),
    body: requestFields.body,
    expect: requestFields.expect,
    within: described(
      v.optional(patience, '5s'),
      'How long an answer may take with its redirects; then the request has failed.',
    ),
  }),
  v.check((e) => hasBodyOfItsMethod(e), bodyOfItsMethod),
  v.check((e) => expectsWhatComes(e), whatComes),
);
type Endpoint = v.InferOutput<typeof endpoint>;

const mostEndpoints = 20;

const fields = v.strictObject({
  idle: described(side, 'The side that gets no traffic yet, which is judged.'),
  live: described(
    v.optional(side),
    'The side that serves the users, to compare with. Without it only `max-failures` of the gate is judged.',
  ),
  endpoints: described(
    v.pipe(
      v.array(endpoint),
      v.minLength(1, 'at least one endpoint'),
      v.maxLength(mostEndpoints, `at most ${mostEndpoints} endpoints`),
    ),
    'What is asked on both sides, in turn.',
  ),
  concurrency: described(
    v.optional(between(1, 50), 4),
    'How many pairs of requests, one to each side, are under way at once. The two of a pair follow each other.',
  ),
});
export type SlotProbeConfig = v.InferOutput<typeof fields>;

export const schema = v.pipe(
  fields,
  v.check(
    ({ endpoints }) => new Set(endpoints.map(nameOf)).size === endpoints.length,
    'endpoints with a `name` of their own where method and path are the same',
  ),
  v.check(
    ({ idle, live }) => live === undefined || addressed(idle) !== addressed(live),
    '`idle` and `live` with another `url` or other `headers`: as they are, both are the same side',
  ),
);

const pathOf = ({ path }: Endpoint): string => path.split('?', 1)[0] ?? path;

export const nameOf = (asked: Endpoint): string => asked.name ?? `${asked.method} ${pathOf(asked)}`;

/** Where the requests of one side go to. */
const addressed = ({ url, headers }: Side): string =>
  JSON.stringify([new URL(url).href, Object.entries(lowerCase(headers)).toSorted(([a], [b]) => (a < b ? -1 : 1))]);

/** One endpoint, as it is asked on each side. */
export interface Target {
  readonly name: string;
  readonly idle: Shot;
  readonly live: Shot | undefined;
}

/** @throws {NotMeasured} `bad-query`, permanent, for an expression that is none; `insecure` */
export function targetsOf({ idle, live, endpoints }: SlotProbeConfig): Promise<readonly Target[]> {
  return Promise.all(
    endpoints.map(async (asked) => {
      const [one, other] = await Promise.all([shotOf(asked, idle), live && shotOf(asked, live)]);
      return { name: nameOf(asked), idle: one, live: other };
    }),
  );
}

async function shotOf(asked: Endpoint, to: Side): Promise<Shot> {
  const { path, method, body, expect, within } = asked;
  const [expected, recognised] = await Promise.all([judgeOf(expect), recognition(to)]);
  return {
    request: {
      url: `${to.url.replace(/\/+$/, '')}${path}`,
      method,
      headers: { ...lowerCase(asked.headers), ...lowerCase(to.headers), ...credentialHeaders(to, to.url) },
      ...(body === undefined ? {} : { body }),
    },
    judge: (response) => expected(response) ?? recognised(response),
    timeoutMs: within,
    redirects: expect['max-redirects'],
  };
}

/** A good answer of another side is no evidence, neither for this one nor against it. */
async function recognition({ 'recognised-by': sign, url }: Side): Promise<Judge> {
  if (sign === undefined) return () => undefined;
  const judge = await judgeOf({ status: ['1xx', '2xx', '3xx', '4xx', '5xx'], body: sign, 'max-redirects': 0 });
  return (response) => {
    const wrong = judge(response);
    if (wrong === undefined) return undefined;
    const message = `${new URL(url).origin} answered, but not from the side that was asked (${wrong}): do \`url\` and \`headers\` lead there, and does \`recognised-by\` fit?`;
    throw new NotMeasured('wrong-side', message);
  };
}
