/**
 * Switches a flag off: the environment's default, and every segment that has it on, since the default does not beat them. There is no
 * lock, so it is read once more right before.
 */
import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { changedMeanwhile, type Draft, type FlagControl, type How, Refused } from '../control.js';
import type { Change, Client, Flag } from './client.js';
import { readFlag } from './read.js';

const undoForm = v.strictObject({
  enabled: v.boolean(),
  segments: v.array(v.strictObject({ id: v.number(), enabled: v.boolean() })),
});
type Switches = v.InferOutput<typeof undoForm>;

const switchesOf = ({ environment_default: { enabled }, segment_overrides: overrides }: Flag): Switches => ({
  enabled,
  segments: overrides.map(({ segment, enabled: on }) => ({ id: segment.id, enabled: on })).sort((a, b) => a.id - b.id),
});

export function controlOf(client: Client): FlagControl {
  return {
    off: (flag, how, signal) =>
      draft(client, flag, how, signal, ({ segments }) => ({
        enabled: false,
        segments: segments.map(({ id }) => ({ id, enabled: false })),
      })),
    restore(flag, undo, how, signal) {
      const parsed = v.safeParse(undoForm, undo);
      if (!parsed.success) {
        throw new Refused('refused', `what the record keeps of ${flag} is not from Flagsmith`, 'set it by hand');
      }
      return draft(client, flag, how, signal, ({ segments }) => {
        const ids = (of: Switches['segments']): number[] => of.map(({ id }) => id);
        if (isDeepStrictEqual(ids(segments), ids(parsed.output.segments))) return parsed.output;
        const message = `${flag} cannot be put back as it was: its segments are others now`;
        throw new Refused('too-complex', message, 'set it by hand; the record has its state');
      });
    },
  };
}

async function draft(
  client: Client,
  flag: string,
  { meaning }: How,
  signal: AbortSignal,
  wantedOf: (now: Switches) => Switches,
): Promise<Draft> {
  const { state: before, found } = await readFlag(client, flag, meaning, signal);
  if (!found) throw new Refused('unknown-flag', `there is no flag ${flag}`, 'check its name and project');
  if (before.archived) throw new Refused('archived', `${flag} is archived`, 'unarchive it first');
  const now = switchesOf(found.flag);
  const body = between(now, wantedOf(now));
  const words = `PATCH ${new URL(client.flagUrl(found.feature.id)).pathname}`;
  if (Object.keys(body).length === 0) return { before, undo: now, words };
  if (before.kill.blockedBy === 'approval') {
    const next = 'open a change request and have it approved, or switch change requests off for this environment';
    throw new Refused('approval', 'Flagsmith asks for a change request in this environment', next);
  }
  return {
    before,
    undo: now,
    words,
    async send(ends) {
      if (!isDeepStrictEqual(await client.flag(found.feature.id, ends), found.flag)) {
        throw changedMeanwhile(flag, 'Flagsmith');
      }
      await client.patch(found.feature.id, body, ends);
    },
  };
}

/** What is to be written, and no more. */
function between(now: Switches, wanted: Switches): Change {
  const segments = wanted.segments.filter(
    ({ id, enabled }) => now.segments.find((one) => one.id === id)?.enabled !== enabled,
  );
  return {
    ...(now.enabled === wanted.enabled ? {} : { environment_default: { enabled: wanted.enabled } }),
    ...(segments.length === 0
      ? {}
      : { segment_overrides: segments.map(({ id, enabled }) => ({ segment: { id }, enabled })) }),
  };
}
