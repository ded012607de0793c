/** What a policy may expect of a flag: the short forms and the long one, read into one shape. */
import * as v from 'valibot';
import { described, duration, filled, oneOrMore, whole } from '../../policy/fields.js';
import type { Reach } from '../../record/flags.js';
import { evaluationContext } from '../../sources/flags/context.js';

const notNull = v.pipe(
  v.unknown(),
  v.check((x) => x !== null && x !== undefined, 'a value'),
);

/** Bounds of an exposure, in percent, both included unless `open`. */
export interface Bounds {
  readonly lo: number;
  readonly hi: number;
  /** The end that does not belong to them: that of `<` or `>`. */
  readonly open?: 'lo' | 'hi';
  /** As it was written. */
  readonly text: string;
}

const number = String.raw`(\d+(?:\.\d+)?)\s*%`;
const compared = new RegExp(String.raw`^(<=|>=|<|>|=)\s*${number}$`);
const between = new RegExp(String.raw`^${number}\s*(?:\.\.|-|to)\s*${number}$`);
const exact = new RegExp(`^${number}$`);

/** `<= 5%`, `= 100%`, `1%..5%`; undefined for any other text. */
export function boundsOf(text: string): Bounds | undefined {
  const trimmed = text.trim();
  const ends = (lo: number, hi: number, open?: 'lo' | 'hi'): Bounds | undefined =>
    lo <= hi && lo >= 0 && hi <= 100 ? { lo, hi, text: trimmed, ...(open === undefined ? {} : { open }) } : undefined;
  const [, operator, amount] = compared.exec(trimmed) ?? [];
  if (operator !== undefined) {
    const x = Number(amount);
    if (operator === '=') return ends(x, x);
    if (operator === '<=' || operator === '<') return ends(0, x, operator === '<' ? 'hi' : undefined);
    return ends(x, 100, operator === '>' ? 'lo' : undefined);
  }
  const [, from, to] = between.exec(trimmed) ?? [];
  if (from !== undefined) return ends(Number(from), Number(to));
  const [, only] = exact.exec(trimmed) ?? [];
  return only === undefined ? undefined : ends(Number(only), Number(only));
}

/** `unknown` is no expectation: what is not known must not be met. */
const knownReaches = ['nobody', 'targeted-only', 'partial', 'everyone'] as const satisfies readonly Reach[];

const boundsForm = 'bounds such as `<= 5%`, `= 100%` or `1%..5%`';

const longFields = v.strictObject({
  exists: described(
    v.optional(v.literal(true)),
    'It is there, whatever it serves. All other assertions ask for that too.',
  ),
  state: described(
    v.optional(v.picklist(['on', 'off', 'partial'])),
    '`off`: nobody can get the new code, not even those whom a rule or a list names; `on`: everybody gets it; `partial`: some do and some do not. What is served, not whether the switch is thrown.',
  ),
  rollout: described(
    v.optional(
      v.pipe(
        v.string(),
        v.check((text) => boundsOf(text) !== undefined, boundsForm),
      ),
    ),
    'Bounds of the percentage that gets the new code: `<= 5%`, `= 100%`, `1%..5%`.',
  ),
  reach: described(
    v.optional(oneOrMore(v.picklist(knownReaches))),
    'Who can get the new code: `nobody`, `targeted-only` (only those whom rules or lists name), `partial`, `everyone`.',
  ),
  variant: described(v.optional(filled), 'Name of the variant that it must serve.'),
  value: described(v.optional(notNull), 'Value that it must serve, of the same type.'),
  for: described(
    v.optional(oneOrMore(evaluationContext)),
    'Evaluation contexts to probe for `state`, `variant` and `value`; each needs a `targetingKey`. Without it they must be proven for everyone.',
  ),
  enabled: described(
    v.optional(v.boolean()),
    "The provider's switch. What is served is another question: see `state`.",
  ),
  'when-off': described(
    v.optional(v.picklist(['off', 'on', 'code-default'])),
    'What it must serve once its switch is off: the kill switch must lead to the old code.',
  ),
  killable: described(
    v.optional(v.union([v.literal(true), v.literal('as-far-as-known')])),
    'This credential may switch it off: no approval, lock or missing permission is in the way. Not every provider tells all of it beforehand: `as-far-as-known` takes that nothing is known to be in the way.',
  ),
  'kill-scope': described(
    v.optional(v.literal('environment')),
    'Switching it off must not switch it off in other environments too.',
  ),
  'unchanged-for': described(
    v.optional(duration),
    'Nobody has changed it for so long. The train is held until it is so.',
  ),
  'evaluated-within': described(
    v.optional(duration),
    'An application has asked for it within so long: the deployed code really has it.',
  ),
  stale: described(v.optional(v.literal(false)), 'The provider does not call it stale.'),
  archived: described(
    v.optional(v.boolean()),
    '`true`: it is archived, which stands alone; nothing else can be met by a flag that is.',
  ),
  temporary: described(v.optional(v.boolean()), 'Whether the provider calls it temporary.'),
  managed: described(
    v.optional(v.literal(false)),
    'Nothing moves it by itself: no guarded rollout, release plan, schedule or experiment, and no rule about time.',
  ),
  segments: described(v.optional(v.array(filled)), 'The segments that its rules may name: these, and no others.'),
  individuals: described(v.optional(whole(0)), 'Most users that may be named one by one.'),
  rules: described(v.optional(v.literal('none')), 'It has no rules: everybody gets the same, or by percentage alone.'),
  prerequisites: described(v.optional(v.literal('met')), 'All flags that it depends on are as it asks.'),
});

export type Long = v.InferOutput<typeof longFields>;
type Assertion = Exclude<keyof Long, 'for'>;

const assertions = Object.keys(longFields.entries).filter((key) => key !== 'for') as Assertion[];
/** Those that a probe can answer. */
const served = ['state', 'variant', 'value'] as const;

const longForm = v.pipe(
  longFields,
  v.check(
    (x) => assertions.some((key) => x[key] !== undefined),
    'at least one of `state`, `rollout`, `reach`, `variant`, `value`, `killable`, …',
  ),
  v.check(
    (x) =>
      x.archived !== true || assertions.every((key) => key === 'archived' || key === 'exists' || x[key] === undefined),
    '`archived: true` by itself',
  ),
  v.check(
    (x) => x.for === undefined || (x.state !== 'partial' && served.some((key) => x[key] !== undefined)),
    '`state: on` or `off`, `variant` or `value` beside `for`',
  ),
);

const words = ['on', 'off', 'partial', 'exists', 'killable', 'archived'] as const;
const isWord = (text: string): text is (typeof words)[number] => (words as readonly string[]).includes(text);
const shortForms =
  '`on`, `off`, `partial`, `rollout <= 5%`, `killable`, `exists`, `archived`, `variant NAME` or `value TEXT`';

const isShort = (text: string): boolean => {
  if (isWord(text)) return true;
  const [, what, rest = ''] = /^(variant|value|rollout)\s+(\S.*)$/s.exec(text) ?? [];
  return what === 'rollout' ? boundsOf(rest) !== undefined : what !== undefined;
};

/** One flag's expectation as the policy writes it. */
export const expectation = v.union([v.boolean(), v.pipe(v.string(), v.trim(), v.check(isShort, shortForms)), longForm]);

export interface Expectation extends Omit<Long, 'value' | 'rollout' | 'for'> {
  readonly rollout?: Bounds;
  /** `text`: as the short form writes it, so that `value 3` means the number as well as the text. */
  readonly value?: { readonly exact: unknown } | { readonly text: string };
  /** Absent: for everyone. */
  readonly contexts?: readonly Readonly<Record<string, unknown>>[];
}

/** All forms as one. */
export function readExpectation(written: v.InferOutput<typeof expectation>): Expectation {
  if (typeof written === 'boolean') return { state: written ? 'on' : 'off' };
  if (typeof written === 'string') return readShort(written);
  const { value, rollout, for: contexts, ...rest } = written;
  const bounds = rollout === undefined ? undefined : boundsOf(rollout);
  return {
    ...rest,
    ...(bounds === undefined ? {} : { rollout: bounds }),
    ...(value === undefined ? {} : { value: { exact: value } }),
    ...(contexts === undefined ? {} : { contexts }),
  };
}

function readShort(written: string): Expectation {
  if (written === 'on' || written === 'off' || written === 'partial') return { state: written };
  if (written === 'killable') return { killable: true };
  if (written === 'archived') return { archived: true };
  if (written === 'exists') return { exists: true };
  const [, what, rest = ''] = /^(variant|value|rollout)\s+(.*)$/s.exec(written) ?? [];
  if (what === 'variant') return { variant: rest };
  const bounds = what === 'rollout' ? boundsOf(rest) : undefined;
  return bounds === undefined ? { value: { text: rest } } : { rollout: bounds };
}

/** A value as JSON, cut where it is long. */
export const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
};

export const valueText = (value: NonNullable<Expectation['value']>): string =>
  `value ${'text' in value ? value.text : show(value.exact)}`;

/** `off`, `variant blue`, `value 3`: what is to be served. */
export function servedText({ state, variant, value }: Expectation): string {
  return [state ?? '', variant === undefined ? '' : `variant ${variant}`, value === undefined ? '' : valueText(value)]
    .filter((text) => text !== '')
    .join(' and ');
}
