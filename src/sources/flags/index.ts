/** The feature-flag sources: one line each. */
import type { SourceType } from '../source.js';

export const flagSources: readonly SourceType[] = [];
