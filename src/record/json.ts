/** The record as it is written. */
import { pack } from './pack.js';
import type { DecisionRecord } from './record.js';

/** Arrays of numbers that JSON.stringify has put on lines of their own. No text in JSON holds a line break, so none can look like one. */
const numbers = /\[\n\s*((?:(?:null|-?\d[\d.eE+-]*|"NaN"|"[+-]Inf")(?:,\n\s*|\n\s*))+)\]/g;

/** With more answers than this a record is large: an hour of ten gates is not, a day is. */
const manyAnswers = 1000;

/**
 * JSON that a person can read, with the bins of a series on one line: there may be thousands of them. A large record has a line for each
 * round, and says once what repeats: see `pack`.
 */
export function recordJson(record: DecisionRecord): string {
  const answers = record.rounds.reduce(
    (sum, { gates }) => sum + gates.reduce((own, gate) => own + gate.answers.length, 0),
    0,
  );
  const packed = answers > manyAnswers ? pack(record) : undefined;
  return packed === undefined ? readable(record) : lines({ ...packed.record, shared: packed.shared });
}

export const readable = (record: object): string =>
  `${JSON.stringify(record, null, 1).replace(numbers, (_, list: string) => `[${list.trim().replace(/,\n\s*/g, ',')}]`)}\n`;

/** The lists of what there may be thousands of. */
const long: ReadonlySet<string> = new Set(['rounds', 'shared']);

function lines(record: object): string {
  const fields = Object.entries(record).flatMap(([key, value]: [string, unknown]) => {
    if (value === undefined) return [];
    const json =
      long.has(key) && Array.isArray(value)
        ? `[\n${value.map((item) => `  ${JSON.stringify(item)}`).join(',\n')}\n ]`
        : JSON.stringify(value, null, 1).replaceAll('\n', '\n ');
    return [` ${JSON.stringify(key)}: ${json}`];
  });
  return `{\n${fields.join(',\n')}\n}\n`;
}
