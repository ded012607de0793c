/**
 * Building blocks of every schema in the policy. The message of a check is what was *expected*, as a noun phrase:
 * `problems.ts` turns it into "expected <phrase>, found <value>".
 */
import * as v from 'valibot';

/** Words of a name, a query, a path: anything but nothing. */
export const filled = v.pipe(v.string(), v.trim(), v.nonEmpty('some text'));

/** Markdown shown in `docs/policy.md` and by editors. */
export const described = <S extends v.GenericSchema>(schema: S, description: string) =>
  v.pipe(schema, v.description(description));

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const durationForm = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/;

/**
 * `90s`, `5m`, `1h30m`, `250ms`, `2d`, or `0`.
 *
 * @returns milliseconds, or undefined when the text is no duration or names a unit twice or out of order
 */
export function parseDuration(text: string): number | undefined {
  const compact = text.replace(/\s+/g, '');
  if (compact === '0') return 0;
  if (!durationForm.test(compact)) return undefined;
  let total = 0;
  let previous = Number.POSITIVE_INFINITY;
  for (const [, amount, unit] of compact.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
    const size = unitMs[unit ?? ''] ?? Number.NaN;
    if (!(size < previous)) return undefined;
    previous = size;
    total += Number(amount) * size;
  }
  return total;
}

/** The shortest way to write a number of milliseconds as a policy would: `90s` → `1m30s`. */
export function formatDuration(ms: number): string {
  let rest = Math.round(Math.abs(ms));
  if (rest < 1000) return rest === 0 ? '0s' : `${rest}ms`;
  rest = Math.round(rest / 1000) * 1000;
  let out = '';
  for (const unit of ['d', 'h', 'm', 's']) {
    const size = unitMs[unit] ?? 1;
    const n = Math.floor(rest / size);
    if (n > 0) out += `${n}${unit}`;
    rest -= n * size;
  }
  return out;
}

/** A duration; milliseconds after parsing. A plain `0` needs no unit. */
export const duration = v.pipe(
  v.union([v.string(), v.literal(0)]),
  v.title('duration'),
  v.check((x) => parseDuration(String(x)) !== undefined, 'a duration such as 90s, 5m or 1h30m'),
  v.transform((x) => parseDuration(String(x)) ?? Number.NaN),
);

/** A whole number that is at least `least`. */
export const whole = (least: number) =>
  v.pipe(
    v.number(),
    v.check((n) => Number.isSafeInteger(n) && n >= least, `a whole number of at least ${least}`),
  );

/** A whole number from `least` to `most`. */
export const between = (least: number, most: number) =>
  v.pipe(
    whole(least),
    v.check((n) => n <= most, `a whole number of at most ${most}`),
  );

/** `99.9%` as a share, 0.999; undefined for a text that is no percentage. */
export function shareOf(text: string): number | undefined {
  const [, amount] = /^\s*(\d+(?:\.\d+)?)\s*%\s*$/.exec(text) ?? [];
  // 99.9 / 100 is 0.9990000000000001, and error budgets are what it differs from 1 by.
  return amount === undefined ? undefined : Number((Number(amount) / 100).toPrecision(12));
}

/** `10%`; a share after parsing, 0.1. @param fits whether the share is one @param expected what is, in words */
export const percentage = (fits: (share: number) => boolean, expected: string) =>
  v.pipe(
    v.string(expected),
    v.title('percentage'),
    v.check((text) => fits(shareOf(text) ?? Number.NaN), expected),
    v.transform((text) => shareOf(text) ?? Number.NaN),
  );

/** Chance that a gate's word is wrong. */
export const errorRate = percentage((x) => x >= 0.0001 && x <= 0.2, 'a percentage from 0.01% to 20% such as `5%`');

/** http or https; without a trailing slash after parsing. */
export const httpUrl = v.pipe(
  v.string(),
  v.check((text) => {
    try {
      const { protocol, username, password } = new URL(text);
      return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
    } catch {
      return false;
    }
  }, 'an http or https URL without a user name or password in it'),
  v.transform((text) => text.replace(/\/+$/, '')),
);

/** One entry or a list of them; always a list after parsing. */
export const oneOrMore = <S extends v.GenericSchema>(item: S) =>
  v.pipe(
    v.union([item, v.pipe(v.array(item), v.minLength(1, 'at least one entry'))]),
    v.transform((x) => (Array.isArray(x) ? x : [x]) as v.InferOutput<S>[]),
  );

/** A secret's value. Its key must be one of `secretKeys`: by the key the loader refuses a literal value and masks the given one. */
export const secret = v.pipe(v.string(), v.nonEmpty('a value (is the variable set?)'));

/** Keys whose values are secrets, in every source and reaction. */
export const secretKeys: ReadonlySet<string> = new Set([
  'token',
  'password',
  'api-key',
  'app-key',
  'client-secret',
  'secret',
  'secret-access-key',
  'session-token',
  'webhook',
]);
