/** What is said when a sign-in to Azure fails. */
import { describe, expect, it } from 'vitest';
import type { Identity } from '../../../src/host/host.js';
import { type AzureConfig, azureTokens } from '../../../src/net/auth/azure.js';
import { client, failureOf, signIn, tenant } from '../../support/entra.js';
import { subject } from '../../support/github.js';
import { deadUrl, reply, standIn } from '../../support/server.js';

const scope = 'https://management.azure.com/.default';
const signal = () => AbortSignal.timeout(20_000);

type Platform = Partial<Identity> & { oidc?: boolean };

async function failed(change: Partial<AzureConfig>, platform: Platform = {}) {
  const { context, config } = await signIn(platform);
  return failureOf(azureTokens({ ...config, ...change }, context).token(scope, signal()));
}

describe('a sign-in to Azure that fails', () => {
  it.each(['70021', '700211', '700212', '700213'])(
    'for want of a federated credential says which (%s)',
    async (code) => {
      const { context, config, cloud } = await signIn();
      cloud.refuse = `AADSTS${code}: No matching federated identity record found for presented assertion subject '${subject}'`;
      const { message, ...rest } = await failureOf(azureTokens(config, context).token(scope, signal()));
      expect(rest).toMatchObject({ code: 'unauthorized', permanent: true });
      for (const part of [
        client,
        `subject \`${subject}\``,
        'issuer `https://token.actions.githubusercontent.com`',
        'audience `api://AzureADTokenExchange`',
        'az ad app federated-credential create',
        `AADSTS${code}`,
      ]) {
        expect(message).toContain(part);
      }
      expect(message).not.toMatch(/signature|Trace ID|eyJ/);
    },
  );

  it.each<[string, boolean, RegExp]>([
    ['700024: Client assertion is not within its valid time range', false, /too old when it arrived.*clock/],
    ['7000215: Invalid client secret provided', true, /client secret is wrong/],
    ['7000222: The provided client secret keys are expired', true, /client secret has expired/],
    [`90002: Tenant '${tenant}' not found`, true, /there is no tenant 11111111-2222-3333-4444-555555555555/],
    ['700016: Application was not found in the directory', true, /has no app registration 66666666/],
    ['500011: The resource principal was not found', true, /is the cloud right/],
    ['53003: Access has been blocked by Conditional Access policies', true, /conditional access policy/],
    ['123456: Something new happened\r\nwith more', false, /Something new happened \(AADSTS123456\)$/],
  ])('with AADSTS%s', async (words, permanent, expected) => {
    const { context, config, cloud } = await signIn();
    cloud.refuse = `AADSTS${words}`;
    const failure = await failureOf(azureTokens(config, context).token(scope, signal()));
    expect(failure).toMatchObject({ code: 'unauthorized', permanent });
    expect(failure.message).toMatch(expected);
    expect(failure.message).not.toContain('Trace ID');
  });

  it('shows no secret', async () => {
    const { message } = await failed({ 'client-secret': 'not-it' });
    expect(message).toContain('client secret is wrong');
    expect(message).not.toContain('not-it');
  });

  it.each<[string, Partial<AzureConfig>, Platform, RegExp]>([
    ['no ID tokens', { 'sign-in': 'github-oidc' }, { oidc: false }, /permissions: id-token: write/],
    ['no tenant', { 'sign-in': 'github-oidc', tenant: undefined }, {}, /needs `tenant` \(or AZURE_TENANT_ID\)$/],
    [
      'neither tenant nor client',
      { 'sign-in': 'client-secret', tenant: undefined, client: undefined },
      {},
      /needs `tenant` .* and `client` \(or AZURE_CLIENT_ID\)$/,
    ],
    ['no connection', { 'sign-in': 'service-connection' }, {}, /`azureSubscription`/],
    ['no secret', { 'sign-in': 'client-secret' }, {}, /`client-secret` is missing/],
    ['another tenant', { tenant: 'ffffffff-2222-3333-4444-555555555555' }, {}, /there is no tenant ffffffff/],
    ['no tenant id', { tenant: 'the tenant!' }, {}, /`tenant` is neither the id nor the domain/],
    ['another app', { client: 'ffffffff-7777-8888-9999-000000000000' }, {}, /has no app registration ffffffff/],
  ])('with %s says what to do', async (_, change, platform, expected) => {
    const { code, message, permanent } = await failed(change, platform);
    expect({ code, permanent }).toEqual({ code: 'unauthorized', permanent: true });
    expect(message).toMatch(expected);
  });

  it('for want of a way there says why, as for every request', async () => {
    const dead = (await deadUrl()).replace('http:', 'https:');
    expect(await failed({ authority: dead })).toMatchObject({ code: 'refused', permanent: false });
    const plain = await standIn((_, response) => reply(response, 200, {}));
    const other = await failed({ authority: plain.url.replace('http:', 'https:') });
    expect(other).toMatchObject({ code: 'tls', permanent: true });
    expect(other.message).toMatch(/^signing in to Azure \(github-oidc\) failed: .*NODE_EXTRA_CA_CERTS/);
    const broken = await standIn((_, response) => reply(response, 503, 'the raw answer'), { tls: true });
    expect(await failed({ authority: broken.url })).toMatchObject({ code: 'server-error' });
  });

  it('at a page that is not Entra says so', async () => {
    const portal = await standIn((_, response) => reply(response, 200, '<html>log in</html>'), { tls: true });
    const { code, message } = await failed({ authority: portal.url });
    expect(code).toBe('unauthorized');
    expect(message).toMatch(/none of Microsoft Entra: is `authority` right\?/);
  });
});
