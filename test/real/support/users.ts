/** Users who ask a service so many times a second, and what they saw. */
import { Agent, get } from 'node:http';

export interface Seen {
  readonly asked: number;
  readonly failed: number;
  /** Answers by version, and how many of them were failures. */
  readonly by: Readonly<Record<string, { readonly asked: number; readonly failed: number }>>;
}

/** More at once are not sent: a service that hangs must not eat the machine. */
const mostAtOnce = 100;
const everyMs = 25;

export class Users {
  readonly #url: string;
  readonly #perTick: number;
  /** A new connection each time, as users have their own. */
  readonly #agent = new Agent({ keepAlive: false });
  readonly #by: Record<string, { asked: number; failed: number }> = {};
  #timer: NodeJS.Timeout | undefined;
  #asked = 0;
  #failed = 0;
  #under = 0;
  #owed = 0;

  constructor(url: string, perSecond: number) {
    this.#url = url;
    this.#perTick = (perSecond * everyMs) / 1000;
  }

  get seen(): Seen {
    return { asked: this.#asked, failed: this.#failed, by: structuredClone(this.#by) };
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#owed += this.#perTick;
      for (; this.#owed >= 1; this.#owed -= 1) this.#ask();
    }, everyMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    while (this.#under > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    this.#agent.destroy();
  }

  /** Whoever finds no free place, or no answer within 5 s, was failed as well. */
  #ask(): void {
    this.#asked += 1;
    if (this.#under >= mostAtOnce) {
      this.#failed += 1;
      return;
    }
    this.#under += 1;
    let over = false;
    const done = (ok: boolean): void => {
      if (over) return;
      over = true;
      this.#under -= 1;
      if (!ok) this.#failed += 1;
    };
    const request = get(this.#url, { agent: this.#agent, timeout: 5000 }, (response) => {
      const ok = response.statusCode === 200;
      const version = String(response.headers['x-version'] ?? 'nobody');
      const { asked, failed } = this.#by[version] ?? { asked: 0, failed: 0 };
      this.#by[version] = { asked: asked + 1, failed: failed + (ok ? 0 : 1) };
      response.resume();
      response.on('end', () => done(ok));
      response.on('error', () => done(false));
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => done(false));
  }
}
