/**
 * The decision, as a pure fold over rounds: `advance` takes a round in, `decide` says what follows. The rules are in
 * `docs/decision.md`; two of them hold whatever the readings are: without a healthy blocking gate in the same round there is
 * no `continue`, and insufficient evidence or an error is never counted against the release.
 */
import { plural } from '../judge/number.js';
import { formatDuration } from '../policy/fields.js';
import type { Evaluation, GateConfig } from '../policy/schema.js';
import type { ReadingData } from '../record/evidence.js';
import type { Decision, Reason, Round } from '../record/record.js';

/** What a gate's config says about deciding. */
export type Rule = Pick<
  GateConfig,
  'name' | 'enforce' | 'on-missing' | 'on-error' | 'unhealthy-after' | 'unhealthy-limit' | 'preparation'
>;

export interface GateState {
  readonly last: ReadingData | null;
  /** Unhealthy rounds since the last healthy one; insufficient and error rounds in between neither count nor forgive. */
  readonly unhealthyInRow: number;
  readonly unhealthyTotal: number;
  /** Since when there has been nothing but errors, milliseconds; null: measured in the last round, or still warming up. */
  readonly unmeasuredSince: number | null;
  /** Rounds in a row with poor evidence that waiting cannot heal. */
  readonly permanentInRow: number;
}

export interface TrainState {
  readonly gates: ReadonlyMap<string, GateState>;
  /** How long all blocking gates have been healthy together, milliseconds. */
  readonly steadyMs: number;
  /** Start of the last round in which they all were, if it was the last round. */
  readonly healthyAt: number | null;
  readonly phase: Round['phase'] | null;
}

/** One round's readings by gate; null: not evaluated. */
export interface RoundReadings {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly phase: Round['phase'];
  readonly readings: ReadonlyMap<string, ReadingData | null>;
}

export const initialState: TrainState = { gates: new Map(), steadyMs: 0, healthyAt: null, phase: null };

const fresh: GateState = { last: null, unhealthyInRow: 0, unhealthyTotal: 0, unmeasuredSince: null, permanentInRow: 0 };

const blocking = (rules: readonly Rule[]): Rule[] => rules.filter((rule) => rule.enforce === 'block');

/** Healthy, or poor evidence that the policy says to ignore. A gate that was not evaluated is never passable. */
function passable(rule: Rule, reading: ReadingData | null | undefined): boolean {
  if (!reading) return false;
  if (reading.state === 'healthy') return true;
  if (reading.state === 'insufficient') return rule['on-missing'] === 'ignore' && !reading.pending;
  return reading.state === 'error' && rule['on-error'] === 'ignore';
}

/** All blocking gates passable in this round, and at least one that is about the release really healthy. */
function allHealthy(rules: readonly Rule[], readings: ReadonlyMap<string, ReadingData | null>): boolean {
  const must = blocking(rules);
  return (
    must.every((rule) => passable(rule, readings.get(rule.name))) &&
    must.some((rule) => !rule.preparation && readings.get(rule.name)?.state === 'healthy')
  );
}

function advanceGate(state: GateState, reading: ReadingData | null, { at, phase }: RoundReadings): GateState {
  if (reading === null) return { ...state, last: null };
  // Before the warm-up is over only what stands beyond doubt counts against the release.
  const counts = reading.state === 'unhealthy' && (phase !== 'warm-up' || reading.conclusive === true);
  const failed = reading.state === 'error';
  return {
    last: reading,
    unhealthyInRow: reading.state === 'healthy' ? 0 : state.unhealthyInRow + (counts ? 1 : 0),
    unhealthyTotal: state.unhealthyTotal + (counts ? 1 : 0),
    unmeasuredSince: failed && phase !== 'warm-up' ? (state.unmeasuredSince ?? at) : null,
    permanentInRow: reading.permanent ? state.permanentInRow + 1 : 0,
  };
}

/** Takes one round in. */
export function advance(
  state: TrainState,
  round: RoundReadings,
  rules: readonly Rule[],
  evaluation: Pick<Evaluation, 'every'>,
): TrainState {
  const gates = new Map(
    rules.map(({ name }) => [
      name,
      advanceGate(state.gates.get(name) ?? fresh, round.readings.get(name) ?? null, round),
    ]),
  );
  const next = { gates, phase: round.phase };
  const sick = blocking(rules).some((rule) => round.readings.get(rule.name)?.state === 'unhealthy');
  if (sick || round.phase === 'warm-up') return { ...next, steadyMs: 0, healthyAt: null };
  // Poor evidence stops the clock of the steady time without setting it back.
  if (!allHealthy(rules, round.readings)) return { ...next, steadyMs: state.steadyMs, healthyAt: null };
  // A gap (a suspended runner) proves nothing about the time in it.
  const proven = state.healthyAt === null ? 0 : Math.min(round.at - state.healthyAt, 2 * evaluation.every);
  return { ...next, steadyMs: state.steadyMs + Math.max(0, proven), healthyAt: round.at };
}

/** How often it must be seen that waiting cannot heal something before it is believed. */
const permanentAfter = 2;

interface Stand {
  readonly rule: Rule;
  readonly state: GateState;
}

/**
 * What follows from the rounds so far.
 *
 * @param time in milliseconds since the epoch; at and after `deadline` there is no more holding, except for the final check
 */
export function decide(
  state: TrainState,
  rules: readonly Rule[],
  evaluation: Pick<Evaluation, 'steady' | 'error-budget'>,
  time: { readonly now: number; readonly deadline: number },
): Decision {
  const stands = blocking(rules).map((rule): Stand => ({ rule, state: state.gates.get(rule.name) ?? fresh }));
  const proven = conclusiveStop(stands, state.phase, evaluation, time.now);
  if (proven) return proven;

  const readings = new Map(stands.map(({ rule, state: { last } }) => [rule.name, last]));
  if (state.healthyAt !== null && allHealthy(rules, readings) && state.steadyMs >= evaluation.steady) {
    const healthy = stands.filter((s) => s.state.last?.state === 'healthy');
    const sentence = `${plural(healthy.length, 'blocking gate')} healthy together${evaluation.steady > 0 ? ` for ${formatDuration(state.steadyMs)}` : ''}`;
    return state.phase === 'final'
      ? say('continue', 'healthy', healthy, `${sentence}, and once more in the final check`)
      : say('hold', 'final-check', healthy, `${sentence}; all are asked once more`);
  }
  return waiting(stands, state, evaluation, time.now >= time.deadline);
}

/** The reasons to stop without waiting for the deadline. */
function conclusiveStop(
  stands: readonly Stand[],
  phase: Round['phase'] | null,
  evaluation: Pick<Evaluation, 'error-budget'>,
  now: number,
): Decision | undefined {
  const sick = stands.filter(
    ({ rule, state }) =>
      (state.last?.state === 'unhealthy' && state.last.conclusive === true) ||
      state.unhealthyInRow >= rule['unhealthy-after'] ||
      state.unhealthyTotal >= (rule['unhealthy-limit'] ?? Number.POSITIVE_INFINITY),
  );
  if (sick.length > 0) return say('stop', 'unhealthy', sick, sick.map(unhealthyText).join('; '));

  const lost = stands.filter(({ rule, state }) => {
    if (state.last?.state !== 'error' || rule['on-error'] === 'ignore') return false;
    const overBudget = state.unmeasuredSince !== null && now - state.unmeasuredSince >= evaluation['error-budget'];
    return (rule['on-error'] === 'stop' && phase !== 'warm-up') || state.permanentInRow >= permanentAfter || overBudget;
  });
  if (lost.length > 0) return say('stop', 'not-measured', lost, reasons(lost));

  const missing = stands.filter(({ rule, state }) => {
    if (state.last?.state !== 'insufficient' || rule['on-missing'] === 'ignore' || state.last.pending) return false;
    return (rule['on-missing'] === 'stop' && phase !== 'warm-up') || state.permanentInRow >= permanentAfter;
  });
  if (missing.length > 0) return say('stop', 'insufficient-evidence', missing, reasons(missing));
  return undefined;
}

/** Nothing is conclusive: what holds the train, or at the deadline what it stops for. The worst reason is named. */
function waiting(
  stands: readonly Stand[],
  state: TrainState,
  evaluation: Pick<Evaluation, 'steady'>,
  late: boolean,
): Decision {
  const verb = late ? 'stop' : 'hold';
  if (state.phase === 'warm-up' && !late) return say('hold', 'warming-up', [], 'the new version is still warming up');
  const inState = (wanted: ReadingData['state'] | null) =>
    stands.filter((s) => (s.state.last?.state ?? null) === wanted);
  const sick = inState('unhealthy');
  if (sick.length > 0) return say(verb, late ? 'unhealthy' : 'unconfirmed', sick, sick.map(unhealthyText).join('; '));
  const lost = [...inState('error'), ...inState(null)].filter(({ rule, state: { last } }) => !passable(rule, last));
  if (lost.length > 0) return say(verb, 'not-measured', lost, reasons(lost));
  const poor = inState('insufficient').filter(({ rule, state: { last } }) => !passable(rule, last));
  if (poor.length > 0) return say(verb, 'insufficient-evidence', poor, reasons(poor));
  if (!inState('healthy').some(({ rule }) => !rule.preparation)) {
    return say(
      verb,
      'insufficient-evidence',
      stands,
      'no blocking gate has evidence: poor evidence may be ignored, but not all of it',
    );
  }
  const text = `healthy for ${formatDuration(state.steadyMs)} of the ${formatDuration(evaluation.steady)} that are asked for`;
  return say(verb, late ? 'not-steady' : 'steadying', stands, text);
}

const say = (decision: Decision['decision'], reason: Reason, stands: readonly Stand[], sentence: string): Decision => ({
  decision,
  reason,
  gates: stands.map(({ rule }) => rule.name),
  sentence,
});

const reasons = (stands: readonly Stand[]): string =>
  stands.map(({ rule, state }) => `${rule.name}: ${state.last?.reason ?? 'not evaluated'}`).join('; ');

function unhealthyText({ rule, state }: Stand): string {
  const rounds =
    state.last?.conclusive || state.unhealthyInRow < 1 ? '' : ` (${plural(state.unhealthyInRow, 'round')} in a row)`;
  return `${rule.name}: ${state.last?.reason ?? 'unhealthy'}${rounds}`;
}
