/** From the text of a policy, or from single inputs, to a checked policy: all that is wrong with it at once. */
import * as v from 'valibot';
import { gateTypeOf } from '../gates/index.js';
import { divideFalseStops } from '../judge/alpha.js';
import type { FlagOffConfig, RolloutConfig } from '../reactions/flags/fields.js';
import type { Problem } from '../record/record.js';
import { loadSourceTypes } from '../sources/index.js';
import { type PolicyDocument, readDocument } from './document.js';
import { secretKeys } from './fields.js';
import type { Freeze } from './freezes.js';
import { withPreparation } from './preparation.js';
import { describe, type Finding, type Path } from './problems.js';
import { type RunLimits, relate } from './relate.js';
import {
  type Evaluation,
  type GateConfig,
  type Policy,
  policySchema,
  type ReleaseFact,
  releaseFacts,
} from './schema.js';
import type { MoveConfig, StageConfig } from './stages.js';
import { substitute } from './substitute.js';
import { keysAt } from './walk.js';

/** A value that an input puts into the policy, or over what the policy says. */
export interface Override {
  readonly path: Path;
  readonly value: unknown;
  /** Name of the input, for problems. */
  readonly input: string;
}

export interface LoadOptions extends RunLimits {
  /** The YAML; absent when the policy is made from inputs alone. */
  readonly text?: string;
  /** Shown in problems; absent for an inline policy. */
  readonly file?: string;
  readonly overrides: readonly Override[];
  /** What the platform knows of the release; the policy and the inputs go before it. */
  readonly facts: Readonly<Partial<Record<ReleaseFact, string>>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Report values that are not set as `unset` instead of as problems: for `signalbox check`, which runs without them. */
  readonly lenient?: boolean;
}

export interface Loaded {
  /** Absent when there are problems. */
  readonly policy?: Policy;
  readonly problems: readonly Problem[];
  /** With `lenient`: what a run would have to set. */
  readonly unset: readonly Problem[];
  /** Values to mask from now on. */
  readonly secrets: readonly string[];
  /** The place of a part of the policy. */
  readonly locate: (path: Path, message: string) => Problem;
}

/** Shorter values from the environment are words such as `prod`: masking them would eat the whole log. */
const shortestSecret = 6;

/** Reads and checks a policy, and loads the kinds of sources that it names. */
export async function loadPolicy(options: LoadOptions): Promise<Loaded> {
  const secrets = new Set<string>();
  const document = readDocument(options.text ?? 'version: 1', options.file);
  const byPath = new Map(options.overrides.map((o) => [o.path.join('\n'), o.input]));
  const locate = (finding: Finding): Problem => {
    const input = [...finding.path.keys()]
      .reverse()
      .map((last) => byPath.get(finding.path.slice(0, last + 1).join('\n')))
      .find((name) => name !== undefined);
    if (input !== undefined) return { message: `input \`${input}\`: ${finding.message}` };
    return options.text === undefined ? { message: finding.message } : document.locate(finding);
  };
  const loaded = (problems: readonly Problem[], unset: readonly Problem[] = [], policy?: Policy): Loaded => ({
    problems,
    unset,
    secrets: [...secrets],
    locate: (path, message) => locate({ path, at: 'value', message }),
    ...(policy && problems.length === 0 ? { policy } : {}),
  });

  if (document.problems.length > 0) return loaded(document.problems);
  const filled = fillIn(document, options, secrets);
  const data = document.toData();
  for (const { path, value } of options.overrides) put(data, path, value);
  collectSecrets(data, secrets);
  await loadSourceTypes(sourceTypesIn(data));
  const checked = check(data);
  const already = new Set([...filled.wrong, ...filled.unset].map((f) => f.path.join('\n')));
  const findings = [
    ...filled.wrong,
    ...(options.lenient ? [] : filled.unset),
    ...checked.findings.filter((f) => !already.has(f.path.join('\n'))),
  ];
  const written = checked.policy && complete(checked.policy, options.facts);
  if (written) findings.push(...relate(written, options));
  const policy = written && findings.length === 0 ? withPreparation(written) : written;
  return loaded(findings.map(locate), options.lenient ? filled.unset.map(locate) : [], policy);
}

/** The types of all sources that unchecked data name, by themselves or in place. */
function sourceTypesIn(data: unknown): string[] {
  const { sources, gates, annotations, stages } = (data ?? {}) as Record<string, unknown>;
  const ofStages = [stages].flat().map((stage) => (stage as { gates?: unknown } | null | undefined)?.gates);
  const inPlace = [gates, annotations, ...ofStages]
    .flat()
    .map((x) => (x as { source?: unknown } | null | undefined)?.source);
  const written = [...Object.values(sources ?? {}), ...inPlace];
  return written.map((source) => String((source as { type?: unknown } | null | undefined)?.type));
}

/** Substitutes in every text of the document. The release's own facts come first, since the others may name them. */
function fillIn(
  document: PolicyDocument,
  options: LoadOptions,
  secrets: Set<string>,
): { wrong: Finding[]; unset: Finding[] } {
  const wrong: Finding[] = [];
  const unset: Finding[] = [];
  const pass = (release: Readonly<Record<string, string | undefined>> | undefined) => {
    document.editTexts((text, path) => {
      if ((path[0] === 'release') !== (release === undefined)) return text;
      const result = substitute(text, release ? { env: options.env, release } : { env: options.env });
      for (const value of result.fromEnv) if (value.length >= shortestSecret) secrets.add(value);
      const found = (message: string): Finding => ({ path, at: 'value', message });
      wrong.push(...result.wrong.map(found));
      unset.push(...result.unset.map(found));
      if (secretKeys.has(String(path.at(-1))) && !text.includes('${env.')) {
        wrong.push(found('a secret does not belong into a policy; write `${env.NAME}`'));
      }
      return result.text;
    });
  };
  pass(undefined);
  const written = (document.toData() as { release?: Record<string, unknown> } | undefined)?.release;
  const given = new Map(
    options.overrides.filter((o) => o.path[0] === 'release').map((o) => [String(o.path[1]), o.value]),
  );
  pass(
    Object.fromEntries(
      releaseFacts.map((fact) => [fact, asText(given.get(fact)) ?? asText(written?.[fact]) ?? options.facts[fact]]),
    ),
  );
  return { wrong, unset };
}

const asText = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function put(data: unknown, path: Path, value: unknown): void {
  let here = data as Record<string | number, unknown>;
  for (const [index, key] of path.slice(0, -1).entries()) {
    if (typeof here[key] !== 'object' || here[key] === null) here[key] = typeof path[index + 1] === 'number' ? [] : {};
    here = here[key] as Record<string | number, unknown>;
  }
  const last = path.at(-1);
  if (last !== undefined) here[last] = value;
}

type Parsed = v.InferOutput<ReturnType<typeof policySchema>>;

/** Runs the schema until it has named every unknown key; valibot names one per map and run. */
function check(data: unknown): { policy?: Parsed; findings: Finding[] } {
  const findings: Finding[] = [];
  const secretAt = (path: Path) => secretKeys.has(String(path.at(-1)));
  const schema = policySchema();
  for (;;) {
    const result = v.safeParse(schema, data);
    if (result.success) return findings.length === 0 ? { policy: result.output, findings } : { findings };
    const found = describe(result.issues, (path) => keysAt(schema, data, path), secretAt);
    const unknown = found.filter((f) => f.at === 'key');
    findings.push(...unknown);
    if (unknown.length === 0) return { findings: [...findings, ...found] };
    for (const { path } of unknown) remove(data, path);
  }
}

function remove(data: unknown, path: Path): void {
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((here, key) => (here as Record<string | number, unknown>)[key], data);
  delete (parent as Record<string | number, unknown>)[path.at(-1) ?? ''];
}

/** Fills in the defaults that depend on the rest of the policy. */
function complete(parsed: Parsed, facts: LoadOptions['facts']): Policy {
  const given = parsed.evaluation;
  const written = parsed.gates as unknown as GateConfig[];
  const falseStops = given['false-stop-rate'] ?? 0.05;
  const gates = shareFalseStops(written, falseStops);
  const watches = [...gates, ...(parsed.stages ?? []).flatMap((stage) => stage.gates as unknown as GateConfig[])].some(
    (gate) => ['telemetry', 'alerts'].includes(gateTypeOf(gate.type)?.family ?? ''),
  );
  const warmup = given.warmup ?? (watches ? 2 * 60_000 : 0);
  const steady = given.steady ?? (watches ? 5 * 60_000 : 0);
  const every = given.every ?? 60_000;
  const longest = longestOf(gates);
  const usual = longest > 0 ? warmup + longest + steady + 5 * every : 0;
  const deadline = given.deadline ?? Math.max(30 * 60_000, usual);
  const evaluation: Evaluation = {
    warmup,
    every,
    steady,
    deadline,
    'error-budget': Math.min(given['error-budget'] ?? 10 * 60_000, deadline),
    'round-timeout': given['round-timeout'] ?? 30_000,
    'false-stop-rate': falseStops,
    ...(given['on-hold'] === 'park' ? { 'park-after': given['park-after'] ?? 30_000 } : {}),
  };
  const stages = parsed.stages?.map((stage): StageConfig => {
    const { move } = stage;
    const times = { bake: stage.bake ?? steady, warmup: stage.warmup ?? warmup };
    return {
      name: stage.name,
      ...(move === undefined
        ? {}
        : {
            move: Object.fromEntries(Object.entries(move).filter(([, x]) => x !== undefined)) as unknown as MoveConfig,
          }),
      ...times,
      deadline: stage.deadline ?? Math.max(deadline, times.bake + times.warmup + 5 * every),
      gates: shareFalseStops(stage.gates as unknown as GateConfig[], falseStops),
      without: stage.without,
    };
  });
  const release = { ...facts, ...parsed.release } as Policy['release'];
  const { service, annotations, notify, rollout, moves, freezes, overrides } = parsed;
  return {
    version: 1,
    ...(service === undefined ? {} : { service }),
    release,
    sources: parsed.sources,
    evaluation,
    gates,
    annotations,
    notify: notify as unknown as Policy['notify'],
    'on-stop': parsed['on-stop'] as unknown as readonly FlagOffConfig[],
    ...(stages === undefined ? {} : { stages }),
    ...(moves === undefined ? {} : { moves }),
    ...(freezes === undefined ? {} : { freezes: freezes as readonly Freeze[] }),
    ...(overrides === undefined ? {} : { overrides }),
    ...(rollout === undefined ? {} : { rollout: { ...rollout, bake: rollout.bake ?? steady } as RolloutConfig }),
  };
}

/** Longest time that a gate needs to come to its word; 0 when all have one in every round. */
export const longestOf = (gates: readonly GateConfig[]): number =>
  Math.max(0, ...gates.map((gate) => gateTypeOf(gate.type)?.takesMs?.(gate) ?? 0));

/** Gives those gates that judge by statistics, and do not say how often they may err, their part of what the train may. */
function shareFalseStops(gates: readonly GateConfig[], all: number): GateConfig[] {
  const judging = gates.filter((gate) => gateTypeOf(gate.type)?.sharesFalseStops);
  const own = judging.filter(({ enforce }) => enforce === 'block').map((gate) => gate['false-stop-rate']);
  const given = own.reduce<number>((sum, rate) => sum + (rate ?? 0), 0);
  // Where nothing is left `relate` says so. One that does not block has the whole, as if it were alone.
  const rates = given < all ? [...divideFalseStops(all, own)] : own.map((rate) => rate ?? all);
  return gates.map((gate) => {
    if (!judging.includes(gate)) return gate;
    const rate = gate.enforce === 'block' ? rates.shift() : undefined;
    return { ...gate, 'false-stop-rate': rate ?? gate['false-stop-rate'] ?? all };
  });
}

function collectSecrets(value: unknown, secrets: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (secretKeys.has(key) && typeof inner === 'string' && inner !== '') secrets.add(inner);
    collectSecrets(inner, secrets);
  }
}
