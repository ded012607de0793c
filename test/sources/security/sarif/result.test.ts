import { describe, expect, it } from 'vitest';
import { dispositions, type Json, now, read, run } from './support.js';

const one = (result: Json): string => Object.keys(dispositions([result])).join();
const finding = (result: Json, tool: Json = {}) => read(run([result], {}, tool)).findings[0];

describe('the kind of a result', () => {
  it.each([
    [{}, 'medium'],
    [{ kind: null }, 'medium'],
    [{ kind: 'fail' }, 'medium'],
    [{ kind: 'odd' }, 'medium'],
    [{ kind: 'pass' }, 'ignored'],
    [{ kind: 'notApplicable', level: 'none' }, 'ignored'],
    [{ kind: 'informational', level: null }, 'ignored'],
    [{ kind: 'pass', level: 'error' }, 'high'],
    [{ kind: 'open' }, 'review'],
    [{ kind: 'review', level: 'none' }, 'review'],
    [{ kind: 'review', level: 'error' }, 'high'],
    [{ baselineState: 'absent', level: 'error' }, 'ignored'],
    [{ baselineState: 'unchanged', level: 'error' }, 'high'],
    [{ baselineState: 'existing', level: 'error' }, 'high'],
  ])('%j is %s', (result, disposition) => {
    expect(one(result)).toBe(disposition);
  });

  it('is told when the level contradicts it', () => {
    expect(read(run([{ kind: 'pass', level: 'error' }])).notes).toEqual([
      expect.stringContaining('1 result with a level beside a kind'),
    ]);
  });
});

describe('suppressions', () => {
  const s = (...entries: unknown[]): string => one({ level: 'error', suppressions: entries });
  const inSource = (more: Json = {}): Json => ({ kind: 'inSource', ...more });
  const expiring = (expiryUtc: unknown): Json => inSource({ properties: { expiryUtc } });

  it.each([
    ['absent', { level: 'error' }],
    ['null', { level: 'error', suppressions: null }],
    ['empty', { level: 'error', suppressions: [] }],
    ['no list', { level: 'error', suppressions: { kind: 'inSource' } }],
    ['no list but true', { level: 'error', suppressions: true }],
  ])('%s: counted', (_, result) => {
    expect(one(result)).toBe('high');
  });

  it('holds when every entry is accepted', () => {
    expect(s(inSource())).toBe('suppressed');
    expect(s({ kind: 'external', status: 'accepted' })).toBe('suppressed');
    expect(s(inSource({ status: null }))).toBe('suppressed');
    expect(s(inSource({ state: 'accepted' }), inSource())).toBe('suppressed');
  });

  it('does not hold when one entry is not', () => {
    for (const status of ['rejected', 'underReview', 'odd', '', 7]) {
      expect(s(inSource(), inSource({ status }))).toBe('high');
      expect(s(inSource({ state: status }))).toBe('high');
    }
    expect(s(inSource({ status: 'accepted', state: 'rejected' }))).toBe('high');
    for (const entry of [null, 'x', {}, { kind: 'odd' }, []]) expect(s(entry)).toBe('high');
  });

  it('ends with its expiry', () => {
    expect(s(expiring(new Date(now + 1000).toISOString()))).toBe('suppressed');
    for (const past of [new Date(now).toISOString(), '2020-01-01T00:00:00Z', 'soon', '', 4e12, {}])
      expect(s(expiring(past))).toBe('high');
    expect(s(expiring(null))).toBe('suppressed');
    expect(s(expiring('2020-01-01T00:00:00Z'), inSource())).toBe('high');
  });

  it('is told when it does not hold', () => {
    const why = (entry: unknown) => read(run([{ suppressions: [entry] }])).findings[0]?.reason;
    expect(why(inSource({ status: 'rejected' }))).toBe('SUPPRESSION_REJECTED');
    expect(why(inSource({ status: 'underReview' }))).toBe('SUPPRESSION_UNDER_REVIEW');
    expect(why(expiring('2020-01-01T00:00:00Z'))).toBe('SUPPRESSION_EXPIRED');
  });

  it('says why, but nothing where nobody gave a reason', () => {
    const reason = (justification: unknown) =>
      read(run([{ suppressions: [inSource({ justification })] }])).findings[0]?.told;
    expect(reason('only in tests')).toBe('only in tests');
    for (const none of [undefined, null, '', ' ', 'No comment provided', 7]) expect(reason(none)).toBeUndefined();
  });
});

describe('what is shown of a finding', () => {
  const message = (m: unknown, more: Json = {}, tool: Json = {}): string | undefined =>
    finding({ message: m, ...more }, tool)?.message;

  it('fills in the message', () => {
    expect(message({ text: 'a {0} and {1} {2}', arguments: ['x', 'y'] })).toBe('a x and y {2}');
    expect(message({ text: 'See [this](1) or [that](https://x.example).' })).toBe('See this or that.');
    const rule = { id: 'R', messageStrings: { m: { text: 'by id {0}' } }, shortDescription: { text: 'short' } };
    const tool = { driver: { name: 'S', rules: [rule] } };
    expect(message({ id: 'm', arguments: ['7'] }, { ruleId: 'R' }, tool)).toBe('by id 7');
    expect(message({ id: 'constructor' }, { ruleId: 'R' }, tool)).toBe('short');
    expect(message(undefined)).toBe('');
  });

  it('is one line of at most 200 characters, whole characters at that', () => {
    const long = message({ text: `${'x'.repeat(198)}\u{1F600}\u{1F600}` }) ?? '';
    expect(long.length).toBeLessThanOrEqual(200);
    expect(long).toMatch(/x…$/);
    expect(message({ text: 'a\r\n::error::b\u001b[31m\u2028c' })).toBe('a ::error::b [31mc'.replace('mc', 'm c'));
    expect(message({ text: '['.repeat(100_000) })).toHaveLength(200);
  });

  it('never holds a snippet, since that of a secret scanner is the secret', () => {
    const secret = 'AKIAIOSFODNN7EXAMPLE';
    const region = { startLine: 3, snippet: { text: ` ${secret}\n` } };
    const locations = [{ physicalLocation: { artifactLocation: { uri: 'a.env' }, region, contextRegion: region } }];
    const shown = finding({
      ruleId: 'aws',
      message: { text: `found ${secret} here and {0}`, arguments: [`${'x'.repeat(900)}${secret}`] },
      locations,
      partialFingerprints: { email: 'dev@example.com', commitMessage: 'oops' },
    });
    expect(shown).toMatchObject({ file: 'a.env', line: 3, message: expect.stringMatching(/^found \*\*\* here and x/) });
    expect(JSON.stringify(shown)).not.toMatch(/AKIA|dev@|oops/);
    const pem = `-----BEGIN KEY-----\n${'A'.repeat(5000)}`;
    const long = finding({
      message: { text: `key: ${pem}` },
      locations: [{ physicalLocation: { region: { snippet: { text: pem } } } }],
    });
    expect(long?.message).toBe('key: ***');
  });

  it('gives file and line where they are', () => {
    const place = (uri: unknown, startLine?: unknown) => {
      const { file, line } =
        finding({ locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine } } }] }) ?? {};
      return [file, line];
    };
    expect(place('src/a%20b.ts', 4)).toEqual(['src/a b.ts', 4]);
    expect(place('src/%zz.ts', 0)).toEqual(['src/%zz.ts', undefined]);
    expect(place('https://user:pw@host.example/path?token=abc#x', 1.5)).toEqual([
      'https://host.example/path',
      undefined,
    ]);
    expect(place(7, '3')).toEqual([undefined, undefined]);
    expect(place('?x')).toEqual([undefined, undefined]);
  });

  it('names the rule as well as it can', () => {
    expect(finding({})?.rule).toBe('(no rule)');
    expect(finding({ rule: { id: 'X' } })?.rule).toBe('X');
    expect(finding({ ruleIndex: 0 }, { driver: { name: 'S', rules: [{ id: 'Y' }] } })?.rule).toBe('Y');
  });
});
