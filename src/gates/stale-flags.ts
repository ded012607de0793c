/**
 * Gate `stale-flags`: flags whose work is done. Each is a branch in the code that nobody takes any more; the longer it stays, the less
 * anybody dares to remove it. It tells of debt and not of the release, so it only warns unless the policy says otherwise: an old build
 * must stay releasable.
 */
import * as v from 'valibot';
import { plural } from '../judge/number.js';
import { error, healthy, insufficient, isProof, proveMeasured, type Reading, unhealthy } from '../judge/reading.js';
import { described, duration, filled, formatDuration, oneOrMore } from '../policy/fields.js';
import type { Answer, FlagStates } from '../record/evidence.js';
import { stateWords } from '../record/flag-words.js';
import type { FlagState } from '../record/flags.js';
import { enforcements } from '../record/record.js';
import { isUnambiguous, type Meaning, meaningFields, meaningOf } from '../sources/flags/meaning.js';
import type { StatesQuestion } from '../sources/source.js';
import { globForm } from '../sources/text.js';
import { listed } from './flags/judge.js';
import { defineGate, type Gate } from './gate.js';

const fields = v.strictObject({
  enforce: described(
    v.optional(v.picklist(enforcements), 'warn'),
    '`warn` lets the train go with a warning, `block` stops it, `observe` only reports. Old builds must stay releasable.',
  ),
  match: described(
    v.optional(oneOrMore(filled), '*'),
    'Which flags: a pattern of names in which `*` stands for any characters, or a list of them.',
  ),
  except: described(v.optional(oneOrMore(filled)), 'Names, or patterns, of flags that may stay.'),
  'unchanged-for': described(
    v.optional(duration, '30d'),
    'A flag that is on for everyone, or off, and has not been changed for so long is stale; and so is one that the provider calls so.',
  ),
  ...meaningFields,
});

const schema = v.pipe(
  fields,
  v.check((g) => isUnambiguous(g), 'no value in both `on-values` and `off-values`'),
);
type Config = v.InferOutput<typeof fields>;

const questionsOf = (config: Config, meaning: Meaning): ReadonlyMap<string, StatesQuestion> =>
  new Map(
    config.match.map((match) => [
      match,
      { family: 'flags', ask: 'states', of: match.includes('*') ? { match } : { flag: match }, meaning },
    ]),
  );

const isExcepted = ({ except = [] }: Config): ((key: string) => boolean) => {
  const forms = except.map((pattern) => new RegExp(globForm(pattern), 's'));
  return (key) => forms.some((form) => form.test(key));
};

/** `stale`: its work is done; `unknown`: what would tell is not known. */
interface Found {
  readonly is: 'stale' | 'in-use' | 'unknown';
  readonly text: string;
}

/** Clocks of providers and runners disagree by seconds. */
const skewMs = 60_000;

function judgeOne(state: FlagState, least: number, now: number): Found {
  const { key, reach, exposure, method, changed, stale, owner } = state;
  const whose = owner === null ? '' : `, of ${owner}`;
  const since = changed === null ? '' : `, last changed ${changed.at.slice(0, 10)}`;
  const text = `${key} (${stateWords(state)}${since}${whose})`;
  if (stale === true) return { is: 'stale', text };
  const settled =
    method === 'static' &&
    ((reach === 'nobody' && exposure.hi === 0) || (reach === 'everyone' && exposure.lo === 100)) &&
    !state.targeting.timeDependent &&
    state.targeting.managedBy === null;
  if (!settled) {
    return {
      is: reach === 'unknown' || (method === 'sampled' && reach !== 'partial') ? 'unknown' : 'in-use',
      text: `${key} (who gets it is not known)`,
    };
  }
  const age = changed === null ? Number.NaN : now - Date.parse(changed.at);
  if (age >= least) return { is: 'stale', text };
  // A file that was changed lately may hold flags that were not.
  const known = changed !== null && age >= -skewMs && changed.scope !== 'file';
  return { is: known ? 'in-use' : 'unknown', text: `${key} (when it was last changed is not known)` };
}

function judge(config: Config, roles: readonly string[], answers: readonly Answer[], now: number): Reading {
  const proof = proveMeasured<FlagStates>(roles, answers);
  if (!isProof(proof)) return proof;
  const measurements = [...proof.measured.values()];
  if (measurements.some(({ kind }) => kind !== 'flag-states')) {
    return error('bad-answer', 'the answer is about something else');
  }
  const excepted = isExcepted(config);
  const all = new Map(measurements.flatMap(({ states }) => states.map((state) => [state.key, state] as const)));
  const states = [...all.values()].filter(
    ({ key, exists, configured, archived, temporary }) =>
      exists && configured && !archived && temporary !== false && !excepted(key),
  );
  if (states.length === 0) return insufficient('no-flags', 'there is no flag that could be stale');
  const found = states.map((state) => judgeOne(state, config['unchanged-for'], now));
  const texts = (is: Found['is']): string[] => found.flatMap((one) => (one.is === is ? [one.text] : []));
  const [stale, unknown] = [texts('stale'), texts('unknown')];
  const besides = unknown.length === 0 ? '' : `; of ${plural(unknown.length, 'other flag')} it is not known`;
  if (stale.length > 0) {
    const what = stale.length === 1 ? 'flag has done its work' : 'flags have done their work';
    return unhealthy(proof, 'stale-flags', `${stale.length} ${what}: ${listed(stale, ', ')}${besides}`, {
      conclusive: true,
    });
  }
  if (unknown.length > 0)
    return insufficient('change-unknown', `whether these are stale is not known: ${listed(unknown, ', ')}`);
  const text = `none of ${plural(states.length, 'flag')} has stood on or off for ${formatDuration(config['unchanged-for'])}`;
  return healthy(proof, 'none-stale', text);
}

export const staleFlagsGate = defineGate({
  type: 'stale-flags',
  family: 'flags',
  schema,
  bind(config): Gate<'flags'> {
    const questions = questionsOf(config, meaningOf(config));
    return {
      questions: () => questions,
      judge: (answers, { now }) => judge(config, [...questions.keys()], answers, now),
    };
  },
});
