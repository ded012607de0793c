/** Words of the API's enumerations, which it writes by name (and older versions and exports of it by number). */

/** A word in lower case, and its number. */
export type Words<W extends string = string> = readonly (readonly [word: W, number: number])[];

/** @returns undefined for what is none of the words */
export function wordOf<W extends string>(raw: unknown, words: Words<W>): W | undefined {
  const text = typeof raw === 'string' ? raw.trim().toLowerCase() : raw;
  return words.find(([word, number]) => text === word || text === number || text === String(number))?.[0];
}
