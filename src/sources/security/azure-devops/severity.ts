/**
 * How bad an alert is. Advanced Security has one scale for two things, in no order: security queries of CodeQL and dependencies have a severity,
 * quality queries and the SARIF of other scanners only a level.
 */
import type { Severity } from '../../../record/scans.js';
import { oneLine } from '../../text.js';
import { maskSecrets } from '../masks.js';
import type { Result } from '../result.js';
import { wordOf } from './words.js';

const severities: Readonly<Record<string, Severity>> = {
  low: 'low',
  medium: 'medium',
  high: 'high',
  critical: 'critical',
};
const levels: Readonly<Record<string, Severity>> = { note: 'low', warning: 'medium', error: 'high' };

/** By number; the last one is a word of the scale too, and says nothing. */
const numbers = ['low', 'medium', 'high', 'critical', 'note', 'warning', 'error', 'undefined'].map(
  (word, number) => [word, number] as const,
);

export function ratingOf(raw: unknown): Pick<Result, 'score' | 'level'> {
  const word = wordOf(raw, numbers);
  const why = `severity ${word ?? (typeof raw === 'string' ? oneLine(maskSecrets(raw.slice(0, 200)), 40) : typeof raw)} of the alert`;
  const level = word === undefined ? undefined : levels[word];
  if (level !== undefined) return { level: { severity: level, why: `level ${word} of the alert` } };
  const severity = word === undefined ? undefined : severities[word];
  return { score: severity === undefined ? { severity: 'unknown', why: `${why} says nothing` } : { severity, why } };
}
