/** Whatever stands in a list of findings, each entry becomes exactly one result: none gets lost, and none counts twice. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grypeFormat } from '../../../../src/sources/security/formats/grype.js';
import { npmAuditFormat } from '../../../../src/sources/security/formats/npm-audit.js';
import { osvScannerFormat } from '../../../../src/sources/security/formats/osv-scanner.js';
import { trivyFormat } from '../../../../src/sources/security/formats/trivy.js';
import { reading } from './support.js';

const anything = fc.oneof(
  fc.constantFrom<unknown>({ id: 'x\ud800' }, 'half \ud800'),
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>({}, { Status: 'PASS' }, { id: 'x' }),
);
const list = fc.array(anything, { maxLength: 6 });
const options = { numRuns: 200 };

describe('every entry becomes one result', () => {
  it('of Trivy', async () => {
    const keys = ['Vulnerabilities', 'Misconfigurations', 'Secrets', 'Licenses', 'ExperimentalModifiedFindings'];
    const target = fc.tuple(
      fc.constantFrom('os-pkgs', 'lang-pkgs', 'config', 'secret'),
      fc.dictionary(fc.constantFrom(...keys), list),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(target, { minLength: 1, maxLength: 3 }), async (targets) => {
        const Results = targets.map(([Class, lists]) => ({ Target: 't', Class, ...lists }));
        const { run } = await reading(trivyFormat, { SchemaVersion: 2, ArtifactName: '.', Results });
        const listed = targets.flatMap(([, lists]) => Object.values(lists)).reduce((sum, one) => sum + one.length, 0);
        expect(run?.results).toBe(listed);
      }),
      options,
    );
  });

  it('of Grype', async () => {
    await fc.assert(
      fc.asyncProperty(list, list, async (matches, ignoredMatches) => {
        const report = { matches, ignoredMatches, source: null, descriptor: { name: 'grype' } };
        const { run } = await reading(grypeFormat, report);
        expect(run?.results).toBe(matches.length + ignoredMatches.length);
      }),
      options,
    );
  });

  it('of OSV-Scanner, those of one group together', async () => {
    const grouped = fc.array(fc.record({ group: fc.option(fc.nat(3), { nil: undefined }), body: anything }), {
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(grouped, async (all) => {
        const vulnerabilities = all.map(({ body }, i) => ({ ...(typeof body === 'object' && body), id: `GHSA-${i}` }));
        const numbers = [...new Set(all.map(({ group }) => group))].filter((number) => number !== undefined);
        const groups = numbers.map((number) => ({
          ids: all.flatMap(({ group }, i) => (group === number ? [`GHSA-${i}`] : [])),
        }));
        const packages = [{ package: { name: 'lodash', version: '1', ecosystem: 'npm' }, vulnerabilities, groups }];
        const { run } = await reading(osvScannerFormat, { results: [{ source: { path: 'p' }, packages }] });
        expect(run?.results).toBe(groups.length + all.filter(({ group }) => group === undefined).length);
      }),
      options,
    );
  });

  it('of OSV-Scanner, also what is no advisory', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anything.filter((x) => typeof x !== 'object' || x === null)),
        async (vulnerabilities) => {
          const packages = [{ package: { name: 'lodash' }, vulnerabilities }];
          const { run } = await reading(osvScannerFormat, { results: [{ packages }] });
          expect(run?.results).toBe(vulnerabilities.length);
        },
      ),
      options,
    );
  });

  it('of npm audit: each advisory, and each package that leads to none', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const via = fc.array(fc.oneof(fc.constantFrom<unknown>(...names, 'unlisted'), anything), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...names), via), async (graph) => {
        const vulnerabilities = Object.fromEntries(Object.entries(graph).map(([name, one]) => [name, { via: one }]));
        const metadata = { dependencies: { total: 9 }, vulnerabilities: { total: Object.keys(graph).length } };
        const { run } = await reading(npmAuditFormat, { auditReportVersion: 2, vulnerabilities, metadata });
        const isName = (x: unknown): x is string => typeof x === 'string';
        const leads = (name: string, seen: readonly string[] = []): boolean =>
          (graph[name] ?? []).some((x) => !isName(x) || (!seen.includes(x) && leads(x, [...seen, name])));
        const advisories = Object.values(graph)
          .flat()
          .filter((x) => !isName(x)).length;
        const alone = Object.entries(graph).filter(
          ([name, one]) => !leads(name) || one.some((x) => isName(x) && !Object.hasOwn(graph, x)),
        ).length;
        expect(run?.results).toBe(advisories + alone);
      }),
      { numRuns: 500 },
    );
  });

  it('of npm 6 and pnpm', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), anything), async (advisories) => {
        const metadata = { totalDependencies: 9, vulnerabilities: {} };
        const { run } = await reading(npmAuditFormat, { advisories, metadata });
        expect(run?.results).toBe(Object.keys(advisories).length);
      }),
      options,
    );
  });
});

describe('what is no list of findings does not get lost', () => {
  it.each([
    [trivyFormat, { SchemaVersion: 2, ArtifactName: '.', Results: [{ Target: 't', Class: 'config', Secrets: 'x' }] }],
    [trivyFormat, { SchemaVersion: 2, ArtifactName: '.', Results: [{ Target: 't', Class: 'secret' }, {}] }],
    [osvScannerFormat, { results: [{ packages: [{ package: {}, vulnerabilities: 'x' }] }] }],
    [osvScannerFormat, { results: [{ packages: [{ package: {}, groups: 7 }] }] }],
    [osvScannerFormat, { results: [{ packages: [{ vulnerabilities: [] }] }] }],
    [grypeFormat, { matches: [{ artifact: {} }], descriptor: { name: 'grype' } }],
    [npmAuditFormat, { advisories: { a: 7 }, metadata: { totalDependencies: 1, vulnerabilities: {} } }],
  ])('%o %j', async (format, report) => {
    expect((await reading(format, report)).run?.tally).toEqual([
      { fate: 'malformed', reason: 'MALFORMED', severity: 'unknown', count: 1 },
    ]);
  });
});
