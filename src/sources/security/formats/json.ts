/** What scanners' own JSON has in common. */

import { oneLine } from '../../text.js';
import type { Located } from '../../workspace.js';
import { readWhole } from '../bytes.js';
import { identityOf } from '../identity.js';
import { maskSecrets } from '../masks.js';
import { inRepository } from '../paths.js';
import type { Rating, Result, ScanSink, Suppression } from '../result.js';
import { vulnerabilityIds, weaknesses, webLink } from '../sarif/names.js';
import { fromWord } from '../sarif/severity.js';
import { asObject, asText, type Obj } from '../shape.js';

/** A report that was read, and what it is called. */
export interface Json {
  readonly root: Obj;
  readonly file: string;
  readonly sha256: string;
  /** A path of the report, from the repository's root where it can be told. */
  readonly place: (raw: unknown) => string;
  /** Says why it is no evidence. */
  readonly bad: (code: string, message: string) => void;
}

/** @returns undefined when it is no evidence, which was said */
export async function readJson(
  file: Located,
  tool: string,
  workspace: string,
  sink: ScanSink,
  signal: AbortSignal,
): Promise<Json | undefined> {
  const bad = (code: string, message: string) =>
    sink.problem({ code, message: `${file.name} ${message}`, file: file.name, tool });
  const whole = await readWhole(file, signal);
  if ('code' in whole) {
    sink.problem(whole);
    return undefined;
  }
  for (const note of whole.notes) sink.note(`${file.name} ${note}`);
  let value: unknown;
  try {
    value = JSON.parse(whole.text);
  } catch (error) {
    // V8 quotes the text, which may hold a secret.
    const cut = error instanceof Error && /Unexpected end|Unterminated/.test(error.message);
    bad('UNREADABLE', `is no valid JSON: ${cut ? 'it ends too early: was the scanner cut off?' : 'it does not parse'}`);
    return undefined;
  }
  const root = asObject(value);
  const place = (raw: unknown) => words(inRepository((asText(raw) ?? '').slice(0, 2000), workspace), 300);
  if (root) return { root, file: file.name, sha256: whole.sha256, place, bad };
  bad('NOT_A_REPORT', `is no report of ${tool}: expected a map`);
  return undefined;
}

/** What to say of a file that is some other report. */
export function notAReport({ root, bad }: Json, tool: string, how: string): void {
  const sarif = 'runs' in root && 'version' in root;
  bad('NOT_A_REPORT', sarif ? 'is SARIF: ask it by a source of `type: sarif`' : `is no JSON report of ${tool}: ${how}`);
}

/** One line of a scanner's text, without secrets. */
export const words = (raw: unknown, most = 200): string =>
  oneLine(maskSecrets((asText(raw) ?? '').slice(0, 4000)), most);

/** A severity in a word; what is none of those that rank is unknown. */
export function wordRating(raw: unknown, of = ''): Rating {
  const word = words(raw, 30);
  const severity = /^(?:negligible|info|informational)$/i.test(word) ? 'low' : fromWord(word);
  const why = `severity ${word || 'is not given'}${of === '' ? '' : ` by ${of}`}`;
  return severity ? { severity, why } : { severity: 'unknown', why: `${why} says nothing` };
}

/** ISO 8601 as the record wants it, also from times with nanoseconds; undefined: it is no time. */
export function instantOf(raw: unknown): string | undefined {
  const text = asText(raw) ?? '';
  const at = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text.replace(/(\.\d{3})\d+/, '$1')) : Number.NaN;
  // Go's zero time is no time.
  return Number.isNaN(at) || at <= 0 ? undefined : new Date(at).toISOString();
}

/** A vulnerability of a package. */
export interface Vulnerability {
  readonly tool: string;
  /** As the scanner calls it. */
  readonly id: unknown;
  /** Where other names of it may stand. */
  readonly names?: readonly unknown[];
  readonly score: Rating;
  readonly message: string;
  readonly name?: unknown;
  readonly version?: unknown;
  readonly purl?: unknown;
  /** From the repository's root; see `Json.place`. */
  readonly file?: string | undefined;
  /** Versions that mend it; empty: there are none; undefined: the scanner does not say. */
  readonly fixed?: readonly unknown[] | undefined;
  readonly cwes?: readonly unknown[];
  readonly help?: unknown;
  readonly suppressions?: readonly Suppression[];
  readonly exploited?: Result['exploited'];
}

const purlForm = /^pkg:[a-z0-9.+-]{1,40}\/\S{1,400}$/i;

export function vulnerabilityResult(one: Vulnerability): Result {
  const rule = words(one.id) || '(no id)';
  const name = words(one.name, 150);
  const purl = asText(one.purl);
  const { file = '' } = one;
  const help = webLink(one.help);
  const fixed = one.fixed?.map((version) => words(version, 60)).filter((version) => version !== '');
  return {
    rule,
    message: one.message,
    score: one.score,
    suppressions: one.suppressions ?? [],
    ...(file === '' ? {} : { file }),
    ids: vulnerabilityIds([one.id, ...(one.names ?? [])]),
    cwes: weaknesses(one.cwes ?? []),
    ...(purl !== undefined && purlForm.test(purl) ? { purl } : {}),
    ...(fixed === undefined ? {} : { fix: fixed.length === 0 ? '' : `upgrade to ${fixed.slice(0, 5).join(' or ')}` }),
    ...(help === undefined ? {} : { help }),
    ...(one.exploited && { exploited: one.exploited }),
    // Without the version: what is vulnerable stays the same from one to the next.
    identity: identityOf([one.tool.toLowerCase(), rule, (purl ?? name).replace(/@[^@/]*$/, ''), file]),
  };
}

/** `lodash 4.17.20: Command Injection`. */
export const packageMessage = (name: unknown, version: unknown, title: unknown): string => {
  const what = [words(name, 100), words(version, 40)].filter((part) => part !== '').join(' ');
  return oneLine([what, words(title)].filter((part) => part !== '').join(': '));
};

/** For an address. Half of a pair is no character, and cannot be escaped. */
export const escaped = (text: string): string => encodeURIComponent(text.replace(/\p{Cs}/gu, '\u{fffd}'));

/** A package URL from an ecosystem's name, as the specification types them; undefined: nobody knows its type. */
export function purlFrom(ecosystem: unknown, name: unknown, version?: unknown): string | undefined {
  const [family = ''] = (asText(ecosystem) ?? '').split(':');
  const type = purlTypes[family.toLowerCase()];
  const text = asText(name);
  if (type === undefined || text === undefined) return undefined;
  const path = (type === 'maven' ? text.replace(':', '/') : text).split('/').map(escaped).join('/');
  const tail = asText(version);
  return `pkg:${type}/${path}${tail === undefined ? '' : `@${escaped(tail)}`}`;
}

/** By the ecosystems' names in OSV and at GitHub, in lower case. */
const purlTypes: Readonly<Record<string, string | undefined>> = {
  npm: 'npm',
  pypi: 'pypi',
  pip: 'pypi',
  go: 'golang',
  maven: 'maven',
  'crates.io': 'cargo',
  rust: 'cargo',
  rubygems: 'gem',
  nuget: 'nuget',
  packagist: 'composer',
  composer: 'composer',
  hex: 'hex',
  erlang: 'hex',
  pub: 'pub',
  swifturl: 'swift',
  swift: 'swift',
  'github actions': 'github',
  actions: 'github',
};
