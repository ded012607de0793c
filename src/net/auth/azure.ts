/** Signing in to Microsoft Entra, for everything on Azure. */
import * as v from 'valibot';
import { described, filled, httpUrl, secret } from '../../policy/fields.js';
import type { SourceContext } from '../../sources/source.js';
import type { HttpRequest, HttpResponse } from '../http.js';
import { type AzureCloud, azureClouds } from './azure-clouds.js';
import { tookTooLong } from './azure-errors.js';
import { exchange } from './azure-exchange.js';
import { Kept, oncePerRun } from './kept.js';

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
  forget(scope: string, refused: string): void;
}

class KeptTokens implements AzureTokens {
  readonly #config: AzureConfig;
  readonly #context: SourceContext;
  readonly #ofScope = new Map<string, Kept<string>>();

  constructor(config: AzureConfig, context: SourceContext) {
    this.#config = config;
    this.#context = context;
  }

  token(scope: string, signal: AbortSignal): Promise<string> {
    const kept = this.#ofScope.get(scope) ?? this.#open(scope);
    this.#ofScope.set(scope, kept);
    return kept.get(signal);
  }

  forget(scope: string, refused: string): void {
    this.#ofScope.get(scope)?.forget(refused);
  }

  #open(scope: string): Kept<string> {
    const { clock } = this.#context;
    return new Kept(
      clock,
      async (signal) => {
        const { token, lifeMs } = await exchange(this.#config, this.#context, scope, signal);
        return { value: token, ends: clock.now() + lifeMs };
      },
      () => tookTooLong(this.#config['sign-in']),
    );
  }
}

/** The tokens for a source's sign-in. */
export const azureTokens = oncePerRun(azureFields, (config: AzureConfig, context): AzureTokens => {
  const { token } = config;
  return token !== undefined && config['sign-in'] === undefined
    ? { token: async () => token, forget: () => undefined }
    : new KeptTokens(config, context);
});

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
