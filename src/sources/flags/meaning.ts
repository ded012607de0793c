/** Which values of a flag mean the new code. The policy's author knows; a provider only knows values. */
import * as v from 'valibot';
import { described } from '../../policy/fields.js';

/** Values of a flag. */
export const flagValues = v.pipe(
  v.array(v.union([v.string(), v.number(), v.boolean()])),
  v.minLength(1, 'at least one value'),
);

/** Fields of everything in a policy that speaks of on and off. */
export const meaningFields = {
  'on-values': described(
    v.optional(flagValues, [true, 'true', 'on', 'enabled']),
    'Served values, or variants, that count as on. Default: `true`, `on`, `enabled`.',
  ),
  'off-values': described(
    v.optional(flagValues, [false, 'false', 'off', 'disabled']),
    'Served values, or variants, that count as off. Default: `false`, `off`, `disabled`.',
  ),
  'code-default': described(
    v.optional(v.picklist(['on', 'off'])),
    "What the application's own code does when the provider serves no value, as a disabled flag of flagd does. Without it such a flag is neither on nor off.",
  ),
};

/** What these fields are once they are parsed. */
export interface MeaningConfig {
  readonly 'on-values': Meaning['on'];
  readonly 'off-values': Meaning['off'];
  readonly 'code-default'?: 'on' | 'off' | undefined;
}

/** Which served values, or variants' names, count as on and off, and what the application does when nothing is served. Plain JSON. */
export interface Meaning {
  readonly on: readonly (string | number | boolean)[];
  readonly off: readonly (string | number | boolean)[];
  readonly codeDefault?: 'on' | 'off';
}

export const meaningOf = (config: MeaningConfig): Meaning => ({
  on: config['on-values'],
  off: config['off-values'],
  ...(config['code-default'] === undefined ? {} : { codeDefault: config['code-default'] }),
});

/** Whether no value would be both. */
export const isUnambiguous = (config: MeaningConfig): boolean =>
  !config['on-values'].some((on) => config['off-values'].some((off) => alike(on, off)));

/** Texts in upper or lower case; nothing else is bent. */
export const alike = (a: unknown, b: unknown): boolean =>
  typeof a === 'string' && typeof b === 'string' ? a.toLowerCase() === b.toLowerCase() : a === b;

export type Class = 'on' | 'off' | 'unclear';

/** The value decides; a variant's name only where the value is in neither list. */
export function classOf(served: { readonly variant: string | null; readonly value: unknown }, meaning: Meaning): Class {
  for (const candidate of [served.value, served.variant]) {
    const on = meaning.on.some((x) => alike(x, candidate));
    const off = meaning.off.some((x) => alike(x, candidate));
    if (on !== off) return on ? 'on' : 'off';
  }
  return 'unclear';
}
