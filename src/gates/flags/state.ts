/** A flag's state against what is expected of it. Four outcomes, never folded: met, missed, lacking, and (elsewhere) unreadable. Pure. */
import { formatDuration } from '../../policy/fields.js';
import { percentWords, stateWords } from '../../record/flag-words.js';
import type { FlagState } from '../../record/flags.js';
import { type Bounds, type Expectation, servedText } from './expect.js';
import { matches } from './served.js';

/** What was found of one part of an expectation. `met` and `missed` are facts; `lacking` says what is not known. */
export interface Verdict {
  readonly is: 'met' | 'missed' | 'lacking';
  readonly code: string;
  /** Behind the flag's name. */
  readonly text: string;
  /** It rests on what the policy says of the code, not on what is served. */
  readonly assumed?: true;
}

const met = (text: string): Verdict => ({ is: 'met', code: 'as-expected', text });
const missed = (text: string): Verdict => ({ is: 'missed', code: 'not-as-expected', text });
const lacking = (code: string, text: string): Verdict => ({ is: 'lacking', code, text });

/** Clocks of providers and runners disagree by seconds. */
const skewMs = 60_000;

/** @param now milliseconds since the epoch @returns a verdict for each part, at least one */
export function assess(state: FlagState, expected: Expectation, now: number): Verdict[] {
  if (!state.exists) return [lacking('unknown-flag', 'is not there: the provider knows no such flag')];
  const wantsArchived = expected.archived === true;
  if (state.archived) {
    return [wantsArchived ? met('is archived') : missed('is archived, so that its code serves its own default')];
  }
  if (wantsArchived) return [missed('is not archived')];
  if (!state.configured) return [lacking('not-configured', 'is not set up in this environment')];
  const found = checks.flatMap((check) => check(state, expected, now) ?? []);
  return found.length > 0 ? found : [met('is there')];
}

type Check = (state: FlagState, expected: Expectation, now: number) => Verdict | undefined;

/** Two that are each answered by the provider's word. */
const said = (word: boolean | null, wanted: boolean | undefined, what: string): Verdict | undefined => {
  if (wanted === undefined) return undefined;
  if (word === null) return lacking('not-known', `may be ${what} or not: the provider does not say`);
  const text = `is ${word ? '' : 'not '}${what}`;
  return word === wanted ? met(text) : missed(text);
};

const checks: readonly Check[] = [
  (state, { state: wanted, contexts }) => (wanted === undefined || contexts ? undefined : stateVerdict(state, wanted)),
  (state, { rollout }) => (rollout === undefined ? undefined : rolloutVerdict(state, rollout)),
  (state, { reach }) => {
    if (reach === undefined) return undefined;
    const text = `is ${stateWords(state)}, which reaches ${state.reach.replace('-', ' ')}`;
    if (reach.includes(state.reach)) return met(text);
    return state.reach === 'unknown' ? lacking('indeterminate', unclearly(state)) : missed(text);
  },
  (state, expected) => (expected.contexts ? undefined : serves(state, expected)),
  ({ enabled }, { enabled: wanted }) => said(enabled, wanted, 'switched on'),
  ({ whenOff }, { 'when-off': wanted }) => {
    if (wanted === undefined) return undefined;
    const words = { off: 'the old code', on: 'the NEW code', 'code-default': "its code's own default", unknown: '' };
    if (whenOff === wanted) return met(`serves ${words[whenOff]} once it is off`);
    if (whenOff === 'unknown') return lacking('indeterminate', 'may serve anything once it is off');
    const hint = whenOff === 'code-default' ? ' (say what that is with `code-default`)' : '';
    const text = `serves ${words[whenOff]} once it is off${hint}`;
    return whenOff === 'code-default' ? lacking('code-default', text) : missed(text);
  },
  ({ kill }, { killable }) => {
    if (killable === undefined) return undefined;
    const why = kill.why === undefined ? '' : `: ${kill.why}`;
    if (kill.possible === null) return lacking('kill-unknown', `may not be one that can be switched off${why}`);
    if (!kill.possible)
      return missed(`cannot be switched off${why === '' ? ` (${kill.blockedBy ?? kill.scope})` : why}`);
    const scope = kill.scope === 'all-environments' ? ', in ALL environments at once' : '';
    return met(`can be switched off${scope}`);
  },
  ({ kill }, { 'kill-scope': wanted }) => {
    if (wanted === undefined) return undefined;
    if (kill.scope === wanted) return met('can be switched off in this environment alone');
    return missed(
      kill.scope === 'none' ? 'cannot be switched off at all' : 'is switched off in all environments at once',
    );
  },
  ({ changed }, { 'unchanged-for': least }, now) => {
    if (least === undefined) return undefined;
    const age = changed === null ? Number.NaN : now - Date.parse(changed.at);
    if (changed === null || Number.isNaN(age))
      return lacking('age-unknown', 'may have been changed lately: the provider does not say');
    if (age < -skewMs) return lacking('clock-skew', 'was changed in the future: do the clocks agree?');
    const by = changed.by === null ? '' : ` by ${changed.by}`;
    const text = `was changed ${formatDuration(Math.max(0, age))} ago${by}`;
    return age >= least ? met(text) : missed(`${text}, less than ${formatDuration(least)}`);
  },
  ({ evaluatedAt }, { 'evaluated-within': most }, now) => {
    if (most === undefined) return undefined;
    const age = evaluatedAt === null ? Number.NaN : now - Date.parse(evaluatedAt);
    // Never asked for, and not told, look the same.
    if (Number.isNaN(age))
      return lacking('never-evaluated', 'has not been asked for by any application, as far as the provider says');
    const text = `was last asked for ${formatDuration(Math.max(0, age))} ago`;
    return age <= most ? met(text) : missed(`${text}, more than ${formatDuration(most)}`);
  },
  ({ stale }, { stale: wanted }) => said(stale, wanted, 'stale'),
  (_, { archived }) => (archived === undefined ? undefined : met('is not archived')),
  ({ temporary }, { temporary: wanted }) => said(temporary, wanted, 'temporary'),
  ({ targeting: { managedBy, timeDependent } }, { managed }) => {
    if (managed === undefined) return undefined;
    if (managedBy !== null) return missed(`is moved by ${managedBy}`);
    return timeDependent ? missed('changes with time by itself') : met('is moved by nobody else');
  },
  ({ targeting: { segments } }, { segments: wanted }) => {
    if (wanted === undefined) return undefined;
    const others = segments.filter((name) => !wanted.includes(name));
    if (others.length > 0) return missed(`is targeted at ${others.join(', ')} too`);
    return met(segments.length === 0 ? 'is targeted at no segment' : `is targeted at ${segments.join(', ')} alone`);
  },
  ({ targeting }, { individuals: most }) => {
    if (most === undefined) return undefined;
    const text = `names ${targeting.individuals} users one by one`;
    return targeting.individuals <= most ? met(text) : missed(`${text}, more than ${most}`);
  },
  ({ targeting }, { rules }) => {
    if (rules === undefined) return undefined;
    const conditions = targeting.segments.length + targeting.individuals;
    return targeting.rules === 0 && conditions === 0 ? met('has no rules') : missed('has rules');
  },
  ({ targeting: { prerequisites } }, { prerequisites: wanted }) => {
    if (wanted === undefined) return undefined;
    const failing = prerequisites.filter(({ met: is }) => is === false);
    if (failing.length > 0) return missed(`depends on ${failing.map(({ flag }) => flag).join(', ')}, not as it asks`);
    const open = prerequisites.filter(({ met: is }) => is === null);
    if (open.length > 0)
      return lacking(
        'indeterminate',
        `depends on ${open.map(({ flag }) => flag).join(', ')}, which may be as it asks or not`,
      );
    return met(prerequisites.length === 0 ? 'depends on no flag' : 'depends on flags that are as it asks');
  },
];

/** Why nobody can say who gets it. */
function unclearly(state: FlagState): string {
  const [first] = state.unclear;
  if (first !== undefined) return first;
  return `${state.method === 'sampled' ? 'seems' : 'is'} ${stateWords(state)}`;
}

function stateVerdict(state: FlagState, wanted: 'on' | 'off' | 'partial'): Verdict {
  const { reach, exposure, method } = state;
  const text = `is ${stateWords(state)}`;
  const unproven = (): Verdict => {
    if (state.unclear.length > 0) {
      const code = state.serves?.variant === null || state.whenOff === 'code-default' ? 'code-default' : 'unclear';
      return lacking(code, unclearly(state));
    }
    const how = method === 'sampled' ? `, by ${state.sample ?? 0} evaluations` : '';
    return lacking('not-proven', `${text}${how}: that does not prove ${wanted}`);
  };
  if (wanted === 'off') {
    if (reach === 'nobody') return met(text);
    // Somebody gets it, or is named to get it.
    return exposure.lo > 0 || reach === 'targeted-only' || reach === 'partial' || reach === 'everyone'
      ? missed(`${text}, expected ${wanted}`)
      : unproven();
  }
  if (wanted === 'on') {
    if (reach === 'everyone') return met(text);
    return exposure.hi < 100 || reach === 'nobody' || reach === 'targeted-only'
      ? missed(`${text}, expected ${wanted}`)
      : unproven();
  }
  if (reach === 'nobody' || reach === 'everyone') return missed(`${text}, expected ${wanted}`);
  return reach === 'unknown' ? unproven() : met(text);
}

function rolloutVerdict(state: FlagState, { lo, hi, open, text: wanted }: Bounds): Verdict {
  const { exposure, method } = state;
  const slack = 1e-9;
  const named = state.targeting.individuals > 0 ? ` and ${state.targeting.individuals} named users` : '';
  const sampled = method === 'sampled' ? `, estimated from ${state.sample ?? 0} evaluations` : '';
  const text = `is ${stateWords(state)}${named}${sampled}`;
  const inside =
    (open === 'lo' ? exposure.lo > lo + slack : exposure.lo >= lo - slack) &&
    (open === 'hi' ? exposure.hi < hi - slack : exposure.hi <= hi + slack);
  if (inside) return met(text);
  const outside =
    (open === 'hi' ? exposure.lo >= hi - slack : exposure.lo > hi + slack) ||
    (open === 'lo' ? exposure.hi <= lo + slack : exposure.hi < lo - slack);
  if (outside) return missed(`${text}, expected ${wanted}`);
  const why = state.unclear[0] ?? text;
  return lacking(
    'indeterminate',
    `${why}: whether that is ${wanted} cannot be told (${percentWords(exposure.lo)} to ${percentWords(exposure.hi)})`,
  );
}

/** `variant` and `value`, for everyone. */
function serves(state: FlagState, expected: Expectation): Verdict | undefined {
  const { variant, value } = expected;
  if (variant === undefined && value === undefined) return undefined;
  const wanted = servedText({
    ...(variant === undefined ? {} : { variant }),
    ...(value === undefined ? {} : { value }),
  });
  if (state.serves === null) {
    const possible = state.variants.some(
      (one) => (variant === undefined || one.name === variant) && (value === undefined || matches(one.value, value)),
    );
    const text = `serves different things to different users, or what is not known: that does not prove ${wanted}`;
    return possible || state.variants.length === 0 ? lacking('not-proven', text) : missed(`has no ${wanted}`);
  }
  const { variant: name, value: actual } = state.serves;
  const text = `serves ${JSON.stringify(actual) ?? 'nothing'}${name === null ? '' : ` (variant ${name})`}`;
  if (name === null) return lacking('code-default', "serves no value, so every caller gets its own code's default");
  if (variant !== undefined && name !== variant) return missed(`${text}, expected ${wanted}`);
  if (value !== undefined && !matches(actual, value)) return missed(`${text}, expected ${wanted}`);
  return met(text);
}
