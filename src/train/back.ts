/** Where what a walk moved goes when the train does not arrive: never to another build, only to what is still there and was good. Pure. */
import { type Move, type Stage, subjectOf, type WhereTo } from '../policy/stages.js';
import type { Traffic } from '../record/deployments.js';
import type { Walk } from '../record/record.js';
import type { Moved } from '../record/walk.js';

type Walked = Walk['walked'][number];

type To =
  /** 0: off. */
  | { readonly kind: 'flag'; readonly percent: number }
  | { readonly kind: 'weights'; readonly weights: Readonly<Record<string, number>>; readonly rest?: string }
  /** Exactly as it was. */
  | { readonly kind: 'restore'; readonly was: Traffic }
  /** They change places again, if they did. `before`, `after`: as the traffic was read around that; null: it was not. */
  | { readonly kind: 'swap-back'; readonly before: Traffic | null; readonly after: Traffic | null };

/** One thing that goes back. */
export interface Back {
  /** As `subjectOf` says. */
  readonly subject: string;
  readonly move: Move;
  readonly to: To;
  /** All the way to the old version: there is nowhere else to go. */
  readonly all: boolean;
}

/** Outcomes after which something may stand elsewhere than before. */
const touched = (moved: Moved | null): moved is Moved =>
  moved !== null && !['refused', 'not-read', 'dry-run'].includes(moved.outcome);

const trafficOf = (moved: Moved | null, when: 'before' | 'after'): Traffic | null =>
  moved !== null && 'traffic' in moved ? moved[when] : null;

/**
 * What goes back, in this order: the last that was moved first.
 *
 * @param walked the stages that this run walked; the last one is where the train stopped
 */
export function planBack(where: WhereTo, stages: readonly Stage[], walked: readonly Walked[]): Back[] {
  const moved = [...before(stages, walked), ...walked].flatMap((entry) => {
    const move = stages[entry.step - 1]?.move;
    // One that was cut off while it moved may have moved.
    const may = touched(entry.moved) || (entry.moved === null && move !== undefined);
    return move && may ? [{ entry, move, index: entry.step - 1 }] : [];
  });
  const last = moved.at(-1);
  if (where === 'stay' || last === undefined) return [];
  if (where === 'last-good') {
    if (last.entry.step !== walked.at(-1)?.step) return [];
    return [{ subject: subjectOf(last.move), move: last.move, ...lastGood(stages, last) }];
  }
  const seen = new Set<string>();
  return moved.toReversed().flatMap(({ entry, move }): Back[] => {
    const subject = subjectOf(move);
    const base = { subject, move, all: true };
    if (move.kind === 'swap') {
      const to: To = {
        kind: 'swap-back',
        before: entry.before ?? trafficOf(entry.moved, 'before'),
        after: trafficOf(entry.moved, 'after'),
      };
      return [{ ...base, to }];
    }
    const key = `${move.kind} ${subject}`;
    if (seen.has(key)) return [];
    seen.add(key);
    if (move.kind === 'flag') return [{ ...base, to: { kind: 'flag', percent: 0 } }];
    const same = moved.filter((one) => one.move.kind === 'weights' && subjectOf(one.move) === subject);
    return [{ ...base, to: withoutTheNew(same) }];
  });
}

/** What other runs moved at the stages before: theirs are the same flags and the same traffic. What changed places only they know. */
const before = (stages: readonly Stage[], [first]: readonly Walked[]): Walked[] =>
  stages.slice(0, (first?.step ?? 1) - 1).flatMap(({ name, move }, index) => {
    const none = { began: '', ended: '', moved: null, decision: null };
    return move && move.kind !== 'swap' ? [{ ...none, step: index + 1, name }] : [];
  });

interface One {
  readonly entry: Walked;
  readonly move: Move;
  readonly index: number;
}

/** Nothing to the targets where the new version runs; all to those that had it before the walk began. */
function withoutTheNew(moves: readonly One[]): To {
  const weights: Record<string, number> = {};
  let rest: string | undefined;
  for (const { move } of moves) {
    if (move.kind !== 'weights') continue;
    for (const target of Object.keys(move.weights)) weights[target] = 0;
    rest = move.rest ?? rest;
  }
  const read = moves.map(({ entry }) => trafficOf(entry.moved, 'before')).find((traffic) => traffic !== null);
  const origin = read?.weights ?? {};
  const [most] = Object.entries(origin)
    .filter(([target, percent]) => weights[target] === undefined && percent > 0)
    .toSorted(([, a], [, b]) => b - a);
  const to = rest ?? most?.[0];
  return { kind: 'weights', weights, ...(to === undefined ? {} : { rest: to }) };
}

/** Where the stage before left it. */
function lastGood(stages: readonly Stage[], { entry, move, index }: One): Pick<Back, 'to' | 'all'> {
  if (move.kind === 'flag') {
    const percent = flagBefore(stages, index);
    return { to: { kind: 'flag', percent }, all: percent === 0 };
  }
  const before = entry.before ?? trafficOf(entry.moved, 'before');
  if (move.kind === 'swap')
    return { to: { kind: 'swap-back', before, after: trafficOf(entry.moved, 'after') }, all: true };
  if (before !== null) return { to: { kind: 'restore', was: before }, all: false };
  return { to: withoutTheNew([{ entry, move, index }]), all: true };
}

/** The percentage at which the stages before leave a flag. @param index of the stage that moves it */
export function flagBefore(stages: readonly Stage[], index: number): number {
  const move = stages[index]?.move;
  const before = stages
    .slice(0, index)
    .findLast((stage) => move && stage.move?.kind === 'flag' && subjectOf(stage.move) === subjectOf(move))?.move;
  return before?.kind === 'flag' ? before.percent : move?.kind === 'flag' ? (move.from ?? 0) : 0;
}
