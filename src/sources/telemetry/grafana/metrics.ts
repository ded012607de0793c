/** Values from a data source, by way of Grafana (https://grafana.com/docs/grafana/latest/developer-resources/api-reference/http-api/data_source/#query-a-data-source). */
import * as v from 'valibot';
import { formatDuration, parseDuration } from '../../../policy/fields.js';
import type { Samples } from '../../../record/evidence.js';
import { iso } from '../../../train/clock.js';
import { NotMeasured, queryOf, type TelemetryQuestion, type Unnamed, type Window } from '../../source.js';
import { oneLine } from '../../text.js';
import { livenessQuery, type Proven, readLiveness, type Selector, selectorsOf, weigh } from '../prometheus/promql.js';
import { expandRange, silenceSeconds, spanOf } from '../range.js';
import { isInBins, mostInBins, refuseAskew, refuseBins, refuseMany, seriesOver } from '../series.js';
import type { Client } from './client.js';
import { noticesOf, type Result, resultForm, type Series, seriesOf } from './frames.js';

const maxSeries = 200;
const maxPoints = 11_000;

const answerForm = v.object({ results: v.record(v.string(), resultForm) });

export interface MetricsContext {
  readonly client: Client;
  /** Uid of the data source. */
  readonly datasource: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const badQuery = (message: string): NotMeasured => new NotMeasured('bad-query', message, { permanent: true });

type Model = Readonly<Record<string, unknown>>;

/** Keys that are not the policy's to give: they would ask another data source or another time, or nothing. */
const kept = ['refId', 'datasource', 'datasourceId', 'timeRange', 'timeShift', 'timeFrom', 'hide'] as const;

/**
 * The query model of a policy: a JSON object as the data source's plugin wants it.
 *
 * @returns undefined for a plain text, which is PromQL
 * @throws {NotMeasured} `bad-query`
 */
export function modelOf(query: string): Model | undefined {
  if (!query.trim().startsWith('{')) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(query);
  } catch {
    // `{__name__="up"}` begins with a brace too.
    if (/^\s*\{\s*"[^"]*"\s*:/.test(query))
      throw badQuery('the query looks like a JSON object and is none: check its commas and quotes');
    return undefined;
  }
  const model = json as Model;
  const taken = kept.find((key) => key in model);
  if (taken !== undefined) throw badQuery(`the query may not set \`${taken}\`: the source and the window decide it`);
  if (model.instant === true) {
    throw badQuery('`instant` tells nothing of how new the data are: leave it out, and read the last value of a range');
  }
  return model;
}

export async function askMetrics(
  context: MetricsContext,
  question: TelemetryQuestion,
  signal: AbortSignal,
): Promise<Unnamed<Samples>> {
  const { client, datasource } = context;
  const { window, range } = question;
  const query = expandRange(queryOf(question), spanOf(question));
  const model = modelOf(query);
  const everyMs = range?.everyMs ?? 15_000;
  if (range && (window.to - window.from) / everyMs >= maxPoints) {
    throw badQuery(`more than ${maxPoints} points: write a longer \`range.every\` than ${formatDuration(everyMs)}`);
  }
  const selectors = await promqlOf(query, model);
  if (model !== undefined)
    refuseBins(
      question,
      'in bins Grafana is asked in PromQL only, written as a text: of other languages nobody knows whether a point begins or ends its bin',
    );
  const steps = { intervalMs: everyMs, maxDataPoints: maxPoints };
  const at = { datasource: { uid: datasource } };
  const instant = { instant: true, range: false, format: 'time_series' };
  const main = model ?? {
    expr: query,
    ...(range
      ? { instant: false, range: true, format: 'time_series', interval: `${Math.max(1, Math.round(everyMs / 1000))}s` }
      : instant),
  };
  const evidence =
    selectors && selectors.length > 0
      ? [{ expr: livenessQuery(selectors, silenceSeconds(question)), ...instant, ...steps, refId: 'B', ...at }]
      : [];
  const queries = [{ ...steps, ...main, refId: 'A', ...at }, ...evidence];
  const body = { from: String(window.from), to: String(window.to), queries };
  const needs = 'the permission datasources:query on the data source (role Viewer)';
  const parsed = v.safeParse(answerForm, await client.json('/api/ds/query', needs, signal, body));
  if (!parsed.success) throw client.foreign();
  const results = queries.map(({ refId }) => resultOf(parsed.output.results, refId, client));
  const [answer = {}, raw] = results;
  const found = seriesOf(answer, selectors ? about(window) : window);
  const proof = selectors ? readRaw(selectors, raw, window) : readTimes(model, found);
  // As an instant query would: the last value of a series that has ended is not its value now. Grafana may choose longer steps, so
  // the series are held against each other.
  const latest = found.map(endOf).reduce((a, b) => Math.max(a, b), 0);
  const ended = (s: Series): boolean =>
    selectors !== undefined && (range?.reduce ?? 'last') === 'last' && endOf(s) < latest;
  const series = found.filter((s) => !ended(s));
  refuseMany(series.length, isInBins(range?.reduce) ? mostInBins : maxSeries);
  for (const { points } of series) refuseAskew(points, question, 'Grafana chose other steps');
  const notices = results.map(noticesOf);
  return {
    kind: 'samples',
    subject: `${proof.words}, by the data source ${oneLine(datasource, 60)} of ${client.origin}`,
    query,
    link: exploreLink(client.url, datasource, main, window),
    at: iso(context.now()),
    seen: proof.seen,
    notes: [...notices.flatMap(({ notes }) => notes), ...proof.notes],
    partial: notices.some(({ partial }) => partial) || proof.partial,
    window: { from: iso(window.from), to: iso(window.to) },
    newest: proof.newest === undefined ? null : iso(proof.newest),
    series: series.map(({ labels, points }) => ({
      labels,
      // In bins it is PromQL, whose evaluations look back.
      ...seriesOver(points, question, 'end'),
    })),
  };
}

/** The time of asking comes back rounded. */
const about = ({ from, to }: Window): Window => ({ from, to: to + 1000 });

const endOf = ({ points }: Series): number => points.at(-1)?.at ?? 0;

/** @throws {NotMeasured} `bad-query`, `query-failed` for what a data source could not do; `bad-answer` when there is no answer */
function resultOf(results: Readonly<Record<string, Result>>, refId: string, client: Client): Result {
  const result = results[refId];
  const { error, status } = result ?? {};
  const failed = typeof status === 'number' && status >= 400;
  const said = typeof error === 'string' && error !== '' ? error : undefined;
  if (failed || said !== undefined) {
    const message = `the data source could not answer${failed ? ` (${status})` : ''}: ${oneLine(said ?? 'it does not say why', 300)}`;
    const permanent = status === 400 || status === 422;
    throw new NotMeasured(permanent ? 'bad-query' : 'query-failed', message, { permanent });
  }
  if (result === undefined) throw client.foreign();
  return result;
}

/** What stands behind an answer. */
interface Evidence {
  readonly seen: number;
  /** Milliseconds since the epoch; undefined: unknown. */
  readonly newest: number | undefined;
  readonly partial: boolean;
  readonly notes: readonly string[];
  readonly words: string;
}

/** The selectors of a query in PromQL, none where it does not parse; undefined for another language. */
async function promqlOf(query: string, model: Model | undefined): Promise<readonly Selector[] | undefined> {
  if (model && typeof model.expr !== 'string') return undefined;
  const { parser } = await import('@prometheus-io/lezer-promql');
  const selectors = selectorsOf(model ? String(model.expr) : query, parser) ?? [];
  // LogQL has no names of metrics, so what names one is PromQL.
  const named = selectors.some(({ text }) => !text.startsWith('{'));
  return model && !named ? undefined : selectors;
}

/** PromQL answers with the time of asking, so the raw series behind it were asked for beside it. */
function readRaw(selectors: readonly Selector[], raw: Result | undefined, window: Window): Evidence {
  if (raw === undefined) {
    const words = 'no series of now, since none can be read from the query';
    return {
      seen: 0,
      newest: undefined,
      partial: false,
      notes: ['the query is no plain PromQL: write it as JSON'],
      words,
    };
  }
  const values = seriesOf(raw, about(window)).map(({ labels, points }) => ({
    labels,
    value: points.at(-1)?.value ?? null,
  }));
  const { live, newest, silent, absent }: Proven = weigh(readLiveness(selectors, values));
  const named = (s: Selector): string => `\`${oneLine(s.text, 120)}\``;
  return {
    seen: live,
    newest,
    partial: live > 0 && silent.length > 0,
    notes: [
      ...silent.map((s) => `${named(s)} has gone silent: its targets are down, or no longer write it`),
      ...(live > 0 ? absent.map((s) => `${named(s)} has no series`) : []),
    ],
    words: `${live} live series of ${oneLine(selectors.map((s) => s.text).join(', '), 160)}`,
  };
}

/** The points of other languages have the times of their data, in `expr` up to the length of its range after them. */
function readTimes(model: Model | undefined, series: readonly Series[]): Evidence {
  const words = `${series.length} series`;
  const unknown = (note: string): Evidence => ({
    seen: series.length,
    newest: undefined,
    partial: false,
    notes: [note],
    words,
  });
  if (series.some(({ timed }) => !timed)) {
    return unknown(
      'the answer has no column of times, so nothing tells how new it is: select the time of the newest row',
    );
  }
  const reach = typeof model?.expr === 'string' ? reachOf(model.expr) : 0;
  if (reach === undefined) {
    return unknown('how far each point looks back cannot be read from `expr`: write ranges such as `[1m]` in it');
  }
  // A series that has ended still gives its last value, so the one furthest behind counts.
  const ends = series.map((s) => endOf(s) - reach);
  return {
    seen: series.length,
    newest: ends.length === 0 ? undefined : Math.min(...ends),
    partial: false,
    notes: [],
    words,
  };
}

/** The longest of the ranges in LogQL and the like, milliseconds; undefined: not all of them can be read, or there is none. */
function reachOf(expr: string): number | undefined {
  const ranges = [...expr.replaceAll(/"(?:\\.|[^"\\])*"|`[^`]*`/g, '').matchAll(/\[([^\]]*)\]/g)];
  const lengths = ranges.map(([, text]) => parseDuration(text ?? ''));
  return lengths.reduce((a, b) => (a === undefined || b === undefined ? undefined : Math.max(a, b)), lengths[0]);
}

/** The page Explore with the same query and window. */
function exploreLink(url: string, datasource: string, model: Model, { from, to }: Window): string {
  const queries = [{ ...model, refId: 'A', datasource: { uid: datasource } }];
  const panes = { a: { datasource, queries, range: { from: String(from), to: String(to) } } };
  return `${url}/explore?${new URLSearchParams({ schemaVersion: '1', panes: JSON.stringify(panes) }).toString()}`;
}
