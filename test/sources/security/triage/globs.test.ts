import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alternatives, compileGlobs } from '../../../../src/sources/security/triage/globs.js';

describe('patterns for paths', () => {
  it.each([
    ['src/legacy/**', 'src/legacy/a/b.js', true],
    ['src/legacy/**', 'src/legacy', true],
    ['src/legacy/**', 'src/legacy2/a.js', false],
    ['src/legacy/', 'src/legacy/a/b.js', true],
    ['/src/*.js', 'src/a.js', true],
    ['src/*.js', './src/a.js', true],
    ['src/*.js', '/src/a.js', true],
    ['src/*.js', 'src/a/b.js', false],
    ['src/*.js', 'src/.hidden.js', true],
    ['src/?.js', 'src/a.js', true],
    ['src/?.js', 'src/é.js', true],
    ['src/?.js', 'src/ab.js', false],
    ['**/test/**', 'a/b/test/c/d.ts', true],
    ['**/a/**/b', 'x/a/y/a/z/b', true],
    ['src/{legacy,old}/*.{js,ts}', 'src/old/a.ts', true],
    ['src/{legacy,old}/*.{js,ts}', 'src/new/a.ts', false],
    ['src/{one}/a', 'src/{one}/a', true],
    ['app/[id]/(shop)/*.tsx', 'app/[id]/(shop)/page.tsx', true],
    ['app/[id]/page.tsx', 'app/i/page.tsx', false],
    ['app/a+b/!x', 'app/a+b/!x', true],
    ['src/**', 'src/../secret/a.js', false],
    ['src/**', '', false],
    ['', 'src/a.js', false],
    ['src', 'SRC', false],
  ])('%s fits %s: %s', (pattern, path, expected) => expect(compileGlobs([pattern])(path)).toBe(expected));

  it('leave braces alone where they mean nothing', () =>
    expect(compileGlobs(['src/{a,b}'], { braces: false })('src/{a,b}')).toBe(true));

  it('are any of several', () => expect(compileGlobs(['a/*', 'b/*'])('b/c')).toBe(true));

  it('are not written out without an end', () => {
    expect(alternatives('{a,b}/{a,b}')).toHaveLength(4);
    expect(alternatives('{a,b}'.repeat(20))).toBeUndefined();
    expect(compileGlobs(['{a,b}'.repeat(20)])('ab')).toBe(false);
  });

  it('say what trying everything says', () => {
    const plainly = (pattern: string[], path: string[]): boolean => {
      const [first, ...rest] = pattern;
      if (first === undefined) return path.length === 0;
      if (first === '**') return plainly(rest, path) || (path.length > 0 && plainly(pattern, path.slice(1)));
      const form = new RegExp(`^${first.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.')}$`);
      return path[0] !== undefined && form.test(path[0]) && plainly(rest, path.slice(1));
    };
    const of = (...words: string[]) => fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 5 });
    const patterns = of('a', 'b', 'ab', '*', '**', 'a*', '*b', '?', 'a?', '*a*', '?*b', 'x.*', '*.a');
    fc.assert(
      fc.property(patterns, of('a', 'b', 'ab', 'aab', 'x.a', '.a', 'c'), (pattern, path) => {
        expect(compileGlobs([pattern.join('/')])(path.join('/'))).toBe(plainly(pattern, path));
      }),
      { numRuns: 5000 },
    );
  });

  it('take no longer for a path that was made for them', () => {
    const began = performance.now();
    expect(compileGlobs([`${'*a'.repeat(60)}b`, `${'**/a*/'.repeat(40)}b`])('a'.repeat(4000))).toBe(false);
    expect(compileGlobs([`${'**/a*/'.repeat(40)}b`])('a/'.repeat(2000))).toBe(false);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});
