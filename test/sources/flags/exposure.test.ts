/**
 * The algebra of exposure against populations that are evaluated user by user. A hash gives each user a place, so that a percentage is met
 * exactly; everything else about the population is chance: who a condition holds for, who is on a list, how hashes hang together.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Interval } from '../../../src/record/flags.js';
import {
  type Audience,
  allOf,
  anyOf,
  type Definition,
  everyone,
  individuals,
  matching,
  nobody,
  percentOf,
  type Rule,
  type Serving,
  serve,
  unknownServing,
} from '../../../src/sources/flags/definition.js';
import {
  both,
  complement,
  either,
  exposureOf,
  ofAnyone,
  ofMost,
  ofUntargeted,
  sizeOf,
} from '../../../src/sources/flags/exposure.js';
import type { Meaning } from '../../../src/sources/flags/meaning.js';
import { stateOf } from '../../../src/sources/flags/state.js';

const meaning: Meaning = { on: [true], off: [false] };
const names = ['on', 'off', 'odd'] as const;
const variants: Definition['variants'] = [
  { name: 'on', value: true },
  { name: 'off', value: false },
  { name: 'odd', value: 7 },
];

/** Users; each stands for 2.5 %. */
const size = 40;
const users = Array.from({ length: size }, (_, i) => i);
const step = 100 / size;

/** What chance decides of one population. */
interface Chance {
  /** 0 to 2^32 - 1; the same for the same words. */
  draw(...words: (string | number)[]): number;
}
function chanceOf(seed: number): Chance {
  return {
    draw(...words) {
      // FNV-1a, then mixed: good enough to put users in an order.
      let h = 2166136261 ^ seed;
      for (const c of words.join('|')) h = Math.imul(h ^ c.charCodeAt(0), 16777619);
      h ^= h >>> 15;
      h = Math.imul(h, 2246822519);
      h ^= h >>> 13;
      return h >>> 0;
    },
  };
}

/** The place of a user by a hash, in percent: the middle of its 2.5 %. */
function places(chance: Chance, hash: string): readonly number[] {
  const order = [...users].sort((a, b) => chance.draw(hash, a) - chance.draw(hash, b) || a - b);
  const place: number[] = [];
  for (const [at, user] of order.entries()) place[user] = (at + 0.5) * step;
  return place;
}

/** Evaluates one definition for all users, as providers do: rule by rule, the first that somebody belongs to serves them. */
class Population {
  readonly #chance: Chance;
  readonly #hashes = new Map<string, readonly number[]>();
  /** Numbers each audience, so that two that look the same are not the same. */
  readonly #ids = new Map<object, number>();
  /** Whether lists name anybody of this population. */
  readonly #listed: boolean;

  constructor(seed: number, listed: boolean) {
    this.#chance = chanceOf(seed);
    this.#listed = listed;
  }

  #id(thing: object): number {
    const id = this.#ids.get(thing) ?? this.#ids.size;
    this.#ids.set(thing, id);
    return id;
  }

  #place(hash: string, user: number): number {
    const known = this.#hashes.get(hash) ?? places(this.#chance, hash);
    this.#hashes.set(hash, known);
    return known[user] ?? Number.NaN;
  }

  isIn(audience: Audience, user: number): boolean {
    switch (audience.is) {
      case 'everyone':
        return true;
      case 'nobody':
        return false;
      case 'percent':
        return this.#place(audience.hash ?? `own ${this.#id(audience)}`, user) < audience.percent;
      case 'matching': {
        // Of any size: nobody, everybody, and what lies between.
        const most = this.#chance.draw('size', this.#id(audience)) % (size + 1);
        return this.#place(`matching ${this.#id(audience)}`, user) < most * step;
      }
      case 'individuals': {
        if (!this.#listed || audience.count === 0) return false;
        const most = this.#chance.draw('list', this.#id(audience)) % (size + 1);
        return this.#place(`listed ${this.#id(audience)}`, user) < most * step;
      }
      case 'not':
        return !this.isIn(audience.part, user);
      case 'any-of':
        return audience.parts.some((part) => this.isIn(part, user));
      case 'all-of':
        return audience.parts.every((part) => this.isIn(part, user));
    }
  }

  /** The variant; null: none, so that the code's default holds. What a serving leaves open is anything. */
  serves(serving: Serving, user: number): string | null {
    let to = 0;
    const place = this.#place(`split ${this.#id(serving)}`, user);
    for (const { variant, percent } of serving) {
      to += percent;
      if (place < to) return variant;
    }
    return names[this.#chance.draw('open', this.#id(serving), user) % names.length] ?? null;
  }

  served({ rules, otherwise, off, enabled, offBeats }: Definition, user: number): string | null {
    const inForce = enabled === false && offBeats !== 'otherwise' ? [] : rules;
    const rule = inForce.find(({ who }) => this.isIn(who, user));
    return this.serves(rule ? rule.serves : enabled === false ? off : otherwise, user);
  }

  /** Percent who get the new code, if what is neither on nor off is the one or the other. */
  exposure(definition: Definition, codeDefault: 'on' | 'off' | undefined): number {
    const on = users.filter((user) => {
      const variant = this.served(definition, user);
      if (variant === 'on' || variant === 'off') return variant === 'on';
      if (variant === null && codeDefault !== undefined) return codeDefault === 'on';
      return this.#chance.draw('unclear', String(variant)) % 2 === 1;
    });
    return on.length * step;
  }
}

const percent = fc.integer({ min: 0, max: size }).map((n) => n * step);
const hash = fc.option(fc.constantFrom('a', 'b'), { nil: undefined });
const { audience } = fc.letrec<{ audience: Audience }>((tie) => ({
  audience: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'audience' },
    { weight: 4, arbitrary: fc.tuple(percent, hash).map(([p, h]) => percentOf(p, h)) },
    { weight: 2, arbitrary: fc.constant(0).map(() => matching('r')) },
    { weight: 1, arbitrary: fc.constantFrom(0, 3, 100, 101).map((n) => individuals(n)) },
    { weight: 1, arbitrary: fc.constantFrom(everyone, nobody) },
    { weight: 2, arbitrary: fc.array(tie('audience'), { maxLength: 3 }).map((parts) => anyOf(...parts)) },
    { weight: 2, arbitrary: fc.array(tie('audience'), { maxLength: 3 }).map((parts) => allOf(...parts)) },
    { weight: 1, arbitrary: tie('audience').map((part): Audience => ({ is: 'not', part })) },
  ),
}));
const variant = fc.constantFrom<(string | null)[]>('on', 'off', 'on', 'off', 'odd', null);
const split = fc
  .array(fc.tuple(variant, fc.integer({ min: 0, max: size })), { maxLength: 3 })
  .map((shares): Serving => {
    let left = size;
    return shares.map(([name, n]) => {
      const taken = Math.min(n, left);
      left -= taken;
      return { variant: name, percent: taken * step };
    });
  });
const serving = fc.oneof(
  { weight: 5, arbitrary: variant.map((name) => [...serve(name)]) },
  { weight: 2, arbitrary: split },
  { weight: 1, arbitrary: fc.constant(0).map(() => [...unknownServing]) },
);
const definition = fc.record<Definition>({
  enabled: fc.constantFrom(true, true, null, false),
  kind: fc.constant('multivariate'),
  variants: fc.constant(variants),
  rules: fc.array(fc.record<Rule>({ who: audience, serves: serving }), { maxLength: 4 }),
  otherwise: serving,
  off: serving,
  offBeats: fc.constantFrom('everything', 'otherwise'),
});
const codeDefault = fc.constantFrom(undefined, 'on' as const, 'off' as const);
const seed = fc.integer({ min: 0, max: 2 ** 31 });
const as = (of: 'on' | 'off' | undefined): Meaning => (of === undefined ? meaning : { ...meaning, codeDefault: of });

const inside = (x: number, { lo, hi }: Interval): boolean => lo - 1e-9 <= x && x <= hi + 1e-9;
const runs = 4000;

describe('the bounds', () => {
  it('of an audience hold whatever population it is', () => {
    fc.assert(
      fc.property(audience, seed, fc.boolean(), (who, n, listed) => {
        const population = new Population(n, listed);
        const share = users.filter((user) => population.isIn(who, user)).length * step;
        expect(inside(share, sizeOf(who, ofAnyone)), `${share}`).toBe(true);
        if (!listed) expect(inside(share, sizeOf(who, ofMost)), `${share}`).toBe(true);
      }),
      { numRuns: runs },
    );
  });

  it('of the exposure hold what is sampled of any population', () => {
    let sharp = 0;
    fc.assert(
      fc.property(definition, codeDefault, seed, fc.boolean(), (flag, byCode, n, listed) => {
        const sampled = new Population(n, listed).exposure(flag, byCode);
        const bounds = exposureOf(flag, as(byCode), listed ? ofAnyone : ofMost);
        expect(inside(sampled, bounds), `${sampled} in ${JSON.stringify(bounds)}`).toBe(true);
        if (bounds.hi - bounds.lo < 100) sharp += 1;
      }),
      { numRuns: runs },
    );
    // Bounds that say nothing would hold too.
    expect(sharp).toBeGreaterThan(runs / 5);
  });

  it('are in order, from 0 to 100, and narrower the less is assumed unknown', () => {
    fc.assert(
      fc.property(definition, codeDefault, (flag, byCode) => {
        const [any, most] = [ofAnyone, ofMost].map((assumed) => exposureOf(flag, as(byCode), assumed));
        if (!any || !most) throw new Error('no bounds');
        for (const { lo, hi } of [any, most, exposureOf(flag, as(byCode), ofUntargeted)]) {
          expect(0 <= lo && lo <= hi && hi <= 100).toBe(true);
        }
        expect(any.lo <= most.lo + 1e-9 && most.hi <= any.hi + 1e-9).toBe(true);
      }),
      { numRuns: runs },
    );
  });
});

describe('the state', () => {
  it('says nobody, everyone and what is served only where it is so', () => {
    const seen = { nobody: 0, everyone: 0, 'targeted-only': 0, serves: 0, off: 0 };
    fc.assert(
      fc.property(definition, codeDefault, seed, fc.boolean(), (flag, byCode, n, listed) => {
        const state = stateOf({ key: 'x', definition: flag, kill: { possible: null, scope: 'none' } }, as(byCode));
        const population = new Population(n, listed);
        const sampled = population.exposure(flag, byCode);
        const { reach, serves, whenOff } = state;
        if (reach === 'nobody') expect(sampled).toBe(0);
        if (reach === 'everyone') expect(sampled).toBe(100);
        if (reach in seen) seen[reach as 'nobody'] += 1;
        if (serves !== null) {
          seen.serves += 1;
          for (const user of users) expect(population.served(flag, user)).toBe(serves.variant);
        }
        const killed = population.exposure({ ...flag, enabled: false }, byCode);
        if (whenOff === 'off') {
          seen.off += 1;
          expect(killed).toBe(0);
        }
        if (whenOff === 'on') expect(killed).toBe(100);
      }),
      { numRuns: runs },
    );
    for (const n of Object.values(seen)) expect(n).toBeGreaterThan(20);
  });

  it('says targeted-only where nobody gets it whom no condition and no list names', () => {
    const plain = (rule: Rule): boolean =>
      ['matching', 'individuals', 'percent', 'everyone', 'nobody'].includes(rule.who.is);
    fc.assert(
      fc.property(definition, codeDefault, seed, (flag, byCode, n) => {
        const state = stateOf({ key: 'x', definition: flag, kill: { possible: null, scope: 'none' } }, as(byCode));
        fc.pre(state.reach === 'targeted-only' && flag.rules.every(plain));
        const unnamed = {
          ...flag,
          rules: flag.rules.filter(({ who }) => who.is === 'percent' || who.is === 'everyone'),
        };
        expect(new Population(n, true).exposure(unnamed, byCode)).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the algebra', () => {
  const interval = fc.tuple(percent, percent).map(([a, b]): Interval => ({ lo: Math.min(a, b), hi: Math.max(a, b) }));

  it('is that of Fréchet', () => {
    expect(both({ lo: 60, hi: 60 }, { lo: 70, hi: 70 })).toEqual({ lo: 30, hi: 60 });
    expect(either({ lo: 60, hi: 60 }, { lo: 70, hi: 70 })).toEqual({ lo: 70, hi: 100 });
    expect(either({ lo: 10, hi: 20 }, { lo: 30, hi: 40 })).toEqual({ lo: 30, hi: 60 });
    fc.assert(
      fc.property(interval, interval, (a, b) => {
        expect(either(a, b)).toEqual(complement(both(complement(a), complement(b))));
        expect(both(a, b)).toEqual(both(b, a));
      }),
    );
  });

  it('knows percentages of the same hash to be nested', () => {
    const two = [percentOf(25, 'h'), percentOf(10, 'h')] as const;
    expect(sizeOf(anyOf(...two), ofAnyone)).toEqual({ lo: 25, hi: 25 });
    expect(sizeOf(allOf(...two), ofAnyone)).toEqual({ lo: 10, hi: 10 });
    expect(sizeOf(anyOf(percentOf(25), percentOf(10)), ofAnyone)).toEqual({ lo: 25, hi: 35 });
    expect(sizeOf(anyOf(percentOf(25, 'h'), percentOf(10, 'i')), ofAnyone)).toEqual({ lo: 25, hi: 35 });
    // One that is no number may be any, whatever stands beside it.
    for (const parts of [
      [percentOf(Number.NaN, 'h'), two[0]],
      [two[0], percentOf(Number.NaN, 'h')],
    ]) {
      expect(sizeOf(anyOf(...parts), ofAnyone)).toEqual({ lo: 25, hi: 100 });
      expect(sizeOf(allOf(...parts), ofAnyone)).toEqual({ lo: 0, hi: 25 });
    }
  });

  const flag = (change: Partial<Definition>): Definition => ({
    enabled: true,
    kind: 'multivariate',
    variants,
    rules: [],
    otherwise: serve('off'),
    off: serve('off'),
    ...change,
  });

  it.each<[string, Partial<Definition>, Interval]>([
    ['an unknown serving', { otherwise: unknownServing }, { lo: 0, hi: 100 }],
    [
      'a split',
      {
        otherwise: [
          { variant: 'on', percent: 30 },
          { variant: 'off', percent: 70 },
        ],
      },
      { lo: 30, hi: 30 },
    ],
    [
      'a split with a rest',
      {
        otherwise: [
          { variant: 'on', percent: 30 },
          { variant: 'off', percent: 60 },
        ],
      },
      { lo: 30, hi: 40 },
    ],
    ['three thirds', { otherwise: [1, 2, 3].map(() => ({ variant: 'on', percent: 33.333 })) }, { lo: 100, hi: 100 }],
    ['more than all', { otherwise: [{ variant: 'off', percent: 150 }] }, { lo: 0, hi: 100 }],
    [
      'less than nothing',
      {
        otherwise: [
          { variant: 'off', percent: 110 },
          { variant: 'on', percent: -10 },
        ],
      },
      { lo: 0, hi: 100 },
    ],
    ['no number', { otherwise: [{ variant: 'off', percent: Number.NaN }] }, { lo: 0, hi: 100 }],
    ['a value that is neither', { otherwise: serve('odd') }, { lo: 0, hi: 100 }],
    ['a variant that there is not', { otherwise: serve('nowhere') }, { lo: 0, hi: 100 }],
    [
      'a rule, then a tenth',
      {
        rules: [
          { who: matching('r'), serves: serve('off') },
          { who: percentOf(10), serves: serve('on') },
        ],
      },
      { lo: 0, hi: 10 },
    ],
    [
      'a tenth but for a rule',
      {
        rules: [
          { who: percentOf(10), serves: serve('on') },
          { who: matching('r'), serves: serve('on') },
        ],
      },
      { lo: 10, hi: 100 },
    ],
    ['nobody named', { rules: [{ who: individuals(100), serves: serve('on') }] }, { lo: 0, hi: 0 }],
    ['a list as long as a segment', { rules: [{ who: individuals(101), serves: serve('on') }] }, { lo: 0, hi: 100 }],
    [
      'rules that outlive the switch',
      { enabled: false, offBeats: 'otherwise', rules: [{ who: percentOf(30), serves: serve('on') }] },
      { lo: 30, hi: 30 },
    ],
    ['off that serves on', { enabled: false, off: serve('on') }, { lo: 100, hi: 100 }],
  ])('of %s', (_, change, bounds) => expect(exposureOf(flag(change), meaning, ofMost)).toEqual(bounds));
});
