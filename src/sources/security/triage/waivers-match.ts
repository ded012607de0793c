/** Which findings a waiver names. */
import { compileGlobs } from './globs.js';
import { samePackage } from './purl.js';
import type { Subject } from './references.js';
import type { Named } from './waivers-schema.js';

export interface Matcher {
  /** What the finding must have among its `keysOf`. */
  readonly key: string;
  /** Whether all that the waiver says of a finding fits. */
  fits(subject: Subject): boolean;
}

/** Shortest part of an identity that names one finding. */
const shortest = 12;

const ruleKey = (rule: string) => `rule ${rule.toLowerCase()}`;
const nameKey = (name: string) => `name ${name.trim().toUpperCase()}`;
const identityKey = (identity: string) => `identity ${identity.slice(0, shortest).toLowerCase()}`;

/** All by which a waiver may name a finding. */
export const keysOf = ({ result: { rule, ids, identity } }: Subject): readonly string[] => [
  identityKey(identity),
  ruleKey(rule),
  nameKey(rule),
  ...ids.map(nameKey),
];

export function matcherOf({ fingerprint, rule, vulnerability, package: wanted, path, tool }: Named): Matcher {
  const parts: ((subject: Subject) => boolean)[] = [];
  if (fingerprint !== undefined) {
    const prefix = fingerprint.toLowerCase();
    parts.push(({ result }) => result.identity.toLowerCase().startsWith(prefix));
  }
  if (rule !== undefined) parts.push(({ result }) => ruleKey(result.rule) === ruleKey(rule));
  if (vulnerability !== undefined) {
    const name = nameKey(vulnerability);
    parts.push(({ result: { rule: own, ids } }) => [own, ...ids].some((id) => nameKey(id) === name));
  }
  if (wanted !== undefined) {
    parts.push(({ result: { purl } }) => purl !== undefined && samePackage(wanted, purl));
  }
  if (path !== undefined) {
    const fits = compileGlobs([path]);
    parts.push(({ result: { file } }) => file !== undefined && fits(file));
  }
  if (tool !== undefined) parts.push((subject) => subject.tool.toLowerCase() === tool.toLowerCase());
  const key =
    fingerprint !== undefined
      ? identityKey(fingerprint)
      : rule !== undefined
        ? ruleKey(rule)
        : nameKey(vulnerability ?? '');
  return { key, fits: (subject) => parts.every((fits) => fits(subject)) };
}

/** @returns why it names more than somebody can have looked at; undefined: it does not */
export function tooWide({ fingerprint, rule, vulnerability, package: wanted, path }: Named): string | undefined {
  if (fingerprint !== undefined) return undefined;
  if (path !== undefined && namesNoPlace(path)) return `the path \`${path}\` is everywhere`;
  if (rule === undefined && vulnerability === undefined) return 'it names neither a vulnerability nor a rule';
  if (wanted === undefined && path === undefined) return 'it names neither a package nor a path';
  return undefined;
}

/** Whether a pattern fits paths that nobody can have meant: names without a sense, with the endings that the pattern has. */
function namesNoPlace(path: string): boolean {
  const fits = compileGlobs([path]);
  const endings = ['', ...(path.match(/[A-Za-z0-9]+/g) ?? []).map((word) => `.${word}`)];
  return ['zq7x', 'kw9v', 'Jh4-q'].some((name) =>
    endings.some((ending) => [0, 1, 2, 3, 4].some((depth) => fits(`${`${name}/`.repeat(depth)}${name}${ending}`))),
  );
}
