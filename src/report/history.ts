/** What the rounds of a record say of each gate over time. Counts and orders; judges nothing. */
import type { Answer, ReadingData } from '../record/evidence.js';
import type { DecisionRecord, Enforce } from '../record/record.js';

export interface GateHistory {
  readonly name: string;
  readonly type: string;
  readonly enforce: Enforce;
  /** The reading of the last round; null: not evaluated in it, or there was no round. */
  readonly last: ReadingData | null;
  /** When `last` is null, the newest reading of the rounds before and the start of its round, ISO 8601. */
  readonly before: { readonly reading: ReadingData; readonly began: string } | undefined;
  /** The answers of the last round that has any. */
  readonly answers: readonly Answer[];
  /** Start of the unbroken run of rounds with the last state, ISO 8601; undefined without a round. */
  readonly since: string | undefined;
  /** Rounds in that run. */
  readonly rounds: number;
  /** The value of each round, in the threshold's unit; undefined where there was none. */
  readonly values: readonly (number | undefined)[];
}

/** One entry for each gate of the policy, in its order. */
export function histories(record: DecisionRecord): readonly GateHistory[] {
  const rounds = record.rounds.map((round) => ({
    began: round.began,
    byGate: new Map(round.gates.map((g) => [g.gate, g])),
  }));
  return record.gates.map(({ name, type, enforce }) => {
    const results = rounds.map((r) => {
      const result = r.byGate.get(name);
      return { began: r.began, reading: result?.reading ?? null, answers: result?.answers ?? [] };
    });
    const last = results.at(-1)?.reading ?? null;
    const other = results.findLastIndex(({ reading }) => reading?.state !== last?.state);
    const known = last === null ? results.findLast(({ reading }) => reading !== null) : undefined;
    return {
      name,
      type,
      enforce,
      last,
      before: known?.reading ? { reading: known.reading, began: known.began } : undefined,
      answers: results.findLast(({ answers }) => answers.length > 0)?.answers ?? [],
      since: results[other + 1]?.began,
      rounds: results.length - other - 1,
      values: results.map(({ reading }) => reading?.value),
    };
  });
}

const bars = '▁▂▃▄▅▆▇█';

/** The values as bars, the newest last, at most `width` of them; `·` where there was no value. Empty when it would show nothing. */
export function sparkline(values: readonly (number | undefined)[], width = 12): string {
  const shown = values.slice(-width);
  const known = shown.filter((x) => x !== undefined);
  const low = Math.min(...known);
  const high = Math.max(...known);
  if (known.length < 2 || low === high) return '';
  // Halved first: the span of two finite numbers need not be finite.
  const bar = (x: number) => bars[Math.round(((x / 2 - low / 2) / (high / 2 - low / 2)) * (bars.length - 1))] ?? '';
  return shown.map((x) => (x === undefined ? '·' : bar(x))).join('');
}
