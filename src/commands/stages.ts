/** Which stages this run is to prove. */
import { didYouMean } from '../policy/problems.js';
import type { Policy } from '../policy/schema.js';
import { stagesOf } from '../policy/stages.js';
import type { Problem } from '../record/record.js';
import type { Settings } from './settings.js';

export interface Prove {
  /** 1 is the first of all; 0 to 0: the policy has none. */
  readonly from: number;
  readonly to: number;
}

/** @returns by the input `stage`, or what is wrong with it */
export function stagesToProve(policy: Policy, { stage }: Pick<Settings, 'stage'>): Prove | { readonly wrong: Problem } {
  const names = stagesOf(policy).map(({ name }) => name);
  if (stage === undefined || (stage === 'all' && names.length > 0))
    return { from: Math.min(1, names.length), to: names.length };
  const wrong = (message: string) => ({ wrong: { message: `input \`stage\`: ${message}` } });
  if (names.length === 0) return wrong('the policy has no `stages`');
  const at = names.indexOf(stage);
  if (at < 0)
    return wrong(`there is no stage \`${stage}\`${didYouMean(stage, names)} (known: all, ${names.join(', ')})`);
  return { from: at + 1, to: at + 1 };
}
