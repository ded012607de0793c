/** What a person at a terminal sees while the step waits: one frame, drawn again each second. Pure; the host draws it. */
import { formatDuration } from '../policy/fields.js';
import type { Evaluation } from '../policy/schema.js';
import type { ReadingData } from '../record/evidence.js';
import type { Round } from '../record/record.js';
import type { Rule, TrainState } from '../train/decide.js';
import { columns, cutTo } from './columns.js';
import { sparkline } from './history.js';
import { plain } from './plain.js';
import { measuredWords, states } from './words.js';

export interface Waiting {
  /** All so far; of a rollout those of this step last. */
  readonly rounds: readonly Round[];
  readonly state: TrainState;
  readonly rules: readonly Rule[];
  readonly evaluation: Evaluation;
  /** Start of the train, and of the next round, milliseconds since the epoch. */
  readonly began: number;
  readonly next: number;
  readonly now: number;
}

export interface Size {
  readonly columns: number;
  readonly rows: number;
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

/** Lines around the gates: what holds the train, and the times. */
const around = 3;
/** A line of the terminal stays free, so that it does not scroll. */
const least = 5;

/** @returns lines of fewer than `size.columns` columns, fewer than `size.rows` of them; none where there is no room for anything */
export function frame(waiting: Waiting, size: Size): string[] {
  const width = size.columns - 1;
  if (width < 20 || size.rows < least) return [];
  const paint = (style: keyof typeof ansi, line: string) =>
    size.colour ? `\u{1b}[${ansi[style]}m${line}\u{1b}[0m` : line;
  const gates = waiting.rules.map((rule) => gateOf(rule, waiting));
  const rank = (gate: Gate) => (gate.state === 'healthy' ? 2 : gate.rule.enforce === 'block' ? 0 : 1);
  const sorted = [...gates].sort((a, b) => rank(a) - rank(b));
  const room = size.rows - 1 - around;
  const shown = sorted.length > room ? sorted.slice(0, room - 1) : sorted;
  const left = sorted.length - shown.length;
  const well = sorted.slice(shown.length).filter(({ state }) => state === 'healthy').length;
  const name = Math.min(Math.floor(width / 3), Math.max(0, ...shown.map((gate) => columns(gate.name))));
  return [
    paint('bold', cutTo(headline(waiting), width)),
    ...shown.map((gate) => {
      const { mark } = states[gate.state];
      const line = cutTo(`${mark} ${cutTo(gate.name, name, true)}  ${gate.words}`, width);
      return paint(gate.state, mark) + line.slice(mark.length);
    }),
    ...(left > 0 ? [paint('faint', cutTo(`  and ${left} more${well === left ? ', all healthy' : ''}`, width))] : []),
    paint('faint', cutTo(times(waiting), width)),
  ];
}

interface Gate {
  readonly rule: Rule;
  readonly name: string;
  readonly state: keyof typeof states;
  readonly words: string;
}

/** `1.3 % (limit < 1 %) · ▂▃▇ · unhealthy in 2 of 3 rounds`. */
function gateOf(rule: Rule, { rounds, state }: Waiting): Gate {
  const readings = rounds.map((round) => round.gates.find(({ gate }) => gate === rule.name)?.reading ?? null);
  const reading: ReadingData | null = readings.at(-1) ?? null;
  const inRow = state.gates.get(rule.name)?.unhealthyInRow ?? 0;
  const after = rule['unhealthy-after'];
  const parts = [
    reading === null ? 'not evaluated yet' : measuredWords(reading),
    reading?.shown === undefined ? '' : sparkline(readings.map((one) => one?.value ?? null)),
    inRow > 0 && reading?.state !== 'healthy' ? `unhealthy in ${inRow} of ${after} rounds` : '',
    rule.enforce === 'block' ? '' : rule.enforce === 'warn' ? 'only warns' : 'only observed',
  ];
  const words = plain(parts.filter((part) => part !== '').join(' · '), 300);
  return { rule, name: plain(rule.name, 80), state: reading?.state ?? 'not-evaluated', words };
}

function headline({ rounds }: Waiting): string {
  const last = rounds.at(-1);
  if (!last) return 'waiting for the first answers';
  const step = last.step === undefined ? '' : `step ${last.step}, `;
  return plain(
    `${step}round ${last.number}: ${last.decision.decision} (${last.decision.reason}): ${last.decision.sentence}`,
    400,
  );
}

/** `steady 2m of 5m · 24m left · next round in 12s`. */
function times({ state, evaluation, began, next, now }: Waiting): string {
  const left = began + evaluation.deadline - now;
  return [
    evaluation.steady > 0 ? `steady ${formatDuration(state.steadyMs)} of ${formatDuration(evaluation.steady)}` : '',
    left > 0 ? `${whole(left)} left` : 'no time left',
    next > now ? `next round in ${whole(next - now)}` : 'asking now',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** In whole seconds, never less than one while there is some. */
const whole = (ms: number): string => formatDuration(Math.ceil(ms / 1000) * 1000);
