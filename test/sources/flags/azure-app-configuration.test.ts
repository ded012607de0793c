import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { FlagState } from '../../../src/record/flags.js';
import { schema } from '../../../src/sources/flags/azure-app-configuration/client.js';
import { signatureOf } from '../../../src/sources/flags/azure-app-configuration/hmac.js';
import type { Meaning } from '../../../src/sources/flags/meaning.js';
import {
  AppConfigurationServer,
  documentOf,
  type Kind,
  providers,
  type Stored,
  stored,
  targeting,
} from '../../flags/azure-app-configuration.provider.js';
import { change, meaning, type Running, run, stateIn, theFlag } from '../../flags/harness.js';

const provider = (kind: Kind) => {
  const found = providers.find(({ way }) => way === (kind === 'classic' ? 'key-values' : 'enhanced'));
  if (!found) throw new Error(`no provider for ${kind}`);
  return found;
};
async function start(kind: Kind, document: string, more: Partial<Stored> = {}) {
  const server = new AppConfigurationServer(kind, 'on');
  server.data = [stored(document, more)];
  return { server, running: await run(provider(kind), server) };
}
async function read({ source, assertNoComplaint }: Running, as: Meaning = meaning): Promise<FlagState> {
  const question = { family: 'flags', ask: 'states', of: { flag: theFlag }, meaning: as } as const;
  const answer = await source.flags?.(question, AbortSignal.timeout(5000));
  assertNoComplaint();
  const state = answer?.kind === 'flag-states' ? answer.states[0] : undefined;
  if (!state) throw new Error('no state');
  return state;
}
const stateOf = async (kind: Kind, document: string, as: Meaning = meaning) =>
  await read((await start(kind, document)).running, as);
async function listed({ source, assertNoComplaint }: Running, match: string) {
  const question = { family: 'flags', ask: 'states', of: { match }, meaning } as const;
  const answer = await source.flags?.(question, AbortSignal.timeout(5000)).catch((error: unknown) => error);
  assertNoComplaint();
  return answer;
}

const exactly = (percent: number) => ({ lo: percent, hi: percent });
const whole = { lo: 0, hi: 100 };
const percentage = (value: unknown, name = 'Microsoft.Percentage') => ({ name, parameters: { Value: value } });
const window_ = (parameters: object) => ({ name: 'Microsoft.TimeWindow', parameters });
const past = 'Mon, 01 Jan 2024 00:00:00 GMT';
const future = 'Tue, 01 Jan 2999 00:00:00 GMT';

describe.each(['classic', 'enhanced'] as const)('a feature flag of Azure, %s', (kind) => {
  const list = kind === 'classic' ? 'client_filters' : 'filters';
  const with_ = (filters: readonly object[], requirement?: string) =>
    documentOf(kind, true, [], {
      conditions: { [list]: filters, ...(requirement ? { requirement_type: requirement } : {}) },
    });

  it.each<[string, readonly object[], string | undefined, { lo: number; hi: number }, string]>([
    ['everyone without a filter, which is not nobody', [], undefined, exactly(100), 'everyone'],
    ['everyone by no filters of All', [], 'All', exactly(100), 'everyone'],
    ['a percentage', [percentage(12.5)], undefined, exactly(12.5), 'partial'],
    ['a percentage by its short name, as a text', [percentage('40', 'Percentage')], undefined, exactly(40), 'partial'],
    ['a percentage that is none', [percentage(140)], undefined, whole, 'targeted-only'],
    ['a filter that nobody knows', [{ name: 'Contoso.Region' }], undefined, whole, 'targeted-only'],
    ['any of two', [percentage(10), { name: 'Contoso.Region' }], 'Any', { lo: 10, hi: 100 }, 'partial'],
    ['all of two', [percentage(10), { name: 'Contoso.Region' }], 'All', { lo: 0, hi: 10 }, 'targeted-only'],
    ['two draws', [percentage(60), percentage(60)], 'All', { lo: 20, hi: 60 }, 'partial'],
    ['users by name', [targeting(kind, 0, { Users: ['a', 'b'] })], undefined, exactly(0), 'targeted-only'],
    [
      'a group',
      [targeting(kind, 0, { Groups: [{ Name: 'beta', RolloutPercentage: 50 }] })],
      undefined,
      { lo: 0, hi: 50 },
      'targeted-only',
    ],
    [
      'all but a group',
      [targeting(kind, 100, { Exclusion: { Users: [], Groups: ['bank'] } })],
      undefined,
      whole,
      'partial',
    ],
    ['nobody before its time', [window_({ Start: future })], undefined, exactly(0), 'nobody'],
    ['nobody after its time', [window_({ End: past })], undefined, exactly(0), 'nobody'],
    ['everyone in its time', [window_({ Start: past, End: future })], undefined, exactly(100), 'everyone'],
    [
      'what nobody knows of a time that comes again',
      [window_({ Start: past, Recurrence: {} })],
      undefined,
      whole,
      'targeted-only',
    ],
    ['what nobody knows of a time that is none', [window_({ Start: 'soon' })], undefined, whole, 'targeted-only'],
    ['what nobody knows of no time at all', [window_({})], undefined, whole, 'targeted-only'],
  ])('serves %s', async (_, filters, requirement, exposure, reach) => {
    expect(await stateOf(kind, with_(filters, requirement))).toMatchObject({ exposure, reach, whenOff: 'off' });
    const off = documentOf(kind, false, filters);
    expect(await stateOf(kind, off)).toMatchObject({ exposure: exactly(0), reach: 'nobody' });
  });

  it('says that time moves it, when it was changed, and its etag', async () => {
    expect(await stateOf(kind, with_([window_({ Start: past })]))).toMatchObject({
      targeting: { timeDependent: true },
      changed: { at: '2026-11-20T10:00:00.000Z', scope: 'environment' },
      version: 'e-1',
      kill: { possible: null, scope: 'environment' },
    });
  });

  describe('with variants', () => {
    const value = kind === 'classic' ? 'configuration_value' : 'value';
    const variants = (allocation: object, more: Record<string, object> = {}, enabled = true) =>
      documentOf(kind, enabled, [], {
        variants: [
          { name: 'New', [value]: 'v2', ...more.New },
          { name: 'Old', [value]: 'v1', ...more.Old },
        ],
        allocation,
      });
    const as: Meaning = { on: ['v2'], off: ['v1'] };
    const off = { default_when_disabled: 'Old' };

    it('serves by percentiles, and the default for the rest', async () => {
      const percentile = [{ variant: 'New', from: 0, to: 30 }];
      const old = { Old: { status_override: 'Disabled' } };
      const state = await stateOf(kind, variants({ ...off, percentile, default_when_enabled: 'Old' }, old), as);
      expect(state).toMatchObject({ exposure: exactly(30), reach: 'partial', whenOff: 'off' });
      const overlapping = [...percentile, { variant: 'New', from: 20, to: 50 }];
      expect(await stateOf(kind, variants({ ...off, percentile: overlapping }, old), as)).toMatchObject({
        exposure: whole,
      });
    });

    it('is neither on nor off where variant and switch do not say the same', async () => {
      // Whoever asks for the variant gets the old code, whoever asks whether it is enabled gets the new one.
      const both = await stateOf(kind, variants({ ...off, default_when_enabled: 'Old' }), as);
      expect(both).toMatchObject({ exposure: whole, reach: 'unknown', whenOff: 'off' });
      expect(both.unclear[0]).toContain('neither on nor off');
      const served = await stateOf(kind, variants({ default_when_disabled: 'New' }, {}, false), as);
      expect(served).toMatchObject({ exposure: whole, whenOff: 'unknown' });
    });

    it('serves the default of the code where no variant is allocated', async () => {
      const state = await stateOf(kind, variants(off), as);
      expect(state).toMatchObject({ exposure: whole, unclear: [expect.stringContaining('code-default')] });
      expect(await stateOf(kind, variants({}, {}, false), as)).toMatchObject({ exposure: exactly(0), reach: 'nobody' });
    });

    it('serves users and groups first', async () => {
      const allocation = {
        ...off,
        default_when_enabled: 'Old',
        user: [{ variant: 'New', users: ['a'] }],
        group: [{ variant: 'New', groups: ['staff'] }],
      };
      const state = await stateOf(kind, variants(allocation, { Old: { status_override: 'Disabled' } }), as);
      expect(state).toMatchObject({
        exposure: whole,
        reach: 'targeted-only',
        targeting: { individuals: 1, segments: ['staff'] },
      });
    });

    it('is no rollout', async () => {
      const { running } = await start(kind, variants(off));
      expect(await change(running, { to: 'rollout', percent: 5 })).toMatchObject({
        outcome: 'refused',
        code: 'too-complex',
      });
    });
  });

  it('is found on the last page of a list, and a list that leads elsewhere is none', async () => {
    const { server, running } = await start(kind, documentOf(kind, true, []));
    server.pageSize = 2;
    const named = (name: string) =>
      stored(documentOf(kind, false, [], kind === 'classic' ? { id: name } : {}), { name });
    for (let i = 0; i < 7; i++) server.data.push(named(i === 6 ? 'release-last' : `other-${i}`));
    server.data.push({ ...named('release-staging'), label: 'staging' });
    expect(await listed(running, 'release-*')).toMatchObject({
      seen: 1,
      states: [{ key: 'release-last', reach: 'nobody' }],
    });
    const respond = server.respond.bind(server);
    server.respond = (request) => ({
      ...respond(request),
      body: { items: [], '@nextLink': 'https://evil.example.com/kv' },
    });
    expect(await listed(running, 'release-*')).toMatchObject({ code: 'bad-answer' });
  });

  it('is locked, which is known beforehand', async () => {
    const { running } = await start(kind, documentOf(kind, true, []), { locked: true });
    expect(await read(running)).toMatchObject({ kill: { possible: false, blockedBy: 'locked' } });
    expect(await change(running, { to: 'off' })).toMatchObject({ outcome: 'refused', code: 'locked' });
    expect(running.writes()).toEqual([]);
  });

  it('is rolled out by the filter that is there, and by no other', async () => {
    const first = async (filters: readonly object[]) => {
      const { server, running } = await start(kind, documentOf(kind, true, filters));
      const done = await change(running, { to: 'rollout', percent: 7.5 });
      return { done, document: server.data[0]?.document ?? '' };
    };
    expect((await first([percentage(2)])).document).toContain('Microsoft.Percentage');
    const targeted = await first([targeting(kind, 2, { Hint: 1 })]);
    expect(targeted.done).toMatchObject({ outcome: 'changed', after: { exposure: exactly(7.5) } });
    expect(targeted.document).toContain('Hint');
    for (const filters of [
      [percentage(1), percentage(1)],
      [targeting(kind, 1, { Users: ['a'] })],
      [window_({ Start: past })],
      [{ name: 'Contoso.Region' }],
    ]) {
      expect((await first(filters)).done).toMatchObject({ outcome: 'refused', code: 'too-complex' });
    }
  });

  it('keeps every byte that is not the change, and gets each of them back', async () => {
    const space = fc.constantFrom('', ' ', '\n  ', '\t');
    const odd = fc.constantFrom(
      '"\\u00e9\\ud83d\\ude00"',
      '1e400',
      '0.10',
      '-0',
      '"a\\/b"',
      '[1,\n2]',
      '{"enabled":true}',
      'null',
    );
    const fields = fc.array(fc.tuple(fc.constantFrom('x', 'tele metry', '\\u0078y', 'é'), odd), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fields, fields, space, space, async (before, after, a, b) => {
        const extra = (some: readonly (readonly [string, string])[]) =>
          some.map(([name, json], i) => `${a}"${name}${i}"${b}:${a}${json}${b}`);
        const id = kind === 'classic' ? [`"id":"${theFlag}"`] : [];
        const text = (enabled: string) =>
          `{${[...extra(before), ...id, `${b}"enabled"${a}:${b}${enabled}${a}`, ...extra(after)].join(',')}${b}}`;
        const { server, running } = await start(kind, text('true'));
        const killed = await change(running, { to: 'off' });
        running.assertNoComplaint();
        expect(killed).toMatchObject({ outcome: 'changed' });
        expect(server.data[0]?.document).toBe(text('false'));
        if (!killed.before) throw new Error('nothing was read');
        await change(running, { to: 'restore', was: killed.before, undo: killed.undo });
        expect(server.data[0]?.document).toBe(text('true'));
        expect(server.data[0]).toMatchObject({ tags: { team: 'checkout' } });
      }),
      { numRuns: 60 },
    );
  });

  it('has its conditions taken away again where a rollout brought them', async () => {
    const id = kind === 'classic' ? `"id":"${theFlag}", ` : '';
    const document = `{ ${id}"enabled" : false , "x" : 1 }`;
    const { server, running } = await start(kind, document);
    const moved = await change(running, { to: 'rollout', percent: 5 });
    expect(moved).toMatchObject({ outcome: 'changed' });
    if (!moved.before) throw new Error('nothing was read');
    await change(running, { to: 'restore', was: moved.before, undo: moved.undo });
    running.assertNoComplaint();
    expect(server.data[0]?.document).toBe(document);
  });
});

describe('a store of Azure', () => {
  const classic = (document: string, more: Partial<Stored> = {}) => start('classic', document, more);

  it('holds no flag that applications would not take for one', async () => {
    const good = documentOf('classic', false, []);
    const cases: readonly [string, Partial<Stored>][] = [
      [good, { content_type: 'application/json' }],
      ['no json', {}],
      ['{"id":"new-checkout"}', {}],
      ['{"id":"new-checkout","enabled":"false"}', {}],
      ['{"id":"another","enabled":false}', {}],
    ];
    for (const [document, more] of cases) {
      expect(await stateIn((await classic(document, more)).running)).toBe('bad-definition');
    }
  });

  it('may have a flag twice, which is believed of neither', async () => {
    const { server, running } = await classic(documentOf('classic', false, []));
    const other = new AppConfigurationServer('enhanced', 'on');
    const respond = server.respond.bind(server);
    server.respond = (request) =>
      request.path.startsWith('/feature-management') ? other.respond(request) : respond(request);
    expect(await stateIn(running)).toBe('bad-definition');
    expect(await listed(running, '*')).toMatchObject({ code: 'bad-definition' });
  });

  it('without the preview holds no enhanced flags', async () => {
    const { server, running } = await classic(documentOf('classic', false, []));
    const respond = server.respond.bind(server);
    server.respond = (request) =>
      request.path.startsWith('/feature-management')
        ? { status: 400, body: { title: 'Invalid request parameter', detail: 'api-version: Unsupported API version.' } }
        : respond(request);
    expect(await stateIn(running)).toMatchObject({ reach: 'nobody' });
    server.respond = (request) =>
      request.path.startsWith('/feature-management') ? { status: 400, body: { title: 'Bad' } } : respond(request);
    expect(await stateIn(running)).toBe('bad-query');
  });

  it('is signed as its documentation says', () => {
    // By hand: printf 'GET\n/kv?key=%%2A\nTue, 24 Nov 2026 10:00:00 GMT;s.azconfig.io;47DEQ…' | openssl dgst -sha256 -hmac secret -binary | base64
    const headers = signatureOf(
      { url: 'https://s.azconfig.io/kv?key=%2A' },
      { credential: 'id', secret: Buffer.from('secret').toString('base64') },
      Date.parse('2026-11-24T10:00:00Z'),
    );
    expect(headers['x-ms-date']).toBe('Tue, 24 Nov 2026 10:00:00 GMT');
    expect(headers['x-ms-content-sha256']).toBe('47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=');
    expect(headers.authorization).toBe(
      'HMAC-SHA256 Credential=id&SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=94epQjVAQiEZ3aPL5/6/OKIpE+V0ev8uNCAmoBXZ8Nc=',
    );
  });

  it('is asked with one way to sign in', () => {
    const issues = (config: object) =>
      v.safeParse(schema, { endpoint: 'https://s.azconfig.io', ...config }).issues?.map(({ message }) => message) ?? [];
    expect(issues({ credential: 'id', secret: 'x' })).toEqual([]);
    expect(issues({ credential: 'id' })).toEqual(['`credential` and `secret` together']);
    expect(issues({ credential: 'id', secret: 'x', token: 'y' })).toEqual(['either an access key or a way to sign in']);
  });
});
