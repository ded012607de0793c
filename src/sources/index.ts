/** Every kind of source, by its `type` in the policy. A run loads those that its policy names. */
import { deploymentSources } from './deployment/index.js';
import { flagSources } from './flags/index.js';
import { securitySources } from './security/index.js';
import type { SourceEntry, SourceType } from './source.js';
import { telemetrySources } from './telemetry/index.js';

export const sourceEntries: readonly SourceEntry[] = [
  ...telemetrySources,
  ...securitySources,
  ...flagSources,
  ...deploymentSources,
];

const loaded = new Map<string, SourceType>();

/** Loads kinds of sources; from then on `sourceTypeOf` knows them. Names that are none are left out. */
export async function loadSourceTypes(types: readonly string[]): Promise<void> {
  const wanted = sourceEntries.filter(({ type }) => types.includes(type) && !loaded.has(type));
  for (const type of await Promise.all(wanted.map((entry) => entry.load()))) loaded.set(type.type, type);
}

/** A kind of source that was loaded. */
export const sourceTypeOf = (type: string | undefined): SourceType | undefined => loaded.get(type ?? '');
