/** What became of flags: those that were switched off, and the steps of a rollout. Words for every form of the report. */
import { isDone, percentWords, stateWords } from '../record/flag-words.js';
import type { FlagChange } from '../record/flags.js';
import type { DecisionRecord, Rollout } from '../record/record.js';

export interface FlagLine {
  readonly mark: string;
  readonly flag: string;
  /** Behind the name of the flag. */
  readonly words: string;
  /** It is not where it was wanted: somebody has to act. */
  readonly trouble: boolean;
}

/** All changes that the end of the train made, or tried to. */
export function changesOf({ reactions = [], rollout }: DecisionRecord): readonly FlagChange[] {
  return [
    ...(rollout?.end ? [rollout.end] : []),
    ...reactions.flatMap(({ flag }) => (flag === undefined ? [] : [flag])),
  ];
}

/** A line for each change, trouble first. */
export function flagLines(record: DecisionRecord): FlagLine[] {
  const lines = changesOf(record).map(lineOf);
  return [...lines.filter(({ trouble }) => trouble), ...lines.filter(({ trouble }) => !trouble)];
}

function lineOf(change: FlagChange): FlagLine {
  const { flag, source, wanted, outcome, before, after, detail, next } = change;
  const was = before === null ? '' : `; it was ${stateWords(before)}`;
  const to = wanted === 'off' ? 'switched off' : `put ${wanted}`;
  const line = (mark: string, words: string, trouble = false): FlagLine => ({ mark, flag, words, trouble });
  const then = next === undefined ? '' : `. Next: ${next}`;
  switch (outcome) {
    case 'changed':
      return line('✓', `was ${to} in ${source} and read back as ${after === null ? wanted : stateWords(after)}${was}`);
    case 'already':
      return line('✓', `is ${wanted} in ${source} already`);
    case 'dry-run':
      return line('–', `would have been ${to} in ${source} (dry run)${was}`);
    case 'refused':
    case 'not-read':
      return line('✗', `was NOT ${to} in ${source}: ${detail}${then}`, true);
    default:
      return line('✗', `is NOT known to be ${wanted} in ${source}: ${detail}${then}`, true);
  }
}

/** For the verdict: `new-checkout was switched off`, or that it was not. Empty: no flag was to be changed. */
export function flagsSaid(record: DecisionRecord): string {
  const changes = changesOf(record).filter(({ outcome }) => outcome !== 'dry-run');
  const failed = changes.filter((change) => !isDone(change));
  const off = changes.filter((change) => isDone(change) && change.wanted === 'off');
  const names = (of: readonly FlagChange[]) => [...new Set(of.map(({ flag }) => flag))];
  const are = (of: readonly string[], one: string, more: string) =>
    of.length === 0
      ? ''
      : `${of.slice(0, 3).join(', ')}${of.length > 3 ? ` and ${of.length - 3} more` : ''} ${of.length === 1 ? one : more}`;
  return [are(names(failed), 'is NOT off', 'are NOT off'), are(names(off), 'is now off', 'are now off')]
    .filter((text) => text !== '')
    .join('; ');
}

export interface StepLine {
  readonly mark: string;
  readonly percent: string;
  readonly words: string;
}

/** The steps of a rollout, those to come too. */
export function stepLines({ steps, walked, resumed }: Rollout): StepLine[] {
  return steps.map((percent, index): StepLine => {
    const step = walked.find((w) => w.step === index + 1);
    const shown = percentWords(percent);
    if (!step) {
      const earlier = resumed !== null && index + 1 < resumed.step;
      return earlier
        ? { mark: '✓', percent: shown, words: 'proven in the run that was resumed' }
        : { mark: '○', percent: shown, words: 'not begun' };
    }
    const { moved, decision } = step;
    if (decision === null) return { mark: '✗', percent: shown, words: `not reached: ${moved.detail}` };
    if (decision.decision === 'continue') return { mark: '✓', percent: shown, words: decision.sentence };
    return { mark: decision.reason === 'cancelled' ? '–' : '✗', percent: shown, words: decision.sentence };
  });
}

/** Where the flag of a rollout stands now. */
export function standsWords({ flag, walked, end }: Rollout): string {
  const last = end ?? walked.at(-1)?.moved;
  const state = last?.after ?? last?.before;
  if (!state) return `where ${flag} stands is not known`;
  const certain = last !== undefined && isDone(last);
  return certain || last?.outcome === 'refused'
    ? `${flag} is ${stateWords(state)}`
    : `${flag} was ${stateWords(state)} when last read`;
}
