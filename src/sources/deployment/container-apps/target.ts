/** What a revision is doing, from what Azure says of it. */
import type { Target } from '../../../record/deployments.js';
import { iso } from '../../../train/clock.js';
import { oneLine } from '../../text.js';
import { versionOfImage } from '../image.js';
import type { AppState } from './client.js';
import type { Replica, Revision } from './shapes.js';
import { percentOf, type Share, takesOver } from './shares.js';

export interface Facts {
  readonly state: AppState;
  readonly revision: Revision;
  /** Of a revision that runs; else none. */
  readonly replicas: readonly Replica[];
  /** A text: why they are not known. */
  readonly shares: readonly Share[] | string;
  /** The container whose image says the version. */
  readonly container: string | undefined;
  readonly appName: string;
  readonly link: string;
}

/** A revision of which Azure says that it is not there. */
export const absent = (name: string, appName: string): Target => ({
  name,
  exists: false,
  version: null,
  state: 'unknown',
  health: 'unknown',
  ready: null,
  instances: null,
  traffic: null,
  since: null,
  reasons: [`${appName} has no revision of this name, with this suffix or this label`],
});

/** @param name as the policy calls it */
export function targetOf(name: string, facts: Facts): Target {
  const { revision, replicas, link } = facts;
  const { state, why } = stateOf(revision, facts.state);
  const health = healthOf(revision);
  const version = versionOf(facts);
  const serving = servingOf(state, revision, replicas);
  const traffic = trafficOf(facts);
  return {
    name,
    exists: true,
    version: version.version === null ? null : oneLine(version.version, 120),
    state,
    health: health.health,
    ready: serving.ready,
    instances: serving.instances,
    traffic: traffic.percent,
    since: state === 'running' ? sinceOf(revision, replicas) : null,
    reasons: [why, health.reason, serving.reason, traffic.reason, version.reason].filter(
      (reason) => reason !== undefined,
    ),
    link,
  };
}

const states: ReadonlyMap<string, Target['state']> = new Map([
  ['Running', 'running'],
  ['RunningAtMaxScale', 'running'],
  // It comes up with the next request.
  ['ScaledToZero', 'running'],
  ['Degraded', 'running'],
  ['Processing', 'deploying'],
  ['Activating', 'deploying'],
  ['Stopped', 'stopped'],
  ['Failed', 'failed'],
  ['ActivationFailed', 'failed'],
]);

const said = (words: string | null | undefined): string => oneLine(words ?? 'nothing', 40);

/** @returns with a reason where it does not simply run */
export function stateOf({ properties }: Revision, { app }: AppState): { state: Target['state']; why?: string } {
  const { active, provisioningState, provisioningError, runningState } = properties;
  if (active === false) return { state: 'stopped', why: 'the revision is not active' };
  if (active !== true) return { state: 'unknown', why: 'Azure does not say whether the revision is active' };
  if (app.runningStatus === 'Stopped') return { state: 'stopped', why: 'the app is stopped' };
  if (app.runningStatus === 'Progressing') return { state: 'deploying', why: 'the app is being started or stopped' };
  switch (provisioningState) {
    case 'Provisioned':
      break;
    case 'Provisioning':
    case 'Deprovisioning':
      return { state: 'deploying', why: `Azure calls it ${provisioningState}` };
    case 'Failed':
      return {
        state: 'failed',
        why: provisioningError ? oneLine(provisioningError, 300) : 'Azure could not provision it',
      };
    case 'Deprovisioned':
      return { state: 'stopped', why: 'Azure calls it Deprovisioned' };
    default:
      return { state: 'unknown', why: `Azure calls its provisioning state ${said(provisioningState)}` };
  }
  const state = states.get(runningState ?? '') ?? 'unknown';
  const usual = runningState === 'Running' || runningState === 'RunningAtMaxScale';
  return usual ? { state } : { state, why: `Azure calls its running state ${said(runningState)}` };
}

function healthOf({ properties: { healthState } }: Revision): { health: Target['health']; reason?: string } {
  if (healthState === 'Healthy') return { health: 'healthy' };
  const reason = `Azure calls its health ${said(healthState)}`;
  return { health: healthState === 'Unhealthy' ? 'unhealthy' : 'unknown', reason };
}

interface Serving {
  readonly ready: boolean | null;
  readonly instances: Target['instances'];
  readonly reason?: string;
}

function servingOf(state: Target['state'], { properties }: Revision, replicas: readonly Replica[]): Serving {
  if (state === 'stopped' || state === 'failed') return { ready: false, instances: null };
  if (state !== 'running') return { ready: null, instances: null };
  const least = Math.max(0, Math.trunc(properties.template?.scale?.minReplicas ?? 0));
  const wanted = Math.max(least, replicas.length);
  const readiness = replicas.map(isReady);
  const ready = readiness.filter((one) => one === true).length;
  const instances = { wanted, ready };
  // Nothing is broken, and nothing is warm.
  if (wanted === 0) return { ready: null, instances, reason: 'it is scaled to zero, so nothing of it is warm' };
  if (readiness.includes(null)) return { ready: null, instances, reason: 'of a replica Azure does not say how it is' };
  if (ready < wanted) return { ready: false, instances, reason: `${ready} of ${wanted} replicas are ready` };
  return { ready: properties.runningState !== 'Degraded', instances };
}

/** @returns null: Azure does not say */
function isReady({ runningState, containers }: Replica): boolean | null {
  if (runningState === 'NotRunning' || containers?.some(({ ready }) => ready === false)) return false;
  const all = containers !== undefined && containers !== null && containers.length > 0;
  return runningState === 'Running' && all && containers.every(({ ready }) => ready === true) ? true : null;
}

/**
 * When what runs there got there. A revision may have been made long ago and activated just now, which Azure does not tell; but then its
 * replicas are new. So it may be later than needed, and never earlier.
 */
function sinceOf({ properties }: Revision, replicas: readonly Replica[]): string | null {
  const started = replicas.map(({ createdTime }) => Date.parse(createdTime ?? ''));
  const at = Math.max(Date.parse(properties.createdTime ?? ''), Math.min(...started));
  // No replica: Infinity; one without a time: NaN.
  return Number.isFinite(at) ? iso(at) : null;
}

function trafficOf({ state, revision: { name }, shares }: Facts): { percent: number | null; reason?: string } {
  if (typeof shares === 'string') return { percent: null, reason: shares };
  const next = takesOver(state, shares);
  const loses = shares.some(({ revision, follows, percent }) => revision === name && follows && percent > 0);
  if (next !== undefined && (next === name || loses)) {
    return { percent: null, reason: `a share follows the latest revision, and ${next} takes it over once it is ready` };
  }
  return { percent: percentOf(name, shares) };
}

function versionOf({ revision: { properties }, container, appName }: Facts): {
  version: string | null;
  reason?: string;
} {
  const containers = properties.template?.containers ?? [];
  const wanted = container ?? (containers.length === 1 ? containers[0]?.name : appName);
  const found = containers.find(({ name }) => name === wanted);
  if (!found) {
    const names = containers.map(({ name }) => name ?? 'one without a name').join(', ') || 'none';
    const what = container === undefined ? 'which container says the version is not known' : `it has no ${container}`;
    return { version: null, reason: `${what}: name one of ${oneLine(names, 200)} in \`container\`` };
  }
  const version = versionOfImage(found.image ?? '');
  return version === undefined
    ? { version: null, reason: `the image of ${wanted ?? 'its container'} says no version` }
    : { version };
}
