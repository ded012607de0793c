/** What stood when the train began, for the summary. */
import type { PhrasingContent } from 'mdast';
import type { DecisionRecord } from '../record/record.js';
import { type Blocks, code, heading, link, list, paragraph, prose, text } from './markdown.js';
import { arrivalsOf, arrivalsTitle, forwardTitle, standingLines, standingTitle } from './standing.js';

interface StandingCut {
  /** Characters of each text. */
  readonly reason: number;
  /** Entries of each list. */
  readonly entries: number;
}

function linked(before: string, label: string, address: string | undefined): PhrasingContent[] {
  const found = link(label, address);
  return found.length === 0 ? [] : [text(before), ...found];
}

/** What was lifted is never left out. */
export function standingBlocks(record: DecisionRecord, { reason, entries }: StandingCut): Blocks {
  const lines = standingLines(record);
  const shown = lines.filter(({ mark }, index) => mark === '!' || index < Math.max(entries, 1));
  if (shown.length === 0) return [];
  const items = shown.map(({ mark, words, run }): PhrasingContent[] => [
    text(`${mark} `),
    ...prose(words, Math.max(reason, 120)),
    ...linked('; ', 'that run', run),
  ]);
  const more = lines.length - shown.length;
  return [heading(3, [text(standingTitle)]), list(items), ...(more > 0 ? [paragraph([text(`and ${more} more`)])] : [])];
}

export function arrivalsBlocks(record: DecisionRecord, { reason, entries }: StandingCut): Blocks {
  const arrivals = arrivalsOf(record, entries);
  if (!arrivals || reason < 60) return [];
  const { since, run, commits, note, flags } = arrivals;
  const items: PhrasingContent[][] = [
    ...commits.map(({ sha, words }) => [...code(sha.slice(0, 10)), text(' '), ...prose(words, Math.min(reason, 200))]),
    ...(note === '' ? [] : [prose(note, 300)]),
    ...flags.slice(0, Math.max(entries, 1)).map((words) => [text('flag '), ...prose(words, 200)]),
  ];
  return [
    heading(3, [text(forwardTitle)]),
    heading(4, [text(arrivalsTitle)]),
    paragraph([...prose(`${since}.`, 200), ...linked(' ', 'That run', run)]),
    ...(items.length === 0 ? [] : [list(items)]),
  ];
}
