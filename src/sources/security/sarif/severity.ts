/**
 * How bad a result is. Neither `level` nor `security-severity` is enough alone: CodeQL writes no level, OSV-Scanner one for
 * everything, Trivy and Grype `0.0` for "unknown". What cannot be told is `unknown`, never low.
 */
import { reportedNumber } from '../../../judge/number.js';
import type { Severity } from '../../../record/evidence.js';
import { oneLine } from '../../text.js';
import { asObject, asText, isAbsent, type Obj } from './shape.js';

/** What one result is worth, and where that comes from. */
export interface Judged {
  readonly severity: Severity;
  readonly why: string;
  /** Score and level are two steps apart or more. */
  readonly conflict: boolean;
}

/** Tools whose level is the same for every result. */
const constantLevel: ReadonlySet<string> = new Set(['osv-scanner', 'gitleaks']);

const words: Readonly<Record<string, Severity>> = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  moderate: 'medium',
  low: 'low',
};
const levels: Readonly<Record<string, Severity>> = { error: 'high', warning: 'medium', note: 'low', none: 'unknown' };

/** Worst first. Unknown stands behind high since it may be that, and before medium so that it is not cut off. */
export const worstFirst: readonly Severity[] = ['critical', 'high', 'unknown', 'medium', 'low'];
export const bySeverity = (a: Severity, b: Severity): number => worstFirst.indexOf(a) - worstFirst.indexOf(b);

const steps: readonly Severity[] = ['low', 'medium', 'high', 'critical'];

const word = (raw: unknown): Severity | undefined => {
  const key = asText(raw)?.trim().toLowerCase();
  return key !== undefined && Object.hasOwn(words, key) ? words[key] : undefined;
};

/**
 * CVSS v3 qualitative bands over `security-severity`, whose lower ends are inclusive: 9, 7, 4, above 0.
 *
 * @returns undefined for 0, for what is no number, and for what is outside (0, 10]: it says nothing
 */
export function fromScore(raw: unknown): Severity | undefined {
  const number = reportedNumber(raw);
  if (typeof number !== 'number') return word(raw);
  if (!(number > 0 && number <= 10)) return undefined;
  return number >= 9 ? 'critical' : number >= 7 ? 'high' : number >= 4 ? 'medium' : 'low';
}

/** A level as SARIF or as tools write it in its place. */
export function fromLevel(raw: unknown, tool: string): Severity {
  const key = asText(raw)?.trim().toLowerCase() ?? '';
  const severity = Object.hasOwn(levels, key) ? levels[key] : undefined;
  if (severity === undefined) return word(raw) ?? 'unknown';
  return constantLevel.has(tool.toLowerCase()) ? 'unknown' : severity;
}

/** Levels that an invocation sets for single rules (section 3.20.5). */
export type Overrides = ReadonlyMap<Obj, unknown>;

/** The effective level (section 3.27.10) and where it comes from. */
export function levelOf(
  result: Obj,
  rule: Obj | undefined,
  overrides: Overrides | undefined,
): { level: unknown; from: string } {
  if (!isAbsent(result.level)) return { level: result.level, from: 'the result' };
  const override = rule && overrides?.get(rule);
  if (!isAbsent(override)) return { level: override, from: 'an override' };
  const byRule = asObject(rule?.defaultConfiguration)?.level;
  return isAbsent(byRule) ? { level: 'warning', from: 'the default' } : { level: byRule, from: 'the rule' };
}

const scoreKey = 'security-severity';

function judgeBy(result: Obj, rule: Obj | undefined, overrides: Overrides | undefined, tool: string): Judged {
  const { level, from } = levelOf(result, rule, overrides);
  const byLevel = fromLevel(level, tool);
  const own = asObject(result.properties);
  const scores = [
    { raw: own?.[scoreKey], of: 'the result' },
    { raw: asObject(rule?.properties)?.[scoreKey], of: 'the rule' },
  ].filter(({ raw }) => !isAbsent(raw));
  for (const { raw, of } of scores) {
    const severity = fromScore(raw);
    if (severity) {
      const conflict = byLevel !== 'unknown' && Math.abs(steps.indexOf(severity) - steps.indexOf(byLevel)) >= 2;
      return { severity, why: `${scoreKey} ${shown(raw)} of ${of}`, conflict };
    }
  }
  for (const key of ['severity', 'Severity']) {
    const severity = word(own?.[key]);
    if (severity) return { severity, why: `property ${key} of the result`, conflict: false };
  }
  const [useless] = scores;
  if (useless && byLevel !== 'high') {
    // Trivy and Grype write 0.0 beside level note when nobody rated it yet: the level says no more than the score.
    const severity = byLevel === 'critical' ? byLevel : 'unknown';
    return { severity, why: `${scoreKey} ${shown(useless.raw)} says nothing`, conflict: false };
  }
  const why = `level ${shown(level)} of ${from}`;
  return { severity: byLevel, why: byLevel === 'unknown' ? `${why} says nothing` : why, conflict: false };
}

const shown = (raw: unknown): string =>
  typeof raw === 'string' ? oneLine(raw, 30) : typeof raw === 'number' ? String(raw) : `of type ${typeof raw}`;

/**
 * @param rules the descriptors that may be meant; with several the worst outcome holds
 */
export function severityOf(result: Obj, rules: readonly Obj[], overrides: Overrides | undefined, tool: string): Judged {
  const [first, ...others] = rules;
  let worst = judgeBy(result, first, overrides, tool);
  for (const rule of others) {
    const judged = judgeBy(result, rule, overrides, tool);
    if (bySeverity(judged.severity, worst.severity) < 0) worst = judged;
  }
  return worst;
}
