/** The deployment sources: one line each. */
import type { SourceEntry } from '../source.js';

export const deploymentSources: readonly SourceEntry[] = [
  {
    type: 'app-service',
    families: ['deployment'],
    moves: 'swap',
    comparesSettings: true,
    load: async () => (await import('./app-service/index.js')).appServiceSource,
  },
  {
    type: 'azure-resource-health',
    families: ['deployment'],
    load: async () => (await import('./azure-resource-health.js')).azureResourceHealthSource,
  },
  {
    type: 'kubernetes',
    families: ['deployment'],
    moves: 'weights',
    load: async () => (await import('./kubernetes/index.js')).kubernetesSource,
  },
  {
    type: 'container-apps',
    families: ['deployment'],
    moves: 'weights',
    load: async () => (await import('./container-apps/index.js')).containerAppsSource,
  },
  {
    type: 'github-deployments',
    families: ['deployment'],
    load: async () => (await import('./github-deployments/index.js')).githubDeploymentsSource,
  },
  {
    type: 'azure-devops-environments',
    families: ['deployment'],
    load: async () => (await import('./azure-devops-environments/index.js')).azureDevopsEnvironmentsSource,
  },
  {
    type: 'http-traffic',
    families: ['deployment'],
    moves: 'weights',
    load: async () => (await import('./http-traffic/index.js')).httpTrafficSource,
  },
  {
    type: 'slot-probe',
    families: ['probes'],
    load: async () => (await import('./slot-probe/index.js')).slotProbeSource,
  },
];
