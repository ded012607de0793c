/** The state of a flag in one environment of Flagsmith. */
import type { FlagState } from '../../../record/flags.js';
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
  const [flag, identities, asks] = await Promise.all([
    client.flag(feature.id, signal),
    client.identities(feature.id, signal),
    client.asksForApproval(signal),
  ]);
  const archived = feature.is_archived === true;
  const owner = feature.owners?.[0]?.email;
  const state = stateOf(
    {
      key: name,
      definition: definitionOf(feature, flag, identities, meaning),
      archived,
      owner: owner ? oneLine(owner, 100) : null,
      kill: killOf(archived, asks),
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
