/**
 * Gate `flags`: feature flags serve what the release needs, e.g. the new path is still dark. A flag that cannot be read, is
 * unknown or was only probed for one user is never taken for off.
 */
import * as v from 'valibot';
import { error, healthy, insufficient, isProof, proveMeasured, type Reading, unhealthy } from '../judge/reading.js';
import { described } from '../policy/fields.js';
import type { Answer, Flag } from '../record/evidence.js';
import type { ServedQuestion } from '../sources/source.js';
import {
  alike,
  compare,
  type Expectation,
  expectation,
  expectationText,
  type Meaning,
  readExpectation,
} from './flags-expect.js';
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

const values = v.pipe(v.array(v.union([v.string(), v.number(), v.boolean()])), v.minLength(1, 'at least one value'));

const fields = v.strictObject({
  expect: described(
    expectations,
    'What must hold, by flag: `on`, `off`, `variant NAME`, `value TEXT`, or a map of `state`, `variant`, `value` and `for` (the evaluation contexts to probe).',
  ),
  'on-values': described(
    v.optional(values, [true, 'true', 'on', 'enabled']),
    'Served values, or variants, that count as on. Default: `true`, `on`, `enabled`.',
  ),
  'off-values': described(
    v.optional(values, [false, 'false', 'off', 'disabled']),
    'Served values, or variants, that count as off. Default: `false`, `off`, `disabled`.',
  ),
  'code-default': described(
    v.optional(v.picklist(['on', 'off'])),
    "What the application's own code does when the provider serves no value, as a disabled flag of flagd does. Without it such a flag is neither on nor off.",
  ),
});

const schema = v.pipe(
  fields,
  v.check(
    (g) => !g['on-values'].some((on) => g['off-values'].some((off) => alike(on, off))),
    'no value in both `on-values` and `off-values`',
  ),
);

type Config = v.InferOutput<typeof fields>;

/** One question and what it is asked for. */
interface Probe {
  readonly role: string;
  readonly flag: string;
  readonly expected: Expectation;
  readonly question: ServedQuestion;
}

/** Who is asked for when the policy names nobody. */
const anyone = { targetingKey: 'signalbox' };

function probesOf(config: Config): readonly Probe[] {
  const probes = new Map<string, Probe>();
  for (const [flag, written] of Object.entries(config.expect)) {
    const expected = readExpectation(written);
    for (const [index, context] of (expected.contexts ?? [anyone]).entries()) {
      let role = index === 0 ? flag : `${flag} #${index + 1}`;
      while (probes.has(role)) role += "'"; // a flag may be called `x #2`
      probes.set(role, { role, flag, expected, question: { family: 'flags', ask: 'served', flag, context } });
    }
  }
  return [...probes.values()];
}

/** What one answer proves. */
interface Outcome {
  readonly probe: Probe;
  readonly is: 'met' | 'missed' | 'error' | 'lacking';
  readonly code: string;
  readonly text: string;
  readonly permanent?: boolean;
  readonly assumed?: true;
}

function outcomeOf(probe: Probe, answers: readonly Answer[], meaning: Meaning): Outcome {
  const { role, flag, expected } = probe;
  const answer = answers.find((a) => a.role === role);
  if (!answer) return { probe, is: 'error', code: 'not-answered', text: `${flag}: no answer` };
  if ('failure' in answer) {
    const { code, message, permanent } = answer.failure;
    return { probe, is: 'error', code, text: `${flag}: ${message}`, permanent };
  }
  const { measurement } = answer;
  if (measurement.kind !== 'flag' || measurement.flag !== flag) {
    return { probe, is: 'error', code: 'bad-answer', text: `${flag}: the answer is about something else` };
  }
  if (!measurement.exists) {
    const notes = measurement.notes.length > 0 ? ` (${measurement.notes.join('; ')})` : '';
    return { probe, is: 'lacking', code: 'unknown-flag', text: `${flag}: the provider knows no such flag${notes}` };
  }
  return judged(probe, measurement, compare(measurement, expected, meaning));
}

function judged(probe: Probe, flag: Flag, verdict: ReturnType<typeof compare>): Outcome {
  const { expected, question } = probe;
  const whom = expected.contexts ? ` for ${String(question.context.targetingKey)}` : '';
  const text = `${probe.flag} ${verdict.text}${whom}`;
  if (verdict.is === 'missed') {
    return { probe, is: 'missed', code: 'not-as-expected', text: `${text}, expected ${expectationText(expected)}` };
  }
  if (verdict.is !== 'met') return { probe, is: 'lacking', code: verdict.is, text };
  if (!expected.contexts && flag.scope !== 'everyone') {
    const proves = `to one probed context (${flag.reason}), which does not prove ${expectationText(expected)} for everyone`;
    const hint = 'name the contexts that matter with `for:`';
    return { probe, is: 'lacking', code: 'not-proven', text: `${text} ${proves}: ${hint}` };
  }
  return { probe, is: 'met', code: 'as-expected', text, ...(verdict.assumed ? { assumed: true } : {}) };
}

/** `new-checkout is off for everyone, search-v2 is variant a for 2 probed contexts`. */
function metText(probes: readonly Probe[], outcomes: readonly Outcome[]): string {
  const texts = new Map<string, string>();
  for (const { flag, expected } of probes) {
    const n = expected.contexts?.length ?? 0;
    const whom = n === 0 ? 'everyone' : `${n} probed context${n === 1 ? '' : 's'}`;
    const assumed = outcomes.find((o) => o.probe.flag === flag && o.assumed);
    texts.set(flag, `${flag} is ${expectationText(expected)} for ${whom}${assumed ? ` (${assumed.text})` : ''}`);
  }
  return listed([...texts.values()], ', ');
}

/** Ten of them; a policy may name hundreds. */
const listed = (texts: readonly string[], between = '; '): string =>
  texts.slice(0, 10).join(between) + (texts.length > 10 ? `${between}and ${texts.length - 10} more` : '');

function judge(config: Config, probes: readonly Probe[], answers: readonly Answer[]): Reading {
  const meaning = { on: config['on-values'], off: config['off-values'], codeDefault: config['code-default'] };
  const outcomes = probes.map((probe) => outcomeOf(probe, answers, meaning));
  const by = (is: Outcome['is']) => outcomes.filter((o) => o.is === is);
  const texts = (...chosen: (readonly Outcome[])[]) => listed([...new Set(chosen.flat().map((o) => o.text))]);
  const [missed, errors, lacking] = [by('missed'), by('error'), by('lacking')];

  // What is proven wrong stays wrong, whatever else could not be read.
  if (missed.length > 0) {
    const roles = missed.map((o) => o.probe.role);
    const proof = proveMeasured<Flag>(roles, answers);
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
  const proof = proveMeasured<Flag>(
    probes.map((p) => p.role),
    answers,
  );
  return isProof(proof) ? healthy(proof, 'as-expected', metText(probes, outcomes)) : proof;
}

export const flagsGate = defineGate({
  type: 'flags',
  family: 'flags',
  schema,
  bind(config): Gate<'flags'> {
    const probes = probesOf(config);
    return {
      questions: () => new Map(probes.map(({ role, question }) => [role, question])),
      judge: (answers) => judge(config, probes, answers),
    };
  },
});
