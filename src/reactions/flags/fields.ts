/** What a policy says of flags that are to be changed: `on-stop` and `rollout`. */
import * as v from 'valibot';
import { described, duration, filled, oneOrMore, percentage } from '../../policy/fields.js';
import { evaluationContext } from '../../sources/flags/context.js';
import { isUnambiguous, type MeaningConfig, meaningFields } from '../../sources/flags/meaning.js';

/** Reasons of a stop after which a flag may be switched off. */
export const stopReasons = [
  'unhealthy',
  'not-steady',
  'insufficient-evidence',
  'not-measured',
  'not-moved',
  'cancelled',
] as const;
export type StopReason = (typeof stopReasons)[number];

const unambiguous = 'no value in both `on-values` and `off-values`';

const probe = v.strictObject({
  with: described(filled, 'Name of an entry of `sources` that evaluates flags, e.g. of type `ofrep`.'),
  for: described(
    oneOrMore(evaluationContext),
    'Evaluation contexts; each needs a `targetingKey`. None of them may be served the new code.',
  ),
});

const common = {
  'verify-within': described(
    v.optional(duration, '1m'),
    'How long the flag is read back until it is as wanted; what is not seen by then counts as not done.',
  ),
  'pre-flight': described(
    v.optional(v.picklist(['block', 'prove', 'warn', 'off']), 'block'),
    'Whether it is proven in every round that the flag can be switched off (it exists, the credential may, no approval or lock is in the way, and off serves the old code): `block` stops the train where something is known to be in the way, `prove` also where the provider does not tell all of it, `warn` only warns.',
  ),
  ...meaningFields,
};

export const flagOffSchema = v.pipe(
  v.strictObject({
    flag: described(oneOrMore(filled), 'The flag to switch off, or a list of them, in this order.'),
    when: described(
      v.optional(v.pipe(v.array(v.picklist(stopReasons)), v.minLength(1, 'at least one reason')), [
        'unhealthy',
        'not-steady',
        'insufficient-evidence',
        'not-measured',
        'not-moved',
      ]),
      'The reasons of a stop for which it is switched off. Default: all but `cancelled`.',
    ),
    'dry-run': described(v.optional(v.boolean(), false), 'Only say what would be sent.'),
    probe: described(v.optional(probe), 'Evaluate the flag as the application does, once it is read back as off.'),
    ...common,
  }),
  v.check((c) => isUnambiguous(c), unambiguous),
);

const step = percentage((x) => x > 0 && x <= 1, 'a percentage over 0% and up to 100% such as `5%`');

export const rolloutSchema = v.pipe(
  v.strictObject({
    flag: described(filled, 'The flag that is rolled out.'),
    steps: described(
      v.pipe(v.array(step), v.minLength(1, 'at least one step')),
      'The percentages, each greater than the one before: `[1%, 5%, 25%, 100%]`.',
    ),
    from: described(
      v.optional(
        percentage((x) => x >= 0 && x < 1, 'a percentage from 0% to under 100% such as `50%`'),
        '0%',
      ),
      'Where the flag must stand before the first step. `0%`: off.',
    ),
    bake: described(
      v.optional(duration),
      'How long all blocking gates must be healthy together at each step. Default: `steady` of `evaluation`.',
    ),
    'on-stop': described(
      v.optional(v.picklist(['off', 'last-good']), 'off'),
      'Where the flag goes when the train stops: `off`, or back to the last step that was good.',
    ),
    'on-cancel': described(
      v.optional(v.picklist(['stay', 'off', 'last-good']), 'stay'),
      'Where it goes when the run is cancelled. From `stay` the input `resume` goes on.',
    ),
    ...common,
  }),
  v.check((c) => isUnambiguous(c), unambiguous),
  v.check(
    ({ steps, from }) => steps.every((percent, i) => percent > (steps[i - 1] ?? from)),
    '`steps` of which each is greater than the one before, and the first greater than `from`',
  ),
);

interface ChangeConfig extends MeaningConfig {
  /** Name of the source; only a named one, since it is used in several places. */
  readonly source: string;
  readonly 'verify-within': number;
  readonly 'pre-flight': 'block' | 'prove' | 'warn' | 'off';
}

/** A valid entry of `on-stop`, defaults filled in; times in milliseconds. */
export interface FlagOffConfig extends ChangeConfig {
  readonly type: 'flag-off';
  readonly flag: readonly string[];
  readonly when: readonly StopReason[];
  readonly 'dry-run': boolean;
  readonly probe?: { readonly with: string; readonly for: readonly Readonly<Record<string, unknown>>[] };
}

/** A valid `rollout`, defaults filled in. */
export interface RolloutConfig extends ChangeConfig {
  readonly flag: string;
  /** Shares, 0 to 1. */
  readonly steps: readonly number[];
  /** A share, 0 to under 1: where the flag stands before the first step. */
  readonly from: number;
  /** Milliseconds. */
  readonly bake: number;
  readonly 'on-stop': 'off' | 'last-good';
  readonly 'on-cancel': 'stay' | 'off' | 'last-good';
}

/** A share in percent, without what decimal fractions lose. */
export const percentOfShare = (share: number): number => Number((100 * share).toPrecision(12));

/** The steps in percent, 0 to 100. */
export const percentsOf = ({ steps }: RolloutConfig): number[] => steps.map(percentOfShare);
