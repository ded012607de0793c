import { expect, it } from 'vitest';
import { loadSourceTypes, sourceEntries, sourceTypeOf } from '../../src/sources/index.js';

it('says of each type without its code what it is', async () => {
  await loadSourceTypes(sourceEntries.map(({ type }) => type));
  for (const { type, families } of sourceEntries) {
    expect(sourceTypeOf(type)).toMatchObject({ type });
    expect(sourceTypeOf(type)?.families, type).toEqual(families);
  }
  expect(new Set(sourceEntries.map(({ type }) => type)).size).toBe(sourceEntries.length);
});

it('knows no type that is none', async () => {
  await loadSourceTypes(['nothing', '__proto__']);
  expect(sourceTypeOf('nothing')).toBeUndefined();
  expect(sourceTypeOf('__proto__')).toBeUndefined();
  expect(sourceTypeOf(undefined)).toBeUndefined();
});
