import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { changeTraffic, type Wanted } from '../../../src/reactions/traffic/change.js';
import { target } from '../../../src/record/deployments.js';
import { schema } from '../../../src/sources/deployment/http-traffic/config.js';
import { httpTrafficSource } from '../../../src/sources/deployment/http-traffic/index.js';
import type { AnySource, DeploymentQuestion } from '../../../src/sources/source.js';
import { requestsInFlight, SimulatedClock } from '../../support/clock.js';
import { sourceContext } from '../../support/context.js';
import { ControlApi } from '../../support/control-api.js';
import { reply, standIn } from '../../support/server.js';

const token = 'the-token-of-the-tests';
const secret = `whsec_${Buffer.from('a key of the tests that is long enough').toString('base64')}`;
const signal = (): AbortSignal => AbortSignal.timeout(10_000);

interface Options {
  readonly read?: object;
  /** Null: it can only be read. */
  readonly write?: object | null | ((url: string) => object);
  readonly more?: object;
}

async function start({ read = {}, write = {}, more = {} }: Options = {}) {
  const clock = new SimulatedClock(undefined, 6, requestsInFlight);
  const api = new ControlApi({ weights: { blue: 100, green: 0 }, token, secret, now: () => clock.now() });
  let own:
    | ((path: string) => { status?: number; headers?: Record<string, string>; body: unknown } | undefined)
    | undefined;
  const server = await standIn((request, response) => {
    const other = own?.(request.path);
    if (other) {
      reply(response, other.status ?? 200, other.body, other.headers ?? {});
      return;
    }
    void api.answer(request).then(({ status, headers, body, lost }) => {
      if (lost) response.destroy();
      else reply(response, status, body, { ...headers });
    });
  });
  const url = `${server.url}/traffic`;
  const config = v.parse(schema, {
    read: { url, ...read },
    ...(write === null ? {} : { write: typeof write === 'function' ? write(server.url) : write }),
    token,
    secret,
    ...more,
  });
  const source: AnySource = httpTrafficSource.open(config, sourceContext({ clock }));
  const ask = async (targets: readonly string[], extra: Partial<DeploymentQuestion> = {}) =>
    source.deployment?.({ family: 'deployment', targets, ...extra }, signal()).catch((error: unknown) => error);
  const move = (wanted: Wanted) =>
    changeTraffic({
      sourceName: 'lb',
      source,
      wanted,
      note: 'Signalbox: "canary-5" of checkout',
      verifyMs: 20_000,
      clock,
      signal: signal(),
    });
  return {
    api,
    source,
    url,
    ask,
    move,
    received: server.received,
    writes: () => server.received.filter(({ method }) => method !== 'GET'),
    answers: (with_: NonNullable<typeof own>) => {
      own = with_;
    },
  };
}
const toGreen = (percent: number): Wanted => ({ to: 'weights', weights: { green: percent } });

describe('traffic behind an interface of your own', () => {
  it('is read, target by target', async () => {
    const { api, ask, url, received } = await start({
      read: { version: 'body.versions', ready: 'body.ready', busy: 'body.busy', headers: { 'X-Tenant': 'shop' } },
      more: { subject: 'the shop' },
    });
    api.weights = { blue: 94.5, green: 5.5 };
    api.beside = { versions: { green: '1.2.3', blue: 7 }, ready: { green: true, blue: false }, busy: false };
    const answer = await ask(['green', 'blue', 'red']);
    const nothing = { health: 'unknown', instances: null, since: null };
    expect(answer).toEqual({
      kind: 'deployments',
      subject: 'the traffic of the shop',
      query: `GET ${url}`,
      at: '2026-11-23T10:00:00.000Z',
      seen: 2,
      notes: [],
      partial: false,
      targets: [
        {
          ...nothing,
          name: 'green',
          exists: true,
          version: '1.2.3',
          state: 'running',
          ready: true,
          traffic: 5.5,
          reasons: [],
        },
        {
          ...nothing,
          name: 'blue',
          exists: true,
          version: '7',
          state: 'unknown',
          ready: false,
          traffic: 94.5,
          reasons: ['it is not ready, says the answer'],
        },
        {
          ...nothing,
          name: 'red',
          exists: false,
          version: null,
          state: 'unknown',
          ready: null,
          traffic: null,
          reasons: ['it is not among those whose traffic is told'],
        },
      ],
    });
    for (const one of (answer as { targets: unknown[] }).targets) expect(v.parse(target, one)).toEqual(one);
    expect(received[0]?.headers).toMatchObject({
      'x-tenant': 'shop',
      'cache-control': 'no-cache',
      authorization: `Bearer ${token}`,
    });
  });

  it('says what runs where the answer does', async () => {
    const { api, ask } = await start({ read: { running: 'body.up', ready: 'body.ready' } });
    const state = async (beside: object) => {
      api.beside = { up: { blue: true }, ready: { blue: true }, ...beside };
      return ((await ask(['green'])) as { targets: { state: string }[] }).targets[0]?.state;
    };
    expect(await state({})).toBe('unknown');
    expect(await state({ up: { green: true }, ready: { green: false } })).toBe('running');
    expect(await state({ up: { green: false } })).toBe('stopped');
    expect(await state({ up: { green: false }, ready: { green: true } })).toBe('stopped');
    expect(await state({ ready: { green: true } })).toBe('running');
    expect(await state({ ready: { green: false } })).toBe('unknown');
  });

  it('may be busy', async () => {
    const { api, ask, source } = await start({ read: { busy: 'body.busy' } });
    api.beside = { busy: 'a\nreload' };
    expect(await ask(['green'])).toMatchObject({ targets: [{ state: 'deploying', reasons: ['a reload'] }] });
    expect(await source.traffic?.read(signal())).toMatchObject({ busy: 'a reload' });
    api.beside = { busy: true };
    expect(await source.traffic?.read(signal())).toMatchObject({ busy: 'it says that it is busy' });
    api.beside = { busy: '' };
    expect(await source.traffic?.read(signal())).not.toHaveProperty('busy');
    api.beside = {};
    expect(await ask(['green'])).toMatchObject({ code: 'bad-answer' });
  });

  it('is read by an expression for each target', async () => {
    const { api, ask, move } = await start({
      read: {
        weights: { green: 'double(body.canary) * 100.0', blue: '(1.0 - double(body.canary)) * 100.0' },
        version: { green: 'body.next' },
      },
      write: { method: 'POST', body: '{"canary": $__weight{green}, "why": "$__note"}' },
    });
    api.beside = { canary: 0.25, next: '1.2.3' };
    expect(await ask(['green', 'blue'])).toMatchObject({
      targets: [
        { traffic: 25, version: '1.2.3' },
        { traffic: 75, version: null },
      ],
    });
    expect(await ask(['red'])).toMatchObject({ code: 'bad-query', permanent: true });
    expect(await move({ to: 'weights', weights: { red: 5 } })).toMatchObject({ outcome: 'refused', code: 'refused' });
  });

  it.each<[string, object, object, string]>([
    ['weights that do not come to 100', {}, { weights: { blue: 95, green: 4 } }, 'bad-answer'],
    ['shares in place of percent', {}, { weights: { blue: 0.95, green: 0.05 } }, 'bad-answer'],
    ['no weights', {}, { weights: {} }, 'bad-answer'],
    ['a null', {}, { weights: null }, 'bad-answer'],
    ['a list', {}, { weights: [100] }, 'bad-answer'],
    ['a text in place of a number', {}, { weights: { blue: '100' } }, 'bad-answer'],
    ['one of them null', {}, { weights: { blue: 100, green: null } }, 'bad-answer'],
    ['more than all', {}, { weights: { blue: 101, green: -1 } }, 'bad-answer'],
    ['another key', {}, { traffic: { blue: 100 } }, 'bad-answer'],
    ['a version that is none', { version: 'body.v' }, { weights: { blue: 100 }, v: { blue: true } }, 'bad-answer'],
    ['no versions at all', { version: 'body.v' }, { weights: { blue: 100 } }, 'bad-answer'],
    ['a readiness in words', { ready: 'body.r' }, { weights: { blue: 100 }, r: { blue: 'yes' } }, 'bad-answer'],
    ['a lock that is none', { lock: 'body.l' }, { weights: { blue: 100 }, l: [] }, 'bad-answer'],
    ['an expression that does not parse', { weights: 'body.' }, { weights: { blue: 100 } }, 'bad-query'],
  ])('is not known by %s', async (_, read, body, code) => {
    const { ask, answers, move, writes } = await start({ read });
    answers(() => ({ body }));
    expect(await ask(['blue'])).toMatchObject({ code });
    expect(await move(toGreen(5))).toMatchObject({ outcome: 'not-read', code });
    expect(writes()).toEqual([]);
  });

  it.each<[number, object, string]>([
    [401, {}, 'unauthorized'],
    [403, {}, 'forbidden'],
    [404, {}, 'not-found'],
    [400, {}, 'bad-query'],
    [200, { age: '3600' }, 'stale'],
  ])('is not known by a %d with %j', async (status, headers, code) => {
    const { ask, answers } = await start();
    answers(() => ({ status, headers: { ...headers }, body: { weights: { blue: 100 } } }));
    expect(await ask(['blue'])).toMatchObject({ code });
  });

  it('has no settings to compare', async () => {
    const { ask } = await start();
    expect(await ask(['blue'], { settings: { target: 'green', like: 'blue' } })).toMatchObject({ code: 'bad-query' });
  });

  it('is proofread', async () => {
    const { ask: _, url } = await start();
    const advice = (read: object) =>
      httpTrafficSource.proofread?.(
        { family: 'deployment', targets: [] },
        v.parse(schema, { read: { url, ...read } }) as never,
      );
    expect(await advice({ version: { green: 'body.v' }, busy: 'body.busy' })).toEqual([]);
    expect(await advice({ weights: { green: 'body.' }, lock: 'nobody.knows' })).toEqual([
      expect.stringContaining('`body.`'),
      expect.stringContaining('`nobody.knows`'),
    ]);
  });
});

describe('it is moved', () => {
  it('by one request that is signed and says which weights it knows', async () => {
    const { api, move, writes } = await start({ read: { lock: 'body.serial' } });
    api.beside = { serial: 17 };
    expect(await move(toGreen(5))).toMatchObject({
      outcome: 'changed',
      before: { weights: { blue: 100, green: 0 } },
      after: { weights: { blue: 95, green: 5 } },
    });
    expect(api.taken).toEqual([{ blue: 95, green: 5 }]);
    const [write, ...others] = writes();
    expect(others).toEqual([]);
    expect(write).toMatchObject({ method: 'PUT', path: '/traffic' });
    expect(write?.headers).toMatchObject({
      'if-match': '"1"',
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'webhook-timestamp': String(Date.parse('2026-11-23T10:00:00Z') / 1000),
    });
    expect(JSON.parse(write?.body ?? '')).toEqual({
      weights: { blue: 95, green: 5 },
      note: 'Signalbox: "canary-5" of checkout',
      lock: 17,
    });
  });

  it('by a request that the policy writes', async () => {
    const { move, writes, answers } = await start({
      read: { lock: 'headers["x-serial"]' },
      write: (url) => ({
        url: `${url}/lb/$__weight{green}?to=$__weights`,
        method: 'POST',
        headers: { 'If-Match': 'serial $__lock', 'X-Why': '$__note' },
        body: '{"all": $__weights, "green": $__weight{green}, "why": "$__note", "serial": "$__lock"}',
      }),
    });
    let green = 0;
    answers((path) => {
      if (path !== '/traffic') green = 5;
      return { headers: { 'x-serial': 's"1', etag: '"e"' }, body: { weights: { blue: 100 - green, green } } };
    });
    expect(await move(toGreen(5))).toMatchObject({ outcome: 'changed' });
    const [write] = writes();
    const all = { blue: 95, green: 5 };
    expect(write).toMatchObject({
      method: 'POST',
      path: `/lb/5?to=${encodeURIComponent(JSON.stringify(all))}`,
      headers: { 'if-match': 'serial s"1', 'x-why': 'Signalbox: "canary-5" of checkout' },
    });
    expect(JSON.parse(write?.body ?? '')).toEqual({
      all,
      green: 5,
      why: 'Signalbox: "canary-5" of checkout',
      serial: 's"1',
    });
  });

  it.each<[string, 'taken-lost' | 'lost' | 'failed' | 'throttled' | 'refused' | 'conflict' | 'ignored', object]>([
    ['an answer that is lost', 'taken-lost', { outcome: 'changed' }],
    ['a request that is lost', 'lost', { outcome: 'not-verified', code: 'connection' }],
    ['a failure', 'failed', { outcome: 'not-verified', code: 'server-error' }],
    ['one conflict', 'conflict', { outcome: 'changed' }],
    ['a refusal', 'refused', { outcome: 'refused', code: 'refused', detail: /\(422\): a freeze is on/ }],
    ['throttling', 'throttled', { outcome: 'changed' }],
    ['a write that does nothing', 'ignored', { outcome: 'not-verified' }],
  ])('past %s, or it is said', async (_, fault, as) => {
    const { api, move, writes } = await start();
    api.faults.push(fault);
    const done = await move(toGreen(5));
    expect(done).toMatchObject({
      ...as,
      ...('detail' in as ? { detail: expect.stringMatching(as.detail as RegExp) as unknown } : {}),
    });
    expect(writes()).toHaveLength(fault === 'conflict' || fault === 'throttled' ? 2 : 1);
    expect(JSON.stringify(done)).not.toContain(token);
  });

  it.each<[number, string, RegExp]>([
    [401, 'permission', /token and a secret/],
    [403, 'permission', /permission to move/],
    [404, 'refused', /what it expects/],
    [409, 'changed-in-between', /at the same time/],
    [412, 'changed-in-between', /at the same time/],
    [423, 'locked', /unlock/],
    [428, 'refused', /what it expects/],
  ])('not against a %d', async (status, code, next) => {
    const { source } = await start();
    const before = await source.traffic?.read(signal());
    const dead = await start();
    dead.answers(() => ({ status, body: { error: 'no' } }));
    if (!before) throw new Error('not read');
    const failed = await dead.source.traffic
      ?.write({ green: 5, blue: 95 }, before, 'why', signal())
      .catch((e: unknown) => e);
    expect(failed).toMatchObject({ name: 'Refused', code, next: expect.stringMatching(next) as unknown });
  });

  it('not with another key, and not to a target that is not there', async () => {
    const other = `whsec_${Buffer.from('another key that is long enough').toString('base64')}`;
    const { move, api } = await start({ more: { secret: other } });
    expect(await move(toGreen(5))).toMatchObject({
      outcome: 'refused',
      code: 'permission',
      detail: expect.stringContaining('not signed with this key') as unknown,
    });
    const unsigned = await start({ more: { secret: undefined } });
    expect(await unsigned.move(toGreen(5))).toMatchObject({ outcome: 'refused', code: 'permission' });
    const typo = await start();
    expect(await typo.move({ to: 'weights', weights: { gren: 5 } })).toMatchObject({
      outcome: 'refused',
      detail: expect.stringMatching(/has no target gren \(it has blue, green\)/) as unknown,
    });
    expect(typo.writes()).toEqual([]);
    expect(api.taken).toEqual([]);
  });

  it('to whom the policy gives the rest, and not by targets changing places', async () => {
    const { api, move } = await start({ more: { rest: 'red' } });
    api.set({ blue: 100, green: 0, red: 0 });
    expect(await move(toGreen(5))).toMatchObject({ outcome: 'changed' });
    expect(api.weights).toEqual({ blue: 0, green: 5, red: 95 });
    expect(await move({ to: 'swap', from: 'green', with: 'blue' })).toMatchObject({
      outcome: 'refused',
      code: 'too-complex',
    });
  });

  it('not where the source can only read', async () => {
    const { move, source } = await start({ write: null });
    expect(source.traffic).toBeUndefined();
    expect(await move(toGreen(5))).toMatchObject({ outcome: 'refused', code: 'read-only' });
  });
});

describe('the policy of such a source', () => {
  const issues = (more: object) =>
    v
      .safeParse(schema, { read: { url: 'https://lb.example.com/traffic' }, ...more })
      .issues?.map(({ message }) => message) ?? [];

  it('is good', () => {
    expect(issues({})).toEqual([]);
    expect(issues({ write: {}, 'api-key': 'k', secret })).toEqual([]);
  });

  const read = (more: object) => ({ read: { url: 'https://lb.example.com/traffic', ...more } });
  const write = (more: object) => ({ write: more });
  it.each<[object, RegExp]>([
    [{ token: 't', 'api-key': 'k' }, /one of `token`/],
    [{ secret: 'not-a-key' }, /whsec_/],
    [read({ weights: {} }), /at least one target/],
    [read({ weights: 5 }), /an expression, or a map of them/],
    [read({ url: 'https://lb.example.com/$__weights' }), /no macro in `read`/],
    [write({ body: '{"x": $__weight}' }), /no macro but/],
    [write({ url: 'https://lb.example.com/$__target', body: '$__weights' }), /no macro but/],
    [write({ body: '{"x": "$__note"}' }), /says what is wanted/],
    [{ ...read({ weights: { green: 'body.g' } }), ...write({ body: '$__weight{gren}' }) }, /only targets that/],
    [{ ...read({ weights: { green: 'body.g' } }), rest: 'blue' }, /only targets that/],
    [write({ headers: { authorization: 'x' } }), /fields for credentials/],
  ])('is not %j', (more, why) => expect(issues(more).join('\n')).toMatch(why));
});
