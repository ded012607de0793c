import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { annotationLine, githubCommand, harmless, linesToMask } from '../../src/host/commands.js';

describe('harmless', () => {
  it.each([
    ['plain: a::b, 5% [x] ; ü 漢 🚦', 'plain: a::b, 5% [x] ; ü 漢 🚦'],
    ['::error::x', '\\::error::x'],
    ['  \t::add-mask::x', '  \t\\::add-mask::x'],
    ['\u00a0\u2003\ufeff::error::x', '\u00a0\u2003\ufeff\\::error::x'],
    ['\u200b::error::x', '\u200b\\::error::x'],
    ['a\n::error::x', 'a\n\\::error::x'],
    ['a\r::error::x', 'a\n\\::error::x'],
    ['a\r\n::error::x', 'a\n\\::error::x'],
    ['a ::error::x', 'a ::error::x'],
    ['a ##[error]x', 'a ##\\[error]x'],
    ['###[group]x', '###\\[group]x'],
    ['a ##vso[task.complete result=Succeeded;]x', 'a ##\\vso[task.complete result=Succeeded;]x'],
    ['##VsO[task.complete]', '##\\VsO[task.complete]'],
    ['##vso[a]##vso[b]##[c]', '##\\vso[a]##\\vso[b]##\\[c]'],
    ['\u001b[31mred\u001b[0m', '\u001b[31mred\u001b[0m'],
    ['\u001b[2Kgone \u0007 \u0008 \u009b31m', '\ufffd[2Kgone \ufffd \ufffd \ufffd31m'],
    ['\t[0m', '\t[0m'],
    ['\u0000::error::x', '\ufffd::error::x'],
  ])('%j is printed as %j', (text, printed) => {
    expect(harmless(text)).toBe(printed);
  });

  it('leaves nothing that a platform would act on, whatever comes', () => {
    const part = fc.constantFrom(
      '::',
      ':',
      '##',
      '#',
      '[',
      'vso[',
      'VSO[',
      ']',
      ' ',
      '\t',
      '\r',
      '\n',
      '\u001b[1m',
      '\u0085',
      '\u200b',
      '\\',
      'x',
      '\u0000',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        for (const line of harmless(parts.join('')).split(/[\r\n]/)) {
          expect(line.trimStart().startsWith('::')).toBe(false);
          expect(line).not.toContain('##[');
          expect(line.toLowerCase()).not.toContain('##vso[');
        }
      }),
    );
  });
});

describe('githubCommand', () => {
  it('escapes data and properties each in their own way', () => {
    const hostile = '100%\r\na:b,c::error::##vso[x];]ü🚦';
    expect(githubCommand('error', { file: hostile, line: 3, title: '', col: undefined }, hostile)).toBe(
      '::error file=100%25%0D%0Aa%3Ab%2Cc%3A%3Aerror%3A%3A##vso[x];]ü🚦,line=3::100%25%0D%0Aa:b,c::error::##vso[x];]ü🚦',
    );
  });

  it('has no space without properties', () => {
    expect(githubCommand('add-mask', {}, 'x')).toBe('::add-mask::x');
  });
});

describe('linesToMask', () => {
  it.each([
    ['token', ['token']],
    ['x', ['x']],
    [' token\n', ['token']],
    ['-----BEGIN KEY-----\r\nabc\rdefg\n}\n\n', ['-----BEGIN KEY-----', 'abc', 'defg']],
    ['', []],
    [' \n ', []],
  ])('of %j are %j', (secret, lines) => {
    expect(linesToMask(secret)).toEqual(lines);
  });
});

describe('annotationLine', () => {
  it.each([
    [{ file: 'a.yml', line: 3, column: 5 }, 'error: a.yml:3:5: wrong'],
    [{ file: 'a.yml', line: 3 }, 'error: a.yml:3: wrong'],
    [{ file: 'a.yml' }, 'error: a.yml: wrong'],
    [{}, 'error: gate: wrong'],
    [{ title: '' }, 'error: wrong'],
  ])('with %j is %j', (more, line) => {
    expect(annotationLine({ level: 'error', title: 'gate', message: 'wrong', ...more })).toBe(line);
  });
});
