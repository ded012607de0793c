/** The state of a flag in one environment of Flagsmith. */
import type { FlagState } from '../../../record/flags.js';
import { iso } from '../../../train/clock.js';
import { oneLine } from '../../text.js';
import type { Meaning } from '../meaning.js';
import { missingState, stateOf } from '../state.js';
import type { Client, Feature, Flag } from './client.js';
import { definitionOf } from './definition.js';

export interface Read {
  readonly state: FlagState;
  /** Absent: there is no such feature. */
  readonly found?: { readonly feature: Feature; readonly flag: Flag };
}

export async function readFlag(client: Client, name: string, meaning: Meaning, signal: AbortSignal): Promise<Read> {
  const feature = (await client.features(name, signal)).find((one) => one.name === name);
  if (!feature) return { state: missingState(name) };
  const [flag, identities, environment] = await Promise.all([
    client.flag(feature.id, signal),
    client.identities(feature.id, signal),
    client.environment(signal),
  ]);
  const versions = await client.versions(feature.id, environment, signal);
  const live = versions.find((one) => one.is_live);
  const since = Date.parse(live?.live_from ?? '');
  const isScheduled = versions.some((one) => one.published && !one.is_live);
  const archived = feature.is_archived === true;
  const owner = feature.owners?.[0]?.email;
  const state = stateOf(
    {
      key: name,
      definition: definitionOf(feature, flag, identities, meaning),
      archived,
      timeDependent: isScheduled,
      managedBy: isScheduled ? 'a scheduled change' : undefined,
      changed: Number.isNaN(since) ? null : { at: iso(since), by: null, scope: 'environment' },
      version: live?.uuid ?? null,
      owner: owner ? oneLine(owner, 100) : null,
      kill: killOf(archived, typeof environment.minimum_change_request_approvals === 'number'),
    },
    meaning,
  );
  return { state, found: { feature, flag } };
}

function killOf(archived: boolean, asks: boolean): FlagState['kill'] {
  const scope = 'environment';
  if (archived) return { possible: false, scope, blockedBy: 'archived', why: 'it is archived: unarchive it first' };
  if (asks) {
    const why = 'the environment asks for a change request for every change, which no credential may skip';
    return { possible: false, scope, blockedBy: 'approval', why };
  }
  return { possible: null, scope, why: 'Flagsmith does not say beforehand whether this key may write' };
}
