/** Whether a value has risen or fallen against an earlier one, by more than a margin. No statistics: both are taken as they were measured. */

export const directions = ['not-rise', 'not-fall', 'rise', 'fall'] as const;
export type Direction = (typeof directions)[number];

/** What counts as a change at all: more than the larger of the two. */
export interface Margin {
  /** Share of the baseline's size, 0.1 for 10 %. */
  readonly relative: number;
  /** In the unit of the values; undefined where the policy does not say. */
  readonly absolute: number | undefined;
}

export interface Comparison {
  readonly holds: boolean;
  /** Of the baseline's size: 1.32 for +132 %. Undefined for a baseline of 0, to which nothing has a proportion. */
  readonly change: number | undefined;
}

/**
 * Holds `after` against `before`.
 *
 * `rise` means more than the margin above, `fall` more than the margin below; `not-rise` and `not-fall` are their opposites, so of
 * `rise` and `not-rise` exactly one holds.
 *
 * @param values finite numbers
 * @returns undefined when only a relative margin is given and the baseline is 0, unless nothing has changed
 */
export function compareArms(
  { before, after }: { readonly before: number; readonly after: number },
  should: Direction,
  { relative, absolute }: Margin,
): Comparison | undefined {
  if (!Number.isFinite(before) || !Number.isFinite(after)) return undefined;
  const size = Math.abs(before);
  if (size === 0 && relative > 0 && absolute === undefined && after !== 0) return undefined;
  const margin = Math.max(relative * size, absolute ?? 0);
  const difference = after - before;
  const change = size === 0 ? undefined : difference / size;
  // 0.11 - 0.1 is a little more than 0.01 in binary; a change that is the margin to twelve digits is not more than it.
  const slack = 1e-12 * Math.max(size, Math.abs(after));
  const rose = difference > margin + slack;
  const fell = -difference > margin + slack;
  const holds = { rise: rose, 'not-rise': !rose, fall: fell, 'not-fall': !fell }[should];
  return { holds, change: change !== undefined && Number.isFinite(change) ? change : undefined };
}
