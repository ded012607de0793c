import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Probes } from '../../../src/record/evidence.js';
import type { ProbedSide } from '../../../src/record/probes.js';
import { bounds } from '../../../src/sources/deployment/slot-probe/count.js';
import { slotProbeSource } from '../../../src/sources/deployment/slot-probe/index.js';
import { NotMeasured, type ProbesQuestion, type SourceContext } from '../../../src/sources/source.js';
import { sourceContext } from '../../support/context.js';
import { deadUrl, type Handler, reply, standIn } from '../../support/server.js';

const clock = { now: () => Date.parse('2026-11-23T10:00:00Z'), sleep: async () => {} };
const question = (change: Partial<ProbesQuestion> = {}): ProbesQuestion => ({
  family: 'probes',
  round: 1,
  requests: 10,
  warmUp: 2,
  ...change,
});

const open = (config: object, context: Partial<SourceContext> = {}) => {
  const source = slotProbeSource.open(v.parse(slotProbeSource.schema, config), sourceContext({ clock, ...context }));
  return (q = question(), signal = AbortSignal.timeout(10_000)) =>
    source.probes(q, signal) as Promise<Omit<Probes, 'source'>>;
};
const endpoint = { path: '/health', within: '500ms' };
const well: Handler = (_, response) => reply(response, 200, { status: 'ok' });
const servers = async (idle: Handler, live: Handler = well) => {
  const [one, other] = [await standIn(idle), await standIn(live)];
  return { one, other, config: { idle: { url: one.url }, live: { url: other.url }, endpoints: [endpoint] } };
};
const only = ({ endpoints }: Omit<Probes, 'source'>) => {
  const [first] = endpoints;
  if (first?.live === undefined) throw new Error('one endpoint with both sides is expected');
  return { idle: first.idle, live: first.live };
};
const quick = ({ durations }: ProbedSide): number => durations.reduce((sum, n) => sum + n, 0);
const failing = (code: string, on: RegExp): Partial<SourceContext> => ({
  http: {
    send: async ({ url }) => {
      if (on.test(url)) throw new NotMeasured(code, `${code}: no`);
      return { status: 200, headers: {}, text: '' };
    },
  },
});
const names = {
  idle: { url: 'https://idle.example.com' },
  live: { url: 'https://live.example.com' },
  endpoints: [endpoint],
};

describe('slot-probe', () => {
  it('sends as many requests to each side, counts without the warm-up, and says what it saw', async () => {
    const { one, other } = await servers(well);
    const ask = open({
      idle: { url: `${one.url}/base/`, headers: { 'X-Side': 'idle' }, token: 'abc' },
      live: { url: other.url, 'api-key': 'def' },
      endpoints: [
        { path: '/health?deep=1', headers: { 'X-Both': '1' } },
        { name: 'quote', path: '/quotes', method: 'POST', body: '{}' },
      ],
    });
    const m = await ask(question({ round: 3 }));
    expect(m).toMatchObject({
      kind: 'probes',
      subject: `10 requests to the idle side ${one.url}/base and to the live side ${other.url}`,
      query: 'round 3, 10 requests to each side after 2: GET /health, quote',
      link: `${one.url}/base`,
      at: '2026-11-23T10:00:00.000Z',
      seen: 10,
      round: 3,
      partial: false,
      notes: [],
      unmeasured: 0,
      unsent: 0,
      bounds,
    });
    expect(m.endpoints.map(({ name }) => name)).toEqual(['GET /health', 'quote']);
    for (const { idle, live } of m.endpoints) {
      for (const side of [idle, live]) {
        expect(side).toMatchObject({ sent: 5, failed: 0, reasons: [] });
        expect(side?.durations).toHaveLength(bounds.length + 1);
        expect(side && quick(side)).toBe(5);
      }
    }
    expect([one.received.length, other.received.length]).toEqual([12, 12]);
    for (const { path, method, headers, body } of one.received) {
      expect(headers).toMatchObject({ 'x-side': 'idle', authorization: 'Bearer abc' });
      if (method === 'GET') expect([path, headers['x-both']]).toEqual(['/base/health?deep=1', '1']);
      else expect([path, method, body]).toEqual(['/base/quotes', 'POST', '{}']);
    }
    for (const { headers } of other.received) {
      expect(headers['x-api-key']).toBe('def');
      expect(headers.authorization).toBeUndefined();
    }
    expect(JSON.stringify(m)).not.toMatch(/abc|def|deep=1/);
  });

  it('asks both sides in turn, in random order', async () => {
    const order: string[] = [];
    const note =
      (name: string): Handler =>
      (request, response, count) => {
        order.push(name);
        well(request, response, count);
      };
    const { config } = await servers(note('idle'), note('live'));
    await open({ ...config, concurrency: 1 })(question({ requests: 40, warmUp: 0 }));
    const pairs = Array.from({ length: 40 }, (_, i) => order.slice(2 * i, 2 * i + 2).join());
    // One of the two never comes in 2 of 2^40 runs.
    expect(new Set(pairs)).toEqual(new Set(['idle,live', 'live,idle']));
  });

  it('goes on with the next endpoint in the next round', async () => {
    const { one, config } = await servers(well);
    const ask = open({ ...config, endpoints: [1, 2, 3].map((n) => ({ path: `/${n}` })), concurrency: 1 });
    for (const round of [1, 2, 3]) await ask(question({ round, requests: 10, warmUp: 0 }));
    expect(one.received.map(({ path }) => path)).toEqual(Array.from({ length: 30 }, (_, i) => `/${(i % 3) + 1}`));
  });

  it('never has more under way than it may', async () => {
    let [now, most] = [0, 0];
    const slow: Handler = (_, response) => {
      now += 1;
      most = Math.max(most, now);
      setTimeout(() => {
        now -= 1;
        reply(response, 200, {});
      }, 10);
    };
    const { config } = await servers(slow, slow);
    await open({ ...config, concurrency: 3 })(question({ requests: 12, warmUp: 6 }));
    expect(most).toBe(3);
  });

  it.each<[string, Handler, RegExp]>([
    ['a 500', (_, r) => reply(r, 500, {}), /^status 500$/],
    ['a 429 that asks to wait', (_, r) => reply(r, 429, {}, { 'retry-after': '1' }), /^status 429$/],
    ['a redirect', (_, r) => reply(r, 302, {}, { location: '/login' }), /^status 302$/],
    ['silence', () => {}, /^no answer within 500ms$/],
    ['a broken connection', (_, r) => void r.destroy(), /^the connection broke/],
    [
      'half an answer',
      (_, r) => {
        r.writeHead(200, { 'content-length': '10' });
        r.write('half', () => r.destroy());
      },
      /^the connection broke/,
    ],
    ['a body that is not as it should be', (_, r) => reply(r, 200, { status: 'starting' }), /^not `body\.status/],
    ['a page in place of JSON', (_, r) => reply(r, 200, '<html>'), /^the body is no JSON$/],
  ])('counts %s against the side that gave it', async (_, handler, why) => {
    const expectation = { expect: { body: 'body.status == "ok"' } };
    const { config } = await servers(handler);
    const asked = { ...config, endpoints: [{ ...endpoint, ...expectation }] };
    const { idle, live } = only(await open(asked)());
    expect(idle).toMatchObject({ sent: 10, failed: 10, reasons: [{ count: 10 }] });
    expect(idle.reasons[0]?.why).toMatch(why);
    expect(quick(idle)).toBe(0);
    expect(live).toMatchObject({ sent: 10, failed: 0 });
    // And the other way round.
    const swapped = only(await open({ ...asked, idle: config.live, live: config.idle })());
    expect(swapped.idle).toMatchObject({ failed: 0 });
    expect(swapped.live).toMatchObject({ failed: 10 });
  });

  it('counts it when nothing listens, on either side or on both', async () => {
    const { config } = await servers(well);
    const [dead, other] = [{ url: await deadUrl() }, { url: await deadUrl() }];
    const refused = { sent: 10, failed: 10, reasons: [{ why: 'nothing listens', count: 10 }] };
    expect(only(await open({ ...config, idle: dead })())).toMatchObject({ idle: refused, live: { failed: 0 } });
    expect(only(await open({ ...config, live: dead })())).toMatchObject({ idle: { failed: 0 }, live: refused });
    expect(only(await open({ ...config, idle: dead, live: other })())).toMatchObject({ idle: refused, live: refused });
  });

  it('tells a slow side from a quick one', async () => {
    const { config } = await servers((_, response) => void setTimeout(() => reply(response, 200, {}), 60));
    const { idle, live } = only(await open(config)());
    const over = (side: ProbedSide) => side.durations.slice(bounds.indexOf(50) + 1).reduce((sum, n) => sum + n, 0);
    expect(over(idle)).toBe(10);
    expect(over(live)).toBeLessThan(5);
  });

  it('follows redirects only when told, and takes its credential nowhere else', async () => {
    const { one, other } = await servers(
      (request, response) =>
        request.path === '/a' ? reply(response, 302, {}, { location: '/b' }) : reply(response, 200, {}),
      (request, response) =>
        request.path === '/a' ? reply(response, 307, {}, { location: `${one.url}/c` }) : reply(response, 200, {}),
    );
    const config = {
      idle: { url: one.url },
      live: { url: other.url, token: 'abc' },
      endpoints: [{ path: '/a', expect: { 'max-redirects': 1 } }],
    };
    expect(only(await open(config)())).toMatchObject({ idle: { failed: 0 }, live: { failed: 0 } });
    const from = one.received.filter(({ path }) => path === '/c');
    expect(from).toHaveLength(12);
    for (const { headers } of from) expect(headers.authorization).toBeUndefined();
  });

  it.each(['dns', 'proxy', 'insecure', 'bad-credential', 'too-large', 'tls'])(
    'blames nobody for %s, on whichever side',
    async (code) => {
      for (const side of ['idle', 'live']) {
        const asked = open(names, failing(code, new RegExp(side)))();
        await expect(asked, side).rejects.toMatchObject({ code, message: `${side} side: ${code}: no` });
      }
    },
  );

  it('leaves out the pairs of which one says nothing, and says partial when these are more than a few', async () => {
    const now = (bad: number): Partial<SourceContext> => {
      let sent = 0;
      return {
        http: {
          send: async ({ url }) => {
            if (url.includes('idle') && ++sent <= bad) throw new NotMeasured('dns', 'dns: no');
            return { status: 200, headers: {}, text: '' };
          },
        },
      };
    };
    const few = await open(names, now(1))(question({ requests: 20, warmUp: 0 }));
    expect(few).toMatchObject({ partial: false, seen: 19, unmeasured: 1 });
    expect(few.notes).toEqual(['1 of 20 pairs of requests say nothing', 'idle side: dns: no (1)']);
    // A live request whose pair is gone counts as little.
    expect(only(few)).toMatchObject({ idle: { sent: 19 }, live: { sent: 19 } });
    expect(await open(names, now(2))(question({ requests: 20, warmUp: 0 }))).toMatchObject({ partial: true, seen: 18 });
  });

  it('sends no credential over plain http to another machine', async () => {
    const http = { ...names.idle, url: 'http://idle.example.com' };
    for (const secret of [{ token: 'abc' }, { 'api-key': 'abc' }, { headers: { cookie: 'abc' } }]) {
      const asked = open({ ...names, idle: { ...http, ...secret } })();
      await expect(asked).rejects.toMatchObject({ code: 'insecure', message: expect.not.stringContaining('abc') });
    }
  });

  it('counts only what had all of its time when the round ended', async () => {
    // Every third request to the idle side hangs: of the last ones only the others would have come to an end.
    const { config } = await servers((_, response, count) => void (count % 3 === 0 || reply(response, 200, {})));
    const m = await open({ ...config, endpoints: [{ path: '/', within: '200ms' }], concurrency: 1 })(
      question({ requests: 1000, warmUp: 0 }),
      AbortSignal.timeout(2500),
    );
    const { idle, live } = only(m);
    expect(idle.sent).toBe(live.sent);
    expect(m.unsent).toBe(1000 - idle.sent);
    expect(m.notes).toEqual([`${m.unsent} of 1000 pairs of requests had no time before the round ended`]);
    expect(idle.failed).toBe(Math.floor(idle.sent / 3));
    expect(idle.failed).toBeGreaterThan(3);
    expect(m.partial).toBe(false);
  });

  it('measures nothing where the round ends before one pair had its time', async () => {
    const { config } = await servers(() => {});
    for (const warmUp of [0, 100]) {
      const asked = open(config)(question({ warmUp }), AbortSignal.timeout(200));
      await expect(asked).rejects.toMatchObject({
        code: 'timeout',
        message: expect.stringMatching(/\(1s\).*round-timeout/),
      });
    }
    // Those that were quick would have been all that counts.
    const half = await servers((_, response, count) => void (count % 2 === 0 || reply(response, 200, {})));
    const cut = open({ ...half.config, concurrency: 20 })(
      question({ requests: 20, warmUp: 0 }),
      AbortSignal.timeout(300),
    );
    await expect(cut).rejects.toMatchObject({ code: 'timeout' });
    await expect(open(config)(question(), AbortSignal.abort())).rejects.toMatchObject({ code: 'timeout' });
  });

  it('takes a good answer of the other side for no evidence, and a bad one for a failure', async () => {
    const named =
      (version: string, status = 200): Handler =>
      (_, response) =>
        reply(response, status, {}, { 'x-version': version });
    const ask = async (idle: Handler) => {
      const { config } = await servers(idle, named('old'));
      return open({ ...config, idle: { ...config.idle, 'recognised-by': 'headers["x-version"] == "new"' } })();
    };
    expect(only(await ask(named('new')))).toMatchObject({ idle: { failed: 0 } });
    await expect(ask(named('old'))).rejects.toMatchObject({ code: 'wrong-side' });
    expect(only(await ask(named('old', 503)))).toMatchObject({ idle: { failed: 10 } });
  });

  it('does without a live side', async () => {
    const { one } = await servers((_, response, count) => reply(response, count % 2 === 0 ? 500 : 200, {}));
    const m = await open({ idle: { url: one.url }, endpoints: [endpoint] })(question({ warmUp: 0 }));
    expect(m.endpoints).toMatchObject([{ idle: { sent: 10, failed: 5 } }]);
    expect(m.endpoints[0]?.live).toBeUndefined();
    expect(m.subject).toBe(`10 requests to the idle side ${one.url}`);
  });

  it('lists an endpoint that no request was for', async () => {
    const { config } = await servers(well);
    const endpoints = Array.from({ length: 12 }, (_, n) => ({ path: `/${n}` }));
    const m = await open({ ...config, endpoints })();
    expect(m.endpoints.map(({ idle }) => idle.sent)).toEqual([...Array(10).fill(1), 0, 0]);
  });

  it.each<[string, object, RegExp]>([
    ['no endpoint', { endpoints: [] }, /at least one endpoint/],
    ['twice the same endpoint', { endpoints: [{ path: '/a?x=1' }, { path: '/a?x=2' }] }, /a `name` of their own/],
    ['twice the same side', { live: { url: 'https://idle.example.com/' } }, /both are the same side/],
    ['a query in the address', { idle: { url: 'https://e.com/?a=1' } }, /without a query/],
    ['a path that is none', { endpoints: [{ path: 'health' }] }, /begins with `\/`/],
    ['a body of GET', { endpoints: [{ path: '/', body: 'x' }] }, /`method: POST`/],
    [
      'a body that HEAD does not have',
      { endpoints: [{ path: '/', method: 'HEAD', expect: { contains: 'x' } }] },
      /without a body/,
    ],
    ['no time', { endpoints: [{ path: '/', within: '0s' }] }, /longer than nothing/],
    [
      'a credential among the headers',
      { idle: { url: 'https://e.com', headers: { authorization: 'x' } } },
      /no header that signs in/,
    ],
    ['a cookie for both sides', { endpoints: [{ path: '/', headers: { cookie: 'x' } }] }, /no header that signs in/],
    ['two credentials', { idle: { url: 'https://e.com', token: 'a', 'api-key': 'b' } }, /one of `token`/],
  ])('refuses a config with %s', (_, change, message) => {
    const { issues } = v.safeParse(slotProbeSource.schema, { ...names, ...change });
    expect(issues?.map((i) => i.message).join('\n')).toMatch(message);
  });

  it('is proofread, and says for good what does not parse', async () => {
    const wrong = { ...names, idle: { ...names.idle, 'recognised-by': 'headers.' } };
    const advice = await slotProbeSource.proofread?.(question(), v.parse(slotProbeSource.schema, wrong));
    expect(advice?.join()).toMatch(/headers\./);
    expect(await slotProbeSource.proofread?.(question(), v.parse(slotProbeSource.schema, names))).toEqual([]);
    await expect(open(wrong)()).rejects.toMatchObject({ code: 'bad-query', permanent: true });
  });
});
