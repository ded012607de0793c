import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JournalEntry, lineOf, readJournal } from '../../src/record/journal.js';
import type { Decision, Round, Walk } from '../../src/record/record.js';

const began = '2026-11-23T10:00:00.000Z';
const decision = (reason: Decision['reason']): Decision => ({ decision: 'hold', reason, gates: [], sentence: 'so' });
const round = (number: number, reason: Decision['reason'] = 'steadying'): Round => ({
  number,
  phase: 'watch',
  began,
  ended: began,
  gates: [],
  decision: decision(reason),
});
const walk = (from: number): Walk => ({ stages: [], from, to: 3, resumed: null, walked: [], end: [] });
const release = { sha: 'a', version: null, environment: 'production', deployedAt: began };
const job = { run: 'https://ci/1', actor: 'jane', began };
const begin: JournalEntry = {
  kind: 'begin',
  journal: 1,
  ...job,
  service: 'checkout',
  release,
  from: 1,
  to: 3,
  policy: { b: 1, a: 2 },
};

const written = (...entries: JournalEntry[]): string => {
  let hash = '';
  return entries
    .map((entry) => {
      const next = lineOf(hash, entry);
      hash = next.hash;
      return next.line;
    })
    .join('');
};

const sound = (text: string) => {
  const read = readJournal(text);
  if (!read || 'wrong' in read) throw new Error(read?.wrong ?? 'nothing');
  return read;
};

describe('a journal', () => {
  const text = written(
    begin,
    { kind: 'walk', walk: walk(1) },
    { kind: 'round', round: round(1) },
    { kind: 'resume', ...job, run: 'https://ci/2' },
    { kind: 'round', round: round(2) },
    { kind: 'walk', walk: walk(2) },
  );

  it('gives back what was written, by job', () => {
    const read = sound(text);
    expect(read.rounds.map(({ number }) => number)).toEqual([1, 2]);
    expect(read.runs).toMatchObject([
      { run: 'https://ci/1', rounds: 1 },
      { run: 'https://ci/2', rounds: 1 },
    ]);
    expect(read.walk?.from).toBe(2);
    expect(read.ended).toBe(false);
    expect(JSON.stringify(read.begin.policy)).toBe('{"b":1,"a":2}');
    expect(read.bytes).toBe(Buffer.byteLength(text));
  });

  it('knows that it ended', () => {
    expect(sound(written(begin, { kind: 'end', decision: decision('healthy') })).ended).toBe(true);
  });

  it('leaves out the round in which a job was cut off', () => {
    const read = sound(
      written(
        begin,
        { kind: 'round', round: round(1) },
        { kind: 'round', round: round(2, 'cancelled') },
        { kind: 'resume', ...job },
        { kind: 'round', round: round(2) },
        { kind: 'round', round: round(3, 'cancelled') },
      ),
    );
    expect(read.rounds.map(({ number, decision: d }) => [number, d.reason])).toEqual([
      [1, 'steadying'],
      [2, 'steadying'],
    ]);
    expect(read.runs.map(({ rounds }) => rounds)).toEqual([1, 1]);
  });

  it('torn anywhere tells of the whole lines before, and never of another thing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length }), (at) => {
        const read = readJournal(text.slice(0, at));
        if (read && 'wrong' in read) throw new Error(read.wrong);
        expect(read?.bytes ?? 0).toBe(text.slice(0, at).lastIndexOf('\n') + 1);
      }),
    );
  });

  it('changed anywhere is refused', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length - 2 }), fc.constantFrom('0', 'x', '"', ' '), (at, by) => {
        fc.pre(text[at] !== by && text[at] !== '\n');
        const read = readJournal(text.slice(0, at) + by + text.slice(at + 1));
        expect(read).toHaveProperty('wrong');
      }),
      { numRuns: 500 },
    );
  });

  it('without one of its lines is refused', () => {
    const lines = text.trimEnd().split('\n');
    for (const drop of lines.keys()) {
      if (drop === lines.length - 1) continue;
      const without = lines.filter((_, i) => i !== drop).map((line) => `${line}\n`);
      expect(readJournal(without.join(''))).toHaveProperty('wrong');
    }
  });
});
