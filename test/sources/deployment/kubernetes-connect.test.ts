import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import * as v from 'valibot';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createHttp } from '../../../src/net/http.js';
import { kinds, openClient } from '../../../src/sources/deployment/kubernetes/client.js';
import { type ConnectConfig, connect } from '../../../src/sources/deployment/kubernetes/connect.js';
import { kubernetesSource } from '../../../src/sources/deployment/kubernetes/index.js';
import { deploymentForm } from '../../../src/sources/deployment/kubernetes/objects.js';
import { systemClock } from '../../../src/train/clock.js';
import { Cluster, putDeployment, token } from '../../deployment/kubernetes.provider.js';
import { sourceContext } from '../../support/context.js';
import { failure, forever, open } from './kubernetes.support.js';

const trusted = () => readFileSync(process.env.NODE_EXTRA_CA_CERTS ?? '', 'utf8');
let other: { cert: string; private: string };
beforeAll(async () => {
  const extensions = [
    { name: 'basicConstraints' as const, cA: true },
    { name: 'subjectAltName' as const, altNames: [{ type: 7 as const, ip: '127.0.0.1' }] },
  ];
  other = await generate([{ name: 'commonName', value: 'cluster' }], { extensions });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'signalbox-kube-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

const masked: string[] = [];
const contextOf = (workspace: string, env: Record<string, string> = {}) =>
  sourceContext({ workspace, identity: { env, secret: (value) => masked.push(value) } });

const config = (change: { cluster?: object; user?: object | null; context?: object; more?: object } = {}) => ({
  apiVersion: 'v1',
  kind: 'Config',
  'current-context': 'ci',
  contexts: [
    { name: 'ci', context: { cluster: 'prod', user: 'signalbox', namespace: 'shop', ...change.context } },
    { name: 'none', context: { cluster: 'gone', user: 'signalbox' } },
  ],
  clusters: [{ name: 'prod', cluster: { server: 'https://kube.example.com:6443/', ...change.cluster } }],
  users: [{ name: 'signalbox', user: change.user === undefined ? { token } : change.user }],
  ...change.more,
});

async function connected(written: unknown, asked: ConnectConfig = {}, files: Record<string, string> = {}) {
  const where = folder();
  writeFileSync(join(where, 'kubeconfig'), typeof written === 'string' ? written : JSON.stringify(written));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(where, name), text);
  const connection = await connect({ kubeconfig: 'kubeconfig', ...asked }, contextOf(where));
  return { ...connection, token: await connection.token() };
}

describe('a kubeconfig', () => {
  it('gives server, token, authority and namespace', async () => {
    const data = Buffer.from(trusted()).toString('base64');
    const found = await connected(config({ cluster: { 'certificate-authority-data': data } }));
    expect(found).toEqual({ server: 'https://kube.example.com:6443', token, ca: trusted(), namespace: 'shop' });
    expect(masked).toContain(token);
  });

  it('names files beside it, which are read anew each time', async () => {
    const where = folder();
    writeFileSync(join(where, 'token'), 'first\n');
    writeFileSync(join(where, 'ca.crt'), trusted());
    const written = config({
      cluster: { 'certificate-authority': 'ca.crt' },
      user: { tokenFile: 'token', token: 'old' },
    });
    writeFileSync(join(where, 'kubeconfig'), JSON.stringify(written));
    const connection = await connect({ kubeconfig: join(where, 'kubeconfig') }, contextOf('/'));
    expect(connection.ca).toBe(trusted());
    expect(await connection.token()).toBe('first');
    writeFileSync(join(where, 'token'), 'second\n');
    expect(await connection.token()).toBe('second');
  });

  it('may be overruled', async () => {
    expect((await connected(config(), { namespace: 'other' })).namespace).toBe('other');
  });

  it.each<[string, unknown, ConnectConfig, string]>([
    ['an exec plugin', config({ user: { exec: { command: 'aws' } } }), {}, 'runs a program to sign in (`exec`)'],
    [
      'a client certificate',
      config({ user: { 'client-certificate-data': 'eA==', 'client-key-data': 'eA==' } }),
      {},
      'client certificate',
    ],
    ['an auth provider', config({ user: { 'auth-provider': { name: 'gcp' } } }), {}, 'plugin'],
    ['a password', config({ user: { username: 'a', password: 'b' } }), {}, 'password'],
    ['no credential', config({ user: {} }), {}, 'has no `token` and no `tokenFile`'],
    ['no user', config({ user: null }), {}, 'has no `token`'],
    [
      'no check of the certificate',
      config({ cluster: { 'insecure-skip-tls-verify': true } }),
      {},
      'switches off the check',
    ],
    ['another name of the server', config({ cluster: { 'tls-server-name': 'x' } }), {}, 'tls-server-name'],
    ['a proxy', config({ cluster: { 'proxy-url': 'http://proxy' } }), {}, 'HTTPS_PROXY'],
    ['no URL', config({ cluster: { server: 'kube' } }), {}, 'no http or https URL'],
    ['no PEM', config({ cluster: { 'certificate-authority-data': 'eA==' } }), {}, 'no PEM'],
    ['no such context', config(), { context: 'prod' }, 'has no context prod; there is ci, none'],
    ['no such cluster', config(), { context: 'none' }, 'has no cluster gone'],
    ['no current context', config({ more: { 'current-context': '' } }), {}, 'no current context'],
    ['no kubeconfig', 'hello', {}, 'is no kubeconfig'],
    ['no YAML', '{', {}, 'is no YAML'],
    ['no namespace', config({ context: { namespace: '' } }), {}, 'expected `namespace`'],
    ['a namespace that is none', config({ context: { namespace: '../x' } }), {}, 'no name of a namespace'],
  ])('with %s is refused', async (_, written, asked, words) => {
    const { code, permanent, message } = await failure(connected(written, asked));
    expect(['bad-credential', 'bad-query']).toContain(code);
    expect(permanent).toBe(true);
    expect(message).toContain(words);
    expect(message).not.toContain(token);
  });

  it('that is not there', async () => {
    const asked = connect({ kubeconfig: 'nowhere' }, contextOf(folder()));
    expect(await failure(asked)).toMatchObject({ code: 'no-file', permanent: true });
  });
});

describe('inside a pod', () => {
  it('the service account signs in, over TLS by its authority alone', async () => {
    const where = folder();
    writeFileSync(join(where, 'token'), token);
    writeFileSync(join(where, 'namespace'), 'shop\n');
    writeFileSync(join(where, 'ca.crt'), other.cert);
    const cluster = new Cluster();
    putDeployment(cluster, 'checkout');
    const server = createServer({ cert: other.cert, key: other.private }, (request, response) => {
      const { status, body } = cluster.answer({
        method: 'GET',
        path: request.url ?? '',
        headers: request.headers,
        body: '',
      });
      response.writeHead(status).end(JSON.stringify(body));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const env = { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: String(port) };
    const context = contextOf('.', env);
    const reader = await openClient({}, context, where).reader(forever);
    expect(reader.namespace).toBe('shop');
    masked.length = 0;
    expect(await reader.get(kinds.deployments, 'checkout', deploymentForm)).toBeDefined();
    await reader.list(kinds.pods, 'app=checkout');
    expect(masked).toEqual([token]);

    writeFileSync(join(where, 'ca.crt'), trusted());
    const distrustful = await openClient({}, context, where).reader(forever);
    const asked = failure(distrustful.get(kinds.deployments, 'checkout', deploymentForm));
    expect(await asked).toMatchObject({ code: 'tls', permanent: true });
  });

  it('by an address of IPv6', async () => {
    const where = folder();
    for (const name of ['token', 'namespace', 'ca.crt']) writeFileSync(join(where, name), 'shop');
    const found = await connect({}, contextOf('.', { KUBERNETES_SERVICE_HOST: 'fd00::1' }), where);
    expect(found.server).toBe('https://[fd00::1]:443');
  });

  it('is not where this runs', async () => {
    const { code, message } = await failure(connect({}, contextOf('.')));
    expect(code).toBe('bad-credential');
    expect(message).toContain('this does not run in a pod');
  });
});

describe('a server over TLS', () => {
  const opened = async (ca: string | undefined) => {
    const cluster = new Cluster();
    putDeployment(cluster, 'checkout');
    const { url: server } = await cluster.start({ tls: true });
    const fields = { server, token, namespace: 'shop', ...(ca === undefined ? {} : { ca }) };
    return (
      await openClient(fields, sourceContext({ http: createHttp({ clock: systemClock, env: {} }) })).reader(forever)
    ).get(kinds.deployments, 'checkout', deploymentForm);
  };

  it('is trusted by `ca`, and by what Node trusts without it', async () => {
    expect(await opened(trusted())).toBeDefined();
    expect(await opened(undefined)).toBeDefined();
  });

  it('is not trusted with the authority of another', async () => {
    expect(await failure(opened(other.cert))).toMatchObject({ code: 'tls' });
  });
});

describe('the fields', () => {
  const pem = '-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----';
  const server = { server: 'https://kube.example.com', token: 't', namespace: 'shop' };
  it.each<[object, boolean]>([
    [server, true],
    [{ ...server, ca: pem }, true],
    [{ ...server, ca: 'no PEM' }, false],
    [{ ...server, token: undefined }, false],
    [{ ...server, namespace: undefined }, false],
    [{ ...server, namespace: 'a/b' }, false],
    [{ ...server, kubeconfig: 'x' }, false],
    [{ ...server, context: 'x' }, false],
    [{ kubeconfig: 'x', context: 'y' }, true],
    [{ kubeconfig: 'x', ca: pem }, false],
    [{ context: 'y' }, false],
    [{ token: 't' }, false],
    [{}, true],
  ])('%j: %s', (fields, expected) => expect(v.safeParse(kubernetesSource.schema, fields).success).toBe(expected));
});

it('never sends the token over plain http to another machine', async () => {
  const { one } = await open(undefined, { server: 'http://kube.example.com' });
  expect(await failure(one('checkout'))).toMatchObject({ code: 'insecure', permanent: true });
});
