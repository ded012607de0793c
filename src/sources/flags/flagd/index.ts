/**
 * Source `flagd`: flag definitions of flagd in a file of the workspace. The definition is read for what it says of everyone,
 * and evaluated with flagd's own evaluator for what it serves to one context.
 */
import { createHash } from 'node:crypto';
import type { FeatureFlag, FlagdCore } from '@openfeature/flagd-core';
import * as v from 'valibot';
import { described, filled } from '../../../policy/fields.js';
import { nearest } from '../../../policy/problems.js';
import type { Flag, FlagStates } from '../../../record/evidence.js';
import type { FlagState } from '../../../record/flags.js';
import { iso } from '../../../train/clock.js';
import {
  defineSource,
  NotMeasured,
  type ServedQuestion,
  type Source,
  type SourceContext,
  type StatesQuestion,
  type Unnamed,
} from '../../source.js';
import { oneLine } from '../../text.js';
import { readText } from '../../workspace.js';
import type { Meaning } from '../meaning.js';
import { asksFor, missingState, mostStates, stateOf, statesMeasured } from '../state.js';
import { definitionOf, hasRules } from './targeting.js';

const schema = v.strictObject({
  file: described(filled, "flagd's definitions (JSON), relative to the workspace. Read anew in every round."),
});

type Config = v.InferOutput<typeof schema>;

/** Only what is read here; flagd's evaluator checks the rest. */
const definition = v.looseObject({ state: v.picklist(['ENABLED', 'DISABLED']), variants: v.looseObject({}) });
type Definition = v.InferOutput<typeof definition>;

interface Definitions {
  /** Shared rules, by name. */
  readonly evaluators: Readonly<Record<string, unknown>>;
  readonly flags: ReadonlyMap<string, Definition>;
  readonly core: FlagdCore;
  readonly load: Load;
}

/** In place of the console. The evaluator tells of rules that came to nothing only at level debug. */
function listener(heard: string[]) {
  const hear = (...parts: unknown[]): void => void heard.push(oneLine(parts.map(String).join(' ')));
  return { error: hear, warn: hear, info: hear, debug: hear };
}

const unusable = (file: string, what: string): NotMeasured =>
  new NotMeasured('bad-definition', `${file} ${what}`, { permanent: true });

/** The flags by name, from flagd's map form or its list form. */
function flagsOf(parsed: unknown, file: string): Map<string, Definition> {
  const root = v.safeParse(v.looseObject({ flags: v.union([v.array(v.unknown()), v.looseObject({})]) }), parsed);
  if (!root.success) throw unusable(file, 'is no flagd definition: expected `{ "flags": … }`');
  const raw = root.output.flags;
  const entries: [string, unknown][] = Array.isArray(raw)
    ? raw.map((entry: unknown, index) => {
        const keyed = v.safeParse(v.looseObject({ key: filled }), entry);
        if (!keyed.success)
          throw unusable(file, `has an entry without a \`key\` at position ${index + 1} of \`flags\``);
        return [keyed.output.key, entry];
      })
    : Object.entries(raw);
  const flags = new Map<string, Definition>();
  for (const [key, entry] of entries) {
    const checked = v.safeParse(definition, entry);
    if (!checked.success)
      throw unusable(file, `has no valid \`state\` and \`variants\` for the flag ${oneLine(key, 60)}`);
    if (flags.has(key)) throw unusable(file, `defines the flag ${oneLine(key, 60)} twice`);
    flags.set(key, checked.output);
  }
  return flags;
}

type EvaluationContext = Parameters<FeatureFlag['evaluate']>[0];

async function read(config: Config, workspace: string, signal: AbortSignal): Promise<Definitions> {
  const { file } = config;
  const text = await readText(workspace, file, signal);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw unusable(file, 'is no valid JSON');
  }
  const flags = flagsOf(parsed, file);
  const load = await loader();
  const { $evaluators } = parsed as { readonly $evaluators?: unknown };
  const shared =
    typeof $evaluators === 'object' && $evaluators !== null ? ($evaluators as Record<string, unknown>) : {};
  try {
    return { flags, core: load({ ...(parsed as object), flags: Object.fromEntries(flags) }), evaluators: shared, load };
  } catch {
    throw unusable(file, 'is refused by flagd: check it against https://flagd.dev/schema/v0/flags.json');
  }
}

/** flagd's evaluator with definitions in it. @throws its error when it does not take them */
type Load = (definitions: object) => FlagdCore;

async function loader(): Promise<Load> {
  const { FlagdCore } = await import('@openfeature/flagd-core');
  return (definitions) => {
    // The file is data; without this its rules would be run through `eval`.
    const core = new FlagdCore(undefined, listener([]), { disableDynamicCodeGeneration: true });
    core.setConfigurations(JSON.stringify(definitions));
    return core;
  };
}

async function ask(
  config: Config,
  question: ServedQuestion,
  context: SourceContext,
  signal: AbortSignal,
): Promise<Unnamed<Flag>> {
  const { flags, core } = await read(config, context.workspace, signal);
  const { flag } = question;
  const common = {
    kind: 'flag' as const,
    subject: `flag ${flag} in ${config.file}`,
    query: `${config.file} ${flag} ${JSON.stringify(question.context)}`,
    at: iso(context.clock.now()),
    partial: false,
    flag,
    context: { ...question.context },
  };
  const found = flags.get(flag);
  const compiled = core.getFlag(flag);
  if (!found || !compiled) {
    const near = nearest(flag, [...flags.keys()]);
    const notes = [near === undefined ? `${config.file} defines ${flags.size} others` : `did you mean ${near}?`];
    const nothing = { exists: false, enabled: null, value: null, variant: null, reason: 'FLAG_NOT_FOUND' };
    // 0 seen: whatever a gate makes of it, nothing is proven by a flag that is not there.
    return { ...common, ...nothing, seen: 0, scope: 'context', notes };
  }
  const there = { ...common, seen: 1, exists: true };
  if (found.state === 'DISABLED') {
    // Nobody is served anything: every caller falls back to its own default.
    const disabled = { enabled: false, value: null, variant: null, reason: 'DISABLED', scope: 'everyone' as const };
    return { ...there, ...disabled, notes: [] };
  }
  const notes: string[] = [];
  const served = compiled.evaluate({ ...question.context } as EvaluationContext, listener(notes));
  if (served.reason === 'ERROR') {
    throw new NotMeasured('evaluation-failed', `${config.file}: ${oneLine(served.errorMessage ?? 'no reason given')}`, {
      permanent: true,
    });
  }
  return {
    ...there,
    enabled: true,
    value: served.value ?? null,
    variant: served.variant ?? null,
    reason: served.reason,
    scope: hasRules(found.targeting) ? 'context' : 'everyone',
    notes,
  };
}

const readOnly = (file: string): FlagState['kill'] => ({
  possible: false,
  scope: 'none',
  blockedBy: 'read-only',
  why: `a file is no running provider: commit \`"state": "DISABLED"\` to ${file}, and have it rolled out`,
});

function stateIn({ evaluators, load }: Definitions, key: string, flag: Definition, config: Config, meaning: Meaning) {
  const { definition, timeDependent } = definitionOf(flag, evaluators, (expression) => {
    const alone = { ...flag, state: 'ENABLED', defaultVariant: null, targeting: expression };
    const { reason, variant } = load({ flags: { [key]: alone } })
      .getFlag(key)
      ?.evaluate({ targetingKey: 'signalbox' }, listener([])) ?? { reason: 'ERROR' };
    return reason === 'ERROR' ? undefined : (variant ?? null);
  });
  const version = createHash('sha256')
    .update(JSON.stringify([flag, evaluators]))
    .digest('hex')
    .slice(0, 16);
  const facts = { key, definition, timeDependent, version, kill: readOnly(config.file) };
  return stateOf(facts, meaning);
}

async function states(
  config: Config,
  question: StatesQuestion,
  context: SourceContext,
  signal: AbortSignal,
): Promise<Unnamed<FlagStates>> {
  const definitions = await read(config, context.workspace, signal);
  const { flags } = definitions;
  const { of, meaning } = question;
  const fits = asksFor(question);
  const found = [...flags].filter(([key]) => fits(key));
  if (found.length > mostStates) {
    throw new NotMeasured('too-large', `${found.length} flags match: ask for at most ${mostStates}`, {
      permanent: true,
    });
  }
  const missing = 'flag' in of && found.length === 0;
  const near = missing ? nearest(of.flag, [...flags.keys()]) : undefined;
  const hint = near === undefined ? `${config.file} defines ${flags.size} others` : `did you mean ${near}?`;
  const named = 'flag' in of ? `flag ${of.flag}` : `flags ${of.match}`;
  const states = missing
    ? [missingState(of.flag)]
    : found.map(([key, flag]) => stateIn(definitions, key, flag, config, meaning));
  return statesMeasured(question, states, context, {
    subject: `${named} in ${config.file}`,
    query: `${config.file} ${'flag' in of ? of.flag : of.match}`,
    notes: missing ? [hint] : [],
  });
}

export const flagdSource = defineSource({
  type: 'flagd',
  families: ['flags'],
  schema,
  open: (config, context): Source<'flags'> => ({
    flags: (question, signal) =>
      question.ask === 'served' ? ask(config, question, context, signal) : states(config, question, context, signal),
  }),
});
