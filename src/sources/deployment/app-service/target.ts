/** What runs in a slot, from what Azure says of it. */
import type { Target } from '../../../record/deployments.js';
import { iso } from '../../../train/clock.js';
import { oneLine } from '../../text.js';
import { production } from './client.js';
import type { Site } from './shapes.js';
import { hostsOf, kept, movesByItself, movingWords, percentOf, rulesTo, type Shares } from './shares.js';
import type { Version } from './version.js';

export interface Facts {
  readonly site: Site;
  readonly version: Version;
  /** States of its instances, in Azure's words. */
  readonly instances: readonly string[];
  /** A text: why they are not known. */
  readonly shares: Shares | string;
  readonly link: string;
}

/** A slot of which Azure says that it is not there. */
export const absent = (name: string): Target => ({
  name,
  exists: false,
  version: null,
  state: 'unknown',
  health: 'unknown',
  ready: null,
  instances: null,
  traffic: null,
  since: null,
  reasons: ['there is no such slot'],
});

export function targetOf(name: string, facts: Facts): Target {
  const { site, version, instances, shares, link } = facts;
  const { state, reasons: why } = stateOf(site);
  const readiness = readinessOf(state, instances);
  const traffic = trafficOf(name, site, shares);
  return {
    name,
    exists: true,
    version: version.version === null ? null : oneLine(version.version, 120),
    state,
    health: 'unknown',
    ready: readiness.ready,
    instances: instances.length === 0 ? null : { wanted: instances.length, ready: readyIn(instances) },
    traffic: traffic.percent,
    since: sinceOf(name, site, version),
    reasons: [...why, readiness.reason, traffic.reason, version.reason].filter((reason) => reason !== undefined),
    link,
  };
}

/** What is being done to a slot just now, in words; undefined: nothing. */
export function operationOn(name: string, { properties }: Site): string | undefined {
  const { targetSwapSlot, inProgressOperationId } = properties;
  if (targetSwapSlot)
    return `${name} is being swapped with ${slotName(targetSwapSlot)}, or waits for that to be completed`;
  return inProgressOperationId ? `an operation on ${name} is under way` : undefined;
}

function stateOf(site: Site): { state: Target['state']; reasons: string[] } {
  const { state, availabilityState, usageState, enabled } = site.properties;
  const operation = operationOn('the slot', site);
  if (operation !== undefined) return { state: 'deploying', reasons: [operation] };
  if (state === 'QuotaExceeded' || usageState === 'Exceeded') {
    return { state: 'stopped', reasons: ['the quota of its plan is used up'] };
  }
  if (state === 'Stopped' || enabled === false) return { state: 'stopped', reasons: ['the slot is stopped'] };
  const unclear = (what: string): { state: 'unknown'; reasons: string[] } => ({ state: 'unknown', reasons: [what] });
  if (state !== 'Running') return unclear(`Azure calls its state ${oneLine(state ?? 'nothing', 40)}`);
  if (availabilityState && availabilityState !== 'Normal') {
    return unclear(`what Azure knows of it is ${oneLine(availabilityState, 40)}`);
  }
  return { state: 'running', reasons: [] };
}

const readyIn = (instances: readonly string[]): number => instances.filter((state) => state === 'READY').length;

function readinessOf(state: Target['state'], instances: readonly string[]): { ready: boolean | null; reason?: string } {
  if (state === 'stopped') return { ready: false };
  const count = instances.length;
  // A slot that nobody has asked for anything has no instance; that is neither warm nor broken.
  if (count === 0) return { ready: null, reason: 'Azure lists no instance of it' };
  const stopped = instances.filter((instance) => instance === 'STOPPED').length;
  if (stopped > 0) return { ready: false, reason: `${stopped} of ${count} instances are stopped` };
  const ready = readyIn(instances);
  return ready === count
    ? { ready: true }
    : { ready: null, reason: `of ${count - ready} of ${count} instances Azure does not know the state` };
}

function trafficOf(name: string, site: Site, shares: Shares | string): { percent: number | null; reason?: string } {
  if (typeof shares === 'string') return { percent: null, reason: shares };
  const rules = name === production ? shares.rules : rulesTo(shares.rules, hostsOf(site));
  const moving = rules.filter(movesByItself);
  // What is true now is not true a minute later.
  if (moving.length > 0) return { percent: null, reason: movingWords(moving) };
  return { percent: name === production ? kept(shares) : percentOf(rules) };
}

/**
 * When what runs there got there. A swap brings it, at a time that Azure tells; it does not tell when code was put straight into a
 * slot, so of code only production is known, into which it comes by swaps. An image comes with a change of the configuration, whose last
 * time is told for all changes together: it may be later than needed, never earlier.
 */
function sinceOf(name: string, { properties }: Site, { pinned }: Version): string | null {
  const swapped = instantOf(properties.slotSwapStatus?.timestampUtc);
  const modified = instantOf(properties.lastModifiedTimeUtc);
  if (modified === null || (!pinned && (name !== production || swapped === null))) return null;
  return swapped !== null && swapped > modified ? swapped : modified;
}

/** App Service leaves the zone out. */
export function instantOf(text: string | null | undefined): string | null {
  if (!text) return null;
  const at = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
  return Number.isNaN(at) ? null : iso(at);
}

export const slotName = (name: string): string => (name.toLowerCase() === production ? production : name);
