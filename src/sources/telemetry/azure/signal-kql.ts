/**
 * Ready-made signals in KQL. Each gives one row (or one for each slice, or bin): `value`, `events`, `rows`, `newest`; in bins `began` too,
 * and `duration-buckets` in place of `value` one column for each bound.
 */
import { NotMeasured, type Window } from '../../source.js';
import type { Signal, SignalName, Slice } from '../signals.js';
import { globPattern, kqlString, kqlTime } from './kql.js';
import type { Names } from './tables.js';

/** What of the source's config the queries depend on. */
export interface Scope {
  readonly names: Names;
  /** Column or custom dimension that holds the deployment slot. */
  readonly slot: { readonly column: string } | { readonly dimension: string };
  /** Resource id of the component, where the tables hold more than one. */
  readonly component?: string;
}

export interface SignalQuery {
  readonly query: string;
  /** Start of the time that the query reads, milliseconds since the epoch: new exceptions are told by those of the day before. */
  readonly from: number;
}

export const azureSignals = [
  'failure-rate',
  'success-rate',
  'duration-p50',
  'duration-p95',
  'duration-p99',
  'requests',
  'failed-requests',
  'duration-buckets',
  'exceptions',
  'new-exceptions',
  'dependency-failure-rate',
  'dependency-duration-p95',
  'availability',
  'events',
  'metric-avg',
  'metric-sum',
  'metric-max',
] as const satisfies readonly SignalName[];

/** More series than this are not read. */
export const maxSeries = 200;
/** In bins histograms are judged, of which each bound is a series. */
export const maxInBins = 1050;

/** Upper bounds of `duration-buckets`, in milliseconds: each about 1.5 times the one before. */
export const durationBounds = [
  5, 10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 500, 750, 1000, 1500, 2000, 3000, 5000, 10_000, 30_000,
] as const;
/** The column that counts the requests up to a bound. */
export const boundColumn = (bound: number): string => `le${bound}`;

/** The time that a signal is asked for; with `everyMs` in bins, of which the first begins with it. */
export interface Span extends Window {
  readonly everyMs?: number;
}

/** How many kinds of new exceptions are told apart. */
const maxKinds = 1000;

const dayMs = 86_400_000;

/**
 * @param since when the first window of this run began: what is new stays new until the step ends, although the windows move on
 */
export function signalQuery(signal: Signal, window: Span, scope: Scope, since = window.from): SignalQuery {
  const { names } = scope;
  const { requests, dependencies, availability, exceptions, events } = names;
  const { weight, duration, metricSum, metricCount, metricMax } = names;
  const from = window.from;
  const weighed = (table: string, value: string, more: readonly string[] = []): SignalQuery => ({
    query: lines(rowsOf(table, signal, window, scope, more), summary(signal, window, scope, `value = ${value}`)),
    from,
  });
  const failed = `sumif(${weight}, not(${succeeded(names)}))`;
  const failing = `${failed} / todouble(sum(${weight}))`;
  const passing = `sumif(${weight}, ${succeeded(names)}) / todouble(sum(${weight}))`;
  const percentile = (p: number): string => `percentilew(${duration}, ${weight}, ${p})`;
  // Spans inside the process are written to the same table.
  const external = [`where not(${names.dependencyType} startswith 'InProc')`];
  const named = [`where ${names.name} == ${kqlString(signal.of ?? '')}`];
  const metric = (value: string): SignalQuery => ({
    query: lines(
      rowsOf(names.metrics, signal, window, scope, named),
      summary(signal, window, scope, `value = ${value}`, `sum(${metricCount})`),
    ),
    from,
  });
  switch (signal.signal) {
    case 'failure-rate':
      return weighed(requests, failing);
    case 'success-rate':
      return weighed(requests, passing);
    case 'duration-p50':
      return weighed(requests, percentile(50));
    case 'duration-p95':
      return weighed(requests, percentile(95));
    case 'duration-p99':
      return weighed(requests, percentile(99));
    case 'requests':
      return weighed(requests, `sum(${weight})`);
    case 'failed-requests':
      return weighed(requests, failed);
    case 'duration-buckets':
      return { query: buckets(signal, window, scope), from };
    case 'dependency-failure-rate':
      return weighed(dependencies, failing, external);
    case 'dependency-duration-p95':
      return weighed(dependencies, percentile(95), external);
    case 'availability':
      return weighed(availability, passing);
    case 'metric-avg':
      return metric(`sum(${metricSum}) / sum(${metricCount})`);
    case 'metric-sum':
      return metric(`sum(${metricSum})`);
    case 'metric-max':
      return metric(`max(${metricMax})`);
    case 'exceptions':
      return { query: besideRequests(signal, window, scope, { table: exceptions, value: 'sum(hits)' }), from };
    case 'events':
      return { query: besideRequests(signal, window, scope, { table: events, value: 'sum(hits)', only: named }), from };
    case 'new-exceptions':
      return newExceptions(signal, window, scope, since);
    default:
      throw badQuery(`Application Insights has no signal \`${signal.signal}\``);
  }
}

const badQuery = (message: string): NotMeasured => new NotMeasured('bad-query', message, { permanent: true });

/** A request whose duration is not known is above all bounds. */
function buckets(signal: Signal, window: Span, scope: Scope): string {
  if (window.everyMs === undefined)
    throw badQuery('`duration-buckets` is no single value: it is for gates of type `canary`');
  const { requests, weight, duration } = scope.names;
  const columns = durationBounds.map((bound) => `${boundColumn(bound)} = sumif(${weight}, ${duration} <= ${bound})`);
  return lines(rowsOf(requests, signal, window, scope), summary(signal, window, scope, columns.join(', ')));
}

/** Kinds of exceptions of the window that the day before `since` had not, in the same role: not in the same version, which is new. */
function newExceptions(signal: Signal, window: Span, scope: Scope, since: number): SignalQuery {
  if (window.everyMs !== undefined) throw badQuery('`new-exceptions` are those of a whole window, not of its bins');
  const { exceptions, problem } = scope.names;
  const { role } = signal.where ?? {};
  const known: Signal = { signal: signal.signal, synthetic: true, where: role === undefined ? {} : { role } };
  const from = since - dayMs;
  const before = lines(rowsOf(exceptions, known, { from, to: since }, scope), [`distinct ${problem}`]);
  const query = besideRequests(signal, window, scope, {
    table: exceptions,
    value: `array_length(make_set_if(problem, isnotempty(problem), ${maxKinds}))`,
    only: [`where ${problem} !in (before)`],
    // Never empty, so that an exception without an id is a kind of its own.
    problem: `strcat('id:', ${problem})`,
  });
  return { query: `let before = ${before};\n${query}`, from };
}

/**
 * Counts what is rare, beside the requests of the same window: none of it means something only while requests arrive.
 *
 * Rows of the rare thing count as rows as well: they prove themselves.
 */
function besideRequests(
  signal: Signal,
  window: Span,
  scope: Scope,
  rare: { table: string; value: string; only?: readonly string[]; problem?: string },
): string {
  const { requests, weight, time } = scope.names;
  const leg = (table: string, only: readonly string[], columns: string): string =>
    lines(rowsOf(table, signal, window, scope, only), [
      // Columns of one name must be of one type, else union makes two of them.
      `project ${signal.by === undefined ? '' : 'slice, '}at = ${time}, ${columns}`,
    ]).replaceAll('\n', '\n    ');
  const counted = `coalesce(tolong(${weight}), 1)`;
  const all = leg(requests, [], `calls = ${counted}, hits = long(0), problem = ''`);
  const hits = leg(
    rare.table,
    rare.only ?? [],
    `calls = long(0), hits = ${counted}, problem = ${rare.problem ?? "''"}`,
  );
  return lines(
    `union\n  (${all}),\n  (${hits})`,
    grouped(signal, window, 'at', `value = ${rare.value}, events = sum(calls)`),
  );
}

const lines = (first: string, stages: readonly string[]): string => [first, ...stages.map((s) => `| ${s}`)].join('\n');

const succeeded = ({ success }: Names): string => `tolower(tostring(${success})) in ('true', '1')`;

function summary(
  signal: Signal,
  window: Span,
  { names }: Scope,
  columns: string,
  events = `sum(${names.weight})`,
): string[] {
  return grouped(signal, window, names.time, `${columns}, events = ${events}`);
}

/** Summarizes, by slice and bin where there are any. @param time the column with a row's time */
function grouped({ by }: Signal, { from, to, everyMs }: Span, time: string, columns: string): string[] {
  // As `bin()`, which a bin that does not divide a day would begin elsewhere.
  const began = everyMs === undefined ? [] : [`began = bin_at(${time}, ${everyMs}ms, ${kqlTime(from)})`];
  const groups = [...(by === undefined ? [] : ['slice']), ...began];
  const each = everyMs === undefined ? 1 : Math.ceil((to - from) / everyMs);
  return [
    `summarize ${columns}, rows = count(), newest = max(${time})${groups.length === 0 ? '' : ` by ${groups.join(', ')}`}`,
    // One series more than is read, so that it is noticed.
    ...(by === undefined ? [] : [`take ${(maxSeries + 1) * each}`]),
  ];
}

/** The rows of a table that the signal is about; with a column `slice` where it is split. */
function rowsOf(table: string, signal: Signal, window: Window, scope: Scope, more: readonly string[] = []): string {
  const { names, component } = scope;
  const { where = {}, exclude = [], synthetic, by } = signal;
  const stages = [
    `where ${names.time} >= ${kqlTime(window.from)} and ${names.time} < ${kqlTime(window.to)}`,
    ...(component === undefined ? [] : [`where _ResourceId =~ ${kqlString(component)}`]),
  ];
  for (const [slice, value] of Object.entries(where) as [Slice, string][]) {
    stages.push(`where ${sliceOf(slice, table, scope)} == ${kqlString(value)}`);
  }
  // Availability tests are synthetic by nature.
  if (!synthetic && table !== names.availability) stages.push(`where isempty(${names.synthetic})`);
  for (const glob of exclude) {
    stages.push(`where not(${sliceOf('operation', table, scope)} matches regex ${kqlString(globPattern(glob))})`);
  }
  stages.push(...more);
  if (by !== undefined) stages.push(`extend slice = ${sliceOf(by, table, scope)}`);
  return lines(table, stages);
}

function sliceOf(slice: Slice, table: string, { names, slot }: Scope): string {
  switch (slice) {
    case 'role':
      return names.role;
    case 'instance':
      return names.instance;
    case 'version':
      return names.version;
    case 'operation':
      return table === names.requests || table === names.availability ? names.name : names.operation;
    case 'slot':
      return 'column' in slot
        ? `tostring(${slot.column})`
        : `tostring(${names.dimensions}[${kqlString(slot.dimension)}])`;
  }
}
