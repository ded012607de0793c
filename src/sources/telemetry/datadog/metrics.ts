/** Metrics over a window (https://docs.datadoghq.com/api/latest/metrics/#query-timeseries-data-across-multiple-products). */
import * as v from 'valibot';
import { reportedNumber } from '../../../judge/number.js';
import type { Samples } from '../../../record/evidence.js';
import { iso } from '../../../train/clock.js';
import { NotMeasured, type TelemetryQuestion, type Unnamed } from '../../source.js';
import { oneLine } from '../../text.js';
import { overTime, type Point } from '../series.js';
import type { Client } from './client.js';

const values = v.array(v.union([v.number(), v.string(), v.null()]));
const answer = v.object({
  data: v.object({
    attributes: v.object({
      times: v.optional(v.array(v.number()), []),
      series: v.optional(
        v.array(v.object({ group_tags: v.optional(v.array(v.string()), []), values: v.optional(values) })),
        [],
      ),
      values: v.optional(v.array(values), []),
    }),
  }),
  errors: v.optional(v.unknown()),
});

const maxSeries = 200;

/** Functions that give values where nothing was measured; then no point proves anything. */
export const fills = /\b(?:default_zero|default)\s*\(|\.fill\(\s*(?:zero|last|linear|\d)/;

const counts = (query: string): boolean => /\.as_count\(\)/.test(query);

export async function askMetric(
  client: Client,
  query: string,
  { window, range }: TelemetryQuestion,
  signal: AbortSignal,
): Promise<Unnamed<Samples>> {
  const filled = fills.exec(query);
  if (filled) {
    const message = `\`${filled[0]}…\` gives values where nothing was measured, so nothing would be proven: leave it out`;
    throw new NotMeasured('bad-query', message, { permanent: true });
  }
  const attributes = {
    from: window.from,
    to: window.to,
    ...(range ? { interval: range.everyMs } : {}),
    queries: [{ name: 'a', data_source: 'metrics', query }],
    formulas: [{ formula: 'a' }],
  };
  const body = { data: { type: 'timeseries_request', attributes } };
  const json = await client.send(
    { path: '/api/v2/query/timeseries', body, needs: 'the permission timeseries_query' },
    signal,
  );
  const parsed = v.safeParse(answer, json);
  const errors = (json as { errors?: unknown } | null)?.errors;
  if (errors !== undefined && errors !== null && errors !== '') {
    throw new NotMeasured('query-failed', `Datadog could not run the query: ${oneLine(JSON.stringify(errors), 300)}`);
  }
  if (!parsed.success) throw client.strange('answer to a query');
  const { times, series, values: rows } = parsed.output.data.attributes;
  if (series.length > maxSeries) {
    const message = `the query gave ${series.length} series, more than ${maxSeries}: aggregate in the query`;
    throw new NotMeasured('too-many-series', message, { permanent: true });
  }
  const found = series.map(({ group_tags: tags, values: own }, i) => {
    const points = (own ?? rows[i] ?? []).flatMap((value, k): Point[] => {
      const at = times[k];
      // A bucket is named by its beginning; the one that begins before the window belongs to it in part.
      return value === null || at === undefined || at >= window.to ? [] : [{ at, value: reportedNumber(value) }];
    });
    return { labels: labelsOf(tags), points };
  });
  const measured = found.filter(({ points }) => points.length > 0);
  const newest = measured.map(({ points }) => Math.max(...points.map((p) => p.at)));
  return {
    kind: 'samples',
    subject: `${measured.length} series of ${oneLine(query, 160)} in Datadog`,
    query,
    link: `${client.app}/metric/explorer?${new URLSearchParams({ exp_query: query, from_ts: String(window.from), to_ts: String(window.to), live: 'false' }).toString()}`,
    at: iso(client.now()),
    seen: measured.length,
    notes: [],
    partial: false,
    window: { from: iso(window.from), to: iso(window.to) },
    newest: newest.length === 0 ? null : iso(Math.min(...newest)),
    series: measured.map(({ labels, points }) => ({
      labels,
      value: range || !counts(query) ? overTime(points, range?.reduce ?? 'avg') : total(points),
      points: points.length,
    })),
  };
}

/** A count over the window is the sum of its buckets. */
function total(points: readonly Point[]): Samples['series'][number]['value'] {
  const spoilt = points.find(({ value }) => typeof value !== 'number');
  return spoilt ? spoilt.value : points.reduce((sum, { value }) => sum + Number(value), 0);
}

const labelsOf = (tags: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    tags.map((tag) => {
      const colon = tag.indexOf(':');
      return colon === -1
        ? [oneLine(tag, 60), '']
        : [oneLine(tag.slice(0, colon), 60), oneLine(tag.slice(colon + 1), 120)];
    }),
  );
