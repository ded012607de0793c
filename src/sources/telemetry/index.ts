/** The telemetry sources: one line each. */
import type { SourceType } from '../source.js';
import { prometheusSource } from './prometheus.js';
import { samplesSource } from './samples.js';

export const telemetrySources: readonly SourceType[] = [prometheusSource, samplesSource];
