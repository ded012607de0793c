/** Changes a flag by the requests that the policy writes. */
import * as v from 'valibot';
import { changedMeanwhile, type Draft, type FlagControl, type How, Refused } from '../control.js';
import type { Client, Values } from './client.js';
import type { ChangeRequest } from './config.js';
import { type Read, readFlag } from './read.js';

const undoForm = v.strictObject({ enabled: v.boolean(), percent: v.number() });

type Found = NonNullable<Read['found']>;
interface Step {
  readonly request: ChangeRequest | undefined;
  /** The field of the source that it is written in. */
  readonly field: 'kill' | 'rollout' | 'restore';
  readonly values: Values;
}

export function controlOf(client: Client): FlagControl {
  const { kill, rollout, restore } = client.config;
  return {
    off: (flag, how, signal) =>
      draft(client, flag, how, signal, ({ enabled }) =>
        enabled ? { request: kill, field: 'kill', values: {} } : undefined,
      ),
    rollout: (flag, percent, how, signal) =>
      draft(client, flag, how, signal, (found, { state }) => {
        if (state.targeting.rules > 0) {
          throw new Refused('too-complex', `${flag} has rules, so no percentage says who gets it`, 'remove them');
        }
        const there = found.enabled && found.percent === percent;
        return there ? undefined : { request: rollout, field: 'rollout', values: { percent: String(percent) } };
      }),
    restore(flag, undo, how, signal) {
      const parsed = v.safeParse(undoForm, undo);
      if (!parsed.success) {
        throw new Refused('refused', `the record does not tell how ${flag} was`, 'set it by hand');
      }
      const { enabled, percent } = parsed.output;
      const values = { enabled: String(enabled), percent: String(percent) };
      return draft(client, flag, how, signal, (found) =>
        found.enabled === enabled && found.percent === percent
          ? undefined
          : { request: restore, field: 'restore', values },
      );
    },
  };
}

async function draft(
  client: Client,
  flag: string,
  { meaning, note }: How,
  signal: AbortSignal,
  plan: (found: Found, read: Read) => Step | undefined,
): Promise<Draft> {
  const read = await readFlag(client, flag, meaning, signal);
  const { state: before, found } = read;
  if (!found) throw new Refused('unknown-flag', `there is no flag ${flag}`, 'check its name');
  if (before.archived) throw new Refused('archived', `${flag} is archived`, 'bring it back first');
  const undo = { enabled: found.enabled, percent: found.percent };
  const step = plan(found, read);
  if (!step) return { before, undo, words: '' };
  const { request, field, values } = step;
  if (!request) {
    throw new Refused(
      'read-only',
      `the source names no request \`${field}\``,
      `add \`${field}\` to it, or change the flag by hand`,
    );
  }
  const all: Values = { flag, note, version: found.version ?? '', ...values };
  const words = `${request.method} ${new URL(request.url.replaceAll('$__flag', encodeURIComponent(flag))).pathname}`;
  return {
    before,
    undo,
    words,
    async send(ends) {
      // Only the service can refuse what changes between this and the request.
      const now = await readFlag(client, flag, meaning, ends);
      if (JSON.stringify(now.found) !== JSON.stringify(found)) throw changedMeanwhile(flag, client.origin);
      await client.change(request, all, ends);
    },
  };
}
