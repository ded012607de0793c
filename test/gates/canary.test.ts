import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { canaryGate } from '../../src/gates/canary.js';
import type { Gate, Judged, Moment } from '../../src/gates/gate.js';
import type { Answer, Reported, Samples } from '../../src/record/evidence.js';
import type { TelemetryQuestion } from '../../src/sources/source.js';
import { signalText } from '../../src/sources/telemetry/signals.js';
import { iso } from '../../src/train/clock.js';
import { failed, start } from '../support/evidence.js';

const minute = 60_000;

/** What the service really did: events and failures of each version in each minute since the warm-up; undefined: no series. */
type World = (
  version: string,
  minuteNo: number,
) => { readonly failures: Reported; readonly total: Reported } | undefined;

const steady =
  (rates: Readonly<Record<string, readonly [failures: number, total: number]>>): World =>
  (version) => {
    const rate = rates[version];
    return rate && { failures: rate[0], total: rate[1] };
  };

const common = {
  failures: 'sum by (version) (failures)',
  total: 'sum by (version) (total)',
  arms: { by: 'version', canary: 'new', baseline: 'old' },
  history: 'none',
};

function gateOf(config: Readonly<Record<string, unknown>> = {}): Gate {
  return canaryGate.bind(v.parse(canaryGate.schema, { ...common, ...config }));
}

/** Answers as a source would, from the world. */
function answersOf(
  questions: ReadonlyMap<string, unknown>,
  world: World,
  versions: readonly string[],
  now: number,
): Answer[] {
  return [...questions].map(([role, asked]) => {
    const { window, range, ...question } = asked as TelemetryQuestion;
    const query = signalText(question.query);
    const everyMs = range?.everyMs ?? minute;
    const bins = Math.round((window.to - window.from) / everyMs);
    const shown = versions.filter((version) => !role.includes(' ') || query.includes(version));
    const series = shown.flatMap((version) => {
      const values = Array.from({ length: bins }, (_, i) => {
        const did = world(version, Math.round((window.from - start) / everyMs) + i);
        return role.includes('failures') ? (did?.failures ?? null) : (did?.total ?? null);
      });
      if (values.every((value) => value === null)) return [];
      return [{ labels: { version }, value: values.at(-1) ?? null, points: bins, bins: values }];
    });
    const measurement: Samples = {
      kind: 'samples',
      source: 'prometheus',
      subject: 'requests',
      query,
      at: iso(now),
      seen: series.length,
      notes: [],
      partial: false,
      window: { from: iso(window.from), to: iso(window.to) },
      newest: iso(window.to - 1000),
      series,
    };
    return { role, measurement };
  });
}

interface Look {
  readonly minutes: number;
  readonly reading: Judged<unknown>['reading'];
  readonly answers: readonly Answer[];
}

/** A round each minute, until it has its word or the time is over. */
function watch(
  gate: Gate,
  world: World,
  until = 60,
  change: (answers: Answer[], minutes: number) => Answer[] = (a) => a,
): Look[] {
  const looks: Look[] = [];
  let memory: unknown;
  for (let minutes = 1; minutes <= until; minutes += 1) {
    const now = start + minutes * minute;
    const moment: Moment = { now, deployedAt: start, settledAt: start, completeTo: now };
    const answers = change(answersOf(gate.questions(moment, memory), world, ['new', 'old'], now), minutes);
    const judged = gate.judge(answers, moment, memory) as Judged<unknown>;
    memory = judged.memory;
    looks.push({ minutes, reading: judged.reading, answers });
    if (judged.reading.state === 'unhealthy') break;
  }
  return looks;
}

const last = (looks: readonly Look[]) => looks.at(-1)?.reading;

describe('gate canary', () => {
  it('stops a canary that fails three times as often within minutes, and says how sure it is', () => {
    const looks = watch(gateOf({ 'false-stop-rate': '1%' }), steady({ new: [15, 500], old: [5, 500] }));
    expect(last(looks)).toMatchObject({
      state: 'unhealthy',
      code: 'worse-than-baseline',
      conclusive: true,
      shown: '3 times',
    });
    expect(last(looks)?.reason).toMatch(
      /^the canary fails 3 times as often as the baseline \((?:at least 1\.\d+ times|more than allowed), 99 % sure at every look\); [\d,]+ of [\d,]+ \(3 %\) failed, of the baseline [\d,]+ of [\d,]+ \(1 %\); stopped after \d+m; uncalibrated/,
    );
    expect(looks.length).toBeLessThan(20);
  });

  it('says about how long it will take, and keeps its word', () => {
    const looks = watch(gateOf(), steady({ new: [5, 500], old: [5, 500] }));
    const saying = looks.filter(({ reading }) => reading.code === 'undecided');
    expect(saying.every(({ reading }) => reading.state === 'insufficient' && reading.pending)).toBe(true);
    const accepted = looks.find(({ reading }) => reading.state === 'healthy')?.minutes ?? Number.NaN;
    const [, told] = /about (\d+) more minutes/.exec(saying[4]?.reading.reason ?? '') ?? [];
    expect(Math.abs(Number(told) + 5 - accepted)).toBeLessThanOrEqual(3);
  });

  it('accepts one that is proven not to fail twice as often, not before ten minutes and 2000 events', () => {
    const looks = watch(gateOf(), steady({ new: [50, 5000], old: [50, 5000] }));
    const first = looks.findIndex(({ reading }) => reading.state === 'healthy');
    expect(first + 1).toBe(10);
    expect(looks[first]?.reading).toMatchObject({ code: 'no-worse', events: 50_000 });
    expect(looks[first]?.reading.reason).toMatch(
      /^the canary is proven not to fail 2 times as often as the baseline, or not in 0\.05 % of all \(95 % sure, now 1 times\)/,
    );
  });

  it('says at the end of the window what it could not see, and is content unless proof is asked for', () => {
    const world = steady({ new: [1, 20], old: [1, 20] });
    const [content, strict] = [watch(gateOf(), world), watch(gateOf({ 'at-window-end': 'proof' }), world)];
    expect(last(content)).toMatchObject({ state: 'healthy', code: 'no-harm-seen' });
    expect(last(content)?.reason).toMatch(
      /^no harm seen in 1h: 60 of 1,200 \(5 %\) failed, .* up to [\d.]+ times as many failures cannot be excluded; less than about [\d.]+ times could not have been seen/,
    );
    expect(last(strict)).toMatchObject({ state: 'insufficient', code: 'unproven' });
  });

  it('never lets one go that had too few events, gaps or no traffic at all', () => {
    expect(last(watch(gateOf(), steady({ new: [0, 5], old: [1, 100] })))).toMatchObject({
      state: 'insufficient',
      code: 'too-few-events',
    });
    expect(last(watch(gateOf(), steady({ new: [0, 0], old: [1, 100] })))).toMatchObject({
      state: 'insufficient',
      code: 'no-traffic',
    });
    expect(last(watch(gateOf(), steady({ old: [1, 100] })))).toMatchObject({
      state: 'insufficient',
      code: 'no-traffic',
    });
    expect(last(watch(gateOf(), steady({})))).toMatchObject({ state: 'insufficient', code: 'no-data' });
    const gappy: World = (_, i) => (i % 3 === 0 ? { failures: 1, total: 100 } : undefined);
    expect(last(watch(gateOf(), gappy))).toMatchObject({ state: 'insufficient', code: 'gaps' });
  });

  it('tells which values the label has, when the canary is not among them', () => {
    expect(last(watch(gateOf(), steady({ old: [1, 100] }), 5))?.reason).toMatch(
      /no events at the same time in the last 5m \(1 value of `version`: old\)/,
    );
  });

  it('keeps what it has judged, whatever the source says later', () => {
    let asked = 0;
    const lying: World = (version, i) => {
      asked += 1;
      return { failures: version === 'new' && asked > 60 && i < 5 ? 400 : 5, total: 500 };
    };
    expect(last(watch(gateOf(), lying, 20))?.state).not.toBe('unhealthy');
  });

  it('asks only for what it has not judged, and for at least one bin so that each round is measured', () => {
    const looks = watch(gateOf(), steady({ new: [5, 500], old: [5, 500] }), 5);
    const windows = looks.map(({ answers }) =>
      answers.map((a) => 'measurement' in a && (a.measurement as Samples).series[0]?.bins?.length),
    );
    expect(windows).toEqual(Array(5).fill([1, 1]));
  });

  it('catches up after an outage of the monitoring, which is no reason to stop', () => {
    const world = steady({ new: [5, 500], old: [5, 500] });
    const looks = watch(gateOf(), world, 30, (answers, minutes) =>
      minutes > 3 && minutes < 20 ? answers.map(({ role }) => failed(role, 'timeout')) : answers,
    );
    expect(looks[10]?.reading).toMatchObject({ state: 'error', code: 'timeout' });
    expect(looks[19]?.reading.standing?.bins).toBe(20);
  });

  it('says the same again from the same answers, as a record holds them', () => {
    const looks = watch(gateOf(), steady({ new: [7, 500], old: [5, 500] }), 30);
    const recorded = JSON.parse(JSON.stringify(looks.map(({ answers }) => answers))) as Answer[][];
    const gate = gateOf();
    let memory: unknown;
    const again = recorded.map((answers, i) => {
      const now = start + (i + 1) * minute;
      const moment: Moment = { now, deployedAt: start, settledAt: start, completeTo: now };
      const judged = gate.judge(answers, moment, memory) as Judged<unknown>;
      memory = judged.memory;
      return judged.reading;
    });
    expect(again).toEqual(looks.map(({ reading }) => reading));
  });

  it('waits for the first bin without calling it missing', () => {
    const gate = gateOf();
    const moment: Moment = { now: start + 30_000, deployedAt: start, settledAt: start, completeTo: start + 30_000 };
    expect(gate.questions(moment).size).toBe(0);
    expect((gate.judge([], moment) as Judged<unknown>).reading).toMatchObject({
      state: 'insufficient',
      code: 'too-early',
      pending: true,
    });
  });

  it('takes all other values for the baseline when it is not named', () => {
    const gate = gateOf({ arms: { by: 'version', canary: 'new' } });
    const looks = watch(gate, steady({ new: [5, 500], old: [7, 700] }), 3);
    expect(last(looks)?.standing).toMatchObject({ canary: { events: 1500 }, baseline: { events: 2100, bad: 21 } });
  });

  it('asks each arm by its own query', () => {
    const gate = gateOf({
      failures: { canary: 'failed{new}', baseline: 'failed{old}' },
      total: { canary: 'all{new}', baseline: 'all{old}' },
      arms: undefined,
    });
    const looks = watch(gate, steady({ new: [15, 500], old: [5, 500] }), 60);
    expect(last(looks)).toMatchObject({ state: 'unhealthy', standing: { ratio: expect.closeTo(3, 9) } });
  });

  it('says nothing where failures are unknown in minutes with events, since those would be the ones without any', () => {
    const world: World = (version, i) => ({ failures: version === 'new' && i % 4 === 0 ? null : 5, total: 500 });
    const looks = watch(gateOf(), world);
    expect(looks[0]?.reading).toMatchObject({ state: 'insufficient', code: 'failures-unknown' });
    expect(last(looks)).toMatchObject({ state: 'insufficient', code: 'failures-unknown' });
    expect(last(looks)?.reason).toMatch(/in 15 bins there were events, and `failures` gave nothing: it must give 0/);
    // One in thirty is a slip.
    const slip: World = (_, i) => ({ failures: i === 30 ? null : 5, total: 500 });
    expect(last(watch(gateOf(), slip))?.state).toBe('healthy');
  });

  it('forgets that failures were unknown once they are told', () => {
    let asked = 0;
    const late: World = (_, i) => {
      asked += 1;
      return { failures: i === 2 && asked < 40 ? null : 5, total: 500 };
    };
    expect(last(watch(gateOf(), late, 12))).toMatchObject({ standing: { bins: 12 } });
  });

  it('refuses what are no counts', () => {
    expect(last(watch(gateOf(), steady({ new: [-1, 500], old: [5, 500] }), 1))).toMatchObject({
      state: 'error',
      code: 'not-counts',
    });
    expect(last(watch(gateOf(), steady({ new: [600, 500], old: [5, 500] }), 1))).toMatchObject({
      state: 'error',
      code: 'not-counts',
    });
    expect(last(watch(gateOf(), (_, i) => ({ failures: i < 5 ? 'NaN' : 1, total: 500 }), 10))).toMatchObject({
      state: 'insufficient',
      standing: { bins: 5 },
    });
  });

  it('is never healthy on evidence that is missing in any way, whatever the world', () => {
    const value = fc.constantFrom<Reported>(null, 'NaN', '+Inf', 0, 1, 500);
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value, value, value), { minLength: 60, maxLength: 60 }), (minutes) => {
        const world: World = (version, i) => {
          const [c, nc, b, nb] = minutes[i] ?? [null, null, null, null];
          return version === 'new' ? { failures: c, total: nc } : { failures: b, total: nb };
        };
        const looks = watch(gateOf({ 'min-events': 500 }), world);
        const usable = minutes.filter(
          (m) => m.every((x) => typeof x === 'number') && Number(m[1]) > 0 && Number(m[3]) > 0,
        );
        if (last(looks)?.state === 'healthy') expect(usable.length).toBeGreaterThanOrEqual(10);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the history of a canary', () => {
  const history = {
    history: { failures: 'by pod failures', total: 'by pod total' },
  };
  /** Failures that come in clumps, and pods that differ. */
  const noisy = (pod: number, i: number): number => (((i * 7919 + pod * 104_729) % 97) / 97 < 0.2 ? 20 : 1);

  function calibrated(hours: number, pods: number) {
    const gate = gateOf(history);
    const now = start + minute;
    const moment: Moment = { now, deployedAt: start, settledAt: start, completeTo: now };
    const questions = gate.questions(moment);
    const answers = answersOf(questions, steady({ new: [5, 500], old: [5, 500] }), ['new', 'old'], now).map(
      (answer) => {
        if (!answer.role.startsWith('history') || 'failure' in answer) return answer;
        const question = questions.get(answer.role) as unknown as TelemetryQuestion;
        const bins = (question.window.to - question.window.from) / minute;
        const series = Array.from({ length: pods }, (_, pod) => ({
          labels: { pod: `checkout-${pod}` },
          value: null,
          points: bins,
          bins: Array.from({ length: bins }, (_bin, i) =>
            i < bins - hours * 60 ? null : answer.role.endsWith('total') ? 500 : noisy(pod, i),
          ),
        }));
        return { ...answer, measurement: { ...(answer.measurement as Samples), series, seen: pods } };
      },
    );
    return { questions, reading: (gate.judge(answers, moment) as Judged<unknown>).reading };
  }

  it('is asked for over the day before the deployment, in the same bins', () => {
    const { questions } = calibrated(12, 6);
    const asked = questions.get('history failures') as unknown as TelemetryQuestion;
    expect(asked).toMatchObject({
      query: 'by pod failures',
      window: { from: start - 24 * 3_600_000, to: start },
      range: { everyMs: minute },
    });
  });

  it('says how much equal arms differ', () => {
    const { reading } = calibrated(12, 6);
    expect(reading.standing).toMatchObject({ calibrated: true });
    expect(reading.standing?.dispersion).toBeGreaterThan(3);
    expect(reading.reason).not.toContain('uncalibrated');
  });

  it.each([
    ['less than eight hours', 7, 6],
    ['a single instance', 12, 1],
    ['none', 12, 0],
  ])('that is too little (%s) leaves it uncalibrated, and says so', (_, hours, pods) => {
    const { reading } = calibrated(hours, pods);
    expect(reading.standing).toMatchObject({ calibrated: false, dispersion: 3 });
    expect(reading.reason).toContain('uncalibrated');
  });

  it('that cannot be asked is asked again, and the bins so far are judged anew with it', () => {
    const gate = gateOf(history);
    let memory: unknown;
    const standings = [1, 2, 3].map((minutes) => {
      const now = start + minutes * minute;
      const moment: Moment = { now, deployedAt: start, settledAt: start, completeTo: now };
      const questions = gate.questions(moment, memory);
      expect(questions.has('history total')).toBe(minutes < 3);
      const answers = answersOf(questions, steady({ new: [5, 500], old: [5, 500] }), ['new', 'old'], now).map(
        (answer) => {
          if (!answer.role.startsWith('history') || 'failure' in answer) return answer;
          if (minutes === 1) return failed(answer.role, 'timeout');
          const series = [0, 1, 2].map((pod) => ({
            labels: { pod: `p${pod}` },
            value: null,
            points: 1440,
            bins: Array.from({ length: 1440 }, (_bin, i) =>
              answer.role.endsWith('total') ? 500 : (i * (pod + 3)) % 7,
            ),
          }));
          return { ...answer, measurement: { ...(answer.measurement as Samples), series } };
        },
      );
      const judged = gate.judge(answers, moment, memory) as Judged<unknown>;
      memory = judged.memory;
      return judged.reading.standing;
    });
    expect(standings.map((s) => [s?.bins, s?.calibrated])).toEqual([
      [1, false],
      [2, true],
      [3, true],
    ]);
  });
});

describe('the policy of a canary', () => {
  const refuse = (config: Readonly<Record<string, unknown>>): string =>
    v
      .safeParse(canaryGate.schema, { ...common, ...config })
      .issues?.map((issue) => issue.message)
      .join('; ') ?? '';

  it.each([
    [{ failures: undefined }, /`failures` and `total` together/],
    [{ buckets: 'x' }, /either `failures` and `total`, or `buckets`, or `signal`/],
    [{ arms: undefined }, /`arms` beside a query for both arms/],
    [{ failures: { canary: 'a', baseline: 'b' } }, /queries of one kind/],
    [{ arms: { by: 'version', canary: 'x', baseline: 'x' } }, /two arms that are not the same/],
    [{ bin: '7m' }, /divides an hour/],
    [{ window: '2m' }, /at least five bins/],
    [{ history: { failures: 'x' } }, /`history` with the same queries/],
    [{ history: { failures: 'x', total: 'y', for: '1h' } }, /at least 8h/],
    [{ 'false-stop-rate': '50%' }, /from 0\.01% to 20%/],
    [{ where: { role: 'checkout' } }, /only beside `signal`/],
  ])('is refused where it does not fit together: %j', (config, expected) => {
    expect(refuse(config)).toMatch(expected);
  });

  it('is taken in each of its forms', () => {
    expect(refuse({})).toBe('');
    const arms = { by: 'slot', canary: 'staging', baseline: 'production' };
    const none = { failures: undefined, total: undefined, history: undefined };
    expect(refuse({ ...none, arms, signal: 'failed-requests', where: { role: 'checkout' } })).toBe('');
    expect(refuse({ ...none, buckets: 'sum by (le, version) (x)' })).toBe('');
  });
});
