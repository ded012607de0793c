/** A record vouches for itself: its digest is over all that it says, and its bytes are the only ones that say so. Pure. */
import { sha256 } from './hash.js';
import { recordJson } from './json.js';
import type { DecisionRecord } from './record.js';

/** SHA-256 of a record as it is parsed, whatever its digest. The keys count in the order in which they stand. */
export function digestOf(record: object): string {
  const { digest: _, ...rest } = record as { digest?: unknown };
  return sha256(JSON.stringify(rest));
}

export const sealed = (record: DecisionRecord): DecisionRecord => {
  const { digest: _, ...rest } = record;
  return { ...rest, digest: digestOf(rest) };
};

/**
 * @param text of the file
 * @param data what `JSON.parse` makes of it
 * @returns why it is not as Signalbox wrote it; undefined: it is, byte for byte
 */
export function brokenSeal(text: string, data: object): string | undefined {
  const { digest } = data as { digest?: unknown };
  if (typeof digest !== 'string') return 'it has no `digest`, so nothing tells whether it was changed';
  const found = digestOf(data);
  if (digest !== found)
    return `it was changed after it was written: its digest is ${digest}, what it says has ${found}`;
  // A key that stands twice is read once, and shows two values to a reader.
  if (recordJson(data as DecisionRecord) !== text.replace(/\r\n/g, '\n')) {
    return 'it is not in the form in which it was written, though it says the same: use the file as it was';
  }
  return undefined;
}
