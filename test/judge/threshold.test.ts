import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reportedNumber } from '../../src/judge/number.js';
import {
  assumedUnit,
  comparable,
  formatAgainst,
  formatThreshold,
  parseThreshold,
  satisfies,
  type Unit,
  unitNames,
} from '../../src/judge/threshold.js';

const parsed = (text: string) => {
  const threshold = parseThreshold(text);
  if (!threshold) throw new Error(`${text} is a threshold`);
  return threshold;
};

describe('thresholds', () => {
  it.each([
    ['< 1%', { operator: '<', limit: 1, unit: 'percent' }],
    ['<=250 ms', { operator: '<=', limit: 250, unit: 'ms' }],
    ['>= 99.9 %', { operator: '>=', limit: 99.9, unit: 'percent' }],
    ['== 0', { operator: '==', limit: 0, unit: 'number' }],
    ['> -1.5e3', { operator: '>', limit: -1500, unit: 'number' }],
    ['< 2 GiB', { operator: '<', limit: 2, unit: 'GiB' }],
  ])('reads %s', (text, expected) => expect(parseThreshold(text)).toEqual(expected));

  it.each(['1%', '< ', '<> 1', '= 1', '=< 1', '< 1 parsec', '< NaN', '< 1e999', '< 1,5', '< 0x10', '< 1 % of all', ''])(
    'refuses %j',
    (text) => expect(parseThreshold(text)).toBeUndefined(),
  );

  it('compares across units of one kind, exactly at the limit', () => {
    expect(satisfies(0.01, 'ratio', parsed('< 1%'))).toBe(false);
    expect(satisfies(0.35, 'ratio', parsed('<= 35%'))).toBe(true);
    expect(satisfies(0.25, 's', parsed('<= 250 ms'))).toBe(true);
    expect(satisfies(251, 'ms', parsed('<= 0.25 s'))).toBe(false);
    expect(satisfies(0.58, 'ratio', parsed('== 58%'))).toBe(true);
  });

  it('knows which units can be compared, and guesses none for times and sizes', () => {
    expect(comparable(parsed('< 1%'), 'ms')).toBe(false);
    expect(comparable(parsed('< 1 s'), 'ms')).toBe(true);
    expect(assumedUnit(parsed('< 1%'))).toBe('ratio');
    expect(assumedUnit(parsed('< 250 ms'))).toBeUndefined();
    expect(assumedUnit(parsed('< 5'))).toBe('number');
  });

  it('holds for nothing that is not a finite number, whichever way the condition is written', () => {
    const threshold = fc.record({
      operator: fc.constantFrom('<', '<=', '>', '>=', '==') as fc.Arbitrary<'<'>,
      limit: fc.double({ noNaN: true, noDefaultInfinity: true }),
      unit: fc.constantFrom<Unit>(...unitNames),
    });
    fc.assert(
      fc.property(
        threshold,
        fc.constantFrom<Unit>(...unitNames),
        fc.constantFrom(Number.NaN, Infinity, -Infinity),
        (t, unit, x) => {
          expect(satisfies(x, unit, t)).toBe(false);
        },
      ),
    );
  });

  it('never shows a value that misses the limit as the limit itself', () => {
    expect(formatAgainst(0.010004, 'ratio', parsed('< 1%'))).toBe('1.0004 %');
    expect(formatAgainst(0.0083412, 'ratio', parsed('< 1%'))).toBe('0.834 %');
    expect(formatAgainst(0.2124, 's', parsed('< 250 ms'))).toBe('212 ms');
    expect(formatAgainst(123456.7, 'number', parsed('< 5'))).toBe('123457');
    expect(formatThreshold(parsed('<1%'))).toBe('< 1 %');
  });
});

describe('reportedNumber', () => {
  it.each([
    ['0.0476', 0.0476],
    ['4.7e-02', 0.047],
    [' 12 ', 12],
    ['NaN', 'NaN'],
    ['+Inf', '+Inf'],
    ['-Inf', '-Inf'],
    ['Infinity', '+Inf'],
    ['1e999', '+Inf'],
    [Number.NaN, 'NaN'],
    ['', null],
    ['0x10', null],
    ['1,000', null],
    ['12 ms', null],
    ['true', null],
    [null, null],
    [undefined, null],
    [true, null],
    [[1], null],
    [{}, null],
  ])('reads %j as %j', (raw, expected) => expect(reportedNumber(raw)).toBe(expected));
});
