/** What is expected of how a flag is set up, beside who gets it: its switch, its age, its targeting, whether it can be killed. Pure. */
import { plural } from '../../judge/number.js';
import { formatDuration } from '../../policy/fields.js';
import type { FlagState } from '../../record/flags.js';
import type { Expectation } from './expect.js';
import { lacking, met, missed, type Verdict } from './verdict.js';

/** @param now milliseconds since the epoch @returns a verdict for each part that is expected */
export const aboutSetup = (state: FlagState, expected: Expectation, now: number): Verdict[] =>
  checks.flatMap((check) => check(state, expected, now) ?? []);

type Check = (state: FlagState, expected: Expectation, now: number) => Verdict | undefined;

/** Clocks of providers and runners disagree by seconds. */
const skewMs = 60_000;

/** Since `then`, in milliseconds; undefined: it is not known; a verdict: it lies in the future. */
function age(then: string | null | undefined, now: number, did: string): number | undefined | Verdict {
  const ms = then === null || then === undefined ? Number.NaN : now - Date.parse(then);
  if (Number.isNaN(ms)) return undefined;
  if (ms < -skewMs) return lacking('clock-skew', `${did} in the future: do the clocks agree?`);
  return Math.max(0, ms);
}

/** What the provider says by yes and no. */
const said = (word: boolean | null, wanted: boolean | undefined, what: string): Verdict | undefined => {
  if (wanted === undefined) return undefined;
  if (word === null) return lacking('not-told', `may be ${what} or not: the provider does not say`);
  const text = `is ${word ? '' : 'not '}${what}`;
  return word === wanted ? met(text) : missed(`${text}, expected ${wanted ? '' : 'not '}to be`);
};

const offWords = { off: 'the old code', on: 'the NEW code', 'code-default': "the code's own default", unknown: '' };

const whenOff: Check = ({ whenOff: is }, { 'when-off': wanted }) => {
  if (wanted === undefined) return undefined;
  const text = `serves ${offWords[is]} once it is off`;
  if (is === wanted) return met(text);
  if (is === 'unknown') return lacking('indeterminate', 'serves nobody knows what once it is off');
  return is === 'code-default'
    ? lacking('code-default', `${text}: say what that is with \`code-default\``)
    : missed(`${text}, expected ${offWords[wanted]}`);
};

const killable: Check = ({ kill }, { killable: wanted }) => {
  if (wanted === undefined) return undefined;
  const why = kill.why ?? kill.blockedBy;
  const because = why === undefined ? '' : `: ${why}`;
  if (kill.possible === false || kill.scope === 'none') return missed(`cannot be switched off${because}`);
  if (kill.possible === null) {
    if (wanted === 'as-far-as-known') return met('can be switched off, as far as is known beforehand');
    return lacking('kill-unknown', `can be switched off or not, nobody knows${because}`);
  }
  return met(`can be switched off${kill.scope === 'all-environments' ? ', in ALL environments at once' : ''}`);
};

const killScope: Check = ({ kill: { scope } }, { 'kill-scope': wanted }) => {
  if (wanted === undefined) return undefined;
  if (scope === wanted) return met('would go off in this environment alone');
  return missed(
    scope === 'none'
      ? 'cannot be switched off from here, expected in this environment alone'
      : 'would go off in ALL environments at once, expected in this one alone',
  );
};

const unchangedFor: Check = ({ changed }, { 'unchanged-for': least }, now) => {
  if (least === undefined) return undefined;
  const ms = age(changed?.at, now, 'was changed');
  if (typeof ms === 'object') return ms;
  if (ms === undefined || changed === null) {
    return lacking('change-unknown', 'may have been changed lately: the provider does not say');
  }
  const by = changed.by === null ? '' : ` by ${changed.by}`;
  const text = `was last changed ${formatDuration(ms)} ago${by}`;
  if (ms >= least) return met(text);
  // Nothing is wrong with it, and time will tell.
  return { ...lacking('changed-lately', `${text}, expected to rest for ${formatDuration(least)}`), pending: true };
};

const evaluatedWithin: Check = ({ evaluatedAt }, { 'evaluated-within': most }, now) => {
  if (most === undefined) return undefined;
  const ms = age(evaluatedAt, now, 'was asked for');
  if (typeof ms === 'object') return ms;
  // Never asked for, and not told, look the same.
  if (ms === undefined) {
    return lacking('never-evaluated', 'has been asked for by no application, as far as the provider tells');
  }
  const text = `was last asked for ${formatDuration(ms)} ago`;
  // The application may ask for it at any time.
  return ms <= most ? met(text) : { ...missed(`${text}, expected within ${formatDuration(most)}`), passing: true };
};

const managed: Check = ({ targeting: { managedBy, timeDependent } }, { managed: wanted }) => {
  if (wanted === undefined) return undefined;
  if (managedBy !== null) return missed(`is moved by ${managedBy}, expected by nobody`);
  return timeDependent ? missed('changes with time by itself, expected not to') : met('is moved by nobody else');
};

const segments: Check = ({ targeting }, { segments: wanted }) => {
  if (wanted === undefined) return undefined;
  const others = targeting.segments.filter((name) => !wanted.includes(name));
  const only = wanted.length === 0 ? 'none' : `${wanted.join(', ')} alone`;
  if (others.length > 0) return missed(`is targeted at the segment ${others.join(', ')}, expected ${only}`);
  return met(targeting.segments.length === 0 ? 'is targeted at no segment' : `is targeted at no segment but ${only}`);
};

const individuals: Check = ({ targeting: { individuals: n } }, { individuals: most }) => {
  if (most === undefined) return undefined;
  const text = `names ${n === 0 ? 'no users' : plural(n, 'user')} one by one`;
  return n <= most ? met(text) : missed(`${text}, expected at most ${most}`);
};

const rules: Check = ({ targeting }, { rules: wanted }) => {
  if (wanted === undefined) return undefined;
  const any = targeting.rules > 0 || targeting.segments.length > 0 || targeting.individuals > 0;
  return any ? missed(`has ${plural(targeting.rules, 'rule')}, expected none`) : met('has no rules');
};

const prerequisites: Check = ({ targeting: { prerequisites: flags } }, { prerequisites: wanted }) => {
  if (wanted === undefined) return undefined;
  const failing = flags.filter(({ met: is }) => is === false);
  const names = (of: typeof flags): string => of.map(({ flag }) => flag).join(', ');
  if (failing.length > 0) return missed(`depends on ${names(failing)}, which is not as it asks`);
  const unknown = flags.filter(({ met: is }) => is === null);
  if (unknown.length > 0) {
    return lacking('indeterminate', `depends on ${names(unknown)}, and nobody knows whether that is as it asks`);
  }
  return met(flags.length === 0 ? 'depends on no other flag' : `depends on ${names(flags)}, which is as it asks`);
};

/** Where a provider only evaluates, that no rule is known says nothing. */
const ifTold =
  (key: keyof Expectation, check: Check): Check =>
  (state, expected, now) => {
    const verdict = check(state, expected, now);
    const told = state.method === 'static' && state.targeting.told !== false;
    return verdict?.is === 'met' && !told
      ? lacking('not-told', `may not be as \`${key}\` asks: the provider does not tell how it is targeted`)
      : verdict;
  };

const checks: readonly Check[] = [
  ({ enabled }, { enabled: wanted }) => said(enabled, wanted, 'switched on'),
  whenOff,
  killable,
  killScope,
  unchangedFor,
  evaluatedWithin,
  ({ stale }, { stale: wanted }) => said(stale, wanted, 'stale'),
  (_, { archived }) => (archived === undefined ? undefined : met('is not archived')),
  ({ temporary }, { temporary: wanted }) => said(temporary, wanted, 'temporary'),
  ifTold('managed', managed),
  ifTold('segments', segments),
  ifTold('individuals', individuals),
  ifTold('rules', rules),
  ifTold('prerequisites', prerequisites),
];
