import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { canaryGate } from '../../src/gates/canary.js';
import type { Judged, Moment } from '../../src/gates/gate.js';
import type { Answer, Reported, Samples } from '../../src/record/evidence.js';
import type { TelemetryQuestion } from '../../src/sources/source.js';
import { iso } from '../../src/train/clock.js';
import { start } from '../support/evidence.js';

const minute = 60_000;

/** Cumulative counts of each minute, by version and upper bound. */
type Buckets = Readonly<Record<string, Readonly<Record<string, Reported>>>>;

const even = { '100': 300, '200': 420, '400': 480, '+Inf': 500 };
const slow = { '100': 200, '200': 340, '400': 440, '+Inf': 500 };

function watch(
  given: Buckets | ((minutes: number) => Buckets),
  config: Readonly<Record<string, unknown>> = {},
  until = 60,
) {
  const gate = canaryGate.bind(
    v.parse(canaryGate.schema, {
      buckets: 'sum by (le, version) (x)',
      arms: { by: 'version', canary: 'new', baseline: 'old' },
      history: 'none',
      ...config,
    }),
  );
  let memory: unknown;
  for (let minutes = 1; ; minutes += 1) {
    const now = start + minutes * minute;
    const moment: Moment = { now, deployedAt: start, settledAt: start, completeTo: now };
    const [asked] = [...gate.questions(moment, memory)] as unknown as [[string, TelemetryQuestion]];
    const [role, { window }] = asked;
    const buckets = typeof given === 'function' ? given(minutes) : given;
    const bins = Math.round((window.to - window.from) / minute);
    const series = Object.entries(buckets).flatMap(([version, counts]) =>
      Object.entries(counts).map(([le, n]) => ({
        labels: { version, le },
        value: n,
        points: bins,
        bins: Array<Reported>(bins).fill(n),
      })),
    );
    const measurement: Samples = {
      kind: 'samples',
      source: 'prometheus',
      subject: 'durations',
      query: 'x',
      at: iso(now),
      seen: series.length,
      notes: [],
      partial: false,
      window: { from: iso(window.from), to: iso(window.to) },
      newest: iso(window.to - 1000),
      series,
    };
    const answers: Answer[] = [{ role, measurement }];
    const judged = gate.judge(answers, moment, memory) as Judged<unknown>;
    memory = judged.memory;
    if (minutes === until || judged.reading.state === 'unhealthy') return { minutes, reading: judged.reading };
  }
}

describe('gate canary over durations', () => {
  it('stops a canary that is slower, naming the bound that tells most, and where the slowest requests lie', () => {
    const { reading, minutes } = watch({ new: slow, old: even });
    expect(reading).toMatchObject({ state: 'unhealthy', code: 'worse-than-baseline', conclusive: true });
    expect(reading.reason).toMatch(
      /^the canary takes longer than \d+ [\d.]+ times as often as the baseline \(.*\); .* took longer than \d+, of the baseline .*; 95th percentile of the canary over 400, of the baseline 200 to 400; stopped after/,
    );
    expect(minutes).toBeLessThan(15);
  });

  it('lets one go that is as fast', () => {
    const { reading } = watch({ new: even, old: even });
    expect(reading.state).toBe('healthy');
    expect(reading.standing?.bound).toBeDefined();
  });

  it('allows one bucket where the policy says so', () => {
    const later = { '100': 200, '200': 400, '400': 480, '+Inf': 500 };
    expect(watch({ new: later, old: { ...even, '100': 390 } }).reading.state).toBe('unhealthy');
    expect(watch({ new: later, old: { ...even, '100': 390 } }, { 'slower-by': 'bucket' }).reading.state).toBe(
      'healthy',
    );
  });

  it.each<[string, Buckets]>([
    ['no requests of the canary', { new: { '100': 0, '200': 0, '400': 0, '+Inf': 0 }, old: even }],
    ['no canary', { old: even }],
    ['only the last bound', { new: { '+Inf': 500 }, old: { '+Inf': 500 } }],
    ['no last bound', { new: { '100': 300, '200': 420 }, old: even }],
    ['counts that fall', { new: { '100': 900, '200': 20, '400': 480, '+Inf': 500 }, old: even }],
    ['other bounds', { new: { '150': 300, '300': 480, '+Inf': 500 }, old: even }],
    ['words in place of counts', { new: { '100': 'NaN', '200': 'NaN', '400': 'NaN', '+Inf': 'NaN' }, old: even }],
    [
      'all requests between two bounds',
      { new: { '100': 0, '200': 500, '+Inf': 500 }, old: { '100': 0, '200': 500, '+Inf': 500 } },
    ],
  ])('is not healthy on %s', (_, buckets) => {
    expect(['insufficient', 'error']).toContain(watch(buckets).reading.state);
  });

  it('is not healthy when the bounds of one arm change midway', () => {
    const other = { '150': 380, '300': 460, '+Inf': 500 };
    const midway = (minutes: number): Buckets => ({ new: minutes > 20 ? other : even, old: even });
    expect(watch(midway, { accept: 'never' }).reading).toMatchObject({ state: 'insufficient', code: 'bounds-differ' });
    expect(watch({ new: other, old: even }, {}, 5).reading).toMatchObject({ code: 'bounds-differ' });
  });

  it('says nothing too early of where the bounds lie', () => {
    expect(watch({ new: even, old: even }, {}, 1).reading).toMatchObject({ code: 'undecided', pending: true });
  });

  it('takes versions with other bounds together only at those that all of them have', () => {
    const arms = { by: 'version', canary: 'new' };
    const other = { '150': 380, '200': 420, '400': 480, '+Inf': 500 };
    const { reading } = watch({ new: even, old: even, older: other }, { arms });
    expect(reading).toMatchObject({ state: 'healthy' });
    expect(['200', '400']).toContain(reading.standing?.bound);
  });

  it('needs the label of the bounds', () => {
    const { reading } = watch({ new: { '': 5 }, old: { '': 5 } }, {}, 1);
    expect(['insufficient', 'error']).toContain(reading.state);
  });
});
