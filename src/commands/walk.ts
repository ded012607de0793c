/** Walks the stages of a policy: moves traffic and flags for real, and runs the train at each stage. */
import type { Policy } from '../policy/schema.js';
import { type Move, movesOf, type Stage, stagePolicy, stagesOf } from '../policy/stages.js';
import { changeFlag, readState } from '../reactions/flags/change.js';
import { changeTraffic } from '../reactions/traffic/change.js';
import type { Traffic } from '../record/deployments.js';
import type { Decision, Round, Walk as WalkRecord } from '../record/record.js';
import type { Moved } from '../record/walk.js';
import { meaningOf } from '../sources/flags/meaning.js';
import { NotMeasured, type SourceContext } from '../sources/source.js';
import type { Back } from '../train/back.js';
import { runTrain, type TrainOptions } from '../train/run.js';
import { type WalkDone, type Walked, walk } from '../train/walk.js';
import { standsElsewhere, trafficElsewhere } from '../train/where.js';
import { bindGates } from './bind.js';
import { openNamed } from './open.js';

export interface WalkContext {
  readonly policy: Policy;
  /** The stages that are to be proven, 1 is the first of all. */
  readonly from: number;
  readonly to: number;
  readonly resumed: WalkRecord['resumed'];
  /** What an earlier job of this very run did. */
  readonly earlier: readonly Walked[];
  readonly deployedAt: number;
  readonly context: SourceContext;
  readonly note: string;
  readonly cancel: AbortSignal;
  readonly random: () => number;
  /** All so far, of all stages and jobs. */
  readonly rounds: readonly Round[];
  readonly onRound: TrainOptions['onRound'];
  readonly parkAt: number | undefined;
  readonly mayBegin?: () => Decision | undefined;
  /** A stage began to be judged. */
  readonly onStage: (words: string, began: number, stage: Policy) => void;
  readonly onProgress: (walk: WalkRecord) => void;
}

/** Time for the requests themselves, beside that for what is busy and for reading back. */
const requestsMs = 30_000;

export async function walkStages(options: WalkContext): Promise<WalkDone> {
  const { policy, context, note, cancel, random, from, to } = options;
  const { clock } = context;
  const stages = stagesOf(policy);
  const moves = movesOf(policy);
  const verifyMs = moves['verify-within'];
  // A move that was begun is brought to its end, cancelled or not: half of one would be worse.
  const common = () => ({ note, verifyMs, clock, signal: AbortSignal.timeout(2 * verifyMs + requestsMs) });
  let soFar: WalkRecord | undefined;
  const tell = (now: WalkRecord): void => {
    soFar = now;
    options.onProgress(now);
  };
  /** Kept before the write, so that a job which is killed in the middle of it leaves behind what the next one needs. */
  const keepBefore = (step: number, before: Traffic): void => {
    if (soFar) tell({ ...soFar, walked: soFar.walked.map((one) => (one.step === step ? { ...one, before } : one)) });
  };

  const preFlight = await inTheWay(options, stages);
  if (preFlight !== undefined) {
    const decision: Decision = { decision: 'stop', reason: 'not-moved', gates: [], sentence: preFlight };
    const named = stages.map(({ name }) => ({ name, move: null }));
    return { walk: { stages: named, from, to, resumed: options.resumed, walked: [], end: [] }, decision };
  }
  return walk({
    stages,
    from,
    to,
    moves,
    clock,
    cancel,
    deployedAt: options.deployedAt,
    resumed: options.resumed,
    earlier: options.earlier,
    ...(options.mayBegin && { mayBegin: options.mayBegin }),
    onProgress: tell,
    async move(step, stage, { resuming, before }): Promise<Moved> {
      const { move } = stage;
      if (!move) throw new Error(`the stage ${stage.name} moves nothing`);
      const at = { sourceName: move.source, source: openNamed(policy, move.source, context), ...common() };
      const where = { stages, index: step - 1, resuming };
      if (move.kind === 'flag') {
        const wanted = flagWanted(move.percent);
        const unless = standsElsewhere(where);
        return changeFlag({ ...at, flag: move.flag, meaning: meaningOf(move), wanted, unless });
      }
      if (move.kind === 'weights') {
        const { weights, rest } = move;
        const wanted = { to: 'weights', weights, ...(rest === undefined ? {} : { rest }) } as const;
        return changeTraffic({ ...at, wanted, unless: trafficElsewhere(where) });
      }
      const unless = (now: Traffic): undefined => {
        if (before === undefined) keepBefore(step, now);
      };
      return changeTraffic({
        ...at,
        wanted: { to: 'swap', from: move.from, with: move.with },
        since: before ?? null,
        unless,
      });
    },
    retreat: (back) => insist(() => retreat(back, policy, context, common), context, verifyMs),
    async bake(step, since): Promise<Decision> {
      const stage = stagePolicy(policy, step - 1);
      const earlier = options.rounds.filter((round) => round.step === step);
      const { name } = stages[step - 1] ?? { name: '' };
      const began = earlier[0] ? Date.parse(earlier[0].began) : clock.now();
      options.onStage(`stage ${name}, ${step} of ${stages.length}`, began, stage);
      const { decision } = await runTrain({
        gates: bindGates(stage, context),
        evaluation: stage.evaluation,
        deployedAt: since,
        clock,
        random,
        cancel,
        onRound: options.onRound,
        after: { rounds: options.rounds.length - earlier.length, step },
        earlier,
        parkAt: options.parkAt,
      });
      return decision;
    },
  });
}

const flagWanted = (percent: number) =>
  percent === 0 ? ({ to: 'off' } as const) : ({ to: 'rollout', percent } as const);

type Common = () => { note: string; verifyMs: number; clock: SourceContext['clock']; signal: AbortSignal };

/** First wait before what could not be read is tried again; doubles. */
const retryMs = 2000;

/** Users are on the side that is not good: a system that does not answer is asked again. What may have been written is not written twice. */
async function insist(retreats: () => Promise<Moved>, { clock }: SourceContext, forMs: number): Promise<Moved> {
  const until = clock.now() + Math.max(forMs, 60_000);
  for (let wait = retryMs; ; wait *= 2) {
    const went = await retreats();
    if (went.outcome !== 'not-read' || clock.now() + wait > until) return went;
    await clock.sleep(wait);
  }
}

async function retreat({ move, to }: Back, policy: Policy, context: SourceContext, common: Common): Promise<Moved> {
  const at = { sourceName: move.source, source: openNamed(policy, move.source, context), ...common() };
  if (move.kind === 'flag') {
    const percent = to.kind === 'flag' ? to.percent : 0;
    return changeFlag({ ...at, flag: move.flag, meaning: meaningOf(move), wanted: flagWanted(percent) });
  }
  switch (to.kind) {
    case 'weights':
      return changeTraffic({ ...at, wanted: { ...to, to: 'weights' } });
    case 'restore':
      return changeTraffic({ ...at, wanted: { to: 'restore', was: to.was } });
    case 'swap-back':
      return swapBack(to, move, at);
    default:
      throw new Error('traffic has no percentage of a flag');
  }
}

/** Swaps once more only where it is known that the first one came about: what nobody knows is not doubled. */
async function swapBack(
  { before, after }: Extract<Back['to'], { kind: 'swap-back' }>,
  move: Move,
  at: Omit<Parameters<typeof changeTraffic>[0], 'wanted'>,
): Promise<Moved> {
  const { from, with: other } = move as Extract<Move, { kind: 'swap' }>;
  const swapped = (traffic: Traffic | null) => traffic?.swapped?.at ?? null;
  const came = after !== null && swapped(after) !== swapped(before);
  if (came) return changeTraffic({ ...at, wanted: { to: 'swap', from, with: other }, since: after });
  if (before !== null) return changeTraffic({ ...at, wanted: { to: 'restore', was: before } });
  const unless = () => `it is not known whether ${from} and ${other} changed places, so they are left as they are`;
  return changeTraffic({ ...at, wanted: { to: 'swap', from, with: other }, unless });
}

/** Before anything moves: what would be in the way of moving a flag, or of switching it off again. */
async function inTheWay(
  { policy, context, cancel, from, to, resumed }: WalkContext,
  stages: readonly Stage[],
): Promise<string | undefined> {
  const seen = new Set<string>();
  const preFlight = policy.rollout?.['pre-flight'] ?? 'block';
  if (preFlight === 'warn' || preFlight === 'off') return undefined;
  for (const { move } of stages.slice(from - 1, to)) {
    if (move?.kind !== 'flag' || seen.has(`${move.source} ${move.flag}`)) continue;
    seen.add(`${move.source} ${move.flag}`);
    const { flag } = move;
    const signal = AbortSignal.any([cancel, AbortSignal.timeout(requestsMs)]);
    try {
      const state = await readState(openNamed(policy, move.source, context), flag, meaningOf(move), signal);
      if (!state.exists) return `there is no flag ${flag}: check its name and environment`;
      if (state.kill.possible === false || (state.kill.possible === null && preFlight === 'prove')) {
        return `${flag} could not be switched off again, so it is not rolled out: ${state.kill.why ?? state.kill.blockedBy ?? 'no reason given'}`;
      }
      if (state.whenOff !== 'off') {
        return `once ${flag} is off it serves ${state.whenOff === 'on' ? 'the new code' : `what is not known to be the old code (${state.whenOff})`}, so it is not rolled out`;
      }
    } catch (error) {
      if (!(error instanceof NotMeasured)) throw error;
      return `${flag} could not be read before it is rolled out${resumed === null ? '' : ' further'}: ${error.message}`;
    }
  }
  return undefined;
}
