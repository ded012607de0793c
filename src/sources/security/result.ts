/**
 * What a reader of scan results hands on, whatever the scanner, the format or the platform: runs, and the results of each in one shape.
 * Readers say what stands there; `triage/` says what becomes of it.
 *
 * All texts are untrusted: readers make them one line (`oneLine`), and never hand on a code snippet or a secret.
 */

import type { Scans } from '../../record/evidence.js';
import type { Category, Severity } from '../../record/scans.js';

export type Problem = Scans['problems'][number];
export type Finding = Scans['findings'][number];

/** Severities that rank. */
export type Ranked = Exclude<Severity, 'unknown'>;

/** How bad one measure says that a result is, and where that comes from, such as `security-severity 9.8 of the rule`. */
export interface Rating {
  /** `unknown`: the measure is there and says nothing (a score of 0.0, a level that is the same for everything). */
  readonly severity: Severity;
  readonly why: string;
}

/** That somebody, at the scanner or its platform, wants a result not to count. */
export interface Suppression {
  readonly kind: 'in-source' | 'external';
  /** What is none of the first two (rejected, under review, not understood) suppresses nothing, and neither does any other beside it. */
  readonly status: 'accepted' | 'under-review' | 'rejected';
  /** In the words of who did it; absent or empty: no reason was given. */
  readonly reason?: string;
  /** Milliseconds since the epoch; NaN: an expiry that cannot be read, which counts as over. */
  readonly expires?: number;
  /** Who did it, where the platform says so. */
  readonly by?: string;
}

/** Why a result is no failure: its fate and the reason, as they stand in the record. */
export interface NoFailure {
  readonly fate: 'ignored' | 'review';
  /** `KIND_PASS`, `KIND_NOT_APPLICABLE`, `KIND_INFORMATIONAL`, `KIND_OPEN`, `KIND_REVIEW`, `ABSENT`, `FIXED`… */
  readonly reason: string;
}

/** One result of one scan. */
export interface Result {
  /** As the scanner calls it: `js/sql-injection`, `CVE-2024-1234`, `aws-access-token`. */
  readonly rule: string;
  /** One line. For a secret: nothing but the rule's own words. */
  readonly message: string;
  /** It is about a leaked secret, so its message is not to be trusted to be harmless. */
  readonly secret?: true;
  /** By a number (CVSS, `security-severity`) or a word for a severity; absent: the scan gives none. */
  readonly score?: Rating;
  /** By the level (error, warning, note); absent: the format has none. */
  readonly level?: Rating;
  /** Absent: it is a failure. */
  readonly noFailure?: NoFailure;
  /** Remarks on how it was read, counted over a run: see `noteTexts`. */
  readonly notes?: readonly string[];
  /** Against the baseline that the scanner itself knew; absent: it knew none. `invalid`: a word that SARIF does not know. */
  readonly baselineState?: 'new' | 'unchanged' | 'updated' | 'invalid';
  readonly suppressions: readonly Suppression[];
  /** Relative to the repository where it can be told, with `/`. */
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  /** CVE, GHSA and other names of the vulnerability, in upper case, without doubles. */
  readonly ids: readonly string[];
  /** `CWE-79`. */
  readonly cwes: readonly string[];
  /** Package URL with the version. */
  readonly purl?: string;
  /** What mends it, such as `4.17.21 and later`; empty: the scan knows that there is no fix; absent: it does not say. */
  readonly fix?: string;
  /** http or https. */
  readonly help?: string;
  readonly link?: string;
  /** Address of the alert that the platform keeps for it, as the platform wrote it into the report. */
  readonly alert?: string;
  /** Milliseconds since the epoch. */
  readonly since?: number;
  /** What the scan itself says of exploits. `epss`: a probability, 0 to 1. */
  readonly exploited?: { readonly kev?: boolean; readonly epss?: number };
  /** The same from scan to scan, made by `identityOf`. */
  readonly identity: string;
}

/** Remarks on results that are counted over a run; each ends a sentence that begins with a number of results. */
export const noteTexts: Readonly<Record<string, string>> = {
  KIND_LEVEL_CONFLICT: 'with a level beside a kind that is no failure; they count as failures',
  NO_RULE: 'of a rule that the report does not describe',
  SEVERITY_CONFLICT: 'with a score and a level far apart',
};

/** What is known of a run before its results. */
export interface RunFacts {
  readonly tool: string;
  readonly toolVersion?: string;
  readonly categories: readonly Category[];
  readonly file: string;
  readonly sha256: string | null;
  readonly revision: string | null;
  readonly image?: readonly string[];
  /** ISO 8601. */
  readonly ended: string | null;
  readonly database?: string;
  readonly execution: 'succeeded' | 'failed' | 'unknown';
  readonly rules: number | null;
}

/** Takes the results of one run, one by one. Never throws. */
export interface RunSink {
  /** @param result undefined: it cannot be understood */
  add(result: Result | undefined): void;
}

/** Takes what a reader reads. */
export interface ScanSink {
  begin(run: RunFacts): RunSink;
  /** Why something is no evidence. */
  problem(problem: Problem): void;
  /** Worth telling, and no reason to distrust. */
  note(text: string): void;
}
