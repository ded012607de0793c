/**
 * A flag rolled out step by step: move it, let the train prove the step, and only then move on. Moving and proving are handed in.
 * The flag is only moved from where this rollout left it; where it stands elsewhere somebody else moves it, and this one stops.
 */
import { percentOfShare, percentsOf, type RolloutConfig } from '../reactions/flags/fields.js';
import { percentWords, stateWords } from '../record/flag-words.js';
import type { FlagChange, FlagState } from '../record/flags.js';
import type { Decision, Rollout } from '../record/record.js';
import { type Clock, iso } from './clock.js';

export interface Walk {
  readonly config: RolloutConfig;
  readonly clock: Clock;
  readonly cancel: AbortSignal;
  /** Where a cancelled run left it, from which this one goes on; undefined: it begins. */
  readonly resumed?: Rollout['resumed'];
  /** @param unless what speaks against it, once the flag was read */
  move(percent: number, unless: (before: FlagState) => string | undefined): Promise<FlagChange>;
  /** Takes the flag away from the new version: off, or back to a percentage. */
  retreat(to: 'off' | number): Promise<FlagChange>;
  /**
   * The judge starts anew.
   *
   * @param step 1 is the first
   * @param since when the flag was there, milliseconds since the epoch
   */
  bake(step: number, percent: number, since: number): Promise<Decision>;
  /** What is known so far, after each move and each step: what a crash must not lose. */
  onProgress(rollout: Rollout): void;
}

export interface Walked {
  readonly rollout: Rollout;
  readonly decision: Decision;
}

const near = (a: number, b: number): boolean => Math.abs(a - b) < 0.005;

const isAt = ({ exposure: { lo, hi } }: FlagState, percent: number): boolean => near(lo, percent) && near(hi, percent);

export async function walk(options: Walk): Promise<Walked> {
  const { config, clock, resumed = null } = options;
  const { flag, source } = config;
  const steps = percentsOf(config);
  const first = resumed?.step ?? 1;
  const walked: Rollout['walked'] = [];
  const soFar = (end: FlagChange | null): Rollout => ({ source, flag, steps, resumed, walked: [...walked], end });
  const done = (decision: Decision, end: FlagChange | null): Walked => ({ rollout: soFar(end), decision });

  for (const [index, percent] of steps.entries()) {
    const step = index + 1;
    if (step < first) continue;
    const good = steps[index - 1] ?? percentOfShare(config.from);
    const back = async (how: RolloutConfig['on-cancel']): Promise<FlagChange | null> =>
      how === 'stay' ? null : await options.retreat(how === 'off' || good === 0 ? 'off' : good);
    if (options.cancel.aborted) {
      return done(cancelledBefore(flag, good), walked.length === 0 ? null : await back(config['on-cancel']));
    }
    const resuming = resumed !== null && step === first;
    const from = resuming ? percent : good;
    const began = iso(clock.now());
    const moved = await options.move(percent, (before) => against(before, from, resuming));
    const there = moved.outcome === 'changed' || moved.outcome === 'already';
    const since = clock.now();
    const stage = { step, percent, began, moved, ...(there ? { since: iso(since) } : {}) };
    walked.push({ ...stage, ended: iso(since), decision: null });
    options.onProgress(soFar(null));
    const decision = there ? await baked(options, step, percent, since) : null;
    walked[walked.length - 1] = { ...stage, ended: iso(clock.now()), decision };
    options.onProgress(soFar(null));
    if (decision?.decision === 'continue') continue;
    if (decision !== null) {
      return done(decision, await back(decision.reason === 'cancelled' ? config['on-cancel'] : config['on-stop']));
    }
    // Where nothing was written, the flag stands where the last good step, or somebody else, put it.
    const untouched = moved.outcome === 'refused' || moved.outcome === 'not-read';
    return done(notMoved(flag, percent, moved), untouched ? null : await back('off'));
  }
  const last = steps.at(-1) ?? 0;
  const count = steps.length - first + 1;
  const sentence = `${flag} is on for ${percentWords(last)}, after ${count === 1 ? 'a step that was' : `${count} steps that were each`} proven healthy`;
  const gates = walked.at(-1)?.decision?.gates ?? [];
  return done({ decision: 'continue', reason: 'healthy', gates, sentence }, null);
}

/** A crash while users get the new code is a stop like any other: nobody watches them any more. */
async function baked(options: Walk, step: number, percent: number, since: number): Promise<Decision> {
  try {
    return await options.bake(step, percent, since);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { decision: 'stop', reason: 'internal-error', gates: [], sentence: `Signalbox itself failed: ${why}` };
  }
}

/** Why the flag is not to be moved from where it stands. */
function against(before: FlagState, from: number, resuming: boolean): string | undefined {
  if (from === 0 ? before.reach === 'nobody' : isAt(before, from) && before.enabled !== false) return undefined;
  const expected = from === 0 ? 'off' : `on for ${percentWords(from)}`;
  const hint = resuming
    ? 'the run that is resumed did not leave it so'
    : 'somebody else moves it, or another run rolls it out; resume that run with its record, or switch the flag off first';
  return `${before.key} is ${stateWords(before)}, expected ${expected}: ${hint}`;
}

const cancelledBefore = (flag: string, good: number): Decision => ({
  decision: 'stop',
  reason: 'cancelled',
  gates: [],
  sentence: `cancelled while ${flag} was ${good === 0 ? 'off' : `on for ${percentWords(good)}`}, before its next step`,
});

const notMoved = (flag: string, percent: number, { detail, next }: FlagChange): Decision => ({
  decision: 'stop',
  reason: 'not-moved',
  gates: [],
  sentence: `${flag} could not be moved to ${percentWords(percent)}: ${detail}${next === undefined ? '' : `; next: ${next}`}`,
});
