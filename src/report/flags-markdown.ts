/** What became of flags, for the summary: what was switched off, and how far a rollout came. */
import type { PhrasingContent } from 'mdast';
import type { DecisionRecord } from '../record/record.js';
import { flagLines, standsWords, stepLines } from './flags.js';
import { type Blocks, code, heading, list, paragraph, prose, strong, table, text } from './markdown.js';

/** @param cut `reason`: characters of each text; `entries`: of a list, where nothing in them asks for somebody to act */
export function flagsBlocks(
  record: DecisionRecord,
  cut: { readonly reason: number; readonly entries: number },
): Blocks {
  return [...rolloutBlocks(record, cut.reason), ...changeBlocks(record, cut)];
}

function rolloutBlocks({ rollout }: DecisionRecord, reason: number): Blocks {
  if (rollout === undefined) return [];
  const rows = stepLines(rollout).map(({ mark, percent, words }): PhrasingContent[][] => [
    [text(`${mark}\u00a0${percent.replace(' ', '\u00a0')}`)],
    prose(words, Math.min(reason, 300)),
  ]);
  const head = ['Step', 'What came of it'].map((title) => [text(title)]);
  return [
    heading(3, [text('Rollout')]),
    paragraph([...prose(`${standsWords(rollout)}.`, Math.max(reason, 120))]),
    ...(reason < 60 ? [] : [table([head, ...rows])]),
  ];
}

/** What needs somebody to act is never left out. */
function changeBlocks(record: DecisionRecord, { reason, entries }: { reason: number; entries: number }): Blocks {
  const lines = flagLines(record);
  const shown = lines.filter(({ trouble }, index) => trouble || index < Math.max(entries, 1));
  if (shown.length === 0) return [];
  const items = shown.map(({ mark, flag, words, trouble }): PhrasingContent[] => [
    text(`${mark} `),
    ...code(flag, 100),
    text(' '),
    ...(trouble ? [strong(prose(words, Math.max(reason, 200)))] : prose(words, reason)),
  ]);
  const more = lines.length - shown.length;
  return [
    heading(3, [text('Flags')]),
    list(items),
    ...(more > 0 ? [paragraph([text(`and ${more} more that are as wanted`)])] : []),
  ];
}
