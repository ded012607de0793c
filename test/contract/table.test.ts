/** Source × condition → reading: no cell but `good` is healthy, and no cell but `bad` blames the release, unless its contract says why. */
import { readdir } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { sourceEntries } from '../../src/sources/index.js';
import { type Cell, type Contract, cellsOf, conditions, policiesOf, run } from './harness.js';

const table: (readonly [string, readonly Cell[]])[] = [];

/** Not asked over the network. */
const elsewhere = new Set(['samples', 'sarif', 'trivy', 'grype', 'osv-scanner', 'npm-audit']);
/** Flags have a table of their own: test/flags. */
const ownTable = 'flags';

const suffix = '.contract.ts';
const files = (await readdir(import.meta.dirname)).filter((file) => file.endsWith(suffix));
const bySource = await Promise.all(
  files.map(async (file) => {
    // The bundler wants to see the ending.
    const { contracts } = (await import(`./${file.slice(0, -'.ts'.length)}.ts`)) as { contracts: readonly Contract[] };
    return [file.slice(0, -suffix.length), contracts] as const;
  }),
);

describe.each(bySource)('%s', (type, contracts) => {
  it.each(contracts.map((contract) => [contract.what, contract] as const))('%s', async (what, contract) => {
    const cells = await cellsOf(contract);
    table.push([`${type} ${what}`, cells]);
    for (const { condition, way, reading, complaint } of cells) {
      const cell = [condition, way].filter((part) => part !== '').join(': ');
      expect(complaint, `${cell}: what was sent`).toBeUndefined();
      const state = `${cell} is ${reading?.state} (${reading?.code}: ${reading?.reason})`;
      const blamed = contract.blames?.[condition as 'slow'] === undefined ? '' : ' or unhealthy';
      const expected =
        condition === 'good' ? 'healthy' : condition === 'bad' ? 'unhealthy' : `insufficient or error${blamed}`;
      const fits = expected.split(' or ').includes(reading?.state ?? 'not evaluated');
      expect(fits, `${state}, expected ${expected}`).toBe(true);
      expect(JSON.stringify(reading), cell).not.toContain('a-secret');
    }
    for (const condition of conditions) {
      const impossible = 'impossible' in ((contract[condition as 'partial'] as object | undefined) ?? {});
      expect(cells.some((c) => c.condition === condition) || impossible, `nothing was tried for ${condition}`).toBe(
        true,
      );
    }
  });
});

// Gates that ask in bins are run by `bins.test.ts`.
const inBins = (await readdir(import.meta.dirname)).filter((file) => file.endsWith('.bins.ts'));
await Promise.all(inBins.map((file) => import(`./${file.slice(0, -'.bins.ts'.length)}.bins.ts`)));

/** Gates of the pages that need another stand-in. */
const elsewhereRun = new Set([
  // Over TLS: test/sources/telemetry/http-probe-tls.test.ts.
  'http-probe: certificate',
]);

it.each(bySource.map(([type]) => type))('runs every policy that the page of %s shows', (type) => {
  const shown = policiesOf(type).flatMap(({ gates = [] }) => gates.map((gate) => `${type}: ${String(gate.name)}`));
  expect(shown.length).toBeGreaterThan(0);
  expect(shown.filter((gate) => !run.has(gate) && !elsewhereRun.has(gate))).toEqual([]);
});

it('covers every source that is asked over the network', () => {
  const covered = new Set(bySource.map(([type]) => type));
  const missing = sourceEntries
    .filter(({ type, families }) => !families.includes(ownTable) && !elsewhere.has(type) && !covered.has(type))
    .map(({ type }) => type);
  expect(missing).toEqual([]);
});

afterAll(() => {
  const rows = table.flatMap(([source, cells]) =>
    cells.map(({ condition, way, reading }) => ({
      source,
      condition: [condition, way].filter((part) => part !== '').join(': '),
      reading: `${reading?.state} (${reading?.code})`,
    })),
  );
  const width = (key: 'source' | 'condition') => Math.max(0, ...rows.map((row) => row[key].length));
  const lines = rows.map(
    (r) => `${r.source.padEnd(width('source'))}  ${r.condition.padEnd(width('condition'))}  ${r.reading}`,
  );
  process.stdout.write(`\n${lines.join('\n')}\n`);
});
