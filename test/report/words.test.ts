import { describe, expect, it } from 'vitest';
import type { ReadingData } from '../../src/record/evidence.js';
import type { Decision } from '../../src/record/record.js';
import { historyOf, sparkline } from '../../src/report/history.js';
import { nextSteps } from '../../src/report/next.js';
import { plain, plainLines, safeLink } from '../../src/report/plain.js';
import { viewOf } from '../../src/report/view.js';
import {
  clockTime,
  complaint,
  counterfactual,
  inWords,
  listed,
  measuredWords,
  stateWords,
  verdictSentence,
} from '../../src/report/words.js';
import { poor, recordOf, stories } from './stories.js';

const over = (value: number, shown: string, threshold: string, code = 'over-threshold'): ReadingData => ({
  state: 'unhealthy',
  code,
  reason: 'the reason',
  value,
  shown,
  threshold,
});

describe('words', () => {
  it.each([
    [0, '0 seconds'],
    [250, '250 ms'],
    [1000, '1 second'],
    [90_000, '1 minute 30 seconds'],
    [300_000, '5 minutes'],
    [3_600_000, '1 hour'],
    [5_400_000, '1 hour 30 minutes'],
    [3_661_000, '1 hour 1 minute'],
    [172_800_000, '2 days'],
    [59_999, '1 minute'],
  ])('%d ms is %s', (ms, expected) => expect(inWords(ms)).toBe(expected));

  it.each([
    [over(4.1, '4.1 %', '< 1 %'), ' is 4.1 %, over the limit of 1 %'],
    [over(4.1, '4.1 %', '< 3 %', 'over-hard-limit'), ' is 4.1 %, over the hard limit of 3 %'],
    [over(1, '1 %', '< 1 %'), ' is 1 %, but must stay under 1 %'],
    [over(98, '98 %', '>= 99.9 %'), ' is 98 %, under the required 99.9 %'],
    [over(3, '3', '== 0'), ' is 3, but must be exactly 0'],
    [over(310, '310 ms', '<= 250 ms'), ' is 310 ms, over the limit of 250 ms'],
    [over(2, '2', '0 of high or worse'), ': the reason'],
  ])('%j is worded%s', (reading, expected) => expect(complaint({ reading, state: 'unhealthy' })).toBe(expected));

  it('does not call a value that was not judged over the limit', () => {
    const reading: ReadingData = { ...over(4, '4 %', '< 1 %'), state: 'insufficient' };
    expect(complaint({ reading, state: 'insufficient' })).toBe(': the reason');
    expect(complaint({ reading: null, state: 'not-evaluated' })).toBe(': not evaluated');
  });

  it('writes signs as people do', () =>
    expect(measuredWords(over(310, '310 ms', '<= 250 ms'))).toBe('310 ms (limit ≤ 250 ms)'));
  it('lists', () => {
    expect([
      listed([]),
      listed(['a']),
      listed(['a', 'b']),
      listed(['a', 'b', 'c', 'd']),
      listed(['a', 'b', 'c', 'd', 'e']),
    ]).toEqual(['', 'a', 'a and b', 'a, b, c and d', 'a, b, c and 2 more']);
  });
  it('tells the day when it is another one', () => {
    expect(clockTime('2026-11-22T23:59:00.000Z', '2026-11-23T00:10:00.000Z')).toBe('2026-11-22 23:59 UTC');
  });
  it('tells the five states apart without colour', () => {
    const words = (['healthy', 'unhealthy', 'insufficient', 'error', 'not-evaluated'] as const).map(
      (state) => stateWords({ state, enforce: 'block', ignored: false }).word,
    );
    expect(new Set(words).size).toBe(5);
  });
  it('leaves what else was found out of the headline', () => {
    const reading: ReadingData = {
      state: 'unhealthy',
      code: 'not-as-expected',
      reason: 'x is on; besides: y is not there',
    };
    const verdict: Decision = { decision: 'stop', reason: 'unhealthy', gates: ['dark'], sentence: 's' };
    const view = viewOf(recordOf({ gates: [{ name: 'dark', readings: [reading] }], verdict }));
    expect(verdictSentence(view)).toBe('Stop: dark: x is on');
  });
  it('says what it would have taken only where the release is the reason', () => {
    expect(counterfactual(viewOf(stories.stop))).toContain('< 1 % (it is 4.1 %)');
    expect(counterfactual(viewOf(stories.notMeasured))).toBe('');
    const gates = [{ name: 'a', readings: [over(4, '4 %', '< 3 %', 'over-hard-limit')] }];
    const verdict: Decision = { decision: 'stop', reason: 'unhealthy', gates: ['a'], sentence: 's' };
    expect(counterfactual(viewOf(recordOf({ gates, verdict })))).toBe('');
  });
  it('names the threshold where the hard limit was broken, and every gate that was not proven healthy', () => {
    const gates = [
      { name: 'a', readings: [over(4, '4 %', '< 3 %', 'over-hard-limit')] },
      poor('b', 'error', 'timeout', 'no answer'),
    ];
    const verdict: Decision = { decision: 'stop', reason: 'unhealthy', gates: ['a'], sentence: 's' };
    const record = recordOf({ gates, verdict });
    const effective = { evaluation: { steady: 300_000 }, gates: [{ name: 'a', threshold: '<1%' }, { name: 'b' }] };
    const told = (policy: unknown) =>
      counterfactual(viewOf({ ...record, policy: { ...record.policy, effective: policy } }));
    expect(told(effective)).toBe(
      'It would have continued if a had stayed < 1 % (it is 4 %) and b had been proven healthy, all together for 5 minutes.',
    );
    expect(
      told({
        ...effective,
        gates: [
          { name: 'a', threshold: '<1%' },
          { name: 'b', 'on-error': 'ignore' },
        ],
      }),
    ).toBe('It would have continued if a had stayed < 1 % (it is 4 %) for 5 minutes.');
  });
});

describe('next steps', () => {
  it('has one for the codes of the gates, and says the same advice once', () => {
    const gates = [
      poor('a', 'error', 'forbidden', 'x'),
      poor('b', 'error', 'forbidden', 'y'),
      poor('c', 'error', 'never-heard-of', 'z'),
    ];
    const verdict = {
      decision: 'stop',
      reason: 'not-measured',
      gates: ['a', 'b', 'c'],
      sentence: 's',
    } satisfies Decision;
    const steps = nextSteps(viewOf(recordOf({ gates, verdict })));
    expect(steps[0]).toMatchObject({ gates: ['a', 'b'] });
    expect(steps[0]?.text).toContain('right to read');
    expect(steps[1]).toMatchObject({ gates: ['c'] });
  });
  it.each(Object.entries(stories).filter(([, r]) => r.verdict.decision === 'stop'))(
    '%s ends with something to do',
    (_, record) => {
      expect(nextSteps(viewOf(record)).length).toBeGreaterThan(0);
    },
  );
});

describe('history', () => {
  it('counts the rounds in a row and finds the last measurement', () => {
    const history = historyOf('error rate', stories.stop.rounds);
    expect(history).toMatchObject({
      state: 'unhealthy',
      rounds: 2,
      since: '2026-11-23T10:43:00.000Z',
      values: [0.6, 0.9, 2.7, 4.1],
    });
    expect(historyOf('95th percentile of the duration', stories.cancelled.rounds)).toMatchObject({
      state: 'not-evaluated',
      rounds: 1,
      measured: { round: 1 },
    });
    expect(historyOf('no such gate', [])).toMatchObject({ state: 'not-evaluated', rounds: 0, since: null });
  });
  it.each([
    [[1, 2], ''],
    [[1, 2, 3], '▁▅█'],
    [[0, null, 7, 3.5], '▁·█▅'],
    [[5, 5, 5], '▅▅▅'],
    [[-Number.MAX_VALUE, 0, Number.MAX_VALUE], '▁▅█'],
    [Array.from({ length: 40 }, (_, i) => i), '▁▁▂▃▃▄▅▆▆▇██'],
  ])('draws %j', (values, expected) => expect(sparkline(values)).toBe(expected));
});

describe('plain', () => {
  it('makes one visible line', () => {
    expect(plain('a\r\n b\u202e\u200bc\u0000d')).toBe('a b\u{fffd}\u{fffd}c d');
    expect(plain('x'.repeat(1000), 10)).toBe('xxxxxxxxx…');
  });
  it('keeps the lines of a query, and says what was cut', () => {
    expect(plainLines('a\tb\r\nc\u0007\n', 100)).toBe('a  b\nc\u{fffd}');
    expect(plainLines('abcdef', 3)).toBe('abc\n… cut, 6 characters in all');
  });
  it.each([
    ['https://a.example/x?y=1', 'https://a.example/x?y=1'],
    ['javascript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['//a.example', undefined],
    ['https://u:p@a.example', undefined],
    [undefined, undefined],
  ])('%s is a link: %s', (given, expected) => expect(safeLink(given)).toBe(expected));
});
