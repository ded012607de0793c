/**
 * The walk through the stages: move something, let the train prove it, and only then go on. Moving and proving are handed in. Everything
 * is only moved from where this walk left it; where it stands elsewhere somebody else moves it, and this walk stops.
 *
 * What was done is told before and after each move, so that a walk which was cut off anywhere goes on from there.
 */
import type { Move, MovesConfig, Stage, WhereTo } from '../policy/stages.js';
import { percentWords } from '../record/flag-words.js';
import type { Decision, Walk as WalkRecord } from '../record/record.js';
import type { Moved } from '../record/walk.js';
import { type Back, planBack } from './back.js';
import { type Clock, iso } from './clock.js';

export type Walked = WalkRecord['walked'][number];

export interface Walk {
  /** All stages of the policy. */
  readonly stages: readonly Stage[];
  /** Those that are to be proven, 1 is the first of all. */
  readonly from: number;
  readonly to: number;
  readonly moves: Pick<MovesConfig, 'on-stop' | 'on-cancel'>;
  readonly clock: Clock;
  readonly cancel: AbortSignal;
  /** When the new version went live: what a stage that moves nothing is judged from. Milliseconds since the epoch. */
  readonly deployedAt: number;
  /** The cancelled run that this one goes on with; null: none. */
  readonly resumed: WalkRecord['resumed'];
  /** What this very run did before it was parked or cut off. */
  readonly earlier?: readonly Walked[] | undefined;
  /**
   * @param resuming it may have been moved already, by a run that was cut off
   * @param before how the traffic stood before that run began to let targets change places
   */
  move(
    step: number,
    stage: Stage,
    how: { readonly resuming: boolean; readonly before: Walked['before'] },
  ): Promise<Moved>;
  /** Takes what was moved away from the new version again. */
  retreat(back: Back): Promise<Moved>;
  /**
   * The judge starts anew, or goes on with the rounds of an earlier run.
   *
   * @param since milliseconds since the epoch
   */
  bake(step: number, since: number): Promise<Decision>;
  /** Asked before each stage: a decision that keeps it from beginning. */
  mayBegin?(): Decision | undefined;
  /** What is known so far: what a crash must not lose. */
  onProgress(walk: WalkRecord): void;
}

export interface WalkDone {
  readonly walk: WalkRecord;
  readonly decision: Decision;
}

/** Outcomes that leave what was to be moved as it stood. */
const untouched: ReadonlySet<Moved['outcome']> = new Set(['refused', 'not-read', 'dry-run']);

const isThere = ({ outcome }: Moved): boolean => outcome === 'changed' || outcome === 'already';

export async function walk(options: Walk): Promise<WalkDone> {
  const { stages, from, to, clock, resumed, moves } = options;
  const walked: Walked[] = [];
  const end: Moved[] = [];
  const soFar = (): WalkRecord => ({
    stages: stages.map(({ name, move }) => ({ name, move: move === undefined ? null : moveWords(move) })),
    from,
    to,
    resumed,
    walked: [...walked],
    end: [...end],
  });
  const tell = (): void => options.onProgress(soFar());
  const done = async (decision: Decision, where: WhereTo): Promise<WalkDone> => {
    for (const back of planBack(where, stages, walked)) {
      end.push(await retreatOrFall(options, back, walked, end));
      tell();
    }
    return { walk: soFar(), decision };
  };
  const stopped = (decision: Decision): Promise<WalkDone> =>
    done(decision, moves[decision.reason === 'cancelled' || decision.reason === 'frozen' ? 'on-cancel' : 'on-stop']);

  for (const [index, stage] of stages.entries()) {
    const step = index + 1;
    if (step < from || step > to) continue;
    const earlier = options.earlier?.find((one) => one.step === step);
    if (earlier?.decision && earlier.decision.decision !== 'hold') {
      walked.push(earlier);
      if (earlier.decision.decision === 'continue') continue;
      return await stopped(earlier.decision);
    }
    if (earlier?.since === undefined) {
      if (options.cancel.aborted) return await stopped(cancelledBefore(stage));
      const not = options.mayBegin?.();
      if (not) return await stopped(not);
    }
    let entry: Walked = earlier ?? {
      step,
      name: stage.name,
      began: iso(clock.now()),
      ended: iso(clock.now()),
      moved: null,
      decision: null,
    };
    walked.push(entry);
    const put = (change: Partial<Walked>): void => {
      entry = { ...entry, ended: iso(clock.now()), ...change };
      walked[walked.length - 1] = entry;
      tell();
    };
    put({ decision: null });
    if (entry.since === undefined) {
      const notThere = await begin(options, step, stage, earlier !== undefined, put);
      if (notThere) {
        // Where nothing was written, it stands where the last good stage, or somebody else, put it.
        return await done(notMoved(stage, notThere), untouched.has(notThere.outcome) ? 'stay' : 'back');
      }
    }
    const decision = await baked(options, step, Date.parse(entry.since ?? ''));
    put({ decision });
    if (decision.decision === 'hold') return { walk: soFar(), decision };
    if (decision.decision !== 'continue') return await stopped(decision);
  }
  return { walk: soFar(), decision: arrived(stages.slice(from - 1, to), walked, resumed) };
}

/** Moves, where the stage moves something. @returns the move that was not done */
async function begin(
  options: Walk,
  step: number,
  stage: Stage,
  cutOff: boolean,
  put: (change: Partial<Walked>) => void,
): Promise<Moved | undefined> {
  const { clock, resumed, stages, deployedAt } = options;
  if (!stage.move) {
    const movedBefore = stages.slice(0, step - 1).some(({ move }) => move !== undefined);
    put({ since: iso(movedBefore ? clock.now() : deployedAt) });
    return undefined;
  }
  const resuming = cutOff || resumed?.step === step;
  const before = options.earlier?.find((one) => one.step === step)?.before;
  const moved = await options.move(step, stage, { resuming, before });
  const there = isThere(moved);
  put({ moved, ...(there ? { since: iso(clock.now()) } : {}) });
  return there ? undefined : moved;
}

/** A crash while users get the new code is a stop like any other: nobody watches them any more. */
async function baked(options: Walk, step: number, since: number): Promise<Decision> {
  try {
    return await options.bake(step, since);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { decision: 'stop', reason: 'internal-error', gates: [], sentence: `Signalbox itself failed: ${why}` };
  }
}

/** What cannot go to where the policy wants it, goes all the way back: nothing is safer. */
async function retreatOrFall(options: Walk, back: Back, walked: readonly Walked[], end: Moved[]): Promise<Moved> {
  const went = await options.retreat(back);
  if (isThere(went) || back.all) return went;
  end.push(went);
  const [further] = planBack('back', options.stages, walked).filter(({ subject }) => subject === back.subject);
  return further ? await options.retreat(further) : went;
}

/** `5 % to green`, `new-checkout at 5 %`. */
export function moveWords(move: Move): string {
  if (move.kind === 'flag')
    return move.percent === 0 ? `${move.flag} off` : `${move.flag} at ${percentWords(move.percent)}`;
  if (move.kind === 'swap') return `${move.from} swapped with ${move.with}`;
  return Object.entries(move.weights)
    .map(([target, percent]) => `${percentWords(percent)} to ${target}`)
    .join(', ');
}

const cancelledBefore = ({ name }: Stage): Decision => ({
  decision: 'stop',
  reason: 'cancelled',
  gates: [],
  sentence: `cancelled before the stage ${name}`,
});

const notMoved = ({ name, move }: Stage, { detail, next }: Moved): Decision => ({
  decision: 'stop',
  reason: 'not-moved',
  gates: [],
  sentence: `the stage ${name} was not reached${move ? ` (${moveWords(move)})` : ''}: ${detail}${next === undefined ? '' : `; next: ${next}`}`,
});

function arrived(stages: readonly Stage[], walked: readonly Walked[], resumed: WalkRecord['resumed']): Decision {
  const last = stages.findLast(({ move }) => move !== undefined)?.move;
  const count = stages.length - (resumed === null ? 0 : resumed.step - 1);
  const proven = count === 1 ? 'a stage that was' : `${count} stages that were each`;
  return {
    decision: 'continue',
    reason: 'healthy',
    gates: walked.at(-1)?.decision?.gates ?? [],
    sentence: `${last ? moveWords(last) : `the stage ${stages.at(-1)?.name ?? ''}`}, after ${proven} proven healthy`,
  };
}
