/** The security sources: one line each. */
import type { SourceEntry, SourceType } from '../source.js';
import type { Format } from './file-source.js';

/** Files of the workspace, by the type of the source that reads them. */
export const fileFormats: readonly { readonly type: string; readonly load: () => Promise<Format> }[] = [
  { type: 'sarif', load: async () => (await import('./sarif/index.js')).sarifFormat },
  { type: 'trivy', load: async () => (await import('./formats/trivy.js')).trivyFormat },
  { type: 'grype', load: async () => (await import('./formats/grype.js')).grypeFormat },
  { type: 'osv-scanner', load: async () => (await import('./formats/osv-scanner.js')).osvScannerFormat },
  { type: 'npm-audit', load: async () => (await import('./formats/npm-audit.js')).npmAuditFormat },
];

const fromFiles = async (load: () => Promise<Format>): Promise<SourceType> => {
  const [{ fileSource }, format] = await Promise.all([import('./file-source.js'), load()]);
  return fileSource(format);
};

export const securitySources: readonly SourceEntry[] = [
  ...fileFormats.map(({ type, load }): SourceEntry => ({ type, families: ['security'], load: () => fromFiles(load) })),
  {
    type: 'github-code-scanning',
    families: ['security'],
    load: async () => (await import('./github/code-scanning.js')).githubCodeScanningSource,
  },
  {
    type: 'dependabot',
    families: ['security'],
    load: async () => (await import('./github/dependabot.js')).dependabotSource,
  },
  {
    type: 'github-secret-scanning',
    families: ['security'],
    load: async () => (await import('./github/secret-scanning.js')).githubSecretScanningSource,
  },
  {
    type: 'azure-devops-security',
    families: ['security'],
    load: async () => (await import('./azure-devops/index.js')).azureDevopsSecuritySource,
  },
];
