/**
 * Changes a gate: switched off as a whole, which is so in ALL environments; the percentage of a rule by its `baseID`. There is no lock,
 * so the gate is read once more right before.
 */
import * as v from 'valibot';
import { changedMeanwhile, type Draft, type FlagControl, type How, Refused } from '../control.js';
import type { Client, Gate, Rule } from './client.js';
import { isFor, stageOf } from './definition.js';
import { readGate } from './read.js';

const undoForm = v.strictObject({
  stage: v.picklist(['rules', 'everyone', 'nobody', 'unknown']),
  rule: v.nullable(v.strictObject({ baseID: v.string(), passPercentage: v.number() })),
});

interface Step {
  readonly method: 'PUT' | 'PATCH';
  readonly parts: readonly string[];
  readonly body?: unknown;
}

const toggle = (id: string, to: 'enable' | 'launch' | 'disable'): Step => ({ method: 'PUT', parts: [id, to] });

/** A rule's id holds its percentage, and changes with it; what it is called by its `baseID` stays. */
const percentage = (id: string, baseID: string, passPercentage: number): Step => ({
  method: 'PATCH',
  parts: [id, 'rules', baseID],
  body: { passPercentage },
});

export function controlOf(client: Client): FlagControl {
  const { environment } = client.config;
  return {
    off: (flag, how, signal) =>
      draft(client, flag, how, signal, (gate) => (stageOf(gate) === 'nobody' ? [] : [toggle(gate.id, 'disable')])),
    rollout: (flag, percent, how, signal) =>
      draft(client, flag, how, signal, (gate) => {
        const { baseID, passPercentage } = plainRule(gate, environment);
        return [
          ...(passPercentage === percent ? [] : [percentage(gate.id, baseID, percent)]),
          ...(stageOf(gate) === 'rules' ? [] : [toggle(gate.id, 'enable')]),
        ];
      }),
    restore(flag, undo, how, signal) {
      const parsed = v.safeParse(undoForm, undo);
      if (!parsed.success || parsed.output.stage === 'unknown') {
        throw new Refused('refused', `the record does not tell how ${flag} was at Statsig`, 'set it by hand');
      }
      const { stage, rule: was } = parsed.output;
      return draft(client, flag, how, signal, (gate) => {
        const now = gate.rules.find(({ baseID }) => baseID === was?.baseID);
        if (was && !now) {
          throw new Refused('too-complex', `${flag} no longer has the rule that was changed`, 'set it by hand');
        }
        const back =
          was && now?.passPercentage !== was.passPercentage
            ? [percentage(gate.id, was.baseID, was.passPercentage)]
            : [];
        if (stage === stageOf(gate)) return back;
        if (stage === 'nobody') return [toggle(gate.id, 'disable'), ...back];
        return [...back, toggle(gate.id, stage === 'everyone' ? 'launch' : 'enable')];
      });
    },
  };
}

async function draft(
  client: Client,
  flag: string,
  { meaning }: How,
  signal: AbortSignal,
  plan: (gate: Gate) => readonly Step[],
): Promise<Draft> {
  const { state: before, gate } = await readGate(client, flag, meaning, signal);
  if (!gate) throw new Refused('unknown-flag', `there is no gate ${flag}`, 'check its id and project');
  if (before.archived) throw new Refused('archived', `${flag} is archived`, 'restore it first');
  const steps = plan(gate);
  const [only] = gate.rules.filter((rule) => isFor(rule, client.config.environment));
  const { baseID } = only ?? {};
  const undo = {
    stage: stageOf(gate),
    rule: only && typeof baseID === 'string' ? { baseID, passPercentage: only.passPercentage } : null,
  };
  const words = steps.map(({ method, parts }) => `${method} /console/v1/gates/${parts.join('/')}`).join(', ');
  if (steps.length === 0) return { before, undo, words };
  return {
    before,
    undo,
    words,
    async send(ends) {
      const now = await client.gate(flag, ends);
      if (JSON.stringify(essence(now)) !== JSON.stringify(essence(gate))) throw changedMeanwhile(flag, 'Statsig');
      for (const { method, parts, body } of steps) await client.write(method, client.url(...parts), body, ends);
    },
  };
}

/** What changes with every change of the gate. */
const essence = (gate: Gate | undefined): unknown =>
  gate && [gate.version, gate.lastModifiedTime, gate.isEnabled, gate.status, gate.rules];

/** The one rule that says who gets the gate, in this environment and no other. */
function plainRule(gate: Gate, environment: string): Rule & { readonly baseID: string } {
  const { id, rules, holdoutIDs, reviewSettings, releasePipelineID } = gate;
  const [rule, ...more] = rules;
  const refuse = (what: string, next: string): Refused => new Refused('too-complex', `${id} ${what}`, next);
  if (stageOf(gate) === 'everyone') {
    throw refuse('is launched, and passes for everyone', 'put it in progress again at Statsig');
  }
  if (reviewSettings?.requiredReview) {
    throw new Refused('approval', `${id} asks for a review of every change`, 'have the rollout reviewed at Statsig');
  }
  if (releasePipelineID)
    throw new Refused('managed', `${id} is moved by a release pipeline`, 'take it out of it first');
  if ((rule?.pendingAutomatedRollouts ?? []).length > 0) {
    throw new Refused('managed', `${id} is moved by a scheduled rollout`, 'remove the schedule first');
  }
  if (!rule || more.length > 0 || (holdoutIDs ?? []).length > 0) {
    throw refuse('has not exactly one rule, or a holdout, so no percentage says who gets it', 'leave it one rule');
  }
  const { baseID, conditions, environments } = rule;
  if (conditions.length !== 1 || conditions[0]?.type !== 'public') {
    throw refuse('has a rule with conditions, so no percentage says who gets it', 'leave it one rule for everyone');
  }
  if (environments?.length !== 1 || environments[0] !== environment) {
    throw refuse(
      `has a rule that is not for ${environment} alone, so a percentage would be one of other environments too`,
      `set the rule's environments to ${environment}`,
    );
  }
  if (typeof baseID !== 'string') throw refuse('has a rule without a base id', 'set it by hand');
  return { ...rule, baseID };
}
