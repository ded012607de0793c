/** Metric queries whose value over a window would prove nothing, or could be read in two ways. */

/** Functions that give values where nothing was measured; then no point proves anything. */
const fills = /\b(?:default_zero|default)\s*\(|\.fill\(\s*(?:zero|last|linear|\d)/;

/** Functions that show another time, or a line drawn through the points, under the times of the window. */
const elsewhere =
  /\b(?:timeshift|calendar_shift|hour_before|day_before|week_before|month_before|forecast|trend_line|robust_trend|piecewise_constant)\s*\(/;

const term = String.raw`\w+:[^\s{}()+]+\{\}(?:\s*by\s*\{\})?\.as_count\(\)(?:\.rollup\(\s*(?:sum\s*,?\s*)?\d*\s*\))?`;
const counts = new RegExp(String.raw`^\s*${term}(?:\s*\+\s*${term})*\s*$`);
/** By something that begins with a letter: a metric, not a number. */
const division = /\/[\s(]*[a-z_]/i;

/** Tags may hold any characters. */
const withoutTags = (query: string): string => query.replaceAll(/\{[^}]*\}/g, '{}');

/** Whether its points are counts and nothing else, so that the count of the window is their sum. */
export const isCount = (query: string): boolean => counts.test(withoutTags(query));

/**
 * @param ranged the policy says how the points become one value
 * @returns why the query cannot be asked, and what to write; undefined: it can
 */
export function refusal(query: string, ranged: boolean): string | undefined {
  const bare = withoutTags(query);
  const filled = fills.exec(bare);
  if (filled)
    return `\`${filled[0]}…\` gives values where nothing was measured, so nothing would be proven: leave it out`;
  const shifted = elsewhere.exec(bare);
  if (shifted) return `\`${shifted[0]}…\` shows what was not measured in the window, so nothing would be proven`;
  if (ranged) return undefined;
  // The mean of the points' ratios lets a burst of failures vanish among quiet moments, and their sum is no ratio at all.
  if (division.test(bare))
    return 'expected a ratio as `failures` and `total`, or `range` to say how its points are reduced';
  if (bare.includes('.as_count()') && !isCount(query)) {
    return 'expected a count by itself, such as `sum:hits{…}.as_count()`, or `range` to say how its points are reduced';
  }
  return undefined;
}
