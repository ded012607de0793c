/** What an answer of the probed address must be like. */
import * as v from 'valibot';
import type { HttpResponse } from '../../net/http.js';
import { described, filled, oneOrMore, whole } from '../../policy/fields.js';
import { compile, type Expression, type Variables } from '../cel.js';
import { NotMeasured } from '../source.js';
import { oneLine } from '../text.js';

const families = ['1xx', '2xx', '3xx', '4xx', '5xx'] as const;
const status = v.union([
  v.picklist(families),
  v.pipe(
    v.number(),
    v.check((n) => Number.isInteger(n) && n >= 100 && n <= 599, 'a status between 100 and 599'),
  ),
]);

export const expectSchema = v.strictObject({
  status: described(
    v.optional(oneOrMore(status), ['2xx']),
    'Status, or several, that the answer must have: `200`, `[200, 204]`, `2xx`. Default: `2xx`.',
  ),
  contains: described(v.optional(filled), 'Text that the body must hold.'),
  body: described(
    v.optional(filled),
    'CEL expression over `status`, `body` (the parsed JSON) and `headers` that must be true, e.g. `body.status == "ok"`.',
  ),
  'max-redirects': described(
    v.optional(whole(0), 0),
    'How many redirects are followed. Without, a redirect is an answer like others.',
  ),
});
export type Expected = v.InferOutput<typeof expectSchema>;

const variables: Variables = { status: 'int', body: 'dyn', headers: 'map<string, string>' };

/** @returns undefined when the answer is as expected, otherwise in words why not */
export type Judge = (response: HttpResponse) => string | undefined;

/** @throws {NotMeasured} `bad-query`, permanent, when `body` is no expression or cannot give true or false */
export async function compileBody(text: string): Promise<Expression> {
  const expression = await compile(text, variables);
  if (!['bool', 'dyn'].includes(expression.type)) throw noCondition(text, `a ${expression.type}`);
  return expression;
}

const noCondition = (text: string, found: string): NotMeasured =>
  new NotMeasured('bad-query', `\`${oneLine(text, 120)}\` gives ${found}, expected true or false`, { permanent: true });

/** @throws {NotMeasured} as `compileBody`; the judge itself throws it when its expression fails, which is not the address' fault */
export async function judgeOf({ status: wanted, contains, body }: Expected): Promise<Judge> {
  const condition = body === undefined ? undefined : await compileBody(body);
  return (response) => {
    const fits = wanted.some((w) =>
      typeof w === 'number' ? w === response.status : Number(w[0]) === Math.floor(response.status / 100),
    );
    if (!fits) return `status ${response.status}`;
    if (contains !== undefined && !response.text.includes(contains))
      return `the body does not contain \`${oneLine(contains, 60)}\``;
    return condition === undefined || body === undefined ? undefined : broken(condition, body, response);
  };
}

function broken(
  condition: Expression,
  text: string,
  { status: code, headers, text: raw }: HttpResponse,
): string | undefined {
  let parsed: unknown = null;
  try {
    if (condition.reads.has('body')) parsed = JSON.parse(raw);
  } catch {
    return 'the body is no JSON';
  }
  const defined = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
  const outcome = condition.evaluate({ status: BigInt(code), body: parsed, headers: defined });
  if ('missing' in outcome) return outcome.missing;
  if (typeof outcome.value !== 'boolean') throw noCondition(text, 'something else');
  return outcome.value ? undefined : `not \`${oneLine(text, 80)}\``;
}
