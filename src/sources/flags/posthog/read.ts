/** The state of a flag in a project of PostHog. */
import type { FlagState } from '../../../record/flags.js';
import { oneLine } from '../../text.js';
import type { Meaning } from '../meaning.js';
import { missingState, stateOf } from '../state.js';
import type { Client, Flag, Found } from './client.js';
import { definitionOf, prerequisitesOf } from './definition.js';

export interface Read {
  readonly state: FlagState;
  /** Absent: there is no such flag. */
  readonly found?: Found;
}

export async function readFlag(client: Client, key: string, meaning: Meaning, signal: AbortSignal): Promise<Read> {
  const found = await client.flag(key, signal);
  if (!found || found.flag.deleted === true) return { state: missingState(key) };
  return { state: stateFrom(found.flag, client.link(found.flag.id), meaning), found };
}

function stateFrom(flag: Flag, link: string, meaning: Meaning): FlagState {
  const { key, status, version, last_modified_by: modifier, created_by: creator } = flag;
  const archived = flag.archived === true;
  const changed = instant(flag.updated_at);
  const named = (user: Flag['created_by']): string | null => (user?.email ? oneLine(user.email, 100) : null);
  return stateOf(
    {
      key,
      definition: definitionOf(flag, meaning),
      archived,
      prerequisites: prerequisitesOf(flag),
      managedBy: (flag.experiment_set ?? []).length > 0 ? 'an experiment' : undefined,
      changed: changed === null ? null : { at: changed, by: named(modifier), scope: 'flag' },
      evaluatedAt: instant(flag.last_called_at),
      stale: typeof status === 'string' ? status.toUpperCase() === 'STALE' : null,
      owner: named(creator),
      version: typeof version === 'number' ? String(version) : null,
      kill: killOf(flag, archived),
      link,
    },
    meaning,
  );
}

const instant = (text: string | null | undefined): string | null =>
  typeof text === 'string' && !Number.isNaN(Date.parse(text)) ? new Date(text).toISOString() : null;

/** A project has one set of flags: whatever runs in it loses the flag together. */
function killOf({ can_edit: mayEdit }: Flag, archived: boolean): FlagState['kill'] {
  const scope = 'all-environments';
  if (archived) return { possible: false, scope, blockedBy: 'archived', why: 'it is archived: unarchive it first' };
  if (mayEdit === false) {
    const why = 'whom the key belongs to may not edit the flag: give them a role that may';
    return { possible: false, scope, blockedBy: 'permission', why };
  }
  return {
    possible: null,
    scope,
    why: 'PostHog does not say beforehand whether this key has the scope feature_flag:write',
  };
}
