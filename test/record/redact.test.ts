import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Redactor } from '../../src/record/redact.js';

const redactor = (...secrets: string[]) => {
  const r = new Redactor();
  for (const secret of secrets) r.add(secret);
  return r;
};

describe('Redactor', () => {
  it('masks a secret wherever it stands, the longer one first', () => {
    const r = redactor('abc', 'abcdef');
    expect(r.text('xabcdefx abc')).toBe('x***x ***');
    expect(r.data({ abc: ['1 abcdef', 2, null, { deep: 'abc' }] })).toEqual({
      '***': ['1 ***', 2, null, { deep: '***' }],
    });
  });

  it('masks a secret of several lines line by line as well', () => {
    const r = redactor('-----BEGIN\nMIIabc\n}\n-----END');
    expect(r.text('log: MIIabc }')).toBe('log: *** }');
  });

  it('takes characters for themselves, not for a pattern', () => {
    expect(redactor('a.c$&').text('abc a.c$& $&')).toBe('abc *** $&');
  });

  it('masks nothing for an empty secret', () => {
    expect(redactor('', '  ').text('a  b')).toBe('a  b');
  });

  it('lets no secret through in any data', () => {
    const secret = 'tok-3f9a8b';
    const around = fc.tuple(fc.string(), fc.string()).map(([a, b]) => `${a}${secret}${b}`);
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        around,
        fc.integer(),
        fc.array(tie('tree')),
        fc.dictionary(fc.oneof(fc.string(), around), tie('tree')),
      ),
    }));
    fc.assert(fc.property(tree, (data) => !JSON.stringify(redactor(secret).data(data)).includes(secret)));
  });
});
