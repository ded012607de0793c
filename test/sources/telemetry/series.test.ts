import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reported } from '../../../src/record/evidence.js';
import { inBins, overTime, type Point, type Stamp, seriesOver } from '../../../src/sources/telemetry/series.js';

const minute = 60_000;
const from = Date.parse('2026-11-23T10:00:00Z');
const window = { from, to: from + 3 * minute };
const points = (...each: [minutes: number, value: Reported][]): Point[] =>
  each.map(([minutes, value]) => ({ at: from + minutes * minute, value }));

describe('bins of a window', () => {
  it('begin with the window, whichever end of an interval its time is', () => {
    expect(inBins(points([0, 1], [1, 2], [2, 3], [3, 4]), window, minute, 'begin')).toEqual([1, 2, 3]);
    expect(inBins(points([0, 1], [1, 2], [2, 3], [3, 4]), window, minute, 'end')).toEqual([2, 3, 4]);
  });

  it('hold null where there is no point, and the words that are no number', () => {
    expect(inBins([], window, minute, 'end')).toEqual([null, null, null]);
    expect(inBins(points([1, 'NaN'], [2, 0]), window, minute, 'begin')).toEqual([null, 'NaN', 0]);
    expect(inBins(points([2, '+Inf']), window, minute, 'end')).toEqual([null, '+Inf', null]);
  });

  it('take a time between the edges for the bin that it lies in', () => {
    const between = points([0.25, 1], [1.999, 2]);
    for (const stamp of ['begin', 'end'] as const) {
      expect(inBins(between, window, minute, stamp)).toEqual([1, 2, null]);
    }
  });

  it('hold nothing where the points are finer than the bins: nobody says how to make one of them', () => {
    const finer = points([0, 1], [0.5, 2], [1, 3]);
    expect(inBins(finer, window, minute, 'begin')).toEqual([null, 3, null]);
  });

  it('leave out what lies outside, and times that are none', () => {
    const outside = [...points([-1, 1], [3, 2]), { at: Number.NaN, value: 3 }];
    expect(inBins(outside, window, minute, 'begin')).toEqual([null, null, null]);
    expect(Object.keys(inBins(outside, window, minute, 'end'))).toEqual(['0', '1', '2']);
  });

  it('never hold anything but the values of points in that bin', () => {
    const stamps = fc.constantFrom<Stamp>('begin', 'end');
    const at = fc.integer({ min: from - 2 * minute, max: from + 6 * minute });
    fc.assert(
      fc.property(stamps, fc.array(fc.record({ at, value: fc.integer() })), (stamp, given) => {
        const bins = inBins(given, window, minute, stamp);
        expect(bins).toHaveLength(3);
        for (const [i, bin] of bins.entries()) {
          const [start, end] = [from + i * minute, from + (i + 1) * minute];
          const inside = given.filter((p) =>
            stamp === 'end' ? p.at > start && p.at <= end : p.at >= start && p.at < end,
          );
          expect(bin).toBe(inside.length === 1 ? inside[0]?.value : null);
        }
      }),
    );
  });
});

describe('a series of an answer', () => {
  const given = points([0, 1], [1, 4], [2, 2]);

  it('has bins where they are asked for, and the last of them as its value', () => {
    const range = { everyMs: minute, reduce: 'each' } as const;
    expect(seriesOver(given, { window, range }, 'begin')).toEqual({ value: 2, points: 3, bins: [1, 4, 2] });
    expect(seriesOver(given, { window, range }, 'end')).toEqual({ value: null, points: 3, bins: [4, 2, null] });
    expect(seriesOver([], { window, range }, 'end')).toEqual({ value: null, points: 0, bins: [null, null, null] });
  });

  it('has one value otherwise', () => {
    expect(seriesOver(given, { window, range: { everyMs: minute, reduce: 'max' } }, 'end')).toEqual({
      value: 4,
      points: 3,
    });
    expect(seriesOver(given, { window }, 'end', 'avg')).toEqual({ value: 7 / 3, points: 3 });
    expect(overTime(points([0, 1], [1, 'NaN']), 'last')).toBe('NaN');
  });
});
