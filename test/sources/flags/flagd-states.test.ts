/** What a flagd file says of everyone: by its rules, beside what flagd's own evaluator serves to many. */
import { mkdtemp, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FlagdCore } from '@openfeature/flagd-core';
import fc from 'fast-check';
import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { type FlagStates, measurement } from '../../../src/record/evidence.js';
import type { FlagState } from '../../../src/record/flags.js';
import { flagdSource } from '../../../src/sources/flags/flagd/index.js';
import type { Meaning } from '../../../src/sources/flags/meaning.js';
import { SimulatedClock } from '../../support/clock.js';
import { sourceContext } from '../../support/context.js';

let workspace: string;
beforeEach(async () => {
  workspace = await realpath(await mkdtemp(path.join(tmpdir(), 'flagd-')));
});

const meaning: Meaning = { on: [true, 'on'], off: [false, 'off'] };
const variants = { on: true, off: false };
const enabled = (more: object = {}) => ({ state: 'ENABLED', variants, defaultVariant: 'off', ...more });

async function ask(content: unknown, of: { flag: string } | { match: string }, as = meaning): Promise<FlagStates> {
  await writeFile(path.join(workspace, 'flags.json'), JSON.stringify(content));
  const source = flagdSource.open({ file: 'flags.json' }, sourceContext({ clock: new SimulatedClock(), workspace }));
  const answer = await source.flags?.({ family: 'flags', ask: 'states', of, meaning: as }, AbortSignal.timeout(5000));
  return v.parse(measurement, JSON.parse(JSON.stringify({ ...answer, source: 'flags' }))) as FlagStates;
}

async function stateOf(flag: object, more: object = {}, as = meaning): Promise<FlagState> {
  const { states } = await ask({ flags: { x: flag }, ...more }, { flag: 'x' }, as);
  const [state] = states;
  if (!state || states.length > 1) throw new Error('not one state');
  return state;
}

const exactly = (percent: number) => ({ lo: percent, hi: percent });
const key = { var: 'targetingKey' };
const isBeta = { '==': [{ var: 'plan' }, 'beta'] };
const quarter = [
  ['on', 25],
  ['off', 75],
];

describe('a flag without rules', () => {
  it('serves its default variant to everyone', async () => {
    expect(await stateOf(enabled())).toMatchObject({
      exists: true,
      configured: true,
      archived: false,
      enabled: true,
      kind: 'boolean',
      exposure: exactly(0),
      method: 'static',
      reach: 'nobody',
      whenOff: 'code-default',
      serves: { variant: 'off', value: false },
      targeting: { rules: 0, timeDependent: false },
      changed: null,
      version: expect.stringMatching(/^[0-9a-f]{16}$/) as unknown,
    });
    expect(await stateOf(enabled({ defaultVariant: 'on' }))).toMatchObject({
      exposure: exactly(100),
      reach: 'everyone',
    });
  });

  it('cannot be switched off from here, and says how it can', async () => {
    const { kill } = await stateOf(enabled());
    expect(kill).toMatchObject({ possible: false, scope: 'none', blockedBy: 'read-only' });
    expect(kill.why).toContain('"state": "DISABLED"');
    expect(flagdSource.open({ file: 'x' }, sourceContext()).control).toBeUndefined();
  });

  it('serves nothing where it has no default, or is disabled: the default of the code holds', async () => {
    for (const flag of [enabled({ defaultVariant: null }), enabled({ state: 'DISABLED', defaultVariant: 'on' })]) {
      expect(await stateOf(flag)).toMatchObject({ exposure: { lo: 0, hi: 100 }, reach: 'unknown' });
      expect((await stateOf(flag)).unclear.join()).toContain('code-default');
      const known = { ...meaning, codeDefault: 'off' } as const;
      expect(await stateOf(flag, {}, known)).toMatchObject({ exposure: exactly(0), reach: 'nobody', whenOff: 'off' });
      const bad = { ...meaning, codeDefault: 'on' } as const;
      expect(await stateOf(flag, {}, bad)).toMatchObject({ exposure: exactly(100), whenOff: 'on' });
    }
  });

  it('has another version when it, or what it shares, is another', async () => {
    const versions = [(await stateOf(enabled())).version, (await stateOf(enabled({ defaultVariant: 'on' }))).version];
    const shared = (await stateOf(enabled(), { $evaluators: { beta: isBeta } })).version;
    expect(new Set([...versions, shared]).size).toBe(3);
    expect((await stateOf(enabled())).version).toBe(versions[0]);
  });
});

describe('rules', () => {
  const whole = { lo: 0, hi: 100 };
  it.each<[string, unknown, { lo: number; hi: number }, string]>([
    ['a share', { fractional: quarter }, exactly(25), 'partial'],
    [
      'weights of another sum',
      {
        fractional: [
          ['on', 1],
          ['off', 3],
        ],
      },
      exactly(25),
      'partial',
    ],
    ['weights left out', { fractional: [['on'], ['off'], ['off', 2]] }, exactly(25), 'partial'],
    [
      'a negative weight, which counts as 0',
      {
        fractional: [
          ['on', -5],
          ['off', 5],
        ],
      },
      exactly(0),
      'nobody',
    ],
    [
      'a share of the default',
      {
        fractional: [
          ['on', 10],
          [null, 90],
        ],
      },
      exactly(10),
      'partial',
    ],
    ['hashed by key', { fractional: [key, ...quarter] }, exactly(25), 'partial'],
    [
      'hashed by a salted key',
      { fractional: [{ cat: [{ var: '$flagd.flagKey' }, key] }, ...quarter] },
      exactly(25),
      'partial',
    ],
    // Without the attribute: the default.
    ['hashed by what some lack', { fractional: [{ var: 'email' }, ...quarter] }, { lo: 0, hi: 25 }, 'partial'],
    [
      'a share of what is no variant',
      {
        fractional: [
          ['on', 25],
          ['gone', 75],
        ],
      },
      { lo: 25, hi: 100 },
      'partial',
    ],
    [
      'a share that is worked out',
      {
        fractional: [
          ['on', 25],
          [{ if: [isBeta, 'on', 'off'] }, 75],
        ],
      },
      { lo: 25, hi: 100 },
      'partial',
    ],
    // flagd gives these up.
    [
      'weights that are no whole numbers',
      {
        fractional: [
          ['on', 0.5],
          ['off', 99.5],
        ],
      },
      whole,
      'unknown',
    ],
    [
      'weights that are worked out',
      {
        fractional: [
          ['on', { '-': [{ var: '$flagd.timestamp' }, 5] }],
          ['off', 1],
        ],
      },
      whole,
      'unknown',
    ],
    [
      'no weights at all',
      {
        fractional: [
          ['on', 0],
          ['off', 0],
        ],
      },
      whole,
      'unknown',
    ],
    [
      'too large weights',
      {
        fractional: [
          ['on', 1],
          ['off', 2 ** 31],
        ],
      },
      whole,
      'unknown',
    ],
    ['a hash of who knows what', { fractional: [{ substr: [key, 0, 1] }, ...quarter] }, whole, 'unknown'],
    ['a condition', { if: [isBeta, 'on', 'off'] }, whole, 'targeted-only'],
    ['a condition without else', { if: [isBeta, 'on'] }, whole, 'targeted-only'],
    ['a condition for a share', { if: [isBeta, { fractional: quarter }, null] }, { lo: 0, hi: 25 }, 'targeted-only'],
    [
      'a condition, and a share of the rest',
      { if: [isBeta, 'on', { fractional: quarter }] },
      { lo: 25, hi: 100 },
      'partial',
    ],
    ['a condition that excludes', { if: [isBeta, 'off', { fractional: quarter }] }, { lo: 0, hi: 25 }, 'partial'],
    [
      'conditions that both serve the same',
      { if: [isBeta, 'on', { '==': [{ var: 'a' }, 1] }, 'on', 'off'] },
      whole,
      'targeted-only',
    ],
    ['whatever comes', { if: [isBeta, 'on', 'on'] }, exactly(100), 'everyone'],
    ['constants', { if: [true, 'on', 'off'] }, exactly(100), 'everyone'],
    ['constants that do not hold', { if: [0, 'on', [], 'on', '', 'on', 'off'] }, exactly(0), 'nobody'],
    ['users one by one', { if: [{ in: [key, ['ana', 'ben']] }, 'on', 'off'] }, exactly(0), 'targeted-only'],
    ['one user', { if: [{ '===': ['ana', key] }, 'on', 'off'] }, exactly(0), 'targeted-only'],
    ['all but some', { if: [{ '!': { in: [key, ['ana']] } }, 'on', 'off'] }, exactly(100), 'partial'],
    ['a part of a name, which is no list', { if: [{ in: ['ana', key] }, 'on', 'off'] }, whole, 'targeted-only'],
    [
      'a share as condition',
      {
        if: [
          {
            fractional: [
              [true, 25],
              [false, 75],
            ],
          },
          'on',
          'off',
        ],
      },
      exactly(25),
      'partial',
    ],
    [
      'both of two shares of one hash',
      {
        if: [
          {
            and: [
              {
                fractional: [
                  [true, 25],
                  [false, 75],
                ],
              },
              {
                fractional: [
                  [true, 40],
                  [false, 60],
                ],
              },
            ],
          },
          'on',
          'off',
        ],
      },
      exactly(25),
      'partial',
    ],
    ['chains in chains', { if: [isBeta, { if: [{ var: 'staff' }, 'on', null] }, 'off'] }, whole, 'targeted-only'],
    ['no operation', { var: 'which' }, whole, 'unknown'],
    ['an operation that nobody knows', { lottery: ['on', 'off'] }, whole, 'unknown'],
    ['an operation whose result is a condition', isBeta, whole, 'unknown'],
    ['and, whose result is its last part', { and: [isBeta, 'on'] }, whole, 'unknown'],
    ['no object at all', 'on', whole, 'unknown'],
    ['a name of none', 'blue', whole, 'unknown'],
  ])('%s', async (_, targeting, exposure, reach) => {
    expect(await stateOf(enabled({ targeting }))).toMatchObject({ exposure, reach });
  });

  it('that are only a condition serve the variants `true` and `false`', async () => {
    const flag = {
      state: 'ENABLED',
      variants: { true: true, false: false },
      defaultVariant: 'false',
      targeting: isBeta,
    };
    expect(await stateOf(flag)).toMatchObject({ exposure: { lo: 0, hi: 100 }, reach: 'targeted-only' });
    const ends = { ...flag, targeting: { ends_with: [{ var: 'email' }, '@x.example'] }, defaultVariant: 'true' };
    // Without an email it is the default.
    expect(await stateOf(ends)).toMatchObject({ exposure: { lo: 0, hi: 100 }, reach: 'targeted-only' });
  });

  it('hashed by nothing of the user are the same for all, as flagd evaluates them', async () => {
    const shares = { fractional: ['the same for all', ...quarter] };
    const state = await stateOf(enabled({ targeting: shares }));
    expect([0, 100]).toContain(state.exposure.hi);
    expect(state.exposure.lo).toBe(state.exposure.hi);
  });

  it('hashed by a salted attribute put all who lack it together', async () => {
    const shares = (salt: string) => ({ fractional: [{ cat: [salt, { var: 'email' }] }, ...quarter] });
    const seen = new Set<string>();
    for (let i = 0; i < 24; i += 1) {
      const { exposure } = await stateOf(enabled({ targeting: shares(`salt-${i}`) }));
      seen.add(`${exposure.lo}-${exposure.hi}`);
    }
    // Of some salts they all get it, of others none does.
    expect(seen).toEqual(new Set(['0-25', '25-100']));
  });

  it('count those that ask who somebody is', async () => {
    const targeting = { if: [isBeta, 'on', { in: [key, ['ana', 'ben', 'cy']] }, 'on', { fractional: quarter }] };
    expect((await stateOf(enabled({ targeting }))).targeting).toMatchObject({ rules: 2, individuals: 3 });
  });

  it('that are shared are put in once, in their order, as flagd does', async () => {
    const $evaluators = {
      beta: isBeta,
      share: { fractional: quarter },
      both: { $ref: 'share' },
      first: { $ref: 'last' },
      last: 'on',
    };
    const state = (targeting: unknown) => stateOf(enabled({ targeting }), { $evaluators });
    expect(await state({ if: [{ $ref: 'beta' }, { $ref: 'share' }, null] })).toMatchObject({
      exposure: { lo: 0, hi: 25 },
      targeting: { segments: ['beta'] },
    });
    expect(await state({ $ref: 'first' })).toMatchObject({ exposure: exactly(100) });
    // It refers to one that was put in before, so flagd cannot evaluate it.
    expect(await state({ $ref: 'both' })).toMatchObject({ exposure: { lo: 0, hi: 100 }, reach: 'unknown' });
    expect(await state({ $ref: 'nobody' })).toMatchObject({ exposure: { lo: 0, hi: 100 }, reach: 'unknown' });
    const circle = { a: { $ref: 'b' }, b: { $ref: 'a' } };
    expect(await stateOf(enabled({ targeting: { $ref: 'a' } }), { $evaluators: circle })).toMatchObject({
      reach: 'unknown',
    });
  });

  it('that read the time say so', async () => {
    const later = { if: [{ '>': [{ var: ['$flagd.timestamp'] }, 1_800_000_000] }, 'on', 'off'] };
    expect((await stateOf(enabled({ targeting: later }))).targeting.timeDependent).toBe(true);
    const shared = await stateOf(enabled({ targeting: { $ref: 'later' } }), { $evaluators: { later } });
    expect(shared.targeting.timeDependent).toBe(true);
    expect((await stateOf(enabled({ targeting: { if: [isBeta, 'on'] } }))).targeting.timeDependent).toBe(false);
  });

  it('are not asked while the flag is disabled', async () => {
    const off = await stateOf(
      enabled({ state: 'DISABLED', targeting: { if: [true, 'on'] } }),
      {},
      { ...meaning, codeDefault: 'off' },
    );
    expect(off).toMatchObject({ enabled: false, exposure: exactly(0), reach: 'nobody' });
  });
});

describe('a file', () => {
  const flags = { 'a-1': enabled(), 'a-2': enabled(), b: enabled() };

  it('lists the flags whose names match', async () => {
    const answer = await ask({ flags }, { match: 'a-*' });
    expect(answer).toMatchObject({ seen: 2, partial: false });
    expect(answer.states.map((s) => s.key)).toEqual(['a-1', 'a-2']);
    expect(await ask({ flags }, { match: 'c*' })).toMatchObject({ seen: 0, states: [] });
    expect((await ask({ flags: [{ key: 'a-3', ...enabled() }] }, { match: 'a-*' })).states).toHaveLength(1);
  });

  it('says positively that it has no such flag, and which is near', async () => {
    expect(await ask({ flags }, { flag: 'a-12' })).toMatchObject({ seen: 0, states: [{ exists: false }] });
    expect((await ask({ flags: { checkout: enabled() } }, { flag: 'chekout' })).notes).toEqual([
      'did you mean checkout?',
    ]);
    expect(await ask({ flags }, { flag: 'constructor' })).toMatchObject({ states: [{ exists: false }] });
  });

  it('is refused where too many match, and where it is none', async () => {
    const many = Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`f${i}`, enabled()]));
    await expect(ask({ flags: many }, { match: '*' })).rejects.toMatchObject({ code: 'too-large', permanent: true });
    await expect(ask({ flags: { x: { state: 'ON', variants } } }, { flag: 'x' })).rejects.toMatchObject({
      code: 'bad-definition',
    });
  });
});

/** Any targeting that is worth the name, and some that is none. */
const targetings = fc.letrec<{ result: unknown; condition: unknown }>((tie) => {
  const weight = fc.integer({ min: 0, max: 4 });
  const seeds = [
    key,
    { var: 'email' },
    { cat: [{ var: '$flagd.flagKey' }, { var: 'email' }] },
    { cat: ['s', key] },
    'salt',
  ];
  const fractional = (names: readonly unknown[]) =>
    fc
      .tuple(
        fc.option(fc.constantFrom<unknown>(...seeds)),
        fc.array(fc.tuple(fc.constantFrom(...names), weight), { minLength: 1, maxLength: 4 }),
      )
      .map(([seed, buckets]) => ({ fractional: seed === null ? buckets : [seed, ...buckets] }));
  const constant = fc.constantFrom<unknown>(true, false, 0, 'x', '', null);
  return {
    condition: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom<unknown>(isBeta, { var: 'staff' }, { ends_with: [{ var: 'email' }, '1'] }, { $ref: 'shared' }),
      constant,
      fractional([true, false]),
      fc
        .tuple(fc.constantFrom('and', 'or'), fc.array(tie('condition'), { minLength: 1, maxLength: 3 }))
        .map(([op, all]) => ({ [op]: all })),
      tie('condition').map((c) => ({ '!': c })),
    ),
    result: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom<unknown>('on', 'off', null, 'gone', true),
      fractional(['on', 'off', null]),
      isBoolean(),
      fc
        .array(fc.tuple(tie('condition'), tie('result')), { minLength: 1, maxLength: 3 })
        .chain((pairs) =>
          fc.option(tie('result')).map((last) => ({ if: [...pairs.flat(), ...(last === null ? [] : [last])] })),
        ),
    ),
  };
}).result;

function isBoolean(): fc.Arbitrary<unknown> {
  return fc.constantFrom({ ends_with: [{ var: 'email' }, '1'] }, isBeta, { '!': { var: 'staff' } });
}

it('whatever the rules are, what flagd serves to many lies within the bounds', async () => {
  const $evaluators = { shared: { in: [{ var: 'plan' }, ['beta', 'gold']] } };
  const users = Array.from({ length: 300 }, (_, i) => ({
    targetingKey: `user-${i}`,
    ...(i % 3 === 0 ? {} : { email: `user-${i}@x.example${i % 2}` }),
    plan: ['basic', 'beta', 'gold'][i % 7] ?? 'none',
    staff: i % 5 === 0,
  }));
  const silent = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} };
  await fc.assert(
    fc.asyncProperty(targetings, fc.constantFrom('on', 'off', 'true', null), async (targeting, defaultVariant) => {
      const all = { on: true, off: false, true: true, false: false };
      const flag = { state: 'ENABLED', variants: all, defaultVariant, targeting };
      const { exposure, reach } = await stateOf(flag, { $evaluators });
      const core = new FlagdCore(undefined, silent, { disableDynamicCodeGeneration: true });
      core.setConfigurations(JSON.stringify({ $evaluators, flags: { x: flag } }));
      let [on, unclear] = [0, 0];
      for (const user of users) {
        const { value } = core.getFlag('x')?.evaluate(user, silent) ?? {};
        if (value === true) on += 1;
        // An error, or no variant: the default of the code.
        else if (value === undefined) unclear += 1;
      }
      const share = (n: number): number => (100 * n) / users.length;
      // Four standard deviations of a share among 300.
      const chance = 12;
      const said = JSON.stringify({ targeting, defaultVariant, exposure, on, unclear });
      expect(share(on), said).toBeLessThanOrEqual(exposure.hi + chance);
      expect(share(on + unclear), said).toBeGreaterThanOrEqual(exposure.lo - chance);
      if (reach === 'nobody') expect(on, said).toBe(0);
      if (reach === 'everyone') expect(on, said).toBe(users.length);
      // Exact where nothing is left to chance.
      if (exposure.hi === 0) expect(on, said).toBe(0);
      if (exposure.lo === 100) expect(on + unclear, said).toBe(users.length);
    }),
    { numRuns: 400 },
  );
}, 60_000);
