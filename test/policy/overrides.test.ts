/** The file of overrides, as it is read and as the documentation shows it. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseOverrides } from '../../src/policy/overrides.js';

const sha = (letter: string): string => letter.repeat(40);

describe('the file of overrides', () => {
  const file = (entries: string, head = 'version: 1\n') =>
    parseOverrides(`${head}overrides:\n${entries}`, 'overrides.yml');

  it('is read with where each entry stands', () => {
    const commit = sha('A');
    const { overrides, problems } = file(
      `  - { lifts: verdict, environment: production, commit: "${commit}", by: alice, reason: known, expires: 2026-12-01 }\n  - { lifts: freeze, service: checkout, environment: production, by: bob, reason: hotfix, expires: "2026-12-01T18:00+01:00" }\n`,
    );
    expect(problems).toEqual([]);
    expect(overrides).toEqual([
      {
        lifts: 'verdict',
        environment: 'production',
        commit: sha('a'),
        by: 'alice',
        reason: 'known',
        expires: '2026-12-01',
        until: '2026-12-02T00:00:00.000Z',
        place: 'overrides.yml:3',
      },
      {
        lifts: 'freeze',
        service: 'checkout',
        environment: 'production',
        by: 'bob',
        reason: 'hotfix',
        expires: '2026-12-01T18:00+01:00',
        until: '2026-12-01T17:00:00.000Z',
        place: 'overrides.yml:4',
      },
    ]);
  });

  const whole = { lifts: 'freeze', environment: 'production', by: 'alice', reason: 'known', expires: '2026-12-01' };
  it.each<[string, object, string]>([
    ['lifts: verdict without a commit', { ...whole, lifts: 'verdict' }, 'expected `commit` beside `lifts: verdict`'],
    ['a short commit', { ...whole, commit: 'abcdef1' }, 'expected a commit id in full, found `abcdef1`'],
    ['another word', { ...whole, lifts: 'freezes' }, 'did you mean `freeze`?'],
    ['no name', { ...whole, by: ' ' }, 'expected some text'],
    ['no reason', { ...whole, reason: undefined }, '`reason` is missing'],
    ['no environment', { ...whole, environment: undefined }, '`environment` is missing'],
    ['no end', { ...whole, expires: undefined }, '`expires` is missing'],
    ['an end that is no day', { ...whole, expires: '2026-02-30' }, 'expected a day such as 2026-12-31'],
    ['an instant without a zone', { ...whole, expires: '2026-12-01T18:00' }, 'expected a day such as'],
    ['an unknown key', { ...whole, expire: '2026-12-01' }, 'unknown key `expire`; did you mean `expires`?'],
  ])('is refused with %s', (_, written, words) => {
    const { overrides, problems } = file(`  - ${JSON.stringify(whole)}\n  - ${JSON.stringify(written)}\n`);
    expect(overrides).toEqual([]);
    expect(problems.map(({ message }) => message).join('\n')).toContain(words);
    expect(problems[0]).toMatchObject({ file: 'overrides.yml', line: 4 });
  });

  it('is refused where it is something else', () => {
    expect(file('', 'version: 2\n').problems[0]?.message).toContain('expected 1');
    expect(parseOverrides('- a', 'o.yml').problems[0]?.message).toContain('a file of overrides');
    expect(parseOverrides('a: [', 'o.yml').problems[0]?.message).toContain('not YAML');
  });

  it('is shown in the documentation as it is read', () => {
    const page = readFileSync(resolve(import.meta.dirname, '../../docs/holds.md'), 'utf8');
    const blocks = [...page.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text = '']) => text);
    const shown = blocks.filter((text) => text.includes('\noverrides:\n'));
    expect(shown).toHaveLength(1);
    const schema = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../schema/overrides.schema.json'), 'utf8'));
    const valid = new Ajv({ strict: false }).compile(schema);
    for (const text of shown) {
      const { overrides, problems } = parseOverrides(text, 'overrides.yml');
      expect(problems).toEqual([]);
      expect(overrides.map(({ lifts }) => lifts)).toEqual(['open-stop', 'verdict']);
      expect(valid(parse(text)), JSON.stringify(valid.errors)).toBe(true);
    }
  });
});
