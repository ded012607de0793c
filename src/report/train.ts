/** The report of a train of several services: the verdict first, then each service in one row, then what its own summary says. */
import type { PhrasingContent } from 'mdast';
import type { Annotation } from '../host/host.js';
import { plural } from '../judge/number.js';
import type { DecisionRecord, Problem } from '../record/record.js';
import type { TrainRecord, TrainService } from '../record/train-record.js';
import { columns, cutTo, wrap } from './columns.js';
import {
  type Blocks,
  code,
  heading,
  link,
  list,
  paragraph,
  prose,
  serialise,
  strong,
  table,
  text,
} from './markdown.js';
import { plain } from './plain.js';
import { type SummaryOptions, summary } from './summary.js';
import { clockTime, inWords, listed } from './words.js';

/** `Stop: search is unhealthy: …`. The caller cuts the line. */
export const trainSentence = ({ decision: { decision, sentence } }: TrainRecord): string =>
  `${decision.charAt(0).toUpperCase()}${decision.slice(1)}: ${sentence}`;

/** A mark that reads without colour, and what the service did. */
function stateOf({ began, decision: { decision, reason } }: TrainService): { mark: string; word: string } {
  if (began === null) return { mark: '–', word: decision === 'hold' ? 'not begun yet' : 'never begun' };
  if (decision === 'continue')
    return reason === 'observed' ? { mark: '!', word: 'continue' } : { mark: '✓', word: decision };
  return { mark: decision === 'hold' ? '?' : '✗', word: decision };
}

const placeOf = ({ file, line, column }: Problem): string =>
  [file, line, column].filter((part) => part !== undefined).join(':');

// The Markdown for GitHub and Azure.

export interface TrainSummaryOptions extends Pick<SummaryOptions, 'flavour' | 'maxBytes'> {
  /** Name of the file of the train's record, for the footer. */
  readonly recordFile: string;
}

/** The summary of one service as it stands in that of the train. */
interface Section {
  readonly service: TrainService;
  readonly record: DecisionRecord;
  readonly markdown: string;
}

/** Which summaries are left out first: the higher, the later. */
const weights = { continue: 0, hold: 1, stop: 2 } as const;

/**
 * @param records of the services that were begun, by name
 * @returns Markdown of at most `maxBytes` bytes of UTF-8; the verdict, the table and what is to be mended are never left out
 */
export async function trainSummary(
  train: TrainRecord,
  records: ReadonlyMap<string, DecisionRecord>,
  options: TrainSummaryOptions,
): Promise<string> {
  const footer = await serialise([footerOf(train, options)]);
  const head = await serialise(headOf(train));
  const all = await Promise.all(
    train.services.flatMap((service) => {
      const record = records.get(service.name);
      return record ? [sectionOf(service, record, options.flavour, options.maxBytes)] : [];
    }),
  );
  // What is left out first comes last: services that let go, those at the end of the file before the others.
  const order = [...all].sort((a, b) => weights[b.service.decision.decision] - weights[a.service.decision.decision]);
  let shown = order;
  const compose = async (): Promise<string> => {
    const left = order.filter((section) => !shown.some(({ service }) => service === section.service));
    const parts = [head, ...shown.map(({ markdown }) => markdown), await leftOut(left, options.maxBytes), footer];
    return parts.filter((part) => part !== '').join('\n');
  };
  const fits = async (): Promise<boolean> => Buffer.byteLength(await compose()) <= options.maxBytes;
  while (!(await fits()) && shown.at(-1) && shown.at(-1)?.service.decision.decision !== 'stop')
    shown = shown.slice(0, -1);
  if (!(await fits())) {
    // Only stops are left: each is shortened, as a summary of its own would be.
    const room = options.maxBytes - Buffer.byteLength(head) - Buffer.byteLength(footer) - roomForRemarks;
    const share = Math.max(0, Math.floor(room / shown.length));
    shown = await Promise.all(
      shown.map(({ service, record }) => sectionOf(service, record, options.flavour, share - roomForRemarks)),
    );
  }
  while (!(await fits()) && shown.length > 0) shown = shown.slice(0, -1);
  return compose();
}

/** Bytes for titles and for what is said of those left out. */
const roomForRemarks = 600;

async function sectionOf(
  service: TrainService,
  record: DecisionRecord,
  flavour: SummaryOptions['flavour'],
  maxBytes: number,
): Promise<Section> {
  const { name } = service;
  const files = {
    ...(service.record === null ? {} : { recordFile: service.record.file }),
    reportFile: `${name}.report.html`,
  };
  const own = await summary(record, { flavour, maxBytes, ...files });
  const { mark, word } = stateOf(service);
  // The name holds letters, digits, dots, dashes and underlines alone. Azure's tab may not fold.
  const markdown =
    flavour === 'github'
      ? `<details>\n<summary>${mark} ${name}: ${word} (${service.decision.reason})</summary>\n\n${own}\n</details>\n`
      : `${await serialise([heading(2, [text(`${mark} `), ...code(name)])])}\n${own}`;
  return { service, record, markdown };
}

async function leftOut(sections: readonly Section[], maxBytes: number): Promise<string> {
  if (sections.length === 0) return '';
  const names = sections.map(({ service }) => service.name);
  const limit = maxBytes >= 1024 ? `${Math.floor(maxBytes / 1024)} KiB` : `${maxBytes} bytes`;
  return serialise([
    paragraph([
      strong([text('Left out')]),
      text(` to stay within ${limit}: the summaries of `),
      ...prose(listed(names, 10), 400),
      text('. They stand as files beside the record of the train.'),
    ]),
  ]);
}

function headOf(train: TrainRecord): Blocks {
  const { services, problems } = train;
  return [
    heading(2, prose(trainSentence(train), 300)),
    subject(train),
    ...(problems.length === 0 ? [] : [heading(3, [text('What to mend')]), list(problems.map(problemItem))]),
    ...(services.length === 0
      ? []
      : [heading(3, [text(plural(services.length, 'service'))]), table([tableHead, ...services.map(row)])]),
  ];
}

const problemItem = (problem: Problem): PhrasingContent[] => {
  const place = placeOf(problem);
  return [...(place === '' ? [] : [...code(place), text(' ')]), ...prose(problem.message, 600)];
};

const tableHead = ['Decision', 'Service', 'Reason', 'Deciding gate', 'Needs'].map((title) => [text(title)]);
const nothing = [text('–')];

function row(service: TrainService): PhrasingContent[][] {
  const { name, needs, decision } = service;
  const { mark, word } = stateOf(service);
  const deciding = decision.decision === 'continue' ? [] : decision.gates;
  return [
    [text(`${mark}\u00a0${word.replaceAll(' ', '\u00a0')}`)],
    [strong(code(name))],
    prose(decision.decision === 'continue' ? decision.reason : `${decision.reason}: ${decision.sentence}`, 200),
    deciding.length === 0 ? nothing : prose(listed(deciding), 150),
    needs.length === 0 ? nothing : prose(listed(needs), 150),
  ];
}

const dot = text(' · ');

const dotted = (parts: readonly PhrasingContent[][]): PhrasingContent[] =>
  parts.filter((part) => part.length > 0).flatMap((part, index) => (index === 0 ? part : [dot, ...part]));

function subject({ train, services, host, ended }: TrainRecord): Blocks[number] {
  const went = services.filter(({ decision }) => decision.decision === 'continue').length;
  return paragraph(
    dotted([
      train === null ? [] : prose(train, 150),
      services.length === 0 ? [] : [text(`${went} of ${plural(services.length, 'service')} let go`)],
      host.sha === null ? [] : [text('commit '), ...code(host.sha.slice(0, 10))],
      [text(clockTime(ended, ''))],
    ]),
  );
}

function footerOf(
  { file, host, began, ended, tool }: TrainRecord,
  { recordFile }: TrainSummaryOptions,
): Blocks[number] {
  return paragraph(
    dotted([
      [text('train '), ...code(file.path, 150), text(' '), ...code(file.sha256.slice(0, 12))],
      [text(inWords(Date.parse(ended) - Date.parse(began)))],
      host.actor === null ? [] : [text('started by '), ...prose(host.actor, 100)],
      link('this run', host.run ?? undefined),
      [text('record '), ...code(recordFile, 150)],
      [text(`${tool.name} ${tool.version}`)],
    ]),
  );
}

// The text for a terminal or a log.

const narrowest = 30;
const ansi = { '✓': 32, '✗': 31, '?': 33, '!': 33, '–': 2 } as const;

/** No line is wider than `width`, or 30 where that is less. */
export function trainText(train: TrainRecord, options: { readonly width: number; readonly colour: boolean }): string {
  const width = Math.max(narrowest, options.width);
  const paint = (codes: readonly number[], line: string): string =>
    options.colour ? `${codes.map((one) => `\u{1b}[${one}m`).join('')}${line}\u{1b}[0m` : line;
  const { services, problems, decision, began, ended } = train;
  const colour = { continue: 32, hold: 33, stop: 31 }[decision.decision];
  const about = [
    train.train ?? '',
    `${plural(services.length, 'service')} in ${inWords(Date.parse(ended) - Date.parse(began))}`,
    `train ${train.file.path} ${train.file.sha256.slice(0, 12)}`,
  ];
  const most = (texts: readonly string[]) => Math.min(Math.floor(width / 3), Math.max(0, ...texts.map(columns)));
  const rows = services.map((service) => ({ service, ...stateOf(service) }));
  const state = most(rows.map(({ mark, word }) => `${mark} ${word}`));
  const name = most(rows.map(({ service }) => service.name));
  const lines = rows.flatMap(({ service, mark, word }) => {
    const { reason, sentence } = service.decision;
    const needs = service.needs.length === 0 ? '' : ` (needs ${listed(service.needs)})`;
    const words = plain(`${reason}: ${sentence}${needs}`, 400);
    const shown = paint([ansi[mark as keyof typeof ansi] ?? 2], cutTo(`${mark} ${word}`, state, true));
    const indent = 2 + state + 2 + name + 2;
    if (width - indent < 24) return [`  ${shown}  ${cutTo(service.name, name)}`, ...wrap(words, width, 6, 6)];
    const [head = '', ...more] = wrap(words, width - indent, 0, 0);
    return [
      `  ${shown}  ${cutTo(service.name, name, true)}  ${head}`,
      ...more.map((line) => ' '.repeat(indent) + line),
    ];
  });
  const blocks = [
    [
      ...wrap(plain(trainSentence(train), 600), width, 0, 2).map((line) => paint([1, colour], line)),
      ...wrap(plain(about.filter((part) => part !== '').join(', '), 400), width, 0, 2).map((line) => paint([2], line)),
    ],
    problems.length === 0
      ? []
      : [paint([1], 'What to mend'), ...problems.flatMap((one) => wrap(`- ${problemWords(one)}`, width, 2, 4))],
    lines.length === 0 ? [] : [paint([1], plural(services.length, 'service')), ...lines],
  ];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n');
}

const problemWords = (problem: Problem): string => {
  const place = placeOf(problem);
  return plain(`${place === '' ? '' : `${place}: `}${problem.message}`, 600);
};

/** GitHub cuts at 4,096 characters; nobody reads that far. */
const longest = 1000;

/** The train's own remarks: what to mend, or which service stopped it. Those of the services come after them. */
export function trainAnnotations(train: TrainRecord): Annotation[] {
  const { problems, decision } = train;
  const mend = problems.map(
    ({ message, ...place }): Annotation => ({
      level: 'error',
      title: 'Signalbox: train',
      message: plain(message, longest),
      ...place,
    }),
  );
  if (mend.length > 0 || decision.decision === 'continue') return mend;
  const level = decision.decision === 'stop' ? 'error' : 'warning';
  const title = train.train === null ? 'Signalbox: train' : plain(`Signalbox: ${train.train}`, 120);
  return [{ level, title, message: plain(trainSentence(train), longest) }];
}
