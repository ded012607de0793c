/** From an environment of an Unleash feature to a definition: who gets the flag, by its strategies. Pure. */
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
} from '../definition.js';
import type { Environment, Strategy } from './shapes.js';

export const activeOf = ({ strategies }: Environment): readonly Strategy[] =>
  strategies.filter(({ disabled }) => disabled !== true);

/** Whom a parent flag lets through; undefined: there is no parent. */
export type Parent = Audience | undefined;

const on = 'enabled';
const off = 'disabled';

/**
 * Any strategy that holds is enough (https://docs.getunleash.io/reference/activation-strategies).
 *
 * @param segmentNames by id, as far as they are known
 */
export function definitionOf(
  environment: Environment,
  parent: Parent,
  segmentNames: ReadonlyMap<number, string>,
): Definition {
  const strategies = activeOf(environment);
  const named = new Set(strategies.flatMap(({ variants }) => (variants ?? []).map(({ name }) => name)));
  const common = {
    enabled: environment.enabled,
    kind: named.size > 0 ? ('multivariate' as const) : ('boolean' as const),
    // A variant is served beside `enabled: true`; what it means beyond that is the application's.
    variants: [
      { name: on, value: true },
      { name: off, value: false },
      ...[...named].filter((name) => name !== on && name !== off).map((name) => ({ name, value: true })),
    ],
    otherwise: serve(off),
    off: serve(off),
  };
  const through = (who: Audience): Audience => (parent === undefined ? who : allOf(parent, who));
  // What SDKs make of a flag that is on without a strategy is not documented.
  if (strategies.length === 0) return { ...common, rules: [{ who: through(everyone), serves: unknownServing }] };
  if (named.size === 0) {
    const who = anyOf(...strategies.map((strategy) => audienceOf(strategy, segmentNames)));
    return { ...common, rules: [{ who: through(who), serves: serve(on) }] };
  }
  const rules = strategies.map(
    (strategy): Rule => ({ who: through(audienceOf(strategy, segmentNames)), serves: servingOf(strategy) }),
  );
  return { ...common, rules };
}

/** Weights are thousandths. */
function servingOf({ variants }: Strategy): Serving {
  if (!variants || variants.length === 0) return serve(on);
  return variants.map(({ name, weight }) => ({ variant: name, percent: weight / 10 }));
}

function audienceOf(strategy: Strategy, segmentNames: ReadonlyMap<number, string>): Audience {
  const { constraints, segments } = strategy;
  const conditions = [
    ...(constraints ?? []).map(constraintAudience),
    ...(segments ?? []).map((segment) => {
      const id = typeof segment === 'number' ? segment : segment.id;
      const name = segmentNames.get(id) ?? `#${id}`;
      return matching(`segment ${name}`, name);
    }),
  ];
  const base = baseOf(strategy);
  return conditions.length === 0 ? base : allOf(base, ...conditions);
}

/** A list of users is the one condition whose size is known. */
function constraintAudience(constraint: unknown): Audience {
  const { contextName, operator, values, inverted } = (constraint ?? {}) as Readonly<Record<string, unknown>>;
  const listed = contextName === 'userId' && operator === 'IN' && inverted !== true && Array.isArray(values);
  if (listed) return values.length === 0 ? nobody : individuals(values.length);
  return matching([contextName, operator].filter((part) => typeof part === 'string').join(' ') || 'a condition');
}

function baseOf({ name, parameters }: Strategy): Audience {
  const parameter = (key: string): string => {
    const value = parameters?.[key];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  switch (name) {
    case 'default':
      return everyone;
    case 'flexibleRollout':
      return hashed(parameter('rollout'), parameter('groupId'), parameter('stickiness'));
    case 'gradualRolloutUserId':
      return hashed(parameter('percentage'), parameter('groupId'), 'userId');
    case 'gradualRolloutSessionId':
      return hashed(parameter('percentage'), parameter('groupId'), 'sessionId');
    case 'gradualRolloutRandom':
      return hashed(parameter('percentage'), '', 'random');
    case 'userWithId': {
      const users = parameter('userIds')
        .split(',')
        .filter((id) => id.trim() !== '');
      return users.length === 0 ? nobody : individuals(users.length);
    }
    default:
      return matching(`strategy ${name}`);
  }
}

/** The server stores whatever it is sent as a percentage. What is no number from 0 to 100 is not known. */
function hashed(percent: string, group: string, stickiness: string): Audience {
  const value = /^\d+(?:\.\d+)?$/.test(percent) ? Number(percent) : Number.NaN;
  if (!(value <= 100)) return matching('a percentage that is none');
  // At random the same user may be below it today and above it in a second.
  return percentOf(value, stickiness === 'random' ? undefined : `${group}\n${stickiness}`);
}
