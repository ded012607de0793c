import { describe, expect, it } from 'vitest';
import { check } from '../../src/commands/check.js';
import { FakeHost } from '../support/host.js';

async function run(policy: string, env: Record<string, string> = {}) {
  const host = new FakeHost({ policy });
  const code = await check(host, env);
  return { code, lines: host.lines, said: host.annotations.map((a) => `${a.level} ${a.line ?? ''}: ${a.message}`) };
}

describe('check', () => {
  it('gives advice on a valid policy without asking any source', async () => {
    const out = await run(`version: 1
sources:
  prometheus: { type: prometheus, url: "https://prom.example.com", token: "\${env.PROM_TOKEN}" }
  unused: { type: prometheus, url: "https://other.example.com" }
gates:
  - name: error rate
    type: telemetry
    source: prometheus
    query: sum(rate(errors[5m])) or vector(0)
    threshold: "< 1%"
`);
    expect(out.code).toBe(0);
    expect(out.lines).toEqual(['the policy: valid, 1 gate, 1 of them blocking; 5 to think about']);
    expect(out.said).toEqual([
      'warning 3: the environment variable `PROM_TOKEN` is not set',
      'warning 4: no gate asks the source `unused`',
      expect.stringMatching(/^warning 10: no `min-events`/),
      expect.stringMatching(/^warning 9: `or vector\(…\)` turns/),
      expect.stringMatching(/^warning 9: looks back 5m, longer than the warm-up of 2m/),
    ]);
  });

  it('names what is wrong, as errors', async () => {
    const out = await run('version: 1\ngates:\n  - { type: telemetry, name: a }\n');
    expect(out.code).toBe(2);
    expect(out.said.every((s) => s.startsWith('error 3:'))).toBe(true);
    expect(out.said.join('\n')).toMatch(/`source` is missing/);
    expect(out.said.join('\n')).toMatch(/either `threshold` or `compare`/);
  });

  it('masks what comes from the environment', async () => {
    const out = await run('version: 1\nsources:\n  p: { type: prometheus, url: "${env.PROM_URL}" }\ngates: []\n', {
      PROM_URL: 'ftp://secret.example.com',
    });
    expect(out.code).toBe(2);
    expect(out.said.join()).toContain('found `***`');
    expect(out.said.join()).not.toContain('secret.example.com');
  });

  it('does not call a policy wrong whose address is in a variable', async () => {
    const out = await run(
      'version: 1\nsources:\n  p: { type: prometheus, url: "${env.PROM_URL}" }\ngates:\n  - { type: telemetry, name: a, source: p, query: up, threshold: "== 1" }\n',
    );
    expect(out).toMatchObject({ code: 0, said: ['warning 3: the environment variable `PROM_URL` is not set'] });
    expect(out.lines.join()).toMatch(/valid as far as it can be told/);
  });
});
