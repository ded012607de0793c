/**
 * Data points of metrics (https://docs.dynatrace.com/docs/dynatrace-api/environment-api/metric-v2/get-data-points).
 *
 * The value comes from Dynatrace in one piece (`resolution=Inf`), so that percentiles and ratios are those of the whole window. How
 * new it is cannot be told from that, so the metrics behind it are asked for by the minute beside it.
 */
import * as v from 'valibot';
import { reportedNumber } from '../../../judge/number.js';
import { formatDuration } from '../../../policy/fields.js';
import type { Samples } from '../../../record/evidence.js';
import { iso } from '../../../train/clock.js';
import { NotMeasured, type TelemetryQuestion, type Unnamed } from '../../source.js';
import { oneLine } from '../../text.js';
import { isInBins, mostInBins, refuseAskew, seriesOver } from '../series.js';
import type { Client } from './client.js';
import { livenessOf, type Operand, operandsOf } from './selector.js';

const minuteMs = 60_000;
const maxSeries = 100;

const warnings = v.optional(v.nullable(v.array(v.string())));
const seriesForm = v.object({
  dimensionMap: v.optional(v.nullable(v.record(v.string(), v.nullable(v.string())))),
  dimensions: v.optional(v.nullable(v.array(v.nullable(v.string())))),
  timestamps: v.array(v.number()),
  values: v.array(v.unknown()),
});
const answerForm = v.object({
  resolution: v.optional(v.nullable(v.string())),
  nextPageKey: v.optional(v.nullable(v.string())),
  warnings,
  result: v.array(
    v.object({
      metricId: v.string(),
      dataPointCountRatio: v.optional(v.nullable(v.number())),
      dimensionCountRatio: v.optional(v.nullable(v.number())),
      warnings,
      data: v.array(seriesForm),
    }),
  ),
});
type Answer = v.InferOutput<typeof answerForm>;

export interface MetricsContext {
  readonly client: Client;
  /** Entity selector that narrows every metric. */
  readonly entity: string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Asks for one metric, or an expression of metrics, over the whole minutes in the window. */
export async function askMetric(
  { client, entity, now }: MetricsContext,
  selector: string,
  { window, range }: TelemetryQuestion,
  signal: AbortSignal,
): Promise<Unnamed<Samples>> {
  const operands = operandsOf(selector);
  const everyMs = range?.everyMs;
  if (everyMs !== undefined && (everyMs < minuteMs || everyMs % minuteMs !== 0)) {
    const message = `Dynatrace has no points every ${formatDuration(everyMs)}, expected \`range.every\` in whole minutes`;
    throw new NotMeasured('bad-query', message, { permanent: true });
  }
  // Dynatrace keeps minutes: one that begins before the window or ends after it holds what is not asked for.
  const from = Math.ceil(window.from / minuteMs) * minuteMs;
  const to = Math.floor(window.to / minuteMs) * minuteMs;
  const common = {
    kind: 'samples',
    subject: `${oneLine(selector, 160)}${entity === undefined ? '' : ` of ${oneLine(entity, 80)}`}`,
    query: selector,
    link: `${client.url}/ui/data-explorer`,
    at: iso(now()),
  } as const;
  if (from >= to) {
    const asked = { from: iso(window.from), to: iso(window.to) };
    const notes = ['the window holds no whole minute yet'];
    return { ...common, seen: 0, notes, partial: false, window: asked, newest: null, series: [] };
  }
  const ask = async (metricSelector: string, resolution: string): Promise<Answer> => {
    const narrowed = entity === undefined ? {} : { entitySelector: entity };
    const query = { metricSelector, resolution, from: String(from), to: String(to), ...narrowed };
    const parsed = v.safeParse(answerForm, await client.get('metrics/query', query, 'metrics.read', signal));
    if (!parsed.success) throw client.foreign();
    return parsed.output;
  };
  const resolution = everyMs === undefined ? 'Inf' : `${everyMs / minuteMs}m`;
  const [main, ...behind] = await Promise.all([
    ask(selector, resolution),
    ...operands.map((operand) => ask(livenessOf(operand), '1m')),
  ]);
  const series = seriesOf(main, { window: { from, to }, ...(range && { range }) });
  if (isInBins(range?.reduce) && main.resolution && main.resolution !== resolution) {
    throw new NotMeasured(
      'bad-answer',
      `Dynatrace answered every ${oneLine(main.resolution, 20)}, asked for ${resolution}`,
    );
  }
  if (series.length > (isInBins(range?.reduce) ? mostInBins : maxSeries)) {
    const message = `the selector gives more than ${maxSeries} series: aggregate with \`:splitBy()\``;
    throw new NotMeasured('too-many-series', message, { permanent: true });
  }
  const proven = newestOf(operands, behind, from, to);
  const limits = [main, ...behind].flatMap(limitsOf);
  return {
    ...common,
    seen: proven.newest === undefined ? 0 : series.length,
    notes: [...limits, ...proven.silent.map(({ raw }) => `${oneLine(raw, 120)} has no data`)],
    partial: limits.length > 0,
    window: { from: iso(from), to: iso(to) },
    newest: proven.newest === undefined ? null : iso(proven.newest),
    series,
  };
}

/** What Dynatrace says was left out. */
function limitsOf(answer: Answer): string[] {
  const said = [answer.warnings, ...answer.result.map((r) => r.warnings)].flatMap((w) => w ?? []);
  const over = answer.result.some((r) => (r.dataPointCountRatio ?? 0) > 1 || (r.dimensionCountRatio ?? 0) > 1);
  const more = typeof answer.nextPageKey === 'string' && answer.nextPageKey !== '';
  return [
    ...new Set(said.map((text) => oneLine(text))),
    ...(over ? ['the metric has more data than Dynatrace reads for one query'] : []),
    ...(more ? ['Dynatrace has more of this answer, which is not read'] : []),
  ];
}

function seriesOf({ result }: Answer, question: Pick<TelemetryQuestion, 'window' | 'range'>): Samples['series'] {
  if (result.length > 1) {
    throw new NotMeasured('bad-query', 'the selector gives several metrics, expected one', { permanent: true });
  }
  return (result[0]?.data ?? []).flatMap(({ dimensionMap, dimensions, timestamps, values }) => {
    const named = Object.entries(dimensionMap ?? {});
    const listed = (dimensions ?? []).map((x, i): [string, string | null] => [`dimension${i + 1}`, x]);
    const labels = Object.fromEntries((named.length > 0 ? named : listed).map(([k, x]) => [k, x ?? '']));
    const points = values.map((x, i) => ({ at: timestamps[i] ?? Number.NaN, value: reportedNumber(x) }));
    if (question.range === undefined) {
      // Of a whole window there is one point.
      if (points.length > 1) throw new NotMeasured('bad-answer', 'Dynatrace gave several points, asked for one');
      return points.map(({ value }) => ({ labels, value, points: 1 }));
    }
    const full = points.filter(({ value }) => value !== null);
    refuseAskew(full, question, 'choose a `bin` that Dynatrace has slots of, such as 1m or 5m');
    return full.length === 0 ? [] : [{ labels, ...seriesOver(full, question, 'end') }];
  });
}

/**
 * How new the answer is: as new as the metric that is furthest behind, of those that may not be silent. Where all may, any of them
 * proves that there is something.
 */
function newestOf(
  operands: readonly Operand[],
  answers: readonly Answer[],
  from: number,
  to: number,
): { newest: number | undefined; silent: Operand[] } {
  const each = operands.map((operand, i) => {
    const times = (answers[i]?.result ?? []).flatMap(({ data }) =>
      data.flatMap(({ timestamps, values }) =>
        timestamps.filter((at, j) => typeof reportedNumber(values[j]) === 'number' && at >= from && at <= to),
      ),
    );
    return { operand, newest: times.length === 0 ? undefined : times.reduce((a, b) => Math.max(a, b)) };
  });
  const needed = each.filter(({ operand }) => !operand.maySilence);
  const silent = each.filter(({ newest }) => newest === undefined).map(({ operand }) => operand);
  const times = (needed.length > 0 ? needed : each).map(({ newest }) => newest);
  if (needed.length > 0) {
    const missing = times.includes(undefined);
    return { newest: missing ? undefined : times.reduce<number>((a, b) => Math.min(a, b ?? a), to), silent };
  }
  const known = times.flatMap((at) => at ?? []);
  return { newest: known.length === 0 ? undefined : known.reduce((a, b) => Math.max(a, b)), silent };
}
