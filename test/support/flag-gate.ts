/** A gate about flags, judged by what a provider answers. */
import * as v from 'valibot';
import type { GateType } from '../../src/gates/gate.js';
import type { Reading } from '../../src/judge/reading.js';
import type { Answer, Flag, FlagStates } from '../../src/record/evidence.js';
import type { FlagState } from '../../src/record/flags.js';
import { type Definition, serve } from '../../src/sources/flags/definition.js';
import type { Meaning } from '../../src/sources/flags/meaning.js';
import { asksFor, type Facts, missingState, stateOf } from '../../src/sources/flags/state.js';
import type { FlagQuestion } from '../../src/sources/source.js';
import { readingOf, start } from './evidence.js';

export const moment = { now: start, deployedAt: start, settledAt: start, completeTo: start };
/** ISO 8601, so long before `moment`. */
export const ago = (ms: number): string => new Date(start - ms).toISOString();
export const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

export const bindGate = (type: GateType, config: Record<string, unknown>) =>
  type.bind(v.parse(type.schema, JSON.parse(JSON.stringify(config))));

/** What is wrong with a config, all of it; undefined: nothing. */
export function issuesOf(type: GateType, config: unknown): string | undefined {
  const { issues: found } = v.safeParse(type.schema, config);
  const flat = (list: readonly v.BaseIssue<unknown>[] = []): string[] =>
    list.flatMap((i) => [i.message, ...flat(i.issues)]);
  return found && flat(found).join('\n');
}

export const booleans: Definition['variants'] = [
  { name: 'on', value: true },
  { name: 'off', value: false },
];
/** A flag of two variants, enabled and serving off unless it is said otherwise; its off value is off. */
export const definition = (change: Partial<Definition> = {}): Definition => ({
  enabled: true,
  kind: 'boolean',
  variants: booleans,
  rules: [],
  otherwise: serve('off'),
  off: serve('off'),
  ...change,
});

/** How a flag is set up; what follows from it depends on what the question says that values mean. */
export type Setup = Partial<Omit<Facts, 'key' | 'definition'>> & {
  readonly definition?: Partial<Definition>;
  /** What a provider's own state differs in. */
  readonly state?: Partial<FlagState>;
};
export const missing = 'missing';
export const fails = (code: string, permanent = false) => ({ failure: { code, message: `${code}!`, permanent } });
export type Failing = ReturnType<typeof fails>;

export function stateFor(key: string, setup: Setup | typeof missing, meaning: Meaning): FlagState {
  if (setup === missing) return missingState(key);
  const { definition: change, state, ...facts } = setup;
  const kill = { possible: true, scope: 'environment' } as const;
  return { ...stateOf({ key, kill, ...facts, definition: definition(change) }, meaning), ...state };
}

const common = { query: 'q', at: new Date(start).toISOString(), notes: [], partial: false };

/** The answer of a provider that holds these flags. */
export function statesAnswer(
  role: string,
  source: string,
  question: FlagQuestion,
  flags: Readonly<Record<string, Setup | typeof missing>>,
  change: Partial<FlagStates> = {},
): Answer {
  if (question.ask !== 'states') throw new Error('asked to evaluate');
  const { of, meaning } = question;
  const known = 'flag' in of ? { [of.flag]: flags[of.flag] ?? missing } : flags;
  const states = Object.entries(known)
    .filter(([key]) => asksFor(question)(key))
    .map(([key, setup]) => stateFor(key, setup, meaning))
    .filter(({ archived }) => 'flag' in of || !archived);
  const seen = states.filter(({ exists }) => exists).length;
  const subject = 'flag' in of ? `flag ${of.flag}` : `flags ${of.match}`;
  return { role, measurement: { kind: 'flag-states', source, subject, ...common, seen, states, ...change } };
}

export type Served = Partial<Omit<Flag, 'kind' | 'flag' | 'context'>>;

export function servedAnswer(role: string, question: FlagQuestion, served: Served): Answer {
  if (question.ask !== 'served') throw new Error('asked how it is set up');
  const { flag, context } = question;
  return {
    role,
    measurement: {
      kind: 'flag',
      source: 'flags',
      subject: `flag ${flag}`,
      ...common,
      seen: 1,
      flag,
      exists: true,
      enabled: true,
      value: false,
      variant: null,
      reason: 'STATIC',
      scope: 'context',
      context: { ...context },
      ...served,
    },
  };
}

export interface World {
  /** Flags of the gate's own source. */
  readonly flags?: Readonly<Record<string, Setup | typeof missing>>;
  /** What is served, by role. */
  readonly served?: Readonly<Record<string, Served>>;
  /** Flags of the other source. */
  readonly elsewhere?: Readonly<Record<string, Setup | typeof missing>>;
  /** What goes wrong, by role; null: no answer at all. */
  readonly fails?: Readonly<Record<string, Failing | null>>;
  /** What the answers differ in, by role. */
  readonly change?: Readonly<Record<string, Partial<FlagStates>>>;
}

export function judgeGate(type: GateType, config: Record<string, unknown>, world: World): Reading {
  const gate = bindGate(type, config);
  const answers = [...gate.questions(moment)].flatMap(([role, asked]): Answer[] => {
    const question = asked as FlagQuestion;
    const failing = world.fails?.[role];
    if (failing === null) return [];
    const source = 'elsewhere' in question ? (question.elsewhere ?? 'flags') : 'flags';
    if (failing) return [{ role, source, ...failing }];
    if (question.ask === 'served') {
      const served = world.served?.[role];
      return served ? [servedAnswer(role, question, served)] : [];
    }
    const flags = source === 'flags' ? world.flags : world.elsewhere;
    return [statesAnswer(role, source, question, flags ?? {}, world.change?.[role])];
  });
  return readingOf(gate.judge(answers, moment));
}
