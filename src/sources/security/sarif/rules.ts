/**
 * From a reference in a result or notification to the descriptors it may mean. SARIF 2.1.0 sections 3.52 and 3.54, made
 * tolerant: rules stand in `tool.extensions` (CodeQL), components are given by name only, indexes point at other rules.
 */
import { asArray, asIndex, asObject, asText, type Obj } from '../shape.js';

/** What points at a descriptor. */
export interface Reference {
  readonly id?: unknown;
  readonly index?: unknown;
  readonly guid?: unknown;
  /** `toolComponentReference` of SARIF. */
  readonly component?: unknown;
}

interface Component {
  readonly name: string | undefined;
  readonly guid: string | undefined;
  readonly descriptors: readonly unknown[];
  readonly byId: ReadonlyMap<string, readonly Obj[]>;
  readonly byGuid: ReadonlyMap<string, readonly Obj[]>;
}

/** All descriptors of one kind that a run's tool brings, ready to be looked up. */
export interface Book {
  readonly driver: Component;
  readonly extensions: readonly Component[];
}

/** @param kind `rules` for results, `notifications` for what the tool says of itself */
export function openBook(tool: Obj, kind: 'rules' | 'notifications'): Book {
  const component = (raw: unknown): Component => {
    const map = asObject(raw);
    const descriptors = asArray(map?.[kind]) ?? [];
    const byId = new Map<string, Obj[]>();
    const byGuid = new Map<string, Obj[]>();
    for (const descriptor of descriptors.map(asObject)) {
      if (!descriptor) continue;
      const id = asText(descriptor.id);
      const guid = asText(descriptor.guid);
      if (id) add(byId, id, descriptor);
      if (guid) add(byGuid, guid.toLowerCase(), descriptor);
    }
    return { name: asText(map?.name), guid: asText(map?.guid), descriptors, byId, byGuid };
  };
  return { driver: component(tool.driver), extensions: (asArray(tool.extensions) ?? []).map(component) };
}

function add(map: Map<string, Obj[]>, key: string, value: Obj): void {
  const there = map.get(key);
  if (there) there.push(value);
  else map.set(key, [value]);
}

function componentOf(book: Book, raw: unknown): Component {
  const reference = asObject(raw);
  if (!reference) return book.driver;
  const index = asIndex(reference.index);
  const byIndex = index === undefined ? undefined : book.extensions[index];
  if (byIndex) return byIndex;
  const all = [book.driver, ...book.extensions];
  const guid = asText(reference.guid)?.toLowerCase();
  const name = asText(reference.name);
  return (
    (guid && all.find((c) => c.guid?.toLowerCase() === guid)) ||
    (name && all.find((c) => c.name === name)) ||
    book.driver
  );
}

/** Levels of a hierarchical id that are tried; a report could hold an id of a million. */
const deepestId = 20;

/** `CA5350/md5` is a finer name for `CA5350`. */
const means = (id: string, descriptorId: string): boolean => id === descriptorId || id.startsWith(`${descriptorId}/`);

/**
 * @returns every descriptor that may be meant: none when there is no such, several when an id is given twice
 */
export function lookUp(book: Book, reference: Reference): readonly Obj[] {
  const component = componentOf(book, reference.component);
  const id = asText(reference.id);
  const index = asIndex(reference.index);
  const indexed = index === undefined ? undefined : asObject(component.descriptors[index]);
  // An index that contradicts the id is a known fault of writers (all results at rule 0); the id is what people see.
  if (indexed && (id === undefined || means(id, asText(indexed.id) ?? id))) return [indexed];
  const places = [component, book.driver];
  const guid = asText(reference.guid)?.toLowerCase();
  if (guid) {
    const [hit] = [...places, ...book.extensions].flatMap((c) => c.byGuid.get(guid) ?? []);
    if (hit) return [hit];
  }
  let name = id;
  for (let depth = 0; name && depth < deepestId; depth += 1) {
    const wanted = name;
    for (const place of places) {
      const hits = place.byId.get(wanted);
      if (hits) return hits;
    }
    const hits = book.extensions.flatMap((c) => c.byId.get(wanted) ?? []);
    if (hits.length > 0) return hits;
    name = wanted.includes('/') ? wanted.slice(0, wanted.lastIndexOf('/')) : undefined;
  }
  return [];
}
