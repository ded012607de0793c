/** What was moved, for the summary: how far the walk through the stages came, and what was switched off or put back. */
import type { PhrasingContent } from 'mdast';
import type { DecisionRecord } from '../record/record.js';
import { type Blocks, code, heading, list, paragraph, prose, strong, table, text } from './markdown.js';
import { changesOf, moveLines, stageLines, standsWords } from './moves.js';

/** @param cut `reason`: characters of each text; `entries`: of a list, where nothing in them asks for somebody to act */
export function movesBlocks(
  record: DecisionRecord,
  cut: { readonly reason: number; readonly entries: number },
): Blocks {
  return [...walkBlocks(record, cut.reason), ...changeBlocks(record, cut)];
}

function walkBlocks({ walk }: DecisionRecord, reason: number): Blocks {
  if (walk === undefined) return [];
  const rows = stageLines(walk).map(({ mark, stage, move, words }): PhrasingContent[][] => [
    [text(`${mark}\u00a0`), ...prose(stage, 60)],
    prose(move, 80),
    prose(words, Math.min(reason, 300)),
  ]);
  const head = ['Stage', 'Moves', 'What came of it'].map((title) => [text(title)]);
  const stands = standsWords(walk);
  return [
    heading(3, [text('Stages')]),
    ...(stands === '' ? [] : [paragraph([...prose(`${stands}.`, Math.max(reason, 120))])]),
    ...(reason < 60 ? [] : [table([head, ...rows])]),
  ];
}

/** What needs somebody to act is never left out. */
function changeBlocks(record: DecisionRecord, { reason, entries }: { reason: number; entries: number }): Blocks {
  const lines = moveLines(record);
  const onlyFlags = changesOf(record).every((moved) => 'flag' in moved);
  const shown = lines.filter(({ trouble }, index) => trouble || index < Math.max(entries, 1));
  if (shown.length === 0) return [];
  const items = shown.map(({ mark, subject, words, trouble }): PhrasingContent[] => [
    text(`${mark} `),
    ...code(subject, 100),
    text(' '),
    ...(trouble ? [strong(prose(words, Math.max(reason, 200)))] : prose(words, reason)),
  ]);
  const more = lines.length - shown.length;
  return [
    heading(3, [text(onlyFlags ? 'Flags' : 'Traffic and flags')]),
    list(items),
    ...(more > 0 ? [paragraph([text(`and ${more} more that are as wanted`)])] : []),
  ];
}
