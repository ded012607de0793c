/**
 * `compare` of a `telemetry` gate: whether the value changed when the release came, more than it does at the same time of earlier days.
 * It asks for the bins around the deployment, and once for those of the earlier days.
 */
import * as v from 'valibot';
import {
  type Change,
  changeAgainst,
  changesOf,
  type Day,
  daysFor,
  measuredLike,
  placeboLooks,
  seeableChange,
} from '../judge/placebo.js';
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
import { formatValue } from '../judge/threshold.js';
import { described, duration, errorRate, formatDuration, whole } from '../policy/fields.js';
import type { Answer, Samples } from '../record/evidence.js';
import type { TelemetryQuestion, Window } from '../sources/source.js';
import type { Judged, Moment } from './gate.js';
import { anyStale, isReading, ownUnit, questionsOf, type ValueConfig } from './measured-value.js';

const dayMs = 86_400_000;

/** Of one day: all of them are asked for and recorded in one round. */
const mostBins = 500;

export const compareField = v.pipe(
  v.strictObject({
    should: described(v.picklist(['not-rise', 'not-fall']), 'What the value must not do when the release comes.'),
    days: described(v.optional(whole(1), 20), 'With how many earlier days it is compared.'),
    every: described(
      v.optional(v.picklist(['day', 'week']), 'day'),
      'Which days: each of the last ones, or only those of the same day of the week.',
    ),
    before: described(v.optional(duration, '1h'), 'How long before the deployment is measured, for what it was.'),
    window: described(v.optional(duration, '1h'), 'How long it is watched, from the end of the warm-up.'),
    bin: described(v.optional(duration, '5m'), 'Values are taken in bins of this length.'),
    'false-stop-rate': described(
      v.optional(errorRate, '5%'),
      'Chance that this gate stops a release that changed nothing. Takes 19 days for 5 %, 99 for 1 %.',
    ),
  }),
  v.check((c) => c.bin > 0 && (3_600_000 % c.bin === 0 || c.bin % 3_600_000 === 0), 'a `bin` that divides an hour'),
  v.check((c) => c.before >= c.bin && c.window >= 2 * c.bin, '`before` of at least one bin, `window` of at least two'),
  v.check(
    (c) => (c.before + c.window) / c.bin <= mostBins,
    `at most ${mostBins} bins a day: a longer \`bin\`, or a shorter \`before\` and \`window\``,
  ),
  v.check(
    (c) => c.before + c.window <= periodOf(c),
    '`before` and `window` that together are no longer than from one of the days to the next: else the release itself is among them',
  ),
  v.check(
    (c) => c.days >= daysFor(c['false-stop-rate']),
    'as many `days` as the `false-stop-rate` takes (19 for 5%, 99 for 1%)',
  ),
);
export type Compare = v.InferOutput<typeof compareField>;

function periodOf({ every }: { readonly every: 'day' | 'week' }): number {
  return (every === 'week' ? 7 : 1) * dayMs;
}

type Config = ValueConfig & { readonly compare: Compare };

/** Bins around the deployment, or around the same time of an earlier day. */
interface Around {
  readonly before: Window;
  readonly after: Window;
}

function around({ compare: { bin, before, window } }: Config, moment: Moment, agoMs: number): Around {
  const came = Math.floor(moment.deployedAt / bin) * bin - agoMs;
  const from = Math.ceil(moment.settledAt / bin) * bin - agoMs;
  const whole = from + Math.ceil(window / bin) * bin;
  const complete = Math.max(from, Math.floor(moment.completeTo / bin) * bin);
  return {
    before: { from: came - Math.ceil(before / bin) * bin, to: came },
    after: { from, to: agoMs > 0 ? whole : Math.min(whole, complete) },
  };
}

const roleOf = (day: number, role: string): string => (day === 0 ? role : `day ${day}, ${role}`);

function questionsOn(config: Config, moment: Moment, day: number): ReadonlyMap<string, TelemetryQuestion> {
  const { before, after } = around(config, moment, day * periodOf(config.compare));
  const asked = questionsOf({ ...config, range: undefined }, { from: before.from, to: Math.max(before.to, after.to) });
  const range = { everyMs: config.compare.bin, reduce: 'each' } as const;
  return new Map([...asked].map(([role, question]) => [roleOf(day, role), { ...question, range }] as const));
}

/** The earlier days that were asked for; undefined: of no use, since a bin is missing. */
export type PlaceboDays = ReadonlyMap<number, Day | undefined>;

const daysOf = ({ compare: { days } }: Config): number[] => Array.from({ length: days }, (_, i) => i + 1);

export function compareQuestions(
  config: Config,
  moment: Moment,
  known: PlaceboDays = new Map(),
): ReadonlyMap<string, TelemetryQuestion> {
  if (isTooEarly(config, moment)) return new Map();
  const missing = isSettled(config, known) ? [] : daysOf(config).filter((day) => !known.has(day));
  return new Map([0, ...missing].flatMap((day) => [...questionsOn(config, moment, day)]));
}

const usable = (known: PlaceboDays): readonly Day[] => [...known.values()].flatMap((day) => day ?? []);

/** From the first look that has enough days on they stay the same: a look at some and another at more would be two tests. */
const isSettled = ({ compare }: Config, known: PlaceboDays): boolean =>
  usable(known).length >= daysFor(compare['false-stop-rate']);

/** With a long warm-up the window of the day before may reach into the release itself. */
const isOverlapping = (config: Config, moment: Moment): boolean =>
  around(config, moment, periodOf(config.compare)).after.to > around(config, moment, 0).before.from;

const isTooEarly = (config: Config, moment: Moment): boolean => {
  const { after } = around(config, moment, 0);
  return after.to <= after.from;
};

export function judgeCompared(
  config: Config,
  answers: readonly Answer[],
  moment: Moment,
  known: PlaceboDays = new Map(),
): Judged<PlaceboDays> {
  if (isTooEarly(config, moment)) {
    const reason = `the first ${formatDuration(config.compare.bin)} after the warm-up is not yet complete at the source`;
    return { reading: insufficient('too-early', reason, { pending: true }), memory: known };
  }
  if (isOverlapping(config, moment)) {
    const reason =
      'warm-up, `before` and `window` together are longer than from one day to the next, so that they overlap';
    return { reading: error('days-overlap', reason, { permanent: true }), memory: known };
  }
  const learnt = isSettled(config, known) ? known : learn(config, answers, moment, known);
  const proof = proveMeasured<Samples>([...questionsOn(config, moment, 0).keys()], answers);
  const reading = isProof(proof) ? judgeToday(config, proof, answers, moment, learnt) : proof;
  return { reading, memory: learnt };
}

/** A day that could not be asked, or not in full, is asked again; one with a hole in it is left out. */
function learn(config: Config, answers: readonly Answer[], moment: Moment, known: PlaceboDays): PlaceboDays {
  const learnt = new Map(known);
  for (const day of daysOf(config).filter((d) => !known.has(d))) {
    const measured = new Map<string, Samples>();
    for (const role of questionsOn(config, moment, day).keys()) {
      const answer = answers.find((a) => a.role === role);
      if (answer === undefined || 'failure' in answer || answer.measurement.kind !== 'samples') continue;
      if (!answer.measurement.partial) measured.set(role, answer.measurement);
    }
    if (measured.size < questionsOn(config, moment, day).size) continue;
    const found = dayOf(config, measured, moment, day);
    const whole = !isReading(found) && [...found.before, ...found.after].every((x) => x !== undefined);
    learnt.set(day, whole ? found : undefined);
  }
  return learnt;
}

/** The bins of one day, from its answers by role. */
function dayOf(config: Config, measured: ReadonlyMap<string, Samples>, moment: Moment, day: number): Day | Reading {
  const { before, after } = around(config, moment, day * periodOf(config.compare));
  const binsOf = (role: string): readonly (number | undefined)[] | Reading => {
    const samples = measured.get(roleOf(day, role));
    const [series, ...others] = samples?.series ?? [];
    if (others.length > 0) {
      const reason = `${role} gave ${others.length + 1} series; aggregate them in the query`;
      return error('many-series', reason, { permanent: true });
    }
    return (series?.bins ?? []).map((x) => (typeof x === 'number' && Number.isFinite(x) ? x : undefined));
  };
  const values = valuesOf(config, binsOf);
  if (isReading(values)) return values;
  const at = (time: number): number => Math.round((time - before.from) / config.compare.bin);
  // As many as were asked for: a source that knows nothing of a time gives no series, or fewer bins.
  const within = ({ from, to }: Window): Bins =>
    Array.from({ length: at(to) - at(from) }, (_, i) => values[at(from) + i]);
  const found = { before: within(before), after: within(after) };
  const negative = [...found.before, ...found.after].some((x) => x !== undefined && x < 0);
  return negative ? error('negative', 'a value below 0 has no proportion to another; ask for one that is not') : found;
}

type Bins = readonly (number | undefined)[];

function valuesOf({ failures, signal }: Config, binsOf: (role: string) => Bins | Reading): Bins | Reading {
  if (failures === undefined) return binsOf(signal === undefined ? 'query' : 'signal');
  const [some, all] = [binsOf('failures'), binsOf('total')];
  if (isReading(some)) return some;
  if (isReading(all)) return all;
  return some.map((n, i) => {
    const total = all[i];
    return n === undefined || total === undefined || !(total > 0) ? undefined : n / total;
  });
}

/** What the values around are when nothing happens. */
function levelOf(days: readonly Day[]): number {
  const values = days.flatMap(({ before }) => before.flatMap((x) => x ?? []));
  return values.reduce((sum, x) => sum + x, 0) / Math.max(1, values.length);
}

/** ½ for counts, unless that is much; for others a hundredth of what is usual, so that it does not hide their changes. */
function floorOf(config: Config, level: number): number {
  if (level === 0) return 0.5;
  return (ownUnit(config) ?? 'number') === 'number' ? Math.min(0.5, level / 10) : level / 100;
}

function judgeToday(
  config: Config,
  proof: Proof<Samples>,
  answers: readonly Answer[],
  moment: Moment,
  known: PlaceboDays,
): Reading {
  const { compare } = config;
  const { after } = around(config, moment, 0);
  const { now, deployedAt } = moment;
  const times = { maxAgeMs: Math.max(config['max-age'], compare.bin), to: after.to, notBefore: deployedAt, now };
  const ended = after.to - after.from >= compare.window;
  // Once its window is over nothing newer is asked for.
  const stale = ended ? undefined : anyStale(proof.measured, times);
  if (stale) return stale;
  const today = dayOf(config, proof.measured, moment, 0);
  if (isReading(today)) return today;
  const gap = gapIn(today);
  if (gap !== undefined) return insufficient('gaps', gap);
  const days = usable(known);
  const enough = daysFor(compare['false-stop-rate']);
  if (days.length < enough) return tooFewDays(config, days.length, enough, known, answers);
  return weigh(config, proof, { today, days, after, ended });
}

/** Half of the bins on either side must be there, and the newest: a service that has just gone silent is not as usual. */
function gapIn({ before, after }: Day): string | undefined {
  for (const [bins, when] of [
    [before, 'before'],
    [after, 'after'],
  ] as const) {
    const there = bins.filter((x) => x !== undefined).length;
    if (2 * there < bins.length) return `only ${there} of ${bins.length} bins ${when} the deployment were measured`;
  }
  return after.at(-1) === undefined ? 'the newest bin was not measured' : undefined;
}

function tooFewDays(
  { compare }: Config,
  found: number,
  enough: number,
  known: PlaceboDays,
  answers: readonly Answer[],
): Reading {
  const failures = answers.flatMap((a) => ('failure' in a && a.role.startsWith('day ') ? [a.failure] : []));
  const failed = failures.find(({ permanent }) => !permanent) ?? failures[0];
  if (failed)
    return error(failed.code, `an earlier day: ${failed.message}`, failed.permanent ? { permanent: true } : {});
  const reason = `${found} of ${compare.days} earlier days were measured without a gap, it takes ${enough}: more \`days\`, or another \`before\``;
  return insufficient('too-few-days', reason, known.size >= compare.days ? { permanent: true } : {});
}

interface Compared {
  readonly today: Day;
  readonly days: readonly Day[];
  readonly after: Window;
  readonly ended: boolean;
}

function weigh(config: Config, proof: Proof<Samples>, { today, days, after, ended }: Compared): Reading {
  const { compare } = config;
  const change: Change = compare.should === 'not-rise' ? 'rise' : 'fall';
  const alike = days.map((day) => measuredLike(day, today));
  const level = levelOf([today, ...alike]);
  const floor = floorOf(config, level);
  const [release, placebos] = [changesOf(today, floor), alike.map((day) => changesOf(day, floor))];
  const looks = placeboLooks(release, placebos, change);
  const decided = looks.findIndex(({ p }) => p <= compare['false-stop-rate']);
  const percent = (x: number): string => formatValue(100 * x, 'percent');
  const moved = changeAgainst(placebos, decided === -1 ? release : release.slice(0, decided + 1));
  const shown = `${moved < 0 ? '' : '+'}${percent(moved)}`;
  const usual = `${days.length} earlier ${compare.every === 'week' ? 'weeks' : 'days'}`;
  const details = { value: 100 * moved, shown, threshold: `no ${change} beyond ${usual}` };
  const text = `${shown} against what is usual at this time on ${usual}`;
  const decisive = looks[decided];
  if (decisive) {
    const others = Math.round(decisive.p * (days.length + 1)) - 1;
    const beyond = others === 0 ? 'any' : `all but ${others}`;
    const reason = `${text}, after ${formatDuration((decided + 1) * compare.bin)}: more than on ${beyond} of them at any time of the window`;
    return unhealthy(proof, 'unusual', reason, { ...details, conclusive: true });
  }
  if (!ended) {
    const bins = Math.round((after.to - after.from) / compare.bin);
    const reason = `cannot tell yet: ${bins} of ${Math.ceil(compare.window / compare.bin)} bins; ${text}`;
    return insufficient('undecided', reason, { ...details, pending: true });
  }
  const gone = changesOf({ before: today.before, after: today.after.map((x) => x && 0) }, floor);
  const seen = placeboLooks(gone, placebos, change).some(({ p }) => p <= compare['false-stop-rate']);
  if (change === 'fall' && !seen) {
    const reason = `not even a fall to 0 could have been seen: too little to begin with, or earlier days that differ too much; ${text}`;
    return insufficient('not-seeable', reason, details);
  }
  // Of the value itself, without the floor.
  const own = levelOf([today]);
  const least = Math.abs(seeableChange(placebos, change, compare['false-stop-rate'])) * (1 + floor / own);
  const seeable = own === 0 ? '' : `; a ${change} of less than ${percent(least)} could not have been seen`;
  const reason = `no unusual ${change} in ${formatDuration(compare.window)}: ${text}${seeable}`;
  return healthy(proof, 'as-usual', reason, details);
}
