import { describe, expect, it } from 'vitest';
import type { FlagState } from '../../../src/record/flags.js';
import type { Meaning } from '../../../src/sources/flags/meaning.js';
import {
  type Feature,
  type Flag,
  FlagsmithServer,
  feature,
  options,
  override,
  providers,
  served,
} from '../../flags/flagsmith.provider.js';
import { change, type FlagProvider, meaning, type Running, run, stateIn, theFlag } from '../../flags/harness.js';

const [provider] = providers;
if (!provider) throw new Error('no provider');
const found = provider;

async function start(flag: Partial<Flag> = {}, more: Partial<Feature> = {}, config: object = {}) {
  const server = new FlagsmithServer('on');
  server.data.features = [feature(more)];
  server.data.flags = { 7: { environment_default: served(true), segment_overrides: [], ...flag } };
  const own: FlagProvider = { ...found, source: (url) => ({ ...found.source(url), ...config }) };
  return { server, running: await run(own, server) };
}
async function read(running: Running, as: Meaning = meaning): Promise<FlagState> {
  const question = { family: 'flags', ask: 'states', of: { flag: theFlag }, meaning: as } as const;
  const answer = await running.source.flags?.(question, AbortSignal.timeout(5000));
  running.assertNoComplaint();
  const state = answer?.kind === 'flag-states' ? answer.states[0] : undefined;
  if (!state) throw new Error('no state');
  return state;
}
async function listed({ source, assertNoComplaint }: Running, match: string) {
  const question = { family: 'flags', ask: 'states', of: { match }, meaning } as const;
  const answer = await source.flags?.(question, AbortSignal.timeout(5000)).catch((error: unknown) => error);
  assertNoComplaint();
  return answer;
}

const exactly = (percent: number) => ({ lo: percent, hi: percent });
const whole = { lo: 0, hi: 100 };
const off = served(false);
const text = (value: string) => ({ value: { type: 'string', value } });
const weights = (a: number, b: number) => ({
  variants: [
    { id: 33, weight: a },
    { id: 34, weight: b },
  ],
});
const multivariate: Partial<Feature> = { type: 'MULTIVARIATE', multivariate_options: options };

describe('a flag of Flagsmith', () => {
  it.each<[string, Partial<Flag>, Partial<Feature>, { lo: number; hi: number }, string]>([
    // The environment being off does not beat a segment.
    [
      'a segment, though the environment is off',
      { environment_default: off, segment_overrides: [override(1, 0, true)] },
      {},
      whole,
      'targeted-only',
    ],
    ['all but a segment', { segment_overrides: [override(1, 0, false)] }, {}, whole, 'partial'],
    [
      'nobody by segments that are off too',
      { environment_default: off, segment_overrides: [override(1, 0, false)] },
      {},
      exactly(0),
      'nobody',
    ],
    [
      'variants by weight',
      { environment_default: served(true, { ...weights(10.5, 20), ...text('off') }) },
      multivariate,
      exactly(10.5),
      'partial',
    ],
    [
      'a control that is on',
      { environment_default: served(true, { ...weights(0, 40), ...text('on') }) },
      multivariate,
      exactly(60),
      'partial',
    ],
    [
      'a control that is neither',
      { environment_default: served(true, { ...weights(10, 20), ...text('blue') }) },
      multivariate,
      { lo: 10, hi: 80 },
      'partial',
    ],
    [
      'nobody of its variants while it is off',
      { environment_default: served(false, weights(50, 50)) },
      multivariate,
      exactly(0),
      'nobody',
    ],
    [
      'weights that are too much',
      { environment_default: served(true, weights(80, 40)) },
      multivariate,
      whole,
      'unknown',
    ],
    ['a value beside the switch', { environment_default: served(true, text('hello')) }, {}, exactly(100), 'everyone'],
    [
      'a switch that is on with a value that is off',
      { environment_default: served(true, { value: { type: 'boolean', value: 'false' } }) },
      {},
      whole,
      'unknown',
    ],
  ])('serves %s', async (_, flag, more, exposure, reach) => {
    expect(await read((await start(flag, more)).running)).toMatchObject({
      enabled: null,
      exposure,
      reach,
      whenOff: 'off',
    });
  });

  it('asks segments by their priority, the lowest number first', async () => {
    const { server, running } = await start({
      environment_default: off,
      segment_overrides: [override(1, 20, true), override(2, 10, false)],
    });
    expect(await read(running)).toMatchObject({ targeting: { segments: ['#2', '#1'] } });
    expect(server.data.flags[7]?.segment_overrides.map(({ segment }) => segment.id)).toEqual([1, 2]);
  });

  it('may be on for identities, whatever the environment says', async () => {
    const { server, running } = await start({ environment_default: off });
    server.data.identities = [
      { identifier: 'a', feature_state: { enabled: true } },
      { identifier: 'b', feature_state: { enabled: false } },
    ];
    expect(await read(running)).toMatchObject({ reach: 'targeted-only', targeting: { individuals: 2 } });
    // An edition that does not tell: nobody knows, unless the policy says that there are none.
    server.data.identities = undefined;
    expect(await read(running)).toMatchObject({
      exposure: whole,
      reach: 'targeted-only',
      unclear: [expect.any(String)],
    });
    const { running: without } = await start({ environment_default: off }, {}, { 'identity-overrides': 'none' });
    expect(await read(without)).toMatchObject({ exposure: exactly(0), reach: 'nobody' });
    expect(without.received.some(({ path }) => path.includes('identity'))).toBe(false);
  });

  it('is found by its whole name, on the last page too', async () => {
    const { server, running } = await start();
    server.pageSize = 2;
    server.data.features = Array.from({ length: 7 }, (_, i) => feature({ id: 100 + i, name: `${theFlag}-${i}` }));
    server.data.features.push(feature());
    expect(await read(running)).toMatchObject({ exists: true, owner: 'robin@example.com' });
    server.data.features.push(feature({ name: 'release-old', is_archived: true }));
    expect(await listed(running, 'new-checkou?')).toMatchObject({ seen: 0 });
    expect(await listed(running, 'release-*')).toMatchObject({ seen: 0 });
    expect(await listed(running, 'new-checkout')).toMatchObject({ seen: 1 });
  });

  it('is not readable in an environment or project that is none', async () => {
    const { server, running } = await start();
    server.data.flags = {};
    expect(await stateIn(running)).toBe('not-found');
    const endless = await start();
    endless.server.respond = () => ({ body: { results: [], next: 'http://x/?page=2' } });
    expect(await stateIn(endless.running)).toBe('bad-answer');
  });

  it('cannot be switched off where changes need a request, which is known beforehand', async () => {
    const { server, running } = await start();
    server.data.minimum_change_request_approvals = 1;
    expect(await read(running)).toMatchObject({ kill: { possible: false, blockedBy: 'approval' } });
    expect(await change(running, { to: 'off' })).toMatchObject({ outcome: 'refused', code: 'approval' });
    expect(running.writes()).toEqual([]);
  });
});

describe('a change of a flag of Flagsmith', () => {
  it('switches off the segments that have it on, and puts them back', async () => {
    const segments = [override(1, 0, true), override(2, 1, false), override(3, 2, true)];
    const { server, running } = await start({ segment_overrides: segments });
    const killed = await change(running, { to: 'off' });
    expect(killed).toMatchObject({ outcome: 'changed', after: { reach: 'nobody' } });
    expect(running.writes().map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      {
        environment_default: { enabled: false },
        segment_overrides: [
          { segment: { id: 1 }, enabled: false },
          { segment: { id: 3 }, enabled: false },
        ],
      },
    ]);
    if (!killed.before) throw new Error('nothing was read');
    await change(running, { to: 'restore', was: killed.before, undo: killed.undo });
    running.assertNoComplaint();
    expect(server.data.flags[7]).toEqual({ environment_default: served(true), segment_overrides: segments });
  });

  it('says loudly that identities still have it', async () => {
    const { server, running } = await start();
    server.data.identities = [{ identifier: 'a', feature_state: { enabled: true } }];
    expect(await change(running, { to: 'off' })).toMatchObject({
      outcome: 'not-verified',
      after: { reach: 'targeted-only' },
    });
  });

  it('is not undone where segments are others now', async () => {
    const { server, running } = await start({ segment_overrides: [override(1, 0, true)] });
    const killed = await change(running, { to: 'off' });
    server.data.flags[7]?.segment_overrides.push(override(9, 5, true));
    if (!killed.before) throw new Error('nothing was read');
    const done = await change(running, { to: 'restore', was: killed.before, undo: killed.undo });
    expect(done).toMatchObject({ outcome: 'refused', code: 'too-complex' });
  });
});
