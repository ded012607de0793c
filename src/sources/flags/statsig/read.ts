/** The state of a gate in one environment of Statsig. */
import type { FlagState } from '../../../record/flags.js';
import { oneLine } from '../../text.js';
import type { Meaning } from '../meaning.js';
import { missingState, stateOf } from '../state.js';
import type { Client, Gate } from './client.js';
import { definitionOf, isTimed, movedBy } from './definition.js';

export async function readGate(
  client: Client,
  id: string,
  meaning: Meaning,
  signal: AbortSignal,
): Promise<{ readonly state: FlagState; readonly gate?: Gate }> {
  const gate = await client.gate(id, signal);
  if (!gate) return { state: missingState(id) };
  const overrides = await client.overrides(id, signal);
  const { status, type, typeReason, lastModifiedTime: ms, lastModifierName: by, version, owner } = gate;
  const archived = status.toLowerCase() === 'archived';
  const name = owner?.ownerEmail || owner?.ownerName;
  const state = stateOf(
    {
      key: id,
      definition: definitionOf(gate, overrides, client.config.environment),
      archived,
      timeDependent: isTimed(gate),
      managedBy: movedBy(gate),
      changed:
        typeof ms === 'number' && Number.isFinite(new Date(ms).getTime())
          ? { at: new Date(ms).toISOString(), by: by ? oneLine(by, 100) : null, scope: 'flag' }
          : null,
      stale: type === 'STALE' || (typeReason?.startsWith('STALE') ?? false),
      temporary: type === 'TEMPORARY' ? true : type === 'PERMANENT' ? false : null,
      owner: name ? oneLine(name, 100) : null,
      version: typeof version === 'number' ? String(version) : null,
      kill: killOf(archived),
      link: `https://console.statsig.com/gates/${encodeURIComponent(id)}`,
    },
    meaning,
  );
  return { state, gate };
}

function killOf(archived: boolean): FlagState['kill'] {
  if (archived) {
    const why = 'it is archived: restore it first';
    return { possible: false, scope: 'all-environments', blockedBy: 'archived', why };
  }
  const why = 'Statsig does not say beforehand whether this key may write';
  return { possible: null, scope: 'all-environments', why };
}
