/** The train: rounds until the evidence is conclusive, the deadline comes or someone cancels. */
import type { Evaluation } from '../policy/schema.js';
import type { Decision, Round } from '../record/record.js';
import { again } from './again.js';
import { type Clock, iso } from './clock.js';
import { advance, decide, type TrainState } from './decide.js';
import { type BoundGate, runRound } from './round.js';
import { cancelled, parked, phaseOf } from './times.js';

export interface TrainOptions {
  readonly gates: readonly BoundGate[];
  readonly evaluation: Evaluation;
  /** When the new version went live, milliseconds since the epoch. */
  readonly deployedAt: number;
  readonly clock: Clock;
  /** 0 to 1, for the jitter of retries. */
  readonly random: () => number;
  readonly cancel: AbortSignal;
  /** Called after each round, with what all of them come to, and the time at which the next one begins; without it there is none. */
  readonly onRound: (round: Round, state: TrainState, next: number | undefined) => void;
  /** Where it goes on from another train: the rounds before, and which stage this is. */
  readonly after?: { readonly rounds: number; readonly step: number };
  /** The rounds of this very train that an earlier job left. */
  readonly earlier?: readonly Round[];
  /** The job ends with `parked` once the next round is due later than this, milliseconds since the epoch; absent: it waits. */
  readonly parkAt?: number | undefined;
}

export interface TrainResult {
  /** Of this job. */
  readonly rounds: readonly Round[];
  readonly decision: Decision;
}

/** First wait after a round in which something could not be measured; doubles up to the normal interval. */
const retryMs = 5000;

/** The round at the deadline still gets this long for its answers, if the policy gives a round so long at all. */
const lastRoundMs = 10_000;

export async function runTrain(options: TrainOptions): Promise<TrainResult> {
  const { gates, evaluation, deployedAt, clock, cancel, after, earlier = [] } = options;
  const rules = gates.map((g) => g.config);
  const started = clock.now();
  // From the first round on, as the record tells it, whichever job that was in.
  const deadline = (earlier[0] ? Date.parse(earlier[0].began) : started) + evaluation.deadline;
  const settledAt = deployedAt + evaluation.warmup;
  const rounds: Round[] = [];
  const past = again({ gates, evaluation, deployedAt, rounds: earlier });
  if (past.decision && past.decision.decision !== 'hold') return { rounds, decision: past.decision };
  let { state, memories } = past;
  let failedInRow = 0;
  let final = past.decision?.reason === 'final-check';

  while (!cancel.aborted) {
    const now = rounds.length === 0 ? started : clock.now();
    const phase = phaseOf(final, now, settledAt);
    // A silent source may not hold the step far beyond its deadline.
    const left = Math.max(deadline - now, lastRoundMs);
    const timeoutMs = Math.min(evaluation['round-timeout'], left);
    const outcomes = await runRound(gates, { now, deployedAt, settledAt }, { timeoutMs, cancel }, clock, memories);
    memories = new Map(outcomes.map((o) => [o.gate, o.memory]));
    const ended = clock.now();
    const readings = new Map(outcomes.map((o) => [o.gate, o.reading]));
    state = advance(state, { at: now, phase, readings }, rules, evaluation);
    const decision = cancel.aborted
      ? cancelled(numberOf(rounds.length + 1))
      : decide(state, rules, evaluation, { now: ended, deadline });
    const round: Round = {
      number: numberOf(rounds.length + 1),
      ...(after === undefined ? {} : { step: after.step }),
      phase,
      began: iso(now),
      ended: iso(ended),
      gates: outcomes.map(({ gate, answers, reading }) => ({ gate, answers: [...answers], reading })),
      decision,
    };
    rounds.push(round);

    failedInRow = outcomes.some((o) => o.reading?.state === 'error') ? failedInRow + 1 : 0;
    final = decision.reason === 'final-check';
    const next = decision.decision === 'hold' ? nextRound() : undefined;
    const parks = next !== undefined && !final && next > (options.parkAt ?? Number.POSITIVE_INFINITY);
    options.onRound(round, state, parks ? undefined : next);
    if (next === undefined) return { rounds, decision };
    if (parks) return { rounds, decision: parked(decision) };
    await clock.sleep(next - clock.now(), cancel);

    function nextRound(): number {
      if (final) return ended;
      // Errors are asked again soon, since a blip of the monitoring should cost seconds; never slower than the interval.
      const backoff = retryMs * 2 ** (failedInRow - 1) * (0.8 + 0.4 * options.random());
      const wait = failedInRow > 0 ? Math.min(backoff, evaluation.every) : evaluation.every;
      const soon = now < settledAt ? Math.min(now + wait, settledAt) : now + wait;
      return Math.max(ended, Math.min(soon, deadline));
    }
  }
  return { rounds, decision: cancelled(numberOf(rounds.length)) };

  function numberOf(own: number): number {
    return own + earlier.length + (after?.rounds ?? 0);
  }
}
