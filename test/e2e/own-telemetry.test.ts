/** Signalbox's own telemetry from the bundle to an ingestion endpoint on loopback; the service speaks TLS only. */
import { describe, expect, it } from 'vitest';
import { reply, standIn } from '../support/server.js';
import { nodes, runStep } from './support/step.js';

const policy = 'examples/quickstart/stop.yml';
const key = '00000000-0000-0000-0000-000000000001';

interface Envelope {
  readonly iKey: string;
  readonly tags: Record<string, string>;
  readonly data: { readonly baseType: string; readonly baseData: Record<string, unknown> };
}

/** @returns how the step ended, and how long it took, milliseconds */
async function step(node: string, connection: string) {
  const began = performance.now();
  const result = await runStep({
    node,
    platform: 'terminal',
    args: ['run', '--policy', policy, '--telemetry-connection-string', connection],
    env: { NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS ?? '' },
  });
  return { ...result, ms: performance.now() - began };
}

describe.each(nodes)('%s', (node) => {
  it('sends one event for the decision and one availability result for each gate', async () => {
    const server = await standIn(
      (_, response) => reply(response, 200, { itemsReceived: 5, itemsAccepted: 5, errors: [] }),
      {
        tls: true,
      },
    );
    const { code, stdout, stderr } = await step(node, `InstrumentationKey=${key};IngestionEndpoint=${server.url}`);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).not.toContain(key);
    const sent = server.received.flatMap(({ method, path, body }) => {
      expect(`${method} ${path}`).toBe('POST /v2.1/track');
      return JSON.parse(body) as Envelope[];
    });
    const of = (type: string) => sent.filter((e) => e.data.baseType === type).map((e) => e.data.baseData);
    expect(of('EventData')).toMatchObject([
      {
        name: 'Signalbox decision',
        properties: { decision: 'stop', reason: 'unhealthy', service: 'checkout' },
        measurements: { rounds: expect.any(Number) as number },
      },
    ]);
    const gates = of('AvailabilityData');
    expect(gates.length).toBeGreaterThan(2);
    expect(gates.some((g) => g.success === false)).toBe(true);
    // Nothing of the process, of the machine's counters, or of the library itself.
    expect(sent).toHaveLength(1 + gates.length);
    for (const { iKey, tags } of sent) {
      expect(iKey).toBe(key);
      expect(tags['ai.cloud.role']).toBe('signalbox');
    }
  });

  it('never delays the step by more than two seconds, and never changes how it ends', async () => {
    const silent = await standIn(() => {}, { tls: true });
    const plain = await step(node, '');
    const waiting = await step(node, `InstrumentationKey=${key};IngestionEndpoint=${silent.url}`);
    const refused = await step(node, `InstrumentationKey=${key};IngestionEndpoint=https://127.0.0.1:1`);
    for (const { code, ms, summary } of [waiting, refused]) {
      expect({ code, summary: summary !== '' }).toEqual({ code: plain.code, summary: plain.summary !== '' });
      // Two seconds, and what a loaded machine adds.
      expect(ms - plain.ms).toBeLessThan(3500);
    }
    expect(waiting.stderr).toContain('telemetry was not sent: not done after 2 s');
  });

  it('says what is wrong with a connection string, without showing it', async () => {
    const { code, stdout, stderr } = await step(node, 'InstrumentationKey=nonsense-secret');
    expect(code).toBe(1);
    expect(stderr).toContain('expected a connection string such as');
    expect(stdout + stderr).not.toContain('nonsense-secret');
  });
});
