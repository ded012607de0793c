/**
 * How a flag is set up, in one form for all providers. A provider's file maps its documents to this and nothing more: what follows
 * from it (exposure, reach, what off serves) is computed in `state.ts`, once.
 *
 * Whoever maps must not guess: what is not understood is a `matching` audience or an `unknown` serving, which widen the bounds.
 */

/** A part of the population. */
export type Audience =
  | { readonly is: 'everyone' | 'nobody' }
  /** 0 to 100, by a hash of the user; anything else is of unknown size. The same `hash` (salt and attribute) puts the same users below the same percentage. */
  | { readonly is: 'percent'; readonly percent: number; readonly hash?: string }
  /** Users that are listed one by one. */
  | { readonly is: 'individuals'; readonly count: number }
  /** Those for whom a condition holds: anything from nobody to everyone. `what`: the condition in a few words. */
  | { readonly is: 'matching'; readonly what: string; readonly segment?: string }
  | { readonly is: 'any-of' | 'all-of'; readonly parts: readonly Audience[] }
  | { readonly is: 'not'; readonly part: Audience };

/** Percent of those whom a serving is for, by variant; null: no value is served, so that the code's default holds. */
export interface Share {
  readonly variant: string | null;
  readonly percent: number;
}
/** What is missing to 100 is not known. */
export type Serving = readonly Share[];

export const everyone: Audience = { is: 'everyone' };
export const nobody: Audience = { is: 'nobody' };
export const anyOf = (...parts: Audience[]): Audience => ({ is: 'any-of', parts });
export const allOf = (...parts: Audience[]): Audience => ({ is: 'all-of', parts });
export const matching = (what: string, segment?: string): Audience =>
  segment === undefined ? { is: 'matching', what } : { is: 'matching', what, segment };
export const percentOf = (percent: number, hash?: string): Audience =>
  hash === undefined ? { is: 'percent', percent } : { is: 'percent', percent, hash };
export const individuals = (count: number): Audience => ({ is: 'individuals', count });
/** The same for all. */
export const serve = (variant: string | null): Serving => [{ variant, percent: 100 }];
export const unknownServing: Serving = [];

export interface Rule {
  readonly who: Audience;
  readonly serves: Serving;
}

export interface Definition {
  readonly enabled: boolean | null;
  readonly kind: 'boolean' | 'multivariate' | 'unknown';
  /** `value`: as it is served; null where it is not known. */
  readonly variants: readonly { readonly name: string; readonly value: unknown }[];
  /** In order: the first whose audience somebody belongs to serves them. */
  readonly rules: readonly Rule[];
  /** For whom no rule is. */
  readonly otherwise: Serving;
  /** What is served once the switch is off. */
  readonly off: Serving;
  /** What the switch beats. `otherwise`: rules keep serving while it is off, which then only stands in the place of `otherwise`. Default: `everything`. */
  readonly offBeats?: 'everything' | 'otherwise';
}
