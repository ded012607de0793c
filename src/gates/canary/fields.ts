/** The fields of a `canary` gate, and what must hold between them. */
import * as v from 'valibot';
import { described, duration, errorRate, filled, oneOrMore, percentage, whole } from '../../policy/fields.js';
import { slices } from '../../sources/telemetry/signals.js';

/** One query for each arm, or one for both that gives a series for each value of the label `arms.by`. */
const query = v.union([
  filled,
  v.strictObject({
    canary: described(filled, 'For the new version.'),
    baseline: described(filled, 'For the version that it is held against, at the same time.'),
  }),
]);

/** What can be asked for without a query; `duration-buckets` judges how long requests take, the other how many fail. */
export const canarySignals = ['failed-requests', 'duration-buckets'] as const;

const acceptance = v.strictObject({
  'no-worse-than': described(
    v.optional(
      percentage((x) => x >= 0.01 && x <= 100, 'a percentage from 1% such as `100%`'),
      '100%',
    ),
    'Proof that it is not this much worse lets the canary go before its window is over.',
  ),
  risk: described(v.optional(errorRate, '5%'), 'Chance that such a proof is wrong.'),
  after: described(v.optional(duration, '10m'), 'Not before this much time was measured.'),
  'min-events': described(v.optional(whole(1), 2000), 'Nor before the canary had this many events.'),
});

const history = v.strictObject({
  for: described(v.optional(duration, '24h'), 'How far back from the deployment; 8 hours must have been measured.'),
  by: described(
    v.optional(v.picklist(slices)),
    'With `signal`: what the old version is split by. Default: `instance`.',
  ),
  failures: described(
    v.optional(filled),
    'As `failures` above, of the old version alone, with one series for each of its instances.',
  ),
  total: described(v.optional(filled), 'As `total` above, with the same series.'),
  buckets: described(v.optional(filled), 'As `buckets` above, with the same for each instance.'),
});

export const fields = v.strictObject({
  failures: described(v.optional(query), 'Gives how many events failed, in each bin.'),
  total: described(v.optional(query), 'With `failures`: gives how many events there were, in each bin.'),
  buckets: described(
    v.optional(query),
    'In place of `failures` and `total`: gives a histogram of durations, one series for each upper bound in the label `le`, in each bin.',
  ),
  signal: described(
    v.optional(v.picklist(canarySignals)),
    'In place of queries: `failed-requests` of all requests, or `duration-buckets`, how long requests take.',
  ),
  where: described(
    v.optional(v.record(v.picklist(slices), filled)),
    'With `signal`: what both arms have in common, such as `{ role: checkout }`.',
  ),
  exclude: described(
    v.optional(oneOrMore(filled)),
    'With `signal`: operations that do not count, such as health probes; `*` stands for any characters.',
  ),
  synthetic: described(
    v.optional(v.boolean()),
    'With `signal`: whether traffic of availability tests and the like counts. Default: false.',
  ),
  arms: described(
    v.optional(
      v.strictObject({
        by: described(filled, 'Label (with `signal`: slice) that tells the arms apart.'),
        canary: described(filled, 'Its value for the new version.'),
        baseline: described(
          v.optional(filled),
          'Its value for the version that it is held against. Default: all other values together.',
        ),
      }),
    ),
    'Which series belong to which arm; where each arm has a query of its own there is nothing to say.',
  ),
  counters: described(
    v.optional(v.boolean(), false),
    'The queries give counters that only grow: what they grow by in each bin is what counts.',
  ),
  'no-worse-than': described(
    v.optional(
      percentage((x) => x <= 10, 'a percentage up to 1000% such as `10%`'),
      '0%',
    ),
    'How much worse the canary may be, as a share: with `10%` it may fail 1.1 times as often.',
  ),
  'at-least': described(
    v.optional(percentage((x) => x <= 0.5, 'a percentage up to 50% such as `0.05%`')),
    'What is no harm yet, in percentage points of all events. Default: 0.05 points, or 0 beside a `no-worse-than` and for durations.',
  ),
  'slower-by': described(
    v.optional(v.literal('bucket')),
    'Of durations: `bucket` says that to be slower by one bucket of the histogram is no harm yet.',
  ),
  'false-stop-rate': described(
    v.optional(errorRate),
    'Chance that this gate stops a canary that is no worse, over the whole release and however often it looks. Default: its part of `evaluation.false-stop-rate`.',
  ),
  window: described(v.optional(duration, '60m'), 'How long the canary is watched, from the end of the warm-up.'),
  bin: described(v.optional(duration, '1m'), 'Events are counted in bins of this length.'),
  'min-events': described(
    v.optional(whole(1), 500),
    'How many events the canary must have had by the end of the window.',
  ),
  'at-window-end': described(
    v.optional(v.picklist(['no-harm-seen', 'proof']), 'no-harm-seen'),
    'What a canary needs that was proven neither worse nor no worse: that no harm was seen, or proof, without which the train holds.',
  ),
  accept: described(
    v.optional(v.union([acceptance, v.literal('never')]), {}),
    'When the canary may go before its window is over; `never`: it is watched to the end.',
  ),
  history: described(
    v.optional(v.union([history, v.literal('none')])),
    'Where the old version before the deployment tells how much two arms that are the same differ. With `signal` it is asked for by itself.',
  ),
  'max-age': described(v.optional(duration, '5m'), 'How old the newest raw sample may be.'),
});

export type CanaryConfig = v.InferOutput<typeof fields>;
export type History = Exclude<CanaryConfig['history'], 'none' | undefined>;

type Rule = readonly [(g: CanaryConfig) => boolean, string];

const ways = ({ failures, total, buckets, signal }: CanaryConfig): number =>
  [failures !== undefined || total !== undefined, buckets !== undefined, signal !== undefined].filter(Boolean).length;

const perArm = (g: CanaryConfig): boolean =>
  [g.failures, g.total, g.buckets].some((q) => q !== undefined && typeof q !== 'string');

const forBoth = (g: CanaryConfig): boolean =>
  g.signal !== undefined || [g.failures, g.total, g.buckets].some((q) => typeof q === 'string');

const hourMs = 3_600_000;

const rules: readonly Rule[] = [
  [(g) => ways(g) === 1, 'either `failures` and `total`, or `buckets`, or `signal`'],
  [(g) => (g.failures === undefined) === (g.total === undefined), '`failures` and `total` together'],
  [(g) => !(perArm(g) && forBoth(g)), 'queries of one kind: each for both arms, or each with `canary` and `baseline`'],
  [
    (g) => forBoth(g) === (g.arms !== undefined),
    '`arms` beside a query for both arms or a `signal`, and beside no other',
  ],
  [
    (g) => g.signal === undefined || g.arms === undefined || slices.some((slice) => slice === g.arms?.by),
    `\`arms.by\` one of ${slices.join(', ')} beside a \`signal\``,
  ],
  [(g) => g.arms === undefined || g.arms.canary !== g.arms.baseline, 'two arms that are not the same'],
  [
    (g) => g.signal !== undefined || (g.where === undefined && g.exclude === undefined && g.synthetic === undefined),
    '`where`, `exclude` and `synthetic` only beside `signal`',
  ],
  [(g) => g.signal === undefined || !g.counters, '`counters` only beside queries'],
  [
    (g) => g['slower-by'] === undefined || judgesDurations(g),
    '`slower-by` only beside `buckets` or the signal `duration-buckets`',
  ],
  [(g) => g['at-least'] === undefined || !judgesDurations(g), '`at-least` only for failures'],
  [(g) => g.bin >= 1000 && g.bin % 1000 === 0, 'a `bin` of whole seconds'],
  [(g) => g.window >= 5 * g.bin, 'a `window` of at least five bins'],
  [(g) => hourMs % g.bin === 0 || g.bin % hourMs === 0, 'a `bin` that divides an hour, such as 30s, 1m or 5m'],
  [
    ({ history: h, ...g }) => {
      if (h === undefined || h === 'none') return true;
      const asked = [h.failures !== undefined, h.total !== undefined, h.buckets !== undefined];
      if (g.signal !== undefined) return !asked.includes(true);
      return g.buckets === undefined ? asked[0] === true && asked[1] === true && !asked[2] : asked[2] === true;
    },
    '`history` with the same queries as the gate (`failures` and `total`, or `buckets`), and with none beside `signal`',
  ],
  [
    ({ history: h, signal }) => h === undefined || h === 'none' || h.by === undefined || signal !== undefined,
    '`history.by` only beside `signal`',
  ],
  [({ history: h }) => h === undefined || h === 'none' || h.for >= 8 * hourMs, 'at least 8h of `history.for`'],
];

/** All of it at once. */
export const fitsTogether = v.rawCheck<CanaryConfig>(({ dataset, addIssue }) => {
  if (!dataset.typed) return;
  for (const [holds, expected] of rules) if (!holds(dataset.value)) addIssue({ message: expected });
});

/** Whether durations are judged, in place of failures. */
export const judgesDurations = ({ buckets, signal }: CanaryConfig): boolean =>
  buckets !== undefined || signal === 'duration-buckets';
