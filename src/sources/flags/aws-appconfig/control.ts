/**
 * Changes a flag: a new version of the whole document, as it is deployed but for the flag's switches, and a deployment of it to all at
 * once. Versions that were written and never deployed stay as they are.
 */
import * as v from 'valibot';
import { type Draft, type FlagControl, type How, Refused } from '../control.js';
import { rawAt, rawWith, rawWithout } from '../raw.js';
import type { Client } from './client.js';
import { readAll, stateIn } from './read.js';

/** Switches as they were written; null: there was none. `variants`: by name, in their order. */
const undoForm = v.strictObject({
  enabled: v.nullable(v.boolean()),
  variants: v.array(v.strictObject({ name: v.string(), enabled: v.nullable(v.boolean()) })),
});
type Undo = v.InferOutput<typeof undoForm>;

export function controlOf(client: Client): FlagControl {
  return {
    off: (flag, how, signal) =>
      draft(client, flag, how, signal, ({ enabled, variants }) => ({
        // A flag with variants has no switch of its own.
        enabled: variants.length > 0 ? enabled : false,
        variants: variants.map((one) => ({ ...one, enabled: false })),
      })),
    restore(flag, undo, how, signal) {
      const parsed = v.safeParse(undoForm, undo);
      if (!parsed.success) {
        throw new Refused('refused', `what the record keeps of ${flag} is not from AWS AppConfig`, 'set it by hand');
      }
      return draft(client, flag, how, signal, ({ variants }) => {
        const names = (of: Undo['variants']): string => JSON.stringify(of.map(({ name }) => name));
        if (names(variants) === names(parsed.output.variants)) return parsed.output;
        throw new Refused(
          'too-complex',
          `${flag} cannot be put back as it was: its variants are others now`,
          'set it by hand; the record has its state',
        );
      });
    },
  };
}

async function draft(
  client: Client,
  flag: string,
  { meaning, note }: How,
  signal: AbortSignal,
  wantedOf: (now: Undo) => Undo,
): Promise<Draft> {
  const all = await readAll(client, signal);
  const before = stateIn(all, flag, meaning);
  const { deployed, newest } = all;
  if (!before.exists || !before.configured || !deployed || !newest) {
    const what = before.exists ? `${flag} is deployed nowhere in this environment` : `there is no flag ${flag}`;
    throw new Refused('unknown-flag', what, 'check its name, profile and environment');
  }
  const now = switchesOf(newest.text, flag);
  const text = changed(newest.text, flag, now, wantedOf(now));
  const words = 'POST …/hostedconfigurationversions, POST …/deployments';
  if (text === newest.text) return { before, undo: now, words: '' };
  const { DeploymentNumber } = deployed.newest;
  if (deployed.underWay) {
    throw new Refused(
      'managed',
      `deployment ${DeploymentNumber} is under way, and AWS takes no other until it is complete`,
      `wait for it, or stop it (aws appconfig stop-deployment --deployment-number ${DeploymentNumber}), then run this again`,
    );
  }
  const latest = await client.latest(signal);
  if (latest === undefined) throw new Refused('unknown-flag', `there is no version with ${flag}`, 'check its profile');
  return {
    before,
    undo: now,
    words,
    send: async (ends) => client.deploy(text, latest, DeploymentNumber, note, ends),
  };
}

function switchesOf(text: string, flag: string): Undo {
  const at = (...path: (string | number)[]): unknown => {
    const raw = rawAt(text, ['values', flag, ...path]);
    return raw === undefined ? undefined : (JSON.parse(raw) as unknown);
  };
  const variants = at('_variants');
  const enabled = at('enabled');
  return {
    enabled: typeof enabled === 'boolean' ? enabled : null,
    variants: (Array.isArray(variants) ? (variants as readonly { name: string; enabled?: unknown }[]) : []).map(
      (one) => ({
        name: one.name,
        enabled: typeof one.enabled === 'boolean' ? one.enabled : null,
      }),
    ),
  };
}

function changed(text: string, flag: string, now: Undo, wanted: Undo): string {
  const set = (from: string, path: readonly (string | number)[], was: boolean | null, is: boolean | null): string => {
    if (was === is) return from;
    return is === null ? rawWithout(from, path) : rawWith(from, path, String(is));
  };
  let result = rawAt(text, ['values']) === undefined ? rawWith(text, ['values'], '{}') : text;
  if (rawAt(result, ['values', flag]) === undefined) result = rawWith(result, ['values', flag], '{}');
  result = set(result, ['values', flag, 'enabled'], now.enabled, wanted.enabled);
  wanted.variants.forEach(({ enabled }, i) => {
    result = set(result, ['values', flag, '_variants', i, 'enabled'], now.variants[i]?.enabled ?? null, enabled);
  });
  return result;
}
