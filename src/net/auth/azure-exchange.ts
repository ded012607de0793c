/** The ways to get an access token from Microsoft Entra, all through @azure/identity. */
import type { ClientAssertionCredentialOptions, TokenCredential } from '@azure/identity';
import type { Identity, ServiceConnection } from '../../host/host.js';
import { NotMeasured, type SourceContext } from '../../sources/source.js';
import type { AzureConfig, AzureSignIn } from './azure.js';
import { azureClouds } from './azure-clouds.js';
import { signInFailed, type Who } from './azure-errors.js';
import { clientFor, type Met } from './azure-http.js';
import { pipelinesIdToken } from './azure-pipelines.js';

/** What Entra expects as the audience of an ID token. */
const audience = 'api://AzureADTokenExchange';

/** The Azure CLI needs seconds to start; one that hangs must not keep the step alive. */
const cliMs = 60_000;

type Library = typeof import('@azure/identity');
type Context = Pick<SourceContext, 'http' | 'identity'>;
/** For the credentials that speak to Entra itself. */
type Options = ClientAssertionCredentialOptions;

/** How this run signs in. */
interface Way extends Pick<Who, 'signIn' | 'tenant' | 'client' | 'instead'> {
  readonly authority?: string | undefined;
  /** Mints the ID token that is exchanged. */
  readonly idToken?: (signal: AbortSignal) => Promise<string>;
  /** A credential for one exchange: none keeps an ID token, or an access token, from one to the next. */
  credential(library: Library, options: Options, assertion: string): TokenCredential;
}

const unable = (message: string): NotMeasured =>
  new NotMeasured('unauthorized', `no way to sign in to Azure: ${message}`, { permanent: true });

function wayOf(config: AzureConfig, context: Context): Way {
  const { identity } = context;
  const tenant = config.tenant ?? (identity.env.AZURE_TENANT_ID || undefined);
  const client = config.client ?? (identity.env.AZURE_CLIENT_ID || undefined);
  const secret = config['client-secret'];
  const { authority } = config;
  const signIn = config['sign-in'] ?? usual();

  function usual(): AzureSignIn {
    if (identity.serviceConnection) return 'service-connection';
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
      const app = needed();
      return { signIn, ...app, authority, ...byAssertion(app, () => githubIdToken(identity)) };
    }
    case 'service-connection': {
      const connection = connectionOf(identity);
      return { signIn, ...ofConnection(connection, context), authority: authority ?? connection.authority };
    }
    case 'client-secret': {
      const app = needed();
      if (secret === undefined) throw unable('`client-secret` is missing');
      return { signIn, ...app, authority, ...bySecret(app, secret) };
    }
    case 'managed-identity':
      // Not AZURE_CLIENT_ID: that is as a rule an app registration, which the machine does not have.
      return { signIn, client: config.client, ...byMachine(config.client) };
    case 'cli':
      return {
        signIn,
        ...(config['sign-in'] === undefined && { instead: betterThanCli(identity) }),
        credential: (library) =>
          new library.AzureCliCredential({
            processTimeoutInMs: cliMs,
            ...(config.tenant !== undefined && { tenantId: config.tenant }),
          }),
      };
  }
}

interface App {
  readonly tenant: string;
  readonly client: string;
}

const byAssertion = ({ tenant, client }: App, idToken: NonNullable<Way['idToken']>): Omit<Way, 'signIn'> => ({
  idToken,
  credential: (library, options, assertion) =>
    new library.ClientAssertionCredential(tenant, client, async () => assertion, options),
});

const bySecret = ({ tenant, client }: App, secret: string): Omit<Way, 'signIn'> => ({
  credential: (library, options) => new library.ClientSecretCredential(tenant, client, secret, options),
});

/** Over the library's own client: the address is this machine's or its host's, which no proxy may stand before. */
const byMachine = (client: string | undefined): Omit<Way, 'signIn'> => ({
  credential: ({ ManagedIdentityCredential }) =>
    client === undefined ? new ManagedIdentityCredential() : new ManagedIdentityCredential({ clientId: client }),
});

async function githubIdToken({ idToken }: Identity): Promise<string> {
  if (!idToken) {
    throw unable('the job may not get an ID token: give it `permissions: id-token: write` (only on GitHub Actions)');
  }
  try {
    return await idToken(audience);
  } catch {
    // Its words may hold the answer of the service.
    throw new NotMeasured('connection', 'GitHub gave no ID token for Azure; the next round tries again');
  }
}

function connectionOf({ serviceConnection }: Identity): ServiceConnection {
  if (!serviceConnection) {
    throw unable('name a service connection in the input `azureSubscription` (only on Azure Pipelines)');
  }
  try {
    return serviceConnection();
  } catch (error) {
    throw unable((error as Error).message);
  }
}

function ofConnection(connection: ServiceConnection, context: Context): Omit<Way, 'signIn'> {
  const { id, scheme, tenant, client, secret } = connection;
  if (scheme === 'ManagedServiceIdentity') return byMachine(undefined);
  if (!tenant || !client) throw unable(`the service connection ${id} names no tenant or no app: verify it`);
  const app = { tenant, client };
  if (scheme === 'WorkloadIdentityFederation') {
    return { ...app, ...byAssertion(app, (signal) => pipelinesIdToken(connection, context, signal)) };
  }
  if (!secret) {
    const message = `the service connection ${id} holds no secret, and certificates are not supported: convert it to workload identity federation`;
    throw unable(message);
  }
  return { ...app, ...bySecret(app, secret) };
}

/** What the platform offers that was not made use of. */
function betterThanCli({ env, idToken }: Identity): string {
  if (env.TF_BUILD) return 'name a service connection in the input `azureSubscription`';
  if (!env.GITHUB_ACTIONS) return 'name a `sign-in`';
  const named = 'name `tenant` and `client` (or AZURE_TENANT_ID and AZURE_CLIENT_ID)';
  return idToken ? named : `give the job \`permissions: id-token: write\` and ${named}`;
}

/** An access token, and how long it lives from now on, milliseconds. */
export interface Exchanged {
  readonly token: string;
  readonly lifeMs: number;
}

/**
 * Gets a new access token, with a new ID token where there is one to exchange.
 *
 * @throws {NotMeasured} `unauthorized`, `timeout`, those of the HTTP client; with what to do about it
 */
export async function exchange(
  config: AzureConfig,
  context: Context,
  scope: string,
  signal: AbortSignal,
): Promise<Exchanged> {
  const way = wayOf(config, context);
  const met: Met = {};
  let assertion: string | undefined;
  try {
    const [library, minted] = await Promise.all([import('@azure/identity'), way.idToken?.(signal)]);
    assertion = minted;
    const authorityHost = way.authority ?? azureClouds[config.cloud].authority;
    const credential = way.credential(
      library,
      {
        authorityHost,
        // Microsoft's public cloud would be asked about an authority that it does not know.
        disableInstanceDiscovery: !Object.values(azureClouds).some((cloud) => cloud.authority === authorityHost),
        httpClient: clientFor(context.http, signal, met),
        retryOptions: { maxRetries: 0 },
      },
      minted ?? '',
    );
    const got = await credential.getToken(scope, { abortSignal: signal });
    if (got === null) throw new Error('no token');
    context.identity.secret(got.token);
    return { token: got.token, lifeMs: got.expiresOnTimestamp - Date.now() };
  } catch (error) {
    throw signInFailed(error, { ...way, assertion }, met);
  }
}
