/** What a summary leaves out, and in which order, until it fits; docs/report.md tells of it. */
import type { FindingsCut } from './findings-markdown.js';

/** What is left out when it must be shorter. */
export interface Cut {
  readonly evidence: 'all' | 'troubled' | 'none';
  readonly rows: 'all' | 'not healthy' | 'blocking' | 'none';
  readonly findings: FindingsCut;
  /** How many charts. */
  readonly charts: number;
  /** Entries of each list but the reasons. */
  readonly entries: number;
  /** Characters of each reason. */
  readonly reason: number;
}

const allFindings: FindingsCut = { open: 10, more: 40, others: 20, remarks: 20 };

export const full: Cut = { evidence: 'all', rows: 'all', findings: allFindings, charts: 3, entries: 100, reason: 600 };

/** The worst findings alone, fewer and fewer. */
const worst = (open: number, remarks: number): FindingsCut => ({ open, more: 0, others: 0, remarks });

/** In this order, until it fits: what matters least for the decision goes first, and a reason to stop never goes. */
export const cuts: readonly Cut[] = [
  full,
  { ...full, evidence: 'troubled' },
  { ...full, evidence: 'troubled', findings: { ...allFindings, others: 5 } },
  { ...full, evidence: 'none', findings: { ...allFindings, others: 5 } },
  { ...full, evidence: 'none', findings: { open: 10, more: 10, others: 0, remarks: 5 } },
  { ...full, evidence: 'none', findings: worst(10, 5), charts: 1, rows: 'not healthy' },
  { ...full, evidence: 'none', findings: worst(5, 5), charts: 0, rows: 'blocking', entries: 50 },
  { evidence: 'none', rows: 'none', findings: worst(3, 0), charts: 0, entries: 10, reason: 300 },
  { evidence: 'none', rows: 'none', findings: worst(1, 0), charts: 0, entries: 3, reason: 120 },
  { evidence: 'none', rows: 'none', findings: worst(0, 0), charts: 0, entries: 0, reason: 60 },
  { evidence: 'none', rows: 'none', findings: worst(0, 0), charts: 0, entries: 0, reason: 24 },
];
