/** Questions to Application Insights and Log Analytics: a query of the policy, or a ready-made signal. */
import { azureClouds } from '../../../net/auth/azure.js';
import type { Samples } from '../../../record/evidence.js';
import { iso } from '../../../train/clock.js';
import { NotMeasured, type SourceContext, type TelemetryQuestion, type Unnamed, type Window } from '../../source.js';
import { oneLine } from '../../text.js';
import { isInBins } from '../series.js';
import { type Signal, signalText } from '../signals.js';
import { LogsClient, type LogsConfig, type Target } from './client.js';
import { calls, kqlTime, tokensOf } from './kql.js';
import { portalLink } from './link.js';
import { evidenceQuery, readsOf, weigh } from './parts.js';
import { evidenceRows, ownRows, type Rows, signalRows } from './rows.js';
import { type Scope, type Span, signalQuery } from './signal-kql.js';
import { isAppTable } from './tables.js';

export interface LogsOptions {
  readonly target: Target;
  /** What the ready-made signals need; a text: why there are none. */
  readonly scope: Scope | string;
  /** The resource that the portal shows the query in, where its id is known. */
  readonly shownIn: string | undefined;
}

/** What was found for one question. */
interface Found extends Rows {
  readonly seen: number;
  readonly notes: readonly string[];
  readonly missing: readonly string[];
}

export class Logs {
  readonly #config: LogsConfig;
  readonly #options: LogsOptions;
  readonly #context: SourceContext;
  readonly #client: LogsClient;
  /** Evidence queries under way: several queries of one service ask for the same rows. */
  readonly #evidence = new Map<string, ReturnType<LogsClient['run']>>();
  /** When the first window of this run in which new exceptions were asked for began, milliseconds since the epoch. */
  #since = Number.POSITIVE_INFINITY;

  constructor(config: LogsConfig, options: LogsOptions, context: SourceContext) {
    this.#config = config;
    this.#options = options;
    this.#context = context;
    this.#client = new LogsClient(config, options.target, context);
  }

  async ask(question: TelemetryQuestion, signal: AbortSignal): Promise<Unnamed<Samples>> {
    const { query: asked, window } = question;
    const { query, from } =
      typeof asked === 'string'
        ? { query: expand(asked, question), from: window.from }
        : this.#signal(asked, {
            ...window,
            ...(inBins(question) && question.range ? { everyMs: question.range.everyMs } : {}),
          });
    const span = { from, to: window.to };
    const found = await (typeof asked === 'string'
      ? this.#own(query, question, signal)
      : this.#readyMade(query, asked, question, span, signal));
    return {
      kind: 'samples',
      subject: `${found.seen} rows behind ${oneLine(signalText(asked), 160)} in ${this.#options.target.name}`,
      query,
      ...(await this.#link(query, span)),
      at: iso(this.#context.clock.now()),
      seen: found.seen,
      notes: [...found.missing, ...found.notes],
      partial: found.missing.length > 0,
      window: { from: iso(window.from), to: iso(window.to) },
      newest: typeof found.newest === 'number' ? iso(found.newest) : null,
      ...(found.events === undefined ? {} : { events: found.events }),
      series: found.series,
    };
  }

  #signal(signal: Signal, window: Span): ReturnType<typeof signalQuery> {
    const { scope } = this.#options;
    if (typeof scope === 'string') throw new NotMeasured('bad-query', scope, { permanent: true });
    if (signal.signal === 'new-exceptions') this.#since = Math.min(this.#since, window.from);
    return signalQuery(signal, window, scope, this.#since);
  }

  async #readyMade(
    query: string,
    asked: Signal,
    question: TelemetryQuestion,
    span: Window,
    signal: AbortSignal,
  ): Promise<Found> {
    const { table, missing } = await this.#client.run(query, span, signal);
    const { rows, ...found } = signalRows(table, asked, question);
    return { ...found, seen: rows, missing, notes: notesOn(asked, rows, found.events, this.#config) };
  }

  async #own(query: string, question: TelemetryQuestion, signal: AbortSignal): Promise<Found> {
    const { window } = question;
    const reads = readsOf(query);
    const ask = () =>
      reads.parts.length === 0 ? undefined : this.#behind(evidenceQuery(reads, window), window, signal);
    // At the same time, unless the query seems to say itself how new its rows are.
    const early = namesNewest(query) ? undefined : ask();
    const [{ table, missing }] = await Promise.all([this.#client.run(query, window, signal), early]);
    const found = ownRows(table, question);
    if (found.newest !== undefined) {
      const seen = found.newest === null ? 0 : found.series.length;
      const notes = found.newest === null ? ['the query found no row'] : [];
      return { ...found, seen, missing, notes };
    }
    const evidence = await (early ?? ask());
    const cure = 'write the query so that it gives a column `newest`, such as `newest = max(timestamp)`';
    if (evidence === undefined || 'refused' in evidence) {
      const why = evidence?.refused ?? 'no table can be read from the query';
      return { ...found, newest: null, seen: 0, missing, notes: [`how new the rows are is unknown (${why}): ${cure}`] };
    }
    const { rows, newest, empty } = weigh(reads.parts, evidenceRows(evidence.table));
    const notes = empty.map(
      (name) => `${oneLine(name, 80)} has no row in the window that the query is about; if that is well, ${cure}`,
    );
    return {
      ...found,
      newest: newest ?? null,
      seen: rows,
      missing: [...new Set([...missing, ...evidence.missing])],
      notes,
    };
  }

  /** The rows behind a query; a refusal is no fault of the policy's query, which may be too clever to be taken apart. */
  async #behind(query: string, window: Window, signal: AbortSignal) {
    const running = this.#evidence.get(query) ?? this.#client.run(query, window, signal);
    this.#evidence.set(query, running);
    try {
      return await running;
    } catch (error) {
      if (error instanceof NotMeasured && error.code === 'bad-query') return { refused: error.message };
      throw error;
    } finally {
      this.#evidence.delete(query);
    }
  }

  async #link(query: string, window: Window): Promise<{ link?: string }> {
    const { shownIn } = this.#options;
    if (shownIn === undefined) return {};
    const { portal } = azureClouds[this.#config.cloud];
    return { link: await portalLink(portal, this.#config.tenant, shownIn, query, window) };
  }
}

const inBins = ({ range }: TelemetryQuestion): boolean => isInBins(range?.reduce);

/** Whether the query writes a column of this name; then it says itself how new its rows are. */
const namesNewest = (query: string): boolean =>
  tokensOf(query).some(({ kind, text }) => kind === 'name' && text.toLowerCase() === 'newest');

/** `$__from` and `$__to` stand for the window as datetimes, `$__interval` for the distance of the samples, or the window's length. */
function expand(query: string, question: TelemetryQuestion): string {
  const { window, range } = question;
  const { from, to } = window;
  if (inBins(question) && !/\$__interval\b/.test(query)) {
    const message = 'the query must give one row for each bin: `summarize … by bin(timestamp, $__interval)`';
    throw new NotMeasured('bad-query', message, { permanent: true });
  }
  const values = { from: kqlTime(from), to: kqlTime(to), interval: `${range?.everyMs ?? Math.max(1, to - from)}ms` };
  return query.replace(/\$__(from|to|interval)\b/g, (_, name: keyof typeof values) => values[name]);
}

function notesOn(
  { signal, where, by }: Signal,
  rows: number,
  events: number | undefined,
  config: LogsConfig,
): string[] {
  const sampled = !['exceptions', 'new-exceptions', 'events', 'metric-avg', 'metric-sum', 'metric-max'].includes(
    signal,
  );
  if (sampled && events !== undefined && rows > 0 && rows < events) {
    const kept = ((100 * rows) / events).toPrecision(2);
    return [`sampled: ${rows} rows stand for ${events} events, ${Number(kept)} % were kept`];
  }
  if (rows === 0 && (where?.slot !== undefined || by === 'slot')) {
    return [`the slot is looked for in ${config['slot-column']}: does the app write it? See \`slot-column\``];
  }
  return [];
}

/** Advice on a query of the policy, for `signalbox check`. */
export function lintKql(question: TelemetryQuestion): string[] {
  const { query } = question;
  if (typeof query !== 'string') {
    return query.signal === 'duration-buckets' && !inBins(question)
      ? ['`duration-buckets` is no single value: it is for gates of type `canary`']
      : [];
  }
  const tokens = tokensOf(query);
  const advice: string[] = [];
  if (calls(tokens, 'ago', 'now')) {
    advice.push(
      '`ago()` and `now()` go by the time of asking: leave the window to Signalbox, or write `$__from` and `$__to`',
    );
  }
  const says = (...names: string[]): boolean =>
    tokens.some(({ kind, text }) => kind === 'name' && names.includes(text));
  const reads = readsOf(query).parts.some(({ table }) => isAppTable(table));
  if (
    reads &&
    !says('itemCount', 'ItemCount') &&
    (calls(tokens, 'count', 'countif', 'percentile', 'percentiles', 'avg') || endsInCount(tokens))
  ) {
    advice.push(
      'counts rows, but where telemetry is sampled one row stands for several: `sum(itemCount)`, `percentilew(duration, itemCount, 95)`',
    );
  }
  return advice;
}

const endsInCount = (tokens: ReturnType<typeof tokensOf>): boolean =>
  tokens.at(-1)?.text === 'count' && tokens.at(-2)?.text === '|';
