/** What no single field of the `stages` can tell. */
import { sourceEntries } from '../sources/index.js';
import { formatDuration } from './fields.js';
import { didYouMean, type Finding, type Path } from './problems.js';
import type { Policy } from './schema.js';
import { type Stage, stagesOf } from './stages.js';

/** @returns what does not fit together, all of it */
export function relateStages(policy: Policy): Finding[] {
  const { stages, rollout, moves } = policy;
  const findings: Finding[] = [];
  const say = (path: Path, message: string) => findings.push({ path, at: 'value', message });
  if (stages && rollout) {
    say(
      ['rollout'],
      'expected either `stages` or `rollout`: a stage can move a flag (`move: { source, flag, rollout }`)',
    );
    return findings;
  }
  if (moves && !stages) say(['moves'], 'does nothing alone; expected `stages` beside it');
  if (!stages) return findings;
  const seen = new Set<string>();
  for (const [index, stage] of stagesOf(policy).entries()) {
    const at = ['stages', index];
    if (seen.has(stage.name))
      say([...at, 'name'], `\`${stage.name}\` is the name of another stage; expected a unique name`);
    seen.add(stage.name);
    const names = policy.gates.map(({ name }) => name);
    for (const [place, name] of stage.without.entries()) {
      if (!names.includes(name))
        say([...at, 'without', place], `there is no gate \`${name}\`${didYouMean(name, names)}`);
    }
    const asked = [...policy.gates.filter(({ name }) => !stage.without.includes(name)), ...stage.gates];
    if (!asked.some(({ enforce }) => enforce === 'block')) {
      say(at, 'no gate blocks at this stage, so it would never be proven; expected at least one with `enforce: block`');
    }
    if (stage.deadline < stage.bake + stage.warmup || stage.deadline === 0) {
      const least = formatDuration(stage.bake + stage.warmup);
      say(
        [...at, 'deadline'],
        `expected more than warm-up and bake time together (${least}), found ${formatDuration(stage.deadline)}`,
      );
    }
    findings.push(...relateMove(policy, stage, [...at, 'move']));
  }
  return findings;
}

const can = {
  flag: { fits: 'controls', word: 'set the percentage of a flag' },
  weights: { fits: 'moves', word: 'move traffic' },
  swap: { fits: 'moves', word: 'let two targets change places' },
} as const;

function relateMove({ sources }: Policy, { move }: Stage, at: Path): Finding[] {
  if (!move) return [];
  const type = Object.hasOwn(sources, move.source) ? sources[move.source]?.type : undefined;
  const { fits, word } = can[move.kind];
  const able = sourceEntries
    .filter((entry) =>
      move.kind === 'flag' ? entry[fits] === 'rollout' : move.kind === 'swap' ? entry[fits] === 'swap' : entry[fits],
    )
    .map((entry) => entry.type);
  if (type !== undefined && able.includes(type)) return [];
  const message =
    type === undefined
      ? `there is no source \`${move.source}\` under \`sources\`${didYouMean(move.source, Object.keys(sources))}`
      : `a source of type \`${type}\` cannot ${word}; expected one of ${able.join(', ')}`;
  return [{ path: [...at, 'source'], at: 'value', message }];
}
