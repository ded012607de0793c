/**
 * Shapes of Microsoft.App's API (https://learn.microsoft.com/rest/api/containerapps), those fields that are read. It has words that its
 * specification does not list, such as `RunningAtMaxScale`, so that states are plain texts here.
 */
import * as v from 'valibot';

const text = v.nullish(v.string());
const flag = v.nullish(v.boolean());

/** Who gets how much; with what is not known here, so that it can be written back as it is. */
const trafficForm = v.looseObject({
  revisionName: text,
  /** In place of `revisionName`: whichever revision is the newest that is ready. */
  latestRevision: flag,
  /** Whole percents. */
  weight: v.nullish(v.number()),
  /** Gives the revision an address of its own. */
  label: text,
});
export type TrafficEntry = v.InferOutput<typeof trafficForm>;

export const appForm = v.object({
  properties: v.object({
    /** `InProgress`, `Succeeded`, `Failed`, `Canceled`, `Deleting`. */
    provisioningState: text,
    /** `Running`, `Stopped`, `Progressing`: on the way from one to the other. */
    runningStatus: text,
    latestRevisionName: text,
    latestReadyRevisionName: text,
    configuration: v.nullish(
      v.object({
        /** `Single` or `Multiple`. */
        activeRevisionsMode: text,
        ingress: v.nullish(v.object({ traffic: v.nullish(v.array(trafficForm)) })),
      }),
    ),
  }),
});
export type App = v.InferOutput<typeof appForm>['properties'];

const containerForm = v.object({ name: text, image: text });

export const revisionForm = v.object({
  name: v.string(),
  properties: v.object({
    createdTime: text,
    active: flag,
    /** `Healthy`, `Unhealthy`, `None`. */
    healthState: text,
    /** `Provisioning`, `Provisioned`, `Failed`, `Deprovisioning`, `Deprovisioned`. */
    provisioningState: text,
    provisioningError: text,
    /** `Running`, `RunningAtMaxScale`, `Processing`, `Activating`, `ActivationFailed`, `ScaledToZero`, `Degraded`, `Stopped`, `Failed`… */
    runningState: text,
    template: v.nullish(
      v.object({
        containers: v.nullish(v.array(containerForm)),
        scale: v.nullish(v.object({ minReplicas: v.nullish(v.number()) })),
      }),
    ),
  }),
});
export type Revision = v.InferOutput<typeof revisionForm>;

export const replicaForm = v.object({
  properties: v.object({
    createdTime: text,
    /** `Running`, `NotRunning`, `Unknown`. */
    runningState: text,
    containers: v.nullish(v.array(v.object({ ready: flag }))),
  }),
});
export type Replica = v.InferOutput<typeof replicaForm>['properties'];
