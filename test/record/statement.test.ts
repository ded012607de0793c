import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { parseSubject, predicateSchema, statementOf } from '../../src/record/statement.js';
import { stories } from '../report/stories.js';

const subject = { name: 'record.json', digest: { sha256: 'a'.repeat(64) } };

describe('the statement', () => {
  it.each(Object.entries(stories))(
    'of the story %s keeps to its schema, and is proven only by a go of the gates',
    (_, record) => {
      const { predicate, subjects } = statementOf(record, [subject]);
      expect(v.parse(predicateSchema, JSON.parse(JSON.stringify(predicate)))).toEqual(predicate);
      expect(subjects).toEqual([subject]);
      expect(predicate.proven).toBe(record.decision.decision === 'continue' && record.verdict.reason === 'healthy');
    },
  );

  it('names the state of each gate in the last round', () => {
    const { gates } = statementOf(stories.stop, [subject]).predicate;
    expect(gates.map(({ name, state }) => `${name}: ${state}`)).toContain('error rate: unhealthy');
    expect(
      statementOf(stories.policyError, [subject]).predicate.gates.every(({ state }) => state === 'not-evaluated'),
    ).toBe(true);
  });
});

describe('a subject', () => {
  it('has a name and a digest', () =>
    expect(parseSubject(` ghcr.io/acme/a:b@sha256:${'AB'.repeat(32)} `)).toEqual({
      name: 'ghcr.io/acme/a:b',
      digest: { sha256: 'ab'.repeat(32) },
    }));
  it.each(['ghcr.io/acme/a', `@sha256:${'a'.repeat(64)}`, 'x@sha256:abc', `x@sha512:${'a'.repeat(64)}`])(
    'is not %j',
    (line) => expect(parseSubject(line)).toBeUndefined(),
  );
});
