/**
 * Source `samples`: recorded samples in a CSV or JSON file, in place of a server: for examples, for tests of a policy, and for
 * telemetry that another step has already fetched.
 */
import * as v from 'valibot';
import { reportedNumber } from '../../judge/number.js';
import { labelText } from '../../judge/series.js';
import { described, filled, parseDuration } from '../../policy/fields.js';
import { didYouMean } from '../../policy/problems.js';
import type { Samples } from '../../record/evidence.js';
import { iso } from '../../train/clock.js';
import {
  defineSource,
  NotMeasured,
  queryOf,
  type SourceContext,
  type TelemetryQuestion,
  type Unnamed,
} from '../source.js';
import { readText } from '../workspace.js';
import { type Point, seriesOver } from './series.js';

const schema = v.strictObject({
  file: described(
    filled,
    'CSV (`time,series,value` and a column for each label) or JSON (a list of such objects), in the workspace.',
  ),
});

interface Row extends Point {
  readonly series: string;
  readonly labels: Readonly<Record<string, string>>;
  /** File and line, or file and entry. */
  readonly where: string;
}

/** A row of the file before it is read. */
interface Entry {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly labels: Readonly<Record<string, unknown>>;
  readonly where: string;
}

const permanent = { permanent: true };

class RecordedSamples {
  readonly #file: string;
  readonly #context: SourceContext;
  /** What `-5m` in the file counts from, so that an example does not go stale. */
  readonly #opened: number;
  #rows: Promise<readonly Row[]> | undefined;

  constructor(file: string, context: SourceContext) {
    this.#file = file;
    this.#context = context;
    this.#opened = context.clock.now();
  }

  async ask(question: TelemetryQuestion): Promise<Unnamed<Samples>> {
    this.#rows ??= this.#read();
    const rows = await this.#rows;
    const query = queryOf(question);
    const wanted = parseSelector(query);
    const { from, to } = question.window;
    const bySeries = new Map<string, Row[]>();
    for (const row of rows) {
      if (row.series !== wanted.name || row.at < from || row.at > to) continue;
      if (!Object.entries(wanted.labels).every(([key, value]) => (row.labels[key] ?? '') === value)) continue;
      const key = labelText(row.labels);
      const points = bySeries.get(key);
      if (points) points.push(row);
      else bySeries.set(key, [row]);
    }
    const found = [...bySeries.values()];
    // A value is as fresh as the series that is furthest behind.
    const newest = found
      .map((points) => Math.max(...points.map((p) => p.at)))
      .reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    return {
      kind: 'samples',
      subject: `${found.length} series of ${query} in ${this.#file}`,
      query,
      at: iso(this.#context.clock.now()),
      seen: found.length,
      notes: found.length === 0 ? [this.#absence(wanted.name, rows)] : [],
      partial: false,
      window: { from: iso(from), to: iso(to) },
      newest: Number.isFinite(newest) ? iso(newest) : null,
      series: found.map((points) => ({
        labels: { ...points[0]?.labels },
        ...seriesOver(points, question, 'end'),
      })),
    };
  }

  #absence(name: string, rows: readonly Row[]): string {
    const names = [...new Set(rows.map((r) => r.series))];
    return names.includes(name)
      ? `\`${name}\` has no sample with these labels in the window`
      : `there is no series \`${name}\`${didYouMean(name, names)}`;
  }

  async #read(): Promise<readonly Row[]> {
    const text = await readText(this.#context.workspace, this.#file);
    const entries = /\.json$/i.test(this.#file) ? this.#json(text) : await this.#csv(text);
    const rows = entries.map((entry) => this.#row(entry)).toSorted((a, b) => a.at - b.at);
    if (rows.length === 0) throw this.#wrong(this.#file, 'at least one sample');
    this.#refuseTwice(rows);
    return rows;
  }

  /** Two values of one series at one time: nobody could say which is right. */
  #refuseTwice(rows: readonly Row[]): void {
    const seen = new Map<string, Row>();
    for (const row of rows) {
      const key = `${row.at} ${row.series} ${labelText(row.labels)}`;
      const other = seen.get(key);
      if (other) throw this.#wrong(row.where, `one sample of \`${row.series}\` for this time (see ${other.where})`);
      seen.set(key, row);
    }
  }

  async #csv(text: string): Promise<Entry[]> {
    const { parse } = await import('csv-parse/sync');
    try {
      const records = parse(text, {
        columns: true,
        bom: true,
        trim: true,
        skip_empty_lines: true,
        comment: '#',
        comment_no_infix: true,
        info: true,
      });
      return (records as unknown as { record: Record<string, unknown>; info: { lines: number } }[]).map(
        ({ record: { time, series, value, ...labels }, info }) => ({
          fields: { time, series, value },
          labels,
          where: `${this.#file}:${info.lines}`,
        }),
      );
    } catch (error) {
      throw new NotMeasured(
        'unreadable',
        `${this.#file} is no CSV with a header: ${(error as Error).message}`,
        permanent,
      );
    }
  }

  #json(text: string): Entry[] {
    let list: unknown;
    try {
      list = JSON.parse(text);
    } catch (error) {
      throw new NotMeasured('unreadable', `${this.#file} is no JSON: ${(error as Error).message}`, permanent);
    }
    if (!Array.isArray(list)) throw this.#wrong(this.#file, 'a list of samples');
    return list.map((item: unknown, i) => {
      const where = `${this.#file}: entry ${i + 1}`;
      if (typeof item !== 'object' || item === null) throw this.#wrong(where, 'an object with time, series and value');
      const { labels = {}, ...fields } = item as Record<string, unknown>;
      if (typeof labels !== 'object' || labels === null || Array.isArray(labels)) {
        throw this.#wrong(where, 'labels as an object');
      }
      return { fields, labels: labels as Record<string, unknown>, where };
    });
  }

  #row({ fields, labels, where }: Entry): Row {
    const { time, series, value, ...unknown } = fields;
    const [stray] = Object.keys(unknown);
    if (stray !== undefined) throw this.#wrong(where, `time, series, value and labels only, found \`${stray}\``);
    if (typeof series !== 'string' || series === '') throw this.#wrong(where, 'a series');
    const at = this.#time(time);
    if (at === undefined) {
      const forms = 'ISO 8601 with a time zone, or relative to the start of the step, as in -5m, 0s or +30s';
      throw this.#wrong(where, `a time: ${forms}`);
    }
    const number = reportedNumber(value);
    if (number === null) throw this.#wrong(where, 'a value: a decimal number, NaN, +Inf or -Inf');
    const named = Object.entries(labels).filter(([, x]) => x !== '');
    const wrong = named.find(([, x]) => typeof x !== 'string');
    if (wrong) throw this.#wrong(where, `a text for the label \`${wrong[0]}\``);
    // In one order, so that the same labels make the same series.
    const sorted = (named as [string, string][]).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return { at, series, value: number, labels: Object.fromEntries(sorted), where };
  }

  #time(raw: unknown): number | undefined {
    const text = typeof raw === 'string' ? raw.trim() : '';
    const [, sign, span] = /^([+-]?)(\d\S*)$/.exec(text) ?? [];
    const offset = span === undefined ? undefined : parseDuration(span);
    if (offset !== undefined) return this.#opened + (sign === '-' ? -offset : offset);
    if (!/^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:?\d{2})$/i.test(text)) return undefined;
    const at = Date.parse(text);
    return Number.isNaN(at) ? undefined : at;
  }

  #wrong(where: string, expected: string): NotMeasured {
    return new NotMeasured('unreadable', `${where}: expected ${expected}`, permanent);
  }
}

/** `name` or `name{label="value", …}`. */
function parseSelector(query: string): { name: string; labels: Readonly<Record<string, string>> } {
  const [, name, inner] = /^\s*([^{}()[\]\s]+)\s*(?:\{(.*)\})?\s*$/.exec(query) ?? [];
  const labels = [...(inner ?? '').matchAll(/\s*([\w.-]+)\s*=\s*"([^"]*)"\s*(?:,|$)/gy)];
  const read = labels.reduce((length, [all]) => length + all.length, 0);
  if (name === undefined || read !== (inner ?? '').length) {
    throw new NotMeasured(
      'bad-query',
      `expected a query such as \`name\` or \`name{label="value"}\`, found \`${query}\``,
      permanent,
    );
  }
  return { name, labels: Object.fromEntries(labels.map(([, key, value]) => [key, value])) };
}

export const samplesSource = defineSource({
  type: 'samples',
  families: ['telemetry'],
  schema,
  open(config, context) {
    const recorded = new RecordedSamples(config.file, context);
    return { telemetry: (question) => recorded.ask(question) };
  },
});
