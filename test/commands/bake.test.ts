/**
 * An hour's bake against Azure on a simulated clock: ID tokens that live five minutes, access tokens that live an hour, telemetry that
 * settles two minutes late, and not one request refused.
 */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { run } from '../../src/commands/run.js';
import { recordSchema } from '../../src/record/record.js';
import { requestsInFlight, SimulatedClock } from '../support/clock.js';
import { client, entra, tenant } from '../support/entra.js';
import { FakeHost } from '../support/host.js';
import { reply, standIn } from '../support/server.js';

const minute = 60_000;
const resource =
  '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/shop/providers/microsoft.insights/components/shop';
const logs = 'https://api.loganalytics.io/.default';
const management = 'https://management.azure.com/.default';

it('runs through without one failed request', async () => {
  await import('@azure/identity');
  const clock = new SimulatedClock(Date.parse('2026-11-23T10:00:00Z'), 150, requestsInFlight);
  const cloud = await entra(clock);
  const refused: string[] = [];
  const azure = await standIn((request, response) => {
    const query = request.path.startsWith('/v1/subscriptions/');
    if (!cloud.accepts(request.headers.authorization, query ? logs : management)) {
      refused.push(`${iso(clock.now())} ${request.path}`);
      return reply(response, 401, { error: { code: 'InvalidTokenError' } });
    }
    if (!query) {
      return reply(response, 200, {
        value: [
          {
            name: { value: 'requests/duration' },
            errorCode: 'Success',
            timeseries: [
              { metadatavalues: [], data: [{ timeStamp: iso(clock.now() - 3 * minute), average: 120, count: 50 }] },
            ],
          },
        ],
      });
    }
    const { timespan } = JSON.parse(request.body) as { timespan: string };
    const [from = '', to = ''] = timespan.split('/');
    // Never the two minutes that are not complete yet, and nothing from before the deployment.
    expect(Date.parse(to)).toBe(clock.now() - 2 * minute);
    expect(Date.parse(from)).toBeGreaterThanOrEqual(Date.parse('2026-11-23T10:00:00Z'));
    const columns = ['value', 'events', 'rows', 'newest'].map((name) => ({
      name,
      type: name === 'newest' ? 'datetime' : 'real',
    }));
    const row = [0.001, 1000, 1000, iso(Date.parse(to) - 5000)];
    return reply(response, 200, { tables: [{ name: 'PrimaryResult', columns, rows: [row] }] });
  });
  const signIn = `tenant: ${tenant}, client: ${client}, authority: "${cloud.authority}"`;
  const host = Object.assign(
    new FakeHost({
      policy: `version: 1
sources:
  insights: { type: application-insights, resource: "${resource}", endpoint: "${azure.url}", ${signIn} }
  monitor: { type: azure-monitor, resource: "${resource}", management: "${azure.url}", ${signIn} }
evaluation: { warmup: 2m, every: 1m, steady: 60m, deadline: 90m }
gates:
  - { name: error rate, type: telemetry, source: insights, signal: failure-rate, threshold: "< 1%", min-events: 100 }
  - { name: error rate again, type: telemetry, source: insights, signal: failure-rate, threshold: "< 2%" }
  - { name: duration, type: telemetry, source: monitor, query: requests/duration average, unit: ms, threshold: "< 500 ms" }
`,
    }),
    { idToken: (audience: string) => cloud.idToken(audience) },
  );
  const decision = await run(host, {
    env: {},
    version: '0',
    clock,
    random: () => 0.5,
    cancel: new AbortController().signal,
  });
  expect(refused).toEqual([]);
  expect(decision).toMatchObject({ decision: 'continue', reason: 'healthy' });
  const record = v.parse(recordSchema, JSON.parse(readFileSync(host.outputs.record ?? '', 'utf8')));
  expect(Date.parse(record.ended) - Date.parse(record.began)).toBeGreaterThanOrEqual(60 * minute);
  const failures = record.rounds.flatMap((r) => r.gates.flatMap((g) => g.answers.filter((a) => 'failure' in a)));
  expect(failures).toEqual([]);
  // Two scopes, each asked for again before its first token ended; no assertion served twice.
  expect(cloud.exchanges.map((e) => e.scope.split(' ')[0]).toSorted()).toEqual([logs, logs, management, management]);
  expect(new Set(cloud.exchanges.map((e) => e.assertion)).size).toBe(4);
  // Gates that ask the same ask once.
  const queries = azure.received.filter((r) => r.path.startsWith('/v1/'));
  expect(queries.length).toBeLessThanOrEqual(record.rounds.length);
  const written = JSON.stringify(record) + host.lines.join('\n') + readFileSync(host.shown ?? '', 'utf8');
  expect(written).not.toMatch(/access-token-|eyJ/);
});

const iso = (ms: number): string => new Date(ms).toISOString();
