import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rawAt, rawWith, rawWithout } from '../../../src/sources/flags/raw.js';

const text = ' { "a" : 1.10 ,\n "b": {"c": [true, {"d": "}\\"]"}], "big": 12345678901234567890}, "b2":null }\n';

describe('a JSON text', () => {
  it('is read as it is written', () => {
    expect(rawAt(text, ['a'])).toBe('1.10');
    expect(rawAt(text, ['b', 'c', 1, 'd'])).toBe('"}\\"]"');
    expect(rawAt(text, ['b', 'big'])).toBe('12345678901234567890');
    expect(rawAt(text, ['b2'])).toBe('null');
    expect(rawAt(text, [])).toBe(text.trim());
    for (const path of [['c'], ['a', 'c'], ['b', 'c', 2], ['b', 'c', '0']]) expect(rawAt(text, path)).toBeUndefined();
  });

  it('keeps every byte but those of the value', () => {
    expect(rawWith(text, ['b', 'c', 0], 'false')).toBe(text.replace('true', 'false'));
    expect(rawWith(text, ['a'], '[]')).toBe(text.replace('1.10', '[]'));
    expect(rawWith(text, ['b', 'new'], '7')).toBe(text.replace('{"c"', '{"new":7,"c"'));
    expect(rawWith('{ }', ['a'], '1')).toBe('{"a":1 }');
    expect(() => rawWith(text, ['x', 'y'], '1')).toThrow(RangeError);
    expect(() => rawWith(text, ['a', 'y'], '1')).toThrow(RangeError);
    expect(rawWithout(text, ['b', 'big'])).toBe(text.replace(', "big": 12345678901234567890', ''));
    expect(rawWithout(text, ['a'])).toBe(text.replace('"a" : 1.10 ,', ''));
    expect(rawWithout(text, ['gone'])).toBe(text);
    expect(rawWithout('{"a": 1 }', ['a'])).toBe('{ }');
  });

  it('of a field that stands twice changes the one that counts', () => {
    expect(rawWith('{"a":1,"a":2}', ['a'], '3')).toBe('{"a":1,"a":3}');
    expect(rawAt('{"\\u0061":1}', ['a'])).toBe('1');
  });

  it('says after a change what was put in, and the rest as before', () => {
    const spaces = fc.constantFrom(0, 1, 2, '\t');
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.string(),
        fc.jsonValue(),
        spaces,
        (was, key, value, space) => {
          fc.pre(key !== '__proto__');
          const written = JSON.stringify(was, null, space);
          const changed = rawWith(written, [key], JSON.stringify(value));
          const plain = (x: unknown): unknown => JSON.parse(JSON.stringify(x));
          expect(JSON.parse(changed)).toEqual(plain({ ...was, [key]: value }));
          expect(rawAt(changed, [key])).toBe(JSON.stringify(value));
          const { [key]: _, ...rest } = was;
          expect(JSON.parse(rawWithout(changed, [key]))).toEqual(plain(rest));
          // What was added is taken away to the byte.
          if (!Object.hasOwn(was, key)) expect(rawWithout(changed, [key])).toBe(written);
        },
      ),
    );
  });
});
