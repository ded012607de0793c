/** Source `http-json`: any address that answers with JSON; a CEL expression makes the number of it. */
import * as v from 'valibot';
import { serverWords } from '../../../net/errors.js';
import type { HttpResponse } from '../../../net/http.js';
import { parseJson, refuseDenied } from '../../../net/json.js';
import { described, filled } from '../../../policy/fields.js';
import type { Samples } from '../../../record/evidence.js';
import { iso } from '../../../train/clock.js';
import { compile, type Expression, type Variables } from '../../cel.js';
import {
  address,
  credentialFields,
  credentialHeaders,
  credentialOf,
  headersWithout,
  lowerCase,
  oneWayToSignInSomehow,
  signsInSomehow,
} from '../../request.js';
import {
  defineSource,
  NotMeasured,
  queryOf,
  type SourceContext,
  type TelemetryQuestion,
  type Unnamed,
  type Window,
} from '../../source.js';
import { oneLine } from '../../text.js';
import { instantOf, toSeries } from './values.js';

const fields = v.strictObject({
  url: described(
    address,
    'Address that answers with JSON. `$__from_ms`, `$__to_s`, `$__to_iso`, `$__range_s` and the like stand for the window.',
  ),
  method: described(v.optional(v.picklist(['GET', 'POST']), 'GET'), 'How it is asked.'),
  headers: described(headersWithout(), 'Headers to send beside those that sign in.'),
  body: described(
    v.optional(filled),
    'Sent as it is, with the same macros as the URL; JSON unless `headers` say otherwise.',
  ),
  ...credentialFields,
  time: described(
    v.optional(filled),
    'CEL expression that gives the time of the newest datum in the answer: ISO 8601 with a time zone, or seconds or milliseconds since 1970. Without it the answer counts as of now.',
  ),
});

const macro = /\$__(?:(from|to)_(ms|s|iso)|range_(ms|s))\b/g;
type Asked = { readonly url: string; readonly body?: string | undefined };
const texts = (c: Asked): readonly string[] => [c.url, c.body ?? ''];
const asksForWindow = (c: Asked): boolean => texts(c).some((text) => text.search(macro) >= 0);

const schema = v.pipe(
  fields,
  v.check((c) => signsInSomehow(c), oneWayToSignInSomehow),
  v.check((c) => c.method === 'POST' || c.body === undefined, '`body` only with `method: POST`'),
  v.check(
    (c) => texts(c).every((text) => !text.replace(macro, '').includes('$__')),
    'no macro but `$__from_` and `$__to_` with `ms`, `s` or `iso`, and `$__range_` with `ms` or `s`',
  ),
  v.check((c) => c.time !== undefined || !asksForWindow(c), '`time` beside a window in `url` or `body`'),
);

type Config = v.InferOutput<typeof fields>;

const variables: Variables = {
  status: 'int',
  body: 'dyn',
  headers: 'map<string, string>',
  now: 'google.protobuf.Timestamp',
  window_from: 'google.protobuf.Timestamp',
  window_to: 'google.protobuf.Timestamp',
};

/** A policy judges a number or a handful. */
const maxSeries = 100;
/** An address that is not told the window can only be asked about now. */
const liveMs = 5 * 60_000;

/** What was asked and what came back, for all the expressions of one window. */
interface Exchange {
  readonly response: HttpResponse;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

class HttpJson {
  readonly #config: Config;
  readonly #context: SourceContext;
  /** By window: several expressions of a round read the same answer, so that a share is of one whole. */
  readonly #exchanges = new Map<string, Promise<Exchange>>();
  readonly #compiled = new Map<string, Promise<Expression>>();

  constructor(config: Config, context: SourceContext) {
    this.#config = config;
    this.#context = context;
  }

  async ask(question: TelemetryQuestion, signal: AbortSignal): Promise<Unnamed<Samples>> {
    const { window, range } = question;
    const query = queryOf(question);
    const { time } = this.#config;
    if (range) throw badQuery('an address is asked once; `range` is for sources that keep a history');
    const [value, newest] = await Promise.all([
      this.#compile(query),
      time === undefined ? undefined : this.#compile(time),
    ]);
    const { response, at } = await this.#exchange(window, signal);
    const values = this.#values(response, window, at, [value, ...(newest ? [newest] : [])]);
    const given = value.evaluate(values);
    const series = 'missing' in given ? [] : toSeries(given.value, query);
    if (series.length > maxSeries) {
      const message = `\`${oneLine(query, 120)}\` gave ${series.length} numbers, more than ${maxSeries}: aggregate in the expression`;
      throw new NotMeasured('too-many-series', message, { permanent: true });
    }
    const { origin, pathname } = new URL(this.#config.url);
    const dated = newest?.evaluate(values);
    return {
      kind: 'samples',
      subject: `the answer of ${origin}${pathname} (${response.status})`,
      query,
      link: `${origin}${pathname}`,
      at: iso(at),
      seen: series.length,
      notes: [given, dated].flatMap((x) => (x && 'missing' in x ? [x.missing] : [])),
      partial: false,
      window: { from: iso(window.from), to: iso(window.to) },
      newest: dated === undefined ? iso(at) : 'missing' in dated ? null : iso(instantOf(dated.value, time ?? '')),
      series,
    };
  }

  #compile(text: string): Promise<Expression> {
    const compiled = this.#compiled.get(text) ?? compile(text, variables);
    this.#compiled.set(text, compiled);
    return compiled;
  }

  #exchange(window: Window, signal: AbortSignal): Promise<Exchange> {
    const key = `${window.from} ${window.to}`;
    const known = this.#exchanges.get(key);
    if (known) return known;
    // Of the rounds before this one nobody asks again.
    if (this.#exchanges.size >= 16) this.#exchanges.clear();
    const exchange = this.#send(window, signal);
    this.#exchanges.set(key, exchange);
    exchange.catch(() => this.#exchanges.delete(key));
    return exchange;
  }

  async #send(window: Window, signal: AbortSignal): Promise<Exchange> {
    const { clock, http } = this.#context;
    const config = this.#config;
    if (!asksForWindow(config) && clock.now() - window.to > liveMs) {
      const message = `${origin(config)} is asked for the time until ${iso(window.to)}, but is not told so: put \`$__from_ms\` and \`$__to_ms\` into \`url\` or \`body\``;
      throw badQuery(message);
    }
    const url = expand(config.url, window, encodeURIComponent);
    const response = await http.send({
      url,
      method: config.method,
      headers: {
        accept: 'application/json',
        ...(config.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...lowerCase(config.headers),
        ...credentialHeaders(config, url),
      },
      ...(config.body === undefined ? {} : { body: expand(config.body, window, (text) => text) }),
      signal,
    });
    return { response, at: clock.now() };
  }

  /** The variables; throws where the answer is none. */
  #values(
    response: HttpResponse,
    window: Window,
    at: number,
    expressions: readonly Expression[],
  ): Readonly<Record<string, unknown>> {
    const { status, headers } = response;
    const reads = (name: string): boolean => expressions.some((e) => e.reads.has(name));
    const config = this.#config;
    const sent = credentialOf(config);
    const signedIn = Object.keys(sent).length > 0;
    // With a credential a refusal is about us; without one it may be just what the policy asks about.
    if (!expressions[0]?.reads.has('status') || (signedIn && (status === 401 || status === 403))) {
      refuseDenied(response, origin(config), 'permission to read this address', sent);
      if (status < 200 || status >= 300) {
        const permanent = status === 400 || status === 422;
        const message = `${origin(config)} answered ${status}${serverWords(response.text, sent)}; only an expression that reads \`status\` may judge that`;
        throw new NotMeasured(permanent ? 'bad-query' : 'bad-answer', message, { permanent });
      }
    }
    return {
      status: BigInt(status),
      body: reads('body') ? parseJson(response, origin(config)) : null,
      headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)),
      now: new Date(at),
      window_from: new Date(window.from),
      window_to: new Date(window.to),
    };
  }
}

const origin = ({ url }: Pick<Config, 'url'>): string => new URL(url).origin;

const badQuery = (message: string): NotMeasured => new NotMeasured('bad-query', message, { permanent: true });

function expand(text: string, { from, to }: Window, quote: (text: string) => string): string {
  return text.replace(
    macro,
    (_, end: 'from' | 'to' | undefined, unit: string | undefined, length: string | undefined) => {
      const ms = end === undefined ? to - from : end === 'from' ? from : to;
      if (unit === 'iso') return quote(iso(ms));
      return String((unit ?? length) === 's' ? Math.round(ms / 1000) : ms);
    },
  );
}

/** What a value can be made of; the rest is known to be wrong before anything is asked. */
const fitting = /^(?:dyn|int|uint|double|bool|null|list|map|optional)\b/;

/** Advice on one expression. */
async function lintExpression(text: string): Promise<readonly string[]> {
  let type: string;
  try {
    ({ type } = await compile(text, variables));
  } catch (error) {
    if (error instanceof NotMeasured) return [error.message];
    throw error;
  }
  return [
    ...(fitting.test(type) ? [] : [`gives a ${type}, expected a number or true or false`]),
    ...(/\bhas\s*\(|\borValue\s*\(/.test(text)
      ? ['`has(…)` and `orValue(…)` turn a missing key into a value, so that absence can no longer be seen']
      : []),
  ];
}

export const httpJsonSource = defineSource({
  type: 'http-json',
  families: ['telemetry'],
  schema,
  open(config, context) {
    const json = new HttpJson(config, context);
    return { telemetry: (question, signal) => json.ask(question, signal) };
  },
  async proofread({ query }, { time }) {
    const advice = typeof query === 'string' ? await lintExpression(query) : [];
    if (time === undefined) return advice;
    const wrong = await compile(time, variables).then(
      () => [],
      (error: unknown) => [`\`time\`: ${(error as Error).message}`],
    );
    return [...advice, ...wrong];
  },
});
