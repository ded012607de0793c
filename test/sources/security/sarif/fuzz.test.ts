/** Mutated reports, by bytes and by structure: none may crash, hang, or be taken for a clean scan. */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { securityGate } from '../../../../src/gates/security.js';
import type { Scans } from '../../../../src/record/evidence.js';
import { problemOf, Refused, reportOf } from '../../../../src/sources/security/bytes.js';
import { readLog } from '../../../../src/sources/security/sarif/log.js';
import { Gathered } from '../../../../src/sources/security/scans.js';
import { openTriage } from '../../../../src/sources/security/triage/triage.js';
import type { SecurityQuestion } from '../../../../src/sources/source.js';
import { readingOf } from '../../../support/evidence.js';
import { references } from '../support.js';

const now = Date.parse('2026-11-23T10:00:00Z');
const moment = { now, deployedAt: now, settledAt: now, completeTo: now };
const never = new AbortController().signal;
const beside = references();
const gate = securityGate.bind(v.parse(securityGate.schema, { require: ['CodeQL', 'Trivy'] }));
const question = [...gate.questions(moment).values()][0] as SecurityQuestion;

async function stateOf(text: string): Promise<string> {
  const gathered = new Gathered(openTriage(question.triage, beside, now), beside);
  try {
    await readLog(reportOf(text), { name: 'r.sarif' }, gathered, never);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    gathered.problem(problemOf({ name: 'r.sarif' }, error));
  }
  const measured = gathered.measurement({ subject: 's', query: 'q', settled: true }, now);
  const measurement: Scans = { ...measured, source: 's' };
  for (const run of measurement.runs) {
    expect(run.tally.reduce((sum, { count }) => sum + count, 0)).toBe(run.results);
  }
  return readingOf(gate.judge([{ role: 'scans', measurement }], moment)).state;
}

/** Each finding says that it is one in another way, so that no single change takes them all away. */
const results = (file: string) => [
  { ruleId: 'r/score', message: { text: 'm' }, locations: [{ physicalLocation: { artifactLocation: { uri: file } } }] },
  { ruleId: 'r/level', ruleIndex: 1, message: { id: 'default', arguments: ['a'] } },
  {
    ruleId: 'r/own',
    level: 'error',
    message: { text: 'm {0}' },
    partialFingerprints: { primaryLocationLineHash: 'a:1' },
  },
  { rule: { id: 'r/score', index: 0 }, properties: { 'security-severity': '9.9' }, message: { text: 'm' } },
  { ruleId: 'r/x', properties: { severity: 'Critical' }, suppressions: [{ kind: 'inSource', status: 'rejected' }] },
  { ruleId: 'r/ext/sub', rule: { toolComponent: { index: 0 } }, message: { text: 'm' }, baselineState: 'new' },
];
const run = (name: string, file: string) => ({
  tool: {
    driver: {
      name,
      version: '1',
      rules: [
        { id: 'r/score', properties: { 'security-severity': '9.8', tags: ['security'] } },
        { id: 'r/level', defaultConfiguration: { level: 'error' }, messageStrings: { default: { text: 'x {0}' } } },
      ],
    },
    extensions: [{ name: 'pack', rules: [{ id: 'r/ext', defaultConfiguration: { level: 'error' } }] }],
  },
  invocations: [{ executionSuccessful: true, endTimeUtc: '2026-11-23T09:00:00Z' }],
  results: results(file),
});
const log = { version: '2.1.0', runs: [run('CodeQL', 'src/a.ts'), run('Trivy', 'package-lock.json')] };
const base = JSON.stringify(log);

/** Mulberry32: the same cases in every run. */
function generator(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const tokens = [
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\\',
  'null',
  '[]',
  '{}',
  '0',
  '-1',
  '1e999',
  '"pass"',
  '"none"',
  '\u0000',
  '\u2028',
  'é',
];
const values: readonly unknown[] = [
  null,
  [],
  {},
  0,
  -1,
  1e308,
  '',
  'pass',
  'none',
  'note',
  true,
  false,
  [null],
  [[]],
  { text: 1 },
  '\u202e',
];

type Random = () => number;
const below = (random: Random, n: number): number => Math.floor(random() * n);

function byBytes(text: string, random: Random): string {
  const at = below(random, text.length);
  const length = 1 + below(random, random() < 0.2 ? 120 : 4);
  const kind = below(random, 5);
  if (kind === 0) return text.slice(0, at) + text.slice(at + length);
  if (kind === 1) return text.slice(0, at) + (tokens[below(random, tokens.length)] ?? '') + text.slice(at);
  if (kind === 2) return text.slice(0, at) + String.fromCharCode(32 + below(random, 95)) + text.slice(at + 1);
  if (kind === 3) return text.slice(0, at) + text.slice(at, at + length) + text.slice(at);
  return text.slice(0, at);
}

/** Replaces, removes or doubles one node somewhere below a result, a tool or the invocations. */
function byStructure(text: string, random: Random): string {
  const copy = JSON.parse(text) as { runs: Record<string, unknown>[] };
  let node: unknown = copy.runs[below(random, copy.runs.length)];
  for (let depth = 0; depth < 12; depth += 1) {
    const holder = node as Record<string, unknown>;
    const keys = Object.keys(holder);
    const key = keys[below(random, keys.length)];
    if (key === undefined) break;
    const child = holder[key];
    const deeper = typeof child === 'object' && child !== null && (depth === 0 || random() < 0.7);
    if (deeper) {
      node = child;
      continue;
    }
    if (random() < 0.3) delete holder[key];
    else holder[key] = values[below(random, values.length)];
    break;
  }
  return JSON.stringify(copy);
}

const half = 50_000;

describe('a report with findings', () => {
  it('stops the train', async () => expect(await stateOf(base)).toBe('unhealthy'));

  it.each([
    ['bytes', (random: Random) => byBytes(random() < 0.3 ? byBytes(base, random) : base, random)],
    ['structure', (random: Random) => byStructure(random() < 0.3 ? byStructure(base, random) : base, random)],
  ])(
    'never passes when its %s are changed',
    async (_, mutate) => {
      const random = generator(20261123);
      const states = new Map<string, number>();
      for (let i = 0; i < half; i += 1) {
        const text = mutate(random);
        const state = await stateOf(text);
        states.set(state, (states.get(state) ?? 0) + 1);
        if (state === 'healthy') expect.fail(`taken for clean: ${text}`);
      }
      // Both what is refused and what is judged occurred.
      expect(states.get('unhealthy')).toBeGreaterThan(half / 20);
      expect([...states].filter(([state]) => state !== 'unhealthy').length).toBeGreaterThan(0);
    },
    240_000,
  );
});
