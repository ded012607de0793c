/** A flag's state as far as evaluations show it: what one user is served proves nothing of the others, unless the service says so. Pure. */
import type { Flag } from '../../../record/evidence.js';
import type { FlagState, Interval } from '../../../record/flags.js';
import type { Unnamed } from '../../source.js';
import { type Definition, serve, unknownServing } from '../definition.js';
import { classOf, type Meaning } from '../meaning.js';
import { stateOf } from '../state.js';

const cannotTell: FlagState['kill'] = {
  possible: false,
  scope: 'none',
  blockedBy: 'read-only',
  why: 'the protocol only evaluates flags: name the source that holds them',
};

/** @param answers of one flag that exists; one of them where all get the same, or nobody else was asked for */
export function sampledState(key: string, answers: readonly Unnamed<Flag>[], meaning: Meaning): FlagState {
  const variants = variantsOf(answers);
  const [first] = answers;
  const same = first?.scope === 'everyone';
  const definition: Definition = {
    enabled: first?.enabled ?? null,
    kind: kindOf(variants),
    variants,
    rules: [],
    otherwise: same ? serve(nameOf(first)) : unknownServing,
    off: same && first.enabled === false ? serve(nameOf(first)) : unknownServing,
  };
  const state = stateOf({ key, definition, kill: cannotTell, targetingUnknown: true }, meaning);
  if (same || answers.length < 2) return state;
  const classes = answers.map((answer) =>
    nameOf(answer) === null ? (meaning.codeDefault ?? 'unclear') : classOf(answer, meaning),
  );
  const on = classes.filter((is) => is === 'on').length;
  const off = classes.filter((is) => is === 'off').length;
  const unclear = answers.length - on - off;
  const lo = wilson(on, answers.length).lo;
  const { hi } = wilson(on + unclear, answers.length);
  // Two users that differ are proof that not all get the same.
  const reach = on > 0 && off > 0 ? 'partial' : 'unknown';
  const why = unclear > 0 ? [`${unclear} of ${answers.length} evaluations are neither on nor off`] : [];
  return { ...state, exposure: { lo, hi }, method: 'sampled', sample: answers.length, reach, unclear: why };
}

function kindOf(variants: Definition['variants']): Definition['kind'] {
  if (variants.length === 0) return 'unknown';
  return variants.every(({ value }) => typeof value === 'boolean') ? 'boolean' : 'multivariate';
}

const nameOf = ({ variant, value }: Unnamed<Flag>): string | null =>
  value === null || value === undefined ? null : (variant ?? JSON.stringify(value));

function variantsOf(answers: readonly Unnamed<Flag>[]): Definition['variants'] {
  const byName = new Map(answers.flatMap((a) => (nameOf(a) === null ? [] : [[nameOf(a) ?? '', a.value] as const])));
  return [...byName].map(([name, value]) => ({ name, value }));
}

/** Normal quantile of 97.5 %. */
const z = 1.959964;

/** Wilson's score interval at 95 %, in percent (E. B. Wilson, JASA 22, 1927). */
export function wilson(hits: number, n: number): Interval {
  const p = hits / n;
  const centre = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const percent = (x: number): number => Math.min(100, Math.max(0, Number((100 * x).toPrecision(12))));
  return { lo: hits === 0 ? 0 : percent(centre - half), hi: hits === n ? 100 : percent(centre + half) };
}
