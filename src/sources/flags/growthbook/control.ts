/** Switches a feature off in one environment. There is no lock, so it is read once more right before. */
import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { changedMeanwhile, type Draft, type FlagControl, type How, Refused } from '../control.js';
import type { Client } from './client.js';
import { stateFrom } from './read.js';

const undoForm = v.strictObject({ enabled: v.boolean() });

export function controlOf(client: Client): FlagControl {
  return {
    off: (flag, how, signal) => draft(client, flag, how, signal, false),
    restore(flag, undo, how, signal) {
      const parsed = v.safeParse(undoForm, undo);
      if (parsed.success) return draft(client, flag, how, signal, parsed.output.enabled);
      throw new Refused('refused', `what the record keeps of ${flag} is not from GrowthBook`, 'set it by hand');
    },
  };
}

async function draft(
  client: Client,
  flag: string,
  { meaning, note }: How,
  signal: AbortSignal,
  wanted: boolean,
): Promise<Draft> {
  const feature = await client.feature(flag, signal);
  if (!feature) throw new Refused('unknown-flag', `there is no feature ${flag}`, 'check its id');
  const before = stateFrom(feature, client.config, meaning);
  if (before.archived) throw new Refused('archived', `${flag} is archived`, 'unarchive it first');
  const enabled = before.enabled === true;
  const words = `POST ${new URL(client.url(flag, 'toggle')).pathname}`;
  if (enabled === wanted) return { before, undo: { enabled }, words };
  return {
    before,
    undo: { enabled },
    words,
    async send(ends) {
      if (!isDeepStrictEqual(await client.feature(flag, ends), feature)) throw changedMeanwhile(flag, 'GrowthBook');
      await client.toggle(flag, wanted, note, ends);
    },
  };
}
