/** What makes a result the same from scan to scan. */
import { sha256 } from '../../record/hash.js';

/** Half of a SHA-256: no two of millions share it by chance. */
const length = 32;

/**
 * The identity of a result, from what does not change when code around it moves: the tool, the rule, and the scanner's own fingerprint, or
 * else the place and what was found there. Line numbers are none of it.
 *
 * @param parts in an order that the reader keeps; absent ones stay in their place
 * @returns hexadecimal
 */
export const identityOf = (parts: readonly (string | undefined)[]): string =>
  sha256(JSON.stringify(parts.map((part) => part ?? null))).slice(0, length);
