/** What was found of one part of an expectation. */

/** `met` and `missed` are facts; `lacking` says what is not known. What could not be read at all has no verdict. */
export interface Verdict {
  readonly is: 'met' | 'missed' | 'lacking';
  /** A fixed word of the record. */
  readonly code: string;
  /** Behind the flag's name. */
  readonly text: string;
  /** It rests on what the policy says of the code, not on what is served. */
  readonly assumed?: true;
  /** Of `missed`: an estimate, or what may be otherwise in the next round by itself, so that one round alone stops nothing. */
  readonly passing?: true;
  /** Of `lacking`: nothing is missing, it only takes time. */
  readonly pending?: true;
}

export const met = (text: string): Verdict => ({ is: 'met', code: 'as-expected', text });
export const missed = (text: string): Verdict => ({ is: 'missed', code: 'not-as-expected', text });
export const lacking = (code: string, text: string): Verdict => ({ is: 'lacking', code, text });
