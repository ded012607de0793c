/**
 * Format `grype`: the JSON of Grype (`-o json`), which says what mends a finding, how likely it is exploited, and how old the vulnerability data
 * are. https://github.com/anchore/grype/tree/main/grype/presenter/models
 */
import { plural } from '../../../judge/number.js';
import type { Format } from '../file-source.js';
import type { Result, Suppression } from '../result.js';
import { asArray, asObject, asText, type Obj } from '../shape.js';
import {
  below,
  entries,
  instantOf,
  notAReport,
  packageMessage,
  readJson,
  vulnerabilityResult,
  wordRating,
  words,
} from './json.js';

const tool = 'Grype';

export const grypeFormat: Format = {
  type: 'grype',
  what: 'Grype JSON',
  inFolder: ['**/*grype*.json'],
  async read(file, sink, { workspace }, signal) {
    const json = await readJson(file, tool, workspace, sink, signal);
    if (!json) return;
    const { root, bad } = json;
    const descriptor = asObject(root.descriptor);
    if (descriptor?.name !== 'grype') {
      notAReport(json, tool, 'write it with `-o json`');
      return;
    }
    const matches = asArray(root.matches);
    if (!matches) {
      bad('RESULTS_MISSING', 'has no list of matches: Grype did not finish');
      return;
    }
    const db = asObject(descriptor.db);
    const status = asObject(db?.status);
    if (status?.valid === false || isText(status?.error) || isText(db?.error)) {
      bad('SCAN_FAILED', 'says that its vulnerability data were not valid');
    }
    const source = asObject(root.source);
    const image = imageOf(source);
    // Since 0.88 in `status`, before that at its top.
    const database = instantOf(status?.built) ?? instantOf(db?.built);
    const version = words(descriptor.version, 60);
    const run = sink.begin({
      tool,
      ...(version === '' ? {} : { toolVersion: version }),
      categories: image ? ['container', 'sca'] : ['sca'],
      file: json.file,
      sha256: json.sha256,
      revision: null,
      ...(image && { image }),
      ended: instantOf(descriptor.timestamp) ?? null,
      ...(database === undefined ? {} : { database }),
      execution: 'unknown',
      rules: null,
    });
    const old = entries(root.alertsByPackage).map(asObject).filter(isOfOldDistribution).length;
    if (old > 0) {
      const text = 'of a distribution that is no longer supported, so nobody reports what is vulnerable in them';
      sink.note(`${json.file}: ${plural(old, 'package')} ${text}`);
    }
    const isScanOfFiles = source?.type === 'directory' || source?.type === 'file';
    const folder = isScanOfFiles ? json.place(source.target) : undefined;
    const at = (raw: unknown): string => {
      const path = words(raw, 300);
      // From the folder that was scanned, in spite of the slash.
      if (folder !== undefined) return below(folder, path.replace(/^\/+/, ''));
      return image ? path : json.place(raw);
    };
    for (const raw of matches) {
      const match = asObject(raw);
      run.add(match && readMatch(match, [], at));
    }
    for (const raw of entries(root.ignoredMatches)) {
      const match = asObject(raw);
      run.add(match && readMatch(match, [ignoredBy(match)], at));
    }
  },
};

const isText = (raw: unknown): boolean => asText(raw) !== undefined;

const isOfOldDistribution = (one: Obj | undefined): boolean =>
  entries(one?.alerts).some((alert) => asObject(alert)?.type === 'distro-eol');

function imageOf(source: Obj | undefined): string[] | undefined {
  if (source?.type !== 'image') return undefined;
  const target = asObject(source.target);
  const all = [
    ...entries(target?.repoDigests),
    target?.manifestDigest,
    target?.imageID,
    target?.userInput,
    ...entries(target?.tags),
  ];
  return [...new Set(all.map((x) => words(x, 300)).filter((x) => x !== ''))].slice(0, 20);
}

function readMatch(
  match: Obj,
  suppressions: readonly Suppression[],
  at: (path: unknown) => string,
): Result | undefined {
  const vulnerability = asObject(match.vulnerability);
  const artifact = asObject(match.artifact);
  if (!vulnerability || !artifact) return undefined;
  const related = entries(match.relatedVulnerabilities)
    .map(asObject)
    .filter((one) => one !== undefined);
  const [location] = entries(artifact.locations);
  const exploited = exploitedOf([vulnerability, ...related]);
  return vulnerabilityResult({
    tool,
    id: vulnerability.id,
    names: related.map((one) => one.id),
    score: wordRating(vulnerability.severity, words(vulnerability.namespace, 40)),
    message: packageMessage(
      artifact.name,
      artifact.version,
      asText(vulnerability.description) ?? asText(related[0]?.description),
    ),
    name: artifact.name,
    version: artifact.version,
    purl: artifact.purl,
    file: at(asObject(location)?.path),
    fixed: fixedOf(match, asObject(vulnerability.fix)),
    cwes: [vulnerability, ...related].flatMap((one) => entries(one.cwes)).map((x) => asText(x) ?? asObject(x)?.cwe),
    help: vulnerability.dataSource,
    suppressions,
    ...(exploited && { exploited }),
  });
}

/** Of several versions the one that Grype suggests for this package. */
function fixedOf(match: Obj, fix: Obj | undefined): readonly unknown[] | undefined {
  const suggested = entries(match.matchDetails).map((one) => asObject(asObject(one)?.fix)?.suggestedVersion);
  const best = suggested.find(isText);
  if (best !== undefined) return [best];
  const versions = entries(fix?.versions);
  if (versions.length > 0) return versions;
  return fix?.state === 'not-fixed' || fix?.state === 'wont-fix' ? [] : undefined;
}

/** By the catalogs that Grype knows, under any name of the vulnerability. */
function exploitedOf(names: readonly Obj[]): Result['exploited'] {
  const kev = names.some((one) => entries(one.knownExploited).length > 0);
  const scores = names
    .flatMap((one) => entries(one.epss))
    .map((x) => asObject(x)?.epss)
    .filter((x) => typeof x === 'number');
  if (!kev && scores.length === 0) return undefined;
  return { ...(kev && { kev }), ...(scores.length > 0 && { epss: Math.max(...scores) }) };
}

/** The rule of Grype's configuration or of a VEX document; the first one that says why. */
function ignoredBy(match: Obj): Suppression {
  const reasons = entries(match.appliedIgnoreRules).map((raw) => {
    const rule = asObject(raw);
    const vex = [words(rule?.['vex-status'], 40), words(rule?.['vex-justification'], 100)].filter(
      (part) => part !== '',
    );
    return [words(rule?.reason), vex.join(', ')].filter((part) => part !== '').join('; ');
  });
  const reason = reasons.find((text) => text !== '');
  return { kind: 'external', status: 'accepted', ...(reason === undefined ? {} : { reason }) };
}
