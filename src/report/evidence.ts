/** The evidence of the last round in detail: what was asked, of whom, over which window, and what came back. */

import type { BlockContent, PhrasingContent } from 'mdast';
import { amount, plural } from '../judge/number.js';
import type { Answer, Measurement } from '../record/evidence.js';
import type { DecisionRecord } from '../record/record.js';
import { code, codeBlock, heading, link, list, paragraph, prose, text } from './markdown.js';
import type { GateView } from './view.js';
import { clockTime } from './words.js';

/** Characters of a query, entries of a list: the record has the rest. */
const longestQuery = 2000;
const longestList = 20;

export function evidence(gates: readonly GateView[], record: DecisionRecord): BlockContent[] {
  return gates.flatMap((gate) =>
    gate.answers.length === 0
      ? []
      : [
          heading(4, prose(gate.name, 120)) as BlockContent,
          ...gate.answers.flatMap((answer) => answerBlocks(answer, record)),
        ],
  );
}

function answerBlocks(answer: Answer, record: DecisionRecord): BlockContent[] {
  if ('failure' in answer) {
    const { code: word, message } = answer.failure;
    return [
      paragraph([
        ...code(answer.role),
        text(' asked of '),
        ...code(answer.source),
        text(': no answer ('),
        ...code(word),
        text('): '),
        ...prose(message, 600),
      ]),
    ];
  }
  const { measurement: m } = answer;
  const facts: PhrasingContent[] = [
    ...code(answer.role),
    text(' asked of '),
    ...code(m.source),
    text(` at ${exact(m.at, record)}`),
    ...(m.kind === 'samples'
      ? [
          text(
            `, window ${exact(m.window.from, record)} to ${exact(m.window.to, record)}, newest sample ${m.newest === null ? 'of unknown age' : exact(m.newest, record)}`,
          ),
        ]
      : []),
    text(m.partial ? ', an incomplete answer' : ''),
    ...separated(link('open it there', m.link)),
  ];
  const lines = [...findings(m), ...m.notes.slice(0, longestList).map((note) => [text('note: '), ...prose(note, 400)])];
  return [
    paragraph(facts),
    codeBlock(m.query, longestQuery) as BlockContent,
    paragraph([text('→ '), ...answerWords(m)]),
    ...(lines.length === 0 ? [] : [list(lines)]),
  ];
}

const separated = (nodes: PhrasingContent[]): PhrasingContent[] => (nodes.length === 0 ? [] : [text('; '), ...nodes]);

const exact = (instant: string, record: DecisionRecord): string => {
  const minute = clockTime(instant, record.ended);
  return minute.replace(/(\d\d:\d\d) UTC$/, `$1${instant.slice(16, 19)} UTC`);
};

function answerWords(m: Measurement): PhrasingContent[] {
  switch (m.kind) {
    case 'samples':
      return m.series.length === 0
        ? [text('no series')]
        : m.series.slice(0, longestList).flatMap(({ labels, value, points }, i): PhrasingContent[] => {
            const names = Object.entries(labels).map(([key, label]) => `${key}=${label}`);
            return [
              text(i === 0 ? '' : ', '),
              ...(names.length === 0 ? [] : [...code(names.join(' '), 200), text(' ')]),
              ...code(String(value)),
              text(points > 1 ? ` from ${plural(points, 'sample')}` : ''),
              text(
                i === longestList - 1 && m.series.length > longestList
                  ? `, and ${m.series.length - longestList} more`
                  : '',
              ),
            ];
          });
    case 'alerts':
      return [
        text(`${plural(m.rules, 'enabled rule')}, ${m.counts.firing} firing`),
        text(m.counts.unknown > 0 ? `, ${m.counts.unknown} without data` : ''),
        text(m.counts.muted > 0 ? `, ${m.counts.muted} muted` : ''),
      ];
    case 'flag':
      return [
        ...code(m.flag),
        text(m.exists ? ' serves ' : ' is not known there; served '),
        ...code(JSON.stringify(m.value) ?? 'nothing'),
        ...(m.variant === null ? [] : [text(', variant '), ...code(m.variant, 100)]),
        text(
          `, ${m.scope === 'everyone' ? 'for everyone' : 'for the probed context only'}${m.enabled === false ? ', disabled' : ''}`,
        ),
      ];
    case 'scans':
      return m.runs.length === 0
        ? [text('no scan')]
        : m.runs
            .slice(0, longestList)
            .flatMap((run, i): PhrasingContent[] => [
              text(i === 0 ? '' : '; '),
              ...prose([run.tool, run.toolVersion].filter((x) => x !== undefined).join(' '), 100),
              text(' in '),
              ...code(run.file, 150),
              text(run.revision === null ? ', commit not said: ' : ', commit '),
              ...(run.revision === null ? [] : [...code(run.revision.slice(0, 10)), text(': ')]),
              text(countsWords(run.counted)),
              text(run.suppressed > 0 ? `, ${amount(run.suppressed)} suppressed` : ''),
            ]);
  }
}

function countsWords(counted: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counted).filter(([, n]) => n > 0);
  return parts.length === 0 ? 'no findings' : parts.map(([severity, n]) => `${amount(n)} ${severity}`).join(', ');
}

/** The alerts or the worst findings, each on its own line. */
function findings(m: Measurement): PhrasingContent[][] {
  if (m.kind === 'alerts') {
    return m.alerts
      .slice(0, longestList)
      .map(({ name, state, severity, subject, since, link: page }) => [
        text(`${state === 'unknown' ? 'without data' : state}: `),
        ...code(name, 150),
        ...(severity === null ? [] : [text(' '), ...code(severity, 60)]),
        ...(subject === '' ? [] : [text(' on '), ...prose(subject, 200)]),
        text(since === null ? '' : `, since ${clockTime(since, m.at)}`),
        ...separated(link('open it there', page)),
      ]);
  }
  if (m.kind !== 'scans') return [];
  const shown = m.findings
    .slice(0, longestList)
    .map((f): PhrasingContent[] => [
      text(`${f.severity}: `),
      ...code(`${f.tool} ${f.rule}`, 150),
      ...(f.file === undefined
        ? []
        : [text(' in '), ...code(`${f.file}${f.line === undefined ? '' : `:${f.line}`}`, 200)]),
      text(': '),
      ...prose(f.message, 300),
    ]);
  const problems = m.problems
    .slice(0, longestList)
    .map((p): PhrasingContent[] => [text('problem: '), ...prose(p.message, 400)]);
  return [...shown, ...problems];
}
