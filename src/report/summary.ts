/** The job summary: what most users ever see. The verdict comes first, then why, then all that was looked at. */

import type { PhrasingContent } from 'mdast';
import { plural } from '../judge/number.js';
import type { DecisionRecord } from '../record/record.js';
import { chartBlocks } from './charts-markdown.js';
import { type Cut, cuts, full } from './cuts.js';
import { evidence } from './evidence.js';
import { findingsBlocks, remarksBlocks, shownOf } from './findings-markdown.js';
import { sparkline } from './history.js';
import {
  type Blocks,
  code,
  details,
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
import { movesBlocks } from './moves-markdown.js';
import { nextSteps } from './next.js';
import { arrivalsBlocks, standingBlocks } from './standing-markdown.js';
import { type GateView, type View, viewOf } from './view.js';
import {
  annotatedWords,
  besidesTitle,
  clockTime,
  complaint,
  counterfactual,
  evidenceWords,
  inWords,
  listed,
  measuredWords,
  provenTitle,
  sinceWords,
  stateWords,
  verdictSentence,
} from './words.js';

export interface SummaryOptions {
  /** Azure's tab may not fold, so there the evidence is a section like the others. */
  readonly flavour: 'github' | 'azure';
  /** Of UTF-8. */
  readonly maxBytes: number;
  /** Names of the files of the decision record and of the full report, for the footer. */
  readonly recordFile?: string;
  readonly reportFile?: string;
}

/** @returns Markdown of at most `maxBytes` bytes, unless even the shortest form of all the reasons is longer */
export async function summary(record: DecisionRecord, options: SummaryOptions): Promise<string> {
  const view = viewOf(record);
  let markdown = '';
  for (const cut of cuts) {
    markdown = await serialise(compose(view, options, cut));
    if (Buffer.byteLength(markdown) <= options.maxBytes) break;
  }
  return markdown;
}

/** More than that nobody reads here; the full report has all. */
const mostCommits = 25;

function compose(view: View, options: SummaryOptions, cut: Cut): Blocks {
  return [
    heading(2, prose(verdictSentence(view), Math.min(cut.reason, 240))),
    subject(view),
    ...reasons(view, cut),
    ...problems(view, cut),
    ...movesBlocks(view.record, { reason: cut.reason, entries: cut.entries }),
    ...standingBlocks(view.record, { reason: cut.reason, entries: cut.entries }),
    ...next(view, cut),
    ...arrivalsBlocks(view.record, { reason: cut.reason, entries: Math.min(cut.entries, mostCommits) }),
    ...(options.flavour === 'github' ? chartBlocks(view, cut.charts) : []),
    ...overview(view, cut),
    ...findings(view, options, cut),
    ...proven(view, cut),
    ...notMeasured(view, cut),
    ...remarksBlocks(view.gates, { cut: cut.findings }),
    ...evidenceBlocks(view, options, cut),
    ...leftOut(view, options, cut),
    footer(view, options),
  ];
}

const dot = text(' · ');

/** Parts that exist, with a dot between. */
const dotted = (parts: readonly (readonly PhrasingContent[] | null | undefined)[]): PhrasingContent[] =>
  parts
    .flatMap((part) => (part && part.length > 0 ? [part] : []))
    .flatMap((part, i) => (i === 0 ? part : [dot, ...part]));

const some = (value: string | null, before = ''): PhrasingContent[] | null =>
  value === null ? null : [...(before === '' ? [] : [text(before)]), ...prose(value, 100)];

/** Which release, in one line under the verdict. */
function subject({ record, observedStop, overridden }: View): Blocks[number] {
  const { service, release, decision } = record;
  const what = [...prose([service, release.version].filter((x) => x !== null).join(' '), 150)];
  return paragraph([
    ...(overridden
      ? [strong([text('Its gates say stop; somebody answers for it.')]), text(' ')]
      : observedStop
        ? [strong([text('Nothing was stopped: the policy only observes.')]), text(' ')]
        : decision.decision === 'continue' && record.observe
          ? [strong([text('The policy only observes.')]), text(' ')]
          : []),
    ...dotted([
      what,
      some(release.environment, 'to '),
      release.sha === null ? null : [text('commit '), ...code(release.sha.slice(0, 10))],
      [text(`${clockTime(record.ended, '')}`)],
    ]),
  ]);
}

/** Value against threshold, since when, and where to look. */
function reasons(view: View, cut: Cut): Blocks {
  const { verdict, blamed, alsoSick, record } = view;
  const item = (gate: GateView): PhrasingContent[] => {
    const since = cut.reason < 100 ? '' : sinceWords(gate, record.ended);
    return [
      strong(prose(gate.name, Math.min(cut.reason, 120))),
      ...prose(complaint(gate), cut.reason).map((node, i) => (i === 0 ? spaced(gate, node) : node)),
      ...(since === '' ? [] : [text(`; ${since}`)]),
      ...(cut.reason < 100 || gate.link === undefined ? [] : [text('; '), ...link('see the evidence', gate.link)]),
    ];
  };
  const blocks: Blocks = [];
  if (blamed.length > 0) {
    const title = view.observedStop ? 'What would have stopped it' : 'Why it stopped';
    blocks.push(heading(3, [text(title)]), list(blamed.map(item)));
  } else if (verdict.reason === 'not-steady') {
    blocks.push(paragraph([text('It was '), ...prose(`${verdict.sentence}.`, cut.reason)]));
  }
  const besides = alsoSick.slice(0, cut.entries);
  if (besides.length > 0) {
    blocks.push(paragraph([text(`${besidesTitle(view)}:`)]), list(besides.map(item)));
  }
  const weak = verdict.decision === 'continue' ? view.warnings.slice(0, cut.entries) : [];
  if (weak.length > 0) blocks.push(heading(3, [text('Warnings')]), list(weak.map(item)));
  const otherwise = cut.reason < 100 ? '' : counterfactual(view);
  if (otherwise !== '') blocks.push(paragraph(prose(otherwise, 600)));
  return blocks;
}

/** `plain` trims; the blank between the name and a complaint that begins with one comes back here. */
const spaced = (gate: GateView, node: PhrasingContent): PhrasingContent =>
  node.type === 'text' && complaint(gate).startsWith(' ') ? { ...node, value: ` ${node.value}` } : node;

/** A problem of the policy is a reason to stop; like these none is left out, only shortened. */
function problems({ record }: View, cut: Cut): Blocks {
  if (record.problems.length === 0) return [];
  const items = record.problems.map(({ file, line, column, message }): PhrasingContent[] => {
    const place = [file, line, column].filter((part) => part !== undefined).join(':');
    return [...(place === '' ? [] : [...code(place, cut.reason), text(' ')]), ...prose(message, cut.reason)];
  });
  return [heading(3, [text('What to mend')]), list(items)];
}

const troubled = (gate: GateView): boolean => gate.state !== 'healthy';

/** Those that block and are not well first; otherwise in the policy's order. */
function rowsOf({ gates }: View, rows: Cut['rows']): readonly GateView[] {
  if (rows === 'none') return [];
  const shown = gates.filter((g) => (rows === 'all' || troubled(g)) && (rows !== 'blocking' || g.enforce === 'block'));
  const rank = (g: GateView) => (g.blamed ? 0 : !troubled(g) ? 3 : g.enforce === 'block' ? 1 : 2);
  return [...shown].sort((a, b) => rank(a) - rank(b));
}

function overview(view: View, cut: Cut): Blocks {
  const rows = rowsOf(view, cut.rows).map((gate): PhrasingContent[][] => {
    const { mark, word } = stateWords(gate);
    const course = gate.reading?.shown === undefined ? '' : sparkline(gate.values);
    const behind = [evidenceWords(gate), course].filter((part) => part !== '').join(' ');
    return [
      // A mark or a "NOT" alone on its line says nothing, or the contrary.
      [text(`${mark}\u00a0${word.replace('NOT ', 'NOT\u00a0')}`)],
      prose(gate.name, 120),
      gate.reading === null ? [text('–')] : prose(measuredWords(gate.reading), 140),
      behind === '' ? [text('–')] : [text(behind)],
    ];
  });
  if (rows.length === 0) return [];
  const head = ['State', 'Gate', 'Measured', 'Evidence'].map((title) => [text(title)]);
  return [heading(3, [text(plural(view.gates.length, 'gate'))]), table([head, ...rows])];
}

/** None with the shortest reasons, which say what stands themselves. */
const findings = ({ gates, record }: View, { flavour }: SummaryOptions, cut: Cut): Blocks =>
  cut.reason < 60 ? [] : findingsBlocks(gates, record, { flavour, cut: cut.findings });

/** What stands behind a healthy canary: the harm that was ruled out, and that which was not. */
function proven({ byStatistics }: View, cut: Cut): Blocks {
  const items = byStatistics
    .slice(0, cut.entries)
    .map(({ name, reading }) => [strong(prose(name, 120)), text(': '), ...prose(reading?.reason ?? '', cut.reason)]);
  return items.length === 0 ? [] : [heading(3, [text(provenTitle)]), list(items)];
}

function notMeasured(view: View, cut: Cut): Blocks {
  const { unmeasured, gates, record } = view;
  if (gates.length === 0) return [];
  const title = heading(3, [text('What was not measured')]);
  if (record.rounds.length === 0) return [title, paragraph([text('No round was made: nothing was measured at all.')])];
  const partly = gates.filter((gate) => gate.gaps.length > 0);
  if (unmeasured.length + partly.length === 0) {
    const all = gates.length === 1 ? 'the gate was' : `all ${gates.length} gates were`;
    return [title, paragraph([text(`Nothing: ${all} measured.`)])];
  }
  const shown = [...unmeasured, ...partly].slice(0, cut.entries);
  const items = shown.map((gate): PhrasingContent[] => {
    if (gate.gaps.length > 0)
      return [strong(prose(gate.name, 120)), text(', in part: '), ...prose(listed(gate.gaps, 10), cut.reason)];
    const earlier = gate.measured;
    return [
      strong(prose(gate.name, 120)),
      text(`, ${stateWords(gate).word}`),
      // Why is said among the reasons already.
      ...(gate.reading === null || gate.blamed ? [] : [text(': '), ...prose(gate.reading.reason, cut.reason)]),
      text(
        earlier
          ? `; ${earlier.reading.state} when last measured, in round ${earlier.round}`
          : record.rounds.length > 1
            ? `; in none of ${record.rounds.length} rounds`
            : '',
      ),
    ];
  });
  const all = unmeasured.length + partly.length;
  if (items.length === 0) return [title, paragraph([text(plural(all, 'gate'))])];
  const more = all - shown.length;
  return [title, list(items), ...(more > 0 ? [paragraph([text(`and ${plural(more, 'more gate')}`)])] : [])];
}

function next(view: View, cut: Cut): Blocks {
  const steps = nextSteps(view).slice(0, Math.max(2, cut.entries));
  if (steps.length === 0) return [];
  const items = steps.map(({ text: words, gates }): PhrasingContent[] =>
    gates.length === 0
      ? prose(words, 600)
      : [strong(prose(listed(gates), 150)), text(': '), ...prose(`${words}.`, 600)],
  );
  return [heading(3, [text('What to do next')]), list(items)];
}

function evidenceBlocks(view: View, { flavour }: SummaryOptions, cut: Cut): Blocks {
  if (cut.evidence === 'none') return [];
  const body = evidence(cut.evidence === 'all' ? view.gates : view.gates.filter(troubled), view.record);
  if (body.length === 0) return [];
  const title = 'Evidence: queries, windows and the last answers';
  return flavour === 'github' ? details(title, body) : [heading(3, [text(title)]), ...body];
}

function leftOut(view: View, { maxBytes }: SummaryOptions, cut: Cut): Blocks {
  if (cut === full) return [];
  const rows = view.gates.length - rowsOf(view, cut.rows).length;
  const lines = shownOf(view.gates, full.findings) - shownOf(view.gates, cut.findings);
  const parts = [
    cut.evidence === 'troubled' ? 'the evidence of healthy gates' : 'the evidence of all gates',
    rows === 0 ? '' : `${plural(rows, 'row')} of the table`,
    lines === 0 ? '' : `${plural(lines, 'line')} about findings`,
    cut.charts < full.charts ? 'charts' : '',
    cut.reason < full.reason ? 'the ends of long reasons' : '',
  ].filter((part) => part !== '');
  const limit = maxBytes >= 1024 ? `${Math.floor(maxBytes / 1024)} KiB` : `${maxBytes} bytes`;
  return [
    paragraph([
      strong([text('Left out')]),
      text(` to stay within ${limit}: ${listed(parts)}. The full report has all of it.`),
    ]),
  ];
}

/** What an auditor asks for first. */
function footer({ record }: View, { recordFile, reportFile }: SummaryOptions): Blocks[number] {
  const { policy, rounds, tool, host, release, ended } = record;
  const ms = Date.parse(ended) - Date.parse(record.began);
  const duration = inWords(ms < 120_000 ? ms : Math.round(ms / 60_000) * 60_000);
  return paragraph(
    dotted([
      [
        text('policy '),
        ...(policy.file === null ? [text('inline')] : code(policy.file, 150)),
        text(' '),
        ...code(policy.sha256.slice(0, 12)),
      ],
      [text(`${plural(rounds.length, 'round')} in ${duration}`)],
      release.deployedAt === null ? null : [text(`deployed ${clockTime(release.deployedAt, ended)}`)],
      some(host.actor, 'started by '),
      link('this run', host.run ?? undefined),
      ...annotatedWords(record).map((words) => [text(words)]),
      reportFile === undefined ? null : [text('full report '), ...code(reportFile, 150)],
      recordFile === undefined ? null : [text('record '), ...code(recordFile, 150)],
      [text(`${tool.name} ${tool.version}`)],
    ]),
  );
}
