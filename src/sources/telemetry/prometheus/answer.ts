/** Answers of `query` and `query_range`, and the series in them. */
import * as v from 'valibot';
import { reportedNumber } from '../../../judge/number.js';
import type { Samples } from '../../../record/evidence.js';
import { NotMeasured, type TelemetryQuestion } from '../../source.js';
import { oneLine } from '../../text.js';
import { isInBins, type Point, seriesOver } from '../series.js';
import type { Counter } from './counters.js';
import { type GivenBounds, nativeSeries } from './native.js';

const labelled = { metric: v.record(v.string(), v.string()) };
const pair = v.tuple([v.number(), v.string()]);
const instant = v.pipe(
  v.object({ ...labelled, value: v.optional(pair), histogram: v.optional(v.unknown()) }),
  v.check((x) => x.value !== undefined || x.histogram !== undefined),
);
const ranged = v.object({ ...labelled, values: v.optional(v.array(pair)), histograms: v.optional(v.unknown()) });
const data = v.variant('resultType', [
  v.object({ resultType: v.literal('vector'), result: v.array(instant) }),
  v.object({ resultType: v.literal('matrix'), result: v.array(ranged) }),
  v.object({ resultType: v.literal('scalar'), result: pair }),
  v.object({ resultType: v.literal('string'), result: v.unknown() }),
]);
const messages = v.optional(v.array(v.string()), []);
export const success = v.object({ status: v.literal('success'), data, warnings: messages, infos: messages });
export const refusal = v.object({ status: v.literal('error'), errorType: v.string(), error: v.string() });

export type Success = v.InferOutput<typeof success>;

const badQuery = (message: string): NotMeasured => new NotMeasured('bad-query', message, { permanent: true });

const histogram = (): NotMeasured =>
  badQuery('the query gives native histograms; take a number from them, e.g. with histogram_quantile()');

/** @throws {NotMeasured} for an answer that says that it is an error @param what e.g. `Prometheus refuses the query` */
export function refuseError(json: unknown, what: string): void {
  const refused = v.safeParse(refusal, json);
  if (!refused.success) return;
  const { errorType, error } = refused.output;
  const permanent = errorType === 'bad_data';
  const message = `${what} (${oneLine(errorType, 40)}): ${oneLine(error, 300)}`;
  throw new NotMeasured(permanent ? 'bad-query' : 'query-failed', message, { permanent });
}

const pointsOf = (values: readonly (readonly [number, string])[]): Point[] =>
  values.map(([at, value]) => ({ at: Math.round(at * 1000), value: reportedNumber(value) }));

/** The samples of a range query, as they are. */
export function toCounters({ data: { resultType, result } }: Success): readonly Counter[] {
  if (resultType !== 'matrix') throw badQuery('expected counters such as `http_requests_total{job="api"}`');
  return result.map(({ metric, values = [], histograms }) => {
    if (histograms !== undefined) {
      throw badQuery('native histograms are no counters: ask with `increase()` and without `counters`');
    }
    return { labels: metric, points: pointsOf(values) };
  });
}

/**
 * One value for each series, and its bins where the question is asked in bins.
 *
 * @param question of a range query; an instant one has no `range`
 * @param given bounds of native histograms that were given before
 */
export function toSeries(
  { data: { resultType, result } }: Success,
  question: Pick<TelemetryQuestion, 'window' | 'range'> | undefined,
  given?: GivenBounds,
): Samples['series'] {
  const range = question?.range;
  if (isInBins(range?.reduce) && resultType !== 'matrix')
    throw badQuery(`expected samples along the window, found a ${resultType}`);
  switch (resultType) {
    case 'scalar':
      return [{ labels: {}, value: reportedNumber(result[1]), points: 1 }];
    case 'vector':
      return result.map(({ metric, value, histogram: native }) => {
        if (native !== undefined) throw histogram();
        return { labels: metric, value: reportedNumber(value?.[1]), points: 1 };
      });
    case 'matrix':
      if (question === undefined || range === undefined) {
        throw badQuery(
          'the query gives a range of samples, expected one value: use rate(), max_over_time() or another function',
        );
      }
      return [
        ...result.flatMap(({ metric, values = [], histograms }) => {
          if (histograms !== undefined) return [];
          const points = pointsOf(values);
          // As an instant query would: the last value of a series that has ended is not its value now.
          const ended = (points.at(-1)?.at ?? 0) <= question.window.to - range.everyMs;
          if (range.reduce === 'last' && ended) return [];
          return [{ labels: metric, ...seriesOver(points, question, 'end') }];
        }),
        ...nativeOf(result, question, given),
      ];
    case 'string':
      throw badQuery('the query gives a text, expected numbers');
  }
}

/** Only questions in bins can make something of them. */
function nativeOf(
  result: readonly v.InferOutput<typeof ranged>[],
  question: Pick<TelemetryQuestion, 'window' | 'range'>,
  given: GivenBounds | undefined,
): Samples['series'] {
  const native = result.flatMap(({ metric, histograms }) =>
    histograms === undefined ? [] : [{ labels: metric, histograms }],
  );
  if (native.length === 0) return [];
  const series = question.range?.reduce === 'each' ? nativeSeries(native, question, given) : undefined;
  if (series === undefined) throw histogram();
  return series;
}
