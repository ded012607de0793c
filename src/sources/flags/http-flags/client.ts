/** Sends the requests that the policy writes, and reads their answers by its expressions. */
import { serverWords } from '../../../net/errors.js';
import { refuseDenied } from '../../../net/json.js';
import { Answer, Expressions } from '../../cel-answer.js';
import { credentialHeaders, credentialOf, inHeader, inJson, lowerCase } from '../../request.js';
import { NotMeasured, type SourceContext } from '../../source.js';
import { change } from '../api.js';
import { type ChangeRequest, type Config, macro } from './config.js';

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

export class Client {
  readonly config: Config;
  readonly context: SourceContext;
  readonly #expressions = new Expressions();

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
    return new Answer(this.#expressions, response, this.origin, clock.now());
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
