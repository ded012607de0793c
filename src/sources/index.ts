/** Every kind of source, by its `type` in the policy. */
import { flagSources } from './flags/index.js';
import { securitySources } from './security/index.js';
import type { SourceType } from './source.js';
import { telemetrySources } from './telemetry/index.js';

export const sourceTypes: readonly SourceType[] = [...telemetrySources, ...securitySources, ...flagSources];

export const sourceTypeOf = (type: string | undefined): SourceType | undefined =>
  sourceTypes.find((t) => t.type === type);
