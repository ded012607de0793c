import { describe, expect, it } from 'vitest';
import type { FlagState } from '../../../src/record/flags.js';
import type { Meaning } from '../../../src/sources/flags/meaning.js';
import { change, meaning, type Running, run, stateIn, theFlag } from '../../flags/harness.js';
import { beta, type Flag, filters, flag, group, PostHogServer, providers } from '../../flags/posthog.provider.js';

const [provider] = providers;
if (!provider) throw new Error('no provider');
const found = provider;

async function start(more: Partial<Flag> = {}) {
  const server = new PostHogServer('on');
  server.data = [flag(more)];
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
const stateOf = async (of: Flag['filters'], as: Meaning = meaning) =>
  await read((await start({ filters: of })).running, as);
async function listed({ source, assertNoComplaint }: Running, match: string) {
  const question = { family: 'flags', ask: 'states', of: { match }, meaning } as const;
  const answer = await source.flags?.(question, AbortSignal.timeout(5000)).catch((error: unknown) => error);
  assertNoComplaint();
  return answer;
}

const exactly = (percent: number) => ({ lo: percent, hi: percent });
const whole = { lo: 0, hi: 100 };
const split = (...shares: [string, number][]) => ({
  multivariate: { variants: shares.map(([key, rollout_percentage]) => ({ key, rollout_percentage })) },
});

describe('a flag of PostHog', () => {
  it.each<[string, Flag['filters'], { lo: number; hi: number }, string]>([
    ['nobody without a condition', filters(), exactly(0), 'nobody'],
    ['everyone where no percentage is written', filters(group(null)), exactly(100), 'everyone'],
    ['a percentage with a part', filters(group(0.5)), exactly(0.5), 'partial'],
    // All conditions of a flag compare the same hash.
    ['the greatest of two percentages', filters(group(10), group(30)), exactly(30), 'partial'],
    ['a property', filters(group(null, beta)), whole, 'targeted-only'],
    ['a part of those with a property', filters(group(20, beta)), { lo: 0, hi: 20 }, 'targeted-only'],
    ['those with a property, and a part of all', filters(group(null, beta), group(10)), { lo: 10, hi: 100 }, 'partial'],
    [
      'a part of those with a property, and a part of all',
      filters(group(5, beta), group(10)),
      { lo: 10, hi: 15 },
      'partial',
    ],
    ['early access', { ...filters(group(0)), super_groups: [{}] }, whole, 'targeted-only'],
    ['a holdout', { ...filters(group(100)), holdout_groups: [{}] }, whole, 'partial'],
    ['no early access where the list is empty', { ...filters(group(0)), super_groups: [] }, exactly(0), 'nobody'],
    ['variants', { ...filters(group(100)), ...split(['on', 30], ['off', 70]) }, exactly(30), 'partial'],
    ['variants of a part', { ...filters(group(50)), ...split(['on', 40], ['off', 60]) }, { lo: 0, hi: 40 }, 'unknown'],
    ['variants that are not all', { ...filters(group(100)), ...split(['off', 60]) }, { lo: 0, hi: 40 }, 'unknown'],
    [
      'the variant of a condition',
      { groups: [{ ...group(null), variant: 'on' }], payloads: {}, ...split(['on', 1], ['off', 99]) },
      exactly(100),
      'everyone',
    ],
  ])('serves %s', async (_, of, exposure, reach) => {
    expect(await stateOf(of)).toMatchObject({ exposure, reach, whenOff: 'off' });
    const { running } = await start({ filters: of, active: false });
    expect(await read(running)).toMatchObject({ exposure: exactly(0), reach: 'nobody' });
  });

  it('has variants that are neither on nor off until they are named', async () => {
    const of = { ...filters(group(100)), ...split(['test', 30], ['control', 70]) };
    expect(await stateOf(of)).toMatchObject({ exposure: whole });
    expect(await stateOf(of, { on: ['test'], off: ['control'] })).toMatchObject({
      exposure: exactly(30),
      whenOff: 'off',
    });
  });

  it('names cohorts, other flags, who changed and owns it, and when it was asked for', async () => {
    const of = filters(
      group(null, { key: 'id', type: 'cohort', value: 9 }),
      group(null, { key: '44', type: 'flag', value: true, operator: 'flag_evaluates_to' }),
    );
    expect(await stateOf(of)).toMatchObject({
      targeting: { segments: ['cohort 9'], prerequisites: [{ flag: '44', met: null }] },
      changed: { at: '2026-11-20T10:00:00.000Z', by: 'kim@example.com', scope: 'flag' },
      owner: 'robin@example.com',
      evaluatedAt: '2026-11-23T09:59:00.123Z',
      stale: false,
      version: '7',
      kill: { possible: null, scope: 'all-environments' },
    });
    const { running } = await start({ status: 'STALE', experiment_set: [3], can_edit: false });
    expect(await read(running)).toMatchObject({
      stale: true,
      targeting: { managedBy: 'an experiment' },
      kill: { possible: false, blockedBy: 'permission' },
    });
  });

  it('is found by its whole key on the last page, and not once it is deleted', async () => {
    const { server, running } = await start();
    server.pageSize = 2;
    server.data = Array.from({ length: 7 }, (_, i) => flag({ id: 100 + i, key: `${theFlag}-${i}` }));
    server.data.push(flag());
    expect(await read(running)).toMatchObject({ exists: true });
    expect(await listed(running, 'new-checkout-*')).toMatchObject({ seen: 7 });
    const respond = server.respond.bind(server);
    server.respond = (request) => {
      const { body } = respond(request);
      return { body: request.path.includes('/31/') ? { ...(body as object), deleted: true } : body };
    };
    expect(await stateIn(running)).toMatchObject({ exists: false });
    server.respond = () => ({ status: 404, body: {} });
    expect(await stateIn(running)).toBe('not-found');
    server.respond = () => ({ body: { results: [], next: 'http://x' } });
    expect(await stateIn(running)).toBe('bad-answer');
  });
});

describe('a change of a flag of PostHog', () => {
  const sent = (running: Running) => running.writes().map(({ body }) => JSON.parse(body) as unknown);

  it('sends what changes, and what it was', async () => {
    const { running } = await start({ filters: filters(group(null, beta)) });
    expect(await change(running, { to: 'off' })).toMatchObject({ outcome: 'changed' });
    expect(sent(running)).toEqual([{ active: false, version: 7, original_flag: { active: true } }]);
  });

  it('switches on and sets the percentage together, and keeps the filters as they are written', async () => {
    const odd =
      '{"payloads": {"true":"1.10"}, "groups":[{"properties":[],"sort_key":12345678901234567890,"rollout_percentage": 80}]}';
    const { server, running } = await start({ active: false });
    const respond = server.respond.bind(server);
    let text = odd;
    server.respond = (request) => {
      if (request.method === 'PATCH') {
        const [, written = ''] = /"filters":(.*),"version"/.exec(request.body) ?? [];
        text = written;
        const [first] = server.data;
        if (first) Object.assign(first, { active: true, filters: JSON.parse(written) as Flag['filters'] });
        return { body: {} };
      }
      const answer = respond(request);
      if (!request.path.includes('/31/')) return answer;
      const { filters: _, ...rest } = answer.body as Flag;
      return { body: `${JSON.stringify(rest).slice(0, -1)},"filters":${text}}` };
    };
    expect(await change(running, { to: 'rollout', percent: 2.5 })).toMatchObject({ outcome: 'changed' });
    expect(text).toBe(odd.replace('80', '2.5'));
  });

  it.each<[string, Partial<Flag>, string]>([
    ['it has two conditions', { filters: filters(group(1), group(2)) }, 'too-complex'],
    ['its condition asks who somebody is', { filters: filters(group(1, beta)) }, 'too-complex'],
    ['it has variants', { filters: { ...filters(group(1)), ...split(['on', 50], ['off', 50]) } }, 'too-complex'],
    ['it has early access', { filters: { ...filters(group(1)), super_groups: [{}] } }, 'too-complex'],
    ['it is in an experiment', { experiment_set: [1] }, 'managed'],
  ])('is no rollout when %s', async (_, more, code) => {
    const { running } = await start(more);
    expect(await change(running, { to: 'rollout', percent: 5 })).toMatchObject({ outcome: 'refused', code });
    expect(running.writes()).toEqual([]);
  });

  it('is done without a version where the flag is older than versions', async () => {
    const { running } = await start({ version: null });
    expect(await change(running, { to: 'off' })).toMatchObject({ outcome: 'changed' });
    expect(sent(running)).toEqual([{ active: false, original_flag: { active: true } }]);
  });

  it('is not undone where the conditions are others now', async () => {
    const { server, running } = await start();
    const killed = await change(running, { to: 'off' });
    const [first] = server.data;
    if (first) first.filters = filters(group(1), group(2));
    if (!killed.before) throw new Error('nothing was read');
    const done = await change(running, { to: 'restore', was: killed.before, undo: killed.undo });
    expect(done).toMatchObject({ outcome: 'refused', code: 'too-complex' });
  });
});
