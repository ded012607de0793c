/** The feature-flag sources: one line each. */
import type { SourceEntry } from '../source.js';

export const flagSources: readonly SourceEntry[] = [
  {
    type: 'flagd',
    families: ['flags'],
    serves: true,
    load: async () => (await import('./flagd/index.js')).flagdSource,
  },
  { type: 'ofrep', families: ['flags'], serves: true, load: async () => (await import('./ofrep.js')).ofrepSource },
  {
    type: 'unleash',
    families: ['flags'],
    controls: 'rollout',
    load: async () => (await import('./unleash/index.js')).unleashSource,
  },
];
