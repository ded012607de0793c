/** What a provider says of a flag, in one form for all of them: the part of the record that proves a flag's state. */
import * as v from 'valibot';

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const instant = v.pipe(v.string(), v.isoTimestamp(), v.description('ISO 8601, UTC'));
const percent = v.pipe(v.number(), v.minValue(0), v.maxValue(100));

export const interval = v.strictObject({ lo: percent, hi: percent });
/** Bounds of a share in percent, 0 to 100; both ends belong to it. */
export type Interval = v.InferOutput<typeof interval>;

export const reaches = ['nobody', 'targeted-only', 'partial', 'everyone', 'unknown'] as const;
export type Reach = (typeof reaches)[number];

export const killBlocks = ['approval', 'permission', 'locked', 'read-only', 'archived', 'managed'] as const;

export const flagState = v.strictObject({
  key: text,
  exists: v.pipe(v.boolean(), v.description('false only on a positive "not found"; nothing else is known then')),
  configured: v.pipe(v.boolean(), v.description('whether it is set up in the environment that was asked for')),
  archived: v.boolean(),
  enabled: v.pipe(
    v.nullable(v.boolean()),
    v.description("the provider's main switch; null: it has none, or does not say"),
  ),
  kind: v.picklist(['boolean', 'multivariate', 'unknown']),
  exposure: v.pipe(
    interval,
    v.description('percent of all who are not named one by one that get the new code; an interval where rules decide'),
  ),
  method: v.pipe(
    v.picklist(['static', 'sampled']),
    v.description('static: follows from the definition; sampled: estimated from evaluations, at 95 %'),
  ),
  sample: v.optional(v.pipe(count, v.description('evaluations behind a sampled exposure'))),
  reach: v.pipe(
    v.picklist(reaches),
    v.description('who can get the new code: targeted-only: only users that a rule or a list names'),
  ),
  whenOff: v.pipe(
    v.picklist(['off', 'on', 'code-default', 'unknown']),
    v.description('what is served once its switch is off'),
  ),
  serves: v.pipe(
    v.nullable(v.strictObject({ variant: v.nullable(text), value: v.unknown() })),
    v.description('what everyone gets, whoever asks; null: it depends, or is not known'),
  ),
  unclear: v.pipe(
    v.array(text),
    v.description('why some of what is served is neither on nor off, e.g. a code default'),
  ),
  targeting: v.strictObject({
    rules: v.pipe(count, v.description('rules that ask who somebody is; a percentage alone is none')),
    individuals: v.pipe(count, v.description('users that are named one by one')),
    segments: v.array(text),
    prerequisites: v.array(
      v.strictObject({ flag: text, met: v.pipe(v.nullable(v.boolean()), v.description('null: not known')) }),
    ),
    timeDependent: v.pipe(v.boolean(), v.description('what is served changes with time by itself')),
    told: v.optional(
      v.pipe(
        v.literal(false),
        v.description('the provider does not tell how it is targeted: what is missing here says nothing'),
      ),
    ),
    managedBy: v.pipe(
      v.nullable(text),
      v.description('what moves the exposure by itself: a guarded rollout, a release plan, a schedule, an experiment'),
    ),
  }),
  variants: v.array(v.strictObject({ name: text, value: v.unknown(), class: v.picklist(['on', 'off', 'unclear']) })),
  changed: v.pipe(
    v.nullable(
      v.strictObject({
        at: instant,
        by: v.nullable(text),
        scope: v.pipe(
          v.picklist(['environment', 'flag', 'file']),
          v.description('what changed then: this environment, the flag anywhere, the whole file'),
        ),
      }),
    ),
    v.description('last change; null: the provider does not say'),
  ),
  evaluatedAt: v.pipe(
    v.nullable(instant),
    v.description('when an application last asked for it; null: never, or the provider does not say'),
  ),
  stale: v.pipe(v.nullable(v.boolean()), v.description("the provider's own word; null: it has none")),
  deprecated: v.boolean(),
  temporary: v.pipe(v.nullable(v.boolean()), v.description('null: the provider does not say')),
  owner: v.nullable(text),
  version: v.pipe(
    v.nullable(text),
    v.description('what changes with every change: an etag, a version, an event; null: the provider has none'),
  ),
  kill: v.strictObject({
    possible: v.pipe(
      v.nullable(v.boolean()),
      v.description('whether this credential may switch it off, without an approval; null: cannot be told beforehand'),
    ),
    scope: v.picklist(['environment', 'all-environments', 'none']),
    blockedBy: v.optional(v.picklist(killBlocks)),
    why: v.optional(v.pipe(text, v.description('what is in the way, or what is not known, and what to do about it'))),
  }),
  link: v.optional(text),
});
/** A flag in one environment of its provider. */
export type FlagState = v.InferOutput<typeof flagState>;

export const flagStatesFields = {
  states: v.pipe(
    v.array(flagState),
    v.description('the flag that was asked for, or those whose names match, in order of their names'),
  ),
};

export const changeOutcomes = [
  'changed',
  'already',
  'dry-run',
  'refused',
  'not-read',
  'not-verified',
  'reverted',
  'not-reverted',
] as const;

export const flagChange = v.strictObject({
  source: v.pipe(text, v.description('name of the source in the policy')),
  flag: text,
  wanted: v.pipe(text, v.description('off, a percentage, or what was there before')),
  outcome: v.pipe(
    v.picklist(changeOutcomes),
    v.description(
      'changed: and read back as wanted; already: it was so; refused: by the provider or for how the flag is set up; not-read: nothing was written; not-verified: written, but not read back as wanted in time; reverted: it widened the exposure, and what was there was put back',
    ),
  ),
  at: instant,
  detail: v.pipe(text, v.description('what was done, or what was in the way')),
  code: v.optional(text),
  next: v.optional(v.pipe(text, v.description('what to do instead'))),
  before: v.pipe(v.nullable(flagState), v.description('null: it was not read')),
  after: v.pipe(v.nullable(flagState), v.description('as it was read back; null: it was not')),
  undo: v.optional(
    v.pipe(v.unknown(), v.description('what `signalbox flags restore` needs to put back what was there')),
  ),
});
/** One change of a flag, or why it was not made. */
export type FlagChange = v.InferOutput<typeof flagChange>;
