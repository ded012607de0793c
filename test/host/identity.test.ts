/** What the platforms vouch with. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openGithub } from '../../src/host/github.js';
import { guarded } from '../../src/host/guarded.js';
import { Redactor } from '../../src/record/redact.js';
import { FakeHost } from '../support/host.js';
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
  /** What the agent hands over for other connections; task-lib takes all of them in at its first import. */
  const others = {
    'ENDPOINT_AUTH_SCHEME_conn-2': 'ServicePrincipal',
    'ENDPOINT_AUTH_PARAMETER_conn-2_TENANTID': 'the-tenant',
    'ENDPOINT_AUTH_PARAMETER_conn-2_SERVICEPRINCIPALID': 'the-client',
    'ENDPOINT_AUTH_PARAMETER_conn-2_SERVICEPRINCIPALKEY': 'the-secret-key',
    'ENDPOINT_DATA_conn-2_ACTIVEDIRECTORYAUTHORITY': 'http://plain.example/',
    'ENDPOINT_AUTH_SCHEME_conn-3': 'managedserviceidentity',
    'ENDPOINT_AUTH_SCHEME_conn-4': 'Token',
  };

  beforeAll(() => {
    Object.assign(process.env, given, others);
  });
  afterAll(() => {
    for (const name of Object.keys({ ...given, ...others })) delete process.env[name];
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

  /** With another connection in the input. task-lib keeps its inputs in a vault that only it can change. */
  async function openWith(id: string) {
    const { default: task } = await import('azure-pipelines-task-lib/task.js');
    const spy = vi
      .spyOn(task, 'getInput')
      .mockImplementation((name) => (name === 'azureSubscription' ? id : undefined));
    const { openAzure } = await import('../../src/host/azure.js');
    const host = await openAzure({ env: {}, stdout: { write: () => true } });
    spy.mockRestore();
    return host;
  }

  it('knows one with a secret, and signs in over https alone', async () => {
    const host = await openWith('conn-2');
    expect(host.serviceConnection?.()).toEqual({
      id: 'conn-2',
      scheme: 'ServicePrincipal',
      tenant: 'the-tenant',
      client: 'the-client',
      secret: 'the-secret-key',
      systemToken: 'the-system-token',
    });
  });

  it('knows one of a managed identity', async () => {
    expect((await openWith('conn-3')).serviceConnection?.()).toEqual({
      id: 'conn-3',
      scheme: 'ManagedServiceIdentity',
      systemToken: 'the-system-token',
    });
  });

  it.each([
    ['of another kind', 'conn-4', /expected a service connection of Azure Resource Manager.*of conn-4 it is of Token/],
    ['that the agent did not hand over', 'conn-5', /of conn-5 the agent handed over none of it/],
  ])('names one %s, in place of going on as if there were none', async (_, id, expected) => {
    const { serviceConnection } = await openWith(id);
    expect(() => serviceConnection?.()).toThrow(expected);
  });
});

describe('what goes out', () => {
  it('is free of what the platform vouches with', async () => {
    const redactor = new Redactor();
    const host = guarded(
      Object.assign(new FakeHost(), {
        idToken: async () => 'the-id-token',
        serviceConnection: () => ({
          id: 'conn-1',
          scheme: 'ServicePrincipal' as const,
          secret: 'the-secret-key',
          systemToken: 'the-system-token',
        }),
      }),
      redactor,
    );
    expect(await host.idToken?.('api://x')).toBe('the-id-token');
    expect(host.serviceConnection?.().id).toBe('conn-1');
    expect(redactor.text('a the-id-token b the-secret-key c the-system-token d')).toBe('a *** b *** c *** d');
  });
});
