/** The package of a dependency alert as a package URL. Advanced Security names it in words: `Npm express 4.17.1`. */
import { PackageURL } from 'packageurl-js';
import { asArray, asObject, asText } from '../shape.js';

/** Kinds of component that package URLs have a type for, in lower case. A package of Linux would need its distribution. */
const types: Readonly<Record<string, string>> = {
  nuget: 'nuget',
  npm: 'npm',
  maven: 'maven',
  pip: 'pypi',
  rubygems: 'gem',
  cargo: 'cargo',
  go: 'golang',
  pod: 'cocoapods',
  conda: 'conda',
};

/** Kinds of location, by name and number: the component itself, and what it was called before. The root only brings it along. */
const component: ReadonlySet<unknown> = new Set(['component', 'vulnerabledependency', 2, 3]);

const longest = 500;

/** @returns undefined where the alert names no package, or one that no package URL can name */
export function packageOf(logicalLocations: unknown): string | undefined {
  for (const raw of asArray(logicalLocations)?.slice(0, 50) ?? []) {
    const location = asObject(raw);
    const kind = location?.kind;
    const name = asText(location?.fullyQualifiedName);
    if (name !== undefined && component.has(typeof kind === 'string' ? kind.toLowerCase() : kind)) return purlOf(name);
  }
  return undefined;
}

/** `Npm @babel/core 7.0.0` or `npm @babel/core@7.0.0`. */
function purlOf(text: string): string | undefined {
  if (text.length > longest) return undefined;
  const [ecosystem = '', ...rest] = text.trim().split(/\s+/);
  const kind = ecosystem.toLowerCase();
  const type = Object.hasOwn(types, kind) ? types[kind] : undefined;
  const [first = '', second, ...more] = rest;
  if (type === undefined || more.length > 0) return undefined;
  const at = first.lastIndexOf('@');
  const [full, version] =
    second !== undefined ? [first, second] : at > 0 ? [first.slice(0, at), first.slice(at + 1)] : [first];
  const split = splitName(type, full ?? '');
  if (!split) return undefined;
  try {
    return new PackageURL(
      type,
      split.namespace,
      split.name,
      version === '' ? undefined : version,
      undefined,
      undefined,
    ).toString();
  } catch {
    return undefined;
  }
}

function splitName(type: string, full: string): { namespace: string | undefined; name: string } | undefined {
  // Elsewhere a slash is no part of a name.
  const cut = type === 'maven' ? Math.max(full.indexOf(':'), full.lastIndexOf('/')) : full.lastIndexOf('/');
  const [namespace, name] = cut < 0 ? [undefined, full] : [full.slice(0, cut), full.slice(cut + 1)];
  if (name === '' || namespace === '' || (type === 'maven' && namespace === undefined)) return undefined;
  return { namespace, name };
}
