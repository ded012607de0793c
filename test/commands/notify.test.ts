/** A run whose policy tells people and programs. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/commands/run.js';
import type { DecisionRecord } from '../../src/record/record.js';
import { SimulatedClock } from '../support/clock.js';
import { FakeHost } from '../support/host.js';
import { type Handler, reply, standIn } from '../support/server.js';

const env = (url: string) => ({
  SLACK: `${url}/services/T0/B0/a-secret-part`,
  HOOK: `whsec_${'a'.repeat(24)}`,
  GH: 'ghs_a-secret',
});

async function step(url: string, file: 'healthy' | 'failing', inputs: Record<string, string> = {}) {
  const policy = `version: 1
service: checkout
release: { environment: production, deployed-at: 10m ago }
evaluation: { warmup: 2m, every: 1m, steady: 2m, deadline: 20m }
gates:
  - name: error rate
    type: telemetry
    source: { type: samples, file: examples/quickstart/${file}.csv }
    query: error_rate
    max-age: 1h
    threshold: "< 1%"
notify:
  - { type: slack, webhook: "\${env.SLACK}" }
  - { type: webhook, url: "${url}/hook", secret: "\${env.HOOK}" }
  - { type: github-commit-status, token: "\${env.GH}", repository: octocat/shop, url: "${url}" }
`;
  const host = new FakeHost({ policy, ...inputs });
  const decision = await run(host, {
    env: env(url),
    version: '1.2.3',
    clock: new SimulatedClock(undefined, 100),
    random: () => 0.5,
    cancel: new AbortController().signal,
  });
  const text = readFileSync(host.outputs.record ?? '', 'utf8');
  const said = [
    text,
    readFileSync(host.shown ?? '', 'utf8'),
    ...host.lines,
    ...host.annotations.map((a) => a.message),
  ].join('\n');
  return { host, decision, record: JSON.parse(text) as DecisionRecord, said };
}

const wellBehaved: Handler = (request, response) =>
  request.path.startsWith('/repos') ? reply(response, 201, { id: 1 }) : reply(response, 200, 'ok');

describe('a run that tells of its decision', () => {
  it('tells each of what it asked for', async () => {
    const { url, received } = await standIn(wellBehaved);
    const { record, said } = await step(url, 'healthy');
    // Slack is told of no go.
    expect(received.map(({ path }) => path).sort()).toEqual([
      '/hook',
      '/repos/octocat/shop/statuses/5f2c1e0d9b8a7f6e5d4c3b2a1908f7e6d5c4b3a2',
      '/repos/octocat/shop/statuses/5f2c1e0d9b8a7f6e5d4c3b2a1908f7e6d5c4b3a2',
    ]);
    expect(record.reactions?.map(({ type, moment, ok, told }) => ({ type, moment, ok, told }))).toEqual([
      { type: 'webhook', moment: 'end', ok: true, told: true },
      { type: 'github-commit-status', moment: 'begin', ok: true, told: true },
      { type: 'github-commit-status', moment: 'end', ok: true, told: true },
    ]);
    expect(said).toContain('told webhook and github-commit-status');
  });

  it('tells people of a stop, and of one that was only observed that nothing was stopped', async () => {
    const { url, received } = await standIn(wellBehaved);
    await step(url, 'failing');
    await step(url, 'failing', { observe: 'true' });
    const slack = received.filter(({ path }) => path.includes('services')).map(({ body }) => body);
    expect(slack).toHaveLength(2);
    expect(slack[0]).toMatch(/Stop: error rate is 4\.13 %/);
    expect(slack[1]).toMatch(/Observed only: would have stopped/);
  });

  it('decides the same when nobody can be told, says so, and keeps every secret', async () => {
    const { url } = await standIn((request, response) => reply(response, 403, { message: `no: ${request.path}` }));
    const { decision, record, host, said } = await step(url, 'failing');
    expect(decision).toMatchObject({ decision: 'stop', reason: 'unhealthy' });
    expect(record.reactions?.every(({ ok }) => !ok)).toBe(true);
    expect(host.annotations.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^slack \(127\.0\.0\.1:\d+\) was not told; the decision stands: .*403/),
      ]),
    );
    expect(said).toContain('NOT told');
    for (const part of ['a-secret-part', 'T0/B0', 'a'.repeat(24), 'ghs_a-secret']) expect(said).not.toContain(part);
  });
});
