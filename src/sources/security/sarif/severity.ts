/**
 * How bad a result is by its score and by its level, each with where it comes from. Neither is chosen here, and what a measure cannot tell is
 * `unknown`, never low.
 */
import { reportedNumber } from '../../../judge/number.js';
import type { Severity } from '../../../record/scans.js';
import { oneLine } from '../../text.js';
import type { Rating } from '../result.js';
import { asArray, asObject, asText, isAbsent, type Obj } from '../shape.js';
import { levelIsConstant } from '../tools.js';
import { bySeverity } from '../triage/severity.js';

const words: Readonly<Record<string, Severity>> = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  moderate: 'medium',
  low: 'low',
};
const levels: Readonly<Record<string, Severity>> = { error: 'high', warning: 'medium', note: 'low', none: 'unknown' };

/** A severity as people write it; undefined: it is none. */
export const fromWord = (raw: unknown): Severity | undefined => {
  const key = asText(raw)?.trim().toLowerCase();
  return key !== undefined && Object.hasOwn(words, key) ? words[key] : undefined;
};

/**
 * CVSS v3 qualitative bands over a score, whose lower ends are inclusive: 9, 7, 4, above 0.
 *
 * @returns undefined for 0, for what is no number, and for what is outside (0, 10]: it says nothing
 */
export function fromScore(raw: unknown): Severity | undefined {
  const number = reportedNumber(raw);
  if (typeof number !== 'number') return fromWord(raw);
  if (!(number > 0 && number <= 10)) return undefined;
  return number >= 9 ? 'critical' : number >= 7 ? 'high' : number >= 4 ? 'medium' : 'low';
}

/** Levels that an invocation sets for single rules (section 3.20.5). */
export type Overrides = ReadonlyMap<Obj, unknown>;

/** What changes levels. */
export interface Levels {
  readonly overrides?: Overrides | undefined;
  /** Levels that `run.policies` sets, by the id of the rule; they go before the result's own. */
  readonly policies?: ReadonlyMap<string, unknown>;
}

/** The effective level (section 3.27.10) and where it comes from. */
export function levelOf(
  result: Obj,
  rule: Obj | undefined,
  { overrides, policies }: Levels,
): { level: unknown; from: string } {
  const byPolicy = policies?.size ? policies.get(asText(rule?.id) ?? asText(result.ruleId) ?? '') : undefined;
  if (!isAbsent(byPolicy)) return { level: byPolicy, from: 'a policy of the run' };
  if (!isAbsent(result.level)) return { level: result.level, from: 'the result' };
  const override = rule && overrides?.get(rule);
  if (!isAbsent(override)) return { level: override, from: 'an override' };
  const byRule = asObject(rule?.defaultConfiguration)?.level;
  return isAbsent(byRule) ? { level: 'warning', from: 'the default' } : { level: byRule, from: 'the rule' };
}

function levelRating(raw: unknown, from: string, tool: string): Rating {
  const key = asText(raw)?.trim().toLowerCase() ?? '';
  const severity = (Object.hasOwn(levels, key) ? levels[key] : fromWord(raw)) ?? 'unknown';
  const why = `level ${shown(raw)} of ${from}`;
  if (severity === 'unknown') return { severity, why: `${why} says nothing` };
  if (levelIsConstant(tool)) return { severity: 'unknown', why: `${why} says nothing, since this tool has no other` };
  return { severity, why };
}

const scoreKey = 'security-severity';

/** Where tools put a severity that SARIF has no place for: as a word, since a number there is of a scale that nobody knows… */
const wordKeys = ['severity', 'Severity', 'issue_severity'];
/** …or as a score of CVSS. */
const cvssKeys = ['cvss', 'cvssScore', 'cvss_score', 'cvssv3_baseScore'];

/** Trivy and gosec say it in the rule's tags, in capitals. */
const tagForm = /^(?:CRITICAL|HIGH|MEDIUM|LOW)$/;

function scoreRating(result: Obj, rule: Obj | undefined): Rating | undefined {
  const own = asObject(result.properties);
  const ofRule = asObject(rule?.properties);
  const scores = [
    { raw: own?.[scoreKey], of: 'the result' },
    { raw: ofRule?.[scoreKey], of: 'the rule' },
  ].filter(({ raw }) => !isAbsent(raw));
  for (const { raw, of } of scores) {
    const severity = fromScore(raw);
    if (severity) return { severity, why: `${scoreKey} ${shown(raw)} of ${of}` };
  }
  for (const key of own ? [...wordKeys, ...cvssKeys] : []) {
    const severity = fromWord(own?.[key]) ?? (cvssKeys.includes(key) ? fromScore(own?.[key]) : undefined);
    if (severity) return { severity, why: `property ${key} ${shown(own?.[key])} of the result` };
  }
  const [useless] = scores;
  if (useless) return { severity: 'unknown', why: `${scoreKey} ${shown(useless.raw)} says nothing` };
  const tag = asArray(ofRule?.tags)?.find((x) => typeof x === 'string' && tagForm.test(x));
  const severity = fromWord(tag);
  return severity ? { severity, why: `tag ${shown(tag)} of the rule` } : undefined;
}

const shown = (raw: unknown): string =>
  typeof raw === 'string' ? oneLine(raw, 30) : typeof raw === 'number' ? String(raw) : `of type ${typeof raw}`;

export interface Ratings {
  readonly score?: Rating;
  readonly level: Rating;
}

function ratingsBy(result: Obj, rule: Obj | undefined, set: Levels, tool: string): Ratings {
  const { level: raw, from } = levelOf(result, rule, set);
  const level = levelRating(raw, from, tool);
  const score = scoreRating(result, rule);
  if (!score) return { level };
  // Trivy and Grype write 0.0 beside level note when nobody rated it yet: the level says no more than the score.
  const silent = score.severity === 'unknown' && bySeverity(level.severity, 'high') > 0;
  return { score, level: silent ? { severity: 'unknown', why: `${level.why} says no more` } : level };
}

const worse = (a: Rating, b: Rating): Rating => (bySeverity(b.severity, a.severity) < 0 ? b : a);

/** @param rules the descriptors that may be meant; with several the worst of each measure holds */
export function ratingsOf(result: Obj, rules: readonly Obj[], set: Levels, tool: string): Ratings {
  const [first, ...others] = rules;
  let ratings = ratingsBy(result, first, set, tool);
  for (const rule of others) {
    const other = ratingsBy(result, rule, set, tool);
    const level = worse(ratings.level, other.level);
    // Where one of them has no score, its level stands in for it.
    ratings =
      ratings.score || other.score
        ? { level, score: worse(ratings.score ?? ratings.level, other.score ?? other.level) }
        : { level };
  }
  return ratings;
}
