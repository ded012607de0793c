import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { schema } from '../../../src/sources/flags/http-flags/config.js';
import { change, type FlagProvider, meaning, type Running, run, stateIn, theFlag } from '../../flags/harness.js';
import { PercentServer, providers, source, type Toggle, toggle } from '../../flags/http-flags.provider.js';

const [provider] = providers;
if (!provider) throw new Error('no provider');
const found = provider;

async function start(more: object, toggled: Partial<Toggle> = {}) {
  const server = new PercentServer('on');
  server.data = { [theFlag]: toggle(toggled) };
  const own: FlagProvider = { ...found, source: (url) => source(url, more) };
  return { server, running: await run(own, server) };
}
async function listed({ source: opened }: Running, match: string) {
  const question = { family: 'flags', ask: 'states', of: { match }, meaning } as const;
  return await opened.flags?.(question, AbortSignal.timeout(5000)).catch((error: unknown) => error);
}

describe('a flag service of your own', () => {
  it('is read by expressions', async () => {
    const { running } = await start({}, { share: 0.125 });
    expect(await stateIn(running)).toMatchObject({
      enabled: true,
      exposure: { lo: 12.5, hi: 12.5 },
      changed: { at: '2026-11-20T10:00:00.000Z', scope: 'flag' },
      evaluatedAt: new Date(1_795_000_000_000).toISOString(),
      owner: 'team-checkout',
      version: '"1"',
      kill: { possible: null },
    });
  });

  it.each<[string, object, string]>([
    ['a text in place of a truth value', { enabled: '"true"' }, 'bad-answer'],
    ['a number in place of a truth value', { enabled: 'body.toggle.share' }, 'bad-answer'],
    ['a key that is not there', { enabled: 'body.toggle.enabled' }, 'bad-answer'],
    ['a percentage over 100', { percent: '150.0' }, 'bad-answer'],
    ['a percentage below 0', { percent: '-1.0' }, 'bad-answer'],
    ['a percentage that is a text', { percent: '"5"' }, 'bad-answer'],
    ['a percentage that is no number', { percent: '0.0 / 0.0' }, 'bad-answer'],
    ['rules that are not counted', { rules: 'body.toggle.rules' }, 'bad-answer'],
    ['a time that is none', { changed: '"yesterday"' }, 'bad-answer'],
    ['an expression that does not parse', { enabled: 'body.' }, 'bad-query'],
    ['an expression that fails', { percent: '1 / 0 * 1' }, 'query-failed'],
    ['all over an empty list', { enabled: '!body.toggle.rules.all(r, r == "on")' }, 'bad-answer'],
  ])('is not off by %s', async (_, more, code) => {
    const { running } = await start(more, { on: false });
    expect(await stateIn(running)).toBe(code);
  });

  it('tells a flag that is not there from an address that is not', async () => {
    const own = { missing: 'status == 404 && body.error == "no such toggle"' };
    const { server, running } = await start(own);
    server.data = {};
    expect(await stateIn(running)).toMatchObject({ exists: false });
    server.respond = () => ({ status: 404, body: { error: 'no such route' } });
    expect(await stateIn(running)).toBe('not-found');
    server.respond = () => ({ status: 404, body: '<html>' });
    expect(await stateIn(running)).toBe('bad-answer');
  });

  it('says itself what off serves', async () => {
    const { running } = await start({ 'when-off': 'on' }, { on: false });
    expect(await stateIn(running)).toMatchObject({ whenOff: 'on', reach: 'everyone' });
    expect(await change((await start({ 'when-off': 'on' })).running, { to: 'off' })).toMatchObject({
      outcome: 'refused',
    });
    const { running: silent } = await start({ 'when-off': 'code-default' }, { on: false });
    expect(await stateIn(silent)).toMatchObject({ whenOff: 'code-default', reach: 'unknown' });
  });

  it('finds flags by a pattern where it has a list', async () => {
    const { server, running } = await start({});
    server.data['release-1'] = toggle({ on: false });
    expect(await listed(running, 'release-*')).toMatchObject({
      seen: 1,
      states: [{ key: 'release-1', reach: 'nobody' }],
    });
    expect(await listed((await start({ list: undefined })).running, '*')).toMatchObject({ code: 'bad-query' });
    const odd = await start({ list: { url: 'http://127.0.0.1:1/x', names: 'body' } });
    expect(await listed(odd.running, '*')).toMatchObject({ code: 'refused' });
  });

  it('has its names quoted wherever they stand', async () => {
    const { server, running } = await start({});
    const name = 'a "quoted"/name?';
    server.data[name] = toggle();
    const draft = await running.source.control?.off(
      name,
      { meaning, note: 'Signalbox: "why"\nnow' },
      AbortSignal.timeout(5000),
    );
    await draft?.send?.(AbortSignal.timeout(5000));
    running.assertNoComplaint();
    const [write] = running.writes();
    expect(write?.path).toBe(`/toggles/${encodeURIComponent(name)}`);
    expect(JSON.parse(write?.body ?? '')).toEqual({ on: false, why: 'Signalbox: "why"\nnow' });
    expect(write?.headers['if-match']).toBe('"1"');
  });

  it.each<['kill' | 'rollout' | 'restore']>([['kill'], ['rollout'], ['restore']])(
    'without %s takes no such change',
    async (field) => {
      const { running } = await start({ [field]: undefined }, field === 'rollout' ? { on: false } : {});
      const state = await stateIn(running);
      if (typeof state === 'string') throw new Error(state);
      const wanted =
        field === 'kill'
          ? ({ to: 'off' } as const)
          : field === 'rollout'
            ? ({ to: 'rollout', percent: 5 } as const)
            : ({ to: 'restore', was: state, undo: { enabled: false, percent: 0 } } as const);
      expect(await change(running, wanted)).toMatchObject({ outcome: 'refused', code: 'read-only' });
      expect(state.kill.possible).toBe(field === 'kill' ? false : null);
      expect(running.writes()).toEqual([]);
    },
  );

  it('is changed without its own lock only if nothing else changed it', async () => {
    const { server, running } = await start({ version: 'body.toggle.updated' });
    let reads = 0;
    const respond = server.respond.bind(server);
    server.respond = (request) => {
      reads += 1;
      const first = server.data[theFlag];
      if (reads === 2 && first) first.updated = '2026-11-21T10:00:00Z';
      return respond(request);
    };
    expect(await change(running, { to: 'off' })).toMatchObject({ outcome: 'refused', code: 'changed-in-between' });
    expect(running.writes()).toEqual([]);
  });
});

describe('the policy of a flag service', () => {
  const issues = (more: object) => {
    const { type: _, ...config } = source('https://flags.example.com');
    return v.safeParse(schema, { ...config, 'api-key': 'k', ...more }).issues?.map(({ message }) => message) ?? [];
  };

  it('is good', () => expect(issues({})).toEqual([]));

  it.each<[object, RegExp]>([
    [{ url: 'https://flags.example.com/toggles' }, /`\$__flag` in the address or the body/],
    [{ kill: { url: 'https://flags.example.com/off', method: 'POST' } }, /`\$__flag` in the address or the body/],
    [{ kill: { url: 'https://flags.example.com/$__flag?p=$__percent' } }, /no macro but/],
    [{ kill: { url: 'https://flags.example.com/$__flg' } }, /no macro but/],
    [{ percent: undefined }, /beside `percent`/],
    [{ token: 't' }, /one of `token`/],
    [{ kill: { url: 'https://f.example.com/$__flag', headers: { Authorization: 'x' } } }, /no header that signs in/],
  ])('is refused with %j', (more, message) => expect(issues(more).join('\n')).toMatch(message));
});
