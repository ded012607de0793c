import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { flagsGate } from '../../src/gates/flags.js';
import type { Answer, Flag } from '../../src/record/evidence.js';
import type { FlagQuestion } from '../../src/sources/source.js';
import { readingOf } from '../support/evidence.js';

const moment = { now: 0, deployedAt: 0, settledAt: 0, completeTo: 0 };
const bind = (expected: unknown, more: Record<string, unknown> = {}) =>
  flagsGate.bind(v.parse(flagsGate.schema, JSON.parse(JSON.stringify({ expect: expected, ...more }))));

type Served = Partial<Omit<Flag, 'kind' | 'flag' | 'context'>>;
const fails = (code: string, permanent = false) => ({ failure: { code, message: `${code}!`, permanent } });
const unknown: Served = {
  exists: false,
  seen: 0,
  value: null,
  enabled: null,
  reason: 'FLAG_NOT_FOUND',
  notes: ['did you mean y?'],
};
const disabled: Served = { enabled: false, value: null, reason: 'DISABLED' };

const answer = (role: string, q: FlagQuestion, served: Served | ReturnType<typeof fails>): Answer =>
  'failure' in served
    ? { role, source: 'flags', failure: served.failure }
    : {
        role,
        measurement: {
          kind: 'flag',
          source: 'flags',
          subject: `flag ${q.flag}`,
          query: 'q',
          at: '2026-11-23T10:00:00.000Z',
          seen: 1,
          notes: [],
          partial: false,
          flag: q.flag,
          exists: true,
          enabled: true,
          value: false,
          variant: null,
          reason: 'STATIC',
          scope: 'everyone',
          context: { ...q.context },
          ...served,
        },
      };

/** The reading when the provider serves this, by role. */
function judge(
  expected: unknown,
  served: Record<string, Served | ReturnType<typeof fails>>,
  more: Record<string, unknown> = {},
) {
  const gate = bind(expected, more);
  const answers = [...gate.questions(moment)].flatMap(([role, q]) => {
    const s = served[role];
    return s ? [answer(role, q as FlagQuestion, s)] : [];
  });
  return readingOf(gate.judge(answers, moment));
}

describe('the questions', () => {
  it('are one for each flag, with a key to probe with', () => {
    expect([...bind({ a: 'on', b: 'off' }).questions(moment)]).toEqual([
      ['a', { family: 'flags', flag: 'a', context: { targetingKey: 'signalbox' } }],
      ['b', { family: 'flags', flag: 'b', context: { targetingKey: 'signalbox' } }],
    ]);
  });

  it('are one for each context, and none gets lost over names', () => {
    const contexts = [{ targetingKey: '1' }, { targetingKey: '2', plan: 'beta' }];
    const questions = bind({ 'a #2': 'on', a: { state: 'on', for: contexts } }).questions(moment);
    expect([...questions.keys()]).toEqual(['a #2', 'a', "a #2'"]);
    expect([...questions.values()].map((q) => (q as FlagQuestion).flag)).toEqual(['a #2', 'a', 'a']);
    expect((questions.get("a #2'") as FlagQuestion).context).toEqual(contexts[1]);
  });
});

describe('what is expected', () => {
  const issues = (expected: unknown, more: Record<string, unknown> = {}): string | undefined => {
    const { issues: found } = v.safeParse(flagsGate.schema, { expect: expected, ...more });
    const flat = (list: readonly v.BaseIssue<unknown>[] = []): string[] =>
      list.flatMap((i) => [i.message, ...flat(i.issues)]);
    return found && flat(found).join('\n');
  };

  it.each([
    'on',
    'off',
    ' off ',
    'variant b',
    'value a text',
    true,
    false,
    { state: 'on' },
    { state: 'off' },
    { variant: 'b' },
    { value: 0 },
    { value: false },
    { value: { a: 1 } },
    { state: 'on', for: { targetingKey: 'u' } },
    { state: 'on', for: [{ targetingKey: 'u', plan: 'x' }] },
  ])('may be %j', (expectation) => {
    expect(issues({ x: expectation })).toBeUndefined();
  });

  it.each([
    ['rollout <= 5%', '`on`, `off`, `variant NAME` or `value TEXT`'],
    ['ON', '`on`, `off`'],
    ['variant', '`variant NAME`'],
    ['', '`on`'],
    [{}, 'one of `state`, `variant` and `value`'],
    [{ for: { targetingKey: 'u' } }, 'one of `state`'],
    [{ state: 'on', for: {} }, 'targetingKey'],
    [{ state: 'on', for: { targetingKey: '' } }, 'targetingKey'],
    [{ state: 'on', for: [] }, 'at least one entry'],
    [{ state: 'maybe' }, ''],
    [{ state: true }, ''],
    [{ stat: 'on' }, ''],
    [{ value: null }, ''],
    [null, ''],
    [1, ''],
    [['on'], ''],
  ])('may not be %j', (expectation, message) => {
    expect(issues({ x: expectation })).toContain(message);
  });

  it('names at least one flag, and loses none', () => {
    expect(issues({})).toContain('at least one flag');
    for (const none of [[], ['a'], null, 'a: on', 7]) expect(issues(none)).toContain('a map of flags');
    expect(issues({ '': 'on' })).toContain('the name of a flag');
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      expect(issues(JSON.parse(`{"a":"on","${name}":"off"}`))).toContain('flag names other than');
    }
  });

  it('does not let a value be on and off', () => {
    expect(issues({ a: 'on' }, { 'on-values': ['New'], 'off-values': ['new'] })).toContain('no value in both');
    expect(issues({ a: 'on' }, { 'on-values': [] })).toContain('at least one value');
  });
});

describe('on and off', () => {
  it.each([
    ['off', { value: false }, 'healthy'],
    ['off', { value: 'Disabled' }, 'healthy'],
    ['off', { value: true }, 'unhealthy'],
    ['on', { value: 'on' }, 'healthy'],
    ['on', { value: false }, 'unhealthy'],
    [true, { value: true }, 'healthy'],
    [false, { value: true }, 'unhealthy'],
    [{ state: 'on' }, { value: false }, 'unhealthy'],
    // The value decides; the variant's name only where the value says nothing.
    ['off', { value: { url: '/old' }, variant: 'off' }, 'healthy'],
    ['on', { value: true, variant: 'off' }, 'healthy'],
    ['off', { value: true, variant: 'off' }, 'unhealthy'],
    ['off', { value: 0 }, 'insufficient'],
    ['off', { value: '' }, 'insufficient'],
    ['off', { value: 'blue' }, 'insufficient'],
    ['off', { value: {}, variant: 'a' }, 'insufficient'],
  ])('%j of %j is %s', (expected, served, state) => {
    expect(judge({ x: expected }, { x: served })).toMatchObject({
      state,
      ...(state === 'unhealthy' ? { conclusive: true } : {}),
    });
  });

  it('mean what the policy says they mean', () => {
    const more = { 'on-values': ['v2'], 'off-values': ['v1'] };
    expect(judge({ x: 'off' }, { x: { value: 'v1' } }, more).state).toBe('healthy');
    expect(judge({ x: 'off' }, { x: { value: 'v2' } }, more).state).toBe('unhealthy');
    expect(judge({ x: 'off' }, { x: { value: false } }, more)).toMatchObject({
      state: 'insufficient',
      code: 'unclear',
    });
  });

  it('do not follow from a switch: a disabled flag serves what the code says', () => {
    expect(judge({ x: 'off' }, { x: disabled })).toMatchObject({
      state: 'insufficient',
      code: 'code-default',
      reason: expect.stringContaining('`code-default: off`'),
    });
    expect(judge({ x: 'on' }, { x: disabled })).toMatchObject({ state: 'unhealthy' });
    expect(judge({ x: 'off' }, { x: disabled }, { 'code-default': 'off' })).toMatchObject({
      state: 'healthy',
      reason: expect.stringContaining('which the policy says is off'),
    });
    expect(judge({ x: 'off' }, { x: disabled }, { 'code-default': 'on' }).state).toBe('unhealthy');
    expect(judge({ x: 'on' }, { x: { value: null, reason: 'DEFAULT' } }).code).toBe('code-default');
    expect(judge({ x: 'off' }, { x: { value: null, reason: 'DEFAULT', enabled: null } }).code).toBe('code-default');
    // Disabled, and still it serves on: the value is what counts.
    expect(judge({ x: 'off' }, { x: { enabled: false, value: true, reason: 'DISABLED' } }).state).toBe('unhealthy');
  });
});

describe('variants and values', () => {
  it.each([
    ['variant b', { value: 1, variant: 'b' }, 'healthy'],
    ['variant b', { value: 1, variant: 'a' }, 'unhealthy'],
    ['variant b', { value: 1, variant: 'B' }, 'unhealthy'],
    ['variant b', { value: 'b', variant: null }, 'insufficient'],
    ['variant b', disabled, 'unhealthy'],
    ['value 3', { value: 3 }, 'healthy'],
    ['value 3', { value: '3' }, 'healthy'],
    ['value a b', { value: 'a b' }, 'healthy'],
    ['value 3', { value: 4 }, 'unhealthy'],
    ['value 3', disabled, 'insufficient'],
    ['value null', { value: null }, 'insufficient'],
    [{ value: 3 }, { value: '3' }, 'unhealthy'],
    [{ value: { a: 1, b: [2] } }, { value: { b: [2], a: 1 } }, 'healthy'],
    [{ value: { a: 1 } }, { value: { a: 1, b: 2 } }, 'unhealthy'],
    [{ value: [1] }, { value: { 0: 1 } }, 'unhealthy'],
    [{ state: 'on', variant: 'b' }, { value: true, variant: 'a' }, 'unhealthy'],
    [{ state: 'on', variant: 'b' }, { value: true, variant: 'b' }, 'healthy'],
    [{ state: 'on', variant: 'b' }, { value: 'odd', variant: 'b' }, 'insufficient'],
  ])('%j of %j is %s', (expected, served, state) => {
    expect(judge({ x: expected }, { x: served as Served }).state).toBe(state);
  });
});

describe('whom it is proven for', () => {
  const one: Served = { scope: 'context', reason: 'TARGETING_MATCH' };

  it('must be everyone unless contexts are named', () => {
    expect(judge({ x: 'off' }, { x: { ...one, value: false } })).toMatchObject({
      state: 'insufficient',
      code: 'not-proven',
      reason: expect.stringContaining('`for:`'),
    });
    for (const expected of ['variant a', 'value false']) {
      expect(judge({ x: expected }, { x: { ...one, value: false, variant: 'a' } }).code).toBe('not-proven');
    }
  });

  it('is disproven by one context', () => {
    expect(judge({ x: 'off' }, { x: { ...one, value: true } })).toMatchObject({ state: 'unhealthy', conclusive: true });
  });

  it('is each of the named contexts', () => {
    const expected = { x: { state: 'on', for: [{ targetingKey: 'a' }, { targetingKey: 'b' }] } };
    const on = { ...one, value: true };
    expect(judge(expected, { x: on, 'x #2': on })).toMatchObject({
      state: 'healthy',
      reason: 'x is on for 2 probed contexts',
    });
    expect(judge(expected, { x: on, 'x #2': { ...one, value: false } })).toMatchObject({
      state: 'unhealthy',
      reason: 'x serves false for b, expected on',
    });
    expect(judge(expected, { x: on })).toMatchObject({ state: 'error', code: 'not-answered' });
  });
});

describe('several flags', () => {
  const three = { a: 'off', b: 'on', c: 'off' };

  it('are all listed when they are wrong', () => {
    const reading = judge(three, { a: { value: true }, b: { value: false }, c: { value: false } });
    expect(reading).toMatchObject({
      state: 'unhealthy',
      reason: 'a serves true, expected off; b serves false, expected on',
    });
  });

  it('are wrong if one is, whatever cannot be read', () => {
    const reading = judge(three, { a: { value: true }, b: fails('timeout'), c: unknown });
    expect(reading).toMatchObject({ state: 'unhealthy', conclusive: true });
    expect(reading.reason).toContain('besides: b: timeout!; c: the provider knows no such flag (did you mean y?)');
  });

  it('are not measured if one cannot be read', () => {
    expect(judge(three, { a: {}, b: fails('timeout', true), c: unknown })).toMatchObject({
      state: 'error',
      code: 'timeout',
      permanent: true,
    });
    expect(judge(three, { a: {}, b: fails('timeout', true), c: fails('dns') }).permanent).toBeUndefined();
    expect(judge(three, { a: {}, c: {} })).toMatchObject({ state: 'error', code: 'not-answered' });
  });
});

describe('a flag that nobody knows', () => {
  it('is never off', () => {
    for (const expected of ['off', 'on', 'value x', { variant: 'x' }]) {
      expect(judge({ x: expected }, { x: unknown }, { 'code-default': 'off' })).toMatchObject({
        state: 'insufficient',
        code: 'unknown-flag',
      });
    }
    expect(judge({ x: 'off' }, { x: { ...unknown, seen: 1, value: false, scope: 'everyone' } }).state).toBe(
      'insufficient',
    );
  });

  it('is not another one that the provider answered for', () => {
    const gate = bind({ x: 'off' });
    const about = answer('x', { family: 'flags', flag: 'y', context: {} }, {});
    expect(readingOf(gate.judge([about], moment))).toMatchObject({ state: 'error', code: 'bad-answer' });
  });

  it('is not one that was not seen', () => {
    expect(judge({ x: 'off' }, { x: { seen: 0 } })).toMatchObject({ state: 'insufficient', code: 'no-data' });
    expect(judge({ x: 'off' }, { x: { partial: true } }).state).toBe('insufficient');
  });
});

it('is healthy only when every flag was read and is as expected', () => {
  const served = fc.oneof(
    fc.record({
      value: fc.constantFrom(true, false, null, 'on', 'x', 0),
      scope: fc.constantFrom<Flag['scope'][]>('everyone', 'context'),
      exists: fc.boolean(),
      seen: fc.constantFrom(0, 1),
    }),
    fc.constant(fails('timeout')),
  );
  let healthy = 0;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('on', 'off'), fc.option(served)), { minLength: 1, maxLength: 3 }),
      (flags) => {
        const expected = Object.fromEntries(flags.map(([e], i) => [`f${i}`, e]));
        const answers = Object.fromEntries(flags.flatMap(([, s], i) => (s ? [[`f${i}`, s]] : [])));
        const { state } = judge(expected, answers);
        if (state !== 'healthy') return;
        healthy += 1;
        for (const [e, s] of flags) {
          expect(s).toMatchObject({ exists: true, seen: 1, scope: 'everyone' });
          expect(e === 'on' ? [true, 'on'] : [false]).toContain((s as { value: unknown }).value);
        }
      },
    ),
    { numRuns: 3000 },
  );
  expect(healthy).toBeGreaterThan(0);
});
