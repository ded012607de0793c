/** Changes a flag: killed and restored by endpoints of their own, its default rule by JSON Patch. There is no lock, so it is read once more. */
import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { changedMeanwhile, type Draft, type FlagControl, type How, Refused } from '../control.js';
import { classOf } from '../meaning.js';
import type { Client, SplitDefinition } from './client.js';
import { readFlag } from './read.js';

const bucket = v.object({ treatment: v.string(), size: v.number() });
const undoForm = v.strictObject({ killed: v.boolean(), defaultRule: v.array(bucket) });
type Buckets = v.InferOutput<typeof undoForm>['defaultRule'];

type Step = { readonly to: 'kill' | 'restore' } | { readonly to: 'defaultRule'; readonly buckets: Buckets };

const bucketsOf = ({ defaultRule }: SplitDefinition): Buckets =>
  defaultRule.map(({ treatment, size }) => ({ treatment, size }));

export function controlOf(client: Client): FlagControl {
  return {
    off: (flag, how, signal) => draft(client, flag, how, signal, ({ killed }) => (killed ? [] : [{ to: 'kill' }])),
    rollout: (flag, percent, how, signal) =>
      draft(client, flag, how, signal, (split) => rolloutOf(split, percent, how)),
    restore(flag, undo, how, signal) {
      const parsed = v.safeParse(undoForm, undo);
      if (!parsed.success) {
        throw new Refused('refused', `what the record keeps of ${flag} is not from Split`, 'set it by hand');
      }
      const { killed, defaultRule } = parsed.output;
      return draft(client, flag, how, signal, (split) => {
        const back: Step[] = isDeepStrictEqual(bucketsOf(split), defaultRule)
          ? []
          : [{ to: 'defaultRule', buckets: defaultRule }];
        if (killed === split.killed) return back;
        return killed ? [{ to: 'kill' }, ...back] : [...back, { to: 'restore' }];
      });
    },
  };
}

async function draft(
  client: Client,
  flag: string,
  { meaning, note }: How,
  signal: AbortSignal,
  plan: (split: SplitDefinition) => readonly Step[],
): Promise<Draft> {
  const { state: before, found } = await readFlag(client, flag, meaning, signal);
  if (!found) {
    const what = before.exists ? `${flag} is not set up in ${client.config.environment}` : `there is no flag ${flag}`;
    throw new Refused('unknown-flag', what, 'check its name, workspace and environment');
  }
  const steps = plan(found);
  const words = steps
    .map(({ to }) => (to === 'defaultRule' ? 'PATCH …/environments/… /defaultRule' : `PUT …/environments/…/${to}`))
    .join(', ');
  const undo = { killed: found.killed, defaultRule: bucketsOf(found) };
  if (steps.length === 0) return { before, undo, words };
  return {
    before,
    undo,
    words,
    async send(ends) {
      if (!isDeepStrictEqual(essence(await client.definition(flag, ends)), essence(found))) {
        throw changedMeanwhile(flag, 'Split');
      }
      for (const step of steps) {
        if (step.to === 'defaultRule') {
          const patch = [{ op: 'replace', path: '/defaultRule', value: step.buckets }];
          await client.write('PATCH', client.url(flag), patch, ends);
        } else await client.write('PUT', client.url(flag, step.to), { comment: note }, ends);
      }
    },
  };
}

/** Traffic goes on, and is no change. */
const essence = (split: SplitDefinition | undefined): unknown => split && { ...split, lastTrafficReceivedAt: null };

/** One default rule of one treatment that is on and one that is off, for all traffic. */
function rolloutOf(split: SplitDefinition, percent: number, { meaning }: How): Step[] {
  const { name, killed, treatments, trafficAllocation, rules, prerequisites } = split;
  const refuse = (what: string, next: string): Refused => new Refused('too-complex', `${name} ${what}`, next);
  if (!Number.isInteger(percent)) {
    throw refuse(`takes whole percents, not ${percent} %`, 'use whole percents in `steps`');
  }
  const targeted = treatments.some(({ keys, segments }) => (keys ?? []).length + (segments ?? []).length > 0);
  if (targeted || rules.length > 0 || (prerequisites ?? []).length > 0 || trafficAllocation !== 100) {
    throw refuse('has rules, targets or limited traffic, so no percentage says who gets it', 'remove them');
  }
  const of = (wanted: 'on' | 'off'): string[] =>
    treatments.flatMap((one) =>
      classOf({ variant: one.name, value: one.name }, meaning) === wanted ? [one.name] : [],
    );
  const [[on, ...moreOn], [off, ...moreOff]] = [of('on'), of('off')];
  if (on === undefined || off === undefined || moreOn.length + moreOff.length > 0) {
    throw refuse(
      'has not exactly one treatment that is on and one that is off',
      'name them in `on-values` and `off-values`',
    );
  }
  const all = [
    { treatment: on, size: percent },
    { treatment: off, size: 100 - percent },
  ];
  const buckets = all.filter(({ size }) => size > 0);
  const moved: Step[] = isDeepStrictEqual(bucketsOf(split), buckets) ? [] : [{ to: 'defaultRule', buckets }];
  return [...moved, ...(killed ? [{ to: 'restore' } as const] : [])];
}
