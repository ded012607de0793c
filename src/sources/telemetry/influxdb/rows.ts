/** Rows with a time, as all three languages of InfluxDB give them, and the series that they make. */
import { reportedNumber } from '../../../judge/number.js';
import { labelText } from '../../../judge/series.js';
import type { Samples } from '../../../record/evidence.js';
import type { TelemetryQuestion } from '../../source.js';
import { isInBins, mostInBins, type Point, refuseAskew, refuseMany, type Stamp, seriesOver } from '../series.js';

export interface Row {
  readonly labels: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch; undefined: a value without a time. */
  readonly at: number | undefined;
  /** As it was given; null is no value. */
  readonly value: unknown;
}

/** What a request gave. */
export interface Answer {
  readonly rows: readonly Row[];
  /** Time of the newest row, one without a number too; undefined: there is none. Milliseconds since the epoch. */
  readonly newest: number | undefined;
  /** Why the rows are not all that was asked for; empty: they are. */
  readonly missing: readonly string[];
}

const maxSeries = 200;

/**
 * One value for each set of labels: the last one, or what the question makes of them. Rows without a value are no points.
 *
 * @param perBin how the query is to be written in bins
 */
export function seriesOf(
  rows: readonly Row[],
  question: Pick<TelemetryQuestion, 'window' | 'range'>,
  stamp: Stamp,
  perBin: string,
): Samples['series'] {
  const bySeries = new Map<string, { labels: Row['labels']; points: Point[] }>();
  for (const { labels, at, value } of rows) {
    if (value === null || value === undefined || value === '') continue;
    const key = labelText(labels);
    const series = bySeries.get(key) ?? { labels, points: [] };
    series.points.push({ at: at ?? 0, value: reportedNumber(value) });
    bySeries.set(key, series);
  }
  refuseMany(bySeries.size, isInBins(question.range?.reduce) ? mostInBins : maxSeries);
  for (const { points } of bySeries.values()) refuseAskew(points, question, `write \`${perBin}\``);
  return [...bySeries.values()].map(({ labels, points }) => ({
    labels: { ...labels },
    ...seriesOver(
      points.toSorted((a, b) => a.at - b.at),
      question,
      stamp,
    ),
  }));
}
