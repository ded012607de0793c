/** The security sources: one line each. */
import type { SourceType } from '../source.js';

export const securitySources: readonly SourceType[] = [];
