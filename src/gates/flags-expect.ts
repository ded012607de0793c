/** What a policy may expect of a flag, and what one answer of a provider says of it. Pure; gate `flags` puts it together. */
import * as v from 'valibot';
import { described, filled, oneOrMore } from '../policy/fields.js';
import type { Flag } from '../record/evidence.js';

const shortForm = /^(?:on|off|variant\s+\S.*|value\s+\S.*)$/s;

const notNull = v.pipe(
  v.unknown(),
  v.check((x) => x !== null && x !== undefined, 'a value'),
);

/** An OpenFeature evaluation context. A percentage rollout reads as off without a targeting key. */
const context = v.pipe(
  v.record(v.string(), v.unknown()),
  v.check(
    (x) => typeof x.targetingKey === 'string' && x.targetingKey !== '',
    'a context with a `targetingKey`, e.g. `{ targetingKey: user-1 }`',
  ),
);

const longForm = v.pipe(
  v.strictObject({
    state: described(
      v.optional(v.picklist(['on', 'off'])),
      '`on` or `off`: what it serves, not whether its switch is thrown.',
    ),
    variant: described(v.optional(filled), 'Name of the variant that it must serve.'),
    value: described(v.optional(notNull), 'Value that it must serve, of the same type.'),
    for: described(
      v.optional(oneOrMore(context)),
      'Evaluation contexts to probe; each needs a `targetingKey`. Without it the expectation must be proven for everyone.',
    ),
  }),
  v.check(
    (x) => x.state !== undefined || x.variant !== undefined || x.value !== undefined,
    'one of `state`, `variant` and `value`',
  ),
);

/** One flag's expectation as the policy writes it. */
export const expectation = v.union([
  v.boolean(),
  v.pipe(v.string(), v.trim(), v.regex(shortForm, '`on`, `off`, `variant NAME` or `value TEXT`')),
  longForm,
]);

export interface Expectation {
  readonly state?: 'on' | 'off';
  readonly variant?: string;
  /** `text`: as the short form writes it, so that `value 3` means the number as well as the text. */
  readonly value?: { readonly exact: unknown } | { readonly text: string };
  /** Absent: for everyone. */
  readonly contexts?: readonly Readonly<Record<string, unknown>>[];
}

/** Both forms as one. */
export function readExpectation(written: v.InferOutput<typeof expectation>): Expectation {
  if (typeof written === 'boolean') return { state: written ? 'on' : 'off' };
  if (typeof written === 'string') {
    if (written === 'on' || written === 'off') return { state: written };
    const [, what, rest = ''] = /^(variant|value)\s+(.*)$/s.exec(written) ?? [];
    return what === 'variant' ? { variant: rest } : { value: { text: rest } };
  }
  const { state, variant, value, for: contexts } = written;
  return {
    ...(state === undefined ? {} : { state }),
    ...(variant === undefined ? {} : { variant }),
    ...(value === undefined ? {} : { value: { exact: value } }),
    ...(contexts === undefined ? {} : { contexts }),
  };
}

/** `off`, `variant blue`, `value 3`, or several with `and` between. */
export function expectationText(expected: Expectation): string {
  const { state, variant, value } = expected;
  return [
    state ?? '',
    variant === undefined ? '' : `variant ${variant}`,
    value === undefined ? '' : `value ${'text' in value ? value.text : show(value.exact)}`,
  ]
    .filter((text) => text !== '')
    .join(' and ');
}

/** Which served values, or variants' names, count as on and off, and what the application does when nothing is served. */
export interface Meaning {
  readonly on: readonly (string | number | boolean)[];
  readonly off: readonly (string | number | boolean)[];
  readonly codeDefault: 'on' | 'off' | undefined;
}

/** What one answer says of one part of an expectation. `met` and `missed` are facts; the rest is a lack of evidence. */
export interface Verdict {
  readonly is: 'met' | 'missed' | 'code-default' | 'unclear';
  readonly text: string;
  /** It rests on what the policy says of the code, not on what was served. */
  readonly assumed?: true;
}

/** The answer against the whole expectation: missed if any part is, met only if all are. */
export function compare(flag: Flag, expected: Expectation, meaning: Meaning): Verdict {
  const parts: Verdict[] = [];
  if (expected.state !== undefined) parts.push(compareState(flag, expected.state, meaning));
  if (expected.variant !== undefined) parts.push(compareVariant(flag, expected.variant));
  if (expected.value !== undefined) parts.push(compareValue(flag, expected.value));
  return (
    parts.find((p) => p.is === 'missed') ??
    parts.find((p) => p.is !== 'met') ??
    parts.find((p) => p.assumed) ??
    parts[0] ?? { is: 'unclear', text: 'nothing is expected of it' }
  );
}

/** The provider serves nothing, so that every caller falls back to what its own code says. */
const servesNothing = (flag: Flag): boolean => flag.value === null || flag.value === undefined;

function compareState(flag: Flag, wanted: 'on' | 'off', meaning: Meaning): Verdict {
  if (servesNothing(flag)) {
    const why = flag.enabled === false ? 'is disabled' : 'serves no value';
    if (meaning.codeDefault !== undefined) {
      const text = `${why}, so the code's default holds, which the policy says is ${meaning.codeDefault}`;
      return { is: meaning.codeDefault === wanted ? 'met' : 'missed', text, assumed: true };
    }
    if (flag.enabled === false && wanted === 'on') return { is: 'missed', text: 'is disabled' };
    const text = `${why}, so every caller gets its own code's default, which cannot be seen from here: say what that is with \`code-default: off\``;
    return { is: 'code-default', text };
  }
  const state = stateOf(flag, meaning);
  const text = `serves ${served(flag)}`;
  if (state === undefined) {
    return { is: 'unclear', text: `${text}, which is neither on nor off: name it in \`on-values\` or \`off-values\`` };
  }
  return { is: state === wanted ? 'met' : 'missed', text };
}

/** The value decides; a variant's name only where the value is in neither list. */
function stateOf(flag: Flag, { on, off }: Meaning): 'on' | 'off' | undefined {
  for (const candidate of [flag.value, flag.variant]) {
    const isOn = on.some((x) => alike(x, candidate));
    const isOff = off.some((x) => alike(x, candidate));
    if (isOn !== isOff) return isOn ? 'on' : 'off';
  }
  return undefined;
}

/** Texts in upper or lower case; nothing else is bent. */
export const alike = (a: unknown, b: unknown): boolean =>
  typeof a === 'string' && typeof b === 'string' ? a.toLowerCase() === b.toLowerCase() : a === b;

function compareVariant(flag: Flag, wanted: string): Verdict {
  if (flag.variant === wanted) return { is: 'met', text: `serves ${served(flag)}` };
  if (flag.variant === null && !servesNothing(flag)) {
    return { is: 'unclear', text: `serves ${served(flag)}, but the provider names no variant: expect a value` };
  }
  return { is: 'missed', text: servesNothing(flag) ? 'serves no variant' : `serves ${served(flag)}` };
}

function compareValue(flag: Flag, wanted: NonNullable<Expectation['value']>): Verdict {
  if (servesNothing(flag)) {
    return { is: 'code-default', text: "serves no value, so every caller gets its own code's default" };
  }
  const same =
    'text' in wanted
      ? flag.value === wanted.text || (typeof flag.value !== 'string' && JSON.stringify(flag.value) === wanted.text)
      : sameJson(flag.value, wanted.exact);
  return { is: same ? 'met' : 'missed', text: `serves ${served(flag)}` };
}

/** Equal as JSON, whatever the order of the keys. */
function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [x, y] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return x.size === y.size && [...x].every(([key, value]) => y.has(key) && sameJson(value, y.get(key)));
}

const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
};

const served = (flag: Flag): string =>
  `${show(flag.value)}${flag.variant === null ? '' : ` (variant ${flag.variant})`}`;
