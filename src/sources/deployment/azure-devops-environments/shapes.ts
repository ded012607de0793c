/**
 * Shapes of Azure DevOps' API, those fields that are read
 * (https://learn.microsoft.com/rest/api/azure/devops/distributedtask/environmentdeployment-records/list).
 */
import type { GenericSchema } from 'valibot';
import * as v from 'valibot';

const text = v.nullish(v.string());

/** Milliseconds since the epoch; undefined: not yet. .NET's zero time is no time. */
const instant = v.pipe(
  text,
  v.transform((written) => (written ? Date.parse(written) : undefined)),
  v.check((at) => at === undefined || !Number.isNaN(at)),
  v.transform((at) => (at === undefined || at <= 0 ? undefined : at)),
);

export const listForm = <S extends GenericSchema>(item: S) =>
  v.object({ count: v.nullish(v.number()), value: v.array(item) });

export const environmentForm = v.object({ id: v.number(), name: v.string() });

/** A run of a pipeline, or the pipeline itself. */
const ownerForm = v.object({ id: v.number(), name: text });

/** One job of a run that deployed, or is to deploy, to the environment. It is there as soon as the job is in the queue. */
export const recordForm = v.object({
  id: v.number(),
  environmentId: v.number(),
  /** The pipeline. */
  definition: ownerForm,
  /** The run; its name is the build number. */
  owner: ownerForm,
  /** `Build` for pipelines in YAML. */
  planType: text,
  stageName: text,
  jobName: text,
  stageAttempt: v.nullish(v.number()),
  jobAttempt: v.nullish(v.number()),
  /** The machine or the namespace, where the environment has such. */
  resourceId: v.nullish(v.number()),
  /** Absent: it waits for an agent. */
  startTime: v.optional(instant),
  finishTime: v.optional(instant),
  /** `succeeded`, `succeededWithIssues`, `failed`, `canceled`, `skipped`, `abandoned`; absent: it is not over. */
  result: v.nullish(v.union([v.string(), v.number()])),
});
export type RecordOf = v.InferOutput<typeof recordForm>;

export const buildForm = v.object({ sourceVersion: text });
