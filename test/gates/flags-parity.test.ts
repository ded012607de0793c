import { describe, expect, it } from 'vitest';
import { flagsGate } from '../../src/gates/flags.js';
import { individuals, matching, percentOf, serve, unknownServing } from '../../src/sources/flags/definition.js';
import { fails, judgeGate, missing, type Setup, type World } from '../support/flag-gate.js';

const on: Setup = { definition: { otherwise: serve('on') } };
const off: Setup = {};
const at = (percent: number): Setup => ({ definition: { rules: [{ who: percentOf(percent), serves: serve('on') }] } });
const beta: Setup = { definition: { rules: [{ who: matching('plan', 'beta'), serves: serve('on') }] } };
const listed: Setup = { definition: { rules: [{ who: individuals(2), serves: serve('on') }] } };
const both: Setup = {
  definition: {
    rules: [
      { who: matching('plan'), serves: serve('on') },
      { who: percentOf(10), serves: serve('on') },
    ],
  },
};
const butListed: Setup = {
  definition: { rules: [{ who: individuals(2), serves: serve('off') }], otherwise: serve('on') },
};
const open: Setup = { definition: { otherwise: unknownServing } };
const code: Setup = { definition: { rules: [{ who: matching('r'), serves: serve(null) }] } };
const sampled = (lo: number, hi: number): Setup => ({
  ...open,
  state: { method: 'sampled', sample: 400, exposure: { lo, hi }, reach: 'partial', unclear: [] },
});

const judge = (rule: string, world: World, expected: Record<string, unknown> = { x: 'exists' }) =>
  judgeGate(flagsGate, { expect: expected, parity: { with: 'staging', rule } }, world);
const word = (rule: string, here: Setup | typeof missing, there: Setup | typeof missing): string => {
  const { state, code: why, conclusive } = judge(rule, { flags: { x: here }, elsewhere: { x: there } });
  return state === 'healthy' ? state : state === 'unhealthy' ? (conclusive ? state : 'unhealthy for now') : why;
};

describe('parity', () => {
  it.each<[string, Setup, string, Setup, string, string, string]>([
    // Here, there; equal, not-ahead-of, superset-on.
    ['off', off, 'off', off, 'healthy', 'healthy', 'healthy'],
    ['on', on, 'on', on, 'healthy', 'healthy', 'healthy'],
    ['off', off, 'on', on, 'unhealthy', 'healthy', 'unhealthy'],
    ['on', on, 'off', off, 'unhealthy', 'unhealthy', 'healthy'],
    ['25 %', at(25), '25 %', at(25), 'healthy', 'healthy', 'healthy'],
    ['33.333 %', at(33.333), 'a third', at(100 / 3), 'healthy', 'healthy', 'healthy'],
    ['5 %', at(5), '25 %', at(25), 'unhealthy', 'healthy', 'unhealthy'],
    ['5 %', at(5), 'off', off, 'unhealthy', 'unhealthy', 'healthy'],
    ['0.0001 %', at(0.0001), 'off', off, 'unhealthy', 'unhealthy', 'healthy'],
    ['on by a rule', beta, 'off', off, 'unhealthy', 'unhealthy', 'healthy'],
    ['on by a list', listed, 'off', off, 'unhealthy', 'unhealthy', 'healthy'],
    // Who is named here need not be who is named there.
    ['on by a list', listed, 'on by a list', listed, 'indeterminate', 'indeterminate', 'indeterminate'],
    ['on by a rule', beta, 'on by a rule', beta, 'indeterminate', 'indeterminate', 'indeterminate'],
    ['on by a rule', beta, 'on', on, 'indeterminate', 'healthy', 'indeterminate'],
    ['10 % and a rule', both, '5 %', at(5), 'unhealthy', 'unhealthy', 'healthy'],
    ['10 % and a rule', both, '50 %', at(50), 'indeterminate', 'indeterminate', 'indeterminate'],
    ['on but for a list', butListed, 'on', on, 'indeterminate', 'healthy', 'healthy'],
    ['not known', open, 'off', off, 'indeterminate', 'indeterminate', 'healthy'],
    ["the code's default by a rule", code, 'off', off, 'indeterminate', 'indeterminate', 'healthy'],
    ['sampled', sampled(3, 6), '25 %', at(25), 'unhealthy for now', 'healthy', 'unhealthy for now'],
    ['sampled', sampled(3, 6), '5 %', at(5), 'indeterminate', 'indeterminate', 'indeterminate'],
  ])('of %s with %s', (_a, here, _b, there, equal, notAhead, superset) => {
    expect(word('equal', here, there)).toBe(equal);
    expect(word('not-ahead-of', here, there)).toBe(notAhead);
    expect(word('superset-on', here, there)).toBe(superset);
  });

  it('is nothing that could be said of a flag that is not there, not set up or archived', () => {
    for (const rule of ['equal', 'not-ahead-of', 'superset-on']) {
      expect(word(rule, off, missing)).toBe('no-counterpart');
      expect(word(rule, off, { configured: false })).toBe('no-counterpart');
      expect(word(rule, off, { archived: true })).toBe('no-counterpart');
      expect(word(rule, missing, off)).toBe('unknown-flag');
      expect(word(rule, missing, missing)).toBe('unknown-flag');
    }
  });

  it('is said in words', () => {
    expect(judge('not-ahead-of', { flags: { x: on }, elsewhere: { x: at(25) } }).reason).toBe(
      'x is on for everyone here and on for 25 % in staging, expected no more here than there',
    );
    expect(judge('equal', { flags: { x: off }, elsewhere: { x: off } }).reason).toBe(
      'x is there, is off here and off in staging',
    );
    expect(judge('equal', { flags: { x: off }, elsewhere: {} }).reason).toBe(
      'x is not there in staging, so it cannot be compared',
    );
  });

  it('is not proven where either cannot be read', () => {
    const world = { flags: { x: off }, elsewhere: { x: off } };
    expect(judge('equal', { ...world, fails: { 'x in staging': fails('timeout') } })).toMatchObject({
      state: 'error',
      code: 'timeout',
      reason: 'x could not be read: in staging: timeout!',
    });
    expect(judge('equal', { ...world, fails: { x: fails('timeout') } }).state).toBe('error');
    expect(judge('equal', { ...world, fails: { 'x in staging': null } }).code).toBe('not-answered');
    expect(judge('equal', { ...world, change: { 'x in staging': { partial: true } } }).code).toBe('partial');
    expect(judge('equal', { ...world, change: { 'x in staging': { seen: 0 } } }).state).toBe('insufficient');
  });

  it('of a pattern misses no flag of either side', () => {
    const expected = { 'r-*': 'exists' };
    const world = { flags: { 'r-1': off, 'r-2': off }, elsewhere: { 'r-1': off, 'r-3': off } };
    const said = (rule: string) => judge(rule, world, expected).reason;
    expect(said('equal')).toMatch(/r-2 is not there in staging.*r-3 is not there in the source of this gate/);
    expect(said('not-ahead-of')).toMatch(/^r-2 is not there in staging, so it cannot be compared$/);
    expect(said('superset-on')).toMatch(/^r-3 is not there in the source of this gate, so it cannot be compared$/);
    const all = { 'r-1': off, 'r-2': at(25) };
    expect(judge('equal', { flags: all, elsewhere: all }, expected).state).toBe('healthy');
    expect(judge('equal', { flags: all, elsewhere: {} }, expected).code).toBe('no-counterpart');
  });

  it('is compared beside what is expected, even of a flag with an odd name', () => {
    const contexts = [{ targetingKey: '1' }, { targetingKey: '2' }];
    const expected = { x: { state: 'off', for: contexts }, 'x #2': 'off' };
    const served = { 'x #1': { value: false }, 'x #2': { value: false } };
    const world = { flags: { x: off, 'x #2': off }, elsewhere: { x: off, 'x #2': on }, served };
    expect(judge('equal', world, expected)).toMatchObject({
      state: 'unhealthy',
      reason: 'x #2 is off here and on for everyone in staging, expected the same',
    });
  });
});
