/** Package URLs: the one name of a package, whatever its ecosystem. The format: https://github.com/package-url/purl-spec */
import { PackageURL } from 'packageurl-js';

/** As the specification normalises it: `pkg:pypi/Foo_Bar` and `pkg:pypi/foo-bar` are the same. */
export interface Purl {
  readonly type: string;
  /** Empty: it has none. */
  readonly namespace: string;
  readonly name: string;
  /** Absent: all versions. */
  readonly version?: string;
  readonly qualifiers: ReadonlyMap<string, string>;
  readonly subpath?: string;
}

/** No package has a longer name; reports hold texts of megabytes. */
const longest = 2000;

/** A report names the same few thousand packages again and again. */
const mostKept = 20_000;
const kept = new Map<string, Purl | undefined>();

/** @returns undefined: it is no package URL */
export function parsePurl(text: string): Purl | undefined {
  if (kept.has(text)) return kept.get(text);
  const purl = text.length > longest ? undefined : read(text);
  if (kept.size >= mostKept) kept.clear();
  if (text.length <= longest) kept.set(text, purl);
  return purl;
}

function read(text: string): Purl | undefined {
  try {
    const { type, namespace, name, version, qualifiers, subpath } = PackageURL.fromString(text);
    if (!type || !name) return undefined;
    return {
      type,
      name,
      namespace: namespace ?? '',
      ...(version ? { version } : {}),
      qualifiers: new Map(Object.entries(qualifiers ?? {}).map(([key, value]) => [key, String(value)])),
      ...(subpath ? { subpath } : {}),
    };
  } catch {
    return undefined;
  }
}

/** Whether both name the same package, in whatever versions. */
export const sameName = (a: Purl, b: Purl): boolean =>
  a.type === b.type && a.namespace === b.namespace && a.name === b.name;

/** Whether `found` is what `wanted` names: what `wanted` leaves open (version, qualifiers, a path inside) may be anything. */
export const covers = (wanted: Purl, found: Purl): boolean =>
  sameName(wanted, found) &&
  (wanted.version === undefined || wanted.version === found.version) &&
  (wanted.subpath === undefined || wanted.subpath === found.subpath) &&
  [...wanted.qualifiers].every(([key, value]) => found.qualifiers.get(key) === value);

/** The same for texts; what is no package URL covers nothing, and nothing covers it. */
export function samePackage(wanted: string, found: string): boolean {
  const [one, other] = [parsePurl(wanted), parsePurl(found)];
  return one !== undefined && other !== undefined && covers(one, other);
}
