/** Times in which no train goes: once, or every week, by the wall clock of a time zone. Pure. */
import * as v from 'valibot';
import type { Standing } from '../record/standing.js';
import { described, filled } from './fields.js';
import type { Finding } from './problems.js';
import { instantsOf, isZone, parseWall, parseWeekTime, wallTime, wallWords, zoneWords } from './wall-clock.js';

const wallBound = (bound: 'from' | 'to') =>
  v.pipe(
    v.string(),
    v.check(
      (text) => parseWall(text, bound) !== undefined,
      'a day and a time such as `2026-12-20 18:00`, or a day alone',
    ),
  );

const weekBound = v.pipe(
  v.string(),
  v.check((text) => parseWeekTime(text) !== undefined, 'a weekday and a time such as `Fri 16:00`'),
);

const freeze = v.pipe(
  v.strictObject({
    name: described(filled, 'What people call it; unique in the policy.'),
    zone: described(
      v.pipe(
        filled,
        v.check(isZone, ({ input }) => zoneWords(input)),
      ),
      'The time zone of all times here, by its name: `Europe/Berlin`. Summer time is heeded.',
    ),
    from: described(
      v.optional(wallBound('from')),
      'When it begins: `2026-12-20 18:00`; a day alone means its beginning.',
    ),
    to: described(v.optional(wallBound('to')), 'When it ends: `2027-01-02 08:00`; a day alone is frozen to its end.'),
    every: described(
      v.optional(
        v.strictObject({
          from: described(weekBound, 'When it begins in each week: `Fri 16:00`.'),
          to: described(weekBound, 'When it ends: `Mon 07:00`.'),
        }),
      ),
      'In place of `from` and `to`: every week anew.',
    ),
    environments: described(
      v.optional(v.pipe(v.array(filled), v.minLength(1, 'at least one environment'))),
      'Where it holds. A train whose environment is not known is frozen too. Default: everywhere.',
    ),
    except: described(
      v.optional(
        v.strictObject({
          fixes: described(v.optional(v.boolean(), false), 'A train that declares a fix (input `fixes`) may pass.'),
        }),
        {},
      ),
      'Who may pass all the same.',
    ),
  }),
  v.check(
    ({ from, to, every }) =>
      (every === undefined) === (from !== undefined) && (from === undefined) === (to === undefined),
    'either `from` and `to`, or `every`',
  ),
  v.check(
    ({ from, to }) =>
      from === undefined || to === undefined || (parseWall(from, 'from') ?? 0) < (parseWall(to, 'to') ?? 0),
    'a `to` that is later than `from`',
  ),
  v.check(
    ({ every }) => every === undefined || lengthOf(every) < weekMs,
    'an `every` that leaves some of the week free',
  ),
);

export const freezesSchema = v.array(freeze);

/** A valid freeze, defaults filled in; its times as they are written, on the wall of its zone. */
export interface Freeze {
  readonly name: string;
  readonly zone: string;
  readonly from?: string;
  readonly to?: string;
  readonly every?: { readonly from: string; readonly to: string };
  readonly environments?: readonly string[];
  readonly except: { readonly fixes: boolean };
}

const dayMs = 86_400_000;
const weekMs = 7 * dayMs;

/** Of a weekly freeze, on the wall. */
function lengthOf(every: { readonly from: string; readonly to: string }): number {
  const [from, to] = [parseWeekTime(every.from), parseWeekTime(every.to)];
  if (!from || !to) return 0;
  const span = (to.day - from.day) * dayMs + to.time - from.time;
  return span > 0 ? span : span + weekMs;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** When a freeze holds around an instant, on its wall. */
function spansOf({ from, to, every }: Freeze, wall: number): Span[] {
  if (every === undefined) {
    const span = { from: parseWall(from ?? '', 'from'), to: parseWall(to ?? '', 'to') };
    return span.from === undefined || span.to === undefined ? [] : [{ from: span.from, to: span.to }];
  }
  const begins = parseWeekTime(every.from);
  if (!begins) return [];
  const length = lengthOf(every);
  const today = Math.floor(wall / dayMs) * dayMs;
  return [...Array(10).keys()].flatMap((back): Span[] => {
    const day = today + (1 - back) * dayMs;
    const start = day + begins.time;
    return new Date(day).getUTCDay() === begins.day ? [{ from: start, to: start + length }] : [];
  });
}

/** A freeze that holds. */
export type Frozen = Standing['freezes'][number];

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Where nobody says where the train goes, it may go there. */
const covers = ({ environments }: Freeze, environment: string | undefined): boolean =>
  environments === undefined || environment === undefined || environments.some((one) => same(one, environment));

/**
 * The freezes that hold at an instant, whoever may pass them. Where the clocks are put back, one begins when they first show its beginning,
 * and ends when they last show its end.
 *
 * @param now milliseconds since the epoch
 */
export function freezesAt(freezes: readonly Freeze[], now: number, environment: string | undefined): Frozen[] {
  return freezes.flatMap((one): Frozen[] => {
    if (!covers(one, environment)) return [];
    const wall = wallTime(one.zone, now);
    for (const span of spansOf(one, wall)) {
      // No clock is put forward or back by more than a day.
      if (wall < span.from - dayMs || wall > span.to + dayMs) continue;
      const from = instantsOf(one.zone, span.from).first;
      const until = instantsOf(one.zone, span.to).last;
      if (now < from || now >= until) continue;
      const { name, zone } = one;
      const local = wallWords(wallTime(zone, until));
      const [begin, end] = [new Date(from).toISOString(), new Date(until).toISOString()];
      return [{ name, zone, from: begin, until: end, local, fixes: one.except.fixes }];
    }
    return [];
  });
}

export interface FrozenFacts {
  /** Undefined: not known. */
  readonly environment: string | undefined;
  /** What the train declares to fix. */
  readonly fixes?: string | undefined;
  /** An override lets it pass at that instant. */
  readonly lifted?: boolean;
}

/**
 * The freeze that keeps a train from moving now, of several the one that ends last.
 *
 * @param now milliseconds since the epoch
 */
export function frozenAt(freezes: readonly Freeze[], now: number, facts: FrozenFacts): Frozen | undefined {
  return keptBy(freezesAt(freezes, now, facts.environment), facts);
}

/** Of freezes that hold, that which keeps a train from moving. */
export function keptBy(holding: readonly Frozen[], { fixes, lifted }: FrozenFacts): Frozen | undefined {
  if (lifted) return undefined;
  const declared = (fixes ?? '').trim() !== '';
  return holding
    .filter((one) => !(one.fixes && declared))
    .toSorted((a, b) => Date.parse(a.until) - Date.parse(b.until))
    .at(-1);
}

/** `until Mon 2026-11-30 07:00 in Europe/Berlin (2026-11-30 06:00 UTC)`. */
export const untilWords = ({ local, zone, until }: Pick<Frozen, 'local' | 'zone' | 'until'>): string =>
  `until ${local} in ${zone} (${until.slice(0, 16).replace('T', ' ')} UTC)`;

/** What no single freeze can tell. */
export function relateFreezes(freezes: readonly Freeze[]): Finding[] {
  return freezes.flatMap(({ name }, index): Finding[] => {
    const first = freezes.findIndex((other) => other.name === name);
    const message = `\`${name}\` is the name of freeze ${first + 1} already; expected a unique name`;
    return first < index ? [{ path: ['freezes', index, 'name'], at: 'value', message }] : [];
  });
}

/** Advice on freezes: where they stand in the policy, and what is to be thought about. @param now milliseconds since the epoch */
export function adviseFreezes(freezes: readonly Freeze[], now: number, environment: string | undefined): Finding[] {
  return freezes.flatMap(({ name, zone, to, environments }, index): Finding[] => {
    const end = parseWall(to ?? '', 'to');
    const over = end !== undefined && instantsOf(zone, end).last <= now;
    const advice = (key: string, message: string): Finding => ({ path: ['freezes', index, key], at: 'value', message });
    return [
      ...(over ? [advice('to', `the freeze \`${name}\` is over: remove it`)] : []),
      ...(environments !== undefined && environment === undefined
        ? [
            advice(
              'environments',
              `nothing says where this train goes, so \`${name}\` holds for it wherever that is: give \`environment\``,
            ),
          ]
        : []),
    ];
  });
}
