/**
 * What was seen and what the judge said of it: the words every other part of Signalbox speaks, and the
 * part of the decision record that `replay` reads back. One valibot schema is the truth for both the
 * TypeScript types and the published JSON Schema.
 *
 * All instants are ISO 8601 in UTC. Everything here is plain JSON.
 */
import * as v from 'valibot';
import { deploymentsFields } from './deployments.js';
import { flagStatesFields } from './flags.js';
import { probesFields } from './probes.js';
import { scansFields } from './scans.js';

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const instant = v.pipe(v.string(), v.isoTimestamp(), v.description('ISO 8601, UTC'));

/** A number as a source reported it. JSON has no NaN or infinity, so those travel as words and never look like a value. */
export const reported = v.union([v.number(), v.picklist(['NaN', '+Inf', '-Inf']), v.null()]);
export type Reported = v.InferOutput<typeof reported>;

const common = {
  source: v.pipe(text, v.description('name of the source in the policy')),
  subject: v.pipe(text, v.description('what was looked at, in words')),
  query: v.pipe(text, v.description('the query as it was sent')),
  link: v.optional(v.pipe(text, v.description('where a person can look at the same evidence'))),
  at: v.pipe(instant, v.description('when the source answered')),
  seen: v.pipe(
    count,
    v.description('how many things (series, scan runs, flags) the answer is about; 0 is no evidence'),
  ),
  notes: v.pipe(v.array(text), v.description('warnings that the source gave with its answer')),
  partial: v.pipe(v.boolean(), v.description('the source says that its answer is incomplete')),
};

export const samples = v.strictObject({
  kind: v.literal('samples'),
  ...common,
  window: v.strictObject({ from: instant, to: instant }),
  newest: v.pipe(v.nullable(instant), v.description('time of the newest raw sample behind the answer; null: unknown')),
  events: v.optional(
    v.pipe(
      v.number(),
      v.minValue(0),
      v.description('events (requests, sessions…) behind the values, where the source counts them'),
    ),
  ),
  series: v.array(
    v.strictObject({
      labels: v.record(text, text),
      value: reported,
      points: v.pipe(count, v.description('samples that the value was reduced from')),
      bins: v.optional(
        v.pipe(
          v.array(reported),
          v.description(
            'where the question was asked in bins: the value of each, the first begins with the window; null: there is none. `value` is the last of them',
          ),
        ),
      ),
    }),
  ),
});
/** What a telemetry source returned for one query over one window. */
export type Samples = v.InferOutput<typeof samples>;

export const alerts = v.strictObject({
  kind: v.literal('alerts'),
  ...common,
  rules: v.pipe(
    count,
    v.description('enabled rules that cover the scope, whether they fire or not; the same as `seen`'),
  ),
  newest: v.pipe(
    v.nullable(instant),
    v.description('when the rules were last evaluated; null: the source does not say'),
  ),
  counts: v.pipe(
    v.strictObject({ firing: count, unknown: count, muted: count }),
    v.description('of all alerts, those that `alerts` leaves out too'),
  ),
  alerts: v.pipe(
    v.array(
      v.strictObject({
        name: text,
        state: v.pipe(
          v.picklist(['firing', 'unknown', 'muted']),
          v.description('unknown: the rule itself has no data or fails; muted: silenced, inhibited, in a downtime'),
        ),
        severity: v.nullable(text),
        since: v.pipe(v.nullable(instant), v.description('when it began to fire; null: the source does not say')),
        subject: v.pipe(text, v.description('what it is about: a resource, a service, labels')),
        link: v.optional(text),
      }),
    ),
    v.description('what is not well, the newest first, at most 50; a rule that is well is only counted'),
  ),
});
/** What the alert rules of a system say. */
export type Alerts = v.InferOutput<typeof alerts>;
export type Alert = Alerts['alerts'][number];

export const scans = v.strictObject({ kind: v.literal('scans'), ...common, ...scansFields });
/** What a security source found in the results of scanners. */
export type Scans = v.InferOutput<typeof scans>;

export const flag = v.strictObject({
  kind: v.literal('flag'),
  ...common,
  flag: text,
  exists: v.pipe(v.boolean(), v.description('false only on a positive "not found"')),
  enabled: v.pipe(
    v.nullable(v.boolean()),
    v.description("the provider's main switch; null: the provider does not say"),
  ),
  value: v.pipe(v.unknown(), v.description('what was served; null where the code default is')),
  variant: v.nullable(text),
  reason: v.pipe(text, v.description("the provider's reason, e.g. STATIC, TARGETING_MATCH, DISABLED")),
  scope: v.pipe(
    v.picklist(['everyone', 'context']),
    v.description('whether the value is proven for everyone or only for the context that was probed'),
  ),
  context: v.record(text, v.unknown()),
});
/** What a flag provider said of one flag, for one evaluation context. */
export type Flag = v.InferOutput<typeof flag>;

export const flagStates = v.strictObject({ kind: v.literal('flag-states'), ...common, ...flagStatesFields });
/** How flags are set up; `seen` counts those that exist. */
export type FlagStates = v.InferOutput<typeof flagStates>;

export const deployments = v.strictObject({ kind: v.literal('deployments'), ...common, ...deploymentsFields });
/** What runs where; `seen` counts the targets that exist. */
export type Deployments = v.InferOutput<typeof deployments>;

export const probes = v.strictObject({ kind: v.literal('probes'), ...common, ...probesFields });
/** How the service answered us; `seen` counts the requests to the idle side. */
export type Probes = v.InferOutput<typeof probes>;

export const measurement = v.variant('kind', [samples, alerts, scans, flag, flagStates, deployments, probes]);
export type Measurement = v.InferOutput<typeof measurement>;

/** Why there is no measurement. `permanent`: waiting cannot heal it (a query that does not parse, a flag file that is not there). */
export const failure = v.strictObject({ code: text, message: text, permanent: v.boolean() });
export type Failure = v.InferOutput<typeof failure>;

/** The answer to one of the questions that a gate asks: a measurement, or why there is none. `role` is the gate's name for the question. */
export const answer = v.union([
  v.strictObject({ role: text, measurement }),
  v.strictObject({ role: text, source: text, failure }),
]);
export type Answer = v.InferOutput<typeof answer>;

export const states = ['healthy', 'unhealthy', 'insufficient', 'error'] as const;
export type State = (typeof states)[number];

const armSum = v.strictObject({
  events: v.pipe(v.number(), v.minValue(0)),
  bad: v.pipe(
    v.number(),
    v.minValue(0),
    v.description('of the events: those that failed, or took longer than `bound`'),
  ),
});

/** How a canary stands against its baseline after all bins so far: what charts of a canary are drawn from. */
export const standing = v.strictObject({
  names: v.optional(
    v.pipe(
      v.strictObject({ canary: text, baseline: text }),
      v.description('what both arms are called; absent: canary and baseline'),
    ),
  ),
  bins: v.pipe(count, v.description('bins in which both arms were measured')),
  canary: armSum,
  baseline: armSum,
  bound: v.optional(v.pipe(text, v.description('upper bound of a duration, as the source writes it'))),
  ratio: v.pipe(v.nullable(v.number()), v.description('how many times as often the canary is bad; null: not known')),
  lower: v.pipe(v.number(), v.description('lower bound of `ratio`, valid at every look, at the level `sure`')),
  upper: v.pipe(v.nullable(v.number()), v.description('upper bound of `ratio`; null: there is none yet')),
  sure: v.pipe(v.number(), v.description('0 to 1: 1 less the false-stop rate')),
  harm: v.pipe(
    v.number(),
    v.description(
      'evidence of harm, the most so far: logarithm of the e-value over that at which the canary is stopped; 1: stopped',
    ),
  ),
  wellness: v.pipe(
    v.nullable(v.number()),
    v.description('the same for the proof that it is no worse; 1: proven; null: not asked for'),
  ),
  dispersion: v.pipe(
    v.number(),
    v.description('how much more the arms differ than chance alone would have it; 1: no more'),
  ),
  calibrated: v.pipe(v.boolean(), v.description('whether the dispersion was learnt from a history')),
});
export type Standing = v.InferOutput<typeof standing>;

export const readingData = v.strictObject({
  state: v.picklist(states),
  code: v.pipe(text, v.description('the reason as a fixed word, e.g. over-threshold, no-data, stale, timeout')),
  reason: v.pipe(text, v.description('the reason as one sentence')),
  value: v.optional(v.pipe(v.number(), v.description('in the unit of the threshold'))),
  threshold: v.optional(text),
  shown: v.optional(v.pipe(text, v.description('the value as people write it, e.g. 0.83 %'))),
  events: v.optional(v.number()),
  conclusive: v.optional(
    v.pipe(
      v.boolean(),
      v.description('stops at once, even while warming up: a finding that stands, a critical threshold'),
    ),
  ),
  permanent: v.optional(v.pipe(v.boolean(), v.description('poor evidence that waiting cannot heal'))),
  pending: v.optional(
    v.pipe(
      v.boolean(),
      v.description('nothing is missing: it only takes time, and is never ignored nor a reason to stop early'),
    ),
  ),
  standing: v.optional(standing),
});
export type ReadingData = v.InferOutput<typeof readingData>;
