import { describe, expect, it } from 'vitest';
import type { DecisionRecord } from '../../src/record/record.js';
import { diff, differences } from '../../src/report/diff.js';
import { explain } from '../../src/report/explain.js';
import * as stories from './stories.js';

const { ratio, duration, recordOf } = stories;

const stop = (change: Partial<Parameters<typeof recordOf>[0]> = {}): DecisionRecord =>
  recordOf({
    gates: [
      ratio('error rate', [0.2, 0.4, 4.1, 4.3], 1, { rule: { 'unhealthy-after': 2 } }),
      duration([180, 190, 200, 210]),
    ],
    rounds: 4,
    verdict: {
      decision: 'stop',
      reason: 'unhealthy',
      gates: ['error rate'],
      sentence: 'error rate: 4.3 % does not satisfy < 1 % (2 rounds in a row)',
    },
    ...change,
  });

describe('explain', () => {
  it('tells of each gate what it is, was and did', () => {
    const text = explain(stop(), 100);
    expect(text).toMatch(/^Stop: error rate is 4\.3 %, over the limit of 1 %/);
    expect(text).toMatch(/error rate \(telemetry of prometheus.*\)\n {2}is: ✗ NOT healthy; is 4\.3 %/);
    expect(text).toContain('was: healthy in rounds 1 to 2, NOT healthy in rounds 3 to 4');
    expect(text).toMatch(/counts: a reason to stop, after 2 unhealthy rounds in a row/);
    expect(text).toMatch(/counts: blocks, and is no obstacle/);
    expect(text.split('\n').every((line) => line.length <= 100)).toBe(true);
  });

  it('says what a gate that does not block decides: nothing', () => {
    const text = explain(
      stop({ gates: [ratio('error rate', [4.1], 1, { enforce: 'observe' }), duration([180])] }),
      100,
    );
    expect(text).toContain('observe: it is reported, and decides nothing');
  });

  it('keeps what comes from outside on its line and out of the terminal', () => {
    const name = 'a\u001b[2Jb\n::error::c';
    const text = explain(stop({ gates: [ratio(name, [4.1]), duration([180])] }), 100);
    expect(text).not.toContain('\u001b');
    expect(text).not.toMatch(/^\s*::error/m);
  });
});

describe('diff', () => {
  it('tells what differs, and nothing else', () => {
    const a = stop();
    const b = stop({
      gates: [ratio('error rate', [0.2, 0.4, 0.3, 0.3], 2), duration([180, 190, 200, 210])],
      verdict: { decision: 'continue', reason: 'healthy', gates: ['error rate'], sentence: 'all is well' },
    });
    const sections = differences(a, b);
    expect(sections.map(({ title }) => title)).toEqual(['Decision', 'Policy', 'Gates']);
    expect(sections[2]?.changes).toEqual([
      { what: 'error rate', from: 'NOT healthy, 4.3 % (limit < 1 %)', to: 'healthy, 0.3 % (limit < 2 %)' },
    ]);
    const text = diff(a, b, 100);
    expect(text).toContain('~ decision: stop (unhealthy) → continue (healthy)');
    expect(text).toContain('- reasons: error rate');
  });

  it('names a gate that only one of them has, and every value of the policy that differs', () => {
    const a = stop();
    const b = structuredClone(stop({ gates: [ratio('error rate', [0.2, 0.4, 4.1, 4.3])] }));
    const gates = (b.policy.effective as { gates: Record<string, unknown>[] }).gates;
    Object.assign(gates[0] ?? {}, { 'unhealthy-after': 7 });
    const text = diff(a, b, 100);
    expect(text).toMatch(/- 95th percentile of the duration: healthy/);
    expect(text).toMatch(/[~+] gates › error rate › unhealthy-after: .*7/);
  });

  it('says so when nothing differs but the times', () => {
    const a = stop();
    const b = { ...stop(), began: '2026-11-24T10:00:00.000Z', ended: '2026-11-24T10:04:00.000Z' };
    expect(differences(a, b)).toEqual([]);
    expect(diff(a, b, 100)).toContain('Nothing differs');
  });
});
