/** Days of the calendar, in UTC: on which waivers and overrides end. Pure. */

const dayMs = 86_400_000;

/** @returns the first millisecond of a day in UTC; undefined: it is no day of the calendar */
export function dayOf(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const start = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(start) && new Date(start).toISOString().startsWith(text) ? start : undefined;
}

/** The first millisecond after a day. */
export const endOf = (start: number): number => start + dayMs;
