/** Lists from their first page to their last, and what GitHub says when it refuses. */
import { describe, expect, it, vi } from 'vitest';
import { Client } from '../../../../src/sources/security/github/client.js';
import type { SourceContext } from '../../../../src/sources/source.js';
import { sourceContext } from '../../../support/context.js';
import { failureOf } from '../../../support/entra.js';
import { type Answers, github, repository } from './support.js';

const kind = { name: 'code scanning', needs: '`security-events: read`' };
const signal = () => AbortSignal.timeout(20_000);

async function client(answers: Answers, env: SourceContext['identity']['env'] = {}) {
  const server = await github(answers);
  const context = sourceContext({ identity: { env, secret: () => {} } });
  const url = `${server.url}/api/v3`;
  return { server, url, client: new Client({ repository, token: 'the-token', url }, kind, context) };
}

/** `n` entries from number `from` on. */
const entries = (from: number, n: number) => Array.from({ length: n }, (_, i) => ({ number: from + i }));

/** Three pages, as GitHub links them: `first` and `last` too, and `prev` on all but the first. */
const paged =
  (change: (link: string, page: number) => string = (link) => link): Answers =>
  (path, query, { headers }) => {
    const page = Number(query.get('page') ?? 1);
    const at = (n: number, rel: string) => {
      const asked = new URLSearchParams(query);
      asked.set('page', String(n));
      return `<http://${headers.host}/api/v3/repos/${repository}${path}?${asked.toString()}>; rel="${rel}"`;
    };
    const links = [
      ...(page > 1 ? [at(page - 1, 'prev')] : []),
      ...(page < 3 ? [at(page + 1, 'next'), at(3, 'last')] : []),
      ...(page > 1 ? [at(1, 'first')] : []),
    ].join(', ');
    return { headers: { link: change(links, page) }, body: entries(page * 100, page === 3 ? 1 : 100) };
  };

describe('a list', () => {
  it('is all of its pages', async () => {
    const { client: one, server } = await client(paged());
    expect(await one.all('/list', { state: 'open' }, signal())).toHaveLength(201);
    expect(server.received.map(({ path }) => path.replace(/^.*\/list/, ''))).toEqual([
      '?state=open&per_page=100',
      '?state=open&per_page=100&page=2',
      '?state=open&per_page=100&page=3',
    ]);
    expect(server.received.every(({ headers }) => headers.authorization === 'Bearer the-token')).toBe(true);
  });

  it('ends where it ends, though its address has the word next in it', async () => {
    const { client: one } = await client(paged());
    expect(await one.all('/list', { ref: 'refs/heads/next' }, signal())).toHaveLength(201);
  });

  it('ends where the caller has enough', async () => {
    const { client: one, server } = await client(paged());
    const enough = (page: readonly unknown[], pages: number) => pages === 2 && page.length === 100;
    expect(await one.all('/list', {}, signal(), enough)).toHaveLength(200);
    expect(server.received).toHaveLength(2);
  });

  it('keeps asking for the same, whatever the next address says', async () => {
    const { client: one, server } = await client(
      paged((link) => link.replaceAll('hide_secret=true', 'hide_secret=false')),
    );
    expect(await one.all('/list', { hide_secret: true }, signal())).toHaveLength(201);
    expect(server.received.map(({ path }) => new URL(path, 'http://x').searchParams.get('hide_secret'))).toEqual(
      Array.from({ length: 3 }, () => 'true'),
    );
  });

  it('takes a cursor as it is', async () => {
    const cursor = '{a}:b,Y3Vyc29yOnYyOpK5=';
    const { client: one, server } = await client((path, query, { headers }) => {
      if (query.get('after') !== null) return { body: [] };
      const next = `http://${headers.host}/api/v3/repos/${repository}${path}?after=${cursor}`;
      return { headers: { link: `<${next}>; rel="next"` }, body: [] };
    });
    await one.all('/list', {}, signal());
    expect(new URL(server.received[1]?.path ?? '', 'http://x').searchParams.get('after')).toBe(cursor);
  });

  it.each([
    ['that goes on elsewhere', () => '<https://elsewhere.example/x>; rel="next"'],
    ['whose next address is none', () => '<nowhere>; rel="next"'],
    ['whose next page has no address', () => 'rel="next"'],
    ['whose next page is among other relations', (link: string) => link.replace('rel="next"', 'rel="last next"')],
    ['that turns in a circle', (link: string) => link.replace(/page=\d+>; rel="next"/, 'page=2>; rel="next"')],
    ['that says nothing of further pages', () => ''],
  ])('%s is none', async (_, change) => {
    const { client: one } = await client(paged(change));
    expect(await failureOf(one.all('/list', {}, signal()))).toMatchObject({ code: 'bad-answer' });
  });

  it('with a page missing in between is none', async () => {
    const pages = paged();
    const { client: one } = await client((path, query, request) =>
      query.get('page') === '2' ? { status: 404, body: { message: 'Not Found' } } : pages(path, query, request),
    );
    expect(await failureOf(one.all('/list', {}, signal()))).toMatchObject({ code: 'not-found' });
  });

  it('may have just so many entries as a page takes', async () => {
    const exactly: Answers = (path, query, { headers }) => {
      const size = Number(query.get('per_page'));
      const next = `<http://${headers.host}/api/v3/repos/${repository}${path}?page=2>; rel="next"`;
      return { ...(size < 100 ? { headers: { link: next } } : {}), body: entries(1, size) };
    };
    const { client: one } = await client(exactly);
    expect(await one.all('/list', {}, signal())).toHaveLength(100);
  });

  it.each([
    ['text', 'gone', 'text/plain'],
    ['a page of HTML', '<html>', 'text/html'],
    ['half of it', '[{"number": 1}, {"num', 'application/json'],
    ['an object', '{}', 'application/json'],
  ])('is no list: %s', async (_, body, type) => {
    const { client: one } = await client(() => ({ headers: { 'content-type': type }, body }));
    expect(await failureOf(one.all('/list', {}, signal()))).toMatchObject({ code: 'bad-answer' });
  });
});

it('is JSON as it stands there, whatever its type is called', async () => {
  const body = { big: 7, word: '12345678901234567890n' };
  const { client: one } = await client(() => ({ headers: { 'content-type': 'text/plain' }, body }));
  expect((await one.get('/x', {}, signal())).data).toEqual(body);
});

it('says nothing on its own when GitHub announces the end of an address', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const headers = { deprecation: 'true', sunset: 'Mon, 01 Mar 2027 00:00:00 GMT' };
  const { client: one } = await client(() => ({ headers, body: {} }));
  await one.get('/x', {}, signal());
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
});

describe('a refusal', () => {
  const refused = async (status: number, message: string, headers: Record<string, string> = {}) => {
    const { client: one } = await client(() => ({ status, headers, body: { message } }));
    return failureOf(one.get('/x', {}, signal()));
  };

  it('names the permission', async () => {
    const error = await refused(403, 'Resource not accessible by integration');
    expect(error).toMatchObject({ code: 'forbidden', permanent: false });
    expect(error.message).toContain('`security-events: read`: Resource not accessible by integration');
  });

  it('says both that may be when GitHub says nothing', async () => {
    const error = await refused(404, 'Not Found');
    expect(error).toMatchObject({ code: 'not-found', permanent: true });
    expect(error.message).toContain('is it enabled, and does the token have `security-events: read`?');
  });

  it('says until when there is nothing more', async () => {
    const error = await refused(403, 'API rate limit exceeded', {
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(Date.parse('2026-11-23T10:40:00Z') / 1000),
    });
    expect(error).toMatchObject({ code: 'throttled' });
    expect(error.message).toMatch(/until 10:40 UTC$/);
  });

  it.each(['', 'soon', '1e300', '-1e300', 'Infinity'])('does not trip over a time that is none: %s', async (reset) => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
    const error = await refused(403, 'API rate limit exceeded', headers);
    expect(error).toMatchObject({ code: 'throttled' });
    expect(error.message).not.toContain('until');
  });

  it('tells throttling by what it says', async () => {
    const error = await refused(403, 'You have exceeded a secondary rate limit. Please wait a few minutes.');
    expect(error).toMatchObject({ code: 'throttled' });
  });

  it('does not quote a server that repeats the token', async () => {
    expect((await refused(403, 'no: the-token')).message).not.toContain('the-token');
  });

  it('of the SARIF is the same', async () => {
    const { client: one } = await client(() => ({
      status: 404,
      body: { message: 'no analysis found for analysis 7' },
    }));
    expect(await failureOf(one.sarif(7, signal()))).toMatchObject({ code: 'not-analysed', permanent: false });
  });
});

describe('addresses', () => {
  const of = (env: SourceContext['identity']['env'], config = {}) =>
    new Client(config, kind, sourceContext({ identity: { env, secret: () => {} } }));

  it('come from the run', () => {
    const one = of({ GITHUB_REPOSITORY: 'acme/checkout', GITHUB_API_URL: '' });
    expect(one.origin).toBe('https://api.github.com');
    expect(one.page('dependabot')).toBe('https://github.com/acme/checkout/security/dependabot');
  });

  it('are those of the policy where it has some', () => {
    const env = { GITHUB_REPOSITORY: 'acme/checkout', GITHUB_API_URL: 'https://api.github.com' };
    const one = of(env, { repository: 'acme/shop', url: 'https://ghe.example.com/api/v3' });
    expect(one.page('x')).toBe('https://ghe.example.com/acme/shop/security/x');
  });

  it('have a page for people on a host of its own with data residency', () => {
    const one = of({ GITHUB_REPOSITORY: 'acme/shop', GITHUB_API_URL: 'https://api.octocorp.ghe.com' });
    expect(one.page('x')).toBe('https://octocorp.ghe.com/acme/shop/security/x');
  });

  it.each(['', 'acme', 'acme/shop/x', 'acme shop'])('need a repository: %s', (name) => {
    expect(() => of({ GITHUB_REPOSITORY: name })).toThrow('repository: owner/name');
  });

  it('of alerts are told from others', () => {
    const one = of({ GITHUB_REPOSITORY: 'Acme/Shop' });
    const api = 'https://api.github.com/repos/acme/shop/code-scanning/alerts';
    expect(one.alertOf(`${api}/7`)).toBe(7);
    expect(one.alertOf('https://github.com/acme/shop/security/code-scanning/12')).toBe(12);
    for (const other of [
      undefined,
      '',
      api,
      `${api}/`,
      `${api}/7/instances`,
      `${api}/7?x`,
      `${api}/-7`,
      `${api}/7e1`,
      `${api}/${'9'.repeat(30)}`,
      'https://api.github.com/repos/acme/other/code-scanning/alerts/7',
      'https://api.github.com.evil.example/repos/acme/shop/code-scanning/alerts/7',
      'https://evil.example/https://api.github.com/repos/acme/shop/code-scanning/alerts/7',
    ]) {
      expect(one.alertOf(other)).toBeNaN();
    }
  });
});
