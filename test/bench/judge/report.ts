/** The whole of what the benchmark prints. */
import { boundaryHead, lateHead, marginHead } from './extras.js';
import type { Results } from './jobs.js';
import type { LatencyResult } from './latency.js';
import { latencyPeers } from './latency.js';
import type { CellResult } from './measure.js';
import { ours } from './ours.js';
import { oursLatency } from './ours-latency.js';
import { type Noise, noises } from './scenarios.js';
import { against, detected, failedRequests, falseStops, laterCells, table } from './tables.js';

const calmNoise: readonly Noise[] = ['iid', 'shared'];
const roughNoise: readonly Noise[] = ['bb', 'clump', 'ararm'];

/** The cells that the tables show, of 180; all are in results.json. */
const shown = new Set(
  [
    'iid 0.5 100 0.001 5',
    'iid 0.5 100 0.01 1.5',
    'iid 0.5 100 0.01 2',
    'iid 0.5 100 0.01 5',
    'iid 0.5 1000 0.01 1.5',
    'iid 0.5 1000 0.01 2',
    'iid 0.5 1000 0.01 5',
    'iid 0.5 10000 0.001 1.5',
    'iid 0.5 10000 0.01 2',
    'iid 0.05 100 0.001 5',
    'iid 0.05 1000 0.001 5',
    'iid 0.05 1000 0.01 1.5',
    'iid 0.05 1000 0.01 2',
    'iid 0.05 1000 0.01 5',
    'iid 0.05 10000 0.01 1.5',
    'iid 0.05 10000 0.01 2',
    'shared 0.5 1000 0.01 1.5',
    'bb 0.5 1000 0.01 1.5',
    'bb 0.5 1000 0.01 2',
    'bb 0.05 10000 0.01 2',
    'clump 0.5 1000 0.01 2',
    'ararm 0.5 1000 0.01 1.5',
    'ararm 0.5 1000 0.01 2',
    'ararm 0.5 1000 0.01 5',
    'ararm 0.5 10000 0.01 2',
  ].map(String),
);
const isShown = ({ cell }: CellResult) =>
  shown.has(`${cell.noise} ${cell.share} ${cell.rate} ${cell.base} ${cell.effect}`);

const own = ours.flatMap(({ names }) => names);
const main = ['ours 1 %', 'ours 5 %', 'evidence 1 %', 'evidence 5 %'];
const honestPeers = ['Kayenta at 60', 'Kayenta from 10', 'Argo > 2×base', 'Argo > 5 %', 'z once at 60'];

function comparison(results: readonly CellResult[]): string {
  const cell = (judge: string, group: readonly Noise[]) => {
    const { earlier, ties, later } = against(results, judge, group);
    return `${earlier} / ${ties} / ${later.length} (of ${earlier + ties + later.length})`;
  };
  return table(
    ['judge', 'iid + shared', 'bb + clump + ararm'],
    main.map((judge) => [judge, cell(judge, calmNoise), cell(judge, roughNoise)]),
  );
}

function verdict(results: readonly CellResult[], judge: string): string {
  const calm = against(results, judge, calmNoise);
  const rough = against(results, judge, roughNoise);
  const of = ({ earlier, ties, later }: typeof calm) => `${later.length} of ${earlier + ties + later.length}`;
  const level = judge.replace('ours ', '');
  return [
    `independent noise: cells where ours at ${level} is later than the best opponent that keeps 5 %: ${of(calm)}`,
    ...laterCells(calm),
    `other noise: the same: ${of(rough)}`,
    ...laterCells(rough),
  ].join('\n');
}

function latency(results: readonly LatencyResult[]): string {
  const judges = [...oursLatency.names, ...latencyPeers];
  const share = (value: number) => (value >= 0.0995 ? (100 * value).toFixed(0) : (100 * value).toFixed(1));
  const rows = results.map(({ cell, outcomes }) => [
    cell.share === 0.5 ? '50/50' : '5/95',
    String(cell.rate),
    cell.drift > 0 ? `each arm ${100 * cell.drift} %` : cell.swing > 0 ? `both ${100 * cell.swing} %` : 'none',
    cell.slowing,
    ...judges.map((judge) => {
      const found = outcomes.find((outcome) => outcome.judge === judge);
      if (found === undefined) return '–';
      const late = !Number.isFinite(found.median);
      return `${share(found.stopped)}${late ? '' : ` @${found.median}`}`;
    }),
  ]);
  return table(['split', 'req/min', 'drift', 'slower', ...judges], rows);
}

/** Worst and mean of the drifting cells. */
function longHistory(results: Results['day']): string {
  const rows = main.map((judge) => {
    const shares = results.map((cell) => 100 * (cell.find((one) => one.judge === judge)?.stopped ?? 0));
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    return [judge, `${Math.max(...shares).toFixed(1)} (${mean.toFixed(1)})`];
  });
  return table(['judge', 'ararm, history of 24 hours'], rows);
}

export function report(results: Results, runs: number): string {
  const error = 100 * Math.sqrt((0.02 * 0.98) / runs);
  const shownCells = results.cell.filter(isShown);
  const parts = [
    `${runs} runs per cell, Kayenta ${Math.ceil(runs / 2)}; standard error of a rate of 2 %: ${error.toFixed(1)} points.`,
    runs < 1000
      ? 'So few runs cannot tell 4 % from 6 % false stops: which opponent counts as honest, and with it the comparison, needs --full.'
      : '',
    '## False stops in 60 looks, canary = baseline, %: worst of 12 cells (mean)',
    falseStops(results.cell, own, noises),
    '## Stopped within 60 minutes, % @ median minute',
    detected(shownCells, [...main, ...honestPeers]),
    '## Failed canary requests until the stop, mean (60 minutes if never)',
    failedRequests(shownCells, [...main, 'Kayenta at 60', 'Kayenta from 10', 'Argo > 2×base']),
    '## Against the fastest opponent with at most 5 % false stops in the same cell: earlier / tie / later',
    comparison(results.cell),
    '## Fresh noise, on which nothing was chosen: false stops, worst of 2 cells (mean)',
    falseStops(results.fresh, main, noises),
    detected(results.fresh, [...main, ...honestPeers]),
    comparison(results.fresh),
    '## False stops where an arm drifts, with a longer history',
    longHistory(results.day),
    '## What a margin costs: 50/50, independent requests, % stopped at 1 % false stops @ median minute',
    table(marginHead, results.margin),
    '## Late harm: 1000 requests/min, 50/50, base 1 %',
    table(lateHead, results.late.flat()),
    '## Stopped although as bad as allowed',
    table(boundaryHead, results.boundary),
    '## Latency, % stopped @ median minute',
    latency(results.latency),
    '## Verdict',
    verdict(results.cell, 'ours 5 %'),
    verdict(results.cell, 'ours 1 %'),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}
