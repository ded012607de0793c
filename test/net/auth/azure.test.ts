import { describe, expect, it } from 'vitest';
import type { Identity, ServiceConnection } from '../../../src/host/host.js';
import { type AzureConfig, azureTokens, sendToAzure } from '../../../src/net/auth/azure.js';
import type { SourceContext } from '../../../src/sources/source.js';
import { SimulatedClock } from '../../support/clock.js';
import { sourceContext } from '../../support/context.js';
import { client, type Entra, entra, subject, tenant } from '../../support/entra.js';
import { reply, standIn } from '../../support/server.js';

const scope = 'https://management.azure.com/.default';
const minute = 60_000;
const signal = () => AbortSignal.timeout(20_000);

interface Set {
  readonly clock: SimulatedClock;
  readonly cloud: Entra;
  readonly context: SourceContext;
  readonly masked: string[];
  readonly config: AzureConfig;
}

async function setUp(change: Partial<Identity> & { oidc?: boolean } = {}): Promise<Set> {
  const clock = new SimulatedClock(Date.parse('2026-11-23T10:00:00Z'), 1);
  const cloud = await entra(clock);
  const masked: string[] = [];
  const { oidc = true, ...more } = change;
  const identity: Identity = {
    env: {},
    secret: (value) => void masked.push(value),
    ...(oidc ? { idToken: (aud: string) => cloud.idToken(aud) } : {}),
    ...more,
  };
  const config: AzureConfig = { cloud: 'public', authority: cloud.authority, tenant, client };
  return { clock, cloud, context: sourceContext({ clock, identity }), masked, config };
}

const failure = async (act: Promise<unknown>) =>
  act.then(
    () => ({ code: 'none', message: '', permanent: false }),
    (e: unknown) => e as { code: string; message: string; permanent: boolean },
  );

describe('signing in to Azure', () => {
  it('takes a given token as it is, and loads nothing', async () => {
    const { context, config, cloud } = await setUp();
    const tokens = azureTokens({ ...config, token: 'given' }, context);
    expect(await tokens.token(scope, signal())).toBe('given');
    expect(cloud.exchanges).toEqual([]);
  });

  it('exchanges an ID token of GitHub, masks what it gets, and keeps it by scope', async () => {
    const { context, config, cloud, masked } = await setUp();
    const tokens = azureTokens(config, context);
    const [a, b] = await Promise.all([tokens.token(scope, signal()), tokens.token(scope, signal())]);
    expect([a, b, await tokens.token(scope, signal())]).toEqual(['access-token-1', 'access-token-1', 'access-token-1']);
    expect(await tokens.token('https://api.loganalytics.io/.default', signal())).toBe('access-token-2');
    expect(cloud.exchanges.map((e) => e.scope.split(' ')[0])).toEqual([scope, 'https://api.loganalytics.io/.default']);
    expect(masked).toEqual(['access-token-1', 'access-token-2']);
  });

  it('is one sign-in for all sources of a run that write the same, and another for another', async () => {
    const { context, config, cloud } = await setUp();
    expect(azureTokens(config, context)).toBe(azureTokens({ ...config }, context));
    expect(azureTokens(config, context)).not.toBe(azureTokens({ ...config, tenant: 'x' }, context));
    await azureTokens(config, context).token(scope, signal());
    await azureTokens({ ...config }, context).token(scope, signal());
    expect(cloud.exchanges).toHaveLength(1);
  });

  it('outlives the ID token and the access token: an hour of requests, none refused', async () => {
    const { clock, context, config, cloud } = await setUp();
    let refused = 0;
    const api = await standIn((request, response) => {
      const good = cloud.accepts(request.headers.authorization, scope);
      if (!good) refused += 1;
      reply(response, good ? 200 : 401, {});
    });
    const tokens = azureTokens(config, context);
    for (let i = 0; i <= 150; i += 1) {
      const response = await sendToAzure(context, tokens, scope, { url: api.url, signal: signal() });
      expect(response.status).toBe(200);
      await clock.sleep(minute);
    }
    expect(refused).toBe(0);
    expect(cloud.exchanges.length).toBe(3);
    expect(new Set(cloud.exchanges.map((e) => e.assertion)).size).toBe(3);
  });

  it('gets a new token once when one is refused before its time', async () => {
    const { context, config, cloud } = await setUp();
    const api = await standIn((request, response) =>
      reply(response, request.headers.authorization === 'Bearer access-token-1' ? 401 : 200, {}),
    );
    const tokens = azureTokens(config, context);
    const send = () => sendToAzure(context, tokens, scope, { url: api.url, signal: signal() });
    expect((await send()).status).toBe(200);
    expect(cloud.exchanges).toHaveLength(2);
    const closed = await standIn((_, response) => reply(response, 401, {}));
    expect((await sendToAzure(context, tokens, scope, { url: closed.url, signal: signal() })).status).toBe(401);
    expect(closed.received).toHaveLength(2);
  });

  it('goes on with the old token while a new one cannot be had, to its end and no longer', async () => {
    const { clock, context, config, cloud } = await setUp();
    const tokens = azureTokens(config, context);
    await tokens.token(scope, signal());
    cloud.refuse = 'AADSTS90033: A transient error has occurred';
    await clock.sleep(56 * minute);
    expect(await tokens.token(scope, signal())).toBe('access-token-1');
    await clock.sleep(4 * minute);
    expect(await failure(tokens.token(scope, signal()))).toMatchObject({ code: 'unauthorized', permanent: false });
  });

  it('uses a client secret', async () => {
    const { context, config, cloud } = await setUp({ oidc: false });
    await azureTokens({ ...config, 'client-secret': 'the-secret' }, context).token(scope, signal());
    expect(cloud.exchanges).toMatchObject([{ secret: 'the-secret' }]);
    const wrong = await failure(azureTokens({ ...config, 'client-secret': 'not-it' }, context).token(scope, signal()));
    expect(wrong).toMatchObject({ code: 'unauthorized', permanent: true });
    expect(wrong.message).toContain('client secret is wrong');
    expect(wrong.message).not.toContain('not-it');
  });

  it('uses the service connection of the step before all else', async () => {
    const connection: ServiceConnection = {
      id: 'c',
      scheme: 'ServicePrincipal',
      tenant,
      client,
      secret: 'the-secret',
      systemToken: 's',
    };
    const { context, cloud } = await setUp({ serviceConnection: () => connection });
    await azureTokens({ cloud: 'public', authority: cloud.authority }, context).token(scope, signal());
    expect(cloud.exchanges).toMatchObject([{ secret: 'the-secret' }]);
  });

  it('asks Azure Pipelines for a new ID token at each exchange', async () => {
    const { clock, context, cloud } = await setUp({
      serviceConnection: () => ({
        id: 'conn-1',
        scheme: 'WorkloadIdentityFederation',
        tenant,
        client,
        systemToken: 'system',
      }),
    });
    const assertion = () => cloud.idToken('api://AzureADTokenExchange');
    const pipelines = await standIn(
      ({ method, path, headers }, response) => {
        const asked = `${method} ${path} ${headers.authorization}`;
        if (asked !== 'POST /oidc?api-version=7.1&serviceConnectionId=conn-1 Bearer system') {
          reply(response, 403, { message: 'the raw answer' });
        } else void assertion().then((oidcToken) => reply(response, 200, { oidcToken }));
      },
      { tls: true },
    );
    process.env.SYSTEM_OIDCREQUESTURI = `${pipelines.url}/oidc`;
    try {
      const tokens = azureTokens({ cloud: 'public', authority: cloud.authority }, context);
      await tokens.token(scope, signal());
      await clock.sleep(58 * minute);
      await tokens.token(scope, signal());
      expect(new Set(cloud.exchanges.map((e) => e.assertion)).size).toBe(2);
      process.env.SYSTEM_OIDCREQUESTURI = `${pipelines.url}/other`;
      await clock.sleep(90 * minute);
      const { message } = await failure(tokens.token(scope, signal()));
      expect(message).toContain('Azure Pipelines gave no ID token');
      expect(message).not.toContain('raw answer');
    } finally {
      delete process.env.SYSTEM_OIDCREQUESTURI;
    }
  });

  it('takes tenant and client from the environment', async () => {
    const { context, cloud } = await setUp({ env: { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: client } });
    await azureTokens({ cloud: 'public', authority: cloud.authority }, context).token(scope, signal());
    expect(cloud.exchanges).toHaveLength(1);
  });

  it('says which federated credential is missing', async () => {
    const { context, config, cloud } = await setUp();
    cloud.refuse = `AADSTS700213: No matching federated identity record found for presented assertion subject '${subject}'`;
    const { message, code, permanent } = await failure(azureTokens(config, context).token(scope, signal()));
    expect({ code, permanent }).toEqual({ code: 'unauthorized', permanent: true });
    for (const part of [
      client,
      subject,
      'https://token.actions.githubusercontent.com',
      'api://AzureADTokenExchange',
      'AADSTS700213',
    ]) {
      expect(message).toContain(part);
    }
    expect(message).not.toMatch(/signature|Trace ID|eyJ/);
  });

  it.each<[string, Partial<AzureConfig>, Partial<Identity> & { oidc?: boolean }, RegExp]>([
    ['no ID tokens', { 'sign-in': 'github-oidc' }, { oidc: false }, /permissions: id-token: write/],
    ['no tenant', { 'sign-in': 'github-oidc', tenant: undefined }, {}, /needs `tenant` \(or AZURE_TENANT_ID\)$/],
    ['no connection', { 'sign-in': 'service-connection' }, {}, /`azureSubscription`/],
    ['no secret', { 'sign-in': 'client-secret' }, {}, /`client-secret` is missing/],
    ['another tenant', { tenant: 'ffffffff-2222-3333-4444-555555555555' }, {}, /cannot be reached|there is no tenant/],
    ['another app', { client: 'ffffffff-7777-8888-9999-000000000000' }, {}, /has no app registration ffffffff/],
  ])('says what to do with %s', async (_, change, identity, expected) => {
    const { context, config } = await setUp(identity);
    const { code, message } = await failure(azureTokens({ ...config, ...change }, context).token(scope, signal()));
    expect(code).toMatch(/unauthorized|connection/);
    expect(message).toMatch(expected);
  });

  it('says that the Azure CLI is not there, or that nobody is signed in', async () => {
    const { context, config } = await setUp({ oidc: false });
    const { code, message, permanent } = await failure(
      azureTokens({ ...config, 'sign-in': 'cli' }, context).token(scope, signal()),
    );
    expect({ code, permanent }).toEqual({ code: 'unauthorized', permanent: true });
    expect(message).toMatch(/Azure CLI is not installed|nobody is signed in/);
  });

  it('ends with the round', async () => {
    const { context, config } = await setUp({ idToken: () => new Promise(() => {}) });
    const { code } = await failure(azureTokens(config, context).token(scope, AbortSignal.timeout(300)));
    expect(code).toBe('timeout');
  });
});
