/** What runs where: slots, revisions, workloads, environments, and how the users' requests are shared out among them. */
import * as v from 'valibot';
import { changeOutcomes } from './flags.js';

const text = v.string();
const instant = v.pipe(v.string(), v.isoTimestamp(), v.description('ISO 8601, UTC'));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const percent = v.pipe(v.number(), v.minValue(0), v.maxValue(100));

export const targetStates = ['running', 'deploying', 'stopped', 'failed', 'unknown'] as const;

export const target = v.strictObject({
  name: v.pipe(
    text,
    v.description('as the policy names it: a slot, a revision, a workload, an environment, a resource'),
  ),
  exists: v.pipe(v.boolean(), v.description('false only on a positive "not found"')),
  version: v.pipe(v.nullable(text), v.description('what runs there: a version, an image, a commit; null: not known')),
  state: v.pipe(
    v.picklist(targetStates),
    v.description('deploying: something is being changed there right now; failed: that went wrong'),
  ),
  health: v.pipe(v.picklist(['healthy', 'unhealthy', 'unknown']), v.description('in the words of the system itself')),
  ready: v.pipe(
    v.nullable(v.boolean()),
    v.description('every instance that should serve does, warmed up; null: not known'),
  ),
  instances: v.pipe(
    v.nullable(v.strictObject({ wanted: count, ready: count })),
    v.description('of the version that is wanted there; null: the system does not say'),
  ),
  traffic: v.pipe(v.nullable(percent), v.description("percent of the users' requests; null: not known")),
  since: v.pipe(v.nullable(instant), v.description('when what runs there got there; null: not known')),
  reasons: v.pipe(v.array(text), v.description('why it is not running, not ready or not healthy')),
  link: v.optional(text),
});
/** One place where a version of the service runs. */
export type Target = v.InferOutput<typeof target>;

export const settingsDiffer = v.strictObject({
  target: text,
  like: text,
  compared: v.pipe(count, v.description('settings that either has')),
  differ: v.array(
    v.strictObject({
      name: text,
      how: v.picklist(['missing', 'only-here', 'other-value']),
      sticky: v.pipe(v.nullable(v.boolean()), v.description('stays with the slot in a swap; null: not known')),
    }),
  ),
});
/** How the settings of one target differ from those of another. Values are never in it. */
export type SettingsDiffer = v.InferOutput<typeof settingsDiffer>;

export const deploymentsFields = {
  targets: v.pipe(v.array(target), v.description('those that were asked for, whether they exist or not')),
  settings: v.optional(settingsDiffer),
};

/** How the users' requests are shared out. */
export const traffic = v.strictObject({
  weights: v.pipe(v.record(text, percent), v.description('percent by target; together 100')),
  swapped: v.optional(
    v.pipe(
      v.nullable(v.strictObject({ at: instant, from: text, to: text })),
      v.description('the last time that two targets changed places; null: they never did'),
    ),
  ),
});
export type Traffic = v.InferOutput<typeof traffic>;

export const trafficChange = v.strictObject({
  source: v.pipe(text, v.description('name of the source in the policy')),
  traffic: v.pipe(text, v.description('whose traffic it is, in words')),
  wanted: v.pipe(text, v.description('`5 % to green`, `staging swapped with production`')),
  outcome: v.pipe(v.picklist(changeOutcomes), v.description('as of the change of a flag')),
  at: instant,
  detail: v.pipe(text, v.description('what was done, or what was in the way')),
  code: v.optional(text),
  next: v.optional(v.pipe(text, v.description('what to do instead'))),
  before: v.pipe(v.nullable(traffic), v.description('null: it was not read')),
  after: v.pipe(v.nullable(traffic), v.description('as it was read back; null: it was not')),
});
/** One move of traffic, or why it was not made. */
export type TrafficChange = v.InferOutput<typeof trafficChange>;
