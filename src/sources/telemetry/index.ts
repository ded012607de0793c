/** The telemetry sources: one line each. */
import type { SourceEntry } from '../source.js';

export const telemetrySources: readonly SourceEntry[] = [
  {
    type: 'alertmanager',
    families: ['alerts'],
    load: async () => (await import('./alertmanager.js')).alertmanagerSource,
  },
  {
    type: 'application-insights',
    families: ['telemetry'],
    bins: ['each'],
    load: async () => (await import('./azure/application-insights.js')).applicationInsightsSource,
  },
  {
    type: 'log-analytics',
    families: ['telemetry'],
    bins: ['each'],
    load: async () => (await import('./azure/log-analytics.js')).logAnalyticsSource,
  },
  {
    type: 'azure-monitor',
    families: ['telemetry', 'alerts'],
    bins: ['each'],
    load: async () => (await import('./azure-monitor.js')).azureMonitorSource,
  },
  {
    type: 'cloudwatch',
    families: ['telemetry', 'alerts'],
    bins: ['each'],
    load: async () => (await import('./cloudwatch/index.js')).cloudwatchSource,
  },
  {
    type: 'datadog',
    families: ['telemetry', 'alerts'],
    bins: ['each'],
    load: async () => (await import('./datadog/index.js')).datadogSource,
  },
  {
    type: 'datadog-gates',
    families: ['alerts'],
    load: async () => (await import('./datadog/gates.js')).datadogGatesSource,
  },
  {
    type: 'dynatrace',
    families: ['telemetry', 'alerts'],
    bins: ['each'],
    load: async () => (await import('./dynatrace.js')).dynatraceSource,
  },
  {
    type: 'elastic',
    families: ['telemetry'],
    bins: ['each'],
    load: async () => (await import('./elastic/index.js')).elasticSource,
  },
  {
    type: 'grafana',
    families: ['telemetry', 'alerts'],
    bins: ['each'],
    load: async () => (await import('./grafana/index.js')).grafanaSource,
  },
  {
    type: 'graphite',
    families: ['telemetry'],
    bins: ['each'],
    load: async () => (await import('./graphite.js')).graphiteSource,
  },
  {
    type: 'http-json',
    families: ['telemetry'],
    load: async () => (await import('./http-json/index.js')).httpJsonSource,
  },
  {
    type: 'http-probe',
    families: ['telemetry'],
    load: async () => (await import('./http-probe/index.js')).httpProbeSource,
  },
  {
    type: 'influxdb',
    families: ['telemetry'],
    bins: ['each'],
    load: async () => (await import('./influxdb/index.js')).influxdbSource,
  },
  { type: 'loki', families: ['telemetry'], bins: ['each'], load: async () => (await import('./loki.js')).lokiSource },
  { type: 'new-relic', families: ['telemetry'], load: async () => (await import('./new-relic.js')).newRelicSource },
  {
    type: 'prometheus',
    families: ['telemetry', 'alerts'],
    bins: ['each', 'increase'],
    load: async () => (await import('./prometheus/index.js')).prometheusSource,
  },
  {
    type: 'samples',
    families: ['telemetry'],
    bins: ['each'],
    load: async () => (await import('./samples.js')).samplesSource,
  },
  {
    type: 'sentry',
    families: ['telemetry', 'alerts'],
    load: async () => (await import('./sentry/index.js')).sentrySource,
  },
];
