/**
 * Source `loki`: numbers from logs, by LogQL metric queries (`query` and `query_range`;
 * https://grafana.com/docs/loki/latest/reference/loki-http-api/). Lines of the log are never read.
 */
import * as v from 'valibot';
import { authFields, authorization, oneWayToSignIn, signsInOneWay } from '../../net/auth/basic.js';
import { serverWords } from '../../net/errors.js';
import { parseJson, refuseDenied } from '../../net/json.js';
import { described, filled } from '../../policy/fields.js';
import type { Samples } from '../../record/evidence.js';
import { iso } from '../../train/clock.js';
import {
  defineSource,
  NotMeasured,
  queryOf,
  type SourceContext,
  type TelemetryQuestion,
  type Unnamed,
  type Window,
} from '../source.js';
import { oneLine } from '../text.js';
import { baseUrl, settleField } from './fields.js';
import { type StreamSelector, selectorsOf } from './logql.js';
import { refusal, success, toSeries } from './prometheus/answer.js';
import { binAdvice, expandRange, lookBackAdvice, refuseOtherBins, spanOf } from './range.js';
import { isInBins, mostInBins, refuseMany } from './series.js';

const fields = v.strictObject({
  url: described(baseUrl, 'Base URL; `/loki/api/v1/query` is added to it.'),
  ...authFields,
  tenant: described(v.optional(filled), 'Sent as `X-Scope-OrgID`; several with `|` between them.'),
  settle: settleField('lines', '30s'),
});
const schema = v.pipe(
  fields,
  v.check((c) => signsInOneWay(c), oneWayToSignIn),
);
type Config = v.InferOutput<typeof fields>;

/** A time in nanoseconds and the line, which is not read. */
const entry = v.pipe(
  v.array(v.unknown()),
  v.check(([at]) => typeof at === 'string' && /^\d{7,19}$/.test(at)),
  // Cut off as text: as a number it would be rounded, maybe beyond the end of the window.
  v.transform(([at]) => Number(String(at).slice(0, -6))),
);
const streams = v.object({
  status: v.literal('success'),
  data: v.object({ resultType: v.literal('streams'), result: v.array(v.object({ values: v.array(entry) })) }),
  warnings: v.optional(v.array(v.string()), []),
});
const logLines = v.object({ data: v.object({ resultType: v.literal('streams') }) });

const maxSeries = 200;

const nanoseconds = (ms: number): string => `${Math.round(ms)}000000`;

const needsMetric = (): NotMeasured =>
  new NotMeasured(
    'bad-query',
    'the query gives log lines, expected a number: use count_over_time(), rate() or another function on it',
    { permanent: true },
  );

/** What one selector's streams have: the time of the newest line, milliseconds since the epoch; undefined: no line. */
interface Live {
  readonly selector: StreamSelector;
  readonly newest: number | undefined;
}

class Loki {
  readonly #config: Config;
  readonly #context: SourceContext;
  readonly #origin: string;

  constructor(config: Config, context: SourceContext) {
    this.#config = config;
    this.#context = context;
    this.#origin = new URL(config.url).origin;
  }

  async ask(question: TelemetryQuestion, signal: AbortSignal): Promise<Unnamed<Samples>> {
    const { window, range } = question;
    const query = expandRange(queryOf(question), spanOf(question));
    refuseOtherBins(query, question);
    const selectors = selectorsOf(query);
    const [answer, ...found] = await Promise.all([
      this.#main(question, query, signal),
      ...selectors.map((selector) => this.#newest(selector, window, signal)),
    ]);
    const series = toSeries(answer, { window, ...(range && { range }) });
    refuseMany(series.length, isInBins(range?.reduce) ? mostInBins : maxSeries);
    const { live, newest, silent } = weigh(found);
    const warnings = new Set([...answer.warnings, ...found.flatMap((f) => f.warnings)]);
    const of = selectors.map(({ text }) => oneLine(text, 80)).join(', ');
    const notes = [
      ...[...warnings].map((text) => oneLine(text)),
      ...silent.map(({ text }) => `\`${oneLine(text, 120)}\` has no line in the window`),
    ];
    if (live > 0 && series.length === 0) {
      notes.push('no line that counts gives no series: write `or vector(0)` behind what may be missing');
    }
    return {
      kind: 'samples',
      subject: `streams of ${of || 'no selector, since none can be read from the query'} on ${this.#origin}`,
      query,
      at: iso(this.#context.clock.now()),
      seen: live,
      notes,
      partial: warnings.size > 0,
      window: { from: iso(window.from), to: iso(window.to) },
      newest: newest === undefined ? null : iso(newest),
      series,
    };
  }

  async #main(
    { window, range }: TelemetryQuestion,
    query: string,
    signal: AbortSignal,
  ): Promise<v.InferOutput<typeof success>> {
    const json =
      range === undefined
        ? await this.#send('query', { query, time: nanoseconds(window.to) }, signal)
        : await this.#send(
            'query_range',
            { query, ...span(evaluated(window, range)), step: String(range.everyMs / 1000) },
            signal,
          );
    if (v.is(logLines, json)) throw needsMetric();
    const parsed = v.safeParse(success, json);
    if (!parsed.success) throw this.#foreign();
    return parsed.output;
  }

  async #newest(
    selector: StreamSelector,
    window: Window,
    signal: AbortSignal,
  ): Promise<Live & { readonly warnings: readonly string[] }> {
    const form = { query: selector.text, ...span(window), limit: '1', direction: 'backward' };
    const parsed = v.safeParse(streams, await this.#send('query_range', form, signal));
    if (!parsed.success) throw this.#foreign();
    const { data, warnings } = parsed.output;
    const times = data.result.flatMap(({ values }) => values).filter((at) => at >= window.from && at <= window.to);
    return { selector, newest: times.length === 0 ? undefined : Math.max(...times), warnings };
  }

  async #send(endpoint: 'query' | 'query_range', form: Record<string, string>, signal: AbortSignal): Promise<unknown> {
    const { url, tenant } = this.#config;
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
      ...authorization(this.#config),
      ...(tenant === undefined ? {} : { 'x-scope-orgid': tenant }),
    };
    const response = await this.#context.http.send({
      url: `${url}/loki/api/v1/${endpoint}`,
      method: 'POST',
      headers,
      body: new URLSearchParams(form).toString(),
      signal,
    });
    refuseDenied(response, this.#origin, 'permission to read logs (in Grafana Cloud `logs:read`)', headers);
    if (response.status >= 400) throw refused(response.status, response.text, headers);
    const json = parseJson(response, this.#origin);
    if (v.is(refusal, json))
      throw new NotMeasured('query-failed', `the query failed${serverWords(response.text, headers)}`);
    return json;
  }

  #foreign(): NotMeasured {
    return new NotMeasured(
      'bad-answer',
      `${this.#origin} answered something that is not Loki's API: is the URL right?`,
    );
  }
}

/** An evaluation looks back on the bin that it ends. */
const evaluated = ({ from, to }: Window, { everyMs, reduce }: NonNullable<TelemetryQuestion['range']>): Window =>
  isInBins(reduce) ? { from: from + everyMs, to } : { from, to };

const span = ({ from, to }: Window): Record<'start' | 'end', string> => ({
  start: nanoseconds(from),
  end: nanoseconds(to),
});

function refused(status: number, text: string, sent: Readonly<Record<string, string>>): NotMeasured {
  if (/log queries are not supported/i.test(text)) return needsMetric();
  // It names the labels of the line that did not parse, and they may hold anything.
  const [, pipeline] = /pipeline error: '(\w{1,60})'/.exec(text) ?? [];
  if (pipeline !== undefined) {
    const message = `Loki could not read a line (${pipeline}); leave such lines out with \`| __error__=""\``;
    return new NotMeasured('query-failed', message);
  }
  const permanent = status === 400 || status === 422;
  const message = `Loki refuses the query (${status})${serverWords(text, sent)}`;
  return new NotMeasured(permanent ? 'bad-query' : 'query-failed', message, { permanent });
}

/**
 * What the streams behind a query prove. One that is silent proves nothing, unless it is only a narrower view of a living one, such as
 * `{app="shop", level="error"}` beside `{app="shop"}`.
 */
function weigh(found: readonly Live[]): { live: number; newest: number | undefined; silent: StreamSelector[] } {
  const living = found.filter(({ newest }) => newest !== undefined);
  const narrows = (a: StreamSelector, b: StreamSelector): boolean =>
    a !== b && a.matchers.size > b.matchers.size && [...b.matchers].every((m) => a.matchers.has(m));
  const silent = found.filter(({ newest }) => newest === undefined).map(({ selector }) => selector);
  const unproven = silent.filter((s) => !living.some((l) => narrows(s, l.selector)));
  // A narrower view may be behind the wider one as well.
  const wide = living.filter((a) => !living.some((b) => narrows(a.selector, b.selector)));
  const times = wide.flatMap(({ newest }) => newest ?? []);
  if (unproven.length > 0 || times.length === 0) return { live: 0, newest: undefined, silent };
  return { live: living.length, newest: Math.min(...times), silent };
}

export const lokiSource = defineSource({
  type: 'loki',
  families: ['telemetry'],
  windowInQuery: true,
  schema,
  settleMs: (config) => config.settle,
  open(config, context) {
    const loki = new Loki(config, context);
    return { telemetry: (question, signal) => loki.ask(question, signal) };
  },
  lint(question, { warmupMs }) {
    const { query } = question;
    if (typeof query !== 'string') return [];
    const advice: string[] = [];
    if (selectorsOf(query).length === 0) {
      advice.push('no stream selector `{…}` of now can be read from the query, so nothing it gives can be proven');
    }
    return [...advice, ...binAdvice(query, question), ...lookBackAdvice(query, warmupMs, 'lines')];
  },
});
