import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { sloGate } from '../../src/gates/slo.js';
import type { Answer, Reported } from '../../src/record/evidence.js';
import type { TelemetryQuestion } from '../../src/sources/source.js';
import { at, failed, measured, readingOf, samples, start } from '../support/evidence.js';

const moment = { now: start, deployedAt: start - 600_000, settledAt: start - 480_000, completeTo: start };
const written = { objective: '99.9%', failures: 'bad', total: 'all' };
const bind = (config: Record<string, unknown> = {}) => sloGate.bind(v.parse(sloGate.schema, { ...written, ...config }));

/** The share of bad events of each window, of 10 000 events. */
function judge(shares: Record<string, Reported>, config: Record<string, unknown> = {}, change: Partial<Answer> = {}) {
  const gate = bind(config);
  const answers = [...gate.questions(moment).keys()].map((role) => {
    const [query, window = ''] = role.split(' over ');
    const share = (window in shares ? shares[window] : shares.else) ?? null;
    const value =
      query === 'total' || typeof share !== 'number' ? (query === 'total' ? 10_000 : share) : share * 10_000;
    return { ...measured(role, samples([value])), ...change } as Answer;
  });
  return readingOf(gate.judge(answers, moment));
}

describe('slo gate', () => {
  it('asks for each window once, ending where the data are complete', () => {
    const questions = [
      ...bind()
        .questions({ ...moment, completeTo: start - 120_000 })
        .entries(),
    ] as [string, TelemetryQuestion][];
    expect(questions.map(([role]) => role)).toEqual(
      ['5m', '30m', '1h', '6h', '30d'].flatMap((w) => [`failures over ${w}`, `total over ${w}`]),
    );
    for (const [, { window }] of questions) expect(window.to).toBe(start - 120_000);
    expect(questions[0]?.[1].window.from).toBe(start - 120_000 - 300_000);
  });

  it('is healthy while the budget lasts and burns slowly', () => {
    expect(judge({ else: 0.0005 })).toMatchObject({
      state: 'healthy',
      code: 'within-budget',
      value: expect.closeTo(50, 6) as number,
    });
  });

  it('is unhealthy when both windows of a pair burn too fast, and says which', () => {
    expect(judge({ '5m': 0.02, '1h': 0.02, else: 0.0001 })).toMatchObject({
      state: 'unhealthy',
      code: 'burn-rate',
      value: expect.closeTo(20, 6) as number,
      reason: expect.stringContaining('20× as fast as it may over 1h and 20× over 5m') as string,
    });
  });

  it('is healthy when only one of the pair does: it is over, or too small to tell', () => {
    expect(judge({ '1h': 0.02, else: 0.0001 }).state).toBe('healthy');
    expect(judge({ '5m': 0.02, else: 0.0001 }).state).toBe('healthy');
  });

  it('is unhealthy when the budget is spent, or less is left than asked for', () => {
    expect(judge({ '30d': 0.002, else: 0 })).toMatchObject({
      state: 'unhealthy',
      code: 'budget-spent',
      value: expect.closeTo(-100, 6) as number,
    });
    expect(judge({ '30d': 0.00095, else: 0 })).toMatchObject({ state: 'healthy' });
    expect(judge({ '30d': 0.00095, else: 0 }, { 'budget-left': '> 10%' })).toMatchObject({ code: 'budget-spent' });
    expect(judge({ '30d': 0.002, else: 0 }, { 'budget-left': 'any' })).toMatchObject({ state: 'healthy' });
  });

  it('knows good events and ratios too', () => {
    const good = bind({ failures: undefined, good: 'good' });
    const answers = (some: number) =>
      [...good.questions(moment).keys()].map((role) =>
        measured(role, samples([role.startsWith('total') ? 1000 : some])),
      );
    expect(readingOf(good.judge(answers(1000), moment)).state).toBe('healthy');
    expect(readingOf(good.judge(answers(900), moment))).toMatchObject({ code: 'burn-rate' });
    const ratio = (of: string, value: number) => {
      const gate = bind({ failures: undefined, total: undefined, ratio: 'r', 'ratio-of': of });
      return readingOf(
        gate.judge(
          [...gate.questions(moment).keys()].map((role) => measured(role, samples([value]))),
          moment,
        ),
      ).state;
    };
    expect(ratio('failures', 0.0001)).toBe('healthy');
    expect(ratio('failures', 0.9999)).toBe('unhealthy');
    expect(ratio('successes', 0.9999)).toBe('healthy');
    expect(ratio('successes', 0.0001)).toBe('unhealthy');
  });

  it.each<[string, Reported]>([
    ['NaN', 'NaN'],
    ['nothing', null],
    ['infinity', '+Inf'],
    ['more than all', 1.5],
    ['less than none', -0.1],
  ])('is insufficient when a window gives %s', (_, value) => {
    for (const window of ['5m', '30m', '1h', '6h', '30d']) {
      expect(judge({ [window]: value, else: 0 }).state, window).toBe('insufficient');
    }
  });

  it('is insufficient without traffic, with too little of it, or when it is old', () => {
    const gate = bind();
    const all = (value: number, change = {}) =>
      readingOf(
        gate.judge(
          [...gate.questions(moment).keys()].map((role) => measured(role, samples([value], change))),
          moment,
        ),
      );
    expect(all(0)).toMatchObject({ state: 'insufficient', code: 'too-few-events' });
    expect(all(5, { newest: at(-360_000) })).toMatchObject({ state: 'insufficient', code: 'stale' });
    expect(all(5, { newest: null })).toMatchObject({ state: 'insufficient', code: 'age-unknown' });
    expect(judge({ else: 0 }, { 'min-events': 10_001 })).toMatchObject({ code: 'too-few-events' });
    expect(judge({ else: 0 }, { 'min-events': 10_000 })).toMatchObject({ state: 'healthy' });
  });

  it('is an error when one of the windows could not be asked for', () => {
    const gate = bind();
    const [first, ...rest] = [...gate.questions(moment).keys()];
    const answers = [failed(first ?? ''), ...rest.map((role) => measured(role, samples([1])))];
    expect(readingOf(gate.judge(answers, moment))).toMatchObject({ state: 'error', code: 'forbidden' });
    expect(readingOf(gate.judge(answers.slice(1), moment))).toMatchObject({ state: 'error', code: 'not-answered' });
  });

  it('never takes missing data for health', () => {
    const value = fc.constantFrom<Reported>(0, 0.0001, 0.5, 'NaN', null, '+Inf');
    let healthy = 0;
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('5m', '30m', '1h', '6h', '30d'), value), (shares) => {
        const { state } = judge({ ...shares, else: 0 });
        if (state !== 'healthy') return;
        healthy += 1;
        for (const share of Object.values(shares)) expect(typeof share).toBe('number');
      }),
      { numRuns: 500 },
    );
    expect(healthy).toBeGreaterThan(0);
  });

  it.each<[Record<string, unknown>, string]>([
    [{ objective: '100%' }, 'between 0 and 100'],
    [{ objective: undefined }, '`objective`'],
    [{ total: undefined }, '`total`'],
    [{ good: 'x' }, 'either'],
    [{ document: 'x.yaml' }, 'either'],
    [{ slo: 'x' }, '`slo` only'],
    [{ 'burn-rates': [{ long: '1h' }] }, 'either `factor`'],
    [{ 'burn-rates': [{ long: '1h', short: '2h', factor: 2 }] }, '`short` shorter'],
    [{ 'burn-rates': [], 'budget-left': 'any' }, 'to watch'],
    [{ 'budget-left': '< 10%' }, '`> 10%`'],
  ])('refuses %j', (config, expected) => {
    const result = v.safeParse(sloGate.schema, { ...written, ...config });
    expect(result.success).toBe(false);
    expect(JSON.stringify(result.issues?.map((i) => [i.message, (i.issues ?? []).map((x) => x.message)]))).toContain(
      expected,
    );
  });
});
