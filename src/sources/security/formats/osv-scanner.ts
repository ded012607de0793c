/** Format `osv-scanner`: the JSON of OSV-Scanner (`--format json`). https://google.github.io/osv-scanner/output/#json */
import type { Format } from '../file-source.js';
import { identityOf } from '../identity.js';
import type { Rating, Result, RunSink } from '../result.js';
import { fromScore } from '../sarif/severity.js';
import { asArray, asObject, asText, isAbsent, type Obj } from '../shape.js';
import { bySeverity } from '../triage/severity.js';
import {
  entries,
  escaped,
  notAReport,
  packageMessage,
  purlFrom,
  readJson,
  vulnerabilityResult,
  wordRating,
  words,
} from './json.js';
import { fixedOf } from './osv-fix.js';

const tool = 'osv-scanner';

export const osvScannerFormat: Format = {
  type: 'osv-scanner',
  what: 'OSV-Scanner JSON',
  inFolder: ['**/*osv*.json'],
  async read(file, sink, { workspace }, signal) {
    const json = await readJson(file, 'OSV-Scanner', workspace, sink, signal);
    if (!json) return;
    const { root, bad } = json;
    if (!('results' in root) || 'runs' in root || 'matches' in root || 'Results' in root) {
      notAReport(json, 'OSV-Scanner', 'write it with `--format json`');
      return;
    }
    const sources = asArray(root.results);
    if (!sources) {
      bad('RESULTS_MISSING', 'has no list of results: OSV-Scanner found nothing to scan, or did not finish');
      return;
    }
    const others = entries(root.experimental_generic_findings);
    if (others.length === 0 && sources.every(isEmpty)) {
      // It lists only what is vulnerable, unless it is told to list all.
      const how = 'scan with `--all-packages`, so that a clean scan names what it scanned';
      bad('RESULTS_MISSING', `names no package, so nobody knows whether it scanned any: ${how}`);
      return;
    }
    const ofImage = !isAbsent(root.image_metadata);
    const run = sink.begin({
      tool,
      categories: ofImage ? ['container', 'sca'] : ['sca'],
      file: json.file,
      sha256: json.sha256,
      revision: null,
      ended: null,
      execution: 'unknown',
      rules: null,
    });
    const at = (path: unknown): string => (ofImage ? words(path, 300) : json.place(path));
    for (const raw of sources) readSource(asObject(raw), at, run);
    for (const raw of others) {
      const one = asObject(raw);
      run.add(one && genericResult(one));
    }
  },
};

const isEmpty = (source: unknown): boolean => asArray(asObject(source)?.packages)?.length === 0;

function readSource(source: Obj | undefined, at: (path: unknown) => string, run: RunSink): void {
  const file = at(asObject(source?.source)?.path);
  const packages = asArray(source?.packages);
  if (!packages) run.add(undefined);
  for (const raw of packages ?? []) {
    const one = asObject(raw);
    if (one && asObject(one.package)) readPackage(one, file, run);
    else run.add(undefined);
  }
}

/** One result for each group: several names of one vulnerability are one finding. */
function readPackage(one: Obj, file: string, run: RunSink): void {
  const listed = entries(one.vulnerabilities);
  const vulnerabilities = listed.map(asObject).filter((v) => v !== undefined);
  for (let i = vulnerabilities.length; i < listed.length; i += 1) run.add(undefined);
  const left = new Set(vulnerabilities);
  const byId = new Map(vulnerabilities.map((v) => [asText(v.id) ?? '', v]));
  for (const group of entries(one.groups).map(asObject)) {
    const ids = entries(group?.ids).flatMap((id) => asText(id) ?? []);
    const found = ids.map((id) => byId.get(id)).filter((v) => v !== undefined);
    for (const v of found) left.delete(v);
    run.add(ids.length > 0 ? resultOf(one, file, found, group) : undefined);
  }
  // What is in no group is a finding all the same.
  for (const v of left) run.add(resultOf(one, file, [v], undefined));
  for (const license of entries(one.license_violations)) {
    run.add(packageResult(one, file, `license ${words(license, 60)}`, `is under ${words(license, 60)}`));
  }
  if (asObject(one.package)?.deprecated === true) run.add(packageResult(one, file, 'deprecated', 'is deprecated'));
}

function resultOf(one: Obj, file: string, found: readonly Obj[], group: Obj | undefined): Result {
  const about = asObject(one.package) ?? {};
  const [first = {}] = found;
  const id = asText(first.id) ?? entries(group?.ids).find((x) => asText(x) !== undefined);
  const names = [
    ...entries(group?.ids),
    ...entries(group?.aliases),
    ...found.flatMap((v) => [v.id, ...entries(v.aliases)]),
  ];
  const title = asText(first.summary) ?? asText(first.details);
  return vulnerabilityResult({
    tool,
    id,
    names,
    score: ratingOf(found, group),
    message: packageMessage(about.name, asText(about.version) ?? about.commit, title) + analysisOf(group),
    name: about.name,
    version: about.version,
    purl: purlFrom(about.ecosystem, about.name, about.version),
    file,
    fixed: fixedOf(found, about),
    cwes: found.flatMap((v) => entries(asObject(v.database_specific)?.cwe_ids)),
    help: typeof id === 'string' ? `https://osv.dev/vulnerability/${escaped(words(id))}` : undefined,
  });
}

/** Told, and no reason not to count: OSV-Scanner itself leaves such findings out of its exit code. */
function analysisOf(group: Obj | undefined): string {
  const analysis = asObject(group?.experimentalAnalysis) ?? asObject(group?.experimental_analysis) ?? {};
  const each = Object.values(analysis).map(asObject);
  if (each.length > 0 && each.every((one) => one?.called === false)) return ' (not called, says the scanner)';
  return each.some((one) => one?.unimportant === true) ? ' (unimportant, says the distribution)' : '';
}

/** `max_severity` is the highest CVSS score of the group; without one the worst word of its advisories. */
function ratingOf(found: readonly Obj[], group: Obj | undefined): Rating {
  const score = asText(group?.max_severity);
  const severity = fromScore(score);
  if (severity) return { severity, why: `CVSS ${words(score, 10)}` };
  const said = found.flatMap((v) => [
    asObject(v.database_specific)?.severity,
    // Ubuntu has words where others have vectors.
    ...entries(v.severity).map((one) => asObject(one)?.score),
  ]);
  const ratings = said.map((word) => wordRating(word, 'the advisory')).filter((one) => one.severity !== 'unknown');
  const [worst] = ratings.toSorted((a, b) => bySeverity(a.severity, b.severity));
  return worst ?? { severity: 'unknown', why: 'the advisory has no severity' };
}

/** What OSV-Scanner holds against a package itself. */
function packageResult(one: Obj, file: string, rule: string, what: string): Result {
  const about = asObject(one.package) ?? {};
  const result = vulnerabilityResult({
    tool,
    id: rule,
    score: { severity: 'unknown', why: 'the scanner does not say how bad it is' },
    message: `${packageMessage(about.name, about.version, '')} ${what}`,
    name: about.name,
    version: about.version,
    purl: purlFrom(about.ecosystem, about.name, about.version),
    file,
  });
  return { ...result, ids: [] };
}

/** `SeverityEnum` of the library under it, by its number. */
const numbered: readonly string[] = ['', 'low', 'low', 'medium', 'high', 'critical'];

/** What is about no package, such as a weak password. Where it is is free text, which may hold it. */
function genericResult({ Adv, Target }: Obj): Result {
  const advisory = asObject(Adv) ?? {};
  const id = asObject(advisory.ID);
  const rule = words(id?.Reference, 100) || words(advisory.Title, 100) || '(no id)';
  const severity = typeof advisory.Sev === 'number' ? numbered[advisory.Sev] : advisory.Sev;
  const fix = words(advisory.Recommendation);
  return {
    rule,
    message: words(advisory.Title) || rule,
    score: wordRating(severity, 'the scanner'),
    suppressions: [],
    ...(fix === '' ? {} : { fix }),
    ids: [],
    cwes: [],
    identity: identityOf([tool, words(id?.Publisher), rule, words(asObject(Target)?.Extra)]),
  };
}
