/** From a flag of ConfigCat to a definition (https://configcat.com/docs/targeting/targeting-overview). Pure. */
import type { FlagState } from '../../../record/flags.js';
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
import { classOf, type Meaning } from '../meaning.js';
import { stateOf } from '../state.js';
import type { Condition, Formula, Rule as TargetingRule, Value } from './client.js';

/** What is served; undefined where the answer does not tell. */
export function plain({ boolValue, stringValue, intValue, doubleValue }: Value): unknown {
  return boolValue ?? stringValue ?? intValue ?? doubleValue ?? undefined;
}

/** Variants have no names, so they are told apart by their values. */
const nameOf = (value: Value): string => JSON.stringify(plain(value) ?? null);

const serving = (value: Value | null | undefined): Serving =>
  value && plain(value) !== undefined ? serve(nameOf(value)) : unknownServing;

/** All values that the flag can serve. */
export const valuesOf = ({ defaultValue, targetingRules, setting }: Formula): readonly Value[] => [
  defaultValue,
  ...targetingRules.flatMap(({ value, percentageOptions }) => [
    ...(value ? [value] : []),
    ...(percentageOptions ?? []).map((option) => option.value),
  ]),
  ...(setting.predefinedVariations ?? []).map(({ value, predefinedVariationId }) => ({
    ...value,
    predefinedVariationId,
  })),
];

/** What a kill serves, as it is written: one of the values that are off; undefined where there is none. */
export function offValue(formula: Formula, meaning: Meaning): Value | undefined {
  const known = valuesOf(formula).find((value) => is(value, 'off', meaning));
  if (known) return written(known);
  const { settingType, predefinedVariations } = formula.setting;
  const free = settingType === 'boolean' && (predefinedVariations ?? []).length === 0;
  return free && is({ boolValue: false }, 'off', meaning) ? { boolValue: false } : undefined;
}

export const is = (value: Value, wanted: 'on' | 'off', meaning: Meaning): boolean =>
  plain(value) !== undefined && classOf({ variant: nameOf(value), value: plain(value) }, meaning) === wanted;

/** Without the fields that are empty. */
export const written = (value: Value): Value =>
  Object.fromEntries(Object.entries(value).filter(([, x]) => x !== null && x !== undefined)) as Value;

export type Prerequisites = FlagState['targeting']['prerequisites'];

/** Flags depend on flags that depend on flags; beyond this nobody follows. */
const deepest = 3;

export interface Mapped {
  readonly definition: Definition;
  readonly prerequisites: Prerequisites;
}

/** @param others all flags of the config, for those that this one depends on */
export function definitionOf(
  formula: Formula,
  others: readonly Formula[],
  meaning: Meaning,
  left: number = deepest,
): Mapped {
  const depends: Prerequisites = [];
  const audience = (condition: Condition): Audience => {
    const { prerequisiteFlagCondition: prerequisite } = condition;
    if (!prerequisite) return audienceOf(condition);
    const { prerequisiteSettingId: id, comparator, prerequisiteComparisonValue: wanted } = prerequisite;
    const other = others.find(({ setting }) => setting.settingId === id);
    const served = other && left > 0 ? servedToAll(other, others, meaning, left - 1) : undefined;
    const equal = served === undefined ? null : served === nameOf(wanted);
    const met =
      equal === null || !['equals', 'doesNotEqual'].includes(comparator) ? null : equal === (comparator === 'equals');
    const flag = other?.setting.key ?? `#${id}`;
    depends.push({ flag, met });
    if (met === null) return matching(`flag ${flag}`);
    return met ? everyone : nobody;
  };
  const values = valuesOf(formula).filter((value) => plain(value) !== undefined);
  const off = offValue(formula, meaning);
  const rules = formula.targetingRules.map(
    (rule): Rule => ({ who: whoOf(rule, formula, audience), serves: servingOf(rule) }),
  );
  return {
    definition: {
      // A flag has no switch: what it serves is what its rules and its default say.
      enabled: null,
      kind: formula.setting.settingType === 'boolean' ? 'boolean' : 'multivariate',
      variants: [
        ...new Map(values.map((value) => [nameOf(value), { name: nameOf(value), value: plain(value) }])).values(),
      ],
      rules,
      otherwise: serving(formula.defaultValue),
      off: serving(off),
    },
    prerequisites: depends,
  };
}

/** The name of the one value that all get; undefined where it depends. */
function servedToAll(formula: Formula, others: readonly Formula[], meaning: Meaning, left: number): string | undefined {
  const { definition } = definitionOf(formula, others, meaning, left);
  const kill = { possible: null, scope: 'none' } as const;
  return stateOf({ key: formula.setting.key, definition, kill }, meaning).serves?.variant ?? undefined;
}

/** All conditions must hold; shares are for those who have the attribute that is hashed. */
function whoOf(rule: TargetingRule, formula: Formula, audience: (condition: Condition) => Audience): Audience {
  const { percentageEvaluationAttribute: attribute } = formula;
  const parts = (rule.conditions ?? []).map(audience);
  const hashed = (rule.percentageOptions ?? []).length > 0 && attribute && attribute !== 'Identifier';
  if (hashed) parts.push(matching(`with ${oneLine(attribute, 60)}`));
  const [only, ...more] = parts;
  if (only === undefined) return everyone;
  return more.length === 0 ? only : allOf(only, ...more);
}

function servingOf({ percentageOptions, value }: TargetingRule): Serving {
  if ((percentageOptions ?? []).length === 0) return serving(value);
  return (percentageOptions ?? []).flatMap((option) =>
    plain(option.value) === undefined ? [] : [{ variant: nameOf(option.value), percent: option.percentage }],
  );
}

/** A list of users is the one condition whose size is known. */
function audienceOf({ userCondition, segmentCondition }: Condition): Audience {
  if (segmentCondition) {
    const { segmentId, comparator } = segmentCondition;
    return matching(`segment ${oneLine(segmentId, 60)} ${oneLine(comparator, 40)}`, segmentId);
  }
  if (!userCondition) return matching('a condition');
  const { comparisonAttribute, comparator, comparisonValue } = userCondition;
  const listed = comparisonValue?.listValue;
  if (comparisonAttribute === 'Identifier' && ['isOneOf', 'sensitiveIsOneOf'].includes(comparator) && listed) {
    return listed.length === 0 ? nobody : individuals(listed.length);
  }
  return matching(oneLine(`${comparisonAttribute} ${comparator}`, 80));
}
