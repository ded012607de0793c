/** For whom a flag is evaluated, as a policy writes it. */
import * as v from 'valibot';

/**
 * An OpenFeature evaluation context. A percentage rollout reads as off without a targeting key.
 *
 * https://openfeature.dev/specification/sections/evaluation-context
 */
export const evaluationContext = v.pipe(
  v.record(v.string(), v.unknown()),
  v.check(
    (x) => typeof x.targetingKey === 'string' && x.targetingKey !== '',
    'a context with a `targetingKey`, e.g. `{ targetingKey: user-1 }`',
  ),
);
