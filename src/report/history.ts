/** What the rounds say of one gate over time. Pure; counts rounds, judges nothing. */
import type { Answer, ReadingData, State } from '../record/evidence.js';
import type { Round } from '../record/record.js';

export interface GateHistory {
  /** The reading of the last round; null: not evaluated in it, or there was no round. */
  readonly reading: ReadingData | null;
  readonly state: State | 'not-evaluated';
  /** Start of the first of the rounds in a row that ended in this state, ISO 8601; null: there was no round. */
  readonly since: string | null;
  /** How many rounds in a row, the last one included, it has been in this state. */
  readonly rounds: number;
  /** The last reading that says something of the release, and its round; absent: never measured. */
  readonly measured?: { readonly reading: ReadingData; readonly round: number; readonly at: string };
  /** The answers of the last round that has any. */
  readonly answers: readonly Answer[];
  /** When that round began, ISO 8601. */
  readonly answeredAt: string | null;
  /** The value of each round; null: none. */
  readonly values: readonly (number | null)[];
}

export function historyOf(name: string, rounds: readonly Round[]): GateHistory {
  const course = rounds.map((round) => {
    const outcome = round.gates.find((g) => g.gate === name);
    const reading = outcome?.reading ?? null;
    return { round, reading, state: reading?.state ?? ('not-evaluated' as const), answers: outcome?.answers ?? [] };
  });
  const last = course.at(-1);
  const changed = course.findLastIndex((entry) => entry.state !== last?.state);
  const measured = course.findLast(({ state }) => state === 'healthy' || state === 'unhealthy');
  const answered = course.findLast(({ answers }) => answers.length > 0);
  return {
    reading: last?.reading ?? null,
    state: last?.state ?? 'not-evaluated',
    since: course[changed + 1]?.round.began ?? null,
    rounds: course.length - changed - 1,
    ...(measured?.reading
      ? { measured: { reading: measured.reading, round: measured.round.number, at: measured.round.began } }
      : {}),
    answers: answered?.answers ?? [],
    answeredAt: answered?.round.began ?? null,
    values: course.map(({ reading }) => reading?.value ?? null),
  };
}

const bars = '▁▂▃▄▅▆▇█';

/**
 * The values of the last `most` rounds as bars, from the least to the greatest of them; `·` where a round gave none. Empty
 * when fewer than three values are there, since two points are no course.
 */
export function sparkline(values: readonly (number | null)[], most = 12): string {
  const shown = values.slice(-most);
  const numbers = shown.filter((value) => value !== null);
  if (numbers.length < 3) return '';
  const [least, greatest] = [Math.min(...numbers), Math.max(...numbers)];
  // Halved before they are subtracted: the span of two finite numbers may not be finite.
  const span = greatest / 2 - least / 2;
  const bar = (value: number): string => {
    const share = span === 0 ? 0.5 : (value / 2 - least / 2) / span;
    return bars[Math.min(bars.length - 1, Math.floor(share * bars.length))] ?? '';
  };
  return shown.map((value) => (value === null ? '·' : bar(value))).join('');
}
