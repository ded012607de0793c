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
import type { Feature, Flag, Served } from './client.js';

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
  const rules: Rule[] = [
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
  const otherwise = serving(flag.environment_default);
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
  const value = typedValue(served.value);
  if (type !== 'MULTIVARIATE') {
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
    const x = option && (option.boolean_value ?? option.integer_value ?? option.string_value ?? null);
    return { variant: named(`#${id}`, x ?? null), percent: weight };
  });
  const rest = 100 - shares.reduce((sum, { percent }) => sum + percent, 0);
  if (!(rest >= -1e-6) || shares.some(({ percent }) => !(percent >= 0))) return unknownServing;
  return rest > 1e-6 ? [...shares, { variant: named('(control)', value), percent: rest }] : shares;
}

/** As it is typed; null where there is none. */
function typedValue(value: Served['value']): unknown {
  if (!value || value.value === null || value.value === undefined || value.value === '') return null;
  if (value.type === 'boolean') return value.value.toLowerCase() === 'true';
  return value.type === 'integer' ? Number(value.value) : value.value;
}
