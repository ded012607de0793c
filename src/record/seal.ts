/** A record vouches for itself: its digest is over all that it says, and its bytes are the only ones that say so. Pure. */
import { sha256Of } from './hash.js';
import { recordJson } from './json.js';
import type { DecisionRecord } from './record.js';

/**
 * SHA-256, in hexadecimal, of a record whatever its digest: of it without `digest` and `rounds`, and then of each round, all as JSON without
 * white space, with a line break between them. The keys count in the order in which they stand. By parts, since a day's rounds may be
 * more than fits into one text.
 */
export function digestOf(record: object): string {
  const { digest: _, rounds, ...rest } = record as { digest?: unknown; rounds?: readonly unknown[] };
  return sha256Of(partsOf([rest, ...(rounds ?? [])]));
}

function* partsOf(values: readonly unknown[]): Generator<string> {
  for (const value of values) yield JSON.stringify(value);
}

export const sealed = (record: DecisionRecord): DecisionRecord => {
  const { digest: _, ...rest } = record;
  return { ...rest, digest: digestOf(rest) };
};

/**
 * @param text of the file
 * @param record what `unpack` makes of it
 * @returns why it is not as Signalbox wrote it; undefined: it is, byte for byte
 */
export function brokenSeal(text: string, record: object): string | undefined {
  const { digest } = record as { digest?: unknown };
  if (typeof digest !== 'string') return 'it has no `digest`, so nothing tells whether it was changed';
  const found = digestOf(record);
  if (digest !== found)
    return `it was changed after it was written: its digest is ${digest}, what it says has ${found}`;
  // A key that stands twice is read once, and shows two values to a reader.
  if (recordJson(record as DecisionRecord) !== text.replace(/\r\n/g, '\n')) {
    return 'it is not in the form in which it was written, though it says the same: use the file as it was';
  }
  return undefined;
}
