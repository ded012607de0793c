/** Findings in the job summary: what stands against the policy is seen at once, all else is there to be unfolded. */
import type { BlockContent, PhrasingContent } from 'mdast';
import { amount } from '../judge/number.js';
import type { DecisionRecord } from '../record/record.js';
import { severities } from '../record/scans.js';
import { type FindingsView, type Found, fewOf, gatesWithFindings, remarksOf, type WithFindings } from './findings.js';
import { linksOf } from './findings-place.js';
import { totalOf } from './findings-standing.js';
import {
  againstWords,
  ageWords,
  besidesWords,
  countsWords,
  excusedWords,
  excuseWords,
  fateWord,
  fixWords,
  gravity,
  nameOf,
  placeOf,
  reasonWords,
  shortIdentity,
  totalsWords,
  whyWords,
} from './findings-words.js';
import {
  type Blocks,
  code,
  details,
  heading,
  lineBreak,
  linkedCode,
  linkedHost,
  list,
  looseList,
  paragraph,
  prose,
  small,
  strong,
  table,
  text,
} from './markdown.js';
import type { GateView } from './view.js';

/** How much is shown. */
export interface FindingsCut {
  /** Findings of each gate that are seen at once; 0: only how many there are. */
  readonly open: number;
  /** Further ones that stand against the policy. */
  readonly more: number;
  /** Of each list of those that do not. */
  readonly others: number;
  /** What should be put in order. */
  readonly remarks: number;
}

interface Options {
  /** Azure does not fold, so its lists are shorter. */
  readonly flavour: 'github' | 'azure';
  readonly cut: FindingsCut;
}

/** Of each fate that does not count. */
const halfOf = (others: number): number => Math.ceil(others / 2);

/** How many findings and remarks such a cut lists. */
export function shownOf(gates: readonly GateView[], cut: FindingsCut): number {
  const lists = gatesWithFindings(gates).flatMap(({ findings: { worst, listed } }) => [
    Math.min(worst.against.length, cut.open + cut.more),
    ...[worst.allowed, worst.unproven].map((found) => Math.min(found.length, cut.others)),
    fewOf(listed, halfOf(cut.others)).length,
  ]);
  return lists.reduce((sum, n) => sum + n, Math.min(remarksOf(gates).length, cut.remarks));
}

/** A section over all gates; nothing when there is nothing to say. */
export function findingsBlocks(gates: readonly GateView[], record: DecisionRecord, options: Options): Blocks {
  const shown = gatesWithFindings(gates);
  if (shown.length === 0) return [];
  return [heading(3, [text('Findings')]), ...shown.flatMap((gate) => ofGate(gate, record, options))];
}

function ofGate({ name, findings: view }: WithFindings, record: DecisionRecord, options: Options): Blocks {
  const { open } = options.cut;
  const besides = besidesWords(view);
  const head = text(againstWords(view));
  const first = view.worst.against.slice(0, open);
  return [
    paragraph([
      strong(prose(name, 120)),
      text(': '),
      view.againstAll > 0 ? strong([head]) : head,
      text(besides === '' ? '.' : `; ${besides}.`),
    ]),
    ...(view.againstAll > 0 && open > 0 ? countsTable(view) : []),
    ...(first.length === 0 ? [] : [looseList(first.map((found) => item(found, record, options)))]),
    paragraph([text(`${totalsWords(view)}.`)]),
    ...(open > 0 ? folds(view, record, options) : []),
  ];
}

/** Tools with a line of their own. */
const mostTools = 8;

/** What counts, tool by severity. A single number is said already. */
function countsTable({ tools, over }: FindingsView): BlockContent[] {
  const columns = severities.filter((severity) => tools.some(([, counts]) => counts[severity] > 0));
  if (columns.length === 0 || (columns.length === 1 && tools.length === 1)) return [];
  const sums = (rows: FindingsView['tools']) =>
    columns.map((severity) => rows.reduce((sum, [, counts]) => sum + counts[severity], 0));
  const row = (label: PhrasingContent[], numbers: readonly number[]): PhrasingContent[][] => [
    label,
    ...numbers.map((n, i) => {
      const shown = text(n === 0 ? '–' : amount(n));
      const severity = columns[i];
      return [n > 0 && severity !== undefined && over.includes(severity) ? strong([shown]) : shown];
    }),
  ];
  const others = tools.slice(mostTools);
  const head = [
    [text('Tool')],
    ...columns.map((severity) => [text(over.includes(severity) ? `✗\u00a0${severity}` : severity)]),
  ];
  return [
    table([
      head,
      ...tools.slice(0, mostTools).map(([tool, counts]) =>
        row(
          prose(tool, 60),
          columns.map((severity) => counts[severity]),
        ),
      ),
      ...(others.length > 0 ? [row([text(`${others.length} others`)], sums(others))] : []),
      ...(tools.length > 1 ? [row([text('all')], sums(tools))] : []),
    ]),
  ];
}

/** What does not stand in the way, or is too much to be read at once. */
function folds(view: FindingsView, record: DecisionRecord, options: Options): Blocks {
  const { flavour, cut } = options;
  const { worst, allowed, unproven, unknownAs, listed, listable } = view;
  const fold = (title: string, body: readonly BlockContent[]): Blocks =>
    flavour === 'github' ? details(title, body) : [paragraph([strong([text(title)])]), ...body];
  const entries = (found: readonly Found[], all: number, most: number): BlockContent[] => {
    const shown = fewOf(found, flavour === 'github' ? most : Math.min(most, 5));
    const missing = all - shown.length;
    return [
      ...(shown.length === 0 ? [] : [looseList(shown.map((one) => item(one, record, options))) as BlockContent]),
      ...(shown.length === 0 || missing <= 0 ? [] : [paragraph([text(`and ${amount(missing)} more`)])]),
    ];
  };
  const section = (title: string, all: number, body: readonly BlockContent[]): Blocks =>
    all === 0 || body.length === 0 ? [] : fold(title, body);

  const further = view.againstAll - Math.min(worst.against.length, cut.open);
  const n = totalOf(allowed);
  return [
    ...section(
      `${amount(further)} more against the policy`,
      further,
      entries(worst.against.slice(cut.open), further, cut.more),
    ),
    ...section(`Allowed: ${countsWords(allowed, unknownAs)}`, n, [
      ...(view.againstAll === 0 ? countsTable(view) : []),
      ...entries(worst.allowed, n, cut.others),
    ]),
    ...section(
      `In scans that are no evidence: ${countsWords(unproven, unknownAs)}`,
      totalOf(unproven),
      entries(worst.unproven, totalOf(unproven), cut.others),
    ),
    ...section(`Not counted: ${excusedWords(view)}`, view.excused.length, [
      ...reasonsTable(view),
      ...entries(listed, listable, halfOf(cut.others)),
    ]),
  ];
}

/** Reasons with a line of their own; there are fewer, unless somebody invents them. */
const mostReasons = 30;

function reasonsTable({ excused }: FindingsView): BlockContent[] {
  if (excused.length === 0) return [];
  const head = ['Not counted', 'Why', 'Results'].map((title) => [text(title)]);
  const rows = excused
    .slice(0, mostReasons)
    .map(({ fate, reason, count }) => [[text(fateWord(fate))], prose(reasonWords(reason), 100), [text(amount(count))]]);
  const rest = excused.slice(mostReasons).reduce((sum, { count }) => sum + count, 0);
  return [table([head, ...rows, ...(rest > 0 ? [[[text('others')], [text('–')], [text(amount(rest))]]] : [])])];
}

const joined = (parts: readonly (readonly PhrasingContent[])[], between: PhrasingContent): PhrasingContent[] =>
  parts.filter((part) => part.length > 0).flatMap((part, i) => (i === 0 ? part : [between, ...part]));

const dotted = (...parts: readonly (readonly PhrasingContent[])[]): PhrasingContent[] => joined(parts, text(' · '));

const some = (words: string, most = 200): PhrasingContent[] => (words === '' ? [] : prose(words, most));

/** An address that is longer than a page of text is left to the record. */
const fitting = (address: string | undefined): string | undefined =>
  address !== undefined && address.length <= 500 ? address : undefined;

/** How bad, what and where; how it is mended and by whom; and why this severity. */
function item(found: Found, record: DecisionRecord, { flavour }: Options): PhrasingContent[] {
  const { place, elsewhere } = linksOf(found, record);
  const where = placeOf(found);
  const excuse = excuseWords(found);
  const counts = found.fate === 'counted' || found.fate === 'review';
  const what = [
    strong([text(counts ? gravity(found) : `${fateWord(found.fate)}, ${gravity(found)}`)]),
    text(' '),
    ...prose(found.message, 240),
  ];
  const mending = dotted(
    linkedCode(where ?? (place === undefined ? '' : 'see it there'), place),
    some(fixWords(found)),
    some(nameOf(found), 160),
    found.package === undefined ? [] : code(found.package, 120),
    some(excuse === '' ? '' : counts ? `counts all the same: ${excuse}` : excuse, 300),
    found.owner === undefined ? [] : [text('owner '), ...prose(found.owner, 100)],
    some(ageWords(found, record)),
    linkedHost('help: ', fitting(found.help)),
    linkedHost('shown by ', fitting(elsewhere)),
  );
  const why = dotted(
    [text('severity: '), ...prose(whyWords(found), 240)],
    [text('identity '), ...code(shortIdentity(found.identity))],
  );
  return flavour === 'github' ? joined([what, mending, small(why)], lineBreak) : dotted(what, mending, why);
}

/** Waivers that are over, unused or too wide, and the like. */
export function remarksBlocks(gates: readonly GateView[], { cut }: Pick<Options, 'cut'>): Blocks {
  const all = remarksOf(gates);
  if (all.length === 0) return [];
  const shown = all.slice(0, cut.remarks);
  const missing = all.length - shown.length;
  const more = shown.length === 0 ? `${amount(missing)} in the files beside the scans` : `and ${amount(missing)} more`;
  return [
    heading(3, [text('To put in order')]),
    ...(shown.length === 0 ? [] : [list(shown.map((message) => prose(message, 300)))]),
    ...(missing === 0 ? [] : [paragraph([text(more)])]),
  ];
}
