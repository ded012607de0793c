/** Traffic of two versions behind a control API, as the source `http-traffic` speaks to it, and how well the users fare. */
import { expect } from 'vitest';
import type { Received } from './server.js';

export class Router {
  /** Percent by version. */
  weights: Record<string, number>;
  /** Of the requests that green gets, the share that fails. */
  failing: number;
  version = 1;
  /** What was written, in order. */
  readonly written: Record<string, number>[] = [];

  constructor({ green = 0, failing = 0 }: { green?: number; failing?: number } = {}) {
    this.weights = { blue: 100 - green, green };
    this.failing = failing;
  }

  /** Share of all requests that fail. */
  get rate(): number {
    return 0.001 + ((this.weights.green ?? 0) / 100) * this.failing;
  }

  respond({ method, path, headers, body }: Received): {
    status: number;
    body: unknown;
    headers?: Record<string, string>;
  } {
    if (path === '/rate') return { status: 200, body: { all: this.rate, green: 0.001 + this.failing } };
    expect(path).toBe('/traffic');
    const etag = `"${this.version}"`;
    if (method === 'GET') return { status: 200, body: { weights: this.weights }, headers: { etag } };
    expect(method).toBe('PUT');
    const { weights, note } = JSON.parse(body) as { weights: Record<string, number>; note: string };
    expect(note).toContain('Signalbox');
    expect(Object.keys(weights).toSorted()).toEqual(['blue', 'green']);
    expect(Object.values(weights).reduce((a, b) => a + b, 0)).toBe(100);
    if (headers['if-match'] !== etag) return { status: 412, body: { error: 'somebody was faster' } };
    this.weights = weights;
    this.version += 1;
    this.written.push(weights);
    return { status: 200, body: { weights }, headers: { etag: `"${this.version}"` } };
  }
}

/** A policy that walks green up in three stages. */
export const stagesPolicy = (url: string, more = '', stages = ''): string => `version: 1
service: checkout
release: { deployed-at: 10m ago }
sources:
  lb: { type: http-traffic, read: { url: "${url}/traffic" }, write: {}, subject: checkout }
evaluation: { warmup: 0s, every: 1m, steady: 2m, deadline: 30m }
gates:
  - name: error rate
    type: telemetry
    source: { type: http-json, url: "${url}/rate" }
    query: body.all
    unit: ratio
    threshold: "< 1%"
${
  stages ||
  `stages:
  - { name: canary-5, move: { source: lb, traffic: { green: 5% } } }
  - { name: canary-25, move: { source: lb, traffic: { green: 25% } } }
  - { name: production, move: { source: lb, traffic: { green: 100% } } }`
}
moves: { verify-within: 5s }
${more}`;
