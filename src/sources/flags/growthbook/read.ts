/** The state of a feature in one environment of GrowthBook. */
import type { FlagState } from '../../../record/flags.js';
import { iso } from '../../../train/clock.js';
import { oneLine } from '../../text.js';
import type { Meaning } from '../meaning.js';
import { stateOf } from '../state.js';
import { type Config, cloud, type Feature } from './client.js';
import { definitionOf, isTimed, movedBy } from './definition.js';

export function stateFrom(feature: Feature, { environment, url }: Config, meaning: Meaning): FlagState {
  const { id, archived, owner, revision, dateUpdated, prerequisites } = feature;
  const definition = definitionOf(feature, environment, meaning);
  // A revision has the date when its draft was begun, which may be long before it was published.
  const times = [dateUpdated, revision?.date].map((date) => Date.parse(date ?? '')).filter((at) => !Number.isNaN(at));
  const by = revision?.publishedBy?.email ?? revision?.publishedBy?.name;
  return stateOf(
    {
      key: id,
      definition,
      archived,
      prerequisites: (prerequisites ?? []).map((flag) => ({ flag, met: null })),
      timeDependent: isTimed(feature, environment),
      managedBy: movedBy(feature, environment),
      changed:
        times.length === 0 ? null : { at: iso(Math.max(...times)), by: by ? oneLine(by, 100) : null, scope: 'flag' },
      owner: owner ? oneLine(owner, 100) : null,
      version: revision ? String(revision.version) : null,
      kill: killOf(archived),
      // Where people see it is only known of the cloud.
      ...(url === cloud ? { link: `https://app.growthbook.io/features/${encodeURIComponent(id)}` } : {}),
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
