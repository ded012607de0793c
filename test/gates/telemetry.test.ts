import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Moment } from '../../src/gates/gate.js';
import { telemetryGate } from '../../src/gates/telemetry.js';
import type { Answer, Reported } from '../../src/record/evidence.js';
import type { TelemetryQuestion } from '../../src/sources/source.js';
import { at, failed, measured, readingOf, samples, start } from '../support/evidence.js';

const moment: Moment = { now: start, deployedAt: start - 600_000, settledAt: start - 480_000, completeTo: start };

const bind = (config: Record<string, unknown>) => telemetryGate.bind(v.parse(telemetryGate.schema, config));
const judge = (config: Record<string, unknown>, answers: readonly Answer[], when = moment) =>
  readingOf(bind(config).judge(answers, when));
const simple = { query: 'q', threshold: '< 1%' };
const query = (values: readonly Reported[], change = {}) => [measured('query', samples(values, change))];

describe('telemetry gate', () => {
  it('holds a value against its threshold and says both', () => {
    expect(judge(simple, query([0.0083]))).toMatchObject({
      state: 'healthy',
      value: 0.83,
      shown: '0.83 %',
      threshold: '< 1 %',
    });
    expect(judge(simple, query([0.041]))).toMatchObject({ state: 'unhealthy', code: 'over-threshold', shown: '4.1 %' });
    expect(judge(simple, query([0.01])).state).toBe('unhealthy');
  });

  it.each<[string, readonly Answer[], string, string]>([
    ['no series', query([], { seen: 0 }), 'insufficient', 'no-data'],
    ['live series but no result', query([]), 'insufficient', 'no-data'],
    ['NaN', query(['NaN']), 'insufficient', 'not-a-number'],
    ['infinity', query(['+Inf']), 'insufficient', 'not-a-number'],
    ['null', query([null]), 'insufficient', 'not-a-number'],
    ['a partial answer', query([0.001], { partial: true, notes: ['one store is down'] }), 'insufficient', 'partial'],
    ['an old sample', query([0.001], { newest: at(-301_000) }), 'insufficient', 'stale'],
    [
      'a sample from before the deployment',
      query([0.001], { newest: at(-601_000) }),
      'insufficient',
      'before-deployment',
    ],
    ['a sample of unknown age', query([0.001], { newest: null }), 'insufficient', 'age-unknown'],
    ['a sample from the future', query([0.001], { newest: at(61_000) }), 'error', 'clock-skew'],
    ['two series', query([0.001, 0.002]), 'error', 'many-series'],
    ['a percentage taken for a ratio', query([99.5]), 'error', 'not-a-ratio'],
    ['a refused query', [failed('query')], 'error', 'forbidden'],
    ['no answer at all', [], 'error', 'not-answered'],
    ['an answer to something else', [measured('total', samples([1]))], 'error', 'not-answered'],
  ])('does not take %s for health', (_, answers, state, code) => {
    expect(judge(simple, answers)).toMatchObject({ state, code });
    // The opposite condition must not turn it into health either.
    expect(judge({ ...simple, threshold: '>= 1%' }, answers)).toMatchObject({ state, code });
  });

  it('reduces several series only as told', () => {
    const two = query([0.001, 0.02]);
    expect(judge({ ...simple, reduce: 'max' }, two)).toMatchObject({ state: 'unhealthy', shown: '2 %' });
    expect(judge({ ...simple, reduce: 'min' }, two).state).toBe('healthy');
    expect(judge({ ...simple, reduce: 'avg' }, two)).toMatchObject({ state: 'unhealthy', shown: '1.05 %' });
    expect(judge({ ...simple, reduce: 'all' }, two)).toMatchObject({ state: 'unhealthy', shown: '2 %' });
    expect(judge({ ...simple, reduce: 'any' }, two)).toMatchObject({ state: 'healthy', shown: '0.1 %' });
    for (const reduce of ['max', 'min', 'avg', 'sum', 'all', 'any']) {
      expect(judge({ ...simple, reduce }, query([0.001, 'NaN'])).state).toBe('insufficient');
    }
  });

  it('waits for enough events', () => {
    const config = { ...simple, events: 'n', 'min-events': 100 };
    const answers = (n: Reported) => [...query([0.5]), measured('events', samples([n]))];
    expect(judge(config, answers(99))).toMatchObject({ state: 'insufficient', code: 'too-few-events', events: 99 });
    expect(judge(config, answers(100)).state).toBe('unhealthy');
    expect(judge(config, answers('NaN')).state).toBe('insufficient');
    expect(judge(config, [...query([0]), failed('events', 'timeout')])).toMatchObject({
      state: 'error',
      code: 'timeout',
    });
  });

  it('divides failures by total, and 0 of 0 is no health', () => {
    const config = { failures: 'f', total: 't', threshold: '< 1%' };
    const answers = (f: Reported[], t: Reported[]) => [measured('failures', samples(f)), measured('total', samples(t))];
    expect(judge(config, answers([2], [400]))).toMatchObject({ state: 'healthy', shown: '0.5 %', events: 400 });
    expect(judge(config, answers([1, 7], [200, 200]))).toMatchObject({ state: 'unhealthy', shown: '2 %' });
    expect(judge(config, answers([0], [0]))).toMatchObject({ state: 'insufficient', code: 'too-few-events' });
    expect(judge(config, answers([], [400]))).toMatchObject({ state: 'insufficient', code: 'no-data' });
    expect(judge(config, answers([5], [4]))).toMatchObject({ state: 'error', code: 'not-a-ratio' });
  });

  it('stops at once over the hard limit', () => {
    const config = { ...simple, 'hard-limit': '< 20%' };
    expect(judge(config, query([0.21]))).toMatchObject({
      state: 'unhealthy',
      code: 'over-hard-limit',
      conclusive: true,
    });
    expect(judge(config, query([0.19])).conclusive).toBeUndefined();
    // In its own unit, and by the value that breaks it.
    const times = { query: 'q', unit: 's', threshold: '<= 250 ms', 'hard-limit': '< 2 s', reduce: 'all' };
    expect(judge(times, query([0.3, 2.5]))).toMatchObject({ shown: '2.5 s', value: 2.5, threshold: '< 2 s' });
  });

  it('asks for a window that begins no earlier than the end of the warm-up', () => {
    const window = (when: Moment) =>
      [
        ...bind({ ...simple, window: '10m' })
          .questions(when)
          .values(),
      ].map((q) => (q as TelemetryQuestion).window);
    expect(window(moment)).toEqual([{ from: moment.settledAt, to: moment.now }]);
    expect(window({ ...moment, now: start + 3_600_000, completeTo: start + 3_600_000 })).toEqual([
      { from: start + 3_000_000, to: start + 3_600_000 },
    ]);
    expect(window({ ...moment, settledAt: start + 60_000 })).toEqual([{ from: moment.deployedAt, to: moment.now }]);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['nothing to ask', { threshold: '< 1%' }, /either `query`/],
    ['two ways to ask', { ...simple, failures: 'f', total: 't' }, /either `query`/],
    ['failures without total', { failures: 'f', threshold: '< 1%' }, /together/],
    ['a time without a unit', { ...simple, threshold: '< 250 ms' }, /`unit` beside/],
    ['units of two kinds', { ...simple, unit: 'ms' }, /same kind/],
    ['a signal and a query', { ...simple, signal: 'failure-rate' }, /either `query`/],
    ['a signal of an event without its name', { signal: 'events', threshold: '> 5' }, /`of` beside/],
    ['a name beside a signal that has none', { signal: 'requests', of: 'x', threshold: '> 5' }, /`of` beside/],
    ['a slice beside a query', { ...simple, where: { role: 'a' } }, /only beside `signal`/],
    ['a signal of a duration against a share', { signal: 'duration-p95', threshold: '< 5%' }, /same kind/],
    ['a ratio of failures against a time', { failures: 'f', total: 't', threshold: '< 3 s' }, /same kind/],
  ])('refuses a config with %s', (_, config, message) => {
    const result = v.safeParse(telemetryGate.schema, config);
    expect(result.issues?.map((i) => i.message).join('\n')).toMatch(message);
  });

  it('asks for a ready-made signal, narrowed, in its own unit', () => {
    const config = {
      signal: 'duration-p95',
      where: { role: 'checkout' },
      exclude: 'GET /health*',
      threshold: '< 0.5 s',
    };
    expect([...bind(config).questions(moment).values()]).toMatchObject([
      { query: { signal: 'duration-p95', where: { role: 'checkout' }, exclude: ['GET /health*'], synthetic: false } },
    ]);
    expect(judge(config, [measured('signal', samples([499]))])).toMatchObject({ state: 'healthy', shown: '0.499 s' });
    expect(judge(config, [measured('signal', samples([501]))])).toMatchObject({ state: 'unhealthy' });
  });

  it('counts the events that the source says stand behind a signal', () => {
    const config = { signal: 'failure-rate', threshold: '< 1%', 'min-events': 100 };
    const of = (events?: number) =>
      judge(config, [measured('signal', samples([0], events === undefined ? {} : { events }))]);
    expect(of(100)).toMatchObject({ state: 'healthy', events: 100 });
    expect(of(99)).toMatchObject({ state: 'insufficient', code: 'too-few-events' });
    expect(of()).toMatchObject({ state: 'insufficient', code: 'too-few-events' });
  });

  it('looks only as far as the data of its source are complete', () => {
    const settling = { ...moment, completeTo: start - 120_000 };
    const [question] = bind(simple).questions(settling).values();
    expect((question as TelemetryQuestion).window).toEqual({ from: start - 420_000, to: start - 120_000 });
    const fresh = (newest: number) => judge(simple, query([0], { newest: at(newest) }), settling);
    expect(fresh(-420_000).state).toBe('healthy');
    expect(fresh(-420_001)).toMatchObject({ state: 'insufficient', code: 'stale' });
  });

  it('asks nothing, and proves nothing, while no data of the new version can be complete', () => {
    const young = { now: start, deployedAt: start - 100_000, settledAt: start - 60_000, completeTo: start - 120_000 };
    expect([...bind(simple).questions(young)]).toEqual([]);
    expect(judge(simple, [], young)).toMatchObject({ state: 'insufficient', code: 'too-early' });
    expect(judge(simple, query([0]), young)).toMatchObject({ state: 'insufficient', code: 'too-early' });
  });

  it('never reads missing data as health, whatever the condition', () => {
    const missing: fc.Arbitrary<readonly Answer[]> = fc.oneof(
      fc.constant([]),
      fc.constantFrom('forbidden', 'timeout', 'dns').map((code) => [failed('query', code)]),
      fc.constant(query([], { seen: 0 })),
      fc.double().map((x) => query([x], { seen: 0 })),
      fc.double().map((x) => query([x], { partial: true })),
      fc.double().map((x) => query([x], { newest: null })),
      fc.double().map((x) => query([x], { newest: at(-3_600_000) })),
      fc.tuple(fc.double(), fc.constantFrom<Reported>('NaN', '+Inf', '-Inf', null)).map(([x, bad]) => query([x, bad])),
    );
    const condition = fc.record({
      operator: fc.constantFrom('<', '<=', '>', '>=', '=='),
      limit: fc.integer({ min: -5, max: 5 }),
      reduce: fc.constantFrom('max', 'min', 'sum', 'avg', 'all', 'any', undefined),
    });
    fc.assert(
      fc.property(missing, condition, (answers, { operator, limit, reduce }) => {
        const config = { query: 'q', threshold: `${operator} ${limit}`, ...(reduce ? { reduce } : {}) };
        expect(['insufficient', 'error']).toContain(judge(config, answers).state);
      }),
    );
  });
});
