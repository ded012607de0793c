/** The telemetry sources: one line each. */
import type { SourceType } from '../source.js';
import { applicationInsightsSource } from './azure/application-insights.js';
import { logAnalyticsSource } from './azure/log-analytics.js';
import { azureMonitorSource } from './azure-monitor.js';
import { dynatraceSource } from './dynatrace.js';
import { graphiteSource } from './graphite.js';
import { httpJsonSource } from './http-json/index.js';
import { httpProbeSource } from './http-probe/index.js';
import { influxdbSource } from './influxdb/index.js';
import { newRelicSource } from './new-relic.js';
import { prometheusSource } from './prometheus.js';
import { samplesSource } from './samples.js';

export const telemetrySources: readonly SourceType[] = [
  applicationInsightsSource,
  logAnalyticsSource,
  azureMonitorSource,
  dynatraceSource,
  httpJsonSource,
  httpProbeSource,
  newRelicSource,
  influxdbSource,
  prometheusSource,
  graphiteSource,
  samplesSource,
];
