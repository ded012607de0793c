/** Stage 2: every result gets exactly one disposition. */
import type { Scans } from '../../../record/evidence.js';
import { oneLine } from '../../text.js';
import { type Book, lookUp, type Reference } from './rules.js';
import { type Overrides, severityOf } from './severity.js';
import { asArray, asIndex, asObject, asText, isAbsent, type Obj } from './shape.js';

export type Finding = Scans['findings'][number];

/** What becomes of one result. `notes` are codes, one for each thing worth telling a person. */
export type Disposition =
  | { readonly as: 'malformed' }
  | { readonly as: 'ignored' | 'review' | 'suppressed'; readonly notes: readonly Note[] }
  | { readonly as: 'counted'; readonly notes: readonly Note[]; readonly finding: Finding };

/** Remarks that are counted over a run; each ends a sentence that begins with a number of results. */
export const noteTexts = {
  KIND_LEVEL_CONFLICT: 'have a level beside a kind that is no failure; counted as failures',
  NO_RULE: 'name a rule that the report does not describe',
  SEVERITY_CONFLICT: 'have a score and a level far apart; the score holds',
  SUPPRESSION_REJECTED: 'have a suppression that was rejected or is no valid one; counted',
  SUPPRESSION_UNDER_REVIEW: 'have a suppression that is still under review; counted',
  SUPPRESSION_EXPIRED: 'have a suppression that has expired; counted',
} as const;
export type Note = keyof typeof noteTexts;

/** What the run knows that its results need. */
export interface ResultContext {
  readonly tool: string;
  readonly rules: Book;
  /** By index of the invocation. */
  readonly overrides: readonly Overrides[];
  /** Milliseconds since the epoch, for suppressions that expire. */
  readonly now: number;
}

const harmless: ReadonlySet<unknown> = new Set(['pass', 'notApplicable', 'informational']);
const toReview: ReadonlySet<unknown> = new Set(['open', 'review']);

/** Never throws, whatever the result is. */
export function dispose(raw: unknown, context: ResultContext): Disposition {
  const result = asObject(raw);
  if (!result) return { as: 'malformed' };
  if (result.baselineState === 'absent') return { as: 'ignored', notes: [] };
  const notes: Note[] = [];
  const kind = result.kind;
  if (harmless.has(kind) || toReview.has(kind)) {
    if (isAbsent(result.level) || result.level === 'none') {
      return { as: harmless.has(kind) ? 'ignored' : 'review', notes };
    }
    notes.push('KIND_LEVEL_CONFLICT');
  }
  const suppression = suppressed(result.suppressions, context.now);
  if (suppression === true) return { as: 'suppressed', notes };
  if (suppression) notes.push(suppression);

  const reference = ruleReference(result);
  const rules = lookUp(context.rules, reference);
  if (rules.length === 0 && !isAbsent(reference.id)) notes.push('NO_RULE');
  const judged = severityOf(result, rules, overridesOf(result, context), context.tool);
  if (judged.conflict) notes.push('SEVERITY_CONFLICT');
  const [rule] = rules;
  return {
    as: 'counted',
    notes,
    finding: {
      tool: context.tool,
      rule: oneLine(asText(reference.id) ?? asText(rule?.id) ?? '(no rule)'),
      severity: judged.severity,
      why: judged.why,
      message: messageOf(result, rule),
      ...placeOf(result),
    },
  };
}

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

/**
 * The strict rule: one entry that is not an accepted one, and the result counts. An absent status means accepted; files from
 * before the final standard say `state`. `properties.expiryUtc` is what `sarif-multitool suppress` writes.
 *
 * @returns true: suppressed; a note: not, and why; undefined: nobody tried
 */
function suppressed(raw: unknown, now: number): true | Note | undefined {
  if (isAbsent(raw)) return undefined;
  const entries = asArray(raw);
  if (!entries) return 'SUPPRESSION_REJECTED';
  if (entries.length === 0) return undefined;
  let worst: true | Note = true;
  for (const entry of entries.map(asObject)) {
    if (!entry || (entry.kind !== 'inSource' && entry.kind !== 'external')) return 'SUPPRESSION_REJECTED';
    const states = [entry.status, entry.state].filter((x) => !isAbsent(x));
    if (states.some((x) => x !== 'accepted' && x !== 'underReview')) return 'SUPPRESSION_REJECTED';
    if (states.includes('underReview')) worst = 'SUPPRESSION_UNDER_REVIEW';
    const expiry = asObject(entry.properties)?.expiryUtc;
    const expires = typeof expiry === 'string' ? Date.parse(expiry) : Number.NaN;
    if (!isAbsent(expiry) && !(expires > now)) worst = worst === true ? 'SUPPRESSION_EXPIRED' : worst;
  }
  return worst;
}

/** The message with its placeholders filled, its links reduced to their words, and nothing of any code snippet in it. */
function messageOf(result: Obj, rule: Obj | undefined): string {
  const message = asObject(result.message);
  const byId = asObject(asObject(rule?.messageStrings)?.[asText(message?.id) ?? '']);
  const template =
    asText(message?.text) ??
    asText(byId?.text) ??
    asText(asObject(rule?.shortDescription)?.text) ??
    asText(message?.markdown) ??
    '';
  const given = asArray(message?.arguments) ?? [];
  const snippets = snippetsOf(result);
  // Snippets go before anything is cut, since half a secret would no longer be recognised.
  const safe = (text: string): string => snippets.reduce((t, s) => t.replaceAll(s, '***'), text).slice(0, 1000);
  const filled = safe(template).replace(/\{(\d{1,3})\}/g, (whole, n: string) => {
    const argument = asText(given[Number(n)]);
    return argument === undefined ? whole : safe(argument);
  });
  return oneLine(filled.slice(0, 4000).replace(/\[([^[\]]{1,500})\]\([^()]{1,500}\)/g, '$1'));
}

/** A snippet of a secret scanner is the secret, and some of them repeat it in the message. */
function snippetsOf(result: Obj): string[] {
  const snippets: string[] = [];
  const locations = [result.locations, result.relatedLocations].flatMap((x) => asArray(x)?.slice(0, 20) ?? []);
  for (const location of locations) {
    const physical = asObject(asObject(location)?.physicalLocation);
    for (const key of ['region', 'contextRegion']) {
      const snippet = asText(asObject(asObject(physical?.[key])?.snippet)?.text)?.trim();
      // Shorter ones are words of the message itself more often than secrets.
      if (snippet !== undefined && snippet.length >= 6) snippets.push(snippet);
    }
  }
  return snippets.sort((a, b) => b.length - a.length);
}

function placeOf(result: Obj): Pick<Finding, 'file' | 'line'> {
  const [first] = asArray(result.locations) ?? [];
  const physical = asObject(asObject(first)?.physicalLocation);
  const uri = asText(asObject(physical?.artifactLocation)?.uri);
  const line = asIndex(asObject(physical?.region)?.startLine);
  if (uri === undefined) return {};
  // A web scanner's address may hold a password or a token in its query.
  const bare = uri
    .slice(0, 2000)
    .replace(/[?#].*$/s, '')
    .replace(/\/\/[^/@]*@/, '//');
  const file = oneLine(readable(bare), 300);
  return { ...(file === '' ? {} : { file }), ...(line === undefined || line === 0 ? {} : { line }) };
}

function readable(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
