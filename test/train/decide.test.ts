import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReadingData } from '../../src/record/evidence.js';
import type { Decision } from '../../src/record/record.js';
import { advance, decide, initialState, type RoundReadings, type Rule } from '../../src/train/decide.js';
import { reading, start } from '../support/evidence.js';

const every = 60_000;

const rule = (name: string, change: Partial<Rule> = {}): Rule => ({
  name,
  enforce: 'block',
  'on-missing': 'hold',
  'on-error': 'hold',
  'unhealthy-after': 2,
  ...change,
});

interface Setting {
  readonly steady?: number;
  readonly budget?: number;
  readonly deadline?: number;
}

/** The decision after each round. */
function fold(rules: readonly Rule[], rounds: readonly RoundReadings[], setting: Setting = {}): Decision[] {
  let state = initialState;
  return rounds.map((round) => {
    state = advance(state, round, rules, { every });
    return decide(
      state,
      rules,
      { steady: setting.steady ?? 0, 'error-budget': setting.budget ?? 3_600_000 },
      { now: round.at, deadline: start + (setting.deadline ?? 86_400_000) },
    );
  });
}

type Word = keyof typeof reading | 'none';

const rounds = (
  columns: Record<string, readonly Word[]>,
  phases?: readonly RoundReadings['phase'][],
): RoundReadings[] => {
  const length = Math.max(...Object.values(columns).map((c) => c.length));
  return Array.from({ length }, (_, i) => ({
    at: start + i * every,
    phase: phases?.[i] ?? 'watch',
    readings: new Map(
      Object.entries(columns).map(([name, words]): [string, ReadingData | null] => {
        const word = words[i] ?? 'none';
        return [name, word === 'none' ? null : reading[word]];
      }),
    ),
  }));
};

const last = <T>(list: readonly T[]): T => {
  const item = list.at(-1);
  if (item === undefined) throw new Error('empty');
  return item;
};

describe('decide', () => {
  it('asks once more before it continues', () => {
    const decisions = fold([rule('a')], rounds({ a: ['healthy', 'healthy'] }, ['watch', 'final']));
    expect(decisions.map((d) => [d.decision, d.reason])).toEqual([
      ['hold', 'final-check'],
      ['continue', 'healthy'],
    ]);
  });

  it('does not continue when the final check is poor', () => {
    for (const word of ['insufficient', 'error', 'none', 'unhealthy'] as const) {
      expect(last(fold([rule('a')], rounds({ a: ['healthy', word] }, ['watch', 'final']))).decision).toBe('hold');
    }
  });

  it('needs all blocking gates in the same round', () => {
    const crossed = rounds({
      a: ['healthy', 'insufficient', 'healthy'],
      b: ['insufficient', 'healthy', 'insufficient'],
    });
    expect(fold([rule('a'), rule('b')], crossed).every((d) => d.reason === 'insufficient-evidence')).toBe(true);
  });

  it('counts the steady time only between healthy rounds, and sets it back on an unhealthy one', () => {
    const setting = { steady: 2 * every };
    const reasons = (words: Word[]) => fold([rule('a')], rounds({ a: words }), setting).map((d) => d.reason);
    expect(reasons(['healthy', 'healthy', 'healthy'])).toEqual(['steadying', 'steadying', 'final-check']);
    // The pause neither counts nor sets back: one minute before it, one after it.
    expect(last(reasons(['healthy', 'healthy', 'error', 'healthy', 'healthy']))).toBe('final-check');
    expect(last(reasons(['healthy', 'healthy', 'unhealthy', 'healthy', 'healthy']))).toBe('steadying');
  });

  it('gives no credit for a gap in which nothing was asked', () => {
    const [first, second] = rounds({ a: ['healthy', 'healthy'] });
    if (!first || !second) throw new Error('two rounds');
    const gap = [first, { ...second, at: start + 20 * every }];
    expect(last(fold([rule('a')], gap, { steady: 10 * every })).reason).toBe('steadying');
  });

  it('stops after as many unhealthy rounds in a row as the gate says, poor evidence in between notwithstanding', () => {
    const decisions = fold([rule('a')], rounds({ a: ['unhealthy', 'error', 'insufficient', 'unhealthy'] }));
    expect(decisions.map((d) => d.decision)).toEqual(['hold', 'hold', 'hold', 'stop']);
    expect(last(decisions)).toMatchObject({ reason: 'unhealthy', gates: ['a'] });
    expect(last(fold([rule('a')], rounds({ a: ['unhealthy', 'healthy', 'unhealthy'] }))).decision).toBe('hold');
  });

  it('stops on the total of unhealthy rounds when a limit is given', () => {
    const words: Word[] = ['unhealthy', 'healthy', 'unhealthy', 'healthy', 'unhealthy'];
    expect(fold([rule('a', { 'unhealthy-limit': 3 })], rounds({ a: words })).map((d) => d.decision)).toEqual([
      ...Array.from({ length: 4 }, () => 'hold'),
      'stop',
    ]);
  });

  it('while warming up stops only for what stands beyond doubt', () => {
    const warm = ['warm-up', 'warm-up', 'warm-up'] as const;
    expect(last(fold([rule('a')], rounds({ a: ['unhealthy', 'unhealthy', 'unhealthy'] }, warm))).reason).toBe(
      'warming-up',
    );
    expect(fold([rule('a')], rounds({ a: ['finding'] }, warm))[0]).toMatchObject({
      decision: 'stop',
      reason: 'unhealthy',
    });
    // What was seen while warming up does not count afterwards.
    const after = rounds({ a: ['unhealthy', 'unhealthy'] }, ['warm-up', 'watch']);
    expect(last(fold([rule('a')], after)).decision).toBe('hold');
  });

  it('keeps an outage of the monitoring apart from a fault of the release', () => {
    const setting = { budget: 2 * every };
    const decisions = fold([rule('a')], rounds({ a: ['error', 'error', 'error'] }), setting);
    expect(decisions.map((d) => [d.decision, d.reason])).toEqual([
      ['hold', 'not-measured'],
      ['hold', 'not-measured'],
      ['stop', 'not-measured'],
    ]);
    const healed = fold([rule('a')], rounds({ a: ['error', 'error', 'healthy', 'error', 'error'] }), setting);
    expect(last(healed).decision).toBe('hold');
  });

  it('does not wait for what waiting cannot heal', () => {
    const twice = (word: Word) => fold([rule('a')], rounds({ a: [word, word] })).map((d) => [d.decision, d.reason]);
    expect(twice('permanent')).toEqual([
      ['hold', 'not-measured'],
      ['stop', 'not-measured'],
    ]);
    expect(twice('settled')).toEqual([
      ['hold', 'insufficient-evidence'],
      ['stop', 'insufficient-evidence'],
    ]);
  });

  it('holds while something only takes time, whatever is said of missing evidence', () => {
    for (const missing of ['hold', 'stop', 'ignore'] as const) {
      const decisions = fold(
        [rule('a', { 'on-missing': missing }), rule('b')],
        rounds({ a: ['pending', 'pending', 'pending'], b: ['healthy', 'healthy', 'healthy'] }),
      );
      expect(decisions.map((d) => [d.decision, d.reason])).toEqual(Array(3).fill(['hold', 'insufficient-evidence']));
    }
  });

  it('follows on-missing and on-error', () => {
    const one = (change: Partial<Rule>, word: Word) =>
      fold([rule('a', change), rule('b')], rounds({ a: [word], b: ['healthy'] }))[0];
    expect(one({ 'on-missing': 'stop' }, 'insufficient')).toMatchObject({
      decision: 'stop',
      reason: 'insufficient-evidence',
    });
    expect(one({ 'on-error': 'stop' }, 'error')).toMatchObject({ decision: 'stop', reason: 'not-measured' });
    expect(one({ 'on-missing': 'ignore' }, 'insufficient')).toMatchObject({ reason: 'final-check', gates: ['b'] });
    expect(one({ 'on-error': 'ignore' }, 'error')).toMatchObject({ reason: 'final-check' });
    expect(one({ 'on-error': 'ignore' }, 'permanent')).toMatchObject({ reason: 'final-check' });
    expect(one({ 'on-error': 'ignore', 'on-missing': 'ignore' }, 'none')).toMatchObject({ reason: 'not-measured' });
  });

  it('never continues when all evidence is ignored', () => {
    const ignoring = rule('a', { 'on-missing': 'ignore', 'on-error': 'ignore' });
    const decisions = fold([ignoring], rounds({ a: ['insufficient', 'error'] }, ['watch', 'final']));
    expect(decisions.map((d) => d.reason)).toEqual(['insufficient-evidence', 'insufficient-evidence']);
  });

  it('names the worst reason at the deadline', () => {
    const atDeadline = (words: Record<string, Word>) =>
      fold(
        Object.keys(words).map((n) => rule(n, { 'unhealthy-after': 9 })),
        rounds(Object.fromEntries(Object.entries(words).map(([k, w]) => [k, [w]]))),
        { deadline: 0, steady: every },
      )[0];
    expect(atDeadline({ a: 'healthy' })).toMatchObject({ decision: 'stop', reason: 'not-steady' });
    expect(atDeadline({ a: 'healthy', b: 'insufficient' })).toMatchObject({
      reason: 'insufficient-evidence',
      gates: ['b'],
    });
    expect(atDeadline({ a: 'error', b: 'insufficient' })).toMatchObject({ reason: 'not-measured', gates: ['a'] });
    expect(atDeadline({ a: 'none', b: 'healthy' })).toMatchObject({ reason: 'not-measured', gates: ['a'] });
    expect(atDeadline({ a: 'error', b: 'unhealthy' })).toMatchObject({ reason: 'unhealthy', gates: ['b'] });
  });

  it('lets gates that only warn or observe neither stop nor hold nor prove', () => {
    const rules = [rule('a'), rule('w', { enforce: 'warn' }), rule('o', { enforce: 'observe' })];
    expect(fold(rules, rounds({ a: ['healthy'], w: ['finding'], o: ['error'] }))[0]?.reason).toBe('final-check');
    expect(fold([rule('w', { enforce: 'warn' })], rounds({ w: ['healthy'] }))[0]?.decision).toBe('hold');
  });
});

describe('decide, whatever the readings', () => {
  const word = fc.constantFrom<Word>(
    'pending',
    'healthy',
    'unhealthy',
    'finding',
    'insufficient',
    'settled',
    'error',
    'permanent',
    'none',
  );
  const patience = fc.constantFrom('hold', 'stop', 'ignore') as fc.Arbitrary<Rule['on-missing']>;
  const anyRule = (name: string): fc.Arbitrary<Rule> =>
    fc
      .record({
        name: fc.constant(name),
        enforce: fc.constantFrom('block', 'block', 'warn', 'observe') as fc.Arbitrary<Rule['enforce']>,
        'on-missing': patience,
        'on-error': patience,
        'unhealthy-after': fc.integer({ min: 1, max: 4 }),
        prepares: fc.constantFrom(false, false, true),
      })
      .map(({ prepares, ...r }): Rule => (prepares ? { ...r, preparation: true } : r));
  const names = ['a', 'b', 'c'];
  const history = fc.record({
    rules: fc.tuple(...names.map(anyRule)),
    words: fc.array(fc.tuple(word, word, word), { minLength: 1, maxLength: 12 }),
    phases: fc.array(fc.constantFrom<RoundReadings['phase']>('warm-up', 'watch', 'watch', 'final'), {
      minLength: 12,
      maxLength: 12,
    }),
    steady: fc.constantFrom(0, every, 3 * every),
    deadline: fc.constantFrom(0, 4 * every, 86_400_000),
    budget: fc.constantFrom(every, 3_600_000),
  });
  const columns = (words: readonly (readonly Word[])[]) =>
    Object.fromEntries(names.map((name, i) => [name, words.map((row) => row[i] ?? 'none')]));

  it('continues only on a final round with every blocking gate passable and at least one about the release healthy', () => {
    fc.assert(
      fc.property(history, (h) => {
        const decisions = fold(h.rules, rounds(columns(h.words), h.phases), h);
        for (const [i, { decision }] of decisions.entries()) {
          if (decision !== 'continue') continue;
          expect(h.phases[i]).toBe('final');
          const blocking = h.rules.flatMap((r, g) =>
            r.enforce === 'block' ? [{ r, word: h.words[i]?.[g] ?? 'none' }] : [],
          );
          expect(blocking.some((b) => b.word === 'healthy' && !b.r.preparation)).toBe(true);
          for (const { r, word: w } of blocking) {
            const ignored =
              ((w === 'insufficient' || w === 'settled') && r['on-missing'] === 'ignore') ||
              ((w === 'error' || w === 'permanent') && r['on-error'] === 'ignore');
            expect(w === 'healthy' || ignored).toBe(true);
          }
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('never continues with a blocking gate that has no usable reading, unless the policy ignores that kind', () => {
    const strict = fc.tuple(
      ...names.map((n) => anyRule(n).map((r): Rule => ({ ...r, 'on-missing': 'hold', 'on-error': 'hold' }))),
    );
    const poor = fc.constantFrom<Word>('insufficient', 'pending', 'settled', 'error', 'permanent', 'none');
    fc.assert(
      fc.property(
        strict,
        fc.array(fc.tuple(poor, word, word), { minLength: 1, maxLength: 12 }),
        history,
        (rules, words, h) => {
          const blocked = rules.map((r, i): Rule => (i === 0 ? { ...r, enforce: 'block' } : r));
          const decisions = fold(blocked, rounds(columns(words), h.phases), h);
          expect(decisions.map((d) => d.decision)).not.toContain('continue');
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('is never turned from stop to continue by more bad evidence', () => {
    const worse: Record<Word, readonly Word[]> = {
      healthy: ['insufficient', 'pending', 'error', 'permanent', 'none', 'unhealthy', 'finding'],
      insufficient: ['settled', 'unhealthy', 'finding', 'none'],
      pending: ['unhealthy', 'finding', 'none'],
      settled: ['unhealthy', 'finding', 'none'],
      error: ['permanent', 'unhealthy', 'finding', 'none'],
      permanent: ['unhealthy', 'finding', 'none'],
      none: ['unhealthy', 'finding'],
      unhealthy: ['finding'],
      finding: [],
    };
    const damage = fc.array(fc.tuple(fc.nat(11), fc.nat(2), fc.nat(5)), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(history, damage, (h, hits) => {
        const before = fold(h.rules, rounds(columns(h.words), h.phases), h).map((d) => d.decision);
        const stop = before.indexOf('stop');
        const first = before.findIndex((d) => d !== 'hold');
        if (stop < 0 || stop !== first) return;
        const words = h.words.map((row) => [...row]);
        for (const [i, g, pick] of hits) {
          const row = words[i];
          const old = row?.[g];
          if (row && old !== undefined) row[g] = worse[old][pick % Math.max(1, worse[old].length)] ?? old;
        }
        const after = fold(h.rules, rounds(columns(words), h.phases), h).map((d) => d.decision);
        expect(after.slice(0, stop + 1)).not.toContain('continue');
      }),
      { numRuns: 5000 },
    );
  });
});
