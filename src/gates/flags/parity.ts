/** The same flag at two places, such as two environments: is this one ahead of that? Pure. */
import * as v from 'valibot';
import { described, filled } from '../../policy/fields.js';
import { stateWords } from '../../record/flag-words.js';
import type { FlagState } from '../../record/flags.js';
import { lacking, met, missed, type Verdict } from './verdict.js';

export const parity = v.strictObject({
  with: described(filled, 'Name of another entry of `sources`: another environment, or another provider.'),
  rule: described(
    v.picklist(['equal', 'not-ahead-of', 'superset-on']),
    '`equal`: the same exposure there; `not-ahead-of`: no more get the new code here than there; `superset-on`: no fewer.',
  ),
});
export type Parity = v.InferOutput<typeof parity>;
type Rule = Parity['rule'];

/** Providers round weights to thousandths of a percent. */
const near = 0.0005;

/** Flags of a pattern that are to be compared, by name: those here, and those there where nothing may be missing here. */
export function comparedKeys(here: readonly FlagState[], there: readonly FlagState[], { rule }: Parity): string[] {
  const of = rule === 'not-ahead-of' ? here : rule === 'superset-on' ? there : [...here, ...there];
  return [...new Set(of.map(({ key }) => key))];
}

/** @param here the gate's own source @param there the other */
export function compareStates(
  here: FlagState | undefined,
  there: FlagState | undefined,
  { with: name, rule }: Parity,
): Verdict {
  const absent = (state: FlagState | undefined, where: string): Verdict | undefined => {
    const why = !state?.exists
      ? 'is not there'
      : state.archived
        ? 'is archived'
        : state.configured
          ? undefined
          : 'is not set up';
    return why === undefined ? undefined : lacking('no-counterpart', `${why} in ${where}, so it cannot be compared`);
  };
  const missing = absent(there, name) ?? absent(here, 'the source of this gate');
  if (missing) return missing;
  if (!here || !there) throw new Error('a flag that is there has a state');
  const sampled = here.method === 'sampled' || there.method === 'sampled';
  const text = `is ${stateWords(here)} here and ${stateWords(there)} in ${name}${sampled ? ' (an estimate)' : ''}`;
  switch (verdictOf(here, there, rule)) {
    case 'met':
      return met(text);
    case 'missed':
      return { ...missed(`${text}, expected ${ruleWords[rule]}`), ...(sampled ? { passing: true } : {}) };
    case 'open': {
      const why = [...here.unclear, ...there.unclear][0];
      return lacking('indeterminate', `${text}, which may be ${ruleWords[rule]} or not${why ? `: ${why}` : ''}`);
    }
  }
}

type Is = 'met' | 'missed' | 'open';

function verdictOf(here: FlagState, there: FlagState, rule: Rule): Is {
  if (rule === 'not-ahead-of') return notAhead(here, there);
  if (rule === 'superset-on') return notAhead(there, here);
  const [a, b] = [notAhead(here, there), notAhead(there, here)];
  if (a === 'missed' || b === 'missed') return 'missed';
  // Whom a list leaves out is no share, and still not everyone.
  return a === 'met' && b === 'met' && here.reach === there.reach ? 'met' : 'open';
}

/** Whether no more get it at `a` than at `b`. */
function notAhead(a: FlagState, b: FlagState): Is {
  const nobody = a.reach === 'nobody' && a.method === 'static';
  const everyone = b.reach === 'everyone' && b.method === 'static';
  if (nobody || everyone) return 'met';
  if (a.exposure.lo > b.exposure.hi + near) return 'missed';
  if (b.reach === 'nobody') {
    // Whom a rule or a list names there is nobody like; but what is neither on nor off may be either.
    const some = a.exposure.lo > 0 || ['partial', 'everyone'].includes(a.reach);
    return some || (a.reach === 'targeted-only' && a.unclear.length === 0) ? 'missed' : 'open';
  }
  // Those who are named here need not be those who get it there.
  if (a.reach === 'targeted-only' && b.exposure.lo === 0) return 'open';
  return a.exposure.hi <= b.exposure.lo + near ? 'met' : 'open';
}

const ruleWords = {
  equal: 'the same',
  'not-ahead-of': 'no more here than there',
  'superset-on': 'no fewer here than there',
};
