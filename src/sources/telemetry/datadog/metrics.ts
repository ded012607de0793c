/** Metrics over a window (https://docs.datadoghq.com/api/latest/metrics/#query-timeseries-data-across-multiple-products). */
import * as v from 'valibot';
import { reportedNumber } from '../../../judge/number.js';
import type { Samples } from '../../../record/evidence.js';
import { iso } from '../../../train/clock.js';
import { NotMeasured, type TelemetryQuestion, type Unnamed } from '../../source.js';
import { oneLine } from '../../text.js';
import { overTime, type Point, refuseMany } from '../series.js';
import type { Client } from './client.js';
import { isCount, refusal } from './refusal.js';

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

export async function askMetric(
  client: Client,
  query: string,
  { window, range }: TelemetryQuestion,
  signal: AbortSignal,
): Promise<Unnamed<Samples>> {
  const refused = refusal(query, range !== undefined);
  if (refused !== undefined) throw new NotMeasured('bad-query', refused, { permanent: true });
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
  refuseMany(series.length, maxSeries);
  let before = false;
  const found = series.map(({ group_tags: tags, values: own }, i) => {
    const row = own ?? rows[i];
    if (row?.length !== times.length) throw client.strange('answer to a query');
    const points = row.flatMap((value, k): Point[] => {
      const at = times[k];
      if (value === null || at === undefined || at >= window.to) return [];
      // A point is named by the beginning of what it stands for; of one that begins before the window nobody knows how much is older.
      if (at < window.from) before = true;
      return at < window.from ? [] : [{ at, value: reportedNumber(value) }];
    });
    return { labels: labelsOf(tags), points, nothing: row.every((value) => value === null) };
  });
  const measured = found.filter(({ points }) => points.length > 0);
  // A group beside others of which Datadog has nothing is a hole in the answer; one that ended before the window is not.
  const holes = measured.length === 0 ? [] : found.filter(({ nothing }) => nothing);
  const newest = measured.map(({ points }) => Math.max(...points.map((p) => p.at)));
  return {
    kind: 'samples',
    subject: `${measured.length} series of ${oneLine(query, 160)} in Datadog`,
    query,
    link: `${client.app}/metric/explorer?${new URLSearchParams({ exp_query: query, from_ts: String(window.from), to_ts: String(window.to), live: 'false' }).toString()}`,
    at: iso(client.now()),
    seen: measured.length,
    notes: measured.length === 0 && before ? ['all points begin before the window: they are too far apart for it'] : [],
    partial: false,
    window: { from: iso(window.from), to: iso(window.to) },
    newest: newest.length === 0 ? null : iso(Math.min(...newest)),
    series: [...measured, ...holes].map(({ labels, points }) => ({
      labels,
      value: range || points.length === 0 || !isCount(query) ? overTime(points, range?.reduce ?? 'avg') : total(points),
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
