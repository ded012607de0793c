/** The reading of gate `flags`, from all answers. Four outcomes, never folded: met, missed, lacking, and what could not be read. Pure. */
import { error, healthy, insufficient, isProof, proveMeasured, type Reading, unhealthy } from '../../judge/reading.js';
import type { Answer, Flag, FlagStates } from '../../record/evidence.js';
import type { Meaning } from '../../sources/flags/meaning.js';
import { globForm } from '../../sources/text.js';
import { isPattern, type ParityProbe, type Probe, type ServedProbe, type StatesProbe } from './ask.js';
import { servedText } from './expect.js';
import { comparedKeys, compareStates, type Parity } from './parity.js';
import { compareServed } from './served.js';
import { assess } from './state.js';
import { lacking, met, type Verdict } from './verdict.js';

/** What the judge needs beside the questions. */
export interface Judging {
  readonly probes: readonly Probe[];
  readonly meaning: Meaning;
  readonly parity: Parity | undefined;
  readonly allowEmpty: boolean;
}

/** What was found of one flag. */
interface Outcome extends Omit<Verdict, 'is'> {
  readonly is: Verdict['is'] | 'error';
  readonly flag: string;
  /** The answers that it rests on. */
  readonly roles: readonly string[];
  readonly permanent?: boolean;
}

type Found = Outcome | { readonly measurement: Exclude<Answer, { failure: unknown }>['measurement'] };

const failed = (flag: string, role: string, code: string, text: string, permanent = false): Outcome => ({
  is: 'error',
  flag,
  roles: [role],
  code,
  text,
  permanent,
});

function measured(role: string, flag: string, answers: readonly Answer[]): Found {
  const answer = answers.find((a) => a.role === role);
  if (!answer) return failed(flag, role, 'not-answered', 'no answer');
  if (!('failure' in answer)) return answer;
  const { code, message, permanent } = answer.failure;
  return failed(flag, role, code, message, permanent);
}

const strange = (flag: string, role: string): Outcome =>
  failed(flag, role, 'bad-answer', 'the answer is about something else');

/** The states of one answer, or why there are none to go by. */
function statesOf(
  { flag, question }: StatesProbe | ParityProbe,
  role: string,
  answers: readonly Answer[],
): Outcome | FlagStates {
  const found = measured(role, flag, answers);
  if (!('measurement' in found)) return found;
  const { measurement } = found;
  if (measurement.kind !== 'flag-states') return strange(flag, role);
  const { of } = question;
  const form = 'match' in of ? new RegExp(globForm(of.match), 's') : undefined;
  const { states } = measurement;
  if (!states.every(({ key }) => (form ? form.test(key) : key === flag))) return strange(flag, role);
  return form === undefined && states.length !== 1 ? strange(flag, role) : measurement;
}

const notesOf = ({ notes }: { readonly notes: readonly string[] }): string =>
  notes.length > 0 ? ` (${notes.join('; ')})` : '';

function aboutStates(probe: StatesProbe, answers: readonly Answer[], now: number, allowEmpty: boolean): Outcome[] {
  const { role, flag, expected } = probe;
  const found = statesOf(probe, role, answers);
  if (!('states' in found)) return [found];
  const outcome = (name: string, verdict: Verdict): Outcome => ({ ...verdict, flag: name, roles: [role] });
  if (found.partial) {
    return [outcome(flag, lacking('partial', `was answered in part: ${found.notes.join('; ') || found.subject}`))];
  }
  if (found.states.length === 0) {
    return allowEmpty ? [] : [outcome(flag, lacking('no-flags', `matches no flag${notesOf(found)}`))];
  }
  return found.states.flatMap((state) =>
    assess(state, expected, now).map((verdict) =>
      outcome(state.key, state.exists ? verdict : { ...verdict, text: `${verdict.text}${notesOf(found)}` }),
    ),
  );
}

function aboutServed(probe: ServedProbe, answers: readonly Answer[], meaning: Meaning): Outcome[] {
  const { role, flag, expected, question } = probe;
  const found = measured(role, flag, answers);
  if (!('measurement' in found)) return [found];
  const { measurement } = found;
  if (measurement.kind !== 'flag' || measurement.flag !== flag) return [strange(flag, role)];
  const outcome = (verdict: Verdict): Outcome[] => [{ ...verdict, flag, roles: [role] }];
  if (!measurement.exists) {
    const text = `is not there: the provider knows no such flag${notesOf(measurement)}`;
    return outcome(lacking('unknown-flag', text));
  }
  const verdict = compareServed(measurement, expected, meaning);
  const text = `${verdict.text} for ${String(question.context.targetingKey)}`;
  return outcome({
    ...verdict,
    text: verdict.is === 'missed' ? `${text}, expected ${servedText(expected)}` : text,
  });
}

function aboutParity(probe: ParityProbe, answers: readonly Answer[], parity: Parity): Outcome[] {
  const { role, flag, here, question } = probe;
  const there = statesOf(probe, role, answers);
  if (!('states' in there)) return [{ ...there, text: `in ${parity.with}: ${there.text}` }];
  const own = statesOf(probe, here, answers);
  // What could not be read of it is said already.
  if (!('states' in own)) return [];
  const outcome = (name: string, verdict: Verdict): Outcome => ({ ...verdict, flag: name, roles: [here, role] });
  if (there.partial) {
    return [outcome(flag, lacking('partial', `was answered in part by ${parity.with}${notesOf(there)}`))];
  }
  const keys = 'flag' in question.of ? [flag] : comparedKeys(own.states, there.states, parity);
  const find = ({ states }: FlagStates, name: string) => states.find(({ key }) => key === name);
  return keys.map((key) => outcome(key, compareStates(find(own, key), find(there, key), parity)));
}

/** Ten of them; a policy may name hundreds. */
export const listed = (texts: readonly string[], between = '; '): string =>
  texts.slice(0, 10).join(between) + (texts.length > 10 ? `${between}and ${texts.length - 10} more` : '');

/** `new-checkout is off, can be switched off`: a text for each flag, where nothing is said twice. */
function byFlag(outcomes: readonly Outcome[]): string[] {
  const texts = new Map<string, Set<string>>();
  for (const { flag, text, is } of outcomes) {
    const said = texts.get(flag) ?? new Set();
    texts.set(flag, said.add(is === 'error' ? `could not be read: ${text}` : text));
  }
  return [...texts].map(([flag, parts]) => `${flag} ${[...parts].join(', ')}`);
}

/** Contexts that all got what they should are counted. */
function counted(probes: readonly Probe[], outcomes: readonly Outcome[]): Outcome[] {
  const contexts = (flag: string): ServedProbe[] =>
    probes.filter((p): p is ServedProbe => p.asks === 'served' && p.flag === flag);
  return outcomes.flatMap((outcome): Outcome[] => {
    const asked = contexts(outcome.flag);
    const [first] = asked;
    const index = asked.findIndex(({ role }) => outcome.roles.includes(role));
    if (!first || index < 0 || asked.length === 1) return [outcome];
    const assumed = outcome.assumed ? ` (the policy says what the code's default is)` : '';
    const text = `is ${servedText(first.expected)} for ${asked.length} probed contexts${assumed}`;
    return [{ ...outcome, ...met(text) }];
  });
}

/** @param now milliseconds since the epoch */
export function judge(
  { probes, meaning, parity, allowEmpty }: Judging,
  answers: readonly Answer[],
  now: number,
): Reading {
  const outcomes = probes.flatMap((probe): Outcome[] => {
    if (probe.asks === 'states') return aboutStates(probe, answers, now, allowEmpty);
    if (probe.asks === 'served') return aboutServed(probe, answers, meaning);
    return parity === undefined ? [] : aboutParity(probe, answers, parity);
  });
  const by = (is: Outcome['is']) => outcomes.filter((o) => o.is === is);
  const texts = (...chosen: (readonly Outcome[])[]) => listed(byFlag(chosen.flat()));
  const [wrong, errors, lacks] = [by('missed'), by('error'), by('lacking')];
  const prove = (roles: readonly string[]) => proveMeasured<Flag | FlagStates>([...new Set(roles)], answers);

  // What is proven wrong stays wrong, whatever else could not be read.
  if (wrong.length > 0) {
    const proof = prove(wrong.flatMap(({ roles }) => roles));
    if (!isProof(proof)) return proof;
    const besides = errors.length + lacks.length === 0 ? '' : `; besides: ${texts(errors, lacks)}`;
    const stands = wrong.some(({ passing }) => !passing);
    const details = stands ? { conclusive: true } : {};
    return unhealthy(proof, 'not-as-expected', `${texts(wrong)}${besides}`, details);
  }
  const [firstError] = errors;
  if (firstError) {
    const permanent = errors.every((o) => o.permanent) ? { permanent: true } : {};
    return error(firstError.code, texts(errors, lacks), permanent);
  }
  const [firstLack] = lacks.toSorted((a, b) => Number(a.pending ?? false) - Number(b.pending ?? false));
  if (firstLack) {
    const details = lacks.every(({ pending }) => pending) ? { pending: true } : {};
    return insufficient(firstLack.code, texts(lacks), details);
  }
  // A pattern may match nothing where the policy says so; but then something else must be there, or nothing was measured.
  const empty = (role: string): boolean =>
    answers.some(
      (a) => a.role === role && 'measurement' in a && a.measurement.kind === 'flag-states' && a.measurement.seen === 0,
    );
  const roles = probes.filter(({ flag, role }) => !(allowEmpty && isPattern(flag) && empty(role)));
  if (roles.length === 0) {
    const hint = 'so nothing was measured: expect something of a flag that is there too, or set `on-missing: ignore`';
    return insufficient(
      'no-flags',
      `no flag matches ${listed([...new Set(probes.map(({ flag }) => flag))], ', ')}, ${hint}`,
    );
  }
  const proof = prove(roles.map(({ role }) => role));
  return isProof(proof) ? healthy(proof, 'as-expected', listed(byFlag(counted(probes, by('met'))))) : proof;
}
