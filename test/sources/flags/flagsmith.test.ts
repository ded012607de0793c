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
    // Whoever is asked for without an identity gets the control, and how many that are is not known.
    [
      'a control that is on',
      { environment_default: served(true, { ...weights(0, 40), ...text('on') }) },
      multivariate,
      { lo: 60, hi: 100 },
      'partial',
    ],
    [
      'a control that is on behind variants that are all off',
      { environment_default: served(true, { ...weights(0, 100), ...text('on') }) },
      multivariate,
      whole,
      'targeted-only',
    ],
    [
      'a control that is neither',
      { environment_default: served(true, { ...weights(10, 20), ...text('blue') }) },
      multivariate,
      whole,
      'unknown',
    ],
    [
      'to a segment its own control',
      {
        environment_default: served(true, { ...weights(0, 0), ...text('off') }),
        segment_overrides: [override(1, 0, true, { ...weights(0, 0), ...text('on') })],
      },
      multivariate,
      whole,
      'targeted-only',
    ],
    [
      'weights of a flag that has no variants',
      { environment_default: served(true, weights(0, 100)) },
      {},
      whole,
      'unknown',
    ],
    [
      'the value of a variant in the field of its type',
      { environment_default: served(true, { ...weights(100, 0), ...text('off') }) },
      {
        type: 'MULTIVARIATE',
        multivariate_options: [{ id: 33, type: 'bool', string_value: 'off', boolean_value: true }],
      },
      exactly(100),
      'everyone',
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

  it.each([
    ['at the edge', { use_edge_identities: true, edge_v2_migration_status: 'COMPLETE' }],
    ['on a server of your own', { use_edge_identities: false, edge_v2_migration_status: 'NOT_STARTED' }],
  ])('may be on for identities, whatever the environment says: %s', async (_, project) => {
    const { server, running } = await start({ environment_default: off });
    Object.assign(server.data.project, project);
    server.pageSize = 1;
    expect(await read(running)).toMatchObject({ exposure: exactly(0), reach: 'nobody' });
    server.data.identities = [
      { identifier: 'b', enabled: false },
      { identifier: 'a', enabled: true },
    ];
    expect(await read(running)).toMatchObject({ reach: 'targeted-only', targeting: { individuals: 2 } });
  });

  it.each([
    [
      'a list that is empty as long as it is not migrated',
      { use_edge_identities: true, edge_v2_migration_status: 'INCOMPLETE' },
    ],
    ['a server that does not say where they are', {}],
  ])('is not believed to be off for identities by %s', async (_, project) => {
    const { server, running } = await start({ environment_default: off });
    server.data.project = project;
    server.data.identities = [{ identifier: 'a', enabled: true }];
    const unknown = { exposure: whole, reach: 'targeted-only', unclear: [expect.any(String)] };
    expect(await read(running)).toMatchObject(unknown);
  });

  it('is off for identities where the policy says that there are none', async () => {
    const { running: without } = await start({ environment_default: off }, {}, { 'identity-overrides': 'none' });
    expect(await read(without)).toMatchObject({ exposure: exactly(0), reach: 'nobody' });
    expect(without.received.some(({ path }) => /identity|projects\/12\/$/i.test(path))).toBe(false);
  });

  it('is as old as its live version, and changes by itself where another is scheduled', async () => {
    const { server, running } = await start();
    expect(await read(running)).toMatchObject({ changed: null, version: null });
    const live = { uuid: 'v2', is_live: true, published: true, live_from: '2026-11-20T10:00:00.000000Z' };
    const draft = { uuid: 'd', is_live: false, published: false, live_from: null };
    server.data.versions = [draft, live, { ...live, uuid: 'v1', live_from: '2026-01-01T00:00:00Z' }];
    expect(await read(running)).toMatchObject({
      changed: { at: '2026-11-20T10:00:00.000Z', scope: 'environment' },
      version: 'v2',
      targeting: { timeDependent: false, managedBy: null },
    });
    server.data.versions.unshift({ ...live, uuid: 'v3', is_live: false, live_from: '2026-12-24T10:00:00Z' });
    expect(await read(running)).toMatchObject({
      version: 'v2',
      targeting: { timeDependent: true, managedBy: 'a scheduled change' },
    });
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
    server.data.identities = [{ identifier: 'a', enabled: true }];
    expect(await change(running, { to: 'off' })).toMatchObject({
      outcome: 'not-verified',
      after: { reach: 'targeted-only' },
    });
  });

  it.each([
    [404, { detail: 'Not found.' }, 'permission', 'manage segment overrides'],
    [403, { detail: 'You do not have permission to perform this action.' }, 'permission', 'manage segment overrides'],
    [409, { detail: 'no', code: 'change_requests_enabled' }, 'approval', 'approved'],
    [400, { segment_overrides: ['Duplicate priority: 1.'] }, 'refused', 'by hand'],
  ])('is refused with %i %j, and says what to do', async (status, body, code, next) => {
    const { server, running } = await start();
    const respond = server.respond.bind(server);
    server.respond = (request) => (request.method === 'PATCH' ? { status, body } : respond(request));
    const done = await change(running, { to: 'off' });
    expect(done).toMatchObject({ outcome: 'refused', code });
    expect(done.next).toContain(next);
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
