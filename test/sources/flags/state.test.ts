import { describe, expect, it } from 'vitest';
import {
  allOf,
  type Definition,
  individuals,
  matching,
  percentOf,
  serve,
  unknownServing,
} from '../../../src/sources/flags/definition.js';
import type { Meaning } from '../../../src/sources/flags/meaning.js';
import { asksFor, type Facts, missingState, stateOf, statesMeasured } from '../../../src/sources/flags/state.js';
import type { StatesQuestion } from '../../../src/sources/source.js';

const meaning: Meaning = { on: [true], off: [false] };
const definition = (change: Partial<Definition> = {}): Definition => ({
  enabled: true,
  kind: 'boolean',
  variants: [
    { name: 'on', value: true },
    { name: 'off', value: false },
  ],
  rules: [],
  otherwise: serve('off'),
  off: serve('off'),
  ...change,
});
const kill = { possible: null, scope: 'environment' } as const;
const state = (change: Partial<Definition> = {}, facts: Partial<Facts> = {}, as = meaning) =>
  stateOf({ key: 'x', definition: definition(change), kill, ...facts }, as);
const on = serve('on');

describe('reach', () => {
  it.each<[string, Partial<Definition>, string]>([
    ['nobody', {}, 'nobody'],
    ['an empty list', { rules: [{ who: individuals(0), serves: on }] }, 'nobody'],
    ['everyone', { otherwise: on }, 'everyone'],
    ['everyone, whoever is named', { rules: [{ who: matching('r'), serves: on }], otherwise: on }, 'everyone'],
    ['a rule', { rules: [{ who: matching('r'), serves: on }] }, 'targeted-only'],
    ['a list', { rules: [{ who: individuals(1), serves: on }] }, 'targeted-only'],
    [
      'a tenth of those for whom a rule is',
      { rules: [{ who: allOf(matching('r'), percentOf(10)), serves: on }] },
      'targeted-only',
    ],
    ['a tenth', { rules: [{ who: percentOf(10), serves: on }] }, 'partial'],
    ['all but a list', { rules: [{ who: individuals(1), serves: serve('off') }], otherwise: on }, 'partial'],
    ['nobody knows whom', { otherwise: unknownServing }, 'unknown'],
    ['what the code says', { otherwise: serve(null) }, 'unknown'],
  ])('of what serves on to %s', (_, change, reach) => expect(state(change).reach).toBe(reach));
});

describe('what everyone gets', () => {
  it.each<[string, Partial<Definition>, unknown]>([
    ['is the one variant', {}, { variant: 'off', value: false }],
    [
      'is the same by every rule',
      { rules: [{ who: matching('r'), serves: serve('off') }] },
      { variant: 'off', value: false },
    ],
    ['is none where rules differ', { rules: [{ who: matching('r'), serves: on }] }, null],
    ['is none for a percentage', { rules: [{ who: percentOf(1), serves: on }] }, null],
    [
      'is not what comes behind a rule for everyone',
      { rules: [{ who: percentOf(100), serves: on }] },
      { variant: 'on', value: true },
    ],
    ['is not what nobody comes to', { rules: [{ who: percentOf(0), serves: on }] }, { variant: 'off', value: false }],
    ['is none where a part is not known', { otherwise: [{ variant: 'off', percent: 99 }] }, null],
    ["is the code's default", { otherwise: serve(null) }, { variant: null, value: null }],
  ])('%s', (_, change, serves) => expect(state(change).serves).toEqual(serves));
});

describe('what off serves', () => {
  it.each<[string, Partial<Definition>, string]>([
    ['off', {}, 'off'],
    ['on', { off: on }, 'on'],
    ['the default of the code', { off: serve(null) }, 'code-default'],
    ['nobody knows what', { off: unknownServing }, 'unknown'],
    [
      'both',
      {
        off: [
          { variant: 'on', percent: 50 },
          { variant: 'off', percent: 50 },
        ],
      },
      'unknown',
    ],
    // Of a boolean flag of Flipt rules outlive the switch.
    ['on by a rule', { offBeats: 'otherwise', rules: [{ who: matching('r'), serves: on }] }, 'unknown'],
  ])('is %s', (_, change, whenOff) => expect(state(change).whenOff).toBe(whenOff));

  it('is what the policy says of the code', () => {
    expect(state({ off: serve(null) }, {}, { ...meaning, codeDefault: 'off' }).whenOff).toBe('off');
    expect(state({ off: serve(null) }, {}, { ...meaning, codeDefault: 'on' }).whenOff).toBe('on');
  });
});

it('says why what is served is neither on nor off, of what somebody gets', () => {
  expect(state({ otherwise: serve(null) }).unclear).toEqual([expect.stringContaining('`code-default`')]);
  expect(state({ otherwise: [{ variant: 'on', percent: 20 }] }).unclear).toEqual([expect.stringContaining('the rest')]);
  expect(state({ variants: [{ name: 'a', value: 7 }], otherwise: serve('a') }).unclear).toEqual([
    expect.stringContaining('`on-values`'),
  ]);
  expect(state({ rules: [{ who: percentOf(100), serves: on }], otherwise: serve(null) }).unclear).toEqual([]);
});

it('counts the targeting as it is set up, though its switch be off', () => {
  const rules: Definition['rules'] = [
    { who: individuals(2), serves: on },
    { who: allOf(matching('plan', 'beta'), percentOf(10)), serves: on },
    { who: percentOf(5), serves: on },
  ];
  for (const enabled of [true, false, null]) {
    expect(state({ enabled, rules }).targeting).toMatchObject({ rules: 2, individuals: 2, segments: ['beta'] });
  }
  expect(state().targeting).not.toHaveProperty('told');
  expect(state({}, { targetingUnknown: true }).targeting.told).toBe(false);
});

it('knows nothing of a flag that is not there', () => {
  expect(missingState('x')).toMatchObject({
    key: 'x',
    exists: false,
    configured: false,
    reach: 'unknown',
    exposure: { lo: 0, hi: 100 },
    serves: null,
    kill: { possible: false, scope: 'none' },
  });
});

describe('the answer', () => {
  const question = (of: StatesQuestion['of']): StatesQuestion => ({ family: 'flags', ask: 'states', of, meaning });
  const clock = { now: () => 0, sleep: () => Promise.resolve() };
  const measured = (of: StatesQuestion['of'], ...states: ReturnType<typeof missingState>[]) =>
    statesMeasured(question(of), states, { clock }, { subject: 's', query: 'q' });

  it('to a pattern is in order and without archived flags; to a name it is the flag as it is', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((key) => ({ ...state({}, { archived: key === 'b' }), key }));
    if (!a || !b || !c) throw new Error('no states');
    expect(measured({ match: '*' }, c, b, a).states.map(({ key }) => key)).toEqual(['a', 'c']);
    expect(measured({ flag: 'b' }, b)).toMatchObject({ seen: 1, states: [{ archived: true }] });
  });

  it('has seen nothing where nothing is', () => {
    expect(measured({ flag: 'x' }, missingState('x')).seen).toBe(0);
    expect(measured({ match: '*' }).seen).toBe(0);
  });

  it('is about the names that match, letter by letter', () => {
    const asks = asksFor(question({ match: 'release.*-b' }));
    expect(['release.1-b', 'release.-b', 'releaseX1-b', 'release.1-bc'].map(asks)).toEqual([true, true, false, false]);
    expect(asksFor(question({ flag: 'a' }))('a*')).toBe(false);
  });
});
