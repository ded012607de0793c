/**
 * What the files beside the scans say, once they are read: waivers, VEX, a baseline, lists of exploited vulnerabilities, owners.
 * Each is a pure question about one result, so that `triage.ts` is pure too.
 */

import type { Severity } from '../../../record/scans.js';
import type { Result } from '../result.js';

/** A result in its run, with its severity: what a waiver or a statement can be about. */
export interface Subject {
  readonly tool: string;
  readonly result: Result;
  readonly severity: Severity;
}

/** Why a result does not count: the reason as a fixed word, and in words. */
export interface Excuse {
  readonly reason: string;
  readonly told: string;
}

/** A file of waivers that was read. It remembers which of its entries were used. */
export interface Waivers {
  /** The waiver that covers it; `expired`: it would have been covered by one whose time is over. */
  excuse(subject: Subject): Excuse | { readonly expired: string } | undefined;
  /** After all results: what should be put in order (`WAIVER_EXPIRED`, `WAIVER_UNUSED`, `WAIVER_TOO_WIDE`, `WAIVER_WITHOUT_OWNER`, `WAIVER_ENDS_SOON`…). */
  remarks(): readonly { readonly code: string; readonly message: string }[];
}

/** VEX documents that were read. */
export interface Statements {
  /** The statement that says that the released product is not affected. Reason: `VEX_NOT_AFFECTED`, `VEX_FIXED`, `VEX_FALSE_POSITIVE`. */
  excuse(subject: Subject): Excuse | undefined;
  remarks(): readonly { readonly code: string; readonly message: string }[];
}

export interface References {
  /** Whether the baseline holds this result; each of its results stands for one of the new scan, so it is asked once for each. */
  known?(subject: Subject): boolean;
  /** In words why it counts as exploited, such as `in the KEV catalog since 2024-05-01`; undefined: it does not. */
  exploited(result: Result): string | undefined;
  readonly waivers?: Waivers;
  readonly vex?: Statements;
  /** Who is to mend what stands in a file. */
  owner(file: string): string | undefined;
}
