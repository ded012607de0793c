import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readable, recordJson } from '../../src/record/json.js';
import { stories } from '../report/stories.js';

const write = (value: unknown): string => readable(value as object);

describe('the record as it is written', () => {
  it('has the bins of a series on one line', () => {
    const bins = [1, 2.5, null, 'NaN', '+Inf', -3e-7, 0];
    const text = write({ series: [{ labels: { a: 'b' }, bins }, { bins: [] }], words: ['x', 'y'] });
    expect(text).toContain('"bins": [1,2.5,null,"NaN","+Inf",-3e-7,0]');
    expect(text).toContain('"words": [\n');
    expect(text.endsWith('}\n')).toBe(true);
  });

  it('is the same record, whatever texts are in it', () => {
    const odd = fc.oneof(fc.string(), fc.constantFrom('[\n 1,\n 2\n]', '[ 1, 2 ]', '"NaN"', '],[', '\\n'));
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.constant(null),
        odd,
        tie('list'),
        tie('map'),
      ),
      list: fc.array(tie('any')),
      map: fc.dictionary(odd, tie('any')),
    })).map;
    fc.assert(
      fc.property(value, (record) => {
        expect(JSON.parse(write(record))).toEqual(JSON.parse(JSON.stringify(record)));
      }),
    );
    for (const record of Object.values(stories))
      expect(JSON.parse(recordJson(record))).toEqual(JSON.parse(JSON.stringify(record)));
  });
});
