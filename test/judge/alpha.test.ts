import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { divideFalseStops } from '../../src/judge/alpha.js';

describe('dividing a rate of false stops', () => {
  it('shares equally', () => {
    expect(divideFalseStops(0.05, [undefined, undefined])).toEqual([0.025, 0.025]);
  });

  it('leaves a rate of its own alone, and shares the rest', () => {
    const [own, ...shared] = divideFalseStops(0.05, [0.01, undefined, undefined]);
    expect(own).toBe(0.01);
    for (const rate of shared) expect(rate).toBeCloseTo(0.02, 12);
  });

  it('has nothing to divide among none', () => {
    expect(divideFalseStops(0.05, [])).toEqual([]);
  });

  it('takes decimals whose sum is the whole but for rounding', () => {
    expect(divideFalseStops(0.3, [0.1, 0.2])).toEqual([0.1, 0.2]);
  });

  it('never gives away more than the whole, and nothing to nobody', () => {
    const rate = fc.double({ min: 1e-6, max: 0.2, noNaN: true });
    fc.assert(
      fc.property(rate, fc.array(fc.option(rate, { nil: undefined }), { minLength: 1 }), (all, parts) => {
        // Scaled so that those with a rate of their own take half at most.
        const given = parts.reduce<number>((sum, part) => sum + (part ?? 0), 0);
        const own = parts.map((part) => part && (part * all) / (2 * given));
        const rates = divideFalseStops(all, own);
        expect(rates.reduce((sum, x) => sum + x, 0)).toBeLessThanOrEqual(all * (1 + 1e-9));
        for (const [i, x] of rates.entries()) expect(own[i] === undefined ? x > 0 : x === own[i]).toBe(true);
      }),
    );
  });

  it.each([
    ['more than the whole', 0.05, [0.03, 0.03]],
    ['nothing left to share', 0.05, [0.05, undefined]],
    ['a whole of 0', 0, [undefined]],
    ['a whole of 1', 1, [undefined]],
    ['a whole that is no number', Number.NaN, [undefined]],
    ['a part of 0', 0.05, [0]],
    ['a negative part', 0.05, [-0.01, undefined]],
    ['a part that is no number', 0.05, [Number.NaN, undefined]],
    ['an infinite part', 0.05, [Number.POSITIVE_INFINITY]],
  ])('refuses %s', (_, all, own) => {
    expect(() => divideFalseStops(all, own)).toThrow(RangeError);
  });
});
