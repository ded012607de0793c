import { parser } from '@prometheus-io/lezer-promql';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  covers,
  type Liveness,
  livenessQuery,
  readLiveness,
  type Selector,
  selectorsOf,
  weigh,
} from '../../../src/sources/telemetry/prometheus/promql.js';

const texts = (query: string) => selectorsOf(query, parser)?.map((s) => s.text);

const selector = (text: string): Selector => {
  const [only] = selectorsOf(text, parser) ?? [];
  if (!only) throw new Error(`no selector in ${text}`);
  return only;
};

describe('selectorsOf', () => {
  it.each<[string, string[] | undefined]>([
    ['up', ['up']],
    ['sum(rate(a{code=~"5.."}[5m])) / sum(rate(a[5m]))', ['a{code=~"5.."}', 'a']],
    ['a / a', ['a']],
    ['a{x="1",y="2"} / a{ y = "2", x="1" }', ['a{ y = "2", x="1" }']],
    ['a - a offset 1w', ['a']],
    ['sum(rate(a[5m] offset 1w)) + b', ['b']],
    ['b + rate(a[5m:1m] offset 5m)', ['b']],
    ['b + a @ 1700000000', ['b']],
    ['b - -a offset 5m', ['b']],
    ['b + rate(a[5m] @ end())', ['b']],
    ['b + rate(a[5m] offset 1m @ 5)', ['b']],
    ['b / a # then\n offset 5m', ['b']],
    ['a @ 5 / b', ['b']],
    ['b + max_over_time(rate(x[1m])[10m:1m] offset 1d)', ['b']],
    ['b + max_over_time((x / y)[10m:1m] @ 5)', ['b']],
    ['max_over_time(rate(x[1m])[10m:1m]) and up == 1', ['x', 'up']],
    ['{__name__="a.b"}', ['{__name__="a.b"}']],
    ['{"a.b", c="d"}', ['{"a.b", c="d"}']],
    ['a{b="x}y[5m] @ 1"}', ['a{b="x}y[5m] @ 1"}']],
    ['vector(1)', []],
    ['sum(', undefined],
    ['a ++', undefined],
    ['a[$__rate_interval]', undefined],
    ['', undefined],
  ])('of %s', (query, expected) => expect(texts(query)).toEqual(expected));

  it('finds every selector of now and none of another time, however they are put together', () => {
    const name = fc.integer({ min: 0, max: 99 });
    const now = name.map((n) => ({ text: `now_${n}{code=~"5.."}`, now: [`now_${n}{code=~"5.."}`] }));
    const then = fc
      .tuple(name, fc.constantFrom('{} offset 5m', '[5m] offset 1h', ' @ 1700000000', '[5m] @ end() offset 1m'))
      .map(([n, how]) => ({
        text: how.startsWith('[') ? `rate(then_${n}${how})` : `then_${n}${how}`,
        now: [] as string[],
      }));
    const expression = fc.letrec<{ query: { text: string; now: string[] } }>((tie) => ({
      query: fc.oneof(
        { maxDepth: 4 },
        now,
        then,
        fc
          .tuple(tie('query'), fc.constantFrom('+', '/', '> bool', 'or', 'and on (a)'), tie('query'))
          .map(([a, op, b]) => ({
            text: `${a.text} ${op} ${b.text}`,
            now: [...a.now, ...b.now],
          })),
        tie('query').map((a) => ({ text: `sum by (a) (${a.text})`, now: a.now })),
        tie('query').map((a) => ({ text: `max_over_time((${a.text})[5m:1m])`, now: a.now })),
        tie('query').map((a) => ({ text: `max_over_time((${a.text})[5m:1m] offset 1d)`, now: [] })),
      ),
    })).query;
    fc.assert(
      fc.property(expression, ({ text, now: expected }) => {
        expect(new Set(texts(text))).toEqual(new Set(expected));
      }),
      { numRuns: 500 },
    );
  });
});

describe('covers', () => {
  it.each<[string, string, boolean]>([
    ['a', 'a{code=~"5.."}', true],
    ['a{s="x"}', 'a{code="500", s = "x"}', true],
    ['{__name__="a"}', 'a{code="500"}', true],
    ['a{code=~"5.."}', 'a', false],
    ['a', 'a', false],
    ['b', 'a{code="500"}', false],
    ['a{s="x"}', 'a{s="y",code="500"}', false],
  ])('%s and %s', (wide, narrow, expected) => expect(covers(selector(wide), selector(narrow))).toBe(expected));
});

describe('liveness', () => {
  const selectors = [selector('a{code=~"5.."}'), selector('a')];

  it('asks for all selectors in one query that parses', () => {
    const query = livenessQuery(selectors, 300);
    expect(texts(query)).toEqual(selectors.map((s) => s.text));
    expect(query).toContain('count(present_over_time(a{code=~"5.."}[300s]))');
  });

  it('reads what came back, and takes the absent for nothing', () => {
    const answer = [
      { labels: { signalbox: 'live 1' }, value: 3 },
      { labels: { signalbox: 'recent 1' }, value: 4 },
      { labels: { signalbox: 'newest 1' }, value: 1763892000.5 },
      { labels: { signalbox: 'live 0' }, value: 'NaN' },
    ];
    expect(readLiveness(selectors, answer)).toEqual([
      { selector: selectors[0], live: 0, recent: 0, newest: undefined },
      { selector: selectors[1], live: 3, recent: 4, newest: 1763892000500 },
    ]);
  });
});

describe('weigh', () => {
  const of = (text: string, live: number, recent: number, newest?: number): Liveness => ({
    selector: selector(text),
    live,
    recent,
    newest,
  });
  const weighed = (...behind: Liveness[]) => {
    const { silent, absent, ...rest } = weigh(behind);
    return { ...rest, silent: silent.map((s) => s.text), absent: absent.map((s) => s.text) };
  };

  it('is as fresh as the stalest part, and counts no series twice', () => {
    const proven = weighed(of('a{code="500"}', 1, 1, 7), of('a', 3, 3, 9), of('b', 2, 2, 8));
    expect(proven).toEqual({ live: 5, newest: 7, silent: [], absent: [] });
  });

  it('takes failures that ended, or never were, for none while the traffic is alive', () => {
    const nothing = { live: 3, newest: 9, silent: [], absent: ['a{code="500"}'] };
    expect(weighed(of('a{code="500"}', 0, 2), of('a', 3, 5, 9))).toEqual(nothing);
    expect(weighed(of('a{code="500"}', 0, 0), of('a', 3, 5, 9))).toEqual(nothing);
  });

  it('is told when one of two metrics fell silent', () => {
    expect(weighed(of('errors', 0, 2), of('a', 3, 5, 9))).toEqual({
      live: 3,
      newest: 9,
      silent: ['errors'],
      absent: [],
    });
    const both = weighed(of('a{code="500"}', 0, 2), of('a', 0, 5));
    expect(both).toEqual({ live: 0, newest: undefined, silent: ['a{code="500"}', 'a'], absent: [] });
  });

  it('knows no time when a live selector has none', () => {
    expect(weighed(of('a', 1, 1), of('b', 1, 1, 9)).newest).toBeUndefined();
  });

  it('never proves anything without a live series', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'a{x="1"}', 'b'), fc.nat(3))), (some) => {
        const proven = weigh(some.map(([text, recent]) => of(text, 0, recent)));
        expect(proven).toMatchObject({ live: 0, newest: undefined });
      }),
    );
  });
});
