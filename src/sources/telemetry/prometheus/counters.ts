/**
 * What raw counters have grown by in each bin of a window: exact, where `increase()` extrapolates to the ends of its range and misses
 * the growth before a series' first sample.
 */
import type { Parser, SyntaxNode } from '@lezer/common';
import type { Reported, Samples } from '../../../record/evidence.js';
import type { Window } from '../../source.js';
import { emptyBins, type Point } from '../series.js';

/** So many bins before the window are read too: a series that was there in any of them was not born in the window. */
export const lookBackBins = 5;

export interface Counter {
  readonly labels: Readonly<Record<string, string>>;
  /** Samples at the edges of the bins, those of the look-back too. */
  readonly points: readonly Point[];
}

export interface Grid extends Window {
  readonly everyMs: number;
}

/**
 * What a query does that leaves no counter to look at: a function takes the growth itself; the sum of several counters falls when one of
 * them begins anew, which would count all the others once more.
 *
 * @returns undefined for bare counters, also narrowed or joined by operators that keep each series by itself
 */
export function spoilsCounters(query: string, parser: Parser): string | undefined {
  let spoiler: SyntaxNode | undefined;
  parser.parse(query).iterate({
    enter({ name, node }) {
      const operator = node.getChild('Or') ?? node.getChild('And') ?? node.getChild('Unless') ?? node.getChild('Mul');
      const spoils =
        name === 'AggregateExpr' ||
        name === 'MatrixSelector' ||
        name === 'SubqueryExpr' ||
        name === 'UnaryExpr' ||
        (name === 'BinaryExpr' && operator === null) ||
        (name === 'FunctionIdentifier' && !/^label_(?:replace|join)$/.test(query.slice(node.from, node.to)));
      if (spoils) spoiler ??= node;
      return spoiler === undefined;
    },
  });
  return spoiler && query.slice(spoiler.from, spoiler.to);
}

/** The value at each edge of a bin, from the first of the look-back; null: none. */
function atEdges(points: readonly Point[], { from, to, everyMs }: Grid): Reported[] {
  const begin = from - lookBackBins * everyMs;
  const edges = emptyBins(Math.round((to - begin) / everyMs) + 1);
  for (const { at, value } of points) {
    const place = Math.round((at - begin) / everyMs);
    if (place >= 0 && place < edges.length) edges[place] = value;
  }
  return edges;
}

/** Whether a series that was not there before appears inside the window. */
export const isBorn = ({ points }: Counter, grid: Grid): boolean =>
  atEdges(points, grid).findIndex((value) => value !== null) > lookBackBins;

/**
 * Growth in each bin. A counter that falls began anew, so that its new value is what it grew by; growth over a gap belongs to the bin in
 * which the series is back. A series that is born counts from 0 only where its target was scraped before: otherwise its first value may
 * be that of years.
 *
 * @param scraped whether its target was known to be up at this time
 */
export function grown({ points }: Counter, grid: Grid, scraped: (at: number) => boolean): Reported[] {
  const edges = atEdges(points, grid);
  const bins = emptyBins(edges.length - 1 - lookBackBins);
  let last: number | undefined;
  for (const [i, value] of edges.entries()) {
    const bin = i - lookBackBins - 1;
    if (value === null) continue;
    if (typeof value !== 'number') {
      if (bin >= 0) bins[bin] = value;
      continue;
    }
    if (bin >= 0 && last !== undefined) bins[bin] = value >= last ? value - last : value;
    else if (bin >= 0 && scraped(grid.from + bin * grid.everyMs)) bins[bin] = value;
    last = value;
  }
  return bins;
}

/**
 * What a counter was scraped from; undefined where that is not what counts. A gateway or collector that passes on the counters of others
 * leaves their own names in `exported_…`: it may be up long before it is sent a counter that has grown for years.
 */
const instanceOf = (labels: Counter['labels']): string | undefined =>
  labels.exported_instance === undefined && labels.exported_job === undefined ? labels.instance : undefined;

/** The query that tells whether the targets of these counters were scraped; undefined: they name none. */
export function upQuery(counters: readonly Counter[]): string | undefined {
  const instances = [...new Set(counters.flatMap(({ labels }) => instanceOf(labels) ?? []))];
  const quoted = instances.map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return instances.length === 0 ? undefined : `up{instance=~${JSON.stringify(quoted.join('|'))}}`;
}

/** Reads the answer to `upQuery`: whether the target of a counter was up at an edge. */
export function scrapedBy(up: readonly Counter[]): (counter: Counter) => (at: number) => boolean {
  return ({ labels }) => {
    const instance = instanceOf(labels);
    // Where several servers are asked together, other labels tell apart targets of one name.
    const targets = up.filter(
      (target) =>
        target.labels.instance === instance &&
        Object.entries(target.labels).every(
          ([name, value]) => name === '__name__' || labels[name] === undefined || labels[name] === value,
        ),
    );
    const upAt = targets.map(({ points }) => new Set(points.flatMap((p) => (p.value === 1 ? p.at : []))));
    return (at) => instance !== undefined && upAt.length > 0 && upAt.every((times) => times.has(at));
  };
}

/** The counters as series of an answer; without those that ended before the window, which say nothing of it. */
export function toGrowth(
  counters: readonly Counter[],
  grid: Grid,
  scraped: (counter: Counter) => (at: number) => boolean,
): Samples['series'] {
  return counters.flatMap((counter) => {
    const bins = grown(counter, grid, scraped(counter));
    if (bins.every((value) => value === null)) return [];
    return [{ labels: { ...counter.labels }, value: bins.at(-1) ?? null, points: counter.points.length, bins }];
  });
}
