/** The security sources: one line each. */
import type { SourceEntry } from '../source.js';

export const securitySources: readonly SourceEntry[] = [
  { type: 'sarif', families: ['security'], load: async () => (await import('./sarif/index.js')).sarifSource },
];
