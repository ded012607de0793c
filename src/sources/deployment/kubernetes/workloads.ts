/**
 * Deployments, StatefulSets and DaemonSets. What counts as rolled out is what `kubectl rollout status` counts; what falls short of it
 * after the rollout was done is a matter of health.
 */
import * as v from 'valibot';
import type { Target } from '../../../record/deployments.js';
import { kinds } from './client.js';
import {
  type Asking,
  conditionOf,
  conditionWords,
  instantOf,
  notTakenUp,
  selectorText,
  unsettled,
  versionOf,
} from './common.js';
import {
  daemonSetForm,
  deploymentForm,
  type ReplicaSet,
  replicaSetForm,
  type Selector,
  statefulSetForm,
} from './objects.js';
import { isReady, type Pods, podsOf, servingSince, troubles } from './pods.js';
import { absent, type Found, type TargetKind } from './target.js';

const revisionKey = 'deployment.kubernetes.io/revision';

/** What a workload is, for those that have to find its pods. */
export async function selectorOf({ reader }: Asking, kind: TargetKind, name: string): Promise<Selector | undefined> {
  const [where, form] = shapes[kind as keyof typeof shapes] ?? [];
  return where && form && (await reader.get(where, name, form))?.spec.selector;
}

const shapes = {
  deployment: [kinds.deployments, deploymentForm],
  statefulset: [kinds.statefulSets, statefulSetForm],
  daemonset: [kinds.daemonSets, daemonSetForm],
} as const;

export async function readDeployment(asking: Asking, name: string): Promise<Found> {
  const { reader, from } = asking;
  const found = await reader.get(kinds.deployments, name, deploymentForm);
  if (!found) return absent();
  const { metadata, spec, status } = found;
  const version = versionOf(spec.template, from);
  const early = unsettled(metadata, status?.observedGeneration);
  if (early !== undefined) return notTakenUp(early, version);

  const wanted = spec.replicas ?? 1;
  const [updated, all, available] = [
    status?.updatedReplicas ?? 0,
    status?.replicas ?? 0,
    status?.availableReplicas ?? 0,
  ];
  const progressing = conditionOf(status?.conditions, 'Progressing');
  const complete = progressing?.reason === 'NewReplicaSetAvailable';
  const late = progressing?.reason === 'ProgressDeadlineExceeded';
  const rolledOut = updated >= wanted && all <= updated && (available >= updated || complete);

  const { replicaSet, why } = await newestReplicaSet(
    asking,
    metadata.uid,
    spec.selector,
    metadata.annotations?.[revisionKey],
  );
  // A paused Deployment has changes that no ReplicaSet knows of.
  const up = replicaSet && Math.min(replicaSet.status?.readyReplicas ?? 0, updated);
  const serves = up === undefined ? null : rolledOut && !late && wanted > 0 && up >= wanted && available >= wanted;
  const hash = replicaSet?.metadata.labels?.['pod-template-hash'];
  const pods =
    serves === true || wanted === 0 || hash === undefined
      ? undefined
      : await podsOf(reader, selectorText(spec.selector, { 'pod-template-hash': hash }));
  const usable = conditionOf(status?.conditions, 'Available');
  return {
    exists: true,
    version: version.version,
    state: late ? 'failed' : !rolledOut ? 'deploying' : wanted === 0 ? 'stopped' : 'running',
    health: late || usable?.status === 'False' ? 'unhealthy' : usable?.status === 'True' ? 'healthy' : 'unknown',
    ready: serves,
    instances: up === undefined ? null : { wanted, ready: up },
    traffic: null,
    since: rolledOut && !late ? sinceOf(complete ? progressing?.lastUpdateTime : undefined, replicaSet) : null,
    reasons: [
      ...(wanted === 0 ? ['it is scaled to 0'] : []),
      ...(spec.paused ? ['it is paused: changes to it are not rolled out'] : []),
      ...(rolledOut
        ? []
        : [`${updated} of ${wanted} new instances are there, ${Math.max(0, all - updated)} old ones are left`]),
      ...(serves === false && up !== undefined && up < wanted ? [`${up} of ${wanted} instances are ready`] : []),
      ...(status?.conditions ?? []).filter(isBad).map(conditionWords),
      ...why,
      ...version.why,
      ...(pods ? [...troubles(pods), ...pods.why] : []),
    ],
  };
}

const isBad = ({ type, status }: { readonly type: string; readonly status: string }): boolean =>
  status === (type === 'ReplicaFailure' ? 'True' : 'False');

/** The ReplicaSet of the revision that the Deployment is at. */
async function newestReplicaSet(
  { reader }: Asking,
  uid: string | null | undefined,
  selector: Selector,
  revision: string | undefined,
): Promise<{ readonly replicaSet?: ReplicaSet; readonly why: readonly string[] }> {
  const replicaSets = await ownedReplicaSets(reader.list(kinds.replicaSets, selectorText(selector)), uid);
  const replicaSet = replicaSets.find(
    ({ metadata }) => revision !== undefined && metadata.annotations?.[revisionKey] === revision,
  );
  return replicaSet ? { replicaSet, why: [] } : { why: [`no ReplicaSet of its revision ${revision ?? ''} was found`] };
}

/** Those that an object controls. What cannot be read is left out: whoever needs it does not find it. */
export async function ownedReplicaSets(
  listed: Promise<{ readonly items: readonly unknown[] }>,
  uid: string | null | undefined,
): Promise<readonly ReplicaSet[]> {
  return (await listed).items.flatMap((item) => {
    const parsed = v.safeParse(replicaSetForm, item);
    if (!parsed.success || !uid) return [];
    const owner = parsed.output.metadata.ownerReferences?.find(({ controller }) => controller === true);
    return owner?.uid === uid ? [parsed.output] : [];
  });
}

/** When the rollout was done; without a progress deadline nobody writes that down, and only a ReplicaSet that was never used before tells. */
function sinceOf(done: string | null | undefined, replicaSet: ReplicaSet | undefined): string | null {
  if (done) return instantOf(done);
  const { annotations, creationTimestamp } = replicaSet?.metadata ?? {};
  return annotations?.['deployment.kubernetes.io/revision-history'] === undefined ? instantOf(creationTimestamp) : null;
}

export async function readStatefulSet({ reader, from }: Asking, name: string): Promise<Found> {
  const found = await reader.get(kinds.statefulSets, name, statefulSetForm);
  if (!found) return absent();
  const { metadata, spec, status } = found;
  const version = versionOf(spec.template, from);
  const early = unsettled(metadata, status?.observedGeneration);
  if (early !== undefined) return notTakenUp(early, version);
  const wanted = spec.replicas ?? 1;
  const updated = status?.updatedReplicas ?? 0;
  const pods = await podsOf(reader, selectorText(spec.selector));
  const isNew = (pod: Pods['pods'][number]) =>
    pod.metadata.labels?.['controller-revision-hash'] === status?.updateRevision;
  const counted = Math.min(status?.readyReplicas ?? 0, updated);
  const ready = pods.whole ? Math.min(counted, pods.pods.filter((pod) => isNew(pod) && isReady(pod)).length) : counted;
  const partition = spec.updateStrategy?.rollingUpdate?.partition ?? 0;
  return settled(version, pods, {
    wanted,
    updated,
    ready,
    available: status?.availableReplicas ?? ready,
    none: 'it is scaled to 0',
    why: [
      ...manual(spec.updateStrategy?.type),
      ...(partition > 0 ? [`its update stops before the first ${partition} pods (partition)`] : []),
    ],
  });
}

export async function readDaemonSet({ reader, from }: Asking, name: string): Promise<Found> {
  const found = await reader.get(kinds.daemonSets, name, daemonSetForm);
  if (!found) return absent();
  const { metadata, spec, status } = found;
  const version = versionOf(spec.template, from);
  const early = unsettled(metadata, status?.observedGeneration);
  if (early !== undefined) return notTakenUp(early, version);
  const updated = status?.updatedNumberScheduled ?? 0;
  return settled(version, await podsOf(reader, selectorText(spec.selector)), {
    wanted: status?.desiredNumberScheduled ?? 0,
    updated,
    ready: Math.min(status?.numberReady ?? 0, updated),
    available: status?.numberAvailable ?? 0,
    none: 'no node is to run it',
    why: manual(spec.updateStrategy?.type),
  });
}

const manual = (strategy: string | null | undefined): readonly string[] =>
  strategy === 'OnDelete' ? ['its pods are replaced only when somebody deletes them (OnDelete)'] : [];

interface Counts {
  readonly wanted: number;
  /** Of the new revision. */
  readonly updated: number;
  /** Of those. */
  readonly ready: number;
  readonly available: number;
  readonly none: string;
  /** Why the update may not go on. */
  readonly why: readonly string[];
}

/** Of a kind that has no word of its own for its health. */
function settled(
  version: ReturnType<typeof versionOf>,
  pods: Pods,
  { wanted, updated, ready, available, none, why }: Counts,
): Found {
  const rolledOut = updated >= wanted;
  const serves = rolledOut && wanted > 0 && ready >= wanted && available >= wanted;
  const state: Target['state'] = !rolledOut ? 'deploying' : wanted === 0 ? 'stopped' : 'running';
  return {
    exists: true,
    version: version.version,
    state,
    health: serves ? 'healthy' : state === 'running' ? 'unhealthy' : 'unknown',
    ready: serves,
    instances: { wanted, ready },
    traffic: null,
    since: serves ? servingSince(pods) : null,
    reasons: [
      ...(wanted === 0 ? [none] : []),
      ...(rolledOut ? [] : [`${updated} of ${wanted} instances are of the new revision`, ...why]),
      ...(ready < wanted ? [`${ready} of ${wanted} instances are ready`] : []),
      ...version.why,
      ...(serves ? [] : troubles(pods)),
      ...pods.why,
    ],
  };
}
