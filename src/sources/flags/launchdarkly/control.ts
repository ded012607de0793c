/**
 * Changes a flag of LaunchDarkly by semantic patches, which name what is to change and nothing else
 * (https://launchdarkly.com/docs/api/feature-flags/update-feature-flag). They take no version, so it is read once more right before.
 */
import * as v from 'valibot';
import { serverWords } from '../../../net/errors.js';
import type { HttpResponse } from '../../../net/http.js';
import { change } from '../api.js';
import { changedMeanwhile, type Draft, type FlagControl, type How, Refused } from '../control.js';
import { classOf } from '../meaning.js';
import type { Client } from './client.js';
import { nameOf } from './definition.js';
import { type Read, readFlag } from './read.js';
import { type Flag, type Served, served } from './shapes.js';

const undoForm = v.strictObject({ on: v.boolean(), fallthrough: v.nullable(served) });

type Instruction = Readonly<Record<string, unknown>> & { readonly kind: string };
type Found = NonNullable<Read['found']>;

export function controlOf(client: Client): FlagControl {
  return {
    off: (flag, how, signal) =>
      draft(client, flag, how, signal, ({ environment }) => (environment.on ? [{ kind: 'turnFlagOff' }] : [])),
    rollout: (flag, percent, how, signal) =>
      draft(client, flag, how, signal, (found) => rolloutOf(found, percent, how)),
    restore(flag, undo, how, signal) {
      const parsed = v.safeParse(undoForm, undo);
      if (!parsed.success) {
        throw new Refused('refused', `what the record keeps of ${flag} is not from LaunchDarkly`, 'set it by hand');
      }
      const { on, fallthrough } = parsed.output;
      return draft(client, flag, how, signal, (found) => {
        const { environment } = found;
        const same = JSON.stringify(essence(environment.fallthrough)) === JSON.stringify(essence(fallthrough));
        const back = same || !fallthrough ? [] : [fallthroughTo(fallthrough, found.flag)];
        if (on === environment.on) return back;
        return on ? [...back, { kind: 'turnFlagOn' }] : [{ kind: 'turnFlagOff' }, ...back];
      });
    },
  };
}

async function draft(
  client: Client,
  key: string,
  { meaning, note }: How,
  signal: AbortSignal,
  plan: (found: Found) => readonly Instruction[],
): Promise<Draft> {
  const { state: before, found } = await readFlag(client, key, meaning, signal);
  const { environment } = client.config;
  if (!before.exists) throw new Refused('unknown-flag', `there is no flag ${key}`, 'check its key and project');
  if (before.archived) throw new Refused('archived', `${key} is archived`, 'restore it first');
  if (!found) throw new Refused('unknown-flag', `${key} is not set up in ${environment}`, 'check the environment');
  const instructions = plan(found);
  const words = `PATCH /api/v2/flags/${client.config.project}/${key}: ${instructions.map(({ kind }) => kind).join(', ')}`;
  const undo = { on: found.environment.on, fallthrough: found.environment.fallthrough ?? null };
  if (instructions.length === 0) return { before, undo, words };
  return {
    before,
    undo,
    words,
    async send(ends) {
      const now = await client.flag(key, ends);
      const here = now && (await client.environmentOf(now, ends));
      if (here?.version !== found.environment.version) {
        throw changedMeanwhile(key, 'LaunchDarkly');
      }
      await change(
        client.context,
        {
          url: client.url(['flags', client.config.project, key]),
          method: 'PATCH',
          headers: { ...client.headers, 'content-type': 'application/json; domain-model=launchdarkly.semanticpatch' },
          body: { environmentKey: environment, comment: note, instructions },
          needs: `a role with the action updateOn${instructions.length > 1 ? ' and updateFallthrough' : ''} for flags of ${environment}`,
          refusal: (response) => refusalOf(response, client, key),
        },
        ends,
      );
    },
  };
}

/** 405 where an approval is asked for; 409 where one, or a scheduled change, is pending for what would change. */
function refusalOf({ status, text }: HttpResponse, client: Client, key: string): Refused | undefined {
  const said = serverWords(text, client.headers);
  const next = `open an approval request at ${client.link(key)} and have it approved, let this token bypass approvals, or use a flag trigger`;
  if (status === 405) return new Refused('approval', `LaunchDarkly asks for an approval (405)${said}`, next);
  if (status === 409) {
    const message = `LaunchDarkly holds a pending approval or scheduled change that this one conflicts with (409)${said}`;
    return new Refused('approval', message, `apply or withdraw what is pending at ${client.link(key)}`);
  }
  return undefined;
}

const essence = (fallthrough: Served | null | undefined) => [
  fallthrough?.variation ?? null,
  fallthrough?.rollout?.variations.map(({ variation, weight }) => [variation, weight]) ?? null,
  fallthrough?.rollout?.bucketBy ?? null,
  fallthrough?.rollout?.contextKind ?? null,
];

const idOf = (index: number, flag: Flag): string => {
  const id = flag.variations[index]?._id;
  if (typeof id === 'string') return id;
  throw new Refused('too-complex', `${flag.key} has a variation without an id`, 'set it by hand');
};

function fallthroughTo({ variation, rollout }: Served, flag: Flag): Instruction {
  const kind = 'updateFallthroughVariationOrRollout';
  if (!rollout) return { kind, variationId: idOf(variation ?? 0, flag) };
  return {
    kind,
    rolloutContextKind: rollout.contextKind ?? 'user',
    rolloutWeights: Object.fromEntries(rollout.variations.map((one) => [idOf(one.variation, flag), one.weight])),
    ...(rollout.bucketBy ? { rolloutBucketBy: rollout.bucketBy } : {}),
  };
}

/** One on and one off variation, and nothing but the fallthrough: only then a percentage is who gets the flag. */
function rolloutOf({ flag, environment }: Found, percent: number, { meaning }: How): Instruction[] {
  const refuse = (what: string, next: string): Refused => new Refused('too-complex', `${flag.key} ${what}`, next);
  const targeted = [...(environment.targets ?? []), ...(environment.contextTargets ?? [])].some(
    ({ values }) => values.length > 0,
  );
  if (targeted || environment.rules.length > 0 || (environment.prerequisites ?? []).length > 0) {
    throw refuse('has rules, lists of users or prerequisites, so no percentage says who gets it', 'remove them');
  }
  if (environment.fallthrough?.rollout?.experimentAllocation) {
    throw new Refused('managed', `${flag.key} is in an experiment`, 'stop the experiment first');
  }
  const of = (wanted: 'on' | 'off'): number[] =>
    flag.variations.flatMap(({ value }, index) =>
      classOf({ variant: nameOf(index, flag), value }, meaning) === wanted ? [index] : [],
    );
  const [[on, ...moreOn], [off, ...moreOff]] = [of('on'), of('off')];
  if (on === undefined || off === undefined || moreOn.length + moreOff.length > 0) {
    throw refuse(
      'has not exactly one variation that is on and one that is off',
      'name them in `on-values` and `off-values`',
    );
  }
  const weight = Math.round(percent * 1000);
  const { contextKind, bucketBy } = environment.fallthrough?.rollout ?? {};
  const shares = [
    { variation: on, weight },
    { variation: off, weight: 100_000 - weight },
  ];
  const wanted: Served =
    percent === 100
      ? { variation: on }
      : { rollout: { variations: shares, contextKind: contextKind ?? 'user', ...(bucketBy ? { bucketBy } : {}) } };
  const same = JSON.stringify(essence(environment.fallthrough)) === JSON.stringify(essence(wanted));
  return [...(same ? [] : [fallthroughTo(wanted, flag)]), ...(environment.on ? [] : [{ kind: 'turnFlagOn' }])];
}
