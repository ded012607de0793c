/** Tables as ES|QL answers with them, and the series that they make (https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-esql-query). */
import * as v from 'valibot';
import { reportedNumber } from '../../../judge/number.js';
import { labelText } from '../../../judge/series.js';
import type { Samples } from '../../../record/evidence.js';
import { NotMeasured, type TelemetryQuestion } from '../../source.js';
import { oneLine } from '../../text.js';
import { isInBins, mostInBins, type Point, refuseAskew, refuseMany, seriesOver } from '../series.js';
import { isQuotient } from './esql.js';

const count = v.optional(v.nullable(v.number()));
const cluster = v.object({
  status: v.string(),
  _shards: v.optional(v.nullable(v.object({ failed: count }))),
});

export const tableForm = v.object({
  is_partial: v.optional(v.boolean()),
  columns: v.array(v.object({ name: v.string(), type: v.string() })),
  values: v.array(v.array(v.unknown())),
  _clusters: v.optional(v.nullable(v.object({ details: v.optional(v.record(v.string(), cluster), {}) }))),
});
export type Table = v.InferOutput<typeof tableForm>;

const maxSeries = 200;

/** The rows that come without a LIMIT in the query. */
const defaultLimit = 1000;

const isTime = (type: string): boolean => type === 'date' || type === 'date_nanos';
/** `null` is the type of a column in which there is nothing at all. */
const isNumber = (type: string): boolean =>
  /^(?:counter_)?(?:double|float|half_float|scaled_float|long|integer|short|byte|unsigned_long)$|^null$/.test(type);
const isWhole = (type: string): boolean => /(?:long|integer|short|byte)$/.test(type);

const badQuery = (message: string): NotMeasured => new NotMeasured('bad-query', message, { permanent: true });

/** Why a table is not all that was asked for; empty: it is. */
export function missingFrom({ is_partial, _clusters, values }: Table, query: string): string[] {
  const clusters = Object.entries(_clusters?.details ?? {}).flatMap(([name, { status, _shards }]) => {
    const failed = _shards?.failed ?? 0;
    if (status === 'successful' && failed === 0) return [];
    return [`cluster ${oneLine(name, 80)}: ${oneLine(status, 40)}${failed > 0 ? `, ${failed} shards failed` : ''}`];
  });
  const cut = values.length >= defaultLimit && !/\|\s*LIMIT\b/i.test(query);
  return [
    ...(is_partial === true ? ['Elasticsearch says that the answer is incomplete'] : []),
    ...clusters,
    ...(cut ? [`the answer was cut off at ${defaultLimit} rows: aggregate, or write a LIMIT`] : []),
  ];
}

/** How a query gives one value for each bin. */
export const perBin = 'STATS n = COUNT(*) BY bin = DATE_TRUNC($__interval, @timestamp)';

/** Where in the table which kind of column stands. */
function layoutOf({ columns, values }: Table, query: string) {
  const at = columns.map((column, i) => ({ ...column, i }));
  const numbers = at.filter(({ name, type }) => isNumber(type) && name !== 'events' && name !== 'newest');
  if (numbers.length === 0 && values.length > 0) {
    const names = columns.map(({ name, type }) => `${name} (${type})`).join(', ');
    throw badQuery(`the answer has no column of numbers, only ${oneLine(names)}: convert one, as with TO_DOUBLE()`);
  }
  const whole = numbers.find(({ name, type }) => isWhole(type) && isQuotient(query, name));
  if (whole !== undefined) {
    throw badQuery(
      `\`${oneLine(whole.name, 80)}\` is a quotient of whole numbers, which ES|QL rounds to a whole number: write TO_DOUBLE() around one of them`,
    );
  }
  return {
    time: at.find(({ name, type }) => isTime(type) && name !== 'newest'),
    texts: at.filter(({ type }) => !isNumber(type) && !isTime(type)),
    numbers,
  };
}

/**
 * One value for each set of texts and each column of numbers: the only one, or of rows with a time the last one or what the
 * question makes of them. A row without a number spoils its series: ES|QL gives rows only for documents that are there.
 *
 * @throws {NotMeasured} `bad-query`, `too-many-series`
 */
export function seriesOf(
  table: Table,
  query: string,
  question: Pick<TelemetryQuestion, 'window' | 'range'>,
): Samples['series'] {
  const { time, texts, numbers } = layoutOf(table, query);
  const found = new Map<string, { labels: Record<string, string>; points: Point[] }>();
  for (const row of table.values) {
    const many = table.columns.find((_, i) => Array.isArray(row[i]));
    if (many) {
      const name = oneLine(many.name, 80);
      throw badQuery(`\`${name}\` has several values in one row: use MV_AVG(), MV_EXPAND and the like`);
    }
    const told = Object.fromEntries(texts.map(({ name, i }) => [name, labelOf(row[i])]));
    for (const { name, i } of numbers) {
      const labels = { ...told, ...(numbers.length > 1 ? { field: oneLine(name, 120) } : {}) };
      const key = labelText(labels);
      const series = found.get(key) ?? { labels, points: [] as Point[] };
      found.set(key, series);
      const at = time === undefined ? 0 : Date.parse(String(row[time.i]));
      const value = reportedNumber(row[i]);
      if (Number.isNaN(at)) throw badQuery('a row has no time in its column of dates');
      series.points.push({ at, value });
    }
  }
  const inBins = isInBins(question.range?.reduce);
  if (inBins && time === undefined && table.values.length > 0)
    throw badQuery(`expected the begin of each bin, as with \`${perBin}\``);
  refuseMany(found.size, inBins ? mostInBins : maxSeries);
  for (const { points } of found.values()) refuseAskew(points, question, `write \`${perBin}\``);
  return [...found.values()].map(({ labels, points }) => {
    if (new Set(points.map(({ at }) => at)).size < points.length) {
      throw badQuery('the answer has several rows that neither a text nor a time tells apart: aggregate in the query');
    }
    const sorted = points.toSorted((a, b) => a.at - b.at);
    return { labels, ...seriesOver(sorted, question, 'begin') };
  });
}

/** The column `events` of the query itself, summed over its rows; undefined: it has none, or one that is not all numbers. */
export function eventsOf({ columns, values }: Table): number | undefined {
  const i = columns.findIndex(({ name, type }) => name === 'events' && isNumber(type));
  if (i === -1 || values.length === 0) return undefined;
  const counts = values.map((row) => row[i]);
  return counts.every((n) => typeof n === 'number' && n >= 0)
    ? (counts as number[]).reduce((a, b) => a + b)
    : undefined;
}

/**
 * The column `newest` of the query itself, milliseconds since the epoch: that of the row that is furthest behind.
 *
 * @returns undefined: it has none; null: it has one that does not say it for every row
 */
export function newestOf({ columns, values }: Table): number | null | undefined {
  const i = columns.findIndex(({ name, type }) => name === 'newest' && (isTime(type) || type === 'null'));
  if (i === -1) return undefined;
  const times = values.map((row) => Date.parse(String(row[i])));
  return times.length === 0 || times.some(Number.isNaN) ? null : Math.min(...times);
}

const labelOf = (cell: unknown): string =>
  typeof cell === 'string' || typeof cell === 'boolean' ? oneLine(String(cell), 120) : '';

/** What the query for evidence says; `newest` in milliseconds since the epoch, undefined: there is no document. */
export function evidenceFrom({ columns, values }: Table): { newest: number | undefined; events: number } | undefined {
  const cell = (name: string): unknown => values[0]?.[columns.findIndex((column) => column.name === name)];
  const events = cell('events');
  if (typeof events !== 'number' || events < 0) return undefined;
  const at = Date.parse(String(cell('newest')));
  return { newest: Number.isNaN(at) ? undefined : at, events };
}
