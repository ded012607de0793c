import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { comparisonGate } from '../../src/gates/comparison.js';
import type { Moment } from '../../src/gates/gate.js';
import type { Answer, Reported, Samples } from '../../src/record/evidence.js';
import type { TelemetryQuestion } from '../../src/sources/source.js';
import { at, failed, measured, readingOf, samples, start } from '../support/evidence.js';

const moment: Moment = { now: start, deployedAt: start - 600_000, settledAt: start - 480_000, completeTo: start };
const day = 86_400_000;

const bind = (config: Record<string, unknown>) => comparisonGate.bind(v.parse(comparisonGate.schema, config));
const judge = (config: Record<string, unknown>, answers: readonly Answer[], when = moment) =>
  readingOf(bind(config).judge(answers, when));
const simple = { query: 'q', should: 'not-rise', margin: '10%' };

/** Of the time before the deployment. */
const then: Partial<Samples> = { newest: at(-601_000), window: { from: at(-900_000), to: at(-600_000) } };
const later = (values: readonly Reported[], change: Partial<Samples> = {}, role = 'query') =>
  measured(role, samples(values, change));
const earlier = (values: readonly Reported[], change: Partial<Samples> = {}, role = 'query') =>
  measured(`baseline ${role}`, samples(values, { ...then, ...change }));

describe('comparison gate', () => {
  it('holds the time after the deployment against the time before it', () => {
    const ratio = { ...simple, unit: 'ratio' };
    expect(judge(ratio, [earlier([0.0082]), later([0.019])])).toEqual({
      state: 'unhealthy',
      code: 'compares-badly',
      reason: '0.82 % → 1.9 % (+132 %) against before the deployment, expected at most +10 %',
      value: expect.closeTo(131.707, 2),
      shown: '0.82 % → 1.9 % (+132 %)',
      threshold: 'at most +10 %',
    });
    expect(judge(ratio, [earlier([0.0082]), later([0.0084])])).toMatchObject({
      state: 'healthy',
      code: 'compares-well',
      shown: '0.82 % → 0.84 % (+2.44 %)',
    });
    expect(judge(ratio, [earlier([0.0082]), later([0.001])])).toMatchObject({ state: 'healthy' });
  });

  it.each<[Record<string, unknown>, number, number, string, string, string]>([
    [{ should: 'not-fall', margin: '5%' }, 200, 180, 'unhealthy', '200 → 180 (-10 %)', 'at least -5 %'],
    [{ should: 'rise', margin: '5%' }, 200, 220, 'healthy', '200 → 220 (+10 %)', 'more than +5 %'],
    [{ should: 'fall', margin: '5%' }, 200, 220, 'unhealthy', '200 → 220 (+10 %)', 'less than -5 %'],
    [{ should: 'not-rise', margin: '0%' }, 200, 200, 'healthy', '200 → 200 (+0 %)', 'no rise'],
    [{ unit: 's', 'at-least': '20 ms' }, 0.2, 0.219, 'healthy', '200 ms → 219 ms (+9.5 %)', 'at most +10 % or +20 ms'],
    [{ unit: 's', 'at-least': '20 ms' }, 0.1, 0.121, 'unhealthy', '100 ms → 121 ms (+21 %)', 'at most +10 % or +20 ms'],
    [
      { 'at-least': '0.1%' },
      0.00001,
      0.00002,
      'healthy',
      '0.001 % → 0.002 % (+100 %)',
      'at most +10 % or +0.1 percentage points',
    ],
    [{ 'at-least': 5, margin: '0%' }, 0, 5, 'healthy', '0 → 5', 'at most +5'],
    [{ 'at-least': 5, margin: '0%' }, 0, 6, 'unhealthy', '0 → 6', 'at most +5'],
    [{}, 0, 0, 'healthy', '0 → 0', 'at most +10 %'],
    [{}, -4, -2, 'unhealthy', '-4 → -2 (+50 %)', 'at most +10 %'],
  ])('%j: %d → %d is %s', (change, x, y, state, shown, threshold) =>
    expect(judge({ ...simple, ...change }, [earlier([x]), later([y])])).toMatchObject({ state, shown, threshold }),
  );

  it('says nothing of a share of 0', () => {
    expect(judge(simple, [earlier([0]), later([0.1])])).toMatchObject({
      state: 'insufficient',
      code: 'baseline-zero',
      reason: expect.stringMatching(/`at-least`/),
      shown: '0 → 0.1',
    });
  });

  it('is never conclusive by itself', () => {
    expect(judge(simple, [earlier([1]), later([100])]).conclusive).toBeUndefined();
  });

  const windows = (config: Record<string, unknown>, when: Moment) =>
    Object.fromEntries(
      [...bind({ ...simple, ...config }).questions(when)].map(([role, q]) => {
        const { from, to } = (q as TelemetryQuestion).window;
        return [role, [from - start, to - start]];
      }),
    );

  it('asks for two windows of the same length', () => {
    expect(windows({}, moment)).toEqual({ query: [-300_000, 0], 'baseline query': [-900_000, -600_000] });
    expect(windows({ window: '10m' }, moment)).toEqual({
      query: [-480_000, 0],
      'baseline query': [-1_080_000, -600_000],
    });
    expect(windows({ against: 'day-ago' }, moment)).toEqual({
      query: [-300_000, 0],
      'baseline query': [-300_000 - day, -day],
    });
    expect(windows({ against: 'week-ago' }, moment)['baseline query']).toEqual([-300_000 - 7 * day, -7 * day]);
    expect(windows({}, { ...moment, completeTo: start - 120_000 })).toEqual({
      query: [-420_000, -120_000],
      'baseline query': [-900_000, -600_000],
    });
    // While warming up, and a moment after it.
    expect(windows({}, { ...moment, deployedAt: start - 60_000, settledAt: start + 60_000 })).toEqual({
      query: [-60_000, 0],
      'baseline query': [-120_000, -60_000],
    });
    expect(windows({}, { ...moment, settledAt: start - 5000 })).toEqual({
      query: [-5000, 0],
      'baseline query': [-605_000, -600_000],
    });
  });

  it('proves nothing while the new version is too young', () => {
    const born = { now: start, deployedAt: start, settledAt: start + 120_000, completeTo: start };
    expect(judge(simple, [earlier([1]), later([1])], born)).toMatchObject({ state: 'insufficient', code: 'too-early' });
    const settling = { ...born, completeTo: start - 120_000 };
    expect([...bind(simple).questions(settling)]).toEqual([]);
    expect(judge(simple, [], settling)).toMatchObject({ state: 'insufficient', code: 'too-early' });
  });

  it('asks for each part of the value in both windows, with its events', () => {
    const config = { failures: 'f', total: 't', should: 'not-rise', margin: '10%', 'min-events': 100 };
    expect([...bind(config).questions(moment).keys()]).toEqual([
      'failures',
      'total',
      'baseline failures',
      'baseline total',
    ]);
    const answers = (f0: number, t0: number, f1: number, t1: number) => [
      earlier([f0], {}, 'failures'),
      earlier([t0], {}, 'total'),
      later([f1], {}, 'failures'),
      later([t1], {}, 'total'),
    ];
    expect(judge(config, answers(2, 200, 1, 100))).toMatchObject({
      state: 'healthy',
      shown: '1 % → 1 % (+0 %)',
      events: 100,
    });
    expect(judge(config, answers(2, 200, 3, 100))).toMatchObject({ state: 'unhealthy' });
    expect(judge(config, answers(2, 200, 1, 99))).toMatchObject({ state: 'insufficient', code: 'too-few-events' });
    expect(judge(config, answers(1, 99, 1, 100))).toMatchObject({
      state: 'insufficient',
      code: 'no-baseline',
      reason: 'before the deployment: 99 of at least 100 events so far',
    });
    expect(judge(config, answers(0, 0, 0, 0))).toMatchObject({ state: 'insufficient' });
    expect(judge(config, answers(300, 200, 1, 100))).toMatchObject({ state: 'error', code: 'not-a-ratio' });
  });

  it('takes a ready-made signal in its own unit', () => {
    const config = { signal: 'duration-p95', should: 'not-rise', margin: '10%', 'at-least': '0.02 s' };
    const p95 = (x: number, y: number) => judge(config, [earlier([x], {}, 'signal'), later([y], {}, 'signal')]);
    expect(p95(100, 119)).toMatchObject({ state: 'healthy', shown: '0.1 s → 0.119 s (+19 %)' });
    expect(p95(100, 121)).toMatchObject({ state: 'unhealthy' });
  });

  it.each<[string, readonly Answer[], string, string]>([
    ['no baseline at all', [later([1])], 'error', 'not-answered'],
    ['a refused baseline', [later([1]), failed('baseline query')], 'error', 'forbidden'],
    ['an empty baseline', [later([1]), earlier([], { seen: 0 })], 'insufficient', 'no-baseline'],
    ['a partial baseline', [later([1]), earlier([1], { partial: true })], 'insufficient', 'no-baseline'],
    ['a baseline of NaN', [later([1]), earlier(['NaN'])], 'insufficient', 'no-baseline'],
    ['a baseline of two series', [later([1]), earlier([1, 1])], 'error', 'many-series'],
    ['a baseline of unknown age', [later([1]), earlier([1], { newest: null })], 'insufficient', 'no-baseline'],
    ['a stale baseline', [later([1]), earlier([1], { newest: at(-901_000) })], 'insufficient', 'no-baseline'],
    ['a baseline of now', [later([1]), earlier([1], { newest: at(-1000) })], 'insufficient', 'no-baseline'],
    [
      'a baseline just past the deployment',
      [later([1]), earlier([1], { newest: at(-598_999) })],
      'insufficient',
      'no-baseline',
    ],
    [
      'a baseline of another window',
      [later([1]), earlier([1], { window: { from: at(-300_000), to: at(0) } })],
      'insufficient',
      'no-baseline',
    ],
    ['nothing after the deployment', [later([], { seen: 0 }), earlier([1])], 'insufficient', 'no-data'],
    ['a stale sample after it', [later([1], { newest: at(-301_000) }), earlier([1])], 'insufficient', 'stale'],
    [
      'samples from before it',
      [later([1], { newest: at(-601_000) }), earlier([1])],
      'insufficient',
      'before-deployment',
    ],
    ['a refused query', [failed('query', 'timeout'), earlier([1])], 'error', 'timeout'],
  ])('does not take %s for a comparison', (_, answers, state, code) => {
    for (const should of ['not-rise', 'rise', 'not-fall', 'fall']) {
      expect(judge({ ...simple, should }, answers), should).toMatchObject({ state, code });
    }
  });

  it('keeps an error that waiting cannot heal', () =>
    expect(judge(simple, [later([1]), failed('baseline query', 'bad-query', true)])).toMatchObject({
      state: 'error',
      permanent: true,
      reason: expect.stringMatching(/^before the deployment: /),
    }));

  it('takes a baseline up to the moment of the deployment', () =>
    expect(judge(simple, [later([1]), earlier([1], { newest: at(-600_000) })]).state).toBe('healthy'));

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['no direction', { should: undefined }, /Invalid key|should|picklist|"not-rise"/],
    ['a margin that is no share', { margin: '10' }, /a share such as/],
    ['a margin below 0', { margin: '-10%' }, /a share such as/],
    ['an amount with an operator', { 'at-least': '>= 5' }, /an amount such as/],
    ['an amount below 0', { 'at-least': -1 }, /an amount such as/],
    ['a time without a unit', { 'at-least': '20 ms' }, /`unit` beside/],
    ['units of two kinds', { 'at-least': '20 ms', unit: 'ratio' }, /same kind/],
    ['all of several', { reduce: 'all' }, /to one number/],
    ['a split', { signal: 'requests', query: undefined, by: 'slot' }, /by/],
    ['two ways to ask', { failures: 'f', total: 't' }, /either `query`/],
  ])('refuses a config with %s', (_, change, message) => {
    const { issues } = v.safeParse(comparisonGate.schema, { ...simple, ...change });
    expect(issues?.map((i) => i.message).join('\n')).toMatch(message);
  });

  it('advises to give events and a margin', () => {
    const lint = (config: Record<string, unknown>) =>
      comparisonGate
        .lint?.(v.parse(comparisonGate.schema, config))
        .map((x) => x.message)
        .join('\n');
    expect(lint({ query: 'q', should: 'not-rise' })).toMatch(/no `min-events`[\s\S]*no `margin`/);
    expect(lint({ query: 'q', events: 'n', 'min-events': 5, should: 'rise' })).toBe('');
  });

  const reported = fc.oneof(
    fc.double(),
    fc.constantFrom<Reported>('NaN', '+Inf', '-Inf', null),
  ) as fc.Arbitrary<Reported>;
  const config = fc.record({
    should: fc.constantFrom('not-rise', 'not-fall', 'rise', 'fall'),
    margin: fc.constantFrom('0%', '10%', '300%'),
    against: fc.constantFrom('before', 'day-ago', 'week-ago'),
  });
  /** What a source says when it has nothing to say, for either arm. */
  const missing = (role: string, good: Partial<Samples>): fc.Arbitrary<readonly Answer[]> => {
    const answer = (x: readonly Reported[], change: Partial<Samples>) => [
      measured(role, samples(x, { ...good, ...change })),
    ];
    return fc.oneof(
      fc.constant([]),
      fc.constantFrom('forbidden', 'timeout', 'dns').map((code) => [failed(role, code)]),
      reported.map((x) => answer([x], { seen: 0 })),
      reported.map((x) => answer([x], { partial: true })),
      reported.map((x) => answer([x], { newest: null })),
      reported.map((x) => answer([x], { newest: at(-30 * day) })),
      fc.constantFrom<Reported>('NaN', '+Inf', '-Inf', null).map((x) => answer([x], {})),
      fc.tuple(reported, reported).map((x) => answer(x, {})),
      fc.constant(answer([], {})),
    );
  };
  const ago: Record<string, number> = { 'day-ago': -day, 'week-ago': -7 * day };
  const fitting = (against: string): Partial<Samples> => {
    const end = ago[against];
    return end === undefined ? then : { newest: at(end - 1000), window: { from: at(end - 300_000), to: at(end) } };
  };

  it('never reads missing data of either arm as health, whatever it should do', () => {
    const cases = config.chain((c) => {
      const good = fitting(c.against);
      const one = reported.map((x): readonly Answer[] => [measured('query', samples([x]))]);
      const other = reported.map((x): readonly Answer[] => [measured('baseline query', samples([x], good))]);
      const gone = [missing('query', {}), missing('baseline query', good)] as const;
      return fc
        .oneof(fc.tuple(gone[0], other), fc.tuple(one, gone[1]), fc.tuple(gone[0], gone[1]))
        .map(([a, b]) => ({ c, answers: [...a, ...b] }));
    });
    fc.assert(
      fc.property(cases, ({ c, answers }) => {
        expect(['insufficient', 'error']).toContain(judge({ query: 'q', ...c }, answers).state);
      }),
    );
  });

  it('never finds a rise and no rise healthy at once', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(config, finite, finite, (c, x, y) => {
        const answers = [later([y]), measured('baseline query', samples([x], fitting(c.against)))];
        const state = (should: string) => judge({ query: 'q', ...c, should }, answers).state;
        for (const [one, other] of [
          ['rise', 'not-rise'],
          ['fall', 'not-fall'],
          ['rise', 'fall'],
        ] as const) {
          expect([state(one), state(other)]).not.toEqual(['healthy', 'healthy']);
        }
        // Where there is a verdict at all, it is on one side.
        if (state('rise') !== 'insufficient') expect(state('rise')).not.toBe(state('not-rise'));
      }),
    );
  });
});
