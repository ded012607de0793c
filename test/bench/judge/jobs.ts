/** What there is to measure, in pieces that a worker does one at a time. */
import { boundaries, drifting, lateOnset, marginCells, onBoundary, withLongHistory, withMargins } from './extras.js';
import { type LatencyResult, latencyCells, measureLatency } from './latency.js';
import { type CellResult, measure } from './measure.js';
import { cells, freshCells } from './scenarios.js';

export interface Job {
  readonly kind: 'cell' | 'fresh' | 'day' | 'margin' | 'late' | 'boundary' | 'latency';
  readonly at: number;
  readonly runs: number;
}

export interface Results {
  readonly cell: CellResult[];
  readonly fresh: CellResult[];
  readonly day: { judge: string; stopped: number }[][];
  readonly margin: string[][];
  readonly late: string[][][];
  readonly boundary: string[][];
  readonly latency: LatencyResult[];
}

export const lateEffects = [2, 5];

/** @param runs per cell; the smaller families get as many as tell as much */
export function jobs(runs: number): Job[] {
  const of = (kind: Job['kind'], list: readonly unknown[], share: (item: number) => number): Job[] =>
    list.map((_, at) => ({ kind, at, runs: Math.max(20, Math.round(runs * share(at))) }));
  return [
    ...of('cell', cells, () => 1),
    ...of('fresh', freshCells, () => 0.5),
    ...of('day', drifting, () => 0.5),
    ...of('margin', marginCells, () => 0.25),
    ...of('late', lateEffects, () => 0.5),
    ...of('boundary', boundaries, () => 1),
    ...of('latency', latencyCells, (at) => {
      const cell = latencyCells[at];
      return cell === undefined ? 0 : cell.rate > 1000 ? 0.02 : 0.1;
    }),
  ];
}

export function work({ kind, at, runs }: Job): unknown {
  const item = <T>(list: readonly T[]): T => list[at] as T;
  if (kind === 'cell') return measure(item(cells), runs);
  if (kind === 'fresh') return measure(item(freshCells), runs);
  if (kind === 'day') return withLongHistory(item(drifting), runs);
  if (kind === 'margin') return withMargins(item(marginCells), runs);
  if (kind === 'late') return lateOnset(item(lateEffects), runs);
  if (kind === 'boundary') return onBoundary(item(boundaries), runs);
  return measureLatency(item(latencyCells), runs);
}
