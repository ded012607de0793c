/** From a feature of GrowthBook in one environment to a definition (https://docs.growthbook.io/features/rules). Pure. */
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
import { classOf, type Meaning } from '../meaning.js';
import type { Feature, Rule as FeatureRule } from './client.js';

/** Not there: what SDKs call off. */
const none = '(none)';

export function definitionOf(feature: Feature, environment: string, meaning: Meaning): Definition {
  const here = feature.environments[environment];
  const values = new Map<string, unknown>([[none, meaning.off[0] ?? false]]);
  const serving = (written: unknown): Serving => {
    const value = valueIn(written, feature);
    if (value === undefined) return unknownServing;
    const name = JSON.stringify(value);
    values.set(name, value);
    return serve(name);
  };
  const byDefault = feature.defaultValueConfig ? undefined : (here?.defaultValue ?? feature.defaultValue);
  const absent = absentServing(feature, valueIn(byDefault, feature), meaning);
  const kept = [
    ...(feature.holdout ? [{ who: matching('a holdout'), serves: unknownServing }] : []),
    ...(feature.prerequisites ?? []).map(
      (id): Rule => ({ who: matching(`prerequisite ${oneLine(id, 60)}`), serves: absent }),
    ),
  ];
  const rules = feature.rules
    .filter((rule) => rule.enabled !== false && isFor(rule, environment) !== false)
    .map((rule): Rule => {
      if (isFor(rule, environment) === undefined) return { who: matching('environments'), serves: unknownServing };
      const serves = isPlain(rule) ? serving(rule.value) : unknownServing;
      const isOn = serves.every(
        ({ variant }) => classOf({ variant, value: values.get(variant ?? '') }, meaning) === 'on',
      );
      return { who: audienceOf(rule, isOn), serves };
    });
  const otherwise = serving(byDefault);
  return {
    enabled: here?.enabled ?? null,
    kind: feature.valueType === 'boolean' ? 'boolean' : 'multivariate',
    variants: [...values].map(([name, value]) => ({ name, value })),
    rules: [...kept, ...rules],
    otherwise,
    off: absent,
  };
}

/** undefined: which environments it is for is not told. */
const isFor = ({ allEnvironments, environments }: FeatureRule, environment: string): boolean | undefined =>
  allEnvironments || environments?.includes(environment);

/** Others decide by themselves what they serve. */
const isPlain = ({ type, config, sparse }: FeatureRule): boolean =>
  (type === 'force' || type === 'rollout') && !config && sparse !== true;

/**
 * What an SDK makes of a feature that is not sent to it: no value. `isOn` is false then, and a value asked for with a fallback is that. With
 * a default that is on it is not known which of these an application gets to see.
 */
function absentServing({ valueType }: Feature, byDefault: unknown, meaning: Meaning): Serving {
  const is =
    byDefault === undefined ? 'unclear' : classOf({ variant: JSON.stringify(byDefault), value: byDefault }, meaning);
  if (is === 'on') return unknownServing;
  return serve(valueType === 'boolean' ? none : null);
}

/** Values are texts, of the feature's type. */
function valueIn(written: unknown, { valueType, baseConfig }: Feature): unknown {
  if (baseConfig || typeof written !== 'string') return undefined;
  switch (valueType) {
    case 'boolean':
      return written === 'true' ? true : written === 'false' ? false : undefined;
    case 'string':
      return written;
    case 'number':
    case 'json':
      try {
        return JSON.parse(written) as unknown;
      } catch {
        return undefined;
      }
  }
}

function audienceOf(rule: FeatureRule, isOn: boolean): Audience {
  const { type, condition, savedGroupTargeting, savedGroups, prerequisites, scheduleRules, coverage } = rule;
  const groups = [...(savedGroupTargeting ?? []), ...(savedGroups ?? [])];
  const parts: Audience[] = [];
  if (condition && condition.trim() !== '' && condition.trim() !== '{}') parts.push(matching(oneLine(condition, 80)));
  if (groups.length > 0) parts.push(matching('saved groups', namesIn(groups)));
  if ((prerequisites ?? []).length > 0) parts.push(matching('prerequisites'));
  if ((scheduleRules ?? []).length > 0) parts.push(matching('a schedule'));
  if (rule.allProjects === false) parts.push(matching('projects'));
  if (type !== 'force' && type !== 'rollout') parts.push(matching(`rule of type ${oneLine(type, 40)}`));
  const isShare = type === 'rollout' || (coverage ?? 1) !== 1;
  if (isShare) parts.push(typeof coverage === 'number' ? percentOf(100 * coverage) : matching('coverage'));
  // Whoever is asked for without the attribute gets past this rule, even at 100 %, and may come to one that is on.
  if (isShare && !isOn) parts.push(matching(`${oneLine(rule.hashAttribute ?? 'its attribute', 40)} is given`));
  const [only] = parts;
  if (only === undefined) return everyone;
  return parts.length === 1 ? only : allOf(...parts);
}

const namesIn = (groups: readonly unknown[]): string =>
  groups
    .flatMap((group) => {
      const { savedGroups } = (group ?? {}) as { readonly savedGroups?: unknown };
      return Array.isArray(savedGroups) ? savedGroups.map(String) : [];
    })
    .join(', ') || 'a saved group';

/** What moves it by itself. */
export function movedBy({ rules }: Feature, environment: string): string | undefined {
  const own = rules.filter((rule) => rule.enabled !== false && isFor(rule, environment));
  if (own.some(({ rampScheduleId: ramp }) => ramp)) return 'a ramp schedule';
  if (own.some(({ type }) => type === 'safe-rollout')) return 'a safe rollout';
  return own.some(({ type }) => type.startsWith('experiment') || type.includes('bandit')) ? 'an experiment' : undefined;
}

export const isTimed = ({ rules }: Feature, environment: string): boolean =>
  rules.some((rule) => isFor(rule, environment) && (rule.scheduleRules ?? []).length > 0);
