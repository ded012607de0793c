/** The state of a flag in one environment of Unleash. */
import type { FlagState } from '../../../record/flags.js';
import { oneLine } from '../../text.js';
import { type Audience, allOf, matching, nobody } from '../definition.js';
import type { Meaning } from '../meaning.js';
import type { Facts } from '../state.js';
import { missingState, stateOf } from '../state.js';
import type { Client, Rights } from './client.js';
import { activeOf, definitionOf } from './definition.js';
import type { Environment, Feature } from './shapes.js';

/** A flag as it was read, for a state and for a change. */
export interface Read {
  readonly state: FlagState;
  /** Absent: the flag, or its environment, is not there. */
  readonly environment?: Environment;
}

export async function readFlag(client: Client, flag: string, meaning: Meaning, signal: AbortSignal): Promise<Read> {
  const feature = await client.feature(flag, signal);
  if (!feature || feature.archived) {
    const archived = feature?.archived ?? (await client.isArchived(flag, signal));
    const missing = missingState(flag);
    if (!archived) return { state: missing };
    const kill = {
      possible: false,
      scope: 'none',
      blockedBy: 'archived',
      why: 'it is archived: revive it first',
    } as const;
    return { state: { ...missing, exists: true, archived: true, kill } };
  }
  const environment = await client.environmentOf(feature, signal);
  if (!environment) {
    const why = `it is not set up in ${client.config.environment}`;
    return { state: { ...missingState(flag), exists: true, kill: { possible: false, scope: 'none', why } } };
  }
  const [event, segments, rights, parent] = await Promise.all([
    client.lastEvent(flag, signal),
    activeOf(environment).some((s) => (s.segments ?? []).length > 0)
      ? client.segments(signal)
      : new Map<number, string>(),
    client.rights(signal),
    parentOf(client, feature, signal),
  ]);
  const plans = environment.strategies.some(({ milestoneId }) => typeof milestoneId === 'string');
  const facts: Facts = {
    key: flag,
    definition: definitionOf(environment, parent.audience, segments),
    prerequisites: parent.met,
    ...(plans || (environment.releasePlans ?? []).length > 0 ? { managedBy: 'a release plan' } : {}),
    changed: event
      ? {
          at: event.at,
          by: event.by === null ? null : oneLine(event.by, 100),
          scope: event.environment === null ? 'flag' : 'environment',
        }
      : null,
    evaluatedAt: instant(environment.lastSeenAt),
    stale: feature.stale,
    temporary: typeof feature.type === 'string' ? !['kill-switch', 'permission'].includes(feature.type) : null,
    owner: feature.createdBy?.name ? oneLine(feature.createdBy.name, 100) : null,
    version: event === undefined ? null : String(event.id),
    kill: killOf(rights),
    link: linkOf(client, flag),
  };
  return { state: stateOf(facts, meaning), environment };
}

const killOf = ({ may, why, blockedBy }: Rights): FlagState['kill'] => ({
  possible: may,
  scope: 'environment',
  ...(blockedBy === undefined ? {} : { blockedBy }),
  ...(why === undefined ? {} : { why }),
});

const instant = (text: string | null | undefined): string | null =>
  typeof text === 'string' && !Number.isNaN(Date.parse(text)) ? new Date(text).toISOString() : null;

const linkOf = ({ config }: Client, flag: string): string =>
  `${config.url}/projects/${encodeURIComponent(config.project)}/features/${encodeURIComponent(flag)}`;

interface Parents {
  readonly met: FlagState['targeting']['prerequisites'];
  /** Whom all parents let through; undefined: there are none, or they let everybody through. */
  readonly audience: Audience | undefined;
}

/** A flag is only on for those for whom its parents are as it asks (https://docs.getunleash.io/reference/feature-toggles#feature-flag-dependencies). */
async function parentOf(client: Client, { dependencies }: Feature, signal: AbortSignal): Promise<Parents> {
  const asked = await Promise.all(
    (dependencies ?? []).map(async ({ feature: parent, enabled, variants }) => ({
      flag: parent,
      met: (variants ?? []).length > 0 ? null : await isMet(client, parent, enabled ?? true, signal),
    })),
  );
  const audiences = asked.flatMap(({ flag, met }): Audience[] => {
    if (met === true) return [];
    return [met === false ? nobody : matching(`parent ${flag}`)];
  });
  return { met: asked, audience: audiences.length === 0 ? undefined : allOf(...audiences) };
}

const truth: Meaning = { on: [true], off: [false] };

/** @returns null: for some, or nobody knows */
async function isMet(client: Client, parent: string, wanted: boolean, signal: AbortSignal): Promise<boolean | null> {
  const feature = await client.feature(parent, signal);
  const environment = feature && (await client.environmentOf(feature, signal));
  if (!environment || (feature.dependencies ?? []).length > 0) return null;
  const definition = definitionOf(environment, undefined, new Map());
  const { reach } = stateOf({ key: parent, definition, kill: { possible: null, scope: 'none' } }, truth);
  if (reach === 'everyone') return wanted;
  return reach === 'nobody' ? !wanted : null;
}
