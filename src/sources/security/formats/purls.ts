/** Package URLs from what scanners that know none call a package. */
import { asText } from '../shape.js';
import { parsePurl } from '../triage/purl.js';

/** By the ecosystems' names in OSV and at GitHub, in lower case: the type, and the namespace where the ecosystem is a distribution. */
const types: ReadonlyMap<string, readonly [type: string, namespace?: string]> = new Map([
  ['npm', ['npm']],
  ['pypi', ['pypi']],
  ['pip', ['pypi']],
  ['go', ['golang']],
  ['maven', ['maven']],
  ['crates.io', ['cargo']],
  ['rust', ['cargo']],
  ['rubygems', ['gem']],
  ['nuget', ['nuget']],
  ['packagist', ['composer']],
  ['composer', ['composer']],
  ['hex', ['hex']],
  ['erlang', ['hex']],
  ['pub', ['pub']],
  ['swifturl', ['swift']],
  ['swift', ['swift']],
  ['github actions', ['github']],
  ['actions', ['github']],
  ['conancenter', ['conan']],
  ['cran', ['cran']],
  ['hackage', ['hackage']],
  ['bitnami', ['bitnami']],
  ['debian', ['deb', 'debian']],
  ['ubuntu', ['deb', 'ubuntu']],
  ['alpine', ['apk', 'alpine']],
  ['wolfi', ['apk', 'wolfi']],
  ['chainguard', ['apk', 'chainguard']],
  ['minimos', ['apk', 'minimos']],
  ['red hat', ['rpm', 'redhat']],
  ['rocky linux', ['rpm', 'rocky-linux']],
  ['almalinux', ['rpm', 'almalinux']],
  ['suse', ['rpm', 'suse']],
  ['opensuse', ['rpm', 'opensuse']],
  ['openeuler', ['rpm', 'openeuler']],
  ['mageia', ['rpm', 'mageia']],
]);

/** For an address. Half of a pair is no character, and cannot be escaped. */
export const escaped = (text: string): string => encodeURIComponent(text.replace(/\p{Cs}/gu, '\u{fffd}'));

/** A package URL from an ecosystem's name (`npm`, `Debian:12`), as the specification types them; undefined: nobody knows its type. */
export function purlFrom(ecosystem: unknown, name: unknown, version?: unknown): string | undefined {
  const [family = '', release = ''] = (asText(ecosystem) ?? '').split(':');
  const [type, namespace] = types.get(family.toLowerCase()) ?? [];
  const text = asText(name);
  if (type === undefined || text === undefined) return undefined;
  const path = (type === 'maven' ? text.replace(':', '/') : text).split('/').map(escaped).join('/');
  const kind = namespace === undefined ? type : `${type}/${namespace}`;
  const tail = asText(version) === undefined ? '' : `@${escaped(asText(version) ?? '')}`;
  const distro = namespace === undefined || release === '' ? '' : `?distro=${escaped(`${namespace}-${release}`)}`;
  return `pkg:${kind}/${path}${tail}${distro}`;
}

/** What stays the same from version to version: the package without its version, its build and its distribution. */
export function lasting(purl: string): string {
  const parsed = parsePurl(purl);
  if (!parsed) return purl.replace(/@[^@/]*$/, '');
  return `pkg:${[parsed.type, parsed.namespace, parsed.name].filter((part) => part !== '').join('/')}`;
}
