import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withDocuments } from '../../src/commands/documents.js';
import { loadPolicy } from '../../src/policy/load.js';

const root = resolve(import.meta.dirname, '../..');
const document = 'examples/slo/sloth.yml';

async function expanded(gate: Record<string, unknown>, type = 'prometheus') {
  const source = type === 'prometheus' ? { type, url: 'https://p.example' } : { type, file: 'a.csv' };
  const policy = { version: 1, sources: { s: source }, gates: [{ name: 'slo', type: 'slo', source: 's', ...gate }] };
  const loaded = await loadPolicy({
    text: JSON.stringify(policy),
    file: 'signalbox.yml',
    overrides: [],
    facts: {},
    env: {},
    observe: false,
  });
  expect(loaded.problems).toEqual([]);
  if (!loaded.policy) throw new Error('no policy');
  const { policy: out, problems } = await withDocuments(loaded.policy, root, loaded.locate);
  return { gate: out.gates[0] as unknown as Record<string, unknown>, problems };
}

describe('withDocuments', () => {
  it('puts what the document says into the gate', async () => {
    const { gate, problems } = await expanded({ document });
    expect(problems).toEqual([]);
    expect(gate).toMatchObject({ document, objective: 0.999, total: expect.stringContaining('[$__range]') as string });
  });

  it('gives 0 where nothing has failed yet, but only while there is traffic, and only in PromQL', async () => {
    const { gate } = await expanded({ document });
    expect(gate.failures).toBe(
      `(${String(gate.failures).split(') or 0 * ')[0]?.slice(1)}) or 0 * (${String(gate.total)})`,
    );
    expect((await expanded({ document }, 'samples')).gate.failures).not.toContain('or 0');
  });

  it('lets the policy say the period', async () => {
    const { gate } = await expanded({ document: 'examples/slo/openslo.yaml', period: '7d' });
    expect(gate.period).toBe(7 * 86_400_000);
    expect((await expanded({ document: 'examples/slo/openslo.yaml' })).gate.period).toBe(28 * 86_400_000);
  });

  it.each<[Record<string, unknown>, string]>([
    [{ document: 'nowhere.yml' }, 'nowhere.yml is not there'],
    [{ document: '../outside.yml' }, 'outside the workspace'],
    [{ document, slo: 'requests-availabilty' }, 'did you mean `requests-availability`'],
    [{ document: 'package.json' }, 'expected one of'],
    [
      { objective: '99%', failures: 'sum(rate(a[5m]))', total: 'sum(rate(b[$__range]))' },
      'expected `[$__range]` in `failures`',
    ],
  ])('refuses %j', async (gate, message) => {
    const { problems } = await expanded(gate);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain(message);
    expect(problems[0]?.file).toMatch(/^(?:signalbox\.yml|package\.json)$/);
    expect(problems[0]?.line).toBe(1);
  });
});
