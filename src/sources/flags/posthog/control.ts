/**
 * Changes a flag by a patch of the fields that are to change, with the version that was read. `filters` can only be written whole, so
 * they are patched as they are written.
 */
import * as v from 'valibot';
import { changedMeanwhile, type Draft, type FlagControl, type How, Refused } from '../control.js';
import { rawAt, rawWith } from '../raw.js';
import type { Client, Flag, Found } from './client.js';
import { readFlag } from './read.js';

/** `percent`: of the one condition, as it is written; null: the flag has not one plain condition. */
const undoForm = v.strictObject({ active: v.boolean(), percent: v.nullable(v.string()) });
type Undo = v.InferOutput<typeof undoForm>;

const at = ['groups', 0, 'rollout_percentage'] as const;

export function controlOf(client: Client): FlagControl {
  return {
    off: (flag, how, signal) => draft(client, flag, how, signal, (_, now) => ({ ...now, active: false })),
    rollout: (flag, percent, how, signal) =>
      draft(client, flag, how, signal, (found) => {
        refuseUnlessPlain(found.flag);
        return { active: true, percent: String(percent) };
      }),
    restore(flag, undo, how, signal) {
      const parsed = v.safeParse(undoForm, undo);
      if (!parsed.success) {
        throw new Refused('refused', `what the record keeps of ${flag} is not from PostHog`, 'set it by hand');
      }
      return draft(client, flag, how, signal, (_, now) => {
        if ((now.percent === null) === (parsed.output.percent === null)) return parsed.output;
        const message = `${flag} cannot be put back as it was: its conditions are others now`;
        throw new Refused('too-complex', message, 'set it by hand; the record has its state');
      });
    },
  };
}

const filtersOf = ({ text }: Found): string => rawAt(text, ['filters']) ?? '{}';

/** A condition whose percentage is not written is for all. */
const switchesOf = (found: Found): Undo => ({
  active: found.flag.active,
  percent: isPlain(found.flag) ? (rawAt(filtersOf(found), at) ?? 'null') : null,
});

async function draft(
  client: Client,
  key: string,
  { meaning }: How,
  signal: AbortSignal,
  wantedOf: (found: Found, now: Undo) => Undo,
): Promise<Draft> {
  const { state: before, found } = await readFlag(client, key, meaning, signal);
  if (!found) throw new Refused('unknown-flag', `there is no flag ${key}`, 'check its key and project');
  if (before.archived) throw new Refused('archived', `${key} is archived`, 'unarchive it first');
  const now = switchesOf(found);
  const wanted = wantedOf(found, now);
  const filters = filtersOf(found);
  const moved =
    wanted.percent === null || wanted.percent === now.percent ? filters : rawWith(filters, at, wanted.percent);
  const fields = {
    ...(wanted.active === now.active ? {} : { active: String(wanted.active) }),
    ...(moved === filters ? {} : { filters: moved }),
  };
  const words = `PATCH ${new URL(client.url(found.flag.id)).pathname}: ${Object.keys(fields).join(', ')}`;
  if (Object.keys(fields).length === 0) return { before, undo: now, words };
  const were = {
    ...('active' in fields ? { active: String(now.active) } : {}),
    ...('filters' in fields ? { filters } : {}),
  };
  return {
    before,
    undo: now,
    words,
    async send(ends) {
      const again = await client.flag(key, ends);
      if (!again || essence(again) !== essence(found)) throw changedMeanwhile(key, 'PostHog');
      await client.patch(found, fields, were, ends);
    },
  };
}

/** Calls go on, and are no change. */
const essence = (found: Found): string => JSON.stringify([found.flag.version, found.flag.active, filtersOf(found)]);

/** One condition that is for everybody, and no variants. */
function isPlain({ filters }: Flag): boolean {
  const { groups, multivariate, super_groups: early, holdout_groups: holdouts, holdout } = filters;
  const [only, ...more] = groups;
  const is = (x: unknown): boolean => (Array.isArray(x) ? x.length > 0 : x !== null && x !== undefined);
  return (
    only !== undefined &&
    more.length === 0 &&
    (only.properties ?? []).length === 0 &&
    !only.variant &&
    (multivariate?.variants ?? []).length === 0 &&
    ![early, holdouts, holdout].some(is)
  );
}

function refuseUnlessPlain(flag: Flag): void {
  if ((flag.experiment_set ?? []).length > 0) {
    throw new Refused('managed', `${flag.key} is in an experiment`, 'end the experiment first');
  }
  if (isPlain(flag)) return;
  throw new Refused(
    'too-complex',
    `${flag.key} has not exactly one condition for everybody, or has variants, so no percentage says who gets it`,
    'leave it one condition without properties',
  );
}
