import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explain } from '../../src/commands/explain.js';
import { FakeHost } from '../support/host.js';

const folder = join('out', 'test', 'explain');
mkdirSync(folder, { recursive: true });

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function explained(path: string, policy?: string) {
  const host = new FakeHost(policy === undefined ? {} : { policy });
  const code = await explain(host, path, {});
  return { code, text: host.lines.join('\n'), said: host.annotations.map(({ message }) => message) };
}

const secret = 'AKIAABCDEFGHIJKLMNOP';
const report = file('report.sarif', {
  version: '2.1.0',
  runs: [
    {
      tool: {
        driver: {
          name: 'CodeQL',
          semanticVersion: '2.19.3',
          rules: [{ id: 'js/eval', properties: { 'security-severity': '9.3' } }],
        },
      },
      invocations: [{ executionSuccessful: true, endTimeUtc: '2026-11-23T09:00:00Z' }],
      results: [
        {
          ruleId: 'js/eval',
          level: 'note',
          message: { text: `runs ${secret}` },
          locations: [{ physicalLocation: { artifactLocation: { uri: 'src/a.ts' }, region: { startLine: 3 } } }],
        },
        { ruleId: 'js/eval', message: { text: 'm' }, suppressions: [{ kind: 'inSource', justification: 'a test' }] },
        { ruleId: 'js/odd', kind: 'pass' },
        7,
      ],
    },
  ],
});

describe('security explain', () => {
  it('says of every result how its severity and its fate came about', async () => {
    const { code, text } = await explained(report);
    expect(code).toBe(0);
    expect(text).toContain('report.sarif as SARIF, sorted by the defaults of a security gate');
    expect(text).toContain('CodeQL 2.19.3, succeeded, names no commit, ended 2026-11-23T09:00:00.000Z, 1 rule');
    expect(text).toContain('COUNTED critical js/eval src/a.ts:3');
    expect(text).toContain('critical: security-severity 9.3 of the rule; but level note of the result says low');
    expect(text).toContain('counted, SUPPRESSION_TOO_SEVERE, a test');
    expect(text).toContain('IGNORED');
    expect(text).toContain('MALFORMED');
    expect(text).toContain('CodeQL: 4 results = 2 counted + 1 ignored + 1 malformed');
    expect(text).not.toContain(secret);
  });

  it('goes by the gate of a policy', async () => {
    const policy = `version: 1
gates:
  - name: scans
    type: security
    source: { type: sarif, files: "${report}" }
    suppressions: { up-to: critical }
    rules: [{ name: pages, paths: "src/**", do: warn }]
`;
    const { text } = await explained(report, policy);
    expect(text).toContain('sorted by gate `scans`');
    expect(text).toContain('suppressed, IN_SOURCE, a test');
    expect(text).toContain('warned, RULE, pages');
  });

  it('says why a file is no evidence, and ends with 1', async () => {
    const { code, text } = await explained(file('old.sarif', { version: '2.0.0', runs: [] }));
    expect(code).toBe(1);
    expect(text).toMatch(/no evidence {2}UNSUPPORTED_VERSION: .*expected 2\.1\.0/);
  });

  it('says which formats it knows', async () => {
    const { code, said } = await explained(file('other.json', { some: 'thing' }));
    expect(code).toBe(1);
    expect(said).toEqual([expect.stringContaining('is none of SARIF, Trivy JSON, Grype JSON')]);
  });

  it('refuses what it cannot read, and a policy that is wrong', async () => {
    expect(await explained(join(folder, 'none.sarif'))).toMatchObject({
      code: 2,
      said: [expect.stringContaining('no such file')],
    });
    expect(await explained('../outside.sarif')).toMatchObject({ code: 2 });
    expect(await explained(report, 'version: 2\ngates: []\n')).toMatchObject({ code: 2 });
  });
});
