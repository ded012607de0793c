import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { FlagState } from '../../../src/record/flags.js';
import { schema } from '../../../src/sources/flags/flipt/client.js';
import type { Meaning } from '../../../src/sources/flags/meaning.js';
import { type Payload, payload, providers, V1Server, V2Server } from '../../flags/flipt.provider.js';
import { change, meaning, type Running, run, stateIn, theFlag } from '../../flags/harness.js';

const [v2, v1] = providers;
if (!v2 || !v1) throw new Error('no providers');

async function start(change_: Partial<Payload> = {}) {
  const server = new V2Server('on');
  server.data.payload = payload(change_);
  return { server, running: await run(v2 as NonNullable<typeof v2>, server) };
}
async function stateOf(change_: Partial<Payload>, as: Meaning = meaning): Promise<FlagState> {
  const { running } = await start(change_);
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
const threshold = (percentage: number, value = true) => ({
  type: 'THRESHOLD_ROLLOUT_TYPE',
  threshold: { percentage, value },
});
const segment = (value: boolean, ...segments: string[]) => ({
  type: 'SEGMENT_ROLLOUT_TYPE',
  segment: { value, segments },
});

describe('a boolean flag', () => {
  it.each<[string, Partial<Payload>, { lo: number; hi: number }, string]>([
    ['its value', { enabled: true }, exactly(100), 'everyone'],
    // `enabled: false` is no switch.
    ['a threshold before its value', { enabled: false, rollouts: [threshold(30)] }, exactly(30), 'partial'],
    ['a threshold that takes it away', { enabled: true, rollouts: [threshold(30, false)] }, exactly(70), 'partial'],
    ['a part of a percent, which is a whole one', { rollouts: [threshold(0.5)] }, exactly(1), 'partial'],
    [
      'thresholds that hash alike',
      { rollouts: [threshold(30, false), threshold(50), threshold(40)] },
      exactly(20),
      'partial',
    ],
    ['a threshold for nobody', { rollouts: [threshold(0)] }, exactly(0), 'nobody'],
    ['a threshold for all', { rollouts: [threshold(100)] }, exactly(100), 'everyone'],
    ['a threshold that is none', { rollouts: [threshold(140)] }, { lo: 0, hi: 100 }, 'unknown'],
    ['a segment', { rollouts: [segment(true, 'beta')] }, { lo: 0, hi: 100 }, 'targeted-only'],
    [
      'a segment, and a share of the others',
      { rollouts: [segment(true, 'beta'), threshold(10)] },
      { lo: 10, hi: 100 },
      'partial',
    ],
    [
      'a segment that is kept from it',
      { rollouts: [segment(false, 'beta'), threshold(10)] },
      { lo: 0, hi: 10 },
      'partial',
    ],
    [
      'a rollout that nobody knows',
      { rollouts: [{ type: 'UNKNOWN_ROLLOUT_TYPE' }] },
      { lo: 0, hi: 100 },
      'targeted-only',
    ],
  ])('serves %s', async (_, more, exposure, reach) => {
    expect(await stateOf(more)).toMatchObject({ enabled: null, kind: 'boolean', exposure, reach, whenOff: 'off' });
  });

  it('names its segments, and the commit as its version', async () => {
    const state = await stateOf({ rollouts: [segment(true, 'beta', 'staff')] });
    expect(state.targeting.segments).toEqual(['beta', 'staff']);
    expect(state).toMatchObject({
      version: '4b825dc642cb6eb9a060e54bf8d69288fbee491',
      kill: { possible: null },
      changed: null,
    });
  });

  it('reads fields that are left out as false and empty, as protobuf does', async () => {
    const { server, running } = await start();
    server.data.payload = { '@type': 'flipt.core.Flag', key: theFlag, type: 'BOOLEAN_FLAG_TYPE' } as Payload;
    expect(await stateIn(running)).toMatchObject({ reach: 'nobody' });
    server.data.payload = { ...server.data.payload, rollouts: [{ threshold: { value: true } }] };
    expect(await stateIn(running)).toMatchObject({ reach: 'nobody' });
    for (const broken of [
      { key: theFlag },
      { '@type': 'flipt.core.Segment', key: theFlag },
      { ...payload(), key: 'other' },
      { ...payload(), type: 'NEW_FLAG_TYPE' },
    ]) {
      server.data.payload = broken as Payload;
      expect(await stateIn(running)).toBe('bad-answer');
    }
  });
});

describe('a flag of variants', () => {
  const on: Partial<Payload> = { type: 'VARIANT_FLAG_TYPE', enabled: true, variants: [{ key: 'on' }, { key: 'off' }] };
  const rule = (...distributions: [string, number][]) => ({
    segments: ['all'],
    segmentOperator: 'OR_SEGMENT_OPERATOR',
    distributions: distributions.map(([variant, rollout]) => ({ variant, rollout })),
  });

  it.each<[string, Partial<Payload>, { lo: number; hi: number }, string]>([
    ['without rules or a default', {}, { lo: 0, hi: 100 }, 'unknown'],
    ['with a default', { defaultVariant: 'off' }, exactly(0), 'nobody'],
    ['with a rule', { defaultVariant: 'off', rules: [rule(['on', 100])] }, { lo: 0, hi: 100 }, 'targeted-only'],
    [
      'with shares',
      { defaultVariant: 'off', rules: [rule(['on', 20], ['off', 80])] },
      { lo: 0, hi: 20 },
      'targeted-only',
    ],
    [
      'whose shares leave some',
      { defaultVariant: 'off', rules: [rule(['on', 20])] },
      { lo: 0, hi: 20 },
      'targeted-only',
    ],
    [
      'whose shares are cut to tenths',
      { defaultVariant: 'off', rules: [rule(['on', 33.39])] },
      { lo: 0, hi: 33.3 },
      'targeted-only',
    ],
    [
      'whose shares are too many',
      { defaultVariant: 'off', rules: [rule(['on', 80], ['off', 80])] },
      { lo: 0, hi: 100 },
      'targeted-only',
    ],
    ['whose rule serves the default', { defaultVariant: 'off', rules: [rule()] }, exactly(0), 'nobody'],
    [
      'whose share is of no variant',
      { defaultVariant: 'off', rules: [rule(['gone', 30])] },
      { lo: 0, hi: 30 },
      'targeted-only',
    ],
    ['whose default is no variant', { defaultVariant: 'gone' }, { lo: 0, hi: 100 }, 'unknown'],
  ])('%s', async (_, more, exposure, reach) => {
    const state = await stateOf({ ...on, ...more });
    expect(state).toMatchObject({ enabled: true, kind: 'multivariate', exposure, reach });
  });

  it('that is disabled serves its default, and without one that of the code', async () => {
    expect(await stateOf({ ...on, enabled: false })).toMatchObject({
      exposure: { lo: 0, hi: 100 },
      whenOff: 'code-default',
    });
    const known: Meaning = { ...meaning, codeDefault: 'off' };
    expect(await stateOf({ ...on, enabled: false, rules: [rule(['on', 100])] }, known)).toMatchObject({
      reach: 'nobody',
    });
    expect(await stateOf({ ...on, enabled: false, defaultVariant: 'on' }, known)).toMatchObject({
      reach: 'everyone',
      whenOff: 'on',
    });
  });

  it('is no percentage', async () => {
    const { running } = await start({ ...on, defaultVariant: 'off' });
    expect(await change(running, { to: 'rollout', percent: 5 })).toMatchObject({ code: 'too-complex' });
    expect(running.writes()).toEqual([]);
  });
});

describe('a list', () => {
  it('of version 2 is one answer', async () => {
    const { running } = await start({ enabled: true });
    expect(await listed(running, 'new-*')).toMatchObject({ seen: 1, states: [{ key: theFlag, reach: 'everyone' }] });
    expect(await listed(running, 'old-*')).toMatchObject({ seen: 0, states: [] });
  });

  it('of version 1 has pages, to the very end', async () => {
    const server = new V1Server('on');
    const all = Array.from({ length: 250 }, (_, i) => ({ ...server.data.flag, key: `wave-${i}` }));
    const running = await run(v1, server, ({ path }, respond) => {
      const { pathname, searchParams } = new URL(path, 'http://flipt');
      if (pathname.endsWith('/flags')) {
        const from = Number(searchParams.get('pageToken') ?? 0);
        const flags = all.slice(from, from + 100);
        return {
          body: { flags, nextPageToken: from + 100 < all.length ? String(from + 100) : '', totalCount: all.length },
        };
      }
      const [, key] = /\/flags\/([^/]+)$/.exec(pathname) ?? [];
      if (key) return { body: all.find((flag) => flag.key === key) };
      return pathname.endsWith('/rollouts') ? { body: { rules: [], nextPageToken: '' } } : respond();
    });
    expect(await listed(running, 'wave-*')).toMatchObject({ seen: 250, partial: false });
    expect(await listed(running, 'wave-24*')).toMatchObject({ seen: 11 });
  });

  it('that never ends is none, nor one that is too long', async () => {
    const page = (more: object) => ({ body: { flags: [{ key: 'a' }], totalCount: 1, ...more } });
    const ends = await run(v1, new V1Server('on'), () => page({ nextPageToken: 'x' }));
    expect(await listed(ends, '*')).toMatchObject({ code: 'bad-answer' });
    const flags = Array.from({ length: 501 }, (_, i) => ({ key: `f${i}` }));
    const long = await run(v1, new V1Server('on'), () => page({ flags }));
    expect(await listed(long, '*')).toMatchObject({ code: 'too-large' });
  });

  it('of a namespace that is none is no empty one', async () => {
    for (const provider of [v1, v2]) {
      const running = await run(provider, new V2Server('on'), () => ({
        status: 404,
        body: { code: 5, message: 'not found' },
      }));
      expect(await listed(running, '*')).toMatchObject({ code: 'not-found' });
      expect(await stateIn(running)).toBe('not-found');
    }
  });
});

describe('a change', () => {
  const raw = `{"@type":"flipt.core.Flag", "key":"${theFlag}","type":"BOOLEAN_FLAG_TYPE","name":"ü","enabled":true,"rollouts":[ {"type":"SEGMENT_ROLLOUT_TYPE","segment":{"segments":["beta"],"value":true,"new":1.10}} ,{"threshold":{"value":true, "percentage":33.330001831054690}}],"metadata":{"big":12345678901234567890}}`;

  it('writes the flag as it was read, byte for byte but for what it changes', async () => {
    const bodies: string[] = [];
    let current = raw;
    const running = await run(v2, new V2Server('on'), ({ method, body }) => {
      if (method === 'PUT') {
        bodies.push(body);
        current = /"payload":(.*),"revision"/s.exec(body)?.[1] ?? '';
      }
      return { body: `{"resource":{"key":"${theFlag}","payload":${current}},"revision":"r${bodies.length}"}` };
    });
    const killed = await change(running, { to: 'off' });
    expect(killed).toMatchObject({ outcome: 'changed', after: { reach: 'nobody' } });
    const off = raw.replace('"enabled":true', '"enabled":false').replaceAll('"value":true', '"value":false');
    expect(bodies).toEqual([`{"key":"${theFlag}","payload":${off},"revision":"r0"}`]);
    const { before, undo } = killed;
    if (!before) throw new Error('nothing was read');
    await change(running, { to: 'restore', was: before, undo: JSON.parse(JSON.stringify(undo)) });
    expect(bodies[1]).toBe(`{"key":"${theFlag}","payload":${raw},"revision":"r1"}`);
  });

  it('to a percentage is one write, whatever was there', async () => {
    for (const was of [
      { enabled: true },
      { rollouts: [threshold(80)] },
      { enabled: true, rollouts: [threshold(40)] },
    ]) {
      const { server, running } = await start(was);
      expect(await change(running, { to: 'rollout', percent: 5 })).toMatchObject({
        outcome: 'changed',
        after: { exposure: exactly(5) },
      });
      expect(running.writes()).toHaveLength(1);
      expect(server.data.payload).toMatchObject({
        enabled: false,
        rollouts: [{ threshold: { percentage: 5, value: true } }],
      });
    }
  });

  it('to a percentage is refused where it would not be one', async () => {
    for (const was of [{ rollouts: [segment(true, 'beta')] }, { rollouts: [threshold(1), threshold(2)] }]) {
      const { running } = await start(was);
      expect(await change(running, { to: 'rollout', percent: 5 })).toMatchObject({ code: 'too-complex' });
    }
    const { running } = await start();
    expect(await change(running, { to: 'rollout', percent: 0.5 })).toMatchObject({ code: 'too-complex' });
  });

  it('is not put back over other rollouts, nor from the record of another API', async () => {
    const { running } = await start({ rollouts: [segment(true, 'staff')] });
    const was = await stateIn(running);
    if (typeof was === 'string') throw new Error(was);
    const undo = { api: 'v2', enabled: false, rollouts: JSON.stringify([segment(true, 'beta')]) };
    expect(await change(running, { to: 'restore', was, undo })).toMatchObject({ code: 'too-complex' });
    expect(await change(running, { to: 'restore', was, undo: { ...undo, api: 'v1' } })).toMatchObject({
      code: 'refused',
    });
    expect(running.writes()).toEqual([]);
  });

  it('of version 1 keeps name, default and metadata, and never shows more than it should on the way', async () => {
    const server = new V1Server('a-quarter');
    if (server.data.flag) server.data.flag.enabled = true;
    server.data.rollouts.push({
      id: 'r-9',
      rank: 2,
      description: 'staff',
      segment: { segmentKeys: ['staff'], value: true, segmentOperator: 'OR_SEGMENT_OPERATOR' },
    });
    const was = structuredClone(server.data);
    const running = await run(v1, server);
    const killed = await change(running, { to: 'off' });
    running.assertNoComplaint();
    expect(killed).toMatchObject({ outcome: 'changed', after: { reach: 'nobody' } });
    const { before, undo } = killed;
    if (!before) throw new Error('nothing was read');
    expect(await change(running, { to: 'restore', was: before, undo: JSON.parse(JSON.stringify(undo)) })).toMatchObject(
      { outcome: 'changed' },
    );
    running.assertNoComplaint();
    expect(server.data).toEqual(was);
  });

  it('of version 1 to a percentage first takes the value away, then adds the share', async () => {
    const server = new V1Server('on');
    const running = await run(v1, server);
    const done = await change(running, { to: 'rollout', percent: 5 });
    expect(done).toMatchObject({ outcome: 'changed', after: { exposure: exactly(5) } });
    expect(running.writes().map(({ method, path }) => [method, path])).toEqual([
      ['PUT', `/api/v1/namespaces/shop/flags/${theFlag}`],
      ['POST', `/api/v1/namespaces/shop/flags/${theFlag}/rollouts`],
    ]);
    const { before, undo } = done;
    if (!before) throw new Error('nothing was read');
    expect(await change(running, { to: 'restore', was: before, undo })).toMatchObject({
      outcome: 'changed',
      after: { reach: 'everyone' },
    });
    expect(server.data.rollouts).toEqual([]);
  });
});

it('variants of version 1 are known by their ids', async () => {
  const server = new V1Server('off-serves-on');
  if (server.data.flag) delete server.data.flag.defaultVariant;
  server.data.rules.push({
    id: 'x',
    segmentKey: 'all',
    distributions: [
      { variantId: 'v-0', rollout: 30 },
      { variantId: 'v-1', rollout: 70 },
    ],
  });
  const running = await run(v1, server);
  expect(await stateIn(running)).toMatchObject({ kind: 'multivariate', targeting: { rules: 1, segments: ['all'] } });
  running.assertNoComplaint();
});

it('the config has an environment for version 2 only', () => {
  const isValid = (more: object): boolean => v.safeParse(schema, { url: 'https://flipt.example', ...more }).success;
  expect(isValid({})).toBe(true);
  expect(isValid({ api: 'v1' })).toBe(true);
  expect(isValid({ api: 'v1', environment: 'production' })).toBe(false);
  expect(isValid({ api: 'v3' })).toBe(false);
});
