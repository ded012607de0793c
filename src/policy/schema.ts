/**
 * The policy's schema: the single truth from which the JSON Schema and `docs/policy.md` are generated. What a kind of gate
 * or source adds comes from its own file.
 */
import * as v from 'valibot';
import { gateTypes } from '../gates/index.js';
import { type FlagOffConfig, flagOffSchema, type RolloutConfig, rolloutSchema } from '../reactions/flags/fields.js';
import { annotationTypes } from '../reactions/index.js';
import { notificationTypes } from '../reactions/notifications/index.js';
import type { Occasion } from '../reactions/notifications/notification.js';
import { enforcements } from '../record/record.js';
import { sourceEntries, sourceTypeOf } from '../sources/index.js';
import { described, duration, errorRate, filled, whole } from './fields.js';
import { type Freeze, freezesSchema } from './freezes.js';
import { type MovesConfig, movesSchema, type StageConfig, stagesSchema } from './stages.js';

type Variant = v.StrictObjectSchema<{ type: v.LiteralSchema<string, undefined> }, undefined>;

/** One member of a union told apart by `type`: the common fields and those of the type, with the type's own checks. */
function withCommon(type: string, common: v.ObjectEntries, schema: v.GenericSchema): Variant {
  const own = schema as Variant & { pipe?: readonly [Variant, ...v.GenericPipeAction[]] };
  const merged = v.strictObject({ ...common, ...own.entries, type: v.literal(type) });
  const [, ...checks] = own.pipe ?? [own];
  return (checks.length === 0 ? merged : v.pipe(merged, ...(checks as [v.GenericPipeAction]))) as Variant;
}

const anyOf = (members: Variant[]) => v.variant('type', members as [Variant, ...Variant[]]);

type Sources = ReadonlyMap<string, Variant>;

/** A type that is not loaded is known by its name alone. */
const sourceSchemas = (): Sources =>
  new Map(
    sourceEntries.map(({ type }) => [type, withCommon(type, {}, sourceTypeOf(type)?.schema ?? v.strictObject({}))]),
  );

const waitOrStop = ['hold', 'stop', 'ignore'] as const;

const commonGateFields = (sources: Sources) => ({
  name: described(filled, 'What people call it; unique in the policy.'),
  source: described(
    v.union([filled, anyOf([...sources.values()])]),
    'Name of an entry of `sources`, or a source written out in place.',
  ),
  enforce: described(
    v.optional(v.picklist(enforcements), 'block'),
    '`block` stops the train, `warn` lets it go with a warning, `observe` only reports: the ladder by which a gate earns trust.',
  ),
  'on-missing': described(
    v.optional(v.picklist(waitOrStop), 'hold'),
    'What insufficient evidence does: `hold` the train until there is enough or the deadline comes, `stop` it at once, or be `ignore`d (shown as such; at least one blocking gate must still be healthy).',
  ),
  'on-error': described(
    v.optional(v.picklist(waitOrStop), 'hold'),
    'The same for evidence that could not be measured.',
  ),
  'unhealthy-after': described(
    v.optional(whole(1), 2),
    'How many unhealthy rounds in a row stop the train. What stands beyond doubt (a finding, a flag in the wrong state, a hard limit) stops it at once.',
  ),
  'unhealthy-limit': described(
    v.optional(whole(1)),
    'How many unhealthy rounds in all stop the train, in a row or not. Default: no limit.',
  ),
});

const gate = (sources: Sources) => anyOf(gateTypes.map((t) => withCommon(t.type, commonGateFields(sources), t.schema)));

/** Only a source of its own kind can be written out in place. */
const connection = (type: string, sources: Sources) =>
  described(
    v.union([filled, anyOf([...sources].flatMap(([name, one]) => (name === type ? [one] : [])))]),
    `Name of an entry of \`sources\` of the type \`${type}\`, or such a source written out in place: where to write, and how to sign in.`,
  );

const annotation = (sources: Sources) =>
  anyOf(
    annotationTypes.map(({ type, sourceType, schema }) =>
      withCommon(type, sourceType === undefined ? {} : { source: connection(sourceType, sources) }, schema),
    ),
  );

const notification = anyOf(notificationTypes.map(({ type, schema }) => withCommon(type, {}, schema)));

const controlled = described(filled, 'Name of an entry of `sources` of a type that can change flags.');

const { entries: rolloutFields, pipe: rolloutPipe } = rolloutSchema;
const [, ...rolloutChecks] = rolloutPipe;

/** `${release.NAME}`; each can also be given as an input, which wins. */
export const releaseFacts = ['sha', 'version', 'environment'] as const;
export type ReleaseFact = (typeof releaseFacts)[number];

const deployedAtForm = /^\s*(?:\S+\s+ago|\d{4}-\d{2}-\d{2}T\S+|annotation\s+of\s+\S.*)\s*$/;

/** ISO 8601 with a time zone, `10m ago`, or `annotation of <name of a source>`. */
const deployedAt = v.pipe(
  v.string(),
  v.regex(deployedAtForm, 'an instant such as 2026-11-23T10:00:00Z, `10m ago`, or `annotation of <source>`'),
);

const optionalDuration = v.optional(duration);

const release = v.optional(
  v.strictObject({
    sha: described(v.optional(filled), "Commit that is released. Default: the run's commit."),
    version: described(v.optional(filled), 'Version that is released.'),
    environment: described(v.optional(filled), 'Where it is released to.'),
    'deployed-at': described(
      v.optional(deployedAt),
      'When the new version went live: ISO 8601 with a time zone, `10m ago`, or `annotation of <source>`, the newest release annotation of that source. Default: the deployment that started the run (the event `deployment_status` of GitHub), else the start of the step.',
    ),
  }),
  {},
);

const evaluation = v.optional(
  v.strictObject({
    warmup: described(
      optionalDuration,
      'Time after the deployment in which nothing is decided, except by what stands beyond doubt. Default: `2m`, or `0s` when no gate watches telemetry.',
    ),
    every: described(optionalDuration, 'Time from one round to the next. Default: `1m`.'),
    steady: described(
      optionalDuration,
      'How long all blocking gates must be healthy together. Default: `5m`, or `0s` when no gate watches telemetry.',
    ),
    deadline: described(
      optionalDuration,
      'Longest time that the step waits, from its start; then the train stops. Default: `30m`.',
    ),
    'error-budget': described(
      optionalDuration,
      'How long a blocking gate may go without being measured before the train stops as `not-measured`. Default: `10m`, at most the deadline.',
    ),
    'false-stop-rate': described(
      v.optional(errorRate),
      'Chance that gates which judge by statistics (`canary`) stop a good release, over all of them and the whole step. Those without a `false-stop-rate` of their own share it. Default: `5%`.',
    ),
    'round-timeout': described(optionalDuration, 'Longest time that one round waits for its answers. Default: `30s`.'),
    'on-hold': described(
      v.optional(v.picklist(['wait', 'park'])),
      'While the train holds: `wait` in this job, or `park`: the job ends with the decision `hold`, and the next run with the same input `state` goes on. Default: `wait`.',
    ),
    'park-after': described(
      optionalDuration,
      'Beside `on-hold: park`: how long the job waits before it parks. Default: `30s`.',
    ),
  }),
  {},
);

function build() {
  const sources = sourceSchemas();
  return v.strictObject({
    version: described(v.literal(1), 'Version of the policy format.'),
    service: described(v.optional(filled), 'What is released, for the report.'),
    release,
    sources: described(
      v.optional(v.record(v.string(), anyOf([...sources.values()])), {}),
      'Named connections to the systems that hold the evidence.',
    ),
    evaluation,
    gates: described(
      v.pipe(v.array(gate(sources)), v.minLength(1, 'at least one gate')),
      'What must hold before the release may continue.',
    ),
    annotations: described(
      v.optional(v.array(annotation(sources)), []),
      'Where the release is marked on the charts, at the start and with the decision. What cannot be written is a warning and changes no decision.',
    ),
    notify: described(
      v.optional(v.array(notification), []),
      'Who is told of the decision: people, other workflows, whatever heals. What cannot be delivered is a warning and changes no decision.',
    ),
    'on-stop': described(
      v.optional(v.array(anyOf([withCommon('flag-off', { source: controlled }, flagOffSchema)])), []),
      'What is done when the train stops, in this order. What cannot be done is an error of the report and changes no decision.',
    ),
    stages: described(
      v.optional(stagesSchema(gate(sources))),
      'Stages that this step walks, one after the other, or of which the input `stage` names one: each moves traffic or a flag, and is proven anew.',
    ),
    moves: described(
      v.optional(movesSchema),
      'What becomes of what the `stages` moved when the train does not arrive.',
    ),
    freezes: described(v.optional(freezesSchema), 'Times in which no train goes. See [holds](holds.md).'),
    overrides: described(
      v.optional(filled),
      'Path of a file of overrides: open stops, freezes and verdicts that somebody answers for, for a time. See [holds](holds.md).',
    ),
    rollout: described(
      v.optional(
        v.pipe(
          v.strictObject({ source: controlled, ...rolloutFields }),
          ...(rolloutChecks as unknown as [v.GenericPipeAction]),
        ),
      ),
      'A flag that this step rolls out, percentage by percentage; at each all gates are asked anew.',
    ),
  });
}

let built: { readonly schema: ReturnType<typeof build>; readonly of: number } | undefined;

/** The schema with all types of sources that are loaded; see `loadSourceTypes`. */
export function policySchema(): ReturnType<typeof build> {
  const of = sourceEntries.filter(({ type }) => sourceTypeOf(type)).length;
  if (built?.of !== of) built = { schema: build(), of };
  return built.schema;
}

export type SourceConfig = { readonly type: string } & Readonly<Record<string, unknown>>;

/** `source` is absent where the type has fields of its own for it. */
export type AnnotationConfig = { readonly type: string; readonly source?: string | SourceConfig } & Readonly<
  Record<string, unknown>
>;

export type NotificationConfig = { readonly type: string; readonly when: readonly Occasion[] } & Readonly<
  Record<string, unknown>
>;

export type WaitOrStop = (typeof waitOrStop)[number];

export interface GateConfig {
  readonly type: string;
  readonly name: string;
  readonly source: string | SourceConfig;
  readonly enforce: (typeof enforcements)[number];
  readonly 'on-missing': WaitOrStop;
  readonly 'on-error': WaitOrStop;
  readonly 'unhealthy-after': number;
  readonly 'unhealthy-limit'?: number;
  /** Of gates that judge by statistics: their part of that of the train. A share, 0 to 1. */
  readonly 'false-stop-rate'?: number;
  /** Asks whether a reaction could be done, and so says nothing of the release: healthy, it is no evidence. The loader adds such gates. */
  readonly preparation?: true;
}

/** All times in milliseconds. */
export interface Evaluation {
  readonly warmup: number;
  readonly every: number;
  readonly steady: number;
  readonly deadline: number;
  readonly 'error-budget': number;
  readonly 'round-timeout': number;
  /** Share, 0 to 1. */
  readonly 'false-stop-rate': number;
  /** A job parks once its next round is later than this after its start; absent: it waits. */
  readonly 'park-after'?: number;
}

/** A valid policy, defaults filled in. Plain JSON, so that the record can hold it and `replay` can bind it again. */
export interface Policy {
  readonly version: 1;
  readonly service?: string;
  readonly release: Readonly<Partial<Record<ReleaseFact | 'deployed-at', string>>>;
  readonly sources: Readonly<Record<string, SourceConfig>>;
  readonly evaluation: Evaluation;
  readonly gates: readonly GateConfig[];
  readonly annotations: readonly AnnotationConfig[];
  readonly notify: readonly NotificationConfig[];
  readonly 'on-stop': readonly FlagOffConfig[];
  readonly stages?: readonly StageConfig[];
  readonly moves?: MovesConfig;
  readonly rollout?: RolloutConfig;
  readonly freezes?: readonly Freeze[];
  /** Path of the file of overrides. */
  readonly overrides?: string;
}
