import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { FlagStates } from '../../../src/record/evidence.js';
import type { FlagState } from '../../../src/record/flags.js';
import { schema } from '../../../src/sources/flags/aws-appconfig/client.js';
import { audienceOf, splitOf } from '../../../src/sources/flags/aws-appconfig/rule.js';
import { AppConfigServer, content, type Deployment, providers } from '../../flags/aws-appconfig.provider.js';
import type { Situation } from '../../flags/harness.js';
import { change, meaning, type Running, run, stateIn, theFlag } from '../../flags/harness.js';

const [provider] = providers;
if (!provider) throw new Error('no provider');

async function start(situation: Situation, prepare: (server: AppConfigServer) => void = () => {}) {
  const server = new AppConfigServer(situation);
  prepare(server);
  const running = await run(provider as NonNullable<typeof provider>, server);
  return { server, running };
}
async function stateOf(situation: Situation, prepare?: (server: AppConfigServer) => void): Promise<FlagState> {
  const { running } = await start(situation, prepare);
  const state = await stateIn(running);
  running.assertNoComplaint();
  if (typeof state === 'string') throw new Error(`not measured: ${state}`);
  return state;
}
async function statesOf({ source, assertNoComplaint }: Running, match: string): Promise<Omit<FlagStates, 'source'>> {
  const question = { family: 'flags', ask: 'states', of: { match }, meaning } as const;
  const answer = await source.flags?.(question, AbortSignal.timeout(5000));
  assertNoComplaint();
  if (answer?.kind !== 'flag-states') throw new Error('no states');
  return answer;
}

const exactly = (percent: number) => ({ lo: percent, hi: percent });
const valued = (value: string) => (server: AppConfigServer) => {
  server.data.versions[1] = content(value);
};
const variants = (...all: object[]) => valued(JSON.stringify({ _variants: all }));
const last = { name: 'default', enabled: false };

describe('what is deployed', () => {
  it('counts, and not the newest version', async () => {
    const { running } = await start('off');
    const answer = await statesOf(running, '*');
    expect(answer.states.map((s) => [s.key, s.exposure.hi])).toEqual([
      [theFlag, 0],
      ['other', 100],
    ]);
    expect(answer.notes).toEqual(['version 3 is newer than what is deployed (2)']);
    expect(await stateIn(running)).toMatchObject({
      version: '2/2',
      enabled: false,
      whenOff: 'off',
      changed: { at: '2026-11-20T11:02:00.000Z', by: null, scope: 'file' },
      kill: { possible: null, scope: 'environment' },
      targeting: { managedBy: null },
    });
  });

  it('is not what was rolled back or reverted', async () => {
    const add = (more: Partial<Deployment>) => (server: AppConfigServer) => {
      server.data.versions[2] = content('{ "enabled": false }');
      server.data.deployments.push({ number: 5, version: '3', state: 'COMPLETE', percent: 100, ...more });
    };
    expect(await stateOf('on', add({}))).toMatchObject({ reach: 'nobody', version: '5/3' });
    for (const state of ['ROLLED_BACK', 'REVERTED']) {
      expect(await stateOf('on', add({ state }))).toMatchObject({ reach: 'everyone', version: '2/2' });
    }
  });

  it('is found on later pages, among the deployments of others', async () => {
    const { running } = await start('on', (server) => {
      for (let number = 5; number < 20; number += 1) {
        server.data.deployments.push({ number, version: '1', state: 'COMPLETE', percent: 100, profile: 'twin123' });
      }
    });
    expect(await stateIn(running)).toMatchObject({ reach: 'everyone', version: '2/2' });
    running.assertNoComplaint();
  });

  it.each([
    ['on', '{ "enabled": false }', { state: 'DEPLOYING', percent: 20 }, { lo: 80, hi: 100 }, 'unknown'],
    ['off', '{ "enabled": true }', { state: 'DEPLOYING', percent: 20 }, { lo: 0, hi: 20 }, 'unknown'],
    ['off', '{ "enabled": true }', { state: 'VALIDATING', percent: 0 }, exactly(0), 'unknown'],
    ['off', '{ "enabled": false }', { state: 'DEPLOYING', percent: 20 }, exactly(0), 'nobody'],
    ['on', '{ "enabled": true }', { state: 'DEPLOYING', percent: 20 }, exactly(100), 'everyone'],
    ['off', '{ "enabled": true }', { state: 'ROLLING_BACK', percent: 20 }, { lo: 0, hi: 100 }, 'unknown'],
    ['off', '{ "enabled": true }', { state: 'BAKING', percent: 100 }, exactly(100), 'everyone'],
    ['on', '{ "enabled": false }', { state: 'BAKING', percent: 100 }, exactly(0), 'nobody'],
    ['off', undefined, { state: 'DEPLOYING', percent: 50 }, { lo: 0, hi: 50 }, 'unknown'],
  ] as const)('while it is %s, with %s under way as %j', async (situation, value, deployment, exposure, reach) => {
    const state = await stateOf(situation, (server) => {
      server.data.versions[2] = content(value);
      server.data.deployments.push({ number: 5, version: '3', ...deployment });
    });
    expect(state).toMatchObject({
      exists: true,
      exposure,
      reach,
      targeting: { managedBy: 'a deployment' },
      kill: { possible: false, blockedBy: 'managed' },
    });
  });

  it('of a flag that is defined and has no value is not known', async () => {
    const state = await stateOf('on', (server) => {
      server.data.versions[1] = `{"version":"1","flags":{"${theFlag}":{"name":"x","_deprecation":{"status":"planned"}}},"values":{}}`;
    });
    expect(state).toMatchObject({
      exists: true,
      enabled: null,
      exposure: { lo: 0, hi: 100 },
      reach: 'unknown',
      deprecated: true,
    });
    expect(await stateOf('on', valued('{ "limit": 3 }'))).toMatchObject({
      enabled: null,
      exposure: { lo: 0, hi: 100 },
    });
  });

  it.each([
    [
      'another profile',
      '/configurationprofiles/',
      { Id: 'other12', Name: 'x', LocationUri: 'hosted', Type: 'AWS.AppConfig.FeatureFlags' },
      'bad-answer',
    ],
    [
      'a freeform profile',
      '/configurationprofiles/',
      { Id: 'prof123', Name: 'x', LocationUri: 'hosted', Type: 'AWS.Freeform' },
      'bad-query',
    ],
    [
      'a profile elsewhere',
      '/configurationprofiles/',
      { Id: 'prof123', Name: 'x', LocationUri: 's3://x', Type: 'AWS.AppConfig.FeatureFlags' },
      'bad-query',
    ],
    [
      'another deployment',
      '/deployments/2',
      { DeploymentNumber: 7, ConfigurationVersion: '2', State: 'COMPLETE', ConfigurationProfileId: 'prof123' },
      'bad-answer',
    ],
    [
      'a state that nobody knows',
      '/deployments/2',
      { DeploymentNumber: 2, ConfigurationVersion: '2', State: 'DONE', ConfigurationProfileId: 'prof123' },
      'bad-answer',
    ],
    [
      'a label for a version',
      '/deployments/2',
      { DeploymentNumber: 2, ConfigurationVersion: '../3', State: 'COMPLETE', ConfigurationProfileId: 'prof123' },
      'bad-answer',
    ],
    ['another format', '/hostedconfigurationversions/2', { version: '2', flags: {}, values: {} }, 'bad-answer'],
    ['no flags at all', '/hostedconfigurationversions/2', {}, 'bad-answer'],
    ['a list that never ends', '/deployments?', { Items: [], NextToken: '2' }, 'bad-answer'],
  ])('is not known from %s', async (_, at, body, code) => {
    const server = new AppConfigServer('off');
    const running = await run(provider, server, (request, respond) => {
      const isProfile = at === '/configurationprofiles/' && request.path.endsWith('/configurationprofiles/prof123');
      return isProfile || (at !== '/configurationprofiles/' && request.path.includes(at)) ? { body } : respond();
    });
    expect(await stateIn(running)).toBe(code);
  });

  it('is not known where the environment is none, whose absence is no missing flag', async () => {
    const running = await run(provider, new AppConfigServer('off'), (request, respond) =>
      request.path.includes('/deployments')
        ? { status: 404, headers: { 'x-amzn-errortype': 'ResourceNotFoundException' }, body: { Message: 'no' } }
        : respond(),
    );
    expect(await stateIn(running)).toBe('not-found');
  });
});

describe('variants', () => {
  const half = (percent: number, more = '') => `(split by::$userId pct::${percent}${more})`;
  it.each([
    ['one split', [{ name: 'a', enabled: true, rule: half(25) }, last], { lo: 0, hi: 25 }, 'partial'],
    [
      'splits that hash alike',
      [{ name: 'a', enabled: false, rule: half(20) }, { name: 'b', enabled: true, rule: half(25) }, last],
      { lo: 0, hi: 5 },
      'partial',
    ],
    [
      'splits that hash apart',
      [{ name: 'a', enabled: true, rule: half(20) }, { name: 'b', enabled: true, rule: half(20, ' seed::"x"') }, last],
      { lo: 0, hi: 40 },
      'partial',
    ],
    [
      'a split whose default is on',
      [
        { name: 'a', enabled: false, rule: half(20) },
        { name: 'd', enabled: true },
      ],
      { lo: 80, hi: 100 },
      'partial',
    ],
    ['a rule', [{ name: 'a', enabled: true, rule: '(eq $plan "beta")' }, last], { lo: 0, hi: 100 }, 'targeted-only'],
    [
      'a rule for all',
      [{ name: 'a', enabled: true, rule: '(or true (eq $plan "beta"))' }, last],
      exactly(100),
      'everyone',
    ],
    [
      'a rule and a split',
      [{ name: 'a', enabled: true, rule: `(and (eq $plan "beta") ${half(10)})` }, last],
      { lo: 0, hi: 10 },
      'targeted-only',
    ],
    ['no default', [{ name: 'a', enabled: false, rule: half(20) }], { lo: 0, hi: 100 }, 'unknown'],
    ['only a default', [{ name: 'd', enabled: true }], exactly(100), 'everyone'],
    ['a variant without a switch', [{ name: 'd' }], { lo: 0, hi: 100 }, 'unknown'],
    [
      'two of one name',
      [
        { name: 'x', enabled: true, rule: half(1) },
        { name: 'x', enabled: false },
      ],
      { lo: 0, hi: 100 },
      'unknown',
    ],
  ])('with %s', async (_, all, exposure, reach) => {
    const state = await stateOf('on', variants(...all));
    expect(state).toMatchObject({ enabled: null, exposure, reach, whenOff: 'off', kind: 'boolean' });
  });

  it('with attributes are more than on and off', async () => {
    const state = await stateOf('on', variants({ name: 'd', enabled: true, attributeValues: { limit: 3 } }));
    expect(state).toMatchObject({ kind: 'multivariate', serves: { variant: 'd', value: true } });
  });

  it.each([
    ['(split by::$userId pct::20)', { percent: 20, by: 'userId', hash: 'userId\n' }],
    ['( split pct::0.5 seed::"a (b)" by::$user.id )', { percent: 0.5, by: 'user.id', hash: 'user.id\n"a (b)"' }],
    ['(split by::$userId pct::120)', undefined],
    ['(split by::$userId pct::$share)', undefined],
    ['(split by::"x" pct::20)', undefined],
    ['(split by::$userId pct::20 salt::"x")', undefined],
    ['(split by::$userId pct::20) (eq $a 1)', undefined],
    ['(split by::$userId pct::20', undefined],
    ['(and (split by::$userId pct::20))', undefined],
    ['split', undefined],
    ['', undefined],
  ])('read the rule %s', (rule, split) => expect(splitOf(rule)).toEqual(split));

  it('whose rules are not understood are conditions', () => {
    for (const rule of ['', ')', '((', '(matches $x "a\\"b(")', '(not)', `${'('.repeat(500)}`, '(and)']) {
      expect(audienceOf(rule), rule).toMatchObject({ is: 'matching' });
    }
    expect(audienceOf('(not false)')).toEqual({ is: 'not', part: { is: 'nobody' } });
  });
});

describe('a kill', () => {
  it('writes what is deployed, byte for byte but for the switch, and not what somebody drafted', async () => {
    const { server, running } = await start('on');
    const [, was] = server.data.versions;
    expect(await change(running, { to: 'off' })).toMatchObject({ outcome: 'changed' });
    running.assertNoComplaint();
    expect(server.data.versions).toHaveLength(4);
    expect(server.data.versions[3]).toBe(
      was?.replace('"new-checkout": { "enabled": true }', '"new-checkout": { "enabled": false }'),
    );
    expect(server.data.versions[3]).toContain('12345678901234567890');
  });

  it('switches off every variant, and each comes back as it was', async () => {
    const all = [{ name: 'a', enabled: true, rule: '(split by::$u pct::25)' }, { name: 'b', rule: 'false' }, last];
    const { server, running } = await start('on', variants(...all));
    const [, was] = server.data.versions;
    const killed = await change(running, { to: 'off' });
    expect(killed).toMatchObject({ outcome: 'changed', after: { reach: 'nobody', exposure: exactly(0) } });
    const { before, undo } = killed;
    if (!before) throw new Error('nothing was read');
    const restored = await change(running, { to: 'restore', was: before, undo: JSON.parse(JSON.stringify(undo)) });
    running.assertNoComplaint();
    expect(restored).toMatchObject({ outcome: 'changed' });
    expect(server.data.versions.at(-1)).toBe(was);
  });

  it('is refused while a deployment is under way, and says how to stop it', async () => {
    const { running } = await start('on', (server) => {
      server.data.deployments.push({ number: 5, version: '2', state: 'DEPLOYING', percent: 40 });
    });
    const killed = await change(running, { to: 'off' });
    expect(killed).toMatchObject({ outcome: 'refused', code: 'managed' });
    expect(killed.next).toContain('stop-deployment --deployment-number 5');
    expect(running.writes()).toEqual([]);
  });

  it('is done while its deployment bakes, and not before it has come to all', async () => {
    const baking = await start('on', (server) => {
      server.started = { state: 'BAKING', percent: 100 };
    });
    expect(await change(baking.running, { to: 'off' })).toMatchObject({ outcome: 'changed' });
    const slow = await start('on', (server) => {
      server.started = { state: 'DEPLOYING', percent: 10 };
    });
    expect(await change(slow.running, { to: 'off' })).toMatchObject({
      outcome: 'not-verified',
      after: { reach: 'unknown' },
    });
  });

  it('deploys nothing when somebody else deployed in between', async () => {
    const server = new AppConfigServer('on');
    const running = await run(provider, server, (request, respond) => {
      const answer = respond();
      if (request.method === 'POST' && request.path.endsWith('/hostedconfigurationversions')) {
        server.data.deployments.push({ number: 5, version: '3', state: 'COMPLETE', percent: 100 });
      }
      return answer;
    });
    const killed = await change(running, { to: 'off' });
    expect(killed).toMatchObject({ outcome: 'refused', code: 'changed-in-between' });
    expect(killed.detail).toContain('version 4 is written, and not deployed');
    expect(running.writes().map(({ path }) => path.split('/').at(-1))).toEqual(['hostedconfigurationversions']);
  });

  it('is not put back over other variants, nor from the record of another provider', async () => {
    const { running } = await start('on', variants({ name: 'a', enabled: true }));
    const was = await stateIn(running);
    if (typeof was === 'string') throw new Error(was);
    const others = { enabled: null, variants: [{ name: 'b', enabled: true }] };
    expect(await change(running, { to: 'restore', was, undo: others })).toMatchObject({ code: 'too-complex' });
    expect(await change(running, { to: 'restore', was, undo: { enabled: true } })).toMatchObject({ code: 'refused' });
    expect(running.writes()).toEqual([]);
  });
});

it('the config takes ids, one way to sign in, and a strategy', () => {
  const config = { region: 'eu-central-1', application: 'abc1234', environment: 'prod123', profile: 'prof123' };
  const isValid = (more: object): boolean => v.safeParse(schema, { ...config, ...more }).success;
  expect(isValid({})).toBe(true);
  expect(isValid({ strategy: 'AppConfig.Linear50PercentEvery30Seconds' })).toBe(true);
  expect(isValid({ application: 'My application' })).toBe(false);
  expect(isValid({ profile: '../x' })).toBe(false);
  expect(isValid({ 'access-key-id': 'AKID' })).toBe(false);
  expect(isValid({ strategy: '../x' })).toBe(false);
});
