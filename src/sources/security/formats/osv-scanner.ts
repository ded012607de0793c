/** Format `osv-scanner`: the JSON of OSV-Scanner (`--format json`). https://google.github.io/osv-scanner/output/#json */
import type { Format } from '../file-source.js';
import type { Rating, Result, RunSink } from '../result.js';
import { fromScore } from '../sarif/severity.js';
import { asArray, asObject, asText, type Obj } from '../shape.js';
import {
  escaped,
  type Json,
  notAReport,
  packageMessage,
  purlFrom,
  readJson,
  vulnerabilityResult,
  wordRating,
  words,
} from './json.js';

const tool = 'osv-scanner';

export const osvScannerFormat: Format = {
  type: 'osv-scanner',
  what: 'OSV-Scanner JSON',
  inFolder: ['**/*osv*.json'],
  async read(file, sink, { workspace }, signal) {
    const json = await readJson(file, 'OSV-Scanner', workspace, sink, signal);
    if (!json) return;
    const { root, bad } = json;
    const results = asArray(root.results);
    if (!('results' in root) || 'runs' in root || 'matches' in root || 'Results' in root) {
      notAReport(json, 'OSV-Scanner', 'write it with `--format json`');
      return;
    }
    if (!results) {
      bad('RESULTS_MISSING', 'has no list of results: OSV-Scanner did not finish');
      return;
    }
    if (results.length === 0) {
      // It lists only what is vulnerable, unless it is told to list all.
      const how = 'scan with `--all-packages`, so that a clean scan names what it scanned';
      bad('RESULTS_MISSING', `names no package, so nobody knows whether it scanned any: ${how}`);
      return;
    }
    const run = sink.begin({
      tool,
      categories: ['sca'],
      file: json.file,
      sha256: json.sha256,
      revision: null,
      ended: null,
      execution: 'unknown',
      rules: null,
    });
    for (const raw of results) readSource(asObject(raw), json, run);
  },
};

function readSource(source: Obj | undefined, { place }: Json, run: RunSink): void {
  const file = place(asObject(source?.source)?.path);
  const packages = asArray(source?.packages);
  if (!packages) run.add(undefined);
  for (const raw of packages ?? []) {
    const one = asObject(raw);
    if (one) readPackage(one, file, run);
    else run.add(undefined);
  }
}

/** One result for each group: several names of one vulnerability are one finding. */
function readPackage(one: Obj, file: string, run: RunSink): void {
  const vulnerabilities = (asArray(one.vulnerabilities) ?? []).map(asObject);
  const left = new Set(vulnerabilities);
  const byId = new Map(vulnerabilities.map((v) => [asText(v?.id) ?? '', v]));
  for (const group of (asArray(one.groups) ?? []).map(asObject)) {
    const ids = (asArray(group?.ids) ?? []).map((id) => asText(id) ?? '');
    const found = ids.map((id) => byId.get(id)).filter((v) => v !== undefined);
    for (const v of found) left.delete(v);
    if (found.length > 0 || ids.length > 0) run.add(resultOf(one, file, found, group));
    else run.add(undefined);
  }
  // What is in no group is a finding all the same.
  for (const v of left) run.add(v && resultOf(one, file, [v], undefined));
}

function resultOf(one: Obj, file: string, found: readonly Obj[], group: Obj | undefined): Result {
  const about = asObject(one.package) ?? {};
  const [first = {}] = found;
  const names = [
    ...(asArray(group?.ids) ?? []),
    ...(asArray(group?.aliases) ?? []),
    ...found.flatMap((v) => [v.id, ...(asArray(v.aliases) ?? [])]),
  ];
  const called = Object.values(
    asObject(group?.experimentalAnalysis) ?? asObject(group?.experimental_analysis) ?? {},
  ).map((x) => asObject(x)?.called);
  const unreached = called.length > 0 && called.every((x) => x === false) ? ' (not called, says the scanner)' : '';
  return vulnerabilityResult({
    tool,
    id: asText(first.id) ?? asArray(group?.ids)?.[0],
    names,
    score: ratingOf(found, group),
    message: `${packageMessage(about.name, about.version, asText(first.summary) ?? asText(first.details))}${unreached}`,
    name: about.name,
    version: about.version,
    purl: purlFrom(about.ecosystem, about.name, about.version),
    file,
    fixed: fixedOf(found, about),
    cwes: found.flatMap((v) => asArray(asObject(v.database_specific)?.cwe_ids) ?? []),
    help: typeof first.id === 'string' ? `https://osv.dev/vulnerability/${escaped(first.id)}` : undefined,
  });
}

/** `max_severity` is the highest CVSS score of the group; without one the database's own word. */
function ratingOf(found: readonly Obj[], group: Obj | undefined): Rating {
  const score = asText(group?.max_severity);
  const severity = fromScore(score);
  if (severity) return { severity, why: `CVSS ${words(score, 10)}` };
  const ratings = found.map((v) => wordRating(asObject(v.database_specific)?.severity, 'the advisory'));
  return ratings.find((r) => r.severity !== 'unknown') ?? { severity: 'unknown', why: 'the advisory has no severity' };
}

/** Versions in which the advisories end for this package; empty: all of them go on without end. */
function fixedOf(found: readonly Obj[], about: Obj): readonly unknown[] | undefined {
  const affected = found
    .flatMap((v) => asArray(v.affected) ?? [])
    .map(asObject)
    .filter((a) => asObject(a?.package)?.name === about.name);
  if (affected.length === 0) return undefined;
  const events = affected
    .flatMap((a) => asArray(a?.ranges) ?? [])
    .map(asObject)
    .filter((range) => range?.type !== 'GIT')
    .flatMap((range) => asArray(range?.events) ?? [])
    .map(asObject);
  const fixed = events.flatMap((event) => (asText(event?.fixed) === undefined ? [] : [event?.fixed]));
  if (fixed.length > 0) return [...new Set(fixed)];
  return events.length > 0 && !events.some((event) => asText(event?.last_affected)) ? [] : undefined;
}
