/**
 * A feature flag of Azure App Configuration: as a key-value
 * (https://github.com/microsoft/FeatureManagement/blob/main/Schema/FeatureFlag.v2.0.0.schema.json), and as a resource of its own, the
 * "enhanced feature flag" (https://learn.microsoft.com/azure/azure-app-configuration/rest-api-enhanced-feature-flag).
 */
import * as v from 'valibot';

const text = v.string();

const filterForm = v.looseObject({ name: text, parameters: v.nullish(v.record(text, v.unknown())) });
export type Filter = v.InferOutput<typeof filterForm>;
const filters = v.nullish(v.array(filterForm));

const override = v.nullish(v.picklist(['None', 'Enabled', 'Disabled']));
const names = v.array(text);

/** What both have. */
const common = {
  enabled: v.boolean(),
  allocation: v.nullish(
    v.looseObject({
      default_when_enabled: v.nullish(text),
      default_when_disabled: v.nullish(text),
      user: v.nullish(v.array(v.looseObject({ variant: text, users: names }))),
      group: v.nullish(v.array(v.looseObject({ variant: text, groups: names }))),
      percentile: v.nullish(v.array(v.looseObject({ variant: text, from: v.number(), to: v.number() }))),
    }),
  ),
};

/** The value of a key-value of the content type of feature flags. */
export const documentForm = v.looseObject({
  ...common,
  id: text,
  conditions: v.nullish(
    v.looseObject({ requirement_type: v.nullish(v.picklist(['Any', 'All'])), client_filters: filters }),
  ),
  variants: v.nullish(
    v.array(v.looseObject({ name: text, configuration_value: v.nullish(v.unknown()), status_override: override })),
  ),
});

/** An enhanced feature flag. */
export const enhancedForm = v.looseObject({
  ...common,
  name: text,
  label: v.nullish(text),
  etag: text,
  last_modified: v.nullish(text),
  locked: v.nullish(v.boolean()),
  conditions: v.nullish(v.looseObject({ requirement_type: v.nullish(v.picklist(['Any', 'All'])), filters })),
  variants: v.nullish(v.array(v.looseObject({ name: text, value: v.nullish(text), status_override: override }))),
});

export const keyValueForm = v.looseObject({
  key: text,
  label: v.nullish(text),
  content_type: v.nullish(text),
  value: v.nullish(text),
  etag: text,
  last_modified: v.nullish(text),
  locked: v.nullish(v.boolean()),
  tags: v.nullish(v.record(text, v.unknown())),
});
export type KeyValue = v.InferOutput<typeof keyValueForm>;

export const pageForm = v.looseObject({ items: v.array(v.unknown()), '@nextLink': v.nullish(text) });

/** A flag of either kind, as it is evaluated. */
export interface AzureFlag {
  readonly name: string;
  readonly enabled: boolean;
  readonly all: boolean;
  readonly filters: readonly Filter[];
  readonly variants: readonly {
    readonly name: string;
    readonly value: unknown;
    readonly override: 'Enabled' | 'Disabled' | undefined;
  }[];
  readonly allocation: NonNullable<v.InferOutput<typeof documentForm>['allocation']>;
}

type Raw = v.InferOutput<typeof documentForm> | v.InferOutput<typeof enhancedForm>;

export function flagOf(name: string, raw: Raw): AzureFlag {
  const { enabled, conditions, variants, allocation } = raw;
  const written = conditions && ('client_filters' in conditions ? conditions.client_filters : conditions.filters);
  return {
    name,
    enabled,
    all: conditions?.requirement_type === 'All',
    filters: (written as readonly Filter[] | null | undefined) ?? [],
    variants: (variants ?? []).map((variant) => ({
      name: variant.name,
      value: ('configuration_value' in variant ? variant.configuration_value : variant.value) ?? null,
      override: variant.status_override === 'None' ? undefined : (variant.status_override ?? undefined),
    })),
    allocation: allocation ?? {},
  };
}
