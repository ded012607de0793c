/** A real Unleash server: what it says of flags, and what becomes of them when they are switched off, rolled out and put back. */
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeFlag, readState, type Wanted } from '../../src/reactions/flags/change.js';
import type { FlagChange, FlagState } from '../../src/record/flags.js';
import { unleashSource } from '../../src/sources/flags/unleash/index.js';
import { type AnySource, NotMeasured } from '../../src/sources/source.js';
import { systemClock } from '../../src/train/clock.js';
import { sourceContext } from '../support/context.js';
import { meaning } from '../support/flags.js';
import { startUnleash, type Unleash } from './support/unleash.js';

let unleash: Unleash;
let source: AnySource;

const open = (change: Readonly<Record<string, unknown>> = {}): AnySource =>
  unleashSource.open(
    v.parse(unleashSource.schema, { url: unleash.url, environment: 'production', token: unleash.token, ...change }),
    sourceContext(),
  );

beforeAll(async () => {
  unleash = await startUnleash();
  source = open();
});
afterAll(async () => unleash.stop());

const signal = () => AbortSignal.timeout(10_000);
const state = (flag: string, from = source): Promise<FlagState> => readState(from, flag, meaning, signal());
const change = (flag: string, wanted: Wanted): Promise<FlagChange> =>
  changeFlag({
    sourceName: 'flags',
    source,
    flag,
    wanted,
    meaning,
    note: 'a test',
    verifyMs: 5000,
    clock: systemClock,
    signal: signal(),
  });

const production = (flag: string): string => `projects/default/features/${flag}/environments/production`;

describe('a real Unleash says of a flag', () => {
  it('that it is off, who owns it, when it was changed and by whom', async () => {
    await unleash.create('dark', { rollout: 100 });
    expect(await state('dark')).toMatchObject({
      exists: true,
      configured: true,
      archived: false,
      enabled: false,
      kind: 'boolean',
      exposure: { lo: 0, hi: 0 },
      reach: 'nobody',
      whenOff: 'off',
      serves: { variant: 'disabled', value: false },
      changed: { by: expect.any(String) as unknown, scope: 'environment' },
      evaluatedAt: null,
      stale: false,
      temporary: true,
      owner: expect.any(String) as unknown,
      version: expect.stringMatching(/^\d+$/) as unknown,
      kill: { possible: true, scope: 'environment' },
      link: `${unleash.url}/projects/default/features/dark`,
    });
  });

  it.each([
    [5, 'partial'],
    [100, 'everyone'],
    [0, 'nobody'],
  ] as const)('that it is rolled out to %i percent', async (percent, reach) => {
    const flag = `at-${percent}`;
    await unleash.create(flag, { rollout: percent, on: true });
    expect(await state(flag)).toMatchObject({ enabled: true, exposure: { lo: percent, hi: percent }, reach });
  });

  it('that several strategies are enough each: nested where they hash alike, else within bounds', async () => {
    await unleash.create('alike', { rollout: 10, on: true });
    const parameters = { rollout: '25', stickiness: 'default', groupId: 'alike' };
    await unleash.admin('POST', `${production('alike')}/strategies`, { name: 'flexibleRollout', parameters });
    expect((await state('alike')).exposure).toEqual({ lo: 25, hi: 25 });
    await unleash.create('apart', { rollout: 10, on: true });
    await unleash.admin('POST', `${production('apart')}/strategies`, { name: 'flexibleRollout', parameters });
    expect((await state('apart')).exposure).toEqual({ lo: 25, hi: 35 });
  });

  it('that conditions decide, and segments by name', async () => {
    await unleash.create('rules');
    const segment = { name: 'beta', constraints: [{ contextName: 'plan', operator: 'IN', values: ['beta'] }] };
    const { id } = (await unleash.admin('POST', 'segments', segment)) as { id: number };
    await unleash.admin('POST', `${production('rules')}/strategies`, {
      name: 'flexibleRollout',
      parameters: { rollout: '30', stickiness: 'default', groupId: 'rules' },
      segments: [id],
    });
    await unleash.admin('POST', `${production('rules')}/on`);
    expect(await state('rules')).toMatchObject({
      exposure: { lo: 0, hi: 30 },
      reach: 'targeted-only',
      targeting: { segments: ['beta'] },
    });
    await unleash.create('some');
    await unleash.admin('POST', `${production('some')}/strategies`, {
      name: 'flexibleRollout',
      parameters: { rollout: '100', stickiness: 'default', groupId: 'some' },
      constraints: [{ contextName: 'userId', operator: 'IN', values: ['ana', 'ben'] }],
    });
    await unleash.admin('POST', `${production('some')}/on`);
    expect(await state('some')).toMatchObject({
      exposure: { lo: 0, hi: 0 },
      reach: 'targeted-only',
      targeting: { individuals: 2 },
    });
  });

  it('that a parent decides', async () => {
    await unleash.create('parent', { rollout: 100 });
    await unleash.create('child', { rollout: 100, on: true });
    await unleash.admin('POST', 'projects/default/features/child/dependencies', { feature: 'parent' });
    expect(await state('child')).toMatchObject({
      reach: 'nobody',
      targeting: { prerequisites: [{ flag: 'parent', met: false }] },
    });
    await unleash.admin('POST', `${production('parent')}/on`);
    expect(await state('child')).toMatchObject({
      reach: 'everyone',
      targeting: { prerequisites: [{ flag: 'parent', met: true }] },
    });
  });

  it('that it serves variants', async () => {
    await unleash.create('variants');
    const variant = (name: string) => ({ name, weight: 500, weightType: 'variable', stickiness: 'default' });
    await unleash.admin('POST', `${production('variants')}/strategies`, {
      name: 'flexibleRollout',
      parameters: { rollout: '100', stickiness: 'default', groupId: 'variants' },
      variants: [variant('blue'), variant('green')],
    });
    await unleash.admin('POST', `${production('variants')}/on`);
    expect(await state('variants')).toMatchObject({ kind: 'multivariate', reach: 'everyone', serves: null });
    const only = { on: ['blue'], off: ['green', 'disabled', false] };
    expect((await readState(source, 'variants', only, signal())).exposure).toEqual({ lo: 50, hi: 50 });
  });

  it('that it is stale', async () => {
    await unleash.create('old', { rollout: 100, type: 'kill-switch' });
    await unleash.admin('PATCH', 'projects/default/features/old', [{ op: 'replace', path: '/stale', value: true }]);
    expect(await state('old')).toMatchObject({ stale: true, temporary: false });
  });

  it('that it is archived, or not there: the server gives both the same 404', async () => {
    await unleash.create('gone', { rollout: 100 });
    await unleash.admin('DELETE', 'projects/default/features/gone');
    expect(await state('gone')).toMatchObject({ exists: true, archived: true, kill: { possible: false } });
    expect(await state('gon')).toMatchObject({ exists: false });
    expect(await change('gone', { to: 'off' })).toMatchObject({ outcome: 'refused', code: 'archived' });
    expect(await change('gon', { to: 'off' })).toMatchObject({ outcome: 'refused', code: 'unknown-flag' });
  });

  it.each([
    ['a wrong token', { token: '*:*.nobody' }, 'unauthorized'],
    ['another project', { project: 'nope' }, 'not-found'],
    ['another environment', { environment: 'prod' }, 'not-found'],
  ])('nothing with %s', async (_, config, code) => {
    const error: unknown = await state('dark', open(config)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NotMeasured);
    expect((error as NotMeasured).code).toBe(code);
    expect((error as NotMeasured).message).not.toContain('nobody');
  });

  it('by a pattern of names, all pages of them', async () => {
    await Promise.all(Array.from({ length: 9 }, (_, i) => unleash.create(`wave-${i}`, { rollout: 100 })));
    const answer = await source.flags?.({ family: 'flags', ask: 'states', of: { match: 'wave-*' }, meaning }, signal());
    expect(answer).toMatchObject({ kind: 'flag-states', seen: 9, partial: false });
  });
});

describe('on a real Unleash a flag', () => {
  it('is switched off and put back, exactly', async () => {
    await unleash.create('kill', { rollout: 25, on: true });
    const was = await unleash.production('kill');
    const killed = await change('kill', { to: 'off' });
    expect(killed).toMatchObject({
      outcome: 'changed',
      before: { exposure: { lo: 25, hi: 25 } },
      after: { reach: 'nobody' },
    });
    expect(await unleash.production('kill')).toEqual({ ...was, enabled: false });
    expect(await change('kill', { to: 'off' })).toMatchObject({ outcome: 'already' });
    if (!killed.before) throw new Error('not read');
    const restored = await change('kill', { to: 'restore', was: killed.before, undo: killed.undo });
    expect(restored).toMatchObject({ outcome: 'changed' });
    expect(await unleash.production('kill')).toEqual(was);
  });

  it.each([
    ['without a strategy', undefined],
    ['with a strategy', 100],
  ])('is rolled out step by step, %s, and nobody more gets it on the way', async (name, rollout) => {
    const flag = `ramp-${name.replaceAll(' ', '-')}`;
    await unleash.create(flag, rollout === undefined ? {} : { rollout });
    for (const percent of [1, 25, 100]) {
      const done = await change(flag, { to: 'rollout', percent });
      expect(done).toMatchObject({ outcome: 'changed', after: { exposure: { lo: percent, hi: percent } } });
      const { enabled, strategies } = await unleash.production(flag);
      expect({ enabled, rollouts: strategies.map((s) => s.parameters.rollout) }).toEqual({
        enabled: true,
        rollouts: [String(percent)],
      });
    }
    expect(await change(flag, { to: 'off' })).toMatchObject({ outcome: 'changed' });
  });

  it('whose only strategy is disabled is rolled out without the second one that `on` adds', async () => {
    await unleash.create('trap');
    const parameters = { rollout: '5', stickiness: 'default', groupId: 'trap' };
    const strategy = { name: 'flexibleRollout', parameters, disabled: true };
    await unleash.admin('POST', `${production('trap')}/strategies`, strategy);
    const done = await change('trap', { to: 'rollout', percent: 5 });
    expect(done).toMatchObject({ outcome: 'changed', after: { exposure: { lo: 5, hi: 5 } } });
    expect((await unleash.production('trap')).strategies).toHaveLength(1);
    if (!done.before) throw new Error('not read');
    const back = await change('trap', { to: 'restore', was: done.before, undo: done.undo });
    expect(back).toMatchObject({ outcome: 'changed', after: { reach: 'nobody' } });
    expect(await unleash.production('trap')).toMatchObject({ enabled: false, strategies: [{ disabled: true }] });
  });

  it('is not rolled out over rules, nor in parts of a percent, which the server would take and not mean', async () => {
    expect(await change('rules', { to: 'rollout', percent: 50 })).toMatchObject({
      outcome: 'refused',
      code: 'too-complex',
    });
    expect(await change('dark', { to: 'rollout', percent: 0.5 })).toMatchObject({
      outcome: 'refused',
      code: 'too-complex',
    });
    expect((await unleash.production('dark')).enabled).toBe(false);
  });
});
