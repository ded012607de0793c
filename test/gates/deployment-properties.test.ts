/** What holds of gate `deployment` whatever is expected and answered. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Target } from '../../src/record/deployments.js';
import {
  absentTarget,
  anyDiffer,
  anyExpectation,
  anyTarget,
  type Compared,
  judgeDeployment,
  target,
  unknownTarget,
  type World,
} from '../support/deployments.js';

/** Worlds of two targets, and what is expected of them. */
const anyCase = fc.record({
  a: anyTarget('a'),
  b: anyTarget('b'),
  differ: fc.option(anyDiffer, { nil: undefined }),
  expected: fc.record({ a: anyExpectation('b'), b: fc.oneof(anyExpectation('a'), fc.constant('absent')) }),
  wait: fc.boolean(),
});
const worldOf = ({ a, b, differ: settings }: { a: Target; b: Target; differ: Compared | undefined }): World => ({
  targets: [a, b],
  ...(settings === undefined ? {} : { settings: { a: settings, b: settings } }),
});

/** Facts, and how each becomes unknown. */
const forgetting: readonly ((one: Target) => Target)[] = [
  (one) => ({ ...one, version: null }),
  (one) => ({ ...one, state: 'unknown' }),
  (one) => ({ ...one, health: 'unknown' }),
  (one) => ({ ...one, ready: null }),
  (one) => ({ ...one, instances: null }),
  (one) => ({ ...one, traffic: null }),
  (one) => ({ ...one, since: null }),
];

describe('whatever is asked and answered', () => {
  it('what is not known is never well', () => {
    fc.assert(
      fc.property(anyExpectation('b'), anyTarget('a'), fc.boolean(), (expected, found, wait) => {
        const nothing = { ...unknownTarget('a'), reasons: found.reasons };
        const world = { targets: [nothing, target('b')], settings: { a: { compared: 9, differ: [] } } };
        const { state } = judgeDeployment({ expect: { a: expected }, wait }, world);
        const asksMore = expected !== 'exists';
        expect(state).toBe(asksMore ? 'insufficient' : 'healthy');
      }),
    );
  });

  it('to know less never makes it well', () => {
    fc.assert(
      fc.property(anyCase, fc.subarray([...forgetting], { minLength: 1 }), fc.boolean(), (one, forget, noSettings) => {
        const config = { expect: one.expected, wait: one.wait };
        const before = judgeDeployment(config, worldOf(one));
        const less = { ...one };
        for (const drop of forget) [less.a, less.b] = [drop(less.a), drop(less.b)];
        const unsaid = less.differ && {
          ...less.differ,
          differ: less.differ.differ.map((d) => ({ ...d, sticky: null })),
        };
        const after = judgeDeployment(config, worldOf({ ...less, differ: noSettings ? undefined : unsaid }));
        if (after.state === 'healthy') expect(before.state).toBe('healthy');
      }),
    );
  });

  it('each fact that is asked for is needed', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        const config = { expect: one.expected, wait: one.wait };
        fc.pre(judgeDeployment(config, worldOf(one)).state === 'healthy');
        const keys = Object.keys(typeof one.expected.a === 'string' ? { [one.expected.a]: true } : one.expected.a);
        const facts: Record<string, (t: Target) => Target> = {
          version: (t) => ({ ...t, version: null }),
          running: (t) => ({ ...t, state: 'deploying' }),
          ready: (t) => ({ ...t, ready: null }),
          healthy: (t) => ({ ...t, health: 'unknown' }),
          traffic: (t) => ({ ...t, traffic: null }),
          'min-instances': (t) => ({ ...t, instances: null }),
          'stable-for': (t) => ({ ...t, since: null }),
          'settings-like': (t) => ({ ...t, state: 'deploying' }),
          exists: (t) => absentTarget(t.name),
        };
        for (const key of keys) {
          const forget = facts[key];
          if (!forget) throw new Error(`nobody knows what ${key} rests on`);
          expect([key, judgeDeployment(config, worldOf({ ...one, a: forget(one.a) })).state]).not.toEqual([
            key,
            'healthy',
          ]);
        }
      }),
    );
  });

  it('the sentence names every assertion that is missed', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        const reading = judgeDeployment({ expect: one.expected, wait: one.wait }, worldOf(one));
        const missed = [one.a, one.b].flatMap((found) => {
          const written = found.name === 'a' ? one.expected.a : one.expected.b;
          return missedOf(found, typeof written === 'string' ? { [written]: true } : written, one.differ);
        });
        for (const words of missed) expect(reading.reason).toContain(words);
        if (missed.length > 0) expect(reading.state).toBe(one.wait ? 'insufficient' : 'unhealthy');
        else expect(reading.state).not.toBe('unhealthy');
        if (missed.length > 0 && one.wait) expect(reading.pending).toBe(true);
      }),
    );
  });
});

/** What must stand in the reason, reckoned in another way than the gate does. */
function missedOf(found: Target, wants: Record<string, unknown>, settings: Compared | undefined): string[] {
  if (wants.absent) return found.exists && found.state !== 'deploying' ? ['expected not to be'] : [];
  if (!found.exists) return ['is not there'];
  const { state, version, ready, health, instances, traffic } = found;
  const all: string[] = [];
  const still = state !== 'deploying';
  const needs = Object.keys(wants).some((key) => !['exists', 'traffic', 'settings-like'].includes(key));
  if (needs && state === 'failed') all.push('is in a failed state');
  if (needs && state === 'stopped' && wants.running !== false) all.push('is stopped, expected to run');
  if (state === 'running' && wants.running === false) all.push('is running, expected stopped');
  if (still && wants.version !== undefined && version !== null && version !== wants.version) {
    all.push(`runs ${version}, expected ${wants.version as string}`);
  }
  if (still && wants.ready && ready === false) all.push('is not ready');
  if (still && wants.healthy && health === 'unhealthy') all.push('is unhealthy');
  const least = wants['min-instances'] as number | undefined;
  if (still && least !== undefined && instances && instances.ready < least)
    all.push(`expected at least ${least} ready`);
  const shares: Record<string, (x: number) => boolean> = {
    '= 0%': (x) => x === 0,
    '>= 5%': (x) => x >= 5,
    '< 50%': (x) => x < 50,
    '5%..50%': (x) => x >= 5 && x <= 50,
    '> 5%': (x) => x > 5,
  };
  if (traffic !== null && shares[wants.traffic as string]?.(traffic) === false)
    all.push(`gets ${traffic} % of the traffic`);
  if (still && wants['settings-like'] && settings && settings.compared > 0) {
    for (const { name, how, sticky } of settings.differ) {
      if (how !== 'other-value' || sticky === false) all.push(`${name} (`);
    }
  }
  return all;
}
