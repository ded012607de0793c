import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Moment } from '../../src/gates/gate.js';
import { telemetryGate } from '../../src/gates/telemetry.js';
import type { Reading } from '../../src/judge/reading.js';
import type { Answer, Reported, Samples } from '../../src/record/evidence.js';
import type { TelemetryQuestion } from '../../src/sources/source.js';
import { at, failed, measured, readingOf, samples, start } from '../support/evidence.js';

const minute = 60_000;
const dayMs = 86_400_000;

/** So long after the deployment at `start`, the source complete. */
const since = (ms: number): Moment => ({
  now: start + ms,
  deployedAt: start,
  settledAt: start,
  completeTo: start + ms,
});
const ended = since(60 * minute);

const simple = { query: 'q', compare: { should: 'not-fall' } };
type Config = Record<string, unknown>;
const bind = (config: Config = simple) => telemetryGate.bind(v.parse(telemetryGate.schema, config) as never);

/** What a source holds: the value of a bin by role, day (0 is the release's) and its place from the deployment on, before it negative. */
type World = (role: string, day: number, place: number) => Reported;

/** Noise of its own for each day, the same in each run. */
const wobble = (day: number, place: number): number => ((day * 37 + (place + 40) * 17) % 23) - 11;
const usual: World = (_, day, place) => 400 + wobble(day, place);

/** Bins of five minutes, answered as a source does that has them all. */
function answer(gate: ReturnType<typeof bind>, world: World, when: Moment, memory?: unknown, apart = 1): Answer[] {
  return [...gate.questions(when, memory)].map(([role, asked]) => {
    const { window } = asked as TelemetryQuestion;
    const [, days, own] = /^day (\d+), (.*)$/.exec(role) ?? [];
    const day = Number(days ?? 0);
    const first = Math.round((window.from + day * apart * dayMs - start) / (5 * minute));
    const bins = Array.from({ length: Math.round((window.to - window.from) / (5 * minute)) }, (_, i) =>
      world(own ?? role, day, first + i),
    );
    return measured(role, holding(bins, when));
  });
}

const holding = (bins: readonly Reported[], when: Moment): Samples =>
  samples([], {
    seen: 1,
    newest: at(when.completeTo - start - 1000),
    series: [{ labels: {}, value: bins.at(-1) ?? null, points: bins.length, bins: [...bins] }],
  });

const judge = (world: World, when = ended, config: Config = simple): Reading => {
  const gate = bind(config);
  return readingOf(gate.judge(answer(gate, world, when), when));
};

/** The release's own day is another from the deployment on. */
const changed =
  (by: number, from = 0): World =>
  (role, day, place) => {
    const value = Number(usual(role, day, place));
    return day === 0 && place >= from ? by * value : value;
  };

describe('compare of a telemetry gate', () => {
  it('stops what changed as on no other day, at the first look that shows it', () => {
    expect(judge(changed(0.5), since(10 * minute))).toMatchObject({
      state: 'unhealthy',
      code: 'unusual',
      conclusive: true,
      shown: expect.stringMatching(/^-\d/),
      threshold: 'no fall beyond 20 earlier days',
    });
    expect(judge(changed(0.5))).toMatchObject({ state: 'unhealthy', code: 'unusual' });
    expect(judge(changed(0.5, 9))).toMatchObject({ state: 'unhealthy', code: 'unusual' });
  });

  it('says what was seen when it was seen, though it be over since', () => {
    const dip: World = (role, day, place) =>
      day === 0 && place >= 0 && place < 2 ? 40 : Number(usual(role, day, place)) + (day === 0 ? 70 : 0);
    const { reason, shown } = judge(dip);
    expect(reason).toMatch(/^-[89]\d(\.\d+)? % .*, after (5|10)m: more than on any of them at any time of the window$/);
    expect(shown).toMatch(/^-/);
  });

  it('sees small values, such as a rate for each second, as well as great ones', () => {
    for (const scale of [1e-6, 1e-3, 1, 1e6]) {
      const scaled =
        (world: World): World =>
        (...about) =>
          Number(world(...about)) * scale;
      expect(judge(scaled(changed(0.9)))).toMatchObject({ state: 'unhealthy', shown: expect.stringMatching(/^-/) });
      expect(judge(scaled(usual))).toMatchObject({ state: 'healthy' });
    }
  });

  it('is never healthy when not even a fall to nothing could have been seen', () => {
    for (const world of [() => 0, (_role: string, day: number) => (day === 0 ? 0 : 3)] as World[]) {
      expect(judge(world).state).not.toBe('healthy');
    }
    const outage: World = (role, day, place) => (day === 4 ? (place < 0 ? 500 : 0) : usual(role, day, place));
    expect(judge(outage)).toMatchObject({ state: 'insufficient', code: 'not-seeable' });
    const more = { query: 'q', compare: { should: 'not-fall', days: 40 } };
    expect(judge(outage, ended, more)).toMatchObject({ state: 'healthy' });
    // Errors of which there are never any may go on like this.
    const rises = { query: 'q', compare: { should: 'not-rise' } };
    expect(judge(() => 0, ended, rises)).toMatchObject({ state: 'healthy', reason: expect.not.stringMatching(/less/) });
    expect(judge((_, day, place) => (day === 0 && place === 5 ? 1 : 0), ended, rises).state).toBe('unhealthy');
  });

  it('looks one way only', () => {
    expect(judge(changed(2))).toMatchObject({ state: 'healthy', code: 'as-usual' });
    const rises = { query: 'q', compare: { should: 'not-rise' } };
    expect(judge(changed(2), ended, rises)).toMatchObject({
      state: 'unhealthy',
      threshold: 'no rise beyond 20 earlier days',
    });
    expect(judge(changed(0.5), ended, rises)).toMatchObject({ state: 'healthy' });
  });

  it('is healthy only at the end of its window, and says what it could not have seen', () => {
    for (const bins of [1, 2, 6, 11]) {
      expect(judge(usual, since(bins * 5 * minute))).toMatchObject({
        state: 'insufficient',
        code: 'undecided',
        pending: true,
        reason: expect.stringMatching(new RegExp(`^cannot tell yet: ${bins} of 12 bins`)),
      });
    }
    expect(judge(usual)).toMatchObject({
      state: 'healthy',
      code: 'as-usual',
      reason: expect.stringMatching(/a fall of less than [\d.]+ % could not have been seen$/),
    });
  });

  it('sees no more than its days allow', () => {
    const wild: World = (_, day, place) => (day === 7 && place >= 0 ? 20 : Number(usual('', day, place)));
    expect(judge((role, day, place) => (day === 0 ? changed(0.9) : wild)(role, day, place))).toMatchObject({
      state: 'healthy',
    });
  });

  it('says nothing before the first bin', () => {
    const young = since(4 * minute);
    expect([...bind().questions(young)]).toEqual([]);
    expect(readingOf(bind().judge([], young))).toMatchObject({
      state: 'insufficient',
      code: 'too-early',
      pending: true,
    });
  });

  it('compares shares of failures', () => {
    const config = { failures: 'f', total: 't', compare: { should: 'not-rise' } };
    const world =
      (share: number): World =>
      (role, day, place) =>
        role === 'total' ? 1000 : day === 0 && place >= 0 ? 1000 * share : 10 + wobble(day, place) / 4;
    expect(judge(world(0.01), ended, config)).toMatchObject({ state: 'healthy' });
    expect(judge(world(0.05), ended, config)).toMatchObject({ state: 'unhealthy', conclusive: true });
    const none: World = (role, day, place) =>
      role === 'total' && day === 0 && place >= 0 ? 0 : world(0.01)(role, day, place);
    expect(judge(none, ended, config)).toMatchObject({ state: 'insufficient', code: 'gaps' });
  });
});

describe('a ready-made signal', () => {
  const config = { signal: 'duration-p95', compare: { should: 'not-rise', every: 'week' } };

  it('is compared like a query, in its own unit', () => {
    const weekly = (world: World, when = ended): Reading =>
      readingOf(bind(config).judge(answer(bind(config), world, when, undefined, 7), when));
    expect(weekly(usual)).toMatchObject({ state: 'healthy', threshold: 'no rise beyond 20 earlier weeks' });
    expect(weekly(changed(2))).toMatchObject({ state: 'unhealthy', conclusive: true });
    const [[role, asked] = []] = bind(config).questions(ended);
    expect([role, (asked as TelemetryQuestion).query]).toEqual([
      'signal',
      { signal: 'duration-p95', synthetic: false },
    ]);
  });
});

describe('its questions', () => {
  const windowsOf = (config: Config, when = ended) =>
    new Map(
      [...bind(config).questions(when)].map(([role, asked]) => {
        const { window, range } = asked as TelemetryQuestion;
        return [role, { from: (window.from - start) / minute, to: (window.to - start) / minute, range }];
      }),
    );
  const range = { everyMs: 5 * minute, reduce: 'each' };

  it('are about the time around the deployment, and the same time of earlier days', () => {
    const asked = windowsOf(simple);
    expect(asked.size).toBe(21);
    expect(asked.get('query')).toEqual({ from: -60, to: 60, range });
    expect(asked.get('day 1, query')).toEqual({ from: -60 - 1440, to: 60 - 1440, range });
    expect(asked.get('day 20, query')).toEqual({ from: -60 - 20 * 1440, to: 60 - 20 * 1440, range });
    const weekly = windowsOf({ query: 'q', compare: { should: 'not-fall', every: 'week' } });
    expect(weekly.get('day 2, query')).toMatchObject({ from: -60 - 14 * 1440 });
  });

  it('are of whole days before, and of today as far as it is complete', () => {
    expect(windowsOf(simple, since(17 * minute)).get('query')).toMatchObject({ from: -60, to: 15 });
    expect(windowsOf(simple, since(17 * minute)).get('day 1, query')).toMatchObject({ to: 60 - 1440 });
    expect(windowsOf(simple, since(500 * minute)).get('query')).toMatchObject({ to: 60 });
  });

  it('of earlier days are asked once', () => {
    const gate = bind();
    const first = gate.judge(answer(gate, changed(0.5, 6), since(15 * minute)), since(15 * minute));
    if (!('memory' in first)) throw new Error('it has a memory');
    expect(first.reading).toMatchObject({ code: 'undecided' });
    const later = since(45 * minute);
    expect([...gate.questions(later, first.memory).keys()]).toEqual(['query']);
    const second = gate.judge(answer(gate, changed(0.5, 6), later, first.memory), later, first.memory);
    expect(readingOf(second)).toEqual(judge(changed(0.5, 6), later));
    expect(readingOf(second)).toMatchObject({ state: 'unhealthy' });
  });
});

describe('earlier days', () => {
  const days = (n: number, rest: Config = {}): Config => ({
    query: 'q',
    compare: { should: 'not-fall', days: n, ...rest },
  });
  const holed =
    (holes: number, world = usual): World =>
    (role, day, place) =>
      day > 0 && day <= holes && place === -3 ? null : world(role, day, place);

  it('with a bin missing are left out, and never filled', () => {
    expect(judge(holed(1))).toMatchObject({ state: 'healthy', threshold: 'no fall beyond 19 earlier days' });
    for (const [world, when] of [
      [usual, ended],
      [changed(0.01), ended],
      [changed(0.01), since(15 * minute)],
    ] as const) {
      expect(judge(holed(2, world), when)).toMatchObject({
        state: 'insufficient',
        code: 'too-few-days',
        permanent: true,
        reason: expect.stringMatching(/^18 of 20 earlier days were measured without a gap, it takes 19: more `days`/),
      });
    }
    expect(judge(holed(2), ended, days(25))).toMatchObject({ state: 'healthy' });
  });

  it.each<[string, Partial<Samples>]>([
    ['nothing at all, as before a source began to keep data', { seen: 0, series: [] }],
    ['fewer bins than were asked for', { series: [{ labels: {}, value: 5, points: 3, bins: [5, 5, 5] }] }],
    ['no bins', { series: [{ labels: {}, value: 5, points: 1 }] }],
    ['several series', { series: [1, 2].map((i) => ({ labels: { i: String(i) }, value: 5, points: 1, bins: [] })) }],
    ['NaN', { series: [{ labels: {}, value: 'NaN', points: 24, bins: Array<Reported>(24).fill('NaN') }] }],
    ['what is below 0', { series: [{ labels: {}, value: -5, points: 24, bins: Array<Reported>(24).fill(-5) }] }],
  ])('that gave %s are of no use', (_, change) => {
    const gate = bind();
    const answers = answer(gate, usual, ended).map((a) =>
      a.role === 'query' || !('measurement' in a) ? a : measured(a.role, samples([], { newest: at(0), ...change })),
    );
    expect(readingOf(gate.judge(answers, ended))).toMatchObject({ state: 'insufficient', code: 'too-few-days' });
  });

  it.each<[string, (a: Answer) => Answer, string]>([
    ['could not be asked', (a) => failed(a.role, 'timeout'), 'error'],
    [
      'were answered in part',
      (a) => ('measurement' in a ? { ...a, measurement: { ...a.measurement, partial: true } } : a),
      'insufficient',
    ],
  ])('that %s are asked again', (_, broken, state) => {
    const gate = bind();
    const early = since(15 * minute);
    const bad = answer(gate, usual, early).map((a) => (/^day [1-5],/.test(a.role) ? broken(a) : a));
    const first = gate.judge(bad, early);
    if (!('memory' in first)) throw new Error('it has a memory');
    expect(first.reading.state).toBe(state);
    expect([...gate.questions(ended, first.memory).keys()]).toEqual([
      'query',
      ...[1, 2, 3, 4, 5].map((d) => `day ${d}, query`),
    ]);
    const second = gate.judge(answer(gate, usual, ended, first.memory), ended, first.memory);
    expect(readingOf(second)).toMatchObject({ state: 'healthy', threshold: 'no fall beyond 20 earlier days' });
  });
});

describe('the set of earlier days', () => {
  const early = since(15 * minute);
  const days = { query: 'q', compare: { should: 'not-fall', days: 25 } };
  const failing = (gate: ReturnType<typeof bind>, wrong: RegExp, permanent: boolean): Answer[] =>
    answer(gate, usual, early).map((a) => (wrong.test(a.role) ? failed(a.role, 'timeout', permanent) : a));

  it('stays as it was at the first look that had enough', () => {
    const gate = bind(days);
    const first = gate.judge(failing(gate, /^day [1-4],/, false), early);
    if (!('memory' in first)) throw new Error('it has a memory');
    expect(first.reading).toMatchObject({ code: 'undecided', threshold: 'no fall beyond 21 earlier days' });
    expect([...gate.questions(ended, first.memory).keys()]).toEqual(['query']);
    const late = gate.judge(answer(gate, usual, ended), ended, first.memory);
    expect(readingOf(late)).toMatchObject({ state: 'healthy', threshold: 'no fall beyond 21 earlier days' });
  });

  it('that waiting cannot complete is an error for good', () => {
    const gate = bind(days);
    const wrong = /^day 1\d?,/;
    expect(readingOf(gate.judge(failing(gate, wrong, true), early))).toMatchObject({ state: 'error', permanent: true });
    expect(readingOf(gate.judge(failing(gate, wrong, false), early)).permanent).toBeUndefined();
  });

  it('is none when the warm-up makes it reach into the release', () => {
    const wide = { query: 'q', compare: { should: 'not-fall', before: '12h', window: '11h', bin: '1h' } };
    const slow: Moment = { ...since(20 * 60 * minute), settledAt: start + 2 * 60 * minute };
    expect(readingOf(bind(wide).judge([], slow))).toMatchObject({
      state: 'error',
      code: 'days-overlap',
      permanent: true,
    });
  });

  it('is kept in the record once, in some ten kilobytes', () => {
    const answers = answer(bind(), usual, early);
    expect(JSON.stringify(answers).length).toBeLessThan(15_000);
    const most = { query: 'q', compare: { should: 'not-fall', days: 99, 'false-stop-rate': '1%' } };
    expect(JSON.stringify(answer(bind(most), usual, early)).length).toBeLessThan(60_000);
  });
});

describe('what is missing', () => {
  /** A bin, a day or an answer that says nothing. */
  const nothing = fc.constantFrom<Reported>(null, 'NaN', '+Inf', '-Inf');
  const config = fc.record({
    should: fc.constantFrom('not-rise', 'not-fall'),
    every: fc.constantFrom('day', 'week'),
  });

  it('is never health, wherever it is', () => {
    const gaps = fc.record({
      config,
      value: nothing,
      release: fc.uniqueArray(fc.integer({ min: 0, max: 11 }), { minLength: 7 }),
      days: fc.uniqueArray(fc.integer({ min: 1, max: 20 }), { minLength: 2 }),
      place: fc.integer({ min: -12, max: 11 }),
      where: fc.constantFrom('before', 'after', 'newest', 'days', 'answer'),
    });
    fc.assert(
      fc.property(gaps, ({ config: compare, value, release, days, place, where }) => {
        const world: World = (role, day, at_) => {
          if (day === 0 && where === 'before' && at_ < 0 && release.includes(at_ + 12)) return value;
          if (day === 0 && where === 'after' && release.includes(at_)) return value;
          if (day === 0 && where === 'newest' && at_ === 11) return value;
          if (where === 'days' && days.includes(day) && at_ === place) return value;
          return usual(role, day, at_);
        };
        const gate = bind({ query: 'q', compare });
        const answers = answer(gate, world, ended, undefined, compare.every === 'week' ? 7 : 1);
        const given = where === 'answer' ? answers.filter(({ role }) => role !== 'query') : answers;
        expect(['insufficient', 'error']).toContain(readingOf(gate.judge(given, ended)).state);
      }),
      { numRuns: 150 },
    );
  });
});

describe('bins of today', () => {
  const without =
    (missing: (place: number) => boolean, value: Reported = null, world: World = usual): World =>
    (role, day, place) =>
      day === 0 && missing(place) ? value : world(role, day, place);

  it('that are missing are skipped on all days, as the tide is another in each', () => {
    const tide: World = (role, day, place) => Number(usual(role, day, place)) * Math.exp(place / 8);
    const missing = (place: number): boolean => (place < 0 ? place % 3 === 0 : place > 5 && place < 11);
    expect(judge(without(missing, null, tide))).toMatchObject({ state: 'healthy' });
    const half: World = (role, day, place) => Number(tide(role, day, place)) * (day === 0 && place >= 0 ? 0.5 : 1);
    expect(judge(without(missing, null, half))).toMatchObject({ state: 'unhealthy' });
  });

  it.each<[string, (place: number) => boolean]>([
    ['more than half of those before', (p) => p < -5],
    ['more than half of those after, though all before are there', (p) => p >= 0 && p < 7],
    ['all but the last', (p) => p >= 0 && p < 11],
    ['all after', (p) => p >= 0],
    ['all before', (p) => p < 0],
    ['the newest, as of a service that has gone silent', (p) => p === 11],
    ['all', () => true],
  ])('prove nothing when missing are %s', (_, missing) => {
    for (const value of [null, 'NaN', '+Inf'] as const) {
      expect(judge(without(missing, value))).toMatchObject({ state: 'insufficient', code: 'gaps' });
    }
  });

  it('that are no proportion to anything are an error', () => {
    expect(judge(without((p) => p === 3, -1))).toMatchObject({ state: 'error', code: 'negative' });
  });

  it.each<[string, (a: Answer) => Answer | undefined, Partial<Reading>]>([
    ['refused', (a) => failed(a.role), { state: 'error', code: 'forbidden' }],
    ['not there', () => undefined, { state: 'error', code: 'not-answered' }],
    [
      'partial',
      (a) => ('measurement' in a ? { ...a, measurement: { ...a.measurement, partial: true } } : a),
      { state: 'insufficient', code: 'partial' },
    ],
    ['empty', (a) => measured(a.role, samples([], { seen: 0 })), { state: 'insufficient', code: 'no-data' }],
    [
      'many',
      (a) => measured(a.role, samples([1, 2], { newest: at(60 * minute) })),
      { state: 'error', code: 'many-series' },
    ],
  ])('are no evidence when the answer is %s', (_, broken, wanted) => {
    const gate = bind();
    const answers = answer(gate, usual, ended).flatMap((a) => (a.role === 'query' ? (broken(a) ?? []) : [a]));
    expect(readingOf(gate.judge(answers, ended))).toMatchObject(wanted);
  });

  it('are no evidence when they are old', () => {
    const gate = bind();
    const when = since(30 * minute);
    const old = answer(gate, usual, when).map((a) =>
      'measurement' in a && a.role === 'query'
        ? measured(a.role, { ...(a.measurement as Samples), newest: at(10 * minute) })
        : a,
    );
    expect(readingOf(gate.judge(old, when))).toMatchObject({ state: 'insufficient', code: 'stale' });
  });
});

describe('its fields', () => {
  const refuse = (config: Config): string =>
    v
      .safeParse(telemetryGate.schema, config)
      .issues?.map(({ message }) => message)
      .join('; ') ?? '';
  const compared = (change: Config): Config => ({ query: 'q', compare: { should: 'not-fall', ...change } });

  it.each<[Config, RegExp]>([
    [{ query: 'q' }, /either `threshold` or `compare`/],
    [{ ...simple, threshold: '< 1' }, /either `threshold` or `compare`/],
    [{ ...simple, reduce: 'max' }, /beside `compare`/],
    [{ ...simple, 'hard-limit': '< 1' }, /beside `compare`/],
    [{ ...simple, range: { every: '1m', reduce: 'max' } }, /beside `compare`/],
    [compared({ days: 18 }), /as many `days`/],
    [compared({ 'false-stop-rate': '1%' }), /as many `days`/],
    [compared({ bin: '7m' }), /divides an hour/],
    [compared({ bin: '0' }), /divides an hour/],
    [compared({ window: '5m' }), /`window` of at least two/],
    [compared({ window: '2d' }), /the release itself is among them/],
    [compared({ before: '12h', window: '12h', bin: '1m' }), /at most 500 bins a day/],
    [{ ...simple, window: '30m' }, /`window` inside `compare`/],
    [compared({ before: '12h', window: '13h' }), /the release itself is among them/],
  ])('%j is refused', (config, expected) => expect(refuse(config)).toMatch(expected));

  it('may be as wide as the days lie apart', () => {
    expect(refuse(compared({ before: '12h', window: '12h' }))).toBe('');
    expect(refuse(compared({ every: 'week', window: '2d', bin: '15m' }))).toBe('');
    expect(refuse(compared({ days: 99, 'false-stop-rate': '1%' }))).toBe('');
  });
});
