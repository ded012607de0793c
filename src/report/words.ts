/** The wording that all forms of the report share. Pure; every text may still hold what came from outside. */
import { amount, plural } from '../judge/number.js';
import { formatThreshold, parseThreshold } from '../judge/threshold.js';
import { formatDuration } from '../policy/fields.js';
import type { ReadingData } from '../record/evidence.js';
import type { DecisionRecord } from '../record/record.js';
import { foundWords, scansWords } from './findings-words.js';
import { movesSaid } from './moves.js';
import type { GateView, View } from './view.js';

/** A mark that reads without colour, and the state as a plain word. */
export const states = {
  healthy: { mark: '✓', word: 'healthy' },
  unhealthy: { mark: '✗', word: 'NOT healthy' },
  insufficient: { mark: '?', word: 'too little evidence' },
  error: { mark: '?', word: 'could not be measured' },
  'not-evaluated': { mark: '–', word: 'not evaluated' },
} as const;

/** `NOT healthy`, `NOT healthy, only warns`: a gate that does not block must not look as if it did. */
export function stateWords(gate: Pick<GateView, 'state' | 'enforce' | 'ignored'>): { mark: string; word: string } {
  const { mark, word } = states[gate.state];
  if (gate.ignored) return { mark, word: `${word}, ignored` };
  if (gate.enforce === 'block') return { mark, word };
  const weak = gate.state === 'unhealthy' ? '!' : mark;
  return { mark: weak, word: `${word}, ${gate.enforce === 'warn' ? 'only warns' : 'only observed'}` };
}

/** `a`, `a and b`, `a, b and 3 more`. */
export function listed(words: readonly string[], most = 3): string {
  const shown = words.length > most + 1 ? [...words.slice(0, most), `${words.length - most} more`] : [...words];
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}

const units = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1000, 'second'],
] as const;

/** Milliseconds in prose, by the two greatest units: `5 minutes`, `1 hour 30 minutes`; under a second `120 ms`. */
export function inWords(ms: number): string {
  if (ms > 0 && ms < 1000) return `${Math.round(ms)} ms`;
  let rest = Math.round(ms / 1000) * 1000;
  const parts = units.flatMap(([size, name]) => {
    const n = Math.floor(rest / size);
    rest -= n * size;
    return n === 0 ? [] : [plural(n, name)];
  });
  return parts.slice(0, 2).join(' ') || '0 seconds';
}

/** `10:42 UTC`, with the date when it is not the day of `now`. Both ISO 8601. */
export function clockTime(instant: string, now: string): string {
  const time = `${instant.slice(11, 16)} UTC`;
  return instant.slice(0, 10) === now.slice(0, 10) ? time : `${instant.slice(0, 10)} ${time}`;
}

/** `<= 250 ms` as people write it: `≤ 250 ms`. */
const signs = (threshold: string): string => threshold.replace('<=', '≤').replace('>=', '≥').replace('==', '=');

/** `4.1 % (limit < 1 %)`, or the judge's own reason where no single value says it. */
export function measuredWords(reading: ReadingData): string {
  return reading.shown !== undefined && reading.threshold !== undefined
    ? `${reading.shown} (${parseThreshold(reading.threshold) ? 'limit ' : ''}${signs(reading.threshold)})`
    : reading.reason;
}

/**
 * How many events stand behind a reading and how old the newest sample is: `12,400 events, newest 8s old`. Of scans how many results were
 * read, and how many of them do not count: `2 scans, 37 results, 2 waived`.
 */
export function evidenceWords(gate: Pick<GateView, 'reading' | 'newestAgeMs' | 'findings'>): string {
  // An answer of an earlier round is no evidence of this one.
  if (!gate.reading) return '';
  const { events } = gate.reading;
  return [
    events === undefined ? '' : `${amount(events)} ${Math.round(events) === 1 ? 'event' : 'events'}`,
    gate.newestAgeMs === undefined ? '' : `newest ${formatDuration(gate.newestAgeMs)} old`,
    gate.findings === undefined ? '' : scansWords(gate.findings),
  ]
    .filter((text) => text !== '')
    .join(', ');
}

/** `over the limit of 1 %`, `under the required 99.9 %`. Undefined when the threshold is not one of a number. */
function limitWords({ value, threshold, code }: ReadingData): string | undefined {
  const parsed = threshold === undefined ? undefined : parseThreshold(threshold);
  if (!parsed || value === undefined) return undefined;
  const { operator } = parsed;
  const limit = formatThreshold(parsed).slice(operator.length + 1);
  const hard = code === 'over-hard-limit' ? 'hard ' : '';
  if (operator === '==') return `but must be exactly ${limit}`;
  const below = operator === '<' || operator === '<=';
  if (value === parsed.limit) return `but must stay ${below ? 'under' : 'over'} ${limit}`;
  return below
    ? `over the ${hard}limit of ${limit}`
    : `under the ${hard === '' ? 'required' : 'hard limit of'} ${limit}`;
}

/** What is wrong with a gate, behind its name: ` is 4.1 %, over the limit of 1 %`, or `: ` and the judge's reason. */
export function complaint({ reading, state }: Pick<GateView, 'reading' | 'state'>): string {
  if (!reading) return ': not evaluated';
  const limit = state === 'unhealthy' ? limitWords(reading) : undefined;
  return limit === undefined || reading.shown === undefined ? `: ${reading.reason}` : ` is ${reading.shown}, ${limit}`;
}

/** The complaint without its numbers, where the judge puts them behind what they come to, and without what else was found. */
function headline(gate: Pick<GateView, 'reading' | 'state' | 'findings'>): string {
  if (gate.reading?.code === 'findings' && gate.findings) return foundWords(gate.findings);
  const [text = ''] = complaint(gate).split('; besides: ');
  return gate.reading?.standing ? (text.split('; ')[0] ?? text) : text;
}

/** `since 10:42 UTC, 3 rounds in a row`; nothing for what was seen once. */
export function sinceWords({ since, rounds }: Pick<GateView, 'since' | 'rounds'>, now: string): string {
  if (since === null) return '';
  const when = `since ${clockTime(since, now)}`;
  return rounds < 2 ? `${when}, 1 round` : `${when}, ${rounds} rounds in a row`;
}

/** Over the gates that are unhealthy without being what stopped the train. */
export const besidesTitle = ({ verdict }: View): string =>
  verdict.reason === 'cancelled' ? 'Unhealthy at that time' : 'Unhealthy too, but not the reason yet';

/** Over the gates that are healthy by statistics. */
export const provenTitle = 'What was proven, what not';

/** What is said of the release when it was not it that stopped the train: only what holds of the last measurement of each gate. */
function faultWords(view: View): string {
  const sick = view.gates.filter((g) => g.enforce === 'block' && g.measured?.reading.state === 'unhealthy');
  if (sick.length === 0) return 'the release itself was not found at fault';
  return `${listed(sick.map((g) => g.name))} ${sick.length === 1 ? 'was' : 'were'} unhealthy when last measured`;
}

/**
 * The verdict as one sentence that a manager understands, such as `Stop: error rate is 4.1 %, over the limit of 1 %; also scans`.
 *
 * @param of texts of gates come in full; the caller cuts the line
 */
export function verdictSentence(view: View): string {
  const { verdict, record } = view;
  const because = reasonWords(view);
  // Nobody decided anything, so this must not look like the verdict of the gates.
  if (verdict.reason === 'cancelled') return `Cancelled${because.replace(/^cancelled/i, '').replace(/^(?=\w)/, ': ')}`;
  if (view.overridden) return `Overridden: ${overriddenBy(record)}; the gates say stop (${because})`;
  if (view.observedStop) return `Observed only: would have stopped (${because})`;
  if (verdict.decision === 'continue') {
    const { length } = view.warnings;
    const how = record.observe
      ? ' (observed only)'
      : length > 0
        ? `, with ${length === 1 ? 'a warning' : `${length} warnings`}`
        : record.standing?.used.length
          ? ', by an override'
          : '';
    return `Continue${how}: ${because}`;
  }
  const flags = movesSaid(record);
  return `${capital(verdict.decision)}: ${because}${flags === '' ? '' : `; ${flags}`}`;
}

/** Where the release was annotated and who was told, and who not, by what came last: `annotated in grafana`, `slack NOT told`. */
export function annotatedWords({ reactions = [] }: DecisionRecord): string[] {
  const marks = reactions.filter(({ flag }) => flag === undefined);
  const last = new Map(
    marks.map(({ type, target, ok, told }) => [`${type} ${target}`, { type, ok, told: told === true }]),
  );
  const where = (told: boolean, ok: boolean) => [
    ...new Set([...last.values()].flatMap((mark) => (mark.told === told && mark.ok === ok ? [mark.type] : []))),
  ];
  const words = (types: readonly string[], say: (names: string) => string) =>
    types.length > 0 ? [say(listed(types))] : [];
  return [
    ...words(where(false, true), (names) => `annotated in ${names}`),
    ...words(where(false, false), (names) => `not annotated in ${names}`),
    ...words(where(true, true), (names) => `told ${names}`),
    ...words(where(true, false), (names) => `${names} NOT told`),
  ];
}

const overriddenBy = ({ standing }: DecisionRecord): string => {
  const used = standing?.used.find(({ lifts }) => lifts === 'verdict');
  return used ? `${used.by} lets it go (${used.reason})` : 'somebody lets it go';
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function reasonWords(view: View): string {
  const { verdict, blamed, evaluation } = view;
  const names = listed(blamed.map((gate) => gate.name));
  const [first, ...others] = blamed;
  switch (verdict.reason) {
    case 'healthy':
      return view.record.walk ? verdict.sentence : healthyWords(view);
    case 'unhealthy': {
      if (!first) return verdict.sentence;
      const also = others.length === 0 ? '' : `; also ${listed(others.map((gate) => gate.name))}`;
      return `${first.name}${headline(first)}${also}`;
    }
    case 'not-measured':
      return first ? `could not measure ${names}; ${faultWords(view)}` : verdict.sentence;
    case 'insufficient-evidence':
      return first ? `too little evidence from ${names}; ${faultWords(view)}` : verdict.sentence;
    case 'open-stop':
      return openStopWords(view.record) ?? verdict.sentence;
    case 'not-steady':
      return `the deadline came before all gates had been healthy together${evaluation.steady === undefined ? '' : ` for ${inWords(evaluation.steady)}`}; ${faultWords(view)}`;
    default:
      return verdict.sentence;
  }
}

/** Without the links and the ways on, which stand below. */
function openStopWords({ standing }: DecisionRecord): string | undefined {
  const [stop, ...others] = standing?.stops ?? [];
  if (!stop) return undefined;
  const what = [stop.service, stop.version ?? (stop.sha === null ? 'the last release' : stop.sha.slice(0, 10))];
  const more = others.length === 0 ? '' : `, as ${plural(others.length, 'other')} since`;
  return `${what.filter((part) => part !== null).join(' ')} was stopped ${clockTime(stop.at, '')} (${stop.sentence})${more}, and no fix has passed since`;
}

function healthyWords({ gates, evaluation }: View): string {
  const must = gates.filter((gate) => gate.enforce === 'block');
  const well = must.filter((gate) => gate.state === 'healthy');
  const kind = must.length === gates.length ? 'gate' : 'blocking gate';
  const who =
    well.length < must.length
      ? `${well.length} of ${plural(must.length, kind)}`
      : must.length === 1
        ? `the ${kind}`
        : `all ${must.length} ${kind}s`;
  const steady = evaluation.steady ?? 0;
  const verb = well.length === 1 ? 'was healthy' : 'were healthy together';
  const ignored = must.filter((gate) => gate.ignored).length;
  return [
    `${who} ${steady > 0 ? `${verb} for ${inWords(steady)}` : verb}`,
    ignored > 0 ? `${ignored} without evidence, which the policy ignores` : '',
  ]
    .filter((text) => text !== '')
    .join('; ');
}

/** The limit within which the gate would have been healthy; to keep a hard limit alone would not have been enough. */
const neededLimit = ({ reading, threshold }: Pick<GateView, 'reading' | 'threshold'>): string | undefined =>
  reading?.shown === undefined ? undefined : reading.code === 'over-hard-limit' ? threshold : reading.threshold;

/**
 * What it would have taken: `It would have continued if error rate had stayed < 1 % (it is 4.1 %) for 5 minutes.` Empty when no
 * gate stands in the way with a value, since the reason itself then says all there is.
 */
export function counterfactual({ blamed, alsoSick, gates, verdict, evaluation }: View): string {
  const sick = [...blamed, ...alsoSick].filter((gate) => gate.state === 'unhealthy');
  if (verdict.reason !== 'unhealthy' || !sick.some((gate) => neededLimit(gate) !== undefined)) return '';
  const must = gates.filter((gate) => gate.enforce === 'block' && gate.state !== 'healthy' && !gate.ignored);
  const unproven = must.filter((gate) => !sick.includes(gate));
  const conditions = [...sick.map(condition), ...unproven.map(({ name }) => `${name} had been proven healthy`)];
  const steady = evaluation.steady ?? 0;
  const together = conditions.length > 1 ? ', all together' : '';
  return `It would have continued if ${listed(conditions, 5)}${steady > 0 ? `${together} for ${inWords(steady)}` : together}.`;
}

function condition(gate: GateView): string {
  const { name, reading, gaps } = gate;
  const limit = neededLimit(gate);
  if (limit !== undefined) return `${name} had stayed ${signs(limit)} (it is ${reading?.shown})`;
  if (reading?.code !== 'findings' || reading.threshold === undefined) return `${name} had been healthy`;
  return `${name} had found ${reading.threshold}${gaps.length > 0 ? ' and left nothing out' : ''}`;
}
