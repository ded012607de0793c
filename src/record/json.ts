/** The record as it is written. */
import type { DecisionRecord } from './record.js';

/** Arrays of numbers that JSON.stringify has put on lines of their own. No text in JSON holds a line break, so none can look like one. */
const numbers = /\[\n\s*((?:(?:null|-?\d[\d.eE+-]*|"NaN"|"[+-]Inf")(?:,\n\s*|\n\s*))+)\]/g;

/** JSON that a person can read, with the bins of a series on one line: there may be thousands of them. */
export const recordJson = (record: DecisionRecord): string =>
  `${JSON.stringify(record, null, 1).replace(numbers, (_, list: string) => `[${list.trim().replace(/,\n\s*/g, ',')}]`)}\n`;
