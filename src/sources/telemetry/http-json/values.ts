/** What an expression over an answer gave, as series and as a time. */
import { reportedNumber } from '../../../judge/number.js';
import type { Reported, Samples } from '../../../record/evidence.js';
import { NotMeasured } from '../../source.js';
import { oneLine } from '../../text.js';

/** One series for a number or a condition, one for each entry of a list or a map. */
export function toSeries(value: unknown, query: string): Samples['series'] {
  const one = (labels: Record<string, string>, x: unknown) => ({ labels, value: numberOf(x, query), points: 1 });
  if (Array.isArray(value)) return value.map((x, i) => one({ index: String(i) }, x));
  if (value instanceof Map) return [...value].map(([name, x]) => one({ name: String(name) }, x));
  if (isPlain(value)) return Object.entries(value).map(([name, x]) => one({ name }, x));
  return [one({}, value)];
}

const isPlain = (x: unknown): x is Readonly<Record<string, unknown>> =>
  typeof x === 'object' &&
  x !== null &&
  (Object.getPrototypeOf(x) === Object.prototype || Object.getPrototypeOf(x) === null);

/** @throws {NotMeasured} for what is no number: a text is not read as one, since `"12 ms"` or `"1,2"` would be guessed at */
function numberOf(value: unknown, query: string): Reported {
  if (typeof value === 'number') return reportedNumber(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value === null) return null;
  const whole = typeof value === 'bigint' ? value : unsigned(value);
  if (whole !== undefined && whole <= Number.MAX_SAFE_INTEGER && whole >= Number.MIN_SAFE_INTEGER) return Number(whole);
  const what =
    typeof value === 'string'
      ? 'a text (double(…) makes a number of it)'
      : whole === undefined
        ? `${Array.isArray(value) ? 'a list inside a list' : 'something else'}`
        : 'a whole number that is too large to be exact';
  throw new NotMeasured('bad-answer', `\`${oneLine(query, 120)}\` gave ${what}, expected a number or true or false`);
}

/** CEL's uint. */
const unsigned = (x: unknown): bigint | undefined => {
  const inner: unknown = typeof x === 'object' && x !== null ? x.valueOf() : undefined;
  return typeof inner === 'bigint' ? inner : undefined;
};

/** No time is longer ago in milliseconds than this is in seconds: the year 5138, and March 1973. */
const secondsBelow = 1e11;

/** @returns milliseconds since the epoch */
export function instantOf(value: unknown, expression: string): number {
  const whole = typeof value === 'bigint' ? Number(value) : value;
  if (whole instanceof Date && !Number.isNaN(whole.getTime())) return whole.getTime();
  if (typeof whole === 'number' && whole > 0 && whole < 1000 * secondsBelow) {
    return Math.round(whole < secondsBelow ? whole * 1000 : whole);
  }
  if (typeof whole === 'string' && /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})$/.test(whole)) {
    const at = Date.parse(whole);
    if (!Number.isNaN(at)) return at;
  }
  const message = `\`${oneLine(expression, 120)}\` gave no time; expected ISO 8601 with a time zone, or seconds or milliseconds since 1970`;
  throw new NotMeasured('bad-answer', message);
}
