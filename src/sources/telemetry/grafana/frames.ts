/**
 * Data frames as `/api/ds/query` gives them: columns with a type, their values beside them
 * (https://grafana.com/developers/plugin-tools/key-concepts/data-frames).
 */
import * as v from 'valibot';
import { reportedNumber } from '../../../judge/number.js';
import { labelText } from '../../../judge/series.js';
import type { Reported } from '../../../record/evidence.js';
import { NotMeasured, type Window } from '../../source.js';
import { oneLine } from '../../text.js';
import type { Point } from '../series.js';

const maybe = <S extends v.GenericSchema>(schema: S) => v.optional(v.nullable(schema));
const rows = maybe(v.array(v.number()));
/** The rows of a column whose null is a number that JSON cannot write. */
const entity = v.object({ NaN: rows, Inf: rows, NegInf: rows });
const field = v.object({
  name: v.optional(v.string(), ''),
  type: v.optional(v.string(), 'other'),
  labels: maybe(v.record(v.string(), v.string())),
});
const notice = v.object({ severity: maybe(v.union([v.string(), v.number()])), text: maybe(v.string()) });
const frameForm = v.object({
  schema: maybe(
    v.object({
      fields: maybe(v.array(field)),
      meta: maybe(v.object({ notices: maybe(v.array(notice)), dataTopic: maybe(v.string()) })),
    }),
  ),
  data: maybe(v.object({ values: maybe(v.array(v.array(v.unknown()))), entities: maybe(v.array(v.nullable(entity))) })),
});
export type Frame = v.InferOutput<typeof frameForm>;

/** The answer to one query of a request; an error stands in it while the request itself is answered with 200. */
export const resultForm = v.object({
  status: maybe(v.number()),
  error: maybe(v.string()),
  frames: maybe(v.array(frameForm)),
});
export type Result = v.InferOutput<typeof resultForm>;

/** A series of points; without a column of times one of a single value. */
export interface Series {
  readonly labels: Record<string, string>;
  readonly points: readonly Point[];
  /** Its points have times. */
  readonly timed: boolean;
}

interface Column {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly cells: readonly unknown[];
  /** The cell as a number; null is none. */
  number(row: number): Reported;
}

function columnsOf({ schema, data }: Frame, ...types: readonly string[]): Column[] {
  return (schema?.fields ?? []).flatMap(({ name, type, labels }, i) => {
    if (!types.includes(type)) return [];
    const cells = data?.values?.[i] ?? [];
    const { NaN: nan, Inf: inf, NegInf: negative } = data?.entities?.[i] ?? {};
    const odd = new Map<number, Reported>([
      ...(nan ?? []).map((row): [number, Reported] => [row, 'NaN']),
      ...(inf ?? []).map((row): [number, Reported] => [row, '+Inf']),
      ...(negative ?? []).map((row): [number, Reported] => [row, '-Inf']),
    ]);
    const number = (row: number): Reported => odd.get(row) ?? reportedNumber(cells[row]);
    return [{ name, labels: labels ?? {}, cells, number }];
  });
}

const labelOf = (cell: unknown): string =>
  typeof cell === 'string' || typeof cell === 'boolean' || typeof cell === 'number' ? oneLine(String(cell), 120) : '';

/** Warnings that a data source gave with its answer; `partial` when one of them is more than a remark. */
export function noticesOf({ frames }: Result): { notes: string[]; partial: boolean } {
  const notices = (frames ?? []).flatMap(({ schema }) => schema?.meta?.notices ?? []);
  return {
    notes: [...new Set(notices.map(({ text }) => oneLine(text ?? 'a notice without words')))],
    // Severities are words, and numbers in old versions: 0 is a remark.
    partial: notices.some(({ severity }) => severity !== 'info' && severity !== 0),
  };
}

/**
 * The series of an answer: one for each column of numbers and each combination of the texts beside it. Points outside of
 * `window` are left out, since data sources widen it to whole steps.
 *
 * @throws {NotMeasured} `bad-query` when there are rows and none of their columns holds numbers, or nothing tells them apart
 */
export function seriesOf({ frames }: Result, window: Window): Series[] {
  const found = new Map<string, { labels: Record<string, string>; points: Point[]; timed: boolean }>();
  // Exemplars and annotations come as frames of their own.
  for (const frame of (frames ?? []).filter(({ schema }) => schema?.meta?.dataTopic !== 'annotations')) {
    const [time] = columnsOf(frame, 'time');
    const texts = columnsOf(frame, 'string', 'boolean', 'enum');
    const numbers = columnsOf(frame, 'number');
    const height = Math.max(0, ...(frame.data?.values ?? []).map((cells) => cells.length));
    if (numbers.length === 0 && height > 0) {
      const names = (frame.schema?.fields ?? []).map(({ name, type }) => `${name} (${type})`).join(', ');
      const message = `the answer has no column of numbers, only ${oneLine(names) || 'columns without a name'}: convert one in the query`;
      throw new NotMeasured('bad-query', message, { permanent: true });
    }
    for (const column of numbers) {
      const own = { ...column.labels, ...(numbers.length > 1 ? { field: oneLine(column.name, 120) } : {}) };
      for (let row = 0; row < column.cells.length; row++) {
        const at = time?.cells[row];
        const value = column.number(row);
        const inside = typeof at === 'number' && at >= window.from && at <= window.to;
        if (time && (value === null || !inside)) continue;
        const told = texts.map(({ name, cells }) => [name, labelOf(cells[row])]);
        const labels = { ...own, ...Object.fromEntries(told) };
        const key = labelText(labels);
        const series = found.get(key) ?? { labels, points: [] as Point[], timed: time !== undefined };
        series.points.push({ at: typeof at === 'number' ? at : window.to, value });
        found.set(key, { ...series, timed: series.timed && time !== undefined });
      }
    }
  }
  return [...found.values()].map((series) => {
    if (new Set(series.points.map(({ at }) => at)).size < series.points.length) {
      const message = `the answer has several rows${series.timed ? ' of one time' : ''} that no text tells apart: aggregate in the query`;
      throw new NotMeasured('bad-query', message, { permanent: true });
    }
    return { ...series, points: series.points.toSorted((a, b) => a.at - b.at) };
  });
}
