/** The fields of a `probe` gate. */
import * as v from 'valibot';
import { between, described, errorRate, percentage, whole } from '../../policy/fields.js';

/** Less cannot be told from what two slots that are the same differ by, which nobody has measured. */
const margin = () =>
  v.optional(
    percentage((x) => x >= 0.25 && x <= 10, 'a percentage from 25% to 1000% such as `50%`'),
    '25%',
  );

const latency = v.strictObject({
  'no-worse-than': described(
    margin(),
    'How much larger the share of requests that take longer than any one duration may be on the idle side.',
  ),
  'slower-by': described(
    v.optional(v.literal('bucket')),
    '`bucket`: to be slower by one bucket of the histogram, a third to two and a half times, is no harm yet.',
  ),
});

export const fields = v.strictObject({
  requests: described(
    v.optional(between(10, 1000), 20),
    'How many requests to each side count in a round, over all endpoints.',
  ),
  'warm-up': described(v.optional(between(0, 1000), 5), 'How many are sent to each side before these, in every round.'),
  'no-worse-than': described(
    margin(),
    'How much worse the idle side may be than the live side, as a share: with `25%` it may fail 1.25 times as often.',
  ),
  'max-failures': described(
    v.optional(
      percentage((x) => x <= 0.5, 'a percentage up to 50% such as `5%`'),
      '5%',
    ),
    'Share of the requests to the idle side that may fail, of all and of each endpoint, whatever the live side does. Of `0%` the first failure stops.',
  ),
  latency: described(
    v.optional(latency),
    'Given, also as `{}`: durations are compared too. A request that fails is slower than all others.',
  ),
  'min-requests': described(
    v.optional(whole(1), 100),
    'How many requests to the idle side must have counted before it may be healthy.',
  ),
  'false-stop-rate': described(
    v.optional(errorRate),
    'Chance that this gate stops an idle side that is no worse and fails no more than it may, however often it looks. Default: its part of `evaluation.false-stop-rate`.',
  ),
  rounds: described(
    v.optional(between(5, 10_000), 30),
    'How many rounds the tests are sharp for. They go on after that, less sharply.',
  ),
});
export type ProbeConfig = v.InferOutput<typeof fields>;
