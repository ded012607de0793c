/** One result of a run: what stands there, in the shape that all scanners share. */
import { sha256 } from '../../../record/hash.js';
import { oneLine } from '../../text.js';
import { identityOf } from '../identity.js';
import { maskSecrets } from '../masks.js';
import type { NoFailure, Result } from '../result.js';
import { asArray, asIndex, asObject, asText, isAbsent, type Obj } from '../shape.js';
import { messageOf } from './message.js';
import { purlAmong, taxaOf, vulnerabilityIds, weaknesses, webLink } from './names.js';
import { type Places, placeOf } from './place.js';
import { type Book, lookUp, type Reference } from './rules.js';
import { type Overrides, ratingsOf } from './severity.js';
import { suppressionsOf } from './suppressions.js';

/** What the run knows that its results need. */
export interface ResultContext {
  readonly tool: string;
  /** It looks for secrets and nothing else. */
  readonly secrets: boolean;
  readonly rules: Book;
  /** By index of the invocation. */
  readonly overrides: readonly Overrides[];
  /** Levels that the run's policies set, by rule. */
  readonly policies: ReadonlyMap<string, unknown>;
  readonly places: Places;
}

/** @returns undefined when it is no object, so that nobody knows what it is; never throws, whatever it is */
export function readResult(raw: unknown, context: ResultContext): Result | undefined {
  const result = asObject(raw);
  if (!result) return undefined;
  const notes: string[] = [];
  const noFailure = noFailureOf(result, notes);
  const reference = ruleReference(result);
  const rules = lookUp(context.rules, reference);
  if (rules.length === 0 && !isAbsent(reference.id)) notes.push('NO_RULE');
  const [rule] = rules;
  const known = rule && aboutRule(rule);
  const own = asObject(result.properties);
  const ruleId = named(reference.id) ?? known?.id ?? '(no rule)';
  const secret = context.secrets || known?.secret === true || tagged(own?.tags, secretTag);
  const place = placeOf(result, context.places);
  const levels = { overrides: overridesOf(result, context), policies: context.policies };
  const fix = fixOf(result, own);
  const alert = webLink(own?.['github/alertUrl']);
  const link = webLink(result.hostedViewerUri);
  const since = Date.parse(asText(asObject(result.provenance)?.firstDetectionTimeUtc) ?? '');
  const purl = (own && purlAmong([own.purl, own.purls, own.packageUrl])) ?? known?.purl;
  const baselineState = baselineOf(result.baselineState);
  return {
    rule: ruleId,
    message: messageOf(result, rule, secret),
    ...(secret && { secret }),
    ...ratingsOf(result, rules, levels, context.tool),
    ...(noFailure && { noFailure }),
    ...(notes.length > 0 && { notes }),
    ...(baselineState && { baselineState }),
    suppressions: suppressionsOf(result.suppressions),
    ...place,
    ids: merged(vulnerabilityIds([...unlessKnown(reference.id, rule), ...texts(own?.aliases), own?.cve]), known?.ids),
    cwes: merged(weaknesses([own?.cwe, ...texts(own?.cwe), ...taxaIds(result)]), known?.cwes),
    ...(purl === undefined ? {} : { purl }),
    ...(fix === undefined ? {} : { fix }),
    ...(known?.help === undefined ? {} : { help: known.help }),
    ...(link === undefined ? {} : { link }),
    ...(alert === undefined ? {} : { alert }),
    ...(Number.isNaN(since) ? {} : { since }),
    identity: identity(result, { tool: context.tool, rule: ruleId, file: place.file }),
  };
}

const kinds: Readonly<Record<string, NoFailure>> = {
  pass: { fate: 'ignored', reason: 'KIND_PASS' },
  notApplicable: { fate: 'ignored', reason: 'KIND_NOT_APPLICABLE' },
  informational: { fate: 'ignored', reason: 'KIND_INFORMATIONAL' },
  open: { fate: 'review', reason: 'KIND_OPEN' },
  review: { fate: 'review', reason: 'KIND_REVIEW' },
};

/** Absent since the baseline, or of a kind that is none (section 3.27.9); a level beside such a kind is a contradiction, so it is one. */
function noFailureOf(result: Obj, notes: string[]): NoFailure | undefined {
  if (result.baselineState === 'absent') return { fate: 'ignored', reason: 'ABSENT' };
  const { kind } = result;
  const found = typeof kind === 'string' && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (!found) return undefined;
  if (isAbsent(result.level) || result.level === 'none') return found;
  notes.push('KIND_LEVEL_CONFLICT');
  return undefined;
}

const states: ReadonlySet<unknown> = new Set(['new', 'unchanged', 'updated']);
const baselineOf = (raw: unknown): Result['baselineState'] =>
  isAbsent(raw) ? undefined : states.has(raw) ? (raw as 'new' | 'unchanged' | 'updated') : 'invalid';

function ruleReference(result: Obj): Reference {
  const rule = asObject(result.rule);
  return {
    id: result.ruleId ?? rule?.id,
    index: asIndex(rule?.index) ?? result.ruleIndex,
    guid: rule?.guid,
    component: rule?.toolComponent,
  };
}

/** `provenance.invocationIndex` counts from 0 only when there is exactly one invocation (section 3.48.6). */
function overridesOf(result: Obj, { overrides }: ResultContext): Overrides | undefined {
  const index = asIndex(asObject(result.provenance)?.invocationIndex) ?? (overrides.length === 1 ? 0 : undefined);
  return index === undefined ? undefined : overrides[index];
}

const named = (raw: unknown): string | undefined => {
  const text = asText(raw);
  return text === undefined ? undefined : oneLine(maskSecrets(text.slice(0, 1000)));
};

/** The id of a rule that is described was looked at with it. */
const unlessKnown = (id: unknown, rule: Obj | undefined): unknown[] => (id === rule?.id ? [] : [id]);

const texts = (raw: unknown): readonly unknown[] => asArray(raw)?.slice(0, 50) ?? [];

const merged = (own: readonly string[], ofRule: readonly string[] | undefined): readonly string[] =>
  own.length === 0 ? (ofRule ?? []) : ofRule === undefined ? own : [...new Set([...own, ...ofRule])];

const taxaIds = (result: Obj): string[] =>
  texts(result.taxa).flatMap((raw) => {
    const taxon = asObject(raw);
    const id = asText(taxon?.id) ?? '';
    const component = asText(asObject(taxon?.toolComponent)?.name) ?? '';
    return [/^cwe$/i.test(component) && /^\d{1,6}$/.test(id) ? `CWE-${id}` : id];
  });

const secretTag = /^(?:secret|secrets|secret-scanning|credential|credentials)$/i;
const tagged = (raw: unknown, form: RegExp): boolean =>
  texts(raw).some((tag) => typeof tag === 'string' && form.test(tag));

/** What depends on nothing but the rule, and a million results may share it. */
interface RuleFacts {
  readonly id: string | undefined;
  readonly ids: readonly string[];
  readonly cwes: readonly string[];
  readonly purl: string | undefined;
  readonly help: string | undefined;
  readonly secret: boolean;
}

const factsByRule = new WeakMap<Obj, RuleFacts>();

function aboutRule(rule: Obj): RuleFacts {
  const before = factsByRule.get(rule);
  if (before) return before;
  const properties = asObject(rule.properties);
  const tags = texts(properties?.tags);
  const facts: RuleFacts = {
    id: named(rule.id),
    ids: vulnerabilityIds([
      rule.id,
      rule.name,
      ...tags,
      ...texts(properties?.aliases),
      ...texts(rule.deprecatedIds),
      properties?.cve,
    ]),
    cwes: weaknesses([...tags, properties?.cwe, ...texts(properties?.cwe), ...taxaOf(rule)]),
    purl: purlAmong([properties?.purl, properties?.purls, properties?.packageUrl]),
    help: webLink(rule.helpUri),
    secret: tagged(tags, secretTag),
  };
  factsByRule.set(rule, facts);
  return facts;
}

/** Trivy ends its messages with it; nothing after the colon means that there is none. */
const fixedIn = /^Fixed (?:Version|in)s?:[ \t]*(.{0,200})$/im;

function fixOf(result: Obj, own: Obj | undefined): string | undefined {
  const version =
    asText(own?.fixedVersion) ?? asText(own?.fixed_version) ?? fixedIn.exec(messageText(result))?.[1]?.trim();
  if (version !== undefined) return version === '' ? '' : `upgrade to ${oneLine(maskSecrets(version), 150)}`;
  return (asArray(result.fixes)?.length ?? 0) > 0 ? 'the scanner has an automatic fix' : undefined;
}

const messageText = (result: Obj): string => (asText(asObject(result.message)?.text) ?? '').slice(0, 4000);

/** Keys of `fingerprints` with a version are identities by their nature (section 3.27.17); Gitleaks puts personal data beside. */
const versioned = /^(.*)\/v(\d{1,6})$/;

function fingerprint(raw: unknown): string | undefined {
  const prints = asObject(raw);
  if (!prints) return undefined;
  const keys = Object.keys(prints).filter((key) => asText(prints[key]) !== undefined);
  const best = keys
    .map((key) => ({ key, version: Number(versioned.exec(key)?.[2] ?? -1) }))
    .sort((a, b) => b.version - a.version || (a.key < b.key ? -1 : 1))[0];
  return best && `${best.key}=${asText(prints[best.key]) ?? ''}`;
}

const lineHash = ['primaryLocationLineHash', 'primaryLocationLineHash/v1'];

/** As section 3.27.17 and the platforms have it; where the scanner gives none, the place and what was found there, without its line. */
function identity(result: Obj, { tool, rule, file }: { tool: string; rule: string; file: string | undefined }): string {
  const partial = asObject(result.partialFingerprints);
  const print =
    fingerprint(result.fingerprints) ??
    lineHash.map((key) => asText(partial?.[key])).find((text) => text !== undefined) ??
    asText(result.correlationGuid);
  if (print !== undefined) return identityOf([tool.toLowerCase(), rule, print]);
  const [first] = asArray(result.locations) ?? [];
  const location = asObject(first);
  const logical = asText(asObject(asArray(location?.logicalLocations)?.[0])?.fullyQualifiedName);
  const region = asObject(asObject(location?.physicalLocation)?.region);
  const snippet = asText(asObject(region?.snippet)?.text)?.trim();
  const found = logical ?? (snippet === undefined ? messageText(result) : snippet);
  return identityOf([tool.toLowerCase(), rule, undefined, file, sha256(found)]);
}
