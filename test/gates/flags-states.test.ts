/** How a flag is set up, against each assertion: passed, failed, indeterminate, unreadable. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flagsGate } from '../../src/gates/flags.js';
import {
  type Definition,
  everyone,
  individuals,
  matching,
  percentOf,
  serve,
  unknownServing,
} from '../../src/sources/flags/definition.js';
import { readingOf } from '../support/evidence.js';
import {
  ago,
  bindGate,
  day,
  type Failing,
  fails,
  hour,
  judgeGate,
  minute,
  missing,
  moment,
  type Setup,
  statesAnswer,
} from '../support/flag-gate.js';

/** The reading of one flag that is set up so. */
const judge = (expected: unknown, setup: Setup | typeof missing, more: Record<string, unknown> = {}) =>
  judgeGate(flagsGate, { expect: { x: expected }, ...more }, { flags: { x: setup } });
/** `healthy`, or the state and its code. */
const word = (...args: Parameters<typeof judge>): string => {
  const { state, code, conclusive, pending } = judge(...args);
  if (state === 'healthy') return state;
  return state === 'unhealthy'
    ? conclusive
      ? 'unhealthy'
      : 'unhealthy for now'
    : `${code}${pending ? ', pending' : ''}`;
};

const on = (definition: Partial<Definition> = {}): Setup => ({ definition: { otherwise: serve('on'), ...definition } });
const off: Setup = {};
const to = (...who: Definition['rules'][number]['who'][]): Setup => ({
  definition: { rules: who.map((w) => ({ who: w, serves: serve('on') })) },
});
const quarter = to(percentOf(25));
const beta = to(matching('plan is beta', 'beta'));
const betaAndTen = to(matching('plan is beta', 'beta'), percentOf(10));
const listed = to(individuals(3));
const nothing: Setup = { definition: { enabled: false, off: serve(null) } };
const blue: Setup = {
  definition: { kind: 'multivariate', variants: [{ name: 'blue', value: 'b' }], otherwise: serve('blue') },
};
const sampled = (lo: number, hi: number, reach: 'partial' | 'unknown'): Setup => ({
  definition: { otherwise: unknownServing },
  state: { exposure: { lo, hi }, method: 'sampled', sample: 400, reach, unclear: [] },
});

describe('who gets it', () => {
  it.each<[unknown, string, Setup, string]>([
    ['off', 'off', off, 'healthy'],
    ['off', 'switched off', on({ enabled: false }), 'healthy'],
    ['off', 'on', on(), 'unhealthy'],
    ['off', 'switched off, and off serves on', on({ enabled: false, off: serve('on') }), 'unhealthy'],
    ['off', 'a quarter', quarter, 'unhealthy'],
    ['off', 'on for a rule', beta, 'unhealthy'],
    ['off', 'on for named users', listed, 'unhealthy'],
    ['off', 'on for nobody', to(percentOf(0), individuals(0)), 'healthy'],
    [
      'off',
      'unclear for a rule',
      { definition: { rules: [{ who: matching('r'), serves: serve('blue') }] } },
      'unclear',
    ],
    ['off', 'not known', { definition: { otherwise: unknownServing } }, 'indeterminate'],
    ['off', 'what the code says', nothing, 'code-default'],
    ['off', 'neither on nor off', blue, 'unclear'],
    ['off', 'archived', { archived: true }, 'unhealthy'],
    ['off', 'not set up here', { configured: false }, 'not-configured'],
    ['off', 'sampled, none of 400', sampled(0, 0.95, 'unknown'), 'not-proven'],
    ['off', 'sampled, one of 400', sampled(0.04, 1.4, 'partial'), 'unhealthy'],
    [false, 'off', off, 'healthy'],
    ['on', 'on', on(), 'healthy'],
    ['on', 'off', off, 'unhealthy'],
    ['on', 'a quarter', quarter, 'unhealthy'],
    // The rule may be for everyone.
    ['on', 'on for a rule', beta, 'indeterminate'],
    ['on', 'off for a rule', on({ rules: [{ who: matching('r'), serves: serve('off') }] }), 'indeterminate'],
    ['on', 'what the code says', nothing, 'code-default'],
    ['on', 'sampled, 400 of 400', sampled(99.05, 100, 'unknown'), 'not-proven'],
    ['on', 'sampled, 399 of 400', sampled(98.6, 99.96, 'partial'), 'unhealthy'],
    ['on', 'archived', { ...on(), archived: true }, 'unhealthy'],
    // No source says so; but if one did, it would be no proof.
    ['off', 'off by an estimate', { state: { method: 'sampled' } }, 'not-proven'],
    ['on', 'on by an estimate', { ...on(), state: { method: 'sampled' } }, 'not-proven'],
    [{ reach: 'nobody' }, 'off by an estimate', { state: { method: 'sampled' } }, 'indeterminate'],
    [true, 'on', on(), 'healthy'],
    ['partial', 'a quarter', quarter, 'healthy'],
    ['partial', 'off', off, 'unhealthy'],
    ['partial', 'on', on(), 'unhealthy'],
    ['partial', 'on for a rule', beta, 'indeterminate'],
    ['partial', 'both seen in samples', sampled(1, 4, 'partial'), 'healthy'],
    ['rollout <= 5%', 'off', off, 'healthy'],
    ['rollout <= 25%', 'a quarter', quarter, 'healthy'],
    ['rollout < 25%', 'a quarter', quarter, 'unhealthy'],
    ['rollout > 25%', 'a quarter', quarter, 'unhealthy'],
    ['rollout > 24%', 'a quarter', quarter, 'healthy'],
    ['rollout <= 5%', 'a quarter', quarter, 'unhealthy'],
    ['rollout >= 1%', 'off', off, 'unhealthy'],
    ['rollout >= 25%', 'a quarter', quarter, 'healthy'],
    ['rollout = 100%', 'on', on(), 'healthy'],
    ['rollout 100%', 'a quarter', quarter, 'unhealthy'],
    ['rollout = 25%', 'a quarter', quarter, 'healthy'],
    ['rollout 1%..5%', 'a quarter', quarter, 'unhealthy'],
    ['rollout 10%..30%', 'a quarter', quarter, 'healthy'],
    ['rollout <= 5%', 'on for a rule', beta, 'indeterminate'],
    ['rollout <= 5%', 'a rule and 10 %', betaAndTen, 'unhealthy'],
    ['rollout <= 50%', 'a rule and 10 %', betaAndTen, 'indeterminate'],
    ['rollout >= 10%', 'a rule and 10 %', betaAndTen, 'healthy'],
    // The share of all who are not named one by one.
    ['rollout = 0%', 'on for named users', listed, 'healthy'],
    ['rollout <= 5%', 'what the code says', nothing, 'code-default'],
    ['rollout <= 5%', 'archived', { archived: true }, 'unhealthy'],
    ['rollout <= 5%', 'sampled below', sampled(1, 4, 'partial'), 'healthy'],
    ['rollout <= 5%', 'sampled around', sampled(4, 7, 'partial'), 'indeterminate'],
    // At 95 % only: one round alone stops nothing.
    ['rollout <= 5%', 'sampled above', sampled(7, 12, 'partial'), 'unhealthy for now'],
    [{ reach: 'nobody' }, 'off', off, 'healthy'],
    [{ reach: ['partial', 'targeted-only'] }, 'on for a rule', beta, 'healthy'],
    [{ reach: ['partial', 'targeted-only'] }, 'a quarter', quarter, 'healthy'],
    [{ reach: 'targeted-only' }, 'a quarter', quarter, 'unhealthy'],
    [{ reach: 'everyone' }, 'on', on(), 'healthy'],
    [
      { reach: ['nobody', 'targeted-only', 'partial', 'everyone'] },
      'not known',
      { definition: { otherwise: unknownServing } },
      'indeterminate',
    ],
  ])('%j when it is %s', (expected, _, setup, wanted) => expect(word(expected, setup)).toBe(wanted));

  it('is what the policy says of the code where nothing is served, and that is said', () => {
    expect(judge('off', nothing, { 'code-default': 'off' })).toMatchObject({
      state: 'healthy',
      reason: "x is off (it serves no value, and the policy says that the code's default is off)",
    });
    expect(word('off', nothing, { 'code-default': 'on' })).toBe('unhealthy');
    expect(word('on', nothing, { 'code-default': 'on' })).toBe('healthy');
  });

  it('is said in words, with why and what would settle it', () => {
    expect(judge('off', quarter).reason).toBe('x is on for 25 %, expected off');
    expect(judge('rollout <= 5%', betaAndTen).reason).toBe('x is on for 10 % to 100 %, expected <= 5%');
    expect(judge('rollout <= 50%', betaAndTen).reason).toMatch(
      /^x is on for 10 % to 100 % \(.*\), which neither is nor is not <= 50%: its rules \(beta\) decide.*`reach`/,
    );
    expect(judge('off', sampled(0, 0.95, 'unknown')).reason).toMatch(/estimated from 400 evaluations.*`for:`/);
    expect(judge('off', blue).reason).toContain('name it in `on-values` or `off-values`');
    expect(judge('off', { timeDependent: true }).reason).toBe('x is off, for now (it changes with time by itself)');
    expect(judge('rollout <= 30%', { ...quarter, managedBy: 'a release plan' }).reason).toBe(
      'x is on for 25 %, for now (a release plan moves it by itself)',
    );
    expect(judge('rollout <= 30%', to(individuals(3), percentOf(25))).reason).toContain('3 users that are named');
  });
});

describe('what it serves', () => {
  const values: Definition['variants'] = [
    { name: 'blue', value: 'b' },
    { name: 'three', value: 3 },
    { name: 'odd', value: null },
  ];
  const serving = (name: string | null): Setup => ({ definition: { variants: values, otherwise: serve(name) } });
  const split: Setup = {
    definition: {
      variants: values.slice(0, 2),
      rules: [{ who: matching('r'), serves: serve('three') }],
      otherwise: serve('blue'),
    },
  };

  it.each<[unknown, Setup, string]>([
    ['variant blue', serving('blue'), 'healthy'],
    ['variant blue', serving('three'), 'unhealthy'],
    ['value b', serving('blue'), 'healthy'],
    ['value 3', serving('three'), 'healthy'],
    [{ value: '3' }, serving('three'), 'unhealthy'],
    [{ variant: 'three', value: 3 }, serving('three'), 'healthy'],
    [{ variant: 'blue', value: 3 }, serving('three'), 'unhealthy'],
    // What an unknown value is nobody knows.
    ['value 3', serving('odd'), 'unclear'],
    ['variant odd', serving('odd'), 'healthy'],
    ['variant blue', serving(null), 'code-default'],
    ['value b', serving(null), 'code-default'],
    ['variant blue', split, 'not-proven'],
    ['variant green', split, 'not-proven'],
    ['variant blue', { archived: true }, 'unhealthy'],
  ])('%j of %j is %s', (expected, setup, wanted) => expect(word(expected, setup)).toBe(wanted));

  it('cannot be a variant that there is not', () => {
    const three: Setup = { definition: { rules: [{ who: matching('r'), serves: serve('on') }] } };
    expect(word('variant green', three)).toBe('unhealthy');
    expect(judge('variant green', three).reason).toBe('x has no variant green');
    expect(word('variant on', three)).toBe('not-proven');
    expect(word('variant green', sampled(1, 4, 'partial'))).toBe('not-proven');
  });
});

describe('how it is set up', () => {
  const unsaid: Setup = { targetingUnknown: true };
  const kill = (change: object): Setup => ({ kill: { possible: true, scope: 'environment', ...change } as never });
  const needs = (...met: (boolean | null)[]): Setup => ({
    prerequisites: met.map((m, i) => ({ flag: `p${i}`, met: m })),
  });
  const changed = (ms: number): Setup => ({ changed: { at: ago(ms), by: 'ann', scope: 'environment' } });

  it.each<[unknown, Setup, string]>([
    ['exists', off, 'healthy'],
    [{ exists: true }, off, 'healthy'],
    ['exists', { archived: true }, 'unhealthy'],
    ['archived', { archived: true }, 'healthy'],
    ['archived', off, 'unhealthy'],
    [{ archived: false }, off, 'healthy'],
    [{ archived: false }, { archived: true }, 'unhealthy'],
    [{ enabled: true }, off, 'healthy'],
    [{ enabled: false }, off, 'unhealthy'],
    [{ enabled: true }, { definition: { enabled: null } }, 'not-told'],
    [{ 'when-off': 'off' }, on(), 'healthy'],
    [{ 'when-off': 'off' }, on({ off: serve('on') }), 'unhealthy'],
    [{ 'when-off': 'off' }, on({ off: serve(null) }), 'code-default'],
    [{ 'when-off': 'code-default' }, on({ off: serve(null) }), 'healthy'],
    [{ 'when-off': 'code-default' }, on(), 'unhealthy'],
    [{ 'when-off': 'off' }, on({ off: unknownServing }), 'indeterminate'],
    ['killable', off, 'healthy'],
    ['killable', kill({ possible: false, blockedBy: 'approval', why: 'changes need an approval' }), 'unhealthy'],
    ['killable', kill({ possible: null, why: 'the token does not tell its rights' }), 'kill-unknown'],
    ['killable', kill({ scope: 'all-environments' }), 'healthy'],
    ['killable', kill({ scope: 'none' }), 'unhealthy'],
    [{ killable: true, 'kill-scope': 'environment' }, kill({ scope: 'all-environments' }), 'unhealthy'],
    [{ killable: true, 'kill-scope': 'environment' }, off, 'healthy'],
    [{ 'unchanged-for': '10m' }, changed(11 * minute), 'healthy'],
    [{ 'unchanged-for': '10m' }, changed(9 * minute), 'changed-lately, pending'],
    [{ 'unchanged-for': '10m' }, off, 'change-unknown'],
    [{ 'unchanged-for': '10m' }, changed(-1 * hour), 'clock-skew'],
    [{ 'evaluated-within': '1h' }, { evaluatedAt: ago(30 * minute) }, 'healthy'],
    [{ 'evaluated-within': '1h' }, { evaluatedAt: ago(2 * hour) }, 'unhealthy for now'],
    [{ 'evaluated-within': '1h' }, { evaluatedAt: ago(-2 * hour) }, 'clock-skew'],
    [{ 'evaluated-within': '1h' }, off, 'never-evaluated'],
    [{ stale: false }, { stale: false }, 'healthy'],
    [{ stale: false }, { stale: true }, 'unhealthy'],
    [{ stale: false }, off, 'not-told'],
    [{ temporary: true }, { temporary: true }, 'healthy'],
    [{ temporary: true }, { temporary: false }, 'unhealthy'],
    [{ temporary: true }, off, 'not-told'],
    [{ managed: false }, off, 'healthy'],
    [{ managed: false }, { managedBy: 'a guarded rollout' }, 'unhealthy'],
    [{ managed: false }, { timeDependent: true }, 'unhealthy'],
    [{ managed: false }, unsaid, 'not-told'],
    [{ segments: ['beta'] }, beta, 'healthy'],
    [{ segments: ['beta'] }, off, 'healthy'],
    [{ segments: ['staff'] }, beta, 'unhealthy'],
    [{ segments: [] }, beta, 'unhealthy'],
    // As it is set up, though its switch is off.
    [{ segments: [] }, { definition: { ...beta.definition, enabled: false } }, 'unhealthy'],
    [{ segments: [] }, unsaid, 'not-told'],
    [{ individuals: 0 }, off, 'healthy'],
    [{ individuals: 2 }, listed, 'unhealthy'],
    [{ individuals: 3 }, listed, 'healthy'],
    [{ individuals: 0 }, unsaid, 'not-told'],
    [{ rules: 'none' }, quarter, 'healthy'],
    [{ rules: 'none' }, beta, 'unhealthy'],
    [{ rules: 'none' }, unsaid, 'not-told'],
    [{ rules: 'none' }, sampled(1, 4, 'partial'), 'not-told'],
    [{ prerequisites: 'met' }, off, 'healthy'],
    [{ prerequisites: 'met' }, needs(true, true), 'healthy'],
    [{ prerequisites: 'met' }, needs(null, false), 'unhealthy'],
    [{ prerequisites: 'met' }, needs(true, null), 'indeterminate'],
    [{ prerequisites: 'met' }, unsaid, 'not-told'],
  ])('%j of %j is %s', (expected, setup, wanted) => expect(word(expected, setup)).toBe(wanted));

  it('is said in one sentence', () => {
    expect(judge({ state: 'off', killable: true, 'when-off': 'off' }, kill({ scope: 'all-environments' })).reason).toBe(
      'x is off, serves the old code once it is off, can be switched off, in ALL environments at once',
    );
    expect(judge({ state: 'off', 'unchanged-for': '10m' }, changed(9 * minute)).reason).toBe(
      'x was last changed 9m ago by ann, expected to rest for 10m',
    );
    expect(judge('killable', kill({ possible: false, why: 'changes need an approval' })).reason).toBe(
      'x cannot be switched off: changes need an approval',
    );
  });

  it('waits only where nothing but time is missing', () => {
    const expected = { 'unchanged-for': '10m', stale: false };
    expect(judge(expected, { ...changed(minute), stale: false })).toMatchObject({ pending: true });
    expect(judge(expected, changed(minute))).toMatchObject({ state: 'insufficient', code: 'not-told' });
    expect(judge(expected, changed(minute)).pending).toBeUndefined();
  });
});

describe('several flags', () => {
  const config = { expect: { a: 'off', b: 'on', c: 'off' } };
  const all = (flags: Record<string, Setup | typeof missing>, failing: Record<string, Failing | null> = {}) =>
    judgeGate(flagsGate, config, { flags, fails: failing });

  it('are all listed', () => {
    expect(all({ a: on(), b: off, c: off })).toMatchObject({
      state: 'unhealthy',
      conclusive: true,
      reason: 'a is on for everyone, expected off; b is off, expected on',
    });
    expect(all({ a: off, b: on(), c: off }).reason).toBe('a is off; b is on for everyone; c is off');
  });

  it('are wrong if one is, whatever cannot be read', () => {
    const reading = all({ a: on(), c: missing }, { b: fails('timeout') });
    expect(reading).toMatchObject({ state: 'unhealthy', conclusive: true });
    expect(reading.reason).toContain(
      'besides: b could not be read: timeout!; c is not there: the provider knows no such flag',
    );
  });

  it('are not measured if one cannot be read', () => {
    expect(all({ a: off }, { b: fails('timeout', true) })).toMatchObject({
      state: 'error',
      code: 'timeout',
      permanent: true,
    });
    expect(all({ a: off }, { b: fails('timeout', true), c: fails('dns') }).permanent).toBeUndefined();
    expect(all({ a: off, c: off }, { b: null })).toMatchObject({ state: 'error', code: 'not-answered' });
  });
});

describe('a flag that is not there', () => {
  it('meets nothing', () => {
    for (const expected of [
      'off',
      'on',
      'exists',
      'archived',
      'rollout <= 5%',
      'value x',
      { enabled: false },
      { stale: false },
    ]) {
      expect(word(expected, missing, { 'code-default': 'off' })).toBe('unknown-flag');
    }
  });

  it('is not another one, nor one of several', () => {
    const gate = bindGate(flagsGate, { expect: { x: 'off' } });
    const [question] = gate.questions(moment).values();
    if (question?.family !== 'flags' || question.ask !== 'states') throw new Error('no question');
    const about = (of: typeof question.of) =>
      statesAnswer('x', 'flags', { ...question, of }, { x: off, y: off, x2: off });
    for (const answer of [about({ flag: 'y' }), about({ match: 'x*' }), about({ match: 'z*' })]) {
      expect(readingOf(gate.judge([answer], moment))).toMatchObject({ state: 'error', code: 'bad-answer' });
    }
  });

  it('is not one of an answer that says it saw none, or not all', () => {
    const change = (x: object) => judgeGate(flagsGate, { expect: { x: 'off' } }, { flags: { x: off }, change: { x } });
    expect(change({ seen: 0 })).toMatchObject({ state: 'insufficient', code: 'no-data' });
    expect(change({ partial: true, notes: ['page 2 failed'] })).toMatchObject({
      state: 'insufficient',
      code: 'partial',
      reason: 'x was answered in part: page 2 failed',
    });
  });
});

describe('a pattern', () => {
  const judgeAll = (
    expect: Record<string, unknown>,
    flags: Record<string, Setup>,
    more: Record<string, unknown> = {},
  ) => judgeGate(flagsGate, { expect, ...more }, { flags });

  it('holds for each flag that it matches', () => {
    const flags = { 'r-1': off, 'r-2': off, other: on() };
    expect(judgeAll({ 'r-*': 'off' }, flags)).toMatchObject({ state: 'healthy', reason: 'r-1 is off; r-2 is off' });
    expect(judgeAll({ 'r-*': 'off' }, { ...flags, 'r-3': on() })).toMatchObject({
      state: 'unhealthy',
      reason: 'r-3 is on for everyone, expected off',
    });
    expect(
      judgeAll({ '*': { 'unchanged-for': '1d' } }, { a: { changed: { at: ago(2 * day), by: null, scope: 'file' } } })
        .state,
    ).toBe('healthy');
  });

  it('that matches nothing proves nothing', () => {
    expect(judgeAll({ 'r-*': 'off' }, { other: off })).toMatchObject({ state: 'insufficient', code: 'no-flags' });
    // A flag that is archived is no match either.
    expect(judgeAll({ 'r-*': 'off' }, { 'r-1': { archived: true } }).code).toBe('no-flags');
  });

  it('may match nothing where the policy says so, and something else was measured', () => {
    const more = { 'allow-empty': true };
    expect(judgeAll({ 'r-*': 'off', other: 'off' }, { other: off }, more).state).toBe('healthy');
    expect(judgeAll({ 'r-*': 'off', other: 'off' }, { other: on() }, more).state).toBe('unhealthy');
    expect(judgeAll({ 'r-*': 'off', other: 'off' }, {}, more).code).toBe('unknown-flag');
    expect(judgeAll({ 'r-*': 'off', 's-*': 'off' }, { other: off }, more)).toMatchObject({
      state: 'insufficient',
      code: 'no-flags',
      reason: expect.stringContaining('on-missing: ignore'),
    });
  });

  it('lists ten of many', () => {
    const flags = Object.fromEntries(Array.from({ length: 14 }, (_, i) => [`r-${i}`, off]));
    expect(judgeAll({ 'r-*': 'off' }, flags).reason).toContain('and 4 more');
  });
});

it('is healthy only when every flag was read and nobody can get it', () => {
  const setup = fc.record({
    definition: fc.record({
      enabled: fc.constantFrom(true, false, null),
      rules: fc.array(
        fc.record({
          who: fc.constantFrom(everyone, matching('r'), individuals(2), percentOf(0), percentOf(10)),
          serves: fc.constantFrom(serve('on'), serve('off'), serve(null), unknownServing),
        }),
        { maxLength: 2 },
      ),
      otherwise: fc.constantFrom(serve('on'), serve('off'), serve(null), unknownServing),
      off: fc.constantFrom(serve('on'), serve('off'), serve(null), unknownServing),
      offBeats: fc.constantFrom('everything' as const, 'otherwise' as const),
    }),
    archived: fc.constantFrom(false, false, false, true),
    configured: fc.constantFrom(true, true, true, false),
  });
  const flag = fc.oneof({ weight: 6, arbitrary: setup }, fc.constant(missing as typeof missing));
  const answered = fc.constantFrom('well', 'well', 'well', 'failing', 'not at all', 'in part', 'unseen');
  let healthy = 0;
  fc.assert(
    fc.property(fc.array(fc.tuple(flag, answered), { minLength: 1, maxLength: 3 }), (flags) => {
      const names = flags.map((_, i) => `f${i}`);
      const by = (kind: string, what: unknown) =>
        Object.fromEntries(names.flatMap((n, i) => (flags[i]?.[1] === kind ? [[n, what]] : [])));
      const reading = judgeGate(
        flagsGate,
        { expect: Object.fromEntries(names.map((n) => [n, 'off'])) },
        {
          flags: Object.fromEntries(names.flatMap((n, i) => (flags[i] ? [[n, flags[i][0]]] : []))),
          fails: { ...by('failing', fails('timeout')), ...by('not at all', null) } as never,
          change: { ...by('in part', { partial: true }), ...by('unseen', { seen: 0 }) } as never,
        },
      );
      if (reading.state !== 'healthy') return;
      healthy += 1;
      for (const [f, how] of flags) {
        expect(how).toBe('well');
        if (f === missing) throw new Error('a missing flag was healthy');
        expect(f).toMatchObject({ archived: false, configured: true });
        const { enabled, rules, otherwise, off: whenOff, offBeats } = f.definition;
        const inForce = enabled === false && offBeats === 'everything' ? [] : rules;
        const end = inForce.findIndex(({ who }) => who.is === 'everyone');
        const reached = end < 0 ? inForce : inForce.slice(0, end + 1);
        const somebody = reached.filter(({ who }) => !(who.is === 'percent' && who.percent === 0));
        for (const { serves } of somebody) expect(serves).toEqual(serve('off'));
        if (end < 0) expect(enabled === false ? whenOff : otherwise).toEqual(serve('off'));
      }
    }),
    { numRuns: 3000 },
  );
  expect(healthy).toBeGreaterThan(20);
});
