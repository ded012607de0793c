/**
 * Format `npm-audit`: what `npm audit --json` prints, and `pnpm audit --json`, which prints what npm 6 did.
 * https://docs.npmjs.com/cli/commands/npm-audit
 */
import type { Format } from '../file-source.js';
import type { Result, RunSink } from '../result.js';
import { asArray, asObject, asText, isAbsent, type Obj } from '../shape.js';
import {
  entries,
  type Json,
  notAReport,
  packageMessage,
  purlFrom,
  readJson,
  vulnerabilityResult,
  wordRating,
  words,
} from './json.js';

const tool = 'npm audit';

export const npmAuditFormat: Format = {
  type: 'npm-audit',
  what: 'npm audit JSON',
  inFolder: ['**/*npm-audit*.json'],
  async read(file, sink, { workspace }, signal) {
    const json = await readJson(file, tool, workspace, sink, signal);
    if (!json) return;
    const { root, bad } = json;
    const isReport = 'vulnerabilities' in root || 'advisories' in root;
    if (!isAbsent(root.error) || ('message' in root && !isReport)) {
      const said = asObject(root.error);
      const why = [said?.summary, said?.message, said?.code, root.message].map((text) => words(text));
      bad('SCAN_FAILED', `holds an error in place of a report: ${why.find((text) => text) ?? 'it does not say why'}`);
      return;
    }
    const metadata = asObject(root.metadata);
    const form = formOf(root);
    if (!form || !metadata) {
      notAReport(json, tool, 'write it with `npm audit --json`');
      return;
    }
    if (!form.scanned(metadata)) {
      bad('RESULTS_MISSING', 'looked at no dependency: does the folder have a lock file?');
      return;
    }
    const wrong = form.wrong(asObject(metadata.vulnerabilities) ?? {});
    if (wrong !== undefined) bad('TRUNCATED', wrong);
    const run = sink.begin({
      tool,
      categories: ['sca'],
      file: json.file,
      sha256: json.sha256,
      revision: null,
      ended: null,
      // `npm audit --offline` asks nobody, and writes the same.
      execution: 'unknown',
      rules: null,
    });
    form.read(json, run);
  },
};

interface Form {
  readonly scanned: (metadata: Obj) => boolean;
  /** @returns why what is listed is not all that npm counted */
  readonly wrong: (counts: Obj) => string | undefined;
  readonly read: (json: Json, run: RunSink) => void;
}

function formOf({ auditReportVersion, vulnerabilities, advisories }: Obj): Form | undefined {
  const packages = asObject(vulnerabilities);
  const known = asObject(advisories);
  if (auditReportVersion === 2 && packages) return packageForm(packages);
  return auditReportVersion === undefined && known ? advisoryForm(known) : undefined;
}

const isSome = (count: unknown): boolean => typeof count === 'number' && count > 0;

const levels = ['info', 'low', 'moderate', 'high', 'critical'] as const;

const ofLevel = (listed: Obj, level: string): number =>
  Object.values(listed).filter((one) => asObject(one)?.severity === level).length;

/** From npm 7 on: by package, with the advisories and the packages that make it vulnerable in `via`. */
const packageForm = (packages: Obj): Form => ({
  scanned: (metadata) => isSome(asObject(metadata.dependencies)?.total),
  wrong(counts) {
    const listed = Object.keys(packages).length;
    const total = typeof counts.total === 'number' ? counts.total : 'none';
    if (total !== listed) return `lists ${listed} vulnerable packages and counts ${total}: was it cut?`;
    const odd = levels.find((level) => (counts[level] ?? 0) !== ofLevel(packages, level));
    return odd && `lists ${ofLevel(packages, odd)} packages of severity ${odd} and counts others: was it changed?`;
  },
  read(json, run) {
    const told = toldOf(packages);
    for (const [name, raw] of Object.entries(packages)) {
      const one = asObject(raw);
      const via = asArray(one?.via);
      if (!one || !via) {
        run.add(undefined);
        continue;
      }
      for (const advisory of via.filter((x) => typeof x !== 'string')) {
        const about = asObject(advisory);
        run.add(about && packageResult(name, one, about, json));
      }
      // What is only a name is told under that name, if it is.
      if (!told.has(name)) run.add(packageResult(name, one, { title: 'vulnerable, and npm does not say how' }, json));
    }
  },
});

/** The packages whose vulnerabilities are all told: by advisories of their own, or by those of packages that are listed too. */
function toldOf(packages: Obj): ReadonlySet<string> {
  const told = new Set<string>();
  const dependents = new Map<string, string[]>();
  const broken = new Set<string>();
  for (const [name, raw] of Object.entries(packages)) {
    const via = entries(asObject(raw)?.via);
    if (via.some((x) => typeof x !== 'string')) told.add(name);
    for (const other of via.filter((x) => typeof x === 'string')) {
      if (!Object.hasOwn(packages, other)) broken.add(name);
      else if (dependents.get(other)?.push(name) === undefined) dependents.set(other, [name]);
    }
  }
  // Names that only lead to each other lead to no advisory.
  for (const name of told) for (const dependent of dependents.get(name) ?? []) told.add(dependent);
  for (const name of broken) told.delete(name);
  return told;
}

function packageResult(name: string, one: Obj, advisory: Obj, { place }: Json): Result {
  const of = asText(advisory.dependency) ?? asText(advisory.name) ?? name;
  const url = asText(advisory.url);
  const [node] = entries(one.nodes);
  return vulnerabilityResult({
    tool,
    id: idOf(url, advisory.source),
    names: [url],
    score: wordRating(advisory.severity ?? one.severity, 'the advisory'),
    message: packageMessage(of, advisory.range ?? one.range, advisory.title),
    name: of,
    purl: purlFrom('npm', of),
    file: place(node),
    fixed: fixedOf(one),
    cwes: entries(advisory.cwe),
    help: url,
  });
}

const idOf = (url: string | undefined, number: unknown): unknown =>
  /GHSA(?:-[0-9a-z]{4}){3}/i.exec(url ?? '')?.[0] ?? (typeof number === 'number' ? `npm-${number}` : number);

/** `fixAvailable`: false there is none, true by `npm audit fix`, else by a new version of a direct dependency. */
function fixedOf({ fixAvailable }: Obj): readonly unknown[] | undefined {
  if (fixAvailable === false) return [];
  if (fixAvailable === true) return ['what `npm audit fix` installs'];
  const fix = asObject(fixAvailable);
  return fix ? [`${words(fix.name, 100)} ${words(fix.version, 40)}`] : undefined;
}

/** Before npm 7, and of pnpm: by advisory. */
const advisoryForm = (advisories: Obj): Form => ({
  scanned: (metadata) => isSome(metadata.totalDependencies),
  wrong(counts) {
    // npm 6 counts each way to a package. pnpm leaves `info` out of the list unless it is asked for.
    const odd = levels.find((level) => level !== 'info' && isSome(counts[level]) !== ofLevel(advisories, level) > 0);
    const why = 'was it cut, or filtered with `--audit-level` or `ignoreGhsas`?';
    return (
      odd && `lists ${ofLevel(advisories, odd)} of severity ${odd} and counts ${words(String(counts[odd]), 20)}: ${why}`
    );
  },
  read(_, run) {
    for (const raw of Object.values(advisories)) {
      const one = asObject(raw);
      run.add(one && advisoryResult(one));
    }
  },
});

function advisoryResult(one: Obj): Result {
  const url = asText(one.url);
  const found = entries(one.findings).map(asObject);
  const versions = [...new Set(found.map((finding) => words(finding?.version, 40)))].filter((text) => text !== '');
  return vulnerabilityResult({
    tool,
    id: asText(one.github_advisory_id) ?? idOf(url, one.id),
    names: [url, ...entries(one.cves)],
    score: wordRating(one.severity, 'the advisory'),
    message: packageMessage(one.module_name, versions.join(', ') || one.vulnerable_versions, one.title),
    name: one.module_name,
    purl: purlFrom('npm', one.module_name),
    fixed: patchedOf(one),
    cwes: entries(one.cwe),
    help: url,
  });
}

/** `>=4.17.21`; `<0.0.0` is how npm writes that there is none. */
function patchedOf({ patched_versions: patched, patched_versions_unpublished: unpublished }: Obj) {
  if (unpublished === true || patched === '<0.0.0') return [];
  const text = asText(patched);
  return text === undefined ? undefined : [/^>=\s*(\S+)$/.exec(text)?.[1] ?? text];
}
