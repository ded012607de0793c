/** The evidence of the last round in detail: what was asked, of whom, over which window, and what came back. */

import type { BlockContent, PhrasingContent } from 'mdast';
import { plural } from '../judge/number.js';
import type { Answer, Measurement, Scans } from '../record/evidence.js';
import type { DecisionRecord } from '../record/record.js';
import { targetLines, targetsWords } from './deployment-evidence.js';
import { runWords } from './findings-words.js';
import { stateLines, statesWords } from './flag-evidence.js';
import { code, codeBlock, heading, link, list, paragraph, prose, text } from './markdown.js';
import { probeLines, probesWords } from './probe-evidence.js';
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
  const lines = [
    ...findings(m, record),
    ...m.notes.slice(0, longestList).map((note) => [text('note: '), ...prose(note, 400)]),
  ];
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
    case 'flag-states':
      return [text(statesWords(m))];
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
      return [text(m.runs.length === 0 ? 'no scan' : plural(m.runs.length, 'scan'))];
    case 'deployments':
      return [text(targetsWords(m))];
    case 'probes':
      return [text(probesWords(m))];
  }
}

/** The alerts, the flags, the targets, the probed endpoints or the scans, each on its own line. */
function findings(m: Measurement, record: DecisionRecord): PhrasingContent[][] {
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
  if (m.kind === 'flag-states') return atMost(stateLines(m));
  if (m.kind === 'deployments') return atMost(targetLines(m));
  if (m.kind === 'probes') return atMost(probeLines(m));
  return m.kind === 'scans' ? scansLines(m, record) : [];
}

/** Runs, files that took part, and what is no evidence: all that an auditor needs to look again. */
function scansLines(m: Scans, record: DecisionRecord): PhrasingContent[][] {
  const file = (name: string, sha256: string | null): PhrasingContent[] => [
    ...code(name, 150),
    ...(sha256 === null ? [] : [text(' '), ...code(sha256.slice(0, 12))]),
  ];
  const runs = m.runs.map((run): PhrasingContent[] => [
    ...prose([run.tool, run.toolVersion].filter((x) => x !== undefined).join(' '), 100),
    text(' in '),
    ...file(run.file, run.sha256),
    text(run.revision === null ? ', commit not said' : ', commit '),
    ...(run.revision === null ? [] : code(run.revision.slice(0, 10))),
    ...(run.image?.[0] === undefined ? [] : [text(', image '), ...code(run.image[0], 120)]),
    text(run.ended === null ? ', time not said' : `, ended ${exact(run.ended, record)}`),
    text(run.database === undefined ? '' : `, vulnerability data of ${run.database.slice(0, 10)}`),
    text(run.execution === 'succeeded' ? '' : `, execution ${run.execution}`),
    text(run.rules === null ? '' : `, ${plural(run.rules, 'rule')}`),
    text(`: ${runWords(run)}`),
  ]);
  const references = m.references.map(({ kind, file: name, sha256 }): PhrasingContent[] => [
    text(`${kind}: `),
    ...file(name, sha256),
  ]);
  const problems = m.problems.map((p): PhrasingContent[] => [
    text('problem '),
    ...code(p.code, 60),
    text(': '),
    ...prose(p.message, 400),
  ]);
  return [runs, references, problems].flatMap((lines) => atMost(lines));
}

/** The first of very many. */
function atMost(lines: PhrasingContent[][]): PhrasingContent[][] {
  const more = lines.length - longestList;
  return more > 0 ? [...lines.slice(0, longestList), [text(`and ${more} more`)]] : lines;
}
