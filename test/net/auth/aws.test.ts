import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Identity } from '../../../src/host/host.js';
import {
  type AwsConfig,
  awsEndpoint,
  awsFields,
  sendToAws,
  signedHeaders,
  signsInToAwsOneWay,
} from '../../../src/net/auth/aws.js';
import type { SourceContext } from '../../../src/sources/source.js';
import { role, type Sts, sts, wrongSignature } from '../../support/aws.js';
import { SimulatedClock } from '../../support/clock.js';
import { sourceContext } from '../../support/context.js';
import { subject } from '../../support/github.js';
import { reply, type StandIn, standIn } from '../../support/server.js';

const minute = 60_000;
const region = 'eu-central-1';
const signal = () => AbortSignal.timeout(20_000);

/** Published: AWS' own test suite for Signature Version 4. */
const suite = {
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
  at: { service: 'service', region: 'us-east-1', now: Date.parse('2015-08-30T12:36:00Z') },
};

interface Set {
  readonly clock: SimulatedClock;
  readonly tokens: Sts;
  readonly context: SourceContext;
  readonly masked: string[];
  readonly config: AwsConfig;
  /** A service that checks every signature; `refused` counts. */
  readonly api: StandIn;
  readonly wrong: (string | undefined)[];
}

async function setUp(change: Partial<Identity> & { oidc?: boolean } = {}): Promise<Set> {
  const clock = new SimulatedClock(Date.parse('2026-11-23T10:00:00Z'), 1);
  const tokens = await sts(clock);
  const masked: string[] = [];
  const wrong: (string | undefined)[] = [];
  const { oidc = true, ...more } = change;
  const identity: Identity = {
    env: {},
    secret: (value) => void masked.push(value),
    ...(oidc ? { idToken: (aud: string) => tokens.idToken(aud) } : {}),
    ...more,
  };
  const api = await standIn((request, response) => {
    const keyOf = (id: string) =>
      id === 'AKIAOWN'
        ? { secret: 'own-secret' }
        : id === 'ASIAENV'
          ? { secret: 'env-secret', session: 'env-session' }
          : tokens.keyOf(id);
    const why = wrongSignature(request, { keyOf, region, service: 'monitoring', now: clock.now() });
    wrong.push(why);
    if (why === undefined) reply(response, 200, {});
    else if (why.includes('not known')) reply(response, 400, { __type: 'x#ExpiredTokenException', message: why });
    else reply(response, 403, { __type: 'x#InvalidSignatureException', message: why });
  });
  const config: AwsConfig = { region, role, 'sts-endpoint': tokens.endpoint };
  return { clock, tokens, context: sourceContext({ clock, identity }), masked, config, api, wrong };
}

const send = ({ context, config, api }: Set, change: Partial<AwsConfig> = {}, url = api.url) =>
  sendToAws(
    context,
    { ...config, ...change },
    'monitoring',
    {
      url: `${url}/a%20b/?b=2&a=1 é`,
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'T.GetMetricData' },
      body: '{"é":1}',
      signal: signal(),
    },
    '`cloudwatch:GetMetricData`',
  );

const failure = async (act: Promise<unknown>) =>
  act.then(
    () => ({ code: 'none', message: '', permanent: false }),
    (e: unknown) => e as { code: string; message: string; permanent: boolean },
  );

describe('signing', () => {
  it.each([
    ['get-vanilla', {}, 'host;x-amz-date', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    [
      'post-vanilla',
      { method: 'POST' as const },
      'host;x-amz-date',
      '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
    ],
    [
      'get-vanilla-query-order-key-case',
      { url: 'https://example.amazonaws.com/?Param2=value2&Param1=value1' },
      'host;x-amz-date',
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    ],
    [
      'post-x-www-form-urlencoded',
      {
        method: 'POST' as const,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'Param1=value1',
      },
      'content-type;host;x-amz-date',
      'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    ],
  ])('gives the published signature of %s', async (_, request, names, signature) => {
    const headers = await signedHeaders(
      { url: 'https://example.amazonaws.com/', ...request },
      suite.credentials,
      suite.at,
    );
    expect(headers['x-amz-date']).toBe('20150830T123600Z');
    expect(headers.authorization).toBe(
      `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=${names}, Signature=${signature}`,
    );
  });

  it('is checked by a stand-in that finds every change', async () => {
    const headers = await signedHeaders(
      { url: 'http://h/', method: 'POST', body: 'x', headers: { 'x-amz-target': 't' } },
      suite.credentials,
      suite.at,
    );
    const received = { method: 'POST', path: '/', headers: { ...headers, host: 'h' }, body: 'x' };
    const expected = { ...suite.at, keyOf: () => ({ secret: suite.credentials.secretAccessKey }) };
    expect(wrongSignature(received, expected)).toBeUndefined();
    for (const change of [
      { body: 'y' },
      { path: '/?a' },
      { method: 'GET' },
      { headers: { ...received.headers, 'x-amz-target': 'u' } },
      { headers: { ...received.headers, 'x-amz-more': 'u' } },
    ]) {
      expect(wrongSignature({ ...received, ...change }, expected), JSON.stringify(change)).toBeDefined();
    }
    expect(wrongSignature(received, { ...expected, keyOf: () => ({ secret: 'other' }) })).toMatch(/not match/);
    expect(wrongSignature(received, { ...expected, now: suite.at.now + 6 * minute })).toMatch(/signed at/);
  });
});

describe('signing in to AWS', () => {
  it('assumes the role with an ID token, masks what it gets, and keeps it', async () => {
    const set = await setUp();
    await Promise.all([send(set), send(set)]);
    await send(set);
    expect(set.wrong).toEqual([undefined, undefined, undefined]);
    expect(set.tokens.exchanges).toHaveLength(1);
    expect(set.masked).toEqual(['the-secret-1', 'the-session-1==']);
  });

  it('writes a space in a query so that AWS reads it as one', async () => {
    const { api, context, config, wrong } = await setUp();
    const query = new URLSearchParams({ query: 'a + b', type: 'x' }).toString();
    await sendToAws(context, config, 'monitoring', { url: `${api.url}/a+b?${query}`, signal: signal() }, 'x');
    expect(api.received[0]?.path).toBe('/a+b?query=a%20%2B%20b&type=x');
    expect(wrong).toEqual([undefined]);
  });

  it('is one sign-in for all sources of a run that write the same, and another for another', async () => {
    const set = await setUp();
    await send(set);
    await send(set, { 'session-token': undefined });
    expect(set.tokens.exchanges).toHaveLength(1);
    const other = { ...set, context: { ...set.context } };
    await send(other);
    expect(set.tokens.exchanges).toHaveLength(2);
  });

  it('outlives the ID token and the credentials: hours of requests, none refused', async () => {
    const set = await setUp();
    for (let i = 0; i <= 150; i += 1) {
      expect((await send(set)).status).toBe(200);
      await set.clock.sleep(minute);
    }
    expect(set.wrong.filter((why) => why !== undefined)).toEqual([]);
    expect(new Set(set.tokens.exchanges).size).toBe(3);
  });

  it('goes on with the old credentials while new ones cannot be had, to their end and no longer', async () => {
    const set = await setUp();
    await send(set);
    set.tokens.refuse = { status: 400, code: 'IDPCommunicationError', message: 'no' };
    await set.clock.sleep(56 * minute);
    expect((await send(set)).status).toBe(200);
    await set.clock.sleep(4 * minute);
    expect(await failure(send(set))).toMatchObject({ code: 'unauthorized', permanent: false });
  });

  it('assumes the role anew once when its credentials are refused before their time', async () => {
    const set = await setUp();
    let refused = 0;
    const revoking = await standIn((request, response) => {
      const gone = request.headers.authorization?.includes('ASIA1/') === true;
      if (gone) refused += 1;
      reply(response, gone ? 400 : 200, gone ? { __type: 'ExpiredToken', message: 'gone' } : {});
    });
    expect((await send(set, {}, revoking.url)).status).toBe(200);
    expect({ refused, exchanges: set.tokens.exchanges.length }).toEqual({ refused: 1, exchanges: 2 });
    const closed = await standIn((_, response) => reply(response, 400, { __type: 'ExpiredToken', message: 'gone' }));
    expect(await failure(send(set, {}, closed.url))).toMatchObject({ code: 'unauthorized' });
    expect(closed.received).toHaveLength(2);
  });

  it('signs with the keys of the policy, else with those of the environment', async () => {
    const env = { AWS_ACCESS_KEY_ID: 'ASIAENV', AWS_SECRET_ACCESS_KEY: 'env-secret', AWS_SESSION_TOKEN: 'env-session' };
    const set = await setUp({ env });
    await send(set, { role: undefined, 'access-key-id': 'AKIAOWN', 'secret-access-key': 'own-secret' });
    await send(set, { role: undefined });
    expect(set.wrong).toEqual([undefined, undefined]);
    expect(set.api.received.map((r) => /Credential=(\w+)/.exec(r.headers.authorization ?? '')?.[1])).toEqual([
      'AKIAOWN',
      'ASIAENV',
    ]);
    expect(set.masked).toEqual(['own-secret', 'env-secret', 'env-session']);
    expect(set.tokens.exchanges).toEqual([]);
  });

  it('takes the role of the policy, not whatever the environment holds', async () => {
    const env = { AWS_ACCESS_KEY_ID: 'ASIAENV', AWS_SECRET_ACCESS_KEY: 'env-secret' };
    const set = await setUp({ env });
    await send(set);
    expect(set.api.received[0]?.headers.authorization).toContain('Credential=ASIA1/');
    const without = await setUp({ env, oidc: false });
    expect((await failure(send(without))).message).toMatch(/permissions: id-token: write/);
  });

  it('takes an expiry that is written as a date', async () => {
    const set = await setUp();
    const Credentials = {
      AccessKeyId: 'AKIAOWN',
      SecretAccessKey: 'own-secret',
      SessionToken: 's',
      Expiration: '2026-11-23T10:30:00Z',
    };
    const body = { AssumeRoleWithWebIdentityResponse: { AssumeRoleWithWebIdentityResult: { Credentials } } };
    const other = await standIn((_, response) => reply(response, 200, body));
    const anything = await standIn((_, response) => reply(response, 200, {}));
    for (const wait of [24, 2]) {
      await send(set, { 'sts-endpoint': other.url }, anything.url);
      await set.clock.sleep(wait * minute);
    }
    expect(other.received).toHaveLength(1);
    await send(set, { 'sts-endpoint': other.url }, anything.url);
    expect(other.received).toHaveLength(2);
  });

  it.each([
    ['AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity', false, [role, subject, 'trust policy']],
    [
      'InvalidIdentityToken',
      'No OpenIDConnect provider found in your account for https://token.actions.githubusercontent.com',
      true,
      ['OpenID Connect provider', 'sts.amazonaws.com'],
    ],
    ['InvalidIdentityToken', "Couldn't retrieve verification key from your identity provider", false, ['provider']],
    ['ExpiredTokenException', 'Token expired', false, ['clock']],
    ['ValidationError', 'Request ARN is invalid', true, ['ARN of the role']],
    ['RegionDisabledException', 'STS is not activated in this region', true, ['region']],
  ])('says what to do about %s: %s', async (code, message, permanent, parts) => {
    const set = await setUp();
    set.tokens.refuse = { status: 400, code, message };
    const failed = await failure(send(set));
    expect(failed).toMatchObject({ code: 'unauthorized', permanent });
    for (const text of [code, ...parts]) expect(failed.message).toContain(text);
    expect(failed.message).not.toMatch(/eyJ|signature/);
  });

  it('does not repeat the ID token', async () => {
    const set = await setUp();
    const token = await set.tokens.idToken('sts.amazonaws.com');
    const context = { ...set.context, identity: { ...set.context.identity, idToken: async () => token } };
    set.tokens.refuse = { status: 403, code: 'AccessDenied', message: `not with ${token}` };
    const { message } = await failure(send({ ...set, context }));
    expect(message).toContain('AccessDenied');
    expect(message).not.toContain(token);
  });

  it('says the ways when there are no credentials', async () => {
    const set = await setUp({ oidc: false });
    const failed = await failure(send(set, { role: undefined }));
    expect(failed).toMatchObject({ code: 'unauthorized', permanent: true });
    for (const text of ['`role`', '`secret-access-key`', 'AWS_ACCESS_KEY_ID']) expect(failed.message).toContain(text);
  });

  it('hands on the trouble of STS and of GitHub', async () => {
    const set = await setUp({ idToken: () => Promise.reject(new Error('secret words')) });
    expect(await failure(send(set))).toMatchObject({
      code: 'connection',
      message: expect.not.stringContaining('words'),
    });
    const other = await setUp();
    const html = await standIn((_, response) => reply(response, 200, '<html>'));
    expect(await failure(send(other, { 'sts-endpoint': html.url }))).toMatchObject({ code: 'bad-answer' });
    const json = await standIn((_, response) => reply(response, 200, { Credentials: {} }));
    expect(await failure(send(other, { 'sts-endpoint': json.url }))).toMatchObject({ code: 'bad-answer' });
  });

  it('ends with the round', async () => {
    const set = await setUp({ idToken: () => new Promise(() => {}) });
    const act = sendToAws(
      set.context,
      set.config,
      'monitoring',
      { url: set.api.url, signal: AbortSignal.timeout(100) },
      'x',
    );
    expect((await failure(act)).code).toBe('timeout');
  });
});

describe('what AWS refuses', () => {
  const keys = { role: undefined, 'access-key-id': 'AKIAOWN', 'secret-access-key': 'own-secret' };

  it.each([
    [
      400,
      { __type: 'com.amazon.coral.service#AccessDeniedException', Message: 'User x is not authorized' },
      'forbidden',
      /`cloudwatch:GetMetricData`/,
    ],
    [403, { Error: { Code: 'AccessDenied', Message: 'no' } }, 'forbidden', /AccessDenied.*give the role/],
    [403, '<html>', 'forbidden', /GetMetricData/],
    [
      400,
      { __type: 'ExpiredTokenException', message: 'The security token is expired' },
      'unauthorized',
      /write `role`/,
    ],
    [400, { __type: 'UnrecognizedClientException', message: 'invalid' }, 'unauthorized', /does not know/],
    [403, { __type: 'InvalidSignatureException', message: 'Signature expired' }, 'unauthorized', /clock/],
    [400, { __type: 'ThrottlingException', message: 'Rate exceeded' }, 'throttled', /Rate exceeded/],
    [401, {}, 'unauthorized', /401/],
  ])('%i %j is %s', async (status, body, code, words) => {
    const set = await setUp();
    const closed = await standIn((_, response) => reply(response, status, body));
    const failed = await failure(send(set, keys, closed.url));
    expect(failed.code).toBe(code);
    expect(failed.message).toMatch(words);
  });

  it('reads the header that names the error, and leaves all else to the source', async () => {
    const set = await setUp();
    const denied = await standIn((_, response) =>
      reply(response, 400, { message: 'no' }, { 'x-amzn-errortype': 'AccessDeniedException:http://internal/' }),
    );
    expect(await failure(send(set, keys, denied.url))).toMatchObject({ code: 'forbidden' });
    const bad = await standIn((_, response) => reply(response, 400, { __type: 'InvalidParameterValueException' }));
    expect((await send(set, keys, bad.url)).status).toBe(400);
  });

  it('does not quote a server that repeats the signature or the session token', async () => {
    const set = await setUp();
    const echo = await standIn((request, response) =>
      reply(response, 403, {
        __type: 'AccessDenied',
        message: `${request.headers.authorization} ${String(request.headers['x-amz-security-token'])}`,
      }),
    );
    const { message } = await failure(send(set, {}, echo.url));
    expect(message).not.toMatch(/Signature=|the-session/);
  });

  it('sends no signature over plain http to another machine', async () => {
    const set = await setUp();
    expect(await failure(send(set, keys, 'http://192.0.2.1'))).toMatchObject({ code: 'insecure' });
  });
});

describe('the fields', () => {
  const schema = v.pipe(v.strictObject(awsFields), v.check(signsInToAwsOneWay, 'one way'));
  it.each([
    [{ region }, true],
    [{ region, role }, true],
    [{ region, 'access-key-id': 'a', 'secret-access-key': 'b' }, true],
    [{ region, 'access-key-id': 'a', 'secret-access-key': 'b', 'session-token': 'c' }, true],
    [{ region: 'us-gov-west-1' }, true],
    [{ region: 'example.com/' }, false],
    [{}, false],
    [{ region, role: 'signalbox' }, false],
    [{ region, 'access-key-id': 'a' }, false],
    [{ region, 'session-token': 'c' }, false],
    [{ region, role, 'access-key-id': 'a', 'secret-access-key': 'b' }, false],
    [{ region, 'sts-endpoint': 'http://sts.example.com' }, false],
    [{ region, 'sts-endpoint': 'http://127.0.0.1:1' }, true],
  ])('%j: %s', (config, good) => expect(v.safeParse(schema, config).success).toBe(good));

  it('knows the addresses of the partitions', () => {
    expect(awsEndpoint('monitoring', 'eu-central-1')).toBe('https://monitoring.eu-central-1.amazonaws.com');
    expect(awsEndpoint('sts', 'cn-north-1')).toBe('https://sts.cn-north-1.amazonaws.com.cn');
  });
});
