/** The ways to get an access token from Microsoft Entra, all through @azure/identity. */
import type { TokenCredential } from '@azure/identity';
import type { Identity } from '../../host/host.js';
import { NotMeasured, type SourceContext } from '../../sources/source.js';
import type { AzureConfig, AzureSignIn } from './azure.js';
import { azureClouds } from './azure-clouds.js';
import { signInFailed, type Who } from './azure-errors.js';

/** What Entra expects as the audience of an ID token. */
const audience = 'api://AzureADTokenExchange';

type Library = typeof import('@azure/identity');

/** How this run signs in. */
interface Way {
  readonly signIn: AzureSignIn;
  readonly tenant?: string | undefined;
  readonly client?: string | undefined;
  /** A fresh credential: none keeps an assertion from one exchange to the next. @param heard is told of the ID token */
  credential(library: Library, heard: (assertion: string) => void): TokenCredential;
}

const unable = (message: string): NotMeasured =>
  new NotMeasured('unauthorized', `no way to sign in to Azure: ${message}`, { permanent: true });

function wayOf(config: AzureConfig, identity: Identity): Way {
  const connection = identity.serviceConnection?.();
  const { AZURE_TENANT_ID, AZURE_CLIENT_ID } = identity.env;
  const tenant = config.tenant ?? (AZURE_TENANT_ID || undefined);
  const client = config.client ?? (AZURE_CLIENT_ID || undefined);
  const secret = config['client-secret'];
  const authorityHost = config.authority ?? connection?.authority ?? azureClouds[config.cloud].authority;
  // It would ask Microsoft's public cloud about an authority that it does not know.
  const options = { authorityHost, disableInstanceDiscovery: config.authority !== undefined };
  const signIn = config['sign-in'] ?? usual();

  function usual(): AzureSignIn {
    if (connection) return 'service-connection';
    if (secret !== undefined) return 'client-secret';
    return identity.idToken && tenant && client ? 'github-oidc' : 'cli';
  }

  function needed(): { tenant: string; client: string } {
    if (tenant && client) return { tenant, client };
    throw unable(
      `\`${signIn}\` needs ${[tenant ? '' : '`tenant` (or AZURE_TENANT_ID)', client ? '' : '`client` (or AZURE_CLIENT_ID)'].filter(Boolean).join(' and ')}`,
    );
  }

  switch (signIn) {
    case 'github-oidc': {
      const { idToken } = identity;
      const app = needed();
      if (!idToken) {
        throw unable(
          'the job may not get an ID token: give it `permissions: id-token: write` (only on GitHub Actions)',
        );
      }
      return {
        signIn,
        ...app,
        credential: (library, heard) =>
          new library.ClientAssertionCredential(
            app.tenant,
            app.client,
            async () => {
              const assertion = await idToken(audience);
              heard(assertion);
              return assertion;
            },
            options,
          ),
      };
    }
    case 'service-connection':
      if (!connection) {
        throw unable('name a service connection in the input `azureSubscription` (only on Azure Pipelines)');
      }
      return ofConnection(connection, options);
    case 'client-secret': {
      const app = needed();
      if (secret === undefined) throw unable('`client-secret` is missing');
      return {
        signIn,
        ...app,
        credential: (library) => new library.ClientSecretCredential(app.tenant, app.client, secret, options),
      };
    }
    case 'managed-identity':
      return {
        signIn,
        client: config.client,
        credential: (library) =>
          config.client === undefined
            ? new library.ManagedIdentityCredential()
            : new library.ManagedIdentityCredential({ clientId: config.client }),
      };
    case 'cli':
      return {
        signIn,
        tenant: config.tenant,
        credential: (library) =>
          new library.AzureCliCredential(config.tenant === undefined ? {} : { tenantId: config.tenant }),
      };
  }
}

function ofConnection(
  {
    id,
    scheme,
    tenant = '',
    client = '',
    secret = '',
    systemToken,
  }: NonNullable<ReturnType<NonNullable<Identity['serviceConnection']>>>,
  options: { authorityHost: string; disableInstanceDiscovery: boolean },
): Way {
  const who = { signIn: 'service-connection', tenant, client } as const;
  switch (scheme) {
    case 'WorkloadIdentityFederation':
      return {
        ...who,
        credential: (library) => new library.AzurePipelinesCredential(tenant, client, id, systemToken, options),
      };
    case 'ServicePrincipal':
      return {
        ...who,
        credential: (library) => new library.ClientSecretCredential(tenant, client, secret, options),
      };
    case 'ManagedServiceIdentity':
      return { ...who, credential: (library) => new library.ManagedIdentityCredential() };
  }
}

/** An access token, and how long it lives from now on, milliseconds. */
export interface Exchanged {
  readonly token: string;
  readonly lifeMs: number;
}

/**
 * Gets a new access token.
 *
 * @throws {NotMeasured} `unauthorized`, `timeout`, `connection`, with what to do about it
 */
export async function exchange(
  config: AzureConfig,
  { identity }: Pick<SourceContext, 'identity'>,
  scope: string,
  signal: AbortSignal,
): Promise<Exchanged> {
  const way = wayOf(config, identity);
  let assertion: string | undefined;
  try {
    const library = await import('@azure/identity');
    const credential = way.credential(library, (heard) => {
      assertion = heard;
    });
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
    });
    // Not all ways heed the signal.
    const got = await Promise.race([credential.getToken(scope, { abortSignal: signal }), aborted]);
    if (got === null) throw new Error('no token');
    identity.secret(got.token);
    return { token: got.token, lifeMs: got.expiresOnTimestamp - Date.now() };
  } catch (error) {
    const who: Who = { signIn: way.signIn, tenant: way.tenant, client: way.client, assertion };
    throw signInFailed(error, who, signal);
  }
}
