import type { Judged } from '../../src/gates/gate.js';
import {
  error,
  healthy,
  insufficient,
  isProof,
  proveMeasured,
  type Reading,
  unhealthy,
} from '../../src/judge/reading.js';
import type { Answer, Reported, Samples } from '../../src/record/evidence.js';

export const start = Date.parse('2026-11-23T10:00:00Z');
export const at = (ms: number): string => new Date(start + ms).toISOString();

/** A good answer of a telemetry source at `start`, with what differs. */
export function samples(values: readonly Reported[], change: Partial<Samples> = {}): Samples {
  return {
    kind: 'samples',
    source: 'prometheus',
    subject: 'http_requests_total',
    query: 'q',
    at: at(0),
    seen: Math.max(1, values.length),
    notes: [],
    partial: false,
    window: { from: at(-300_000), to: at(0) },
    newest: at(-1000),
    series: values.map((value, i) => ({ labels: { instance: String(i) }, value, points: 1 })),
    ...change,
  };
}

/** What a gate says, whether it keeps something for the next round or not. */
export const readingOf = (judged: Reading | Judged<unknown>): Reading => ('memory' in judged ? judged.reading : judged);

export const measured = (role: string, measurement: Samples): Answer => ({ role, measurement });

export const failed = (role: string, code = 'forbidden', permanent = false): Answer => ({
  role,
  source: 'prometheus',
  failure: { code, message: `${code}: no`, permanent },
});

function proof() {
  const p = proveMeasured(['query'], [measured('query', samples([1]))]);
  if (!isProof(p)) throw new Error('a good answer proves something');
  return p;
}

/** Readings to feed the train with. */
export const reading: Record<
  'healthy' | 'unhealthy' | 'finding' | 'insufficient' | 'pending' | 'settled' | 'error' | 'permanent',
  Reading
> = {
  healthy: healthy(proof(), 'within-threshold', 'fine'),
  unhealthy: unhealthy(proof(), 'over-threshold', 'bad'),
  finding: unhealthy(proof(), 'findings', 'a finding', { conclusive: true }),
  insufficient: insufficient('no-data', 'nothing there'),
  pending: insufficient('undecided', 'cannot tell yet', { pending: true }),
  settled: insufficient('tool-missing', 'no such scan, and there will be none', { permanent: true }),
  error: error('forbidden', 'not allowed'),
  permanent: error('bad-query', 'does not parse', { permanent: true }),
};
