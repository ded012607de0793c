/** The state of a flag in one environment of Split. */
import type { FlagState } from '../../../record/flags.js';
import type { Meaning } from '../meaning.js';
import { missingState, stateOf } from '../state.js';
import type { Approvals, Client, SplitDefinition } from './client.js';
import { definitionOf } from './definition.js';

export interface Read {
  readonly state: FlagState;
  /** Absent: there is no such flag, or not in this environment. */
  readonly found?: SplitDefinition;
}

export async function readFlag(client: Client, flag: string, meaning: Meaning, signal: AbortSignal): Promise<Read> {
  const found = await client.definition(flag, signal);
  if (!found) {
    if (!(await client.exists(flag, signal))) return { state: missingState(flag) };
    const why = `it is not set up in ${client.config.environment}`;
    return { state: { ...missingState(flag), exists: true, kill: { possible: false, scope: 'none', why } } };
  }
  return { state: stateFrom(found, meaning, await client.approvals(signal)), found };
}

export function stateFrom(split: SplitDefinition, meaning: Meaning, approvals: Approvals | undefined): FlagState {
  const changed = instant(split.lastUpdateTime);
  return stateOf(
    {
      key: split.name,
      definition: definitionOf(split),
      changed: changed === null ? null : { at: changed, by: null, scope: 'environment' },
      evaluatedAt: instant(split.lastTrafficReceivedAt),
      version: typeof split.lastUpdateTime === 'number' ? String(split.lastUpdateTime) : null,
      kill: killOf(approvals),
    },
    meaning,
  );
}

/** Times are in milliseconds; 0 is never. */
function instant(ms: number | null | undefined): string | null {
  const date = new Date(ms ?? 0);
  return ms && Number.isFinite(date.getTime()) ? date.toISOString() : null;
}

function killOf(approvals: Approvals | undefined): FlagState['kill'] {
  const scope = 'environment';
  if (approvals?.required && !approvals.killsAllowed) {
    const why = 'the environment asks for an approval of every change: allow kills without one';
    return { possible: false, scope, blockedBy: 'approval', why };
  }
  return { possible: null, scope, why: 'Split does not say beforehand whether this key may write' };
}
