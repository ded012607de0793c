/** From a flag of AWS AppConfig to a definition. Pure. */
import {
  type Audience,
  allOf,
  type Definition,
  matching,
  percentOf,
  type Rule,
  type Serving,
  serve,
  unknownServing,
} from '../definition.js';
import { rulesOf } from '../exposure.js';
import { audienceOf, type Split, splitOf } from './rule.js';
import type { FlagValue } from './shapes.js';

/** What is served once it is off, whatever its variants are called. */
const off = '(off)';

export function definitionOf(flag: FlagValue | undefined): Definition {
  const variants = flag?._variants ?? [];
  if (variants.length > 0) return ofVariants(variants);
  return {
    enabled: flag?.enabled ?? null,
    kind: 'boolean',
    variants: [
      { name: 'enabled', value: true },
      { name: off, value: false },
    ],
    rules: [],
    // A flag that is defined and has no value, or one without a switch, is not described.
    otherwise: flag?.enabled === true ? serve('enabled') : unknownServing,
    off: serve(off),
  };
}

/** In order; the last has no rule and is the default. Each has a switch of its own, and the flag has none. */
function ofVariants(variants: NonNullable<FlagValue['_variants']>): Definition {
  const named = variants.map(({ name }) => name);
  const isUnambiguous = new Set(named).size === named.length;
  const serving = (name: string): Serving => (isUnambiguous ? serve(name) : unknownServing);
  const last = variants.findIndex(({ rule }) => rule === null || rule === undefined || rule === '');
  const ruled = last < 0 ? variants : variants.slice(0, last);
  const byDefault = last < 0 ? unknownServing : serving(named[last] ?? '');
  const splits = ruled.map(({ rule }) => splitOf(rule ?? ''));
  const first = firstOfRun(splits);
  const hashed = splits[first];
  return {
    enabled: null,
    kind: variants.some(({ attributeValues }) => Object.keys(attributeValues ?? {}).length > 0)
      ? 'multivariate'
      : 'boolean',
    variants: [
      // The schema leaves open what a variant without a switch is.
      ...variants.map(({ name, enabled }) => ({ name, value: enabled ?? null })),
      { name: off, value: false },
    ],
    rules: [
      ...ruled.slice(0, first).map(({ name, rule }): Rule => ({ who: audienceOf(rule ?? ''), serves: serving(name) })),
      // Whom nothing can be hashed of gets the default.
      ...(hashed ? [{ who: matching(`without $${hashed.by}`), serves: byDefault }] : []),
    ],
    otherwise: hashed
      ? nested(
          ruled
            .slice(first)
            .map(({ name }, i) => ({ serves: serving(name), percent: splits[first + i]?.percent ?? 0 })),
          byDefault,
        )
      : byDefault,
    off: serve(off),
  };
}

/** Where the splits begin that stand last and all hash alike. */
function firstOfRun(splits: readonly (Split | undefined)[]): number {
  const hash = splits.at(-1)?.hash;
  let first = splits.length;
  while (hash !== undefined && splits[first - 1]?.hash === hash) first -= 1;
  return first;
}

/** The same hash puts those below 20 % below 25 % too, so the second serves 5 %. */
function nested(parts: readonly { serves: Serving; percent: number }[], byDefault: Serving): Serving {
  let below = 0;
  const part = (serves: Serving, percent: number): Serving =>
    serves.map(({ variant, percent: of }) => ({ variant, percent: (percent * of) / 100 }));
  const shares = parts.flatMap(({ serves, percent }) => {
    const more = Math.max(0, percent - below);
    below = Math.max(below, percent);
    return part(serves, more);
  });
  return [...shares, ...part(byDefault, 100 - below)];
}

/**
 * While a deployment is under way some targets have the new version and the others the old one.
 *
 * @param percent of the targets that may have it; undefined: not known
 */
export function underWay(now: Definition, before: Definition, percent: number | undefined): Definition {
  const fetched = matching('targets that have fetched the new version');
  const who: Audience = percent === undefined ? fetched : allOf(percentOf(percent), fetched);
  const renamed = before.variants.map(({ name, value }) => ({ name: `${name} (before)`, value }));
  const asBefore = (serving: Serving): Serving =>
    serving.map((share) => ({ ...share, variant: share.variant === null ? null : `${share.variant} (before)` }));
  const old = rulesOf(before).map((rule) => ({ who: rule.who, serves: asBefore(rule.serves) }));
  return {
    enabled: now.enabled === before.enabled ? now.enabled : null,
    kind: now.kind,
    variants: [...now.variants, ...renamed],
    rules: [
      ...rulesOf(now).map((rule) => ({
        who: rule.who.is === 'everyone' ? who : allOf(who, rule.who),
        serves: rule.serves,
      })),
      ...old.slice(0, -1),
    ],
    otherwise: old.at(-1)?.serves ?? unknownServing,
    off: now.off,
  };
}
