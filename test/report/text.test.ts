import { describe, expect, it } from 'vitest';
import type { Round } from '../../src/record/record.js';
import { annotations } from '../../src/report/annotations.js';
import { columns, wrap } from '../../src/report/columns.js';
import { progressLine, text } from '../../src/report/text.js';
import { advance, initialState, type Rule } from '../../src/train/decide.js';
import { hostile, huge, minute, ratio, recordOf, stories } from './stories.js';

const evaluation = {
  warmup: 120_000,
  every: 60_000,
  steady: 300_000,
  deadline: 1_800_000,
  'error-budget': 600_000,
  'round-timeout': 30_000,
  'false-stop-rate': 0.05,
};

const stateAfter = (rounds: readonly Round[], rules: readonly Rule[]) =>
  rounds.reduce((state, { began, phase, gates }) => {
    const readings = new Map(gates.map((g) => [g.gate, g.reading]));
    return advance(state, { at: Date.parse(began), phase, readings }, rules, evaluation);
  }, initialState);
const began = Date.parse(minute(0));

describe('the report in a log', () => {
  it.each([20, 40, 80, 100, 200])('is never wider than %d', (width) => {
    for (const record of [...Object.values(stories), hostile(), huge(20, 5000), hostile('漢字'.repeat(200))]) {
      for (const line of text(record, { width, colour: false }).split('\n'))
        expect(columns(line)).toBeLessThanOrEqual(Math.max(30, width));
    }
  });
  it('names the verdict first, all reasons and all gates', () => {
    const log = text(stories.stop, { width: 100, colour: false });
    expect(log.split('\n')[0]).toBe('Stop: error rate is 4.1 %, over the limit of 1 %; also scans and dark launch');
    for (const { name } of stories.stop.gates) expect(log).toContain(name);
    expect(text(stories.policyError, { width: 100, colour: false })).toContain(
      'signalbox.yml:8:5: unknown key `enforec`',
    );
  });
  it('is the same with colours, but for them', () => {
    const coloured = text(stories.stop, { width: 90, colour: true });
    expect(coloured).toContain('\u001b[31m');
    expect(coloured.replaceAll(/\p{Cc}\[\d+m/gu, '')).toBe(text(stories.stop, { width: 90, colour: false }));
  });
  it('lets no control character through', () => {
    expect(text(hostile(), { width: 100, colour: false })).not.toMatch(/(?!\n)\p{Cc}|\u202e/u);
  });
  it('breaks words that are longer than a line', () => {
    expect(wrap('abcdefghij kl', 6, 2, 1)).toEqual(['  abcd', ' efghi', ' j kl']);
    expect(wrap('', 10, 2, 2)).toEqual(['  ']);
  });
});

describe('the line of a round', () => {
  const gates = [ratio('error rate', [1.3]), ratio('b', [0.5]), ratio('c', [0.5]), ratio('d', [3])];
  const round = (decision: Round['decision']): Round => {
    const [only] = recordOf({ gates, verdict: decision }).rounds;
    if (!only) throw new Error('one round');
    return only;
  };
  it('says what holds the train', () => {
    const held = round({ decision: 'hold', reason: 'unconfirmed', gates: ['error rate', 'd'], sentence: 's' });
    expect(progressLine(held, { evaluation, began })).toBe(
      'round 1  healthy 2/4  holding: error rate is 1.3 %, over the limit of 1 % (also d); 28m59s left',
    );
    const rules = gates.map(
      ({ name }) =>
        ({ name, enforce: 'block', 'on-missing': 'hold', 'on-error': 'hold', 'unhealthy-after': 2 }) as const,
    );
    expect(progressLine(held, { evaluation, began, state: stateAfter([held], rules), rules })).toContain(
      'over the limit of 1 %, 1 of 2 rounds (also d); 28m59s left',
    );
  });
  it('tells the steady time so far', () => {
    const well = [ratio('error rate', [0.4, 0.4, 0.4])];
    const { rounds } = recordOf({
      gates: well,
      rounds: 3,
      verdict: { decision: 'hold', reason: 'not-measured', gates: ['error rate'], sentence: 's' },
    });
    const rules = [
      { name: 'error rate', enforce: 'block', 'on-missing': 'hold', 'on-error': 'hold', 'unhealthy-after': 2 },
    ] as const;
    const last = rounds[2];
    if (!last) throw new Error('three rounds');
    expect(progressLine(last, { evaluation, began, state: stateAfter(rounds, rules), rules })).toContain(
      '; steady 2m of 5m; ',
    );
  });
  it('is one line whatever the reason says', () => {
    const line = progressLine(
      round({ decision: 'hold', reason: 'steadying', gates: [], sentence: `a\n::error::b${'x'.repeat(999)}` }),
      { evaluation, began },
    );
    expect(line).not.toContain('\n');
    expect(line.length).toBeLessThan(260);
    expect(
      progressLine(round({ decision: 'stop', reason: 'unhealthy', gates: [], sentence: 'bad' }), { evaluation, began }),
    ).toBe('round 1  healthy 2/4  stop: bad');
  });
});

describe('a run that was cancelled', () => {
  it('says so first, and takes what was unhealthy for no reason of it', () => {
    const shown = text(stories.cancelled, { width: 80, colour: false });
    expect(shown).toMatch(/^Cancelled in or after round 2/);
    expect(shown).toContain('Unhealthy at that time\n  - error rate is 1.3 %');
    expect(shown).not.toContain('Why it stopped');
  });
});

describe('annotations', () => {
  const levels = (record: Parameters<typeof annotations>[0]) => annotations(record).map((a) => `${a.level} ${a.title}`);
  it('has one error for each reason, and one for each of the worst findings', () => {
    expect(levels(stories.stop)).toEqual([
      'error Signalbox: error rate',
      'error Signalbox: scans',
      'error Signalbox: dark launch',
      'error Signalbox: CodeQL js/sql-injection',
    ]);
    expect(annotations(stories.stop)[0]?.message).toBe(
      'error rate is 4.1 %, over the limit of 1 %; since 10:43 UTC, 2 rounds in a row',
    );
  });
  it('points at the place in the policy', () => {
    const at = (file?: string) => {
      const gates = stories.stop.gates.map((gate) => ({
        ...gate,
        place: { ...(file ? { file } : {}), line: 9, column: 3 },
      }));
      return annotations({ ...stories.stop, gates })[1];
    };
    expect(at('./deploy/signalbox.yml')).toMatchObject({ file: 'deploy/signalbox.yml', line: 9, column: 3 });
    for (const outside of [undefined, '../signalbox.yml', '/etc/signalbox.yml']) {
      expect(at(outside)).not.toHaveProperty('file');
      expect(at(outside)).not.toHaveProperty('line');
    }
  });
  it('only warns where nothing was stopped', () => {
    expect(new Set(annotations(stories.observed).map((a) => a.level))).toEqual(new Set(['warning']));
    expect(annotations(stories.observed)[0]?.message).toMatch(/^Observed only, would have stopped: error rate/);
    expect(levels(stories.warning)).toEqual([
      'warning Signalbox: 95th percentile of the duration',
      'warning Signalbox: synthetic checks',
      'notice Signalbox: cart abandonment',
    ]);
    expect(annotations(stories.continue)).toEqual([]);
  });
  it('puts the problems of a policy on their lines', () => {
    expect(annotations(stories.policyError)[0]).toMatchObject({
      level: 'error',
      file: 'signalbox.yml',
      line: 8,
      column: 5,
    });
    expect(annotations(stories.policyError)).toHaveLength(3);
  });
  it('has an error for a stop that no gate is the reason of', () => {
    for (const name of ['notSteady', 'internalError', 'cancelledAtOnce'] as const)
      expect(levels(stories[name])).toContain('error Signalbox');
  });
});
