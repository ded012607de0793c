/** The state of a flag in one environment of LaunchDarkly. */
import type { FlagState } from '../../../record/flags.js';
import { oneLine } from '../../text.js';
import type { Meaning } from '../meaning.js';
import { type Facts, missingState, stateOf } from '../state.js';
import type { Client } from './client.js';
import { definitionOf, nameOf } from './definition.js';
import type { Environment, Flag } from './shapes.js';

export interface Read {
  readonly state: FlagState;
  /** Absent: the flag, or its environment, is not there. */
  readonly found?: { readonly flag: Flag; readonly environment: Environment };
}

/** Flags depend on flags that depend on flags; beyond this nobody follows. */
const deepest = 3;

export async function readFlag(client: Client, key: string, meaning: Meaning, signal: AbortSignal): Promise<Read> {
  const flag = await client.flag(key, signal);
  if (!flag) return { state: missingState(key) };
  const environment = await client.environmentOf(flag, signal);
  if (!environment) {
    const why = `it is not set up in ${client.config.environment}`;
    return { state: { ...missingState(key), exists: true, kill: { possible: false, scope: 'none', why } } };
  }
  const [approvals, status, prerequisites] = await Promise.all([
    client.approvals(signal),
    client.status(key, signal),
    prerequisitesOf(client, environment, deepest, signal),
  ]);
  const archived = flag.archived === true || environment.archived === true;
  const rollouts = [environment.fallthrough, ...environment.rules];
  const facts: Facts = {
    key,
    definition: definitionOf(flag, environment, prerequisites),
    archived,
    prerequisites,
    managedBy: rollouts.some((served) => served?.rollout?.experimentAllocation) ? 'an experiment' : undefined,
    changed:
      typeof environment.lastModified === 'number' && Number.isFinite(new Date(environment.lastModified).getTime())
        ? { at: new Date(environment.lastModified).toISOString(), by: null, scope: 'environment' }
        : null,
    evaluatedAt: instant(status?.lastRequested),
    stale:
      status === undefined
        ? null
        : status.name === 'inactive' || (status.name === 'launched' && flag.temporary === true),
    deprecated: flag.deprecated === true,
    temporary: flag.temporary ?? null,
    owner: ownerOf(flag),
    version: String(environment.version),
    kill: killOf(archived, approvals.required),
    link: client.link(key),
  };
  return { state: stateOf(facts, meaning), found: { flag, environment } };
}

function killOf(archived: boolean, approval: boolean): FlagState['kill'] {
  if (archived)
    return { possible: false, scope: 'environment', blockedBy: 'archived', why: 'it is archived: restore it first' };
  if (approval) {
    const why = 'the environment asks for an approval of every change: let this token bypass it, or use a flag trigger';
    return { possible: false, scope: 'environment', blockedBy: 'approval', why };
  }
  return {
    possible: null,
    scope: 'environment',
    why: 'LaunchDarkly does not say beforehand whether this token may write',
  };
}

const instant = (text: string | null | undefined): string | null =>
  typeof text === 'string' && !Number.isNaN(Date.parse(text)) ? new Date(text).toISOString() : null;

function ownerOf({ _maintainer, _maintainerTeam }: Flag): string | null {
  const name = _maintainer?.email ?? _maintainerTeam?.name;
  return name ? oneLine(name, 100) : null;
}

/** Whether everybody is served what the flag asks of each of those that it depends on. */
async function prerequisitesOf(
  client: Client,
  { prerequisites }: Environment,
  left: number,
  signal: AbortSignal,
): Promise<FlagState['targeting']['prerequisites']> {
  return await Promise.all(
    (prerequisites ?? []).map(async ({ key, variation }) => ({
      flag: key,
      met: left === 0 ? null : await isMet(client, key, variation, left - 1, signal),
    })),
  );
}

async function isMet(
  client: Client,
  key: string,
  variation: number,
  left: number,
  signal: AbortSignal,
): Promise<boolean | null> {
  const flag = await client.flag(key, signal);
  const environment = flag && (await client.environmentOf(flag, signal));
  if (!flag || !environment) return null;
  // A prerequisite that is off is never met, whatever it serves then.
  if (!environment.on) return false;
  const own = await prerequisitesOf(client, environment, left, signal);
  const { serves } = stateOf(
    { key, definition: definitionOf(flag, environment, own), kill: { possible: null, scope: 'none' } },
    { on: [], off: [] },
  );
  return serves === null ? null : serves.variant === nameOf(variation, flag);
}
