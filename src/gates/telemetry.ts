/** Gate `telemetry`: a value that a telemetry source gives must satisfy a threshold. */
import * as v from 'valibot';
import { error, healthy, isProof, type Proof, proveMeasured, type Reading, unhealthy } from '../judge/reading.js';
import {
  assumedUnit,
  comparable,
  formatAgainst,
  formatThreshold,
  inUnitOf,
  parseThreshold,
  satisfies,
  type Threshold,
  type Unit,
} from '../judge/threshold.js';
import { described } from '../policy/fields.js';
import type { Samples } from '../record/evidence.js';
import { defineGate, type Gate, type Moment } from './gate.js';
import {
  anyStale,
  isReading,
  type Measured,
  measuredValue,
  oneValue,
  ownUnit,
  questionsOf,
  tooEarly,
  unfitValue,
  valueFields,
  windowOf,
} from './measured-value.js';
import { compareField, compareQuestions, judgeCompared, type PlaceboDays } from './telemetry-compare.js';

const thresholdField = v.pipe(
  v.string(),
  v.check((text) => parseThreshold(text) !== undefined, 'a threshold such as `< 1%`, `<= 250 ms` or `>= 99.9 %`'),
);

const fields = v.strictObject({
  ...valueFields,
  threshold: described(v.optional(thresholdField), 'What the value must satisfy, e.g. `< 1%`.'),
  compare: described(
    v.optional(compareField),
    'In place of `threshold`: the value must not change when the release comes, more than it does at the same time of earlier days.',
  ),
  'hard-limit': described(
    v.optional(thresholdField),
    'What the value must satisfy even for one round and even while warming up; if it does not, the train stops at once.',
  ),
});

type Config = v.InferOutput<typeof fields>;

/** What says nothing of bins. */
const comparedAlone = ['hard-limit', 'range', 'reduce', 'by', 'events', 'min-events'] as const;

/** The default: without `compare` a gate has a window of its own. */
const usualWindow = 300_000;

const withShape = v.pipe(
  fields,
  oneValue(),
  // Said beside what else is wrong.
  v.partialCheck(
    [['threshold'], ['compare']],
    (g) => (g.threshold === undefined) !== (g.compare === undefined),
    'either `threshold` or `compare`',
  ),
  v.check(
    (g) => g.compare === undefined || comparedAlone.every((key) => g[key] === undefined),
    `none of ${comparedAlone.map((key) => `\`${key}\``).join(', ')} beside \`compare\``,
  ),
  v.check((g) => g.compare === undefined || g.window === usualWindow, '`window` inside `compare`, not beside it'),
  v.check(
    (g) => thresholds(g).length === 0 || valueUnit(g) !== undefined,
    '`unit` beside a threshold that is a time or a size (does the query return s or ms?)',
  ),
  v.check((g) => {
    const unit = valueUnit(g);
    return unit === undefined || thresholds(g).every((t) => comparable(t, unit));
  }, '`unit`, `threshold` and `hard-limit` of the same kind'),
);

const thresholds = (g: Pick<Config, 'threshold' | 'hard-limit'>): Threshold[] =>
  [g.threshold, g['hard-limit']].flatMap((text) => (text === undefined ? [] : (parseThreshold(text) ?? [])));

function valueUnit(g: Config): Unit | undefined {
  const [threshold] = thresholds(g);
  return ownUnit(g) ?? (threshold && assumedUnit(threshold));
}

function judge(config: Config, proof: Proof<Samples>, moment: Moment): Reading {
  const { now, deployedAt, completeTo: to } = moment;
  const stale = anyStale(proof.measured, { maxAgeMs: config['max-age'], to, notBefore: deployedAt, now });
  if (stale) return stale;
  const measured = measuredValue(config, proof.measured);
  return isReading(measured) ? measured : compare(config, proof, measured);
}

function compare(config: Config, proof: Proof<Samples>, { values, ...events }: Measured): Reading {
  const unit = valueUnit(config) ?? 'number';
  const threshold = config.threshold === undefined ? undefined : parseThreshold(config.threshold);
  if (threshold === undefined)
    return error('bad-threshold', `cannot read the threshold ${config.threshold}`, { permanent: true });
  const unfit = unfitValue(values, unit, config.unit, events);
  if (unfit) return unfit;
  const holds = (t: Threshold): boolean =>
    values[config.reduce === 'any' ? 'some' : 'every']((x) => satisfies(x, unit, t));
  const against = (t: Threshold) => {
    // The value that decides is the one shown: the first that breaks `all`, the first that saves `any`.
    const decider = values.find((x) => satisfies(x, unit, t) === (config.reduce === 'any')) ?? values[0] ?? Number.NaN;
    const shown = formatAgainst(decider, unit, t);
    return { value: inUnitOf(t, decider, unit), threshold: formatThreshold(t), shown, ...events };
  };
  const hard = config['hard-limit'] === undefined ? undefined : parseThreshold(config['hard-limit']);
  if (hard && !holds(hard)) {
    const details = against(hard);
    const text = `${details.shown} breaks the hard limit ${details.threshold}`;
    return unhealthy(proof, 'over-hard-limit', text, { ...details, conclusive: true });
  }
  const details = against(threshold);
  return holds(threshold)
    ? healthy(proof, 'within-threshold', `${details.shown} satisfies ${details.threshold}`, details)
    : unhealthy(proof, 'over-threshold', `${details.shown} does not satisfy ${details.threshold}`, details);
}

export const telemetryGate = defineGate({
  type: 'telemetry',
  family: 'telemetry',
  schema: withShape,
  bind(config): Gate<'telemetry'> {
    const questions = (moment: Moment) => {
      const window = windowOf(config, moment);
      return window ? questionsOf(config, window) : new Map();
    };
    const { compare } = config;
    if (compare !== undefined) {
      const compared = { ...config, compare };
      const gate: Gate<'telemetry', PlaceboDays> = {
        questions: (moment, memory) => compareQuestions(compared, moment, memory),
        judge: (answers, moment, memory) => judgeCompared(compared, answers, moment, memory),
      };
      return gate as Gate<'telemetry'>;
    }
    return {
      questions,
      judge(answers, moment) {
        if (windowOf(config, moment) === undefined) return tooEarly(moment);
        const proof = proveMeasured<Samples>([...questions(moment).keys()], answers);
        return isProof(proof) ? judge(config, proof, moment) : proof;
      },
    };
  },
  takesMs: ({ compare }) => compare?.window ?? 0,
  asksInBins: ({ compare }) => (compare === undefined ? undefined : 'each'),
  lint: (config) =>
    config['min-events'] === undefined && config.compare === undefined
      ? [
          {
            key: 'threshold',
            message: 'no `min-events`: one failed request of one is judged like a thousand of a thousand',
          },
        ]
      : [],
});
