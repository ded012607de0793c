/** `affects[].versions` of CycloneDX: single versions, and ranges in the form `vers:`, of which only the plain ones can be decided here. */
import { asArray, asObject, asText, isAbsent, type Obj } from '../shape.js';
import type { VersionTest } from './vex-claims.js';

type Meant = 'yes' | 'no' | 'unknown';

/**
 * @param excuses whether the statement excuses: then what cannot be decided is not meant, otherwise it is
 * @returns undefined: all versions are meant
 */
export function versionTest(versions: unknown, excuses: boolean): VersionTest | undefined {
  if (isAbsent(versions)) return undefined;
  const list = asArray(versions);
  if (list?.length === 0) return undefined;
  const entries = (list ?? [versions]).map((x) => asObject(x) ?? {});
  const statusOf = ({ status }: Obj) => asText(status);
  if (!excuses) {
    return (version) =>
      version === undefined || entries.some((e) => statusOf(e) !== 'unaffected' && meant(e, version) !== 'no');
  }
  // What is fixed is often listed without a status, which by the letter means affected; only the word itself speaks against.
  const good = entries.filter((e) => isAbsent(e.status) || statusOf(e) === 'unaffected');
  const bad = entries.filter((e) => !good.includes(e));
  return (version) =>
    version !== undefined &&
    good.some((e) => meant(e, version) === 'yes') &&
    bad.every((e) => meant(e, version) === 'no');
}

function meant({ version: single, range }: Obj, version: string): Meant {
  if (typeof single === 'string') return single === version ? 'yes' : 'no';
  const [, all] = /^vers:[a-z0-9.+-]+\/(.*)$/is.exec(asText(range)?.trim() ?? '') ?? [];
  if (all === undefined) return 'unknown';
  const parts = all.split('|').map((part) => part.trim());
  if (parts.length === 1 && parts[0] === '*') return 'yes';
  const plain = parts.filter((part) => !/^[<>!]/.test(part)).map((part) => plainVersion(part));
  if (plain.includes(version)) return 'yes';
  return plain.length === parts.length && !plain.includes(undefined) ? 'no' : 'unknown';
}

function plainVersion(constraint: string): string | undefined {
  try {
    return decodeURIComponent(constraint.replace(/^=\s*/, '')) || undefined;
  } catch {
    return undefined;
  }
}
