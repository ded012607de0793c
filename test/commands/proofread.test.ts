import { describe, expect, it } from 'vitest';
import { check } from '../../src/commands/check.js';
import { FakeHost } from '../support/host.js';

const remarks = async (policy: string) => {
  const host = new FakeHost({ policy });
  const code = await check(host, {});
  return { code, said: host.annotations.map(({ level, line, message }) => `${level} ${line ?? ''}: ${message}`) };
};

describe('check', () => {
  it('finds what is wrong with an expression, without asking anybody', async () => {
    const { said } = await remarks(`version: 1
sources:
  orders: { type: http-json, url: "https://shop.example.com/stats", time: "body." }
  slot: { type: http-probe, url: "https://shop.example.com/", expect: { body: "bodi.ok" } }
gates:
  - name: failed orders
    type: telemetry
    source: orders
    query: body.failed / (body.all
    threshold: "< 1"
  - name: slot
    type: telemetry
    source: slot
    signal: failure-rate
    threshold: "< 1%"
`);
    expect(said).toContainEqual(expect.stringMatching(/^warning 9: the expression .* is wrong at line 1, column 24/));
    expect(said).toContainEqual(expect.stringMatching(/^warning 9: `time`: the expression `body\.` is wrong/));
    expect(said).toContainEqual(expect.stringMatching(/^warning 14: .*Unknown variable: bodi/));
  });

  it('says once what is asked of two windows', async () => {
    const { code, said } = await remarks(`version: 1
sources:
  orders: { type: http-json, url: "https://e.com/?f=$__from_ms", time: body.at }
gates:
  - { name: a, type: comparison, source: orders, query: "has(body.x) ? body.x : 0.0", should: not-rise, margin: 10% }
`);
    expect(code).toBe(0);
    expect(said.filter((text) => text.includes('absence can no longer be seen'))).toHaveLength(1);
  });
});
