/** The reading of gate `deployment`, from all answers. The worst wins, and all that is wrong is named. Pure. */
import { error, healthy, insufficient, isProof, proveMeasured, type Reading, unhealthy } from '../../judge/reading.js';
import type { Answer, Deployments } from '../../record/evidence.js';
import type { DeploymentQuestion } from '../../sources/source.js';
import { type Asked, type Probe, targetsRole } from './ask.js';
import { assessSettings } from './settings.js';
import { assess } from './target.js';
import { lacking, type Verdict } from './verdict.js';

/** What was found of one target. */
interface Outcome extends Omit<Verdict, 'is'> {
  readonly is: Verdict['is'] | 'error';
  /** Undefined: it is about all of them. */
  readonly target?: string;
  /** The answer that it rests on. */
  readonly role: string;
  readonly permanent?: boolean;
}

/** What an answer as a whole is called: that about all targets needs no name. */
const named = (role: string) => ({ role, ...(role === targetsRole ? {} : { target: role }) });

const failed = (role: string, code: string, text: string, permanent = false): Outcome => ({
  is: 'error',
  ...named(role),
  code,
  text,
  permanent,
});

/** The measurement, when it is about what was asked; otherwise why there is none to go by. */
function measured(role: string, question: DeploymentQuestion, answers: readonly Answer[]): Outcome | Deployments {
  const answer = answers.find((a) => a.role === role);
  if (!answer) return failed(role, 'not-answered', 'no answer');
  if ('failure' in answer) {
    const { code, message, permanent } = answer.failure;
    return failed(role, code, message, permanent);
  }
  const { measurement: m } = answer;
  const strange = failed(role, 'bad-answer', 'the answer is about something else');
  if (m.kind !== 'deployments') return strange;
  const names = m.targets.map(({ name }) => name);
  const { targets: asked, settings } = question;
  if (names.length !== asked.length || !asked.every((name) => names.includes(name))) return strange;
  if (m.settings && (m.settings.target !== settings?.target || m.settings.like !== settings.like)) return strange;
  if (m.partial) {
    return { ...named(role), ...lacking('partial', `was answered in part: ${m.notes.join('; ') || m.subject}`) };
  }
  return m;
}

function ofProbe(
  { target: name, expected, settingsRole }: Probe,
  found: ReadonlyMap<string, Outcome | Deployments>,
  now: number,
): Outcome[] {
  const about = (role: string, verdicts: (m: Deployments) => Verdict[]): Outcome[] => {
    const m = found.get(role);
    if (m === undefined || !('targets' in m)) return [];
    return verdicts(m).map((verdict) => ({ ...verdict, target: name, role }));
  };
  const of = (m: Deployments) => m.targets.filter((target) => target.name === name);
  const { settings } = expected;
  return [
    ...about(targetsRole, (m) => of(m).flatMap((target) => assess(target, expected, now))),
    ...(settings === undefined || settingsRole === undefined
      ? []
      : about(settingsRole, (m) => of(m).map((target) => assessSettings(target, m.settings, settings)))),
  ];
}

/** With `wait` what is not so yet may come to be so. */
const waiting = (outcome: Outcome): Outcome =>
  outcome.is === 'missed' ? { ...outcome, is: 'lacking', code: 'waiting', pending: true } : outcome;

/** `staging: runs 1.2.2, expected 1.2.3; is not ready`: one text for each target. Not one is left out. */
function texts(...chosen: (readonly Outcome[])[]): string {
  const by = new Map<string | undefined, Set<string>>();
  for (const { target, text, is } of chosen.flat()) {
    const said = by.get(target) ?? new Set();
    by.set(target, said.add(is === 'error' ? `could not be read: ${text}` : text));
  }
  return [...by]
    .map(([target, parts]) => `${target === undefined ? '' : `${target}: `}${[...parts].join('; ')}`)
    .join('; ');
}

/** For `unhealthy` alone: a positive "not found" is seen too, and says that the release is not where it should be. */
const counted = (answers: readonly Answer[]): Answer[] =>
  answers.map((answer) =>
    'measurement' in answer && answer.measurement.kind === 'deployments'
      ? { ...answer, measurement: { ...answer.measurement, seen: answer.measurement.targets.length } }
      : answer,
  );

/** @param now milliseconds since the epoch */
export function judge({ probes, questions }: Asked, wait: boolean, answers: readonly Answer[], now: number): Reading {
  const found = new Map([...questions].map(([role, question]) => [role, measured(role, question, answers)]));
  const unread = [...found.values()].filter((one) => 'role' in one);
  const judged = probes.flatMap((probe) => ofProbe(probe, found, now));
  const outcomes = [...judged.map((one) => (wait ? waiting(one) : one)), ...unread];
  const by = (is: Outcome['is']) => outcomes.filter((o) => o.is === is);
  const [wrong, errors, lacks] = [by('missed'), by('error'), by('lacking')];

  // What is proven wrong stays wrong, whatever else could not be read.
  if (wrong.length > 0) {
    const proof = proveMeasured([...new Set(wrong.map(({ role }) => role))], counted(answers));
    if (!isProof(proof)) return proof;
    const besides = errors.length + lacks.length === 0 ? '' : `; besides: ${texts(errors, lacks)}`;
    const standing = wrong.find(({ stands }) => stands);
    const code = standing?.code ?? 'target-not-as-expected';
    return unhealthy(proof, code, `${texts(wrong)}${besides}`, standing ? { conclusive: true } : {});
  }
  const [firstError] = errors;
  if (firstError) {
    const permanent = errors.every((o) => o.permanent) ? { permanent: true } : {};
    return error(firstError.code, texts(errors, lacks), permanent);
  }
  // What is not told comes first; but what is not so yet must never be ignored together with it.
  const [firstLack] = lacks.toSorted((a, b) => Number(a.pending ?? false) - Number(b.pending ?? false));
  if (firstLack) {
    const details = lacks.some(({ pending }) => pending) ? { pending: true } : {};
    return insufficient(firstLack.code, texts(lacks), details);
  }
  const proof = proveMeasured([...questions.keys()], answers);
  return isProof(proof) ? healthy(proof, 'as-expected', texts(by('met'))) : proof;
}
