/** One round: every gate is asked, side by side, and none is left out because another failed. */

import type { Gate, Moment } from '../gates/gate.js';
import { error, type Reading } from '../judge/reading.js';
import { formatDuration } from '../policy/fields.js';
import type { GateConfig } from '../policy/schema.js';
import type { Answer, Failure, Measurement } from '../record/evidence.js';
import { type AnySource, type Ask, type Family, NotMeasured, type Question } from '../sources/source.js';
import type { Clock } from './clock.js';

/** A gate of the policy with its source open. */
export interface BoundGate {
  readonly config: GateConfig;
  readonly gate: Gate;
  /** The source's name in the policy. */
  readonly sourceName: string;
  readonly source: AnySource;
  /** Other sources that it asks too, by their names. */
  readonly others?: ReadonlyMap<string, AnySource>;
  /** How much later than it happens the source holds everything, milliseconds. */
  readonly settleMs: number;
}

export interface GateOutcome {
  readonly gate: string;
  readonly answers: readonly Answer[];
  /** null: the round was cut off from outside before the gate could be judged. */
  readonly reading: Reading | null;
  /** What the gate keeps for the next round; undefined: nothing. */
  readonly memory?: unknown;
}

type Asked = { readonly measurement: Measurement } | { readonly source: string; readonly failure: Failure };

/**
 * Asks and judges all gates. The same question to the same source is sent once.
 *
 * @param memories what each gate kept of the round before, by its name
 * @param limits `timeoutMs`: what has not answered by then is an error of its gate; `cancel`: what has not answered when it
 *   aborts was not evaluated
 */
export async function runRound(
  gates: readonly BoundGate[],
  moment: Omit<Moment, 'completeTo'>,
  limits: { readonly timeoutMs: number; readonly cancel: AbortSignal },
  clock: Clock,
  memories: ReadonlyMap<string, unknown> = new Map(),
): Promise<GateOutcome[]> {
  const over = new AbortController();
  const answered = new AbortController();
  const ends = AbortSignal.any([limits.cancel, over.signal]);
  const timer = clock
    .sleep(limits.timeoutMs, AbortSignal.any([limits.cancel, answered.signal]))
    .then(() => over.abort());
  const cut = new Promise<Asked | undefined>((resolve) => {
    // A turn later, so that a source which heeds the signal can still say what it was waiting for.
    const done = () => setImmediate(() => resolve(limits.cancel.aborted ? undefined : late(limits.timeoutMs)));
    if (ends.aborted) done();
    else ends.addEventListener('abort', done, { once: true });
  });
  // By the source itself: sources that are written out in place share the name of their type.
  const sent = new Map<AnySource, Map<string, Promise<Asked | undefined>>>();
  const ask = (bound: BoundGate, question: Question): Promise<Asked | undefined> => {
    const target = targetOf(bound, question);
    const { source } = target;
    const toSource = sent.get(source) ?? new Map<string, Promise<Asked | undefined>>();
    sent.set(source, toSource);
    const key = JSON.stringify(target.question);
    const asked = toSource.get(key) ?? Promise.race([askOnce(target, ends), cut]);
    toSource.set(key, asked);
    return asked;
  };
  try {
    return await Promise.all(
      gates.map((bound) => {
        const memory = memories.get(bound.config.name);
        return evaluate(bound, { ...moment, completeTo: moment.now - bound.settleMs }, memory, ask);
      }),
    );
  } finally {
    answered.abort();
    await timer;
  }
}

const late = (timeoutMs: number): Asked => ({
  source: '',
  failure: { code: 'timeout', message: `no answer within ${formatDuration(timeoutMs)}`, permanent: false },
});

/** Whom a question is for, and the question as it is put there. */
type Target = Pick<BoundGate, 'source' | 'sourceName'> & { readonly question: Question };

function targetOf({ source, sourceName, others }: BoundGate, question: Question): Target {
  if (!('elsewhere' in question) || question.elsewhere === undefined) return { source, sourceName, question };
  const { elsewhere, ...asked } = question;
  // Without it there is nobody to ask, which is an error of the gate.
  return { source: others?.get(elsewhere) ?? {}, sourceName: elsewhere, question: asked };
}

async function askOnce({ source, sourceName, question }: Target, signal: AbortSignal): Promise<Asked> {
  try {
    const asked = source[question.family] as Ask<Family> | undefined;
    if (asked === undefined) throw new Error(`it holds no ${question.family}`);
    const measurement = await asked(question, signal);
    return { measurement: { ...measurement, source: sourceName } as Measurement };
  } catch (thrown) {
    return { source: sourceName, failure: failureOf(thrown) };
  }
}

function failureOf(thrown: unknown): Failure {
  if (thrown instanceof NotMeasured) return { code: thrown.code, message: thrown.message, permanent: thrown.permanent };
  const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return { code: 'internal', message: `the source failed unexpectedly (${message})`, permanent: false };
}

async function evaluate(
  bound: BoundGate,
  moment: Moment,
  memory: unknown,
  ask: (bound: BoundGate, question: Question) => Promise<Asked | undefined>,
): Promise<GateOutcome> {
  try {
    const asked = await Promise.all(
      [...bound.gate.questions(moment, memory)].map(async ([role, question]) => {
        const { sourceName } = targetOf(bound, question);
        return { role, name: sourceName, got: await ask(bound, question) };
      }),
    );
    const answers = asked.flatMap(({ role, name, got }): Answer[] =>
      got === undefined ? [] : 'failure' in got ? [{ role, ...got, source: name }] : [{ role, ...got }],
    );
    return judgeRound(bound, answers, moment, memory);
  } catch (thrown) {
    return broken(bound, thrown, memory);
  }
}

/** What a gate makes of the answers of one round. Pure, so that the answers of a record give the same again. */
export function judgeRound(
  { config, gate }: Pick<BoundGate, 'config' | 'gate'>,
  answers: readonly Answer[],
  moment: Moment,
  memory: unknown,
): GateOutcome {
  try {
    const outcome = { gate: config.name, answers };
    if (answers.length < gate.questions(moment, memory).size) return { ...outcome, reading: null, memory };
    const judged = gate.judge(answers, moment, memory);
    return 'memory' in judged ? { ...outcome, ...judged } : { ...outcome, reading: judged };
  } catch (thrown) {
    return broken({ config }, thrown, memory);
  }
}

const broken = ({ config }: Pick<BoundGate, 'config'>, thrown: unknown, memory: unknown): GateOutcome => ({
  gate: config.name,
  answers: [],
  reading: error('internal', failureOf(thrown).message),
  memory,
});
