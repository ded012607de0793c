/** Signing in to Microsoft Entra, for everything on Azure. */
import * as v from 'valibot';
import { described, filled, httpUrl, secret } from '../../policy/fields.js';
import type { SourceContext } from '../../sources/source.js';
import type { HttpRequest, HttpResponse } from '../http.js';
import { type AzureCloud, azureClouds } from './azure-clouds.js';
import { exchange, untilAborted } from './azure-exchange.js';

export type { AzureCloud };
export { azureClouds };

export const azureSignIns = ['service-connection', 'client-secret', 'github-oidc', 'cli', 'managed-identity'] as const;
export type AzureSignIn = (typeof azureSignIns)[number];

const clouds = Object.keys(azureClouds) as AzureCloud[];

/** Fields of a source's schema. */
export const azureFields = {
  'sign-in': described(
    v.optional(v.picklist(azureSignIns)),
    'How to sign in to Azure. Default: `token` if there is one, else the service connection of the step, else `client-secret` if there is one, else `github-oidc` where the job may get ID tokens and `client` and `tenant` are known, else `cli`.',
  ),
  tenant: described(v.optional(filled), 'Tenant id. Default: `AZURE_TENANT_ID`; a service connection has its own.'),
  client: described(
    v.optional(filled),
    'Client id of the app registration, by default `AZURE_CLIENT_ID`; or of the managed identity, by default that of the machine. A service connection has its own.',
  ),
  'client-secret': described(v.optional(secret), 'Client secret; federated credentials are safer.'),
  token: described(
    v.optional(secret),
    'An access token that an earlier step has got, for exactly this service; it lives about an hour and cannot be renewed.',
  ),
  cloud: described(v.optional(v.picklist(clouds), 'public'), 'Which Azure cloud.'),
  authority: described(
    v.optional(
      v.pipe(
        httpUrl,
        v.check((url) => url.startsWith('https:'), 'an https URL'),
      ),
    ),
    'Where to sign in, for a cloud of your own. Default: that of the cloud.',
  ),
};

export interface AzureConfig {
  readonly 'sign-in'?: AzureSignIn | undefined;
  readonly tenant?: string | undefined;
  readonly client?: string | undefined;
  readonly 'client-secret'?: string | undefined;
  readonly token?: string | undefined;
  readonly cloud: AzureCloud;
  readonly authority?: string | undefined;
}

/** Access tokens of one sign-in, kept by scope and renewed before they end. */
export interface AzureTokens {
  /**
   * @param scope e.g. `https://management.azure.com/.default`
   * @throws {NotMeasured} `unauthorized`, naming the permission or federated subject that is missing and how to grant it
   */
  token(scope: string, signal: AbortSignal): Promise<string>;
  /**
   * Forgets a token that was refused.
   *
   * @param refused only if it is this one: of several requests that meet its end together, the first gets a new one for all
   */
  forget(scope: string, refused?: string): void;
}

/** A token with less life left than this is renewed, milliseconds. */
const renewBeforeMs = 5 * 60_000;

/** An exchange that is under way. */
interface Running {
  readonly token: Promise<string>;
  readonly stop: AbortController;
  waiting: number;
}

class KeptTokens implements AzureTokens {
  readonly #config: AzureConfig;
  readonly #context: SourceContext;
  readonly #kept = new Map<string, { readonly token: string; readonly ends: number }>();
  readonly #running = new Map<string, Running>();

  constructor(config: AzureConfig, context: SourceContext) {
    this.#config = config;
    this.#context = context;
  }

  async token(scope: string, signal: AbortSignal): Promise<string> {
    const { clock } = this.#context;
    const kept = this.#kept.get(scope);
    if (kept && kept.ends - clock.now() > renewBeforeMs) return kept.token;
    try {
      return await this.#renewed(scope, signal);
    } catch (error) {
      // The old one is good for some minutes yet, unless it was refused in the meantime; the next round tries again.
      if (kept && kept === this.#kept.get(scope) && kept.ends > clock.now()) return kept.token;
      throw error;
    }
  }

  /** One exchange for all who ask together. Each waits as long as it likes; the exchange ends when nobody waits for it. */
  async #renewed(scope: string, signal: AbortSignal): Promise<string> {
    const running = this.#running.get(scope) ?? this.#start(scope);
    running.waiting += 1;
    try {
      return await untilAborted(running.token, this.#config['sign-in'], signal);
    } finally {
      running.waiting -= 1;
      if (running.waiting === 0) {
        running.stop.abort();
        if (this.#running.get(scope) === running) this.#running.delete(scope);
      }
    }
  }

  #start(scope: string): Running {
    const stop = new AbortController();
    const token = exchange(this.#config, this.#context, scope, stop.signal).then((got) => {
      // What nobody waited for may be older than what is kept.
      if (!stop.signal.aborted)
        this.#kept.set(scope, { token: got.token, ends: this.#context.clock.now() + got.lifeMs });
      return got.token;
    });
    const running = { token, stop, waiting: 0 };
    this.#running.set(scope, running);
    return running;
  }

  forget(scope: string, refused?: string): void {
    if (refused === undefined || this.#kept.get(scope)?.token === refused) this.#kept.delete(scope);
  }
}

const opened = new WeakMap<SourceContext, Map<string, AzureTokens>>();

/** The tokens for a source's sign-in; the same for equal sign-ins of one run, so that each scope's token is got once. */
export function azureTokens(config: AzureConfig, context: SourceContext): AzureTokens {
  const { token } = config;
  if (token !== undefined && config['sign-in'] === undefined)
    return { token: async () => token, forget: () => undefined };
  const ofRun = opened.get(context) ?? new Map<string, AzureTokens>();
  opened.set(context, ofRun);
  const key = JSON.stringify(Object.keys(azureFields).map((name) => config[name as keyof AzureConfig] ?? null));
  const tokens = ofRun.get(key) ?? new KeptTokens(config, context);
  ofRun.set(key, tokens);
  return tokens;
}

/** Sends with a token for `scope`; a 401 is tried once more with a new one, where there is a new one. */
export async function sendToAzure(
  context: SourceContext,
  tokens: AzureTokens,
  scope: string,
  request: HttpRequest,
): Promise<HttpResponse> {
  const send = (token: string): Promise<HttpResponse> =>
    context.http.send({ ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } });
  const token = await tokens.token(scope, request.signal);
  const response = await send(token);
  if (response.status !== 401) return response;
  tokens.forget(scope, token);
  const another = await tokens.token(scope, request.signal);
  return another === token ? response : send(another);
}
