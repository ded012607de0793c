/** What no single field of a policy can tell: names that must exist, gates that must block, times that must fit. */
import { gateTypeOf } from '../gates/index.js';
import { sourceTypeOf, sourceTypes } from '../sources/index.js';
import type { SignalName } from '../sources/telemetry/signals.js';
import { formatDuration } from './fields.js';
import { didYouMean, type Finding, type Path } from './problems.js';
import type { GateConfig, Policy, SourceConfig } from './schema.js';

/** The source that a gate asks. */
export const sourceOf = (policy: Policy, gate: GateConfig): SourceConfig | undefined =>
  typeof gate.source === 'string'
    ? Object.hasOwn(policy.sources, gate.source)
      ? policy.sources[gate.source]
      : undefined
    : gate.source;

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
  for (const [index, gate] of policy.gates.entries()) {
    const first = seen.get(gate.name);
    if (first !== undefined)
      say(
        ['gates', index, 'name'],
        `\`${gate.name}\` is the name of gate ${first + 1} already; expected a unique name`,
      );
    else seen.set(gate.name, index);
    const source = sourceOf(policy, gate);
    const family = gateTypeOf(gate.type)?.family;
    if (source === undefined) {
      const name = sourceName(gate);
      const known = names.length === 0 ? 'there are none' : `known: ${names.join(', ')}`;
      say(
        ['gates', index, 'source'],
        `there is no source \`${name}\` under \`sources\`${didYouMean(name, names)} (${known})`,
      );
      continue;
    }
    const type = sourceTypeOf(source.type);
    if (type && family && !type.families.includes(family)) {
      const fitting = sourceTypes.filter((t) => t.families.includes(family)).map((t) => t.type);
      say(
        ['gates', index, 'source'],
        `a ${gate.type} gate cannot ask a source of type \`${source.type}\`; expected one of ${fitting.join(', ')}`,
      );
    }
  }
  for (const [index, gate] of policy.gates.entries()) {
    const type = sourceTypeOf(sourceOf(policy, gate)?.type);
    const { signal } = gate as { signal?: SignalName };
    if (type === undefined || signal === undefined || type.signals?.includes(signal)) continue;
    const known = type.signals?.join(', ') ?? 'none; write a `query`';
    say(['gates', index, 'signal'], `a source of type \`${type.type}\` has no signal \`${signal}\` (it has: ${known})`);
  }
  if (!limits.observe && !policy.gates.some((gate) => gate.enforce === 'block')) {
    say(
      ['gates'],
      'no gate blocks, so nothing would ever be proven; expected at least one with `enforce: block`, or the input `observe: true`',
    );
  }
  findings.push(...relateTimes(policy, limits.longestJobMs));
  return findings;
}

/** Left for starting, reporting and stopping when a job's time is limited. */
const jobMarginMs = 5 * 60_000;

function relateTimes({ evaluation, release }: Policy, longestJobMs: number | undefined): Finding[] {
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
  if (longestJobMs !== undefined && deadline > longestJobMs - jobMarginMs) {
    say(
      'deadline',
      `expected at most ${formatDuration(longestJobMs - jobMarginMs)}, since the platform ends the job after ${formatDuration(longestJobMs)}; found ${formatDuration(deadline)}`,
    );
  }
  return findings;
}
