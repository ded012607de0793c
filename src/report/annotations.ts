/** The decision as remarks that the platforms show beside the run and the code. */
import type { Annotation, Level } from '../host/host.js';
import type { DecisionRecord } from '../record/record.js';
import { isPath } from './findings-place.js';
import { excuseWords, fixWords, gravity, messageOf, shortIdentity } from './findings-words.js';
import { plain } from './plain.js';
import { standingLines } from './standing.js';
import { type GateView, type View, viewOf } from './view.js';
import { complaint, sinceWords, stateWords, verdictSentence } from './words.js';

/** Platforms show so many errors of a step, and drop the rest. */
const mostErrors = 10;

/** GitHub cuts at 4,096 characters; nobody reads that far. */
const longest = 1000;

/**
 * One error for each reason to stop and each problem of the policy; warnings for what would have stopped, what only warns and
 * what is ignored; a notice for what is only observed; and the worst findings beside the code that they are about. The gravest come first, since platforms show ten of a kind.
 * Those about gates stand where the policy writes them.
 */
export function annotations(record: DecisionRecord): Annotation[] {
  const view = viewOf(record);
  const remark = (level: Level, gate: GateView, before = '', after = ''): Annotation => ({
    level,
    title: plain(`Signalbox: ${gate.name}`, 120),
    message: plain([before, gate.name, complaint(gate), timeOf(gate, record), after].join(''), longest),
    ...placeOf(record, gate.name),
  });
  const problems = record.problems.map((problem): Annotation => {
    const { message, ...place } = problem;
    return { level: 'error', title: 'Signalbox: policy', message: plain(message, longest), ...place };
  });
  const reasons = view.blamed.map((gate) =>
    view.observedStop
      ? remark('warning', gate, `${view.overridden ? 'Overridden' : 'Observed only'}, would have stopped: `)
      : remark('error', gate),
  );
  const gates = view.gates.filter((gate) => !gate.blamed && gate.state !== 'healthy' && gate.reading !== null);
  const beside = gates.flatMap((gate) => {
    if (gate.ignored) return [remark('warning', gate, '', ' (ignored, as the policy says)')];
    if (gate.enforce === 'warn') return [remark('warning', gate, '', ' (warns only)')];
    if (gate.enforce === 'observe') return [remark('notice', gate, '', ' (observed only)')];
    return view.verdict.decision === 'stop' ? [remark('warning', gate, `${stateWords(gate).word}: `)] : [];
  });
  const first = [...problems, ...(reasons.length + problems.length === 0 ? headline(view) : []), ...reasons];
  return [...first, ...besideCode(view, mostErrors - first.length), ...liftedIn(record), ...beside];
}

/** What stands against the policy in gates that stop the train, in files of the repository; of several gates the worst of each in turn. */
function besideCode({ blamed, observedStop }: View, room: number): Annotation[] {
  const byGate = blamed.map(({ findings }) =>
    (findings?.worst.against ?? []).filter(({ file, inImage }) => file !== undefined && !inImage && isPath(file)),
  );
  const longestList = Math.max(0, ...byGate.map(({ length }) => length));
  const inTurn = Array.from({ length: longestList }, (_, i) => byGate.flatMap((found) => found[i] ?? [])).flat();
  // The same scan may be asked by several gates.
  const once = [...new Map(inTurn.map((found) => [`${found.identity} ${found.file} ${found.line}`, found])).values()];
  return once.slice(0, Math.max(0, room)).map((found): Annotation => {
    const { tool, rule, file, line, identity } = found;
    const parts = [
      `${gravity(found)}: ${messageOf(found)}`,
      fixWords(found),
      excuseWords(found),
      `identity ${shortIdentity(identity)}`,
    ];
    return {
      level: observedStop ? 'warning' : 'error',
      title: plain(`Signalbox: ${tool} ${rule}`, 120),
      message: plain(parts.filter((part) => part !== '').join('; '), longest),
      file,
      ...(line ? { line } : {}),
    };
  });
}

/** What somebody answers for, and what the ledger has lost. */
const liftedIn = (record: DecisionRecord): Annotation[] =>
  standingLines(record)
    .filter(({ grave }) => grave)
    .map(({ words }) => ({ level: 'warning', title: 'Signalbox: holds', message: plain(words, longest) }));

/** Only in a file of the repository: an inline policy has lines of its own. */
function placeOf({ gates }: DecisionRecord, name: string): Pick<Annotation, 'file' | 'line' | 'column'> {
  const place = gates.find((gate) => gate.name === name)?.place;
  const file = place?.file?.replace(/^(?:\.\/)+/, '');
  return place === undefined || file === undefined || !isPath(file) ? {} : { ...place, file };
}

const timeOf = (gate: GateView, record: DecisionRecord): string =>
  gate.rounds > 1 ? `; ${sinceWords(gate, record.ended)}` : '';

/** A stop that no single gate is the reason of. */
function headline(view: View): Annotation[] {
  if (view.verdict.decision !== 'stop') return [];
  const level = view.observedStop ? 'warning' : 'error';
  return [{ level, title: 'Signalbox', message: plain(verdictSentence(view), longest) }];
}
