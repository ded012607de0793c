/** What mends a vulnerability, by advisories in the schema of OSV. https://ossf.github.io/osv-schema/#affectedrangesevents-fields */
import { asObject, asText, type Obj } from '../shape.js';
import { entries } from './json.js';

/**
 * Versions in which the advisories end for a package.
 *
 * @param about name and ecosystem of the package
 * @returns empty: all of them go on without end; undefined: they do not say
 */
export function fixedOf(advisories: readonly Obj[], about: Obj): readonly unknown[] | undefined {
  const affected = advisories
    .flatMap((advisory) => entries(advisory.affected))
    .map(asObject)
    .filter((one) => one !== undefined)
    .filter((one) => isSame(asObject(one.package), about));
  const ofRelease = affected.filter((one) => asObject(one.package)?.ecosystem === about.ecosystem);
  const meant = ofRelease.length > 0 ? ofRelease : affected;
  const events = meant
    .flatMap((one) => entries(one.ranges))
    .map(asObject)
    // Commits are no versions that one could upgrade to.
    .filter((range) => range?.type !== 'GIT')
    .flatMap((range) => entries(range?.events))
    .map(asObject);
  const fixed = events.flatMap((event) => asText(event?.fixed) ?? []);
  if (fixed.length > 0) return [...new Set(fixed)];
  // The last version that is affected may be followed by one that is not.
  const ends =
    events.some((event) => asText(event?.last_affected) !== undefined || asText(event?.limit) !== undefined) ||
    meant.some((one) => asText(asObject(one.database_specific)?.last_known_affected_version_range) !== undefined);
  return events.length > 0 && !ends ? [] : undefined;
}

/** Of the same family of packages (`Debian:11` and `Debian:12`), by names that registries do not tell apart. */
const isSame = (one: Obj | undefined, about: Obj): boolean =>
  plain(one?.name) === plain(about.name) && family(one?.ecosystem) === family(about.ecosystem);

const plain = (name: unknown): string => (asText(name) ?? '').toLowerCase().replace(/[-_.]+/g, '-');

const family = (ecosystem: unknown): string => (asText(ecosystem) ?? '').split(':')[0]?.toLowerCase() ?? '';
