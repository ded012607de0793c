/**
 * Versions of a small service side by side, as Prometheus scrapes them. Requests arrive by chance, or from whoever sends them; which of them
 * fail and how long they take is spread evenly instead, so that what is expected is what happens, and no run of the tests has bad luck.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Behaviour {
  /** Requests a second that arrive by chance, on average. */
  readonly perSecond: number;
  /** Share of them that fails. */
  readonly failing: number;
}

const boundsMs = [50, 100, 200, 300, 400, 600, 1000, 2000];

export class Version {
  readonly #name: string;
  readonly #behaviour: Behaviour;
  readonly #server: Server;
  readonly #timer: NodeJS.Timeout;
  readonly #codes = { '200': 0, '500': 0 };
  readonly #buckets = boundsMs.map(() => 0);
  #seconds = 0;
  #served = 0;

  constructor(name: string, behaviour: Behaviour) {
    this.#name = name;
    this.#behaviour = behaviour;
    this.#server = createServer(({ url }, response) => {
      if (url === '/metrics') {
        response.setHeader('content-type', 'text/plain; version=0.0.4');
        response.end(this.#metrics());
      } else {
        response.writeHead(Number(this.#request()), { 'x-version': name });
        response.end();
      }
    });
    this.#timer = setInterval(() => this.#serve(), 50);
  }

  /** Requests so far. */
  get served(): number {
    return this.#served;
  }

  async up(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** What arrived in a twentieth of a second: a Poisson number of requests (Knuth's product of uniform numbers). */
  #serve(): void {
    const end = Math.exp(-this.#behaviour.perSecond / 20);
    for (let product = Math.random(); product > end; product *= Math.random()) this.#request();
  }

  /** Multiples of irrational numbers are spread evenly over the unit interval (Weyl); two of them, so that failures are not the slow ones. */
  #request(): '200' | '500' {
    this.#served += 1;
    const [chance, part] = [(this.#served * (Math.sqrt(5) - 1)) / 2, this.#served * Math.SQRT2].map((x) => x % 1) as [
      number,
      number,
    ];
    const code = chance < this.#behaviour.failing ? '500' : '200';
    this.#codes[code] += 1;
    const ms = -100 * Math.log(1 - part);
    this.#seconds += ms / 1000;
    for (const [i, bound] of boundsMs.entries()) if (ms <= bound) this.#buckets[i] = (this.#buckets[i] ?? 0) + 1;
    return code;
  }

  /** A version that nobody asks anything has no series yet, as client libraries do it. */
  #metrics(): string {
    const labels = `service="checkout",version="${this.#name}"`;
    const all = this.#codes['200'] + this.#codes['500'];
    const codes = Object.entries(this.#codes).flatMap(([code, n]) =>
      n === 0 ? [] : [`http_requests_total{${labels},code="${code}"} ${n}`],
    );
    const buckets =
      all === 0
        ? []
        : [...boundsMs.map((bound, i) => [`${bound / 1000}`, this.#buckets[i]]), ['+Inf', all]].map(
            ([le, n]) => `http_request_duration_seconds_bucket{${labels},le="${le}"} ${n}`,
          );
    return [
      '# TYPE http_requests_total counter',
      ...codes,
      '# TYPE http_request_duration_seconds histogram',
      ...buckets,
      ...(all === 0
        ? []
        : [
            `http_request_duration_seconds_sum{${labels}} ${this.#seconds}`,
            `http_request_duration_seconds_count{${labels}} ${all}`,
          ]),
      `# TYPE app_info gauge\napp_info{${labels}} 1`,
      '',
    ].join('\n');
  }
}
