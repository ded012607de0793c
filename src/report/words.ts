/** The wording that all forms of the report share. */
import type { ReadingData, State } from '../record/evidence.js';
import type { Decision, DecisionRecord } from '../record/record.js';
import { type GateHistory, histories } from './history.js';

const stateWords: Readonly<Record<State, string>> = {
  healthy: 'healthy',
  unhealthy: 'NOT healthy',
  insufficient: 'too little evidence',
  error: 'not measured',
};

export const stateWord = (reading: ReadingData | null): string =>
  reading === null ? 'not evaluated' : stateWords[reading.state];

/** A mark that can be told apart without colour. */
export const stateMark = (reading: ReadingData | null): string =>
  reading === null ? '–' : { healthy: '✓', unhealthy: '✗', insufficient: '?', error: '!' }[reading.state];

export const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

/** `a, b and c`; of many only the first four by name. */
export function listed(names: readonly string[]): string {
  const shown = names.length > 5 ? [...names.slice(0, 4), `${names.length - 4} more`] : names;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
}

/** `5 minutes`, `1 hour 30 minutes`, `45 seconds`. */
export function prose(ms: number): string {
  const s = Math.round(ms / 1000);
  const parts = [
    [Math.floor(s / 3600), 'hour'],
    [Math.floor((s % 3600) / 60), 'minute'],
    [s % 60, 'second'],
  ] as const;
  const shown = parts.filter(([n]) => n > 0).slice(0, 2);
  return shown.length === 0 ? '0 seconds' : shown.map(([n, unit]) => plural(n, unit)).join(' ');
}

/** `10:42:05 UTC` */
export const clock = (instant: string): string => `${instant.slice(11, 19)} UTC`;

/** The verdict in one line that a manager understands. */
export function headline(record: DecisionRecord): string {
  const { decision, verdict } = record;
  if (decision.reason === 'observed') return `Observed only: ${would(verdict)}`;
  return `${opening(decision)}${summaryOf(decision, record)}`;
}

function would(verdict: Decision): string {
  const names = verdict.gates.length === 0 ? '' : ` for ${listed(verdict.gates)}`;
  return `the train goes on, but would have stopped${names} (${verdict.reason})`;
}

const opening = (decision: Decision): string =>
  decision.reason === 'cancelled' ? 'Cancelled: ' : decision.decision === 'continue' ? 'Continue: ' : 'Stop: ';

const blameless = 'the release itself was not found at fault';

function summaryOf(decision: Decision, record: DecisionRecord): string {
  const gates = listed(decision.gates);
  const are = decision.gates.length === 1 ? 'is' : 'are';
  switch (decision.reason) {
    case 'healthy':
      return `${plural(decision.gates.length, 'blocking gate')} healthy${withWarnings(record)}`;
    case 'unhealthy':
      return oneReason(decision, record) ?? `${gates} ${are} not healthy`;
    case 'insufficient-evidence':
      return `too little evidence on ${gates}; ${blameless}`;
    case 'not-measured':
      return `${gates} could not be measured; ${blameless}`;
    case 'not-steady':
      return `healthy at the end, but not for as long as the policy asks; ${blameless}`;
    case 'cancelled':
      return `nothing was decided${record.rounds.length > 0 ? `, after ${plural(record.rounds.length, 'round')}` : ''}`;
    case 'policy-error':
      return `the policy or the inputs are wrong in ${plural(record.problems.length, 'place')}; nothing was measured`;
    case 'internal-error':
      return 'Signalbox itself failed, which is never a reason to continue';
    default:
      return decision.sentence;
  }
}

function withWarnings(record: DecisionRecord): string {
  const uneasy = histories(record).filter((g) => g.enforce === 'warn' && g.last?.state !== 'healthy');
  return uneasy.length === 0 ? '' : `, with ${plural(uneasy.length, 'warning')}`;
}

/** With one gate alone there is room for its value. */
function oneReason({ gates }: Decision, record: DecisionRecord): string | undefined {
  const [name] = gates;
  const gate = gates.length === 1 ? histories(record).find((g) => g.name === name) : undefined;
  const { shown, threshold } = gate?.last ?? {};
  return shown === undefined || threshold === undefined ? undefined : `${name} is ${shown}, must be ${threshold}`;
}

/** The gates that the verdict is about; for a cancelled train those that were not healthy. */
export function blockingGates(record: DecisionRecord): readonly GateHistory[] {
  const all = histories(record);
  const { verdict } = record;
  if (verdict.decision === 'continue') return [];
  if (verdict.reason === 'cancelled') return all.filter((g) => g.enforce === 'block' && g.last?.state === 'unhealthy');
  return all.filter((g) => verdict.gates.includes(g.name) && g.last?.state !== 'healthy');
}

/** `4.1 %, must be < 1 %`, or the reading's own sentence. */
export function measuredText({ last }: Pick<GateHistory, 'last'>): string {
  if (last === null) return 'not evaluated';
  const { shown, threshold, code } = last;
  return shown !== undefined && threshold !== undefined && (code === 'within-threshold' || code === 'over-threshold')
    ? `${shown}, must be ${threshold}`
    : last.reason;
}

/** `since 10:42:05 UTC, 3 rounds` */
export const sinceText = ({ since, rounds }: Pick<GateHistory, 'since' | 'rounds'>): string =>
  since === undefined ? '' : `since ${clock(since)}, ${plural(rounds, 'round')}`;

/** What each gate's reading asks for. By the code, else by the state and the kind of gate. */
const advice: Readonly<Record<string, string>> = {
  'over-threshold':
    'Fix forward: mend it and send the next release. If the new code is behind a flag, switch the flag off first.',
  'over-hard-limit':
    'Fix forward: mend it and send the next release. If the new code is behind a flag, switch the flag off first.',
  findings: 'Fix the findings, or suppress them in the scanner with a reason; then scan and run the step again.',
  'not-as-expected': 'Set the flag to what the policy expects, or correct the policy; then run the step again.',
  'no-data':
    'Check the query: does the series exist under this name and with these labels, and does the service write it?',
  partial: 'Check what feeds the source: a target is down or a part of the store does not answer.',
  'too-few-events': 'Give it more time (a longer `deadline` or `window`) or traffic, or lower `min-events` knowingly.',
  'not-a-number': 'NaN or infinity mostly mean a division without traffic: give `min-events`, and traffic.',
  stale: 'Check that the service still sends telemetry, and that `max-age` fits its interval.',
  'before-deployment': 'Check that the new version sends telemetry, and that `deployed-at` is right.',
  'tool-missing': 'Run the scanner, and put its results where the policy looks for them.',
  'wrong-commit': 'Scan the commit that is released.',
  'unknown-flag': 'Create the flag, or correct its name in the policy.',
  'not-proven': 'Name the contexts that matter with `for:`, or take the targeting off.',
  'code-default': 'Say with `code-default` what the application does without the provider.',
  unauthorized: 'Check the credential: is it set, and still valid?',
  forbidden: 'Give the credential the permission that the message names.',
  'bad-query': 'Correct the query; `signalbox check` finds some mistakes.',
  'many-series': 'Aggregate in the query, or write `reduce`.',
  'not-a-ratio': 'Say with `unit` what the query returns.',
  timeout: 'Check that the source is up and reachable from this runner, and that the query is not too heavy.',
  refused: 'Check that the source is up and reachable from this runner.',
  dns: 'Check the name of the source, and that this runner can resolve it.',
};

const adviceByState: Readonly<Record<State, string>> = {
  healthy: '',
  unhealthy: 'Fix forward: mend it and send the next release.',
  insufficient: 'Look at what the source has for this release, and run the step again.',
  error: 'Mend the source or its configuration, and run the step again.',
};

export interface NextStep {
  readonly gates: readonly string[];
  readonly text: string;
}

/** What to do next; the same advice for several gates once. */
export function nextSteps(record: DecisionRecord): readonly NextStep[] {
  switch (record.verdict.reason) {
    case 'policy-error':
      return [{ gates: [], text: 'Correct the policy and run `signalbox check` before the next release.' }];
    case 'internal-error':
      return [{ gates: [], text: 'Report it with the record, and run the step again.' }];
    case 'cancelled':
      return [{ gates: [], text: 'Run the step again: the release has been neither proven nor refused.' }];
    case 'not-steady':
      return [
        { gates: [], text: 'Give it a longer `deadline`, or find out what made it restless; then run the step again.' },
      ];
    default:
  }
  const byText = new Map<string, string[]>();
  for (const { name, last } of blockingGates(record)) {
    if (last === null) continue;
    const text = advice[last.code] ?? adviceByState[last.state];
    byText.set(text, [...(byText.get(text) ?? []), name]);
  }
  return [...byText].map(([text, gates]) => ({ gates, text }));
}

/** What would have let the train go, gate by gate; empty when that is no matter of values. */
export function counterfactual(record: DecisionRecord): readonly string[] {
  return blockingGates(record).flatMap(({ name, last }) => {
    if (last?.state !== 'unhealthy' || last.threshold === undefined) return [];
    const now = last.shown ?? (last.value === undefined ? undefined : String(last.value));
    return [`${name}: ${last.threshold}${now === undefined ? '' : `; it is ${now}`}`];
  });
}
