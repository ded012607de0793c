/**
 * Changes a flag of Unleash. There is no lock, so what was read is read once more right before it is written.
 *
 * The server's `on` adds a strategy for everybody where none is active, so a percentage is written, and only then the switch thrown.
 */
import * as v from 'valibot';
import type { HttpResponse } from '../../../net/http.js';
import { type Change, change as send } from '../api.js';
import { changedMeanwhile, type Draft, type FlagControl, type How, Refused } from '../control.js';
import type { Client } from './client.js';
import { activeOf } from './definition.js';
import { readFlag } from './read.js';
import type { Environment, Strategy } from './shapes.js';

const undoForm = v.strictObject({
  enabled: v.boolean(),
  /** Of those strategies that may have been changed. */
  strategies: v.array(v.strictObject({ id: v.string(), disabled: v.boolean(), rollout: v.nullable(v.string()) })),
});
type Undo = v.InferOutput<typeof undoForm>;

const rights = 'the permission UPDATE_FEATURE_ENVIRONMENT';

export function controlOf(client: Client): FlagControl {
  return {
    off: (flag, how, signal) =>
      draft(client, flag, how, signal, ({ enabled }) => (enabled ? [toggle(client, flag, false)] : [])),
    rollout: (flag, percent, how, signal) =>
      draft(client, flag, how, signal, (environment) => rolloutSteps(client, flag, percent, environment)),
    restore(flag, undo, how, signal) {
      const parsed = v.safeParse(undoForm, undo);
      if (!parsed.success) {
        throw new Refused('refused', `what the record keeps of ${flag} is not from Unleash`, 'set it by hand');
      }
      return draft(client, flag, how, signal, (environment) => restoreSteps(client, flag, parsed.output, environment));
    },
  };
}

interface Step {
  readonly method: Change['method'];
  readonly url: string;
  readonly body?: unknown;
}

async function draft(
  client: Client,
  flag: string,
  { meaning }: How,
  signal: AbortSignal,
  plan: (environment: Environment) => readonly Step[],
): Promise<Draft> {
  const { state: before, environment } = await readFlag(client, flag, meaning, signal);
  if (!environment) {
    const [code, what] = !before.exists
      ? (['unknown-flag', 'there is no flag'] as const)
      : before.archived
        ? (['archived', 'archived is the flag'] as const)
        : (['unknown-flag', `not set up in ${client.config.environment} is the flag`] as const);
    throw new Refused(code, `${what} ${flag}`, before.archived ? 'revive it first' : 'check its name and environment');
  }
  if (before.targeting.managedBy !== null) {
    throw new Refused(
      'managed',
      `${flag} is moved by ${before.targeting.managedBy}`,
      'pause that at Unleash, then run this again',
    );
  }
  const steps = plan(environment);
  const undo = undoOf(environment);
  const words = steps.map(({ method, url }) => `${method} ${new URL(url).pathname}`).join(', ');
  if (steps.length === 0) return { before, undo, words };
  return {
    before,
    undo,
    words,
    async send(ends) {
      await refuseChanged(client, flag, environment, ends);
      for (const step of steps) {
        const call = { ...step, headers: client.headers, needs: rights, refusal: refusalOf };
        await send(client.context, call, ends);
      }
    },
  };
}

const essence = ({ enabled, strategies }: Environment): string => JSON.stringify([enabled, strategies.map(essential)]);
/** The endpoint of the environment and that of the feature write a strategy differently. */
const essential = ({ id, name, disabled, parameters, constraints, segments, variants }: Strategy) => [
  id,
  name,
  disabled ?? false,
  Object.entries(parameters ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)),
  constraints ?? [],
  segments ?? [],
  variants ?? [],
];

async function refuseChanged(client: Client, flag: string, was: Environment, signal: AbortSignal): Promise<void> {
  const feature = await client.feature(flag, signal);
  const now = feature && (await client.environmentOf(feature, signal));
  if (now && essence(now) === essence(was)) return;
  throw changedMeanwhile(flag, 'Unleash');
}

function refusalOf({ status, text }: HttpResponse): Refused | undefined {
  if (status === 403 && /change request/i.test(text)) {
    return new Refused(
      'approval',
      'Unleash asks for a change request (403)',
      'open one and have it approved, or let this credential skip them',
    );
  }
  if (status === 400 && /ArchivedFeatureError/.test(text)) {
    return new Refused('archived', 'the flag is archived (400)', 'revive it first');
  }
  return undefined;
}

const parts = ({ config }: Client): readonly string[] => ['environments', config.environment];

const toggle = (client: Client, flag: string, on: boolean): Step => ({
  method: 'POST',
  url: client.featureUrl(flag, ...parts(client), on ? 'on' : 'off'),
});

const rolloutOf = ({ parameters }: Strategy): string | null =>
  typeof parameters?.rollout === 'string' || typeof parameters?.rollout === 'number'
    ? String(parameters.rollout)
    : null;

const undoOf = ({ enabled, strategies }: Environment): Undo => ({
  enabled,
  strategies: strategies.map((one) => ({ id: one.id, disabled: one.disabled ?? false, rollout: rolloutOf(one) })),
});

const isPlain = ({ name, constraints, segments, variants }: Strategy): boolean =>
  name === 'flexibleRollout' &&
  (constraints ?? []).length === 0 &&
  (segments ?? []).length === 0 &&
  (variants ?? []).length === 0;

function rolloutSteps(client: Client, flag: string, percent: number, environment: Environment): Step[] {
  if (!Number.isInteger(percent) || percent < 0 || percent > 100) {
    throw new Refused('too-complex', `Unleash takes whole percents, not ${percent} %`, 'use whole percents in `steps`');
  }
  const active = activeOf(environment);
  const [only, ...others] = active.length > 0 ? active : environment.strategies;
  if (only && (others.length > 0 || !isPlain(only))) {
    throw new Refused(
      'too-complex',
      `${flag} has more than one plain gradual rollout in ${client.config.environment}, so no percentage says who gets it`,
      'leave it one strategy of the type gradual rollout, without constraints, segments and variants',
    );
  }
  const on = environment.enabled ? [] : [toggle(client, flag, true)];
  if (!only) return [add(client, flag, percent), ...on];
  const changed = patch(client, flag, only, { disabled: false, rollout: String(percent) });
  return [...changed, ...on];
}

const add = (client: Client, flag: string, percent: number): Step => ({
  method: 'POST',
  url: client.featureUrl(flag, ...parts(client), 'strategies'),
  body: {
    name: 'flexibleRollout',
    parameters: { rollout: String(percent), stickiness: 'default', groupId: flag },
    constraints: [],
    segments: [],
    variants: [],
  },
});

/** JSON Patch of what differs; nothing where nothing does. */
function patch(
  client: Client,
  flag: string,
  strategy: Strategy,
  wanted: { readonly disabled: boolean; readonly rollout: string | null },
): Step[] {
  const body = [
    ...((strategy.disabled ?? false) === wanted.disabled
      ? []
      : [{ op: 'replace', path: '/disabled', value: wanted.disabled }]),
    ...(wanted.rollout === null || rolloutOf(strategy) === wanted.rollout
      ? []
      : [{ op: 'replace', path: '/parameters/rollout', value: wanted.rollout }]),
  ];
  if (body.length === 0) return [];
  return [{ method: 'PATCH', url: client.featureUrl(flag, ...parts(client), 'strategies', strategy.id), body }];
}

/** The switch goes off first and on last, so that on the way nobody gets more than before or after. */
function restoreSteps(client: Client, flag: string, undo: Undo, environment: Environment): Step[] {
  const byHand = (what: string): Refused =>
    new Refused(
      'too-complex',
      `${flag} cannot be put back as it was: ${what}`,
      'set it by hand; the record has its state',
    );
  const known = new Map(undo.strategies.map((one) => [one.id, one]));
  for (const { id } of undo.strategies) {
    if (!environment.strategies.some((one) => one.id === id)) throw byHand('a strategy is gone');
  }
  if (undo.enabled && !environment.enabled && !undo.strategies.some(({ disabled }) => !disabled)) {
    throw byHand('it was on without an active strategy, and Unleash would add one for everybody');
  }
  const added = environment.strategies.filter(({ id }) => !known.has(id));
  const changed = environment.strategies.flatMap((strategy) => {
    const was = known.get(strategy.id);
    return was ? patch(client, flag, strategy, was) : [];
  });
  const removed = added.map(
    (strategy): Step => ({
      method: 'DELETE',
      url: client.featureUrl(flag, ...parts(client), 'strategies', strategy.id),
    }),
  );
  const off = environment.enabled && !undo.enabled ? [toggle(client, flag, false)] : [];
  const on = !environment.enabled && undo.enabled ? [toggle(client, flag, true)] : [];
  return [...off, ...changed, ...removed, ...on];
}
