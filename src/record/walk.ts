/** How a train went through its stages: what each moved, and what came of it. */
import * as v from 'valibot';
import { traffic, trafficChange } from './deployments.js';
import { flagChange } from './flags.js';

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const instant = v.pipe(v.string(), v.isoTimestamp(), v.description('ISO 8601, UTC'));

export const moved = v.union([flagChange, trafficChange]);
/** A move, whatever was moved. */
export type Moved = v.InferOutput<typeof moved>;

/** `D`: the schema of a decision, which `record.ts` has. */
export const walkOf = <D extends v.GenericSchema>(decision: D) =>
  v.strictObject({
    stages: v.array(
      v.strictObject({ name: text, move: v.pipe(v.nullable(text), v.description('in words; null: it moves nothing')) }),
    ),
    from: v.pipe(count, v.description('the first stage that this run was to prove; 1 is the first of all')),
    to: v.pipe(count, v.description('the last one')),
    resumed: v.pipe(
      v.nullable(v.strictObject({ step: count, run: v.nullable(text), began: instant })),
      v.description('the cancelled run that this one goes on with, and at which stage; null: none'),
    ),
    walked: v.array(
      v.strictObject({
        step: v.pipe(count, v.description('1 is the first of all stages; the rounds of a stage name it')),
        name: text,
        began: instant,
        ended: instant,
        since: v.optional(
          v.pipe(instant, v.description('since when it is judged: the move was done; absent: it was not')),
        ),
        before: v.optional(
          v.pipe(traffic, v.description('how the traffic stood before targets were to change places')),
        ),
        moved: v.pipe(v.nullable(moved), v.description('null: the stage moves nothing')),
        decision: v.pipe(v.nullable(decision), v.description('null: the move was not done, or the run was cut off')),
      }),
    ),
    end: v.pipe(
      v.array(moved),
      v.description('where everything went when the train did not arrive; empty: it stays where it is'),
    ),
  });
