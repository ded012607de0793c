/**
 * From a flag of GO Feature Flag to a definition at one instant: schedules, progressive rollouts and experiments are functions of time.
 * Where versions of GO Feature Flag differ in what they make of a flag, what it serves is not known. Pure.
 */
import { oneLine } from '../../text.js';
import {
  type Audience,
  type Definition,
  everyone,
  individuals,
  matching,
  nobody,
  type Rule,
  type Serving,
  serve,
  unknownServing,
} from '../definition.js';
import { type GoFlag, type GoRule, instantOf, type Step } from './shapes.js';

export interface Mapped {
  readonly definition: Definition;
  readonly timeDependent: boolean;
  /** What will still change it by itself. */
  readonly managedBy: string | undefined;
}

/** @param now milliseconds since the epoch */
export function definitionOf(written: GoFlag, now: number): Mapped {
  const { flag, isDated, isKnown } = afterSchedule(written, now);
  const { start, end } = flag.experimentation ?? {};
  const window = windowOf(start, end, now);
  const disabled = flag.disable === true || window === 'outside';
  const names = Object.keys(flag.variations);
  const values = Object.entries(flag.variations).map(([name, value]) => ({ name, value }));
  const servingOf = (rule: GoRule): Serving => knownShares(shares(rule, now), names);
  const rules = (flag.targeting ?? []).filter(({ disable }) => disable !== true);
  const definition: Definition = {
    enabled: !isDated || (!disabled && window === 'unknown') ? null : !disabled,
    kind: values.every(({ value }) => typeof value === 'boolean') ? 'boolean' : 'multivariate',
    variants: values,
    rules: [
      ...(isKnown && window !== 'unknown' ? [] : [{ who: everyone, serves: unknownServing }]),
      ...withoutKey(flag),
      ...rules.map((rule): Rule => ({ who: audienceOf(rule), serves: servingOf(rule) })),
    ],
    otherwise: servingOf(flag.defaultRule),
    // Nothing is served: every caller falls back to its own default.
    off: serve(null),
  };
  return { definition, ...timeOf(written, flag, now) };
}

/** Without the attribute that is hashed a flag cannot be evaluated, and the caller's own default holds. */
const withoutKey = ({ bucketingKey }: GoFlag): Rule[] =>
  bucketingKey ? [{ who: matching(`without \`${oneLine(bucketingKey, 60)}\``), serves: serve(null) }] : [];

function windowOf(start: string | null | undefined, end: string | null | undefined, now: number) {
  const [from, to] = [instantOf(start), instantOf(end)];
  if ((start && from === undefined) || (end && to === undefined)) return 'unknown';
  return (from !== undefined && now < from) || (to !== undefined && now > to) ? 'outside' : 'inside';
}

/**
 * With the steps whose date has come. Rules of several steps are merged with each other by some versions and with the written ones
 * by others.
 */
function afterSchedule(written: GoFlag, now: number): { flag: GoFlag; isDated: boolean; isKnown: boolean } {
  const steps = written.scheduledRollout ?? [];
  const isDated = steps.every(({ date }) => instantOf(date) !== undefined);
  const due = steps.filter(({ date }) => (instantOf(date) ?? Number.POSITIVE_INFINITY) <= now);
  const isKnown = isDated && !(due.length > 1 && due.some(({ targeting }) => (targeting ?? []).length > 0));
  let flag = written;
  for (const step of due) {
    flag = {
      ...flag,
      targeting: mergedRules(flag.targeting ?? [], step.targeting ?? []),
      defaultRule: step.defaultRule ? merged(flag.defaultRule, step.defaultRule) : flag.defaultRule,
      variations: { ...flag.variations, ...step.variations },
      disable: step.disable ?? flag.disable,
      experimentation: step.experimentation
        ? { ...flag.experimentation, ...given(step.experimentation) }
        : flag.experimentation,
    };
  }
  return { flag, isDated, isKnown };
}

/** Only what is there. */
const given = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)) as Partial<T>;

/** Rules with a name change the one of that name; others are added. */
function mergedRules(rules: readonly GoRule[], updates: readonly GoRule[]): GoRule[] {
  const byName = new Map(updates.flatMap((update) => (update.name ? [[update.name, update] as const] : [])));
  const known = new Set(rules.map(({ name }) => name));
  const changed = rules.map((rule) => {
    const update = rule.name ? byName.get(rule.name) : undefined;
    return update ? merged(rule, update) : rule;
  });
  return [...changed, ...updates.filter(({ name }) => !name || !known.has(name))];
}

function merged(rule: GoRule, update: GoRule): GoRule {
  const { progressiveRollout: was } = rule;
  const { progressiveRollout: rollout, percentage } = update;
  const percents = { ...rule.percentage, ...percentage };
  return {
    ...rule,
    ...given(update),
    ...(rollout
      ? {
          progressiveRollout: {
            initial: { ...was?.initial, ...given(rollout.initial ?? {}) },
            end: { ...was?.end, ...given(rollout.end ?? {}) },
          },
        }
      : {}),
    // A negative percentage takes the variation out.
    ...(percentage ? { percentage: Object.fromEntries(Object.entries(percents).filter(([, x]) => x >= 0)) } : {}),
  };
}

/** The first that a rule has of: a progressive rollout, percentages, a variation. */
function shares({ progressiveRollout, percentage, variation }: GoRule, now: number): Serving {
  if (progressiveRollout) return ramp(progressiveRollout.initial, progressiveRollout.end, now);
  const entries = Object.entries(percentage ?? {});
  if (entries.length > 0) {
    const total = entries.reduce((sum, [, x]) => sum + x, 0);
    // Newer versions take them as parts of their sum, older ones as percentages.
    if (Math.abs(total - 100) > 1e-6 || entries.some(([, x]) => x < 0)) return unknownServing;
    return entries.map(([variant, percent]) => ({ variant, percent }));
  }
  return typeof variation === 'string' ? serve(variation) : unknownServing;
}

function ramp(initial: Step | null | undefined, end: Step | null | undefined, now: number): Serving {
  const [from, to] = [instantOf(initial?.date), instantOf(end?.date)];
  const [before, after] = [initial?.variation, end?.variation];
  if (from === undefined || to === undefined || !(to > from) || !before || !after) return unknownServing;
  if (now < from) return serve(before);
  const first = initial?.percentage ?? 0;
  const written = end?.percentage ?? 0;
  // What is written for nobody is meant for all.
  const last = written === 0 || written > 100 ? 100 : written;
  if (first < 0 || first > 100 || last < 0) return unknownServing;
  // It counts in whole seconds.
  const seconds = (ms: number): number => Math.floor(ms / 1000);
  const passed = now >= to ? 1 : (seconds(now) - seconds(from)) / (seconds(to) - seconds(from));
  // And in whole thousandths of a percent.
  const percent = Math.floor(1000 * (first + (last - first) * passed) + 1e-6) / 1000;
  return [
    { variant: after, percent },
    { variant: before, percent: 100 - percent },
  ];
}

/** A variation that is none serves nothing that is known. */
const knownShares = (serving: Serving, names: readonly string[]): Serving =>
  serving.filter(({ variant }) => variant !== null && names.includes(variant));

const quoted = '"(?:[^"\\\\]|\\\\.)*"';
const one = new RegExp(`^(?:key|targetingKey)\\s+(?:eq|==)\\s+${quoted}$`);
const some = new RegExp(`^(?:key|targetingKey)\\s+in\\s+\\[\\s*(${quoted}(?:\\s*,\\s*${quoted})*)?\\s*\\]$`);

/** A list of users is the one query whose size is known; a rule without a query is for all. */
function audienceOf({ query, name }: GoRule): Audience {
  const asked = (query ?? '').trim();
  if (asked === '') return everyone;
  if (one.test(asked)) return individuals(1);
  const listed = some.exec(asked);
  if (listed) {
    const users = [...(listed[1] ?? '').matchAll(new RegExp(quoted, 'g'))].length;
    return users === 0 ? nobody : individuals(users);
  }
  return matching(oneLine(asked, 80), name ? oneLine(name, 80) : undefined);
}

function timeOf(written: GoFlag, flag: GoFlag, now: number): Omit<Mapped, 'definition'> {
  const steps = written.scheduledRollout ?? [];
  const ramps = [...(flag.targeting ?? []), flag.defaultRule].flatMap(({ progressiveRollout: x }) => (x ? [x] : []));
  const { experimentation } = flag;
  const isAhead = (date: string | null | undefined): boolean => (instantOf(date) ?? now) > now;
  const moving = [
    ramps.some(({ end }) => isAhead(end?.date)) ? 'a progressive rollout' : undefined,
    steps.some(({ date }) => isAhead(date)) ? 'a scheduled rollout' : undefined,
    experimentation && (isAhead(experimentation.start) || isAhead(experimentation.end)) ? 'an experiment' : undefined,
  ];
  return {
    timeDependent: ramps.length > 0 || steps.length > 0 || !!experimentation,
    managedBy: moving.find((x) => x !== undefined),
  };
}
