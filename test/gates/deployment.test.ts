import { describe, expect, it } from 'vitest';
import { deploymentGate } from '../../src/gates/deployment.js';
import type { Target } from '../../src/record/deployments.js';
import { deployments, judgeDeployment, target, unknownTarget, type World } from '../support/deployments.js';
import { at } from '../support/evidence.js';
import { fails, issuesOf } from '../support/flag-gate.js';

const judge = (expected: unknown, change: Partial<Target> = {}, config: Record<string, unknown> = {}) =>
  judgeDeployment({ expect: { staging: expected }, ...config }, { targets: [target('staging', change)] });
const issues = (expected: Record<string, unknown>) => issuesOf(deploymentGate, { expect: expected });

const commit = 'a1b2c3d4e5f60718293a4b5c6d7e8f9012345678';

describe('an assertion', () => {
  it.each<[string, unknown, Partial<Target>, string, string]>([
    ['exists', 'exists', {}, 'healthy', 'staging: is there'],
    ['exists, whatever its state', 'exists', { state: 'failed', version: null }, 'healthy', 'staging: is there'],
    ['running', 'running', {}, 'healthy', 'staging: is running'],
    ['running', 'running', { state: 'stopped' }, 'unhealthy', 'staging: is stopped, expected to run'],
    ['stopped', { running: false }, { state: 'stopped' }, 'healthy', 'staging: is stopped'],
    ['stopped', { running: false }, {}, 'unhealthy', 'staging: is running, expected stopped'],
    ['ready', 'ready', {}, 'healthy', 'staging: is ready'],
    ['ready', 'ready', { ready: false }, 'unhealthy', 'staging: is not ready, expected to be'],
    ['ready', 'ready', { state: 'stopped' }, 'unhealthy', 'staging: is stopped, expected to run'],
    ['healthy', 'healthy', {}, 'healthy', 'staging: is healthy'],
    ['healthy', 'healthy', { health: 'unhealthy' }, 'unhealthy', 'staging: is unhealthy, expected healthy'],
    ['version', { version: '1.2.3' }, {}, 'healthy', 'staging: runs 1.2.3'],
    ['version', { version: '1.2.3' }, { version: '1.2.2' }, 'unhealthy', 'staging: runs 1.2.2, expected 1.2.3'],
    ['min-instances', { 'min-instances': 2 }, {}, 'healthy', 'staging: has 2 of 2 instances ready'],
    [
      'min-instances',
      { 'min-instances': 2 },
      { instances: { wanted: 3, ready: 1 } },
      'unhealthy',
      'staging: has 1 of 3 instances ready, expected at least 2 ready',
    ],
    ['stable-for', { 'stable-for': '1h' }, {}, 'healthy', 'staging: has been there for 1h'],
    [
      'stable-for',
      { 'stable-for': '10m' },
      { since: at(-240_000) },
      'insufficient too-young pending',
      'staging: has been there for 4m, expected 10m',
    ],
    // The clock of the system goes half a minute ahead.
    [
      'stable-for',
      { 'stable-for': '30s' },
      { since: at(30_000) },
      'insufficient too-young pending',
      'staging: has been there for 0s, expected 30s',
    ],
    [
      'stable-for',
      { 'stable-for': '10m' },
      { since: at(61_000) },
      'insufficient clock-skew',
      'staging: got there in the future, expected there for 10m: do the clocks agree?',
    ],
    ['traffic', { traffic: '= 0%' }, {}, 'healthy', 'staging: gets 0 % of the traffic'],
    ['traffic', { traffic: '= 0%' }, { traffic: 5 }, 'unhealthy', 'staging: gets 5 % of the traffic, expected = 0 %'],
    [
      'traffic',
      { traffic: '>= 5%' },
      { traffic: 4.999 },
      'unhealthy',
      'staging: gets 4.999 % of the traffic, expected >= 5 %',
    ],
    ['traffic', { traffic: '>= 5%' }, { traffic: 5 }, 'healthy', 'staging: gets 5 % of the traffic'],
    ['traffic', { traffic: '> 5%' }, { traffic: 5 }, 'unhealthy', 'staging: gets 5 % of the traffic, expected > 5 %'],
    ['traffic', { traffic: '== 5%' }, { traffic: 0.1 * 50 }, 'healthy', 'staging: gets 5 % of the traffic'],
    [
      'traffic',
      { traffic: '5%..10%' },
      { traffic: 20 },
      'unhealthy',
      'staging: gets 20 % of the traffic, expected 5 %..10 %',
    ],
    [
      'traffic, while something is being changed there',
      { traffic: '= 0%' },
      { state: 'deploying' },
      'healthy',
      'staging: gets 0 % of the traffic',
    ],
  ])('%s', (_, expected, change, wanted, reason) => {
    const reading = judge(expected, change);
    const { state, code, pending } = reading;
    const words = state === 'insufficient' ? `${state} ${code}${pending ? ' pending' : ''}` : state;
    expect([words, reading.reason]).toEqual([wanted, reason]);
  });

  it.each<[string, unknown]>([
    ['version', { version: '1.2.3' }],
    ['running', 'running'],
    ['stopped', { running: false }],
    ['ready', 'ready'],
    ['healthy', 'healthy'],
    ['traffic', { traffic: '< 50%' }],
    ['min-instances', { 'min-instances': 1 }],
    ['stable-for', { 'stable-for': '1m' }],
  ])('%s is never met by what is not known, and the reason says what that is', (_, expected) => {
    for (const wait of [false, true]) {
      const world = { targets: [unknownTarget('staging')] };
      const reading = judgeDeployment({ expect: { staging: expected }, wait }, world);
      expect(reading).toMatchObject({ state: 'insufficient', code: 'not-told' });
      expect(reading.pending).toBeUndefined();
      expect(reading.reason).toMatch(/the source does not say, expected /);
    }
  });
});

describe('the version', () => {
  it.each<[string, string, boolean]>([
    [commit, commit, true],
    [commit.slice(0, 7), commit, true],
    [commit, commit.slice(0, 12), true],
    [commit.slice(0, 7).toUpperCase(), commit, true],
    [commit.slice(0, 6), commit, false],
    [commit.slice(0, 7), commit.slice(0, 12), false],
    ['1234567', `1234567${commit.slice(7)}`, true],
    ['1.2.3', '1.2.3.4', false],
    ['1.2.3', 'v1.2.3', false],
    ['2', '20', false],
  ])('%s at %s: %s', (wanted, runs, same) => {
    expect(judge({ version: wanted }, { version: runs }).state).toBe(same ? 'healthy' : 'unhealthy');
  });
});

describe('while something is being changed there', () => {
  it.each([
    [{ version: '1.2.3' }, 'version 1.2.3'],
    ['running', 'running'],
    [{ running: false }, 'stopped'],
    ['ready', 'ready'],
    ['healthy', 'healthy'],
    [{ 'min-instances': 1 }, 'at least 1 ready'],
    [{ 'stable-for': '1m' }, 'there for 1m'],
  ])('%j is pending, whatever else is said', (expected, words) => {
    expect(judge(expected, { state: 'deploying' })).toMatchObject({
      state: 'insufficient',
      code: 'deploying',
      pending: true,
      reason: `staging: is being changed right now, expected ${words}`,
    });
  });

  it('what is expected to be gone may be going', () => {
    const targets = [target('blue'), target('green', { state: 'deploying' })];
    const reading = judgeDeployment({ expect: { blue: 'exists', green: 'absent' } }, { targets });
    expect(reading).toMatchObject({ state: 'insufficient', pending: true });
  });
});

describe('a change that failed', () => {
  it('stops at once', () => {
    expect(judge({ version: '1.2.3', ready: true }, { state: 'failed', reasons: ['no such image'] })).toMatchObject({
      state: 'unhealthy',
      code: 'rollout-failed',
      conclusive: true,
      reason: 'staging: is in a failed state, expected version 1.2.3, ready (no such image)',
    });
  });

  it('is waited out with `wait`, since the next one may mend it', () => {
    const reading = judge('ready', { state: 'failed' }, { wait: true });
    expect(reading).toMatchObject({ state: 'insufficient', code: 'waiting', pending: true });
    expect(reading.reason).toBe('staging: is in a failed state, expected ready');
  });
});

describe('several', () => {
  it('assertions and targets are all named when they are missed, with what the system says', () => {
    const targets = [
      target('staging', { version: '1.2.2', traffic: 5, ready: false, reasons: ['1 of 2 instances are stopped'] }),
      target('production', { state: 'stopped', traffic: null }),
    ];
    const reading = judgeDeployment(
      {
        expect: {
          staging: { version: '1.2.3', ready: true, traffic: '= 0%' },
          production: { running: true, traffic: '= 100%' },
          old: 'exists',
        },
      },
      { targets },
    );
    expect(reading).toMatchObject({ state: 'unhealthy', code: 'target-not-as-expected' });
    expect(reading.conclusive).toBeUndefined();
    expect(reading.reason).toBe(
      'staging: runs 1.2.2, expected 1.2.3 (1 of 2 instances are stopped); is not ready, expected to be; gets 5 % of the traffic, expected = 0 %; production: is stopped, expected to run; old: is not there, expected it to be there; besides: production: may get any share of the traffic: the source does not say, expected = 100 %',
    );
  });

  it('that are met are all named', () => {
    const targets = [target('staging'), target('production', { traffic: 100, version: '1.2.2' })];
    const config = {
      expect: { staging: { version: '1.2.3', ready: true, traffic: '= 0%' }, production: 'running', old: 'absent' },
    };
    expect(judgeDeployment(config, { targets })).toMatchObject({
      state: 'healthy',
      code: 'as-expected',
      reason:
        'staging: runs 1.2.3; is ready; gets 0 % of the traffic; production: is running; old: is not there, as expected',
    });
  });
});

describe('a target that is not there', () => {
  it('counts against the release, whether others are there or not', () => {
    const reading = judgeDeployment({ expect: { staging: { version: '1.2.3', traffic: '= 0%' } } }, {});
    expect(reading).toMatchObject({
      state: 'unhealthy',
      reason: 'staging: is not there, expected version 1.2.3, = 0 % of the traffic',
    });
  });

  it('is waited for with `wait`', () => {
    const reading = judgeDeployment({ expect: { payments: 'ready' }, wait: true }, {});
    expect(reading).toMatchObject({ state: 'insufficient', code: 'waiting', pending: true });
  });

  it('proves nothing by itself', () => {
    expect(issues({ old: 'absent' })).toMatch(/a target that is to be there beside/);
    const reading = judgeDeployment({ expect: { old: 'absent', blue: 'exists' } }, { targets: [target('old')] });
    expect(reading).toMatchObject({ state: 'unhealthy' });
    expect(reading.reason).toBe('old: is there, expected not to be; blue: is not there, expected it to be there');
  });
});

describe('with `wait`', () => {
  it('what is not known is no reason to wait, and what is not so yet is never ignored with it', () => {
    const targets = [target('a', { version: null }), target('b', { version: '1.2.2' })];
    const config = { expect: { a: { version: '1.2.3' }, b: { version: '1.2.3' } }, wait: true };
    expect(judgeDeployment(config, { targets })).toMatchObject({
      state: 'insufficient',
      code: 'not-told',
      pending: true,
    });
    const first = judgeDeployment({ ...config, expect: { a: config.expect.a } }, { targets });
    expect(first).toMatchObject({ state: 'insufficient', code: 'not-told' });
    expect(first.pending).toBeUndefined();
  });

  it('what could not be measured is still an error', () => {
    const config = { expect: { a: 'ready' }, wait: true };
    expect(judgeDeployment(config, { fails: { targets: fails('forbidden') } })).toMatchObject({ state: 'error' });
  });
});

describe('an answer', () => {
  const config = { expect: { a: 'ready', b: 'ready' } };
  const well: World = { targets: [target('a'), target('b')] };
  const changed = (change: Record<string, unknown>): World => ({ ...well, change: { targets: change } });

  it.each<[string, World]>([
    ['about others', changed({ targets: [target('a'), target('c')] })],
    ['about too few', changed({ targets: [target('a')] })],
    ['about too many', changed({ targets: [target('a'), target('b'), target('c')] })],
    ['with one twice', changed({ targets: [target('a'), target('a')] })],
    ['of another kind', changed({ kind: 'flag-states', states: [] })],
    [
      'about settings that nobody asked for',
      changed({ settings: { target: 'a', like: 'b', compared: 1, differ: [] } }),
    ],
  ])('%s is none', (_, world) => {
    expect(judgeDeployment(config, world)).toMatchObject({ state: 'error', code: 'bad-answer' });
  });

  it('in another order is one', () => {
    expect(judgeDeployment(config, changed({ targets: [target('b'), target('a')] })).state).toBe('healthy');
  });

  it('about the settings of others is none', () => {
    const expected = { a: { 'settings-like': 'b' } };
    const other = deployments([target('a')], { settings: { target: 'a', like: 'c', compared: 9, differ: [] } });
    const world = { targets: [target('a')], change: { 'settings of a': other } };
    expect(judgeDeployment({ expect: expected }, world)).toMatchObject({ state: 'error', code: 'bad-answer' });
  });

  it('that is partial, missing, empty or a failure is no proof', () => {
    expect(judgeDeployment(config, changed({ partial: true, notes: ['one page of two'] }))).toMatchObject({
      state: 'insufficient',
      code: 'partial',
      reason: 'was answered in part: one page of two',
    });
    expect(judgeDeployment(config, { ...well, fails: { targets: null } })).toMatchObject({
      state: 'error',
      code: 'not-answered',
    });
    expect(judgeDeployment(config, changed({ seen: 0 }))).toMatchObject({ state: 'insufficient', code: 'no-data' });
    expect(judgeDeployment(config, { fails: { targets: fails('bad-query', true) } })).toMatchObject({
      state: 'error',
      code: 'bad-query',
      permanent: true,
    });
  });
});
