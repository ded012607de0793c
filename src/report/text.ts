/** The report for a terminal or a log. Loads with the first round, so it imports nothing heavy. */
import { formatDuration } from '../policy/fields.js';
import type { Evaluation } from '../policy/schema.js';
import type { DecisionRecord, Round } from '../record/record.js';
import { type GateHistory, histories, sparkline } from './history.js';
import { headline, measuredText, nextSteps, sinceText, stateMark, stateWord } from './words.js';

export interface TextOptions {
  /** Characters. */
  readonly width: number;
  /** ANSI colours. */
  readonly colour: boolean;
}

const ansi = { healthy: 32, unhealthy: 31, insufficient: 33, error: 33, none: 2, bold: 1 } as const;

type Paint = (style: keyof typeof ansi, text: string) => string;

const painter =
  (colour: boolean): Paint =>
  (style, text) =>
    colour ? `\u001b[${ansi[style]}m${text}\u001b[0m` : text;

/** The final report. */
export function text(record: DecisionRecord, { width, colour }: TextOptions): string {
  const paint = painter(colour);
  const goes = record.decision.decision === 'continue';
  const title = wrap(headline(record), width, 0).map((line) =>
    paint('bold', paint(goes ? 'healthy' : 'unhealthy', line)),
  );
  const gates = histories(record);
  const blocks = [
    title,
    gates.flatMap((gate) => gateLines(gate, width, paint)),
    record.problems.flatMap((p) => wrap(`${place(p)}${p.message}`, width, 2)),
    nextSteps(record).flatMap(({ gates: names, text: step }) =>
      wrap(`→ ${names.length === 0 ? '' : `${names.join(', ')}: `}${step}`, width, 2),
    ),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

const place = ({ file, line, column }: DecisionRecord['problems'][number]): string =>
  file === undefined ? '' : `${[file, line, column].filter((x) => x !== undefined).join(':')}: `;

/** `✗ error rate: NOT healthy, 4.13 %, must be < 1 %; since …`, with a hanging indent. */
function gateLines(gate: GateHistory, width: number, paint: Paint): string[] {
  const role = { block: '', warn: ' (only warns)', observe: ' (only observed)' }[gate.enforce];
  const since = gate.last?.state === 'healthy' ? '' : sinceText(gate);
  const rest = [measuredText(gate), since].filter((part) => part !== '').join('; ');
  const [first = '', ...more] = wrap(
    `${gate.name}${role}: ${stateWord(gate.last)}, ${rest} ${sparkline(gate.values)}`.trim(),
    width,
    4,
  );
  return [`  ${paint(gate.last?.state ?? 'none', stateMark(gate.last))} ${first.trimStart()}`, ...more];
}

/** Lines of at most `width` characters, each indented; a word that is longer stands alone. */
function wrap(words: string, width: number, indent: number): string[] {
  const room = Math.max(20, width - indent);
  const lines: string[] = [];
  for (const word of words.split(/\s+/)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > room) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.map((line) => ' '.repeat(indent) + line);
}

/** Longer sentences stand in full in the report. */
const longestSentence = 160;

/**
 * One line for one round, while the step waits.
 *
 * @param run `began`: start of the step, milliseconds since the epoch
 */
export function progressLine(round: Round, run: { readonly evaluation: Evaluation; readonly began: number }): string {
  const { decision } = round;
  const healthy = round.gates.filter((g) => g.reading?.state === 'healthy').length;
  const left = run.began + run.evaluation.deadline - Date.parse(round.ended);
  const phase = { 'warm-up': ' (warm-up)', watch: '', final: ' (final check)' }[round.phase];
  const sentence =
    decision.sentence.length > longestSentence
      ? `${decision.sentence.slice(0, longestSentence - 1)}…`
      : decision.sentence;
  const what = decision.decision === 'hold' ? `holds: ${sentence}` : `${decision.decision}: ${sentence}`;
  const time = decision.decision === 'hold' && left > 0 ? `  (${formatDuration(left)} left)` : '';
  return `round ${round.number}${phase}  healthy ${healthy} of ${round.gates.length}  ${what}${time}`;
}
