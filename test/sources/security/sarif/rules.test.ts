import { describe, expect, it } from 'vitest';
import { lookUp, openBook } from '../../../../src/sources/security/sarif/rules.js';

const tool = {
  driver: {
    name: 'Driver',
    guid: 'AAAA',
    rules: [{ id: 'D0' }, { id: 'CA5350', guid: 'BBBB' }, { id: 'two', n: 1 }, { id: 'two', n: 2 }],
  },
  extensions: [
    { name: 'pack-a', rules: [{ id: 'A0' }, { id: 'D0', of: 'a' }] },
    { name: 'pack-b', guid: 'CCCC', rules: [{ id: 'B0', guid: 'DDDD' }, null, 'text'] },
  ],
};
const book = openBook(tool, 'rules');
const find = (reference: Parameters<typeof lookUp>[1]) => lookUp(book, reference);

describe('lookUp', () => {
  it.each([
    ['index in the driver', { index: 1 }, [tool.driver.rules[1]]],
    ['id and index that agree', { id: 'two', index: 3 }, [{ id: 'two', n: 2 }]],
    ['hierarchical id with an index', { id: 'CA5350/md5', index: 1 }, [tool.driver.rules[1]]],
    ['hierarchical id alone', { id: 'CA5350/md5/x' }, [tool.driver.rules[1]]],
    ['an index that contradicts the id', { id: 'CA5350', index: 0 }, [tool.driver.rules[1]]],
    ['an index out of range', { id: 'D0', index: 99 }, [{ id: 'D0' }]],
    ['-1 as no index', { id: 'D0', index: -1 }, [{ id: 'D0' }]],
    [
      'several with one id',
      { id: 'two' },
      [
        { id: 'two', n: 1 },
        { id: 'two', n: 2 },
      ],
    ],
    ['a component by index', { id: 'D0', component: { index: 0 } }, [{ id: 'D0', of: 'a' }]],
    ['a component by guid', { index: 0, component: { guid: 'cccc' } }, [{ id: 'B0', guid: 'DDDD' }]],
    ['a component by name only', { index: 0, component: { name: 'pack-a' } }, [{ id: 'A0' }]],
    ['no component although the rule is in an extension', { id: 'B0' }, [{ id: 'B0', guid: 'DDDD' }]],
    ['a rule by guid', { guid: 'dddd' }, [{ id: 'B0', guid: 'DDDD' }]],
    ['a name that only begins alike', { id: 'CA53501' }, []],
    ['nothing', {}, []],
    ['what is no descriptor', { index: 1, component: { index: 1 } }, []],
    ['rubbish', { id: {}, index: '1', guid: 7, component: [] }, []],
  ])('%s', (_, reference, expected) => {
    expect(find(reference)).toEqual(expected);
  });

  it('survives a tool without anything', () => {
    for (const raw of [{}, { driver: null, extensions: {} }, { driver: { rules: 3 }, extensions: [null, 1] }]) {
      expect(lookUp(openBook(raw, 'rules'), { id: 'x', index: 0, component: { index: 0 } })).toEqual([]);
    }
  });
});
