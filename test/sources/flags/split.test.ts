import { describe, expect, it } from 'vitest';
import type { FlagState } from '../../../src/record/flags.js';
import type { Meaning } from '../../../src/sources/flags/meaning.js';
import { change, meaning, type Running, run, stateIn, theFlag } from '../../flags/harness.js';
import { providers, rule, type Split, SplitServer, split } from '../../flags/split.provider.js';

const [provider] = providers;
if (!provider) throw new Error('no provider');
const found = provider;

async function start(more: Partial<Split> = {}) {
  const server = new SplitServer('on');
  server.data.splits = [split(more)];
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
async function listed({ source, assertNoComplaint }: Running, match: string) {
  const question = { family: 'flags', ask: 'states', of: { match }, meaning } as const;
  const answer = await source.flags?.(question, AbortSignal.timeout(5000)).catch((error: unknown) => error);
  assertNoComplaint();
  return answer;
}

const exactly = (percent: number) => ({ lo: percent, hi: percent });
const off = [{ treatment: 'off', size: 100 }];
const on = (...more: string[]) => [{ name: 'on', keys: more }, { name: 'off' }];

describe('a flag of Split', () => {
  it.each<[string, Partial<Split>, { lo: number; hi: number }, string]>([
    ['nobody, though it is not killed', { defaultRule: off }, exactly(0), 'nobody'],
    ['keys by name', { defaultRule: off, treatments: on('a', 'b') }, exactly(0), 'targeted-only'],
    [
      'a segment',
      { defaultRule: off, treatments: [{ name: 'on', segments: ['staff'] }, { name: 'off' }] },
      { lo: 0, hi: 100 },
      'targeted-only',
    ],
    // Those outside the traffic get the default treatment.
    ['a part of the traffic', { trafficAllocation: 40 }, exactly(40), 'partial'],
    [
      'a part of the traffic, with a baseline',
      { trafficAllocation: 40, baselineTreatment: 'on', defaultRule: off },
      exactly(60),
      'partial',
    ],
    [
      'a percentage of a part of the traffic',
      {
        trafficAllocation: 50,
        defaultRule: [
          { treatment: 'on', size: 60 },
          { treatment: 'off', size: 40 },
        ],
      },
      { lo: 10, hi: 50 },
      'partial',
    ],
    ['a rule for some', { defaultRule: off, rules: [rule(30)] }, { lo: 0, hi: 30 }, 'targeted-only'],
    ['buckets that are not all', { defaultRule: [{ treatment: 'off', size: 70 }] }, { lo: 0, hi: 30 }, 'unknown'],
    ['a treatment that is none', { defaultRule: [{ treatment: 'gone', size: 100 }] }, { lo: 0, hi: 100 }, 'unknown'],
    ['what depends on others', { prerequisites: [{ name: 'base' }] }, { lo: 0, hi: 100 }, 'partial'],
    [
      'nobody once it is killed, whatever its rules',
      { killed: true, rules: [rule(100)], treatments: on('a') },
      exactly(0),
      'nobody',
    ],
  ])('serves %s', async (_, more, exposure, reach) => {
    expect(await read((await start(more)).running)).toMatchObject({ exposure, reach });
  });

  it('has treatments that are neither on nor off until they are named', async () => {
    const more: Partial<Split> = {
      treatments: [{ name: 'v2' }, { name: 'v1' }],
      defaultTreatment: 'v1',
      defaultRule: [{ treatment: 'v2', size: 100 }],
    };
    const { running } = await start(more);
    expect(await read(running)).toMatchObject({ exposure: { lo: 0, hi: 100 }, whenOff: 'unknown' });
    const as: Meaning = { on: ['v2'], off: ['v1'] };
    expect(await read(running, as)).toMatchObject({ exposure: exactly(100), whenOff: 'off' });
  });

  it('says when it was changed and asked for, and its segments', async () => {
    const state = await read((await start({ rules: [rule(100, 'IN_SEGMENT', 'beta')] })).running);
    expect(state).toMatchObject({
      changed: { at: '2026-11-20T10:00:00.000Z', scope: 'environment' },
      evaluatedAt: '2026-11-23T09:59:00.000Z',
      targeting: { segments: ['beta'] },
      kill: { possible: null },
    });
    const { running } = await start({ lastTrafficReceivedAt: 0 });
    expect(await read(running)).toMatchObject({ evaluatedAt: null });
  });

  it('cannot be killed without an approval, unless kills are allowed', async () => {
    const { server, running } = await start();
    server.data.changePermissions = { areApprovalsRequired: true, allowKills: false };
    expect(await read(running)).toMatchObject({ kill: { possible: false, blockedBy: 'approval' } });
    server.data.changePermissions.allowKills = true;
    expect(await read(running)).toMatchObject({ kill: { possible: null } });
    // A key for one environment alone may not see that.
    const respond = server.respond.bind(server);
    server.respond = (request) =>
      request.path.includes('/environments/ws/') ? { status: 403, body: { message: 'no' } } : respond(request);
    expect(await read(running)).toMatchObject({ reach: 'everyone', kill: { possible: null } });
  });

  it('is told from one that is not set up here, and from a workspace that is none', async () => {
    const { server, running } = await start();
    server.data.splits = [];
    expect(await stateIn(running)).toMatchObject({ exists: true, configured: false });
    server.metadata = [];
    expect(await stateIn(running)).toMatchObject({ exists: false });
    server.respond = () => ({ status: 404, body: {} });
    expect(await stateIn(running)).toBe('not-found');
    const another = await start();
    another.server.respond = () => ({ body: split({ name: 'another' }) });
    expect(await stateIn(another.running)).toBe('bad-answer');
  });

  it('is found by a pattern on the last page', async () => {
    const { server, running } = await start();
    for (let i = 0; i < 120; i++) server.data.splits.push(split({ name: i === 119 ? 'release-last' : `other-${i}` }));
    expect(await listed(running, 'release-*')).toMatchObject({ seen: 1, states: [{ key: 'release-last' }] });
    const respond = server.respond.bind(server);
    server.respond = (request) => {
      const answer = respond(request);
      return request.path.includes('offset=50') ? { body: { ...(answer.body as object), objects: [] } } : answer;
    };
    expect(await listed(running, 'release-*')).toMatchObject({ code: 'bad-answer' });
  });
});

describe('a change of a flag of Split', () => {
  const sent = (running: Running) => running.writes().map(({ method, path }) => `${method} ${path.split('/').at(-1)}`);

  it('sets the buckets before it is restored, and kills before they are put back', async () => {
    const { running } = await start({ killed: true });
    const moved = await change(running, { to: 'rollout', percent: 5 });
    expect(moved).toMatchObject({ outcome: 'changed', after: { exposure: exactly(5) } });
    if (!moved.before) throw new Error('nothing was read');
    expect(await change(running, { to: 'restore', was: moved.before, undo: moved.undo })).toMatchObject({
      outcome: 'changed',
    });
    expect(sent(running)).toEqual(['PATCH Prod', 'PUT restore', 'PUT kill', 'PATCH Prod']);
  });

  it.each<[string, Partial<Split>]>([
    ['it has rules', { rules: [rule(5)] }],
    ['it names keys', { treatments: on('a') }],
    ['it has a part of the traffic alone', { trafficAllocation: 90 }],
    ['it depends on others', { prerequisites: [{}] }],
    ['it has three treatments', { treatments: [{ name: 'on' }, { name: 'true' }, { name: 'off' }] }],
  ])('is no rollout when %s', async (_, more) => {
    const { running } = await start(more);
    expect(await change(running, { to: 'rollout', percent: 5 })).toMatchObject({
      outcome: 'refused',
      code: 'too-complex',
    });
    expect(running.writes()).toEqual([]);
  });

  it('takes whole percents only', async () => {
    const { running } = await start();
    expect(await change(running, { to: 'rollout', percent: 0.5 })).toMatchObject({
      outcome: 'refused',
      code: 'too-complex',
    });
  });
});
