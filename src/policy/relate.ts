/** What no single field of a policy can tell: names that must exist, gates that must block, times that must fit. */
import { gateTypeOf } from '../gates/index.js';
import type { ValueConfig } from '../gates/measured-value.js';
import { formatValue } from '../judge/threshold.js';
import { annotationTypeOf } from '../reactions/index.js';
import { sourceEntries, sourceTypeOf } from '../sources/index.js';
import type { SourceEntry } from '../sources/source.js';
import { formatDuration } from './fields.js';
import { relateFreezes } from './freezes.js';
import { didYouMean, type Finding, type Path } from './problems.js';
import { relateStages } from './relate-stages.js';
import type { AnnotationConfig, GateConfig, Policy, SourceConfig } from './schema.js';
import { writtenGates } from './stages.js';

/** The source that a gate asks, or that an annotation writes to. */
export const sourceOf = (
  policy: Policy,
  { source }: Pick<GateConfig | AnnotationConfig, 'source'>,
): SourceConfig | undefined =>
  typeof source === 'string' ? (Object.hasOwn(policy.sources, source) ? policy.sources[source] : undefined) : source;

/** The source that `release.deployed-at` names in `annotation of <source>`; undefined where it is written otherwise. */
export const annotatedSource = (deployedAt: string | undefined): string | undefined =>
  /^\s*annotation\s+of\s+(\S.*?)\s*$/.exec(deployedAt ?? '')?.[1];

/** What a gate's source goes by in the record: its name, or its type where it is written out in place. */
export const sourceName = ({ source }: GateConfig): string => (typeof source === 'string' ? source : source.type);

/** The limits of this run that a policy must fit. */
export interface RunLimits {
  /** The whole policy only observes, so it needs no gate that blocks. */
  readonly observe: boolean;
  /** Longest time that the platform lets the job run, milliseconds. */
  readonly longestJobMs?: number;
}

/** @returns what does not fit together, all of it */
export function relate(policy: Policy, limits: RunLimits): Finding[] {
  const findings: Finding[] = [];
  const say = (path: Path, message: string) => findings.push({ path, at: 'value', message });
  const names = Object.keys(policy.sources);
  const seen = new Map<string, number>();
  for (const [number, { gate, path: at }] of writtenGates(policy).entries()) {
    const first = seen.get(gate.name);
    if (first !== undefined)
      say([...at, 'name'], `\`${gate.name}\` is the name of gate ${first + 1} already; expected a unique name`);
    else seen.set(gate.name, number);
    const source = sourceOf(policy, gate);
    const family = gateTypeOf(gate.type)?.family;
    if (source === undefined) {
      const name = sourceName(gate);
      const known = names.length === 0 ? 'there are none' : `known: ${names.join(', ')}`;
      say([...at, 'source'], `there is no source \`${name}\` under \`sources\`${didYouMean(name, names)} (${known})`);
      continue;
    }
    const type = sourceTypeOf(source.type);
    if (type && family && !type.families.includes(family)) {
      const fitting = sourceEntries.filter((t) => t.families.includes(family)).map((t) => t.type);
      say(
        [...at, 'source'],
        `a ${gate.type} gate cannot ask a source of type \`${source.type}\`; expected one of ${fitting.join(', ')}`,
      );
    }
    if (gateTypeOf(gate.type)?.asksServed?.(gate) && !entryOf(source.type)?.serves) {
      const fitting = sourceEntries.filter((t) => t.serves).map((t) => t.type);
      say(
        [...at, 'source'],
        `a source of type \`${source.type}\` cannot say what is served to the contexts of \`for\`; expected one of ${fitting.join(', ')}`,
      );
    }
    if (gateTypeOf(gate.type)?.asksSettings?.(gate) && !entryOf(source.type)?.comparesSettings) {
      const fitting = sourceEntries.filter((t) => t.comparesSettings).map((t) => t.type);
      say(
        [...at, 'source'],
        `a source of type \`${source.type}\` cannot compare settings, which \`settings-like\` asks for; expected one of ${fitting.join(', ')}`,
      );
    }
    for (const { source: other, at: within } of gateTypeOf(gate.type)?.alsoAsks?.(gate) ?? []) {
      const path = [...at, ...within];
      const type = sourceTypeOf(Object.hasOwn(policy.sources, other) ? policy.sources[other]?.type : undefined);
      if (type === undefined) {
        say(path, `there is no source \`${other}\` under \`sources\`${didYouMean(other, names)}`);
      } else if (family && !type.families.includes(family)) {
        const fitting = sourceEntries.filter((t) => t.families.includes(family)).map((t) => t.type);
        say(
          path,
          `a ${gate.type} gate cannot ask a source of type \`${type.type}\`; expected one of ${fitting.join(', ')}`,
        );
      } else if (other === gate.source) {
        say(path, `\`${other}\` is the source of this gate itself; expected another one`);
      }
    }
    const inBins = gateTypeOf(gate.type)?.asksInBins?.(gate);
    if (inBins !== undefined && !entryOf(source.type)?.bins?.includes(inBins)) {
      const fitting = sourceEntries.filter((t) => t.bins?.includes(inBins)).map((t) => t.type);
      const what = inBins === 'increase' ? 'what counters have grown by' : 'counts for each bin of time';
      say(
        [...at, 'source'],
        `a source of type \`${source.type}\` does not give ${what}; expected one of ${fitting.join(', ')}`,
      );
    }
  }
  if (!limits.observe && !policy.gates.some((gate) => gate.enforce === 'block')) {
    say(
      ['gates'],
      'no gate blocks, so nothing would ever be proven; expected at least one with `enforce: block`, or the input `observe: true`',
    );
  }
  findings.push(
    ...relateValues(policy),
    ...relateDeployment(policy),
    ...relateAnnotations(policy),
    ...relateFlags(policy),
    ...relateStages(policy),
    ...relateFreezes(policy.freezes ?? []),
    ...relateFalseStops(policy),
    ...relateTimes(policy, limits.longestJobMs),
  );
  return findings;
}

/** What a gate asks for must be something that its source has. */
function relateValues(policy: Policy): Finding[] {
  return writtenGates(policy).flatMap(({ gate, path }): Finding[] => {
    const type = sourceTypeOf(sourceOf(policy, gate)?.type);
    if (type === undefined) return [];
    const { signal, query, events, 'min-events': least } = gate as Partial<ValueConfig>;
    const say = (key: string, message: string): Finding => ({ path: [...path, key], at: 'value', message });
    if (signal !== undefined && !type.signals?.includes(signal)) {
      const known = type.signals?.join(', ') ?? 'none; write a `query`';
      return [say('signal', `a source of type \`${type.type}\` has no signal \`${signal}\` (it has: ${known})`)];
    }
    const uncounted = least !== undefined && query !== undefined && events === undefined && !type.countsEvents;
    return uncounted
      ? [say('min-events', 'expected `events` beside it, a query that gives how many events stand behind the value')]
      : [];
  });
}

const entryOf = (type: string) => sourceEntries.find((entry) => entry.type === type);

/** The rates of the single gates may not come to more than that of the train. */
function relateFalseStops({ gates, evaluation }: Policy): Finding[] {
  const all = evaluation['false-stop-rate'];
  const sum = gates.reduce((total, gate) => total + (gate.enforce === 'block' ? (gate['false-stop-rate'] ?? 0) : 0), 0);
  if (sum <= all * (1 + 1e-9)) return [];
  const shown = (share: number): string => formatValue(100 * share, 'percent');
  const message = `the gates together may stop ${shown(sum)} of good releases; expected at most ${shown(all)}: lower theirs, or raise this`;
  return [{ path: ['evaluation', 'false-stop-rate'], at: 'value', message }];
}

/** An annotation takes address and credential from a source of its own kind. */
function relateAnnotations(policy: Policy): Finding[] {
  return policy.annotations.flatMap((annotation, index): Finding[] => {
    const wanted = annotationTypeOf(annotation.type)?.sourceType;
    const source = sourceOf(policy, annotation);
    if (wanted === undefined || source?.type === wanted) return [];
    const fitting = Object.entries(policy.sources).flatMap(([name, { type }]) => (type === wanted ? [name] : []));
    const found = `a source of type \`${wanted}\`${fitting.length === 0 ? '' : `, such as \`${fitting.join('`, `')}\``}`;
    const named = typeof annotation.source === 'string' ? annotation.source : '';
    const message =
      source === undefined
        ? `there is no source \`${named}\` under \`sources\`${didYouMean(named, fitting)} (expected ${found})`
        : `an annotation of type \`${annotation.type}\` cannot use a source of type \`${source.type}\`; expected ${found}`;
    return [{ path: ['annotations', index, 'source'], at: 'value', message }];
  });
}

/** Flags can only be changed through a source that can change them, and probed through one that evaluates. */
function relateFlags(policy: Policy): Finding[] {
  const { sources, rollout } = policy;
  const find = (path: Path, name: string, fits: (entry: SourceEntry) => boolean, what: string): Finding[] => {
    const type = Object.hasOwn(sources, name) ? sources[name]?.type : undefined;
    const entry = type === undefined ? undefined : entryOf(type);
    if (entry && fits(entry)) return [];
    const fitting = sourceEntries.filter(fits).map((t) => t.type);
    const message =
      type === undefined
        ? `there is no source \`${name}\` under \`sources\`${didYouMean(name, Object.keys(sources))}`
        : `a source of type \`${type}\` cannot ${what}; expected one of ${fitting.join(', ')}`;
    return [{ path, at: 'value', message }];
  };
  const found = policy['on-stop'].flatMap(({ source, probe }, index) => [
    ...find(['on-stop', index, 'source'], source, (e) => e.controls !== undefined, 'change flags'),
    ...(probe === undefined
      ? []
      : find(['on-stop', index, 'probe', 'with'], probe.with, (e) => e.serves === true, 'evaluate flags')),
  ]);
  if (rollout === undefined) return found;
  const percent = (e: SourceEntry) => e.controls === 'rollout';
  return [...found, ...find(['rollout', 'source'], rollout.source, percent, 'set the percentage of a flag')];
}

/** The time of the deployment can only come from a source that remembers deployments. */
function relateDeployment({ release, sources }: Policy): Finding[] {
  const name = annotatedSource(release['deployed-at']);
  if (name === undefined) return [];
  const found = (message: string): Finding[] => [{ path: ['release', 'deployed-at'], at: 'value', message }];
  const able = (type: string): boolean => sourceTypeOf(type)?.remembersDeployments ?? false;
  const fitting = Object.entries(sources).flatMap(([known, { type }]) => (able(type) ? [known] : []));
  const source = Object.hasOwn(sources, name) ? sources[name] : undefined;
  const wanted = 'expected one that remembers deployments, such as application-insights';
  if (source === undefined) {
    return found(`there is no source \`${name}\` under \`sources\`${didYouMean(name, fitting)} (${wanted})`);
  }
  return able(source.type) ? [] : found(`a source of type \`${source.type}\` remembers no deployments; ${wanted}`);
}

/** Left for starting, reporting and stopping when a job's time is limited. */
const jobMarginMs = 5 * 60_000;

function relateTimes({ evaluation, release, gates }: Policy, longestJobMs: number | undefined): Finding[] {
  const findings: Finding[] = [];
  const say = (key: string, message: string) => findings.push({ path: ['evaluation', key], at: 'value', message });
  const { warmup, every, steady, deadline } = evaluation;
  if (every < 1000) say('every', `expected at least 1s, found ${formatDuration(every)}`);
  if (evaluation['round-timeout'] < 1000)
    say('round-timeout', `expected at least 1s, found ${formatDuration(evaluation['round-timeout'])}`);
  const needed = steady + (release['deployed-at'] === undefined ? warmup : 0);
  if (deadline < needed || deadline === 0) {
    say(
      'deadline',
      `expected more than warm-up and steady time together (${formatDuration(needed)}), found ${formatDuration(deadline)}: the train could never continue`,
    );
  }
  const [longest] = gates
    .map((gate) => ({ gate, ms: gateTypeOf(gate.type)?.takesMs?.(gate) ?? 0 }))
    .toSorted((a, b) => b.ms - a.ms);
  const watched = needed + (longest?.ms ?? 0);
  if (longest !== undefined && longest.ms > 0 && deadline >= needed && deadline < watched) {
    say(
      'deadline',
      `expected at least ${formatDuration(watched)}, since \`${longest.gate.name}\` watches for ${formatDuration(longest.ms)} after the warm-up; found ${formatDuration(deadline)}`,
    );
  }
  // A job that parks ends before its train does.
  const parks = evaluation['park-after'] !== undefined;
  if (longestJobMs !== undefined && !parks && deadline > longestJobMs - jobMarginMs) {
    say(
      'deadline',
      `expected at most ${formatDuration(longestJobMs - jobMarginMs)}, since the platform ends the job after ${formatDuration(longestJobMs)}; found ${formatDuration(deadline)}`,
    );
  }
  return findings;
}
