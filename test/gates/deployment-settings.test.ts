/** Settings of two targets, and what a policy may ask of deployments. */
import { describe, expect, it } from 'vitest';
import { deploymentGate } from '../../src/gates/deployment.js';
import { loadPolicy } from '../../src/policy/load.js';
import type { SettingsDiffer, Target } from '../../src/record/deployments.js';
import { judgeDeployment, target, type World } from '../support/deployments.js';
import { bindGate, fails, issuesOf, moment } from '../support/flag-gate.js';

const issues = (expected: Record<string, unknown>) => issuesOf(deploymentGate, { expect: expected });

type Differ = SettingsDiffer['differ'][number];
const differ = (name: string, how: Differ['how'], sticky: boolean | null): Differ => ({ name, how, sticky });

describe('settings', () => {
  const settings = (
    found: readonly Differ[],
    more: { compared?: number; except?: unknown; change?: Partial<Target> } = {},
  ) =>
    judgeDeployment(
      {
        expect: {
          staging: { 'settings-like': 'production', ...(more.except ? { 'settings-except': more.except } : {}) },
        },
      },
      {
        targets: [target('staging', more.change)],
        settings: { staging: { compared: more.compared ?? 9, differ: [...found] } },
      },
    );

  it('are asked for apart, so that the rest is known where they may not be read', () => {
    const expected = { staging: { ready: true, 'settings-like': 'production' }, production: 'running' };
    expect([...bindGate(deploymentGate, { expect: expected }).questions(moment)]).toEqual([
      ['targets', { family: 'deployment', targets: ['staging', 'production'] }],
      [
        'settings of staging',
        { family: 'deployment', targets: ['staging'], settings: { target: 'staging', like: 'production' } },
      ],
    ]);
    const world: World = {
      targets: [target('staging', { ready: false }), target('production')],
      fails: { 'settings of staging': fails('forbidden', true) },
    };
    expect(judgeDeployment({ expect: expected }, world)).toMatchObject({
      state: 'unhealthy',
      reason: 'staging: is not ready, expected to be; besides: settings of staging: could not be read: forbidden!',
    });
    expect(
      judgeDeployment({ expect: expected }, { ...world, targets: [target('staging'), target('production')] }),
    ).toMatchObject({
      state: 'error',
      code: 'forbidden',
      permanent: true,
    });
  });

  it.each<[string, Differ, string]>([
    ['a value that would be swapped in', differ('X', 'other-value', false), 'unhealthy'],
    ['a value that stays where it is', differ('X', 'other-value', true), 'healthy'],
    ['a value of which nobody knows', differ('X', 'other-value', null), 'insufficient'],
    ['one that is missing', differ('X', 'missing', false), 'unhealthy'],
    ['one that is only here', differ('X', 'only-here', false), 'unhealthy'],
    // The code would not find it after a swap.
    ['a sticky one that is only here', differ('X', 'only-here', true), 'unhealthy'],
    ['a sticky one that is missing', differ('X', 'missing', true), 'unhealthy'],
    ['one that is missing, of which nobody knows', differ('X', 'missing', null), 'unhealthy'],
  ])('%s', (_, found, state) => expect(settings([found]).state).toBe(state));

  it('are named, and never with their values', () => {
    const found = [
      differ('DB_HOST', 'other-value', false),
      differ('KEY', 'only-here', true),
      differ('OK', 'other-value', true),
    ];
    expect(settings(found).reason).toBe(
      'staging: has other settings than production: DB_HOST (another value), KEY (only here, sticky)',
    );
    expect(settings(found, { except: ['DB_*', 'KEY'] })).toMatchObject({
      state: 'healthy',
      reason: 'staging: is there; has the settings of production (9 settings compared, but for 3 that may differ)',
    });
    expect(settings(found, { except: 'DB_HOST' }).state).toBe('unhealthy');
  });

  it('prove nothing when there are none, when they were not compared, or while they may be changing', () => {
    expect(settings([], { compared: 0 })).toMatchObject({ state: 'insufficient', code: 'no-settings' });
    expect(settings([], { change: { state: 'deploying' } })).toMatchObject({ state: 'insufficient', pending: true });
    expect(settings([], { change: { state: 'unknown' } })).toMatchObject({ state: 'insufficient', code: 'not-told' });
    const world = { targets: [target('staging')] };
    expect(judgeDeployment({ expect: { staging: { 'settings-like': 'production' } } }, world)).toMatchObject({
      state: 'insufficient',
      reason: 'staging: has settings that the source does not compare, expected those of production (are both there?)',
    });
  });
});

describe('the policy', () => {
  it.each<[Record<string, unknown>, RegExp]>([
    [{}, /at least one target/],
    [{ a: 'up' }, /`exists`, `running`, `ready`, `healthy`, `absent`/],
    [{ a: {} }, /at least one of/],
    [{ a: { traffic: '>= 0%' } }, /bounds that not every share satisfies/],
    [{ a: { traffic: '0%..100%' } }, /bounds that not every share satisfies/],
    [{ a: { traffic: '<= 100%' } }, /bounds that not every share satisfies/],
    [{ a: { traffic: '5 ms' } }, /bounds in percent/],
    [{ a: { traffic: 5 } }, /bounds in percent/],
    [{ a: { version: 1.1 } }, /in quotes/],
    [{ a: { version: ' ' } }, /is the variable set/],
    [{ a: { exists: false, ready: true } }, /`exists: false` by itself/],
    [{ a: { exists: false, 'settings-like': 'b' }, b: 'exists' }, /`exists: false` by itself/],
    [{ a: { running: false, ready: true } }, /beside `running: false`/],
    [{ a: { ready: true, 'settings-except': ['X'] } }, /`settings-like` beside/],
    [{ a: { 'settings-except': ['X'] } }, /at least one of/],
    [{ a: { 'settings-like': 'A' } }, /another target/],
    [{ a: { 'stable-for': 0 } }, /longer than 0/],
    [{ a: { 'min-instances': 0 } }, /at least 1/],
    [{ a: { ready: false } }, /./],
    [JSON.parse('{"a": "ready", "__proto__": "ready"}') as Record<string, unknown>, /other than __proto__/],
  ])('%j is refused', (expected, message) => {
    expect(issues(expected)).toMatch(message);
  });

  it('is advised of what is probably not meant', () => {
    const lint = (expected: Record<string, unknown>) =>
      deploymentGate.lint?.({ expect: expected, wait: false }).map(({ message }) => message);
    expect(lint({ a: { version: 'a1b2c3' } })).toEqual([
      'a: `a1b2c3` is compared letter by letter; a commit id needs at least 7 characters to match the full one',
    ]);
    expect(lint({ a: { running: false, traffic: '>= 5%' } })).toEqual([
      'a: it is to be stopped, and to get traffic all the same',
    ]);
    expect(lint({ a: 'ready', b: { version: '1.2.3', traffic: '= 0%', running: false } })).toEqual([]);
  });

  it('may compare settings only where the source can', async () => {
    const load = async (type: string) => {
      const id = '/subscriptions/1/resourceGroups/shop/providers/Microsoft.Web/sites/checkout';
      const sources = `sources:\n  slots: { type: ${type}, resource: "${id}" }\n`;
      const gate = '{ name: g, type: deployment, source: slots, expect: { staging: { settings-like: production } } }';
      const text = `version: 1\n${sources}gates:\n  - ${gate}\n`;
      const { problems } = await loadPolicy({ text, overrides: [], facts: {}, env: {}, observe: false });
      return problems.map(({ message }) => message);
    };
    expect(await load('azure-resource-health')).toEqual([
      'a source of type `azure-resource-health` cannot compare settings, which `settings-like` asks for; expected one of app-service',
    ]);
    expect(await load('app-service')).toEqual([]);
  });
});
