/**
 * Error budgets and how fast they are spent. The burn rate is the share of bad events over the share that the objective allows: at 1
 * the budget lasts exactly its period. Two windows must agree, the long one for weight and the short one to see that it still burns
 * (Site Reliability Workbook, ch. 5, "Multiwindow, Multi-Burn-Rate Alerts").
 */

/** A pair of windows that together say whether the budget burns too fast. Times in milliseconds. */
export interface BurnRate {
  readonly longMs: number;
  readonly shortMs: number;
  /** Burn rate that both windows must exceed. */
  readonly factor: number;
}

/** The short window is this part of the long one, unless it is given. */
export const shortPart = 12;

/** The burn rate at which `budget` (share, 0 to 1) of a period's error budget is gone after `longMs`: 2 % of 30 d in 1 h is 14.4. */
export const factorOf = (budget: number, longMs: number, periodMs: number): number => (budget * periodMs) / longMs;

/**
 * @param badShare bad events of all, 0 to 1
 * @param objective share of good events that is promised, 0 to 1, less than 1
 */
export const burnRate = (badShare: number, objective: number): number => badShare / (1 - objective);

/** What is left of the error budget, 1 = all, negative = overspent. `badShare` is that of the whole period. */
export const budgetLeft = (badShare: number, objective: number): number => 1 - burnRate(badShare, objective);
