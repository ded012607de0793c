/** The interface between Signalbox and what it does on a decision. */
import type { GenericSchema, InferOutput } from 'valibot';
import type { Decision } from '../record/record.js';
import type { Notice } from '../report/notice.js';
import type { SourceContext } from '../sources/source.js';

/** A release at one moment of its train. What the policy and the platform do not say is absent. No text in it holds a secret. */
export interface ReleaseEvent {
  readonly service?: string | undefined;
  readonly version?: string | undefined;
  /** Full commit id. */
  readonly sha?: string | undefined;
  readonly environment?: string | undefined;
  readonly repository?: string | undefined;
  /** Branch or tag. */
  readonly ref?: string | undefined;
  /** Link to the run in the platform's pages. */
  readonly run?: string | undefined;
  readonly actor?: string | undefined;
  /** ISO 8601 in UTC, as are the other times. */
  readonly deployedAt: string;
  /** Start of the step. */
  readonly began: string;
  readonly at: string;
  /** The policy only observes: whatever the gates say, the train goes on. */
  readonly observe: boolean;
  /** What and where to, in short: `checkout 1.2.3 to production`. */
  readonly subject: string;
  /** All there is to say, in one line: `checkout 1.2.3 to production: watching`. */
  readonly words: string;
  /** What is told of the decision; absent before there is one. */
  readonly notice?: Notice;
}

/** A mark on the charts of one system, made when the train begins to wait and brought up to date when it is decided. */
export interface Annotation {
  /** What is annotated, for messages and the record. No secret. */
  readonly target: string;
  /**
   * @returns what was written, in words
   * @throws when it was not, with what to do about it
   */
  begin?(event: ReleaseEvent, signal: AbortSignal): Promise<string>;
  /**
   * `begin` may not have been called (the train did not wait) or may have failed.
   *
   * @param decision what the step does; with the reason `observed` the gates say stop all the same
   * @returns what was written, in words; undefined: this decision is none of the system's business
   * @throws when it was not written, with what to do about it
   */
  end(event: ReleaseEvent, decision: Decision, signal: AbortSignal): Promise<string | undefined>;
}

/** A kind of annotation: one file, one line in the registry. */
export interface AnnotationType<S extends GenericSchema = GenericSchema, C = unknown> {
  readonly type: string;
  /** The type of source whose address and credential it uses; absent: it has fields of its own for them. */
  readonly sourceType?: string;
  readonly schema: S;
  /** @param connection the config of the policy's source, undefined without `sourceType` */
  open(config: InferOutput<S>, connection: C, context: SourceContext): Annotation;
}

/** Keeps the types of both configs while the registry holds the erased one. */
export function defineAnnotation<S extends GenericSchema, C>(type: AnnotationType<S, C>): AnnotationType {
  return type as unknown as AnnotationType;
}

/** How a decision looks on a chart. Being cut off or short of evidence is no fault of the release. */
export type Outcome = 'continued' | 'observed' | 'faulty' | 'undecided';

export function outcomeOf({ decision, reason }: Decision): Outcome {
  if (decision === 'continue') return reason === 'observed' ? 'observed' : 'continued';
  return reason === 'unhealthy' || reason === 'not-steady' ? 'faulty' : 'undecided';
}
