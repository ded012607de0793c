/** Stage 1: one run of one tool. Whether it ran to its end, what it scanned and when; and how its results are read. */
import type { Category } from '../../../record/scans.js';
import { oneLine } from '../../text.js';
import type { Problem, Result, RunFacts } from '../result.js';
import { asArray, asObject, asText, isAbsent, type Obj } from '../shape.js';
import { categoriesOf } from '../tools.js';
import { endOf, failures, invocationsOf, overridesOf, succeeded } from './invocations.js';
import { readResult } from './result.js';
import { openBook } from './rules.js';

/** What the reader of the file collected for a run. */
export interface Extra {
  readonly origin: { readonly file: string; readonly sha256: string };
  /** `location.uri` by the position in `run.artifacts`. */
  readonly artifacts: ReadonlyArray<string | undefined>;
  /** The folder that the repository lies in, absolute; absent: unknown. */
  readonly workspace?: string | undefined;
  /** A list of results was found for it: in the run itself, inline, or in another file. */
  readonly hasResults: boolean;
}

/** A run that can be read on. */
export interface SarifRun {
  readonly facts: RunFacts;
  readonly problems: readonly Problem[];
  /** Never throws. */
  read(raw: unknown): Result | undefined;
}

/**
 * Never throws, whatever it is.
 *
 * @param log the log that it stands in, since some tools put a run's parts there; its long lists are empty
 * @param raw the entry of `runs`; its long lists are empty
 */
export function openRun(
  log: Obj,
  raw: unknown,
  { origin, artifacts, workspace, hasResults }: Extra,
): SarifRun | { problem: Problem } {
  const run = asObject(raw);
  const tool = asObject(run?.tool);
  const driver = asObject(tool?.driver);
  const name = oneLine(asText(driver?.name) ?? '', 100);
  const bad = (code: string, message: string, about?: string): Problem => ({
    code,
    message: `${name || 'a run'} in ${origin.file} ${message}`,
    file: origin.file,
    ...(name ? { tool: name } : {}),
    ...(about === undefined ? {} : { about }),
  });
  if (!run || !tool || !driver || !name)
    return { problem: bad('NO_TOOL', 'does not name its tool, so it proves nothing') };
  if (!hasResults) return { problem: bad('RESULTS_MISSING', 'has no list of results: it never began its analysis') };

  const invocations = invocationsOf(log, run);
  const failed = failures(invocations, openBook(tool, 'notifications'));
  const rules = openBook(tool, 'rules');
  const version = asText(driver.semanticVersion) ?? asText(driver.version);
  const image = imageOf(run);
  const categories = [...new Set([...categoriesOf(name), ...shownCategories(tool, image)])];
  const context = {
    tool: name,
    secrets: categories.length === 1 && categories[0] === 'secrets',
    rules,
    overrides: invocations.map((x) => overridesOf(asObject(x), 'ruleConfigurationOverrides', rules)),
    policies: policiesOf(run),
    places: { bases: asObject(run.originalUriBaseIds), artifacts, workspace },
  };
  return {
    facts: {
      tool: name,
      ...(version === undefined ? {} : { toolVersion: oneLine(version, 60) }),
      categories,
      ...origin,
      revision: revisionOf(run),
      ...(image.length === 0 ? {} : { image }),
      ended: endOf(invocations),
      execution: failed.length > 0 ? 'failed' : succeeded(invocations) ? 'succeeded' : 'unknown',
      rules: [rules.driver, ...rules.extensions].reduce((sum, { descriptors }) => sum + descriptors.length, 0),
    },
    problems: failed.map(({ text, about }) => bad('SCAN_FAILED', `did not finish its scan: ${text}`, about)),
    read: (result) => readResult(result, context),
  };
}

/** What Trivy says that it looks for, in the tags of its rules. */
const tagCategories: Readonly<Record<string, Category>> = {
  vulnerability: 'sca',
  misconfiguration: 'iac',
  secret: 'secrets',
};

/** Of tools that look for what they are told to: what the run shows of it. */
function shownCategories(tool: Obj, image: readonly string[]): Category[] {
  const found = new Set<Category>(image.length > 0 ? ['container', 'sca'] : []);
  for (const rule of (asArray(asObject(tool.driver)?.rules) ?? []).map(asObject)) {
    for (const tag of asArray(asObject(rule?.properties)?.tags) ?? []) {
      const category = typeof tag === 'string' && Object.hasOwn(tagCategories, tag) ? tagCategories[tag] : undefined;
      if (category) found.add(category);
    }
  }
  return [...found];
}

/** Names and digests of the image, as Trivy writes them. */
function imageOf(run: Obj): string[] {
  const properties = asObject(run.properties);
  const all = [
    ...(asArray(properties?.repoDigests) ?? []),
    properties?.imageID,
    properties?.imageName,
    ...(asArray(properties?.repoTags) ?? []),
  ];
  const names = all.flatMap((x) => (typeof x === 'string' && x.trim() !== '' ? [oneLine(x, 300)] : []));
  return [...new Set(names)].slice(0, 20);
}

/** All commits that the run names, since several repositories may have been scanned at once. */
function revisionOf(run: Obj): string | null {
  const ids = (asArray(run.versionControlProvenance) ?? []).flatMap((x) => {
    const id = asText(asObject(x)?.revisionId)?.trim();
    return id === undefined ? [] : [oneLine(id, 100).replaceAll(' ', '_')];
  });
  return ids.length === 0 ? null : [...new Set(ids)].join(' ');
}

/** `run.policies` are components whose rules set levels for the tool's, by their id (section 3.19.5). */
function policiesOf(run: Obj): ReadonlyMap<string, unknown> {
  const levels = new Map<string, unknown>();
  for (const policy of (asArray(run.policies) ?? []).map(asObject)) {
    for (const rule of (asArray(policy?.rules) ?? []).map(asObject)) {
      const id = asText(rule?.id);
      const level = asObject(rule?.defaultConfiguration)?.level;
      if (id !== undefined && !isAbsent(level)) levels.set(id, level);
    }
  }
  return levels;
}
