/** The states of flags in what is deployed of a profile. */
import type { FlagState } from '../../../record/flags.js';
import type { Meaning } from '../meaning.js';
import { type Facts, missingState, stateOf } from '../state.js';
import type { Client, Deployed } from './client.js';
import { definitionOf, underWay } from './definition.js';
import type { FlagDocument } from './shapes.js';

/** What an environment has of a profile. */
export interface All {
  readonly keys: readonly string[];
  readonly deployed: Deployed | undefined;
  /** Of the newest deployment, else the newest version, which is deployed nowhere; undefined: there is no version. */
  readonly newest: { readonly text: string; readonly document: FlagDocument } | undefined;
  /** What the other targets have while a deployment is under way. */
  readonly before: FlagDocument | undefined;
  readonly notes: readonly string[];
}

export async function readAll(client: Client, signal: AbortSignal): Promise<All> {
  const deployed = await client.deployed(signal);
  const latest = await client.latest(signal);
  const version = deployed?.newest.ConfigurationVersion ?? latest;
  const newest = version === undefined ? undefined : await client.document(String(version), signal);
  const old = deployed?.underWay?.before;
  const before = typeof old === 'string' ? (await client.document(old, signal)).document : undefined;
  const keys = [newest?.document, before].flatMap((document) => (document ? keysOf(document) : []));
  const notes = [
    ...(deployed && latest !== undefined && String(latest) !== deployed.newest.ConfigurationVersion
      ? [`version ${latest} is newer than what is deployed (${deployed.newest.ConfigurationVersion})`]
      : []),
    ...(deployed?.underWay ? [`deployment ${deployed.newest.DeploymentNumber} is ${deployed.newest.State}`] : []),
  ];
  return { keys: [...new Set(keys)], deployed, newest, before, notes };
}

const keysOf = ({ flags, values }: FlagDocument): string[] => [...Object.keys(flags), ...Object.keys(values)];

const has = (document: FlagDocument | undefined, key: string): boolean =>
  document !== undefined && (Object.hasOwn(document.flags, key) || Object.hasOwn(document.values, key));

const valueIn = (document: FlagDocument | undefined, key: string) =>
  document && Object.hasOwn(document.values, key) ? document.values[key] : undefined;

export function stateIn({ deployed, newest, before }: All, key: string, meaning: Meaning): FlagState {
  const document = newest?.document;
  if (!has(document, key) && !has(before, key)) return missingState(key);
  if (!deployed) {
    const why = 'nothing of its profile is deployed to the environment';
    return { ...missingState(key), exists: true, kill: { possible: false, scope: 'none', why } };
  }
  const { DeploymentNumber, State, StartedAt, CompletedAt, PercentageComplete, ConfigurationVersion } = deployed.newest;
  const now = definitionOf(valueIn(document, key));
  const at = Date.parse(CompletedAt ?? StartedAt ?? '');
  const facts: Omit<Facts, 'definition'> = {
    key,
    ...(deployed.underWay ? { managedBy: 'a deployment' } : {}),
    changed: Number.isNaN(at) ? null : { at: new Date(at).toISOString(), by: null, scope: 'file' },
    deprecated:
      (document && Object.hasOwn(document.flags, key) && document.flags[key]?._deprecation?.status === 'planned') ??
      false,
    version: `${DeploymentNumber}/${ConfigurationVersion}`,
    kill: deployed.underWay ? blocked(DeploymentNumber) : untold,
  };
  const percent = State === 'ROLLING_BACK' ? undefined : (PercentageComplete ?? undefined);
  // Baking: all targets have it.
  if (!deployed.underWay || (percent !== undefined && percent >= 100))
    return stateOf({ ...facts, definition: now }, meaning);
  const then = definitionOf(valueIn(before, key));
  const old = stateOf({ ...facts, definition: then }, meaning);
  const state = stateOf({ ...facts, definition: underWay(now, then, percent) }, meaning);
  const { reach } = stateOf({ ...facts, definition: now }, meaning);
  // Who gets it by a rule and who by the deployment cannot be told apart.
  return { ...state, reach: reach === old.reach && (reach === 'nobody' || reach === 'everyone') ? reach : 'unknown' };
}

const untold: FlagState['kill'] = {
  possible: null,
  scope: 'environment',
  why: 'AWS does not say beforehand whether the credentials may write a version and deploy it, or whether an alarm would roll it back',
};

const blocked = (number: number): FlagState['kill'] => ({
  possible: false,
  scope: 'environment',
  blockedBy: 'managed',
  why: `deployment ${number} is under way, and AWS takes no other until it is complete: wait for it, or stop it`,
});
