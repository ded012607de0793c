import { describe, expect, it } from 'vitest';
import type { ReadingData, Standing } from '../../src/record/evidence.js';
import { chartsOf } from '../../src/report/chart.js';
import { duration, ratio, recordOf } from './stories.js';

const verdict = { decision: 'stop', reason: 'unhealthy', gates: [], sentence: '' } as const;
const of = (gate: Parameters<typeof ratio>[3] & { name: string; readings: readonly (ReadingData | null)[] }) =>
  chartsOf(gate.name, recordOf({ gates: [gate], rounds: gate.readings.length, verdict: { ...verdict, gates: [] } }));

describe('the charts of a gate', () => {
  it('have its value in every round beside its limit, in the unit of the limit', () => {
    const [chart, ...more] = of(ratio('error rate', [0.2, 0.4, 4.1]));
    expect(more).toEqual([]);
    expect(chart).toMatchObject({
      suffix: ' %',
      lines: [{ role: 'value', values: [0.2, 0.4, 4.1] }],
      limits: [{ name: 'limit < 1 %', value: 1 }],
    });
    expect(chart?.at).toHaveLength(3);
  });

  it('have a gap where nothing was measured, and never a zero', () => {
    const gate = duration([180, 190, 200]);
    const none: ReadingData = { state: 'error', code: 'timeout', reason: 'no answer' };
    const readings = [gate.readings[0] ?? null, none, null, gate.readings[2] ?? null];
    expect(of({ ...gate, readings })[0]?.lines[0]?.values).toEqual([180, null, null, 200]);
  });

  it('put a hard limit in another unit on the same scale', () => {
    const gate = ratio('error rate', [0.2, 4]);
    const hard: ReadingData = {
      ...(gate.readings[1] as ReadingData),
      code: 'over-hard-limit',
      value: 0.04,
      threshold: '< 0.03',
    };
    const usual = ratio('error rate', [0.2, 0.3]);
    const [chart] = of({ ...usual, readings: [...usual.readings, { ...hard, threshold: '< 3 %', value: 4 }] });
    expect(chart?.limits).toEqual([
      { name: 'limit < 1 %', value: 1 },
      { name: 'hard limit < 3 %', value: 3 },
    ]);
    expect(chart?.lines[0]?.values).toEqual([0.2, 0.3, 4]);
  });

  it('are none for a single round: one point is no course', () => expect(of(ratio('error rate', [0.2]))).toEqual([]));

  it('show both arms of a canary, the bounds and the evidence', () => {
    const standing = (n: number): Standing => ({
      bins: n,
      canary: { events: 100 * n, bad: 3 * n },
      baseline: { events: 900 * n, bad: 9 * n },
      ratio: 3,
      lower: 1 + n / 10,
      upper: n === 1 ? null : 6,
      sure: 0.99,
      harm: n / 3,
      wellness: null,
      dispersion: 1,
      calibrated: true,
    });
    const readings = [1, 2, 3].map(
      (n): ReadingData => ({ state: 'insufficient', code: 'open', reason: 'cannot tell yet', standing: standing(n) }),
    );
    const charts = of({ name: 'canary', readings });
    expect(charts.map(({ kind }) => kind)).toEqual(['rates', 'ratio', 'evidence']);
    expect(charts[0]?.lines.map(({ role, values }) => [role, values])).toEqual([
      ['canary', [3, 3, 3]],
      ['baseline', [1, 1, 1]],
    ]);
    expect(charts[1]?.lines.find(({ role }) => role === 'upper')?.values).toEqual([null, 6, 6]);
    expect(charts[2]?.lines.map(({ role }) => role)).toEqual(['harm']);
  });
});
