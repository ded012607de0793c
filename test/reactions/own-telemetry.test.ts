import { expect, it } from 'vitest';
import { telemetryOf } from '../../src/reactions/own-telemetry.js';
import { stories } from '../report/stories.js';

it('says of a stop what was decided and why, and of each gate how it was', () => {
  const { event, gates } = telemetryOf(stories.stop);
  const { decision } = stories.stop;
  expect(event).toMatchObject({
    name: 'Signalbox decision',
    properties: { decision: 'stop', reason: decision.reason, gates: decision.gates.join(', ') },
  });
  expect(gates.map((g) => g.name)).toEqual(stories.stop.gates.map((g) => g.name));
  const { healthy, unhealthy, insufficient, error, notEvaluated } = event.measurements;
  expect((healthy ?? 0) + (unhealthy ?? 0) + (insufficient ?? 0) + (error ?? 0) + (notEvaluated ?? 0)).toBe(
    gates.length,
  );
});

it('takes no gate for healthy that was not measured', () => {
  for (const record of Object.values(stories)) {
    const last = record.rounds.at(-1);
    for (const { name, success, properties } of telemetryOf(record).gates) {
      const state = last?.gates.find((g) => g.gate === name)?.reading?.state ?? 'not-evaluated';
      expect(properties.state).toBe(state);
      expect(success).toBe(state === 'healthy');
    }
  }
});
