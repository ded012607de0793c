/** Numbers as sources write them, parsed strictly: whatever is not a finite number says so instead of becoming one. */
import type { Reported } from '../record/evidence.js';

/** `1 alert`, `2 alerts`. */
export const plural = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

/** Whole numbers with separators: `12,400`. */
export const amount = (n: number): string => Math.round(n).toLocaleString('en-US');

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * Reads one number of an answer.
 *
 * @returns the number; `NaN`, `+Inf` and `-Inf` as words; null for null, undefined, an empty text and anything that is no
 *   decimal number (no hexadecimal, no thousands separator, no unit)
 */
export function reportedNumber(raw: unknown): Reported {
  if (typeof raw === 'number') {
    if (Number.isNaN(raw)) return 'NaN';
    if (raw === Number.POSITIVE_INFINITY) return '+Inf';
    if (raw === Number.NEGATIVE_INFINITY) return '-Inf';
    return raw;
  }
  if (typeof raw !== 'string') return null;
  const text = raw.trim();
  if (/^[+-]?nan$/i.test(text)) return 'NaN';
  if (/^\+?inf(inity)?$/i.test(text)) return '+Inf';
  if (/^-inf(inity)?$/i.test(text)) return '-Inf';
  return decimal.test(text) ? reportedNumber(Number(text)) : null;
}
