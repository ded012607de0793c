/** Results as readers hand them on, and the policy that sorts them, with what differs. */
import type { Triage } from '../../../src/sources/security/question.js';
import type { Ranked, Result, RunFacts, Suppression } from '../../../src/sources/security/result.js';
import type { References } from '../../../src/sources/security/triage/references.js';

export const now = Date.parse('2026-11-23T10:00:00Z');
export const day = 86_400_000;

export const result = (change: Partial<Result> = {}): Result => ({
  rule: 'js/eval',
  message: 'Text from outside is run as code.',
  level: { severity: 'high', why: 'level error of the rule' },
  suppressions: [],
  ids: [],
  cwes: [],
  identity: '0'.repeat(32),
  ...change,
});

export const scored = (severity: Ranked) => ({ score: { severity, why: 'security-severity of the rule' } });

export const suppression = (change: Partial<Suppression> = {}): Suppression => ({
  kind: 'in-source',
  status: 'accepted',
  ...change,
});

export const triagePolicy = (change: Partial<Triage> = {}): Triage => ({
  'severity-from': 'score',
  'unknown-severity': 'high',
  rules: [],
  'fixable-only': false,
  'fix-within': {},
  exploited: { 'epss-at-least': 0.1 },
  suppressions: { allow: ['in-source', 'external'], 'up-to': 'high', 'reason-required': false },
  ...change,
});

/** Files beside the scans that say nothing. */
export const references = (change: Partial<References> = {}): References => ({
  exploited: () => undefined,
  owner: () => undefined,
  ...change,
});

export const facts = (change: Partial<RunFacts> = {}): RunFacts => ({
  tool: 'CodeQL',
  categories: ['sast'],
  file: 'codeql.sarif',
  sha256: '0'.repeat(64),
  revision: null,
  ended: null,
  execution: 'succeeded',
  rules: 1,
  ...change,
});
