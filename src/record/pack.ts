/**
 * Large records say once what their rounds say again and again: the query, the flag as it is set up, a scan with all its findings. What
 * repeats stands in `shared`, and `{"$ref": "#/shared/3"}` (a JSON Pointer, RFC 6901) in its place. Pure and without loss.
 */
import { sha256 } from './hash.js';
import type { DecisionRecord } from './record.js';

/** A record as it is written. */
export interface Packed {
  readonly record: DecisionRecord;
  readonly shared: readonly unknown[];
}

/** Shorter than this, in characters of JSON, a value is not worth a reference to it. */
const least = 60;

const prefix = '#/shared/';

const isObject = (x: unknown): x is object => typeof x === 'object' && x !== null;

/**
 * What stands in the rounds of a record twice or more, largest parts first: a part of something shared is shared only if it also stands
 * elsewhere.
 *
 * @returns undefined when something in it looks like a reference itself
 */
export function pack(record: DecisionRecord): Packed | undefined {
  const seen = new Map<string, number>();
  let looksAlike = false;
  const count = (value: unknown): void => {
    if (isObject(value) && placeOf(value) !== undefined) looksAlike = true;
    const key = keyOf(value);
    if (key !== undefined) {
      const before = seen.get(key) ?? 0;
      seen.set(key, before + 1);
      // What is in it has been counted once for all of them.
      if (before > 0) return;
    }
    if (isObject(value)) for (const part of Object.values(value)) count(part);
  };
  const answers = record.rounds.flatMap((round) => round.gates.flatMap((gate) => gate.answers));
  for (const answer of answers) count(answer);
  if (looksAlike) return undefined;

  const shared: unknown[] = [];
  const places = new Map<string, number>();
  const put = (value: unknown): unknown => {
    const key = keyOf(value);
    if (key === undefined || (seen.get(key) ?? 0) < 2) return inside(value);
    const known = places.get(key);
    const place = known ?? shared.length;
    if (known === undefined) {
      places.set(key, place);
      // Holds the place while its parts find theirs.
      shared.push(null);
      shared[place] = inside(value);
    }
    return { $ref: `${prefix}${place}` };
  };
  const inside = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(put);
    return isObject(value) ? Object.fromEntries(Object.entries(value).map(([k, part]) => [k, put(part)])) : value;
  };
  const rounds = record.rounds.map((round) => ({
    ...round,
    gates: round.gates.map((gate) => ({ ...gate, answers: gate.answers.map(inside) })),
  }));
  return { record: { ...record, rounds: rounds as DecisionRecord['rounds'] }, shared };
}

/** Of a text and of anything with parts; undefined where it is too short. A hash, since most stand there once and are long. */
function keyOf(value: unknown): string | undefined {
  if (typeof value !== 'string' && !isObject(value)) return undefined;
  const json = JSON.stringify(value);
  return json.length < least ? undefined : sha256(json);
}

/**
 * What `JSON.parse` made of a record, with what is shared in its place.
 *
 * @throws {Error} when something refers to what is not there, or to itself
 */
export function unpack(data: object): object {
  const { shared, ...record } = data as { shared?: unknown; rounds?: unknown };
  if (!Array.isArray(shared)) return data;
  const values = new Map<number, unknown>();
  const open = new Set<number>();
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve);
    if (!isObject(value)) return value;
    const place = placeOf(value);
    if (place === undefined) return Object.fromEntries(Object.entries(value).map(([k, part]) => [k, resolve(part)]));
    if (values.has(place)) return values.get(place);
    if (open.has(place) || place >= shared.length) throw new Error(`${prefix}${place} leads nowhere`);
    open.add(place);
    const found = resolve(shared[place]);
    open.delete(place);
    values.set(place, found);
    return found;
  };
  return { ...record, rounds: resolve(record.rounds) };
}

function placeOf(value: object): number | undefined {
  const { $ref: reference, ...more } = value as { $ref?: unknown };
  if (typeof reference !== 'string' || Object.keys(more).length > 0) return undefined;
  const [, place] = /^#\/shared\/(\d{1,9})$/.exec(reference) ?? [];
  return place === undefined ? undefined : Number(place);
}
