/**
 * How a flag is changed. A provider drafts the change, and what it drafts is checked, sent, read back and, where it widened the
 * exposure, undone by `reactions/flags/change.ts`, the same way for all of them.
 */
import type { FlagState, killBlocks } from '../../record/flags.js';
import type { Meaning } from './meaning.js';

export interface How {
  readonly meaning: Meaning;
  /** One line for the provider's audit log, where it takes one: why the flag is changed and by what. */
  readonly note: string;
}

/** A change that is ready to be sent: made from what the provider said just now. */
export interface Draft {
  readonly before: FlagState;
  /** What `undo` needs to put back exactly what was there: plain JSON for the record, with no secret in it. */
  readonly undo: unknown;
  /** The requests in a few words, for a dry run: `POST …/environments/production/off`. */
  readonly words: string;
  /**
   * Writes as little as can be, on the raw document, and only if nobody changed it since it was read, where the provider can tell.
   * Absent: the flag is as wanted already.
   *
   * @throws {Refused} when the provider does not take it
   * @throws {NotMeasured} when it is not known whether it did
   */
  readonly send?: (signal: AbortSignal) => Promise<void>;
}

/**
 * The flags of a source, to be changed.
 *
 * Each reads the flag anew. @throws {NotMeasured} when it cannot be read; {Refused} when it cannot be changed so
 */
export interface FlagControl {
  /** To the provider's own switch, or whatever ends the exposure at once with the smallest change. */
  off(flag: string, how: How, signal: AbortSignal): Promise<Draft>;
  /** To a percentage of everybody, 0 to 100, and switched on; refused where rules or variants make that more than one number. Absent: see `controls`. */
  rollout?(flag: string, percent: number, how: How, signal: AbortSignal): Promise<Draft>;
  /** To what `undo` of an earlier draft says was there. */
  restore(flag: string, undo: unknown, how: How, signal: AbortSignal): Promise<Draft>;
}

export type RefusedCode =
  | (typeof killBlocks)[number]
  /** Somebody else changed it between our reading and our writing. */
  | 'changed-in-between'
  /** There is no such flag, or not in this environment. */
  | 'unknown-flag'
  /** The flag is set up in a way that this change cannot be made on. */
  | 'too-complex'
  /** The provider says no for another reason. */
  | 'refused';

/** The provider, or the way a flag is set up, does not allow a change. The message says what is in the way; `next` what to do instead. */
export class Refused extends Error {
  readonly code: RefusedCode;
  readonly next: string;

  constructor(code: RefusedCode, message: string, next: string) {
    super(message);
    this.name = 'Refused';
    this.code = code;
    this.next = next;
  }
}

/** Somebody else was faster. */
export const changedMeanwhile = (flag: string, provider: string): Refused =>
  new Refused(
    'changed-in-between',
    `${flag} was changed at ${provider} between reading and writing`,
    'see who changes it at the same time, then run this again',
  );
