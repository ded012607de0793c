/** What gate `flags` asks, what a policy may write, and what is served to contexts that are named. */
import { describe, expect, it } from 'vitest';
import { flagsGate } from '../../src/gates/flags.js';
import type { FlagQuestion } from '../../src/sources/source.js';
import { readingOf } from '../support/evidence.js';
import {
  bindGate,
  type Failing,
  fails,
  issuesOf,
  judgeGate,
  moment,
  type Served,
  servedAnswer,
} from '../support/flag-gate.js';

const bind = (expected: unknown, more: Record<string, unknown> = {}) =>
  bindGate(flagsGate, { expect: expected, ...more });
const issues = (expected: unknown, more: Record<string, unknown> = {}) =>
  issuesOf(flagsGate, { expect: expected, ...more });

const unknown: Served = {
  exists: false,
  seen: 0,
  value: null,
  enabled: null,
  reason: 'FLAG_NOT_FOUND',
  notes: ['did you mean y?'],
};
const disabled: Served = { enabled: false, value: null, reason: 'DISABLED' };
const user = { targetingKey: 'u' };

/** The reading when one context is served this. */
const probe = (expected: Record<string, unknown>, served: Served | Failing, more: Record<string, unknown> = {}) =>
  judgeGate(
    flagsGate,
    { expect: { x: { ...expected, for: user } }, ...more },
    'failure' in served ? { fails: { x: served } } : { served: { x: served } },
  );

describe('the questions', () => {
  const meaning = { on: [true, 'true', 'on', 'enabled'], off: [false, 'false', 'off', 'disabled'] };
  const states = { family: 'flags', ask: 'states', meaning };

  it('are how each flag is set up, by name or by pattern', () => {
    expect([...bind({ a: 'on', 'b-*': 'off' }).questions(moment)]).toEqual([
      ['a', { ...states, of: { flag: 'a' } }],
      ['b-*', { ...states, of: { match: 'b-*' } }],
    ]);
  });

  it('say what values mean', () => {
    const [question] = bind({ a: 'on' }, { 'on-values': ['v2'], 'off-values': ['v1'], 'code-default': 'off' })
      .questions(moment)
      .values();
    expect(question).toMatchObject({ meaning: { on: ['v2'], off: ['v1'], codeDefault: 'off' } });
  });

  it('are what it serves to the contexts that are named, and how it is set up only where that is expected too', () => {
    const contexts = [{ targetingKey: '1' }, { targetingKey: '2', plan: 'beta' }];
    const served = contexts.map((context) => ({ family: 'flags', ask: 'served', flag: 'a', context }));
    expect([...bind({ a: { state: 'on', for: contexts } }).questions(moment)]).toEqual([
      ['a', served[0]],
      ['a #2', served[1]],
    ]);
    expect([...bind({ a: { state: 'on', for: contexts, rollout: '<= 5%' } }).questions(moment)]).toEqual([
      ['a', { ...states, of: { flag: 'a' } }],
      ['a #1', served[0]],
      ['a #2', served[1]],
    ]);
  });

  it('are none the less for odd names', () => {
    const contexts = [{ targetingKey: '1' }, { targetingKey: '2' }];
    const questions = bind({ 'a #2': 'on', a: { state: 'on', for: contexts } }).questions(moment);
    expect([...questions.keys()]).toEqual(['a #2', 'a', "a #2'"]);
    expect((questions.get("a #2'") as FlagQuestion & { ask: 'served' }).context).toEqual(contexts[1]);
  });

  it('are asked of another source too, for parity', () => {
    const gate = { expect: { a: 'exists' }, parity: { with: 'staging', rule: 'equal' } };
    expect([...bindGate(flagsGate, gate).questions(moment)]).toEqual([
      ['a', { ...states, of: { flag: 'a' } }],
      ['a in staging', { ...states, of: { flag: 'a' }, elsewhere: 'staging' }],
    ]);
  });
});

describe('what is expected', () => {
  it.each([
    'on',
    'off',
    ' off ',
    'partial',
    'exists',
    'killable',
    'archived',
    'rollout <= 5%',
    'rollout < 5 %',
    'rollout >= 1%',
    'rollout > 0%',
    'rollout = 100%',
    'rollout 100%',
    'rollout 1%..5%',
    'rollout = 0.5%',
    'variant b',
    'value a text',
    true,
    false,
    { exists: true },
    { state: 'on' },
    { state: 'partial' },
    { variant: 'b' },
    { value: 0 },
    { value: false },
    { value: { a: 1 } },
    { rollout: '<= 5%' },
    { state: 'on', for: { targetingKey: 'u' } },
    { state: 'on', for: [{ targetingKey: 'u', plan: 'x' }], killable: true },
    { reach: 'nobody' },
    { reach: ['partial', 'targeted-only'] },
    { enabled: false, 'when-off': 'off', killable: true, 'kill-scope': 'environment' },
    { 'unchanged-for': '10m', 'evaluated-within': '1h', stale: false, archived: false, temporary: true },
    { segments: ['beta'], individuals: 0, rules: 'none', prerequisites: 'met', managed: false },
    { segments: [] },
    { archived: true },
  ])('may be %j', (expectation) => {
    expect(issues({ x: expectation })).toBeUndefined();
  });

  it.each([
    ['rollout', '`rollout <= 5%`'],
    ['rollout 5', '`rollout <= 5%`'],
    ['rollout <= 101%', '`rollout <= 5%`'],
    ['rollout 5%..1%', '`rollout <= 5%`'],
    ['rollout >= -1%', '`rollout <= 5%`'],
    ['ON', '`on`, `off`'],
    ['variant', '`variant NAME`'],
    ['', '`on`'],
    [{}, 'at least one of'],
    [{ for: { targetingKey: 'u' } }, 'at least one of'],
    [{ rollout: '<= 5%', for: { targetingKey: 'u' } }, 'beside `for`'],
    [{ state: 'partial', for: { targetingKey: 'u' } }, 'beside `for`'],
    [{ state: 'on', for: {} }, 'targetingKey'],
    [{ state: 'on', for: { targetingKey: '' } }, 'targetingKey'],
    [{ state: 'on', for: [] }, 'at least one entry'],
    [{ rollout: '5' }, '`<= 5%`'],
    [{ archived: true, state: 'off' }, '`archived: true` by itself'],
    [{ reach: ['unknown'] }, ''],
    [{ exists: false }, ''],
    [{ killable: false }, ''],
    [{ stale: true }, ''],
    [{ individuals: -1 }, 'a whole number'],
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

  it('is of a pattern only what can be', () => {
    expect(issues({ 'a-*': 'off' })).toBeUndefined();
    expect(issues({ 'a-*': { state: 'on', for: user } })).toContain('no `for` beside a pattern');
    expect(issues({ 'a-*': 'archived' })).toContain('no `archived` beside a pattern');
  });

  it('does not let a value be on and off, nor the default of the code be two things', () => {
    expect(issues({ a: 'on' }, { 'on-values': ['New'], 'off-values': ['new'] })).toContain('no value in both');
    expect(issues({ a: 'on' }, { 'on-values': [] })).toContain('at least one value');
    expect(issues({ a: { 'when-off': 'code-default' } })).toBeUndefined();
    expect(issues({ a: { 'when-off': 'code-default' } }, { 'code-default': 'off' })).toContain(
      'which says what that is',
    );
  });
});

describe('on and off for a context', () => {
  it.each([
    ['off', { value: false }, 'healthy'],
    ['off', { value: 'Disabled' }, 'healthy'],
    ['off', { value: true }, 'unhealthy'],
    ['on', { value: 'on' }, 'healthy'],
    ['on', { value: false }, 'unhealthy'],
    // The value decides; the variant's name only where the value says nothing.
    ['off', { value: { url: '/old' }, variant: 'off' }, 'healthy'],
    ['on', { value: true, variant: 'off' }, 'healthy'],
    ['off', { value: true, variant: 'off' }, 'unhealthy'],
    ['off', { value: 0 }, 'insufficient'],
    ['off', { value: '' }, 'insufficient'],
    ['off', { value: 'blue' }, 'insufficient'],
    ['off', { value: {}, variant: 'a' }, 'insufficient'],
  ])('%j of %j is %s', (state, served, wanted) => {
    expect(probe({ state }, served)).toMatchObject({
      state: wanted,
      ...(wanted === 'unhealthy' ? { conclusive: true } : {}),
    });
  });

  it('mean what the policy says they mean', () => {
    const more = { 'on-values': ['v2'], 'off-values': ['v1'] };
    expect(probe({ state: 'off' }, { value: 'v1' }, more).state).toBe('healthy');
    expect(probe({ state: 'off' }, { value: 'v2' }, more).state).toBe('unhealthy');
    expect(probe({ state: 'off' }, { value: false }, more)).toMatchObject({ state: 'insufficient', code: 'unclear' });
  });

  it('do not follow from a switch: a disabled flag serves what the code says', () => {
    expect(probe({ state: 'off' }, disabled)).toMatchObject({
      state: 'insufficient',
      code: 'code-default',
      reason: expect.stringContaining('`code-default: off`'),
    });
    expect(probe({ state: 'on' }, disabled)).toMatchObject({ state: 'unhealthy' });
    expect(probe({ state: 'off' }, disabled, { 'code-default': 'off' })).toMatchObject({
      state: 'healthy',
      reason: expect.stringContaining('which the policy says is off'),
    });
    expect(probe({ state: 'off' }, disabled, { 'code-default': 'on' }).state).toBe('unhealthy');
    expect(probe({ state: 'on' }, { value: null, reason: 'DEFAULT' }).code).toBe('code-default');
    // Disabled, and still it serves on: the value is what counts.
    expect(probe({ state: 'off' }, { enabled: false, value: true, reason: 'DISABLED' }).state).toBe('unhealthy');
  });
});

describe('variants and values for a context', () => {
  it.each([
    [{ variant: 'b' }, { value: 1, variant: 'b' }, 'healthy'],
    [{ variant: 'b' }, { value: 1, variant: 'a' }, 'unhealthy'],
    [{ variant: 'b' }, { value: 1, variant: 'B' }, 'unhealthy'],
    [{ variant: 'b' }, { value: 'b', variant: null }, 'insufficient'],
    [{ variant: 'b' }, disabled, 'unhealthy'],
    [{ value: 3 }, { value: 3 }, 'healthy'],
    [{ value: 3 }, { value: '3' }, 'unhealthy'],
    [{ value: 3 }, disabled, 'insufficient'],
    [{ value: { a: 1, b: [2] } }, { value: { b: [2], a: 1 } }, 'healthy'],
    [{ value: { a: 1 } }, { value: { a: 1, b: 2 } }, 'unhealthy'],
    [{ value: [1] }, { value: { 0: 1 } }, 'unhealthy'],
    [{ state: 'on', variant: 'b' }, { value: true, variant: 'a' }, 'unhealthy'],
    [{ state: 'on', variant: 'b' }, { value: true, variant: 'b' }, 'healthy'],
    [{ state: 'on', variant: 'b' }, { value: 'odd', variant: 'b' }, 'insufficient'],
  ])('%j of %j is %s', (expected, served, state) => {
    expect(probe(expected, served as Served).state).toBe(state);
  });
});

describe('contexts', () => {
  const config = { expect: { x: { state: 'on', for: [{ targetingKey: 'a' }, { targetingKey: 'b' }] } } };

  it('are each asked for', () => {
    expect(judgeGate(flagsGate, config, { served: { x: { value: true }, 'x #2': { value: true } } })).toMatchObject({
      state: 'healthy',
      reason: 'x is on for 2 probed contexts',
    });
    expect(judgeGate(flagsGate, config, { served: { x: { value: true }, 'x #2': { value: false } } })).toMatchObject({
      state: 'unhealthy',
      reason: 'x serves false for b, expected on',
    });
    expect(judgeGate(flagsGate, config, { served: { x: { value: true } } })).toMatchObject({
      state: 'error',
      code: 'not-answered',
    });
  });

  it('say nothing of a flag that nobody knows', () => {
    for (const expected of [{ state: 'off' }, { state: 'on' }, { value: 'x' }, { variant: 'x' }]) {
      expect(probe(expected, unknown, { 'code-default': 'off' })).toMatchObject({
        state: 'insufficient',
        code: 'unknown-flag',
        reason: 'x is not there: the provider knows no such flag (did you mean y?)',
      });
    }
    expect(probe({ state: 'off' }, { ...unknown, seen: 1, value: false }).state).toBe('insufficient');
  });

  it('are not those of another flag, nor ones that were not seen', () => {
    const gate = bind({ x: { state: 'off', for: user } });
    const about = servedAnswer('x', { family: 'flags', ask: 'served', flag: 'y', context: {} }, {});
    expect(readingOf(gate.judge([about], moment))).toMatchObject({ state: 'error', code: 'bad-answer' });
    expect(probe({ state: 'off' }, { seen: 0 })).toMatchObject({ state: 'insufficient', code: 'no-data' });
    expect(probe({ state: 'off' }, { partial: true }).state).toBe('insufficient');
    expect(probe({ state: 'off' }, fails('timeout', true))).toMatchObject({ state: 'error', permanent: true });
  });

  it('stand beside how the flag is set up', () => {
    const both = { expect: { x: { state: 'on', for: user, killable: true } } };
    const world = { flags: { x: {} }, served: { 'x #1': { value: true } } };
    // The flag is off for everyone else, which nobody asked about.
    expect(judgeGate(flagsGate, both, world)).toMatchObject({
      state: 'healthy',
      reason: 'x can be switched off, serves true for u',
    });
    const blocked = { x: { kill: { possible: false, scope: 'environment', blockedBy: 'approval' } as const } };
    expect(judgeGate(flagsGate, both, { ...world, flags: blocked }).state).toBe('unhealthy');
    expect(judgeGate(flagsGate, both, { ...world, served: { 'x #1': { value: false } } }).state).toBe('unhealthy');
    expect(judgeGate(flagsGate, both, { flags: { x: {} } }).state).toBe('error');
  });
});
