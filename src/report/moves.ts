/** What was moved: flags that were switched off, traffic, and the stages of a walk. Words for every form of the report. */

import type { TrafficChange } from '../record/deployments.js';
import { isDone, stateWords } from '../record/flag-words.js';
import type { FlagChange } from '../record/flags.js';
import type { DecisionRecord, Walk } from '../record/record.js';
import { trafficWords } from '../record/traffic-words.js';
import type { Moved } from '../record/walk.js';

export interface MoveLine {
  readonly mark: string;
  /** A flag, or whose traffic it is. */
  readonly subject: string;
  /** Behind the subject. */
  readonly words: string;
  /** It is not where it was wanted: somebody has to act. */
  readonly trouble: boolean;
}

/** All changes that the end of the train made, or tried to. */
export function changesOf({ reactions = [], walk }: DecisionRecord): readonly Moved[] {
  return [...(walk?.end ?? []), ...reactions.flatMap(({ flag }) => (flag === undefined ? [] : [flag]))];
}

/** A line for each change, trouble first. */
export function moveLines(record: DecisionRecord): MoveLine[] {
  const lines = changesOf(record).map((moved) => ('flag' in moved ? flagLine(moved) : trafficLine(moved)));
  return [...lines.filter(({ trouble }) => trouble), ...lines.filter(({ trouble }) => !trouble)];
}

function flagLine(change: FlagChange): MoveLine {
  const { flag, source, wanted, outcome, before, after, detail, next } = change;
  const was = before === null ? '' : `; it was ${stateWords(before)}`;
  const to = wanted === 'off' ? 'switched off' : `put ${wanted}`;
  const line = (mark: string, words: string, trouble = false): MoveLine => ({ mark, subject: flag, words, trouble });
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

function trafficLine({ traffic, wanted, outcome, before, after, detail, next }: TrafficChange): MoveLine {
  const was = before === null ? '' : `; it was ${trafficWords(before.weights)}`;
  const line = (mark: string, words: string, trouble = false): MoveLine => ({ mark, subject: traffic, words, trouble });
  const then = next === undefined ? '' : `. Next: ${next}`;
  switch (outcome) {
    case 'changed':
      return line('✓', `has its traffic back, read as ${after === null ? wanted : trafficWords(after.weights)}${was}`);
    case 'already':
      return line('✓', `has its traffic as it should be already (${wanted})`);
    case 'dry-run':
      return line('–', `would have had its traffic moved (${wanted}; dry run)${was}`);
    case 'refused':
    case 'not-read':
      return line('✗', `has its traffic NOT moved back (${wanted}): ${detail}${then}`, true);
    default:
      return line('✗', `is NOT known to have its traffic back (${wanted}): ${detail}${then}`, true);
  }
}

/** For the verdict: `new-checkout is now off`, or that it is not. Empty: nothing was to be moved at the end. */
export function movesSaid(record: DecisionRecord): string {
  const changes = changesOf(record).filter(({ outcome }) => outcome !== 'dry-run');
  const flags = changes.flatMap((change) => ('flag' in change ? [change] : []));
  const traffic = changes.flatMap((change) => ('traffic' in change ? [change] : []));
  const off = flags.filter((change) => isDone(change) && change.wanted === 'off');
  // What failed at first and was brought further back by another try is back.
  const back = new Set(traffic.filter(isDone).map(({ source }) => source));
  const names = (of: readonly string[]) => [...new Set(of)];
  return [
    are(names(flags.filter((change) => !isDone(change)).map(({ flag }) => flag)), 'is NOT off', 'are NOT off'),
    ...names(traffic.flatMap((one) => (back.has(one.source) ? [] : [one.traffic]))).map(
      (of) => `the traffic of ${of} is NOT back`,
    ),
    are(names(off.map(({ flag }) => flag)), 'is now off', 'are now off'),
    ...traffic
      .filter(isDone)
      .flatMap(({ after, traffic: of }) =>
        after === null ? [] : [`traffic of ${of}: ${trafficWords(after.weights)}`],
      ),
  ]
    .filter((text) => text !== '')
    .join('; ');
}

const are = (of: readonly string[], one: string, more: string): string =>
  of.length === 0
    ? ''
    : `${of.slice(0, 3).join(', ')}${of.length > 3 ? ` and ${of.length - 3} more` : ''} ${of.length === 1 ? one : more}`;

export interface StageLine {
  readonly mark: string;
  readonly stage: string;
  /** What it moves, where its name does not say it; empty: nothing. */
  readonly move: string;
  readonly words: string;
}

/** The stages, those to come too. */
export function stageLines({ stages, walked, resumed, from, to }: Walk): StageLine[] {
  return stages.map(({ name, move }, index): StageLine => {
    const step = index + 1;
    const one = walked.find((w) => w.step === step);
    const line = (mark: string, words: string): StageLine => ({ mark, stage: name, move: move ?? '', words });
    if (!one) {
      if (resumed !== null && step < resumed.step) return line('✓', 'proven in the run that was resumed');
      return step < from || step > to ? line('·', 'not part of this run') : line('○', 'not begun');
    }
    const { moved, decision, since } = one;
    if (decision === null) {
      if (since !== undefined) return line('–', 'cut off before it was proven');
      return line('✗', `not reached: ${moved?.detail ?? 'cut off while it was moved'}`);
    }
    if (decision.decision === 'continue') return line('✓', decision.sentence);
    return line(decision.reason === 'cancelled' || decision.decision === 'hold' ? '–' : '✗', decision.sentence);
  });
}

/** Where everything that the walk moved stands now. */
export function standsWords({ walked, end }: Walk): string {
  const all = [...walked.flatMap(({ moved }) => (moved === null ? [] : [moved])), ...end];
  const last = new Map(all.map((moved) => ['flag' in moved ? `flag ${moved.flag}` : moved.source, moved]));
  return [...last.values()].map(standWords).join('; ');
}

function standWords(last: Moved): string {
  const certain = isDone(last) || last.outcome === 'refused';
  const state = last.after ?? last.before;
  if ('flag' in last) {
    if (state === null || !('exposure' in state)) return `where ${last.flag} stands is not known`;
    return certain ? `${last.flag} is ${stateWords(state)}` : `${last.flag} was ${stateWords(state)} when last read`;
  }
  if (state === null || !('weights' in state)) return `how the traffic of ${last.traffic} is shared out is not known`;
  const words = `${trafficWords(state.weights)}${'swapped' in state && state.swapped && last.wanted.includes('swapped') && isDone(last) ? ` (${last.wanted})` : ''}`;
  return certain ? `traffic of ${last.traffic}: ${words}` : `traffic of ${last.traffic} when last read: ${words}`;
}
