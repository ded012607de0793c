/** How the traffic is shared out, by what the policy's expressions make of an answer. */
import { serverWords } from '../../../net/errors.js';
import { refuseDenied } from '../../../net/json.js';
import { Answer, Expressions, numberBetween, text, truth } from '../../cel-answer.js';
import { credentialHeaders, credentialOf, lowerCase } from '../../request.js';
import { NotMeasured, type SourceContext } from '../../source.js';
import { oneLine } from '../../text.js';
import type { ByTarget, Config } from './config.js';

/** What a later write needs to know of a reading. Holds no secret. */
export interface Lock {
  readonly etag?: string;
  readonly lock?: string | number;
}

export interface Read {
  /** Percent by target, together 100. */
  readonly weights: ReadonlyMap<string, number>;
  readonly versions: ReadonlyMap<string, string>;
  readonly running: ReadonlyMap<string, boolean>;
  readonly ready: ReadonlyMap<string, boolean>;
  readonly busy?: string;
  readonly lock: Lock;
}

/** An answer that lay in a cache for longer, in seconds, tells of another time. */
const oldestAge = 10;
/** Weights are sums of decimal fractions. */
const slack = 0.01;

export class Client {
  readonly config: Config;
  readonly context: SourceContext;
  readonly #expressions = new Expressions();

  constructor(config: Config, context: SourceContext) {
    this.config = config;
    this.context = context;
  }

  get origin(): string {
    return new URL(this.config.read.url).origin;
  }

  get subject(): string {
    const { subject, read } = this.config;
    return subject ?? `${this.origin}${new URL(read.url).pathname}`;
  }

  /** @throws {NotMeasured} */
  async read(signal: AbortSignal): Promise<Read> {
    const { weights, version, running, ready, busy, lock } = this.config.read;
    const answer = await this.#ask(signal);
    const shares = await byTarget(answer, 'weights', weights, numberBetween(0, 100), 'a number from 0 to 100');
    const sum = [...shares.values()].reduce((a, b) => a + b, 0);
    if (Math.abs(sum - 100) > slack) {
      const words = [...shares].map(([name, percent]) => `${name} ${percent}`).join(', ');
      const message = `the weights that ${this.origin} answered come to ${Number(sum.toFixed(3))} and not to 100: ${words}`;
      throw new NotMeasured('bad-answer', oneLine(message, 300));
    }
    const under = busy === undefined ? '' : await answer.read('read.busy', busy, busyWords, 'true or false, or a text');
    const held = lock === undefined ? undefined : await answer.read('read.lock', lock, lockOf, 'a text or a number');
    const { etag } = answer.response.headers;
    return {
      weights: shares,
      versions: await byTarget(answer, 'version', version, text, 'a text or a number'),
      running: await byTarget(answer, 'running', running, truth, 'true or false'),
      ready: await byTarget(answer, 'ready', ready, truth, 'true or false'),
      ...(under === '' ? {} : { busy: under }),
      lock: { ...(etag === undefined ? {} : { etag }), ...(held === undefined ? {} : { lock: held }) },
    };
  }

  async #ask(signal: AbortSignal): Promise<Answer> {
    const { clock, http } = this.context;
    const { url, headers } = this.config.read;
    const sent = credentialOf(this.config);
    const response = await http.send({
      url,
      headers: {
        accept: 'application/json',
        'cache-control': 'no-cache',
        ...lowerCase(headers),
        ...credentialHeaders(this.config, url),
      },
      signal,
    });
    refuseDenied(response, this.origin, 'permission to read the traffic', sent);
    if (response.status < 200 || response.status >= 300) {
      const message = `${this.origin} answered ${response.status}${serverWords(response.text, sent)}`;
      throw new NotMeasured('bad-query', message, { permanent: true });
    }
    const age = Number(response.headers.age ?? 0);
    if (age > oldestAge) {
      const message = `${this.origin} answered out of a cache, as it was ${age} s ago: let nothing cache this address`;
      throw new NotMeasured('stale', message);
    }
    return new Answer(this.#expressions, response, this.origin, clock.now());
  }
}

const busyWords = (value: unknown): string | undefined =>
  typeof value === 'boolean'
    ? value
      ? 'it says that it is busy'
      : ''
    : typeof value === 'string'
      ? oneLine(value)
      : undefined;

const lockOf = (value: unknown): string | number | undefined => (typeof value === 'number' ? value : text(value));

/** One value for each target. @throws {NotMeasured} `bad-answer` where any of them is none */
async function byTarget<T>(
  answer: Answer,
  field: string,
  written: ByTarget | undefined,
  accept: (value: unknown) => T | undefined,
  expected: string,
): Promise<ReadonlyMap<string, T>> {
  if (written === undefined) return new Map();
  if (typeof written !== 'string') {
    const found = new Map<string, T>();
    for (const [name, expression] of Object.entries(written)) {
      found.set(name, await answer.read(`read.${field}.${name}`, expression, accept, expected));
    }
    return found;
  }
  return answer.read(
    `read.${field}`,
    written,
    (value) => {
      const entries = entriesOf(value)?.map(([name, one]) => [name, accept(one)] as const) ?? [];
      const found = entries.flatMap(([name, one]) => (one === undefined ? [] : [[name, one] as const]));
      return found.length > 0 && found.length === entries.length ? new Map(found) : undefined;
    },
    `a map with ${expected} for each target`,
  );
}

/** Of a map, or of an object of JSON. */
function entriesOf(value: unknown): (readonly [string, unknown])[] | undefined {
  if (value instanceof Map) return [...value].map(([name, one]: [unknown, unknown]) => [String(name), one]);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.entries(value);
}
