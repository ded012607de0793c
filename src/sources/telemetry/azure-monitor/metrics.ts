/**
 * Metrics of a resource (https://learn.microsoft.com/rest/api/monitor/metrics/list).
 *
 * Azure gives one point for each minute, and for many metrics it fills minutes in which nothing happened with zeros. A zero is
 * therefore no sign of life: what counts as a datum is a point with something in it.
 */
import * as v from 'valibot';
import { reportedNumber } from '../../../judge/number.js';
import { formatDuration } from '../../../policy/fields.js';
import type { Reported, Samples } from '../../../record/evidence.js';
import { iso } from '../../../train/clock.js';
import { NotMeasured, type TelemetryQuestion, type Unnamed } from '../../source.js';
import { oneLine } from '../../text.js';
import { isInBins, type Point, seriesOver } from '../series.js';
import { type Arm, lastSegment, notArm } from './arm.js';
import { type Aggregation, filterOf, type MetricQuery, parseMetricQuery } from './query.js';

const minuteMs = 60_000;

/** The lengths of time that Azure takes together, by their ISO 8601 names. */
const grains: ReadonlyMap<number, string> = new Map([
  [minuteMs, 'PT1M'],
  [5 * minuteMs, 'PT5M'],
  [15 * minuteMs, 'PT15M'],
  [30 * minuteMs, 'PT30M'],
  [60 * minuteMs, 'PT1H'],
]);

const maxSeries = 100;

const named = v.object({ value: v.string() });
const point = v.looseObject({ timeStamp: v.string() });
const timeseries = v.object({
  metadatavalues: v.optional(v.nullable(v.array(v.object({ name: named, value: v.string() })))),
  data: v.optional(v.nullable(v.array(point))),
});
const answerForm = v.object({
  interval: v.optional(v.string()),
  nextLink: v.optional(v.nullable(v.string())),
  value: v.array(
    v.object({
      name: named,
      errorCode: v.optional(v.nullable(v.string())),
      errorMessage: v.optional(v.nullable(v.string())),
      timeseries: v.optional(v.nullable(v.array(timeseries))),
    }),
  ),
});

/** One bucket of one series that has a value. */
interface Bucket {
  /** Its start, milliseconds since the epoch. */
  readonly at: number;
  readonly value: Reported;
  /** Measurements in it; undefined: Azure does not say. */
  readonly count: number | undefined;
}

interface Line {
  readonly labels: Readonly<Record<string, string>>;
  readonly buckets: readonly Bucket[];
}

const isSum = (aggregation: Aggregation): boolean => aggregation === 'total' || aggregation === 'count';

/** Whether something was measured in the bucket. */
function hasData({ value, count }: Bucket, aggregation: Aggregation): boolean {
  if (count !== undefined) return count > 0;
  return !isSum(aggregation) || value !== 0;
}

export interface MetricsContext {
  readonly arm: Arm;
  readonly resource: string;
  /** Where people look at it. */
  readonly link: string;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** Asks for one metric over the whole buckets in the window. */
export async function askMetric(
  context: MetricsContext,
  text: string,
  question: TelemetryQuestion,
  signal: AbortSignal,
): Promise<Unnamed<Samples>> {
  const query = parseMetricQuery(text);
  const grainMs = question.range?.everyMs ?? minuteMs;
  const interval = grains.get(grainMs);
  if (interval === undefined) {
    const expected = [...grains.keys()].map(formatDuration).join(', ');
    const message = `Azure has no points every ${formatDuration(grainMs)}; expected \`range.every\` of ${expected}`;
    throw new NotMeasured('bad-query', message, { permanent: true });
  }
  // A bucket that begins before the window or ends after it holds what is not asked for.
  const from = Math.ceil(question.window.from / grainMs) * grainMs;
  const to = Math.floor(question.window.to / grainMs) * grainMs;
  const common = {
    kind: 'samples',
    subject: `${oneLine(text, 160)} of ${lastSegment(context.resource)}`,
    query: text,
    link: context.link,
    at: iso(context.now()),
  } as const;
  if (from >= to) {
    const notes = [`the window holds no whole ${formatDuration(grainMs)} yet`];
    const { window } = question;
    const asked = { from: iso(window.from), to: iso(window.to) };
    return { ...common, seen: 0, notes, partial: false, window: asked, newest: null, series: [] };
  }
  const filter = filterOf(query);
  const parameters = {
    'api-version': '2024-02-01',
    metricnames: [query.metric, ...(query.beside === undefined ? [] : [query.beside])].join(','),
    timespan: `${iso(from)}/${iso(to)}`,
    interval,
    aggregation: query.aggregation === 'count' ? 'count' : `${query.aggregation},count`,
    AutoAdjustTimegrain: 'false',
    ...(query.per === undefined ? {} : { metricnamespace: query.per }),
    // Of a metric that is split, Azure gives ten series unless it is asked for more.
    ...(filter === undefined ? {} : { $filter: filter, top: String(maxSeries + 1), ValidateDimensions: 'true' }),
  };
  const path = `${context.resource}/providers/Microsoft.Insights/metrics`;
  const json = await context.arm.get(path, parameters, 'the role Monitoring Reader on the resource', signal);
  const parsed = v.safeParse(answerForm, json);
  if (!parsed.success) throw notArm(context.arm.origin);
  const answer = parsed.output;
  if (answer.interval !== undefined && answer.interval !== interval) {
    throw new NotMeasured('bad-answer', `Azure answered every ${oneLine(answer.interval, 20)}, asked for ${interval}`);
  }
  const read = (metric: string): Line[] => linesOf(answer, metric, { ...query, from, to, grainMs });
  const main = read(query.metric);
  const beside = query.beside === undefined ? undefined : read(query.beside);
  const reduced = reduce(query.aggregation, main, beside, { ...question, window: { from, to } });
  if (reduced.series.length > maxSeries) {
    const message = `the metric has more than ${maxSeries} series: narrow it with \`where\``;
    throw new NotMeasured('too-many-series', message, { permanent: true });
  }
  const cut = typeof answer.nextLink === 'string' && answer.nextLink !== '';
  return {
    ...common,
    ...reduced,
    notes: [...reduced.notes, ...(cut ? ['Azure has more of this answer, which is not read'] : [])],
    partial: cut,
    window: { from: iso(from), to: iso(to) },
  };
}

/** The buckets with a value of one metric of the answer. */
function linesOf(
  { value }: v.InferOutput<typeof answerForm>,
  metric: string,
  { aggregation, from, to, grainMs }: MetricQuery & { from: number; to: number; grainMs: number },
): Line[] {
  const found = value.find(({ name }) => name.value.toLowerCase() === metric.toLowerCase());
  if (!found) throw new NotMeasured('bad-answer', `Azure's answer lacks the metric ${oneLine(metric, 80)}`);
  const { errorCode, errorMessage } = found;
  if (errorCode !== undefined && errorCode !== null && errorCode !== 'Success') {
    const message = `Azure could not read the metric ${oneLine(metric, 80)}: ${oneLine(errorMessage ?? errorCode)}`;
    throw new NotMeasured('query-failed', message);
  }
  return (found.timeseries ?? []).map(({ metadatavalues, data }) => ({
    labels: Object.fromEntries((metadatavalues ?? []).map((m) => [m.name.value, m.value])),
    buckets: (data ?? [])
      .flatMap((p): Bucket[] => {
        const at = Date.parse(p.timeStamp);
        // An aggregation that is not there means that there is nothing, not that there is zero.
        const value = reportedNumber(p[aggregation]);
        if (value === null || !(at >= from && at + grainMs <= to)) return [];
        const count = reportedNumber(p.count);
        return [{ at, value, count: typeof count === 'number' ? count : undefined }];
      })
      .sort((a, b) => a.at - b.at),
  }));
}

type Reduced = Pick<Unnamed<Samples>, 'series' | 'seen' | 'newest' | 'notes'> & { events?: number };

/** One value for each series over the window, and what proves it. */
function reduce(
  aggregation: Aggregation,
  main: readonly Line[],
  beside: readonly Line[] | undefined,
  question: TelemetryQuestion,
): Reduced {
  const alive = (lines: readonly Line[]): Line[] =>
    lines.flatMap(({ labels, buckets }) => {
      const full = buckets.filter((b) => hasData(b, aggregation));
      return full.length === 0 ? [] : [{ labels, buckets: full }];
    });
  const living = alive(main);
  const proving = beside === undefined ? living : alive(beside);
  const key = ({ labels }: Line): string => JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
  const known = new Set(main.map(key));
  const proven = new Set([...living, ...proving].map(key));
  // Where the one beside it is alive and this one has no point, nothing of its kind happened.
  const silent = beside === undefined ? [] : proving.filter((line) => !known.has(key(line)));
  const shown = isSum(aggregation) ? main.filter((line) => proven.has(key(line))) : living;
  const series = isInBins(question.range?.reduce)
    ? proving.map((proof) =>
        binned(
          aggregation,
          main.find((line) => key(line) === key(proof)),
          proof,
          question,
        ),
      )
    : [
        ...shown.flatMap((line) => seriesOf(aggregation, line, question)),
        ...silent.map(({ labels, buckets }) => ({ labels: { ...labels }, value: 0, points: buckets.length })),
      ];
  const points = [...living, ...proving].flatMap(({ buckets }) => buckets);
  const newest = points.reduce((a, { at }) => Math.max(a, at), Number.NEGATIVE_INFINITY);
  const counts = proving.flatMap(({ buckets }) => buckets.map(({ count }) => count));
  const counted = counts.every((n) => n !== undefined) && counts.length > 0;
  const zeros = proving.length === 0 && main.some(({ buckets }) => buckets.length > 0);
  const unweighted =
    aggregation === 'average' && living.some(({ buckets }) => buckets.some((b) => b.count === undefined));
  return {
    series,
    seen: proving.length,
    newest: Number.isFinite(newest) ? iso(newest) : null,
    notes: [
      ...(zeros && beside === undefined
        ? ['Azure gives only zeros, as it does when nothing runs: add `beside` and a metric that shows traffic']
        : []),
      ...(unweighted ? ['the metric has no counts, so this is the mean of the means of each minute'] : []),
    ],
    ...(counted ? { events: counts.reduce<number>((a, n) => a + (n ?? 0), 0) } : {}),
  };
}

/** Each bin by itself: a sum is known where the one that proves it has something in the same bin, and there it is zero without a point. */
function binned(
  aggregation: Aggregation,
  line: Line | undefined,
  proof: Line,
  question: TelemetryQuestion,
): Samples['series'][number] {
  const values = new Map(line?.buckets.map(({ at, value }) => [at, value]));
  const points = proof.buckets.flatMap(({ at }): Point[] => {
    const value = values.get(at) ?? (isSum(aggregation) ? 0 : null);
    return value === null ? [] : [{ at, value }];
  });
  return { labels: { ...proof.labels }, ...seriesOver(points, question, 'begin') };
}

function seriesOf(aggregation: Aggregation, { labels, buckets }: Line, question: TelemetryQuestion): Samples['series'] {
  // With a metric beside it a sum of no points is proven to be zero.
  if (buckets.length === 0) return isSum(aggregation) ? [{ labels: { ...labels }, value: 0, points: 0 }] : [];
  const reduced =
    question.range === undefined
      ? { value: inAll(aggregation, buckets), points: buckets.length }
      : seriesOver(buckets satisfies readonly Point[], question, 'begin');
  return [{ labels: { ...labels }, ...reduced }];
}

/** The aggregation over all buckets, as if they were one. */
function inAll(aggregation: Aggregation, buckets: readonly Bucket[]): Reported {
  const spoilt = buckets.find(({ value }) => typeof value !== 'number');
  if (spoilt) return spoilt.value;
  const values = buckets.map(({ value }) => Number(value));
  switch (aggregation) {
    case 'total':
    case 'count':
      return values.reduce((a, b) => a + b, 0);
    case 'minimum':
      return values.reduce((a, b) => Math.min(a, b));
    case 'maximum':
      return values.reduce((a, b) => Math.max(a, b));
    case 'average': {
      const weights = buckets.map(({ count }) => count);
      if (weights.includes(undefined)) return values.reduce((a, b) => a + b, 0) / values.length;
      const all = weights.reduce<number>((a, n) => a + (n ?? 0), 0);
      return values.reduce((sum, value, i) => sum + value * ((weights[i] ?? 0) / all), 0);
    }
  }
}
