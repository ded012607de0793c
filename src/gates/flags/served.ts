/** What is served to one evaluation context, against what is expected. Pure. */
import type { Flag } from '../../record/evidence.js';
import { classOf, type Meaning } from '../../sources/flags/meaning.js';
import { type Expectation, show } from './expect.js';
import type { Verdict } from './verdict.js';

/** The answer against `state`, `variant` and `value`: missed if any is, met only if all are. */
export function compareServed(flag: Flag, expected: Expectation, meaning: Meaning): Verdict {
  const { state, variant, value } = expected;
  const parts = [
    ...(state === 'on' || state === 'off' ? [stateVerdict(flag, state, meaning)] : []),
    ...(variant === undefined ? [] : [variantVerdict(flag, variant)]),
    ...(value === undefined ? [] : [valueVerdict(flag, value)]),
  ];
  return (
    parts.find(({ is }) => is === 'missed') ??
    parts.find(({ is }) => is !== 'met') ??
    parts.find(({ assumed }) => assumed) ??
    parts[0] ?? { is: 'lacking', code: 'unclear', text: 'nothing is expected of it' }
  );
}

/** The provider serves nothing, so that every caller falls back to what its own code says. */
const servesNothing = (flag: Flag): boolean => flag.value === null || flag.value === undefined;

function stateVerdict(flag: Flag, wanted: 'on' | 'off', meaning: Meaning): Verdict {
  if (servesNothing(flag)) {
    const why = flag.enabled === false ? 'is disabled' : 'serves no value';
    if (meaning.codeDefault !== undefined) {
      const text = `${why}, so the code's default holds, which the policy says is ${meaning.codeDefault}`;
      return { ...judged(meaning.codeDefault === wanted, text), assumed: true };
    }
    if (flag.enabled === false && wanted === 'on') return judged(false, 'is disabled');
    const text = `${why}, so every caller gets its own code's default, which cannot be seen from here: say what that is with \`code-default: off\``;
    return { is: 'lacking', code: 'code-default', text };
  }
  const state = classOf(flag, meaning);
  const text = `serves ${served(flag)}`;
  if (state === 'unclear') {
    const hint = `${text}, which is neither on nor off: name it in \`on-values\` or \`off-values\``;
    return { is: 'lacking', code: 'unclear', text: hint };
  }
  return judged(state === wanted, text);
}

const judged = (met: boolean, text: string): Verdict =>
  met ? { is: 'met', code: 'as-expected', text } : { is: 'missed', code: 'not-as-expected', text };

function variantVerdict(flag: Flag, wanted: string): Verdict {
  if (flag.variant === wanted) return judged(true, `serves ${served(flag)}`);
  if (flag.variant === null && !servesNothing(flag)) {
    const text = `serves ${served(flag)}, but the provider names no variant: expect a value`;
    return { is: 'lacking', code: 'unclear', text };
  }
  return judged(false, servesNothing(flag) ? 'serves no variant' : `serves ${served(flag)}`);
}

function valueVerdict(flag: Flag, wanted: NonNullable<Expectation['value']>): Verdict {
  if (servesNothing(flag)) {
    const text = "serves no value, so every caller gets its own code's default";
    return { is: 'lacking', code: 'code-default', text };
  }
  return judged(matches(flag.value, wanted), `serves ${served(flag)}`);
}

/** A value as the long form writes it, or as the short form does: then `3` is the number as well as the text. */
export const matches = (value: unknown, wanted: NonNullable<Expectation['value']>): boolean =>
  'text' in wanted
    ? value === wanted.text || (typeof value !== 'string' && JSON.stringify(value) === wanted.text)
    : sameJson(value, wanted.exact);

/** Equal as JSON, whatever the order of the keys. */
function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [x, y] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return x.size === y.size && [...x].every(([key, value]) => y.has(key) && sameJson(value, y.get(key)));
}

const served = (flag: Flag): string =>
  `${show(flag.value)}${flag.variant === null ? '' : ` (variant ${flag.variant})`}`;
