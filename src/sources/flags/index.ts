/** The feature-flag sources: one line each. */
import type { SourceEntry } from '../source.js';

export const flagSources: readonly SourceEntry[] = [
  {
    type: 'flagd',
    families: ['flags'],
    serves: true,
    load: async () => (await import('./flagd/index.js')).flagdSource,
  },
  {
    type: 'ofrep',
    families: ['flags'],
    serves: true,
    load: async () => (await import('./ofrep/index.js')).ofrepSource,
  },
  {
    type: 'go-feature-flag',
    families: ['flags'],
    load: async () => (await import('./go-feature-flag/index.js')).goFeatureFlagSource,
  },
  {
    type: 'flipt',
    families: ['flags'],
    controls: 'rollout',
    load: async () => (await import('./flipt/index.js')).fliptSource,
  },
  {
    type: 'aws-appconfig',
    families: ['flags'],
    controls: 'switch',
    load: async () => (await import('./aws-appconfig/index.js')).awsAppConfigSource,
  },
  {
    type: 'unleash',
    families: ['flags'],
    controls: 'rollout',
    load: async () => (await import('./unleash/index.js')).unleashSource,
  },
  {
    type: 'launchdarkly',
    families: ['flags'],
    controls: 'rollout',
    load: async () => (await import('./launchdarkly/index.js')).launchDarklySource,
  },
  {
    type: 'statsig',
    families: ['flags'],
    controls: 'rollout',
    load: async () => (await import('./statsig/index.js')).statsigSource,
  },
  {
    type: 'configcat',
    families: ['flags'],
    controls: 'rollout',
    load: async () => (await import('./configcat/index.js')).configCatSource,
  },
  {
    type: 'azure-app-configuration',
    families: ['flags'],
    controls: 'rollout',
    load: async () => (await import('./azure-app-configuration/index.js')).azureAppConfigurationSource,
  },
  {
    type: 'http-flags',
    families: ['flags'],
    controls: 'rollout',
    load: async () => (await import('./http-flags/index.js')).httpFlagsSource,
  },
  {
    type: 'split',
    families: ['flags'],
    controls: 'rollout',
    load: async () => (await import('./split/index.js')).splitSource,
  },
  {
    type: 'flagsmith',
    families: ['flags'],
    controls: 'switch',
    load: async () => (await import('./flagsmith/index.js')).flagsmithSource,
  },
  {
    type: 'growthbook',
    families: ['flags'],
    controls: 'switch',
    load: async () => (await import('./growthbook/index.js')).growthBookSource,
  },
  {
    type: 'posthog',
    families: ['flags'],
    controls: 'rollout',
    load: async () => (await import('./posthog/index.js')).postHogSource,
  },
];
