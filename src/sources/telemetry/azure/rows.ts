/** Rows of a result as series. */
import { reportedNumber } from '../../../judge/number.js';
import type { Samples } from '../../../record/evidence.js';
import { NotMeasured, type TelemetryQuestion } from '../../source.js';
import { oneLine } from '../../text.js';
import { isInBins, type Point, refuseAskew, refuseMany, seriesOver } from '../series.js';
import type { Signal } from '../signals.js';
import type { ResultTable } from './answer.js';
import { boundColumn, durationBounds, maxInBins, maxSeries } from './signal-kql.js';

type Series = Samples['series'];

export interface Rows {
  readonly series: Series;
  /** Events behind the values, where the query counts them. */
  readonly events?: number;
  /** Time of the newest raw row, milliseconds since the epoch; null: there is none; undefined: the query does not say. */
  readonly newest?: number | null;
}

const numeric: ReadonlySet<string> = new Set(['int', 'long', 'real', 'decimal']);
const words: ReadonlySet<string> = new Set(['string', 'guid', 'bool']);
const counting: ReadonlySet<string> = new Set(['events', 'total', 'samples']);

const badQuery = (message: string): NotMeasured => new NotMeasured('bad-query', message, { permanent: true });

/** One row by column; the names are those of the query. */
type Row = ReadonlyMap<string, unknown>;

const rowsOf = ({ columns, rows }: ResultTable): Row[] =>
  rows.map((cells) => new Map(cells.map((cell, i) => [columns[i]?.name ?? '', cell])));

/** @returns milliseconds since the epoch; null for what is no time in UTC */
function timeOf(cell: unknown): number | null {
  if (typeof cell !== 'string' || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/.test(cell)) return null;
  const ms = Date.parse(cell);
  return Number.isNaN(ms) ? null : ms;
}

/** A text or a truth value as a label. */
const labelOf = (cell: unknown): string =>
  typeof cell === 'string' || typeof cell === 'boolean' ? oneLine(String(cell)) : '';

/** A number that counts something. */
function countOf(cell: unknown): number {
  const count = reportedNumber(cell);
  return typeof count === 'number' && count >= 0 ? count : 0;
}

const furthestBehind = (times: readonly (number | null)[]): number | null =>
  times.reduce((least, time) => (least === null || time === null ? null : Math.min(least, time)), times[0] ?? null);

type Asked = Pick<TelemetryQuestion, 'window' | 'range'>;

/** The rows of a ready-made signal: `value`, `events`, `rows`, `newest`, and `slice` where it is split. */
export function signalRows(table: ResultTable, { signal, by }: Signal, asked: Asked): Rows & { readonly rows: number } {
  // Without `by` there is one row even when nothing was found.
  const found = rowsOf(table).filter((row) => countOf(row.get('rows')) > 0);
  const sum = (column: string): number => found.reduce((total, row) => total + countOf(row.get(column)), 0);
  const slices = new Map<string, Row[]>();
  for (const row of found) {
    const slice = by === undefined ? '' : labelOf(row.get('slice'));
    const rows = slices.get(slice);
    if (rows) rows.push(row);
    else slices.set(slice, [row]);
  }
  refuseMany(slices.size, maxSeries);
  const inBins = isInBins(asked.range?.reduce);
  const buckets = signal === 'duration-buckets';
  const columns = buckets
    ? [...durationBounds.map((x) => [String(x), boundColumn(x)]), ['+Inf', 'events']]
    : [['', 'value']];
  const series = [...slices].flatMap(([slice, rows]) =>
    columns.flatMap(([le = '', column = '']): Series => {
      const labels = { ...(by === undefined ? {} : { [by]: slice }), ...(buckets ? { le } : {}) };
      const points = rows.map((row) => ({
        at: inBins ? beganAt(row) : 0,
        value: reportedNumber(row.get(column)),
      }));
      if (inBins) refuseAskew(points, asked, perBin);
      return inBins
        ? [{ labels, ...seriesOver(points, asked, 'begin') }]
        : points.map(({ value }, i) => ({ labels, value, points: Math.floor(countOf(rows[i]?.get('rows'))) }));
    }),
  );
  refuseMany(series.length, inBins ? maxInBins : maxSeries);
  return {
    series,
    events: sum('events'),
    newest: newestOf(
      found.map((row) => timeOf(row.get('newest'))),
      inBins,
    ),
    rows: Math.floor(sum('rows')),
  };
}

const perBin = 'write `bin(timestamp, $__interval)`';

function beganAt(row: Row): number {
  const at = timeOf(row.get('began'));
  if (at === null) throw new NotMeasured('bad-answer', 'Azure gave a bin without the time at which it begins');
  return at;
}

/** What `evidenceQuery` asks for. */
export const evidenceRows = (table: ResultTable): { part: number; rows: number; newest: number | undefined }[] =>
  rowsOf(table).map((row) => ({
    part: countOf(row.get('part')),
    rows: countOf(row.get('rows')),
    newest: timeOf(row.get('newest')) ?? undefined,
  }));

/** Which column of the policy's own query is what. */
interface Shape {
  readonly value: string;
  readonly labels: readonly string[];
  readonly events: string | undefined;
  readonly newest: string | undefined;
  /** Of a query along the window. */
  readonly time: string | undefined;
}

function shapeOf({ columns }: ResultTable, ranged: boolean): Shape {
  const named = (types: ReadonlySet<string>): string[] =>
    columns.filter(({ type }) => types.has(type)).map(({ name }) => name);
  const other = columns.find(({ type }) => !numeric.has(type) && !words.has(type) && type !== 'datetime');
  if (other) {
    const hint = other.type === 'timespan' ? 'divide it, e.g. by 1ms' : 'take a number or a text from it';
    throw badQuery(
      `the query gives the column \`${oneLine(other.name, 60)}\` of type ${oneLine(other.type, 20)}: ${hint}`,
    );
  }
  const is = (wanted: string) => (name: string) => name.toLowerCase() === wanted;
  const newest = columns.find(({ name }) => is('newest')(name));
  if (newest && newest.type !== 'datetime') {
    throw badQuery(`the query gives \`newest\` as ${oneLine(newest.type, 20)}, expected a datetime`);
  }
  const times = named(new Set(['datetime'])).filter((name) => name !== newest?.name);
  if (times.length > (ranged ? 1 : 0)) {
    throw badQuery(
      `the query gives the time \`${oneLine(times[0] ?? '', 60)}\`, expected one row for each series${ranged ? ' and time' : ' (or `range`)'}`,
    );
  }
  if (ranged && times.length === 0) {
    throw badQuery('with `range` the query must give a time, e.g. `by bin(timestamp, $__interval)`');
  }
  const numbers = named(numeric);
  const uncounted = numbers.filter((name) => !counting.has(name.toLowerCase()));
  // A query may count nothing but events; then that is its value.
  const candidates = uncounted.length > 0 ? uncounted : numbers;
  const value = candidates.find(is('value')) ?? (candidates.length === 1 ? candidates[0] : undefined);
  if (value === undefined) {
    const found = candidates.length === 0 ? 'no number' : `the numbers ${oneLine(candidates.join(', '), 120)}`;
    throw badQuery(`the query gives ${found}, expected one, or one named \`value\``);
  }
  return {
    value,
    labels: named(words),
    events: numbers.find((name) => name !== value && counting.has(name.toLowerCase())),
    newest: newest?.name,
    time: times[0],
  };
}

/**
 * The rows of the policy's own query: one number, or one for each row with its texts as labels.
 *
 * @throws {NotMeasured} `bad-query` for a result that is no such thing, `too-many-series`
 */
export function ownRows(table: ResultTable, question: Asked): Rows {
  if (table.columns.length === 0) return { series: [], newest: null };
  const { window, range } = question;
  const { value, labels, events, newest, time } = shapeOf(table, range !== undefined);
  const inBins = isInBins(range?.reduce);
  const rows = rowsOf(table);
  const grouped = new Map<string, { labels: Record<string, string>; points: Point[] }>();
  for (const row of rows) {
    const own = Object.fromEntries(labels.map((label) => [label, labelOf(row.get(label))]));
    const key = JSON.stringify(own);
    const group = grouped.get(key) ?? { labels: own, points: [] };
    grouped.set(key, group);
    const at = time === undefined ? 0 : timeOf(row.get(time));
    if (at === null) throw badQuery(`the query gives a row without a time in \`${oneLine(time ?? '', 60)}\``);
    if (group.points.some((point) => point.at === at)) {
      throw badQuery('the query gives rows that no text tells apart: aggregate them with `summarize`');
    }
    group.points.push({ at, value: reportedNumber(row.get(value)) });
    refuseMany(grouped.size, inBins ? maxInBins : maxSeries);
  }
  const series = [...grouped.values()].flatMap(({ labels: own, points }): Series => {
    if (range === undefined) return [{ labels: own, value: points[0]?.value ?? null, points: 1 }];
    refuseAskew(points, question, perBin);
    const sorted = points.toSorted((a, b) => a.at - b.at);
    // A bin is named by its beginning, and the last one may have just begun.
    const ended = (sorted.at(-1)?.at ?? 0) <= window.to - 2 * range.everyMs;
    if (range.reduce === 'last' && ended) return [];
    return [{ labels: own, ...seriesOver(sorted, question, 'begin') }];
  });
  return {
    series,
    ...(events === undefined ? {} : { events: rows.reduce((sum, row) => sum + countOf(row.get(events)), 0) }),
    ...(newest === undefined
      ? {}
      : {
          newest: newestOf(
            rows.map((row) => timeOf(row.get(newest))),
            time !== undefined,
          ),
        }),
  };
}

/** Of a query along the window the last bin is the newest; of all others the series furthest behind. */
function newestOf(times: readonly (number | null)[], along: boolean): number | null {
  if (!along) return furthestBehind(times);
  return times.reduce((most, time) => (time === null || (most !== null && most > time) ? most : time), null);
}
