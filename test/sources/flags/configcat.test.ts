import { describe, expect, it } from 'vitest';
import type { FlagState } from '../../../src/record/flags.js';
import type { Meaning } from '../../../src/sources/flags/meaning.js';
import {
  bool,
  ConfigCatServer,
  type Formula,
  formula,
  providers,
  type Rule,
  rule,
  split,
  user,
} from '../../flags/configcat.provider.js';
import { change, meaning, type Running, run, stateIn, theFlag } from '../../flags/harness.js';

const [provider] = providers;
if (!provider) throw new Error('no provider');
const found = provider;

async function start(...formulas: Formula[]) {
  const server = new ConfigCatServer('on');
  server.data.formulas = formulas;
  return { server, running: await run(found, server) };
}
async function stateOf(formulas: readonly Formula[], as: Meaning = meaning): Promise<FlagState> {
  const { running } = await start(...formulas);
  const question = { family: 'flags', ask: 'states', of: { flag: theFlag }, meaning: as } as const;
  const answer = await running.source.flags?.(question, AbortSignal.timeout(5000));
  running.assertNoComplaint();
  const state = answer?.kind === 'flag-states' ? answer.states[0] : undefined;
  if (!state) throw new Error('no state');
  return state;
}

const exactly = (percent: number) => ({ lo: percent, hi: percent });
const email = user('Email', 'textEndsWithAnyOf', '@example.com');
const patches = (running: Running) => running.writes().map(({ body }) => JSON.parse(body) as unknown);

describe('a flag of ConfigCat', () => {
  it.each<[string, Partial<Formula>, { lo: number; hi: number }, string]>([
    // A default that is off is not yet a flag that is off.
    ['a rule before its default', { targetingRules: [rule(true, email)] }, { lo: 0, hi: 100 }, 'targeted-only'],
    [
      'users by name',
      { targetingRules: [rule(true, user('Identifier', 'isOneOf', 'a', 'b'))] },
      exactly(0),
      'targeted-only',
    ],
    ['nobody by an empty list', { targetingRules: [rule(true, user('Identifier', 'isOneOf'))] }, exactly(0), 'nobody'],
    [
      'a percentage of those that a rule is for',
      { targetingRules: [{ ...split(20), conditions: [email] }] },
      { lo: 0, hi: 20 },
      'targeted-only',
    ],
    [
      'a percentage of those who have what is hashed',
      { percentageEvaluationAttribute: 'Company', targetingRules: [split(40)] },
      { lo: 0, hi: 40 },
      'targeted-only',
    ],
    [
      'a percentage of all',
      { percentageEvaluationAttribute: 'Identifier', targetingRules: [split(40)] },
      exactly(40),
      'partial',
    ],
    ['what nobody knows where a value is missing', { defaultValue: {} }, { lo: 0, hi: 100 }, 'unknown'],
    [
      'what nobody knows where options are not all',
      { targetingRules: [{ ...split(40), percentageOptions: [{ percentage: 40, value: bool(false) }] }] },
      { lo: 0, hi: 60 },
      'unknown',
    ],
  ])('serves %s', async (_, more, exposure, reach) => {
    expect(await stateOf([formula(more)])).toMatchObject({ enabled: null, exposure, reach, whenOff: 'off' });
  });

  it('may depend on another, whose value may be known', async () => {
    const on = (comparator: string, prerequisiteSettingId = 18): Rule =>
      rule(true, {
        userCondition: null,
        segmentCondition: null,
        prerequisiteFlagCondition: { prerequisiteSettingId, comparator, prerequisiteComparisonValue: bool(true) },
      });
    const other = (more: Partial<Formula>) => formula(more, { settingId: 18, key: 'base' });
    const depends = (comparator: string, more: Partial<Formula>) =>
      stateOf([formula({ targetingRules: [on(comparator)] }), other(more)]);
    expect(await depends('equals', { defaultValue: bool(true) })).toMatchObject({
      exposure: exactly(100),
      targeting: { prerequisites: [{ flag: 'base', met: true }] },
    });
    expect(await depends('doesNotEqual', { defaultValue: bool(true) })).toMatchObject({ exposure: exactly(0) });
    expect(await depends('equals', { targetingRules: [split(50)] })).toMatchObject({
      exposure: { lo: 0, hi: 100 },
      targeting: { prerequisites: [{ met: null }] },
    });
    expect(await depends('resembles', { defaultValue: bool(true) })).toMatchObject({ exposure: { lo: 0, hi: 100 } });
    expect(await stateOf([formula({ targetingRules: [on('equals', 17)] })])).toMatchObject({
      exposure: { lo: 0, hi: 100 },
    });
  });

  it('names segments and time, its last change, and what this credential may do', async () => {
    const segment = { segmentCondition: { segmentId: 's-1', comparator: 'isIn' }, userCondition: null };
    const state = await stateOf([formula({ targetingRules: [rule(true, segment, user('Now', 'dateTimeAfter'))] })]);
    expect(state).toMatchObject({
      targeting: { segments: ['s-1'], timeDependent: true, rules: 1 },
      changed: { at: '2026-11-20T10:00:00.000Z', by: 'Robin', scope: 'environment' },
      version: '3fa85f64-0001',
      kill: { possible: true, scope: 'environment' },
    });
    const { server, running } = await start(formula());
    server.data.readOnly = true;
    expect(await stateIn(running)).toMatchObject({ kill: { possible: false, blockedBy: 'permission' } });
    server.data = { ...server.data, readOnly: false, approveRequired: true };
    expect(await stateIn(running)).toMatchObject({ kill: { possible: false, blockedBy: 'approval' } });
    server.data.canBypassApproval = true;
    expect(await stateIn(running)).toMatchObject({ kill: { possible: true } });
  });

  it('is found by a pattern in one request', async () => {
    const { running } = await start(
      formula(),
      formula({}, { settingId: 2, key: 'release-1' }),
      formula({}, { settingId: 3, key: 'release-2' }),
    );
    const question = { family: 'flags', ask: 'states', of: { match: 'release-*' }, meaning } as const;
    expect(await running.source.flags?.(question, AbortSignal.timeout(5000))).toMatchObject({ seen: 2 });
    expect(running.received).toHaveLength(1);
  });

  it('is not believed of another environment', async () => {
    const { server, running } = await start(formula());
    const respond = server.respond.bind(server);
    server.respond = (request) => ({
      body: { ...(respond(request).body as object), environment: { environmentId: 'e-2' } },
    });
    expect(await stateIn(running)).toBe('bad-answer');
    server.respond = () => ({ status: 404, body: '' });
    expect(await stateIn(running)).toBe('not-found');
  });
});

describe('a change of a flag of ConfigCat', () => {
  it('takes the new code out of the rules too, and puts all of it back', async () => {
    const rules = [
      rule(true, email),
      { ...split(30), conditions: [email] },
      rule(false, user('Country', 'isOneOf', 'XX')),
    ];
    const { server, running } = await start(formula({ defaultValue: bool(true), targetingRules: rules }));
    const killed = await change(running, { to: 'off' });
    expect(killed).toMatchObject({ outcome: 'changed', after: { reach: 'nobody' } });
    expect(patches(running)).toEqual([
      ['/defaultValue', '/targetingRules/0/value', '/targetingRules/1/percentageOptions/0/value'].map((path) => ({
        op: 'replace',
        path,
        value: { boolValue: false },
      })),
    ]);
    if (!killed.before) throw new Error('nothing was read');
    await change(running, { to: 'restore', was: killed.before, undo: JSON.parse(JSON.stringify(killed.undo)) });
    running.assertNoComplaint();
    expect(server.data.formulas[0]).toMatchObject({ defaultValue: bool(true), targetingRules: rules });
  });

  it('is not undone on rules that are others now', async () => {
    const { server, running } = await start(formula({ targetingRules: [rule(true, email)] }));
    const killed = await change(running, { to: 'off' });
    const [first] = server.data.formulas;
    if (first) first.targetingRules = [];
    if (!killed.before) throw new Error('nothing was read');
    const done = await change(running, { to: 'restore', was: killed.before, undo: killed.undo });
    expect(done).toMatchObject({ outcome: 'refused', code: 'too-complex' });
  });

  it('serves a value that is off, with the variation that it belongs to', async () => {
    const texts = (stringValue: string, predefinedVariationId: string) => ({ stringValue, predefinedVariationId });
    const predefinedVariations = ['v1', 'v2'].map((name, i) => ({
      predefinedVariationId: `p${i}`,
      name,
      value: { stringValue: name },
    }));
    const text = formula({ defaultValue: texts('v2', 'p1') }, { settingType: 'string', predefinedVariations });
    const as: Meaning = { on: ['v2'], off: ['v1'] };
    expect(await stateOf([text], as)).toMatchObject({ exposure: exactly(100), whenOff: 'off' });
    const { running } = await start(text);
    // `meaning` of the harness knows neither: there is no value that is off.
    expect(await change(running, { to: 'off' })).toMatchObject({ outcome: 'refused', code: 'too-complex' });
    const draft = await running.source.control?.off(theFlag, { meaning: as, note: 'n' }, AbortSignal.timeout(5000));
    await draft?.send?.(AbortSignal.timeout(5000));
    expect(patches(running)).toEqual([[{ op: 'replace', path: '/defaultValue', value: texts('v1', 'p0') }]]);
  });

  it('is a rollout by one rule for all, with a default that is off', async () => {
    const { running } = await start(formula({ defaultValue: bool(true) }));
    expect(await change(running, { to: 'rollout', percent: 5 })).toMatchObject({ outcome: 'changed' });
    expect(await change(running, { to: 'rollout', percent: 6.5 })).toMatchObject({ outcome: 'refused' });
    const { running: ruled } = await start(formula({ targetingRules: [rule(true, email), split(5)] }));
    expect(await change(ruled, { to: 'rollout', percent: 6 })).toMatchObject({
      outcome: 'refused',
      code: 'too-complex',
    });
    expect(ruled.writes()).toEqual([]);
  });

  it('passes by an approval only where this credential may', async () => {
    const { server, running } = await start(formula({ defaultValue: bool(true) }));
    server.data = { ...server.data, approveRequired: true, canBypassApproval: true };
    expect(await change(running, { to: 'off' })).toMatchObject({ outcome: 'changed' });
    running.assertNoComplaint();
    const url = new URL(running.writes()[0]?.path ?? '', 'http://x');
    expect(url.searchParams.get('bypassApproval')).toBe('true');
  });
});
