/** From a definition of Split in one environment to ours (https://help.split.io/hc/en-us/articles/360020525112). Pure. */
import { oneLine } from '../../text.js';
import { type Definition, individuals, matching, percentOf, type Rule, type Serving, serve } from '../definition.js';
import type { Bucket, SplitDefinition } from './client.js';

/** Keys and segments by name first; then those outside the traffic; then the rules in order; then the default rule. */
export function definitionOf(split: SplitDefinition): Definition {
  const { killed, treatments, defaultTreatment, baselineTreatment, trafficAllocation, rules, defaultRule } = split;
  const outside = serve(baselineTreatment ?? defaultTreatment);
  return {
    enabled: !killed,
    kind: 'multivariate',
    variants: treatments.map(({ name }) => ({ name, value: name })),
    rules: [
      ...((split.prerequisites ?? []).length > 0
        ? [{ who: matching('prerequisites'), serves: serve(defaultTreatment) }]
        : []),
      ...treatments.flatMap(named),
      ...(trafficAllocation !== 100
        ? [{ who: { is: 'not', part: percentOf(trafficAllocation, 'allocation') } as const, serves: outside }]
        : []),
      ...rules.map(
        ({ condition, buckets }): Rule => ({ who: matching(...wordsOf(condition)), serves: servingOf(buckets) }),
      ),
    ],
    otherwise: servingOf(defaultRule),
    off: serve(defaultTreatment),
  };
}

function named({ name, keys, segments }: SplitDefinition['treatments'][number]): Rule[] {
  const listed = (keys ?? []).length;
  return [
    ...(listed > 0 ? [{ who: individuals(listed), serves: serve(name) }] : []),
    ...(segments ?? []).map((segment): Rule => {
      const shown = oneLine(typeof segment === 'string' ? segment : 'a segment', 60);
      return { who: matching(`segment ${shown}`, shown), serves: serve(name) };
    }),
  ];
}

const servingOf = (buckets: readonly Bucket[]): Serving =>
  buckets.map(({ treatment, size }) => ({ variant: treatment, percent: size }));

function wordsOf(condition: SplitDefinition['rules'][number]['condition']): [string, string?] {
  const matchers = condition?.matchers ?? [];
  const words = matchers.map(({ type, attribute }) => [attribute, type].filter(Boolean).join(' ')).join(' and ');
  const segment = matchers.find(({ type }) => type?.includes('SEGMENT'))?.string;
  return typeof segment === 'string' ? [oneLine(words, 80), segment] : [oneLine(words, 80) || 'a rule'];
}
