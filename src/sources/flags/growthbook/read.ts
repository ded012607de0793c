/** The state of a feature in one environment of GrowthBook. */
import type { FlagState } from '../../../record/flags.js';
import { oneLine } from '../../text.js';
import type { Meaning } from '../meaning.js';
import { missingState, stateOf } from '../state.js';
import type { Feature } from './client.js';
import { definitionOf, isTimed, movedBy } from './definition.js';

export function stateFrom(feature: Feature, environment: string, meaning: Meaning): FlagState {
  const { id, archived, owner, revision, dateUpdated, prerequisites } = feature;
  const definition = definitionOf(feature, environment, meaning);
  if (!definition) {
    const why = `it is not set up in ${environment}`;
    return { ...missingState(id), exists: true, archived, kill: { possible: false, scope: 'none', why } };
  }
  const at = Date.parse(revision?.date ?? dateUpdated ?? '');
  const by = revision?.publishedBy?.email ?? revision?.publishedBy?.name;
  return stateOf(
    {
      key: id,
      definition,
      archived,
      prerequisites: (prerequisites ?? []).map((flag) => ({ flag, met: null })),
      timeDependent: isTimed(feature, environment),
      managedBy: movedBy(feature, environment),
      changed: Number.isNaN(at)
        ? null
        : { at: new Date(at).toISOString(), by: by ? oneLine(by, 100) : null, scope: 'flag' },
      owner: owner ? oneLine(owner, 100) : null,
      version: revision ? String(revision.version) : null,
      kill: killOf(archived),
    },
    meaning,
  );
}

function killOf(archived: boolean): FlagState['kill'] {
  const scope = 'environment';
  if (archived) return { possible: false, scope, blockedBy: 'archived', why: 'it is archived: unarchive it first' };
  const why = 'GrowthBook does not say beforehand whether this key may publish, or whether a change needs an approval';
  return { possible: null, scope, why };
}
