/** The telemetry sources: one line each. */
import type { SourceType } from '../source.js';

export const telemetrySources: readonly SourceType[] = [];
