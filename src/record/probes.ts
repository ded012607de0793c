/** What became of requests that were sent to the idle side and to the live side of a service, to compare them. */
import * as v from 'valibot';

const text = v.string();
const instant = v.pipe(v.string(), v.isoTimestamp(), v.description('ISO 8601, UTC'));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

export const probedSide = v.strictObject({
  sent: v.pipe(count, v.description('requests that count')),
  failed: v.pipe(count, v.description('of these: not answered as expected, or not in time')),
  reasons: v.pipe(
    v.array(v.strictObject({ why: text, count })),
    v.description('in which ways they failed, the most frequent first, at most 3'),
  ),
  durations: v.pipe(
    v.array(count),
    v.description(
      'of those that did not fail: how many took up to each of `bounds` and longer than the one before it; at the end those that took longer than all',
    ),
  ),
});
/** One side of one endpoint, in one round. */
export type ProbedSide = v.InferOutput<typeof probedSide>;

export const probedEndpoint = v.strictObject({
  name: text,
  idle: probedSide,
  live: v.optional(probedSide),
});
export type ProbedEndpoint = v.InferOutput<typeof probedEndpoint>;

export const probesFields = {
  round: v.pipe(count, v.minValue(1), v.description('which of the rounds that were asked for')),
  began: instant,
  ended: instant,
  bounds: v.pipe(v.array(v.pipe(v.number(), v.minValue(0))), v.description('of durations, milliseconds, rising')),
  endpoints: v.pipe(
    v.array(probedEndpoint),
    v.description('all of the source; `live` is absent where there is no live side to compare with'),
  ),
  unmeasured: v.pipe(
    count,
    v.description(
      'pairs of requests (one to each side) that say nothing about the service: an unknown name, the proxy…',
    ),
  ),
  unsent: v.pipe(
    count,
    v.description('pairs that were not sent, or too late to be over before the round ended, whatever became of them'),
  ),
};
