import { describe, expect, it } from 'vitest';
import type { ReadingData } from '../../src/record/evidence.js';
import { columns } from '../../src/report/columns.js';
import { frame, type Waiting } from '../../src/report/live.js';
import { advance, initialState, type Rule } from '../../src/train/decide.js';
import { duration, type GateStory, ratio, recordOf } from './stories.js';

const evaluation = {
  warmup: 0,
  every: 60_000,
  steady: 300_000,
  deadline: 1_800_000,
  'error-budget': 600_000,
  'round-timeout': 30_000,
  'false-stop-rate': 0.05,
};
const size = { columns: 100, rows: 24, colour: false };

function waiting(gates: readonly GateStory[], rounds: number, change: Partial<Waiting> = {}): Waiting {
  const { rounds: made } = recordOf({
    gates,
    rounds,
    verdict: {
      decision: 'hold',
      reason: 'steadying',
      gates: [],
      sentence: 'healthy for 2m of the 5m that are asked for',
    },
  });
  const rules = gates.map(
    ({ name, enforce = 'block' }): Rule => ({
      name,
      enforce,
      'on-missing': 'hold',
      'on-error': 'hold',
      'unhealthy-after': 3,
    }),
  );
  const state = made.reduce((sum, round) => {
    const readings = new Map(round.gates.map(({ gate, reading }) => [gate, reading]));
    return advance(sum, { at: Date.parse(round.began), phase: round.phase, readings }, rules, evaluation);
  }, initialState);
  const began = Date.parse(made[0]?.began ?? '');
  const next = Date.parse(made.at(-1)?.began ?? '') + 60_000;
  return { rounds: made, state, rules, evaluation, began, next, now: next - 12_400, ...change };
}

describe('the frame', () => {
  it('shows what holds the train, every gate with its course, and the times', () => {
    const lines = frame(waiting([ratio('error rate', [0.2, 0.4, 0.3]), duration([180, 190, 200])], 3), size);
    expect(lines).toEqual([
      'round 3: hold (steadying): healthy for 2m of the 5m that are asked for',
      expect.stringMatching(/^✓ error rate {5,}0\.3 % \(limit < 1 %\) · ▁█[▃▄▅]$/),
      expect.stringMatching(/^✓ 95th percentile of the duration {2}200 ms \(limit ≤ 250 ms\) · ▁▅█$/),
      'steady 2m of 5m · 27m13s left · next round in 13s',
    ]);
  });

  it('says for how many rounds a gate is unhealthy, and puts it first', () => {
    const [, first] = frame(waiting([duration([180, 190, 200]), ratio('error rate', [0.2, 1.4, 2.3])], 3), size);
    expect(first).toMatch(/^✗ error rate .*2\.3 %.*unhealthy in 2 of 3 rounds$/);
  });

  it('counts the seconds down, and says when it asks', () => {
    const still = waiting([ratio('error rate', [0.2, 0.4, 0.3])], 3);
    const at = (now: number) => frame({ ...still, now }, size).at(-1);
    expect(at(still.next - 900)).toMatch(/next round in 1s$/);
    expect(at(still.next + 10)).toMatch(/asking now$/);
    expect(at(still.began + evaluation.deadline + 1)).toMatch(/no time left · asking now$/);
  });

  it.each([
    [100, 24],
    [30, 10],
    [40, 6],
    [21, 5],
    [12, 3],
    [0, 0],
  ])('never is wider than %d columns, or higher than %d rows', (width, rows) => {
    const gates = Array.from({ length: 40 }, (_, i) =>
      ratio(`gate ${i} 请求错误率 ${'x'.repeat(40)}`, i === 33 ? [0.2, 4.1] : [0.2, 0.3]),
    );
    const lines = frame(waiting(gates, 2), { columns: width, rows, colour: false });
    expect(lines.length).toBeLessThan(Math.max(1, rows));
    for (const line of lines) expect(columns(line)).toBeLessThan(width);
    if (rows >= 6) {
      expect(lines[1]).toMatch(/^✗ gate 33/);
      expect(lines.at(-2)).toMatch(/and \d+ more, all healt|and \d+ more, all/);
    }
  });

  it('has colours only where they are wanted, and none of a text from outside', () => {
    const gate = ratio('a\u{1b}[2J\u{202e}b', [0.2, 4.1]);
    expect(frame(waiting([gate], 2), size).join('\n')).not.toMatch(/[\p{Cc}\p{Bidi_Control}](?<!\n)/u);
    const painted = frame(waiting([gate], 2), { ...size, colour: true }).join('\n');
    expect(painted).toContain('\u{1b}[31m✗\u{1b}[0m');
    expect(painted).not.toContain('\u{1b}[2J');
  });

  it('shows a gate that was not evaluated, and one that only warns, for what it is', () => {
    const unknown: (ReadingData | null)[] = [null];
    const lines = frame(
      waiting([{ name: 'late', readings: unknown }, ratio('slow', [4.1], 1, { enforce: 'warn' })], 1),
      size,
    );
    expect(lines[1]).toMatch(/^– late +not evaluated yet$/);
    expect(lines[2]).toMatch(/only warns$/);
  });
});
