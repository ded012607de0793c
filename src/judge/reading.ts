/**
 * The only ways to make a reading. A healthy one needs a `Proof`, and a `Proof` comes only from
 * `proveMeasured`: so no code path leads from "nothing was measured" to "healthy".
 */
import type { Answer, Measurement, ReadingData } from '../record/evidence.js';

declare const proven: unique symbol;

/** At least one real measurement stands behind every question that was asked. */
export interface Proof<M extends Measurement = Measurement> {
  readonly [proven]: true;
  /** The measurements by role. */
  readonly measured: ReadonlyMap<string, M>;
}

declare const judged: unique symbol;

/** The judge's word on one gate in one round. */
export type Reading = ReadingData & { readonly [judged]: true };

type Details = Omit<ReadingData, 'state' | 'code' | 'reason'>;

const reading = (data: ReadingData): Reading => data as Reading;

/** The release is well, as far as this gate sees. */
export function healthy(_proof: Proof, code: string, reason: string, details: Details = {}): Reading {
  return reading({ state: 'healthy', code, reason, ...details });
}

/** The release is not well; needs evidence just as `healthy` does, so that an outage of the monitoring is never the release's fault. */
export function unhealthy(_proof: Proof, code: string, reason: string, details: Details = {}): Reading {
  return reading({ state: 'unhealthy', code, reason, ...details });
}

/** The source answered, but the answer proves nothing: empty, NaN, stale, too few events. */
export function insufficient(code: string, reason: string, details: Details = {}): Reading {
  return reading({ state: 'insufficient', code, reason, ...details });
}

/** There is no usable answer: refused, timed out, malformed. */
export function error(code: string, reason: string, details: Details = {}): Reading {
  return reading({ state: 'error', code, reason, ...details });
}

/**
 * Turns the answers of one gate into a proof, or into the reading that says why there is none.
 * Failures come first (they say most), then empty and partial answers.
 *
 * @param expected the roles that were asked; an answer that is missing is an error, never nothing
 */
export function proveMeasured<M extends Measurement>(
  expected: readonly string[],
  answers: readonly Answer[],
): Proof<M> | Reading {
  if (expected.length === 0) return error('nothing-asked', 'the gate asks for nothing, so nothing can be proven');
  const measured = new Map<string, M>();
  for (const role of expected) {
    const answer = answers.find((a) => a.role === role);
    if (!answer) return error('not-answered', `no answer to "${role}"`);
    if ('failure' in answer) {
      const { code, message, permanent } = answer.failure;
      return error(code, message, permanent ? { permanent } : {});
    }
    measured.set(role, answer.measurement as M);
  }
  for (const m of measured.values()) {
    if (m.partial) return insufficient('partial', `the answer is incomplete: ${m.notes.join('; ') || m.subject}`);
    if (!(m.seen > 0)) return insufficient('no-data', [`nothing was found: ${m.subject}`, ...m.notes].join('; '));
  }
  return { measured } as unknown as Proof<M>;
}

/** Tells a proof from the reading that stands in its place. */
export function isProof<M extends Measurement>(x: Proof<M> | Reading): x is Proof<M> {
  return 'measured' in x;
}
