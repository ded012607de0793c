/** Metrics over a window (https://docs.datadoghq.com/api/latest/metrics/#query-timeseries-data-across-multiple-products). */
import * as v from 'valibot';
import { reportedNumber } from '../../../judge/number.js';
import { labelText } from '../../../judge/series.js';
import type { Samples } from '../../../record/evidence.js';
import { iso } from '../../../train/clock.js';
import { NotMeasured, type TelemetryQuestion, type Unnamed } from '../../source.js';
import { oneLine } from '../../text.js';
import { isInBins, mostInBins, type Point, refuseAskew, refuseMany, seriesOver } from '../series.js';
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

/** More points of one series Datadog does not give; it takes a longer interval in their place. */
const maxPoints = 1500;

interface Line {
  readonly labels: Record<string, string>;
  readonly points: readonly Point[];
  /** Datadog has nothing of it, before the window neither. */
  readonly nothing: boolean;
}

export async function askMetric(
  client: Client,
  text: string,
  question: TelemetryQuestion,
  signal: AbortSignal,
): Promise<Unnamed<Samples>> {
  const { window, range } = question;
  const [query = '', proof] = text.split(/\s+beside\s+/);
  const inBins = isInBins(range?.reduce);
  if (proof !== undefined && !inBins) throw badQuery('`beside` is for gates that ask in bins, such as `canary`');
  const [main, beside] = await Promise.all([
    readLines(client, query, question, signal),
    proof === undefined ? undefined : readLines(client, proof, question, signal),
  ]);
  const found = beside === undefined ? main.lines : withZeros(main.lines, beside.lines);
  const measured = found.filter(({ points }) => points.length > 0);
  // A group beside others of which Datadog has nothing is a hole in the answer; one that ended before the window is not.
  const holes = measured.length === 0 ? [] : found.filter(({ nothing }) => nothing);
  const newest = measured.map(({ points }) => Math.max(...points.map((p) => p.at)));
  return {
    kind: 'samples',
    subject: `${measured.length} series of ${oneLine(text, 160)} in Datadog`,
    query: text,
    link: `${client.app}/metric/explorer?${new URLSearchParams({ exp_query: query, from_ts: String(window.from), to_ts: String(window.to), live: 'false' }).toString()}`,
    at: iso(client.now()),
    seen: measured.length,
    notes:
      measured.length === 0 && main.before ? ['all points begin before the window: they are too far apart for it'] : [],
    partial: false,
    window: { from: iso(window.from), to: iso(window.to) },
    newest: newest.length === 0 ? null : iso(inBins ? Math.max(...newest) : Math.min(...newest)),
    series: [...measured, ...holes].map(({ labels, points }) => ({
      labels,
      ...seriesOver(points, question, 'begin', 'avg'),
      ...(range || points.length === 0 || !isCount(query) ? {} : { value: total(points) }),
    })),
  };
}

/** The points of one query; `before`: some begin before the window. */
async function readLines(
  client: Client,
  query: string,
  question: TelemetryQuestion,
  signal: AbortSignal,
): Promise<{ readonly lines: readonly Line[]; readonly before: boolean }> {
  const { window, range } = question;
  const refused = refusal(query, range !== undefined);
  if (refused !== undefined) throw badQuery(refused);
  const inBins = isInBins(range?.reduce);
  if (range && inBins) refuseOtherLength(query, window, range.everyMs);
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
  refuseMany(series.length, inBins ? mostInBins : maxSeries);
  let before = false;
  const lines = series.map(({ group_tags: tags, values: own }, i) => {
    const row = own ?? rows[i];
    if (row?.length !== times.length) throw client.strange('answer to a query');
    const points = row.flatMap((value, k): Point[] => {
      const at = times[k];
      if (value === null || at === undefined || at >= window.to) return [];
      // A point is named by the beginning of what it stands for; of one that begins before the window nobody knows how much is older.
      if (at < window.from) before = true;
      return at < window.from ? [] : [{ at, value: reportedNumber(value) }];
    });
    refuseAskew(points, question, 'leave `.rollup()` to the gate');
    return { labels: labelsOf(tags), points, nothing: row.every((value) => value === null) };
  });
  return { lines, before };
}

/** Where the query beside it has a point of a group and this one has none, nothing of its kind happened in this bin. */
function withZeros(lines: readonly Line[], beside: readonly Line[]): Line[] {
  const own = new Map(lines.map((line) => [labelText(line.labels), line]));
  const filled = beside.map(({ labels, points: proof, nothing }) => {
    const points = own.get(labelText(labels))?.points ?? [];
    own.delete(labelText(labels));
    const known = new Set(points.map(({ at }) => at));
    const zeros = proof.filter(({ at }) => !known.has(at)).map(({ at }) => ({ at, value: 0 }));
    return { labels, points: [...points, ...zeros], nothing };
  });
  return [...filled, ...own.values()];
}

const badQuery = (message: string): NotMeasured => new NotMeasured('bad-query', message, { permanent: true });

/** The length that the query gives its own points wins over the one that is asked for. */
function refuseOtherLength(query: string, { from, to }: TelemetryQuestion['window'], everyMs: number): void {
  const own = [...query.matchAll(/\.rollup\(\s*\w+\s*,\s*(\d+)\s*\)/g)].find(([, s]) => Number(s) * 1000 !== everyMs);
  if (own) throw badQuery(`\`${oneLine(own[0], 60)}\` is another length than that of a bin: leave the number out`);
  if ((to - from) / everyMs > maxPoints) {
    throw badQuery(
      `more than the ${maxPoints} points that Datadog gives: write a longer \`bin\`, or a shorter \`history.for\``,
    );
  }
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
