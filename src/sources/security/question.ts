/** How results are to be sorted: a part of the question, since no record could hold a million of them. Plain JSON. */
import type { Ranked } from './result.js';

export const severityMeasures = ['score', 'level', 'strictest'] as const;

/** What a rule of the policy does to the results that it fits. */
export const ruleActions = ['ignore', 'warn', 'count'] as const;

/** Fits a result when all that it names fit; within one list any entry is enough. Patterns are globs. */
export interface TriageRule {
  /** What it is called in the report. */
  readonly name: string;
  readonly tools?: readonly string[];
  readonly rules?: readonly string[];
  readonly paths?: readonly string[];
  /** `CWE-79`. */
  readonly cwes?: readonly string[];
  /** Package URLs. Without a version they mean all versions. */
  readonly packages?: readonly string[];
  /** Of this severity at most. */
  readonly 'up-to'?: Ranked;
  readonly do: (typeof ruleActions)[number];
  /** With `count`: the severity that it counts as from then on. */
  readonly as?: Ranked;
}

export interface Triage {
  readonly 'severity-from': (typeof severityMeasures)[number];
  /** What a result is treated as when its severity cannot be told. */
  readonly 'unknown-severity': Ranked;
  readonly rules: readonly TriageRule[];
  /**
   * Only what is new counts: since the results in these files, since the analyses of this branch or tag, or with neither by the scanner's
   * own word. Absent: all counts.
   */
  readonly baseline?: { readonly files?: readonly string[]; readonly ref?: string };
  /** What no fix is known for is deferred. */
  readonly 'fixable-only': boolean;
  /** By severity: how long after it was first seen a result is deferred, milliseconds. */
  readonly 'fix-within': Readonly<Partial<Record<Ranked, number>>>;
  readonly exploited: {
    /** File with CISA's catalog of known exploited vulnerabilities (JSON). */
    readonly kev?: string;
    /** File with EPSS scores (CSV, also gzipped). */
    readonly epss?: string;
    /** 0 to 1. */
    readonly 'epss-at-least': number;
  };
  readonly suppressions: {
    readonly allow: readonly ('in-source' | 'external')[];
    readonly 'up-to': Ranked;
    readonly 'reason-required': boolean;
    /** Platform accounts that may suppress; absent: all. */
    readonly by?: readonly string[];
  };
  readonly waivers?: {
    readonly files: readonly string[];
    /** Longest time from now to the expiry of a waiver, milliseconds. */
    readonly longest: number;
    /** A waiver that ends sooner is told of, milliseconds. */
    readonly 'remind-before': number;
  };
  readonly vex?: {
    readonly files: readonly string[];
    /** Package URLs and digests of what is released. */
    readonly products: readonly string[];
  };
  /** A CODEOWNERS file; absent: where the platforms look for one. */
  readonly owners?: string;
}
