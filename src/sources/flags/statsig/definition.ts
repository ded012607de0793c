/** From a gate of Statsig to a definition (https://docs.statsig.com/feature-flags/conditions). Pure. */
import { oneLine } from '../../text.js';
import {
  type Audience,
  allOf,
  type Definition,
  everyone,
  individuals,
  matching,
  nobody,
  type Rule,
  type Serving,
  serve,
  unknownServing,
} from '../definition.js';
import type { Condition, Gate, Rule as GateRule, Overrides } from './client.js';

/** Lists of users first, then holdouts, then the rules in order: whom one is for and does not let pass, fails. */
export function definitionOf(gate: Gate, overrides: Overrides, environment: string): Definition {
  const stage = stageOf(gate);
  const all: Partial<Record<typeof stage, Serving>> = { everyone: passes, unknown: unknownServing };
  const forAll = all[stage];
  return {
    enabled: stage === 'unknown' ? null : stage !== 'nobody',
    kind: 'boolean',
    variants: [
      { name: 'true', value: true },
      { name: 'false', value: false },
    ],
    rules: [
      ...(forAll ? [{ who: everyone, serves: forAll }] : []),
      ...listed(overrides, environment),
      ...(gate.holdoutIDs ?? []).map((id): Rule => ({ who: matching(`holdout ${oneLine(id, 60)}`), serves: fails })),
      ...gate.rules
        .filter((rule) => isFor(rule, environment) !== false)
        .map((rule): Rule => {
          if (isFor(rule, environment) === undefined) return { who: matching('environments'), serves: unknownServing };
          return { who: audienceOf(rule, environment), serves: servingOf(rule) };
        }),
    ],
    otherwise: fails,
    off: fails,
  };
}

/**
 * Who gets a gate by its status: a launched one passes for all, whatever its rules say
 * (https://docs.statsig.com/feature-flags/feature-flags-lifecycle). What does not fit together is not known.
 */
export function stageOf({ isEnabled, status }: Gate): 'rules' | 'everyone' | 'nobody' | 'unknown' {
  switch (status.toLowerCase()) {
    case 'launched':
      return isEnabled ? 'everyone' : 'unknown';
    case 'in progress':
      return isEnabled ? 'rules' : 'nobody';
    case 'disabled':
    case 'archived':
      return isEnabled ? 'unknown' : 'nobody';
    default:
      return 'unknown';
  }
}

const passes = serve('true');
const fails = serve('false');

/** undefined: whether an empty list is for all or for none is not told. */
export const isFor = ({ environments }: GateRule, environment: string): boolean | undefined =>
  environments?.length === 0 ? undefined : !environments || environments.includes(environment);

function listed(overrides: Overrides, environment: string): Rule[] {
  const own = overrides.environmentOverrides?.filter((one) => !one.environment || one.environment === environment);
  const some = (count: number, serves: Serving): Rule[] => (count === 0 ? [] : [{ who: individuals(count), serves }]);
  const passing = [overrides.passingUserIDs, overrides.passingCustomIDs, ...(own ?? []).map((x) => x.passingIDs)];
  const failing = [overrides.failingUserIDs, overrides.failingCustomIDs, ...(own ?? []).map((x) => x.failingIDs)];
  const count = (lists: readonly (readonly unknown[] | null | undefined)[]): number =>
    lists.reduce((sum, list) => sum + (list?.length ?? 0), 0);
  return [...some(count(passing), passes), ...some(count(failing), fails)];
}

function servingOf({ passPercentage: percent }: GateRule): Serving {
  if (!(percent >= 0 && percent <= 100)) return unknownServing;
  return [
    { variant: 'true', percent },
    { variant: 'false', percent: 100 - percent },
  ];
}

/** All conditions of a rule must hold. */
function audienceOf({ conditions, name }: GateRule, environment: string): Audience {
  const parts = conditions.map((condition) => audience(condition, environment, name));
  return parts.length === 0 ? matching(`rule ${oneLine(name, 60)} without conditions`) : allOf(...parts);
}

function audience({ type, operator, targetValue, field }: Condition, environment: string, rule: string): Audience {
  if (type === 'public') return everyone;
  const values: readonly unknown[] | undefined = Array.isArray(targetValue) ? targetValue : undefined;
  if (type === 'environment_tier' && values && (operator === 'any' || operator === 'none')) {
    return values.includes(environment) === (operator === 'any') ? everyone : nobody;
  }
  if (type === 'user_id' && operator === 'any' && values) {
    return values.length === 0 ? nobody : individuals(values.length);
  }
  const words = [type, field, operator].filter((part) => typeof part === 'string' && part !== '').join(' ');
  const segments = type.endsWith('_segment') && values ? values.map(String).join(', ') : undefined;
  return matching(oneLine(words || rule, 80), segments);
}

/** What moves it by itself. */
export function movedBy({ rules, releasePipelineID }: Gate): string | undefined {
  if (rules.some(({ pendingAutomatedRollouts: pending }) => (pending ?? []).length > 0)) return 'a scheduled rollout';
  return releasePipelineID ? 'a release pipeline' : undefined;
}

export const isTimed = ({ rules }: Gate): boolean =>
  rules.some(({ conditions }) => conditions.some(({ type }) => type === 'time'));
