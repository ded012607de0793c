/** The same flag at two places, such as two environments: is this one ahead of that? Pure. */
import * as v from 'valibot';
import { described, filled } from '../../policy/fields.js';
import { stateWords } from '../../record/flag-words.js';
import type { FlagState } from '../../record/flags.js';
import type { Verdict } from './state.js';

export const parity = v.strictObject({
  with: described(filled, 'Name of another entry of `sources`: another environment, or another provider.'),
  rule: described(
    v.picklist(['equal', 'not-ahead-of', 'superset-on']),
    '`equal`: the same exposure there; `not-ahead-of`: no more get the new code here than there; `superset-on`: no fewer.',
  ),
});
export type Parity = v.InferOutput<typeof parity>;

const near = (a: number, b: number): boolean => Math.abs(a - b) < 0.005;

/** @param here the gate's own source @param there the other */
export function compareStates(here: FlagState, there: FlagState | undefined, { with: name, rule }: Parity): Verdict {
  const lacking = (code: string, text: string): Verdict => ({ is: 'lacking', code, text });
  if (!there?.exists || !there.configured || there.archived) {
    const why = !there?.exists ? 'is not there' : there.archived ? 'is archived' : 'is not set up';
    return lacking('no-counterpart', `${why} in ${name}, so it cannot be compared`);
  }
  if (!here.exists || !here.configured || here.archived) return lacking('unknown-flag', 'cannot be compared');
  const [a, b] = [here.exposure, there.exposure];
  const text = `is ${stateWords(here)} here and ${stateWords(there)} in ${name}`;
  const judged = (met: boolean, missed: boolean): Verdict => {
    if (met) return { is: 'met', code: 'as-expected', text };
    if (missed) return { is: 'missed', code: 'not-as-expected', text: `${text}, expected ${ruleWords[rule]}` };
    return lacking('indeterminate', `${text}: whether that is ${ruleWords[rule]} cannot be told`);
  };
  const certain =
    near(a.lo, a.hi) && near(b.lo, b.hi) && here.reach !== 'targeted-only' && there.reach !== 'targeted-only';
  switch (rule) {
    case 'equal':
      return judged(certain && near(a.lo, b.lo), a.lo > b.hi + 0.005 || b.lo > a.hi + 0.005 || one(here, there));
    case 'not-ahead-of':
      return judged(
        here.reach === 'nobody' || there.reach === 'everyone' || (certain && a.hi <= b.lo + 0.005),
        a.lo > b.hi + 0.005 || (there.reach === 'nobody' && here.reach === 'targeted-only'),
      );
    case 'superset-on':
      return judged(
        there.reach === 'nobody' || here.reach === 'everyone' || (certain && a.lo + 0.005 >= b.hi),
        a.hi < b.lo - 0.005 || (here.reach === 'nobody' && there.reach === 'targeted-only'),
      );
  }
}

/** Somebody gets it at one of them, and nobody at the other. */
const one = (a: FlagState, b: FlagState): boolean =>
  (a.reach === 'nobody' && b.reach === 'targeted-only') || (b.reach === 'nobody' && a.reach === 'targeted-only');

const ruleWords = {
  equal: 'the same',
  'not-ahead-of': 'no more here than there',
  'superset-on': 'no fewer here than there',
};
