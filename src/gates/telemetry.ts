/** Gate `telemetry`: a value that a telemetry source gives must satisfy a threshold. */
import * as v from 'valibot';
import {
  error,
  healthy,
  insufficient,
  isProof,
  type Proof,
  proveMeasured,
  type Reading,
  unhealthy,
} from '../judge/reading.js';
import { finiteValues, type Reducer, reduce, reducers } from '../judge/series.js';
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
  unitNames,
} from '../judge/threshold.js';
import { described, duration, filled, formatDuration, whole } from '../policy/fields.js';
import type { Samples } from '../record/evidence.js';
import { overTime, type TelemetryQuestion } from '../sources/source.js';
import { defineGate, type Gate, type Moment } from './gate.js';

const thresholdField = v.pipe(
  v.string(),
  v.check((text) => parseThreshold(text) !== undefined, 'a threshold such as `< 1%`, `<= 250 ms` or `>= 99.9 %`'),
);

const fields = v.strictObject({
  query: described(v.optional(filled), 'What to ask the source, in its own language; gives the value.'),
  failures: described(
    v.optional(filled),
    'In place of `query`: gives the number of failed events. The value is `failures` / `total`, a ratio.',
  ),
  total: described(v.optional(filled), 'With `failures`: gives the number of all events.'),
  threshold: described(thresholdField, 'What the value must satisfy, e.g. `< 1%`.'),
  'hard-limit': described(
    v.optional(thresholdField),
    'What the value must satisfy even for one round and even while warming up; if it does not, the train stops at once.',
  ),
  unit: described(
    v.optional(v.picklist(unitNames)),
    'What the query returns. Default: `ratio` when the threshold is in percent, a plain number when it has no unit; must be given when the threshold is a time or a size.',
  ),
  reduce: described(
    v.optional(v.picklist(reducers)),
    'What to do with more than one series: reduce them to one number, or compare `all` or `any` of them. Without it more than one series is an error.',
  ),
  window: described(
    v.optional(duration, '5m'),
    'How far back the question looks; never further than the end of the warm-up.',
  ),
  range: described(
    v.optional(
      v.strictObject({
        every: described(duration, 'Distance of the samples.'),
        reduce: described(v.picklist(overTime), 'How each series becomes one value.'),
      }),
    ),
    'Sample the window instead of asking once at its end.',
  ),
  events: described(v.optional(filled), 'Query that gives how many events stand behind the value.'),
  'min-events': described(
    v.optional(whole(1)),
    'With fewer events the evidence is insufficient. Needs `events`, or `failures` and `total`.',
  ),
  'max-age': described(v.optional(duration, '5m'), 'How old the newest raw sample may be.'),
});

const withShape = v.pipe(
  fields,
  v.check(
    (g) => (g.query !== undefined) !== (g.failures !== undefined || g.total !== undefined),
    'either `query`, or `failures` and `total`',
  ),
  v.check((g) => (g.failures === undefined) === (g.total === undefined), '`failures` and `total` together'),
  v.check(
    (g) => g['min-events'] === undefined || g.events !== undefined || g.total !== undefined,
    '`events` beside `min-events`',
  ),
  v.check(
    (g) => thresholds(g).length === 0 || valueUnit(g) !== undefined,
    '`unit` beside a threshold that is a time or a size (does the query return s or ms?)',
  ),
  v.check((g) => {
    const unit = valueUnit(g);
    return unit === undefined || thresholds(g).every((t) => comparable(t, unit));
  }, '`unit`, `threshold` and `hard-limit` of the same kind'),
  v.check((g) => g.range === undefined || g.range.every > 0, '`range.every` longer than nothing'),
);

type Config = v.InferOutput<typeof fields>;

const thresholds = (g: Pick<Config, 'threshold' | 'hard-limit'>): Threshold[] =>
  [g.threshold, g['hard-limit']].flatMap((text) => (text === undefined ? [] : (parseThreshold(text) ?? [])));

function valueUnit(g: Pick<Config, 'failures' | 'unit' | 'threshold' | 'hard-limit'>): Unit | undefined {
  if (g.failures !== undefined) return 'ratio';
  const [threshold] = thresholds(g);
  return g.unit ?? (threshold && assumedUnit(threshold));
}

function questions(config: Config, moment: Moment): ReadonlyMap<string, TelemetryQuestion> {
  // Before the warm-up is over there is nothing but the warm-up to look at.
  const start = moment.now > moment.settledAt ? moment.settledAt : moment.deployedAt;
  const from = Math.min(moment.now, Math.max(start, moment.now - config.window));
  const window = { from, to: moment.now };
  const ranged = config.range ? { range: { everyMs: config.range.every, reduce: config.range.reduce } } : {};
  const asked = new Map<string, TelemetryQuestion>();
  for (const role of ['query', 'failures', 'total', 'events'] as const) {
    const query = config[role];
    // Counts are taken over the window as the query says; only the value itself is sampled along it.
    if (query !== undefined)
      asked.set(role, { family: 'telemetry', query, window, ...(role === 'query' ? ranged : {}) });
  }
  return asked;
}

/** The one number of a count's measurement, or the reading that says why there is none. */
function single(role: string, samples: Samples, reducer: Reducer | undefined): number | readonly number[] | Reading {
  if (samples.series.length === 0) {
    return insufficient('no-data', [`${role} gave no series: ${samples.subject}`, ...samples.notes].join('; '));
  }
  const finite = finiteValues(samples);
  if (!finite.ok)
    return insufficient(
      'not-a-number',
      `${role} gave ${finite.bad ?? 'null'}${finite.labels && ` for ${finite.labels}`}`,
    );
  const [only] = finite.values;
  if (finite.values.length === 1 && only !== undefined) return only;
  if (reducer === undefined) {
    return error(
      'many-series',
      `${role} gave ${finite.values.length} series; aggregate them in the query or write \`reduce\``,
      { permanent: true },
    );
  }
  return reducer === 'all' || reducer === 'any' ? finite.values : reduce(finite.values, reducer);
}

const isReading = (x: number | readonly number[] | Reading): x is Reading => typeof x === 'object' && 'state' in x;

/** Sources and runners disagree by seconds; by more than this the ages that are judged mean nothing. */
const skewMs = 60_000;

/** Whether the evidence is of this release and recent; undefined when it is. */
function staleness(samples: Samples, config: Config, moment: Moment): Reading | undefined {
  if (samples.newest === null)
    return insufficient('age-unknown', `no raw sample stands behind the answer: ${samples.subject}`);
  const newest = Date.parse(samples.newest);
  if (newest < moment.deployedAt)
    return insufficient('before-deployment', `the newest sample (${samples.newest}) is older than the deployment`);
  if (moment.now - newest > config['max-age']) {
    return insufficient(
      'stale',
      `the newest sample is ${formatDuration(moment.now - newest)} old, more than ${formatDuration(config['max-age'])}`,
    );
  }
  if (newest - moment.now > skewMs) {
    return error('clock-skew', `the newest sample (${samples.newest}) lies in the future: do the clocks agree?`);
  }
  return undefined;
}

function judge(config: Config, proof: Proof<Samples>, moment: Moment): Reading {
  for (const samples of proof.measured.values()) {
    const stale = staleness(samples, config, moment);
    if (stale) return stale;
  }
  const numbers = new Map<string, number | readonly number[]>();
  for (const [role, samples] of proof.measured) {
    const number = single(role, samples, role === 'query' ? config.reduce : 'sum');
    if (isReading(number)) return number;
    numbers.set(role, number);
  }
  const counted = numbers.get('total') ?? numbers.get('events');
  const events = typeof counted === 'number' ? { events: counted } : {};
  if (typeof counted === 'number') {
    const least = config['min-events'] ?? (config.total === undefined ? 0 : 1);
    if (counted < least) {
      return insufficient('too-few-events', `${Math.floor(counted)} of at least ${least} events so far`, events);
    }
  }
  const values = [numbers.get('query') ?? Number(numbers.get('failures')) / Number(numbers.get('total'))].flat();
  return compare(config, proof, values, events);
}

function compare(
  config: Config,
  proof: Proof<Samples>,
  values: readonly number[],
  events: { events?: number },
): Reading {
  const unit = valueUnit(config) ?? 'number';
  const threshold = parseThreshold(config.threshold);
  if (threshold === undefined)
    return error('bad-threshold', `cannot read the threshold ${config.threshold}`, { permanent: true });
  const impossible = values.find(
    (x) => !Number.isFinite(x) || (unit === 'ratio' && config.unit === undefined && (x < 0 || x > 1)),
  );
  if (impossible !== undefined) {
    return error(
      'not-a-ratio',
      `${impossible} is no share between 0 and 1; if the query returns percent write \`unit: percent\`, if it may exceed 1 write \`unit: ratio\``,
      events,
    );
  }
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
    return {
      questions: (moment) => questions(config, moment),
      judge(answers, moment) {
        const proof = proveMeasured<Samples>([...questions(config, moment).keys()], answers);
        return isProof(proof) ? judge(config, proof, moment) : proof;
      },
    };
  },
  lint: (config) =>
    config['min-events'] === undefined
      ? [
          {
            key: 'threshold',
            message: 'no `min-events`: one failed request of one is judged like a thousand of a thousand',
          },
        ]
      : [],
});
