/** Counting a million results, and keeping the few that people look at. */
import type { Fate, ScanRun, Severity } from '../../record/scans.js';
import type { Finding, Result } from './result.js';
import { bySeverity } from './triage/severity.js';
import type { Verdict } from './triage/triage.js';

type Entry = ScanRun['tally'][number];

/** How many results of a run have which fate, for which reason, at which severity. */
export class Tally {
  readonly #counts = new Map<string, Entry>();
  /** Of all results. */
  all = 0;

  add(fate: Fate, reason: string, severity: Severity, n = 1): void {
    this.all += n;
    const key = `${fate} ${severity} ${reason}`;
    const entry = this.#counts.get(key);
    if (entry) entry.count += n;
    else this.#counts.set(key, { fate, reason, severity, count: n });
  }

  /** In an order that depends on nothing but themselves. */
  entries(): Entry[] {
    return [...this.#counts]
      .filter(([, { count }]) => count > 0)
      .sort(([a], [b]) => compare(a, b))
      .map(([, entry]) => entry);
  }
}

/** Results of one run that are remembered to find those that are the same; what comes after so many counts each time. */
const mostRemembered = 200_000;

/** Several results that are the same, at the same place, count once, as the worst of them. */
export class Doubles {
  readonly #tally: Tally;
  readonly #standing = new Map<string, Verdict>();

  constructor(tally: Tally) {
    this.#tally = tally;
  }

  /** @param said of a result that counts */
  sort(result: Result, said: Verdict): Verdict {
    const key = `${result.identity} ${result.line ?? ''} ${result.file ?? ''}`;
    const before = this.#standing.get(key);
    if (before && bySeverity(said.severity, before.severity) >= 0)
      return { ...said, fate: 'ignored', reason: 'DUPLICATE' };
    if (before) {
      this.#tally.add('counted', before.reason, before.severity, -1);
      this.#tally.add('ignored', 'DUPLICATE', before.severity);
    }
    if (before || this.#standing.size < mostRemembered) this.#standing.set(key, said);
    return said;
  }
}

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

/** An order that depends on nothing but the findings. */
const order = (a: Finding, b: Finding): number =>
  bySeverity(a.severity, b.severity) ||
  compare(a.tool, b.tool) ||
  compare(a.rule, b.rule) ||
  compare(a.file ?? '', b.file ?? '') ||
  compare(a.line ?? 0, b.line ?? 0) ||
  compare(a.message, b.message) ||
  compare(a.identity, b.identity) ||
  compare(a.run, b.run);

/** The worst of very many findings. */
export class Worst {
  readonly #most: number;
  #all: Finding[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  offer(finding: Finding): void {
    this.#all.push(finding);
    if (this.#all.length >= this.#most * 20) this.#all = this.kept();
  }

  /** The worst first. */
  kept(): Finding[] {
    return [...this.#all].sort(order).slice(0, this.#most);
  }
}
