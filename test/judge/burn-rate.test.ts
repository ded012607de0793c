import { expect, it } from 'vitest';
import { budgetLeft, burnRate, factorOf } from '../../src/judge/burn-rate.js';

const hour = 3_600_000;
const month = 30 * 24 * hour;

it.each([
  [0.02, 1, 14.4],
  [0.05, 6, 6],
  [0.1, 24, 3],
  [0.1, 72, 1],
])('%d of 30 days in %d h is %d times too fast', (budget, hours, factor) => {
  expect(factorOf(budget, hours * hour, month)).toBeCloseTo(factor, 10);
});

it('is 1 when exactly as much fails as the objective allows', () => {
  expect(burnRate(0.001, 0.999)).toBeCloseTo(1, 9);
  expect(burnRate(0.0144, 0.999)).toBeCloseTo(14.4, 9);
});

it('leaves all, nothing or less than nothing of the budget', () => {
  expect(budgetLeft(0, 0.999)).toBe(1);
  expect(budgetLeft(0.001, 0.999)).toBeCloseTo(0, 9);
  expect(budgetLeft(0.003, 0.999)).toBeCloseTo(-2, 9);
});
