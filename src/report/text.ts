/** The report for a terminal or a log. */
import { plural } from '../judge/number.js';
import { formatDuration } from '../policy/fields.js';
import type { Evaluation } from '../policy/schema.js';
import type { DecisionRecord, Round } from '../record/record.js';
import type { Rule, TrainState } from '../train/decide.js';
import { columns, cutTo, wrap } from './columns.js';
import { findingsLines, remarksLines } from './findings-text.js';
import { sparkline } from './history.js';
import { moveLines, stageLines, standsWords } from './moves.js';
import { nextSteps, stepWords } from './next.js';
import { plain } from './plain.js';
import { arrivalsOf, arrivalsTitle, forwardTitle, standingLines, standingTitle } from './standing.js';
import { type GateView, type View, viewOf } from './view.js';
import {
  besidesTitle,
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

export interface TextOptions {
  /** Characters. */
  readonly width: number;
  /** ANSI colours. */
  readonly colour: boolean;
}

const ansi = {
  healthy: 32,
  unhealthy: 31,
  insufficient: 33,
  error: 33,
  'not-evaluated': 2,
  bold: 1,
  faint: 2,
} as const;

type Paint = (style: keyof typeof ansi, line: string) => string;

/** Narrower than this nothing can be read, so it is taken for a wrong width. */
const narrowest = 30;

/** The final report. No line is wider than `width`, or 30 where that is less. */
export function text(record: DecisionRecord, options: TextOptions): string {
  const width = Math.max(narrowest, options.width);
  const paint: Paint = (style, line) => (options.colour ? `\u{1b}[${ansi[style]}m${line}\u{1b}[0m` : line);
  const view = viewOf(record);
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [paint('bold', title), ...lines];
  const bullets = (items: readonly string[]) => items.flatMap((item) => wrap(`- ${item}`, width, 2, 4));
  const { verdict } = view;
  const sick = verdict.reason === 'unhealthy' ? 'unhealthy' : 'error';
  const goes = verdict.decision === 'continue';
  const otherwise = counterfactual(view);
  const blocks = [
    [
      ...wrap(plain(verdictSentence(view), 400), width, 0, 2).map((line) =>
        paint('bold', paint(goes ? 'healthy' : sick, line)),
      ),
      ...wrap(subject(record), width, 0, 2).map((line) => paint('faint', line)),
    ],
    section(view.observedStop ? 'What would have stopped it' : 'Why it stopped', [
      ...bullets(reasons(view)),
      ...(otherwise === '' ? [] : wrap(plain(otherwise, 600), width, 2, 2)),
    ]),
    section(besidesTitle(view), bullets(view.alsoSick.map((gate) => gateWords(gate, record)))),
    section('Warnings', bullets(goes ? view.warnings.map((gate) => gateWords(gate, record)) : [])),
    section('Policy', bullets(record.problems.map(problemWords))),
    section('Stages', walkLines(record, bullets)),
    section(
      'Moved at the end',
      bullets(moveLines(record).map(({ mark, subject, words }) => plain(`${mark} ${subject} ${words}`, 600))),
    ),
    section(plural(view.gates.length, 'gate'), gateTable(view.gates, width, paint)),
    section(
      'Findings',
      findingsLines(view.gates, record).flatMap(({ text: line, inner }) =>
        wrap(`- ${line}`, width, inner ? 4 : 2, inner ? 6 : 4),
      ),
    ),
    section(
      provenTitle,
      bullets(view.byStatistics.map(({ name, reading }) => plain(`${name}: ${reading?.reason ?? ''}`, 600))),
    ),
    section('Not measured', [
      ...bullets(view.unmeasured.map(unmeasuredWords)),
      ...bullets(view.gates.flatMap(({ name, gaps }) => gaps.map((gap) => plain(`${name}, in part: ${gap}`, 400)))),
    ]),
    section(
      standingTitle,
      bullets(
        standingLines(record).map(({ mark, words, run }) =>
          plain(`${mark} ${words}${run === undefined ? '' : `; ${run}`}`, 600),
        ),
      ),
    ),
    section('Next', bullets(nextSteps(view).map((step) => plain(stepWords(step), 600)))),
    section(forwardTitle, arrivalsLines(record, width)),
    section('To put in order', bullets(remarksLines(view.gates))),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function subject({ service, release, policy, rounds, began, ended }: DecisionRecord): string {
  const parts = [
    [service, release.version].filter((x) => x !== null).join(' '),
    release.environment === null ? '' : `to ${release.environment}`,
    release.sha === null ? '' : `commit ${release.sha.slice(0, 10)}`,
    `policy ${policy.file ?? 'inline'} ${policy.sha256.slice(0, 12)}`,
    `${plural(rounds.length, 'round')} in ${inWords(Date.parse(ended) - Date.parse(began))}`,
  ];
  return plain(parts.filter((part) => part !== '').join(', '), 400);
}

/** Reasons to stop; the verdict's sentence where no single gate is the reason. */
const reasons = ({ blamed, verdict, record }: View): string[] =>
  verdict.reason === 'not-steady' ? [plain(verdict.sentence, 600)] : blamed.map((gate) => gateWords(gate, record));

const gateWords = (gate: GateView, record: DecisionRecord): string => {
  const since = sinceWords(gate, record.ended);
  return plain(`${gate.name}${complaint(gate)}${since === '' ? '' : `; ${since}`}`, 600);
};

const problemWords = ({ file, line, column, message }: DecisionRecord['problems'][number]): string => {
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  return plain(`${place === '' ? '' : `${place}: `}${message}`, 600);
};

const unmeasuredWords = (gate: GateView): string =>
  plain(`${gate.name}, ${stateWords(gate).word}${gate.reading === null ? '' : `: ${gate.reading.reason}`}`, 400);

/** State, gate and course in columns as wide as they need to be, what was measured in the rest; two lines a gate where that is too little. */
function gateTable(gates: readonly GateView[], width: number, paint: Paint): string[] {
  const rows = gates.map((gate) => {
    const { mark, word } = stateWords(gate);
    const behind = [evidenceWords(gate), gate.reading?.shown === undefined ? '' : sparkline(gate.values)];
    const measured = gate.reading === null ? '' : measuredWords(gate.reading);
    return {
      gate,
      state: `${mark} ${word}`,
      name: plain(gate.name, 60),
      rest: plain([measured, ...behind].filter((part) => part !== '').join('; '), 300),
    };
  });
  const most = (texts: readonly string[], limit: number) => Math.min(limit, Math.max(0, ...texts.map(columns)));
  const state = most(
    rows.map((row) => row.state),
    Math.floor(width / 3),
  );
  const name = most(
    rows.map((row) => row.name),
    Math.floor(width / 3),
  );
  const room = width - 2 - state - 2 - name - 2;
  return rows.flatMap((row) => {
    const shown = paint(row.gate.state, cutTo(row.state, state, true));
    if (room < 24) {
      const first = cutTo(row.name, width - 2 - state - 2);
      return [`  ${shown}  ${first}`, ...(row.rest === '' ? [] : wrap(row.rest, width, 6, 6))];
    }
    const [head = '', ...more] = wrap(row.rest, room, 0, 0);
    const indent = ' '.repeat(width - room);
    return [`  ${shown}  ${cutTo(row.name, name, true)}  ${head}`.trimEnd(), ...more.map((line) => indent + line)];
  });
}

const walkLines = ({ walk }: DecisionRecord, bullets: (items: readonly string[]) => string[]): string[] =>
  walk === undefined
    ? []
    : bullets([
        ...[plain(standsWords(walk), 300)].filter((line) => line !== ''),
        ...stageLines(walk).map(({ mark, stage, move, words }) =>
          plain(`${mark} ${stage}${move === '' || move.endsWith(stage) ? '' : ` (${move})`}: ${words}`, 300),
        ),
      ]);

/** What a log can show of a hundred. */
const mostCommits = 20;

function arrivalsLines(record: DecisionRecord, width: number): string[] {
  const arrivals = arrivalsOf(record, mostCommits);
  if (!arrivals) return [];
  const { since, commits, note, flags } = arrivals;
  const items = [
    ...commits.map(({ sha, words }) => `${sha.slice(0, 10)} ${words}`),
    ...(note === '' ? [] : [note]),
    ...flags.map((words) => `flag ${words}`),
  ];
  const title = plain(`${arrivalsTitle} (${since}):`, 300);
  return [...wrap(title, width, 2, 4), ...items.flatMap((item) => wrap(`- ${plain(item, 300)}`, width, 4, 6))];
}

export interface Progress {
  readonly evaluation: Evaluation;
  /** Start of the step, milliseconds since the epoch. */
  readonly began: number;
  /** What all rounds so far come to, and what the policy says of its gates: for how many rounds a gate is unhealthy, and the steady time. */
  readonly state?: TrainState;
  readonly rules?: readonly Rule[];
}

/**
 * One line for one round, while the step waits:
 * `round 3  healthy 2/4  holding: error rate is 1.3 %, over the limit of 1 %, 1 of 2 rounds; steady 2m of 5m; 24m left`.
 */
export function progressLine(round: Round, run: Progress): string {
  const { decision } = round;
  const healthy = round.gates.filter((g) => g.reading?.state === 'healthy').length;
  const phase = { 'warm-up': ' warm-up', watch: '', final: ' final check' }[round.phase];
  const before = `round ${round.number}${phase}  healthy ${healthy}/${round.gates.length}`;
  if (decision.decision !== 'hold') return `${before}  ${decision.decision}: ${plain(decision.sentence, 160)}`;
  const left = run.began + run.evaluation.deadline - Date.parse(round.ended);
  const { state } = run;
  const parts = [
    `holding: ${holdWords(round, run)}`,
    state !== undefined && state.steadyMs > 0 && decision.reason !== 'steadying'
      ? `steady ${formatDuration(state.steadyMs)} of ${formatDuration(run.evaluation.steady)}`
      : '',
    left > 0 ? `${formatDuration(left)} left` : 'no time left',
  ];
  return `${before}  ${parts.filter((part) => part !== '').join('; ')}`;
}

function holdWords(round: Round, { rules, state }: Progress): string {
  const { decision } = round;
  if (!['unconfirmed', 'not-measured', 'insufficient-evidence'].includes(decision.reason))
    return plain(decision.sentence, 160);
  const [name, ...others] = decision.gates;
  const reading = round.gates.find((g) => g.gate === name)?.reading;
  if (name === undefined || !reading) return plain(decision.sentence, 160);
  const inRow = state?.gates.get(name)?.unhealthyInRow ?? 0;
  const after = rules?.find((rule) => rule.name === name)?.['unhealthy-after'];
  const count = inRow > 0 && after !== undefined ? `, ${inRow} of ${after} rounds` : '';
  const also = others.length === 0 ? '' : ` (also ${listed(others, 2)})`;
  return `${plain(`${name}${complaint({ reading, state: reading.state })}`, 160)}${count}${plain(also, 80).replace(/^(?=.)/, ' ')}`;
}
