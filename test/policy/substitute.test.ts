import { describe, expect, it } from 'vitest';
import { substitute } from '../../src/policy/substitute.js';

const env = { PROM_TOKEN: 'a-token', EMPTY: '', SELF: '${env.PROM_TOKEN}' };
const release = { sha: 'abc', version: undefined };

describe('substitute', () => {
  it('fills in values from the environment and the release, and says which came from the environment', () => {
    expect(substitute('x ${env.PROM_TOKEN} ${release.sha}', { env, release })).toEqual({
      text: 'x a-token abc',
      fromEnv: ['a-token'],
      wrong: [],
      unset: [],
    });
  });

  it('substitutes once: a value that looks like a substitution stays as it is', () => {
    expect(substitute('${env.SELF}', { env }).text).toBe('${env.PROM_TOKEN}');
  });

  it('writes a literal ${ for $${', () => {
    expect(substitute('$${env.PROM_TOKEN}', { env })).toMatchObject({ text: '${env.PROM_TOKEN}', fromEnv: [] });
  });

  it('keeps an empty value apart from one that is not set', () => {
    expect(substitute('[${env.EMPTY}]', { env })).toMatchObject({ text: '[]', wrong: [], unset: [] });
    expect(substitute('${env.PROM_TOKN}', { env }).unset).toEqual([
      'the environment variable `PROM_TOKN` is not set; did you mean `PROM_TOKEN`?',
    ]);
  });

  it.each([
    ['${envv.X}', /no substitution.*did you mean `env`/],
    ['${env}', /no substitution/],
    ['${env.X', /no substitution/],
    ['${}', /no substitution/],
    ['${env.A B}', /no substitution/],
    ['${release.shaa}', /no `release.shaa`; did you mean `sha`\?/],
    ['${release.constructor}', /no `release.constructor`/],
  ])('names what is wrong with %s', (text, message) => {
    expect(substitute(text, { env, release }).wrong.join()).toMatch(message);
  });

  it('does not reach the prototype of the environment', () => {
    expect(substitute('${env.constructor}', { env }).unset).toHaveLength(1);
  });

  it('does not let the release refer to itself', () => {
    expect(substitute('${release.sha}', { env }).wrong.join()).toMatch(/inside `release`/);
    expect(substitute('${release.version}', { env, release }).unset.join()).toMatch(/not known in this run/);
  });
});
