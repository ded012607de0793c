/** The benchmark's tables, as Markdown. */
import { type CellResult, never, type Outcome, peers } from './measure.js';
import type { Noise } from './scenarios.js';

const percent = (share: number) => {
  const value = 100 * share;
  return value >= 9.95 ? value.toFixed(0) : value.toFixed(1);
};

const outcome = (result: CellResult, judge: string): Outcome => {
  const found = result.outcomes.find((one) => one.judge === judge);
  if (found === undefined) throw new Error(`no judge ${judge}`);
  return found;
};

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** Of every judge, the worst cell and the mean of each noise. */
export function falseStops(
  results: readonly CellResult[],
  judges: readonly string[],
  noises: readonly Noise[],
): string {
  const nulls = results.filter(({ cell }) => cell.effect === 1);
  const rows = [...judges, ...peers].map((judge) => [
    judge,
    ...noises.map((noise) => {
      const shares = nulls.filter(({ cell }) => cell.noise === noise).map((r) => outcome(r, judge).stopped);
      const mean = shares.reduce((sum, s) => sum + s, 0) / shares.length;
      return `${(100 * Math.max(...shares)).toFixed(1)} (${(100 * mean).toFixed(1)})`;
    }),
  ]);
  return table(['judge', ...noises], rows);
}

export const cellName = ({ cell }: CellResult): string[] => [
  cell.noise,
  `${Math.round(100 * cell.share)}/${Math.round(100 - 100 * cell.share)}`,
  String(cell.rate),
  `${100 * cell.base} %`,
  cell.effect === 1 ? 'none' : `×${cell.effect}`,
];

const cellHead = ['noise', 'split', 'req/min', 'base', 'effect'];

/** Share of runs stopped, and the median minute where half of them were. */
export function detected(results: readonly CellResult[], judges: readonly string[]): string {
  const rows = results
    .filter(({ cell }) => cell.effect > 1)
    .map((result) => [
      ...cellName(result),
      ...judges.map((judge) => {
        const { stopped, median } = outcome(result, judge);
        return `${percent(stopped)}${median === never ? '' : ` @${median}`}`;
      }),
    ]);
  return table([...cellHead, ...judges], rows);
}

/** Failed canary requests until the stop. */
export function failedRequests(results: readonly CellResult[], judges: readonly string[]): string {
  const rows = results
    .filter(({ cell }) => cell.effect > 1)
    .map((result) => [...cellName(result), ...judges.map((judge) => outcome(result, judge).failed.toFixed(0))]);
  return table([...cellHead, ...judges], rows);
}

export interface Verdict {
  readonly earlier: number;
  readonly ties: number;
  readonly later: readonly {
    readonly result: CellResult;
    readonly own: number;
    readonly peer: string;
    readonly minute: number;
  }[];
  readonly undecided: number;
}

/** Beside the fastest peer of each cell among those that keep 5 % false stops in the same cell without an effect. */
export function against(results: readonly CellResult[], judge: string, noises: readonly Noise[]): Verdict {
  let [earlier, ties, undecided] = [0, 0, 0];
  const later: Verdict['later'][number][] = [];
  for (const result of results) {
    const { cell } = result;
    if (cell.effect === 1 || !noises.includes(cell.noise)) continue;
    const calm = results.find(
      (r) =>
        r.cell.effect === 1 &&
        r.cell.noise === cell.noise &&
        r.cell.share === cell.share &&
        r.cell.rate === cell.rate &&
        r.cell.base === cell.base,
    ) as CellResult;
    const honest = peers.filter((peer) => outcome(calm, peer).stopped <= 0.05);
    const best = honest
      .map((peer) => ({ peer, minute: outcome(result, peer).median }))
      .reduce((a, b) => (b.minute < a.minute ? b : a), { peer: '', minute: never });
    const own = outcome(result, judge).median;
    if (own === never && best.minute === never) undecided += 1;
    else if (own < best.minute) earlier += 1;
    else if (own === best.minute) ties += 1;
    else later.push({ result, own, ...best });
  }
  return { earlier, ties, later, undecided };
}

export const laterCells = ({ later }: Verdict): string[] =>
  later.map(
    ({ result, own, peer, minute }) =>
      `  ${cellName(result).join(' ')}: ${own === never ? 'never' : own}, ${peer} ${minute}`,
  );
