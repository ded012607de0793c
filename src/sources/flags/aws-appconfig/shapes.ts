/**
 * Answers of AWS AppConfig (https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference), and the document of a profile of the type
 * `AWS.AppConfig.FeatureFlags` (https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-type-reference-feature-flags.html).
 */
import * as v from 'valibot';

const text = v.string();
const count = v.pipe(v.number(), v.integer());

export const profileForm = v.looseObject({
  Id: text,
  Name: text,
  Type: v.nullish(text),
  LocationUri: v.nullish(text),
});
export type Profile = v.InferOutput<typeof profileForm>;

const deployment = {
  DeploymentNumber: count,
  ConfigurationVersion: text,
  State: v.picklist(['BAKING', 'VALIDATING', 'DEPLOYING', 'COMPLETE', 'ROLLING_BACK', 'ROLLED_BACK', 'REVERTED']),
  PercentageComplete: v.nullish(v.number()),
  StartedAt: v.nullish(text),
  CompletedAt: v.nullish(text),
};

/** `ListDeployments`: newest first. It names the profile, and does not give its id. */
export const deploymentsForm = v.looseObject({
  Items: v.array(v.looseObject({ ...deployment, ConfigurationName: v.nullish(text) })),
  NextToken: v.nullish(text),
});

/** `GetDeployment`. */
export const deploymentForm = v.looseObject({ ...deployment, ConfigurationProfileId: text });
export type Deployment = v.InferOutput<typeof deploymentForm>;

/** `ListHostedConfigurationVersions`: newest first. */
export const versionsForm = v.looseObject({
  Items: v.array(v.looseObject({ VersionNumber: count })),
  NextToken: v.nullish(text),
});

const variant = v.looseObject({
  name: text,
  enabled: v.nullish(v.boolean()),
  rule: v.nullish(text),
  attributeValues: v.nullish(v.looseObject({})),
});

const value = v.looseObject({
  enabled: v.nullish(v.boolean()),
  _updatedAt: v.nullish(text),
  _variants: v.nullish(v.array(variant)),
});
export type FlagValue = v.InferOutput<typeof value>;

export const documentForm = v.looseObject({
  version: text,
  flags: v.optional(
    v.record(text, v.looseObject({ _deprecation: v.nullish(v.looseObject({ status: v.nullish(text) })) })),
    {},
  ),
  values: v.optional(v.record(text, value), {}),
});
export type FlagDocument = v.InferOutput<typeof documentForm>;
