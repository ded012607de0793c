/** Whether what a stage is to move stands where the walk left it. Where it does not, somebody else moves it. Pure. */
import { type Stage, subjectOf } from '../policy/stages.js';
import type { Traffic } from '../record/deployments.js';
import { percentWords, stateWords } from '../record/flag-words.js';
import type { FlagState } from '../record/flags.js';
import { flagBefore } from './back.js';

export interface Where {
  readonly stages: readonly Stage[];
  /** Of the stage that moves it; 0 is the first. */
  readonly index: number;
  /** A run that was cut off may have moved it already. */
  readonly resuming: boolean;
}

const near = (a: number, b: number): boolean => Math.abs(a - b) < 0.005;

function isAt(state: FlagState, percent: number): boolean {
  const { lo, hi } = state.exposure;
  if (percent === 0) return state.reach === 'nobody';
  return near(lo, percent) && near(hi, percent) && state.enabled !== false;
}

/** @returns what speaks against moving the flag from where it stands */
export const standsElsewhere =
  ({ stages, index, resuming }: Where) =>
  (before: FlagState): string | undefined => {
    const move = stages[index]?.move;
    const from = flagBefore(stages, index);
    const to = move?.kind === 'flag' ? move.percent : from;
    if (isAt(before, from) || (resuming && isAt(before, to))) return undefined;
    const words = (percent: number) => (percent === 0 ? 'off' : `on for ${percentWords(percent)}`);
    const hint = resuming
      ? 'the run that is resumed did not leave it so'
      : 'somebody else moves it, or another run rolls it out; resume that run with its record, or switch the flag off first';
    return `${before.key} is ${stateWords(before)}, expected ${words(from)}${resuming && to !== from ? ` or ${words(to)}` : ''}: ${hint}`;
  };

/** @returns what speaks against moving the traffic from where it stands */
export const trafficElsewhere =
  ({ stages, index, resuming }: Where) =>
  ({ weights }: Traffic): string | undefined => {
    const move = stages[index]?.move;
    if (move?.kind !== 'weights') return undefined;
    const at = (target: string) => weights[target] ?? 0;
    const { weights: wanted } = move;
    if (resuming && Object.entries(wanted).every(([target, percent]) => near(at(target), percent))) return undefined;
    const last = stages
      .slice(0, index)
      .findLast((stage) => stage.move && subjectOf(stage.move) === subjectOf(move))?.move;
    if (last?.kind === 'weights') {
      const wrong = Object.entries(last.weights).find(([target, percent]) => !near(at(target), percent));
      return wrong
        ? `${wrong[0]} gets ${percentWords(at(wrong[0]))} of the traffic, expected ${percentWords(wrong[1])} as the stage before leaves it: ${someoneElse}`
        : undefined;
    }
    // The first move may not take the traffic away from where all of it is.
    const wide = Object.entries(wanted).find(([target, percent]) => at(target) > percent + 0.005);
    return wide
      ? `${wide[0]} gets ${percentWords(at(wide[0]))} of the traffic already, expected at most ${percentWords(wide[1])} before the new version gets any: is it the live side, or does another run move it?`
      : undefined;
  };

const someoneElse = 'somebody else moves it, or another run does; resume that one, or put the traffic back first';
