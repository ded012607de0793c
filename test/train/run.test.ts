import { describe, expect, it } from 'vitest';
import type { Gate } from '../../src/gates/gate.js';
import type { GateConfig } from '../../src/policy/schema.js';
import type { Round } from '../../src/record/record.js';
import { type AnySource, NotMeasured, type Question } from '../../src/sources/source.js';
import type { BoundGate } from '../../src/train/round.js';
import { runTrain, type TrainOptions } from '../../src/train/run.js';
import { SimulatedClock } from '../support/clock.js';
import { reading, samples } from '../support/evidence.js';

const minute = 60_000;

const config = (name: string, change: Partial<GateConfig> = {}): GateConfig => ({
  type: 'telemetry',
  name,
  source: 'prometheus',
  enforce: 'block',
  'on-missing': 'hold',
  'on-error': 'hold',
  'unhealthy-after': 2,
  ...change,
});

type Word = keyof typeof reading;

/** A gate that asks one question and takes its reading from the value that comes back. */
const gate = (query: string): Gate => ({
  questions: ({ now }) => new Map([['query', { family: 'telemetry', query, window: { from: now - minute, to: now } }]]),
  judge(answers) {
    const [answer] = answers;
    if (!answer || 'failure' in answer) return reading.error;
    return reading[answer.measurement.subject as Word];
  },
});

class FakeSource implements AnySource {
  readonly asked: Question[] = [];
  #answer: (count: number, signal: AbortSignal) => Word | Promise<Word>;

  constructor(answer: (count: number, signal: AbortSignal) => Word | Promise<Word>) {
    this.#answer = answer;
  }

  readonly telemetry = async (question: Question, signal: AbortSignal) => {
    this.asked.push(question);
    return samples([1], { subject: await this.#answer(this.asked.length, signal) });
  };
}

function train(
  gates: readonly BoundGate[],
  change: Partial<Omit<TrainOptions, 'evaluation'>> & { evaluation?: Partial<TrainOptions['evaluation']> } = {},
) {
  const clock = change.clock ?? new SimulatedClock();
  const rounds: Round[] = [];
  const result = runTrain({
    gates,
    deployedAt: clock.now(),
    clock,
    random: () => 0.5,
    cancel: new AbortController().signal,
    onRound: (round) => void rounds.push(round),
    ...change,
    evaluation: {
      warmup: 2 * minute,
      every: minute,
      steady: 5 * minute,
      deadline: 30 * minute,
      'error-budget': 10 * minute,
      'round-timeout': 30_000,
      'false-stop-rate': 0.05,
      ...change.evaluation,
    },
  });
  return { result, rounds, clock };
}

const bound = (source: AnySource, name = 'a', change: Partial<GateConfig> = {}): BoundGate => ({
  config: config(name, change),
  gate: gate(name),
  sourceName: 'prometheus',
  settleMs: 0,
  source,
});

const minutesSince = (clock: SimulatedClock | TrainOptions['clock'], start: number) => (clock.now() - start) / minute;

describe('runTrain', () => {
  it('continues after warm-up and steady time, with the final check right before', async () => {
    const source = new FakeSource(() => 'healthy');
    const clock = new SimulatedClock();
    const start = clock.now();
    const { result } = train([bound(source)], { clock });
    const { decision, rounds } = await result;
    expect(decision).toMatchObject({ decision: 'continue', reason: 'healthy' });
    expect(minutesSince(clock, start)).toBe(7);
    expect(rounds.map((r) => r.phase)).toEqual([
      'warm-up',
      'warm-up',
      ...Array.from({ length: 6 }, () => 'watch'),
      'final',
    ]);
  });

  it('bakes for an hour in far less than a second', async () => {
    const source = new FakeSource(() => 'healthy');
    const began = performance.now();
    const { result } = train([bound(source)], { evaluation: { steady: 60 * minute, deadline: 90 * minute } });
    expect((await result).decision.decision).toBe('continue');
    expect(source.asked.length).toBe(64);
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it('stops in the round in which it is proven, not at the deadline', async () => {
    const source = new FakeSource((n) => (n < 5 ? 'healthy' : 'unhealthy'));
    const { result } = train([bound(source)]);
    const { decision, rounds } = await result;
    expect(decision).toMatchObject({ decision: 'stop', reason: 'unhealthy' });
    expect(rounds).toHaveLength(6);
  });

  it('asks every gate in every round, whatever the others say, and sends the same question once', async () => {
    const source = new FakeSource((n) => (n % 2 ? 'unhealthy' : 'healthy'));
    const gates = [
      bound(source, 'a', { 'unhealthy-after': 3 }),
      { ...bound(source, 'b'), gate: gate('a') },
      bound(source, 'c'),
    ];
    const { result } = train(gates, { evaluation: { warmup: 0 } });
    const { rounds } = await result;
    for (const round of rounds)
      expect(round.gates.map((g) => [g.gate, g.reading !== null])).toEqual([
        ['a', true],
        ['b', true],
        ['c', true],
      ]);
    expect(source.asked).toHaveLength(2 * rounds.length);
  });

  it('never takes the answer of one source for that of another, though both are called alike', async () => {
    const [well, sick] = [new FakeSource(() => 'healthy'), new FakeSource(() => 'finding')];
    const second = { ...bound(sick, 'b'), gate: gate('a') };
    const { result } = train([bound(well, 'a'), second], { evaluation: { warmup: 0 } });
    expect((await result).decision).toMatchObject({ decision: 'stop', reason: 'unhealthy', gates: ['b'] });
    expect(sick.asked).toHaveLength(1);
  });

  it('comes back soon after an error, then ever slower, never slower than the interval', async () => {
    const clock = new SimulatedClock();
    const times: number[] = [];
    const source = new FakeSource(() => {
      times.push(clock.now());
      throw new NotMeasured('refused', 'connection refused');
    });
    const { result } = train([bound(source)], { clock, evaluation: { warmup: 0 } });
    const { decision } = await result;
    expect(decision).toMatchObject({ decision: 'stop', reason: 'not-measured', gates: ['a'] });
    const gaps = times.slice(1).map((t, i) => (t - (times[i] ?? 0)) / 1000);
    expect(gaps.slice(0, 6)).toEqual([5, 10, 20, 40, 60, 60]);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(10 * minute);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThan(12 * minute);
  });

  it('lets a good release go when the monitoring fails for a while and heals', async () => {
    const source = new FakeSource((n) => {
      if (n > 3 && n < 8) throw new NotMeasured('server-error', '503');
      return 'healthy';
    });
    const { result } = train([bound(source)]);
    expect((await result).decision.decision).toBe('continue');
  });

  it('stops at the deadline for the evidence it lacked, never calling the release unhealthy', async () => {
    const clock = new SimulatedClock();
    const start = clock.now();
    const { result } = train([bound(new FakeSource(() => 'insufficient'))], { clock });
    expect((await result).decision).toMatchObject({ decision: 'stop', reason: 'insufficient-evidence' });
    expect(minutesSince(clock, start)).toBe(30);
  });

  it('makes an error of a source that never answers, even one that ignores the signal', async () => {
    const source = new FakeSource(() => new Promise<Word>(() => {}));
    const { result } = train([bound(source), bound(new FakeSource(() => 'healthy'), 'b')]);
    const { decision, rounds } = await result;
    expect(decision).toMatchObject({ decision: 'stop', reason: 'not-measured', gates: ['a'] });
    expect(rounds[0]?.gates[0]).toMatchObject({
      reading: { state: 'error' },
      answers: [{ failure: { code: 'timeout' } }],
    });
    expect(rounds[0]?.gates[1]).toMatchObject({ reading: { state: 'healthy' } });
  });

  it('does not wait for a silent source far beyond its deadline', async () => {
    const clock = new SimulatedClock();
    const start = clock.now();
    const silent = new FakeSource(() => new Promise<Word>(() => {}));
    const { result } = train([bound(silent)], {
      clock,
      evaluation: { warmup: 0, deadline: 60_000, 'round-timeout': 600_000 },
    });
    expect((await result).decision).toMatchObject({ decision: 'stop', reason: 'not-measured' });
    expect(clock.now() - start).toBeLessThanOrEqual(70_000);
  });

  it('ends at once when cancelled in a round, with what was not evaluated said to be so', async () => {
    const cancel = new AbortController();
    const source = new FakeSource((n) => {
      if (n < 3) return 'healthy';
      cancel.abort(143);
      return new Promise<Word>(() => {});
    });
    const { result } = train([bound(source)], { cancel: cancel.signal });
    const { decision, rounds } = await result;
    expect(decision).toMatchObject({ decision: 'stop', reason: 'cancelled' });
    expect(rounds.at(-1)?.gates[0]?.reading).toBeNull();
  });

  it('ends at once when cancelled between rounds', async () => {
    const cancel = new AbortController();
    const { result } = train([bound(new FakeSource(() => 'healthy'))], {
      cancel: cancel.signal,
      onRound: () => cancel.abort(130),
    });
    const { decision, rounds } = await result;
    expect(decision.reason).toBe('cancelled');
    expect(rounds).toHaveLength(1);
  });

  it('turns a gate or a source that breaks into an error of that gate', async () => {
    const broken: Gate = {
      ...gate('x'),
      judge: () => {
        throw new TypeError('oops');
      },
    };
    const crash = new FakeSource(() => {
      throw new RangeError('bug');
    });
    const gates = [{ ...bound(new FakeSource(() => 'healthy')), gate: broken }, bound(crash, 'b')];
    const { result } = train(gates, { evaluation: { warmup: 0 } });
    const { decision, rounds } = await result;
    expect(decision.decision).toBe('stop');
    expect(rounds[0]?.gates.map((g) => g.reading?.state)).toEqual(['error', 'error']);
  });

  it('counts the warm-up from the deployment, not from its own start', async () => {
    const clock = new SimulatedClock();
    const { result } = train([bound(new FakeSource(() => 'healthy'))], {
      clock,
      deployedAt: clock.now() - 10 * minute,
    });
    expect((await result).rounds[0]?.phase).toBe('watch');
  });

  it('uses the round at the deadline when the steady time ends just there', async () => {
    const { result } = train([bound(new FakeSource(() => 'healthy'))], {
      evaluation: { warmup: 0, steady: 5 * minute, deadline: 5 * minute },
    });
    expect((await result).decision.decision).toBe('continue');
  });
});
