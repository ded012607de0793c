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

  /** @returns where it is counted */
  add(fate: Fate, reason: string, severity: Severity): Entry {
    this.all += 1;
    const entry = this.#entry(fate, reason, severity);
    entry.count += 1;
    return entry;
  }

  /** One that was counted there is counted elsewhere. */
  move(from: Entry, fate: Fate, reason: string): void {
    from.count -= 1;
    this.#entry(fate, reason, from.severity).count += 1;
  }

  #entry(fate: Fate, reason: string, severity: Severity): Entry {
    const key = `${fate} ${severity} ${reason}`;
    const there = this.#counts.get(key);
    if (there) return there;
    const entry = { fate, reason, severity, count: 0 };
    this.#counts.set(key, entry);
    return entry;
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
const mostRemembered = 100_000;

/** Several results that are the same, at the same place, count once, as the worst of them. Remembers little of each, for there may be many. */
export class Doubles {
  readonly #tally: Tally;
  /** Where those that stand are counted. */
  readonly #standing = new Map<string, Entry>();
  readonly #files = new Map<string, number>();

  constructor(tally: Tally) {
    this.#tally = tally;
  }

  /** Counts a result that stands. @returns its verdict, which says so when it is a double */
  count(result: Result, said: Verdict): Verdict {
    const key = this.#keyOf(result);
    const before = this.#standing.get(key);
    if (before && bySeverity(said.severity, before.severity) >= 0) {
      const verdict: Verdict = { ...said, fate: 'ignored', reason: 'DUPLICATE' };
      this.#tally.add(verdict.fate, verdict.reason, verdict.severity);
      return verdict;
    }
    if (before) this.#tally.move(before, 'ignored', 'DUPLICATE');
    const entry = this.#tally.add(said.fate, said.reason, said.severity);
    if (before || this.#standing.size < mostRemembered) this.#standing.set(key, entry);
    return said;
  }

  #keyOf({ identity, file = '', line = 0 }: Result): string {
    const number = this.#files.get(file) ?? this.#files.size;
    if (this.#files.size < mostRemembered) this.#files.set(file, number);
    // A file that is not remembered is part of the key itself.
    return [identity, this.#files.has(file) ? number : `/${file}`, line].join(' ');
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
  /** What is less severe is none of the worst any more. */
  #least: Finding | undefined;

  constructor(most: number) {
    this.#most = most;
  }

  /** @param make only called when it may be one of the worst */
  offer(severity: Severity, make: () => Finding): void {
    if (this.#least && bySeverity(severity, this.#least.severity) > 0) return;
    const finding = make();
    if (this.#least && order(finding, this.#least) >= 0) return;
    this.#all.push(finding);
    if (this.#all.length < this.#most * 10) return;
    this.#all = this.kept();
    this.#least = this.#all.at(-1);
  }

  /** The worst first. */
  kept(): Finding[] {
    return [...this.#all].sort(order).slice(0, this.#most);
  }
}
