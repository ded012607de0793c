/**
 * Gate `flags`: feature flags are set up, and serve, as the release needs it, e.g. the new path is still dark. A flag that cannot be
 * read, is unknown, or of which it is not known who gets it, is never taken for off.
 */
import * as v from 'valibot';
import { error, healthy, insufficient, isProof, proveMeasured, type Reading, unhealthy } from '../judge/reading.js';
import { described } from '../policy/fields.js';
import type { Answer, Flag, FlagStates } from '../record/evidence.js';
import { isUnambiguous, type Meaning, meaningFields, meaningOf } from '../sources/flags/meaning.js';
import type { FlagQuestion, ServedQuestion, StatesQuestion } from '../sources/source.js';
import { type Expectation, expectation, readExpectation, servedText } from './flags/expect.js';
import { compareStates, type Parity, parity } from './flags/parity.js';
import { compareServed } from './flags/served.js';
import { assess, type Verdict } from './flags/state.js';
import { defineGate, type Gate } from './gate.js';

/** valibot's records pass over these keys, and a flag that is passed over would be one that nobody asks for. */
const unusable = ['__proto__', 'constructor', 'prototype'];
const isMap = (x: unknown): x is object => typeof x === 'object' && x !== null && !Array.isArray(x);

const expectations = v.pipe(
  v.unknown(),
  v.check(isMap, 'a map of flags, e.g. `new-checkout: off`'),
  v.check((x) => !isMap(x) || Object.keys(x).length > 0, 'at least one flag'),
  v.check(
    (x) => !isMap(x) || !unusable.some((key) => Object.hasOwn(x, key)),
    `flag names other than ${unusable.join(', ')}`,
  ),
  v.record(v.pipe(v.string(), v.nonEmpty('the name of a flag')), expectation),
);

const fields = v.strictObject({
  expect: described(
    expectations,
    'What must hold, by flag or by a pattern of names (`release-*`): `on`, `off`, `partial`, `rollout <= 5%`, `killable`, `exists`, `archived`, `variant NAME`, `value TEXT`; or a map of several, see [flags](flags.md).',
  ),
  'allow-empty': described(
    v.optional(v.boolean(), false),
    'Whether a pattern that no flag matches is no lack of evidence. Something must be there all the same.',
  ),
  parity: described(v.optional(parity), 'Compares each flag with the same one of another source.'),
  ...meaningFields,
});

const schema = v.pipe(
  fields,
  v.check((g) => isUnambiguous(g), 'no value in both `on-values` and `off-values`'),
);

type Config = v.InferOutput<typeof fields>;

const isPattern = (flag: string): boolean => flag.includes('*');

/** A question, and how its answer is judged. */
type Probe = { readonly role: string; readonly flag: string; readonly expected: Expectation } & (
  | { readonly asks: 'states' | 'parity'; readonly question: StatesQuestion }
  | { readonly asks: 'served'; readonly question: ServedQuestion }
);

/** What probes answer where there are contexts. */
const probed: ReadonlySet<string> = new Set(['contexts', 'state', 'variant', 'value']);

/** Whether anything is expected that only how the flag is set up can tell. */
const asksState = (expected: Expectation): boolean =>
  expected.contexts === undefined || Object.entries(expected).some(([key, x]) => x !== undefined && !probed.has(key));

function probesOf(config: Config, meaning: Meaning): readonly Probe[] {
  const probes = new Map<string, Probe>();
  const add = (wanted: string, make: (role: string) => Probe): void => {
    let role = wanted;
    while (probes.has(role)) role += "'"; // a flag may be called `x #2`
    probes.set(role, make(role));
  };
  for (const [flag, written] of Object.entries(config.expect)) {
    const expected = readExpectation(written);
    const of = isPattern(flag) ? { match: flag } : { flag };
    const states: StatesQuestion = { family: 'flags', ask: 'states', of, meaning };
    const needsState = asksState(expected) || config.parity !== undefined;
    if (needsState) add(flag, (role) => ({ role, flag, expected, asks: 'states', question: states }));
    for (const [index, context] of (expected.contexts ?? []).entries()) {
      const question: ServedQuestion = { family: 'flags', ask: 'served', flag, context };
      const name = index === 0 && !needsState ? flag : `${flag} #${index + 1}`;
      add(name, (role) => ({ role, flag, expected, asks: 'served', question }));
    }
    if (config.parity) {
      const { with: elsewhere } = config.parity;
      const question = { ...states, elsewhere };
      add(`${flag} in ${elsewhere}`, (role) => ({ role, flag, expected, asks: 'parity', question }));
    }
  }
  return [...probes.values()];
}

/** What one answer proves of one flag. */
interface Outcome {
  readonly role: string;
  readonly flag: string;
  readonly is: Verdict['is'] | 'error';
  readonly code: string;
  readonly text: string;
  readonly permanent?: boolean;
  readonly assumed?: true;
}

interface Judging {
  readonly config: Config;
  readonly meaning: Meaning;
  readonly answers: readonly Answer[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

function outcomesOf(probe: Probe, judging: Judging): Outcome[] {
  const { role, flag } = probe;
  const answer = judging.answers.find((a) => a.role === role);
  const failed = (code: string, text: string, permanent?: boolean): Outcome[] => [
    { role, flag, is: 'error', code, text: `${flag}: ${text}`, ...(permanent === undefined ? {} : { permanent }) },
  ];
  if (!answer) return failed('not-answered', 'no answer');
  if ('failure' in answer) return failed(answer.failure.code, answer.failure.message, answer.failure.permanent);
  const { measurement } = answer;
  const outcome = (name: string, { text, ...verdict }: Verdict): Outcome => ({
    role,
    flag: name,
    ...verdict,
    text: `${name} ${text}`,
  });
  if (probe.asks === 'served') {
    if (measurement.kind !== 'flag' || measurement.flag !== flag)
      return failed('bad-answer', 'the answer is about something else');
    return [outcome(flag, servedVerdict(probe.question, measurement, probe.expected, judging.meaning))];
  }
  if (measurement.kind !== 'flag-states') return failed('bad-answer', 'the answer is about something else');
  const incomplete: Outcome[] = measurement.partial
    ? [
        outcome(flag, {
          is: 'lacking',
          code: 'partial',
          text: `was answered in part: ${measurement.notes.join('; ') || measurement.subject}`,
        }),
      ]
    : [];
  if (probe.asks === 'parity') return incomplete;
  const { states } = measurement;
  if (isPattern(flag)) {
    if (states.length > 0 || judging.config['allow-empty']) {
      return [
        ...incomplete,
        ...states.flatMap((s) => assess(s, probe.expected, judging.now).map((verdict) => outcome(s.key, verdict))),
      ];
    }
    return [...incomplete, outcome(flag, { is: 'lacking', code: 'no-flags', text: 'matches no flag' })];
  }
  const state = states.find(({ key }) => key === flag);
  if (!state) return failed('bad-answer', 'the answer is about something else');
  const verdicts = assess(state, probe.expected, judging.now);
  const notes = measurement.notes.length > 0 ? ` (${measurement.notes.join('; ')})` : '';
  return [
    ...incomplete,
    ...verdicts.map((verdict) =>
      outcome(flag, state.exists ? verdict : { ...verdict, text: `${verdict.text}${notes}` }),
    ),
  ];
}

function servedVerdict(question: ServedQuestion, flag: Flag, expected: Expectation, meaning: Meaning): Verdict {
  if (!flag.exists) {
    const notes = flag.notes.length > 0 ? ` (${flag.notes.join('; ')})` : '';
    return { is: 'lacking', code: 'unknown-flag', text: `is not there: the provider knows no such flag${notes}` };
  }
  const verdict = compareServed(flag, expected, meaning);
  const text = `${verdict.text} for ${String(question.context.targetingKey)}`;
  return verdict.is === 'missed'
    ? { ...verdict, text: `${text}, expected ${servedText(expected)}` }
    : { ...verdict, text };
}

function parityOutcomes(probes: readonly Probe[], { config, answers }: Judging): Outcome[] {
  const { parity: wanted } = config;
  if (!wanted) return [];
  return probes.flatMap((probe) => (probe.asks === 'parity' ? parityOf(probe, wanted, answers) : []));
}

function parityOf({ role, flag }: Probe, wanted: Parity, answers: readonly Answer[]): Outcome[] {
  const states = (of: string) => {
    const answer = answers.find((a) => a.role === of);
    return answer && 'measurement' in answer && answer.measurement.kind === 'flag-states'
      ? answer.measurement.states
      : undefined;
  };
  const [here, there] = [states(flag), states(role)];
  // What could not be read is said already.
  if (!here || !there) return [];
  return here.map((state): Outcome => {
    const { text, ...verdict } = compareStates(
      state,
      there.find(({ key }) => key === state.key),
      wanted,
    );
    return { role, flag: state.key, ...verdict, text: `${state.key} ${text}` };
  });
}

/** Ten of them; a policy may name hundreds. */
const listed = (texts: readonly string[], between = '; '): string =>
  texts.slice(0, 10).join(between) + (texts.length > 10 ? `${between}and ${texts.length - 10} more` : '');

/** One flag's findings as one text: `new-checkout is off and can be switched off`. */
function joined(outcomes: readonly Outcome[]): string[] {
  const texts = new Map<string, string[]>();
  for (const { flag, text } of outcomes) {
    const behind = text.slice(flag.length + 1);
    const known = texts.get(flag) ?? [];
    if (!known.includes(behind)) texts.set(flag, [...known, behind]);
  }
  return [...texts].map(([flag, parts]) => `${flag} ${parts.join(', ')}`);
}

function judge(probes: readonly Probe[], judging: Judging): Reading {
  const { answers } = judging;
  const outcomes = [...probes.flatMap((probe) => outcomesOf(probe, judging)), ...parityOutcomes(probes, judging)];
  const by = (is: Outcome['is']) => outcomes.filter((o) => o.is === is);
  const texts = (...chosen: (readonly Outcome[])[]) => listed([...new Set(chosen.flat().map((o) => o.text))]);
  const [missed, errors, lacking] = [by('missed'), by('error'), by('lacking')];
  const prove = (roles: readonly string[]) => proveMeasured<Flag | FlagStates>([...new Set(roles)], answers);

  // What is proven wrong stays wrong, whatever else could not be read.
  if (missed.length > 0) {
    const proof = prove(missed.map((o) => o.role));
    if (!isProof(proof)) return proof;
    const besides = errors.length + lacking.length === 0 ? '' : `; besides: ${texts(errors, lacking)}`;
    return unhealthy(proof, 'not-as-expected', `${texts(missed)}${besides}`, { conclusive: true });
  }
  const [firstError] = errors;
  if (firstError) {
    const permanent = errors.every((o) => o.permanent) ? { permanent: true } : {};
    return error(firstError.code, texts(errors, lacking), permanent);
  }
  const [firstLack] = lacking;
  if (firstLack) return insufficient(firstLack.code, texts(lacking));
  // A pattern that may match nothing needs no flag behind it, but something must.
  const empty = new Set(
    answers.flatMap((a) =>
      'measurement' in a && a.measurement.kind === 'flag-states' && a.measurement.states.length === 0 ? [a.role] : [],
    ),
  );
  const mayBeEmpty = (probe: Probe) => judging.config['allow-empty'] && isPattern(probe.flag) && empty.has(probe.role);
  const roles = probes.filter((probe) => !mayBeEmpty(probe)).map(({ role }) => role);
  if (roles.length === 0) return insufficient('no-flags', 'no flag matches any of the patterns');
  const proof = prove(roles);
  return isProof(proof) ? healthy(proof, 'as-expected', listed(joined(by('met')), '; ')) : proof;
}

export const flagsGate = defineGate({
  type: 'flags',
  family: 'flags',
  schema,
  alsoAsks: (config) => (config.parity === undefined ? [] : [config.parity.with]),
  asksServed: (config) =>
    Object.values(config.expect).some((written) => readExpectation(written).contexts !== undefined),
  bind(config): Gate<'flags'> {
    const meaning = meaningOf(config);
    const probes = probesOf(config, meaning);
    return {
      questions: () => new Map(probes.map(({ role, question }): [string, FlagQuestion] => [role, question])),
      judge: (answers, { now }) => judge(probes, { config, meaning, answers, now }),
    };
  },
});
