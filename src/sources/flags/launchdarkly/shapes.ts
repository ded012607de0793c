/** What LaunchDarkly's REST API answers, version 20240415, as far as it is read (https://launchdarkly.com/docs/api/feature-flags). */
import * as v from 'valibot';

const text = v.string();
const index = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Weights are thousandths of a percent. */
const rollout = v.looseObject({
  variations: v.array(v.looseObject({ variation: index, weight: v.number() })),
  experimentAllocation: v.nullish(v.unknown()),
  bucketBy: v.nullish(text),
  contextKind: v.nullish(text),
});
export const served = v.looseObject({ variation: v.nullish(index), rollout: v.nullish(rollout) });
export type Served = v.InferOutput<typeof served>;

const target = v.looseObject({ values: v.array(v.unknown()), variation: index });

export const rule = v.looseObject({
  ...served.entries,
  description: v.nullish(text),
  clauses: v.nullish(
    v.array(
      v.looseObject({ attribute: v.nullish(text), op: v.nullish(text), values: v.nullish(v.array(v.unknown())) }),
    ),
  ),
});
export type Rule = v.InferOutput<typeof rule>;

export const environmentForm = v.looseObject({
  on: v.boolean(),
  archived: v.nullish(v.boolean()),
  lastModified: v.nullish(v.number()),
  version: v.number(),
  targets: v.nullish(v.array(target)),
  contextTargets: v.nullish(v.array(target)),
  rules: v.array(rule),
  fallthrough: v.nullish(served),
  offVariation: v.nullish(index),
  prerequisites: v.nullish(v.array(v.looseObject({ key: text, variation: index }))),
});
export type Environment = v.InferOutput<typeof environmentForm>;

/** `GET /api/v2/flags/{project}/{key}?env={environment}`. */
export const flagForm = v.looseObject({
  key: text,
  kind: v.nullish(text),
  archived: v.nullish(v.boolean()),
  deprecated: v.nullish(v.boolean()),
  temporary: v.nullish(v.boolean()),
  variations: v.array(v.looseObject({ _id: v.nullish(text), value: v.unknown(), name: v.nullish(text) })),
  environments: v.record(text, v.unknown()),
  _maintainer: v.nullish(v.looseObject({ email: v.nullish(text) })),
  _maintainerTeam: v.nullish(v.looseObject({ name: v.nullish(text) })),
});
export type Flag = v.InferOutput<typeof flagForm>;

/** `GET /api/v2/flag-statuses/{project}/{environment}/{key}`. */
export const statusForm = v.looseObject({ name: text, lastRequested: v.nullish(text) });

/** `GET /api/v2/flags/{project}`. */
export const listForm = v.looseObject({
  items: v.array(v.looseObject({ key: text })),
  totalCount: v.nullish(v.number()),
});

/** `GET /api/v2/projects/{project}/environments/{environment}`. */
export const projectEnvironmentForm = v.looseObject({
  key: text,
  approvalSettings: v.nullish(
    v.looseObject({ required: v.nullish(v.boolean()), bypassApprovalsForPendingChanges: v.nullish(v.boolean()) }),
  ),
  requireComments: v.nullish(v.boolean()),
});
