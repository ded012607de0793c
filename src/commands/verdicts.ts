/** Stops that no gate has a part in. */
import type { Decision, Problem } from '../record/record.js';

export const policyError = (problems: readonly Problem[]): Decision => ({
  decision: 'stop',
  reason: 'policy-error',
  gates: [],
  sentence: `the policy or the inputs are wrong in ${problems.length} ${problems.length === 1 ? 'place' : 'places'}; nothing was measured`,
});

export const deploymentUnknown = (sentence: string): Decision => ({
  decision: 'stop',
  reason: 'not-measured',
  gates: [],
  sentence,
});

export const cancelledEarly: Decision = {
  decision: 'stop',
  reason: 'cancelled',
  gates: [],
  sentence: 'cancelled before anything was measured',
};

/** @returns the exit code that the platform or the person asked for; throws what crashed */
export function cancelledBy({ reason }: AbortSignal): number {
  if (typeof reason !== 'number') throw reason;
  return reason;
}

export const internalError = (error: unknown): Decision => ({
  decision: 'stop',
  reason: 'internal-error',
  gates: [],
  sentence: `Signalbox itself failed: ${error instanceof Error ? error.message : String(error)}`,
});
