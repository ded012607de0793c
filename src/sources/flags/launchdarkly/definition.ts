/** From an environment of a LaunchDarkly flag to a definition. Pure. */
import {
  type Audience,
  type Definition,
  individuals,
  matching,
  type Rule,
  type Serving,
  serve,
  unknownServing,
} from '../definition.js';
import type { Environment, Flag, Rule as FlagRule, Served } from './shapes.js';

/** Variations are told apart by their place; names need not be unique. */
export const nameOf = (index: number, { variations }: Pick<Flag, 'variations'>): string => {
  const name = variations[index]?.name;
  return typeof name === 'string' && name !== '' ? `${index}: ${name}` : String(index);
};

/**
 * Off beats everything. Else a prerequisite that is not as it asks serves the off variation, then come lists of users, then rules in order,
 * then everyone else (https://launchdarkly.com/docs/sdk/concepts/flag-evaluation-rules).
 *
 * @param prerequisites whether each is as the flag asks; null: for some, or not known
 */
export function definitionOf(
  flag: Flag,
  environment: Environment,
  prerequisites: readonly { readonly flag: string; readonly met: boolean | null }[],
): Definition {
  const variation = (index: number | null | undefined): Serving => {
    // Without a variation the fallback value in the code holds.
    if (index === null || index === undefined) return serve(null);
    return index < flag.variations.length ? serve(nameOf(index, flag)) : unknownServing;
  };
  const served = ({ rollout, variation: index }: Served): Serving => {
    if (!rollout) return index === null || index === undefined ? unknownServing : variation(index);
    // In an experiment some may get another variation than the weights say.
    if (rollout.experimentAllocation) return unknownServing;
    return rollout.variations.map((one) => ({ variant: nameOf(one.variation, flag), percent: one.weight / 1000 }));
  };
  const off = variation(environment.offVariation);
  const kept: Rule[] = prerequisites.flatMap(({ flag: key, met }): Rule[] => {
    if (met === true) return [];
    const who: Audience = met === false ? { is: 'everyone' } : matching(`prerequisite ${key}`);
    return [{ who, serves: off }];
  });
  const lists = [...(environment.targets ?? []), ...(environment.contextTargets ?? [])].filter(
    ({ values }) => values.length > 0,
  );
  return {
    enabled: environment.on,
    kind: flag.variations.every(({ value }) => typeof value === 'boolean') ? 'boolean' : 'multivariate',
    variants: flag.variations.map(({ value }, index) => ({ name: nameOf(index, flag), value })),
    rules: [
      ...kept,
      ...lists.map(
        ({ values, variation: index }): Rule => ({ who: individuals(values.length), serves: variation(index) }),
      ),
      ...environment.rules.map((rule): Rule => ({ who: audienceOf(rule), serves: served(rule) })),
    ],
    otherwise: environment.fallthrough ? served(environment.fallthrough) : unknownServing,
    off,
  };
}

function audienceOf({ clauses, description }: FlagRule): Audience {
  const [segment] = (clauses ?? []).flatMap(({ op, values }) => (op === 'segmentMatch' ? (values ?? []) : []));
  const words = (clauses ?? []).map(({ attribute, op }) => `${attribute ?? ''} ${op ?? ''}`.trim()).join(' and ');
  return matching(description || words || 'a rule', typeof segment === 'string' ? segment : undefined);
}
