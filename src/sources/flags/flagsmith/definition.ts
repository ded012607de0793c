/** From what a flag of Flagsmith serves in an environment to a definition. Pure. */
import {
  type Definition,
  individuals,
  matching,
  type Rule,
  type Serving,
  serve,
  unknownServing,
} from '../definition.js';
import { classOf, type Meaning } from '../meaning.js';
import type { Feature, Flag, Option, Served } from './client.js';

const disabled = '(disabled)';
const enabled = '(enabled)';

/**
 * Identities first, then segments by their priority, the lowest number first, then the environment's default. There is no switch: the
 * default being off does not beat an override.
 */
export function definitionOf(
  feature: Feature,
  flag: Flag,
  identities: { readonly on: number; readonly off: number } | undefined,
  meaning: Meaning,
): Definition {
  // An identity's override may hold any value.
  const values = new Map<string, unknown>([
    [disabled, meaning.off[0] ?? false],
    [enabled, meaning.on[0] ?? true],
  ]);
  const serving = (served: Served): Serving => servingOf(served, feature, meaning, values);
  const overrides = [...flag.segment_overrides].sort((a, b) => a.priority - b.priority);
  const control = flag.environment_default;
  const rules: Rule[] = [
    // Nobody is assigned a variant without an identity, nor is in a segment.
    ...(isSplit(control) && classOf(controlOf(control), meaning) !== 'off'
      ? [{ who: matching('asked for without an identity'), serves: serving({ ...control, variants: [] }) }]
      : []),
    ...(identities === undefined ? [{ who: matching('identity overrides'), serves: unknownServing }] : []),
    ...some(identities?.on ?? 0, serve(enabled)),
    ...some(identities?.off ?? 0, serve(disabled)),
    ...overrides.map(
      ({ segment: { id }, ...served }): Rule => ({
        who: matching(`segment #${id}`, `#${id}`),
        serves: serving(served),
      }),
    ),
  ];
  const otherwise = serving(control);
  return {
    enabled: null,
    kind: feature.type === 'MULTIVARIATE' ? 'multivariate' : 'boolean',
    variants: [...values].map(([name, value]) => ({ name, value })),
    rules,
    otherwise,
    off: serve(disabled),
  };
}

const some = (count: number, serves: Serving): Rule[] => (count === 0 ? [] : [{ who: individuals(count), serves }]);

function servingOf(
  served: Served,
  { type, multivariate_options: options }: Feature,
  meaning: Meaning,
  values: Map<string, unknown>,
): Serving {
  if (!served.enabled) return serve(disabled);
  if (type !== 'MULTIVARIATE') {
    if (isSplit(served)) return unknownServing;
    const value = typedValue(served.value);
    if (value === null || classOf({ variant: enabled, value }, meaning) !== 'off') return serve(enabled);
    // Switched on with a value that is off: applications may ask for either.
    const odd = `enabled, ${JSON.stringify(value)}`;
    values.set(odd, { enabled: true, value });
    return serve(odd);
  }
  const named = (name: string, x: unknown): string => {
    values.set(name, x);
    return name;
  };
  const shares = served.variants.map(({ id, weight }) => {
    const option = (options ?? []).find((one) => one.id === id);
    return { variant: named(`#${id}`, option ? optionValue(option) : null), percent: weight };
  });
  const rest = 100 - shares.reduce((sum, { percent }) => sum + percent, 0);
  if (!(rest >= -1e-6) || shares.some(({ percent }) => !(percent >= 0))) return unknownServing;
  const control = controlOf(served);
  return rest > 1e-6 ? [...shares, { variant: named(control.variant, control.value), percent: rest }] : shares;
}

const isSplit = ({ enabled: on, variants }: Served): boolean => on && variants.some(({ weight }) => weight !== 0);

/** What is served to whom no variant is assigned. Each segment may have its own. */
function controlOf({ value }: Served): { variant: string; value: unknown } {
  const typed = typedValue(value);
  return { variant: `control ${JSON.stringify(typed)}`, value: typed };
}

/** Only the field of its type counts: another may hold what it was before. */
function optionValue({ type, string_value: word, integer_value: whole, boolean_value: truth }: Option): unknown {
  if (type === 'bool') return truth ?? null;
  return (type === 'int' ? whole : word) ?? null;
}

/** As it is typed; null where there is none. */
function typedValue(value: Served['value']): unknown {
  if (!value || value.value === null || value.value === undefined || value.value === '') return null;
  if (value.type === 'boolean') return value.value.toLowerCase() === 'true';
  return value.type === 'integer' ? Number(value.value) : value.value;
}
