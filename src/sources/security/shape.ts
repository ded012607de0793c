/** Safe ways into JSON of unknown shape. Nothing here throws. */

export type Obj = Readonly<Record<string, unknown>>;

/** The value as a map; undefined when it is none (a list is none). */
export const asObject = (x: unknown): Obj | undefined =>
  typeof x === 'object' && x !== null && !Array.isArray(x) ? (x as Obj) : undefined;

/** The value as a list; undefined when it is none. */
export const asArray = (x: unknown): readonly unknown[] | undefined => (Array.isArray(x) ? x : undefined);

/** The value as a text with something in it; undefined otherwise. */
export const asText = (x: unknown): string | undefined => (typeof x === 'string' && x.trim() !== '' ? x : undefined);

/** The value as a position in a list; undefined when absent, or -1 as SARIF writes absent. */
export const asIndex = (x: unknown): number | undefined =>
  typeof x === 'number' && Number.isSafeInteger(x) && x >= 0 ? x : undefined;

/** Absent, or null as some writers put it. */
export const isAbsent = (x: unknown): x is null | undefined => x === undefined || x === null;
