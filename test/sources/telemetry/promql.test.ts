import { describe, expect, it } from 'vitest';
import { livenessQuery, readLiveness, selectorsOf } from '../../../src/sources/telemetry/promql.js';

describe('selectorsOf', () => {
  it.each<[string, string[] | undefined]>([
    ['up', ['up']],
    ['sum(rate(a{code=~"5.."}[5m])) / sum(rate(a[5m]))', ['a{code=~"5.."}', 'a']],
    ['a / a', ['a']],
    ['a - a offset 1w', ['a']],
    ['sum(rate(a[5m] offset 1w)) + b', ['b']],
    ['b + rate(a[5m:1m] offset 5m)', ['b']],
    ['b + a @ 1700000000', ['b']],
    ['b + rate(a[5m] @ end())', ['b']],
    ['max_over_time(rate(x[1m])[10m:1m]) and up == 1', ['x', 'up']],
    ['{__name__="a.b"}', ['{__name__="a.b"}']],
    ['a{b="x}y[5m] @ 1"}', ['a{b="x}y[5m] @ 1"}']],
    ['vector(1)', []],
    ['sum(', undefined],
    ['a ++', undefined],
    ['', undefined],
  ])('of %s', (query, expected) => expect(selectorsOf(query)).toEqual(expected));
});

describe('liveness', () => {
  const selectors = ['a{code=~"5.."}', 'a'];

  it('asks for all selectors in one query that parses', () => {
    const query = livenessQuery(selectors, 300);
    expect(selectorsOf(query)).toEqual(selectors);
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
      { selector: 'a{code=~"5.."}', live: 0, recent: 0, newest: undefined },
      { selector: 'a', live: 3, recent: 4, newest: 1763892000500 },
    ]);
  });
});
