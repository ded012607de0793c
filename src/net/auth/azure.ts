/** Signing in to Microsoft Entra, for everything on Azure. */
import * as v from 'valibot';
import { described, filled, secret } from '../../policy/fields.js';
import { NotMeasured, type SourceContext } from '../../sources/source.js';
import type { HttpRequest, HttpResponse } from '../http.js';

export const azureSignIns = ['github-oidc', 'service-connection', 'cli', 'managed-identity', 'client-secret'] as const;

/** The clouds, by the name that a policy gives them. Hosts without a path; audiences as `<host>/.default`. */
export const azureClouds = {
  public: {
    authority: 'https://login.microsoftonline.com',
    resourceManager: 'https://management.azure.com',
    logAnalytics: 'https://api.loganalytics.azure.com',
    logAnalyticsScope: 'https://api.loganalytics.io/.default',
    portal: 'https://portal.azure.com',
  },
  'us-government': {
    authority: 'https://login.microsoftonline.us',
    resourceManager: 'https://management.usgovcloudapi.net',
    logAnalytics: 'https://api.loganalytics.us',
    logAnalyticsScope: 'https://api.loganalytics.us/.default',
    portal: 'https://portal.azure.us',
  },
  china: {
    authority: 'https://login.chinacloudapi.cn',
    resourceManager: 'https://management.chinacloudapi.cn',
    logAnalytics: 'https://api.loganalytics.azure.cn',
    logAnalyticsScope: 'https://api.loganalytics.azure.cn/.default',
    portal: 'https://portal.azure.cn',
  },
} as const;
export type AzureCloud = keyof typeof azureClouds;
const clouds = Object.keys(azureClouds) as AzureCloud[];

/** Fields of a source's schema. */
export const azureFields = {
  'sign-in': described(
    v.optional(v.picklist(azureSignIns)),
    'How to sign in to Azure. Default: what the platform offers, in the order of this list.',
  ),
  tenant: described(v.optional(filled), 'Tenant id. Default: that of the service connection, or `AZURE_TENANT_ID`.'),
  client: described(
    v.optional(filled),
    'Client id of the app registration or managed identity. Default: that of the service connection, or `AZURE_CLIENT_ID`.',
  ),
  'client-secret': described(v.optional(secret), 'Client secret; federated credentials are safer.'),
  'service-connection': described(v.optional(filled), 'Azure Pipelines: name or id of the service connection.'),
  token: described(
    v.optional(secret),
    'An access token that an earlier step has got, for exactly this service; it lives about an hour and cannot be renewed.',
  ),
  cloud: described(v.optional(v.picklist(clouds), 'public'), 'Which Azure cloud.'),
};

export interface AzureConfig {
  readonly 'sign-in'?: (typeof azureSignIns)[number] | undefined;
  readonly tenant?: string | undefined;
  readonly client?: string | undefined;
  readonly 'client-secret'?: string | undefined;
  readonly 'service-connection'?: string | undefined;
  readonly token?: string | undefined;
  readonly cloud: AzureCloud;
}

/** Access tokens of one sign-in, kept by scope and renewed before they end. */
export interface AzureTokens {
  /**
   * @param scope e.g. `https://management.azure.com/.default`
   * @throws {NotMeasured} `unauthorized`, naming the permission or federated subject that is missing and how to grant it
   */
  token(scope: string, signal: AbortSignal): Promise<string>;
  /** Forgets a token that was refused. */
  forget(scope: string): void;
}

/** The tokens for a source's sign-in; the same for equal sign-ins of one run, so that each scope's token is got once. */
export function azureTokens(config: AzureConfig, _context: SourceContext): AzureTokens {
  const { token } = config;
  return {
    async token() {
      if (token === undefined) throw new NotMeasured('unauthorized', 'no way to sign in to Azure');
      return token;
    },
    forget: () => undefined,
  };
}

/** Sends with a token for `scope`; a 401 is tried once more with a new one. */
export async function sendToAzure(
  context: SourceContext,
  tokens: AzureTokens,
  scope: string,
  request: HttpRequest,
): Promise<HttpResponse> {
  const attempt = async (): Promise<HttpResponse> => {
    const authorization = `Bearer ${await tokens.token(scope, request.signal)}`;
    return context.http.send({ ...request, headers: { ...request.headers, authorization } });
  };
  const first = await attempt();
  if (first.status !== 401) return first;
  tokens.forget(scope);
  return attempt();
}
