import { once } from 'node:events';
import { createServer } from 'node:https';
import * as id from '@azure/identity';
import { it } from 'vitest';
import { azureTokens } from '../../../src/net/auth/azure.js';
import { SimulatedClock } from '../../support/clock.js';
import { sourceContext } from '../../support/context.js';
import { client, entra, tenant } from '../../support/entra.js';
import { deadUrl, reply, standIn } from '../../support/server.js';

const scope = 'https://management.azure.com/.default';
async function raw(name: string, authority: string, t = tenant, c = client, get = async () => 'a.b.c') {
  const s = Date.now();
  let text = '';
  try {
    const cred = new id.ClientAssertionCredential(t, c, get, {
      authorityHost: authority,
      disableInstanceDiscovery: true,
    });
    text = (await cred.getToken(scope, { abortSignal: AbortSignal.timeout(15000) })).token;
  } catch (e) {
    text = `${(e as Error).name} :: ${JSON.stringify((e as Error).message)} ${Object.keys(e as object)}`;
  }
  let ours = '';
  try {
    const tokens = azureTokens(
      { cloud: 'public', authority, tenant: t, client: c, 'sign-in': 'github-oidc' },
      sourceContext({ identity: { env: {}, secret() {}, idToken: get } }),
    );
    ours = await tokens.token(scope, AbortSignal.timeout(15000));
  } catch (e) {
    ours = `${(e as { code: string }).code} ${(e as Error).message} ${(e as { permanent: boolean }).permanent}`;
  }
  console.log(`### ${name} ${Date.now() - s}ms\n  raw: ${text}\n  ours: ${ours}`);
}
it('shows', async () => {
  const clock = new SimulatedClock();
  const e = await entra(clock);
  const get = () => e.idToken('api://AzureADTokenExchange');
  await raw('ok', e.authority, tenant, client, get);
  const disco = (fn: (r: any) => void) =>
    standIn(
      (q, r) =>
        q.path.includes('openid-configuration')
          ? reply(r, 200, {
              issuer: `https://${q.headers.host}/${tenant}/v2.0`,
              token_endpoint: `https://${q.headers.host}/t`,
              authorization_endpoint: 'https://x/a',
              jwks_uri: 'https://x/k',
            })
          : fn(r),
      { tls: true },
    );
  await raw('token 500', (await disco((r) => reply(r, 500, 'oops'))).url);
  await raw('token html', (await disco((r) => reply(r, 200, '<html>login</html>'))).url);
  await raw('token 429', (await disco((r) => reply(r, 429, { error: 'x' }, { 'retry-after': '1' }))).url);
  await raw(
    'token 503 json',
    (
      await disco((r) =>
        reply(r, 503, {
          error: 'temporarily_unavailable',
          error_description: 'AADSTS90033: A transient error has occurred. Please try again. Trace ID: 1',
        }),
      )
    ).url,
  );
  await raw(
    'token 400 tenant',
    (
      await disco((r) =>
        reply(r, 400, {
          error: 'invalid_request',
          error_description:
            "AADSTS90002: Tenant 'x' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant. Trace ID: 1 Correlation ID: 2 Timestamp: 3",
          error_codes: [90002],
        }),
      )
    ).url,
  );
  const first = true;
  const gone = await standIn(
    (q, r) => {
      if (q.path.includes('openid-configuration'))
        reply(r, 200, {
          issuer: `https://${q.headers.host}/${tenant}/v2.0`,
          token_endpoint: 'https://127.0.0.1:1/t',
          authorization_endpoint: 'https://x/a',
          jwks_uri: 'https://x/k',
        });
    },
    { tls: true },
  );
  await raw('token dead', gone.url);
  const tls = await standIn(
    (q, r) => {
      reply(r, 200, {
        issuer: `https://${q.headers.host}/${tenant}/v2.0`,
        token_endpoint: `${e.authority.replace('127.0.0.1', '127.0.0.2')}/t`,
        authorization_endpoint: 'https://x/a',
        jwks_uri: 'https://x/k',
      });
    },
    { tls: true },
  );
  await raw('token tls', tls.url);
  const oidc400 = await standIn(
    (q, r) =>
      reply(r, 400, { error: 'invalid_tenant', error_description: "AADSTS90002: Tenant 'x' not found. Trace ID: 1" }),
    { tls: true },
  );
  await raw('discovery 400 tenant', oidc400.url);
}, 300000);
