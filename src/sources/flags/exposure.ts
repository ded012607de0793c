/**
 * The algebra of exposure: bounds of the share of a population, in percent. Nothing is assumed of how two conditions, or two hashes,
 * hang together, so the bounds of a combination are those of Fréchet; only percentages of the same hash are known to be nested.
 */
import type { Interval } from '../../record/flags.js';
import type { Audience, Definition, Rule, Serving } from './definition.js';
import { type Class, classOf, type Meaning } from './meaning.js';

const clamp = (x: number): number => Math.min(100, Math.max(0, x));
const exactly = (x: number): Interval => ({ lo: clamp(x), hi: clamp(x) });
const none = exactly(0);
const whole: Interval = { lo: 0, hi: 100 };

/** Fréchet's bounds of both at once. */
export const both = (a: Interval, b: Interval): Interval => ({
  lo: clamp(a.lo + b.lo - 100),
  hi: Math.min(a.hi, b.hi),
});
/** Fréchet's bounds of at least one. */
export const either = (a: Interval, b: Interval): Interval => ({
  lo: Math.max(a.lo, b.lo),
  hi: clamp(a.hi + b.hi),
});
export const complement = ({ lo, hi }: Interval): Interval => ({ lo: 100 - hi, hi: 100 - lo });

/** How large audiences may be whose size nobody knows. */
export interface Assumed {
  readonly matching: Interval;
  readonly individuals: (count: number) => Interval;
}

/** Lists of users up to this long are no share of a population worth the name; beyond it nobody knows what they are. */
export const fewIndividuals = 100;

/** Of all who are not named one by one. */
export const ofMost: Assumed = {
  matching: whole,
  individuals: (count) => (count > fewIndividuals ? whole : none),
};
/** Of those whom no condition and no list is for. */
export const ofUntargeted: Assumed = { matching: none, individuals: () => none };
/** Of anybody. */
export const ofAnyone: Assumed = { matching: whole, individuals: (count) => (count > 0 ? whole : none) };

/** What is none is not known: a provider may store whatever it is sent. */
const isPercent = (x: number): boolean => x >= 0 && x <= 100;

/** Bounds of an audience's share of the population. */
export function sizeOf(audience: Audience, assumed: Assumed): Interval {
  switch (audience.is) {
    case 'everyone':
      return exactly(100);
    case 'nobody':
      return none;
    case 'percent':
      return isPercent(audience.percent) ? exactly(audience.percent) : whole;
    case 'individuals':
      return assumed.individuals(audience.count);
    case 'matching':
      return assumed.matching;
    case 'not':
      return complement(sizeOf(audience.part, assumed));
    default: {
      const any = audience.is === 'any-of';
      const sizes = nested(audience.parts, any).map((part) => sizeOf(part, assumed));
      return sizes.reduce(any ? either : both, exactly(any ? 0 : 100));
    }
  }
}

/** Of percentages of the same hash only the largest counts where any is enough, and only the smallest where all are needed. */
function nested(parts: readonly Audience[], any: boolean): Audience[] {
  const flat = parts.flatMap((part) => (part.is === (any ? 'any-of' : 'all-of') ? part.parts : [part]));
  const byHash = new Map<string, Extract<Audience, { is: 'percent' }>>();
  const rest: Audience[] = [];
  for (const part of flat) {
    if (part.is !== 'percent' || part.hash === undefined || !isPercent(part.percent)) {
      rest.push(part);
      continue;
    }
    const other = byHash.get(part.hash);
    const counts = other === undefined || (any ? part.percent > other.percent : part.percent < other.percent);
    if (counts) byHash.set(part.hash, part);
  }
  return [...rest, ...byHash.values()];
}

type ByClass = Readonly<Record<Class, Interval>>;

/** Shares of a serving by what its variants mean; what it does not say may be anything, and counts as unclear. */
function classes(serving: Serving, definition: Definition, meaning: Meaning): ByClass {
  const sums = { on: 0, off: 0, unclear: 0 };
  const odd = { on: whole, off: whole, unclear: whole };
  for (const { variant, percent } of serving) {
    if (!(percent >= 0)) return odd;
    const { value } = definition.variants.find(({ name }) => name === variant) ?? { value: null };
    const of = variant === null ? (meaning.codeDefault ?? 'unclear') : classOf({ variant, value }, meaning);
    sums[of] += percent;
  }
  const said = sums.on + sums.off + sums.unclear;
  if (!(said <= 100 + 1e-6)) return odd;
  // Weights such as 3 × 33.333 are meant to be whole.
  if (said > 100 - 1e-2) {
    const share = (sum: number): Interval => exactly(Number(((100 * sum) / said).toPrecision(12)));
    return { on: share(sums.on), off: share(sums.off), unclear: share(sums.unclear) };
  }
  return { on: exactly(sums.on), off: exactly(sums.off), unclear: exactly(sums.unclear + 100 - said) };
}

/** The rules in the order in which they are asked, the last of which is for everyone. */
export function rulesOf(definition: Definition, enabled = definition.enabled): readonly Rule[] {
  const { rules, otherwise, off, offBeats = 'everything' } = definition;
  const last = (serves: Serving): Rule => ({ who: { is: 'everyone' }, serves });
  if (enabled !== false) return [...rules, last(otherwise)];
  return offBeats === 'everything' ? [last(off)] : [...rules, last(off)];
}

/** Of the rules those that somebody may come to. */
export function reachable(definition: Definition): readonly Rule[] {
  const rules = rulesOf(definition).filter(({ who }) => sizeOf(who, ofAnyone).hi > 0);
  const last = rules.findIndex(({ who }) => sizeOf(who, ofAnyone).lo === 100);
  return rules.slice(0, last + 1);
}

/**
 * Bounds of the share that gets the new code.
 *
 * Each rule serves some of those who are left. Bounds from above for what is served on, and for all the rest, together bound
 * it from both sides.
 */
export function exposureOf(
  definition: Definition,
  meaning: Meaning,
  assumed: Assumed,
  enabled = definition.enabled,
): Interval {
  let left: Interval = exactly(100);
  const on = { lo: 0, hi: 0 };
  const rest = { lo: 0, hi: 0 };
  for (const { who, serves } of rulesOf(definition, enabled)) {
    const size = sizeOf(who, assumed);
    const served = both(size, left);
    const shares = classes(serves, definition, meaning);
    // A share of all users, of whom those that are served here may be any.
    const part = (share: Interval): Interval => both(served, share);
    const unclearHi = part(shares.unclear).hi;
    on.lo += part(shares.on).lo;
    on.hi += Math.min(served.hi, part(shares.on).hi + unclearHi);
    rest.lo += part(shares.off).lo;
    rest.hi += Math.min(served.hi, part(shares.off).hi + unclearHi);
    left = { lo: clamp(left.lo - served.hi), hi: clamp(Math.min(left.hi - served.lo, 100 - size.lo)) };
    if (left.hi === 0) break;
  }
  const hi = tidy(Math.min(on.hi, 100 - rest.lo));
  return { lo: Math.min(tidy(Math.max(on.lo, 100 - rest.hi)), hi), hi };
}

/** Sums of decimal fractions, without their last digits. */
const tidy = (x: number): number => clamp(Number(x.toPrecision(12)));
