/** From a provider's facts about a flag to its state in the record. Pure. */
import type { FlagStates } from '../../record/evidence.js';
import type { FlagState, Interval, Reach } from '../../record/flags.js';
import { iso } from '../../train/clock.js';
import type { SourceContext, StatesQuestion, Unnamed } from '../source.js';
import { globForm, oneLine } from '../text.js';
import type { Audience, Definition } from './definition.js';
import { exposureOf, ofAnyone, ofMost, ofUntargeted, reachable, rulesOf } from './exposure.js';
import { classOf, type Meaning } from './meaning.js';

/** What a provider says of a flag beside how it is set up. What it does not say is left out. */
export interface Facts {
  readonly key: string;
  readonly definition: Definition;
  /** Default: true. */
  readonly configured?: boolean;
  readonly archived?: boolean;
  readonly prerequisites?: FlagState['targeting']['prerequisites'];
  readonly timeDependent?: boolean;
  /** The provider does not tell how it is targeted: it only evaluates. */
  readonly targetingUnknown?: true;
  readonly managedBy?: string | undefined;
  readonly changed?: FlagState['changed'];
  /** ISO 8601 in UTC. */
  readonly evaluatedAt?: string | null;
  readonly stale?: boolean | null;
  readonly deprecated?: boolean;
  readonly temporary?: boolean | null;
  readonly owner?: string | null;
  readonly version?: string | null;
  readonly kill: FlagState['kill'];
  readonly link?: string;
}

/** Computes what follows from the definition: exposure, reach, what off serves. */
export function stateOf(facts: Facts, meaning: Meaning): FlagState {
  const { key, definition } = facts;
  const most = exposureOf(definition, meaning, ofMost);
  const anyone = exposureOf(definition, meaning, ofAnyone);
  const untargeted = exposureOf(definition, meaning, ofUntargeted);
  // As it is set up, whether its switch is thrown or not: a flag that is dark goes on to these.
  const audiences = definition.rules.flatMap(({ who }) => leaves(who));
  const variants = definition.variants.map(({ name, value }) => ({
    name,
    value,
    class: classOf({ variant: name, value }, meaning),
  }));
  return {
    key,
    exists: true,
    configured: facts.configured ?? true,
    archived: facts.archived ?? false,
    enabled: definition.enabled,
    kind: definition.kind,
    exposure: most,
    method: 'static',
    reach: reachOf(most, anyone, untargeted),
    whenOff: whenOffOf(definition, meaning),
    serves: servesOf(definition),
    unclear: unclearOf(definition, meaning),
    targeting: {
      rules: definition.rules.filter(({ who }) => leaves(who).some(isCondition)).length,
      individuals: audiences.reduce((sum, a) => sum + (a.is === 'individuals' ? a.count : 0), 0),
      segments: [
        ...new Set(audiences.flatMap((a) => (a.is === 'matching' && a.segment ? [oneLine(a.segment, 100)] : []))),
      ],
      prerequisites: facts.prerequisites ?? [],
      timeDependent: facts.timeDependent ?? false,
      managedBy: facts.managedBy ?? null,
      ...(facts.targetingUnknown ? { told: false as const } : {}),
    },
    variants,
    changed: facts.changed ?? null,
    evaluatedAt: facts.evaluatedAt ?? null,
    stale: facts.stale ?? null,
    deprecated: facts.deprecated ?? false,
    temporary: facts.temporary ?? null,
    owner: facts.owner ?? null,
    version: facts.version ?? null,
    kill: facts.kill,
    ...(facts.link === undefined ? {} : { link: facts.link }),
  };
}

/** A flag that a positive answer says is not there. */
export function missingState(key: string): FlagState {
  const definition: Definition = { enabled: null, kind: 'unknown', variants: [], rules: [], otherwise: [], off: [] };
  const kill = { possible: false, scope: 'none' } as const;
  const state = stateOf({ key, definition, configured: false, kill }, { on: [], off: [] });
  return { ...state, exists: false, unclear: [] };
}

/** The conditions that an audience is made of. */
function leaves(audience: Audience): readonly Audience[] {
  if (audience.is === 'not') return leaves(audience.part);
  return audience.is === 'any-of' || audience.is === 'all-of' ? audience.parts.flatMap(leaves) : [audience];
}

const isCondition = ({ is }: Audience): boolean => is === 'matching' || is === 'individuals';

function reachOf(most: Interval, anyone: Interval, untargeted: Interval): Reach {
  if (anyone.hi === 0) return 'nobody';
  if (anyone.lo === 100) return 'everyone';
  // A rule may still be for everyone: who is not named by one is only known not to get it.
  if (untargeted.hi === 0) return 'targeted-only';
  if (most.lo === 0 && most.hi === 100 && untargeted.lo !== untargeted.hi) return 'unknown';
  return untargeted.lo > 0 ? 'partial' : 'unknown';
}

function whenOffOf(definition: Definition, meaning: Meaning): FlagState['whenOff'] {
  const off = exposureOf(definition, meaning, ofAnyone, false);
  if (off.hi === 0) return 'off';
  if (off.lo === 100) return 'on';
  const shares = rulesOf(definition, false).flatMap(({ serves }) => serves);
  return shares.length > 0 && shares.every(({ variant }) => variant === null) ? 'code-default' : 'unknown';
}

/** One variant in all rules that somebody may come to. */
function servesOf(definition: Definition): FlagState['serves'] {
  const names = new Set<string | null>();
  for (const { serves } of reachable(definition)) {
    const [only, ...more] = serves.filter(({ percent }) => percent !== 0);
    if (!only || more.length > 0 || only.percent !== 100) return null;
    names.add(only.variant);
  }
  const [variant, ...others] = names;
  if (variant === undefined || others.length > 0) return null;
  const value = definition.variants.find(({ name }) => name === variant)?.value ?? null;
  return { variant, value };
}

function unclearOf(definition: Definition, meaning: Meaning): string[] {
  const why = new Set<string>();
  for (const { serves } of reachable(definition)) {
    const said = serves.reduce((sum, { percent }) => sum + percent, 0);
    if (said < 99.99) why.add(`what ${serves.length === 0 ? 'some' : 'the rest'} are served is not known`);
    for (const { variant, percent } of serves) {
      if (percent === 0) continue;
      if (variant === null) {
        if (meaning.codeDefault === undefined) {
          why.add("serves no value, so every caller gets its own code's default: say what that is with `code-default`");
        }
        continue;
      }
      const value = definition.variants.find(({ name }) => name === variant)?.value ?? null;
      if (classOf({ variant, value }, meaning) === 'unclear') {
        why.add(
          `serves ${oneLine(JSON.stringify(value ?? variant), 60)}, which is neither on nor off: name it in \`on-values\` or \`off-values\``,
        );
      }
    }
  }
  return [...why].slice(0, 10);
}

/** More flags than this are no answer to a pattern. */
export const mostStates = 500;

/** The measurement from the states that were found. @param query what was sent */
export function statesMeasured(
  question: StatesQuestion,
  states: readonly FlagState[],
  { clock }: Pick<SourceContext, 'clock'>,
  more: {
    readonly subject: string;
    readonly query: string;
    readonly notes?: readonly string[];
    readonly partial?: boolean;
    readonly link?: string;
  },
): Unnamed<FlagStates> {
  const sorted = [...states].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return {
    kind: 'flag-states',
    subject: more.subject,
    query: more.query,
    ...(more.link === undefined ? {} : { link: more.link }),
    at: iso(clock.now()),
    seen: sorted.filter(({ exists }) => exists).length,
    notes: [...(more.notes ?? [])],
    partial: more.partial ?? false,
    states: 'flag' in question.of ? sorted : sorted.filter(({ archived }) => !archived),
  };
}

/** Whether a question is about a flag of this name. */
export function asksFor({ of }: StatesQuestion): (key: string) => boolean {
  if ('flag' in of) return (key) => key === of.flag;
  const form = new RegExp(globForm(of.match), 's');
  return (key) => form.test(key);
}
