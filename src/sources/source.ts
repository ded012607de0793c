/** The interface between Signalbox and a system that holds evidence. */
import type { GenericSchema, InferOutput } from 'valibot';
import type { Http } from '../net/http.js';
import type { Flag, Measurement, Samples, Scans } from '../record/evidence.js';
import type { Clock } from '../train/clock.js';

/** Half-open span of time [from, to), in milliseconds since the epoch. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** One value for each series of `query` over `window`. */
export interface TelemetryQuestion {
  readonly family: 'telemetry';
  readonly query: string;
  readonly window: Window;
  /** Given: sample the window every `everyMs` and reduce each series over time; absent: one evaluation at `window.to`. */
  readonly range?: { readonly everyMs: number; readonly reduce: OverTime };
}
export const overTime = ['last', 'max', 'min', 'avg'] as const;
export type OverTime = (typeof overTime)[number];

/** All scan results that the source holds for this release. */
export interface SecurityQuestion {
  readonly family: 'security';
}

/** What one flag serves to one evaluation context. */
export interface FlagQuestion {
  readonly family: 'flags';
  readonly flag: string;
  /** OpenFeature evaluation context; always has a `targetingKey`, since a percentage rollout reads as off without one. */
  readonly context: Readonly<Record<string, unknown>>;
}

export interface Families {
  telemetry: { question: TelemetryQuestion; measurement: Samples };
  security: { question: SecurityQuestion; measurement: Scans };
  flags: { question: FlagQuestion; measurement: Flag };
}
export type Family = keyof Families;
export type Question = Families[Family]['question'];

/** A measurement as a source returns it; the round adds the source's name. */
export type Unnamed<M extends Measurement> = M extends unknown ? Omit<M, 'source'> : never;

/** What a source may use of the outside. */
export interface SourceContext {
  readonly clock: Clock;
  readonly http: Http;
  /** Folder that relative paths of the policy start from. */
  readonly workspace: string;
}

/** An open connection to one system. */
export interface Source<F extends Family = Family> {
  /**
   * Asks once. Retries of the network are the HTTP client's business, patience over rounds is the train's.
   *
   * @throws {NotMeasured} when there is no answer; anything else thrown is reported as an internal error
   */
  ask(question: Families[F]['question'], signal: AbortSignal): Promise<Unnamed<Families[F]['measurement']>>;
}

/** A kind of source: one file, one line in its family's registry. Heavy packages are imported inside `open` or `ask`. */
export interface SourceType<S extends GenericSchema = GenericSchema, F extends Family = Family> {
  readonly type: string;
  readonly family: F;
  readonly schema: S;
  open(config: InferOutput<S>, context: SourceContext): Source<F>;
  /** Advice on a question in this source's language, for `signalbox check`. */
  lint?(question: Families[F]['question'], evaluation: { readonly warmupMs: number }): readonly string[];
}

/** Keeps the config's type while the registries hold the erased one. */
export function defineSource<S extends GenericSchema, F extends Family>(type: SourceType<S, F>): SourceType {
  return type as unknown as SourceType;
}

/**
 * No measurement could be taken.
 *
 * `code` is a fixed word of the record (`unauthorized`, `timeout`, `bad-query`…); `message` says what is wrong and what
 * to do. `permanent` means that waiting cannot heal it.
 */
export class NotMeasured extends Error {
  readonly code: string;
  readonly permanent: boolean;

  constructor(code: string, message: string, options: { permanent?: boolean; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'NotMeasured';
    this.code = code;
    this.permanent = options.permanent ?? false;
  }
}
