/** The interface between the train and a kind of gate. Both halves of a gate are pure, so that a record can be replayed. */
import type { GenericSchema, InferOutput } from 'valibot';
import type { Reading } from '../judge/reading.js';
import type { Answer } from '../record/evidence.js';
import type { Families, Family } from '../sources/source.js';

/** The times that a round is judged by, in milliseconds since the epoch. */
export interface Moment {
  /** When the round began. */
  readonly now: number;
  /** When the new version went live. */
  readonly deployedAt: number;
  /** No sample older than this counts: the deployment and its warm-up are over. */
  readonly settledAt: number;
  /** Up to here the gate's source holds all that happened: `now` less the time that its data take to arrive. Windows end here. */
  readonly completeTo: number;
}

/** A gate of one policy, its config bound. */
export interface Gate<F extends Family = Family> {
  /** What to ask in this round, by role. The same questions of several gates are sent once. */
  questions(moment: Moment): ReadonlyMap<string, Families[F]['question']>;
  /** The reading, from the answers alone. */
  judge(answers: readonly Answer[], moment: Moment): Reading;
}

/** A kind of gate: one file, one line in the registry. */
export interface GateType<S extends GenericSchema = GenericSchema, F extends Family = Family> {
  readonly type: string;
  /** The family of sources that it asks. */
  readonly family: F;
  /** The fields beside those that every gate has (`name`, `type`, `source`, `enforce`, `on-missing`, `on-error`). */
  readonly schema: S;
  bind(config: InferOutput<S>): Gate<F>;
  /** Advice on a valid config, for `signalbox check`. */
  lint?(config: InferOutput<S>): readonly { key: string; message: string }[];
}

/** Keeps the config's type while the registry holds the erased one. */
export function defineGate<S extends GenericSchema, F extends Family>(type: GateType<S, F>): GateType {
  return type as unknown as GateType;
}
