/** What a gate measures, in whichever way the policy writes it: one query, a ratio of two counts, or a ready-made signal. */
import * as v from 'valibot';
import { error, insufficient, type Proof, type Reading } from '../judge/reading.js';
import { finiteValues, type Reducer, reduce, reducers } from '../judge/series.js';
import { type Unit, unitNames } from '../judge/threshold.js';
import { described, duration, filled, formatDuration, oneOrMore, whole } from '../policy/fields.js';
import type { Samples } from '../record/evidence.js';
import { overTime, type TelemetryQuestion, type Window } from '../sources/source.js';
import { type Signal, signalNames, signals, slices } from '../sources/telemetry/signals.js';
import type { Moment } from './gate.js';

const slice = v.picklist(slices);

/** Fields of a gate's schema; with the check `oneValue`. */
export const valueFields = {
  query: described(v.optional(filled), 'What to ask the source, in its own language; gives the value.'),
  failures: described(
    v.optional(filled),
    'In place of `query`: gives the number of failed events. The value is `failures` / `total`, a ratio.',
  ),
  total: described(v.optional(filled), 'With `failures`: gives the number of all events.'),
  signal: described(
    v.optional(v.picklist(signalNames)),
    'In place of `query`: a ready-made signal. Which ones a source has is on its page.',
  ),
  of: described(v.optional(filled), 'With `signal`: name of the custom event or metric.'),
  where: described(
    v.optional(
      v.strictObject({
        role: v.optional(filled),
        instance: v.optional(filled),
        slot: v.optional(filled),
        version: v.optional(filled),
        operation: v.optional(filled),
      }),
    ),
    'With `signal`: only what comes from this service, instance, slot, version, or calls this operation.',
  ),
  exclude: described(
    v.optional(oneOrMore(filled)),
    'With `signal`: operations that do not count, such as health probes; `*` stands for any characters.',
  ),
  synthetic: described(
    v.optional(v.boolean()),
    'With `signal`: whether traffic of availability tests counts. Default: false.',
  ),
  by: described(v.optional(slice), 'With `signal`: one series for each value, see `reduce`.'),
  unit: described(
    v.optional(v.picklist(unitNames)),
    'What the query returns. Default: `ratio` when the threshold is in percent, a plain number when it has no unit; must be given when the threshold is a time or a size. A ready-made signal has its own.',
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
    'With fewer events the evidence is insufficient. Needs `events`, `failures` and `total`, a `signal`, or a query that counts its own events (see the page of the source).',
  ),
  'max-age': described(v.optional(duration, '5m'), 'How old the newest raw sample may be.'),
};

const entries = v.strictObject(valueFields);
export type ValueConfig = v.InferOutput<typeof entries>;

const narrowing = ['of', 'where', 'exclude', 'synthetic', 'by'] as const;

type Rule = readonly [(g: ValueConfig) => boolean, string];

/** What must hold between the fields, and what is expected where it does not. */
const rules: readonly Rule[] = [
  [
    (g) =>
      [g.query !== undefined, g.failures !== undefined || g.total !== undefined, g.signal !== undefined].filter(Boolean)
        .length === 1,
    'either `query`, or `failures` and `total`, or `signal`',
  ],
  [(g) => (g.failures === undefined) === (g.total === undefined), '`failures` and `total` together'],
  [(g) => g.range === undefined || g.range.every > 0, '`range.every` longer than nothing'],
  [
    (g) => g.signal !== undefined || narrowing.every((key) => g[key] === undefined),
    '`of`, `where`, `exclude`, `synthetic` and `by` only beside `signal`',
  ],
  [
    (g) => g.signal === undefined || (g.of !== undefined) === 'of' in signals[g.signal],
    '`of` beside a signal of a custom event or metric, and beside no other',
  ],
  [(g) => g.signal === undefined || g.range === undefined, '`range` only beside `query`'],
];

/** Checks a gate's config for what must hold between the fields, all of it at once. */
export const oneValue = <T extends ValueConfig>() =>
  v.rawCheck<T>(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    for (const [holds, expected] of rules) if (!holds(dataset.value)) addIssue({ message: expected });
  });

/** The unit of the value where it does not depend on a threshold. */
export function ownUnit(g: Pick<ValueConfig, 'failures' | 'signal' | 'unit'>): Unit | undefined {
  if (g.failures !== undefined) return 'ratio';
  return g.unit ?? (g.signal && signals[g.signal].unit);
}

/**
 * The window that ends where the source's data are complete and begins no earlier than the deployment.
 *
 * @returns undefined while nothing of the new version can be there yet
 */
export function windowOf({ window }: Pick<ValueConfig, 'window'>, moment: Moment): Window | undefined {
  const to = moment.completeTo;
  // Before the warm-up is over there is nothing but the warm-up to look at.
  const start = to > moment.settledAt ? moment.settledAt : moment.deployedAt;
  const from = Math.max(start, to - window);
  return from < to || to === moment.now ? { from: Math.min(from, to), to } : undefined;
}

/** The reading while there is no window. */
export const tooEarly = ({ now, completeTo }: Moment): Reading =>
  insufficient(
    'too-early',
    `the source's data are complete only ${formatDuration(now - completeTo)} after they arise, and the new version is not that old`,
  );

const roles = ['query', 'failures', 'total', 'events'] as const;

/** What to ask for the value over one window, by role. */
export function questionsOf(config: ValueConfig, window: Window): ReadonlyMap<string, TelemetryQuestion> {
  const ranged = config.range ? { range: { everyMs: config.range.every, reduce: config.range.reduce } } : {};
  const asked = new Map<string, TelemetryQuestion>();
  const signal = signalOf(config);
  if (signal) asked.set('signal', { family: 'telemetry', query: signal, window });
  for (const role of roles) {
    const query = config[role];
    // Counts are taken over the window as the query says; only the value itself is sampled along it.
    if (query !== undefined)
      asked.set(role, { family: 'telemetry', query, window, ...(role === 'query' ? ranged : {}) });
  }
  return asked;
}

function signalOf({ signal, of, where, exclude, synthetic, by }: ValueConfig): Signal | undefined {
  if (signal === undefined) return undefined;
  return {
    signal,
    ...(of === undefined ? {} : { of }),
    ...(where === undefined ? {} : { where: where as NonNullable<Signal['where']> }),
    ...(exclude === undefined ? {} : { exclude }),
    synthetic: synthetic ?? false,
    ...(by === undefined ? {} : { by }),
  };
}

/** The value, or one for each series where `reduce` compares `all` or `any`; `events` where they are counted. */
export interface Measured {
  readonly values: readonly number[];
  readonly events?: number;
}

export const isReading = <T extends object>(x: T | Reading): x is Reading => 'state' in x;

/** The value from what was measured by role, or the reading that says why there is none. */
export function measuredValue(
  config: Pick<ValueConfig, 'reduce' | 'min-events'>,
  measured: Proof<Samples>['measured'],
): Measured | Reading {
  const numbers = new Map<string, readonly number[]>();
  for (const [role, samples] of measured) {
    const number = numbersOf(role, samples, role === 'query' || role === 'signal' ? config.reduce : 'sum');
    if (isReading(number)) return number;
    numbers.set(role, number);
  }
  const [total] = numbers.get('total') ?? [];
  const [failures] = numbers.get('failures') ?? [];
  const counted =
    total ?? numbers.get('events')?.[0] ?? measured.get('signal')?.events ?? measured.get('query')?.events;
  const events = counted === undefined ? {} : { events: counted };
  const least = config['min-events'] ?? (total === undefined ? undefined : 1);
  if (least !== undefined && !(counted !== undefined && counted >= least)) {
    return insufficient(
      'too-few-events',
      counted === undefined
        ? `the source does not say how many events stand behind the value, expected at least ${least}`
        : `${Math.floor(counted)} of at least ${least} events so far`,
      events,
    );
  }
  if (failures !== undefined && total !== undefined) return { values: [failures / total], ...events };
  return { values: numbers.get('query') ?? numbers.get('signal') ?? [], ...events };
}

/** The numbers of one measurement, at least one; or the reading that says why there is none. */
function numbersOf(role: string, samples: Samples, reducer: Reducer | undefined): readonly number[] | Reading {
  if (samples.series.length === 0) {
    return insufficient('no-data', [`${role} gave no series: ${samples.subject}`, ...samples.notes].join('; '));
  }
  const finite = finiteValues(samples);
  if (!finite.ok)
    return insufficient(
      'not-a-number',
      `${role} gave ${finite.bad ?? 'null'}${finite.labels && ` for ${finite.labels}`}`,
    );
  if (finite.values.length === 1) return finite.values;
  if (reducer === undefined) {
    return error(
      'many-series',
      `${role} gave ${finite.values.length} series; aggregate them in the query or write \`reduce\``,
      { permanent: true },
    );
  }
  return reducer === 'all' || reducer === 'any' ? finite.values : [reduce(finite.values, reducer)];
}

/** The reading for values that are no shares though the policy takes them for such; undefined when all can be judged. */
export function unfitValue(
  values: readonly number[],
  unit: Unit,
  written: ValueConfig['unit'],
  events: Pick<Measured, 'events'>,
): Reading | undefined {
  const unfit = values.find(
    (x) => !Number.isFinite(x) || (unit === 'ratio' && written === undefined && (x < 0 || x > 1)),
  );
  if (unfit === undefined) return undefined;
  return error(
    'not-a-ratio',
    `${unfit} is no share between 0 and 1; if the query returns percent write \`unit: percent\`, if it may exceed 1 write \`unit: ratio\``,
    events,
  );
}

/** Sources and runners disagree by seconds; by more than this the ages that are judged mean nothing. */
const skewMs = 60_000;

/** When evidence must have been taken, milliseconds since the epoch. */
export interface Times {
  readonly maxAgeMs: number;
  /** End of the window. */
  readonly to: number;
  /** Absent: it may be of before the deployment. */
  readonly notBefore?: number;
  readonly now: number;
}

/** The reading for the first of the measurements that is too old; undefined when all are recent. */
export function anyStale(measured: Proof<Samples>['measured'], times: Times): Reading | undefined {
  for (const samples of measured.values()) {
    const stale = staleness(samples, times);
    if (stale) return stale;
  }
  return undefined;
}

/**
 * Whether the evidence is recent for a window that ends at `to`, and not older than `notBefore`.
 *
 * @returns undefined when it is
 */
export function staleness(
  { newest, subject }: Pick<Samples, 'newest' | 'subject'>,
  { maxAgeMs, to, notBefore = Number.NEGATIVE_INFINITY, now }: Times,
): Reading | undefined {
  if (newest === null) return insufficient('age-unknown', `no raw sample stands behind the answer: ${subject}`);
  const at = Date.parse(newest);
  if (at < notBefore)
    return insufficient('before-deployment', `the newest sample (${newest}) is older than the deployment`);
  if (to - at > maxAgeMs) {
    return insufficient(
      'stale',
      `the newest sample is ${formatDuration(now - at)} old, more than ${formatDuration(now - to + maxAgeMs)}`,
    );
  }
  if (at - now > skewMs) {
    return error('clock-skew', `the newest sample (${newest}) lies in the future: do the clocks agree?`);
  }
  return undefined;
}
