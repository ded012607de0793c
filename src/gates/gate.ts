/** The interface between the train and a kind of gate. Both halves of a gate are pure, so that a record can be replayed. */
import type { GenericSchema, InferOutput } from 'valibot';
import type { Reading } from '../judge/reading.js';
import type { Answer } from '../record/evidence.js';
import type { Families, Family, InBins } from '../sources/source.js';

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

/** A reading, and what the gate keeps of this round for the next one. */
export interface Judged<M> {
  readonly reading: Reading;
  readonly memory: M;
}

/**
 * A gate of one policy, its config bound.
 *
 * Most judge each round by itself. One that gathers evidence over rounds has a memory: what it made of all answers so far. It is
 * handed in and out, never kept inside, so that the rounds of a record give the same memory again.
 */
export interface Gate<F extends Family = Family, M = unknown> {
  /**
   * What to ask in this round, by role. The same questions of several gates are sent once.
   *
   * @param memory of the round before; undefined in the first
   */
  questions(moment: Moment, memory?: M): ReadonlyMap<string, Families[F]['question']>;
  /** The reading, from the answers and the memory alone. Neither is changed. */
  judge(answers: readonly Answer[], moment: Moment, memory?: M): Reading | Judged<M>;
}

/** A kind of gate: one file, one line in the registry. */
export interface GateType<S extends GenericSchema = GenericSchema, F extends Family = Family> {
  readonly type: string;
  /** The family of sources that it asks. */
  readonly family: F;
  /** The fields beside those that every gate has (`name`, `type`, `source`, `enforce`, `on-missing`, `on-error`). */
  readonly schema: S;
  bind(config: InferOutput<S>): Gate<F>;
  /** Longest time from the end of the warm-up until it comes to its word, milliseconds; absent: it has one in every round. */
  takesMs?(config: InferOutput<S>): number;
  /** Other sources of the policy that it asks too (`elsewhere` of its questions): their names, and where its config says so. */
  alsoAsks?(config: InferOutput<S>): readonly { readonly source: string; readonly at: readonly string[] }[];
  /** It asks what is served to single contexts, which not every source of its family can tell. */
  asksServed?(config: InferOutput<S>): boolean;
  /** It compares the settings of targets, which not every source of its family can. */
  asksSettings?(config: InferOutput<S>): boolean;
  /** It judges by statistics, and its field `false-stop-rate` defaults to its part of what the train may err. */
  readonly sharesFalseStops?: true;
  /** It asks for values in bins, in this way; undefined: it does not. */
  asksInBins?(config: InferOutput<S>): InBins | undefined;
  /** Advice on a valid config, for `signalbox check`. */
  lint?(config: InferOutput<S>): readonly { key: string; message: string }[];
}

/** Keeps the config's type while the registry holds the erased one. */
export function defineGate<S extends GenericSchema, F extends Family>(type: GateType<S, F>): GateType {
  return type as unknown as GateType;
}
