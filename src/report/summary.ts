/** The job summary: what most users ever see. The verdict comes first, then why, then everything that was looked at. */
import type { PhrasingContent, Root } from 'mdast';
import type { Answer } from '../record/evidence.js';
import type { DecisionRecord } from '../record/record.js';
import { type GateHistory, histories, sparkline } from './history.js';
import { code, details, emphasis, heading, link, list, paragraph, serialise, strong, table, text } from './markdown.js';
import {
  blockingGates,
  clock,
  counterfactual,
  headline,
  measuredText,
  nextSteps,
  plural,
  prose,
  sinceText,
  stateMark,
  stateWord,
} from './words.js';

export interface SummaryOptions {
  /** Azure's tab draws no alerts and may not fold. */
  readonly flavour: 'github' | 'azure';
  /** Of UTF-8. */
  readonly maxBytes: number;
}

type Blocks = Root['children'];

/** What is left out, one after the other, until the summary fits; the reasons for the verdict never are. */
const levels = [
  '',
  'the evidence in detail',
  'the evidence in detail and the gates that were healthy',
  'everything but the reasons',
  'everything but the shortened reasons',
] as const;

/** @returns Markdown of at most `maxBytes`, and what was left out for that */
export async function summary(record: DecisionRecord, { flavour, maxBytes }: SummaryOptions): Promise<string> {
  let markdown = '';
  for (let level = 0; level < levels.length; level += 1) {
    markdown = await serialise(compose(record, flavour, level));
    if (Buffer.byteLength(markdown) <= maxBytes) return markdown;
  }
  return markdown;
}

function compose(record: DecisionRecord, flavour: SummaryOptions['flavour'], level: number): Blocks {
  const gates = histories(record);
  const left = levels[level] ?? '';
  return [
    heading(2, `${record.decision.decision === 'continue' ? '✓' : '✗'} ${headline(record)}`),
    ...observed(record),
    ...reasons(record, level),
    ...problems(record),
    ...(level < 3 ? overview(gates, level) : []),
    ...(level < 3 ? notMeasured(gates) : []),
    ...next(record, level),
    ...(level < 1 ? evidence(gates, flavour) : []),
    ...(left === ''
      ? []
      : [
          paragraph(
            emphasis(`Left out, to stay within the size that the platform shows: ${left}. The record has all of it.`),
          ),
        ]),
    footer(record),
  ];
}

function observed({ decision, verdict }: DecisionRecord): Blocks {
  if (decision.reason !== 'observed') return [];
  return [
    paragraph(
      strong('The policy is only observed, so the train goes on.'),
      text(` In earnest it would have stopped (${verdict.reason}).`),
    ),
  ];
}

const linkOf = (answers: readonly Answer[]): string | undefined =>
  answers.map((a) => ('measurement' in a ? a.measurement.link : undefined)).find((url) => url !== undefined);

const shortest = 100;

/** Why it stopped, or what it met; the first thing that is read after the verdict. */
function reasons(record: DecisionRecord, level: number): Blocks {
  const { verdict } = record;
  const cut = (words: string) => (level === 4 ? shorten(words, shortest) : words);
  const blocking = blockingGates(record);
  const warned = histories(record).filter((g) => g.enforce === 'warn' && g.last !== null && g.last.state !== 'healthy');
  const items = [...blocking, ...(level < 3 ? warned : [])].map((gate): PhrasingContent[] => {
    const since = level < 4 ? sinceText(gate) : '';
    const url = level < 4 ? linkOf(gate.answers) : undefined;
    return [
      strong(cut(gate.name)),
      text(
        `${gate.enforce === 'warn' ? ' (only warns)' : ''}: ${cut(measuredText(gate))}${since === '' ? '' : `; ${since}`}`,
      ),
      ...(url === undefined ? [] : [text(' · '), link('look', url)]),
    ];
  });
  if (items.length > 0) return [list(items)];
  return ['healthy', 'policy-error'].includes(verdict.reason) ? [] : [paragraph(text(verdict.sentence))];
}

function problems({ problems: found }: DecisionRecord): Blocks {
  if (found.length === 0) return [];
  const items = found
    .slice(0, 100)
    .map(({ file, line, column, message }): PhrasingContent[] => [
      ...(file === undefined ? [] : [code([file, line, column].filter((x) => x !== undefined).join(':')), text(' ')]),
      text(message),
    ]);
  return [list(items), ...(found.length > 100 ? [paragraph(emphasis(`and ${found.length - 100} more`))] : [])];
}

function overview(gates: readonly GateHistory[], level: number): Blocks {
  const shown = gates.filter((g) => level < 2 || g.last?.state !== 'healthy');
  if (shown.length === 0) return [];
  const role = { block: '', warn: ' (only warns)', observe: ' (only observed)' };
  const rows = shown.map((gate) => [
    [text(`${stateMark(gate.last)} ${stateWord(gate.last)}`)],
    [text(`${gate.name}${role[gate.enforce]}`)],
    [text(shorten(measuredText(gate), longestCell))],
    [text([eventsOf(gate), sparkline(gate.values)].filter((x) => x !== '').join(' '))],
  ]);
  return [table([[[text('')], [text('Gate')], [text('Measured')], [text('Events, trend')]], ...rows])];
}

/** A cell is for the eye; the sentence stands in full elsewhere. */
const longestCell = 90;

const shorten = (words: string, most: number): string => (words.length > most ? `${words.slice(0, most - 1)}…` : words);

const eventsOf = ({ last }: GateHistory): string =>
  last?.events === undefined ? '' : Math.floor(last.events).toLocaleString('en-US');

function notMeasured(gates: readonly GateHistory[]): Blocks {
  const missing = gates.filter((g) => g.last === null || g.last.state === 'insufficient' || g.last.state === 'error');
  if (missing.length === 0) return [];
  return [
    heading(3, 'What was not measured'),
    list(missing.map((g) => [strong(g.name), text(`: ${g.last?.reason ?? 'not evaluated'}`)])),
  ];
}

function next(record: DecisionRecord, level: number): Blocks {
  const steps = nextSteps(record);
  const wanted = counterfactual(record);
  if (steps.length === 0 || level === 4) return [];
  return [
    heading(3, 'What to do next'),
    list(
      steps.map(({ gates, text: step }) => [
        ...(gates.length === 0
          ? []
          : [strong(gates.length > 5 ? plural(gates.length, 'gate') : gates.join(', ')), text(': ')]),
        text(step),
      ]),
    ),
    ...(wanted.length === 0 || level === 3
      ? []
      : [paragraph(text(`The train would have gone on with ${wanted.join('; ')}.`))]),
  ];
}

function evidence(gates: readonly GateHistory[], flavour: SummaryOptions['flavour']): Blocks {
  const body = gates.flatMap((gate) =>
    gate.answers.length === 0 ? [] : [paragraph(strong(gate.name)), list(gate.answers.map(answerText))],
  );
  if (body.length === 0) return [];
  const title = 'Evidence of the last round';
  return flavour === 'github' ? details(title, body) : [heading(3, title), ...body];
}

function answerText(answer: Answer): PhrasingContent[] {
  if ('failure' in answer)
    return [
      text(`${answer.role}: ${answer.source} gave no answer (${answer.failure.code}): ${answer.failure.message}`),
    ];
  const { measurement: m } = answer;
  const window =
    m.kind === 'samples'
      ? `; window ${clock(m.window.from)} to ${clock(m.window.to)}; newest sample ${m.newest === null ? 'unknown' : clock(m.newest)}`
      : '';
  const notes = m.notes.length === 0 ? '' : `; ${m.notes.join('; ')}`;
  return [
    text(`${answer.role}: `),
    code(m.query),
    text(` asked of ${m.source} at ${clock(m.at)}: ${m.subject}${window}${notes}`),
    ...(m.link === undefined ? [] : [text(' · '), link('look', m.link)]),
  ];
}

function footer(record: DecisionRecord): Blocks[number] {
  const { release, policy, rounds, tool } = record;
  const parts = [
    record.service,
    release.version,
    release.sha?.slice(0, 12),
    release.environment,
    `policy ${policy.file ?? 'inline'} (${policy.sha256.slice(0, 12)})`,
    `${plural(rounds.length, 'round')} in ${prose(Date.parse(record.ended) - Date.parse(record.began))}`,
    `${clock(record.ended)} on ${record.ended.slice(0, 10)}`,
    `${tool.name} ${tool.version}`,
  ];
  return paragraph(emphasis(parts.filter((x) => x !== null && x !== undefined).join(' · ')));
}
