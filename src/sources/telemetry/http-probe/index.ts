/** Source `http-probe`: asks a slot, a canary or the service itself a few times, and measures how it answers. */
import * as v from 'valibot';
import { authFields, authorization, oneWayToSignIn, signsInOneWay } from '../../../net/auth/basic.js';
import { proxyFor } from '../../../net/proxy.js';
import { between, described } from '../../../policy/fields.js';
import type { Reported, Samples } from '../../../record/evidence.js';
import { iso } from '../../../train/clock.js';
import type { Attempt } from '../../probing/attempt.js';
import { compileBody, judgeOf } from '../../probing/expect.js';
import {
  bodyOfItsMethod,
  expectsWhatComes,
  hasBodyOfItsMethod,
  patience,
  requestFields,
  whatComes,
} from '../../probing/fields.js';
import { address, headersWithout, lowerCase } from '../../request.js';
import { defineSource, NotMeasured, type SourceContext, type TelemetryQuestion, type Unnamed } from '../../source.js';
import { refuseBins } from '../series.js';
import { type Signal, type SignalName, signalText } from '../signals.js';
import { certificateEnd } from './certificate.js';
import { type Probed, probe } from './probe.js';

const fields = v.strictObject({
  url: described(address, 'What is asked, e.g. the health page of a slot.'),
  method: requestFields.method,
  headers: described(
    headersWithout(['cookie']),
    'Headers to send, e.g. `cookie: x-ms-routing-name=staging` to be sent to a slot.',
  ),
  body: requestFields.body,
  ...authFields,
  requests: described(v.optional(between(1, 1000), 20), 'How many requests of a round count.'),
  concurrency: described(v.optional(between(1, 50), 4), 'How many are under way at once.'),
  'warm-up': described(v.optional(between(0, 1000), 3), 'How many requests are sent before those that count.'),
  timeout: described(v.optional(patience, '5s'), 'How long one request may take; then it has failed.'),
  expect: requestFields.expect,
});
const schema = v.pipe(
  fields,
  v.check((c) => signsInOneWay(c), oneWayToSignIn),
  v.check((c) => hasBodyOfItsMethod(c), bodyOfItsMethod),
  v.check((c) => expectsWhatComes(c), whatComes),
);

type Config = v.InferOutput<typeof fields>;

/** A probe sees nothing but now. */
const liveMs = 5 * 60_000;

/** What one round saw, and when it was over, milliseconds since the epoch. */
interface Seen<T> {
  readonly what: T;
  readonly from: number;
  readonly to: number;
}

class HttpProbe {
  readonly #config: Config;
  readonly #context: SourceContext;
  readonly #url: URL;
  /** One probe for all the signals of a round. */
  readonly #probed = new Map<number, Promise<Seen<Probed>>>();
  readonly #ends = new Map<number, Promise<Seen<number>>>();

  constructor(config: Config, context: SourceContext) {
    this.#config = config;
    this.#context = context;
    this.#url = new URL(config.url);
  }

  async ask(question: TelemetryQuestion, signal: AbortSignal): Promise<Unnamed<Samples>> {
    const { window, query } = question;
    refuseBins(question, 'a probe asks now; it has no values of other minutes');
    const wanted = signalOf(query);
    if (this.#context.clock.now() - window.to > liveMs) {
      throw badQuery(`a probe sees nothing but now, and is asked for the time until ${iso(window.to)}`);
    }
    if (wanted === 'certificate-life') {
      const { what: end, ...times } = await this.#once(this.#ends, window.to, () => this.#certificate(signal));
      const value = (end - times.to) / 3_600_000;
      const evidence = {
        subject: `the certificate of ${this.#url.origin}, which ends ${iso(end)}`,
        seen: 1,
        notes: [],
      };
      return this.#measurement(query, times, { ...evidence, partial: false, values: [value], points: 1 });
    }
    const { what: probed, ...times } = await this.#once(this.#probed, window.to, () => this.#probe(signal));
    const counted = probed.attempts.filter((a) => a.kind !== 'unmeasured');
    const value = measured(wanted, counted);
    return this.#measurement(query, times, {
      subject: `${counted.length} requests: ${this.#asked()}`,
      seen: counted.length,
      notes: remarks(probed, this.#config.requests),
      partial: probed.cut || counted.length < probed.attempts.length,
      values: value === undefined ? [] : [value],
      points: counted.length,
      events: counted.length,
    });
  }

  #once<T>(kept: Map<number, Promise<Seen<T>>>, at: number, measure: () => Promise<T>): Promise<Seen<T>> {
    const known = kept.get(at);
    if (known) return known;
    kept.clear();
    const { clock } = this.#context;
    const from = clock.now();
    const seen = measure().then((what) => ({ what, from, to: clock.now() }));
    kept.set(at, seen);
    seen.catch(() => kept.delete(at));
    return seen;
  }

  async #probe(signal: AbortSignal): Promise<Probed> {
    const { method, body, headers, requests, concurrency, timeout, expect } = this.#config;
    const plan = {
      request: {
        url: this.#url.href,
        method,
        headers: { ...lowerCase(headers), ...authorization(this.#config) },
        ...(body === undefined ? {} : { body }),
      },
      judge: await judgeOf(expect),
      requests,
      warmUp: this.#config['warm-up'],
      concurrency,
      timeoutMs: timeout,
      redirects: expect['max-redirects'],
    };
    return probe(this.#context.http, plan, signal);
  }

  async #certificate(signal: AbortSignal): Promise<number> {
    if (this.#url.protocol !== 'https:') throw badQuery(`${this.#url.origin} is plain http and has no certificate`);
    const proxy = await proxyFor(this.#url, signal, this.#context.identity.env);
    if (proxy) {
      const message = `the certificate of ${this.#url.origin} cannot be read through the proxy ${proxy.name}`;
      throw new NotMeasured('proxy', message, { permanent: true });
    }
    return certificateEnd(this.#url, this.#config.timeout, signal);
  }

  #asked(): string {
    return `${this.#config.method} ${this.#url.origin}${this.#url.pathname}`;
  }

  #measurement(
    query: TelemetryQuestion['query'],
    { from, to }: { readonly from: number; readonly to: number },
    seen: Pick<Samples, 'subject' | 'seen' | 'notes' | 'partial' | 'events'> & {
      readonly values: readonly Reported[];
      readonly points: number;
    },
  ): Unnamed<Samples> {
    const { values, points, ...rest } = seen;
    return {
      kind: 'samples',
      ...rest,
      query: `${signalText(query)} of ${this.#asked()}`,
      link: `${this.#url.origin}${this.#url.pathname}`,
      at: iso(to),
      window: { from: iso(from), to: iso(to) },
      newest: iso(to),
      series: values.map((value) => ({ labels: {}, value, points })),
    };
  }
}

const badQuery = (message: string): NotMeasured => new NotMeasured('bad-query', message, { permanent: true });

const known = [
  'failure-rate',
  'success-rate',
  'duration-p50',
  'duration-p95',
  'duration-p99',
  'requests',
  'certificate-life',
] as const satisfies readonly SignalName[];
type Known = (typeof known)[number];

/** @throws {NotMeasured} for what only a source that watches real traffic can tell apart */
function signalOf(query: string | Signal): Known {
  if (typeof query === 'string')
    throw badQuery(`a probe has no query language; write \`signal\`, one of ${known.join(', ')}`);
  const { signal, of, where, exclude, synthetic, by } = query;
  const found = known.find((name) => name === signal);
  if (found === undefined) throw badQuery(`a probe has no signal \`${signal}\`; it has ${known.join(', ')}`);
  const narrowed = Object.entries({ of, where, exclude, by, synthetic: synthetic || undefined }).find(
    ([, x]) => x !== undefined,
  );
  if (narrowed)
    throw badQuery(
      `a probe knows only its own requests, so \`${narrowed[0]}\` means nothing here: write another source with another \`url\``,
    );
  return found;
}

/** @returns undefined when none of the requests has what is asked for */
function measured(signal: Exclude<Known, 'certificate-life'>, attempts: readonly Attempt[]): Reported | undefined {
  const all = attempts.length;
  const failed = attempts.filter((a) => a.kind === 'failed').length;
  switch (signal) {
    case 'requests':
      return all;
    case 'failure-rate':
      return failed / all;
    case 'success-rate':
      return (all - failed) / all;
    case 'duration-p50':
      return nearestRank(attempts, 50);
    case 'duration-p95':
      return nearestRank(attempts, 95);
    case 'duration-p99':
      return nearestRank(attempts, 99);
  }
}

/**
 * The smallest duration that so many percent of the requests did not exceed. A request that failed is slower than all that did not:
 * a broken service answers quickly. One that ran out of time took at least that long.
 *
 * @returns milliseconds; `+Inf` when the rank falls on a request that failed without running out of time
 */
function nearestRank(attempts: readonly Attempt[], percent: number): Reported | undefined {
  const ranked = attempts
    .map((a) => ('ms' in a && a.ms !== undefined ? a.ms : Number.POSITIVE_INFINITY))
    .toSorted((a, b) => a - b);
  const at = ranked[Math.ceil((percent * ranked.length) / 100) - 1];
  return at === Number.POSITIVE_INFINITY ? '+Inf' : at;
}

/** How many failed in which way, the most frequent first. */
function remarks({ attempts, cut, gaveUp }: Probed, wanted: number): string[] {
  const counts = new Map<string, number>();
  for (const a of attempts) {
    if (a.kind === 'ok') continue;
    const why = a.kind === 'failed' ? a.why : `not measured, ${a.error.message}`;
    counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  const ways = [...counts].toSorted(([, a], [, b]) => b - a).map(([why, n]) => `${n} of ${attempts.length}: ${why}`);
  return [
    ...(cut ? [`only ${attempts.length} of ${wanted} requests were over when the round ended`] : []),
    ...(gaveUp ? [`the other ${wanted - attempts.length} were not sent, since none of these was answered`] : []),
    ...ways.slice(0, 5),
  ];
}

export const httpProbeSource = defineSource({
  type: 'http-probe',
  families: ['telemetry'],
  signals: known,
  schema,
  open(config, context) {
    const target = new HttpProbe(config, context);
    return { telemetry: (question, signal) => target.ask(question, signal) };
  },
  async proofread({ query }, { expect }) {
    const { body } = expect;
    const wrong = [() => signalOf(query), async () => body !== undefined && compileBody(body)].map(async (look) => {
      try {
        await look();
        return [];
      } catch (error) {
        if (error instanceof NotMeasured) return [error.message];
        throw error;
      }
    });
    return (await Promise.all(wrong)).flat();
  },
});
