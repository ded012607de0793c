/**
 * Changes a flag of ConfigCat by JSON Patch, which names what is to change, under the version that was read. There is no switch: rules are
 * asked before the default value, so each value that is on is replaced.
 */
import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { type Draft, type FlagControl, type How, Refused } from '../control.js';
import type { Meaning } from '../meaning.js';
import type { Client, Formula, Replace, Value } from './client.js';
import { is, offValue, valuesOf, written } from './definition.js';
import { stateIn } from './read.js';

/** What stood where something was replaced. */
const undoForm = v.strictObject({ was: v.array(v.strictObject({ path: v.string(), value: v.unknown() })) });

const replace = (path: string, value: unknown): Replace => ({ op: 'replace', path, value });

export function controlOf(client: Client): FlagControl {
  return {
    off: (flag, how, signal) => draft(client, flag, how, signal, (formula) => kill(formula, how.meaning)),
    rollout: (flag, percent, how, signal) =>
      draft(client, flag, how, signal, (formula) => rolloutOf(formula, percent, how.meaning)),
    restore(flag, undo, how, signal) {
      const parsed = v.safeParse(undoForm, undo);
      if (!parsed.success) {
        throw new Refused('refused', `what the record keeps of ${flag} is not from ConfigCat`, 'set it by hand');
      }
      return draft(client, flag, how, signal, (formula) =>
        parsed.output.was.map(({ path, value }) => {
          if (at(formula, path) !== undefined) return replace(path, value);
          const message = `${flag} cannot be put back as it was: its rules are others now`;
          throw new Refused('too-complex', message, 'set it by hand; the record has its state');
        }),
      );
    },
  };
}

/** What a JSON Pointer (RFC 6901) leads to; the paths here need no escapes. */
function at(formula: Formula, path: string): unknown {
  let found: unknown = formula;
  for (const key of path.split('/').slice(1)) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[key];
  }
  return found;
}

async function draft(
  client: Client,
  flag: string,
  { meaning, note }: How,
  signal: AbortSignal,
  plan: (formula: Formula) => readonly Replace[],
): Promise<Draft> {
  const values = await client.values(signal);
  const before = stateIn(values, flag, meaning);
  const formula = values.settingFormulas.find(({ setting }) => setting.key === flag);
  if (!formula) throw new Refused('unknown-flag', `there is no flag ${flag}`, 'check its key, config and environment');
  const operations = plan(formula).filter(({ path, value }) => !isDeepStrictEqual(at(formula, path), value));
  const undo = { was: operations.map(({ path }) => ({ path, value: at(formula, path) })) };
  const words = `PATCH …/settings/${formula.setting.settingId}/value: ${operations.map(({ path }) => path).join(', ')}`;
  if (operations.length === 0) return { before, undo, words };
  const { approveRequired, canBypassApproval, readOnly } = values;
  if (readOnly) {
    const next = 'give its permission group write access to the environment';
    throw new Refused('permission', 'this credential may only read the environment', next);
  }
  if (approveRequired && !canBypassApproval) {
    const next = 'open a change request and have it approved, or let this credential bypass approvals';
    throw new Refused('approval', 'ConfigCat asks for an approval of every change in this environment', next);
  }
  const bypass = approveRequired === true;
  return {
    before,
    undo,
    words,
    send: async (ends) => client.patch(formula, operations, { note, bypass }, ends),
  };
}

/** Each value that is not off is replaced by the one that is. */
function kill(formula: Formula, meaning: Meaning): Replace[] {
  const off = offValue(formula, meaning);
  if (!off) {
    throw new Refused(
      'too-complex',
      `${formula.setting.key} has no value that is off`,
      'name one in `off-values`, or set it by hand',
    );
  }
  const from = (path: string, value: Value | null | undefined): Replace[] =>
    value && !is(value, 'off', meaning) ? [replace(path, off)] : [];
  return [
    ...from('/defaultValue', formula.defaultValue),
    ...formula.targetingRules.flatMap(({ value, percentageOptions }, i) => [
      ...from(`/targetingRules/${i}/value`, value),
      ...(percentageOptions ?? []).flatMap((option, j) =>
        from(`/targetingRules/${i}/percentageOptions/${j}/value`, option.value),
      ),
    ]),
  ];
}

/** One rule without a condition, with one value that is on and one that is off; the default is off. */
function rolloutOf(formula: Formula, percent: number, meaning: Meaning): Replace[] {
  const { setting, defaultValue, targetingRules } = formula;
  const refuse = (what: string, next: string): Refused => new Refused('too-complex', `${setting.key} ${what}`, next);
  if (!Number.isInteger(percent)) {
    throw refuse(`takes whole percents, not ${percent} %`, 'use whole percents in `steps`');
  }
  const [rule, ...more] = targetingRules;
  if (more.length > 0 || (rule?.conditions ?? []).length > 0) {
    throw refuse('has rules that ask who somebody is, so no percentage says who gets it', 'remove them');
  }
  const off = offValue(formula, meaning);
  const free = setting.settingType === 'boolean' && (setting.predefinedVariations ?? []).length === 0;
  const candidates = [...valuesOf(formula), ...(free ? [{ boolValue: true }] : [])].filter((x) => is(x, 'on', meaning));
  const ons = new Map(candidates.map((value) => [JSON.stringify(written(value)), written(value)]));
  const [on, ...others] = ons.values();
  if (!on || !off || others.length > 0) {
    throw refuse(
      'has not exactly one value that is on and one that is off',
      'name them in `on-values` and `off-values`',
    );
  }
  // Those who are on stay on as it grows: the options divide one scale, in this order.
  const percentageOptions = [
    { percentage: percent, value: on },
    { percentage: 100 - percent, value: off },
  ];
  return [
    ...(is(defaultValue, 'off', meaning) ? [] : [replace('/defaultValue', off)]),
    rule && (rule.percentageOptions ?? []).length > 0
      ? replace('/targetingRules/0/percentageOptions', percentageOptions)
      : replace('/targetingRules', [{ conditions: [], percentageOptions }]),
  ];
}
