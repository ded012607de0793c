/** A small service that Prometheus scrapes: traffic and failures as told, switched off and on at will. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export class Service {
  /** Requests a second that go well, and that fail. */
  good = 0;
  bad = 0;
  /** Whether there is a series for the failures; a fresh process has none before the first. */
  failuresShown = true;
  readonly #server: Server;
  readonly #timer: NodeJS.Timeout;
  #ok = 0;
  #failed = 0;
  #port = 0;

  constructor() {
    this.#server = createServer((_, response) => {
      response.setHeader('content-type', 'text/plain; version=0.0.4');
      response.end(this.#metrics());
    });
    this.#timer = setInterval(() => {
      this.#ok += this.good / 10;
      this.#failed += this.bad / 10;
    }, 100);
  }

  get port(): number {
    return this.#port;
  }

  /** Begins to answer; on the same port as before, if there was one. */
  async up(): Promise<void> {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Is gone for the scraper. */
  async down(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    if (this.#server.listening) await this.down();
  }

  #metrics(): string {
    return `# TYPE http_requests_total counter
http_requests_total{service="checkout",code="200"} ${this.#ok}
${this.failuresShown ? `http_requests_total{service="checkout",code="500"} ${this.#failed}\n` : ''}# TYPE idle_requests_total counter
idle_requests_total{code="200"} 0
idle_requests_total{code="500"} 0
# TYPE odd gauge
odd{kind="nan"} NaN
odd{kind="infinite"} +Inf
`;
  }
}
