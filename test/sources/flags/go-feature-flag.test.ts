import { mkdtemp, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { type FlagStates, measurement } from '../../../src/record/evidence.js';
import type { FlagState } from '../../../src/record/flags.js';
import { goFeatureFlagSource } from '../../../src/sources/flags/go-feature-flag/index.js';
import type { Meaning } from '../../../src/sources/flags/meaning.js';
import { SimulatedClock } from '../../support/clock.js';
import { sourceContext } from '../../support/context.js';

let workspace: string;
beforeEach(async () => {
  workspace = await realpath(await mkdtemp(path.join(tmpdir(), 'goff-')));
});

const meaning: Meaning = { on: [true, 'on'], off: [false, 'off'] };
const now = '2026-11-23T10:00:00Z';

async function ask(
  content: unknown,
  of: { flag: string } | { match: string } = { flag: 'x' },
  { at = now, as = meaning, file = 'flags.yaml' } = {},
): Promise<FlagStates> {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  await writeFile(path.join(workspace, 'flags.yaml'), text);
  const context = sourceContext({ clock: new SimulatedClock(Date.parse(at)), workspace });
  const source = goFeatureFlagSource.open({ file }, context);
  const answer = await source.flags?.({ family: 'flags', ask: 'states', of, meaning: as }, AbortSignal.timeout(5000));
  return v.parse(measurement, JSON.parse(JSON.stringify({ ...answer, source: 'flags' }))) as FlagStates;
}
async function stateOf(flag: object, at = now, as = meaning): Promise<FlagState> {
  const { states } = await ask({ x: flag }, { flag: 'x' }, { at, as });
  const [state] = states;
  if (!state) throw new Error('no state');
  return state;
}

const exactly = (percent: number) => ({ lo: percent, hi: percent });
const whole = { lo: 0, hi: 100 };
const flag = (more: object = {}) => ({
  variations: { on: true, off: false },
  defaultRule: { variation: 'off' },
  ...more,
});
const percent = (on: number) => ({ percentage: { on, off: 100 - on } });
const beta = { name: 'beta', query: 'plan eq "beta"' };

describe('source go-feature-flag', () => {
  it('reads YAML as its documentation writes it', async () => {
    const text = `
new-checkout:
  variations:
    on: true
    off: false
  targeting:
    - name: beta users
      query: plan eq "beta"
      percentage: { on: 50, off: 50 }
  defaultRule:
    percentage:
      on: 25
      off: 75
  version: 1.2.0
  metadata: { owner: checkout }
`;
    const answer = await ask(text, { flag: 'new-checkout' });
    expect(answer).toMatchObject({ seen: 1, subject: 'flag new-checkout in flags.yaml', partial: false });
    expect(answer.states[0]).toMatchObject({
      exists: true,
      configured: true,
      enabled: true,
      kind: 'boolean',
      // Half of those for whom the rule is, whoever they are, and a quarter of the others.
      exposure: { lo: 0, hi: 75 },
      reach: 'partial',
      whenOff: 'code-default',
      targeting: { rules: 1, segments: ['beta users'], timeDependent: false, managedBy: null },
      changed: null,
      version: expect.stringMatching(/^[0-9a-f]{16}$/) as unknown,
      kill: { possible: false, scope: 'none', blockedBy: 'read-only' },
    });
    expect(answer.states[0]?.kill.why).toContain('disable: true');
  });

  it.each<[string, object, { lo: number; hi: number }, string]>([
    ['off for all', {}, exactly(0), 'nobody'],
    ['on for all', { defaultRule: { variation: 'on' } }, exactly(100), 'everyone'],
    ['a quarter', { defaultRule: percent(25) }, exactly(25), 'partial'],
    ['a part of a percent', { defaultRule: percent(0.125) }, exactly(0.125), 'partial'],
    ['percentages before the variation', { defaultRule: { variation: 'on', ...percent(25) } }, exactly(25), 'partial'],
    ['percentages of another sum', { defaultRule: { percentage: { on: 25, off: 25 } } }, whole, 'unknown'],
    ['a negative percentage', { defaultRule: { percentage: { on: -25, off: 125 } } }, whole, 'unknown'],
    ['no percentages, but a variation', { defaultRule: { percentage: {}, variation: 'on' } }, exactly(100), 'everyone'],
    ['a variation that is none', { defaultRule: { variation: 'blue' } }, whole, 'unknown'],
    ['percentages of none', { defaultRule: { percentage: { on: 25, blue: 75 } } }, { lo: 25, hi: 100 }, 'partial'],
    ['nothing at all', { defaultRule: {} }, whole, 'unknown'],
    ['a query', { targeting: [{ ...beta, variation: 'on' }] }, whole, 'targeted-only'],
    [
      'JsonLogic as query',
      { targeting: [{ query: '{"==": [{"var": "plan"}, "beta"]}', variation: 'on' }] },
      whole,
      'targeted-only',
    ],
    ['a rule that is disabled', { targeting: [{ ...beta, variation: 'on', disable: true }] }, exactly(0), 'nobody'],
    ['a rule without a query', { targeting: [{ query: ' ', variation: 'on' }] }, exactly(100), 'everyone'],
    ['one user', { targeting: [{ query: 'targetingKey eq "ana"', variation: 'on' }] }, exactly(0), 'targeted-only'],
    [
      'some users',
      { targeting: [{ query: 'key in ["ana", "b\\"en"]', variation: 'on' }] },
      exactly(0),
      'targeted-only',
    ],
    [
      'one user and more',
      { targeting: [{ query: 'key eq "ana" or plan eq "beta"', variation: 'on' }] },
      whole,
      'targeted-only',
    ],
  ])('serves %s', async (_, more, exposure, reach) => {
    expect(await stateOf(flag(more))).toMatchObject({ exposure, reach, targeting: { timeDependent: false } });
  });

  it('counts users that are named one by one', async () => {
    const targeting = [
      { query: 'key in ["ana", "b\\"en", "c"]', variation: 'on' },
      { ...beta, variation: 'on' },
    ];
    expect((await stateOf(flag({ targeting }))).targeting).toMatchObject({ individuals: 3, rules: 2 });
  });

  it('serves the default of the code while it is disabled', async () => {
    const off = flag({ disable: true, defaultRule: { variation: 'on' } });
    expect(await stateOf(off)).toMatchObject({
      enabled: false,
      exposure: whole,
      reach: 'unknown',
      whenOff: 'code-default',
    });
    expect(await stateOf(off, now, { ...meaning, codeDefault: 'off' })).toMatchObject({
      exposure: exactly(0),
      reach: 'nobody',
    });
    expect(await stateOf(off, now, { ...meaning, codeDefault: 'on' })).toMatchObject({ exposure: exactly(100) });
  });

  it('serves the default of the code to who lacks the key that is hashed', async () => {
    const keyed = flag({ bucketingKey: 'team.id', defaultRule: percent(25) });
    expect(await stateOf(keyed)).toMatchObject({ exposure: { lo: 0, hi: 100 }, reach: 'partial' });
    expect(await stateOf(keyed, now, { ...meaning, codeDefault: 'off' })).toMatchObject({
      exposure: { lo: 0, hi: 25 },
    });
    expect(await stateOf(flag({ bucketingKey: '', defaultRule: percent(25) }))).toMatchObject({
      exposure: exactly(25),
    });
  });
});

describe('a progressive rollout', () => {
  const ramp = (initial: object = {}, end: object = {}) =>
    flag({
      defaultRule: {
        variation: 'on',
        percentage: { on: 100 },
        progressiveRollout: {
          initial: { variation: 'off', percentage: 0, date: '2026-11-23T10:00:00Z', ...initial },
          end: { variation: 'on', percentage: 100, date: '2026-11-23T14:00:00Z', ...end },
        },
      },
    });

  it.each([
    ['2026-11-23T09:59:59Z', 0, 'a progressive rollout'],
    ['2026-11-23T10:00:00Z', 0, 'a progressive rollout'],
    ['2026-11-23T11:00:00Z', 25, 'a progressive rollout'],
    ['2026-11-23T13:59:59Z', 99.993, 'a progressive rollout'],
    ['2026-11-23T14:00:00Z', 100, null],
    ['2027-01-01T00:00:00Z', 100, null],
  ])('is, at %s, at %s percent', async (at, on, managedBy) => {
    expect(await stateOf(ramp(), at)).toMatchObject({
      exposure: exactly(on),
      targeting: { timeDependent: true, managedBy },
    });
  });

  it('goes from one percentage to another, and to all where none is written', async () => {
    expect(await stateOf(ramp({ percentage: 20 }, { percentage: 60 }), '2026-11-23T12:00:00Z')).toMatchObject({
      exposure: exactly(40),
    });
    expect(await stateOf(ramp({ percentage: 20 }), '2026-11-23T09:00:00Z')).toMatchObject({ exposure: exactly(0) });
    for (const percentage of [0, 140, null]) {
      expect(await stateOf(ramp({}, { percentage }), '2026-11-23T15:00:00Z')).toMatchObject({ exposure: exactly(100) });
    }
  });

  it('reads dates without a zone as UTC, and knows nothing of what is no rollout', async () => {
    expect(
      await stateOf(
        ramp({ date: '2026-11-23 10:00:00' }, { date: '2026-11-23T15:00:00+01:00' }),
        '2026-11-23T11:00:00Z',
      ),
    ).toMatchObject({ exposure: exactly(25) });
    expect(await stateOf(ramp({ date: '2026-11-22' }), '2026-11-22T00:00:00Z')).toMatchObject({ exposure: exactly(0) });
    for (const bad of [
      ramp({ date: null }),
      ramp({ date: 'soon' }),
      ramp({}, { date: '2026-11-23T10:00:00Z' }),
      ramp({ variation: null }),
      ramp({ percentage: -3 }),
    ]) {
      expect(await stateOf(bad, '2026-11-23T12:00:00Z')).toMatchObject({ exposure: whole, reach: 'unknown' });
    }
    expect(await stateOf(ramp({ variation: 'blue' }), '2026-11-23T11:00:00Z')).toMatchObject({
      exposure: { lo: 25, hi: 100 },
    });
  });
});

describe('an experiment', () => {
  const experiment = (experimentation: object) => flag({ experimentation, defaultRule: percent(50) });
  it.each([
    [{ start: '2026-11-23T09:00:00Z', end: '2026-11-24T00:00:00Z' }, true, exactly(50), 'an experiment'],
    [{ start: '2026-11-23T11:00:00Z', end: '2026-11-24T00:00:00Z' }, false, exactly(0), 'an experiment'],
    [{ start: '2026-11-01T11:00:00Z', end: '2026-11-02T00:00:00Z' }, false, exactly(0), null],
    [{ start: '2026-11-01T11:00:00Z' }, true, exactly(50), null],
    [{ start: 'someday', end: '2026-11-24T00:00:00Z' }, null, whole, 'an experiment'],
  ])('of %j', async (experimentation, enabled, exposure, managedBy) => {
    const state = await stateOf(experiment(experimentation), now, { ...meaning, codeDefault: 'off' });
    expect(state).toMatchObject({ enabled, exposure, targeting: { timeDependent: true, managedBy } });
  });
});

describe('a schedule', () => {
  const steps = (...scheduledRollout: object[]) =>
    flag({ targeting: [{ ...beta, variation: 'off' }], scheduledRollout });
  const at = (hour: number) => `2026-11-23T${String(hour).padStart(2, '0')}:00:00Z`;

  it('changes the flag step by step, when its time has come', async () => {
    const scheduled = steps(
      { date: at(11), defaultRule: percent(10) },
      { date: at(12), defaultRule: percent(40) },
      { date: at(13), disable: true },
    );
    const seen = [];
    for (const hour of [10, 11, 12, 13]) {
      const { exposure, enabled, targeting } = await stateOf(scheduled, at(hour), { ...meaning, codeDefault: 'off' });
      seen.push([exposure.hi, enabled, targeting.managedBy, targeting.timeDependent]);
    }
    const moving = 'a scheduled rollout';
    expect(seen).toEqual([
      [0, true, moving, true],
      [10, true, moving, true],
      [40, true, moving, true],
      [0, false, null, true],
    ]);
  });

  it('merges rules by name, and adds others', async () => {
    const changed = steps({ date: at(9), targeting: [{ name: 'beta', variation: 'on' }] });
    expect(await stateOf(changed)).toMatchObject({ exposure: whole, reach: 'targeted-only', targeting: { rules: 1 } });
    const added = steps({ date: at(9), targeting: [{ name: 'all', query: '', variation: 'on' }] });
    expect(await stateOf(added)).toMatchObject({ exposure: whole, reach: 'partial' });
    const out = steps({
      date: at(9),
      variations: { blue: true },
      defaultRule: { percentage: { on: -1, blue: 30, off: 70 } },
    });
    const { exposure, variants } = await stateOf(out);
    expect([exposure.hi, variants.length]).toEqual([30, 3]);
  });

  it('of which versions make different things is not known', async () => {
    const two = steps({ date: at(8), targeting: [{ name: 'beta', variation: 'on' }] }, { date: at(9), disable: false });
    expect(await stateOf(two)).toMatchObject({ exposure: whole, reach: 'unknown' });
    const undated = steps({ defaultRule: percent(10) });
    expect(await stateOf(undated)).toMatchObject({ enabled: null, exposure: whole, reach: 'unknown' });
  });
});

describe('a file', () => {
  it('lists the flags whose names match, and says which it lacks', async () => {
    const flags = { 'a-1': flag(), 'a-2': flag(), checkout: flag() };
    expect((await ask(flags, { match: 'a-*' })).states.map((s) => s.key)).toEqual(['a-1', 'a-2']);
    const missing = await ask(flags, { flag: 'chekout' });
    expect(missing).toMatchObject({ seen: 0, notes: ['did you mean checkout?'], states: [{ exists: false }] });
    const many = Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`f${i}`, flag()]));
    await expect(ask(many, { match: '*' })).rejects.toMatchObject({ code: 'too-large' });
  });

  it('takes anchors and merged maps', async () => {
    const text =
      'base: &base\n  variations: { on: true, off: false }\n  defaultRule: { variation: "off" }\nx:\n  <<: *base\n  disable: true\n';
    expect((await ask(text)).states[0]).toMatchObject({ enabled: false });
  });

  it.each([
    ['nothing', ''],
    ['a list', '[]'],
    ['no map of flags', 'x: 3'],
    ['broken YAML', 'x: {'],
    ['a key twice', 'x: { variations: { on: true }, defaultRule: { variation: on } }\nx: {}'],
    ['an alias of nothing', 'x: *y'],
    ['no variations', { x: { defaultRule: { variation: 'on' } } }],
    ['empty variations', { x: flag({ variations: {} }) }],
    ['no default rule', { x: { variations: { on: true } } }],
    [
      'the format before version 1',
      { x: { rule: 'beta eq "true"', percentage: 10, true: true, false: false, default: false } },
    ],
    ['a switch that is a text', { x: flag({ disable: 'yes' }) }],
    ['a percentage that is a text', { x: flag({ defaultRule: { percentage: { on: '25' } } }) }],
    ['another flag that is invalid', { x: flag(), y: {} }],
  ])('is no definition: %s', async (_, content) => {
    await expect(ask(content)).rejects.toMatchObject({ code: 'bad-definition', permanent: true });
  });

  it('stays inside the workspace', async () => {
    await expect(ask({}, undefined, { file: '../flags.yaml' })).rejects.toMatchObject({ code: 'outside-workspace' });
    await expect(ask({}, undefined, { file: 'gone.yaml' })).rejects.toMatchObject({ code: 'no-file' });
  });

  it('is not evaluated, and changes nothing', () => {
    const source = goFeatureFlagSource.open({ file: 'flags.yaml' }, sourceContext());
    expect(source.control).toBeUndefined();
    const question = { family: 'flags', ask: 'served', flag: 'x', context: {} } as const;
    expect(() => source.flags?.(question, AbortSignal.timeout(1))).toThrow(/ofrep/);
  });
});
