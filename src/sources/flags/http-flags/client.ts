/** Sends the requests that the policy writes, and reads their answers by its expressions. */
import { serverWords } from '../../../net/errors.js';
import type { HttpResponse } from '../../../net/http.js';
import { parseJson, refuseDenied } from '../../../net/json.js';
import { compile, type Expression } from '../../cel.js';
import { credentialHeaders, credentialOf, lowerCase } from '../../request.js';
import { NotMeasured, type SourceContext } from '../../source.js';
import { oneLine } from '../../text.js';
import { change } from '../api.js';
import { type ChangeRequest, type Config, macro, variables } from './config.js';

/** What macros stand for. */
export type Values = Readonly<Partial<Record<'flag' | 'percent' | 'enabled' | 'version' | 'note', string>>>;

interface Written {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

const fill = (text: string, values: Values, quote: (text: string) => string): string =>
  text.replace(macro, (_, name: keyof Values) => quote(values[name] ?? ''));

/** Inside the quotes of a JSON text; a number or a truth value stands there as it is. */
const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);
/** No header can hold a line's end. */
const inHeader = (text: string): string => oneLine(text, 500);

/** One answer, and what the policy's expressions make of it. */
export class Answer {
  readonly response: HttpResponse;
  readonly #client: Client;
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(client: Client, response: HttpResponse, values: Readonly<Record<string, unknown>>) {
    this.#client = client;
    this.response = response;
    this.#values = values;
  }

  /** @throws {NotMeasured} `bad-answer` where the expression gives nothing, or something of another kind */
  async read<T>(field: string, text: string, accept: (value: unknown) => T | undefined, expected: string): Promise<T> {
    const expression = await this.#client.compiled(text);
    if (expression.reads.has('body') && this.#values.body === undefined) {
      // Says why the body is none.
      parseJson(this.response, this.#client.origin);
    }
    const outcome = expression.evaluate({ ...this.#values, body: this.#values.body ?? null });
    if ('missing' in outcome) throw new NotMeasured('bad-answer', `\`${field}\`: ${outcome.missing}`);
    const value = accept(outcome.value);
    if (value !== undefined) return value;
    const message = `\`${field}\`: \`${oneLine(text, 120)}\` gave ${kindOf(outcome.value)}, expected ${expected}`;
    throw new NotMeasured('bad-answer', message);
  }
}

const kindOf = (value: unknown): string =>
  typeof value === 'bigint' ? 'a whole number' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;

export class Client {
  readonly config: Config;
  readonly context: SourceContext;
  readonly #compiled = new Map<string, Promise<Expression>>();

  constructor(config: Config, context: SourceContext) {
    this.config = config;
    this.context = context;
  }

  get origin(): string {
    return new URL(this.config.url).origin;
  }

  urlOf(flag: string): string {
    return fill(this.config.url, { flag }, encodeURIComponent);
  }

  compiled(text: string): Promise<Expression> {
    const known = this.#compiled.get(text) ?? compile(text, variables);
    this.#compiled.set(text, known);
    return known;
  }

  #written(request: Written, values: Values): Written {
    const { url, method, headers, body } = request;
    const address = fill(url, values, encodeURIComponent);
    return {
      url: address,
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...Object.fromEntries(Object.entries(lowerCase(headers)).map(([name, x]) => [name, fill(x, values, inHeader)])),
        ...credentialHeaders(this.config, address),
      },
      ...(body === undefined ? {} : { body: fill(body, values, inJson) }),
    };
  }

  /** @throws {NotMeasured} */
  async ask(request: Written, values: Values, signal: AbortSignal): Promise<Answer> {
    const { clock, http } = this.context;
    const { url, method, headers: out, body: text } = this.#written(request, values);
    const sending = { url, headers: out, method: method === 'POST' ? ('POST' as const) : ('GET' as const), signal };
    const response = await http.send({ ...sending, ...(text === undefined ? {} : { body: text }) });
    const sent = credentialOf(this.config);
    const { origin } = new URL(url);
    // A 404 may be how the service says that there is no such flag; `missing` tells.
    if (response.status !== 404) refuseDenied(response, origin, 'permission to read flags', sent);
    if (response.status >= 400 && response.status !== 404) {
      const message = `${origin} answered ${response.status}${serverWords(response.text, sent)}`;
      throw new NotMeasured('bad-query', message, { permanent: true });
    }
    let body: unknown;
    try {
      body = JSON.parse(response.text);
    } catch {
      body = undefined;
    }
    const headers = Object.fromEntries(Object.entries(response.headers).filter(([, value]) => value !== undefined));
    return new Answer(this, response, { status: BigInt(response.status), body, headers, now: new Date(clock.now()) });
  }

  /** @throws {Refused} {NotMeasured} */
  async change(request: ChangeRequest, values: Values, signal: AbortSignal): Promise<void> {
    const { url, method, headers, body } = this.#written(request, values);
    await change(
      this.context,
      {
        url,
        method: method as 'POST' | 'PUT' | 'PATCH' | 'DELETE',
        headers,
        needs: 'permission to change flags',
        ...(body === undefined ? {} : { body }),
      },
      signal,
    );
  }
}
