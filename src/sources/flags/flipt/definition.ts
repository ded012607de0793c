/** From a flag of Flipt to a definition (https://docs.flipt.io/v2/concepts). Pure. */
import { oneLine } from '../../text.js';
import {
  type Audience,
  allOf,
  anyOf,
  type Definition,
  matching,
  percentOf,
  type Rule,
  type Serving,
  type Share,
  serve,
  unknownServing,
} from '../definition.js';
import type { FliptFlag, FliptRule, Rollout } from './shapes.js';

export const definitionOf = (flag: FliptFlag): Definition =>
  flag.type === 'BOOLEAN_FLAG_TYPE' ? ofBoolean(flag) : ofVariants(flag);

/** `enabled` is no switch: it is the value for whom no rollout is. */
function ofBoolean({ enabled, rollouts }: FliptFlag): Definition {
  const last = rollouts.findLastIndex(({ threshold }) => !threshold);
  return {
    enabled: null,
    kind: 'boolean',
    variants: [
      { name: 'true', value: true },
      { name: 'false', value: false },
    ],
    rules: rollouts.slice(0, last + 1).map(ruleOf),
    otherwise: nested(rollouts.slice(last + 1), enabled),
    off: serve('false'),
  };
}

function ruleOf({ threshold, segment }: Rollout): Rule {
  if (threshold) return { who: percentOf(percentIn(threshold), 'flag'), serves: serve(String(threshold.value)) };
  if (segment) return { who: inSegments(segment), serves: serve(String(segment.value)) };
  return { who: matching('a rollout of an unknown type'), serves: unknownServing };
}

/** Thresholds of one flag are compared with the same hash, so a later one serves only what it has more than those before it. */
function nested(rollouts: readonly Rollout[], enabled: boolean): Serving {
  let below = 0;
  const shares: Share[] = [];
  for (const { threshold } of rollouts) {
    const percent = threshold ? percentIn(threshold) : Number.NaN;
    if (Number.isNaN(percent)) return unknownServing;
    shares.push({ variant: String(threshold?.value), percent: Math.max(0, percent - below) });
    below = Math.max(below, percent);
  }
  return [...shares, { variant: String(enabled), percent: 100 - below }];
}

/** Users have whole numbers from 0 to 99, so that a part of a percent is a whole one. */
function percentIn({ percentage }: { readonly percentage: number }): number {
  return percentage >= 0 && percentage <= 100 ? Math.ceil(percentage) : Number.NaN;
}

function ofVariants({ enabled, variants, defaultVariant, rules }: FliptFlag): Definition {
  const name = (key: string | null | undefined): Serving =>
    typeof key === 'string' && variants.includes(key) ? serve(key) : unknownServing;
  // Nothing is served without one: the default of the code holds.
  const byDefault = defaultVariant === null ? serve(null) : name(defaultVariant);
  return {
    enabled,
    kind: 'multivariate',
    variants: variants.map((key) => ({ name: key, value: key })),
    rules: rules.map((rule) => ({ who: inSegments(rule), serves: sharesOf(rule, name, byDefault) })),
    otherwise: byDefault,
    off: byDefault,
  };
}

function sharesOf(
  { distributions }: FliptRule,
  name: (key: string | null | undefined) => Serving,
  byDefault: Serving,
): Serving {
  const some = (distributions ?? []).filter(({ rollout }) => rollout > 0);
  if (some.length === 0) return byDefault;
  const parts = some.map(({ rollout }) => tenths(rollout));
  const said = parts.reduce((sum, part) => sum + part, 0);
  if (!(said <= 100)) return unknownServing;
  const shares = some.flatMap(({ variant }, i) => ofShare(name(variant), parts[i] ?? 0));
  return [...shares, ...ofShare(byDefault, 100 - said)];
}

const ofShare = (serving: Serving, percent: number): Serving =>
  serving.map(({ variant, percent: of }) => ({ variant, percent: (percent * of) / 100 }));

/** Users have whole numbers from 0 to 999, and shares are floats of 32 bits. */
const tenths = (percent: number): number => Math.trunc(Math.fround(Math.fround(percent) * 10)) / 10;

/** Who is in a segment is not read. */
function inSegments({
  segments,
  segmentKeys,
  segmentKey,
  segmentOperator,
}: Pick<FliptRule, 'segments' | 'segmentKeys' | 'segmentKey' | 'segmentOperator'>): Audience {
  const keys = new Set([...(segments ?? []), ...(segmentKeys ?? []), ...(segmentKey ? [segmentKey] : [])]);
  const parts = [...keys].map((key) => matching(`segment ${oneLine(key, 60)}`, key));
  if (parts.length === 0) return matching('no segment');
  return segmentOperator === 'AND_SEGMENT_OPERATOR' ? allOf(...parts) : anyOf(...parts);
}
