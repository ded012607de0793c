/**
 * Asks a service by the OpenFeature Remote Evaluation Protocol, specification 0.3.0
 * (https://github.com/open-feature/protocol/blob/main/service/openapi.yaml).
 */
import * as v from 'valibot';
import { authFields, authorization } from '../../../net/auth/basic.js';
import type { HttpResponse } from '../../../net/http.js';
import { parseJson, refuseDenied } from '../../../net/json.js';
import { described, httpUrl, secret } from '../../../policy/fields.js';
import type { Flag } from '../../../record/evidence.js';
import { iso } from '../../../train/clock.js';
import { NotMeasured, type SourceContext, type Unnamed } from '../../source.js';
import { oneLine } from '../../text.js';

/** Fields of the source's schema. */
export const fields = v.strictObject({
  url: described(httpUrl, 'Base URL of the service; `/ofrep/v1/evaluate/flags/…` is added to it.'),
  token: authFields.token,
  'api-key': described(v.optional(secret), 'Sent as `X-API-Key`.'),
  sample: described(
    v.optional(
      v.pipe(
        v.number(),
        v.check(
          (n) => n === 0 || (Number.isSafeInteger(n) && n >= 20 && n <= 2000),
          'a whole number from 20 to 2000, or 0',
        ),
      ),
      0,
    ),
    'How many made-up users a flag is evaluated for, to estimate its exposure, where the service does not say that all get the same. Default: `0`, none: then the exposure is not known.',
  ),
});
export type Config = v.InferOutput<typeof fields>;

/** An OpenFeature evaluation context. */
export type Context = Readonly<Record<string, unknown>>;

/** Reasons of OpenFeature that hold for every context. */
const forEveryone: ReadonlySet<string> = new Set(['STATIC', 'DISABLED']);

const success = v.object({
  key: v.string(),
  reason: v.nullish(v.string()),
  variant: v.nullish(v.string()),
  value: v.optional(v.unknown()),
});
type Success = v.InferOutput<typeof success>;
const refusal = v.object({ errorCode: v.string(), errorDetails: v.nullish(v.string()) });
const bulk = v.object({ flags: v.array(v.looseObject({ key: v.string() })) });

export class Client {
  readonly config: Config;
  readonly context: SourceContext;

  constructor(config: Config, context: SourceContext) {
    this.config = config;
    this.context = context;
  }

  get allUrl(): string {
    return `${this.config.url}/ofrep/v1/evaluate/flags`;
  }

  async #post(url: string, body: string, signal: AbortSignal): Promise<HttpResponse> {
    const { token, 'api-key': apiKey } = this.config;
    return await this.context.http.send({
      url,
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        ...authorization({ token }),
        ...(apiKey === undefined ? {} : { 'x-api-key': apiKey }),
      },
      body,
      signal,
    });
  }

  /** What a flag serves to a context. @throws {NotMeasured} when it cannot be evaluated; a flag that is not there can be */
  async evaluate(flag: string, context: Context, signal: AbortSignal): Promise<Unnamed<Flag>> {
    if (/^\.{1,2}$/.test(flag)) {
      const message = `a flag called ${flag} cannot be asked for: its name would change the address`;
      throw new NotMeasured('bad-query', message, { permanent: true });
    }
    const url = `${this.allUrl}/${encodeURIComponent(flag)}`;
    const body = JSON.stringify({ context });
    const response = await this.#post(url, body, signal);
    const answer = this.#understand(response, flag);
    return this.#served(flag, context, `POST ${url} ${body}`, answer);
  }

  /** What all flags serve to a context, by name; a service may leave out flags that are disabled. */
  async evaluateAll(context: Context, signal: AbortSignal): Promise<ReadonlyMap<string, () => Unnamed<Flag>>> {
    const body = JSON.stringify({ context });
    const response = await this.#post(this.allUrl, body, signal);
    this.#refuse(response, 'the flags');
    const parsed = v.safeParse(bulk, parseJson(response, this.config.url));
    if (!parsed.success) throw this.#bad('answered something that is no list of OFREP: is the URL right?');
    const all = new Map<string, () => Unnamed<Flag>>();
    for (const entry of parsed.output.flags) {
      if (all.has(entry.key)) throw this.#bad(`lists the flag ${oneLine(entry.key, 60)} twice`);
      // Whether one could be evaluated matters only to who asks for it.
      all.set(entry.key, () =>
        this.#served(entry.key, context, `POST ${this.allUrl} ${body}`, this.#answered(entry, entry.key)),
      );
    }
    return all;
  }

  #served(flag: string, context: Context, query: string, answer: Success | 'unknown'): Unnamed<Flag> {
    const common = {
      kind: 'flag' as const,
      subject: `flag ${flag}`,
      query,
      at: iso(this.context.clock.now()),
      partial: false,
      flag,
      scope: 'context' as const,
      context: { ...context },
    };
    if (answer === 'unknown') {
      // 0 seen: whatever a gate makes of it, nothing is proven by a flag that is not there.
      const nothing = { exists: false, enabled: null, value: null, variant: null, reason: 'FLAG_NOT_FOUND' };
      return { ...common, ...nothing, seen: 0, notes: [] };
    }
    const reason = answer.reason ?? 'UNKNOWN';
    return {
      ...common,
      seen: 1,
      notes: [],
      exists: true,
      // The protocol has no word for the switch itself, except for the reason DISABLED.
      enabled: reason.toUpperCase() === 'DISABLED' ? false : null,
      // An absent value means that the caller's own default holds (ADR 0006 of the protocol).
      value: answer.value ?? null,
      variant: answer.variant ?? null,
      reason: oneLine(reason, 60),
      scope: forEveryone.has(reason.toUpperCase()) ? 'everyone' : 'context',
    };
  }

  #understand(response: HttpResponse, flag: string): Success | 'unknown' {
    const refused = v.safeParse(refusal, looseJson(response.text));
    if (response.status === 404 && refused.success && refused.output.errorCode === 'FLAG_NOT_FOUND') return 'unknown';
    this.#refuse(response, flag);
    return this.#answered(parseJson(response, this.config.url), flag);
  }

  /** Refuses every answer but 200 without an error in it. */
  #refuse(response: HttpResponse, what: string): void {
    const { url } = this.config;
    refuseDenied(response, url, 'the right to evaluate flags');
    const refused = v.safeParse(refusal, looseJson(response.text));
    if (refused.success) throw this.#failed(what, refused.output);
    if (response.status !== 200) throw this.#bad(`answered ${response.status}, expected 200`);
  }

  /** One flag's answer, alone or in a list. */
  #answered(json: unknown, flag: string): Success {
    const refused = v.safeParse(refusal, json);
    if (refused.success) throw this.#failed(flag, refused.output);
    const parsed = v.safeParse(success, json);
    if (!parsed.success) throw this.#bad('answered something that is not OFREP: is the URL right?');
    const answer = parsed.output;
    if (answer.key !== flag) throw this.#bad(`answered for the flag ${oneLine(answer.key, 60)}, asked was ${flag}`);
    if (answer.reason?.toUpperCase() === 'ERROR') {
      const message = `${flag} cannot be evaluated at ${this.config.url}: it gives no reason`;
      throw new NotMeasured('evaluation-failed', message);
    }
    return answer;
  }

  #failed(what: string, { errorCode, errorDetails }: v.InferOutput<typeof refusal>): NotMeasured {
    // The definition may be mended while the train waits; the request will stay what it is.
    const permanent = errorCode === 'INVALID_CONTEXT' || errorCode === 'TARGETING_KEY_MISSING';
    const said = this.#clean(`${errorCode} ${errorDetails ?? ''}`);
    const message = `${what} cannot be evaluated at ${this.config.url}: ${said}`;
    return new NotMeasured('evaluation-failed', message, { permanent });
  }

  #bad(what: string): NotMeasured {
    return new NotMeasured('bad-answer', `${this.config.url} ${what}`);
  }

  /** A service may repeat in its answer what was sent to it. */
  #clean(text: string): string {
    const secrets = [this.config.token, this.config['api-key']].filter((x) => x !== undefined);
    return oneLine(secrets.reduce((t, s) => t.replaceAll(s, '***'), text));
  }
}

/** The body, when it is JSON; an error's body need not be. */
function looseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
