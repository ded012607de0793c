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
import { asArray, asObject, asText, isAbsent, type Obj } from '../shape.js';
import { lasting } from './purls.js';

export { escaped, purlFrom } from './purls.js';

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
    bad('UNREADABLE', `is no valid JSON: ${whereItBreaks(error)}`);
    return undefined;
  }
  const root = asObject(value);
  const place = (raw: unknown) => words(inRepository((asText(raw) ?? '').slice(0, 2000), workspace), 300);
  if (root) return { root, file: file.name, sha256: whole.sha256, place, bad };
  bad('NOT_A_REPORT', `is no report of ${tool}: expected a map`);
  return undefined;
}

/** V8 quotes the text around the place, which may hold a secret. */
function whereItBreaks(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  if (/^(?:Unexpected end|Unterminated)/.test(message)) return 'it ends too early: was the scanner cut off?';
  const [, position] = / at position (\d{1,10})(?: \(line \d+ column \d+\))?$/.exec(message) ?? [];
  return `it does not parse${position === undefined ? '' : ` at character ${Number(position) + 1}`}`;
}

/** What files that are named by mistake look like, and what reads them. */
const others: readonly { readonly is: (root: Obj) => boolean; readonly what: string }[] = [
  { is: (root) => 'runs' in root && 'version' in root, what: 'SARIF: ask it by a source of `type: sarif`' },
  { is: (root) => 'SchemaVersion' in root, what: 'a report of Trivy: ask it by a source of `type: trivy`' },
  {
    is: (root) => asObject(root.descriptor)?.name === 'grype',
    what: 'a report of Grype: ask it by a source of `type: grype`',
  },
  {
    is: (root) => 'auditReportVersion' in root,
    what: 'a report of npm audit: ask it by a source of `type: npm-audit`',
  },
  {
    is: (root) => 'results' in root && 'experimental_config' in root,
    what: 'a report of OSV-Scanner: ask it by a source of `type: osv-scanner`',
  },
  {
    is: (root) => 'bomFormat' in root || 'spdxVersion' in root,
    what: 'a list of packages (SBOM), and no scan of them',
  },
];

/** What to say of a file that is some other report. */
export function notAReport({ root, bad }: Json, tool: string, how: string): void {
  const other = others.find(({ is, what }) => is(root) && !what.startsWith(`a report of ${tool}:`));
  bad('NOT_A_REPORT', other ? `is ${other.what}` : `is no JSON report of ${tool}: ${how}`);
}

/** The entries of a list; what stands in place of a list is an entry that must not get lost. */
export const entries = (raw: unknown): readonly unknown[] => (isAbsent(raw) ? [] : (asArray(raw) ?? [raw]));

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
  // Go's zero time is no time, and the record holds no year of five digits.
  return at > 0 && at < lastInstant ? new Date(at).toISOString() : undefined;
}

const lastInstant = Date.UTC(9999, 11, 31);

/**
 * Where a path lies in the repository, when the scanner tells it from the folder that it scanned.
 *
 * @param scanned what it scanned, from `Json.place`: only a path below the root of the repository tells something
 */
export function below(scanned: string, path: string): string {
  const folder = scanned.replace(/(?<!\/)\/+$/, '');
  if (path === '' || folder === '' || folder === '.' || /^(?:\/|\.\.(?:\/|$))|:/.test(folder)) return path;
  // A single file was scanned.
  return folder === path || folder.endsWith(`/${path}`) ? folder : `${folder}/${path}`;
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

const purlForm = /^pkg:[a-z0-9.+-]{1,40}\/[!-~]{1,400}$/i;

/** An identifier that stands for itself, with a prefix that nobody here need know. */
const idForm = /^[A-Z][A-Z0-9]{1,20}(?:-[\w.:]{1,40}){1,8}$/;

/** All names of a vulnerability, its own first. */
function idsOf(id: unknown, names: readonly unknown[]): string[] {
  const own = [id, ...names].filter((one): one is string => typeof one === 'string' && idForm.test(one));
  return [...new Set([...own.map((one) => one.toUpperCase()), ...vulnerabilityIds([id, ...names])])].slice(0, 20);
}

export function vulnerabilityResult(one: Vulnerability): Result {
  const rule = words(one.id) || '(no id)';
  const name = words(one.name, 150);
  const given = words(one.purl, 500);
  const purl = purlForm.test(given) ? given : undefined;
  const { file = '', fixed } = one;
  const help = webLink(one.help);
  const versions = fixed?.map((version) => words(version, 60)).filter((version) => version !== '');
  // Something stands there that nobody understands, which is not "there is none".
  const silent = versions === undefined || (versions.length === 0 && fixed?.length !== 0);
  return {
    rule,
    message: one.message,
    score: one.score,
    suppressions: one.suppressions ?? [],
    ...(file === '' ? {} : { file }),
    ids: idsOf(one.id, one.names ?? []),
    cwes: weaknesses(one.cwes ?? []),
    ...(purl === undefined ? {} : { purl }),
    ...(silent ? {} : { fix: versions.length === 0 ? '' : `upgrade to ${versions.slice(0, 5).join(' or ')}` }),
    ...(help === undefined ? {} : { help }),
    ...(one.exploited && { exploited: one.exploited }),
    // Without the version: what is vulnerable stays the same from one to the next.
    identity: identityOf([one.tool.toLowerCase(), rule, purl === undefined ? name : lasting(purl), file]),
  };
}

/** `lodash 4.17.20: Command Injection`. */
export const packageMessage = (name: unknown, version: unknown, title: unknown): string => {
  const what = [words(name, 100), words(version, 40)].filter((part) => part !== '').join(' ');
  return oneLine([what, words(title)].filter((part) => part !== '').join(': '));
};
