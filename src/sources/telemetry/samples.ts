/**
 * Source `samples`: recorded samples in a CSV or JSON file, in place of a server: for examples, for tests of a policy, and for
 * telemetry that another step has already fetched.
 */
import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { reportedNumber } from '../../judge/number.js';
import { labelText } from '../../judge/series.js';
import { described, filled, parseDuration } from '../../policy/fields.js';
import { didYouMean } from '../../policy/problems.js';
import type { Samples } from '../../record/evidence.js';
import { iso } from '../../train/clock.js';
import { defineSource, NotMeasured, type SourceContext, type TelemetryQuestion, type Unnamed } from '../source.js';
import { errorCode, locate } from '../workspace.js';
import { overTime, type Point } from './series.js';

const schema = v.strictObject({
  file: described(
    filled,
    'CSV (`time,series,value` and a column for each label) or JSON (a list of such objects), in the workspace.',
  ),
});

interface Row extends Point {
  readonly series: string;
  readonly labels: Readonly<Record<string, string>>;
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
    const wanted = parseSelector(question.query);
    const { from, to } = question.window;
    const reduce = question.range?.reduce ?? 'last';
    const bySeries = new Map<string, Row[]>();
    for (const row of rows) {
      if (row.series !== wanted.name || row.at < from || row.at > to) continue;
      if (!Object.entries(wanted.labels).every(([key, value]) => row.labels[key] === value)) continue;
      const key = labelText(row.labels);
      bySeries.set(key, [...(bySeries.get(key) ?? []), row]);
    }
    const found = [...bySeries.values()];
    // A value is as fresh as the series that is furthest behind.
    const newest = found
      .map((points) => Math.max(...points.map((p) => p.at)))
      .reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    return {
      kind: 'samples',
      subject: `${found.length} series of ${question.query} in ${this.#file}`,
      query: question.query,
      at: iso(this.#context.clock.now()),
      seen: found.length,
      notes: found.length === 0 ? [this.#absence(wanted.name, rows)] : [],
      partial: false,
      window: { from: iso(from), to: iso(to) },
      newest: Number.isFinite(newest) ? iso(newest) : null,
      series: found.map((points) => ({
        labels: { ...points[0]?.labels },
        value: overTime(points, reduce),
        points: points.length,
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
    let text: string;
    try {
      const located = await locate(this.#context.workspace, this.#file);
      if (located === undefined)
        throw new NotMeasured('outside-workspace', `${this.#file} lies outside the workspace`, permanent);
      text = await readFile(located.absolute, 'utf8');
    } catch (error) {
      if (error instanceof NotMeasured) throw error;
      throw new NotMeasured('unreadable', `${this.#file} cannot be read (${errorCode(error)})`, permanent);
    }
    const entries = /\.json$/i.test(this.#file) ? this.#json(text) : await this.#csv(text);
    const rows = entries.map(({ entry, where }) => this.#row(entry, where));
    return rows.toSorted((a, b) => a.at - b.at);
  }

  async #csv(text: string): Promise<{ entry: Record<string, unknown>; where: string }[]> {
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
        ({ record, info }) => ({
          entry: record,
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

  #json(text: string): { entry: Record<string, unknown>; where: string }[] {
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
      const { labels, ...entry } = item as Record<string, unknown>;
      return { entry: { ...(typeof labels === 'object' ? labels : {}), ...entry }, where };
    });
  }

  #row({ time, series, value, ...labels }: Record<string, unknown>, where: string): Row {
    if (typeof series !== 'string' || series === '') throw this.#wrong(where, 'a series');
    const at = this.#time(time);
    if (at === undefined)
      throw this.#wrong(
        where,
        'a time: ISO 8601 with a time zone, or relative to the start of the step, as in -5m, 0s or +30s',
      );
    if (value === undefined || value === '') throw this.#wrong(where, 'a value');
    const texts = Object.entries(labels).flatMap(([key, x]) =>
      x === '' || x === null || x === undefined ? [] : [[key, typeof x === 'string' ? x : JSON.stringify(x)] as const],
    );
    return { at, series, value: reportedNumber(value), labels: Object.fromEntries(texts) };
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
  family: 'telemetry',
  schema,
  open: (config, context) => new RecordedSamples(config.file, context),
});
