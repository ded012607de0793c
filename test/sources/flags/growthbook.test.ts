import { describe, expect, it } from 'vitest';
import type { FlagState } from '../../../src/record/flags.js';
import type { Meaning } from '../../../src/sources/flags/meaning.js';
import { type Feature, feature, force, GrowthBookServer, providers, rollout } from '../../flags/growthbook.provider.js';
import { change, meaning, type Running, run, stateIn, theFlag } from '../../flags/harness.js';

const [provider] = providers;
if (!provider) throw new Error('no provider');
const found = provider;

async function start(more: Partial<Feature> = {}) {
  const server = new GrowthBookServer('on');
  server.data = [feature(more)];
  return { server, running: await run(found, server) };
}
async function read(running: Running, as: Meaning = meaning): Promise<FlagState> {
  const question = { family: 'flags', ask: 'states', of: { flag: theFlag }, meaning: as } as const;
  const answer = await running.source.flags?.(question, AbortSignal.timeout(5000));
  running.assertNoComplaint();
  const state = answer?.kind === 'flag-states' ? answer.states[0] : undefined;
  if (!state) throw new Error('no state');
  return state;
}
const stateOf = async (more: Partial<Feature>, as: Meaning = meaning) => await read((await start(more)).running, as);
async function listed({ source, assertNoComplaint }: Running, match: string) {
  const question = { family: 'flags', ask: 'states', of: { match }, meaning } as const;
  const answer = await source.flags?.(question, AbortSignal.timeout(5000)).catch((error: unknown) => error);
  assertNoComplaint();
  return answer;
}

const exactly = (percent: number) => ({ lo: percent, hi: percent });
const whole = { lo: 0, hi: 100 };
const beta = { condition: '{"plan":"beta"}' };

describe('a feature of GrowthBook', () => {
  it.each<[string, Partial<Feature>, { lo: number; hi: number }, string]>([
    ['its default without a rule', { rules: [] }, exactly(0), 'nobody'],
    ['a condition that is empty', { rules: [force('true', { condition: '{}' })] }, exactly(100), 'everyone'],
    ['a condition', { rules: [force('true', beta)] }, whole, 'targeted-only'],
    ['a forced value for a part', { rules: [force('true', { coverage: 0.1 })] }, exactly(10), 'partial'],
    ['a part of those that a rule is for', { rules: [rollout('true', 0.2, beta)] }, { lo: 0, hi: 20 }, 'targeted-only'],
    [
      'a rollout behind another',
      { rules: [rollout('false', 0.1), rollout('true', 0.3)] },
      { lo: 20, hi: 30 },
      'partial',
    ],
    [
      'two rollouts that hash apart',
      { rules: [rollout('true', 0.3), rollout('true', 0.3, { seed: 'x' })] },
      { lo: 30, hi: 60 },
      'partial',
    ],
    ['a rule that is disabled to nobody', { rules: [force('true', { enabled: false })] }, exactly(0), 'nobody'],
    [
      'a rule of another environment to nobody',
      { rules: [force('true', { allEnvironments: false, environments: ['dev'] })] },
      exactly(0),
      'nobody',
    ],
    [
      'a rule of this environment',
      { rules: [force('true', { allEnvironments: false, environments: ['production'] })] },
      exactly(100),
      'everyone',
    ],
    [
      'saved groups',
      { rules: [force('true', { savedGroupTargeting: [{ matchType: 'all', savedGroups: ['g1'] }] })] },
      whole,
      'targeted-only',
    ],
    [
      'a rule with a schedule',
      { rules: [force('true', { scheduleRules: [{ timestamp: null, enabled: true }] })] },
      whole,
      'targeted-only',
    ],
    [
      'an experiment',
      { rules: [{ ...force('x'), type: 'experiment-ref', variations: [], experimentId: 'e' }] },
      whole,
      'targeted-only',
    ],
    ['what a rule of tomorrow does', { rules: [{ ...force('true'), type: 'quantum' }] }, whole, 'targeted-only'],
    ['what depends on others', { prerequisites: ['base'] }, whole, 'partial'],
    ['what a holdout keeps from some', { holdout: { id: 'h', value: 'false' } }, whole, 'partial'],
    [
      'a rule of one project, which shadows another for its applications alone',
      { rules: [force('false', { allProjects: false, projects: ['p1'] }), force('true')] },
      whole,
      'partial',
    ],
    ['a value that is merged into the default', { rules: [force('true', { sparse: true })] }, whole, 'unknown'],
    [
      'a default that is on to whom a rollout cannot hash',
      { defaultValue: 'true', environments: { production: { enabled: true } }, rules: [rollout('false', 1)] },
      whole,
      'partial',
    ],
    [
      'a rollout without its coverage',
      { rules: [{ ...rollout('true', 1), coverage: undefined }] },
      whole,
      'targeted-only',
    ],
    ['more than all', { rules: [rollout('true', 1.5)] }, whole, 'unknown'],
    ['a default that is a config', { rules: [], defaultValueConfig: 'c' }, whole, 'unknown'],
    ['a value that is none', { rules: [force('yes')] }, whole, 'unknown'],
    ['what a config says', { valueType: 'json', baseConfig: 'c' }, whole, 'unknown'],
    [
      'the default of the environment first',
      { rules: [], environments: { production: { enabled: true, defaultValue: 'true' } } },
      exactly(100),
      'everyone',
    ],
  ])('serves %s', async (_, more, exposure, reach) => {
    expect(await stateOf(more)).toMatchObject({ exposure, reach });
  });

  it('has no value where it is off: off for a switch, the default of the code for others', async () => {
    const environments = { production: { enabled: false } };
    expect(await stateOf({ environments, rules: [force('true')] })).toMatchObject({ whenOff: 'off', reach: 'nobody' });
    // It may be the default that is served, says the reference; then it would be on.
    expect(await stateOf({ environments, defaultValue: 'true' })).toMatchObject({
      whenOff: 'unknown',
      reach: 'unknown',
    });
    const text: Partial<Feature> = { environments, valueType: 'string', defaultValue: 'v1', rules: [force('v2')] };
    const as: Meaning = { on: ['v2'], off: ['v1'] };
    expect(await stateOf(text, as)).toMatchObject({ whenOff: 'code-default', reach: 'unknown' });
    expect(await stateOf(text, { ...as, codeDefault: 'off' })).toMatchObject({ whenOff: 'off', reach: 'nobody' });
  });

  it('says who changed and owns it, and what moves it', async () => {
    expect(await stateOf({ rules: [rollout('true', 0.1, { rampScheduleId: 'r1' })] })).toMatchObject({
      changed: { at: '2026-11-20T10:00:00.000Z', by: 'robin@example.com', scope: 'flag' },
      owner: 'robin@example.com',
      version: '7',
      targeting: { managedBy: 'a ramp schedule' },
    });
    expect(await stateOf({ rules: [{ ...force('x'), type: 'safe-rollout' }] })).toMatchObject({
      targeting: { managedBy: 'a safe rollout' },
    });
    expect(
      await stateOf({ rules: [force('true', { savedGroupTargeting: [{ savedGroups: ['g1', 'g2'] }] })] }),
    ).toMatchObject({
      targeting: { segments: ['g1, g2'] },
    });
  });

  it('is as old as its last update, whenever the draft of it was begun', async () => {
    const revision = { ...feature().revision, date: '2026-01-01T00:00:00.000Z' };
    expect(await stateOf({ revision })).toMatchObject({ changed: { at: '2026-11-20T10:00:00.000Z' } });
  });

  it('is only missing where others are to be seen', async () => {
    const { server, running } = await start({ id: 'another' });
    expect(await stateIn(running)).toMatchObject({ exists: false });
    // A key that may not read the project, and a project that is none, get an empty list.
    server.data = [];
    expect(await stateIn(running)).toBe('not-found');
    expect(await listed(running, '*')).toMatchObject({ code: 'not-found' });
    server.respond = () => ({ status: 400, body: { message: 'Request params: [id] too long' } });
    expect(await stateIn(running)).toBe('bad-query');
  });

  it('is in every environment, so one that it is not in is none', async () => {
    const { running } = await start({ environments: { dev: { enabled: false } } });
    expect(await stateIn(running)).toBe('not-found');
    expect(await listed(running, '*')).toMatchObject({ message: expect.stringContaining('it has dev') });
  });

  it('is not believed from an address that is not the API, or of another feature', async () => {
    const { server, running } = await start();
    server.respond = () => ({ status: 404, body: 'no' });
    expect(await stateIn(running)).toBe('not-found');
    server.respond = () => ({ body: { feature: feature({ id: 'another' }) } });
    expect(await stateIn(running)).toBe('bad-answer');
  });

  it('is found by a pattern on the last page, and a list that stops short is none', async () => {
    const { server, running } = await start();
    for (let i = 0; i < 230; i++) server.data.push(feature({ id: i === 229 ? 'release-last' : `other-${i}` }));
    expect(await listed(running, 'release-*')).toMatchObject({ seen: 1, states: [{ key: 'release-last' }] });
    const respond = server.respond.bind(server);
    server.respond = (request) => {
      const answer = respond(request);
      return request.path.includes('offset=100') ? { body: { ...(answer.body as object), features: [] } } : answer;
    };
    expect(await listed(running, 'release-*')).toMatchObject({ code: 'bad-answer' });
    // A page that shifted: one feature twice, and another not at all.
    server.respond = (request) => {
      const answer = respond(request);
      const { features } = answer.body as { features: unknown[] };
      const shifted = { ...(answer.body as object), features: [server.data[99], ...features.slice(1)] };
      return request.path.includes('offset=100') ? { body: shifted } : answer;
    };
    expect(await listed(running, 'release-*')).toMatchObject({ code: 'bad-answer' });
  });
});

describe('a change of a feature of GrowthBook', () => {
  it('touches one environment alone, with its reason', async () => {
    const { server, running } = await start();
    expect(await change(running, { to: 'off' })).toMatchObject({ outcome: 'changed' });
    expect(JSON.parse(running.writes()[0]?.body ?? '')).toEqual({
      reason: 'Signalbox: checkout 1.2.3 stopped',
      environments: { production: false },
    });
    expect(server.data[0]?.environments.dev).toMatchObject({ enabled: true });
  });

  it.each<[number, object, string, string]>([
    [
      422,
      { gates: [{ type: 'approval-required', resolution: { action: 'Request a review' } }] },
      'approval',
      'Request a review',
    ],
    [422, { message: 'invalid' }, 'refused', 'by hand'],
    [403, { message: 'This environment requires approval' }, 'approval', 'bypass'],
    [403, { message: 'no' }, 'permission', 'publish'],
    [409, { message: 'changed while this was being applied' }, 'changed-in-between', 'again'],
  ])('is refused with %i %j, and says what to do', async (status, body, code, next) => {
    const { server, running } = await start();
    const respond = server.respond.bind(server);
    server.respond = (request) => (request.method === 'POST' ? { status, body } : respond(request));
    const done = await change(running, { to: 'off' });
    expect(done).toMatchObject({ outcome: 'refused', code });
    expect(done.next).toContain(next);
  });
});
