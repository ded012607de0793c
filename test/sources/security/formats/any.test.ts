/** Whatever a file holds, it is read without a crash, and what nobody understands is never a clean scan. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileFormats } from '../../../../src/sources/security/index.js';
import { reading } from './support.js';

const part = fc.jsonValue({ maxDepth: 2 });
const keys = [
  'matches',
  'descriptor',
  'ignoredMatches',
  'Results',
  'SchemaVersion',
  'ArtifactName',
  'Metadata',
  'results',
  'auditReportVersion',
  'vulnerabilities',
  'metadata',
  'runs',
  'version',
  'error',
  'advisories',
  'source',
  'alertsByPackage',
  'experimental_generic_findings',
  'image_metadata',
  'ArtifactType',
];
const known = fc.constantFrom<unknown>(
  2,
  '2.1.0',
  { name: 'grype' },
  { dependencies: { total: 3 }, vulnerabilities: { total: 1 } },
  [{}],
  [{ Vulnerabilities: [{}] }],
  [{ packages: [{ vulnerabilities: [{}] }] }],
  { a: { via: [{}] } },
  { a: { via: ['b'] }, b: { via: ['a'] } },
  { totalDependencies: 1 },
  'container_image',
  { type: 'image', target: {} },
  [{ Target: 't', Class: 'lang-pkgs', ExperimentalModifiedFindings: [{ Type: 'vulnerability', Finding: {} }] }],
);
const report = fc.oneof(part, fc.dictionary(fc.constantFrom(...keys), fc.oneof(part, known)));

describe.each(fileFormats)('format $type', ({ load }) => {
  it('survives anything', async () => {
    const format = await load();
    await fc.assert(
      fc.asyncProperty(report, async (content) => {
        const { problems, runs } = await reading(format, content ?? null);
        expect(problems.length + runs.length).toBeGreaterThan(0);
        for (const run of runs) expect(run.tally.reduce((sum, { count }) => sum + count, 0)).toBe(run.results);
      }),
      { numRuns: 500 },
    );
  });
});
