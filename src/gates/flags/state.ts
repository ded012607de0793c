/** A flag's state against what is expected of it. Pure. */
import { percentWords, stateWords } from '../../record/flag-words.js';
import type { FlagState } from '../../record/flags.js';
import { type Bounds, type Expectation, servedText, show, valueText } from './expect.js';
import { matches } from './served.js';
import { aboutSetup } from './setup.js';
import { lacking, met, missed, type Verdict } from './verdict.js';

/** @param now milliseconds since the epoch @returns a verdict for each part, at least one */
export function assess(state: FlagState, expected: Expectation, now: number): Verdict[] {
  if (!state.exists) return [lacking('unknown-flag', 'is not there: the provider knows no such flag')];
  if (state.archived) {
    return [expected.archived === true ? met('is archived') : missed('is archived, so that nothing it says is in use')];
  }
  if (expected.archived === true) return [missed('is not archived')];
  if (!state.configured) return [lacking('not-configured', 'is not set up in this environment')];
  const { state: wanted, rollout, reach, contexts } = expected;
  const found = [
    wanted === undefined || contexts ? undefined : stateVerdict(state, wanted),
    rollout === undefined ? undefined : rolloutVerdict(state, rollout),
    reach === undefined ? undefined : reachVerdict(state, reach),
    contexts ? undefined : serves(state, expected),
    ...aboutSetup(state, expected, now),
  ].filter((verdict) => verdict !== undefined);
  return found.length > 0 ? found : [met('is there')];
}

/** `, estimated from 500 evaluations`: such an answer is about those that were made, not about everyone. */
const estimated = ({ method, sample }: FlagState): string =>
  method === 'sampled' ? `, estimated from ${sample ?? 0} evaluations` : '';

/** What may make it otherwise without anybody doing anything. */
function moving({ targeting: { timeDependent, managedBy } }: FlagState): string {
  if (managedBy !== null) return `, for now (${managedBy} moves it by itself)`;
  return timeDependent ? ', for now (it changes with time by itself)' : '';
}

/** Why nobody can say who gets it, and what would settle it. */
function open(state: FlagState): Verdict['text'] {
  const [first] = state.unclear;
  if (first !== undefined) return first;
  const { rules, segments } = state.targeting;
  const who = segments.length > 0 ? ` (${segments.slice(0, 3).join(', ')})` : '';
  if (state.method === 'sampled')
    return 'an estimate proves nothing for everyone: name the contexts that matter with `for:`';
  return rules > 0
    ? `its rules${who} decide, and nobody knows for how many: say with \`reach\` who may get it, or probe users with \`for:\``
    : 'how many get it is not known';
}

const openCode = (state: FlagState, otherwise: string): string =>
  state.unclear.length === 0
    ? otherwise
    : state.unclear.some((why) => why.includes('`code-default`'))
      ? 'code-default'
      : state.unclear.some((why) => why.includes('`on-values`'))
        ? 'unclear'
        : otherwise;

function stateVerdict(state: FlagState, wanted: 'on' | 'off' | 'partial'): Verdict {
  const { reach, exposure, method, unclear, serves: served } = state;
  const words = `is ${stateWords(state)}${estimated(state)}`;
  // Served is what the code does, which only the policy's author knows.
  const assumed = served !== null && served.variant === null;
  const yes: Verdict = assumed
    ? { ...met(`${words} (it serves no value, and the policy says that the code's default is ${wanted})`), assumed }
    : met(`${words}${moving(state)}`);
  const no = missed(`${words}, expected ${wanted}`);
  const unknown = lacking(
    openCode(state, method === 'sampled' ? 'not-proven' : 'indeterminate'),
    `${words}, which does not prove ${wanted}: ${open(state)}`,
  );
  // Rules and lists are there to give it to somebody; but what is neither on nor off may be either.
  const named = reach === 'targeted-only' && unclear.length === 0;
  switch (wanted) {
    case 'off':
      if (reach === 'nobody' && exposure.hi === 0 && method === 'static') return yes;
      return exposure.lo > 0 || reach === 'everyone' || reach === 'partial' || named ? no : unknown;
    case 'on':
      if (reach === 'everyone' && exposure.lo === 100 && method === 'static') return yes;
      return exposure.hi < 100 || reach === 'nobody' ? no : unknown;
    case 'partial':
      if (exposure.lo > 0 && exposure.hi < 100) return yes;
      return reach === 'nobody' || reach === 'everyone' || exposure.hi === 0 || exposure.lo === 100 ? no : unknown;
  }
}

/** Sums of decimal fractions are no better than this, in percent. */
const slack = 1e-9;

function rolloutVerdict(state: FlagState, { lo, hi, open: end, text: wanted }: Bounds): Verdict {
  const { exposure, targeting } = state;
  const list = targeting.individuals > 0 ? `, besides ${targeting.individuals} users that are named one by one` : '';
  const words = `is ${stateWords(state)}${list}${estimated(state)}`;
  const inside =
    (end === 'lo' ? exposure.lo > lo + slack : exposure.lo >= lo - slack) &&
    (end === 'hi' ? exposure.hi < hi - slack : exposure.hi <= hi + slack);
  if (inside) return met(`${words}${moving(state)}`);
  const outside =
    (end === 'hi' ? exposure.lo >= hi - slack : exposure.lo > hi + slack) ||
    (end === 'lo' ? exposure.hi <= lo + slack : exposure.hi < lo - slack);
  if (outside) {
    const no = missed(`${words}, expected ${wanted}`);
    return state.method === 'sampled' ? { ...no, passing: true } : no;
  }
  const between = `between ${percentWords(exposure.lo)} and ${percentWords(exposure.hi)} get it`;
  return lacking(
    openCode(state, 'indeterminate'),
    `${words} (${between}), which neither is nor is not ${wanted}: ${open(state)}`,
  );
}

function reachVerdict(state: FlagState, wanted: readonly FlagState['reach'][]): Verdict {
  const { reach, method, unclear } = state;
  const words = `is ${stateWords(state)}${estimated(state)}`;
  const wish = `expected to reach ${wanted.join(' or ')}`;
  // Named users may be served what is neither on nor off.
  const sure = reach !== 'unknown' && (reach !== 'targeted-only' || unclear.length === 0);
  const proven = method === 'static' || reach === 'partial';
  if (!sure || !proven) return lacking(openCode(state, 'indeterminate'), `${words}, ${wish}: ${open(state)}`);
  return wanted.includes(reach) ? met(`${words}${moving(state)}`) : missed(`${words}, ${wish}`);
}

/** `variant` and `value`, for everyone. */
function serves(state: FlagState, expected: Expectation): Verdict | undefined {
  const { variant, value } = expected;
  if (variant === undefined && value === undefined) return undefined;
  const wanted = servedText({
    ...(variant === undefined ? {} : { variant }),
    ...(value === undefined ? {} : { value }),
  });
  if (state.serves === null || state.method !== 'static') {
    const known = state.method === 'static' && state.unclear.length === 0 && state.variants.length > 0;
    const possible = state.variants.some(
      (one) =>
        (variant === undefined || one.name === variant) &&
        // A value that is not known is null.
        (value === undefined || one.value === null || matches(one.value, value)),
    );
    if (known && !possible) return missed(`has no ${wanted}`);
    const why = 'serves different things to different users, or what is not known';
    return lacking('not-proven', `${why}, which does not prove ${wanted}: name the contexts that matter with \`for:\``);
  }
  const { variant: name, value: actual } = state.serves;
  if (name === null) return lacking('code-default', "serves no value, so every caller gets its own code's default");
  const text = `serves ${actual === null ? '' : `${show(actual)} `}(variant ${name})`;
  if (variant !== undefined && name !== variant) return missed(`${text}, expected ${wanted}`);
  if (value !== undefined && actual === null) {
    return lacking('unclear', `${text}, whose value the provider does not tell, expected ${valueText(value)}`);
  }
  if (value !== undefined && !matches(actual, value)) return missed(`${text}, expected ${wanted}`);
  return met(`${text}${moving(state)}`);
}
