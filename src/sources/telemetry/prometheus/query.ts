/** Queries in PromQL, and the proof that the series behind them are alive. */
import * as v from 'valibot';
import { parseJson, refuseDenied } from '../../../net/json.js';
import { formatDuration } from '../../../policy/fields.js';
import type { Samples } from '../../../record/evidence.js';
import { iso } from '../../../train/clock.js';
import { NotMeasured, queryOf, type SourceContext, type TelemetryQuestion, type Unnamed } from '../../source.js';
import { oneLine } from '../../text.js';
import { expandRange, refuseOtherBins, silenceSeconds, spanOf } from '../range.js';
import { isInBins, mostInBins, refuseMany } from '../series.js';
import { refuseError, type Success, success, toCounters, toSeries } from './answer.js';
import type { Connection } from './connection.js';
import { type Grid, isBorn, lookBackBins, scrapedBy, spoilsCounters, toGrowth, upQuery } from './counters.js';
import type { GivenBounds } from './native.js';
import { livenessQuery, type Proven, readLiveness, type Selector, selectorsOf, weigh } from './promql.js';

const maxSeries = 200;
/** Prometheus' own limit of points per series. */
const maxPoints = 11_000;

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

/** Asks for telemetry. */
export class Queries {
  readonly #connection: Connection;
  readonly #context: SourceContext;
  /** By the metrics of the query, which both arms of a canary have in common. */
  readonly #bounds = new Map<string, GivenBounds>();

  constructor(connection: Connection, context: SourceContext) {
    this.#connection = connection;
    this.#context = context;
  }

  async ask(question: TelemetryQuestion, signal: AbortSignal): Promise<Unnamed<Samples>> {
    const { range, window } = question;
    const inBins = isInBins(range?.reduce);
    const query = expandRange(queryOf(question), spanOf(question));
    // Not waited for while the grammar loads, unless it decides whether to ask at all.
    if (range?.reduce === 'increase') await refuseSpoilt(query);
    refuseOtherBins(query, question);
    const main = this.#main(question, query, signal);
    // It may fail while the grammar loads; the error is taken up below.
    main.catch(() => {});
    const { parser } = await import('@prometheus-io/lezer-promql');
    const selectors = selectorsOf(query, parser) ?? [];
    const time = { time: seconds(window.to) };
    const raw =
      selectors.length > 0
        ? this.#send('query', { query: livenessQuery(selectors, silenceSeconds(question)), ...time }, signal)
        : undefined;
    const [answer, evidence] = await Promise.all([main, raw]);
    const proven = evidence ? weigh(readLiveness(selectors, toSeries(evidence, undefined))) : undefined;
    const warnings = new Set([...answer.warnings, ...(evidence?.warnings ?? [])]);
    const series =
      range?.reduce === 'increase'
        ? await this.#growth(answer, { ...window, everyMs: range.everyMs }, signal)
        : toSeries(answer, { window, ...(range && { range }) }, this.#given(selectors));
    refuseMany(series.length, inBins ? mostInBins : maxSeries);
    return this.#measurement(question, query, { ...answer, series, warnings: [...warnings] }, selectors, proven);
  }

  #given(selectors: readonly Selector[]): GivenBounds {
    const names = selectors.flatMap(({ matchers }) => [...matchers].filter((m) => m.startsWith('__name__=')));
    const key = [...new Set(names)].toSorted().join();
    const given = this.#bounds.get(key) ?? {};
    this.#bounds.set(key, given);
    return given;
  }

  async #growth(answer: Success, grid: Grid, signal: AbortSignal): Promise<Samples['series']> {
    const counters = toCounters(answer);
    const query = upQuery(counters.filter((counter) => isBorn(counter, grid)));
    const up = query === undefined ? [] : toCounters(await this.#send('query_range', overGrid(query, grid), signal));
    return toGrowth(counters, grid, scrapedBy(up));
  }

  #main(question: TelemetryQuestion, query: string, signal: AbortSignal): Promise<Success> {
    const { from, to } = question.window;
    if (!question.range) return this.#send('query', { query, time: seconds(to) }, signal);
    const { everyMs, reduce } = question.range;
    const before = reduce === 'increase' ? lookBackBins : 0;
    if ((to - from) / everyMs + before >= maxPoints) {
      const message = `${formatDuration(to - from)} every ${formatDuration(everyMs)} are more than the ${maxPoints} points that Prometheus gives: write a longer \`range.every\``;
      return Promise.reject(new NotMeasured('bad-query', message, { permanent: true }));
    }
    if (reduce === 'increase') return this.#send('query_range', overGrid(query, { from, to, everyMs }), signal);
    // An evaluation looks back on the bin that it ends.
    const start = isInBins(reduce) ? from + everyMs : from;
    return this.#send(
      'query_range',
      { query, start: seconds(start), end: seconds(to), step: seconds(everyMs) },
      signal,
    );
  }

  async #send(endpoint: 'query' | 'query_range', form: Record<string, string>, signal: AbortSignal): Promise<Success> {
    const { origin } = this.#connection;
    const { response, sent } = await this.#connection.post(`/api/v1/${endpoint}`, form, signal);
    refuseDenied(response, origin, this.#connection.permission, sent);
    const json = parseJson(response, origin);
    refuseError(json, 'Prometheus refuses the query');
    const parsed = v.safeParse(success, json);
    if (!parsed.success || response.status !== 200) {
      const message = `${origin} answered ${response.status} with something that is not Prometheus' API: is the URL right?`;
      throw new NotMeasured('bad-answer', message);
    }
    return parsed.output;
  }

  #measurement(
    { window }: TelemetryQuestion,
    query: string,
    { series, ...answer }: Success & { readonly series: Samples['series'] },
    selectors: readonly Selector[],
    proven: Proven | undefined,
  ): Unnamed<Samples> {
    const { origin } = this.#connection;
    const live = proven?.live ?? 0;
    const of = oneLine(selectors.map((s) => s.text).join(', '), 160);
    return {
      kind: 'samples',
      subject: proven
        ? `${live} live series of ${of} on ${origin}`
        : `no series of now, since none can be read from the query: ${oneLine(query, 160)}`,
      query,
      link: this.#link(query, window),
      at: iso(this.#context.clock.now()),
      seen: live,
      notes: [
        ...[...answer.warnings, ...answer.infos].map((text) => oneLine(text)),
        ...(proven ? remarks(query, series.length, proven) : []),
      ],
      // What fell silent inside the window still feeds the ranges of the query: an answer of yesterday's news. Where all fell
      // silent nothing was seen, which says more.
      partial: answer.warnings.length > 0 || (live > 0 && (proven?.silent.length ?? 0) > 0),
      window: { from: iso(window.from), to: iso(window.to) },
      newest: proven?.newest === undefined ? null : iso(proven.newest),
      series,
    };
  }

  #link(query: string, { from, to }: TelemetryQuestion['window']): string {
    const range = formatDuration(Math.max(3_600_000, 2 * (to - from)));
    const page = new URLSearchParams({
      'g0.expr': query,
      'g0.tab': '0',
      'g0.range_input': range,
      'g0.end_input': iso(to).slice(0, 19).replace('T', ' '),
    });
    return `${this.#connection.url}/graph?${page.toString()}`;
  }
}

/** A range query at the edges of the bins, those of the look-back too. */
const overGrid = (query: string, { from, to, everyMs }: Grid): Record<string, string> => ({
  query,
  start: seconds(from - lookBackBins * everyMs),
  end: seconds(to),
  step: seconds(everyMs),
});

/** @throws {NotMeasured} `bad-query` for what gives no bare counters */
async function refuseSpoilt(query: string): Promise<void> {
  const { parser } = await import('@prometheus-io/lezer-promql');
  const spoiler = spoilsCounters(query, parser);
  if (spoiler === undefined) return;
  const message = `expected bare counters such as \`http_requests_total{code=~"5.."}\`, found \`${oneLine(spoiler, 80)}\`: what they grow by is taken of each, and the series of an arm are added up afterwards; for a query that counts itself leave \`counters\` out`;
  throw new NotMeasured('bad-query', message, { permanent: true });
}

/** Whether a query gives a number where its series are missing. */
export const hidesAbsence = (query: string): boolean => /\bor\s+vector\s*\(/i.test(query);

/** What a person should know of the series behind the answer. */
function remarks(query: string, found: number, { live, silent, absent }: Proven): string[] {
  const named = (s: Selector): string => `\`${oneLine(s.text, 120)}\``;
  const notes = silent.map((s) => `${named(s)} has gone silent: its targets are down, or no longer write it`);
  if (live > 0) notes.push(...absent.map((s) => `${named(s)} has no series`));
  if (live > 0 && found === 0 && absent.length > 0) {
    notes.push('without a failure yet, write `(<failures> or 0 * <all>) / <all>`: 0, but only while there is traffic');
  }
  if (hidesAbsence(query)) notes.push('`or vector(…)` gives a number even when the series before it is missing');
  return notes;
}
