import { describe, expect, it } from 'vitest';
import { compile } from '../../src/sources/cel.js';

const variables = { status: 'int', body: 'dyn', now: 'google.protobuf.Timestamp' };
const run = async (text: string, body: unknown = {}) =>
  (await compile(text, variables)).evaluate({ status: 200n, body, now: new Date('2026-11-23T10:00:00Z') });

describe('an expression', () => {
  it.each<[string, unknown, unknown]>([
    ['body.a', { a: 1.5 }, 1.5],
    ['body.a / body.b', { a: 1, b: 4 }, 0.25],
    ['status == 200', {}, true],
    ['size(body.list)', { list: [] }, 0n],
    ['body.list.filter(x, x.bad).size()', { list: [{ bad: false }] }, 0n],
    ['body.?a.orValue(3)', {}, 3n],
    ['now > timestamp(body.t)', { t: '2026-11-23T09:59:00Z' }, true],
  ])('%s over %j', async (text, body, value) => expect(await run(text, body)).toEqual({ value }));

  it.each<[string, unknown, RegExp]>([
    ['body.a', {}, /No such key: a/],
    ['body.a.b', { a: null }, /No such key/],
    ['body.a', { a: null }, /gave null/],
    ['body.list[0].x', { list: [] }, /index out of bounds/],
    ['body.?a', {}, /gave null/],
    ['body.constructor.name', {}, /No such key/],
    ['body.toString', {}, /No such key/],
  ])('%s over %j has no value', async (text, body, words) =>
    expect(await run(text, body)).toEqual({ missing: expect.stringMatching(words) }),
  );

  it.each<[string, unknown]>([
    ['body.checks.all(c, c.ok)', { checks: [] }],
    ['!body.checks.exists(c, c.bad)', { checks: [] }],
    ['body.checks.filter(c, c.bad).size() == 0', { checks: [] }],
    ['size(body.checks.filter(c, c.bad))', { checks: [] }],
    ['body.checks.filter(c, true).map(c, c.n).all(n, n > 0.0)', { checks: [] }],
    ['body.groups.all(g, g.checks.all(c, c.ok))', { groups: [{ checks: [{ ok: true }] }, { checks: [] }] }],
    ['cel.bind(list, body.checks, list.all(c, c.ok))', { checks: [] }],
    ['body.all(key, body[key])', {}],
  ])('%s proves nothing of an empty list', async (text, body) =>
    expect(await run(text, body)).toEqual({ missing: expect.stringMatching(/empty.*name `size\(/) }),
  );

  it('takes an empty list for an answer when its size is asked for', async () => {
    const text = 'size(body.checks) == 0 || body.checks.all(c, c.ok)';
    expect(await run(text, { checks: [] })).toEqual({ value: true });
    expect(await run(text, { checks: [{ ok: false }] })).toEqual({ value: false });
  });

  it.each([
    ['body +', /line 1, column 7: Unexpected token/],
    ['status ==\n  foo', /line 2, column 3: Unknown variable: foo/],
    ['status + "a"', /column 1: no such overload/],
    [`${'['.repeat(80)}${']'.repeat(80)}`, /maxDepth/],
    ['status * 1.5', /double\(/],
  ])(
    '%s is refused for good',
    async (text, words) =>
      await expect(run(text)).rejects.toMatchObject({
        code: 'bad-query',
        permanent: true,
        message: expect.stringMatching(words),
      }),
  );

  it('says how to mix with the numbers of JSON', async () =>
    await expect(run('body.a * 100', { a: 1 })).rejects.toMatchObject({
      code: 'query-failed',
      permanent: false,
      message: expect.stringMatching(/write 100\.0/),
    }));

  it.each<[string, unknown]>([
    ['body.matches("^(a+)+$")', `${'a'.repeat(60)}!`],
    ['body.map(a, body.map(b, body.map(c, a + b + c))).size() > 0', Array.from({ length: 3000 }, () => 1)],
  ])(
    '%s over a hostile text does not run for ever',
    async (text, body) =>
      await expect(run(text, body)).rejects.toMatchObject({
        code: 'query-failed',
        message: expect.stringMatching(/more than 1 s/),
      }),
  );

  it('knows which variables it reads, whatever its macros call their elements', async () => {
    const reads = async (text: string) => [...(await compile(text, variables)).reads].toSorted();
    expect(await reads('status == 200 ? body.a : body.b')).toEqual(['body', 'status']);
    expect(await reads('body.list.all(status, status.ok)')).toEqual(['body']);
    expect(await reads('body.status')).toEqual(['body']);
    expect(await reads('{"a": [-now.getHours(), status]}')).toEqual(['now', 'status']);
    expect(await reads('cel.bind(body, 1, body)')).toEqual([]);
  });
});
