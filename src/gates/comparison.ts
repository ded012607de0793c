/**
 * Gate `comparison`: a value of the time after the deployment against the same value of an earlier time of the same length. Both are
 * measured anew in every round; whether the difference could be chance is not asked here, so give it events and a margin.
 */
import * as v from 'valibot';
import { type Comparison, compareArms, directions, type Margin } from '../judge/comparison.js';
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
import {
  assumedUnit,
  comparable,
  formatValue,
  inUnitOf,
  parseThreshold,
  type Threshold,
  type Unit,
} from '../judge/threshold.js';
import { described } from '../policy/fields.js';
import type { Samples } from '../record/evidence.js';
import type { TelemetryQuestion, Window } from '../sources/source.js';
import { iso } from '../train/clock.js';
import { defineGate, type Gate, type Moment } from './gate.js';
import {
  anyStale,
  isReading,
  measuredValue,
  oneValue,
  ownUnit,
  questionsOf,
  staleness,
  tooEarly,
  unfitValue,
  valueFields,
  windowOf,
} from './measured-value.js';

// One number is held against one: there is nothing to split by.
const { by: _, ...value } = valueFields;

const arms = {
  before: { agoMs: undefined, words: 'before the deployment' },
  'day-ago': { agoMs: 86_400_000, words: 'a day ago' },
  'week-ago': { agoMs: 7 * 86_400_000, words: 'a week ago' },
} as const;
const armNames = ['before', 'day-ago', 'week-ago'] as const;

const share = /^(\d+(?:\.\d+)?)\s*%$/;

const fields = v.strictObject({
  ...value,
  against: described(
    v.optional(v.picklist(armNames), 'before'),
    'What it is compared with: the time right before the deployment, or the same time a day or a week ago.',
  ),
  should: described(
    v.picklist(directions),
    'What the value must do, by more than the margin: `rise`, `fall`; or must not do: `not-rise`, `not-fall`.',
  ),
  margin: described(
    v.optional(v.pipe(v.string(), v.trim(), v.regex(share, 'a share such as `10%`')), '0%'),
    'What is no change yet, as a share of the earlier value.',
  ),
  'at-least': described(
    v.optional(
      v.pipe(
        v.union([v.string(), v.number()]),
        v.check((x) => (floorOf(x)?.limit ?? -1) >= 0, 'an amount such as `0.1%`, `20 ms` or `5`, not below 0'),
      ),
    ),
    'What is no change yet, in the unit of the value; the larger of this and `margin` counts. Without it nothing can be said of a share of 0.',
  ),
});
type Config = v.InferOutput<typeof fields>;

const schema = v.pipe(
  fields,
  oneValue(),
  v.check((g) => g.reduce !== 'all' && g.reduce !== 'any', '`reduce` to one number: max, min, sum or avg'),
  v.check(
    (g) => g['at-least'] === undefined || unitOf(g) !== undefined,
    '`unit` beside an `at-least` that is a time or a size (does the query return s or ms?)',
  ),
  v.check((g) => {
    const [floor, unit] = [floorOf(g['at-least']), unitOf(g)];
    return floor === undefined || unit === undefined || comparable(floor, unit);
  }, '`unit` and `at-least` of the same kind'),
);

/** An amount, read as a threshold is. */
function floorOf(text: string | number | undefined): Threshold | undefined {
  return text === undefined ? undefined : parseThreshold(`<= ${text}`);
}

function unitOf(g: Pick<Config, 'failures' | 'signal' | 'unit' | 'at-least'>): Unit | undefined {
  const floor = floorOf(g['at-least']);
  return ownUnit(g) ?? (floor === undefined ? 'number' : assumedUnit(floor));
}

/** Both windows, of the same length; undefined while the new version is too young for one. */
function windowsOf(config: Config, moment: Moment): { after: Window; before: Window } | undefined {
  const after = windowOf(config, moment);
  if (after === undefined) return undefined;
  const { agoMs } = arms[config.against];
  const to = agoMs === undefined ? moment.deployedAt : after.to - agoMs;
  return { after, before: { from: to - (after.to - after.from), to } };
}

const baseline = 'baseline ';

function questions(config: Config, moment: Moment): ReadonlyMap<string, TelemetryQuestion> {
  const windows = windowsOf(config, moment);
  if (windows === undefined) return new Map();
  const earlier = [...questionsOf(config, windows.before)].map(([role, q]) => [baseline + role, q] as const);
  return new Map([...questionsOf(config, windows.after), ...earlier]);
}

type Measured = Proof<Samples>['measured'];

/** Systems round the ends of a window to their own steps. */
const roundingMs = 1000;
const longestStepMs = 60_000;

/** Why the earlier arm is no baseline; undefined when it is one. */
function unfit(config: Config, measured: Measured, { to }: Window, now: number): Reading | undefined {
  for (const samples of measured.values()) {
    const stale = staleness(samples, { maxAgeMs: config['max-age'], to, now });
    if (stale) return stale;
    // Some systems can only tell of now, whatever they are asked; then the release would be its own baseline.
    const late = Date.parse(samples.newest ?? '') > to + roundingMs;
    if (late || Date.parse(samples.window.to) > to + longestStepMs) {
      return insufficient(
        'not-of-then',
        `asked for the time until ${iso(to)}, the answer is about ${late ? samples.newest : samples.window.to}: ${samples.subject}`,
      );
    }
  }
  return undefined;
}

/** The same reading, said of the earlier arm; what proves nothing there is one thing to the reader: there is no baseline. */
function ofBaseline({ state, code, reason, permanent }: Reading, { against }: Config): Reading {
  const text = `${arms[against].words}: ${reason}`;
  return state === 'error'
    ? error(code, text, permanent === undefined ? {} : { permanent })
    : insufficient('no-baseline', text);
}

function judge(
  config: Config,
  proof: Proof<Samples>,
  windows: { after: Window; before: Window },
  moment: Moment,
): Reading {
  const { now, deployedAt } = moment;
  const arm = (earlier: boolean): Measured =>
    new Map(
      [...proof.measured].flatMap(([role, samples]) =>
        role.startsWith(baseline) === earlier ? [[earlier ? role.slice(baseline.length) : role, samples] as const] : [],
      ),
    );
  const [later, earlier] = [arm(false), arm(true)];
  const times = { maxAgeMs: config['max-age'], to: windows.after.to, notBefore: deployedAt, now };
  const stale = anyStale(later, times);
  if (stale) return stale;
  const after = measuredValue(config, later);
  if (isReading(after)) return after;
  const unusable = unfit(config, earlier, windows.before, now);
  if (unusable) return ofBaseline(unusable, config);
  const before = measuredValue(config, earlier);
  if (isReading(before)) return ofBaseline(before, config);
  const [[x], [y]] = [before.values, after.values];
  if (x === undefined || y === undefined) return insufficient('no-data', 'nothing was measured');
  return compare(config, proof, { before: x, after: y }, after.events);
}

function compare(
  config: Config,
  proof: Proof<Samples>,
  pair: { readonly before: number; readonly after: number },
  counted: number | undefined,
): Reading {
  const unit = unitOf(config) ?? 'number';
  const floor = floorOf(config['at-least']);
  const events = counted === undefined ? {} : { events: counted };
  const wrong = unfitValue([pair.before, pair.after], unit, config.unit, events);
  if (wrong) return wrong;
  const margin: Margin = {
    relative: Number(share.exec(config.margin)?.[1]) / 100,
    absolute: floor && inUnitOf({ ...floor, unit }, floor.limit, floor.unit),
  };
  const shownIn: Threshold = { operator: '<=', limit: 0, unit: floor?.unit ?? (unit === 'ratio' ? 'percent' : unit) };
  const show = (x: number): string => formatValue(inUnitOf(shownIn, x, unit), shownIn.unit);
  const both = `${show(pair.before)} → ${show(pair.after)}`;
  const threshold = limitText(config, floor);
  const compared = compareArms(pair, config.should, margin);
  if (compared === undefined) {
    return insufficient(
      'baseline-zero',
      `${both}: nothing is a share of 0; say with \`at-least\` how much is no change yet`,
      { shown: both, threshold, ...events },
    );
  }
  const shown = `${both}${changeText(compared)}`;
  const details = {
    ...(compared.change === undefined ? {} : { value: 100 * compared.change }),
    shown,
    threshold,
    ...events,
  };
  const text = `${shown} against ${arms[config.against].words}`;
  return compared.holds
    ? healthy(proof, 'compares-well', `${text}, ${threshold}`, details)
    : unhealthy(proof, 'compares-badly', `${text}, expected ${threshold}`, details);
}

const signed = (text: string): string => (text.startsWith('-') ? text : `+${text}`);

const changeText = ({ change }: Comparison): string =>
  change === undefined ? '' : ` (${signed(formatValue(100 * change, 'percent'))})`;

/** `at most +10 % or +20 ms`. */
function limitText({ should, margin }: Pick<Config, 'should' | 'margin'>, floor: Threshold | undefined): string {
  const relative = Number(share.exec(margin)?.[1]);
  const up = should === 'rise' || should === 'not-rise';
  const amounts = [
    ...(relative > 0 ? [formatValue(relative, 'percent')] : []),
    ...(floor && floor.limit > 0 ? [amountText(floor)] : []),
  ];
  if (amounts.length === 0)
    return { rise: 'a rise', fall: 'a fall', 'not-rise': 'no rise', 'not-fall': 'no fall' }[should];
  const limit = amounts.map((text) => (up ? '+' : '-') + text).join(' or ');
  return `${{ rise: 'more than', 'not-rise': 'at most', fall: 'less than', 'not-fall': 'at least' }[should]} ${limit}`;
}

/** A share of shares would be read as a relative one. */
const amountText = ({ limit, unit }: Threshold): string =>
  unit === 'percent' ? `${limit} percentage points` : formatValue(limit, unit);

export const comparisonGate = defineGate({
  type: 'comparison',
  family: 'telemetry',
  schema,
  bind(config): Gate<'telemetry'> {
    return {
      questions: (moment) => questions(config, moment),
      judge(answers, moment) {
        const windows = windowsOf(config, moment);
        if (windows === undefined) return tooEarly(moment);
        const { after } = windows;
        if (after.to <= after.from) return insufficient('too-early', 'the new version has only just gone live');
        const roles = [...questions(config, moment).keys()];
        const later = proveMeasured<Samples>(
          roles.filter((role) => !role.startsWith(baseline)),
          answers,
        );
        if (!isProof(later)) return later;
        const proof = proveMeasured<Samples>(roles, answers);
        return isProof(proof) ? judge(config, proof, windows, moment) : ofBaseline(proof, config);
      },
    };
  },
  lint: (config) => [
    ...(config['min-events'] === undefined
      ? [{ key: 'should', message: 'no `min-events`: a handful of requests is compared like thousands' }]
      : []),
    ...(config.should.startsWith('not-') && config.margin === '0%' && config['at-least'] === undefined
      ? [
          {
            key: 'should',
            message: 'no `margin` and no `at-least`: two measurements of the same are never quite equal',
          },
        ]
      : []),
  ],
});
