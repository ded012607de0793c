/** Asks Azure App Configuration's data plane (https://learn.microsoft.com/azure/azure-app-configuration/rest-api). */
import * as v from 'valibot';
import { type AzureTokens, azureFields, azureTokens, sendToAzure } from '../../../net/auth/azure.js';
import { azureClouds } from '../../../net/auth/azure-clouds.js';
import type { HttpRequest, HttpResponse } from '../../../net/http.js';
import { parseJson } from '../../../net/json.js';
import { described, filled, httpUrl, secret } from '../../../policy/fields.js';
import { NotMeasured, type SourceContext } from '../../source.js';
import { change, read, shaped } from '../api.js';
import { Refused } from '../control.js';
import { signatureOf } from './hmac.js';
import { pageForm } from './shapes.js';

const fields = v.strictObject({
  endpoint: described(httpUrl, 'Address of the store: `https://STORE.azconfig.io`.'),
  label: described(
    v.optional(filled),
    'Label of the flags, which often is the environment. Default: those without a label.',
  ),
  flags: described(
    v.optional(v.picklist(['both', 'classic', 'enhanced']), 'both'),
    'Which kind of feature flags: key-values (`classic`), or resources of their own (`enhanced`, in preview). Default: `both`, and a flag that is there twice is not believed.',
  ),
  credential: described(
    v.optional(filled),
    'Id of an access key, with `secret`, in place of signing in to Microsoft Entra.',
  ),
  secret: described(v.optional(secret), 'Value of the access key.'),
  ...azureFields,
});
export const schema = v.pipe(
  fields,
  v.check((c) => (c.credential === undefined) === (c.secret === undefined), '`credential` and `secret` together'),
  v.check(
    (c) => c.secret === undefined || (c.token === undefined && c['sign-in'] === undefined),
    'either an access key or a way to sign in',
  ),
);
export type Config = v.InferOutput<typeof fields>;

export type Kind = 'classic' | 'enhanced';

const versions = { classic: '2023-11-01', enhanced: '2026-05-01-preview' } as const;
const paths = { classic: '/kv', enhanced: '/feature-management/ff' } as const;
export const keyPrefix = '.appconfig.featureflag/';

const needs = 'the role App Configuration Data Reader';

/** An answer: what it says, and as it is written. */
export interface Answer {
  readonly body: unknown;
  readonly text: string;
}

export class Client {
  readonly config: Config;
  readonly context: SourceContext;
  readonly #tokens: AzureTokens | undefined;
  /** By id, with their sequence number: what was written is read with them. */
  readonly #syncTokens = new Map<string, { readonly value: string; readonly sn: number }>();

  constructor(config: Config, outside: SourceContext) {
    this.config = config;
    this.#tokens = config.secret === undefined ? azureTokens(config, outside) : undefined;
    this.context = { ...outside, http: { send: (request) => this.#send(outside, request) } };
  }

  async #send(outside: SourceContext, request: HttpRequest): Promise<HttpResponse> {
    const { credential = '', secret: key = '', cloud } = this.config;
    const sync = [...this.#syncTokens].map(([id, { value }]) => `${id}=${value}`).join(',');
    const headers = { ...request.headers, ...(sync === '' ? {} : { 'sync-token': sync }) };
    const sent = { ...request, headers };
    const response = this.#tokens
      ? await sendToAzure(outside, this.#tokens, azureClouds[cloud].appConfigurationScope, sent)
      : await outside.http.send({
          ...sent,
          headers: { ...headers, ...signatureOf(sent, { credential, secret: key }, outside.clock.now()) },
        });
    this.#remember(response.headers['sync-token']);
    return response;
  }

  /** `id=value;sn=12`, several with commas; the highest number of each id counts. */
  #remember(header: string | undefined): void {
    for (const [, id = '', value = '', sn] of (header ?? '').matchAll(/([^=;,\s]+)=([^;,]*);sn=(\d+)/g)) {
      if (Number(sn) > (this.#syncTokens.get(id)?.sn ?? -1)) this.#syncTokens.set(id, { value, sn: Number(sn) });
    }
  }

  url(kind: Kind, name?: string, query: Readonly<Record<string, string>> = {}): string {
    const path = name === undefined ? '' : `/${encodeURIComponent(kind === 'classic' ? keyPrefix + name : name)}`;
    const search = new URLSearchParams({ label: this.#label, ...query, 'api-version': versions[kind] });
    return `${this.config.endpoint}${paths[kind]}${path}?${search.toString()}`;
  }

  /** Of flags without a label, by its name in queries. */
  get #label(): string {
    return this.config.label ?? '\0';
  }

  async one(kind: Kind, name: string, signal: AbortSignal): Promise<Answer | undefined> {
    return await this.#get(kind, this.url(kind, name), signal);
  }

  async #get(kind: Kind, url: string, signal: AbortSignal): Promise<Answer | undefined> {
    try {
      const response = await read(this.context, { url, headers: {}, needs }, signal);
      return response && { body: parseJson(response, this.config.endpoint), text: response.text };
    } catch (error) {
      // A store without this preview holds no such flags.
      const none = kind === 'enhanced' && error instanceof NotMeasured && error.code === 'bad-query';
      if (none && /api-version/i.test(error.message)) return undefined;
      throw error;
    }
  }

  /** All of one kind, with any label or with that of the source, to the last page. */
  async *list(kind: Kind, query: Readonly<Record<string, string>>, signal: AbortSignal): AsyncGenerator<unknown> {
    const { endpoint } = this.config;
    const first = kind === 'classic' ? { key: `${keyPrefix}*`, ...query } : query;
    const seen = new Set<string>();
    for (let url: string | undefined = this.url(kind, undefined, first); url !== undefined; ) {
      seen.add(url);
      const answer: Answer | undefined = await this.#get(kind, url, signal);
      if (!answer && kind === 'enhanced' && seen.size === 1) return;
      if (!answer)
        throw new NotMeasured('not-found', `${endpoint} is no App Configuration store (404)`, { permanent: true });
      const page: v.InferOutput<typeof pageForm> = shaped(
        pageForm,
        { status: 200, headers: {}, text: answer.text },
        url,
      );
      yield* page.items;
      const next: string | null | undefined = page['@nextLink'];
      if (!next) return;
      url = new URL(next, `${endpoint}/`).toString();
      if (new URL(url).origin !== new URL(endpoint).origin || seen.has(url)) {
        throw new NotMeasured('bad-answer', `${endpoint} leads its list elsewhere, or never ends it`);
      }
    }
  }

  /** Whether a flag is there under another label. */
  async isElsewhere(kind: Kind, name: string, signal: AbortSignal): Promise<boolean> {
    const escaped = name.replace(/[\\*,]/g, '\\$&');
    const query = kind === 'classic' ? { key: keyPrefix + escaped, label: '*' } : { name: escaped, label: '*' };
    for await (const _ of this.list(kind, query, signal)) return true;
    return false;
  }

  /** @param body the document as it is to be @throws {Refused} `changed-in-between`, `locked`, `permission` */
  async put(kind: Kind, name: string, etag: string, body: string, signal: AbortSignal): Promise<void> {
    const type = { classic: 'application/vnd.microsoft.appconfig.kv+json', enhanced: 'application/json' } as const;
    await change(
      this.context,
      {
        method: 'PUT',
        url: this.url(kind, name),
        headers: { 'content-type': type[kind], 'if-match': `"${etag}"` },
        body,
        needs: 'the role App Configuration Data Owner',
        refusal: ({ status }) =>
          status === 409
            ? new Refused('locked', `${name} is locked (409)`, 'unlock it: az appconfig feature unlock')
            : undefined,
      },
      signal,
    );
  }
}
