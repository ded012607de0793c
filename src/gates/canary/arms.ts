/** What a `canary` gate asks, and what of the answers belongs to which arm. */
import { checked, summed } from '../../judge/histogram.js';
import { plural } from '../../judge/number.js';
import { error, type Reading } from '../../judge/reading.js';
import { labelText } from '../../judge/series.js';
import { formatValue } from '../../judge/threshold.js';
import type { Reported, Samples } from '../../record/evidence.js';
import type { TelemetryQuestion, Window } from '../../sources/source.js';
import type { Signal } from '../../sources/telemetry/signals.js';
import { type CanaryConfig, type History, judgesDurations } from './fields.js';

export const armNames = ['canary', 'baseline'] as const;
export type ArmName = (typeof armNames)[number];

/** What is counted: failures of a total, or requests by duration. */
const countsOf = (config: CanaryConfig) =>
  judgesDurations(config) ? (['buckets'] as const) : (['failures', 'total'] as const);
type Count = 'failures' | 'total' | 'buckets';

const signalsOf: Readonly<Record<Count, Signal['signal']>> = {
  failures: 'failed-requests',
  total: 'requests',
  buckets: 'duration-buckets',
};

const historyRole = (count: Count): string => `history ${count}`;

/** In bins over the window, by role: `failures` for both arms in one answer, else `canary failures` and `baseline failures`. */
export function armQuestions(config: CanaryConfig, window: Window): ReadonlyMap<string, TelemetryQuestion> {
  const asked = new Map<string, TelemetryQuestion>();
  for (const count of countsOf(config)) {
    const query = config[count];
    if (query === undefined)
      asked.set(count, inBins(config, signal(config, count, config.where, config.arms?.by), window));
    else if (typeof query === 'string') asked.set(count, inBins(config, query, window));
    else for (const arm of armNames) asked.set(`${arm} ${count}`, inBins(config, query[arm], window));
  }
  return asked;
}

/** The old version before the deployment, one series for each of its instances. */
export function historyQuestions(
  config: CanaryConfig,
  history: History,
  window: Window,
): ReadonlyMap<string, TelemetryQuestion> {
  const { by, baseline } = config.arms ?? {};
  const old = by === undefined || baseline === undefined ? config.where : { ...config.where, [by]: baseline };
  return new Map(
    countsOf(config).map((count) => {
      const query = history[count] ?? signal(config, count, old, history.by ?? 'instance');
      return [historyRole(count), inBins(config, query, window)] as const;
    }),
  );
}

const inBins = (config: CanaryConfig, query: string | Signal, window: Window): TelemetryQuestion => ({
  family: 'telemetry',
  query,
  window,
  range: { everyMs: config.bin, reduce: config.counters ? 'increase' : 'each' },
});

function signal(config: CanaryConfig, count: Count, where: CanaryConfig['where'], by: string | undefined): Signal {
  return {
    signal: signalsOf[count],
    ...(where === undefined ? {} : { where: where as NonNullable<Signal['where']> }),
    ...(config.exclude === undefined ? {} : { exclude: config.exclude }),
    synthetic: config.synthetic ?? false,
    ...(by === undefined ? {} : { by: by as NonNullable<Signal['by']> }),
  };
}

/** What one arm did in one bin; undefined: not known. For failures one number each, for durations cumulative counts by upper bound. */
export type Counted =
  | { readonly failures: number; readonly total: number }
  | { readonly byBound: ReadonlyMap<string, number> };

/** @property at begin of the bin, milliseconds since the epoch */
export interface Bin {
  readonly at: number;
  readonly canary: Counted | undefined;
  readonly baseline: Counted | undefined;
  /** An arm had events, but nothing says how many failed: no series, where there should be 0. */
  readonly unfair: boolean;
}

type Measured = ReadonlyMap<string, Samples>;
type Series = Samples['series'];

/**
 * The bins of both arms, in order of time.
 *
 * @returns the reading that says why there are none
 */
export function binsOf(config: CanaryConfig, measured: Measured, window: Window): readonly Bin[] | Reading {
  const wrong = misfit(config, measured);
  if (wrong) return wrong;
  return timesOf(config, window).map((at, i): Bin => {
    const [canary, baseline] = armNames.map((arm) =>
      countedIn(config, i, (count) => ofArm(config, measured, arm, count)),
    );
    return { at, canary: known(canary), baseline: known(baseline), unfair: [canary, baseline].includes(unfair) };
  });
}

/** Begins of the bins of a window. */
export const timesOf = ({ bin }: Pick<CanaryConfig, 'bin'>, { from, to }: Window): number[] =>
  Array.from({ length: Math.round((to - from) / bin) }, (_, i) => from + i * bin);

/** One instance of the old version: its bins, in order of time. */
export interface Instance {
  readonly name: string;
  readonly bins: readonly (Counted | undefined)[];
  /** Bins in which it had events and nothing says how many failed. */
  readonly unfair: number;
}

/** The instances that the history tells apart, in the order of their names. */
export function instancesOf(config: CanaryConfig, measured: Measured, window: Window): readonly Instance[] {
  const names = (series: Series): string[] => series.map(({ labels }) => instanceName(labels));
  const all = new Set(countsOf(config).flatMap((count) => names(measured.get(historyRole(count))?.series ?? [])));
  return [...all].toSorted().map((name) => {
    const own = new Map(
      countsOf(config).map((count) => {
        const series = measured.get(historyRole(count))?.series ?? [];
        return [count as Count, series.filter(({ labels }) => instanceName(labels) === name)] as const;
      }),
    );
    const bins = timesOf(config, window).map((_, i) => countedIn(config, i, (count) => own.get(count) ?? []));
    return { name, bins: bins.map(known), unfair: bins.filter((told) => told === unfair).length };
  });
}

/** Of labels that were asked for before: a history asks for them in each of its bins. */
const names = new WeakMap<object, string>();

/** All its labels but the bound of a bucket. */
function instanceName(labels: Readonly<Record<string, string>>): string {
  const known = names.get(labels);
  if (known !== undefined) return known;
  const own = Object.entries(labels).filter(([name]) => name !== 'le');
  const name = labelText(Object.fromEntries(own.toSorted(([a], [b]) => (a < b ? -1 : 1))));
  names.set(labels, name);
  return name;
}

function ofArm(config: CanaryConfig, measured: Measured, arm: ArmName, count: Count): Series {
  const own = measured.get(`${arm} ${count}`);
  if (own) return own.series;
  const { by, ...value } = config.arms ?? { by: '', canary: '' };
  const wanted = value[arm];
  return (measured.get(count)?.series ?? []).filter(({ labels }) => {
    const label = labels[by];
    if (label === undefined) return false;
    return wanted === undefined ? label !== value.canary : label === wanted;
  });
}

/** Events without a word on failures. To leave such bins out would leave out those in which nothing failed. */
const unfair = 'unfair';
type Told = Counted | typeof unfair | undefined;

const known = (told: Told): Counted | undefined => (told === unfair ? undefined : told);

function countedIn(config: CanaryConfig, bin: number, seriesOf: (count: Count) => Series): Told {
  if (judgesDurations(config)) {
    const instances = new Map<string, Map<string, number>>();
    for (const { labels, bins } of seriesOf('buckets')) {
      const n = countOf(bins?.[bin]);
      if (n === undefined || labels.le === undefined) return undefined;
      const name = instanceName(labels);
      instances.set(name, (instances.get(name) ?? new Map<string, number>()).set(labels.le, n));
    }
    // Counts that can be those of no histogram are none.
    const histograms = [...instances.values()].map(checked);
    const all = histograms.flatMap((found) => (found.ok ? [found.histogram] : []));
    return all.length > 0 && all.length === histograms.length ? { byBound: summed(all) } : undefined;
  }
  const sum = (count: Count): number | undefined => sumIn(seriesOf(count), bin);
  const [failures, total] = [sum('failures'), sum('total')];
  if (total === undefined || total === 0) return total === undefined ? undefined : { failures: 0, total };
  // Systems that extrapolate give a little more failures than events where all fail.
  return failures === undefined ? unfair : { failures: Math.min(failures, total), total };
}

/** Series may come and go; one that says something that is no count spoils the bin. */
function sumIn(series: Series, bin: number): number | undefined {
  const values = series.flatMap(({ bins }) => {
    const value = bins?.[bin];
    return value === null || value === undefined ? [] : [countOf(value)];
  });
  return values.length === 0
    ? undefined
    : values.reduce((sum, n) => (sum === undefined || n === undefined ? undefined : sum + n), 0);
}

const countOf = (value: Reported | undefined): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;

/** What no waiting brings right: series without bounds, negative counts, more failures than events. */
function misfit(config: CanaryConfig, measured: Measured): Reading | undefined {
  const durations = judgesDurations(config);
  for (const [role, { series }] of measured) {
    const negative = series.find(({ bins }) => bins?.some((x) => typeof x === 'number' && x < 0));
    if (negative) {
      const reason = `${role} gave a negative count${labelText(negative.labels)}: expected how many events there were in each bin`;
      return error('not-counts', reason);
    }
    if (durations && series.some(({ labels }) => labels.le === undefined)) {
      return error('not-a-histogram', `${role} gave a series without the label \`le\`: aggregate by it too`);
    }
  }
  if (durations) return undefined;
  for (const arm of armNames) {
    const [failed, all] = (['failures', 'total'] as const).map((count) =>
      ofArm(config, measured, arm, count).reduce(
        (sum, { bins = [] }) => bins.reduce<number>((n, x) => n + (countOf(x) ?? 0), sum),
        0,
      ),
    );
    // Rounding and extrapolation leave a little over; more is another thing than a part of all.
    if (failed !== undefined && all !== undefined && failed > 1.1 * all + 2) {
      const reason = `${formatValue(failed, 'number')} failures of ${formatValue(all, 'number')} events of the ${arm}: \`failures\` must be a part of \`total\``;
      return error('not-counts', reason);
    }
  }
  return undefined;
}

/** Which values of the label there are, when one arm has none of them. */
export function armsFound(config: CanaryConfig, measured: Measured): string {
  const { by } = config.arms ?? {};
  if (by === undefined) return '';
  const found = new Set(
    [...measured.values()].flatMap(({ series }) => series.flatMap(({ labels }) => labels[by] ?? [])),
  );
  if (found.size === 0) return `no series has the label \`${by}\``;
  return `${plural(found.size, 'value')} of \`${by}\`: ${[...found].slice(0, 5).join(', ')}${found.size > 5 ? '…' : ''}`;
}
