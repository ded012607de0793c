/** Scans as a source hands them on, with what differs. */
import type { Scans } from '../../src/record/evidence.js';
import type { Fate, ScanRun, Severity } from '../../src/record/scans.js';

export const scansNow = Date.parse('2026-11-23T10:00:00Z');

type Counts = Partial<Record<Severity, number>>;

/** Results by fate: how many of which severity, or how many in all. */
export type Fates = Partial<Record<Fate, Counts | number>>;

/** A run with so many results of each fate. */
export function scanRun({ fates = {}, ...change }: Partial<ScanRun> & { readonly fates?: Fates } = {}): ScanRun {
  const tally = Object.entries(fates).flatMap(([fate, counts]) =>
    Object.entries(typeof counts === 'number' ? { medium: counts } : counts).map(([severity, count]) => ({
      fate: fate as Fate,
      reason: fate === 'counted' ? 'STANDS' : fate.toUpperCase(),
      severity: severity as Severity,
      count,
    })),
  );
  return {
    tool: 'CodeQL',
    toolVersion: '2.19.3',
    categories: ['sast'],
    file: 'codeql.sarif',
    sha256: '0'.repeat(64),
    revision: null,
    ended: null,
    execution: 'succeeded',
    rules: 100,
    results: tally.reduce((sum, { count }) => sum + count, 0),
    tally,
    ...change,
  };
}

export const scansOf = (runs: ScanRun[], change: Partial<Scans> = {}): Scans => ({
  kind: 'scans',
  source: 'sarif',
  subject: 'scan results in *.sarif',
  query: '*.sarif',
  at: new Date(scansNow).toISOString(),
  seen: runs.length,
  notes: [],
  partial: false,
  problems: [],
  remarks: [],
  references: [],
  runs,
  findings: [],
  ...change,
});

export const finding = (change: Partial<Scans['findings'][number]> = {}): Scans['findings'][number] => ({
  run: 0,
  fate: 'counted',
  reason: 'STANDS',
  tool: 'CodeQL',
  rule: 'js/eval',
  severity: 'high',
  why: 'security-severity 7.8 of the rule',
  message: 'Text from outside is run as code.',
  identity: '0'.repeat(32),
  ...change,
});
