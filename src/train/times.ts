/** What the rounds of a train and those of a record have in common. */
import type { Decision, Round } from '../record/record.js';

/** The part of the train that a round belongs to. @param final the round before asked for a last look */
export const phaseOf = (final: boolean, now: number, settledAt: number): Round['phase'] =>
  final ? 'final' : now < settledAt ? 'warm-up' : 'watch';

/** @param rounds so far, of all stages */
export const cancelled = (rounds: number): Decision => ({
  decision: 'stop',
  reason: 'cancelled',
  gates: [],
  sentence:
    rounds === 0
      ? 'cancelled before anything was measured'
      : `cancelled in or after round ${rounds}, before the evidence was conclusive`,
});

/** The job ends, and another one goes on. @param waiting what the last round came to */
export const parked = ({ gates, sentence }: Decision): Decision => ({
  decision: 'hold',
  reason: 'parked',
  gates,
  sentence: `parked while the train waits: ${sentence}`,
});
