import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareArms, type Direction } from '../../src/judge/comparison.js';

const ask = (before: number, after: number, should: Direction, relative = 0, absolute?: number) =>
  compareArms({ before, after }, should, { relative, absolute });

describe('a comparison', () => {
  it.each<[number, number, Direction, number, number | undefined, boolean, number | undefined]>([
    [100, 110, 'not-rise', 0.1, undefined, true, 0.1],
    [100, 110.1, 'not-rise', 0.1, undefined, false, 0.101],
    [0.1, 0.11, 'not-rise', 0.1, undefined, true, 0.1],
    [0.1, 0.09, 'not-fall', 0.1, undefined, true, -0.1],
    [100, 89, 'not-fall', 0.1, undefined, false, -0.11],
    [100, 50, 'not-rise', 0, undefined, true, -0.5],
    [100, 111, 'rise', 0.1, undefined, true, 0.11],
    [100, 110, 'rise', 0.1, undefined, false, 0.1],
    [100, 100, 'rise', 0, undefined, false, 0],
    [100, 89, 'fall', 0.1, undefined, true, -0.11],
    [100, 100, 'not-rise', 0, undefined, true, 0],
    // Twice nothing is nothing, by the floor; and the larger of the two counts.
    [0.00001, 0.00002, 'not-rise', 0.1, 0.001, true, 1],
    [100, 119, 'not-rise', 0.2, 5, true, 0.19],
    [100, 104, 'not-rise', 0.01, 5, true, 0.04],
    // Below 0 a rise is still a rise.
    [-10, -5, 'not-rise', 0.1, undefined, false, 0.5],
    [-10, -20, 'fall', 0.1, undefined, true, -1],
    [0, 0, 'not-rise', 0.1, undefined, true, undefined],
    [0, 0, 'rise', 0.1, undefined, false, undefined],
    [0, 4, 'not-rise', 0.1, 5, true, undefined],
    [0, 6, 'not-rise', 0.1, 5, false, undefined],
    [0, 1e-9, 'not-rise', 0, undefined, false, undefined],
  ])('%d → %d should %s by %d or %s: %s', (before, after, should, relative, absolute, holds, change) => {
    const compared = ask(before, after, should, relative, absolute);
    expect(compared?.holds).toBe(holds);
    if (change === undefined) expect(compared?.change).toBeUndefined();
    else expect(compared?.change).toBeCloseTo(change, 10);
  });

  it('says nothing of a share of 0, or of what is no number', () => {
    for (const should of ['rise', 'not-rise', 'fall', 'not-fall'] as const) {
      expect(ask(0, 1, should, 0.1)).toBeUndefined();
      expect(ask(0, -1, should, 0.1)).toBeUndefined();
      for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
        expect(ask(bad, 1, should)).toBeUndefined();
        expect(ask(1, bad, should)).toBeUndefined();
      }
    }
  });

  it('lets exactly one of two opposites hold, and never both a rise and a fall', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    const margin = fc.record({
      relative: fc.double({ min: 0, max: 10, noNaN: true }),
      absolute: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }), { nil: undefined }),
    });
    fc.assert(
      fc.property(finite, finite, margin, (before, after, m) => {
        const holds = (should: Direction) => compareArms({ before, after }, should, m)?.holds;
        const rise = holds('rise');
        fc.pre(rise !== undefined);
        expect(holds('not-rise')).toBe(!rise);
        expect(holds('not-fall')).toBe(!holds('fall'));
        expect(rise && holds('fall')).toBe(false);
        // A larger margin never makes a change of none.
        const wider = compareArms({ before, after }, 'rise', { ...m, relative: m.relative + 1 });
        if (wider?.holds) expect(rise).toBe(true);
      }),
    );
  });
});
