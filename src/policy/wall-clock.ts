/**
 * What the clocks of a time zone show, and when they show it. Wall times are counted as if the zone were UTC: milliseconds since
 * 1970-01-01 00:00 on that wall. Pure; the rules of the zones are those of the runtime (`Intl`).
 */
import { nearest } from './problems.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Making one costs more than all that is asked of it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    const two = '2-digit';
    const parts = { year: 'numeric', month: two, day: two, hour: two, minute: two, second: two } as const;
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', calendar: 'iso8601', ...parts });
    formats.set(zone, format);
  }
  return format;
}

/** @param at milliseconds since the epoch. @returns what the wall shows then */
export function wallTime(zone: string, at: number): number {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? Number.NaN;
  const second = Math.floor(at / 1000) * 1000;
  return (
    Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) + (at - second)
  );
}

/** No zone is further from UTC. */
const furthestMs = 15 * hourMs;

/**
 * When the wall shows a time: the first and the last instant, which differ where clocks are put back. Where they are put forward over it,
 * both are the instant at which they are.
 */
export function instantsOf(zone: string, wall: number): { readonly first: number; readonly last: number } {
  const offsets = new Set<number>();
  for (let at = wall - furthestMs; at <= wall + furthestMs; at += hourMs / 2) offsets.add(wallTime(zone, at) - at);
  const candidates = [...offsets].map((offset) => wall - offset).sort((a, b) => a - b);
  const shown = candidates.filter((at) => wallTime(zone, at) === wall);
  const [first] = shown;
  const last = shown.at(-1);
  if (first !== undefined && last !== undefined) return { first, last };
  let before = candidates[0] ?? wall;
  let after = candidates.at(-1) ?? wall;
  while (after - before > 1000) {
    const middle = before + Math.floor((after - before) / 2000) * 1000;
    if (wallTime(zone, middle) < wall) before = middle;
    else after = middle;
  }
  return { first: after, last: after };
}

/** Names that are newer than those by which some runtimes list these zones. */
const newer = [
  'UTC',
  'Europe/Kyiv',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Ho_Chi_Minh',
  'America/Nuuk',
  'Asia/Yangon',
];

/** A name of the IANA database, aliases too. Offsets such as `+02:00` are none: they know nothing of summer time. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** What is wrong with the name of a zone, with the nearest right one. */
export function zoneWords(name: string): string {
  const known = [...Intl.supportedValuesOf('timeZone'), ...newer];
  const city = (zone: string) => zone.slice(zone.lastIndexOf('/') + 1);
  // `Berlin` is far from `Europe/Berlin` by its letters.
  const meant = nearest(name, known) ?? known.find((zone) => city(zone).toLowerCase() === city(name).toLowerCase());
  return `a time zone such as \`Europe/Berlin\`${meant === undefined ? '' : ` (did you mean \`${meant}\`?)`}`;
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

/** `Mon 2026-11-30 07:00`. @param wall as `wallTime` gives it */
export function wallWords(wall: number): string {
  const date = new Date(wall);
  return `${days[date.getUTCDay()]} ${date.toISOString().slice(0, 16).replace('T', ' ')}`;
}

const dateForm = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2}))?$/;

/**
 * `2026-12-20 18:00`, or a day alone.
 *
 * @param bound a day alone means its beginning, or its end
 * @returns the wall time; undefined: it is none
 */
export function parseWall(text: string, bound: 'from' | 'to'): number | undefined {
  const [, day, hour, minute] = dateForm.exec(text.trim()) ?? [];
  if (day === undefined) return undefined;
  const start = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(start) || !new Date(start).toISOString().startsWith(day)) return undefined;
  if (hour === undefined) return bound === 'from' ? start : start + 24 * hourMs;
  const time = timeOf(hour, minute);
  return time === undefined ? undefined : start + time;
}

const weekForm = /^([A-Za-z]{3,9})\s+(\d{2}):(\d{2})$/;
const fullDays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

export interface WeekTime {
  /** 0 is Sunday. */
  readonly day: number;
  /** Milliseconds since midnight on the wall. */
  readonly time: number;
}

/** `Fri 16:00`, `Friday 16:00`. @returns undefined: it is none */
export function parseWeekTime(text: string): WeekTime | undefined {
  const [, word = '', hour, minute] = weekForm.exec(text.trim()) ?? [];
  const name = word.toLowerCase();
  const day = fullDays.findIndex((full) => full === name || full.slice(0, 3) === name);
  const time = hour === undefined ? undefined : timeOf(hour, minute);
  return day < 0 || time === undefined ? undefined : { day, time };
}

/** Up to 24:00, the end of the day. */
function timeOf(hour: string, minute: string | undefined): number | undefined {
  const time = Number(hour) * hourMs + Number(minute) * minuteMs;
  return Number(minute) < 60 && time <= 24 * hourMs ? time : undefined;
}
