/**
 * The bundle signs a decision, as GitHub's runner has it do so. Fulcio, the timestamp authority and GitHub's API are stand-ins in their published
 * shapes (https://github.com/sigstore/fulcio/blob/main/fulcio.proto, https://github.com/sigstore/timestamp-authority,
 * https://docs.github.com/rest/repos/attestations), reached by a proxy, since their addresses are fixed; certificate and signature are real.
 */
import { createHash, createPublicKey, type KeyObject, verify, webcrypto, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509CertificateGenerator } from '@peculiar/x509';
import { generate } from 'selfsigned';
import * as v from 'valibot';
import { describe, expect, it, onTestFinished } from 'vitest';
import { predicateSchema } from '../../src/record/statement.js';
import { reply, standIn } from '../support/server.js';
import { runStep } from './support/step.js';

const subject = `ghcr.io/acme/checkout@sha256:${'a'.repeat(64)}`;

interface Kept {
  bundle?: {
    dsseEnvelope: { payload: string; payloadType: string; signatures: { sig: string }[] };
    verificationMaterial: { certificate: { rawBytes: string }; timestampVerificationData: object };
  };
  token?: string | undefined;
}

const json = (body: unknown) => Buffer.from(JSON.stringify(body));

async function listening(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** A certificate for the key that was sent in, by an authority of the test's own. */
async function certify(pem: string): Promise<string> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const authority = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const spki = createPublicKey(pem).export({ type: 'spki', format: 'der' });
  const publicKey = await webcrypto.subtle.importKey('spki', spki, algorithm, true, ['verify']);
  const made = await X509CertificateGenerator.create(
    {
      publicKey: publicKey as CryptoKey,
      signingKey: authority.privateKey as CryptoKey,
      signingAlgorithm: algorithm,
      subject: 'CN=run',
      issuer: 'CN=test',
    },
    webcrypto as Crypto,
  );
  return made.toString('pem');
}

/** What the run sends to Sigstore's addresses, answered. */
async function sigstore(): Promise<{ proxy: string; trusted: string; asked: string[] }> {
  const asked: string[] = [];
  const altNames = [{ type: 2 as const, value: '*.githubapp.com' }];
  const made = await generate([{ name: 'commonName', value: 'githubapp.com' }], {
    extensions: [
      { name: 'basicConstraints' as const, cA: true },
      { name: 'subjectAltName' as const, altNames },
    ],
  });
  const tls = createTlsServer({ cert: made.cert, key: made.private }, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
    asked.push(`${request.method} https://${request.headers.host}${request.url}`);
    if (request.url === '/api/v1/timestamp') {
      expect(body).toMatchObject({ hashAlgorithm: 'sha256', artifactHash: expect.any(String) });
      response.writeHead(201, { 'content-type': 'application/timestamp-reply' });
      return response.end(Buffer.from([0x30, 0x03, 0x02, 0x01, 0x00]));
    }
    const { credentials, publicKeyRequest } = body as {
      credentials: { oidcIdentityToken: string };
      publicKeyRequest: { publicKey: { content: string }; proofOfPossession: string };
    };
    expect(credentials.oidcIdentityToken).toMatch(/^ey/);
    response.writeHead(200, { 'content-type': 'application/json' });
    const certificates = [await certify(publicKeyRequest.publicKey.content)];
    return response.end(json({ signedCertificateEmbeddedSct: { chain: { certificates } } }));
  });
  const port = await listening(tls);
  const proxy = createServer((_request, response) => response.writeHead(405).end());
  proxy.on('connect', (_request, client: Socket) => {
    const upstream = connect(port, '127.0.0.1', () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
    upstream.pipe(client).pipe(upstream);
    for (const socket of [upstream, client]) socket.on('error', () => undefined);
  });
  const trusted = join(mkdtempSync(join(tmpdir(), 'signalbox-attest-')), 'ca.pem');
  writeFileSync(trusted, made.cert);
  return { proxy: `http://127.0.0.1:${await listening(proxy)}`, trusted, asked };
}

const jwt = (claims: object) =>
  `${[{ alg: 'none' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.x`;

async function attested(policy: string, { refused = false, inputs = {} }: { refused?: boolean; inputs?: object } = {}) {
  const kept: Kept = {};
  const { proxy, trusted, asked } = await sigstore();
  const { url } = await standIn((request, response) => {
    if (request.path.startsWith('/token')) {
      const claims = {
        iss: 'https://token.actions.githubusercontent.com',
        sub: 'repo:acme/checkout:ref:refs/heads/main',
        aud: 'sigstore',
      };
      return reply(response, 200, { value: jwt(claims) });
    }
    expect(`${request.method} ${request.path}`).toBe('POST /repos/acme/checkout/attestations');
    if (refused) return reply(response, 403, { message: 'Resource not accessible by integration' });
    Object.assign(kept, JSON.parse(request.body), { token: request.headers.authorization });
    return reply(response, 201, { id: 4711 });
  });
  const result = await runStep({
    platform: 'github',
    inputs: { policy, attest: 'true', 'attest-subjects': subject, 'github-token': 'ghs_a-secret', ...inputs },
    env: {
      GITHUB_API_URL: url,
      ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/token?api=1`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'a-request-token',
      HTTPS_PROXY: proxy,
      NO_PROXY: '127.0.0.1',
      NODE_EXTRA_CA_CERTS: trusted,
    },
  });
  return { ...result, kept, asked };
}

/** https://github.com/secure-systems-lab/dsse/blob/master/protocol.md */
function isSigned(bundle: NonNullable<Kept['bundle']>): boolean {
  const { payload, payloadType, signatures } = bundle.dsseEnvelope;
  const bytes = Buffer.from(payload, 'base64');
  const signed = Buffer.concat([Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${bytes.length} `), bytes]);
  const key: KeyObject = new X509Certificate(Buffer.from(bundle.verificationMaterial.certificate.rawBytes, 'base64'))
    .publicKey;
  return verify('sha256', signed, key, Buffer.from(signatures[0]?.sig ?? '', 'base64'));
}

describe('attest', () => {
  it('signs the decision with the record and what it is about, and keeps it with the repository', async () => {
    const { code, kept, outputs, stdout, asked } = await attested('examples/quickstart/signalbox.yml');
    expect(stdout).toContain('Attestation: https://github.com/acme/checkout/attestations/4711');
    expect(code).toBe(0);
    expect(asked).toEqual([
      'POST https://fulcio.githubapp.com/api/v2/signingCert',
      'POST https://timestamp.githubapp.com/api/v1/timestamp',
    ]);
    expect(kept.token).toMatch(/ghs_a-secret$/);
    if (!kept.bundle) throw new Error('nothing was kept');
    expect(isSigned(kept.bundle)).toBe(true);
    const statement = JSON.parse(Buffer.from(kept.bundle.dsseEnvelope.payload, 'base64').toString('utf8')) as {
      subject: { name: string; digest: { sha256: string } }[];
      predicate: unknown;
    };
    const record = readFileSync(outputs.record ?? '');
    expect(statement).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      predicateType: 'urn:signalbox:attestation:decision:v1',
      subject: [
        { name: 'record.json', digest: { sha256: createHash('sha256').update(record).digest('hex') } },
        { name: 'ghcr.io/acme/checkout', digest: { sha256: 'a'.repeat(64) } },
      ],
      predicate: { decision: 'continue', proven: true, run: { repository: 'acme/checkout', actor: 'octocat' } },
    });
    expect(v.parse(predicateSchema, statement.predicate)).toEqual(statement.predicate);
    expect(outputs['record-sha256']).toBe(statement.subject[0]?.digest.sha256);
  });

  it('signs a stop as a stop', async () => {
    const { code, kept } = await attested('examples/quickstart/stop.yml');
    expect(code).toBe(1);
    const { payload = '' } = kept.bundle?.dsseEnvelope ?? {};
    const { predicate } = JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as { predicate: object };
    expect(predicate).toMatchObject({ decision: 'stop', reason: 'unhealthy', proven: false });
  });

  it('does not sign what was only observed as proven', async () => {
    const { code, kept } = await attested('examples/quickstart/stop.yml', { inputs: { observe: 'true' } });
    expect(code).toBe(0);
    const { payload = '' } = kept.bundle?.dsseEnvelope ?? {};
    expect(JSON.parse(Buffer.from(payload, 'base64').toString('utf8'))).toMatchObject({
      predicate: { decision: 'continue', reason: 'observed', proven: false, observe: true },
    });
  });

  it('stops a train that cannot be signed, and says what is missing', async () => {
    const { code, outputs, stdout, summary } = await attested('examples/quickstart/signalbox.yml', { refused: true });
    expect(code).toBe(70);
    expect(outputs).toMatchObject({ decision: 'stop', reason: 'internal-error' });
    expect(summary).toMatch(/could not be signed/);
    expect(stdout).toContain('attestations: write');
    expect(stdout.replace(/^::add-mask::.*$/gm, '')).not.toContain('ghs_a-secret');
  });

  it.each([
    [
      'without the permission',
      {},
      /`attest`: only a job of GitHub Actions with the permission `id-token: write` can sign/,
    ],
    ['without a token', { ACTIONS_ID_TOKEN_REQUEST_URL: 'http://127.0.0.1:9' }, /`github-token`: expected a token/],
  ])('is refused before anything is asked %s', async (_, env, message) => {
    const inputs = { policy: 'examples/quickstart/signalbox.yml', attest: 'true' };
    const { code, stdout } = await runStep({ platform: 'github', inputs, env });
    expect(code).toBe(2);
    expect(stdout).toMatch(message);
  });
});
