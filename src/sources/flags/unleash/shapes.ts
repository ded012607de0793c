/** What Unleash's admin API answers, as far as it is read (its OpenAPI document, and version 7.5.1 as it runs). */
import * as v from 'valibot';

const text = v.string();

export const strategy = v.looseObject({
  id: text,
  name: text,
  disabled: v.nullish(v.boolean()),
  parameters: v.nullish(v.record(text, v.unknown())),
  constraints: v.nullish(v.array(v.unknown())),
  segments: v.nullish(v.array(v.union([v.number(), v.looseObject({ id: v.number() })]))),
  variants: v.nullish(v.array(v.looseObject({ name: text, weight: v.number() }))),
  milestoneId: v.nullish(text),
});
export type Strategy = v.InferOutput<typeof strategy>;

/** `GET …/features/{f}/environments/{env}`, and one of `environments` of a feature. */
export const environmentForm = v.looseObject({
  name: text,
  enabled: v.boolean(),
  strategies: v.array(strategy),
  lastSeenAt: v.nullish(text),
  releasePlans: v.nullish(v.array(v.unknown())),
});
export type Environment = v.InferOutput<typeof environmentForm>;

/** `GET /api/admin/projects/{p}/features/{f}`. */
export const featureForm = v.looseObject({
  name: text,
  type: v.nullish(text),
  stale: v.boolean(),
  archived: v.nullish(v.boolean()),
  environments: v.array(environmentForm),
  dependencies: v.nullish(
    v.array(
      v.looseObject({ feature: text, enabled: v.nullish(v.boolean()), variants: v.nullish(v.array(v.unknown())) }),
    ),
  ),
  createdBy: v.nullish(v.looseObject({ name: v.nullish(text) })),
});
export type Feature = v.InferOutput<typeof featureForm>;

/** `GET /api/admin/search/features`. */
export const foundForm = v.looseObject({
  features: v.array(v.looseObject({ name: text, archivedAt: v.nullish(text) })),
  total: v.number(),
});

/** `GET /api/admin/search/events`; newest first. */
export const eventsForm = v.looseObject({
  events: v.array(
    v.looseObject({
      id: v.number(),
      createdAt: text,
      createdBy: v.nullish(text),
      environment: v.nullish(text),
    }),
  ),
});

/** `GET /api/admin/environments`. */
export const environmentsForm = v.looseObject({ environments: v.array(v.looseObject({ name: text })) });

/** `GET /api/admin/user`. The answer repeats the token, so nothing else of it is kept. */
export const userForm = v.looseObject({
  permissions: v.array(v.looseObject({ permission: text, project: v.nullish(text), environment: v.nullish(text) })),
});

/** `GET /api/admin/projects/{p}/change-requests/config`, of the Enterprise edition. */
export const changeRequestsForm = v.array(v.looseObject({ environment: text, changeRequestEnabled: v.boolean() }));

/** `GET /api/admin/segments`. */
export const segmentsForm = v.looseObject({ segments: v.array(v.looseObject({ id: v.number(), name: text })) });
