/**
 * Format `trivy`: the JSON of Trivy (`--format json`), which says what mends a finding, where its SARIF does not.
 * https://trivy.dev/latest/docs/configuration/reporting/#json
 */
import type { Category } from '../../../record/scans.js';
import type { Format } from '../file-source.js';
import { identityOf } from '../identity.js';
import type { Result, RunSink, Suppression } from '../result.js';
import { webLink } from '../sarif/names.js';
import { asArray, asIndex, asObject, asText, isAbsent, type Obj } from '../shape.js';
import {
  instantOf,
  type Json,
  notAReport,
  packageMessage,
  readJson,
  vulnerabilityResult,
  wordRating,
  words,
} from './json.js';

const tool = 'Trivy';

export const trivyFormat: Format = {
  type: 'trivy',
  what: 'Trivy JSON',
  inFolder: ['**/*trivy*.json'],
  async read(file, sink, { workspace }, signal) {
    const json = await readJson(file, tool, workspace, sink, signal);
    if (!json) return;
    const { root, bad } = json;
    if (root.SchemaVersion !== 2 || !('ArtifactName' in root)) {
      notAReport(json, tool, 'write it with `--format json` (SchemaVersion 2)');
      return;
    }
    const targets = asArray(root.Results);
    if (!targets || targets.length === 0) {
      const isNone = isAbsent(root.Results) || targets?.length === 0;
      const said = isNone ? 'names nothing that was scanned' : 'has results that are no list';
      bad('RESULTS_MISSING', `${said}: Trivy found no package, configuration or file to look at`);
      return;
    }
    const metadata = asObject(root.Metadata);
    const image = root.ArtifactType === 'container_image' ? imageOf(root, metadata) : undefined;
    const revision = words(metadata?.Commit, 100);
    const version = words(asObject(root.Trivy)?.Version, 60);
    const run = sink.begin({
      tool,
      ...(version === '' ? {} : { toolVersion: version }),
      categories: categoriesOf(targets, image !== undefined),
      file: json.file,
      sha256: json.sha256,
      revision: revision === '' ? null : revision,
      ...(image && { image }),
      ended: instantOf(root.CreatedAt) ?? null,
      execution: 'unknown',
      rules: null,
    });
    for (const raw of targets) {
      const target = asObject(raw);
      if (target) readTarget(target, json, run);
      else run.add(undefined);
    }
  },
};

function imageOf(root: Obj, metadata: Obj | undefined): string[] {
  const all = [...list(metadata?.RepoDigests), metadata?.ImageID, ...list(metadata?.RepoTags), root.ArtifactName];
  return [...new Set(all.map((x) => words(x, 300)).filter((x) => x !== ''))].slice(0, 20);
}

const list = (raw: unknown): readonly unknown[] => (isAbsent(raw) ? [] : (asArray(raw) ?? [raw]));

/** What Trivy looked for, by the classes of its targets. */
const classes: Readonly<Record<string, Category>> = {
  'os-pkgs': 'sca',
  'lang-pkgs': 'sca',
  config: 'iac',
  secret: 'secrets',
};

function categoriesOf(targets: readonly unknown[], ofImage: boolean): Category[] {
  const found = new Set<Category>(ofImage ? ['container'] : []);
  for (const target of targets.map(asObject)) {
    const name = asText(target?.Class) ?? '';
    const category = Object.hasOwn(classes, name) ? classes[name] : undefined;
    if (category) found.add(category);
  }
  return [...found];
}

/** Every entry of a list is a result, also one that nobody understands. */
function each(raw: unknown, run: RunSink, read: (one: Obj) => Result): void {
  for (const entry of list(raw)) {
    const one = asObject(entry);
    run.add(one && read(one));
  }
}

function readTarget(target: Obj, { place }: Json, run: RunSink): void {
  const file = place(target.Target);
  each(target.Vulnerabilities, run, (one) => vulnerability(one, file));
  each(target.Misconfigurations, run, (one) => misconfiguration(one, file));
  each(target.Secrets, run, (one) => secret(one, file));
  each(target.Licenses, run, (one) => license(one, file));
  each(target.ExperimentalModifiedFindings, run, (one) => modified(one, file));
}

/** What Trivy's status says beside the version that mends it. */
const noFix: ReadonlySet<unknown> = new Set(['affected', 'will_not_fix', 'fix_deferred', 'end_of_life']);

function vulnerability(one: Obj, file: string, suppressions: readonly Suppression[] = []): Result {
  const fixed = asText(one.FixedVersion);
  const status = words(one.Status, 30);
  const known = noFix.has(one.Status) ? ` (${status.replaceAll('_', ' ')})` : '';
  return vulnerabilityResult({
    tool,
    id: one.VulnerabilityID,
    names: list(one.VendorIDs),
    score: wordRating(one.Severity, words(one.SeveritySource, 40)),
    message: `${packageMessage(one.PkgName, one.InstalledVersion, one.Title)}${known}`,
    name: one.PkgName,
    version: one.InstalledVersion,
    purl: asObject(one.PkgIdentifier)?.PURL,
    file: words(one.PkgPath, 300) || file,
    // Only a status that says so means that there is none.
    fixed: fixed !== undefined ? fixed.split(/,\s*/) : noFix.has(one.Status) ? [] : undefined,
    cwes: list(one.CweIDs),
    help: one.PrimaryURL,
    suppressions,
  });
}

const startLine = (cause: Obj | undefined): number | undefined => {
  const line = asIndex(cause?.StartLine);
  return line === 0 ? undefined : line;
};

function misconfiguration(one: Obj, file: string, suppressions: readonly Suppression[] = []): Result {
  const line = startLine(asObject(one.CauseMetadata));
  const rule = words(one.ID) || words(one.AVDID) || '(no id)';
  const help = webLink(one.PrimaryURL);
  const passed = one.Status === 'PASS';
  const exception = one.Status === 'EXCEPTION';
  return {
    rule,
    message: words(one.Message) || words(one.Title),
    score: wordRating(one.Severity),
    ...(passed ? { noFailure: { fate: 'ignored', reason: 'KIND_PASS' } as const } : {}),
    suppressions: exception ? [...suppressions, { kind: 'external', status: 'accepted' }] : suppressions,
    file,
    ...(line === undefined ? {} : { line }),
    ids: [],
    cwes: [],
    ...(asText(one.Resolution) === undefined ? {} : { fix: words(one.Resolution) }),
    ...(help === undefined ? {} : { help }),
    identity: identityOf(['trivy', rule, file, words(asObject(one.CauseMetadata)?.Resource), words(one.Message)]),
  };
}

/** `Match` is masked by Trivy, and not shown all the same. */
function secret(one: Obj, file: string, suppressions: readonly Suppression[] = []): Result {
  const rule = words(one.RuleID) || '(no id)';
  const line = startLine(one);
  return {
    rule,
    message: words(one.Title) || 'a secret',
    secret: true,
    score: wordRating(one.Severity),
    suppressions,
    file,
    ...(line === undefined ? {} : { line }),
    ids: [],
    cwes: [],
    identity: identityOf(['trivy', rule, file]),
  };
}

function license(one: Obj, file: string, suppressions: readonly Suppression[] = []): Result {
  const rule = `license ${words(one.Name, 60)}`;
  const place = words(one.FilePath, 300) || file;
  return {
    rule,
    message: `${words(one.PkgName, 100) || 'a file'} is under ${words(one.Name, 60)} (${words(one.Category, 40)})`,
    score: wordRating(one.Severity),
    suppressions,
    file: place,
    ids: [],
    cwes: [],
    identity: identityOf(['trivy', rule, words(one.PkgName, 100), place]),
  };
}

const readers: Readonly<Record<string, typeof vulnerability>> = {
  vulnerability,
  misconfiguration,
  secret,
  license,
};

/** What an ignore file or a VEX document of Trivy took out (`--show-suppressed`). */
function modified(one: Obj, file: string): Result {
  const reason = [words(one.Source, 100), words(one.Statement)].filter((part) => part !== '').join(': ');
  const suppression: Suppression = { kind: 'external', status: 'accepted', ...(reason === '' ? {} : { reason }) };
  const type = asText(one.Type) ?? '';
  const read = Object.hasOwn(readers, type) ? readers[type] : undefined;
  return (read ?? vulnerability)(asObject(one.Finding) ?? {}, file, [suppression]);
}
