/** A flag's state and its changes in words, the same everywhere. */
import type { FlagState } from './flags.js';
import type { Moved } from './walk.js';

export const percentWords = (x: number): string => `${Number(x.toFixed(3))} %`;

/** `on for 10 % to 25 %`, `off`, `on for those whom rules name`. */
export function stateWords(state: FlagState): string {
  if (!state.exists) return 'not there';
  const { lo, hi } = state.exposure;
  if (state.reach === 'nobody') return 'off';
  if (state.reach === 'everyone') return 'on for everyone';
  if (state.reach === 'targeted-only') return 'on for those whom its rules name';
  if (lo === hi) return `on for ${percentWords(lo)}`;
  return `on for ${percentWords(lo)} to ${percentWords(hi)}`;
}

/** Whether what was moved is where it was wanted, or nothing was to be written. */
export const isDone = ({ outcome }: Pick<Moved, 'outcome'>): boolean =>
  ['changed', 'already', 'dry-run'].includes(outcome);
