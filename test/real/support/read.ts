/** What a telemetry gate reads from an open source at one moment. */

import * as v from 'valibot';
import { telemetryGate } from '../../../src/gates/telemetry.js';
import type { ReadingData } from '../../../src/record/evidence.js';
import { type AnySource, NotMeasured } from '../../../src/sources/source.js';
import { readingOf } from '../../support/evidence.js';

/**
 * @param config of the gate; the threshold is `< 1%` unless it says another
 * @param now milliseconds since the epoch; the deployment was five minutes before, the warm-up one
 */
export async function readTelemetry(
  source: AnySource,
  config: Readonly<Record<string, unknown>>,
  now: number,
): Promise<ReadingData> {
  const gate = telemetryGate.bind(v.parse(telemetryGate.schema, { threshold: '< 1%', ...config }));
  const moment = { now, deployedAt: now - 300_000, settledAt: now - 240_000, completeTo: now };
  const answers = await Promise.all(
    [...gate.questions(moment)].map(async ([role, question]) => {
      if (question.family !== 'telemetry' || !source.telemetry) throw new Error('this is about telemetry');
      try {
        const measurement = await source.telemetry(question, AbortSignal.timeout(10_000));
        return { role, measurement: { ...measurement, source: 'it' } };
      } catch (error) {
        if (!(error instanceof NotMeasured)) throw error;
        const { code, message, permanent } = error;
        return { role, source: 'it', failure: { code, message, permanent } };
      }
    }),
  );
  return readingOf(gate.judge(answers, moment));
}
