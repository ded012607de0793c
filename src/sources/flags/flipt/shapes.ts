/**
 * A flag of Flipt as both of its management APIs have it (https://docs.flipt.io/v2/reference/flags/get-flag,
 * https://docs.flipt.io/reference/flags/get-flag). They are protobuf's JSON, in which a field may be left out when it is false, 0 or empty.
 */
import * as v from 'valibot';

const text = v.string();
const list = v.optional(v.nullable(v.array(text)), []);
const flagType = v.optional(v.picklist(['VARIANT_FLAG_TYPE', 'BOOLEAN_FLAG_TYPE']), 'VARIANT_FLAG_TYPE');
const on = v.optional(v.boolean(), false);
const operator = v.optional(v.string(), 'OR_SEGMENT_OPERATOR');
const amount = v.optional(v.number(), 0);

/** Version 1 names one segment in a field of its own. */
const segmented = { segments: list, segmentKeys: list, segmentKey: v.nullish(text), segmentOperator: operator };

export const rolloutForm = v.looseObject({
  id: v.optional(text),
  segment: v.nullish(v.looseObject({ ...segmented, value: on })),
  threshold: v.nullish(v.looseObject({ percentage: amount, value: on })),
});
export type Rollout = v.InferOutput<typeof rolloutForm>;

export const ruleForm = v.looseObject({
  ...segmented,
  distributions: v.optional(
    v.nullable(v.array(v.looseObject({ variant: v.nullish(text), variantId: v.nullish(text), rollout: amount }))),
    [],
  ),
});
export type FliptRule = v.InferOutput<typeof ruleForm>;

const common = { key: text, type: flagType, enabled: on };

/** The payload of a resource of version 2. */
export const payloadForm = v.looseObject({
  ...common,
  '@type': v.pipe(text, v.regex(/(?:^|\/)flipt\.core\.Flag$/)),
  variants: v.optional(v.nullable(v.array(v.looseObject({ key: text }))), []),
  rules: v.optional(v.nullable(v.array(ruleForm)), []),
  rollouts: v.optional(v.nullable(v.array(rolloutForm)), []),
  defaultVariant: v.nullish(text),
});
export const resourceForm = v.looseObject({
  resource: v.looseObject({ key: text, payload: payloadForm }),
  revision: text,
});
export const resourcesForm = v.looseObject({
  resources: v.array(v.looseObject({ key: text, payload: payloadForm })),
  revision: v.optional(text),
});

/** `GET /api/v1/namespaces/{n}/flags/{key}`. */
export const flagForm = v.looseObject({
  ...common,
  name: v.optional(text, ''),
  description: v.optional(text, ''),
  variants: v.optional(v.nullable(v.array(v.looseObject({ id: text, key: text }))), []),
  defaultVariant: v.nullish(v.looseObject({ id: text, key: text })),
  metadata: v.nullish(v.unknown()),
});
export type FlagV1 = v.InferOutput<typeof flagForm>;

const paged = { nextPageToken: v.optional(text, '') };
export const flagsForm = v.looseObject({ flags: v.array(v.looseObject({ key: text })), ...paged });
export const rolloutsForm = v.looseObject({
  rules: v.array(v.intersect([rolloutForm, v.looseObject({ id: text })])),
  ...paged,
});
export const rulesForm = v.looseObject({ rules: v.array(ruleForm), ...paged });

/** What decides who gets a flag. */
export interface FliptFlag {
  readonly key: string;
  readonly type: v.InferOutput<typeof flagType>;
  readonly enabled: boolean;
  readonly variants: readonly string[];
  readonly defaultVariant: string | null;
  readonly rollouts: readonly Rollout[];
  /** Distributions by the keys of variants. */
  readonly rules: readonly FliptRule[];
  readonly version: string | null;
}
