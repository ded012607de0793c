import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { retryAfterMs } from '../../src/net/errors.js';
import { createHttp, type HttpOptions, type HttpRequest } from '../../src/net/http.js';
import { systemClock } from '../../src/train/clock.js';
import { deadUrl, reply, standIn } from '../support/server.js';

const client = (options: Partial<HttpOptions> = {}) =>
  createHttp({ clock: systemClock, env: {}, firstRetryMs: 1, ...options });
const get = (url: string, change: Partial<HttpRequest> = {}, options: Partial<HttpOptions> = {}) =>
  client(options).send({ url, signal: AbortSignal.timeout(5000), ...change });

describe('the HTTP client', () => {
  it('sends what it is told and gives back the whole answer', async () => {
    const server = await standIn((_, response) => reply(response, 200, 'grüße', { 'x-one': '1' }));
    const answer = await get(`${server.url}/a?b=c`, {
      method: 'POST',
      body: 'q=ü',
      headers: { authorization: 'Bearer t' },
    });
    expect(answer).toMatchObject({ status: 200, text: 'grüße', headers: { 'x-one': '1' } });
    expect(server.received).toMatchObject([
      {
        method: 'POST',
        path: '/a?b=c',
        body: 'q=ü',
        headers: { authorization: 'Bearer t', 'content-length': '4', 'user-agent': 'signalbox' },
      },
    ]);
  });

  it.each([400, 401, 403, 404, 422])('hands %d to the source', async (status) => {
    const server = await standIn((_, response) => reply(response, status, '{}'));
    expect((await get(server.url)).status).toBe(status);
    expect(server.received).toHaveLength(1);
  });

  it.each([408, 429, 500, 502, 503, 504])('asks again after %d, and takes the good answer', async (status) => {
    const server = await standIn((_, response, count) => reply(response, count < 3 ? status : 200, 'ok'));
    expect((await get(server.url)).text).toBe('ok');
    expect(server.received).toHaveLength(3);
  });

  it('gives up after three retries and says what it met', async () => {
    const server = await standIn((_, response) => reply(response, 502, 'no'));
    await expect(get(server.url)).rejects.toMatchObject({
      code: 'server-error',
      message: `${server.url} failed (502): no`,
      permanent: false,
    });
    expect(server.received).toHaveLength(4);
  });

  it('heeds Retry-After when it is short, and leaves a long one to the next round', async () => {
    const waits: number[] = [];
    const clock = { now: Date.now, sleep: async (ms: number) => void waits.push(ms) };
    const short = await standIn((_, response, count) =>
      reply(response, count < 2 ? 429 : 200, 'ok', { 'retry-after': '2' }),
    );
    expect((await get(short.url, {}, { clock })).text).toBe('ok');
    expect(waits).toEqual([2000]);
    const long = await standIn((_, response) => reply(response, 429, 'no', { 'retry-after': '60' }));
    await expect(get(long.url, {}, { clock })).rejects.toMatchObject({
      code: 'throttled',
      message: expect.stringContaining('asks to wait 60 s'),
    });
    expect(long.received).toHaveLength(1);
  });

  it('does not follow a redirect, and does not repeat its query', async () => {
    const other = await standIn((_, response) => reply(response, 200, 'stolen'));
    const server = await standIn((_, response) =>
      reply(response, 302, '', { location: `${other.url}/login?session=abc` }),
    );
    const asked = get(server.url, { headers: { authorization: 'Bearer t' } });
    await expect(asked).rejects.toMatchObject({
      code: 'redirect',
      permanent: true,
      message: expect.stringContaining(`${other.url}/login:`),
    });
    await expect(asked).rejects.not.toMatchObject({ message: expect.stringContaining('session') });
    expect(other.received).toEqual([]);
  });

  it('names a server that is not there', async () => {
    const url = await deadUrl();
    await expect(get(url)).rejects.toMatchObject({ code: 'refused', message: `nothing listens at ${url}` });
    await expect(get('http://no-such-host.invalid/x')).rejects.toMatchObject({ code: 'dns' });
  });

  it('ends in time with a server that is silent, slow, endless or cut off', async () => {
    const signal = () => ({ signal: AbortSignal.timeout(200) });
    const silent = await standIn(() => {});
    await expect(get(silent.url, signal())).rejects.toMatchObject({ code: 'timeout' });
    const slow = await standIn((_, response) => response.write('{'));
    await expect(get(slow.url, signal())).rejects.toMatchObject({ code: 'timeout' });
    const cut = await standIn((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{');
      setTimeout(() => response.destroy(), 20);
    });
    await expect(get(cut.url)).rejects.toMatchObject({ code: 'connection' });
    expect(cut.received).toHaveLength(4);
    const endless = await standIn((_, response) => {
      const more = () => void (response.write('x'.repeat(65_536)) ? setImmediate(more) : response.once('drain', more));
      more();
    });
    await expect(get(endless.url, {}, { maxBytes: 2 ** 20 })).rejects.toMatchObject({
      code: 'too-large',
      permanent: true,
    });
  });

  it('says what it was waiting for when the time is over', async () => {
    const server = await standIn((_, response) => reply(response, 429, 'no', { 'retry-after': '5' }));
    await expect(get(server.url, { signal: AbortSignal.timeout(200) })).rejects.toMatchObject({ code: 'throttled' });
  });

  it('unfolds a compressed answer, but not a bomb', async () => {
    const good = await standIn((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(gzipSync('hello'));
    });
    expect((await get(good.url)).text).toBe('hello');
    const bomb = await standIn((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(gzipSync(Buffer.alloc(8 * 2 ** 20)));
    });
    await expect(get(bomb.url, {}, { maxBytes: 2 ** 20 })).rejects.toMatchObject({ code: 'too-large' });
    const broken = await standIn((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end('no gzip');
    });
    await expect(get(broken.url)).rejects.toMatchObject({ code: 'bad-answer' });
  });

  it('lets many requests share one signal without a word of Node about it', async () => {
    const warned: string[] = [];
    const listen = (warning: Error): void => void warned.push(warning.message);
    process.on('warning', listen);
    onTestFinished(() => void process.off('warning', listen));
    const server = await standIn((_, response, count) => reply(response, count < 20 ? 503 : 200, 'ok'));
    const http = client();
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 40 }, () => http.send({ url: server.url, signal })));
    await new Promise((done) => void setImmediate(done));
    expect(warned).toEqual([]);
  });

  it('refuses a body that is not UTF-8', async () => {
    const server = await standIn((_, response) => response.end(Buffer.from([0xff, 0xfe, 0x41])));
    await expect(get(server.url)).rejects.toMatchObject({ code: 'bad-answer' });
  });

  it('sends a credential in clear only to this machine', async () => {
    await expect(get('http://prom.example.com', { headers: { authorization: 'Bearer t' } })).rejects.toMatchObject({
      code: 'insecure',
      permanent: true,
    });
  });

  it("tells the server's own words, but not its pages, nor our credential", async () => {
    const body = { status: 'error', errorType: 'timeout', error: 'query timed out in expression evaluation' };
    const busy = await standIn((_, response) => reply(response, 503, body));
    await expect(get(busy.url)).rejects.toMatchObject({ message: expect.stringMatching(/\(503\): query timed out/) });
    const page = await standIn((_, response) => reply(response, 500, '<html>sorry</html>'));
    await expect(get(page.url)).rejects.toMatchObject({ message: `${page.url} failed (500)` });
    const echo = await standIn((request, response) =>
      reply(response, 500, { message: `bad ${request.headers.authorization}` }),
    );
    const headers = { authorization: 'Bearer tok-123' };
    await expect(get(echo.url, { headers })).rejects.toMatchObject({ message: `${echo.url} failed (500)` });
  });

  it('names what is wrong with the connection', async () => {
    const server = await standIn((_, response) => reply(response, 200, 'ok'));
    const secure = server.url.replace('http:', 'https:');
    await expect(get(secure)).rejects.toMatchObject({ code: 'tls', permanent: true });
    const asked = get(server.url, { headers: { authorization: 'Bearer tok-123\n' } });
    await expect(asked).rejects.toMatchObject({ code: 'bad-credential', permanent: true });
    await expect(asked).rejects.not.toMatchObject({ message: expect.stringContaining('tok-123') });
    expect(server.received).toEqual([]);
  });
});

describe('through a proxy', () => {
  /** A proxy that tunnels everything to `target`, or refuses with `status`, or never answers. */
  async function proxy(target: string, status: number | 'silent' = 200) {
    const tunnelled: string[] = [];
    const server = createServer();
    const sockets = new Set<Duplex>();
    server.on('connect', (request, socket: Duplex) => {
      sockets.add(socket);
      tunnelled.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
      if (status === 'silent') return;
      if (status !== 200) {
        socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 13\r\n\r\n{"data":true}`);
        return;
      }
      const out = connect(Number(new URL(target).port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        out.pipe(socket).pipe(out);
      });
    });
    await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const address = server.address();
    return { host: `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, tunnelled };
  }

  /** Asks with the variables set. */
  async function getWith(env: Record<string, string>, url: string, change: Partial<HttpRequest> = {}) {
    const before = { ...process.env };
    onTestFinished(() => {
      process.env = before;
    });
    process.env = { ...before, ...env };
    return get(url, change, { env: process.env });
  }

  it('goes when the environment names one, but straight to this machine and to what NO_PROXY names', async () => {
    const target = await standIn((_, response) => reply(response, 200, 'through'));
    const { host, tunnelled } = await proxy(target.url);
    const env = { HTTP_PROXY: `http://me:pw@${host}`, NO_PROXY: '.internal.invalid' };
    expect((await getWith(env, 'http://prom.example.com/x')).text).toBe('through');
    expect(tunnelled).toEqual([`prom.example.com:80 Basic ${Buffer.from('me:pw').toString('base64')}`]);
    expect((await getWith(env, target.url)).text).toBe('through');
    await expect(getWith(env, 'http://a.internal.invalid')).rejects.toMatchObject({ code: 'dns' });
    expect(tunnelled).toHaveLength(1);
  });

  it.each([403, 407, 502])("does not take the proxy's %d for the server's answer", async (status) => {
    const { host, tunnelled } = await proxy('', status);
    const asked = getWith({ HTTP_PROXY: `http://me:pw@${host}` }, 'http://prom.example.com/x');
    await expect(asked).rejects.toMatchObject({
      code: 'proxy',
      permanent: status === 407,
      message: expect.stringContaining(`the proxy ${host} does not let us through to prom.example.com (${status})`),
    });
    expect(tunnelled).toHaveLength(status === 407 ? 1 : 4);
  });

  it('lets a single attempt tell the proxy from the server', async () => {
    const target = await standIn((_, response) => void response.destroy());
    const through = async (host: string, ms = 5000) =>
      getWith({ HTTP_PROXY: `http://${host}` }, 'http://prom.example.com', {
        single: true,
        signal: AbortSignal.timeout(ms),
      });
    await expect(through((await deadUrl()).replace('http://', ''))).rejects.toMatchObject({ code: 'proxy' });
    await expect(through((await proxy('', 'silent')).host, 200)).rejects.toMatchObject({ code: 'proxy' });
    await expect(through((await proxy('', 502)).host)).rejects.toMatchObject({ code: 'proxy' });
    await expect(through((await proxy(target.url)).host)).rejects.toMatchObject({ code: 'connection' });
    const silent = await standIn(() => {});
    await expect(through((await proxy(silent.url)).host, 200)).rejects.toMatchObject({ code: 'timeout' });
  });

  it('names the proxy when that is what fails, and never its password', async () => {
    const dead = (await deadUrl()).replace('http://', '');
    const asked = getWith({ HTTP_PROXY: `http://me:pw@${dead}` }, 'http://prom.example.com');
    await expect(asked).rejects.toMatchObject({ code: 'refused', message: `nothing listens at ${dead}` });
    const { host } = await proxy('', 'silent');
    const signal = AbortSignal.timeout(200);
    await expect(
      getWith({ HTTP_PROXY: `http://${host}` }, 'http://prom.example.com', { signal }),
    ).rejects.toMatchObject({
      code: 'timeout',
      message: `http://prom.example.com did not answer in time through the proxy ${host}`,
    });
    for (const wrong of ['socks5://me:pw@127.0.0.1:1', 'http://me:pw@']) {
      await expect(getWith({ HTTP_PROXY: wrong }, 'http://prom.example.com')).rejects.toMatchObject({
        code: 'proxy',
        permanent: true,
        message: expect.not.stringContaining('pw'),
      });
    }
  });
});

describe('a single attempt', () => {
  const single = (url: string, change: Partial<HttpRequest> = {}) => get(url, { single: true, ...change });

  it.each([200, 302, 404, 408, 429, 500, 503])('takes %d for the answer', async (status) => {
    const server = await standIn((_, response) => reply(response, status, 'x', { 'retry-after': '1', location: '/' }));
    expect(await single(server.url)).toMatchObject({ status, text: 'x' });
    expect(server.received).toHaveLength(1);
  });

  it('says how the connection failed, once', async () => {
    const server = await standIn((_, response) => void response.destroy());
    await expect(single(server.url)).rejects.toMatchObject({ code: 'connection', cause: { code: 'ECONNRESET' } });
    expect(server.received).toHaveLength(1);
    await expect(single(await deadUrl())).rejects.toMatchObject({ code: 'refused' });
  });

  it('sends no credential in clear', async () => {
    const sent = single('http://example.com', { headers: { cookie: 'a=b' } });
    await expect(sent).rejects.toMatchObject({ code: 'insecure' });
  });
});

describe('Retry-After', () => {
  it.each([
    [undefined, 0],
    ['120', 120_000],
    ['Mon, 23 Nov 2026 10:00:30 GMT', 30_000],
    ['Mon, 23 Nov 2026 09:00:00 GMT', 0],
    ['soon', 0],
    ['-5', 0],
  ])('reads %j', (header, ms) => expect(retryAfterMs(header, Date.parse('2026-11-23T10:00:00Z'))).toBe(ms));
});
