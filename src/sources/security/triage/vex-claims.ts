/** What VEX documents say, whatever their format: claims, and the things that they are about. */
import type { Problem } from '../../../record/record.js';
import { type Purl, parsePurl } from './purl.js';

/** A piece of software by all the names that a document gives it. Without any it is nothing that could be recognised. */
export interface Thing {
  readonly purls: readonly Purl[];
  /** `sha256:` and hexadecimal digits, in lower case. */
  readonly digests: readonly string[];
}

/** Whether a version is meant: a list of versions may leave that open. */
export type VersionTest = (version: string | undefined) => boolean;

export interface About {
  readonly product: Thing;
  /** Only these parts of the product; absent: whatever is in it. */
  readonly parts?: readonly Thing[];
  /** The product must be the one that is released: what it is outside of it the document does not tell. */
  readonly releasedOnly?: true;
  /** Of the part, or of the product where no part is named. */
  readonly versions?: VersionTest;
}

export type Excuses = 'VEX_NOT_AFFECTED' | 'VEX_FIXED' | 'VEX_FALSE_POSITIVE';

/** One statement. */
export interface Claim {
  readonly file: string;
  /** All names of the vulnerability, in upper case. */
  readonly ids: readonly string[];
  /** Absent: the finding counts. */
  readonly excuses?: Excuses;
  /** Why, in the words of the document. */
  readonly why: string;
  /** It would excuse if it said why. */
  readonly unjustified?: true;
  /** Milliseconds since the epoch; NaN: it does not say. */
  readonly at: number;
  readonly about: readonly About[];
}

/** A document that was read; with problems it has no claims. */
export interface VexDocument {
  readonly file: string;
  readonly claims: readonly Claim[];
  readonly problems: readonly Problem[];
}

/** What is wrong in a document, said at most so often. */
export const mostProblems = 20;

const hashForm = /^[0-9a-f]{32,128}$/;

/** `SHA-256` and digits as `sha256:…`; undefined: it is no hash. */
export function digestOf(algorithm: string, digits: string): string | undefined {
  const hex = digits.trim().toLowerCase();
  return hashForm.test(hex) ? `${algorithm.toLowerCase().replace(/^sha-/, 'sha')}:${hex}` : undefined;
}

const digestForm = /^([a-z0-9-]+):([0-9a-f]{32,128})$/i;

/** `sha256:…`, alone or as the version of an image: `ghcr.io/acme/app@sha256:…`. */
function imageDigest(text: string): string | undefined {
  const [, algorithm = '', digits = ''] = digestForm.exec(text.slice(text.lastIndexOf('@') + 1)) ?? [];
  return digestOf(algorithm, digits);
}

const instantForm = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** ISO 8601, without a zone in UTC; NaN: it is none. */
export function instantOf(text: string | undefined): number {
  const written = text?.trim() ?? '';
  const match = instantForm.exec(written);
  if (!match) return Number.NaN;
  const [, time, zone] = match;
  return Date.parse(time !== undefined && zone === undefined ? `${written}Z` : written);
}

/** @param names package URLs, digests; what is neither names nothing */
export function thingOf(names: readonly string[], hashes: readonly string[] = []): Thing {
  const purls = names.flatMap((name) => parsePurl(name.trim()) ?? []);
  const fromNames = names.flatMap((name) => (parsePurl(name.trim()) ? [] : (imageDigest(name.trim()) ?? [])));
  const fromVersions = purls.flatMap(({ version = '' }) => imageDigest(version) ?? []);
  return { purls, digests: [...new Set([...hashes, ...fromNames, ...fromVersions])] };
}
