import { describe, expect, it } from 'vitest';
import type { FlagState } from '../../../src/record/flags.js';
import type { Meaning } from '../../../src/sources/flags/meaning.js';
import { NotMeasured } from '../../../src/sources/source.js';
import { change, meaning, type Running, run, stateIn, theFlag } from '../../flags/harness.js';
import {
  type Environment,
  environment,
  type Flag,
  flag,
  LaunchDarklyServer,
  providers,
} from '../../flags/launchdarkly.provider.js';

const [provider] = providers;
if (!provider) throw new Error('no provider');
const found = provider;

async function start(more: Partial<Environment> = {}, ofFlag: Partial<Flag> = {}) {
  const server = new LaunchDarklyServer('on');
  server.data.flags = { [theFlag]: flag({ ...ofFlag, environments: { production: environment(more) } }) };
  return { server, running: await run(found, server) };
}
async function stateOf(more: Partial<Environment>, ofFlag: Partial<Flag> = {}, as: Meaning = meaning) {
  const { running } = await start(more, ofFlag);
  return await read(running, as);
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
const rollout = (on: number, more: object = {}) => ({
  rollout: {
    variations: [
      { variation: 0, weight: on },
      { variation: 1, weight: 100_000 - on },
    ],
    ...more,
  },
});
const rule = (serves: object) => ({ clauses: [{ attribute: 'plan', op: 'in', values: ['beta'] }], ...serves });
const inSegment = { clauses: [{ attribute: '', op: 'segmentMatch', values: ['staff'] }], variation: 0 };

describe('a flag of LaunchDarkly', () => {
  it.each<[string, Partial<Environment>, { lo: number; hi: number }, string]>([
    ['thousandths of a percent', { fallthrough: rollout(125) }, exactly(0.125), 'partial'],
    ['nobody, though it is on', { fallthrough: { variation: 1 } }, exactly(0), 'nobody'],
    [
      'two users by name, and nobody else',
      { fallthrough: { variation: 1 }, targets: [{ values: ['a', 'b'], variation: 0 }] },
      exactly(0),
      'targeted-only',
    ],
    [
      'a list that keeps users from it',
      { targets: [{ values: ['a'], variation: 1 }] },
      exactly(100),
      // All but one are still not all.
      'partial',
    ],
    [
      'a rule for some of them',
      { fallthrough: rollout(10_000), rules: [rule({ variation: 0 })] },
      { lo: 10, hi: 100 },
      'partial',
    ],
    [
      'a rule with a rollout of its own',
      { fallthrough: { variation: 1 }, rules: [rule(rollout(20_000))] },
      { lo: 0, hi: 20 },
      'targeted-only',
    ],
    ['rules, but its switch is off', { on: false, rules: [rule({ variation: 0 })] }, exactly(0), 'nobody'],
    [
      'weights that do not come to all',
      { fallthrough: { rollout: { variations: [{ variation: 1, weight: 60_000 }] } } },
      { lo: 0, hi: 40 },
      'unknown',
    ],
    ['a variation that is not there', { fallthrough: { variation: 7 } }, { lo: 0, hi: 100 }, 'unknown'],
  ])('serves %s', async (_, more, exposure, reach) => {
    expect(await stateOf(more)).toMatchObject({ exposure, reach });
  });

  it('says what off serves: the off variation, or the default of the code', async () => {
    expect(await stateOf({ on: false, offVariation: undefined })).toMatchObject({
      whenOff: 'code-default',
      reach: 'unknown',
    });
    const assumed = await stateOf({ on: false, offVariation: undefined }, {}, { ...meaning, codeDefault: 'off' });
    expect(assumed).toMatchObject({ whenOff: 'off', reach: 'nobody' });
  });

  it('is told apart by its values, whatever the variations are called', async () => {
    const variations = [
      { _id: 'a', value: 'v2', name: 'off' },
      { _id: 'b', value: 'v1', name: 'off' },
    ];
    const as: Meaning = { on: ['v2'], off: ['v1'] };
    expect(await stateOf({}, { kind: 'multivariate', variations }, as)).toMatchObject({
      exposure: exactly(100),
      whenOff: 'off',
    });
    const unclear = await stateOf({}, { kind: 'multivariate', variations });
    expect(unclear.exposure).toEqual({ lo: 0, hi: 100 });
    expect(unclear.unclear[0]).toContain('on-values');
  });

  it('names segments, owner, last change, last use and the page', async () => {
    const state = await stateOf({ fallthrough: { variation: 1 }, rules: [inSegment] });
    expect(state).toMatchObject({
      targeting: { rules: 1, segments: ['staff'] },
      owner: 'robin@example.com',
      temporary: true,
      version: '7',
      changed: { at: '2026-11-20T10:00:00.000Z', scope: 'environment' },
      evaluatedAt: '2026-11-23T09:59:00.000Z',
    });
    expect(state.link).toMatch(/\/projects\/shop\/flags\/new-checkout\/targeting\?env=production$/);
  });

  it('may depend on others, as deep as they go', async () => {
    const prerequisites = [{ key: 'base', variation: 0 }];
    const withBase = async (base: Environment | undefined) => {
      const { server, running } = await start({ prerequisites });
      if (base) server.data.flags.base = flag({ key: 'base', environments: { production: base } });
      return await read(running);
    };
    expect(await withBase(environment())).toMatchObject({
      exposure: exactly(100),
      targeting: { prerequisites: [{ met: true }] },
    });
    // Off serves the variation that is asked for, and is not met all the same.
    expect(await withBase(environment({ on: false, offVariation: 0 }))).toMatchObject({
      exposure: exactly(0),
      targeting: { prerequisites: [{ flag: 'base', met: false }] },
    });
    expect(await withBase(environment({ fallthrough: rollout(50_000) }))).toMatchObject({
      exposure: { lo: 0, hi: 100 },
      targeting: { prerequisites: [{ met: null }] },
    });
    expect(await withBase(undefined)).toMatchObject({ exposure: { lo: 0, hi: 100 } });
    // One that depends on itself never ends, and is not known.
    expect(await withBase(environment({ prerequisites: [{ key: 'base', variation: 0 }] }))).toMatchObject({
      targeting: { prerequisites: [{ met: null }] },
    });
  });

  it('is not readable where project, environment or shape are wrong', async () => {
    const { server, running } = await start();
    server.data = { ...server.data, flags: {}, environments: [] };
    expect(await stateIn(running)).toBe('not-found');
    const odd = await start({ on: 'yes' as unknown as boolean });
    expect(await stateIn(odd.running)).toBe('bad-answer');
    const another = await start({}, { key: 'another' });
    expect(await stateIn(another.running)).toBe('bad-answer');
  });

  it('cannot be switched off without an approval, which is known beforehand', async () => {
    const { server, running } = await start();
    server.data.approvals = true;
    expect((await read(running)).kill).toMatchObject({ possible: false, blockedBy: 'approval' });
  });
});

describe('flags of LaunchDarkly by a pattern', () => {
  it('are listed to the end, page by page, and read one by one', async () => {
    const { server, running } = await start();
    for (let i = 0; i < 230; i++) {
      const key = i % 23 === 0 ? `release-${i}` : `other-${i}`;
      server.data.flags[key] = flag({ key, environments: { production: environment({ on: false }) } });
    }
    const answer = await listed(running, 'release-*');
    expect(answer).toMatchObject({ kind: 'flag-states', seen: 10, partial: false });
    expect(running.received.filter(({ path }) => path.includes('offset='))).toHaveLength(3);
  });

  it('are no answer when a page is missing', async () => {
    const { server, running } = await start();
    const respond = server.respond.bind(server);
    server.respond = (request) =>
      request.path.includes('offset=') ? { body: { items: [], totalCount: 5 } } : respond(request);
    expect(await listed(running, '*')).toMatchObject({ code: 'bad-answer' });
    expect(await listed(running, '*')).toBeInstanceOf(NotMeasured);
  });
});

describe('a change of a flag of LaunchDarkly', () => {
  const bodies = (running: Running) => running.writes().map(({ body }) => JSON.parse(body) as unknown);

  it('says no more than what is to change, and why', async () => {
    const { running } = await start({ rules: [inSegment] });
    expect(await change(running, { to: 'off' })).toMatchObject({ outcome: 'changed' });
    expect(bodies(running)).toEqual([
      {
        environmentKey: 'production',
        comment: 'Signalbox: checkout 1.2.3 stopped',
        instructions: [{ kind: 'turnFlagOff' }],
      },
    ]);
  });

  it('sets the percentage before the switch is thrown, and keeps by what users are told apart', async () => {
    const more = { contextKind: 'user', bucketBy: 'account' };
    const { running } = await start({ on: false, fallthrough: rollout(1000, more) });
    expect(await change(running, { to: 'rollout', percent: 2.5 })).toMatchObject({ outcome: 'changed' });
    expect(bodies(running)).toMatchObject([
      {
        instructions: [
          { kind: 'updateFallthroughVariationOrRollout', rolloutBucketBy: 'account' },
          { kind: 'turnFlagOn' },
        ],
      },
    ]);
    expect(await read(running)).toMatchObject({ exposure: exactly(2.5) });
  });

  it.each<[string, Partial<Environment>, Partial<Flag>, string]>([
    ['it has rules', { rules: [inSegment] }, {}, 'too-complex'],
    ['it names users', { targets: [{ values: ['a'], variation: 0 }] }, {}, 'too-complex'],
    ['it depends on others', { prerequisites: [{ key: theFlag, variation: 0 }] }, {}, 'too-complex'],
    ['it is in an experiment', { fallthrough: rollout(5000, { experimentAllocation: {} }) }, {}, 'managed'],
    [
      'it has two variations that are on',
      {},
      {
        variations: [
          { _id: 'a', value: true },
          { _id: 'b', value: 'on' },
          { _id: 'c', value: false },
        ],
      },
      'too-complex',
    ],
  ])('is no rollout when %s', async (_, more, ofFlag, code) => {
    const { running } = await start(more, ofFlag);
    expect(await change(running, { to: 'rollout', percent: 5 })).toMatchObject({ outcome: 'refused', code });
    expect(running.writes()).toEqual([]);
  });

  it('is refused with words that help while a scheduled change conflicts', async () => {
    const { server, running } = await start();
    const respond = server.respond.bind(server);
    server.respond = (request) =>
      request.method === 'PATCH'
        ? { status: 409, body: { code: 'conflict', message: 'a pending change conflicts with a-secret-LD_TOKEN' } }
        : respond(request);
    const done = await change(running, { to: 'off' });
    expect(done).toMatchObject({ outcome: 'refused', code: 'approval' });
    expect(done.next).toContain('apply or withdraw');
    expect(JSON.stringify(done)).not.toContain('a-secret');
  });
});
