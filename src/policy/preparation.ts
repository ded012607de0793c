/** Gates that no policy writes: they prove, round by round, that flags and traffic are where they should be, and that a flag can be switched off if it must be. */
import * as v from 'valibot';
import { gateTypeOf } from '../gates/index.js';
import type { RolloutConfig } from '../reactions/flags/fields.js';
import type { GateConfig, Policy } from './schema.js';
import { type Move, type Stage, stagesOf, subjectOf } from './stages.js';

type About = Pick<RolloutConfig, 'source' | 'flag' | 'on-values' | 'off-values' | 'code-default'>;

/** A gate that says nothing of the release. */
function preparation(
  type: string,
  name: string,
  source: string,
  config: Readonly<Record<string, unknown>>,
  enforce: 'block' | 'warn',
): GateConfig {
  const gateType = gateTypeOf(type);
  if (!gateType) throw new Error(`there is no gate of type ${type}`);
  return {
    ...(v.parse(gateType.schema, config) as Readonly<Record<string, unknown>>),
    type,
    name,
    source,
    enforce,
    'on-missing': 'hold',
    'on-error': 'hold',
    'unhealthy-after': 2,
    preparation: true,
  } as GateConfig;
}

function aboutFlag(
  names: readonly string[],
  wished: string,
  { source, flag, ...config }: About,
  expected: Readonly<Record<string, unknown>>,
  enforce: 'block' | 'warn',
): GateConfig {
  let name = wished;
  while (names.includes(name)) name += "'";
  const meaning = {
    'on-values': config['on-values'],
    'off-values': config['off-values'],
    ...(config['code-default'] === undefined ? {} : { 'code-default': config['code-default'] }),
  };
  return preparation('flags', name, source, { expect: { [flag]: expected }, ...meaning }, enforce);
}

/** Adds the gates that prove, before the train moves, that each flag can be switched off if it must be. */
export function withPreparation(policy: Policy): Policy {
  const { rollout } = policy;
  const moved = rollout ? [] : stagesOf(policy).flatMap(({ move }) => (move?.kind === 'flag' ? [move] : []));
  const wanted = [
    ...policy['on-stop'].flatMap((config) => config.flag.map((flag) => ({ ...config, flag }))),
    ...(rollout === undefined ? [] : [rollout]),
    ...moved.map((move) => ({ ...move, 'pre-flight': 'block' as const })),
  ];
  const gates = [...policy.gates];
  // The strictest first, so that it stands where several parts of the policy name a flag.
  for (const wish of ['prove', 'block', 'warn'] as const) {
    for (const config of wanted.filter((c) => c['pre-flight'] === wish)) {
      const names = [...gates, ...(policy.stages ?? []).flatMap((stage) => stage.gates)].map(({ name }) => name);
      const expected = { killable: wish === 'prove' ? true : 'as-far-as-known', 'when-off': 'off' };
      const enforce = wish === 'warn' ? 'warn' : 'block';
      const gate = aboutFlag(names, `${config.flag} can be switched off`, config, expected, enforce);
      const same = gates.some((g) => g.preparation && g.source === gate.source && flagOf(g) === config.flag);
      if (!same) gates.push(gate);
    }
  }
  return { ...policy, gates };
}

const flagOf = (gate: GateConfig): string | undefined => Object.keys((gate as { expect?: object }).expect ?? {})[0];

/** What the gates of `withStands` are called: the same at each stage. */
const standsName = (names: readonly string[], move: Move): string => {
  let name = `${move.kind === 'flag' ? move.flag : `the traffic of ${move.source}`} stands where it was put`;
  while (names.includes(name)) name += "'";
  return name;
};

/** Adds the gates that prove in each round that everything still stands where these stages, of which the last is the present one, put it. */
export function withStands(policy: Policy, stages: readonly Stage[]): Policy {
  const moves = new Map(stages.flatMap(({ move }) => (move ? [[subjectOf(move), move] as const] : [])));
  const names = [...policy.gates, ...(policy.stages ?? []).flatMap(({ gates }) => gates)].map(({ name }) => name);
  const stands = [...moves.values()].flatMap((move): GateConfig[] => {
    if (move.kind === 'flag') {
      const expected = move.percent === 0 ? { state: 'off' } : { rollout: `= ${move.percent}%` };
      return [aboutFlag([], standsName(names, move), move, expected, 'block')];
    }
    // What runs where after a swap no source tells by the name of a slot.
    if (move.kind === 'swap') return [];
    const expect = Object.fromEntries(
      Object.entries(move.weights).map(([target, percent]) => [target, { traffic: `= ${percent}%` }]),
    );
    return [preparation('deployment', standsName(names, move), move.source, { expect }, 'block')];
  });
  return { ...policy, gates: [...policy.gates, ...stands] };
}
