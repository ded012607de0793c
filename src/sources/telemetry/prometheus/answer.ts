/** Answers of `query` and `query_range`, and the series in them. */
import * as v from 'valibot';
import { reportedNumber } from '../../../judge/number.js';
import type { Samples } from '../../../record/evidence.js';
import { NotMeasured, type TelemetryQuestion } from '../../source.js';
import { oneLine } from '../../text.js';
import { overTime } from '../series.js';

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

/**
 * One value for each series.
 *
 * @param range of a range query, with the end of its window; undefined for an instant one
 */
export function toSeries(
  { data: { resultType, result } }: Success,
  range: (NonNullable<TelemetryQuestion['range']> & { readonly to: number }) | undefined,
): Samples['series'] {
  switch (resultType) {
    case 'scalar':
      return [{ labels: {}, value: reportedNumber(result[1]), points: 1 }];
    case 'vector':
      return result.map(({ metric, value, histogram: native }) => {
        if (native !== undefined) throw histogram();
        return { labels: metric, value: reportedNumber(value?.[1]), points: 1 };
      });
    case 'matrix':
      if (range === undefined) {
        throw badQuery(
          'the query gives a range of samples, expected one value: use rate(), max_over_time() or another function',
        );
      }
      return result.flatMap(({ metric, values = [], histograms }) => {
        if (histograms !== undefined) throw histogram();
        const points = values.map(([at, value]) => ({ at: at * 1000, value: reportedNumber(value) }));
        // As an instant query would: the last value of a series that has ended is not its value now.
        const ended = (points.at(-1)?.at ?? 0) <= range.to - range.everyMs;
        if (range.reduce === 'last' && ended) return [];
        return [{ labels: metric, value: overTime(points, range.reduce), points: points.length }];
      });
    case 'string':
      throw badQuery('the query gives a text, expected numbers');
  }
}
