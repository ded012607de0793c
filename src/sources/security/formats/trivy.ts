/**
 * Format `trivy`: the JSON of Trivy (`--format json`), which says what mends a finding, where its SARIF does not.
 * https://trivy.dev/latest/docs/configuration/reporting/#json
 */
import type { Category } from '../../../record/scans.js';
import type { Format } from '../file-source.js';
import { identityOf } from '../identity.js';
import type { Result, RunSink, Suppression } from '../result.js';
import { webLink } from '../sarif/names.js';
import { asIndex, asObject, asText, type Obj } from '../shape.js';
import {
  below,
  entries,
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
    const targets = entries(root.Results);
    if (!targets.some((target) => showsScan(asObject(target)))) {
      bad(
        'RESULTS_MISSING',
        'names nothing that was scanned: Trivy found no package, configuration or file to look at',
      );
      return;
    }
    const metadata = asObject(root.Metadata);
    const image = root.ArtifactType === 'container_image' ? imageOf(root, metadata) : undefined;
    const revision = asText(metadata?.Commit) ?? '';
    const version = words(asObject(root.Trivy)?.Version, 60);
    const ofImage: readonly Category[] = image ? ['container'] : [];
    const run = sink.begin({
      tool,
      ...(version === '' ? {} : { toolVersion: version }),
      categories: [...ofImage, ...categoriesOf(targets)],
      file: json.file,
      sha256: json.sha256,
      revision: /^[0-9a-f]{7,64}$/i.test(revision) ? revision : null,
      ...(image && { image }),
      ended: instantOf(root.CreatedAt) ?? null,
      execution: 'unknown',
      rules: null,
    });
    const os = asObject(metadata?.OS);
    if (os?.EOSL === true) {
      const name = words(`${asText(os.Family) ?? ''} ${asText(os.Name) ?? ''}`, 60);
      sink.note(`${json.file}: ${name} is no longer supported, so nobody reports what is vulnerable in it`);
    }
    const folder = image ? '' : json.place(root.ArtifactName);
    for (const raw of targets) {
      const target = asObject(raw);
      if (target && (isText(target.Class) || findings(target).length > 0)) readTarget(target, json, folder, run);
      else run.add(undefined);
    }
  },
};

const isText = (raw: unknown): boolean => asText(raw) !== undefined;

/** Lists of a target in which findings stand. */
const findingKeys = [
  'Vulnerabilities',
  'Misconfigurations',
  'Secrets',
  'Licenses',
  'ExperimentalModifiedFindings',
] as const;

const findings = (target: Obj): readonly unknown[] => findingKeys.flatMap((key) => entries(target[key]));

/** The entry for loose licence files stands there also when there are none. */
const showsScan = (target: Obj | undefined): boolean =>
  target !== undefined &&
  (findings(target).length > 0 || (isText(target.Target) && isText(target.Class) && target.Class !== 'license-file'));

function imageOf(root: Obj, metadata: Obj | undefined): string[] {
  const all = [...entries(metadata?.RepoDigests), metadata?.ImageID, ...entries(metadata?.RepoTags), root.ArtifactName];
  return [...new Set(all.map((x) => words(x, 300)).filter((x) => x !== ''))].slice(0, 20);
}

/** What Trivy looked for, by the classes of its targets. */
const classes: Readonly<Record<string, Category>> = {
  'os-pkgs': 'sca',
  'lang-pkgs': 'sca',
  config: 'iac',
  secret: 'secrets',
};

function categoriesOf(targets: readonly unknown[]): Category[] {
  const found = new Set<Category>();
  for (const target of targets.map(asObject)) {
    const name = asText(target?.Class) ?? '';
    const category = Object.hasOwn(classes, name) ? classes[name] : undefined;
    if (category) found.add(category);
  }
  return [...found];
}

/** Where findings of a target lie, from the root of the repository. */
interface Where {
  /** Empty: it is no file. */
  readonly file: string;
  /** What a finding says of its own place; empty: nothing. */
  readonly at: (path: unknown) => string;
}

type Reader = (one: Obj, where: Where, suppressions?: readonly Suppression[]) => Result | undefined;

function readTarget(target: Obj, { place }: Json, folder: string, run: RunSink): void {
  const at = (path: unknown): string => below(folder, place(path));
  // A target of the operating system is called after the image and its tag, which is no file.
  const where: Where = { file: target.Class === 'os-pkgs' ? '' : at(target.Target), at };
  const each = (raw: unknown, read: Reader): void => {
    // Every entry of a list is a result, also one that nobody understands.
    for (const entry of entries(raw)) {
      const one = asObject(entry);
      run.add(one && read(one, where));
    }
  };
  each(target.Vulnerabilities, vulnerability);
  each(target.Misconfigurations, misconfiguration);
  each(target.Secrets, secret);
  each(target.Licenses, license);
  each(target.ExperimentalModifiedFindings, modified);
}

/** What Trivy's status says beside the version that mends it. */
const noFix: ReadonlySet<unknown> = new Set(['affected', 'will_not_fix', 'fix_deferred', 'end_of_life']);

function vulnerability(one: Obj, where: Where, suppressions: readonly Suppression[] = []): Result {
  const fixed = asText(one.FixedVersion);
  const status = words(one.Status, 30);
  const known = noFix.has(one.Status) ? ` (${status.replaceAll('_', ' ')})` : '';
  return vulnerabilityResult({
    tool,
    id: one.VulnerabilityID,
    names: entries(one.VendorIDs),
    score: wordRating(one.Severity, words(one.SeveritySource, 40)),
    message: `${packageMessage(one.PkgName, one.InstalledVersion, one.Title)}${known}`,
    name: one.PkgName,
    version: one.InstalledVersion,
    purl: asObject(one.PkgIdentifier)?.PURL,
    // Of a package without a lock file: where it is installed.
    file: where.at(one.PkgPath) || where.file,
    // Only a status that says so means that there is none.
    fixed: fixed !== undefined ? fixed.split(/,\s*/) : noFix.has(one.Status) ? [] : undefined,
    cwes: entries(one.CweIDs),
    help: one.PrimaryURL,
    suppressions,
  });
}

const startLine = (cause: Obj | undefined): number | undefined => {
  const line = asIndex(cause?.StartLine);
  return line === 0 ? undefined : line;
};

function misconfiguration(one: Obj, { file }: Where, suppressions: readonly Suppression[] = []): Result {
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
    ...(file === '' ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    ids: [],
    cwes: [],
    ...(asText(one.Resolution) === undefined ? {} : { fix: words(one.Resolution) }),
    ...(help === undefined ? {} : { help }),
    identity: identityOf(['trivy', rule, file, words(asObject(one.CauseMetadata)?.Resource), words(one.Message)]),
  };
}

/** `Match` is masked by Trivy, and not shown all the same. */
function secret(one: Obj, { file }: Where, suppressions: readonly Suppression[] = []): Result {
  const rule = words(one.RuleID) || '(no id)';
  const line = startLine(one);
  return {
    rule,
    message: words(one.Title) || 'a secret',
    secret: true,
    score: wordRating(one.Severity),
    suppressions,
    ...(file === '' ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    ids: [],
    cwes: [],
    identity: identityOf(['trivy', rule, file]),
  };
}

function license(one: Obj, where: Where, suppressions: readonly Suppression[] = []): Result {
  const rule = `license ${words(one.Name, 60)}`;
  const place = where.at(one.FilePath) || where.file;
  return {
    rule,
    message: `${words(one.PkgName, 100) || 'a file'} is under ${words(one.Name, 60)} (${words(one.Category, 40)})`,
    score: wordRating(one.Severity),
    suppressions,
    ...(place === '' ? {} : { file: place }),
    ids: [],
    cwes: [],
    identity: identityOf(['trivy', rule, words(one.PkgName, 100), place]),
  };
}

const readers: ReadonlyMap<unknown, Reader> = new Map<unknown, Reader>([
  ['vulnerability', vulnerability],
  ['misconfiguration', misconfiguration],
  ['secret', secret],
  ['license', license],
]);

/** States in which a finding does not count any more; Trivy also knows `affected`, `under_investigation` and `unknown`. */
const settled: ReadonlySet<unknown> = new Set(['ignored', 'not_affected', 'fixed']);

/** What an ignore file or a VEX document of Trivy took out (`--show-suppressed`). */
function modified(one: Obj, where: Where): Result | undefined {
  const finding = asObject(one.Finding);
  const reason = [words(one.Source, 100), words(one.Statement)].filter((part) => part !== '').join(': ');
  const status = settled.has(one.Status) ? 'accepted' : 'under-review';
  const suppression: Suppression = { kind: 'external', status, ...(reason === '' ? {} : { reason }) };
  return finding && readers.get(one.Type)?.(finding, where, [suppression]);
}
