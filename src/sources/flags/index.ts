/** The feature-flag sources: one line each. */
import type { SourceType } from '../source.js';
import { flagdSource } from './flagd.js';
import { ofrepSource } from './ofrep.js';

export const flagSources: readonly SourceType[] = [flagdSource, ofrepSource];
