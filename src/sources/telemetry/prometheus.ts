/**
 * Source `prometheus`: whatever speaks Prometheus' HTTP API (v1 `query` and `query_range`;
 * https://prometheus.io/docs/prometheus/latest/querying/api/).
 */
import * as v from 'valibot';
import { reportedNumber } from '../../judge/number.js';
import { authFields, authorization, oneWayToSignIn, signsInOneWay } from '../../net/auth.js';
import { parseJson, refuseDenied } from '../../net/json.js';
import { described, filled, formatDuration, httpUrl, parseDuration } from '../../policy/fields.js';
import type { Samples } from '../../record/evidence.js';
import { iso } from '../../train/clock.js';
import { defineSource, NotMeasured, type SourceContext, type TelemetryQuestion, type Unnamed } from '../source.js';
import { oneLine } from '../text.js';
import type { Liveness } from './promql.js';
import { overTime } from './series.js';

const fields = v.strictObject({
  url: described(httpUrl, 'Base URL; `/api/v1/query` is added to it.'),
  ...authFields,
  tenant: described(v.optional(filled), 'Sent as `X-Scope-OrgID`, for Mimir and its kin.'),
});
const schema = v.pipe(
  fields,
  v.check((c) => signsInOneWay(c), oneWayToSignIn),
);

type Config = v.InferOutput<typeof fields>;

const labelled = { metric: v.record(v.string(), v.string()) };
const pair = v.tuple([v.number(), v.string()]);
const instant = v.object({ ...labelled, value: v.optional(pair), histogram: v.optional(v.unknown()) });
const ranged = v.object({ ...labelled, values: v.optional(v.array(pair)), histograms: v.optional(v.unknown()) });
const data = v.variant('resultType', [
  v.object({ resultType: v.literal('vector'), result: v.array(instant) }),
  v.object({ resultType: v.literal('matrix'), result: v.array(ranged) }),
  v.object({ resultType: v.literal('scalar'), result: pair }),
  v.object({ resultType: v.literal('string'), result: v.unknown() }),
]);
const messages = v.optional(v.array(v.string()), []);
const success = v.object({ status: v.literal('success'), data, warnings: messages, infos: messages });
const refusal = v.object({ status: v.literal('error'), errorType: v.string(), error: v.string() });

type Success = v.InferOutput<typeof success>;
type Series = Samples['series'];

/** A policy judges a number or a handful; more is a query that forgot to aggregate. */
const maxSeries = 200;
/** Prometheus' own limit of points per series. */
const maxPoints = 11_000;

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

const rangeSeconds = ({ from, to }: TelemetryQuestion['window']): number => Math.max(1, Math.round((to - from) / 1000));

/** `$__range`, `$__range_s`, `$__range_ms` stand for the length of the window, as in Grafana. */
function expand(query: string, window: TelemetryQuestion['window']): string {
  const s = rangeSeconds(window);
  return query.replace(/\$__range(_s|_ms)?\b/g, (_, unit?: string) =>
    unit === '_s' ? `${s}` : unit === '_ms' ? `${s * 1000}` : `${s}s`,
  );
}

class Prometheus {
  readonly #config: Config;
  readonly #context: SourceContext;

  constructor(config: Config, context: SourceContext) {
    this.#config = config;
    this.#context = context;
  }

  async ask(question: TelemetryQuestion, signal: AbortSignal): Promise<Unnamed<Samples>> {
    const query = expand(question.query, question.window);
    const main = this.#main(question, query, signal);
    // It may fail while the grammar loads; the error is taken up below.
    main.catch(() => {});
    const { selectorsOf, livenessQuery, readLiveness } = await import('./promql.js');
    const selectors = selectorsOf(query);
    const time = { time: seconds(question.window.to) };
    const raw =
      selectors && selectors.length > 0
        ? this.#send('query', { query: livenessQuery(selectors, rangeSeconds(question.window)), ...time }, signal)
        : undefined;
    const [answer, evidence] = await Promise.all([main, raw]);
    const behind = evidence && selectors ? readLiveness(selectors, toSeries(evidence, 'last')) : undefined;
    return this.#measurement(question, query, answer, behind);
  }

  #main(question: TelemetryQuestion, query: string, signal: AbortSignal): Promise<Success> {
    const { from, to } = question.window;
    if (!question.range) return this.#send('query', { query, time: seconds(to) }, signal);
    const { everyMs } = question.range;
    if ((to - from) / everyMs >= maxPoints) {
      const message = `${formatDuration(to - from)} every ${formatDuration(everyMs)} are more than the ${maxPoints} points that Prometheus gives: write a longer \`range.every\``;
      return Promise.reject(new NotMeasured('bad-query', message, { permanent: true }));
    }
    return this.#send('query_range', { query, start: seconds(from), end: seconds(to), step: seconds(everyMs) }, signal);
  }

  async #send(endpoint: 'query' | 'query_range', form: Record<string, string>, signal: AbortSignal): Promise<Success> {
    const { url, tenant } = this.#config;
    const response = await this.#context.http.send({
      url: `${url}/api/v1/${endpoint}`,
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
        ...authorization(this.#config),
        ...(tenant === undefined ? {} : { 'x-scope-orgid': tenant }),
      },
      body: new URLSearchParams(form).toString(),
      signal,
    });
    const { origin } = new URL(url);
    refuseDenied(response, origin, 'permission to query');
    const json = parseJson(response, origin);
    const refused = v.safeParse(refusal, json);
    if (refused.success) {
      const { errorType, error } = refused.output;
      const bad = errorType === 'bad_data';
      throw new NotMeasured(
        bad ? 'bad-query' : 'query-failed',
        `Prometheus refuses the query (${oneLine(errorType, 40)}): ${oneLine(error, 300)}`,
        {
          permanent: bad,
        },
      );
    }
    const parsed = v.safeParse(success, json);
    if (!parsed.success || response.status !== 200) {
      throw new NotMeasured(
        'bad-answer',
        `${origin} answered ${response.status} with something that is not Prometheus' API: is the URL right?`,
      );
    }
    return parsed.output;
  }

  #measurement(
    question: TelemetryQuestion,
    query: string,
    answer: Success,
    behind: readonly Liveness[] | undefined,
  ): Unnamed<Samples> {
    const { window } = question;
    const series = toSeries(answer, question.range?.reduce ?? 'last');
    if (series.length > maxSeries) {
      throw new NotMeasured(
        'too-many-series',
        `the query gave ${series.length} series, more than ${maxSeries}: aggregate in the query`,
        { permanent: true },
      );
    }
    const alive = (behind ?? []).filter((s) => s.live > 0);
    const silent = (behind ?? []).filter((s) => s.live === 0 && s.recent > 0);
    const never = (behind ?? []).filter((s) => s.live === 0 && s.recent === 0);
    const newest = alive.flatMap((s) => s.newest ?? []).reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    const live = alive.reduce((sum, s) => sum + s.live, 0);
    const of = (behind ?? []).map((s) => s.selector).join(', ');
    return {
      kind: 'samples',
      subject: behind
        ? `${live} live series of ${oneLine(of, 160)}`
        : `no series, since the query names none that is known: ${oneLine(query, 160)}`,
      query,
      link: this.#link(query, window),
      at: iso(this.#context.clock.now()),
      seen: behind ? live : 0,
      notes: [
        ...answer.warnings.map((w) => oneLine(w)),
        ...answer.infos.map((i) => oneLine(i)),
        ...silent.map(
          (s) => `${oneLine(s.selector, 120)} has gone silent: its targets are down, or no longer write it`,
        ),
        ...(alive.length > 0 ? never.map((s) => `${oneLine(s.selector, 120)} has no series`) : []),
      ],
      // What fell silent inside the window still feeds the ranges of the query: an answer of yesterday's news.
      partial: answer.warnings.length > 0 || silent.length > 0,
      window: { from: iso(window.from), to: iso(window.to) },
      newest: Number.isFinite(newest) ? iso(newest) : null,
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
    return `${this.#config.url}/graph?${page.toString()}`;
  }
}

const histogram = (): NotMeasured =>
  new NotMeasured(
    'bad-query',
    'the query gives native histograms; take a number from them, e.g. with histogram_quantile()',
    { permanent: true },
  );

function toSeries({ data: { resultType, result } }: Success, reduce: Parameters<typeof overTime>[1]): Series {
  switch (resultType) {
    case 'scalar':
      return [{ labels: {}, value: reportedNumber(result[1]), points: 1 }];
    case 'vector':
      return result.map(({ metric, value }) => {
        if (value === undefined) throw histogram();
        return { labels: metric, value: reportedNumber(value[1]), points: 1 };
      });
    case 'matrix':
      return result.map(({ metric, values, histograms }) => {
        if (histograms !== undefined) throw histogram();
        const points = (values ?? []).map(([at, value]) => ({ at: at * 1000, value: reportedNumber(value) }));
        return { labels: metric, value: overTime(points, reduce), points: points.length };
      });
    case 'string':
      throw new NotMeasured('bad-query', 'the query gives a text, expected numbers', { permanent: true });
  }
}

export const prometheusSource = defineSource({
  type: 'prometheus',
  family: 'telemetry',
  schema,
  open: (config, context) => new Prometheus(config, context),
  lint({ query }, { warmupMs }) {
    const advice: string[] = [];
    if (/\bor\s+vector\s*\(/.test(query)) {
      advice.push(
        '`or vector(…)` turns a missing series into a number, so that absence can no longer be seen; `or 0 * <a query that proves traffic>` does not',
      );
    }
    const ranges = [...query.matchAll(/\[(\w+)[:\]]/g)].flatMap(([, text]) => parseDuration(text ?? '') ?? []);
    const longest = ranges.reduce((a, b) => Math.max(a, b), 0);
    if (longest > warmupMs) {
      advice.push(
        `looks back ${formatDuration(longest)}, longer than the warm-up of ${formatDuration(warmupMs)}: the first rounds see traffic from before the deployment; write \`[$__range]\`, the window of the question`,
      );
    }
    return advice;
  },
});
