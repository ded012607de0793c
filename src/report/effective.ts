/** The few things that the report needs of the policy. The record types it as unknown, since it may be of another version. */
import { formatThreshold, parseThreshold } from '../judge/threshold.js';
import type { State } from '../record/evidence.js';
import type { DecisionRecord } from '../record/record.js';

export interface Effective {
  /** Milliseconds; 0 when the record does not say. */
  readonly steadyMs: number;
  /** The gate's threshold as the report writes thresholds, e.g. `< 1 %`. */
  threshold(gate: string): string | undefined;
  /** Whether the policy lets the train go in spite of this gate's poor evidence. */
  ignores(gate: string, state: State | undefined): boolean;
}

export function effective({ policy }: DecisionRecord): Effective {
  const root = fields(policy.effective);
  const gates = new Map(
    (Array.isArray(root.gates) ? root.gates : []).map((gate) => [String(fields(gate).name), fields(gate)]),
  );
  const { steady } = fields(root.evaluation);
  return {
    steadyMs: typeof steady === 'number' && steady > 0 ? steady : 0,
    threshold(gate) {
      const written = gates.get(gate)?.threshold;
      const parsed = typeof written === 'string' ? parseThreshold(written) : undefined;
      return parsed && formatThreshold(parsed);
    },
    ignores(gate, state) {
      const key = state === 'insufficient' ? 'on-missing' : state === 'error' ? 'on-error' : undefined;
      return key !== undefined && gates.get(gate)?.[key] === 'ignore';
    },
  };
}

const fields = (x: unknown): Readonly<Record<string, unknown>> =>
  typeof x === 'object' && x !== null ? (x as Record<string, unknown>) : {};
