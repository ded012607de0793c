import { describe, expect, it } from 'vitest';
import { staleFlagsGate } from '../../src/gates/stale-flags.js';
import { loadPolicy } from '../../src/policy/load.js';
import type { FlagState } from '../../src/record/flags.js';
import { matching, percentOf, serve, unknownServing } from '../../src/sources/flags/definition.js';
import { ago, day, fails, issuesOf, judgeGate, type Setup } from '../support/flag-gate.js';

const changed = (days: number, scope: 'environment' | 'flag' | 'file' = 'environment'): Pick<Setup, 'changed'> => ({
  changed: { at: ago(days * day), by: 'ann', scope },
});
const on = { definition: { otherwise: serve('on') } };
const quarter = { definition: { rules: [{ who: percentOf(25), serves: serve('on') }] } };
const beta = { definition: { rules: [{ who: matching('r'), serves: serve('on') }] } };
const unclear = { definition: { otherwise: unknownServing } };

const judge = (flags: Record<string, Setup>, config: Record<string, unknown> = {}) =>
  judgeGate(staleFlagsGate, config, { flags });
const word = (setup: Setup, config: Record<string, unknown> = {}): string => {
  const { state, code } = judge({ x: setup }, config);
  return state === 'healthy' ? state : code;
};

describe('a flag', () => {
  it.each<[string, Setup, string]>([
    ['off for long', changed(31), 'stale-flags'],
    ['on for long', { ...on, ...changed(31) }, 'stale-flags'],
    ['off since lately', changed(29), 'none-stale'],
    ['a quarter for long', { ...quarter, ...changed(400) }, 'none-stale'],
    ['on by a rule for long', { ...beta, ...changed(400) }, 'none-stale'],
    ['off by a schedule', { ...changed(400), timeDependent: true }, 'none-stale'],
    ['off in an experiment', { ...changed(400), managedBy: 'an experiment' }, 'none-stale'],
    ['stale as the provider says', { ...quarter, ...changed(1), stale: true }, 'stale-flags'],
    ['off, and nobody knows since when', {}, 'change-unknown'],
    ['not known', { ...unclear, ...changed(400) }, 'change-unknown'],
    ['in a file that was long not changed', changed(31, 'file'), 'stale-flags'],
    // The file changed; whether this flag did nobody knows.
    ['in a file that was changed lately', changed(1, 'file'), 'change-unknown'],
    ['changed lately anywhere', changed(1, 'flag'), 'none-stale'],
    ['changed in the future', changed(-400), 'change-unknown'],
    [
      'an estimate',
      { ...on, ...changed(400), state: { method: 'sampled' } satisfies Partial<FlagState> },
      'change-unknown',
    ],
  ])('that is %s is %s', (_, setup, wanted) => {
    expect(word(setup)).toBe(wanted === 'none-stale' ? 'healthy' : wanted);
  });

  it('may stay when it is permanent, archived, not set up here, or excepted', () => {
    const flags = (more: Setup): Record<string, Setup> => ({ x: { ...changed(400), ...more }, y: quarter });
    expect(judge(flags({ temporary: false })).state).toBe('healthy');
    expect(judge(flags({ temporary: true })).state).toBe('unhealthy');
    expect(judge(flags({ configured: false })).state).toBe('healthy');
    expect(judge(flags({ archived: true })).state).toBe('healthy');
    expect(judge(flags({}), { except: 'x' }).state).toBe('healthy');
    expect(judge(flags({}), { except: ['kill-*', 'x*'] }).state).toBe('healthy');
    expect(judge(flags({}), { 'unchanged-for': '500d' }).state).toBe('healthy');
    expect(judge(flags({}), { match: ['y', 'z*'] })).toMatchObject({ state: 'insufficient' });
    expect(judge(flags({}), { match: 'y' }).state).toBe('healthy');
  });
});

describe('the gate', () => {
  it('lists what is stale, with its state, its last change and its owner', () => {
    const reading = judge({
      a: { ...on, changed: { at: '2026-08-01T00:00:00Z', by: null, scope: 'flag' }, owner: 'team blue' },
      b: { changed: { at: '2026-07-01T00:00:00Z', by: null, scope: 'flag' } },
      c: quarter,
      d: {},
    });
    expect(reading).toMatchObject({
      state: 'unhealthy',
      conclusive: true,
      reason:
        '2 flags have done their work: a (on for everyone, last changed 2026-08-01, of team blue), b (off, last changed 2026-07-01); of 1 other flag it is not known',
    });
  });

  it('says when there is nothing', () => {
    expect(judge({ a: quarter, b: changed(3) }).reason).toBe('none of 2 flags has stood on or off for 30d');
    expect(judge({})).toMatchObject({ state: 'insufficient', code: 'no-data' });
    expect(judge({ a: { ...changed(400), temporary: false } })).toMatchObject({
      state: 'insufficient',
      code: 'no-flags',
    });
    const world = (x: object) => judgeGate(staleFlagsGate, {}, { flags: { a: quarter }, ...x });
    expect(world({ fails: { '*': fails('timeout') } }).state).toBe('error');
    expect(world({ change: { '*': { partial: true } } }).state).toBe('insufficient');
  });

  it('takes patterns and times, and no nonsense', () => {
    expect(issuesOf(staleFlagsGate, {})).toBeUndefined();
    expect(issuesOf(staleFlagsGate, { match: [] })).toContain('at least one entry');
    expect(issuesOf(staleFlagsGate, { 'unchanged-for': '30 moons' })).toContain('a duration');
    expect(issuesOf(staleFlagsGate, { 'on-values': ['a'], 'off-values': ['A'] })).toContain('no value in both');
  });
});

describe('in a policy', () => {
  const load = (gates: string) =>
    loadPolicy({
      text: `version: 1\nsources: { flags: { type: flagd, file: f.json } }\ngates:\n${gates}`,
      overrides: [],
      facts: {},
      env: {},
      observe: false,
    });
  const stale = '  - { name: old, type: stale-flags, source: flags }\n';
  const dark = '  - { name: dark, type: flags, source: flags, expect: { a: "off" } }\n';

  it('it only warns unless it is told to block', async () => {
    const { policy, problems } = await load(dark + stale);
    expect(problems).toEqual([]);
    expect(policy?.gates.map(({ enforce }) => enforce)).toEqual(['block', 'warn']);
    const blocking = await load(stale.replace('source', 'enforce: block, source'));
    expect(blocking.policy?.gates[0]?.enforce).toBe('block');
  });

  it('it alone is no gate that blocks', async () => {
    const { problems } = await load(stale);
    expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining('no gate blocks')]);
  });
});
