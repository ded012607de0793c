/**
 * Metrics (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html).
 *
 * The metrics behind a formula are returned beside it: `FILL` and the like give points where nothing was measured, so it is their
 * points that tell how new the answer is.
 */
import * as v from 'valibot';
import { reportedNumber } from '../../../judge/number.js';
import { formatDuration } from '../../../policy/fields.js';
import type { Reported, Samples } from '../../../record/evidence.js';
import { iso } from '../../../train/clock.js';
import { NotMeasured, queryOf, type TelemetryQuestion, type Unnamed } from '../../source.js';
import { oneLine } from '../../text.js';
import { isInBins, overTime, type Point, refuseBins, refuseMany, seriesOver } from '../series.js';
import { type Cloudwatch, millis, notCloudwatch } from './client.js';
import { type CloudwatchQuery, parseQuery, type Reduce } from './query.js';

const minuteMs = 60_000;
const maxSeries = 100;
const maxPages = 20;

const maybe = <S extends v.GenericSchema>(schema: S) => v.optional(v.nullable(schema));
const messages = maybe(v.array(v.object({ Code: maybe(v.string()), Value: maybe(v.string()) })));
const resultForm = v.object({
  Id: v.string(),
  Label: maybe(v.string()),
  Timestamps: maybe(v.array(v.number())),
  Values: maybe(v.array(v.union([v.number(), v.string(), v.null()]))),
  StatusCode: maybe(v.string()),
  Messages: messages,
});
type Result = v.InferOutput<typeof resultForm>;
const pageForm = v.object({
  MetricDataResults: v.array(resultForm),
  Messages: messages,
  NextToken: maybe(v.string()),
});

/** The points of one query's series by label, the oldest first; `notes` say what is incomplete. */
interface Read {
  readonly lines: ReadonlyMap<string, ReadonlyMap<string, readonly Point[]>>;
  readonly notes: readonly string[];
}

/** @throws {NotMeasured} `bad-query`, `query-failed`, `forbidden`, `too-many-series` and those of the client */
export async function askMetrics(
  client: Cloudwatch,
  question: TelemetryQuestion,
  signal: AbortSignal,
): Promise<Unnamed<Samples>> {
  const { window, range } = question;
  const text = queryOf(question);
  const everyMs = range?.everyMs ?? minuteMs;
  const periodMs = Math.max(minuteMs, Math.floor(everyMs / minuteMs) * minuteMs);
  if (periodMs !== everyMs)
    refuseBins(question, `CloudWatch has whole minutes, not bins of ${formatDuration(everyMs)}`);
  const query = parseQuery(text, periodMs / 1000);
  // A point that begins before the window or ends after it holds what is not asked for.
  const from = Math.ceil(window.from / periodMs) * periodMs;
  const to = Math.floor(window.to / periodMs) * periodMs;
  const common = {
    kind: 'samples',
    subject: `${oneLine(text, 160)} in ${client.region}`,
    query: text,
    link: `${client.pages}metricsV2:`,
    at: iso(client.now()),
  } as const;
  if (from >= to) {
    const notes = [`the window holds no whole ${formatDuration(periodMs)} yet`];
    const asked = { from: iso(window.from), to: iso(window.to) };
    return { ...common, seen: 0, notes, partial: false, window: asked, newest: null, series: [] };
  }
  const { lines, notes: incomplete } = await read(client, query, { from, to }, signal);
  const of = (id: string): ReadonlyMap<string, readonly Point[]> =>
    lines.get(id) ?? new Map<string, readonly Point[]>();
  const proven = newestOf(query, of, periodMs);
  const series = seriesOf(query, of, { window: { from, to }, ...(range && { range }) });
  refuseMany(series.length, maxSeries);
  return {
    ...common,
    seen: proven.newest === undefined ? 0 : series.length,
    notes: [
      ...incomplete,
      ...proven.notes,
      ...(periodMs === everyMs
        ? []
        : [`CloudWatch has whole minutes: points every ${formatDuration(periodMs)}, not ${formatDuration(everyMs)}`]),
    ],
    partial: incomplete.length > 0,
    window: { from: iso(from), to: iso(to) },
    newest: proven.newest === undefined ? null : iso(proven.newest),
    series,
  };
}

async function read(
  client: Cloudwatch,
  query: CloudwatchQuery,
  { from, to }: { readonly from: number; readonly to: number },
  signal: AbortSignal,
): Promise<Read> {
  const returned = new Set([query.main, ...query.raw]);
  const input = {
    MetricDataQueries: query.queries.map((q) => ({ ...q, ReturnData: returned.has(q.Id) })),
    StartTime: from / 1000,
    EndTime: to / 1000,
    ScanBy: 'TimestampDescending',
  };
  const points = new Map<string, Map<string, Map<number, Reported>>>();
  /** The last word on each series: one that is not complete on one page may be so with the next. */
  const status = new Map<string, string>();
  const notes = new Set<string>();
  let token: string | undefined;
  const tokens = new Set<string>();
  do {
    const json = await client.call(
      'GetMetricData',
      { ...input, ...(token === undefined ? {} : { NextToken: token }) },
      signal,
    );
    const parsed = v.safeParse(pageForm, json);
    if (!parsed.success) throw notCloudwatch(client.origin);
    const page = parsed.output;
    for (const note of wordsOf(page.Messages)) notes.add(note);
    const met = new Set<string>();
    for (const result of page.MetricDataResults) {
      const { Id, Label } = result;
      if (!returned.has(Id)) continue;
      for (const note of wordsOf(result.Messages)) notes.add(note);
      refuseFailed(result);
      const name = `${Id} ${Label ?? ''}`;
      if (met.has(name)) {
        const message = `CloudWatch gives two series with the same label ${oneLine(Label ?? '', 80)}: aggregate in the query`;
        throw new NotMeasured('too-many-series', message, { permanent: true });
      }
      met.add(name);
      status.set(name, result.StatusCode ?? '');
      const lines = points.get(Id) ?? new Map<string, Map<number, Reported>>();
      points.set(Id, lines);
      const line = lines.get(Label ?? '') ?? new Map<number, Reported>();
      lines.set(Label ?? '', line);
      for (const [i, seconds] of (result.Timestamps ?? []).entries()) {
        const at = millis(seconds);
        if (at !== undefined && at >= from && at < to) line.set(at, reportedNumber(result.Values?.[i]));
      }
    }
    token = page.NextToken || undefined;
    if (token !== undefined && tokens.has(token)) {
      throw new NotMeasured('bad-answer', `${client.origin} gives the same page again`);
    }
    if (token !== undefined) tokens.add(token);
  } while (token !== undefined && tokens.size < maxPages);
  if (token !== undefined) notes.add('CloudWatch has more of this answer, which is not read');
  const unfinished = [...status.values()].filter((code) => code !== 'Complete');
  if (unfinished.length > 0) {
    notes.add(`CloudWatch gave only a part of the points (${oneLine(unfinished[0] || 'no status', 40)})`);
  }
  // A SELECT or a search that finds nothing has no result at all; of all others one without points is expected.
  const missing = query.queries.filter(({ Id, MetricStat }) => {
    const expected = MetricStat !== undefined || (query.formula && Id === query.main);
    return returned.has(Id) && expected && !points.has(Id);
  });
  for (const { Id } of missing) notes.add(`CloudWatch gave no result for \`${oneLine(Id, 40)}\``);
  const sorted = (line: ReadonlyMap<number, Reported>): Point[] =>
    [...line].map(([at, value]) => ({ at, value })).sort((a, b) => a.at - b.at);
  const lines = new Map(
    [...points].map(([id, named]) => [
      id,
      new Map([...named].map(([label, line]) => [label, sorted(line)] as const).filter(([, p]) => p.length > 0)),
    ]),
  );
  return { lines, notes: [...notes] };
}

const wordsOf = (list: v.InferOutput<typeof messages>): string[] =>
  (list ?? []).map(({ Code, Value }) => oneLine([Code, Value].filter(Boolean).join(': ')));

function refuseFailed({ Id, StatusCode, Messages }: Result): void {
  const [said] = wordsOf(Messages);
  const because = said === undefined ? '' : `: ${said}`;
  if (StatusCode === 'InternalError') {
    throw new NotMeasured('query-failed', `CloudWatch failed on the query \`${oneLine(Id, 40)}\`${because}`);
  }
  if (StatusCode === 'Forbidden') {
    const message = `CloudWatch refuses the query \`${oneLine(Id, 40)}\`${because}; give the role or user the permission \`cloudwatch:GetMetricData\`, in each account that is asked`;
    throw new NotMeasured('forbidden', message);
  }
}

type LinesOf = (id: string) => ReadonlyMap<string, readonly Point[]>;

const allOf = (lines: ReadonlyMap<string, readonly Point[]>): Point[] => [...lines.values()].flat();

/** As one value; a sum of no finite numbers is none. */
function reduced(points: readonly Point[], how: Reduce): Reported {
  if (how !== 'sum') return overTime(points, how);
  const mean = overTime(points, 'avg');
  return typeof mean === 'number' ? points.reduce((sum, { value }) => sum + Number(value), 0) : mean;
}

function seriesOf(
  { main, beside, reduce }: CloudwatchQuery,
  of: LinesOf,
  question: Pick<TelemetryQuestion, 'window' | 'range'>,
): Samples['series'] {
  const lines = [...of(main)];
  const proof = beside === undefined ? [] : allOf(of(beside));
  if (isInBins(question.range?.reduce)) return binned(lines, proof, question);
  // Where the metric beside it has points and this one has none, nothing of its kind happened.
  if (lines.length === 0 && proof.length > 0) return [{ labels: {}, value: 0, points: proof.length }];
  return lines.map(([label, points]) => ({
    labels: lines.length === 1 || label === '' ? {} : { label: oneLine(label, 120) },
    ...(question.range
      ? seriesOver(points, question, 'begin')
      : { value: reduced(points, reduce), points: points.length }),
  }));
}

/** Each bin by itself: where the metric beside it has a point and this one has none, nothing of its kind happened in this bin. */
function binned(
  lines: readonly (readonly [label: string, points: readonly Point[]])[],
  proof: readonly Point[],
  question: Pick<TelemetryQuestion, 'window' | 'range'>,
): Samples['series'] {
  const proven = [...new Set(proof.map(({ at }) => at))];
  const all = lines.length === 0 && proven.length > 0 ? [['', []] as const] : lines;
  return all.map(([label, points]) => {
    const known = new Set(points.map(({ at }) => at));
    const zeros = proven.filter((at) => !known.has(at)).map((at) => ({ at, value: 0 }));
    // By its label even when it is alone: that of an arm whose other one is not there.
    const labels = label === '' ? {} : { label: oneLine(label, 120) };
    return { labels, ...seriesOver([...points, ...zeros], question, 'begin') };
  });
}

/**
 * The end of the newest point: of the metric that is furthest behind, of those that may not be silent. Where all may, any proves that
 * there is something.
 */
function newestOf(
  { raw, maySilence, beside, queries }: CloudwatchQuery,
  of: LinesOf,
  periodMs: number,
): { newest: number | undefined; notes: string[] } {
  const ends = raw.map((id) => {
    // Of a query with several series the one that is furthest behind.
    const each = [...of(id).values()].map((points) => (points.at(-1)?.at ?? 0) + periodMs);
    return { id, end: each.length === 0 ? undefined : Math.min(...each) };
  });
  const named = (id: string): string => {
    const stat = queries.find((q) => q.Id === id)?.MetricStat as { Metric?: { MetricName?: unknown } } | undefined;
    const name = stat?.Metric?.MetricName;
    return oneLine(typeof name === 'string' ? name : id, 80);
  };
  const silent = ends.filter(({ end }) => end === undefined);
  const notes = silent.map(({ id }) =>
    beside !== undefined && id !== beside
      ? `\`${named(id)}\` has no points, which counts as zero while \`${named(beside)}\` has some`
      : `\`${named(id)}\` has no points in the window`,
  );
  if (raw.length === 0) notes.push('the formula reads no metric of the list, so nothing it gives can be proven');
  const needed = ends.filter(({ id }) => !maySilence.includes(id));
  const known = (needed.length > 0 ? needed : ends).map(({ end }) => end);
  const told = known.filter((end): end is number => end !== undefined);
  if (told.length === 0 || (needed.length > 0 && told.length < known.length)) return { newest: undefined, notes };
  return { newest: needed.length > 0 ? Math.min(...told) : Math.max(...told), notes };
}
