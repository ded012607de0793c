/** Gate `slo`: enough of the error budget must be left, and it must not burn too fast in any pair of windows. */
import * as v from 'valibot';
import { type BurnRate, budgetLeft, burnRate, factorOf, shortPart } from '../judge/burn-rate.js';
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
import { finiteValues, reduce } from '../judge/series.js';
import { formatThreshold, formatValue, parseThreshold, satisfies, type Threshold } from '../judge/threshold.js';
import { described, duration, filled, formatDuration, percentage, whole } from '../policy/fields.js';
import type { Samples } from '../record/evidence.js';
import type { TelemetryQuestion } from '../sources/source.js';
import { defineGate, type Gate, type Moment } from './gate.js';
import { anyStale } from './measured-value.js';

const percent = percentage((x) => x > 0 && x < 1, 'a percentage between 0 and 100 such as `99.9%`');

const budgetThreshold = v.pipe(
  v.string(),
  v.check((text) => {
    const threshold = parseThreshold(text);
    return threshold?.unit === 'percent' && /^>=?$/.test(threshold.operator);
  }, 'a threshold such as `> 10%`'),
);

const burnRateEntry = v.pipe(
  v.strictObject({
    long: described(duration, 'The long window.'),
    short: described(v.optional(duration), 'The short window. Default: a twelfth of the long one.'),
    factor: described(
      v.optional(v.pipe(v.number(), v.gtValue(0, 'more than 0'))),
      'Burn rate that both windows must exceed; 1 spends the budget in exactly its period.',
    ),
    budget: described(
      v.optional(percent),
      'In place of `factor`: the share of the budget that the long window may spend.',
    ),
  }),
  v.check((b) => (b.factor === undefined) !== (b.budget === undefined), 'either `factor` or `budget`'),
  v.check(
    (b) => b.long > 0 && (b.short === undefined || (b.short > 0 && b.short < b.long)),
    '`short` shorter than `long`',
  ),
);

const hour = 3_600_000;
const day = 24 * hour;

/** Of the four pairs that are usual, those that wake someone: slower ones say nothing of a release that is minutes old. */
const usualBurnRates = [
  { long: hour, budget: 0.02 },
  { long: 6 * hour, budget: 0.05 },
];

const schema = v.pipe(
  v.strictObject({
    document: described(
      v.optional(filled),
      'An OpenSLO document or a Sloth specification in the workspace, read as it is, in place of `objective`, `period` and the queries.',
    ),
    slo: described(v.optional(filled), 'With `document`: which of its SLOs. Needed when there are several.'),
    objective: described(v.optional(percent), 'Share of good events that is promised, e.g. `99.9%`.'),
    period: described(v.optional(duration), 'Period of the error budget. Default: `30d`, or what the document says.'),
    failures: described(
      v.optional(filled),
      'Query that gives the number (or rate) of bad events over the window of the question, which is `$__range` in PromQL.',
    ),
    good: described(
      v.optional(filled),
      'In place of `failures`: query that gives the number (or rate) of good events.',
    ),
    total: described(v.optional(filled), 'Query that gives the number (or rate) of all events over the same window.'),
    'ratio-of': described(
      v.optional(v.picklist(['failures', 'successes']), 'failures'),
      'Whether `ratio` gives the share of failures or of successes.',
    ),
    ratio: described(
      v.optional(filled),
      'In place of `failures` and `total`: query that gives a share of events, 0 to 1, over the same window.',
    ),
    'budget-left': described(
      v.optional(v.union([budgetThreshold, v.literal('any')]), '> 0%'),
      'How much of the error budget must be left for a release; `any` does not ask.',
    ),
    'burn-rates': described(
      v.optional(v.array(burnRateEntry)),
      'Pairs of windows in which the budget must not burn too fast. Default: 2 % of it in 1 h, and 5 % in 6 h (for 30 days that is 14.4 and 6 times too fast).',
    ),
    'min-events': described(
      v.optional(whole(1)),
      'With fewer events in the shortest window the evidence is insufficient. Only where `total` gives a number of events, not a rate.',
    ),
    'max-age': described(v.optional(duration, '5m'), 'How old the newest raw sample may be.'),
  }),
  v.check(
    (g) => [g.document, g.failures ?? g.good ?? g.total, g.ratio].filter((way) => way !== undefined).length === 1,
    'either `document`, or `failures` and `total`, or `ratio`',
  ),
  v.check(
    (g) => (g.total === undefined) === (g.failures === undefined && g.good === undefined),
    '`total` beside `failures` or `good`',
  ),
  v.check((g) => g.failures === undefined || g.good === undefined, 'either `failures` or `good`'),
  v.check(
    (g) => (g.objective === undefined) === (g.document !== undefined),
    '`objective`, unless there is a `document`',
  ),
  v.check((g) => g.slo === undefined || g.document !== undefined, '`slo` only beside `document`'),
  v.check((g) => g['min-events'] === undefined || g.ratio === undefined, '`min-events` only beside `total`'),
  v.check((g) => g['budget-left'] !== 'any' || g['burn-rates']?.length !== 0, 'a budget or a burn rate to watch'),
);

type Config = v.InferOutput<typeof schema>;

const usualPeriod = 30 * day;

/** The pairs of windows that are watched. */
export function burnRatesOf(config: Pick<Config, 'burn-rates' | 'period'>): readonly BurnRate[] {
  const period = config.period ?? usualPeriod;
  return (config['burn-rates'] ?? usualBurnRates).map((b: v.InferOutput<typeof burnRateEntry>) => ({
    longMs: b.long,
    shortMs: b.short ?? b.long / shortPart,
    factor: b.factor ?? factorOf(b.budget ?? Number.NaN, b.long, period),
  }));
}

/** All windows, the longest last. */
function windowsOf(config: Config): readonly number[] {
  const rates = burnRatesOf(config).flatMap((b) => [b.shortMs, b.longMs]);
  const all = config['budget-left'] === 'any' ? rates : [...rates, config.period ?? usualPeriod];
  return [...new Set(all)].toSorted((a, b) => a - b);
}

const queryRoles = ['failures', 'good', 'total', 'ratio'] as const;
type QueryRole = (typeof queryRoles)[number];
const roleOf = (query: QueryRole, ms: number): string => `${query} over ${formatDuration(ms)}`;

/** They look back past the deployment on purpose: the budget is the service's, not the release's. */
function questions(config: Config, { completeTo: to }: Moment): ReadonlyMap<string, TelemetryQuestion> {
  const asked = new Map<string, TelemetryQuestion>();
  for (const ms of windowsOf(config)) {
    for (const role of queryRoles) {
      const query = config[role];
      if (query !== undefined) {
        asked.set(roleOf(role, ms), { family: 'telemetry', query, window: { from: to - ms, to } });
      }
    }
  }
  return asked;
}

/** One number of a measurement, several series summed up. */
function numberOf(proof: Proof<Samples>, role: string): number | Reading {
  const samples = proof.measured.get(role);
  if (samples === undefined || samples.series.length === 0) return insufficient('no-data', `${role} gave no series`);
  const finite = finiteValues(samples);
  if (!finite.ok) return insufficient('not-a-number', `${role} gave ${finite.bad ?? 'null'}${finite.labels}`);
  if (finite.values.length > 1 && role.startsWith('ratio')) {
    const reason = `${role} gave ${finite.values.length} series; aggregate them in the query`;
    return error('many-series', reason, { permanent: true });
  }
  return reduce(finite.values, 'sum');
}

/** The share of bad events in one window. */
function badShare(config: Config, proof: Proof<Samples>, ms: number): number | Reading {
  if (config.ratio !== undefined) {
    const ratio = numberOf(proof, roleOf('ratio', ms));
    if (typeof ratio !== 'number') return ratio;
    return inRange(config['ratio-of'] === 'successes' ? 1 - ratio : ratio, ms);
  }
  const counted = config.good === undefined ? 'failures' : 'good';
  const some = numberOf(proof, roleOf(counted, ms));
  const total = numberOf(proof, roleOf('total', ms));
  if (typeof some !== 'number') return some;
  if (typeof total !== 'number') return total;
  const least = ms === windowsOf(config)[0] ? config['min-events'] : undefined;
  if (!(total > 0) || (least !== undefined && total < least)) {
    const reason = `${formatValue(total, 'number')} events in ${formatDuration(ms)}, expected at least ${least ?? 1}`;
    return insufficient('too-few-events', reason, { events: total });
  }
  return inRange((counted === 'good' ? total - some : some) / total, ms);
}

const inRange = (share: number | Reading, ms: number): number | Reading =>
  typeof share !== 'number' || (share >= 0 && share <= 1)
    ? share
    : insufficient('not-a-ratio', `${share} over ${formatDuration(ms)} is no share between 0 and 1`);

function judge(config: Config, proof: Proof<Samples>, moment: Moment): Reading {
  const { objective } = config;
  if (objective === undefined) return insufficient('no-objective', 'the document was not read');
  const { completeTo: to, now } = moment;
  const stale = anyStale(proof.measured, { maxAgeMs: config['max-age'], to, now });
  if (stale) return stale;
  const shares = new Map<number, number>();
  for (const ms of windowsOf(config)) {
    const share = badShare(config, proof, ms);
    if (typeof share !== 'number') return share;
    shares.set(ms, share);
  }
  const rate = (ms: number): number => burnRate(shares.get(ms) ?? Number.NaN, objective);
  const times = (x: number): string => `${Number(x.toPrecision(3))}×`;
  for (const { longMs, shortMs, factor } of burnRatesOf(config)) {
    if (!(rate(longMs) > factor && rate(shortMs) > factor)) continue;
    const reason = `the error budget burns ${times(rate(longMs))} as fast as it may over ${formatDuration(longMs)} and ${times(rate(shortMs))} over ${formatDuration(shortMs)}, both more than ${times(factor)}`;
    return unhealthy(proof, 'burn-rate', reason, {
      value: rate(longMs),
      shown: `${times(rate(longMs))} burn rate`,
      threshold: `≤ ${times(factor)}`,
    });
  }
  return judgeBudget(config, proof, {
    objective,
    shares,
    fastest: times(Math.max(0, ...[...shares.keys()].map(rate))),
  });
}

function judgeBudget(
  config: Config,
  proof: Proof<Samples>,
  { objective, shares, fastest }: { objective: number; shares: ReadonlyMap<number, number>; fastest: string },
): Reading {
  const asked: Threshold | undefined = parseThreshold(config['budget-left']);
  if (asked === undefined) {
    return healthy(proof, 'within-budget', `burns at most ${fastest} as fast as it may`, {
      shown: `${fastest} burn rate`,
    });
  }
  const period = config.period ?? usualPeriod;
  const left = budgetLeft(shares.get(period) ?? Number.NaN, objective);
  const shown = formatValue(left * 100, 'percent');
  const details = { value: left * 100, shown: `${shown} of the budget left`, threshold: formatThreshold(asked) };
  const of = `${shown} of the error budget of ${formatDuration(period)} is left`;
  return satisfies(left, 'ratio', asked)
    ? healthy(proof, 'within-budget', `${of}; it burns at most ${fastest} as fast as it may`, details)
    : unhealthy(proof, 'budget-spent', `${of}, expected ${formatThreshold(asked)}`, details);
}

export const sloGate = defineGate({
  type: 'slo',
  family: 'telemetry',
  schema,
  bind(config): Gate<'telemetry'> {
    return {
      questions: (moment) => questions(config, moment),
      judge(answers, moment) {
        const proof = proveMeasured<Samples>([...questions(config, moment).keys()], answers);
        return isProof(proof) ? judge(config, proof, moment) : proof;
      },
    };
  },
});
