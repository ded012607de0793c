/**
 * Argo Rollouts (https://argo-rollouts.readthedocs.io/en/stable/features/specification/): the rollout as a whole, and its two sides, which
 * are the ReplicaSets whose pod hashes its status names.
 */
import { NotMeasured } from '../../source.js';
import { oneLine } from '../../text.js';
import { kinds } from './client.js';
import { type Asking, conditionOf, conditionWords, instantOf, notTakenUp, unsettled, versionOf } from './common.js';
import { type ReplicaSet, type Rollout, rolloutForm } from './objects.js';
import { podsOf, servingSince, troubles } from './pods.js';
import { absent, type Found } from './target.js';
import { ownedReplicaSets } from './workloads.js';

const hashLabel = 'rollouts-pod-template-hash';

export async function readRollout(asking: Asking, name: string, part: string | undefined): Promise<Found> {
  const rollout = await asking.reader.get(kinds.rollouts, name, rolloutForm);
  if (!rollout) return absent();
  const hashes = part === undefined ? undefined : hashesOf(rollout, name);
  if (part !== undefined && hashes && !(part in hashes)) {
    const message = `the rollout ${name} has no ${part}: its sides are ${Object.keys(hashes).join(' and ')}`;
    throw new NotMeasured('bad-query', message, { permanent: true });
  }
  const early = earlyWords(rollout);
  if (early !== undefined) return notTakenUp(early, { version: null, why: [] });
  return part === undefined ? whole(asking, rollout) : side(asking, rollout, part, hashes?.[part]);
}

/** The pod hash of each side; empty: there is none right now. */
function hashesOf({ spec, status }: Rollout, name: string): Readonly<Record<string, string>> {
  if (spec.strategy.blueGreen) {
    const { activeSelector, previewSelector } = status?.blueGreen ?? {};
    const active = activeSelector ?? '';
    return { active, preview: previewSelector && previewSelector !== active ? previewSelector : '' };
  }
  if (!spec.strategy.canary) throw new NotMeasured('bad-answer', `the rollout ${name} has no strategy`);
  const stable = status?.stableRS ?? '';
  return { stable, canary: status?.currentPodHash && status.currentPodHash !== stable ? status.currentPodHash : '' };
}

/** Why its status is not about what is wanted now, as Argo's own clients tell. */
function earlyWords({ metadata, status }: Rollout): string | undefined {
  const early = unsettled(metadata, Number(status?.observedGeneration ?? Number.NaN));
  if (early !== undefined) return early;
  const workload = metadata.annotations?.['rollout.argoproj.io/workload-generation'];
  if (workload !== undefined && workload !== status?.workloadObservedGeneration) {
    return 'the last change of the workload that it refers to has not been taken up yet';
  }
  if (status?.controllerPause && (status.pauseConditions ?? []).length === 0)
    return 'it is about to go on after a pause';
  return undefined;
}

/** What is wanted: the newest revision, once it is everywhere. */
async function whole(asking: Asking, rollout: Rollout): Promise<Found> {
  const { spec, status } = rollout;
  const { replicaSet, version, why } = await replicaSetOf(asking, rollout, status?.currentPodHash ?? '');
  const wanted = spec.replicas ?? 1;
  const up = replicaSet?.status?.readyReplicas ?? 0;
  const healthy = status?.phase === 'Healthy';
  const promoted = Boolean(status?.stableRS) && status?.stableRS === status?.currentPodHash;
  const done = conditionOf(status?.conditions, 'Completed');
  const serves = healthy && promoted && wanted > 0 && up >= wanted;
  return {
    exists: true,
    version,
    state: stateOf(status?.phase, wanted),
    health: healthy ? 'healthy' : status?.phase === 'Degraded' ? 'unhealthy' : 'unknown',
    ready: replicaSet ? serves : null,
    instances: replicaSet ? { wanted, ready: up } : null,
    traffic: null,
    since: healthy && promoted && done?.status === 'True' ? instantOf(done.lastTransitionTime) : null,
    reasons: [
      ...phaseWords(rollout),
      ...(wanted === 0 ? ['it is scaled to 0'] : []),
      ...(replicaSet && up < wanted ? [`${up} of ${wanted} instances are ready`] : []),
      ...why,
    ],
  };
}

function stateOf(phase: string | null | undefined, wanted: number): Found['state'] {
  if (phase === 'Healthy') return wanted === 0 ? 'stopped' : 'running';
  if (phase === 'Degraded') return 'failed';
  // A pause in the middle of a rollout is a part of it.
  return phase === 'Progressing' || phase === 'Paused' ? 'deploying' : 'unknown';
}

function phaseWords({ status }: Rollout): string[] {
  const { phase, message, conditions } = status ?? {};
  if (phase === 'Healthy') return [];
  const said = message ? `: ${message}` : '';
  const invalid = conditionOf(conditions, 'InvalidSpec');
  return [
    oneLine(`${phase ?? 'it has no phase'}${said}`, 200),
    ...(invalid?.status === 'True' ? [conditionWords(invalid)] : []),
  ];
}

/** One side: its own ReplicaSet, and what the rollout sends there. */
async function side(asking: Asking, rollout: Rollout, part: string, hash = ''): Promise<Found> {
  if (hash === '') return absent(`the rollout has no ${part} right now`);
  const { status } = rollout;
  const { replicaSet, version, why } = await replicaSetOf(asking, rollout, hash);
  const { traffic, why: noTraffic } = trafficOf(rollout, part, hash);
  const isNew = hash === status?.currentPodHash;
  const failed = isNew && (status?.abort === true || status?.phase === 'Degraded');
  const unhealthy = failed ? phaseWords(rollout) : [];
  if (!replicaSet) {
    return { ...absent(), exists: true, version, traffic, reasons: [...why, ...noTraffic] };
  }
  const wanted = replicaSet.spec.replicas ?? 1;
  const up = replicaSet.status?.readyReplicas ?? 0;
  const pods = await podsOf(asking.reader, `${hashLabel}=${hash}`);
  const ready = up >= wanted && wanted > 0;
  return {
    exists: true,
    version,
    state: failed ? 'failed' : wanted === 0 ? 'stopped' : ready ? 'running' : isNew ? 'deploying' : 'running',
    health: failed ? 'unhealthy' : ready ? 'healthy' : wanted === 0 ? 'unknown' : isNew ? 'unknown' : 'unhealthy',
    ready,
    instances: { wanted, ready: up },
    traffic,
    since: ready ? servingSince(pods) : null,
    reasons: [
      ...unhealthy,
      ...(wanted === 0 ? ['it is scaled to 0'] : []),
      ...(up < wanted ? [`${up} of ${wanted} instances are ready`] : []),
      ...why,
      ...noTraffic,
      ...(ready ? [] : troubles(pods)),
      ...pods.why,
    ],
  };
}

async function replicaSetOf(
  { reader, from }: Asking,
  { metadata }: Rollout,
  hash: string,
): Promise<{ readonly replicaSet?: ReplicaSet; readonly version: string | null; readonly why: readonly string[] }> {
  const missing = { version: null, why: [`no ReplicaSet of its pod hash ${oneLine(hash, 40)} was found`] };
  if (!/^[\w.-]+$/.test(hash)) return missing;
  const owned = await ownedReplicaSets(reader.list(kinds.replicaSets, `${hashLabel}=${hash}`), metadata.uid);
  const replicaSet = owned.find((one) => one.metadata.labels?.[hashLabel] === hash);
  return replicaSet ? { replicaSet, ...versionOf(replicaSet.spec.template, from) } : missing;
}

/** What the controller has set at the traffic router. */
function trafficOf(
  { spec, status }: Rollout,
  part: string,
  hash: string,
): { readonly traffic: number | null; readonly why: readonly string[] } {
  const unknown = (why: string) => ({ traffic: null, why: [why] });
  // The active service is switched from one ReplicaSet to the other in one piece.
  if (spec.strategy.blueGreen) return { traffic: part === 'active' ? 100 : 0, why: [] };
  const weights = status?.canary?.weights;
  if (!weights) {
    if (part === 'stable' && status?.phase === 'Healthy' && hash === status.currentPodHash)
      return { traffic: 100, why: [] };
    return unknown('it has no traffic routing: who gets which request is left to the number of pods');
  }
  if (weights.verified === false)
    return unknown('the weights have been set, but not been seen to work yet (verified: false)');
  const mine = part === 'canary' ? weights.canary : weights.stable;
  const total = [weights.canary, weights.stable, ...(weights.additional ?? [])].reduce(
    (sum, { weight }) => sum + (weight ?? 0),
    0,
  );
  if (!(total > 0) || mine.podTemplateHash !== hash)
    return unknown('the weights in its status are not those of this revision');
  return { traffic: ((mine.weight ?? 0) * 100) / total, why: [] };
}
