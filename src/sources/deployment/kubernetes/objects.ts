/**
 * The parts of objects that are read, in the shapes of the published API types: apps/v1 and core/v1
 * (https://kubernetes.io/docs/reference/kubernetes-api/), Argo Rollouts `v1alpha1`, Flagger `v1beta1`, Gateway API `v1`, Istio `v1`.
 * What is left out of JSON because it is 0 or empty is optional here.
 */
import * as v from 'valibot';

const optional = <S extends v.GenericSchema>(schema: S) => v.optional(v.nullable(schema));
const text = optional(v.string());
const number = optional(v.number());
const labels = optional(v.record(v.string(), v.string()));

export const statusForm = v.object({
  kind: v.literal('Status'),
  reason: text,
  details: optional(v.object({ name: text })),
});

export const listForm = v.object({
  kind: v.pipe(v.string(), v.endsWith('List')),
  metadata: optional(v.object({ continue: text })),
  items: v.array(v.unknown()),
});

const owner = v.object({ uid: text, kind: text, name: text, controller: optional(v.boolean()) });

export const metadataForm = v.object({
  name: v.string(),
  uid: text,
  generation: number,
  resourceVersion: text,
  creationTimestamp: text,
  deletionTimestamp: text,
  labels,
  annotations: labels,
  ownerReferences: optional(v.array(owner)),
});
export type Metadata = v.InferOutput<typeof metadataForm>;

export const conditionForm = v.object({
  type: v.string(),
  status: v.string(),
  reason: text,
  message: text,
  lastUpdateTime: text,
  lastTransitionTime: text,
});
const conditions = optional(v.array(conditionForm));
export type Conditions = v.InferOutput<typeof conditions>;

export const templateForm = v.object({
  metadata: optional(v.object({ labels, annotations: labels })),
  spec: optional(v.object({ containers: optional(v.array(v.object({ name: v.string(), image: text }))) })),
});
export type Template = v.InferOutput<typeof templateForm>;

const requirement = v.object({ key: v.string(), operator: v.string(), values: optional(v.array(v.string())) });
export const selectorForm = v.object({ matchLabels: labels, matchExpressions: optional(v.array(requirement)) });
export type Selector = v.InferOutput<typeof selectorForm>;

export const deploymentForm = v.object({
  metadata: metadataForm,
  spec: v.object({
    replicas: number,
    paused: optional(v.boolean()),
    selector: selectorForm,
    template: templateForm,
  }),
  status: optional(
    v.object({
      observedGeneration: number,
      replicas: number,
      updatedReplicas: number,
      availableReplicas: number,
      conditions,
    }),
  ),
});

export const replicaSetForm = v.object({
  metadata: metadataForm,
  spec: v.object({ replicas: number, template: optional(templateForm) }),
  status: optional(v.object({ readyReplicas: number })),
});
export type ReplicaSet = v.InferOutput<typeof replicaSetForm>;

export const statefulSetForm = v.object({
  metadata: metadataForm,
  spec: v.object({
    replicas: number,
    selector: selectorForm,
    template: templateForm,
    updateStrategy: optional(v.object({ type: text, rollingUpdate: optional(v.object({ partition: number })) })),
  }),
  status: optional(
    v.object({
      observedGeneration: number,
      readyReplicas: number,
      availableReplicas: number,
      updatedReplicas: number,
      updateRevision: text,
    }),
  ),
});

export const daemonSetForm = v.object({
  metadata: metadataForm,
  spec: v.object({
    selector: selectorForm,
    template: templateForm,
    updateStrategy: optional(v.object({ type: text })),
  }),
  status: optional(
    v.object({
      observedGeneration: number,
      desiredNumberScheduled: number,
      updatedNumberScheduled: number,
      numberReady: number,
      numberAvailable: number,
    }),
  ),
});

const containerStatus = v.object({
  name: v.string(),
  state: optional(v.object({ waiting: optional(v.object({ reason: text, message: text })) })),
  lastState: optional(v.object({ terminated: optional(v.object({ reason: text })) })),
});
export const podForm = v.object({
  metadata: metadataForm,
  status: optional(
    v.object({
      phase: text,
      conditions,
      containerStatuses: optional(v.array(containerStatus)),
      initContainerStatuses: optional(v.array(containerStatus)),
    }),
  ),
});
export type Pod = v.InferOutput<typeof podForm>;

export const serviceForm = v.object({ metadata: metadataForm, spec: v.object({ selector: labels, type: text }) });

export const namespaceForm = v.object({ metadata: metadataForm });

const weight = v.object({ weight: optional(v.number()), podTemplateHash: text });
export const rolloutForm = v.object({
  metadata: metadataForm,
  spec: v.object({
    replicas: number,
    paused: optional(v.boolean()),
    strategy: v.object({ canary: optional(v.looseObject({})), blueGreen: optional(v.looseObject({})) }),
  }),
  status: optional(
    v.object({
      // A number in quotes.
      observedGeneration: text,
      workloadObservedGeneration: text,
      phase: text,
      message: text,
      abort: optional(v.boolean()),
      controllerPause: optional(v.boolean()),
      pauseConditions: optional(v.array(v.object({ reason: text }))),
      currentPodHash: text,
      stableRS: text,
      conditions,
      canary: optional(
        v.object({
          weights: optional(
            v.object({
              canary: weight,
              stable: weight,
              additional: optional(v.array(weight)),
              verified: optional(v.boolean()),
            }),
          ),
        }),
      ),
      blueGreen: optional(v.object({ activeSelector: text, previewSelector: text })),
    }),
  ),
});
export type Rollout = v.InferOutput<typeof rolloutForm>;

const analysis = optional(v.object({ iterations: number, match: optional(v.array(v.unknown())) }));
export const canaryForm = v.object({
  metadata: metadataForm,
  spec: v.object({ targetRef: v.object({ kind: v.string(), name: v.string() }), analysis, canaryAnalysis: analysis }),
  status: optional(
    v.object({ phase: text, canaryWeight: number, failedChecks: number, iterations: number, conditions }),
  ),
});
export type Canary = v.InferOutput<typeof canaryForm>;
