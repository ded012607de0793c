import { once } from 'node:events';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { generate } from 'selfsigned';
import * as v from 'valibot';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Samples } from '../../../src/record/evidence.js';
import { NotMeasured, type TelemetryQuestion } from '../../../src/sources/source.js';
import { certificateEnd } from '../../../src/sources/telemetry/http-probe/certificate.js';
import { httpProbeSource } from '../../../src/sources/telemetry/http-probe/index.js';
import type { Signal } from '../../../src/sources/telemetry/signals.js';
import { sourceContext } from '../../support/context.js';
import { deadUrl, type Handler, reply, standIn } from '../../support/server.js';

const to = Date.parse('2026-11-23T10:00:00Z');
const clock = { now: () => to + 1500, sleep: async () => {} };
const question = (signal: Signal['signal'], change: Partial<Signal> = {}, end = to): TelemetryQuestion => ({
  family: 'telemetry',
  query: { signal, synthetic: false, ...change },
  window: { from: end - 300_000, to: end },
});

type Asked = Omit<Samples, 'source'>;
const open = (config: Record<string, unknown>, context = {}) => {
  const source = httpProbeSource.open(v.parse(httpProbeSource.schema, config), sourceContext({ clock, ...context }));
  return async (q: TelemetryQuestion, signal = AbortSignal.timeout(10_000)) =>
    (await source.telemetry(q, signal)) as Asked;
};
const small = { requests: 4, concurrency: 2, 'warm-up': 1, timeout: '150ms' };
const ask = (config: Record<string, unknown>, signal: Signal['signal'] = 'failure-rate') =>
  open({ ...small, ...config })(question(signal));
const answering = (status: number, body: unknown = {}, headers = {}) =>
  standIn((_, response) => reply(response, status, body, headers));
const value = async (...args: Parameters<typeof ask>) => (await ask(...args)).series[0]?.value;

describe('http-probe', () => {
  it('sends what it is told, counts without the warm-up, and says what it saw', async () => {
    const server = await answering(200);
    const config = {
      url: `${server.url}/health?deep=1`,
      headers: { Cookie: 'x-ms-routing-name=staging' },
      token: 'abc',
      requests: 6,
      'warm-up': 2,
      concurrency: 3,
    };
    const m = await ask(config, 'success-rate');
    expect(m).toEqual({
      kind: 'samples',
      subject: `6 requests: GET ${server.url}/health`,
      query: `success-rate of GET ${server.url}/health`,
      link: `${server.url}/health`,
      at: '2026-11-23T10:00:01.500Z',
      window: { from: '2026-11-23T10:00:01.500Z', to: '2026-11-23T10:00:01.500Z' },
      newest: '2026-11-23T10:00:01.500Z',
      seen: 6,
      events: 6,
      notes: [],
      partial: false,
      series: [{ labels: {}, value: 1, points: 6 }],
    });
    expect(server.received).toHaveLength(8);
    for (const request of server.received) {
      expect(request).toMatchObject({
        method: 'GET',
        path: '/health?deep=1',
        headers: { cookie: 'x-ms-routing-name=staging', authorization: 'Bearer abc' },
      });
    }
  });

  it('never has more under way than it may', async () => {
    let now = 0;
    let most = 0;
    const server = await standIn((_, response) => {
      now += 1;
      most = Math.max(most, now);
      setTimeout(() => {
        now -= 1;
        reply(response, 200, {});
      }, 10);
    });
    await ask({ url: server.url, requests: 12, concurrency: 3, 'warm-up': 5 });
    expect(most).toBe(3);
  });

  it('probes once a round for all its signals, and anew in the next', async () => {
    const server = await answering(200);
    const source = open({ ...small, url: server.url });
    await Promise.all((['failure-rate', 'duration-p95', 'requests'] as const).map((name) => source(question(name))));
    expect(server.received).toHaveLength(5);
    await source(question('failure-rate', {}, to + 1000));
    expect(server.received).toHaveLength(10);
  });

  it.each<[string, Handler, RegExp]>([
    ['a 500', (_, r) => reply(r, 500, {}), /4 of 4: status 500/],
    ['a 503 that asks to wait', (_, r) => reply(r, 503, {}, { 'retry-after': '1' }), /status 503/],
    ['a 429', (_, r) => reply(r, 429, {}), /status 429/],
    ['a redirect', (_, r) => reply(r, 302, {}, { location: '/login' }), /status 302/],
    ['silence', () => {}, /no answer within 150ms/],
    ['a broken connection', (_, r) => void r.destroy(), /the connection broke \(ECONNRESET\)/],
    [
      'half an answer',
      (_, r) => {
        r.writeHead(200, { 'content-length': '10' });
        r.write('half', () => r.destroy());
      },
      /the connection broke/,
    ],
    [
      'an endless answer',
      (_, r) => {
        r.writeHead(200);
        const drip = setInterval(() => r.write('x'), 20);
        r.on('close', () => clearInterval(drip));
      },
      /no answer within 150ms/,
    ],
    ['what cannot be decoded', (_, r) => reply(r, 200, 'x', { 'content-encoding': 'gzip' }), /cannot be decoded/],
  ])('blames %s on the address', async (_, handler, note) => {
    const server = await standIn(handler);
    const m = await ask({ url: server.url });
    expect(m).toMatchObject({ partial: false, seen: 4, series: [{ value: 1 }] });
    expect(m.notes.join()).toMatch(note);
    expect(server.received).toHaveLength(5);
  });

  it('blames it when nothing listens', async () => {
    expect(await ask({ url: await deadUrl() })).toMatchObject({
      series: [{ value: 1 }],
      notes: ['4 of 4: nothing listens'],
    });
  });

  it('counts shares', async () => {
    const server = await standIn((_, response, count) => reply(response, count % 4 === 0 ? 500 : 200, {}));
    const config = { url: server.url, requests: 20, 'warm-up': 0 };
    expect(await value(config)).toBe(0.25);
    expect(await value(config, 'success-rate')).toBe(0.75);
    expect(await value(config, 'requests')).toBe(20);
  });

  it('gives up on an address that never answers, and says so', async () => {
    const server = await standIn(() => {});
    const m = await ask({ url: server.url, requests: 50, concurrency: 3 });
    expect(m).toMatchObject({ partial: false, series: [{ value: 1 }] });
    // Those that were under way when it became clear count too.
    expect(m.seen).toBeGreaterThanOrEqual(6);
    expect(m.seen).toBeLessThanOrEqual(8);
    expect(m.notes[0]).toBe(`the other ${50 - m.seen} were not sent, since none of these was answered`);
  });

  it.each<[string, Record<string, unknown>, unknown, number]>([
    ['one status', { status: 204 }, 200, 1],
    ['several', { status: [204, 200] }, 200, 0],
    ['a family', { status: ['4xx', 200] }, 404, 0],
    ['a text', { contains: 'all is well' }, 'so far all is well here', 0],
    ['a text that is not there', { contains: 'all is well' }, 'no', 1],
    ['a condition', { body: 'body.status == "ok" && status == 200' }, { status: 'ok' }, 0],
    ['a condition that does not hold', { body: 'body.status == "ok"' }, { status: 'down' }, 1],
    ['a key that is missing', { body: 'body.status == "ok"' }, {}, 1],
    ['an empty list of checks', { body: 'body.checks.all(c, c.ok)' }, { checks: [] }, 1],
    ['a page in place of JSON', { body: 'body.status == "ok"' }, '<html>', 1],
    ['a header', { body: 'headers["content-type"].startsWith("application/json")' }, '<html>', 0],
  ])('expects %s', async (_, wanted, answer, rate) => {
    const server = await (typeof answer === 'number' ? answering(answer) : answering(200, answer));
    expect(await value({ url: server.url, expect: wanted })).toBe(rate);
  });

  it('does not blame the address for an expression that fails', async () => {
    const server = await answering(200, { a: 1 });
    await expect(ask({ url: server.url, expect: { body: 'body.a * 100 > 5' } })).rejects.toMatchObject({
      code: 'query-failed',
    });
    await expect(ask({ url: server.url, expect: { body: 'body.a +' } })).rejects.toMatchObject({ code: 'bad-query' });
    await expect(ask({ url: server.url, expect: { body: 'body.a' } })).rejects.toMatchObject({ code: 'bad-query' });
    await expect(ask({ url: server.url, expect: { body: '"a"' } })).rejects.toMatchObject({ code: 'bad-query' });
  });

  it('follows redirects only when told, and takes its credential nowhere else', async () => {
    const other = await answering(200);
    const server = await standIn((request, response) =>
      request.path === '/a'
        ? reply(response, 302, {}, { location: '/b' })
        : reply(response, 307, {}, { location: `${other.url}/c` }),
    );
    const config = { url: `${server.url}/a`, token: 'abc', method: 'POST', body: '{}', 'warm-up': 0, requests: 1 };
    expect(await value({ ...config, expect: { 'max-redirects': 2 } })).toBe(0);
    expect(server.received.map((r) => [r.method, r.path, r.headers.authorization, r.body])).toEqual([
      ['POST', '/a', 'Bearer abc', '{}'],
      ['GET', '/b', 'Bearer abc', ''],
    ]);
    expect(other.received).toMatchObject([{ method: 'GET', path: '/c', body: '' }]);
    expect(other.received[0]?.headers.authorization).toBeUndefined();
    expect(await value({ ...config, expect: { 'max-redirects': 1 } })).toBe(1);
    expect(await value({ ...config, expect: { 'max-redirects': 1, status: '3xx' } })).toBe(0);
  });

  it('ranks durations, failures last', async () => {
    const server = await standIn((_, response, count) => {
      if (count === 5) reply(response, 500, {});
      else if (count < 4) setTimeout(() => reply(response, 200, {}), 20 * count);
      // The fourth is never answered.
    });
    const source = open({ url: server.url, requests: 5, concurrency: 1, 'warm-up': 0, timeout: '200ms' });
    const p50 = (await source(question('duration-p50'))).series[0]?.value;
    // Of 20, 40, 60, 200 and a failure.
    expect(p50).toBeGreaterThanOrEqual(59);
    expect(p50).toBeLessThan(200);
    expect((await source(question('duration-p95'))).series[0]?.value).toBe('+Inf');
    expect(server.received).toHaveLength(5);
    const silent = await standIn(() => {});
    expect(await value({ url: silent.url }, 'duration-p95')).toBeGreaterThanOrEqual(149);
  });

  it('measures nothing where nothing is known about the address', async () => {
    const fail = (code: string, good = 0) => {
      let sent = 0;
      const send = async () => {
        sent += 1;
        if (sent <= good) return { status: 200, headers: {}, text: '' };
        throw new NotMeasured(code, `${code}: no`);
      };
      return open({ ...small, 'warm-up': 0, url: 'https://slot.example.com' }, { http: { send } });
    };
    for (const code of ['dns', 'proxy', 'insecure', 'bad-credential', 'too-large', 'tls']) {
      await expect(fail(code)(question('failure-rate')), code).rejects.toMatchObject({ code });
    }
    expect(await fail('dns', 3)(question('failure-rate'))).toMatchObject({
      partial: true,
      seen: 3,
      notes: ['1 of 4: not measured, dns: no'],
    });
  });

  it('does not take the end of the round for silence of the address', async () => {
    const server = await standIn((_, response, count) => void (count < 3 && reply(response, 200, {})));
    const source = open({ url: server.url, requests: 10, concurrency: 2, 'warm-up': 0, timeout: '5s' });
    expect(await source(question('failure-rate'), AbortSignal.timeout(200))).toMatchObject({
      partial: true,
      seen: 2,
      series: [{ value: 0 }],
      notes: ['only 2 of 10 requests were over when the round ended'],
    });
    const silent = await standIn(() => {});
    await expect(
      open({ url: silent.url, timeout: '5s' })(question('failure-rate'), AbortSignal.timeout(100)),
    ).rejects.toMatchObject({ code: 'timeout', message: expect.stringMatching(/round-timeout/) });
  });

  it('says what a probe cannot tell', async () => {
    const server = await answering(200);
    const source = open({ url: server.url });
    const refusal = async (q: TelemetryQuestion) => await source(q).catch((error: unknown) => error as NotMeasured);
    const asked: [TelemetryQuestion, RegExp][] = [
      [{ ...question('requests'), query: 'up' }, /no query language/],
      [question('exceptions'), /no signal `exceptions`/],
      [question('requests', { where: { role: 'a' } }), /`where` means nothing/],
      [question('requests', { by: 'slot' }), /`by` means nothing/],
      [question('requests', { exclude: ['a'] }), /`exclude` means nothing/],
      [question('requests', { synthetic: true }), /`synthetic` means nothing/],
      [question('requests', {}, to - 600_000), /nothing but now/],
      [question('certificate-life'), /plain http/],
    ];
    for (const [q, words] of asked) {
      expect(await refusal(q)).toMatchObject({
        code: 'bad-query',
        permanent: true,
        message: expect.stringMatching(words),
      });
    }
    expect(server.received).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['no requests', { requests: 0 }, /at least 1/],
    ['a flood', { concurrency: 51 }, /at most 50/],
    ['no time', { timeout: '0s' }, /longer than nothing/],
    ['a status that is none', { expect: { status: 99 } }, /between 100 and 599/],
    ['a body of HEAD', { method: 'HEAD', expect: { contains: 'x' } }, /answered without a body/],
    ['a body of GET', { body: 'x' }, /`method: POST`/],
    ['a credential among the headers', { headers: { authorization: 'x' } }, /no header that signs in/],
  ])('refuses a config with %s', (_, change, message) => {
    const { issues } = v.safeParse(httpProbeSource.schema, { url: 'https://e.com', ...change });
    expect(issues?.map((i) => i.message).join('\n')).toMatch(message);
  });

  it('is proofread', async () => {
    const advice = async (q: TelemetryQuestion, body?: string) =>
      (
        await httpProbeSource.proofread?.(
          q,
          v.parse(httpProbeSource.schema, {
            url: 'https://e.com',
            ...(body === undefined ? {} : { expect: { body } }),
          }),
        )
      )?.join('\n');
    expect(await advice(question('requests'), 'body.ok')).toBe('');
    expect(await advice(question('requests', { by: 'slot' }), 'body.')).toMatch(/`by` means nothing.*\n.*line 1/);
  });
});

describe('the end of a certificate', () => {
  const serve = async (change: Record<string, unknown> = {}, name = 'localhost') => {
    const pems = await generate([{ name: 'commonName', value: name }], {
      keySize: 2048,
      extensions: [
        { name: 'basicConstraints', cA: true },
        { name: 'subjectAltName', altNames: [{ type: 2, value: name }] },
      ],
      ...change,
    });
    const server = createTlsServer({ key: pems.private, cert: pems.cert }, () => {});
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    return { ca: pems.cert, url: new URL(`https://localhost:${(server.address() as AddressInfo).port}`) };
  };
  const day = 86_400_000;
  const end = (url: URL, ca?: string) =>
    certificateEnd(url, 2000, AbortSignal.timeout(5000), ca === undefined ? {} : { ca });

  it('is read, also when it lies in the past', async () => {
    const good = await serve({ notAfterDate: new Date(Date.now() + 30 * day) });
    expect(Math.abs((await end(good.url, good.ca)) - Date.now() - 30 * day)).toBeLessThan(5000);
    const ended = await serve({
      notBeforeDate: new Date(Date.now() - 3 * day),
      notAfterDate: new Date(Date.now() - day),
    });
    expect(Math.abs((await end(ended.url, ended.ca)) - Date.now() + day)).toBeLessThan(5000);
  });

  it('is not measured on a certificate that is not trusted, or is for another name', async () => {
    const good = await serve();
    await expect(end(good.url)).rejects.toMatchObject({ code: 'tls', permanent: true });
    const other = await serve({}, 'other.example.com');
    await expect(end(other.url, other.ca)).rejects.toMatchObject({
      code: 'tls',
      message: expect.stringMatching(/ALTNAME/),
    });
  });

  it('is not measured where nobody speaks TLS', async () => {
    await expect(end(new URL((await deadUrl()).replace('http:', 'https:')))).rejects.toMatchObject({ code: 'refused' });
    const mute = createServer();
    mute.listen(0, '127.0.0.1');
    await once(mute, 'listening');
    onTestFinished(() => void mute.close());
    const url = new URL(`https://127.0.0.1:${(mute.address() as AddressInfo).port}`);
    await expect(certificateEnd(url, 100, AbortSignal.timeout(5000))).rejects.toMatchObject({ code: 'timeout' });
    await expect(certificateEnd(url, 5000, AbortSignal.timeout(100))).rejects.toMatchObject({ code: 'timeout' });
  });
});
