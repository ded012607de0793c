/** Findings in the report for a terminal or a log: the worst, and what became of all others in numbers. */
import { amount } from '../judge/number.js';
import type { DecisionRecord } from '../record/record.js';
import { type Found, gatesWithFindings, remarksOf } from './findings.js';
import {
  againstWords,
  ageWords,
  besidesWords,
  excuseWords,
  fateWord,
  fixWords,
  gravity,
  messageOf,
  nameOf,
  placeOf,
  reasonWords,
  shortIdentity,
  totalsWords,
  whyWords,
} from './findings-words.js';
import { plain } from './plain.js';
import type { GateView } from './view.js';

/** Findings of each gate, reasons, remarks: a log is no place for more. */
const most = 10;

export interface FindingsLine {
  readonly text: string;
  /** Belongs to the line before it that does not. */
  readonly inner: boolean;
}

/** Of each gate whose scans found something: what it comes to, the worst, and the numbers of the rest. */
export const findingsLines = (gates: readonly GateView[], record: DecisionRecord): FindingsLine[] =>
  gatesWithFindings(gates).flatMap(({ name, findings: view }) => {
    const besides = besidesWords(view);
    const shown = view.worst.against.slice(0, most);
    const missing = view.againstAll - shown.length;
    const excused = view.excused.map(
      ({ fate, reason, count }) => `${amount(count)} ${fateWord(fate)}: ${plain(reasonWords(reason), 100)}`,
    );
    const inner = [
      ...shown.map((found) => findingLine(found, record)),
      ...(missing > 0 ? [`and ${amount(missing)} more against the policy`] : []),
      totalsWords(view),
      ...atMost(excused),
    ];
    return [
      { text: `${plain(name, 80)}: ${againstWords(view)}${besides === '' ? '' : `; ${besides}`}`, inner: false },
      ...inner.map((text) => ({ text, inner: true })),
    ];
  });

/** What should be put in order, of all gates. */
export const remarksLines = (gates: readonly GateView[]): string[] =>
  atMost(remarksOf(gates).map((message) => plain(message, 300)));

const atMost = (lines: readonly string[]): string[] => [
  ...lines.slice(0, most),
  ...(lines.length > most ? [`and ${lines.length - most} more`] : []),
];

function findingLine(found: Found, record: DecisionRecord): string {
  const excuse = excuseWords(found);
  const parts = [
    plain(`${gravity(found)}: ${messageOf(found)}`, 240),
    plain(placeOf(found) ?? '', 200),
    plain(fixWords(found), 200),
    plain(nameOf(found), 160),
    plain(found.package ?? '', 120),
    excuse === '' ? '' : plain(`counts all the same: ${excuse}`, 300),
    found.owner === undefined ? '' : plain(`owner ${found.owner}`, 100),
    ageWords(found, record),
    plain(`severity: ${whyWords(found)}`, 240),
    plain(`identity ${shortIdentity(found.identity)}`, 40),
  ];
  return parts.filter((part) => part !== '').join('; ');
}
