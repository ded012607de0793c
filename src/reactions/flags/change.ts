/**
 * Changing a flag, whoever provides it: read, check, write as little as can be, read back until what is served is as wanted, and put
 * back what was there if the exposure grew instead. Nothing is believed that was not read back.
 */
import { formatDuration } from '../../policy/fields.js';
import { percentWords, stateWords } from '../../record/flag-words.js';
import type { FlagChange, FlagState } from '../../record/flags.js';
import { type Draft, type FlagControl, type How, Refused } from '../../sources/flags/control.js';
import type { Meaning } from '../../sources/flags/meaning.js';
import { type AnySource, NotMeasured } from '../../sources/source.js';
import { oneLine } from '../../sources/text.js';
import { type Clock, iso } from '../../train/clock.js';
import { readUntil } from '../read-back.js';

export type Wanted =
  | { readonly to: 'off' }
  | { readonly to: 'rollout'; readonly percent: number }
  /** What an earlier change found, with its `undo`. */
  | { readonly to: 'restore'; readonly was: FlagState; readonly undo: unknown };

export interface Changing {
  readonly sourceName: string;
  readonly source: AnySource;
  readonly flag: string;
  readonly wanted: Wanted;
  readonly meaning: Meaning;
  /** For the provider's audit log. */
  readonly note: string;
  /** Longest time until it is read back as wanted, milliseconds. */
  readonly verifyMs: number;
  /** Write nothing. */
  readonly dryRun?: boolean;
  /** Looks at the flag as it was read just before writing; a text: why it is not to be changed. */
  readonly unless?: (before: FlagState) => string | undefined;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Never throws. */
export async function changeFlag(changing: Changing): Promise<FlagChange> {
  const { sourceName, flag, wanted, clock } = changing;
  const made: Made = { before: null, after: null };
  const say = (
    outcome: FlagChange['outcome'],
    detail: string,
    more: { code?: string; next?: string } = {},
  ): FlagChange => ({
    source: sourceName,
    flag,
    wanted: wantedWords(wanted),
    outcome,
    at: iso(clock.now()),
    detail: oneLine(detail, 500),
    ...more,
    before: made.before,
    after: made.after,
    ...(made.undo === undefined ? {} : { undo: made.undo }),
  });
  try {
    return await act(changing, made, say);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof Refused) return say('refused', message, { code: error.code, next: error.next });
    const code = error instanceof NotMeasured ? error.code : 'internal-error';
    if (made.undo === undefined) return say('not-read', message, { code, next: `switch it off by hand: ${flag}` });
    return say('not-verified', message, { code, next: notVerifiedNext(flag) });
  }
}

interface Made {
  before: FlagState | null;
  after: FlagState | null;
  /** Set once something may have been written. */
  undo?: unknown;
}

type Say = (outcome: FlagChange['outcome'], detail: string, more?: { code?: string; next?: string }) => FlagChange;

async function act(changing: Changing, made: Made, say: Say): Promise<FlagChange> {
  const { source, sourceName, flag, wanted, dryRun = false, unless, signal } = changing;
  const { control } = source;
  if (!control) {
    throw new Refused('read-only', `${sourceName} cannot change flags`, 'change the flag where it is defined');
  }
  const how: How = { meaning: changing.meaning, note: changing.note };
  const draft = await draftOf(control, changing, how);
  const { before } = draft;
  made.before = before;
  if (!before.exists) throw new Refused('unknown-flag', `there is no flag ${flag}`, 'check its name and environment');
  const against = unless?.(before);
  if (against !== undefined) {
    throw new Refused('changed-in-between', against, 'see who changes it at the same time, then run this again');
  }
  if (wanted.to === 'off' && before.whenOff === 'on') {
    throw new Refused(
      'too-complex',
      `once it is off, ${flag} serves the new code: its off value counts as on`,
      'let it serve the old code when it is off, and switch it off by hand',
    );
  }
  if (draft.send === undefined) {
    made.after = before;
    if (isAsWanted(before, wanted)) return say('already', `${flag} is ${wantedWords(wanted)} already`);
    throw new Refused('too-complex', `its switch is off already, but ${flag} is ${stateWords(before)}`, manual(flag));
  }
  if (dryRun) return say('dry-run', `would send ${draft.words}; ${flag} is ${stateWords(before)}`);
  made.undo = draft.undo;
  let unsure: NotMeasured | undefined;
  try {
    await draft.send(signal);
  } catch (error) {
    if (error instanceof Refused) made.undo = undefined;
    // It may have been taken all the same.
    if (!(error instanceof NotMeasured)) throw error;
    unsure = error;
  }
  const after = await readBack(changing, made);
  if (after !== undefined && isWider(after, before, wanted)) return putBack(changing, control, how, draft, after, say);
  if (after !== undefined && isAsWanted(after, wanted)) {
    return say('changed', `${flag} is ${wantedWords(wanted)}: ${draft.words}`);
  }
  const found = made.after === null ? 'it could not be read back' : `it is ${stateWords(made.after)}`;
  const failed = unsure === undefined ? '' : `; the change may not have been taken: ${unsure.message}`;
  const within = formatDuration(changing.verifyMs);
  return say('not-verified', `${flag} was not ${wantedWords(wanted)} within ${within}: ${found}${failed}`, {
    code: unsure?.code ?? 'not-verified',
    next: notVerifiedNext(flag),
  });
}

function draftOf(control: FlagControl, { flag, wanted, signal }: Changing, how: How): Promise<Draft> {
  switch (wanted.to) {
    case 'off':
      return control.off(flag, how, signal);
    case 'restore':
      return control.restore(flag, wanted.undo, how, signal);
    case 'rollout':
      if (control.rollout) return control.rollout(flag, wanted.percent, how, signal);
      throw new Refused('too-complex', 'this provider takes no percentage', 'set it by hand');
  }
}

/** @returns the first state that is as wanted or worse than before, else undefined; the last that was read stands in `made` */
function readBack(changing: Changing, made: Made): Promise<FlagState | undefined> {
  const { source, flag, meaning, wanted, signal } = changing;
  return readUntil(
    async () => {
      const state = await readState(source, flag, meaning, signal);
      made.after = state;
      return state;
    },
    (state) => isAsWanted(state, wanted) || (made.before !== null && isWider(state, made.before, wanted)),
    changing,
  );
}

/**
 * The state of one flag.
 *
 * @throws {NotMeasured}
 */
export async function readState(
  source: AnySource,
  flag: string,
  meaning: Meaning,
  signal: AbortSignal,
): Promise<FlagState> {
  const answer = await source.flags?.({ family: 'flags', ask: 'states', of: { flag }, meaning }, signal);
  const state = answer?.kind === 'flag-states' ? answer.states.find(({ key }) => key === flag) : undefined;
  if (!state || answer?.partial) throw new NotMeasured('bad-answer', `what became of ${flag} was not answered`);
  return state;
}

const near = (a: number, b: number): boolean => Math.abs(a - b) < 0.005;

export function isAsWanted(state: FlagState, wanted: Wanted): boolean {
  if (!state.exists || !state.configured) return false;
  if (wanted.to === 'off') return state.reach === 'nobody';
  if (wanted.to === 'restore') {
    const { was } = wanted;
    return (
      state.enabled === was.enabled &&
      near(state.exposure.lo, was.exposure.lo) &&
      near(state.exposure.hi, was.exposure.hi) &&
      state.reach === was.reach
    );
  }
  const { percent } = wanted;
  return state.enabled !== false && near(state.exposure.lo, percent) && near(state.exposure.hi, percent);
}

/** More may get the new code than before, or than was wanted. */
function isWider(after: FlagState, before: FlagState, wanted: Wanted): boolean {
  const hi = Math.max(
    before.exposure.hi,
    wanted.to === 'off' ? 0 : wanted.to === 'rollout' ? wanted.percent : wanted.was.exposure.hi,
  );
  return after.exposure.hi > hi + 0.005;
}

async function putBack(
  changing: Changing,
  control: FlagControl,
  how: How,
  { before, undo }: Draft,
  wider: FlagState,
  say: Say,
): Promise<FlagChange> {
  const { flag, signal } = changing;
  const grew = `after the change ${flag} was ${stateWords(wider)}, before it ${stateWords(before)}`;
  const next = `set ${flag} by hand, now`;
  try {
    const draft = await control.restore(flag, undo, how, signal);
    await draft.send?.(signal);
    const made: Made = { before: null, after: null };
    const restored = await readBack({ ...changing, wanted: { to: 'restore', was: before, undo } }, made);
    if (restored !== undefined) {
      return say('reverted', `${grew}; what was there was put back`, { code: 'widened', next });
    }
    return say('not-reverted', `${grew}; putting back what was there did not show`, { code: 'widened', next });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return say('not-reverted', `${grew}; what was there could not be put back: ${why}`, { code: 'widened', next });
  }
}

const manual = (flag: string): string =>
  `remove the rules of ${flag} by hand, or release what does without it; then run this again`;
const notVerifiedNext = (flag: string): string =>
  `look at ${flag} at its provider now, and switch it by hand if need be`;

export function wantedWords(wanted: Wanted): string {
  if (wanted.to === 'off') return 'off';
  return wanted.to === 'rollout' ? `at ${percentWords(wanted.percent)}` : 'as it was before';
}
