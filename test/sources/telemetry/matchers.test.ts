import { describe, expect, it } from 'vitest';
import { matcherText, parseMatchers, satisfies } from '../../../src/sources/telemetry/matchers.js';

describe('label matchers', () => {
  it.each<[string, Record<string, string>, boolean]>([
    ['a="b"', { a: 'b' }, true],
    ['a="b"', { a: 'bb' }, false],
    ['a!="b"', {}, true],
    ['a=""', {}, true],
    ['a=~"b|c"', { a: 'c' }, true],
    ['a=~"b"', { a: 'abc' }, false],
    ['a!~"b.*"', { a: 'bc' }, false],
    ['{a="b", c=~"d+"}', { a: 'b', c: 'dd' }, true],
    ['a="b",c="d"', { a: 'b' }, false],
    ['a="say \\"x\\""', { a: 'say "x"' }, true],
    ['constructor=""', {}, true],
  ])('%s of %j is %s', (text, labels, holds) => expect(satisfies(labels, parseMatchers(text))).toBe(holds));

  it.each([
    '',
    '{}',
    'a',
    'a=b',
    'a="b',
    'a="b",',
    'a="b" c="d"',
    '"a"="b"',
    'a==“b”',
    'a=~"("',
    'a=~"b)|(?:c"',
    'a=~"(?i)b"',
    'a="b" or c="d"',
  ])('refuses %j', (text) => expect(() => parseMatchers(text)).toThrow(/expected matchers such as/));

  it('are written as Alertmanager wants them', () => {
    expect(parseMatchers('{a="b", c=~"d\\"e"}').map(matcherText)).toEqual(['a="b"', 'c=~"d\\"e"']);
  });
});
