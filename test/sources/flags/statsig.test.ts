import { describe, expect, it } from 'vitest';
import type { FlagState } from '../../../src/record/flags.js';
import { change, meaning, type Running, run, stateIn, theFlag } from '../../flags/harness.js';
import { type Gate, gate, type Overrides, providers, rule, StatsigServer } from '../../flags/statsig.provider.js';

const [provider] = providers;
if (!provider) throw new Error('no provider');
const found = provider;

async function start(more: Partial<Gate> = {}, overrides: Partial<Overrides> = {}) {
  const server = new StatsigServer('on');
  server.data.gates = [gate(more)];
  Object.assign(server.data.overrides, overrides);
  return { server, running: await run(found, server) };
}
async function stateOf(more: Partial<Gate>, overrides: Partial<Overrides> = {}): Promise<FlagState> {
  const { running } = await start(more, overrides);
  const state = await stateIn(running);
  running.assertNoComplaint();
  if (typeof state === 'string') throw new Error(state);
  return state;
}
async function listed({ source, assertNoComplaint }: Running, match: string) {
  const question = { family: 'flags', ask: 'states', of: { match }, meaning } as const;
  const answer = await source.flags?.(question, AbortSignal.timeout(5000)).catch((error: unknown) => error);
  assertNoComplaint();
  return answer;
}

const exactly = (percent: number) => ({ lo: percent, hi: percent });
const staff = { conditions: [{ type: 'email', operator: 'str_contains_any', targetValue: ['@example.com'] }] };

describe('a gate of Statsig', () => {
  it.each<[string, Partial<Gate>, { lo: number; hi: number }, string]>([
    ['a percentage with a part', { rules: [rule(12.5)] }, exactly(12.5), 'partial'],
    ['nobody without a rule', { rules: [] }, exactly(0), 'nobody'],
    // Whom a rule is for and does not let pass fails, whatever comes after it.
    ['the first rule for all alone', { rules: [rule(5), rule(100)] }, exactly(5), 'partial'],
    [
      'some of those that a rule is for, and nobody else',
      { rules: [rule(30, staff)] },
      { lo: 0, hi: 30 },
      'targeted-only',
    ],
    ['a rule, and a share of the others', { rules: [rule(100, staff), rule(10)] }, { lo: 10, hi: 100 }, 'partial'],
    [
      'rules of this environment alone',
      { rules: [rule(100, { environments: ['development'] })] },
      exactly(0),
      'nobody',
    ],
    ['rules of all environments', { rules: [rule(40, { environments: null })] }, exactly(40), 'partial'],
    [
      'a rule by environment, which is known',
      {
        rules: [
          rule(100, {
            environments: null,
            conditions: [{ type: 'environment_tier', operator: 'any', targetValue: ['development', 'staging'] }],
          }),
        ],
      },
      exactly(0),
      'nobody',
    ],
    ['all but a holdout', { holdoutIDs: ['h1'] }, { lo: 0, hi: 100 }, 'partial'],
    ['a percentage that is none', { rules: [rule(140)] }, { lo: 0, hi: 100 }, 'unknown'],
    [
      'everyone once it is launched, whatever its rules say',
      { status: 'Launched', rules: [rule(5)] },
      exactly(100),
      'everyone',
    ],
    [
      'what nobody knows where switch and status differ',
      { status: 'Launched', isEnabled: false },
      { lo: 0, hi: 100 },
      'unknown',
    ],
    [
      'what nobody knows with a status of tomorrow',
      { status: 'Paused', isEnabled: false },
      { lo: 0, hi: 100 },
      'unknown',
    ],
  ])('serves %s', async (_, more, exposure, reach) => {
    expect(await stateOf(more)).toMatchObject({ exposure, reach });
  });

  it('has lists of users before its rules, and those of other environments count nowhere', async () => {
    const dark = { rules: [rule(0)] };
    const [mine, other] = ['production', 'staging'].map((environment) => ({
      environmentOverrides: [{ environment, unitID: 'userID', passingIDs: ['a', 'b'], failingIDs: [] }],
    }));
    expect(await stateOf(dark, mine)).toMatchObject({ reach: 'targeted-only', targeting: { individuals: 2 } });
    expect(await stateOf(dark, other)).toMatchObject({ reach: 'nobody', targeting: { individuals: 0 } });
    expect(await stateOf({}, { failingUserIDs: ['x'] })).toMatchObject({ exposure: exactly(100), reach: 'partial' });
  });

  it('says who owns it, what moves it, and that it is stale', async () => {
    const state = await stateOf({
      type: 'STALE',
      typeReason: 'STALE_PROBABLY_LAUNCHED',
      rules: [rule(10, { pendingAutomatedRollouts: [{ time: 1, passPercent: 50 }] })],
    });
    expect(state).toMatchObject({
      stale: true,
      owner: 'robin@example.com',
      version: '7',
      changed: { at: '2026-11-20T10:00:00.000Z', by: 'Robin', scope: 'flag' },
      targeting: { managedBy: 'a scheduled rollout' },
      kill: { possible: null, scope: 'all-environments' },
    });
  });

  it('is not believed from an address that is not the API, or in another shape', async () => {
    const { server, running } = await start();
    server.respond = () => ({ status: 404, body: 'nothing here' });
    expect(await stateIn(running)).toBe('not-found');
    const odd = await start({ rules: null as unknown as Gate['rules'] });
    expect(await stateIn(odd.running)).toBe('bad-answer');
    const another = await start();
    another.server.respond = () => ({ body: { message: '', data: gate({ id: 'another' }) } });
    expect(await stateIn(another.running)).toBe('bad-answer');
  });

  it('is found by a pattern on the last page too', async () => {
    const { server, running } = await start();
    for (let i = 0; i < 230; i++) server.data.gates.push(gate({ id: i === 229 ? 'release-last' : `other-${i}` }));
    expect(await listed(running, 'release-*')).toMatchObject({ seen: 1, states: [{ key: 'release-last' }] });
    const respond = server.respond.bind(server);
    server.respond = (request) => {
      const answer = respond(request);
      return request.path.includes('page=2') ? { body: { ...(answer.body as object), data: [] } } : answer;
    };
    expect(await listed(running, 'release-*')).toMatchObject({ code: 'bad-answer' });
  });
});

describe('a change of a gate of Statsig', () => {
  const sent = (running: Running) => running.writes().map(({ method, path, body }) => [method, path, body]);

  it('addresses a rule by what stays, and sets the percentage before the switch', async () => {
    const { running } = await start({ isEnabled: false, status: 'Disabled', rules: [rule(80)] });
    expect(await change(running, { to: 'rollout', percent: 5 })).toMatchObject({ outcome: 'changed' });
    expect(sent(running)).toEqual([
      ['PATCH', '/console/v1/gates/new-checkout/rules/38ttpeh', '{"passPercentage":5}'],
      ['PUT', '/console/v1/gates/new-checkout/enable', ''],
    ]);
  });

  it('launches again what was launched', async () => {
    const { server, running } = await start({ status: 'Launched' });
    const killed = await change(running, { to: 'off' });
    expect(killed).toMatchObject({ outcome: 'changed' });
    if (!killed.before) throw new Error('nothing was read');
    await change(running, { to: 'restore', was: killed.before, undo: killed.undo });
    expect(server.data.gates[0]).toMatchObject({ isEnabled: true, status: 'Launched' });
  });

  it.each<[string, Partial<Gate>, string]>([
    ['it has two rules', { rules: [rule(5), rule(5)] }, 'too-complex'],
    ['its rule asks who somebody is', { rules: [rule(5, staff)] }, 'too-complex'],
    ['its rule is for other environments too', { rules: [rule(5, { environments: null })] }, 'too-complex'],
    ['it has a holdout', { holdoutIDs: ['h'] }, 'too-complex'],
    ['it is launched', { status: 'Launched' }, 'too-complex'],
    [
      'a schedule moves it',
      { rules: [rule(5, { pendingAutomatedRollouts: [{ time: 1, passPercent: 9 }] })] },
      'managed',
    ],
    ['a pipeline moves it', { releasePipelineID: 'p' }, 'managed'],
    ['it asks for reviews', { reviewSettings: { requiredReview: true, allowedReviewers: [] } }, 'approval'],
  ])('is no rollout when %s', async (_, more, code) => {
    const { running } = await start(more);
    const done = await change(running, { to: 'rollout', percent: 5 });
    expect(done).toMatchObject({ outcome: 'refused', code });
    expect(done.next).toBeTruthy();
    expect(running.writes()).toEqual([]);
  });

  it('is not restored on a rule that is gone', async () => {
    const { server, running } = await start();
    const killed = await change(running, { to: 'off' });
    const [only] = server.data.gates;
    if (only) only.rules = [rule(1, { baseID: 'another' })];
    if (!killed.before) throw new Error('nothing was read');
    const done = await change(running, { to: 'restore', was: killed.before, undo: killed.undo });
    expect(done).toMatchObject({ outcome: 'refused', code: 'too-complex' });
    expect(theFlag).toBe(killed.flag);
  });
});
