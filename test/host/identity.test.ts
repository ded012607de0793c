/** What the platforms vouch with. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGithub } from '../../src/host/github.js';
import { reply, standIn } from '../support/server.js';

describe('GitHub', () => {
  const names = ['ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'] as const;
  afterAll(() => {
    for (const name of names) delete process.env[name];
  });

  it('gives no ID token to a job that may not have one', () => {
    expect(openGithub({ env: {} }).idToken).toBeUndefined();
  });

  it('mints a new ID token at each call, for the audience, and masks it', async () => {
    const server = await standIn((_, response, count) => reply(response, 200, { value: `token-${count}` }));
    process.env.ACTIONS_ID_TOKEN_REQUEST_URL = `${server.url}/oidc?api=1`;
    process.env.ACTIONS_ID_TOKEN_REQUEST_TOKEN = 'request-token';
    const { idToken } = openGithub({ env: process.env, stdout: { write: () => true } });
    expect([await idToken?.('api://x'), await idToken?.('api://x')]).toEqual(['token-1', 'token-2']);
    expect(server.received.map((r) => [r.method, r.path, r.headers.authorization])).toEqual([
      ['GET', '/oidc?api=1&audience=api%3A%2F%2Fx', 'Bearer request-token'],
      ['GET', '/oidc?api=1&audience=api%3A%2F%2Fx', 'Bearer request-token'],
    ]);
  });
});

describe('Azure Pipelines', () => {
  const given = {
    // Where task-lib writes the key of its vault; without it, into the current folder.
    AGENT_TEMPDIRECTORY: mkdtempSync(join(tmpdir(), 'signalbox-identity-')),
    INPUT_AZURESUBSCRIPTION: 'conn-1',
    'ENDPOINT_AUTH_SCHEME_conn-1': 'WorkloadIdentityFederation',
    'ENDPOINT_AUTH_PARAMETER_conn-1_TENANTID': 'the-tenant',
    'ENDPOINT_AUTH_PARAMETER_conn-1_SERVICEPRINCIPALID': 'the-client',
    'ENDPOINT_DATA_conn-1_ENVIRONMENTAUTHORITYURL': 'https://login.microsoftonline.us/',
    ENDPOINT_AUTH_PARAMETER_SYSTEMVSSCONNECTION_ACCESSTOKEN: 'the-system-token',
  };

  beforeAll(() => {
    Object.assign(process.env, given);
  });
  afterAll(() => {
    for (const name of Object.keys(given)) delete process.env[name];
  });

  it('hands over the service connection that its input names', async () => {
    const { openAzure } = await import('../../src/host/azure.js');
    const host = await openAzure({ env: {}, stdout: { write: () => true } });
    expect(host.serviceConnection?.()).toEqual({
      id: 'conn-1',
      scheme: 'WorkloadIdentityFederation',
      tenant: 'the-tenant',
      client: 'the-client',
      authority: 'https://login.microsoftonline.us',
      systemToken: 'the-system-token',
    });
  });

  it('has none without the input', async () => {
    const { openAzure } = await import('../../src/host/azure.js');
    const host = await openAzure({ env: {}, stdout: { write: () => true }, byCommandLine: true });
    expect(host.serviceConnection).toBeUndefined();
  });
});
