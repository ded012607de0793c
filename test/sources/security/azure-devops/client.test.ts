import { describe, expect, it } from 'vitest';
import { authorizationOf } from '../../../../src/net/auth/azure-devops.js';
import { Client } from '../../../../src/sources/security/azure-devops/client.js';
import type { SourceContext } from '../../../../src/sources/source.js';
import { sourceContext } from '../../../support/context.js';
import { failureOf, signIn } from '../../../support/entra.js';
import { type Handler, reply, standIn } from '../../../support/server.js';
import { list, target } from './support.js';

const signal = () => AbortSignal.timeout(20_000);
const scope = '499b84ac-1321-427f-aa17-267ca6975798/.default';
const jwt = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJidWlsZCJ9.c2lnbmVk';

async function client(
  handler: Handler,
  config: object = { token: 'the-pat' },
  context: SourceContext = sourceContext(),
) {
  const server = await standIn(handler);
  return { server, client: new Client({ cloud: 'public', url: server.url, ...config }, target, context) };
}

const all = async (one: Client) => {
  const items: unknown[] = [];
  return {
    answer: await one.list(
      ['alert', 'x/y'],
      [
        ['a', '1'],
        ['a', '2'],
      ],
      'v1',
      signal(),
      (x) => items.push(x),
    ),
    items,
  };
};

describe('the way to Advanced Security', () => {
  it('asks with a personal token as the password of nobody', async () => {
    const { server, client: one } = await client((_, response) => reply(response, 200, { x: 1 }));
    expect(await one.get(['alert', 'x/y'], [['q', 'a b']], 'v1', signal())).toEqual({ got: { x: 1 } });
    expect(server.received).toMatchObject([
      {
        method: 'GET',
        path: '/acme/web%20shop/_apis/alert/x%2Fy?q=a+b&api-version=v1',
        headers: {
          authorization: `Basic ${Buffer.from(':the-pat').toString('base64')}`,
          'x-tfs-fedauthredirect': 'Suppress',
        },
      },
    ]);
  });

  it('asks with an access token as what it is', () => {
    expect(authorizationOf(jwt)).toBe(`Bearer ${jwt}`);
    expect(authorizationOf('eyJnot.three')).toMatch(/^Basic /);
  });

  it('signs in to Microsoft Entra, for Azure DevOps', async () => {
    const { context, config, cloud } = await signIn();
    const { server, client: one } = await client(
      (request, response) => reply(response, cloud.accepts(request.headers.authorization, scope) ? 200 : 401, list([])),
      config,
      context,
    );
    expect(await one.get(['x'], [], 'v1', signal())).toEqual({ got: list([]) });
    expect(cloud.exchanges.map((exchange) => exchange.scope.split(' ')[0])).toEqual([scope]);
    expect(server.received).toHaveLength(1);
  });

  it('signs in anew after a page to sign in on', async () => {
    const { context, config, cloud } = await signIn();
    const { client: one } = await client(
      (_, response, count) =>
        count === 1 ? reply(response, 203, '<html>', { 'content-type': 'text/html' }) : reply(response, 200, list([])),
      config,
      context,
    );
    expect(await failureOf(one.get(['x'], [], 'v1', signal()))).toMatchObject({ code: 'unauthorized' });
    expect(await one.get(['x'], [], 'v1', signal())).toEqual({ got: list([]) });
    expect(cloud.exchanges).toHaveLength(2);
  });

  it('lets a way to sign in go before a token', async () => {
    const { context, config, cloud } = await signIn();
    const named = { ...config, token: 'the-pat', 'sign-in': 'github-oidc' };
    const { client: one } = await client((_, response) => reply(response, 200, {}), named, context);
    await one.get(['x'], [], 'v1', signal());
    expect(cloud.exchanges).toHaveLength(1);
  });

  it.each([
    [401, { message: 'TF400813: the user is not authorized' }, {}, 'unauthorized', 'TF400813'],
    [203, '<html>', {}, 'unauthorized', 'acme'],
    [302, '', { location: 'https://spsprodeus1.vssps.visualstudio.com/_signin?realm=x' }, 'unauthorized', '(302)'],
    [400, { message: 'bad version' }, {}, 'bad-query', 'bad version'],
    [200, '<html>', { 'content-type': 'text/html' }, 'bad-answer', 'text/html'],
    [204, '', {}, 'bad-answer', '204'],
    [500, {}, {}, 'server-error', '500'],
  ])('throws for %i', async (status, body, headers, code, words) => {
    const { client: one } = await client((_, response) => reply(response, status, body, { ...headers }));
    const failure = await failureOf(one.get(['x'], [], 'v1', signal()));
    expect(failure.code).toBe(code);
    expect(failure.message).toContain(words);
  });

  it('waits as long as it is asked to', async () => {
    const { server, client: one } = await client((_, response, count) =>
      count === 1
        ? reply(response, 429, {}, { 'retry-after': '1', 'x-ratelimit-reset': '4102444800' })
        : reply(response, 200, {}),
    );
    expect(await one.get(['x'], [], 'v1', signal())).toEqual({ got: {} });
    expect(server.received).toHaveLength(2);
  });

  it.each([
    [
      403,
      { message: 'no' },
      'NO_PERMISSION',
      ['«Advanced Security: read alerts»', 'System.AccessToken', 'azureSubscription', ': no'],
    ],
    [404, { message: 'gone' }, 'NOT_ENABLED', [target.name, ': gone']],
    [404, { typeKey: 'BranchNotFoundException' }, 'NOT_ANALYSED', ['refs/heads/main']],
    [400, { typeKey: 'BranchNotFoundException' }, 'NOT_ANALYSED', ['refs/heads/main']],
  ])('says why %i is no answer', async (status, body, code, words) => {
    const { client: one } = await client((_, response) => reply(response, status, body));
    const answer = await one.get(['x'], [], 'v1', signal());
    expect(answer).toMatchObject({ refused: { code } });
    for (const word of words) expect(JSON.stringify(answer)).toContain(word);
  });

  it('quotes no server that repeats the credential, in whatever form', async () => {
    for (const said of ['the-pat', Buffer.from(':the-pat').toString('base64')]) {
      const { client: one } = await client((_, response) => reply(response, 403, { message: `no ${said}` }));
      expect(JSON.stringify(await one.get(['x'], [], 'v1', signal()))).not.toContain(said);
    }
  });
});

describe('a list', () => {
  it('is read to its end, and says when it began', async () => {
    const { server, client: one } = await client((_, response, count) =>
      reply(response, 200, list([count, `${count}`]), {
        date: `Mon, 23 Nov 2026 10:00:0${count} GMT`,
        ...(count < 3 && { 'x-ms-continuationtoken': `to ken&${count}` }),
      }),
    );
    expect(await all(one)).toEqual({
      answer: { got: Date.parse('2026-11-23T10:00:01Z') },
      items: [1, '1', 2, '2', 3, '3'],
    });
    expect(server.received.map(({ path }) => path.split('?')[1])).toEqual([
      'top=200&a=1&a=2&api-version=v1',
      'top=200&a=1&a=2&continuationToken=to+ken%261&api-version=v1',
      'top=200&a=1&a=2&continuationToken=to+ken%262&api-version=v1',
    ]);
  });

  it('may be a bare one', async () => {
    const { client: one } = await client((_, response) => reply(response, 200, [1, 2]));
    expect((await all(one)).items).toEqual([1, 2]);
  });

  it.each([
    ['no list', {}, 'no list'],
    ['null', null, 'no list'],
    ['a null list', { value: null }, 'no list'],
    ['less than announced', { count: 2, value: [1] }, 'announced 2'],
  ])('is refused that is %s', async (_, body, words) => {
    const { client: one } = await client((__, response) => reply(response, 200, JSON.stringify(body)));
    const failure = await failureOf(all(one));
    expect(failure).toMatchObject({ code: 'bad-answer' });
    expect(failure.message).toContain(words);
  });

  it('is refused that comes again, or never ends, or breaks off', async () => {
    const circle = await client((_, response, count) =>
      reply(response, 200, list([]), { 'x-ms-continuationtoken': ['a', 'b', 'c'][count % 3] ?? '' }),
    );
    expect(await failureOf(all(circle.client))).toMatchObject({ code: 'bad-answer' });
    expect(circle.server.received.length).toBeLessThan(6);
    const broken = await client((_, response, count) =>
      count === 1 ? reply(response, 200, list([1]), { 'x-ms-continuationtoken': 'a' }) : reply(response, 404, {}),
    );
    expect(await failureOf(all(broken.client))).toMatchObject({ code: 'bad-answer' });
  });

  it('is refused that goes on, though nobody says how', async () => {
    const of = (n: number) =>
      client(({ path }, response) => {
        const top = Number(new URL(path, 'http://x').searchParams.get('top'));
        reply(response, 200, list(Array.from({ length: Math.min(n, top) }, (_, i) => i)));
      });
    expect((await all((await of(199)).client)).items).toHaveLength(199);
    expect((await all((await of(200)).client)).items).toHaveLength(200);
    expect(await failureOf(all((await of(201)).client))).toMatchObject({ code: 'bad-answer' });
  });

  it('is not there where the first page is refused', async () => {
    const { client: one } = await client((_, response) => reply(response, 403, {}));
    expect(await all(one)).toMatchObject({ answer: { refused: { code: 'NO_PERMISSION' } }, items: [] });
  });
});
