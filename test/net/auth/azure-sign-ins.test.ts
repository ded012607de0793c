/** The ways to sign in to Azure, and which is taken. */
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ServiceConnection } from '../../../src/host/host.js';
import { azureTokens } from '../../../src/net/auth/azure.js';
import { client, failureOf, type SignIn, signIn, tenant } from '../../support/entra.js';
import { reply, standIn } from '../../support/server.js';

const scope = 'https://management.azure.com/.default';
const minute = 60_000;
const signal = () => AbortSignal.timeout(20_000);

const saved = { ...process.env };
afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in saved)) delete process.env[name];
  Object.assign(process.env, saved);
});

/** What a policy that names nothing gets. */
const bare = ({ cloud }: SignIn) => ({ cloud: 'public', authority: cloud.authority }) as const;

describe('a client secret', () => {
  it('is used', async () => {
    const { context, config, cloud } = await signIn();
    await azureTokens({ ...config, 'client-secret': 'the-secret' }, context).token(scope, signal());
    expect(cloud.exchanges).toMatchObject([{ secret: 'the-secret', assertion: undefined }]);
  });
});

describe('an ID token of GitHub', () => {
  it('takes tenant and client from the environment', async () => {
    const set = await signIn({ env: { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: client } });
    await azureTokens(bare(set), set.context).token(scope, signal());
    expect(set.cloud.exchanges).toMatchObject([{ secret: undefined }]);
  });

  it('may fail without its words being repeated, and heal', async () => {
    const { context, config } = await signIn({
      idToken: async () => {
        throw new Error('Error Code : 503 {"value":"half-a-token"}');
      },
    });
    const { code, message, permanent } = await failureOf(azureTokens(config, context).token(scope, signal()));
    expect({ code, permanent }).toEqual({ code: 'connection', permanent: false });
    expect(message).toContain('GitHub gave no ID token');
    expect(message).not.toContain('half-a-token');
  });
});

describe('a service connection', () => {
  const federated: ServiceConnection = {
    id: 'conn-1',
    scheme: 'WorkloadIdentityFederation',
    tenant,
    client,
    systemToken: 'system',
  };

  /** The service of Azure Pipelines that mints ID tokens. */
  async function pipelines(change: Partial<ServiceConnection> = {}) {
    const env: Record<string, string> = {};
    const set = await signIn({ oidc: false, env, serviceConnection: () => ({ ...federated, ...change }) });
    const service = await standIn(
      ({ method, path, headers }, response) => {
        const asked = `${method} ${path} ${headers.authorization} ${String(headers['x-tfs-fedauthredirect'])} ${headers['content-type']}`;
        if (asked !== 'POST /oidc?api-version=7.1&serviceConnectionId=conn-1 Bearer system Suppress application/json') {
          return reply(response, 403, { message: 'the raw answer' });
        }
        void set.cloud
          .idToken('api://AzureADTokenExchange')
          .then((oidcToken) => reply(response, 200, env.EMPTY ? { raw: 'the raw answer' } : { oidcToken }));
      },
      { tls: true },
    );
    env.SYSTEM_OIDCREQUESTURI = `${service.url}/oidc`;
    return { ...set, env, tokens: azureTokens(bare(set), set.context) };
  }

  it('gets a new ID token of Azure Pipelines for each exchange, and masks it', async () => {
    const { clock, cloud, tokens, masked } = await pipelines();
    await tokens.token(scope, signal());
    await clock.sleep(58 * minute);
    await tokens.token(scope, signal());
    const assertions = cloud.exchanges.map((e) => e.assertion);
    expect(new Set(assertions).size).toBe(2);
    expect(masked).toEqual([assertions[0], 'access-token-1', assertions[1], 'access-token-2']);
  });

  it.each<[string, (env: Record<string, string>) => void, boolean, RegExp]>([
    [
      'may not be used',
      (env) => Object.assign(env, { SYSTEM_OIDCREQUESTURI: `${env.SYSTEM_OIDCREQUESTURI}x` }),
      true,
      /\(403\).*may this pipeline use it/,
    ],
    ['is answered with something else', (env) => Object.assign(env, { EMPTY: '1' }), false, /without one/],
    ['meets an agent without ID tokens', (env) => delete env.SYSTEM_OIDCREQUESTURI, true, /this agent offers none/],
  ])('that %s is named, and the raw answer is not', async (_, change, permanent, expected) => {
    const { tokens, env } = await pipelines();
    change(env);
    const failure = await failureOf(tokens.token(scope, signal()));
    expect(failure).toMatchObject({ code: 'unauthorized', permanent });
    expect(failure.message).toMatch(/Azure Pipelines gave no ID token for the service connection conn-1/);
    expect(failure.message).toMatch(expected);
    expect(failure.message).not.toContain('raw answer');
  });

  it('without a federated credential says which one to add', async () => {
    const { tokens, cloud } = await pipelines();
    cloud.refuse = 'AADSTS70021: No matching federated identity record found for presented assertion.';
    const { message } = await failureOf(tokens.token(scope, signal()));
    expect(message).toMatch(/subject `repo:acme\/checkout:environment:production`/);
  });

  it('with a secret uses it, before all else that there is', async () => {
    const connection = { ...federated, scheme: 'ServicePrincipal', secret: 'the-secret' } as const;
    const set = await signIn({ serviceConnection: () => connection });
    await azureTokens({ ...bare(set), 'client-secret': 'another' }, set.context).token(scope, signal());
    expect(set.cloud.exchanges).toMatchObject([{ secret: 'the-secret' }]);
  });

  it('signs in where it says', async () => {
    const { cloud, context } = await signIn({
      serviceConnection: () => ({
        ...federated,
        scheme: 'ServicePrincipal',
        secret: 'the-secret',
        authority: cloud.authority,
      }),
    });
    await azureTokens({ cloud: 'public' }, context).token(scope, signal());
    expect(cloud.exchanges).toHaveLength(1);
  });

  it.each<[string, () => ServiceConnection, RegExp]>([
    [
      'with a certificate',
      () => ({ ...federated, scheme: 'ServicePrincipal' }),
      /certificates are not supported: convert it/,
    ],
    ['without a tenant', () => ({ ...federated, tenant: '' }), /conn-1 names no tenant or no app/],
    [
      'of another kind',
      () => {
        throw new Error('expected a service connection of Azure Resource Manager');
      },
      /expected a service connection of Azure Resource Manager/,
    ],
  ])('%s is refused, and nothing else is tried', async (_, serviceConnection, expected) => {
    const set = await signIn({ serviceConnection });
    const failure = await failureOf(azureTokens({ ...set.config }, set.context).token(scope, signal()));
    expect(failure).toMatchObject({ code: 'unauthorized', permanent: true });
    expect(failure.message).toMatch(expected);
    expect(set.cloud.exchanges).toEqual([]);
  });

  it('is not looked at when another way is named', async () => {
    const { context, config, cloud } = await signIn({
      serviceConnection: () => {
        throw new Error('not to be asked');
      },
    });
    await azureTokens({ ...config, 'sign-in': 'github-oidc' }, context).token(scope, signal());
    expect(cloud.exchanges).toHaveLength(1);
  });
});

describe('a managed identity', () => {
  it('is asked of the machine, by its client id where one is given', async () => {
    const machine = await standIn((_, response) =>
      reply(response, 200, {
        access_token: 'of-the-machine',
        expires_on: String(Math.floor(Date.now() / 1000) + 86_400),
        resource: 'x',
        token_type: 'Bearer',
      }),
    );
    process.env.IDENTITY_ENDPOINT = `${machine.url}/msi/token`;
    process.env.IDENTITY_HEADER = 'the-header';
    const { context, masked } = await signIn({ env: { AZURE_CLIENT_ID: 'an-app' } });
    const tokens = azureTokens({ cloud: 'public', 'sign-in': 'managed-identity' }, context);
    expect(await tokens.token('https://one.example/.default', signal())).toBe('of-the-machine');
    const named = azureTokens({ cloud: 'public', 'sign-in': 'managed-identity', client }, context);
    expect(await named.token('https://two.example/.default', signal())).toBe('of-the-machine');
    const asked = machine.received.map((r) => new URL(r.path, machine.url).searchParams);
    expect(asked.map((q) => [q.get('resource'), q.get('client_id')])).toEqual([
      ['https://one.example', null],
      ['https://two.example', client],
    ]);
    expect(machine.received[0]?.headers['x-identity-header']).toBe('the-header');
    expect(masked).toEqual(['of-the-machine', 'of-the-machine']);
  });
});

describe.skipIf(process.platform === 'win32')('the Azure CLI', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'signalbox-az-'));
    process.env.PATH = [folder, dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter);
  });

  /** An `az` that says so. */
  function az(stdout: string, stderr = ''): void {
    const script = `#!${process.execPath}
process.stdout.write(${JSON.stringify(stdout)});
process.stderr.write(${JSON.stringify(stderr)});
require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'asked.json'))}, JSON.stringify(process.argv.slice(2)));
process.exitCode = ${stderr === '' ? 0 : 1};
`;
    writeFileSync(join(folder, 'az'), script);
    chmodSync(join(folder, 'az'), 0o755);
  }

  const ask = async (change: object = {}, identity: Parameters<typeof signIn>[0] = {}) => {
    const { context } = await signIn({ oidc: false, ...identity });
    const tokens = azureTokens({ cloud: 'public', ...change }, context);
    let token = '';
    const failure = await failureOf(
      tokens.token(scope, signal()).then((got) => {
        token = got;
      }),
    );
    return { token, ...failure, message: failure.message };
  };

  it('is the last resort', async () => {
    az(JSON.stringify({ accessToken: 'of-the-cli', expires_on: Math.floor(Date.now() / 1000) + 3600 }));
    expect(await ask({ tenant })).toMatchObject({ token: 'of-the-cli' });
    const asked = JSON.parse(readFileSync(join(folder, 'asked.json'), 'utf8')) as string[];
    expect(asked.join(' ')).toBe(
      `account get-access-token --output json --resource https://management.azure.com --tenant ${tenant}`,
    );
  });

  it('that has ended says so, in both of the words that it has', async () => {
    az(
      '',
      'ERROR: AADSTS700024: Client assertion is not within its valid time range. Current time: 2026-11-23T10:10:00Z. Trace ID: 1\n',
    );
    const failure = await ask({ 'sign-in': 'cli' });
    expect(failure).toMatchObject({ code: 'unauthorized', permanent: true });
    expect(failure.message).toMatch(/sign-in of the Azure CLI has ended.*`sign-in: github-oidc`.*AADSTS700024/);
    az(
      '',
      'ERROR: AADSTS700024: Client assertion is not within its valid time range.\nRun the command below:\naz login --tenant x --scope y\n',
    );
    expect((await ask({ 'sign-in': 'cli' })).message).toMatch(
      /nobody is signed in.*or the sign-in of the Azure CLI has ended/,
    );
  });

  it.each<[string, Parameters<typeof signIn>[0], RegExp]>([
    [
      'GitHub, without leave',
      { env: { GITHUB_ACTIONS: 'true' } },
      /give the job `permissions: id-token: write` and name `tenant`/,
    ],
    ['GitHub, with leave', { env: { GITHUB_ACTIONS: 'true' }, oidc: true }, /given: name `tenant` and `client`/],
    ['Azure Pipelines', { env: { TF_BUILD: 'True' } }, /service connection in the input `azureSubscription`/],
    ['a terminal', {}, /name a `sign-in`/],
  ])('that nobody is signed in with says what is better on %s', async (_, identity, expected) => {
    az('', "ERROR: Please run 'az login' to setup account.\n");
    const failure = await ask({}, identity);
    expect(failure).toMatchObject({ code: 'unauthorized', permanent: true });
    expect(failure.message).toMatch(/nobody is signed in/);
    expect(failure.message).toMatch(expected);
  });

  it('that was named gets no such advice', async () => {
    az('', "ERROR: Please run 'az login' to setup account.\n");
    expect((await ask({ 'sign-in': 'cli' }, { env: { GITHUB_ACTIONS: 'true' } })).message).not.toContain('id-token');
  });

  it('that breaks may do better later', async () => {
    az('', 'ERROR: HTTPSConnectionPool: Max retries exceeded\n');
    const failure = await ask({ 'sign-in': 'cli' });
    expect(failure).toMatchObject({ code: 'unauthorized', permanent: false });
    expect(failure.message).toMatch(/gave no access token/);
  });

  it('that is not there is missed', async () => {
    process.env.PATH = folder;
    const failure = await ask();
    expect(failure).toMatchObject({ code: 'unauthorized', permanent: true });
    expect(failure.message).toMatch(/Azure CLI is not installed; nothing else to sign in with is given/);
  });
});
