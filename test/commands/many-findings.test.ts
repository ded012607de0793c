/** Ten thousand findings and many gates that stop the train: all reasons are named, and nothing from a scanner acts. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { expect, it, onTestFinished } from 'vitest';
import { run } from '../../src/commands/run.js';
import { SimulatedClock } from '../support/clock.js';
import { FakeHost } from '../support/host.js';

const nasty =
  '| x | **b** <img src=x onerror=alert(1)> </details> ::error::owned\n##vso[task.complete result=Succeeded;]';

function sarif(results: number): string {
  const found = Array.from({ length: results }, (_, i) => ({
    ruleId: `js/rule-${i % 40}`,
    level: 'error',
    message: { text: `${i}: ${nasty}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: `src/file-${i % 700}.ts` }, region: { startLine: 1 + (i % 90) } },
      },
    ],
    partialFingerprints: { 'primaryLocationLineHash/v1': `hash-${i}` },
  }));
  const driver = { name: 'CodeQL', version: '2.19.3', rules: [] };
  return JSON.stringify({
    version: '2.1.0',
    runs: [{ tool: { driver }, invocations: [{ executionSuccessful: true }], results: found }],
  });
}

it('ten thousand findings and a hundred gates fit, and no reason is lost', async () => {
  const folder = join('signalbox-out', 'many-findings');
  mkdirSync(folder, { recursive: true });
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'codeql.sarif'), sarif(10_000));
  const gates = Array.from(
    { length: 100 },
    (_, i) =>
      `  - { name: error rate ${i}, type: telemetry, source: { type: samples, file: examples/quickstart/failing.csv }, query: error_rate, max-age: 1h, threshold: "< 1%", hard-limit: "< 2%" }`,
  );
  const policy = `version: 1
release: { deployed-at: 10m ago }
evaluation: { warmup: 2m, every: 1m, steady: 4m, deadline: 20m }
gates:
  - { name: scans, type: security, source: { type: sarif, files: "${folder}/*.sarif" }, block: high, commit-required: false }
${gates.join('\n')}
`;
  const host = new FakeHost({ policy });
  const decision = await run(host, {
    env: {},
    version: '1.2.3',
    clock: new SimulatedClock(undefined, 4000),
    random: () => 0.5,
    cancel: new AbortController().signal,
  });
  expect(decision).toMatchObject({ decision: 'stop', reason: 'unhealthy' });
  expect(decision.gates).toHaveLength(101);
  const markdown = readFileSync(host.shown ?? '', 'utf8');
  expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(512 * 1024);
  for (const gate of decision.gates) expect(markdown).toContain(`- **${gate}**`);
  expect(markdown).toMatch(/10,000 (?:findings stand|high|results read)/);
  expect(markdown).not.toMatch(/^\s*::error|##vso\[/m);
  const html = micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  expect(html).not.toMatch(/<img|onerror=alert\(1\)>/);
  expect(html.match(/<details>/g)?.length ?? 0).toBe(html.match(/<\/details>/g)?.length ?? 0);
  // The record keeps the worst and counts all.
  expect(Buffer.byteLength(readFileSync(host.outputs.record ?? ''))).toBeLessThan(2_000_000);
});
