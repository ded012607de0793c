/** What was found of one part of what is expected of a target. */

/** `met` and `missed` are facts; `lacking` says what is not known, or not yet so. What could not be read at all has no verdict. */
export interface Verdict {
  readonly is: 'met' | 'missed' | 'lacking';
  /** A fixed word of the record. */
  readonly code: string;
  /** Behind the target's name and a colon. */
  readonly text: string;
  /** Of `missed`: it stands beyond doubt, so that one round is enough. */
  readonly stands?: true;
  /** Of `lacking`: nothing is missing, it only takes time. */
  readonly pending?: true;
}

export const met = (text: string): Verdict => ({ is: 'met', code: 'as-expected', text });
export const missed = (text: string): Verdict => ({ is: 'missed', code: 'target-not-as-expected', text });
export const lacking = (code: string, text: string): Verdict => ({ is: 'lacking', code, text });
export const pending = (code: string, text: string): Verdict => ({ is: 'lacking', code, text, pending: true });
