import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import * as v from 'valibot';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttp, type Http } from '../../../src/net/http.js';
import { flag as flagSchema } from '../../../src/record/evidence.js';
import { ofrepSource } from '../../../src/sources/flags/ofrep/index.js';
import type { SourceContext } from '../../../src/sources/source.js';
import { SimulatedClock } from '../../support/clock.js';

interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}
let close: (() => void) | undefined;
afterEach(() => close?.());

/** A service on this machine that answers everything alike and remembers what it was asked. */
async function service(status: number, body: unknown, path = '') {
  const received: Received[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method, url, headers } = request;
      received.push({ method, url, headers, body: Buffer.concat(parts).toString() });
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, received };
}

const http = createHttp({ clock: new SimulatedClock(), env: {}, firstRetryMs: 1 });

const open = (config: Record<string, unknown>, client = http) =>
  ofrepSource.open(v.parse(ofrepSource.schema, config), {
    clock: new SimulatedClock(),
    http: client,
  } as unknown as SourceContext);
async function ask(
  config: Record<string, unknown>,
  flag = 'x',
  context: Record<string, unknown> = { targetingKey: 'u' },
  client = http,
) {
  const answer = await open(config, client).flags(
    { family: 'flags', ask: 'served', flag, context },
    new AbortController().signal,
  );
  return v.parse(flagSchema, JSON.parse(JSON.stringify({ ...answer, source: 'flags' })));
}
const refusal = async (status: number, body: unknown, config: Record<string, unknown> = {}): Promise<unknown> => {
  const { url } = await service(status, body);
  return ask({ url, ...config }).then(
    (x) => x,
    (e: unknown) => e,
  );
};

describe('what is sent', () => {
  it('is one POST with the context, the name of the flag encoded', async () => {
    const { url, received } = await service(200, { key: 'a/b c?', reason: 'STATIC', value: true }, '/prefix/');
    const answer = await ask({ url, token: 'tok-1' }, 'a/b c?', { targetingKey: 'u', plan: 'beta' });
    expect(received).toMatchObject([
      {
        method: 'POST',
        url: '/prefix/ofrep/v1/evaluate/flags/a%2Fb%20c%3F',
        headers: { 'content-type': 'application/json', accept: 'application/json', authorization: 'Bearer tok-1' },
      },
    ]);
    expect(received[0]?.headers['x-api-key']).toBeUndefined();
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({ context: { targetingKey: 'u', plan: 'beta' } });
    expect(answer.query).toBe(
      `POST ${received[0] ? url.replace(/\/$/, '') : ''}/ofrep/v1/evaluate/flags/a%2Fb%20c%3F ${received[0]?.body}`,
    );
    expect(JSON.stringify(answer)).not.toContain('tok-1');
  });

  it('carries the API key in its own header', async () => {
    const { url, received } = await service(200, { key: 'x', value: 1 });
    await ask({ url, 'api-key': 'key-1' });
    expect(received[0]?.headers).toMatchObject({ 'x-api-key': 'key-1' });
    expect(received[0]?.headers.authorization).toBeUndefined();
  });

  it('is nothing for a flag whose name would change the address', async () => {
    const { url, received } = await service(200, { key: '..' });
    await expect(ask({ url }, '..')).rejects.toMatchObject({ code: 'bad-query', permanent: true });
    expect(received).toEqual([]);
  });

  it('refuses a policy with both kinds of credential', () => {
    const both = v.safeParse(ofrepSource.schema, { url: 'https://f.example', token: 'a', 'api-key': 'b' });
    expect(both.issues?.[0].message).toBe('either `token` or `api-key`');
  });
});

describe('what is answered', () => {
  it.each([
    [
      { reason: 'STATIC', value: false, variant: 'off' },
      { value: false, variant: 'off', scope: 'everyone', enabled: null },
    ],
    [
      { reason: 'static', value: false },
      { value: false, variant: null, scope: 'everyone' },
    ],
    [{ reason: 'DISABLED' }, { value: null, scope: 'everyone', enabled: false }],
    [
      { reason: 'disabled', value: false },
      { value: false, scope: 'everyone', enabled: false },
    ],
    [
      { reason: 'TARGETING_MATCH', value: true },
      { value: true, scope: 'context', enabled: null },
    ],
    [
      { reason: 'SPLIT', value: 'a' },
      { value: 'a', scope: 'context' },
    ],
    [{ reason: 'DEFAULT', value: false }, { scope: 'context' }],
    [{ reason: 'CACHED', value: false }, { scope: 'context' }],
    [{ value: { a: [1] } }, { value: { a: [1] }, reason: 'UNKNOWN', scope: 'context' }],
    [
      { reason: 'STATIC', value: null, variant: null, metadata: { a: 1 } },
      { value: null, variant: null },
    ],
  ])('%j', async (body, expected) => {
    const { url } = await service(200, { key: 'x', ...body });
    expect(await ask({ url })).toMatchObject({
      kind: 'flag',
      flag: 'x',
      seen: 1,
      exists: true,
      partial: false,
      ...expected,
    });
  });

  it('knows a flag that is not there by its code alone, and proves nothing by that', async () => {
    expect(await refusal(404, { key: 'x', errorCode: 'FLAG_NOT_FOUND' })).toMatchObject({
      exists: false,
      seen: 0,
      enabled: null,
    });
    for (const body of ['<html>no such page</html>', '', { key: 'x' }, { errorCode: 'NOT_FOUND' }]) {
      expect(await refusal(404, body)).toMatchObject({
        code: 'not-found',
        permanent: true,
        message: expect.stringContaining('URL'),
      });
    }
  });

  it.each([
    [400, { key: 'x', errorCode: 'PARSE_ERROR', errorDetails: 'bad rule' }, 'evaluation-failed', false],
    [400, { key: 'x', errorCode: 'TARGETING_KEY_MISSING' }, 'evaluation-failed', true],
    [400, { key: 'x', errorCode: 'INVALID_CONTEXT' }, 'evaluation-failed', true],
    [400, { key: 'x', errorCode: 'GENERAL' }, 'evaluation-failed', false],
    [400, 'bad gateway page', 'bad-answer', false],
    [401, '', 'unauthorized', false],
    [403, { errorDetails: 'no' }, 'forbidden', false],
    [403, { errorCode: 'GENERAL' }, 'forbidden', false],
    [429, '', 'throttled', false],
    [500, { errorDetails: 'no' }, 'server-error', false],
    [302, '', 'redirect', true],
    [204, '', 'bad-answer', false],
    [418, '{}', 'bad-answer', false],
    [200, '', 'bad-answer', false],
    [200, '<html>log in</html>', 'bad-answer', false],
    [200, '{}', 'bad-answer', false],
    [200, 'null', 'bad-answer', false],
    [200, '[]', 'bad-answer', false],
    [200, { value: false, reason: 'STATIC' }, 'bad-answer', false],
    [200, { key: 'y', value: false, reason: 'STATIC' }, 'bad-answer', false],
    [200, { key: 'x', value: false, reason: 7 }, 'bad-answer', false],
    [200, { key: 'x', value: false, reason: 'ERROR' }, 'evaluation-failed', false],
    [200, { key: 'x', value: false, reason: 'STATIC', errorCode: 'GENERAL' }, 'evaluation-failed', false],
  ])('%i %j is %s', async (status, body, code, permanent) => {
    expect(await refusal(status, body)).toMatchObject({ name: 'NotMeasured', code, permanent });
  });

  it('never repeats a secret that the service sends back', async () => {
    const body = { errorCode: 'GENERAL', errorDetails: 'cannot use tok-secret-1\n::error::x' };
    const thrown = await refusal(400, body, { token: 'tok-secret-1' });
    expect(thrown).toMatchObject({ message: expect.stringContaining('GENERAL cannot use *** ::error::x') });
  });

  it('is a flag or no measurement, whatever comes', async () => {
    const status = fc.constantFrom(200, 201, 204, 400, 401, 403, 404, 409);
    const body = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record({
          key: fc.constantFrom('x', 'y'),
          value: fc.jsonValue(),
          reason: fc.jsonValue(),
          variant: fc.jsonValue(),
        })
        .map((x) => JSON.stringify(x)),
    );
    await fc.assert(
      fc.asyncProperty(status, body, async (code, text) => {
        const fake: Http = { send: () => Promise.resolve({ status: code, headers: {}, text }) };
        const outcome = await ask({ url: 'https://f.example' }, 'x', { targetingKey: 'u' }, fake).catch(
          (e: unknown) => e,
        );
        if (outcome instanceof Error) expect(outcome.name).toBe('NotMeasured');
        else if ((outcome as { seen: number }).seen > 0)
          expect([code, JSON.parse(text)]).toMatchObject([200, { key: 'x' }]);
      }),
      { numRuns: 300 },
    );
  });
});
