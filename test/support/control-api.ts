/** The interface that the page of `http-traffic` describes: it keeps weights, and takes only writes that are signed and know them. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Received } from './server.js';

export type Weights = Readonly<Record<string, number>>;

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** The connection breaks in place of the answer. */
  readonly lost?: true;
}

export interface ControlApiOptions {
  readonly weights: Weights;
  readonly token: string;
  /** `whsec_` and base64. */
  readonly secret: string;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** What a write does to the world. */
  readonly apply?: (weights: Weights) => Promise<void> | void;
}

const toleranceS = 300;

export class ControlApi {
  weights: Weights;
  /** Beside the weights in each answer. */
  beside: Readonly<Record<string, unknown>> = {};
  /** Of the writes to come, in order: what becomes of them. */
  readonly faults: ('taken-lost' | 'lost' | 'failed' | 'throttled' | 'refused' | 'conflict' | 'ignored')[] = [];
  /** Weights that were taken, in order. */
  readonly taken: Weights[] = [];
  readonly notes: string[] = [];
  readonly #options: ControlApiOptions;
  readonly #ids = new Set<string>();
  #version = 1;

  constructor(options: ControlApiOptions) {
    this.#options = options;
    this.weights = options.weights;
  }

  get etag(): string {
    return `"${this.#version}"`;
  }

  /** Somebody else moves it. */
  set(weights: Weights): void {
    this.weights = weights;
    this.#version += 1;
  }

  async answer(request: Received): Promise<Answer> {
    if (request.headers.authorization !== `Bearer ${this.#options.token}`) return no(401, 'who are you');
    if (request.path !== '/traffic') return no(404, 'no such address');
    if (request.method === 'GET') {
      const { weights, beside, etag } = this;
      return { status: 200, headers: { etag }, body: { weights, ...beside } };
    }
    if (request.method !== 'PUT') return no(405, 'GET or PUT');
    const unsigned = this.#unsigned(request);
    if (unsigned !== undefined) return no(401, unsigned);
    return await this.#put(request);
  }

  async #put({ headers, body }: Received): Promise<Answer> {
    const fault = this.faults.shift();
    if (fault === 'lost') return { status: 0, body: '', lost: true };
    if (fault === 'failed') return no(500, 'out of memory');
    if (fault === 'throttled') return { ...no(429, 'slow down'), headers: { 'retry-after': '1' } };
    if (fault === 'refused') return no(422, 'a freeze is on');
    if (headers['if-match'] === undefined) return no(428, 'If-Match is required');
    if (fault === 'conflict' || headers['if-match'] !== this.etag) return no(412, 'another version');
    const { weights, note } = JSON.parse(body) as { weights: Weights; note: string };
    const unknown = Object.keys(weights).some((name) => !Object.hasOwn(this.weights, name));
    const sum = Object.values(weights).reduce((a, b) => a + b, 0);
    if (unknown || Math.abs(sum - 100) > 0.01) return no(422, 'not these weights');
    // What was throttled may be sent again under the same id.
    this.#ids.add(String(headers['webhook-id']));
    if (fault !== 'ignored') {
      await this.#options.apply?.(weights);
      this.set(weights);
      this.taken.push(weights);
      this.notes.push(note);
    }
    const lost = fault === 'taken-lost' ? { lost: true as const } : {};
    return { status: 200, headers: { etag: this.etag }, body: { weights: this.weights }, ...lost };
  }

  /** Why it is not taken for one of Standard Webhooks. */
  #unsigned({ headers, body }: Received): string | undefined {
    const { secret, now = Date.now } = this.#options;
    const [id, timestamp, signed] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((h) => headers[h]);
    if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signed !== 'string') return 'not signed';
    if (Math.abs(now() / 1000 - Number(timestamp)) > toleranceS) return 'signed at another time';
    if (this.#ids.has(id)) return 'seen before';
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
    const given = Buffer.from(signed.replace(/^v1,/, ''), 'base64');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'not signed with this key';
    return undefined;
  }
}

const no = (status: number, error: string): Answer => ({ status, body: { error } });
