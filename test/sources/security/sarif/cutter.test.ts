import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refused } from '../../../../src/sources/security/bytes.js';
import { type Batch, type Cut, Cutter, type Limits } from '../../../../src/sources/security/sarif/cutter.js';

type Json = Record<string, unknown>;

const names = new Set(['results', 'artifacts', 'graphs']);
const unneeded = { names: ['flows', 'stacks'], unless: 'snippet' };

/** The text in pieces of these lengths, the rest at once; their memory is used again, as that of files is. */
function* inPieces(text: string, lengths: readonly number[]): Generator<Buffer> {
  const bytes = Buffer.from(text);
  const memory = Buffer.alloc(bytes.length);
  let at = 0;
  for (const length of [...lengths, bytes.length]) {
    if (at >= bytes.length) return;
    const end = Math.min(at + length, bytes.length);
    bytes.copy(memory, 0, at, end);
    yield memory.subarray(0, end - at);
    memory.fill(0x22);
    at = end;
  }
}

type List = Cut & { elements: unknown[]; batches: number; holes: string[] };

/** What is left when the lists are cut out, and the lists. */
function cut(text: string, lengths: readonly number[] = [], limits: Partial<Limits> = {}) {
  const lists: List[] = [];
  let members = 0;
  const last = (): List => {
    const list = lists.at(-1);
    if (!list) throw new Error('a batch before its list');
    return list;
  };
  const cutter = new Cutter({
    names,
    limits,
    withText: ({ name }) => name === 'artifacts',
    unneeded,
    list: (one) => void lists.push({ ...one, elements: [], batches: 0, holes: [] }),
    batch(one, batch: Batch, given) {
      const list = last();
      expect({ owner: list.owner, name: list.name }).toEqual(one);
      const part = (from: number, to: number): string => Buffer.from(text).subarray(from, to).toString();
      const meant = part(batch.from, batch.to);
      expect(given?.toString()).toBe(one.name === 'artifacts' ? meant : undefined);
      const elements = JSON.parse(`[${meant}]`) as unknown[];
      expect(elements).toHaveLength(batch.count);
      list.elements.push(...elements);
      list.batches += 1;
      members += batch.members;
      let rest = '';
      const borders = [batch.from, ...batch.holes, batch.to];
      for (let i = 0; i < borders.length; i += 2) rest += part(borders[i] ?? 0, borders[i + 1] ?? 0);
      expect(batch.members).toBe(written(rest));
      for (let i = 0; i < batch.holes.length; i += 2) {
        const hole = part(batch.holes[i] ?? 0, batch.holes[i + 1] ?? 0);
        list.holes.push(hole);
        members += written(hole);
      }
      // Without what is in the holes it is the same.
      expect(JSON.parse(`[${rest}]`)).toEqual(elements.map((element) => emptied(element, list.holes)));
    },
  });
  for (const piece of inPieces(text, lengths)) cutter.push(piece);
  const { skeleton, members: others } = cutter.end();
  return { skeleton: JSON.parse(skeleton.toString()) as unknown, lists, members: members + others };
}

/** The element as it is when the lists of these contents are empty. */
function emptied(element: unknown, holes: readonly string[]): unknown {
  if (typeof element !== 'object' || element === null || Array.isArray(element)) return element;
  const contents = holes.map((hole) => JSON.stringify(JSON.parse(`[${hole}]`)));
  return Object.fromEntries(
    Object.entries(element).map(([key, value]) => [
      key,
      unneeded.names.includes(key) && contents.includes(JSON.stringify(value)) ? [] : value,
    ]),
  );
}

/** The whole, put together again; or the code by which it is refused. */
function whole(text: string, lengths: readonly number[] = [], limits: Partial<Limits> = {}): unknown {
  try {
    const { skeleton, lists, members } = cut(text, lengths, limits);
    for (const { owner, name, elements } of lists) {
      const holder = owner.split('/').reduce((at, key) => (key === '' ? at : at[key]) as Json, skeleton as Json);
      // A key that stands twice: the last holds.
      (holder[name] as unknown[]).length = 0;
      (holder[name] as unknown[]).push(...elements);
    }
    return { value: skeleton, members };
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
}

const parsed = (text: string): { value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

/** How many members a text writes that is JSON. */
const written = (text: string): number => text.replace(/"(?:[^"\\]|\\.)*"/gs, '').split(':').length - 1;

const log = {
  $schema: 'x:{"',
  runs: [
    {
      tool: { driver: { name: 'A [x] {y}', rules: [{ id: 'r"1\\', results: [1, 2] }] } },
      artifacts: [{ location: { uri: 'a.ts' } }, {}, null],
      results: [
        { a: [1, { b: '],[' }], flows: [{ c: 1, d: [{ c: 2 }] }, { c: 3 }], stacks: [{ snippet: {} }] },
        { stacks: [], flows: { a: [] }, f: { flows: [1] } },
        {},
        1,
        'x',
        null,
        [[]],
        true,
      ],
      graphs: [{ g: -1.5e-7 }],
    },
    { results: [], tool: { results: [3] } },
    null,
    { results: null, artifacts: {} },
    [{ results: [1] }],
    { results: [{ message: { text: 'ä\u{1f600}\u2028\ud800' } }], properties: { results: [1] } },
  ],
  properties: { runs: [{ results: [1] }] },
  inlineExternalProperties: [1, { results: [{ c: [0, -0, 1e5, 0.1, 1e300] }], guid: 'g' }],
  results: [{ of: 'the root' }],
};

const texts = [
  JSON.stringify(log),
  JSON.stringify(log, null, 2),
  JSON.stringify(log, null, '\t').replaceAll('\n', '\r\n'),
];

/** What changes a text the most. */
const fragments = [
  '',
  '',
  ',',
  ':',
  '"',
  '{',
  '}',
  '[',
  ']',
  '\\',
  ' ',
  '1',
  '-',
  '.',
  'e',
  'null',
  't',
  '\\u00',
  '\n',
  '\u0001',
];
fragments.push('"results":[', '"runs":', '"graphs":[],', '"flows":[', '\u0000', 'ä', '/', '},{', '],[');

describe('a text in pieces', () => {
  it('is what JSON.parse makes of it, whatever the pieces and batches', () => {
    for (const text of texts) {
      const ones = Array.from({ length: text.length * 2 }, () => 1);
      for (const lengths of [[], ones, [7, 7, 7, 100, 3]]) {
        for (const batch of [0, 1, 30, 1 << 15]) {
          expect(whole(text, lengths, { batch, hole: batch })).toEqual({
            value: JSON.parse(text),
            members: written(text),
          });
        }
      }
    }
  });

  it('is cut where lists of the root, of runs and of inline properties are', () => {
    const { skeleton, lists } = cut(texts[0] ?? '');
    expect(lists.map(({ owner, name, elements }) => [owner, name, elements.length])).toEqual([
      ['runs/0', 'artifacts', 3],
      ['runs/0', 'results', 8],
      ['runs/0', 'graphs', 1],
      ['runs/1', 'results', 0],
      ['runs/5', 'results', 1],
      ['inlineExternalProperties/1', 'results', 1],
      ['', 'results', 1],
    ]);
    expect(skeleton).toMatchObject({
      runs: [
        { artifacts: [], results: [], graphs: [], tool: { driver: { rules: [{ results: [1, 2] }] } } },
        { results: [], tool: { results: [3] } },
        null,
        { results: null, artifacts: {} },
        [{ results: [1] }],
        { results: [], properties: { results: [1] } },
      ],
      properties: { runs: [{ results: [1] }] },
    });
  });

  it('has its elements together as long as they are small', () => {
    const text = JSON.stringify({ results: Array.from({ length: 100 }, (_, i) => ({ i })) });
    expect(cut(text).lists[0]).toMatchObject({ batches: 1 });
    expect(cut(text, [], { batch: 50 }).lists[0]?.batches).toBeGreaterThan(10);
    expect(cut(text, [], { batch: 0 }).lists[0]).toMatchObject({ batches: 100 });
  });

  it('knows keys that are spelled with escapes', () => {
    const text = '{"\\u0072uns":[{"r\\u0065sults":[{"x":1}]}]}';
    expect(cut(text).lists).toMatchObject([{ owner: 'runs/0', name: 'results', elements: [{ x: 1 }] }]);
  });

  it.each([
    '{"runs":[{"results":[{},]}]}',
    '{"runs":[{"results":[,]}]}',
    '{"runs":[{"results":[{}{}]}]}',
    '{"runs":[{"results":[{]}]}',
    '{"runs":[{"results":[}]}]}',
    '{"runs":[{"results":[{}}]}',
    '{"runs":[{"results":[{}]}]',
    '{"runs":[{"results":[{}]}]}}',
    '{"runs":[{"results":[{}]}]}{}',
    '{"runs":[{"results":[1 2]}]}',
    '{"runs":[{"results":["\n"]}]}',
    '{"runs":[{"artifacts":[{"a":01}],"results":[]}]}',
    "{'runs':[]}",
    '{runs:[]}',
    '{"runs":[],}',
    '{"runs"}',
    '{"runs":}',
    '{"runs",[]}',
    '{,}',
    '[,]',
    '[1,,2]',
    '[',
    '{"ru',
    '{"runs":[{"results":["a',
    '[tru]',
    '[truee]',
    '[nul',
    'nulll',
    '[NaN]',
    '[-]',
    '[+1]',
    '[.5]',
    '[1.]',
    '[1e]',
    '[1e+]',
    '[1e5e]',
    '[1l]',
    '[1.5.5]',
    '[0x1]',
    '[-01]',
    '-',
    '["\\x"]',
    '["\\u12g4"]',
    '["\\u123"]',
    '["\u0000"]',
    '["\t"]',
    '[\u00a01]',
    '[1]\u0000',
    '\ufeff[]',
    '/**/[]',
    '[]//',
    ']',
    '}',
    ':',
    ',',
  ])('is refused: %j', (text) => {
    expect(parsed(text)).toBeUndefined();
    expect(whole(text)).toBe('UNREADABLE');
    expect(
      whole(
        text,
        Array.from(text, () => 1),
      ),
    ).toBe('UNREADABLE');
  });

  it.each([
    '0',
    '-0',
    '12',
    '1.5',
    '1E+5',
    '1e-5',
    '-1.0e0',
    'null',
    'true',
    'false',
    '"x"',
    '[]',
    '{}',
    ' \t\r\n[ ] ',
    '"\\u00e4\\"\\\\\\/\\b\\f\\n\\r\\t"',
    '"\\ud800"',
    '"\u007f"',
    '{"":{"":[]}}',
    '{"__proto__":{"a":1}}',
  ])('is accepted: %j', (text) => {
    for (const lengths of [[], Array.from(text, () => 1)])
      expect(whole(text, lengths)).toMatchObject(parsed(text) ?? {});
    expect(parsed(text)).toBeDefined();
  });

  it.each(['', ' ', '\n\t\r ', ' '.repeat(5000)])('of blanks is empty: %j', (text) => {
    expect(whole(text)).toBe('EMPTY_FILE');
  });

  it('says where it breaks, without what stands there', () => {
    const at = (text: string, lengths: readonly number[] = []): string => {
      try {
        cut(text, lengths);
      } catch (error) {
        return (error as Error).message;
      }
      return '';
    };
    const text = '{"version":"2.1.0",\n  "token":ghp_abcdef}';
    expect(at(text)).toBe('is no valid JSON at line 2, column 11');
    expect(at(text, [5, 5, 5, 5, 1, 1])).toBe(at(text));
    expect(at('[1')).toContain('ends too early');
    expect(at('["ghp_secret\n"]')).not.toContain('ghp');
  });

  it('is accepted exactly when JSON.parse accepts it', () => {
    const edit = fc.record({
      at: fc.nat(2000),
      cut: fc.nat(3),
      put: fc.constantFrom(...fragments),
    });
    let accepted = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.array(edit, { minLength: 1, maxLength: 2 }),
        fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 40 }),
        fc.nat(40),
        (text, edits, lengths, batch) => {
          const edited = edits.reduce((t, { at, cut: n, put }) => {
            const from = at % t.length;
            return t.slice(0, from) + put + t.slice(from + n);
          }, text);
          // Half of a pair is no character.
          const mutated = Buffer.from(edited).toString();
          const expected = parsed(mutated);
          const found = whole(mutated, lengths, { batch, hole: batch });
          if (!expected) expect(['UNREADABLE', 'EMPTY_FILE']).toContain(found);
          else {
            accepted += 1;
            expect(found).toMatchObject({ members: written(mutated) });
            expect((found as { value: unknown }).value).toEqual(expected.value);
          }
        },
      ),
      { numRuns: 20_000 },
    );
    expect(accepted).toBeGreaterThan(2000);
  });

  it('is any JSON', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 100 });
    const known = ['runs', 'results', 'artifacts', 'inlineExternalProperties', 'flows', 'stacks', 'snippet'];
    const key = fc.oneof(fc.constantFrom(...known), fc.string());
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'medium', withCrossShrink: true },
        fc.jsonValue({ maxDepth: 0 }),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(tree, fc.constantFrom('', ' ', '\n'), lengths, fc.nat(20), (value, space, pieces, batch) => {
        const text = JSON.stringify(value, null, space);
        expect(whole(text, pieces, { batch, hole: 0 })).toEqual({ value: JSON.parse(text), members: written(text) });
      }),
      { numRuns: 5000 },
    );
  });

  it('has holes where nobody needs what is in a list of an element', () => {
    const holes = (element: string, lengths: readonly number[] = []): string[] =>
      cut(`{"runs":[{"results":[${element}]}]}`, lengths, { hole: 0 }).lists[0]?.holes ?? [];
    const flow = '{"a":1,"b":{"a":2},"c":[{"a":3},{"a":4}]}';
    expect(holes(`{"flows":[${flow}],"x":1}`)).toEqual([flow]);
    expect(holes(`{"x":1,"stacks" : [ ${flow} ]},{"flows":[1]}`)).toEqual([` ${flow} `, '1']);
    expect(holes('{"flows":[]}')).toEqual(['']);
    for (const element of [
      '{"flow":[1]}',
      '{"x\\"flows":[1]}',
      '{"\\u0066lows":[1]}',
      '{"flows":1,"x":[1]}',
      '{"flows":{"flows":[1]}}',
      '{"x":{"flows":[1]}}',
      '["flows",[1]]',
      '"flows",[1],[[1]]',
      '{"x":"flows","y":[1]}',
      // Where a key stands twice, or may do so; and where one is needed.
      '{"flows":[{"a":1,"a":2}]}',
      '{"flows":[{"a":{"b":1},"c":1,"a":2}]}',
      '{"flows":[[{"x":[{"a":1,"b":[{"a":1}],"a":1}]}]]}',
      '{"flows":[{"\\u0061":1}]}',
      '{"flows":[{"":1,"":2}]}',
      '{"flows":[{"x":{"snippet":1}}]}',
      `{"flows":[{${Array.from({ length: 40 }, (_, i) => `"k${i}":1`).join()}}]}`,
      `{"flows":[${'{"a":'.repeat(70)}1${'}'.repeat(70)}]}`,
    ]) {
      expect(holes(element)).toEqual([]);
      expect(
        holes(
          element,
          Array.from(element.repeat(3), () => 1),
        ),
      ).toEqual([]);
    }
  });

  it('has no hole in which a key stands twice', () => {
    type Tree = number | Tree[] | { entries: [string, Tree][] };
    const spelled = fc.constantFrom('a', 'b', 'c', '\\u0061', 'ab', 'ä', '\\"a', '');
    const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'medium', withCrossShrink: true },
        fc.nat(9),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.record({ entries: fc.array(fc.tuple(spelled, tie('tree')), { maxLength: 5 }) }),
      ),
    }));
    const spell = (one: Tree): string => {
      if (typeof one === 'number') return `${one}`;
      if (Array.isArray(one)) return `[${one.map(spell).join()}]`;
      return `{${one.entries.map(([key, value]) => `"${key}":${spell(value)}`).join()}}`;
    };
    const twice = (one: Tree): boolean => {
      if (typeof one === 'number') return false;
      if (Array.isArray(one)) return one.some(twice);
      const keys = one.entries.map(([key]) => JSON.parse(`"${key}"`));
      return new Set(keys).size < keys.length || one.entries.some(([, value]) => twice(value));
    };
    let holes = 0;
    let refused = 0;
    fc.assert(
      fc.property(fc.array(tree), fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 3 }), (flows, lengths) => {
        const { lists } = cut(`{"results":[{"flows":${spell(flows)}}]}`, lengths, { hole: 0 });
        const found = lists[0]?.holes.length ?? 0;
        if (twice(flows)) expect(found).toBe(0);
        holes += found;
        refused += twice(flows) ? 1 : 0;
      }),
      { numRuns: 5000 },
    );
    expect(holes).toBeGreaterThan(500);
    expect(refused).toBeGreaterThan(500);
  });

  it('is refused when it is made to fill the memory', () => {
    const many = (n: number, one: string): string => `[${Array.from({ length: n }, () => one).join(',')}]`;
    const small = Array.from({ length: 1000 }, () => 10);
    const long = JSON.stringify('x'.repeat(300));
    expect(whole(`{"results":[${long}]}`, small, { element: 200 })).toBe('TOO_LARGE');
    expect(whole(`{"results":[${long}]}`, small, { element: 400 })).toMatchObject({ members: 1 });
    expect(whole(`{"results":[1,${' '.repeat(300)}2]}`, small, { element: 200 })).toBe('TOO_LARGE');
    expect(whole(`{"results":${many(100, '"0123456789"')}}`, small, { element: 200, batch: 20 })).toMatchObject({});
    expect(whole(`{"version":${long}}`, small, { skeleton: 200 })).toBe('TOO_LARGE');
    expect(whole(`{"results":[${long}]}`, small, { skeleton: 200 })).toMatchObject({ members: 1 });
    expect(whole(`{"a":${many(100, '1')}}`, small, { values: 50 })).toBe('TOO_LARGE');
    expect(whole(`{"a":${many(100, '{}')}}`, small, { values: 150 })).toBe('TOO_LARGE');
    expect(whole(`{"results":[${many(100, '1')}]}`, small, { values: 50 })).toBe('TOO_LARGE');
    expect(whole(`{"results":${many(100, '1')}}`, small, { values: 50, batch: 10 })).toMatchObject({ members: 1 });
    // What stands between two lists adds up.
    const between = `{"runs":${many(10, `{"results":[],"x":${many(10, '1')}}`)}}`;
    expect(whole(between, small, { values: 100 })).toBe('TOO_LARGE');
    expect(whole(between, small, { lists: 9 })).toBe('TOO_LARGE');
    expect(whole(between, small, { lists: 10 })).toMatchObject({ members: 21 });
  });

  it('is refused when it is nested too deeply, and kills nobody', () => {
    const nested = (n: number): string => '['.repeat(n) + ']'.repeat(n);
    expect(whole(nested(1000))).toMatchObject({ members: 0 });
    expect(whole(nested(1001))).toBe('UNREADABLE');
    expect(whole(`{"results":[${nested(998)}]}`)).toMatchObject({ members: 1 });
    for (const text of [nested(200_000), `{"runs":[{"results":[${nested(200_000)}]}]}`, '{"a":'.repeat(200_000)]) {
      expect(whole(text)).toBe('UNREADABLE');
    }
  });
});
