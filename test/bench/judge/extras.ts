/** Harm that comes late, and releases that are exactly as bad as is still allowed. */
import { phiOf } from '../../../src/judge/dispersion.js';
import { dispersionOf, evenDispersion } from '../../../src/judge/stop-test.js';
import { kayentaStops, never } from './measure.js';
import { evidenceStops, minutesOf, ourStop } from './ours.js';
import { Random } from './random.js';
import { type Cell, cells, historyMinutes, type Minute, seedOf, simulate } from './scenarios.js';

const calm = (rate: number, share: number, base: number): Cell => {
  const like = cells[0] as Cell;
  return { ...like, noise: 'iid', share, rate, base, effect: 1 };
};

const onset = 30;

export const lateHead = ['effect from minute 30', 'judge', 'minutes until the stop', 'stopped before the onset'];

/** 1000 requests a minute, 50/50, base 1 %: good for half an hour, then not. */
export function lateOnset(effect: number, runs: number): string[][] {
  const cell = calm(1000, 0.5, 0.01);
  const judges = new Map<string, number[]>();
  for (let i = 0; i < runs; i += 1) {
    const { history, window } = simulate(cell, new Random(seedOf(900 + effect, i)), (t) => ({
      share: 0.5,
      pc: t < onset ? 0.01 : 0.01 * effect,
      pb: 0.01,
    }));
    const past = minutesOf(history);
    const looks = minutesOf(window);
    const [spans, phi] = [dispersionOf(past), phiOf(past)];
    const [with1, with5] = evidenceStops(looks, [0.01, 0.05], { phi, restarts: true });
    const [once1, once5] = evidenceStops(looks, [0.01, 0.05], { phi });
    const all: Record<string, number> = {
      'ours 1 %': ourStop(looks, 0.01, spans),
      'ours 5 %': ourStop(looks, 0.05, spans),
      'evidence 1 %': with1 ?? never,
      'evidence 5 %': with5 ?? never,
      'evidence without restarts 1 %': once1 ?? never,
      'evidence without restarts 5 %': once5 ?? never,
      'Kayenta from 10': kayentaStops(window)[1],
    };
    for (const [judge, stop] of Object.entries(all)) judges.set(judge, [...(judges.get(judge) ?? []), stop]);
  }
  return [...judges].map(([judge, stops]) => {
    const after = stops.filter((stop) => stop > onset).toSorted((x, y) => x - y);
    const median = (after[Math.floor((after.length - 1) / 2)] ?? never) - onset;
    const early = (100 * (stops.length - after.length)) / stops.length;
    return [`×${effect}`, judge, median === never ? 'never' : String(median), `${early.toFixed(1)} %`];
  });
}

interface Boundary {
  readonly name: string;
  readonly cell: Cell;
  readonly margin: number;
  readonly slack: number;
  readonly minute: (t: number) => Minute;
}

const ramp = (t: number) => (t < 10 ? 0.01 : t < 20 ? 0.05 : t < 35 ? 0.25 : 0.5);
const swing = (t: number) => 0.01 * 8 ** ((1 - Math.cos(t / 5)) / 2);

export const boundaries: readonly Boundary[] = [
  {
    name: 'equal, base 30 %, 100 requests/min',
    cell: calm(100, 0.5, 0.3),
    margin: 1,
    slack: 0,
    minute: () => ({ share: 0.5, pc: 0.3, pb: 0.3 }),
  },
  {
    name: 'equal, split 1 → 5 → 25 → 50 %, base swinging ×1 to ×8',
    cell: calm(1000, 0.5, 0.01),
    margin: 1,
    slack: 0,
    minute: (t) => ({ share: ramp(t), pc: swing(t), pb: swing(t) }),
  },
  {
    name: '×1.25 where ×1.25 is allowed, base 1 %',
    cell: calm(1000, 0.5, 0.01),
    margin: 1.25,
    slack: 0,
    minute: () => ({ share: 0.5, pc: 0.0125, pb: 0.01 }),
  },
  {
    name: '×1.25 where ×1.25 is allowed, the same ramp and swing',
    cell: calm(1000, 0.5, 0.01),
    margin: 1.25,
    slack: 0,
    minute: (t) => ({ share: ramp(t), pc: 1.25 * swing(t), pb: swing(t) }),
  },
  {
    name: '0.2 points more where they are allowed, base 0.5 %, split 20 %',
    cell: calm(1000, 0.2, 0.005),
    margin: 1,
    slack: 0.002,
    minute: () => ({ share: 0.2, pc: 0.007, pb: 0.005 }),
  },
  {
    name: '0.05 points more where they are allowed, base 0.02 %, split 50 %',
    cell: calm(1000, 0.5, 0.0002),
    margin: 1,
    slack: 0.0005,
    minute: () => ({ share: 0.5, pc: 0.0007, pb: 0.0002 }),
  },
];

export const boundaryHead = ['as bad as allowed', 'ours 1 %', 'ours 5 %', 'evidence 1 %', 'evidence 5 %'];

export function onBoundary({ name, cell, margin, slack, minute }: Boundary, runs: number): string[] {
  const stopped = [0, 0, 0, 0];
  for (let i = 0; i < runs; i += 1) {
    const { window } = simulate(cell, new Random(seedOf(990 + Math.round(100 * margin) + slack * 1e4, i)), minute, 0);
    const looks = minutesOf(window);
    const stops = [
      ...[0.01, 0.05].map((alpha) => ourStop(looks, alpha, evenDispersion(1), { margin, slack })),
      ...evidenceStops(looks, [0.01, 0.05], { margin, slack, restarts: true }),
    ];
    stops.forEach((stop, k) => {
      if (stop !== never) stopped[k] = (stopped[k] as number) + 1;
    });
  }
  const shown = stopped.map((n) => `${((100 * n) / runs).toFixed(2)} %`);
  return [name, ...shown];
}

export const drifting: readonly Cell[] = cells.filter(({ noise, effect }) => noise === 'ararm' && effect === 1);

/** Shares of good releases with a drifting arm that are stopped, with three times as long a history. */
export function withLongHistory(cell: Cell, runs: number): { judge: string; stopped: number }[] {
  const stopped = new Map<string, number>();
  for (let i = 0; i < runs; i += 1) {
    const { history, window } = simulate(cell, new Random(seedOf(cell.id + 8000, i)), undefined, 3 * historyMinutes);
    const past = minutesOf(history);
    const looks = minutesOf(window);
    const [spans, phi] = [dispersionOf(past), phiOf(past)];
    const [evidence1, evidence5] = evidenceStops(looks, [0.01, 0.05], { phi, restarts: true });
    const stops: Record<string, number> = {
      'ours 1 %': ourStop(looks, 0.01, spans),
      'ours 5 %': ourStop(looks, 0.05, spans),
      'evidence 1 %': evidence1 ?? never,
      'evidence 5 %': evidence5 ?? never,
    };
    for (const [judge, stop] of Object.entries(stops)) {
      stopped.set(judge, (stopped.get(judge) ?? 0) + (stop === never ? 0 : 1));
    }
  }
  return [...stopped].map(([judge, n]) => ({ judge, stopped: n / runs }));
}

const margins = [
  { name: 'none', margin: 1, slack: 0 },
  { name: 'at-least: 0.05%', margin: 1, slack: 0.0005 },
  { name: 'no-worse-than: 10%', margin: 1.1, slack: 0 },
  { name: 'no-worse-than: 25%', margin: 1.25, slack: 0 },
];

export const marginCells: readonly Cell[] = cells.filter(
  ({ noise, share, rate, base, effect }) =>
    noise === 'iid' && share === 0.5 && effect > 1 && rate > 100 && !(rate === 10_000 && base === 0.01),
);

export const marginHead = ['req/min', 'base', 'effect', ...margins.map(({ name }) => name)];

/** What a margin costs: per cent stopped at 1 % false stops, and the median minute. */
export function withMargins(cell: Cell, runs: number): string[] {
  const stops = margins.map((): number[] => []);
  for (let i = 0; i < runs; i += 1) {
    const { history, window } = simulate(cell, new Random(seedOf(cell.id + 9000, i)));
    const phi = dispersionOf(minutesOf(history));
    const looks = minutesOf(window);
    margins.forEach(({ margin, slack }, k) => {
      stops[k]?.push(ourStop(looks, 0.01, phi, { margin, slack }));
    });
  }
  const shown = stops.map((all) => {
    const sorted = all.toSorted((x, y) => x - y);
    const median = sorted[Math.floor((runs - 1) / 2)] ?? never;
    const stopped = sorted.filter((stop) => stop !== never).length;
    return `${((100 * stopped) / runs).toFixed(0)}${median === never ? '' : ` @${median}`}`;
  });
  return [String(cell.rate), `${100 * cell.base} %`, `×${cell.effect}`, ...shown];
}
