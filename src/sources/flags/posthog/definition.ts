/** From a flag of PostHog to a definition (https://posthog.com/docs/feature-flags/creating-feature-flags). Pure. */
import type { FlagState } from '../../../record/flags.js';
import { oneLine } from '../../text.js';
import {
  type Audience,
  allOf,
  type Definition,
  everyone,
  matching,
  percentOf,
  type Rule,
  type Serving,
  serve,
  unknownServing,
} from '../definition.js';
import type { Meaning } from '../meaning.js';
import type { Flag, Group, Property } from './client.js';

/** No condition holds, or the flag is not active: SDKs say false. */
const none = '(no match)';
/** A flag without variants that is on. */
const plain = '(match)';

export function definitionOf({ key, active, filters }: Flag, meaning: Meaning): Definition {
  const { groups, multivariate } = filters;
  const variants = multivariate?.variants ?? [];
  const byHash: Serving =
    variants.length === 0
      ? serve(plain)
      : variants.map(({ key: name, rollout_percentage: percent }) => ({ variant: name, percent }));
  const ruleOf = (group: Group): Rule => ({
    who: audienceOf(group, key),
    serves: group.variant ? serve(group.variant) : byHash,
  });
  // Those that name a variant are asked first.
  const [named, others] = [groups.filter(({ variant }) => variant), groups.filter(({ variant }) => !variant)];
  return {
    enabled: active,
    kind: variants.length === 0 ? 'boolean' : 'multivariate',
    variants: [
      { name: none, value: meaning.off[0] ?? false },
      { name: plain, value: meaning.on[0] ?? true },
      ...variants.map(({ key: name }) => ({ name, value: name })),
    ],
    rules: [...before(filters), ...named.map(ruleOf), ...together(others, key, byHash)],
    otherwise: serve(none),
    off: serve(none),
  };
}

/** Early access and holdouts decide first, and what they serve is not looked into. */
function before({ super_groups: early, holdout_groups: groups, holdout }: Flag['filters']): Rule[] {
  const is = (x: unknown): boolean => (Array.isArray(x) ? x.length > 0 : x !== null && x !== undefined);
  return [
    ...(is(early) ? [{ who: matching('early access'), serves: unknownServing }] : []),
    ...(is(groups) || is(holdout) ? [{ who: matching('a holdout'), serves: unknownServing }] : []),
  ];
}

/** Any of them is enough, and all hash alike: who is below 5 % is below 25 % too. */
function together(groups: readonly Group[], key: string, serves: Serving): Rule[] {
  if (groups.length === 0) return [];
  const parts = groups.map((group) => audienceOf(group, key));
  const [only] = parts;
  return [{ who: parts.length === 1 && only ? only : { is: 'any-of', parts }, serves }];
}

function audienceOf({ properties, rollout_percentage: percent }: Group, key: string): Audience {
  const conditions = (properties ?? []).map(condition);
  const hashed = percent === null || percent === undefined ? everyone : percentOf(percent, key);
  return conditions.length === 0 ? hashed : allOf(hashed, ...conditions);
}

const named = (x: unknown): string =>
  oneLine(typeof x === 'string' || typeof x === 'number' ? String(x) : 'a property', 60);

function condition({ type, key, value }: Property): Audience {
  if (type === 'cohort') return matching(`cohort ${named(value)}`, `cohort ${named(value)}`);
  return matching(type === 'flag' ? `flag ${named(key)}` : `${type ?? 'person'} ${named(key)}`);
}

/** Flags by their ids, as conditions name them. */
export const prerequisitesOf = ({ filters }: Flag): FlagState['targeting']['prerequisites'] =>
  filters.groups
    .flatMap(({ properties }) => properties ?? [])
    .flatMap(({ type, key }) => (type === 'flag' ? [{ flag: named(key), met: null }] : []));
